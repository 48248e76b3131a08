//! The table of changes: one row a kind, for classification, `explain` and the docs.
//!
//! In: nothing. Out: [`CHANGE_KINDS`]. Refuses to know: how changes are found.

use super::class::{Audience, Class};

/// A kind of change, with what `explain` says about it.
#[derive(Debug, PartialEq, Eq)]
pub struct ChangeKind {
    /// Kebab-case; says what happened.
    pub id: &'static str,
    /// The class when nothing in the two models says otherwise.
    pub class: Class,
    /// Whom it concerns.
    pub audience: &'static [Audience],
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// What it means, when it has another class, and what decides: Markdown paragraphs.
    pub explanation: &'static str,
}

/// The kind of an id.
pub fn find_change_kind(id: &str) -> Option<&'static ChangeKind> {
    CHANGE_KINDS.iter().copied().find(|kind| kind.id == id)
}

/// Declares kinds and the table of all of them.
macro_rules! kinds {
    ($($name:ident: $id:literal $class:ident [$($audience:ident),*], $summary:literal, $explanation:literal;)+) => {
        $(pub(crate) const $name: &ChangeKind = &ChangeKind {
            id: $id,
            class: Class::$class,
            audience: &[$(Audience::$audience),*],
            summary: $summary,
            explanation: $explanation,
        };)+
        /// Every kind of change.
        pub const CHANGE_KINDS: &[&ChangeKind] = &[$($name),+];
    };
}

kinds! {
    COMPONENT_ADDED: "component-added" Safe [Readers], "a component is new",
        "Nobody depended on it before, so nobody stops working.";
    COMPONENT_REMOVED: "component-removed" Safe [Callers, Operators], "a component is gone",
        "Breaking if something that is still there sent flows to it or consumed from its topics: those parties now talk to nobody. Safe if nothing referred to it any more.";
    TOPIC_ADDED: "topic-added" Safe [Consumers, Producers, Operators], "a topic is new",
        "Nobody read it before. If a wildcard of an existing consumer matches it, that consumer receives it too; see `wildcard-coverage-changed`.";
    TOPIC_REMOVED: "topic-removed" Breaking [Consumers, Producers], "a topic is gone",
        "Its consumers receive nothing any more, and its producers fail. Safe if it had no consumer.";
    FLOW_ADDED: "flow-added" Safe [Operators], "a declared flow is new",
        "Flows that topics imply are reported with their topic.";
    FLOW_REMOVED: "flow-removed" Risky [Callers], "a declared flow is gone",
        "Whether anybody still needed it is not in the model. The scenarios that used it are named.";
    LAYER_ADDED: "layer-added" Docs [Readers], "a layer is new",
        "Layers order the picture; no running system knows them.";
    LAYER_REMOVED: "layer-removed" Docs [Readers], "a layer is gone",
        "Layers order the picture; no running system knows them. What was in it stands elsewhere now.";
}
