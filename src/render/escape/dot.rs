//! Graphviz DOT: a text goes in; the inside of a quoted string, of an HTML label or of a URL comes
//! out. It knows DOT's escapes and how often each attribute is unescaped; it knows no attributes.

use super::link::{self, UrlSyntax};
use super::replace::replace;
use crate::text::clean::clean;

/// A node or cluster name inside `"…"`.
pub(crate) fn id(text: &str, out: &mut String) {
    replace(&clean(text), id_spelling, out);
}

/// A label inside `"…"` with centered lines.
pub(crate) fn label(text: &str, out: &mut String) {
    replace(&clean(text), label_spelling, out);
}

/// A label inside `"…"` with left-aligned lines; `\l` ends a line, so the last one needs it too.
pub(crate) fn label_left(text: &str, out: &mut String) {
    for line in clean(text).split('\n') {
        replace(line, label_spelling, out);
        out.push_str("\\l");
    }
}

/// A tooltip inside `"…"`, which Graphviz unescapes twice.
pub(crate) fn tooltip(text: &str, out: &mut String) {
    replace(&clean(text), tooltip_spelling, out);
}

/// Text in an HTML label, where `\N` and the like are substituted as well.
pub(crate) fn html(text: &str, out: &mut String) {
    replace(&clean(text), html_spelling, out);
}

/// A `URL` inside `"…"`; Graphviz 2.43 writes an ampersand to SVG as it is.
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

fn id_spelling(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some(r"\\"),
        '"' => Some(r#"\""#),
        '\n' => Some(" "),
        _ => None,
    }
}

fn label_spelling(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '\n' => Some(r"\n"),
        _ => id_spelling(c),
    }
}

fn tooltip_spelling(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some(r"\\\\"),
        _ => label_spelling(c),
    }
}

fn html_spelling(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        '\\' => Some(r"\\"),
        '\n' => Some("<BR/>"),
        _ => None,
    }
}
