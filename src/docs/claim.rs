//! Claims: numbers in prose that must agree with the model.
//!
//! In: claim markers, registered phrases, headings that count their lists. Out: findings with
//! the right number, and the replacements that mend them. Refuses to know: generated blocks.

use std::ops::Range;

use super::marker::{Marker, span};
use super::outline::{Heading, Item, ItemKind, Outline};
use super::prose::{Number, Prose, folded};
use super::request::words;
use super::value::{NoNumber, Numbers, number};
use crate::diagnostic::{
    BROKEN_MARKER, Diagnostic, Diagnostics, LIST_COUNT_MISMATCH, STALE_CLAIM, UNKNOWN_NUMBER,
};
use crate::model::{Model, glob_matches};
use crate::source::SourceId;
use crate::spec::{Claim, Text};

/// Where the number of a phrase stands.
const HOLE: &str = "{n}";

/// A document while its claims are looked at.
pub(super) struct Document<'t> {
    pub(super) file: SourceId,
    /// Its path, for phrases that are looked for in some files.
    pub(super) name: &'t str,
    pub(super) text: &'t str,
    pub(super) outline: &'t Outline,
    pub(super) prose: &'t Prose,
    pub(super) found: &'t [Number],
}

/// A replacement of bytes.
pub(super) type Edit = (Range<usize>, String);

/// The claims of markers: `claim flows.added=14` beside the sentence that says 14.
pub(super) fn marked(
    document: &Document<'_>,
    marker: &Marker<'_>,
    numbers: Numbers<'_>,
    edits: &mut Vec<Edit>,
    out: &mut Diagnostics,
) {
    let file = document.file;
    let claims = words(marker, file);
    if claims.is_empty() {
        out.push(nothing_claimed(marker, file));
    }
    for word in claims {
        let Some((name, stated)) = word.text.split_once('=') else {
            out.push(malformed(word.span, word.text));
            continue;
        };
        let Ok(stated_value) = stated.parse::<usize>() else {
            out.push(malformed(word.span, word.text));
            continue;
        };
        let right = match number(name, numbers) {
            Ok(right) => right,
            Err(problem) => {
                out.push(no_number(name, word.span, &problem));
                continue;
            }
        };
        let near = near(document, marker, stated_value);
        if right != stated_value {
            let at = usize::try_from(word.span.start).unwrap_or(0) + name.len() + 1;
            let place = at..at + stated.len();
            let finding = stale(name, stated_value, right, span(file, &place));
            out.push(match &near {
                Some(number) => finding.also(span(file, &number.range), "and here"),
                None => finding,
            });
            edits.push((place, right.to_string()));
            edits.extend(near.map(|one| (one.range.clone(), one.spelled(right))));
        } else if near.is_none() {
            out.push(not_said(name, stated_value, word.span));
        }
    }
}

/// The number on the marker's line, or on the next line with text if it stands alone.
fn near(document: &Document<'_>, marker: &Marker<'_>, value: usize) -> Option<Number> {
    let text = document.text;
    let line_start = text[..marker.range.start]
        .rfind('\n')
        .map_or(0, |at| at + 1);
    let line_end = |from: usize| text[from..].find('\n').map_or(text.len(), |at| from + at);
    let own_end = line_end(marker.range.end);
    let is_alone = text[line_start..marker.range.start].trim().is_empty()
        && text[marker.range.end..own_end].trim().is_empty();
    let lines = if is_alone {
        let rest = &text[own_end..];
        let next = own_end + (rest.len() - rest.trim_start().len());
        // A sentence may go on over several lines, up to the next blank one.
        let paragraph = text[next..].find("\n\n").map_or(text.len(), |at| next + at);
        next..paragraph
    } else {
        line_start..own_end
    };
    let mut found = document.found.iter();
    let is_near = |number: &&Number| {
        lines.contains(&number.range.start)
            && number.value == value
            && !marker.range.contains(&number.range.start)
    };
    found.find(is_near).cloned()
}

/// The claims of registered phrases.
pub(super) fn phrased(
    document: &Document<'_>,
    model: &Model<'_>,
    numbers: Numbers<'_>,
    edits: &mut Vec<Edit>,
    out: &mut Diagnostics,
) {
    for claim in model
        .documents
        .iter()
        .flat_map(|documents| &documents.claims)
    {
        let (Some(says), Some(value)) = (claim.says, claim.value) else {
            continue;
        };
        let is_here = is_looked_for(claim, document.name);
        let Some((before, after)) = says.value.split_once(HOLE).filter(|_| is_here) else {
            continue;
        };
        // A phrase that compares with another version is looked at when there is one.
        let Ok(right) = number(value.value, numbers) else {
            continue;
        };
        let phrase = (folded(before), folded(after));
        for one in document.found {
            let is_marked = edits.iter().any(|(range, _)| *range == one.range);
            if one.value != right
                && !is_marked
                && document.prose.is_around(one, (&phrase.0, &phrase.1))
                && is_under(document, claim, one)
            {
                let place = span(document.file, &one.range);
                out.push(
                    stale(value.value, one.value, right, place)
                        .also(says.span, "the phrase that is registered"),
                );
                edits.push((one.range.clone(), one.spelled(right)));
            }
        }
    }
}

