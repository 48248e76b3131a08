//! The full YAML 1.2 reader: any text in, a tree and the syntax errors out.
//!
//! In: text. Out: a [`Tree`] of what could be read, and every [`SyntaxError`].
//! Refuses to know: the common plain subset is read faster by `plain`, with the
//! same tree as result.
//!
//! After an error the reader resumes at the next line that starts a key in the
//! first column, so that one broken section does not hide the others.

use std::borrow::Cow;
use std::collections::BTreeMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::{NodeKind, Tree, TreeBuilder};

/// Syntax errors are reported up to this many a file.
const MAX_ERRORS: usize = 20;
/// Collections nest at most this deep.
const MAX_DEPTH: usize = 128;

/// One thing that is not YAML, or not YAML this program reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// First byte that is wrong.
    pub(crate) start: usize,
    /// One past the last byte that is wrong.
    pub(crate) end: usize,
    /// What is wrong.
    pub(crate) message: Cow<'static, str>,
    /// What to do.
    pub(crate) help: Option<Cow<'static, str>>,
}

/// How many documents a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Documents {
    /// One; a second one is an error.
    One,
    /// Any number; the tree has one root a document.
    Many,
}

/// Reads a whole text; several roots after an error are merged into one mapping.
pub(super) fn parse(text: &str, documents: Documents) -> (Tree, Vec<SyntaxError>) {
    let mut reader = Reader::new(text, documents);
    let mut base = 0;
    while let Some(resume) = reader.read_from(base) {
        if reader.errors.len() >= MAX_ERRORS {
            break;
        }
        base = resume;
    }
    (reader.builder.finish(), reader.errors)
}

struct Reader<'s> {
    text: &'s str,
    builder: TreeBuilder,
    errors: Vec<SyntaxError>,
    anchors: BTreeMap<usize, u32>,
    /// Whether a root mapping is open from before an error.
    resumed: bool,
    accepted: Documents,
}

/// What follows one event.
enum Progress {
    Continue,
    DocumentEnd,
}

impl<'s> Reader<'s> {
    fn new(text: &'s str, accepted: Documents) -> Self {
        Self {
            text,
            builder: TreeBuilder::default(),
            errors: Vec::new(),
            anchors: BTreeMap::new(),
            resumed: false,
            accepted,
        }
    }

    /// Reads from byte `base`; the result is where to resume after an error.
    fn read_from(&mut self, base: usize) -> Option<usize> {
        let mut options = granit_parser::Options::default();
        options.emit_unresolved_aliases = true;
        options.simple_key_max_lookahead = 1 << 16;
        options.block_nesting_limit = MAX_DEPTH;
        options.flow_nesting_limit = MAX_DEPTH;
        let mut parser = Parser::new_from_str_with_options(&self.text[base..], options);
        self.anchors.clear();
        let mut documents = 0;
        while let Some(event) = parser.next_event() {
            match event {
                Ok((Event::DocumentStart(..), span)) => {
                    documents += 1;
                    if documents > 1 && self.accepted == Documents::Many {
                        self.anchors.clear();
                        self.builder.close_all();
                    } else if documents > 1 {
                        self.second_document(base + start_of(&span));
                        return None;
                    }
                }
                Ok((event, span)) => {
                    let (start, end) = (base + start_of(&span), base + end_of(&span));
                    if let Progress::DocumentEnd = self.event(event, start, end) {
                        self.resumed = false;
                    }
                }
                Err(error) => return self.recover(base, &error),
            }
        }
        None
    }

    fn second_document(&mut self, start: usize) {
        self.errors.push(SyntaxError {
            start,
            end: (start + 3).min(self.text.len()),
            message: "a second YAML document starts here".into(),
            help: Some("keep one document per file; split the others into files of their own and `include` them".into()),
        });
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) -> Progress {
        match event {
            Event::Scalar(value, style, anchor, _) => {
                self.scalar(&value, style, anchor, start, end);
            }
            Event::SequenceStart(_, anchor, _) => {
                self.anchor(anchor);
                self.builder.open_sequence(start);
            }
            Event::MappingStart(style, anchor, _) => self.mapping(style, anchor, start),
            Event::SequenceEnd | Event::MappingEnd => self.close(start, end),
            Event::Alias(anchor) => self.alias(anchor, start, end),
            Event::UnresolvedAlias(name) => self.unknown_alias(&name, start, end),
            Event::DocumentEnd => return Progress::DocumentEnd,
            _ => {}
        }
        Progress::Continue
    }

    fn mapping(&mut self, _style: StructureStyle, anchor: usize, start: usize) {
        if self.resumed && self.builder.depth() == 1 {
            // The root mapping that was open when the error came goes on.
            self.resumed = false;
            return;
        }
        self.anchor(anchor);
        self.builder.open_mapping(start);
    }

    fn close(&mut self, start: usize, end: usize) {
        let closer = self.text.as_bytes().get(start).copied();
        let is_flow = end > start && matches!(closer, Some(b']' | b'}'));
        self.builder.close(is_flow.then_some(end));
    }

