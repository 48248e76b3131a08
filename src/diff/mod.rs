//! What changed between two versions of a model, and whom it hurts.
//!
//! In: two [`Model`]s. Out: a [`ModelDiff`]: classified changes, counts that close, renames,
//! the order of layers. Refuses to know: texts, formats, and where the versions come from.

mod change;
mod class;
mod edit;
mod kinds;
mod layer_order;
mod matching;
mod rename;
mod statistics;

pub use change::{Affected, Change, Element, Subject, SubjectKind};
pub use class::{Audience, Class};
pub use edit::{Action, Edit};
pub use kinds::{CHANGE_KINDS, ChangeKind, find_change_kind};
pub use layer_order::{LayerFate, LayerOrder, LayerRow};
pub use matching::{Matching, Pairs};
pub use rename::{Certainty, Rename};
pub use statistics::{Row, Statistics};

use serde_json::Value;

use crate::model::Model;

/// What changed between two versions.
#[derive(Clone, Debug, Default)]
pub struct ModelDiff {
    /// Every change, by subject.
    pub changes: Vec<Change>,
    /// Counts before and after.
    pub statistics: Statistics,
    /// Elements that go on under another id.
    pub renames: Vec<Rename>,
    /// Layers before and after.
    pub layers: LayerOrder,
    /// Which element of the new version each element of the old one is.
    pub matching: Matching,
}

impl ModelDiff {
    /// The changes of one kind, by its id.
    pub fn with_id<'d>(&'d self, id: &'d str) -> impl Iterator<Item = &'d Change> {
        self.changes.iter().filter(move |change| change.id() == id)
    }

    /// The worst class of all changes.
    pub fn worst(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }
}

/// Compares two versions of a model.
pub fn compare(base: &Model<'_>, head: &Model<'_>) -> ModelDiff {
    let renames = Vec::new();
    let matching = matching::matching(base, head, &renames);
    let mut changes = Vec::new();
    presence(base, head, &matching, &mut changes);
    ModelDiff {
        changes,
        statistics: statistics::statistics(base, head, &matching),
        layers: layer_order::layer_order(base, head, &matching),
        renames,
        matching,
    }
}

/// Elements that one version alone has.
fn presence(base: &Model<'_>, head: &Model<'_>, matching: &Matching, out: &mut Vec<Change>) {
    for id in matching.components.added() {
        out.push(added(
            kinds::COMPONENT_ADDED,
            SubjectKind::Component,
            head[id].id,
            Element::Component(id),
        ));
    }
    for id in matching.components.removed() {
        out.push(removed(
            kinds::COMPONENT_REMOVED,
            SubjectKind::Component,
            base[id].id,
            Element::Component(id),
        ));
    }
    for id in matching.topics.added() {
        out.push(added(
            kinds::TOPIC_ADDED,
            SubjectKind::Topic,
            head[id].id,
            Element::Topic(id),
        ));
    }
    for id in matching.topics.removed() {
        out.push(removed(
            kinds::TOPIC_REMOVED,
            SubjectKind::Topic,
            base[id].id,
            Element::Topic(id),
        ));
    }
    for id in matching.layers.added() {
        out.push(added(
            kinds::LAYER_ADDED,
            SubjectKind::Layer,
            head[id].id,
            Element::Layer(id),
        ));
    }
    for id in matching.layers.removed() {
        out.push(removed(
            kinds::LAYER_REMOVED,
            SubjectKind::Layer,
            base[id].id,
            Element::Layer(id),
        ));
    }
    for id in matching.flows.added().filter(|id| !head[*id].is_derived()) {
        let name = flow_name(head, id);
        let place = crate::spec::At {
            value: &*name,
            span: head[id].span,
        };
        out.push(added(
            kinds::FLOW_ADDED,
            SubjectKind::Flow,
            place,
            Element::Flow(id),
        ));
    }
    for id in matching
        .flows
        .removed()
        .filter(|id| !base[*id].is_derived())
    {
        let name = flow_name(base, id);
        let place = crate::spec::At {
            value: &*name,
            span: base[id].span,
        };
        out.push(removed(
            kinds::FLOW_REMOVED,
            SubjectKind::Flow,
            place,
            Element::Flow(id),
        ));
    }
}

fn flow_name(model: &Model<'_>, id: crate::model::FlowId) -> String {
    let flow = &model[id];
    let ends = format!(
        "{} -> {}",
        model[flow.from].id.value, model[flow.to].id.value
    );
    match &flow.label {
        Some(label) => format!("{ends}: {label}"),
        None => ends,
    }
}

fn added(
    kind: &'static ChangeKind,
    of: SubjectKind,
    id: crate::spec::Text<'_>,
    element: Element,
) -> Change {
    Change {
        head: Some(id.span),
        head_element: Some(element),
        text: format!("{} `{}` is new", of.name(), id.value),
        ..blank(kind, Subject::new(of, id.value))
    }
}

fn removed(
    kind: &'static ChangeKind,
    of: SubjectKind,
    id: crate::spec::Text<'_>,
    element: Element,
) -> Change {
    Change {
        base: Some(id.span),
        base_element: Some(element),
        text: format!("{} `{}` is gone", of.name(), id.value),
        ..blank(kind, Subject::new(of, id.value))
    }
}

fn blank(kind: &'static ChangeKind, subject: Subject) -> Change {
    Change {
        kind,
        class: kind.class,
        subject,
        base_element: None,
        head_element: None,
        before: Value::Null,
        after: Value::Null,
        text: String::new(),
        because: None,
        affected: Vec::new(),
        base: None,
        head: None,
        edits: Vec::new(),
        fingerprint: String::new(),
    }
}
