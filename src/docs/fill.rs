//! Filling a document: every block gets its text, every claim its number.
//!
//! In: the text of a document, and what blocks are made from. Out: the text as it should be,
//! what is stale about it, and findings. Refuses to know: files.
//!
//! Nothing but the text between markers changes, and the checksum in the marker that ends a
//! block. The checksum tells a block that somebody edited: it is left alone.

use std::ops::Range;

use super::claim::{self, Document, Edit};
use super::content::{Material, content, linked};
use super::marker::{Marker, Piece, pieces, span};
use super::outline::{Dialect, Outline, comments};
use super::prose::Prose;
use super::request::{parse, words};
use crate::diagnostic::{
    BROKEN_MARKER, Diagnostic, Diagnostics, HAND_EDITED_BLOCK, STALE_BLOCK, hash_of,
};
use crate::source::{SourceId, Span};

/// What to do with blocks that somebody edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edited {
    /// Leave them, and say so.
    Keep,
    /// Replace them.
    Overwrite,
}

/// What to do with claims that are wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// Say so.
    Report,
    /// Write the right number, and say nothing.
    Mend,
}

/// A document after filling.
#[derive(Debug)]
pub struct Filled {
    /// Its text as it should be.
    pub text: String,
    /// How many blocks it has.
    pub blocks: usize,
    /// How many of them changed.
    pub changed: usize,
    /// The pictures that its blocks link to, with the markers that ask for them.
    pub pictures: Vec<(String, Span)>,
}

/// Fills one document; `name` is its path and `file` where its text is kept.
pub(super) fn fill(
    (file, name, text): (SourceId, &str, &str),
    dialect: Dialect,
    material: &Material<'_>,
    (edited, wrong): (Edited, Wrong),
    out: &mut Diagnostics,
) -> Filled {
    let outline = Outline::of(text, dialect);
    let mut found = Diagnostics::default();
    let pieces = pieces(text, dialect, &outline, file, &mut found);
    let page = Page {
        file,
        text,
        dialect,
        material,
        edited,
    };
    let mut edits: Vec<Edit> = Vec::new();
    let (mut blocks, mut changed) = (0, 0);
    let mut pictures = Vec::new();
    for piece in &pieces {
        if let Piece::Block {
            open,
            content,
            close,
        } = piece
        {
            blocks += 1;
            let before = edits.len();
            pictures.extend(page.picture(open));
            page.block(open, content, close, &mut edits, &mut found);
            changed += usize::from(edits.len() > before);
        }
    }
    let claims = claims(&page, name, &outline, &pieces, &mut found);
    for finding in found.into_sorted() {
        let is_mended = wrong == Wrong::Mend && finding.code == crate::diagnostic::STALE_CLAIM;
        if !is_mended || claims.is_empty() {
            out.push(finding);
        }
    }
    if wrong == Wrong::Mend {
        edits.extend(claims);
    }
    Filled {
        text: applied(text, edits),
        blocks,
        changed,
        pictures,
    }
}

fn claims(
    page: &Page<'_, '_>,
    name: &str,
    outline: &Outline,
    pieces: &[Piece<'_>],
    out: &mut Diagnostics,
) -> Vec<Edit> {
    let ranges = pieces.iter().map(|piece| match piece {
        Piece::Block { open, close, .. } => open.range.start..close.range.end,
        Piece::Claim(marker) => marker.range.clone(),
    });
    let mut generated: Vec<Range<usize>> = ranges.collect();
    generated.extend(comments(page.text, page.dialect, outline));
    generated.sort_by_key(|range| (range.start, range.end));
    let prose = Prose::of(page.text, outline, &generated);
    let numbers = prose.numbers(page.text);
    let document = Document {
        file: page.file,
        name,
        text: page.text,
        outline,
        prose: &prose,
        found: &numbers,
    };
    let mut edits = Vec::new();
    let values = page.material.numbers;
    for piece in pieces {
        if let Piece::Claim(marker) = piece {
            claim::marked(&document, marker, values, &mut edits, out);
        }
    }
    claim::phrased(&document, values.model, values, &mut edits, out);
    claim::counted(&document, values.model, values, out);
    claim::headings(&document, out);
    edits
}

/// Makes the replacements; of two that overlap, the first one counts.
fn applied(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let mut fresh = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        if range.start >= at {
            fresh.push_str(&text[at..range.start]);
            fresh.push_str(&replacement);
            at = range.end;
        }
    }
    fresh.push_str(&text[at..]);
    fresh
}

struct Page<'p, 'c> {
    file: SourceId,
    text: &'p str,
    dialect: Dialect,
    material: &'p Material<'c>,
    edited: Edited,
}

impl Page<'_, '_> {
    /// The picture that a block links to, with its marker.
    fn picture(&self, open: &Marker<'_>) -> Option<(String, Span)> {
        let request = parse(open, self.file).ok()?;
        let address = linked(&request, self.material)?;
        Some((address, open.word_span(self.file)))
    }

