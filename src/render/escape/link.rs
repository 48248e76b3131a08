//! Links: an address a person wrote goes in; the same address comes out percent-encoded, or nothing
//! when following it could do anything but open a page, a file or a mail window.
//!
//! It knows the parts of a URL (RFC 3986) and no output language: those pass their `UrlSyntax`.

use std::fmt::Write as _;

/// What a language needs of a URL beyond what every language needs.
pub(super) struct UrlSyntax {
    /// ASCII characters this language cannot carry.
    pub(super) encoded: &'static str,
    /// How an ampersand of a query is spelled.
    pub(super) ampersand: &'static str,
}

/// Whether an address is a web page, a mail address, a relative path or a fragment.
///
/// Everything else is refused, and so are control characters and outer blanks, which browsers skip
/// when they look for a scheme.
pub(crate) fn is_allowed(text: &str) -> bool {
    let is_plain = !text.is_empty() && text.trim() == text && !text.contains(char::is_control);
    is_plain && is_allowed_target(text)
}

/// Appends an allowed address in a spelling that survives quotes, brackets and HTML; a refused one
/// appends nothing.
pub(super) fn encode(text: &str, syntax: &UrlSyntax, out: &mut String) {
    if !is_allowed(text) {
        return;
    }
    let mut part = Part::Path;
    for (at, c) in text.char_indices() {
        match c {
            '&' if part != Part::Path => out.push_str(syntax.ampersand),
            '%' if starts_code(&text[at..]) => out.push('%'),
            '#' if part != Part::Fragment => out.push('#'),
            _ if is_kept(c) && !syntax.encoded.contains(c) => out.push(c),
            _ => push_percent(c, out),
        }
        part = part.after(c);
    }
}

/// The part of an address; an ampersand in the path could spell a scheme as `javascript&colon;`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Path,
    Query,
    Fragment,
}

impl Part {
    fn after(self, c: char) -> Self {
        match (self, c) {
            (_, '#') => Self::Fragment,
            (Self::Path, '?') => Self::Query,
            _ => self,
        }
    }
}

fn is_allowed_target(text: &str) -> bool {
    match scheme(text) {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("mailto") => !rest.is_empty(),
        Some((scheme, rest)) => is_web(scheme) && rest.len() > 2 && rest.starts_with("//"),
        // Two slashes name a host on whatever scheme the reader happens to use.
        None => !text.starts_with("//"),
    }
}

fn is_web(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// What stands before and after the first colon, unless a path, query or fragment starts earlier.
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    (!scheme.contains(['/', '?', '#'])).then_some((scheme, rest))
}

/// Whether a text starts with `%` and two hexadecimal digits.
fn starts_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'%', a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// Characters that mean the same in every language; quotes and parentheses do not.
fn is_kept(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?[]@!$*+,;=".contains(c)
}

fn push_percent(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        // Writing to a string cannot fail.
        let _ = write!(out, "%{byte:02X}");
    }
}