    fn anchor(&mut self, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, self.builder.next_index());
        }
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, anchor: usize, start: usize, end: usize) {
        self.anchor(anchor);
        let plain = style == ScalarStyle::Plain;
        let written = self.text.get(start..end).unwrap_or("");
        if plain && written.is_empty() {
            // An absent value stands right behind its key.
            let at = self.builder.last_end();
            self.builder.plain(at, at);
        } else if plain && written == value {
            self.builder.plain(start, end);
        } else if !plain && inside_quotes(written) == Some(value) {
            self.builder.quoted(start, end);
        } else {
            let kind = if plain {
                NodeKind::Plain
            } else {
                NodeKind::Quoted
            };
            let end = start + written.trim_end().len();
            self.builder.text(start, end, value.into(), kind);
        }
    }

    fn alias(&mut self, anchor: usize, start: usize, end: usize) {
        match self.anchors.get(&anchor).copied() {
            Some(target) if !self.builder.is_open(target) => self.builder.alias(start, end, target),
            _ => {
                self.errors.push(SyntaxError {
                    start,
                    end,
                    message: "this alias refers to a node that contains it".into(),
                    help: Some("write the value out; a node can't contain itself".into()),
                });
                self.builder.plain(start, start);
            }
        }
    }

    fn unknown_alias(&mut self, name: &str, start: usize, end: usize) {
        self.errors.push(SyntaxError {
            start,
            end,
            message: format!("no anchor `&{name}` comes before this alias").into(),
            help: Some("define the anchor first; quote the text if it is no alias".into()),
        });
        self.builder.plain(start, start);
    }

    /// Notes the error, closes what is open below the root, and finds where to go on.
    fn recover(&mut self, base: usize, error: &ScanError) -> Option<usize> {
        let at = (base + error.marker().byte_offset().unwrap_or(0)).min(self.text.len());
        let at = floor_char_boundary(self.text, at);
        let width = self.text[at..]
            .chars()
            .next()
            .filter(|c| *c != '\n')
            .map_or(0, char::len_utf8);
        let (message, help) = describe(error.kind());
        self.errors.push(SyntaxError {
            start: at,
            end: at + width,
            message,
            help,
        });
        self.builder.cut();
        let resume = match self.accepted {
            Documents::One => next_top_level_key(self.text, at.max(base)),
            Documents::Many => next_key_or_document(self.text, at.max(base)),
        };
        let is_document = resume.is_some_and(|at| self.text[at..].starts_with("---"));
        if is_document {
            self.builder.close_all();
        }
        self.resumed = self.builder.depth() == 1;
        resume
    }
}

/// The text between the first and the last byte, which are quotes.
fn inside_quotes(written: &str) -> Option<&str> {
    let is_quoted = written.starts_with(['"', '\'']);
    written
        .get(1..written.len().checked_sub(1)?)
        .filter(|_| is_quoted)
}

fn start_of(span: &granit_parser::Span) -> usize {
    span.byte_range().map_or(0, |range| range.start)
}

fn end_of(span: &granit_parser::Span) -> usize {
    span.byte_range().map_or(0, |range| range.end)
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The next line that starts a key in the first column, or a document.
fn next_key_or_document(text: &str, from: usize) -> Option<usize> {
    let key = next_top_level_key(text, from);
    let document = text[from..].find("\n---").map(|at| from + at + 1);
    match (key, document) {
        (Some(key), Some(document)) => Some(key.min(document)),
        (key, document) => key.or(document),
    }
}

/// The start of the next line whose first column begins a mapping key.
fn next_top_level_key(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        at += text[at..].find('\n')? + 1;
        let line = text[at..].lines().next().unwrap_or("");
        let key = line.split(':').next().unwrap_or("");
        let is_key = key.len() < line.len()
            && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
        if is_key {
            return Some(at);
        }
    }
}

/// The program's own words for a reader's error.
fn describe(kind: &ErrorKind) -> (Cow<'static, str>, Option<Cow<'static, str>>) {
    let (message, help): (&'static str, &'static str) = match kind {
        ErrorKind::TabNotAllowed | ErrorKind::TabInBlockIndentation => (
            "a tab is used for indentation",
            "indent with spaces; YAML forbids tabs here",
        ),
        ErrorKind::InvalidIndentation => (
            "this line's indentation fits no open block",
            "align it with its siblings above",
        ),
        ErrorKind::UnexpectedEofFlowSequence => ("a `[` is never closed", "add the missing `]`"),
        ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("a `{` is never closed", "add the missing `}`")
        }
        ErrorKind::ExpectedFlowSequenceSeparator => (
            "expected `,` or `]` in this list",
            "separate items with `,` and close the list with `]`",
        ),
        ErrorKind::ExpectedFlowMappingSeparator => (
            "expected `,` or `}` in this mapping",
            "separate entries with `,` and close with `}`",
        ),
        ErrorKind::ExpectedBlockMappingKey => (
            "expected a `key: value` line here",
            "check the indentation and the `:` of the lines above",
        ),
        ErrorKind::ExpectedBlockSequenceEntry => (
            "expected a `- item` line here",
            "a block is a list or a mapping, not both",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => (
            "a key without `:`, or a text over several lines",
            "add `:` after the key, or quote the text",
        ),
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => (
            "this bracket closes nothing that is open",
            "match every `[` with `]` and every `{` with `}`",
        ),
        _ => return describe_rest(kind),
    };
    (message.into(), Some(help.into()))
}

fn describe_rest(kind: &ErrorKind) -> (Cow<'static, str>, Option<Cow<'static, str>>) {
    let text = kind.to_string();
    let is_colon = text.contains("mapping values");
    let help = if is_colon {
        "quote the text: a `: ` inside plain text starts a mapping"
    } else {
        "quote text that holds characters with a meaning in YAML, such as `: ` ` #` `[` `{` `*` `&` `!` `%` `@`"
    };
    (text.into(), Some(help.into()))
}
