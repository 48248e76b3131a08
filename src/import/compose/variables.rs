//! Variables of compose files: `.env` files, and `${…}` in values.
//!
//! In: texts. Out: pairs, and values with variables filled in. Refuses to know: the
//! environment of the process, so that the same files always mean the same.
//!
//! Follows the Compose specification, "Interpolation", and the documentation of `.env`
//! files: `$A`, `${A}`, `${A:-b}`, `${A-b}`, `${A:?e}`, `${A?e}`, `${A:+b}`, `${A+b}`, `$$`,
//! each nested in the others. A variable that is not set leaves [`UNKNOWN`] behind.

use std::collections::BTreeMap;

use crate::import::UNKNOWN;

/// Variables nest at most this deep.
const MAX_DEPTH: usize = 24;
/// A value with its variables filled in is at most this long.
const MAX_LENGTH: usize = 1 << 16;
/// Variables of one file at most.
const MAX_VARIABLES: usize = 20_000;

/// Variables by name.
pub(super) type Variables = BTreeMap<String, String>;

/// A value with its variables filled in.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Filled {
    pub(super) text: String,
    /// Variables that are not set and have no default.
    pub(super) unset: Vec<String>,
}

/// Fills in the variables of a value.
pub(super) fn fill(text: &str, variables: &Variables) -> Filled {
    let mut filled = Filled::default();
    expand(text, variables, 0, &mut filled);
    filled
}

fn expand(text: &str, variables: &Variables, depth: usize, out: &mut Filled) {
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        push(out, &rest[..at]);
        rest = &rest[at + 1..];
        if let Some(after) = rest.strip_prefix('$') {
            push(out, "$");
            rest = after;
        } else if let Some(after) = rest.strip_prefix('{') {
            let Some(end) = closing(after) else {
                push(out, "${");
                rest = after;
                continue;
            };
            braced(&after[..end], variables, depth, out);
            rest = &after[end + 1..];
        } else {
            let length = name_length(rest);
            if length == 0 {
                push(out, "$");
            } else {
                plain(&rest[..length], variables, out);
                rest = &rest[length..];
            }
        }
    }
    push(out, rest);
}

fn push(out: &mut Filled, text: &str) {
    if out.text.len() + text.len() <= MAX_LENGTH {
        out.text.push_str(text);
    }
}

fn name_length(text: &str) -> usize {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return 0;
    }
    text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .unwrap_or(text.len())
}

/// The `}` that closes what stands before it.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'{' if at > 0 && bytes[at - 1] == b'$' => depth += 1,
            b'}' if depth == 0 => return Some(at),
            b'}' => depth -= 1,
            _ => {}
        }
    }
    None
}

fn plain(name: &str, variables: &Variables, out: &mut Filled) {
    if let Some(value) = variables.get(name) {
        push(out, value);
    } else {
        unset(name, out);
    }
}

fn unset(name: &str, out: &mut Filled) {
    out.unset.push(name.to_owned());
    out.text.push(UNKNOWN);
}

/// What stands between the braces.
fn braced(text: &str, variables: &Variables, depth: usize, out: &mut Filled) {
    let length = name_length(text);
    let (name, operator) = text.split_at(length);
    let value = variables.get(name);
    let filled = value.filter(|value| !value.is_empty());
    let alternative = |out: &mut Filled, text: &str| {
        if depth < MAX_DEPTH {
            expand(text, variables, depth + 1, out);
        } else {
            unset(name, out);
        }
    };
    match (operator.get(..2), operator.get(..1)) {
        (Some(":-"), _) => match filled {
            Some(value) => push(out, value),
            None => alternative(out, &operator[2..]),
        },
        (Some(":+"), _) if filled.is_some() => alternative(out, &operator[2..]),
        (Some(":?"), _) => match filled {
            Some(value) => push(out, value),
            None => unset(name, out),
        },
        (_, Some("-")) => match value {
            Some(value) => push(out, value),
            None => alternative(out, &operator[1..]),
        },
        (_, Some("+")) if value.is_some() => alternative(out, &operator[1..]),
        (Some(":+"), _) | (_, Some("+")) => {}
        _ => plain(name, variables, out),
    }
}

/// A line of a `.env` file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) key: String,
    /// Nothing if the line has no `=`.
    pub(super) value: Option<String>,
    /// Where the key starts, in bytes, and where the value ends.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads a `.env` file; later lines may use earlier ones and `known`.
