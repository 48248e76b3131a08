//! A report as a comment: as much as fits, and a word on what did not.
//!
//! In: a report. Out: Markdown of at most 60,000 characters. Refuses to know: what is in it.
//!
//! GitHub refuses comments above 65,536 characters. What is left out first is what hurts
//! least: words and colors, then safe changes, then long tables, and only then the rest of
//! what may break.

use anyhow::Result;

use super::rows::{Shown, context};
use super::{ChangeReport, MARKDOWN};
use crate::render::template::Templates;

/// Characters of a comment at most.
const MAX_CHARACTERS: usize = 60_000;
/// Rows of a table that is too long.
const SHORT_TABLE: usize = 15;

pub(super) fn comment(templates: &Templates, report: &ChangeReport<'_>) -> Result<String> {
    let all = Shown {
        is_comment: true,
        ..Shown::default()
    };
    let steps = [
        all,
        Shown { docs: 0, ..all },
        Shown {
            docs: 0,
            safe: 0,
            ..all
        },
        Shown {
            docs: 0,
            safe: 0,
            table: SHORT_TABLE,
            ..all
        },
    ];
    for shown in &steps {
        let text = templates.render(MARKDOWN, context(report, shown))?;
        if fits(&text) {
            return Ok(text);
        }
    }
    fewest(templates, report, steps[steps.len() - 1])
}

fn fits(text: &str) -> bool {
    text.chars().count() <= MAX_CHARACTERS
}

/// As many breaking and risky changes as fit, by halving.
fn fewest(templates: &Templates, report: &ChangeReport<'_>, shown: Shown) -> Result<String> {
    let (mut fitting, mut too_many) = (0, report.diff.changes.len());
    let write = |urgent: usize, table: usize| {
        let shown = Shown {
            urgent,
            table,
            ..shown
        };
        templates.render(MARKDOWN, context(report, &shown))
    };
    while too_many - fitting > 1 {
        let middle = fitting.midpoint(too_many);
        if fits(&write(middle, shown.table)?) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    let text = write(fitting, shown.table)?;
    if fits(&text) { Ok(text) } else { write(0, 0) }
}
