//! Differences that the specification accepts for a time.
//!
//! In: `drift: { accept: … }` and today's date. Out: facts that say why they are accepted, and
//! findings about acceptances that ended or accept nothing. Refuses to know: the clock.

use glob::Pattern;

use super::finding::code_of;
use super::places::Scope;
use super::{Fact, Verdict};
use crate::check::Day;
use crate::diagnostic::{
    DRIFT_ACCEPTANCE_EXPIRED, DRIFT_ACCEPTANCE_UNUSED, Diagnostic, Diagnostics, WRONG_TYPE,
};
use crate::model::Model;
use crate::spec::{Acceptance, Text};

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
    let Some(day) = Day::parse(until.value) else {
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
