//! Differences that the specification accepts for a time.
//!
//! In: `drift: { accept: … }` and today's date. Out: facts that say why they are accepted, and
//! findings about acceptances that ended or accept nothing. Refuses to know: the clock.

use glob::Pattern;

use super::finding::code_of;
use super::places::Scope;
use super::{Fact, Verdict};
use crate::diagnostic::{
    DRIFT_ACCEPTANCE_EXPIRED, DRIFT_ACCEPTANCE_UNUSED, Diagnostic, Diagnostics, WRONG_TYPE,
};
use crate::model::Model;
use crate::spec::{Acceptance, Text};

/// A day of the calendar; later days are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    year: i64,
    month: u32,
    of_month: u32,
}

impl Day {
    /// Reads `YYYY-MM-DD`.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut number = |digits: usize| {
            let part = parts.next()?;
            let is_number = part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
            is_number.then(|| part.parse::<u32>().ok()).flatten()
        };
        let (year, month, day) = (number(4)?, number(2)?, number(2)?);
        let is_day = (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day);
        (parts.next().is_none() && is_day).then(|| Self {
            year: i64::from(year),
            month,
            of_month: day,
        })
    }

    /// The day on which a number of seconds since 1970 falls, in UTC.
    ///
    /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`.
    pub fn of_seconds(seconds: u64) -> Self {
        let days = i64::try_from(seconds / 86_400).unwrap_or(0) + 719_468;
        let era = days / 146_097;
        let day_of_era = days % 146_097;
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let month = if shifted < 10 {
            shifted + 3
        } else {
            shifted - 9
        };
        let small = |number: i64| u32::try_from(number).unwrap_or(1);
        Self {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: small(month),
            of_month: small(day_of_year - (153 * shifted + 2) / 5 + 1),
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

fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One acceptance while facts are held against it.
struct Row<'m, 's> {
    written: &'m Acceptance<'s>,
    subject: Text<'s>,
    pattern: Pattern,
    is_used: bool,
}

/// Marks the facts that are accepted.
pub(super) fn apply(
    model: &Model<'_>,
    facts: &mut [Fact],
    scope: &Scope<'_>,
    out: &mut Diagnostics,
) {
    let written = model.drift.iter().flat_map(|drift| &drift.accept);
    let mut rows: Vec<Row<'_, '_>> = written
        .filter(|one| counts(one, scope))
        .filter_map(|one| row(one, scope, out))
        .collect();
    for fact in facts.iter_mut().filter(|fact| fact.verdict.is_drift()) {
        for row in &mut rows {
            if row.covers(fact) {
                row.is_used = true;
                let reason = row.written.reason.map_or("", |reason| reason.value);
                fact.accepted.get_or_insert_with(|| reason.to_owned());
            }
        }
    }
    for row in rows.iter().filter(|row| !row.is_used) {
        out.push(unused(row.subject));
    }
}

impl Row<'_, '_> {
    fn covers(&self, fact: &Fact) -> bool {
        let rule = self.written.rule.map(|rule| rule.value);
        let is_rule = rule.is_none_or(|rule| code_of(fact).is_some_and(|code| code.id == rule));
        is_rule && fact.verdict != Verdict::Unknown && self.pattern.matches(&fact.subject)
    }
}

/// Whether an acceptance is for the environment that is compared.
fn counts(one: &Acceptance<'_>, scope: &Scope<'_>) -> bool {
    let names = &one.environments;
    names.is_empty()
        || names
            .iter()
            .any(|name| Some(name.value) == scope.environment)
}

/// An acceptance that holds today; what is wrong with it otherwise.
fn row<'m, 's>(
    written: &'m Acceptance<'s>,
    scope: &Scope<'_>,
    out: &mut Diagnostics,
) -> Option<Row<'m, 's>> {
    let subject = written.subject?;
    let until = written.until?;
    let Some(day) = Day::read(until.value) else {
        out.push(no_date(until));
        return None;
    };
    if day < scope.today {
        out.push(expired(subject, until));
        return None;
    }
    match Pattern::new(subject.value) {
        Ok(pattern) => Some(Row {
            written,
            subject,
            pattern,
            is_used: false,
        }),
        Err(error) => {
            out.push(no_glob(subject, error.msg));
            None
        }
    }
}

fn no_date(until: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no date", until.value);
    Diagnostic::new(WRONG_TYPE, message, until.span, "").help("write YYYY-MM-DD")
}

fn no_glob(subject: Text<'_>, reason: &str) -> Diagnostic {
    let message = format!("`{}` is no glob", subject.value);
    Diagnostic::new(WRONG_TYPE, message, subject.span, reason)
        .help("write an element such as `component:kafka-ui`; `*` stands for any text")
}

fn expired(subject: Text<'_>, until: Text<'_>) -> Diagnostic {
    let message = format!(
        "the acceptance of `{}` ended on {}",
        subject.value, until.value
    );
    Diagnostic::new(
        DRIFT_ACCEPTANCE_EXPIRED,
        message,
        until.span,
        "accepts nothing any more",
    )
    .help("mend the difference, or decide anew until when it is accepted")
}

fn unused(subject: Text<'_>) -> Diagnostic {
    let message = format!("no difference matches `{}`", subject.value);
    Diagnostic::new(
        DRIFT_ACCEPTANCE_UNUSED,
        message,
        subject.span,
        "accepts nothing",
    )
    .help("remove it; what it accepted is gone, or it is misspelled")
}

#[cfg(test)]
mod tests {
    use super::Day;

    #[test]
    fn days_are_read_and_compared() {
        let day = |text| Day::read(text).expect("a day");
        assert!(day("2026-02-28") < day("2026-03-01"));
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for wrong in [
            "2026-02-29",
            "2026-13-01",
            "2026-1-1",
            "tomorrow",
            "2026-01-01-1",
            "",
        ] {
            assert_eq!(Day::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn seconds_are_days_of_the_calendar() {
        assert_eq!(Day::of_seconds(0).to_string(), "1970-01-01");
        assert_eq!(Day::of_seconds(951_782_400).to_string(), "2000-02-29");
        assert_eq!(Day::of_seconds(4_102_444_799).to_string(), "2099-12-31");
    }
}
