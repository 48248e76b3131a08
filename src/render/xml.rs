//! XML by its types: what people wrote can only get in as escaped text.
//!
//! In: names known at compile time, numbers, and texts of people. Out: XML. Refuses to
//! know: SVG. Only [`Syntax`] is written as it is, and it is made of constants and numbers.

use std::fmt::Write as _;

use crate::render::escape::Context;
use crate::spec::color::Color;

/// A document while it is written.
#[derive(Debug, Default)]
pub(super) struct Xml {
    out: String,
    open: Vec<&'static str>,
    is_in_tag: bool,
}

/// Words and numbers that are part of the syntax.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Syntax(String);

impl Syntax {
    pub(super) fn word(mut self, word: &'static str) -> Self {
        self.0.push_str(word);
        self
    }

    pub(super) fn count(mut self, number: usize) -> Self {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "{number}");
        self
    }

    pub(super) fn number(mut self, number: f64) -> Self {
        push_number(number, &mut self.0);
        self
    }

    /// A number with up to three decimal places.
    pub(super) fn thousandths(mut self, number: f64) -> Self {
        let text = format!("{number:.3}");
        self.0
            .push_str(text.trim_end_matches('0').trim_end_matches('.'));
        self
    }

    pub(super) fn color(mut self, color: Color) -> Self {
        self.0.push_str(&color.hex());
        self
    }

    /// Bytes as base64, for data in style sheets.
    pub(super) fn base64(mut self, bytes: &[u8]) -> Self {
        self.0.push_str(&crate::render::base64::encode(bytes));
        self
    }

    pub(super) fn append(&mut self, other: &Self) {
        self.0.push_str(&other.0);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Xml {
    /// Starts an element; attributes come next.
    pub(super) fn open(&mut self, name: &'static str) -> &mut Self {
        self.end_tag();
        self.out.push('<');
        self.out.push_str(name);
        self.open.push(name);
        self.is_in_tag = true;
        self
    }

    /// An attribute that is part of the syntax.
    pub(super) fn word(&mut self, name: &'static str, value: &'static str) -> &mut Self {
        self.attribute(name, |out| out.push_str(value))
    }

    pub(super) fn number(&mut self, name: &'static str, value: f64) -> &mut Self {
        self.attribute(name, |out| push_number(value, out))
    }

    pub(super) fn syntax(&mut self, name: &'static str, value: &Syntax) -> &mut Self {
        self.attribute(name, |out| out.push_str(&value.0))
    }

    /// An attribute that holds what people wrote.
    pub(super) fn given(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.attribute(name, |out| Context::Html.encode(value, out))
    }

    /// The address of a link; a refused one leaves it empty.
    pub(super) fn address(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.attribute(name, |out| Context::HtmlUrl.encode(value, out))
    }

    fn attribute(&mut self, name: &'static str, write: impl FnOnce(&mut String)) -> &mut Self {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        write(&mut self.out);
        self.out.push('"');
        self
    }

    /// Text of people inside of an element.
    pub(super) fn text(&mut self, text: &str) -> &mut Self {
        self.end_tag();
        Context::Html.encode(text, &mut self.out);
        self
    }

    /// Syntax inside of an element, such as a style sheet.
    pub(super) fn content(&mut self, content: &Syntax) -> &mut Self {
        self.end_tag();
        self.out.push_str(&content.0);
        self
    }

    /// Ends the element that was opened last.
    pub(super) fn close(&mut self) -> &mut Self {
        let Some(name) = self.open.pop() else {
            return self;
        };
        if self.is_in_tag {
            self.out.push_str("/>");
            self.is_in_tag = false;
        } else {
            self.out.push_str("</");
            self.out.push_str(name);
            self.out.push('>');
        }
        self
    }

    /// Starts a new line between elements.
    pub(super) fn line(&mut self) -> &mut Self {
        self.end_tag();
        self.out.push('\n');
        self
    }

    /// Puts what was written apart in front, without a second copy of a large text.
    pub(super) fn prepend(&mut self, mut head: Self) {
        head.end_tag();
        self.out.insert_str(0, &head.out);
        self.open.splice(0..0, head.open);
    }

    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.out.push('\n');
        self.out
    }

    fn end_tag(&mut self) {
        if self.is_in_tag {
            self.out.push('>');
            self.is_in_tag = false;
        }
    }
}

/// A number with at most one decimal place.
fn push_number(number: f64, out: &mut String) {
    let tenths = number * 10.0;
    let nearest = tenths.round();
    if nearest.abs() > MAX_TENTHS || (tenths - nearest).abs() > MAX_OFF {
        return push_rounded(number, out);
    }
    #[expect(
        clippy::cast_possible_truncation,
        reason = "it is a small whole number"
    )]
    let tenths = nearest as i64;
    if tenths < 0 {
        out.push('-');
    }
    let mut digits = itoa::Buffer::new();
    out.push_str(digits.format(tenths.unsigned_abs() / 10));
    if tenths % 10 != 0 {
        out.push('.');
        out.push_str(digits.format(tenths.unsigned_abs() % 10));
    }
}

/// Tenths are counted exactly up to here.
const MAX_TENTHS: f64 = 1e15;
/// Nearer to the middle between two tenths, the multiplication may have taken the wrong side.
const MAX_OFF: f64 = 0.499;

/// The same, digit by digit.
fn push_rounded(number: f64, out: &mut String) {
    let text = format!("{number:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    out.push_str(if text == "-0" { "0" } else { text });
}

#[cfg(test)]
mod tests {
    use super::{Syntax, Xml, push_number, push_rounded};

    #[test]
    fn texts_are_no_markup() {
        let mut xml = Xml::default();
        xml.open("g")
            .given("data-x", "\"<>&\n")
            .text("</g><script>")
            .close();
        assert_eq!(
            xml.finish(),
            "<g data-x=\"&quot;&lt;&gt;&amp;&#10;\">&lt;/g&gt;&lt;script&gt;</g>\n"
        );
    }

    #[test]
    fn numbers_are_short() {
        let numbers = [0.0, -0.01, 1.25, -3.96, 1e6].map(|number| Syntax::default().number(number));
        let texts = numbers.map(|syntax| syntax.0);
        assert_eq!(texts, ["0", "0", "1.2", "-4", "1000000"]);
    }

    /// Multiples of a 64th are exact, so every middle between two tenths is among them.
    #[test]
    fn numbers_are_rounded_as_the_standard_library_does() {
        let exact = (-20_000..20_000).map(|at| f64::from(at) / 64.0);
        let others = (-20_000..20_000).map(|at| f64::from(at) / 300.0);
        let large = [
            1e14 + 0.5,
            1e15,
            -1e18,
            3e300,
            -0.0,
            -0.04,
            0.05,
            0.25,
            0.35,
        ];
        for number in exact.chain(others).chain(large) {
            let (mut fast, mut slow) = (String::new(), String::new());
            push_number(number, &mut fast);
            push_rounded(number, &mut slow);
            assert_eq!(fast, slow, "{number:?}");
        }
    }
}
