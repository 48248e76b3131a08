//! Removal dates that are neither date nor version.

use crate::check::deprecation::Deprecated;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "removal-date-malformed",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a removal date that is neither a date nor a version",
        explanation: "`remove_by:` takes a date as `YYYY-MM-DD`, or the version that removes the element. \
            Anything else can't be compared, and dates in other orders are read differently in \
            other countries.\n\nWrite the date as year, month and day, or a version such as \
            `3.0.0`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for element in &context.deprecated {
        if let Some(date) = element.written.remove_by
            && !is_date(date.value)
            && !is_version(date.value)
        {
            out.push(removal_date_malformed(element, date));
        }
    }
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else {
        return false;
    };
    let (Some(year), Some(month), Some(day)) = (digits(year, 4), digits(month, 2), digits(day, 2))
    else {
        return false;
    };
    (1..=days_in(year, month)).contains(&day)
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let is_number = text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

/// Zero for a month that does not exist.
fn days_in(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if is_leap => 29,
        2 => 28,
        _ => 0,
    }
}

/// `3`, `v3.1`, `3.0.0-rc.1`; `30.06.2026` and `2026-13-01` are dates gone wrong.
fn is_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let end = text.find(['-', '+']).unwrap_or(text.len());
    let numbers: Vec<&str> = text[..end].split('.').collect();
    let is_number =
        |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = |part: &&str| part.len() == 4 && part.starts_with(['1', '2']);
    let is_day_first = numbers.len() == 3 && numbers.last().is_some_and(is_year);
    let is_year_first =
        numbers.len() == 1 && numbers.first().is_some_and(is_year) && text[end..].starts_with('-');
    numbers.iter().all(is_number) && !is_day_first && !is_year_first
}

fn removal_date_malformed(element: &Deprecated<'_, '_>, date: Text<'_>) -> Diagnostic {
    let (noun, id) = (element.noun, element.id.value);
    let message = format!(
        "{noun} `{id}` is removed by `{}`, which is no date and no version",
        date.value
    );
    Diagnostic::new(&RULE.code, message, date.span, "")
        .help("write a date that exists as YYYY-MM-DD, or a version such as 3.0.0")
        .subject(noun, id)
}