/// What is wrong with the registered phrases themselves.
pub(super) fn check_phrases(model: &Model<'_>, numbers: Numbers<'_>, out: &mut Diagnostics) {
    for claim in model
        .documents
        .iter()
        .flat_map(|documents| &documents.claims)
    {
        let has_hole = |says: &Text<'_>| says.value.matches(HOLE).count() == 1;
        match claim.says {
            Some(says) if !has_hole(&says) => out.push(without_hole(says)),
            None if claim.counts.is_none() => out.push(without_phrase(claim)),
            _ => {}
        }
        if let Some(value) = claim.value
            && let Err(NoNumber::Unknown(help)) = number(value.value, numbers)
        {
            out.push(no_number(value.value, value.span, &NoNumber::Unknown(help)));
        }
    }
}

/// A path, a name, or a glob of one of them.
fn is_file(glob: &str, name: &str) -> bool {
    let short = name.rsplit('/').next().unwrap_or(name);
    glob_matches(glob, name) || glob_matches(glob, short) || name.ends_with(&format!("/{glob}"))
}

fn is_under(document: &Document<'_>, claim: &Claim<'_>, number: &Number) -> bool {
    let Some(under) = claim.under else {
        return true;
    };
    let wanted = under.value.to_lowercase();
    let above = document.outline.headings_above(number.range.start);
    above
        .iter()
        .any(|heading| heading.text.to_lowercase().contains(&wanted))
}

/// Headings that count what stands below them, and count wrong.
pub(super) fn headings(document: &Document<'_>, out: &mut Diagnostics) {
    for heading in &document.outline.headings {
        let Some(stated) = counted_in_heading(document, heading.range.clone()) else {
            continue;
        };
        // Bullets below a heading are as often remarks as things that are counted, and
        // several lists that each begin anew are not one.
        let below = below(document, heading);
        let run = below.filter(|below| below.is_one_run && below.kind != ItemKind::Bullet);
        if let Some(run) = run.filter(|run| run.count != stated.value) {
            out.push(miscounted(document.file, &stated, run.count, run.kind));
        }
    }
}

/// What hangs below a heading.
struct Below {
    kind: ItemKind,
    count: usize,
    /// Whether its numbers go on from one to the last.
    is_one_run: bool,
}

/// Numbered items below a heading, or else rows, or else bullets.
fn below(document: &Document<'_>, heading: &Heading) -> Option<Below> {
    let end = document
        .outline
        .end_of_section(heading, document.text.len());
    let items = document.outline.items.iter();
    let below = items.filter(|item| (heading.range.end..end).contains(&item.at));
    let below: Vec<&Item> = below.collect();
    let order = [ItemKind::Numbered, ItemKind::Row, ItemKind::Bullet];
    order.into_iter().find_map(|kind| {
        let numbers = below.iter().filter(|item| item.kind == kind);
        let numbers: Vec<u64> = numbers.map(|item| item.number).collect();
        (!numbers.is_empty()).then(|| Below {
            kind,
            count: numbers.len(),
            is_one_run: numbers
                .iter()
                .zip(1..)
                .all(|(number, place)| *number == place),
        })
    })
}

/// Lists whose length must agree with the model.
pub(super) fn counted(
    document: &Document<'_>,
    model: &Model<'_>,
    numbers: Numbers<'_>,
    out: &mut Diagnostics,
) {
    for claim in model
        .documents
        .iter()
        .flat_map(|documents| &documents.claims)
    {
        let (Some(counts), Some(value)) = (claim.counts, claim.value) else {
            continue;
        };
        let Ok(right) = number(value.value, numbers) else {
            continue;
        };
        if !is_looked_for(claim, document.name) {
            continue;
        }
        let wanted = counts.value.to_lowercase();
        for heading in &document.outline.headings {
            if heading.text.to_lowercase().contains(&wanted)
                && let Some(below) = below(document, heading)
                && below.count != right
            {
                let place =
                    heading.range.start..heading.range.start + first_line(document, heading);
                out.push(
                    wrong_length(value.value, &below, right, span(document.file, &place))
                        .also(counts.span, "the list that is registered"),
                );
            }
        }
    }
}

fn first_line(document: &Document<'_>, heading: &Heading) -> usize {
    let text = document.text.get(heading.range.clone()).unwrap_or("");
    text.lines().next().unwrap_or("").trim_end().len()
}

