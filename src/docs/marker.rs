//! Markers: comments that say what stands between them.
//!
//! In: a document with its outline. Out: [`Piece`]s: blocks with their content, claims, and
//! findings about markers that are broken. Refuses to know: the model.
//!
//! `<!-- archviz:KIND words -->` … `<!-- archviz:end sum=… -->`; in MDX `{/* … */}`, in
//! `AsciiDoc` `// …` lines. Markers in code are text.

use std::ops::Range;

use super::outline::{Dialect, Outline};
use crate::diagnostic::{BROKEN_MARKER, Diagnostic, Diagnostics};
use crate::source::{SourceId, Span};

/// What follows the opening of a comment.
const PREFIX: &str = "archviz:";
/// The word that closes a block.
const END: &str = "end";
/// The word of a claim, which needs no end.
const CLAIM: &str = "claim";

/// A comment for this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Marker<'t> {
    /// The whole comment.
    pub(super) range: Range<usize>,
    /// Its first word.
    pub(super) word: &'t str,
    /// Where that is.
    pub(super) word_at: usize,
    /// The rest of it.
    pub(super) rest: &'t str,
    /// Where that is.
    pub(super) rest_at: usize,
}

/// A part of a document that the program has to do with.
#[derive(Clone, Debug)]
pub(super) enum Piece<'t> {
    /// Text that is generated.
    Block {
        open: Marker<'t>,
        content: Range<usize>,
        close: Marker<'t>,
    },
    /// A number in prose.
    Claim(Marker<'t>),
}

/// A place in the document `file`.
pub(super) fn span(file: SourceId, range: &Range<usize>) -> Span {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(range.start),
        end: offset(range.end),
    }
}

impl Marker<'_> {
    /// The place of its first word.
    pub(super) fn word_span(&self, file: SourceId) -> Span {
        span(file, &(self.word_at..self.word_at + self.word.len()))
    }
}

/// The blocks and claims of a document; what is broken is reported and left out.
pub(super) fn pieces<'t>(
    text: &'t str,
    dialect: Dialect,
    outline: &Outline,
    file: SourceId,
    out: &mut Diagnostics,
) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    let mut open: Option<Marker<'t>> = None;
    for marker in markers(text, dialect, outline, file, out) {
        match (marker.word, open.take()) {
            (END, Some(begin)) => pieces.push(Piece::Block {
                content: content(text, dialect, &begin, &marker),
                open: begin,
                close: marker,
            }),
            (END, None) => out.push(end_without_begin(&marker, file)),
            // What a block holds is replaced, claims in it as well.
            (CLAIM, Some(begin)) => open = Some(begin),
            (CLAIM, None) => pieces.push(Piece::Claim(marker)),
            (_, Some(begin)) => {
                out.push(begin_without_end(&begin, file, Some(&marker)));
                open = Some(marker);
            }
            (_, None) => open = Some(marker),
        }
    }
    if let Some(begin) = open {
        out.push(begin_without_end(&begin, file, None));
    }
    pieces
}

/// What is replaced; the line breaks of `AsciiDoc`'s markers belong to them.
fn content(text: &str, dialect: Dialect, open: &Marker<'_>, close: &Marker<'_>) -> Range<usize> {
    let start = open.range.end;
    if dialect == Dialect::AsciiDoc && text[start..].starts_with('\n') {
        return (start + 1).min(close.range.start)..close.range.start;
    }
    start..close.range.start
}

fn markers<'t>(
    text: &'t str,
    dialect: Dialect,
    outline: &Outline,
    file: SourceId,
    out: &mut Diagnostics,
) -> Vec<Marker<'t>> {
    let (opening, closing) = dialect.comment();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(opening).map(|found| at + found) {
        let inside = start + opening.len();
        at = inside;
        let lead = text[inside..].len() - text[inside..].trim_start_matches([' ', '\t']).len();
        let Some(body) = text[inside + lead..].strip_prefix(PREFIX) else {
            continue;
        };
        let is_line_comment = dialect == Dialect::AsciiDoc;
        let is_line_start = start == 0 || text[..start].ends_with('\n');
        if outline.is_code(start) || (is_line_comment && !is_line_start) {
            continue;
        }
        let body_at = inside + lead + PREFIX.len();
        let length = match body.find(closing) {
            Some(length) => length,
            None if is_line_comment => body.len(),
            None => {
                out.push(unclosed(start..body_at, closing, file));
                continue;
            }
        };
        let end = body_at + length + if is_line_comment { 0 } else { closing.len() };
        found.push(marker(&body[..length], body_at, start..end));
        at = end;
    }
    found
}

fn marker(body: &str, body_at: usize, range: Range<usize>) -> Marker<'_> {
    let body = body.trim_end();
    let length = body.find(char::is_whitespace).unwrap_or(body.len());
    let (word, rest) = body.split_at(length);
    let trimmed = rest.trim_start();
    Marker {
        range,
        word,
        word_at: body_at,
        rest: trimmed,
        rest_at: body_at + length + (rest.len() - trimmed.len()),
    }
}

fn unclosed(range: Range<usize>, closing: &str, file: SourceId) -> Diagnostic {
    let message = format!("a marker is not closed by `{closing}`");
    Diagnostic::new(BROKEN_MARKER, message, span(file, &range), "begins here")
        .help(format!("write `{closing}` behind it"))
}

fn end_without_begin(marker: &Marker<'_>, file: SourceId) -> Diagnostic {
    let message = "a block ends here that does not begin";
    Diagnostic::new(
        BROKEN_MARKER,
        message,
        marker.word_span(file),
        "ends nothing",
    )
    .help("remove it, or put the marker that begins the block before it")
}

fn begin_without_end(marker: &Marker<'_>, file: SourceId, next: Option<&Marker<'_>>) -> Diagnostic {
    let message = format!("block `{}` has no end", marker.word);
    let finding = Diagnostic::new(
        BROKEN_MARKER,
        message,
        marker.word_span(file),
        "begins here",
    )
    .help("put `archviz:end` in a comment of its own behind the block; markers in code are text");
    match next {
        Some(next) => finding.also(next.word_span(file), "the next one begins before it ends"),
        None => finding,
    }
}
