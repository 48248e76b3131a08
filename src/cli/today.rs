//! Which day it is, for exceptions that state one.
//!
//! In: `--today`, `SOURCE_DATE_EPOCH`, the clock. Out: a day. The one place that looks at the
//! clock: see `docs/decisions/0012-the-day-of-a-check.md`.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::check::Day;

/// Reads a day from the command line.
pub(super) fn parse(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day is written as 2027-01-31".to_owned())
}

/// The day stated, that of `SOURCE_DATE_EPOCH`, or that of the clock, in UTC.
pub(super) fn today(stated: Option<Day>) -> Option<Day> {
    let epoch = || {
        let text = std::env::var("SOURCE_DATE_EPOCH").ok()?;
        text.trim().parse().ok()
    };
    let clock = || {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).ok()?;
        Some(since.as_secs())
    };
    stated.or_else(|| epoch().or_else(clock).map(Day::of_unix_time))
}
