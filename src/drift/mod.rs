//! The specification against what files of the real system say.
//!
//! In: a model, and what importers found. Out: one [`Fact`] for everything that either of them
//! states and the other could, with a verdict and both places. Refuses to know: how files are
//! read, and how a finding is shown.
//!
//! Three rules keep it honest. What a source does not tell is unknown, not absent. Start
//! order is no data flow. What the specification leaves open (a component without `ports`) is
//! not compared.

mod accept;
mod component;
mod finding;
mod flow;
mod pair;
mod party;
mod places;
mod report;
mod schema;
mod topic;

pub use finding::findings;
pub(crate) use finding::no_source;
pub(crate) use pair::known_ids;
pub(crate) use places::environments;
pub use places::{Scope, Wanted, wanted};
pub use report::{json, table};
pub use schema::json_schema;

use crate::diagnostic::Diagnostics;
use crate::import::{Evidence, Imported};
use crate::model::Model;
use crate::source::Span;

use pair::Pairs;

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// That a component exists.
    Component,
    /// The version of what it is made with.
    Version,
    /// What it is made with.
    Technology,
    /// Where it listens.
    Port,
    /// That something goes from one component to another.
    Flow,
    /// That a topic exists.
    Topic,
    /// Its number of partitions.
    Partitions,
    /// Its number of replicas.
    Replication,
    /// How long it keeps events.
    Retention,
    /// Its cleanup policy.
    Cleanup,
    /// Who writes it.
    Producer,
    /// Who reads it.
    Consumer,
}

impl Kind {
    /// Every kind, in the order of the report.
    pub const ALL: &[Self] = &[
        Self::Component,
        Self::Version,
        Self::Technology,
        Self::Port,
        Self::Flow,
        Self::Topic,
        Self::Partitions,
        Self::Replication,
        Self::Retention,
        Self::Cleanup,
        Self::Producer,
        Self::Consumer,
    ];

    /// The word used in JSON and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Version => "version",
            Self::Technology => "technology",
            Self::Port => "port",
            Self::Flow => "flow",
            Self::Topic => "topic",
            Self::Partitions => "partitions",
            Self::Replication => "replication",
            Self::Retention => "retention",
            Self::Cleanup => "cleanup",
            Self::Producer => "producer",
            Self::Consumer => "consumer",
        }
    }
}

/// What the comparison says of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Both say the same.
    Confirmed,
    /// They say different things.
    Contradicted,
    /// Only reality has it.
    MissingInModel,
    /// Only the specification has it, and a source would show it.
    MissingInReality,
    /// No source tells.
    Unknown,
}

impl Verdict {
    /// Every verdict, in the order of the report.
    pub const ALL: &[Self] = &[
        Self::Confirmed,
        Self::Contradicted,
        Self::MissingInModel,
        Self::MissingInReality,
        Self::Unknown,
    ];

    /// The word used in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Contradicted => "contradicted",
            Self::MissingInModel => "missing-in-model",
            Self::MissingInReality => "missing-in-reality",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is a difference.
    pub fn is_drift(self) -> bool {
        !matches!(self, Self::Confirmed | Self::Unknown)
    }
}

/// One thing that is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What it is about.
    pub kind: Kind,
    /// The element, as `component:kafka`, `topic:orders` or `flow:a -> b`.
    pub subject: String,
    /// What the comparison says.
    pub verdict: Verdict,
    /// What the specification says.
    pub model: Option<String>,
    /// What the source says.
    pub reality: Option<String>,
    /// Where the specification says it, or the element that does not.
    pub place: Option<Span>,
    /// Where the source says it, or what shows that it does not.
    pub evidence: Option<Evidence>,
    /// Why the verdict is what it is, where that is not plain.
    pub why: Option<String>,
    /// The reason for which a difference is accepted.
    pub accepted: Option<String>,
}

impl Fact {
    fn new(kind: Kind, subject: impl Into<String>, verdict: Verdict) -> Self {
        Self {
            kind,
            subject: subject.into(),
            verdict,
            model: None,
            reality: None,
            place: None,
            evidence: None,
            why: None,
            accepted: None,
        }
    }

    fn model(mut self, says: impl Into<String>, place: Span) -> Self {
        self.model = Some(says.into());
        self.place = Some(place);
        self
    }

    fn reality(mut self, says: impl Into<String>, evidence: &Evidence) -> Self {
        self.reality = Some(says.into());
        self.evidence = Some(evidence.clone());
        self
    }

    /// The place of the element in the specification, which itself does not state the fact.
    fn at(mut self, place: Span) -> Self {
        self.place = self.place.or(Some(place));
        self
    }

    /// What shows that a source does not state the fact.
    fn shown_by(mut self, evidence: Option<&Evidence>) -> Self {
        self.evidence = self.evidence.or_else(|| evidence.cloned());
        self
    }

    fn why(mut self, why: impl Into<String>) -> Self {
        self.why = Some(why.into());
        self
    }
}

/// Compares a model with what was found. Facts come by kind, then by subject; differences that
/// the specification accepts say so.
pub fn compare(
    model: &Model<'_>,
    imported: &Imported,
    scope: &Scope<'_>,
    out: &mut Diagnostics,
) -> Vec<Fact> {
    let pairs = Pairs::find(model, imported, scope, out);
    let mut facts = Vec::new();
    component::compare(model, imported, &pairs, scope, &mut facts);
    flow::compare(model, imported, &pairs, &mut facts);
    topic::compare(model, imported, &pairs, &mut facts);
    facts.sort_by(|a, b| {
        (a.kind, &a.subject, &a.model, &a.reality).cmp(&(b.kind, &b.subject, &b.model, &b.reality))
    });
    accept::apply(model, &mut facts, scope, out);
    facts
}
