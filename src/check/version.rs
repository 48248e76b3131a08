//! Versions that can be compared: numbers between dots.
//!
//! In: the text of a version. Out: its numbers. Refuses to know: pre-releases and names
//! of releases, which have no order that all agree on.

/// The numbers of a version, with a leading `v` allowed; `None` for anything else.
pub(crate) fn parse(text: &str) -> Option<Vec<u64>> {
    let text = text.strip_prefix(['v', 'V']).unwrap_or(text);
    let mut numbers = Vec::new();
    for part in text.split('.') {
        numbers.push(part.parse().ok()?);
    }
    // 2.0 and 2.0.0 are one version.
    while numbers.len() > 1 && numbers.last() == Some(&0) {
        numbers.pop();
    }
    Some(numbers)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn compares_numbers() {
        assert!(parse("2.10") > parse("2.9.1"));
        assert_eq!(parse("v2.0"), parse("2.0.0"));
        assert_eq!(parse("2027-01-01"), None);
        assert_eq!(parse("2.x"), None);
        assert_eq!(parse(""), None);
    }
}
