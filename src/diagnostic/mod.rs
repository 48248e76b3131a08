//! Findings: what is wrong, where, and what to do about it.
//!
//! In: spans of the sources. Out: [`Diagnostic`] values, collected in [`Diagnostics`].
//! Refuses to know: how a finding is printed (see `render`), and which rules exist (only
//! `registry` does).
//!
//! Phases push findings at their codes' own levels; [`apply`] then gives the user's settings
//! their say, and `render` turns the result into what people and programs read.

mod apply;
mod baseline;
mod code;
mod explain;
mod fingerprint;
mod globs;
mod level;
mod printable;
mod registry;
pub mod render;
mod settings;
mod suppression;

pub use apply::apply;
pub(crate) use apply::{Run, apply_to};
pub use baseline::{Baseline, write_baseline};
pub(crate) use code::*;
pub use code::{CODES, Code, Group};
pub use explain::explain;
pub(crate) use explain::paragraphs;
pub(crate) use fingerprint::hash_of;
pub use level::{Level, Override};
pub(crate) use printable::printable;
pub use registry::{all_codes, find_code, is_hard, similar_code};

use crate::source::Span;

/// How bad a finding is. Rules state a default; the user's settings decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word used in every output format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// A place with what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The smallest text that matters.
    pub span: Span,
    /// What is here; may be empty.
    pub text: String,
}

/// A replacement of one span that mends a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// With what.
    pub replacement: String,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What kind of finding it is.
    pub code: &'static Code,
    /// The code's own level until the user's settings are applied.
    pub severity: Severity,
    /// One lower-case phrase without a full stop; names in back-ticks.
    pub message: String,
    /// The primary place first, then the related ones.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// A mechanical cure.
    pub fix: Option<Fix>,
    /// The elements concerned, as `kind:id`; part of the fingerprint.
    pub subjects: Vec<String>,
}

impl Diagnostic {
    /// A finding at its primary place. `label` says what is there and may be empty.
    pub fn new(
        code: &'static Code,
        message: impl Into<String>,
        span: Span,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            labels: vec![Label {
                span,
                text: label.into(),
            }],
            help: None,
            fix: None,
            subjects: Vec::new(),
        }
    }

    /// Adds a related place.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }

    /// Offers a replacement.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }

    /// Names an element concerned.
    #[must_use]
    pub fn subject(mut self, kind: &str, id: &str) -> Self {
        self.subjects.push(format!("{kind}:{id}"));
        self
    }

    /// The place to point at first.
    pub fn primary(&self) -> Span {
        self.labels
            .first()
            .map_or_else(Span::default, |label| label.span)
    }
}

/// Collects findings; phases push, the driver looks.
#[derive(Debug, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.list
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// The findings so far.
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// The findings, sorted by place and code.
    pub fn into_sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| {
            (a.primary(), a.code.id, &a.message).cmp(&(b.primary(), b.code.id, &b.message))
        });
        self.list.dedup();
        self.list
    }
}

/// The candidate closest to `name`, if it is close enough to be meant.
pub fn did_you_mean<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    let folded = fold(name);
    let limit = name.chars().count().max(3) / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit + 2)
        .map(|candidate| {
            (
                strsim::damerau_levenshtein(&folded, &fold(candidate)),
                candidate,
            )
        })
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Case and separators do not count when names are compared loosely.
fn fold(name: &str) -> String {
    name.to_lowercase().replace(['-', ' ', '.'], "_")
}
