//! Durations of other systems in the words of the language.
//!
//! In: milliseconds as texts. Out: `7d`, `90ms` or `forever`. Refuses to know: what lasts so
//! long.

/// Units from the longest, with their milliseconds.
const UNITS: &[(&str, u64)] = &[
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// Milliseconds in the longest unit that fits; a negative number is `forever`.
pub(super) fn of_milliseconds(text: &str) -> Option<String> {
    let number: i64 = text.trim().parse().ok()?;
    let Ok(number) = u64::try_from(number) else {
        return Some("forever".to_owned());
    };
    let fits = |(_, length): &&(&str, u64)| number >= *length && number.is_multiple_of(*length);
    let (unit, length) = UNITS.iter().find(fits).unwrap_or(&("ms", 1));
    Some(format!("{}{unit}", number / length))
}

#[cfg(test)]
mod tests {
    use super::of_milliseconds;

    #[test]
    fn the_longest_unit_that_fits_is_taken() {
        let of = |text: &str| of_milliseconds(text).unwrap_or_default();
        assert_eq!(of("604800000"), "7d");
        assert_eq!(of("90"), "90ms");
        assert_eq!(of("5400000"), "90m");
        assert_eq!(of("0"), "0ms");
        assert_eq!(of("-1"), "forever");
        assert_eq!(of("soon"), "");
    }
}