pub(super) fn read(text: &str, known: &Variables) -> Vec<Line> {
    let mut variables = known.clone();
    let mut lines = Vec::new();
    let mut at = 0;
    while at < text.len() && lines.len() < MAX_VARIABLES {
        let end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        let (line, next) = one(text, at, end, &variables);
        at = next;
        if let Some(line) = line {
            if let Some(value) = &line.value {
                variables.insert(line.key.clone(), value.clone());
            }
            lines.push(line);
        }
    }
    lines
}

/// The pairs of a `.env` file.
pub(super) fn pairs(text: &str) -> Variables {
    let lines = read(text, &Variables::new());
    let pair = |line: Line| Some((line.key, line.value?));
    lines.into_iter().filter_map(pair).collect()
}

fn one(text: &str, start: usize, end: usize, variables: &Variables) -> (Option<Line>, usize) {
    let next = end + 1;
    let line = text[start..end].trim_end();
    let body = line.trim_start();
    let body = body.strip_prefix("export ").unwrap_or(body).trim_start();
    if body.is_empty() || body.starts_with('#') {
        return (None, next);
    }
    let key_start = end.min(start + (line.len() - body.len()));
    let Some((key, value)) = body.split_once('=') else {
        let key = body.split_whitespace().next().unwrap_or(body);
        let line = Line {
            key: key.to_owned(),
            value: None,
            start: key_start,
            end: key_start + key.len(),
        };
        return (Some(line), next);
    };
    let value_start = key_start + key.len() + 1;
    let (value, value_end) = value_of(text, value_start, value, variables);
    let line = Line {
        key: key.trim().to_owned(),
        value: Some(value),
        start: key_start,
        end: value_end,
    };
    (Some(line), next.max(value_end + 1))
}

/// Quoted values may go on over lines; ` #` ends others.
fn value_of(text: &str, start: usize, value: &str, variables: &Variables) -> (String, usize) {
    let trimmed = value.trim_start();
    let first = start + (value.len() - trimmed.len());
    for quote in ['"', '\''] {
        if trimmed.starts_with(quote)
            && let Some(length) = text[first + 1..].find(quote)
        {
            let inner = &text[first + 1..first + 1 + length];
            let end = first + length + 2;
            if quote == '\'' {
                return (inner.to_owned(), end);
            }
            let inner = inner.replace("\\n", "\n").replace("\\\\", "\\");
            return (fill(&inner, variables).text, end);
        }
    }
    let plain = trimmed.split(" #").next().unwrap_or(trimmed).trim();
    (fill(plain, variables).text, start + value.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{UNKNOWN, Variables, fill, pairs};

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let variables: Variables = [("A", "1"), ("E", "")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        let filled = fill(text, &variables).text.replace(UNKNOWN, "?");
        assert_eq!(filled, expected, "{text}");
    }

    #[test]
    fn every_form_is_filled_in() {
        check("x$A-${A}", "x1-1");
        check("${B:-b}${E:-b}${E-b}", "bb");
        check("${B:-${C:-${A}}}", "1");
        check("${A:+y}${B:+y}${E+z}", "yz");
        check("${B?needed} ${B}", "? ?");
        check("$$A $ ${", "$A $ ${");
        check("${B:-a}b}", "ab}");
    }

    #[test]
    fn files_of_variables_are_read() {
        let text = "# c\nexport A=1 # one\nB=\"x ${A}\"\nC='$A'\nD=\n E = 5\nF=\"two\nlines\"\nG=7";
        let found = pairs(text);
        let get = |key: &str| found.get(key).map(String::as_str);
        assert_eq!(get("A"), Some("1"));
        assert_eq!(get("B"), Some("x 1"));
        assert_eq!(get("C"), Some("$A"));
        assert_eq!(get("D"), Some(""));
        assert_eq!(get("E"), Some("5"));
        assert_eq!(get("F"), Some("two\nlines"));
        assert_eq!(get("G"), Some("7"));
    }

    #[test]
    fn variables_that_double_each_other_are_bounded() {
        let mut text = String::from("V0=xxxxxxxxxxxxxxxx\n");
        for at in 1..64 {
            text.push_str(&format!("V{at}=${{V{}}}${{V{}}}\n", at - 1, at - 1));
        }
        assert!(
            pairs(&text)
                .values()
                .all(|value| value.len() <= super::MAX_LENGTH)
        );
    }
}
