//! Suppression comments: `# archviz: allow(rule-id) reason`.
//!
//! In: the comments of the sources. Out: which findings they cover, findings about
//! comments that can't be read, and those that cover nothing. Refuses to know: levels.
//!
//! A comment covers the findings of its rules whose primary place lies in its element.
//! Elements are nested or apart, so the innermost one is found by a search and a climb.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::apply::Run;
use super::registry::{find_code, is_hard};
use super::settings::{not_adjustable, unknown_rule};
use super::{BAD_SUPPRESSION, Diagnostic, Diagnostics, UNUSED_SUPPRESSION};
use crate::source::{Comment, SourceId, Sources, Span, comments};

/// What a comment for this program begins with.
const MARKER: &str = "archviz:";
/// What help texts show.
const FORM: &str = "`# archviz: allow(rule-id) reason`";

/// One rule that one comment allows.
struct Suppression {
    /// The rule's id in the comment.
    id: Span,
    element: Span,
    /// The next larger element that a comment allows the same rule in.
    outer: Option<usize>,
    is_used: bool,
}

/// All suppression comments, by rule.
pub(super) struct Suppressions {
    rules: BTreeMap<&'static str, Vec<Suppression>>,
}

impl Suppressions {
    /// Reads the comments of all files.
    pub(super) fn read(sources: &Sources, out: &mut Diagnostics) -> Self {
        let mut rules = BTreeMap::new();
        // A file without a tree is no YAML, and its comments are none of ours.
        let is_yaml = |id: &SourceId| sources.root(*id).is_some();
        for (id, file) in sources.files().filter(|(id, _)| is_yaml(id)) {
            for comment in comments(id, file, MARKER) {
                read(&comment, &mut rules, out);
            }
        }
        for list in rules.values_mut() {
            nest(list);
        }
        Self { rules }
    }

    /// Whether a comment covers the finding; the innermost one counts as used.
    pub(super) fn cover(&mut self, finding: &Diagnostic) -> bool {
        let Some(list) = self.rules.get_mut(finding.code.id) else {
            return false;
        };
        let place = finding.primary();
        let start =
            |suppression: &Suppression| (suppression.element.file, suppression.element.start);
        let after = list.partition_point(|one| start(one) <= (place.file, place.start));
        let mut candidate = after.checked_sub(1);
        while let Some(index) = candidate {
            if list[index].element.contains(place) {
                list[index].is_used = true;
                return true;
            }
            candidate = list[index].outer;
        }
        false
    }

    /// Reports the comments that covered nothing.
    pub(super) fn report_unused(&self, run: Run, out: &mut Diagnostics) {
        for (rule, list) in self.rules.iter().filter(|(rule, _)| run.has(rule)) {
            for suppression in list.iter().filter(|suppression| !suppression.is_used) {
                out.push(unused(rule, suppression.id));
            }
        }
    }
}

/// Sorts suppressions of one rule and links each to the one around it. Of several at one
/// element only the last is ever found; the others are needless.
fn nest(list: &mut [Suppression]) {
    let key = |one: &Suppression| {
        (
            one.element.file,
            one.element.start,
            Reverse(one.element.end),
        )
    };
    list.sort_by_key(key);
    let mut open: Vec<usize> = Vec::new();
    for index in 0..list.len() {
        let element = list[index].element;
        let is_around = |outer: &usize| {
            list[*outer].element != element && list[*outer].element.contains(element)
        };
        while open.last().is_some_and(|outer| !is_around(outer)) {
            open.pop();
        }
        list[index].outer = open.last().copied();
        open.push(index);
    }
}

fn read(
    comment: &Comment<'_>,
    rules: &mut BTreeMap<&'static str, Vec<Suppression>>,
    out: &mut Diagnostics,
) {
    // A key of the language that is commented out: `# archviz: 1`.
    if comment
        .text
        .trim_start()
        .starts_with(|c: char| c.is_ascii_digit())
    {
        return;
    }
    let Some((ids, reason)) = split(comment) else {
        return out.push(unreadable(comment));
    };
    if reason.is_empty() {
        return out.push(without_reason(comment));
    }
    let Some(element) = comment.element else {
        return out.push(at_nothing(comment));
    };
    for (id, span) in ids {
        match find_code(id) {
            None => out.push(unknown_rule(id, span)),
            Some(code) if is_hard(code) => out.push(not_adjustable(code, span)),
            Some(code) => rules.entry(code.id).or_default().push(Suppression {
                id: span,
                element,
                outer: None,
                is_used: false,
            }),
        }
    }
}

/// The rule ids and the reason of a comment that has the right form.
fn split<'s>(comment: &Comment<'s>) -> Option<(Vec<(&'s str, Span)>, &'s str)> {
    let (head, rest) = comment.text.split_once('(')?;
    let (list, reason) = rest.split_once(')')?;
    if head.trim() != "allow" {
        return None;
    }
    let mut ids = Vec::new();
    let mut at = head.len() + 1;
    for part in list.split(',') {
        let id = part.trim();
        let start = at + part.len() - part.trim_start().len();
        ids.push((id, place(comment, start, id.len())));
        at += part.len() + 1;
    }
    let is_id = |id: &str| !id.is_empty() && !id.contains(char::is_whitespace);
    let reason = reason.trim_start_matches([' ', '\t', ':', '-', '–', '—']);
    ids.iter().all(|(id, _)| is_id(id)).then_some((ids, reason))
}

/// The place of a part of the comment's text.
fn place(comment: &Comment<'_>, from: usize, length: usize) -> Span {
    let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
    let start = comment.text_start.saturating_add(offset(from));
    Span {
        start,
        end: start.saturating_add(offset(length)),
        ..comment.span
    }
}

fn unreadable(comment: &Comment<'_>) -> Diagnostic {
    let message = "this comment for `archviz` can't be read";
    Diagnostic::new(BAD_SUPPRESSION, message, comment.span, "suppresses nothing")
        .help(format!("write {FORM}"))
}

fn without_reason(comment: &Comment<'_>) -> Diagnostic {
    let message = "this suppression has no reason";
    Diagnostic::new(BAD_SUPPRESSION, message, comment.span, "suppresses nothing")
        .help(format!("say why behind the bracket: {FORM}"))
}

fn at_nothing(comment: &Comment<'_>) -> Diagnostic {
    let message = "this suppression stands at no element";
    Diagnostic::new(BAD_SUPPRESSION, message, comment.span, "suppresses nothing")
        .help("put it at the end of the line an element starts on, or above, indented alike")
}

fn unused(rule: &str, id: Span) -> Diagnostic {
    let message = format!("`{rule}` finds nothing here that this comment could allow");
    Diagnostic::new(UNUSED_SUPPRESSION, message, id, "allows nothing")
        .help("remove it; what it excused is gone, or another comment covers it")
}
