//! What a marker asks for: a kind of block, a name and options.
//!
//! In: the words of a marker. Out: a [`Request`], or a finding at the word that is wrong.
//! Refuses to know: whether what is named exists.

use super::marker::{Marker, span};
use crate::diagnostic::{BROKEN_MARKER, Diagnostic, UNKNOWN_BLOCK, did_you_mean};
use crate::source::{SourceId, Span};

/// A kind of block.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// The word of the marker.
    pub name: &'static str,
    /// What it must name, for messages; empty if it names nothing.
    pub names: &'static str,
    /// Options that it takes.
    pub options: &'static [&'static str],
    /// What it shows.
    pub summary: &'static str,
}

/// Every kind of block.
pub static KINDS: &[Kind] = &[
    Kind {
        name: "view",
        names: "view",
        options: &["as", "src"],
        summary: "a view as a Mermaid picture, or as a link to an image (`as=image`)",
    },
    Kind {
        name: "scenario",
        names: "scenario",
        options: &["as", "src"],
        summary: "a scenario as a Mermaid sequence diagram, as steps (`as=steps`) or as a link to an image (`as=image`)",
    },
    Kind {
        name: "card",
        names: "component",
        options: &[],
        summary: "what one component states",
    },
    Kind {
        name: "components",
        names: "",
        options: &["select"],
        summary: "a table of components; `select=SELECTOR` shows some",
    },
    Kind {
        name: "topics",
        names: "",
        options: &["match"],
        summary: "a table of topics; `match=PATTERN` shows some",
    },
    Kind {
        name: "flows",
        names: "",
        options: &["select"],
        summary: "a table of flows; `select=SELECTOR` shows those with both ends in it",
    },
    Kind {
        name: "layers",
        names: "",
        options: &[],
        summary: "a table of layers",
    },
    Kind {
        name: "statistics",
        names: "",
        options: &["by"],
        summary: "components counted by category, or by `by=layer` or `by=kind`",
    },
    Kind {
        name: "producers",
        names: "",
        options: &[],
        summary: "a table of who publishes what",
    },
    Kind {
        name: "consumers",
        names: "",
        options: &[],
        summary: "a table of who consumes what",
    },
    Kind {
        name: "number",
        names: "number",
        options: &[],
        summary: "one number, such as `components` or `topics`, in the middle of a line",
    },
];

/// A word of a marker at its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
}

/// What a marker asks for.
#[derive(Debug)]
pub(super) struct Request<'t> {
    pub(super) kind: &'static Kind,
    /// What it names; empty if it names nothing.
    pub(super) name: Word<'t>,
    options: Vec<(&'static str, Word<'t>)>,
}

impl<'t> Request<'t> {
    /// The value of an option.
    pub(super) fn option(&self, name: &str) -> Option<Word<'t>> {
        let mut options = self.options.iter();
        options
            .find(|(known, _)| *known == name)
            .map(|(_, word)| *word)
    }
}

/// A finding is large and rare.
pub(super) type Parsed<T> = Result<T, Box<Diagnostic>>;

/// Reads what a marker asks for.
pub(super) fn parse<'t>(marker: &Marker<'t>, file: SourceId) -> Parsed<Request<'t>> {
    let kind = KINDS.iter().find(|kind| kind.name == marker.word);
    let kind = kind.ok_or_else(|| unknown_kind(marker, file))?;
    let mut request = Request {
        kind,
        name: Word {
            text: "",
            span: marker.word_span(file),
        },
        options: Vec::new(),
    };
    for word in words(marker, file) {
        match word.text.split_once('=') {
            Some((name, value)) => {
                let known = kind.options.iter().find(|known| **known == name);
                let known = known.ok_or_else(|| unknown_option(kind, word, name))?;
                let text = value.trim_matches('"');
                request.options.push((known, Word { text, ..word }));
            }
            None if !kind.names.is_empty() && request.name.text.is_empty() => request.name = word,
            None => return Err(needless_word(kind, word)),
        }
    }
    if !kind.names.is_empty() && request.name.text.is_empty() {
        return Err(nameless(kind, marker.word_span(file)));
    }
    Ok(request)
}

/// Words between blanks; a value in quotes keeps its blanks.
pub(super) fn words<'t>(marker: &Marker<'t>, file: SourceId) -> Vec<Word<'t>> {
    let mut words = Vec::new();
    let mut rest = marker.rest;
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let mut is_quoted = false;
        let end = rest.find(|c: char| {
            is_quoted ^= c == '"';
            c.is_whitespace() && !is_quoted
        });
        let (text, tail) = rest.split_at(end.unwrap_or(rest.len()));
        let start = marker.rest_at + (marker.rest.len() - rest.len());
        words.push(Word {
            text,
            span: span(file, &(start..start + text.len())),
        });
        rest = tail;
    }
    words
}

fn unknown_kind(marker: &Marker<'_>, file: SourceId) -> Box<Diagnostic> {
    let names = || KINDS.iter().map(|kind| kind.name).chain(["claim", "end"]);
    let message = format!("`{}` is no kind of block", marker.word);
    let finding = Diagnostic::new(UNKNOWN_BLOCK, message, marker.word_span(file), "");
    Box::new(match did_you_mean(marker.word, names()) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(marker.word_span(file), meant),
        None => finding.help(format!("known: {}", names().collect::<Vec<_>>().join(", "))),
    })
}

fn unknown_option(kind: &Kind, word: Word<'_>, name: &str) -> Box<Diagnostic> {
    let message = format!("block `{}` has no option `{name}`", kind.name);
    let help = match did_you_mean(name, kind.options.iter().copied()) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if kind.options.is_empty() => "it takes none".to_owned(),
        None => format!("it takes {}", kind.options.join(", ")),
    };
    Box::new(Diagnostic::new(BROKEN_MARKER, message, word.span, "").help(help))
}

fn needless_word(kind: &Kind, word: Word<'_>) -> Box<Diagnostic> {
    let message = format!("`{}` is left over in block `{}`", word.text, kind.name);
    let finding = Diagnostic::new(BROKEN_MARKER, message, word.span, "");
    Box::new(finding.help("options are written `name=value`, with quotes around blanks"))
}

fn nameless(kind: &Kind, span: Span) -> Box<Diagnostic> {
    let message = format!("block `{}` names no {}", kind.name, kind.names);
    let finding = Diagnostic::new(BROKEN_MARKER, message, span, "");
    Box::new(finding.help(format!("write `archviz:{} NAME`", kind.name)))
}
