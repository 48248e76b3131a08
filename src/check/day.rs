//! Days: `2027-01-31`.
//!
//! In: the text of a date, or seconds since 1970. Out: a [`Day`] that can be compared.
//! Refuses to know: clocks and time zones; whoever asks brings the day along.

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: u32,
    month: u32,
    of_month: u32,
}

impl Day {
    /// Reads `YYYY-MM-DD`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            let is_digits = part.bytes().all(|byte| byte.is_ascii_digit());
            is_digits.then(|| part.parse().ok()).flatten()
        };
        let (year, month, day): (u32, u32, u32) = (number(4)?, number(2)?, number(2)?);
        let is_real = (1..=12).contains(&month) && (1..=days_of(year, month)).contains(&day);
        (parts.next().is_none() && is_real).then_some(Self {
            year,
            month,
            of_month: day,
        })
    }

    /// The day, in UTC, of a number of seconds since 1970.
    ///
    /// Howard Hinnant: chrono-compatible low-level date algorithms, `civil_from_days` (2013).
    pub fn of_unix_time(seconds: u64) -> Self {
        let days = u32::try_from(seconds / 86_400).unwrap_or(0) + 719_468;
        let (era, of_era) = (days / 146_097, days % 146_097);
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let march = (5 * of_year + 2) / 153;
        let month = if march < 10 { march + 3 } else { march - 9 };
        Self {
            year: year + era * 400 + u32::from(month <= 2),
            month,
            of_month: of_year - (153 * march + 2) / 5 + 1,
        }
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "{:04}-{:02}-{:02}",
            self.year, self.month, self.of_month
        )
    }
}

fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_read_and_ordered() {
        for text in ["2027-01-31", "2028-02-29", "2000-02-29", "0001-01-01"] {
            assert_eq!(Day::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "2027-02-29",
            "1900-02-29",
            "2027-13-01",
            "2027-1-1",
            "2.0.0",
            "",
            "2027-01-01-",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert!(Day::parse("2026-12-31") < Day::parse("2027-01-01"));
    }

    #[test]
    fn unix_time_is_the_known_day() {
        let day = |seconds| Day::of_unix_time(seconds).to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(951_782_399), "2000-02-28");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_798_761_600), "2027-01-01");
        assert_eq!(day(4_107_542_399), "2100-02-28");
        assert_eq!(day(4_107_542_400), "2100-03-01");
    }
}
