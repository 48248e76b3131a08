//! Durations as people write them: `100ms`, `<10ms`, `7 days`, `1h 30m`, `5-10s`, `forever`.
//!
//! In: the text of a latency, a budget or a retention. Out: a [`Duration`] that can be
//! compared and added. Refuses to know: what the duration is of.

/// How long something takes or is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Duration {
    /// This many microseconds; of a range, the longer end.
    Micros(u64),
    /// Without end; longer than any number.
    Forever,
}

const FOREVER: &[&str] = &[
    "forever",
    "infinite",
    "unlimited",
    "indefinite",
    "indefinitely",
    "∞",
];

/// Nanoseconds of each unit. A month has 30 days and a year 365.
const UNITS: &[(u128, &[&str])] = &[
    (1, &["ns"]),
    (1_000, &["us", "µs", "μs"]),
    (
        1_000_000,
        &["ms", "msec", "millis", "millisecond", "milliseconds"],
    ),
    (1_000_000_000, &["s", "sec", "secs", "second", "seconds"]),
    (60_000_000_000, &["m", "min", "mins", "minute", "minutes"]),
    (3_600_000_000_000, &["h", "hr", "hrs", "hour", "hours"]),
    (86_400_000_000_000, &["d", "day", "days"]),
    (604_800_000_000_000, &["w", "wk", "wks", "week", "weeks"]),
    (2_592_000_000_000_000, &["mo", "month", "months"]),
    (31_536_000_000_000_000, &["y", "yr", "yrs", "year", "years"]),
];

/// Decimal places beyond this say nothing at the scale of microseconds.
const MAX_DECIMALS: usize = 9;

/// Reads a duration; `None` if the text is none, or has no unit.
pub(crate) fn parse(text: &str) -> Option<Duration> {
    let text = without_qualifier(text.trim()).to_lowercase();
    if FOREVER.contains(&text.as_str()) {
        return Some(Duration::Forever);
    }
    let text = match text.split_once(['-', '–']) {
        Some((shorter, longer)) => {
            number(shorter.trim()).filter(|(_, rest)| unit(rest).is_some() || rest.is_empty())?;
            longer.trim().to_owned()
        }
        None => text,
    };
    let nanos = total(&text)?;
    u64::try_from(nanos / 1_000).ok().map(Duration::Micros)
}

/// `5ms`, `1.5s`, `2h`: microseconds in the largest unit that gives a short number.
pub(crate) fn display(micros: u64) -> String {
    let scales: &[(u64, &str)] = &[
        (86_400_000_000, "d"),
        (3_600_000_000, "h"),
        (60_000_000, "min"),
        (1_000_000, "s"),
        (1_000, "ms"),
    ];
    // The first unit that divides evenly reads best; tenths of it are still fine.
    for (scale, name) in scales {
        let tenth = scale / 10;
        if micros >= *scale && micros.is_multiple_of(tenth) {
            let (whole, decimal) = (micros / scale, micros % scale / tenth);
            return if decimal == 0 {
                format!("{whole}{name}")
            } else {
                format!("{whole}.{decimal}{name}")
            };
        }
    }
    format!("{micros}µs")
}

/// Drops what says how exact the figure is: `<`, `~`, `p99`.
fn without_qualifier(text: &str) -> &str {
    let is_sign = |c: char| matches!(c, '<' | '>' | '=' | '≤' | '≥' | '~' | '≈');
    let text = text.trim_start_matches(is_sign).trim_start();
    let Some(rest) = text.strip_prefix(['p', 'P']) else {
        return text;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    match rest.strip_prefix([' ', ':', '<', '=']) {
        Some(rest) => rest.trim_start_matches(|c: char| is_sign(c) || c == ':' || c == ' '),
        None => text,
    }
}

/// The sum of `1h 30m`, in nanoseconds.
fn total(text: &str) -> Option<u128> {
    let mut rest = text;
    let mut sum: u128 = 0;
    loop {
        let ((value, scale), tail) = number(rest)?;
        let length = tail
            .find(|c: char| !c.is_alphabetic())
            .unwrap_or(tail.len());
        let nanos = value.checked_mul(unit(&tail[..length])?)?;
        sum = sum.checked_add(nanos / scale)?;
        rest = tail[length..].trim_start();
        if rest.is_empty() {
            return Some(sum);
        }
    }
}

/// The number that a text starts with, as digits over a power of ten, and what follows it.
fn number(text: &str) -> Option<((u128, u128), &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || decimals.contains('.') {
        return None;
    }
    let decimals = &decimals[..decimals.len().min(MAX_DECIMALS)];
    let value = format!("{whole}{decimals}").parse().ok()?;
    let scale = 10_u128.checked_pow(u32::try_from(decimals.len()).ok()?)?;
    Some(((value, scale), rest.trim_start()))
}

fn unit(word: &str) -> Option<u128> {
    UNITS
        .iter()
        .find(|(_, words)| words.contains(&word))
        .map(|(nanos, _)| *nanos)
}

#[cfg(test)]
mod tests {
    use super::{Duration, display, parse};

    #[track_caller]
    fn check(text: &str, micros: u64) {
        assert_eq!(parse(text), Some(Duration::Micros(micros)), "{text}");
    }

    #[test]
    fn reads_what_people_write() {
        check("100ms", 100_000);
        check("<10ms", 10_000);
        check("≤ 2 s", 2_000_000);
        check("p99 < 250ms", 250_000);
        check("p99.9: 1s", 1_000_000);
        check("0.5s", 500_000);
        check("1h 30m", 5_400_000_000);
        check("1h30m", 5_400_000_000);
        check("5-10ms", 10_000);
        check("5ms – 1s", 1_000_000);
        check("7 days", 604_800_000_000);
        check("4w", 2_419_200_000_000);
        check("1y", 31_536_000_000_000);
        check("750 µs", 750);
        assert_eq!(parse("forever"), Some(Duration::Forever));
        assert!(parse("forever") > parse("100y"));
    }

    #[test]
    fn refuses_what_is_no_duration() {
        for text in [
            "",
            "fast",
            "100",
            "ms",
            "1.2.3s",
            "10 apples",
            "-5s",
            "s5",
            "5s fast",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(parse("99999999999999999999999999999999999999999s"), None);
    }

    #[test]
    fn shows_short_numbers() {
        let shown = |micros| display(micros);
        assert_eq!(shown(600_000), "600ms");
        assert_eq!(shown(1_500_000), "1.5s");
        assert_eq!(shown(1_250_000), "1250ms");
        assert_eq!(shown(90_000_000), "1.5min");
        assert_eq!(shown(604_800_000_000), "7d");
        assert_eq!(shown(1), "1µs");
    }
}
