//! The text of `archviz explain CODE`.
//!
//! In: a code. Out: its summary, group, level and explanation for a terminal.
//! Refuses to know: where the text is shown.

use super::Code;
use super::registry::is_hard;

/// Lines are wrapped to this width.
const WIDTH: usize = 80;

/// What a code means, why it matters, how to mend it.
pub fn explain(code: &Code) -> String {
    let level = if is_hard(code) {
        "always an error".to_owned()
    } else {
        format!("{} by default", code.severity.name())
    };
    let group = code.group.name();
    let mut out = format!("{}: {}\n\nGroup {group}; {level}.\n", code.id, code.summary);
    paragraphs(code.explanation, &mut out);
    out
}

/// Writes an explanation, each paragraph after an empty line.
pub(crate) fn paragraphs(explanation: &str, out: &mut String) {
    for paragraph in explanation.split("\n\n") {
        out.push('\n');
        if paragraph.contains('\n') {
            // Lists and examples have lines of their own.
            out.push_str(paragraph);
            out.push('\n');
        } else {
            wrap(paragraph, out);
        }
    }
}

/// Breaks a paragraph at blanks. Texts in back-ticks hold together.
fn wrap(paragraph: &str, out: &mut String) {
    let mut width = 0;
    for word in words(paragraph) {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out.push_str(word);
        width += length;
    }
    out.push('\n');
}

fn words(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let at_border = move |c: char| {
        is_quoted ^= c == '`';
        c.is_whitespace() && !is_quoted
    };
    paragraph.split(at_border).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::explain;
    use crate::diagnostic::all_codes;
    use crate::diagnostic::{UNKNOWN_COMPONENT, UNUSED_SUPPRESSION};

    #[test]
    fn a_code_is_explained() {
        assert_eq!(
            explain(UNUSED_SUPPRESSION),
            "unused-suppression: a suppression that matches no finding\n\n\
             Group hygiene; warning by default.\n\n\
             What it excused is gone. Remove the comment, or the exception in `lints:`.\n"
        );
        assert!(explain(UNKNOWN_COMPONENT).contains("Group reference; always an error.\n"));
    }

    #[test]
    fn lines_are_wrapped_and_texts_in_back_ticks_hold_together() {
        for code in all_codes() {
            let text = explain(code);
            let is_ours = !code.explanation.replace("\n\n", "").contains('\n');
            let fits = |line: &str| {
                line.chars().count() <= 80 && line.matches('`').count().is_multiple_of(2)
            };
            assert!(!is_ours || text.lines().skip(2).all(fits), "{text}");
        }
    }
}
