//! HTML, SVG and other XML: a text goes in; text content or the inside of a double-quoted attribute
//! comes out. It knows no elements, and does not serve attributes in single quotes.

use super::link::{self, UrlSyntax};
use super::replace::replace;
use crate::text::clean::clean;

/// Text content, or an attribute value inside `"…"`; line breaks survive in both.
pub(crate) fn text(text: &str, out: &mut String) {
    replace(&clean(text), spelling, out);
}

/// An `href` inside `"…"`.
pub(crate) fn url(text: &str, out: &mut String) {
    link::encode(
        text,
        &UrlSyntax {
            encoded: "",
            ampersand: "&amp;",
        },
        out,
    );
}

fn spelling(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\n' => Some("&#10;"),
        _ => None,
    }
}
