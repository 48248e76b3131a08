//! The lines of a file that a finding is shown with.
//!
//! In: labels. Out: groups of near lines, and spans relative to them. Refuses to know: how
//! they are drawn.
//!
//! The drawing library indexes every text it is given, so it must never see whole files.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::Label;
use crate::diagnostic::printable::printable_source;
use crate::source::{SourceFile, SourceId, Sources, Span};

/// Labels further apart than this many lines are shown in two pieces.
const MAX_GAP: usize = 20;
/// Of a longer span only the first line is shown.
const MAX_LINES: usize = 8;
/// Longer lines are not shown.
const MAX_LINE_BYTES: usize = 2_000;

/// Some lines of one file with the labels on them.
pub(super) struct Window<'s> {
    pub(super) file: SourceId,
    /// The number of the first line.
    pub(super) first_line: usize,
    /// The text, safe to print.
    pub(super) text: Cow<'s, str>,
    /// Bytes in the text, and the index of the label that they belong to.
    pub(super) marks: Vec<(Range<usize>, usize)>,
}

/// A label with the lines that it is shown with.
struct Mark {
    file: SourceId,
    lines: Range<usize>,
    bytes: Range<usize>,
    label: usize,
}

/// The windows of labels: the one with the first label comes first.
pub(super) fn windows<'s>(sources: &'s Sources, labels: &[Label]) -> Vec<Window<'s>> {
    let mut marks: Vec<Mark> = (0..)
        .zip(labels)
        .map(|(index, label)| mark(sources.file(label.span.file), label.span, index))
        .collect();
    marks.sort_by_key(|mark| (mark.file, mark.lines.start, mark.label));
    let is_near = |a: &Mark, b: &Mark| a.file == b.file && b.lines.start <= a.lines.end + MAX_GAP;
    let mut windows: Vec<_> = marks
        .chunk_by(is_near)
        .map(|marks| window(sources.file(marks[0].file), marks))
        .collect();
    windows.sort_by_key(|window| window.marks.iter().map(|(_, label)| *label).min());
    windows
}

/// Whether a span's lines are short enough to be shown.
pub(super) fn is_showable(sources: &Sources, span: Span) -> bool {
    let file = sources.file(span.file);
    let mut lines = mark(file, span, 0).lines;
    lines.all(|line| file.line_range(line).len() <= MAX_LINE_BYTES)
}

/// The window of one span, if all of it can be shown.
pub(super) fn whole(sources: &Sources, span: Span) -> Option<Window<'_>> {
    let file = sources.file(span.file);
    let mark = mark(file, span, 0);
    let is_whole = mark.bytes == span.range() && is_showable(sources, span);
    is_whole.then(|| window(file, &[mark]))
}

fn mark(file: &SourceFile, span: Span, label: usize) -> Mark {
    let bytes = trimmed(&file.text, span.range());
    let first = file.line(offset(bytes.start));
    let last = file.line(offset(bytes.end));
    let mut mark = Mark {
        file: span.file,
        lines: first..last + 1,
        bytes,
        label,
    };
    if last - first >= MAX_LINES {
        mark.lines.end = first + 1;
        mark.bytes.end = file.line_range(first).end.max(mark.bytes.start);
    }
    mark
}

/// The range on borders of characters, without the blanks at its end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (border(range.start), border(range.end));
    let length = text.get(start..end).map_or(0, |text| text.trim_end().len());
    start..start + length
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

fn window<'s>(file: &'s SourceFile, marks: &[Mark]) -> Window<'s> {
    let first_line = marks[0].lines.start;
    let last_line = marks
        .iter()
        .map(|mark| mark.lines.end - 1)
        .max()
        .unwrap_or(first_line);
    let (start, end) = (
        file.line_range(first_line).start,
        file.line_range(last_line).end,
    );
    let relative = |bytes: &Range<usize>| {
        let at = |byte: usize| byte.clamp(start, end) - start;
        at(bytes.start)..at(bytes.end)
    };
    Window {
        file: marks[0].file,
        first_line,
        text: printable_source(file.text.get(start..end).unwrap_or("")),
        marks: marks
            .iter()
            .map(|mark| (relative(&mark.bytes), mark.label))
            .collect(),
    }
}