    fn block(
        &self,
        open: &Marker<'_>,
        range: &Range<usize>,
        close: &Marker<'_>,
        edits: &mut Vec<Edit>,
        out: &mut Diagnostics,
    ) {
        let wanted = match parse(open, self.file).and_then(|request| {
            let text = content(&request, self.dialect, self.material)?;
            Ok((request.kind.name == "number", text))
        }) {
            Ok(wanted) => wanted,
            Err(finding) => return out.push(*finding),
        };
        let (is_number, text) = wanted;
        let is_inline = is_number && !self.text[range.clone()].contains('\n');
        let sum = match self.sum(close) {
            Ok(sum) => sum,
            Err(finding) => return out.push(*finding),
        };
        let there = &self.text[range.clone()];
        let is_edited = sum.is_some_and(|sum| sum != checksum(&normal(there)));
        if is_edited && self.edited == Edited::Keep {
            return out.push(hand_edited(open, self.file));
        }
        let fresh = if is_inline {
            text
        } else {
            self.framed(open, &text)
        };
        let end = self.end_marker(&fresh, is_inline);
        let is_same_end = self.text[close.range.clone()] == end;
        if there == fresh && (is_same_end || is_inline) {
            return;
        }
        out.push(stale(open, self.file));
        edits.push((range.clone(), fresh));
        if !is_inline {
            edits.push((close.range.clone(), end));
        }
    }

    /// The checksum that an end marker states.
    fn sum<'t>(&self, close: &Marker<'t>) -> Result<Option<&'t str>, Box<Diagnostic>> {
        let words = words(close, self.file);
        match words.as_slice() {
            [] => Ok(None),
            [word] => word.text.strip_prefix("sum=").map(Some).ok_or_else(|| {
                let message = format!(
                    "`{}` is left over in the marker that ends a block",
                    word.text
                );
                Box::new(
                    Diagnostic::new(BROKEN_MARKER, message, word.span, "")
                        .help("remove it; the program adds the checksum itself"),
                )
            }),
            [_, more, ..] => {
                let message = format!(
                    "`{}` is left over in the marker that ends a block",
                    more.text
                );
                Err(Box::new(Diagnostic::new(
                    BROKEN_MARKER,
                    message,
                    more.span,
                    "",
                )))
            }
        }
    }

    /// The text with blank lines around it, and what stands before the marker on its line
    /// before each line: the indentation of a list, the sign of a quotation.
    fn framed(&self, open: &Marker<'_>, text: &str) -> String {
        let line_start = self.text[..open.range.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let lead = &self.text[line_start..open.range.start];
        let prefix = if lead.chars().all(|c| matches!(c, ' ' | '\t' | '>')) {
            lead
        } else {
            ""
        };
        let newline = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let gap = if self.dialect == Dialect::AsciiDoc {
            ""
        } else {
            newline
        };
        let blank = prefix.trim_end();
        let mut framed = String::new();
        if self.dialect != Dialect::AsciiDoc {
            framed.push_str(newline);
            framed.push_str(blank);
            framed.push_str(gap);
        }
        let text = if self.dialect == Dialect::Mdx {
            for_mdx(text)
        } else {
            text.to_owned()
        };
        for line in text.lines() {
            framed.push_str(if line.is_empty() { blank } else { prefix });
            framed.push_str(line);
            framed.push_str(newline);
        }
        if !gap.is_empty() {
            framed.push_str(blank);
            framed.push_str(gap);
            framed.push_str(prefix);
        }
        framed
    }

    fn end_marker(&self, content: &str, is_inline: bool) -> String {
        let (opening, closing) = self.dialect.comment();
        let closing = closing.trim();
        let sum = if is_inline {
            String::new()
        } else {
            format!(" sum={}", checksum(&normal(content)))
        };
        format!("{opening} archviz:end{sum} {closing}")
            .trim_end()
            .to_owned()
    }
}

/// Sixteen digits, the same on every machine. They tell slips, not attacks.
fn checksum(text: &str) -> String {
    format!("{:016x}", hash_of(&[text]))
}

/// What the checksum covers: no line ends, and no blank lines around the text.
fn normal(content: &str) -> String {
    let lines: Vec<&str> = content.lines().map(str::trim_end).collect();
    lines
        .join("\n")
        .trim_matches(['\n', '>', ' ', '\t'])
        .to_owned()
}

/// Braces and unclosed tags mean something in MDX.
fn for_mdx(text: &str) -> String {
    let outline = Outline::of(text, Dialect::Mdx);
    let mut fresh = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '{' if !outline.is_code(at) => fresh.push_str("&#123;"),
            '}' if !outline.is_code(at) => fresh.push_str("&#125;"),
            '>' if !outline.is_code(at) && text[..at].ends_with("<br") => fresh.push_str("/>"),
            c => fresh.push(c),
        }
    }
    fresh
}

fn stale(open: &Marker<'_>, file: SourceId) -> Diagnostic {
    let message = format!("block `{}` is not what the model says now", words_of(open));
    Diagnostic::new(STALE_BLOCK, message, open.word_span(file), "stale")
        .help("run `archviz docs` on this file")
        .subject("block", &words_of(open))
}

fn hand_edited(open: &Marker<'_>, file: SourceId) -> Diagnostic {
    let message = format!("block `{}` was edited by hand", words_of(open));
    let whole = span(file, &open.range);
    Diagnostic::new(
        HAND_EDITED_BLOCK,
        message,
        whole,
        "its checksum does not match",
    )
    .help("put your own text outside the markers, and run `archviz docs --overwrite`")
    .subject("block", &words_of(open))
}

fn words_of(open: &Marker<'_>) -> String {
    format!("{} {}", open.word, open.rest).trim_end().to_owned()
}