fn is_looked_for(claim: &Claim<'_>, name: &str) -> bool {
    let mut globs = claim.files.iter();
    claim.files.is_empty() || globs.any(|glob| is_file(glob.value, name))
}

/// The number in `(14 new flows)` at the end of a heading.
fn counted_in_heading(document: &Document<'_>, range: Range<usize>) -> Option<Number> {
    let text = document
        .text
        .get(range.clone())?
        .trim_end()
        .trim_end_matches(['#', ' ', '*', '_']);
    let inner = text.strip_suffix(')')?;
    let open = inner.rfind('(')?;
    let inside = &inner[open + 1..];
    let (count, words) = inside.split_once(' ').unwrap_or((inside, ""));
    let is_plain = words
        .chars()
        .all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    let is_of = words.split(' ').any(|word| word == "of") || words.split(' ').count() > 4;
    let value: usize = count.parse().ok()?;
    // A bare year says when, not how many.
    let is_year = words.is_empty() && value >= 1900;
    let start = range.start + open + 1;
    let mut found = document.found.iter();
    let number = found.find(|number| number.range.start == start)?;
    (is_plain && !is_of && !is_year).then(|| number.clone())
}

pub(super) fn no_number(name: &str, place: crate::source::Span, problem: &NoNumber) -> Diagnostic {
    match problem {
        NoNumber::Unknown(help) => {
            let message = format!("`{name}` is no number of the model");
            Diagnostic::new(UNKNOWN_NUMBER, message, place, "").help(help)
        }
        NoNumber::NeedsBase => {
            let message = format!("`{name}` compares with another version, and none is named");
            Diagnostic::new(UNKNOWN_NUMBER, message, place, "")
                .help("run `archviz docs --since BASE`, where BASE is a file or a git revision")
        }
    }
}

fn stale(name: &str, stated: usize, right: usize, place: crate::source::Span) -> Diagnostic {
    let message = format!("{stated} is stated for `{name}`; the model has {right}");
    Diagnostic::new(STALE_CLAIM, message, place, format!("should be {right}"))
        .help(format!("write {right}, or run `archviz docs --fix`"))
        .subject("number", name)
}

/// `1 item`, `2 rows`.
fn items(count: usize, kind: ItemKind) -> String {
    let noun = if kind == ItemKind::Row { "row" } else { "item" };
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn miscounted(file: SourceId, stated: &Number, count: usize, kind: ItemKind) -> Diagnostic {
    let message = format!(
        "the heading counts {}, and {} below it",
        stated.value,
        stand(count, kind)
    );
    Diagnostic::new(LIST_COUNT_MISMATCH, message, span(file, &stated.range), "").help(
        "add what is missing, or correct the number; an `archviz:number` block can't go stale",
    )
}

/// `12 items stand`.
fn stand(count: usize, kind: ItemKind) -> String {
    format!(
        "{} stand{}",
        items(count, kind),
        if count == 1 { "s" } else { "" }
    )
}

fn wrong_length(name: &str, below: &Below, right: usize, place: crate::source::Span) -> Diagnostic {
    let message = format!(
        "{} below this heading; `{name}` is {right} in the model",
        stand(below.count, below.kind)
    );
    Diagnostic::new(
        LIST_COUNT_MISMATCH,
        message,
        place,
        format!("should have {right}"),
    )
    .help("add what is missing and remove what is not there; a block of tables can't go stale")
    .subject("number", name)
}

fn nothing_claimed(marker: &Marker<'_>, file: SourceId) -> Diagnostic {
    let message = "this marker claims nothing";
    Diagnostic::new(BROKEN_MARKER, message, marker.word_span(file), "")
        .help("write `archviz:claim components=32`, with the number that the text states")
}

fn malformed(place: crate::source::Span, text: &str) -> Diagnostic {
    let message = format!("`{text}` is no claim");
    Diagnostic::new(BROKEN_MARKER, message, place, "")
        .help("write a name and a number, as in `components=32`")
}

fn not_said(name: &str, value: usize, place: crate::source::Span) -> Diagnostic {
    let message = format!("the text beside this marker does not say {value}");
    Diagnostic::new(STALE_CLAIM, message, place, "claimed here")
        .help("put the marker on the line of the number, or alone on the line above")
        .subject("number", name)
}

fn without_hole(says: Text<'_>) -> Diagnostic {
    let message = "a phrase of a claim holds its number once";
    Diagnostic::new(BROKEN_MARKER, message, says.span, "")
        .help("write `{n}` where the number stands, as in \"{n} components\"")
}

fn without_phrase(claim: &Claim<'_>) -> Diagnostic {
    let message = "a claim states `says` or `counts`";
    Diagnostic::new(BROKEN_MARKER, message, claim.span, "claims nothing")
        .help("write `says: \"{n} components\"`, or `counts:` with a part of a heading")
}
