//! From differences to changes: what each means, and how much it hurts.
//!
//! In: groups of differences and both models. Out: [`Change`]s. Refuses to know: formats.

mod component;
mod coverage;
mod deprecation;
mod flow;
mod index;
mod layer;
mod party;
mod scenario;
mod topic;

pub(super) use index::{Dependents, Derived};

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::{Change, Element, Subject, SubjectKind};
use super::class::Class;
use super::document::Group;
use super::edit::Action;
use super::kinds::{self, ChangeKind};
use super::layer_order::LayerOrder;
use super::leaf::{Report, report};
use super::matching::Matching;
use super::references::References;
use super::rename::Rename;
use super::walk::Difference;
use super::wording::{name, tell};
use crate::model::{CategoryId, ComponentId, FlowId, LayerId, Model, ScenarioId, TopicId};

/// Both versions, and what is known about them.
pub(super) struct Context<'c, 's> {
    pub(super) base: &'c Model<'s>,
    pub(super) head: &'c Model<'s>,
    pub(super) matching: &'c Matching,
    pub(super) renames: &'c [Rename],
    pub(super) layers: &'c LayerOrder,
    pub(super) base_names: &'c References<'c>,
    pub(super) head_names: &'c References<'c>,
    pub(super) dependents: &'c Dependents,
    pub(super) derived: &'c Derived,
}

/// All changes, in the order of subjects.
pub(super) fn classify(context: &Context<'_, '_>, groups: Vec<Group>) -> Vec<Change> {
    let mut out = Changes::default();
    let mut parties = party::Parties::default();
    for group in groups {
        let about = About::of(context, &group);
        match group.kind {
            SubjectKind::Component => component::classify(context, &about, group, &mut out),
            SubjectKind::Topic => topic::classify(context, &about, group, &mut parties, &mut out),
            SubjectKind::Flow => flow::classify(context, &about, group, &mut out),
            SubjectKind::Scenario => scenario::classify(context, &about, group, &mut out),
            SubjectKind::Layer => layer::classify(context, &about, group, &mut out),
            SubjectKind::Category => category(&about, group, &mut out),
            _ => by_section(group, &mut out),
        }
    }
    party::classify(context, parties, &mut out);
    coverage::classify(context, &mut out);
    layer::consequences(context, &mut out);
    component::consequences(context, &mut out);
    renamed(context, &mut out);
    let mut changes = out.list;
    changes.sort_by_key(|change| {
        let first = change.edits.first().map_or(usize::MAX, |edit| edit.order);
        (change.subject.kind, first)
    });
    changes
}

/// Changes as they are found.
#[derive(Debug, Default)]
pub(super) struct Changes {
    pub(super) list: Vec<Change>,
}

impl Changes {
    fn push(&mut self, change: Change) {
        self.list.push(change);
    }

    /// Whether a change of a kind about a subject was found.
    fn has(&self, kind: &ChangeKind, subject: &Subject) -> bool {
        let same = |change: &Change| change.kind == kind && change.subject == *subject;
        self.list.iter().any(same)
    }
}

/// What a group of differences is about.
#[derive(Clone, Debug)]
pub(super) struct About {
    subject: Subject,
    base: Option<Element>,
    head: Option<Element>,
}

impl About {
    fn of(context: &Context<'_, '_>, group: &Group) -> Self {
        let element = |place: Option<usize>, model: &Model<'_>| -> Option<Element> {
            let place = place?;
            match group.kind {
                SubjectKind::Component => Some(Element::Component(ComponentId::new(place))),
                SubjectKind::Topic => Some(Element::Topic(TopicId::new(place))),
                SubjectKind::Category => Some(Element::Category(CategoryId::new(place))),
                SubjectKind::Flow => Some(Element::Flow(FlowId::new(place))),
                SubjectKind::Scenario => Some(Element::Scenario(ScenarioId::new(place))),
                SubjectKind::Layer => written_layer(model, place).map(Element::Layer),
                _ => None,
            }
        };
        let path = group.differences.first().map(|first| &first.edit.path);
        let key = path.and_then(|path| path.get(1)).cloned();
        let head = element(group.head, context.head);
        let id = match head {
            Some(Element::Flow(id)) => {
                super::entry::flow_key(context.head, &context.head[id], context.head_names)
            }
            _ => key.unwrap_or_default(),
        };
        Self {
            subject: Subject::new(group.kind, id),
            base: element(group.base, context.base),
            head,
        }
    }

    fn change(&self, kind: &'static ChangeKind, differences: Vec<Difference>) -> Change {
        Change {
            base_element: self.base,
            head_element: self.head,
            ..change(kind, self.subject.clone(), differences)
        }
    }
}

/// Layers are listed as the file lists them; their ids follow the order from the top.
fn written_layer(model: &Model<'_>, place: usize) -> Option<LayerId> {
    let mut layers: Vec<_> = model.layers().collect();
    layers.sort_by_key(|(_, layer)| layer.id.span);
    layers.get(place).map(|(id, _)| *id)
}

/// A change of these differences, told in the usual words.
fn change(kind: &'static ChangeKind, subject: Subject, differences: Vec<Difference>) -> Change {
    let text = tell(&subject, &differences);
    let (before, after) = match &differences[..] {
        [one] => (one.before.clone(), one.after.clone()),
        several => (
            values(several.iter().map(|one| &one.before)),
            values(several.iter().map(|one| &one.after)),
        ),
    };
    let base = differences.iter().find_map(|one| one.base);
    let head = differences.iter().find_map(|one| one.head);
    Change {
        before,
        after,
        text,
        base,
        head,
        edits: differences.into_iter().map(|one| one.edit).collect(),
        ..consequence(kind, subject, String::new())
    }
}

/// A change that follows from others, and so edits nothing.
pub(super) fn consequence(kind: &'static ChangeKind, subject: Subject, text: String) -> Change {
    Change {
        kind,
        class: kind.class,
        subject,
        base_element: None,
        head_element: None,
        before: Value::Null,
        after: Value::Null,
        text,
        because: None,
        affected: Vec::new(),
        affected_more: 0,
        base: None,
        head: None,
        edits: Vec::new(),
        fingerprint: String::new(),
    }
}

fn values<'v>(values: impl Iterator<Item = &'v Value>) -> Value {
    let values: Vec<Value> = values.filter(|value| !value.is_null()).cloned().collect();
    if values.is_empty() {
        Value::Null
    } else {
        Value::Array(values)
    }
}

/// The differences of an element by the key that they are under; those of the element itself
/// have none.
fn by_key(differences: Vec<Difference>) -> Vec<(String, Vec<Difference>)> {
    let mut keys: Vec<(String, Vec<Difference>)> = Vec::new();
    for difference in differences {
        let key = difference.edit.path.get(2).cloned().unwrap_or_default();
        match keys.last_mut().filter(|(last, _)| *last == key) {
            Some((_, list)) => list.push(difference),
            None => keys.push((key, vec![difference])),
        }
    }
    keys
}

/// What the table says about a key of a record; moves inside of it are only order.
fn by_table(
    record: &'static str,
    key: &str,
    about: &About,
    differences: Vec<Difference>,
    out: &mut Changes,
) -> Option<Vec<Difference>> {
    let leaf = super::leaf::find(record, key);
    let is_order = |one: &Difference| matches!(one.edit.action, Action::Move { .. });
    let (moves, others): (Vec<_>, Vec<_>) = differences.into_iter().partition(is_order);
    if !moves.is_empty() {
        out.push(about.change(kinds::ORDER_CHANGED, moves));
    }
    match leaf.map(report) {
        _ if others.is_empty() => None,
        Some(Report::As(kind)) => {
            out.push(about.change(kind, others));
            None
        }
        _ => Some(others),
    }
}

/// An element that is new, gone or elsewhere in its section.
fn presence(
    about: &About,
    (added, removed): (&'static ChangeKind, &'static ChangeKind),
    differences: Vec<Difference>,
    out: &mut Changes,
) {
    for difference in differences {
        let (kind, text) = match difference.edit.action {
            Action::Add { .. } => (added, Some("is new")),
            Action::Remove { .. } => (removed, Some("is gone")),
            _ => (kinds::ORDER_CHANGED, None),
        };
        let mut change = about.change(kind, vec![difference]);
        if let Some(text) = text {
            change.text = format!("{} {text}", name(&about.subject));
        }
        out.push(change);
    }
}

fn category(about: &About, group: Group, out: &mut Changes) {
    for (key, differences) in by_key(group.differences) {
        if key.is_empty() {
            let kinds = (kinds::CATEGORY_ADDED, kinds::CATEGORY_REMOVED);
            presence(about, kinds, differences, out);
        } else {
            by_table("Category", &key, about, differences, out);
        }
    }
}

/// Sections whose every change is of one kind: one change for each entry of the section.
fn by_section(group: Group, out: &mut Changes) {
    let mut entries: Vec<(String, Vec<Difference>)> = Vec::new();
    for difference in group.differences {
        let id = difference.edit.path.get(1).cloned().unwrap_or_default();
        match entries.last_mut().filter(|(last, _)| *last == id) {
            Some((_, list)) => list.push(difference),
            None => entries.push((id, vec![difference])),
        }
    }
    for (id, differences) in entries {
        let section = differences[0]
            .edit
            .path
            .first()
            .cloned()
            .unwrap_or_default();
        let leaf = super::leaf::find("Spec", &section);
        let kind = match leaf.map(report) {
            Some(Report::As(kind)) => kind,
            _ => kinds::FLOW_HEADINGS_CHANGED,
        };
        // Settings of the platform itself are told by their key.
        let id = if group.kind == SubjectKind::Platform {
            section
        } else {
            id
        };
        let is_order = |one: &Difference| matches!(one.edit.action, Action::Move { .. });
        let (moves, others): (Vec<_>, Vec<_>) = differences.into_iter().partition(is_order);
        let subject = Subject::new(group.kind, id);
        if !others.is_empty() {
            out.push(told(kind, subject.clone(), others));
        }
        if !moves.is_empty() {
            out.push(change(kinds::ORDER_CHANGED, subject, moves));
        }
    }
}

/// Entries that are new or gone are told as such.
fn told(kind: &'static ChangeKind, subject: Subject, differences: Vec<Difference>) -> Change {
    let word = match &differences[..] {
        [one] if one.edit.path.len() == 2 => match one.edit.action {
            Action::Add { .. } => Some("is new"),
            Action::Remove { .. } => Some("is gone"),
            _ => None,
        },
        _ => None,
    };
    let text = word.map(|word| format!("{} {word}", name(&subject)));
    let change = change(kind, subject, differences);
    Change {
        text: text.unwrap_or(change.text.clone()),
        ..change
    }
}

/// Renames that are certain, as changes of their own.
fn renamed(context: &Context<'_, '_>, out: &mut Changes) {
    for rename in context.renames.iter().filter(|rename| rename.is_certain()) {
        out.push(super::rename::change(context, rename));
    }
    for change in super::rename::published_twice(context) {
        out.push(change);
    }
    likely(context, out);
}

/// A guess explains a removal; it does not make it less.
fn likely(context: &Context<'_, '_>, out: &mut Changes) {
    let kinds = [kinds::COMPONENT_REMOVED, kinds::TOPIC_REMOVED];
    let removals = out.list.iter_mut();
    let removals = removals.filter(|change| kinds.contains(&change.kind));
    let removals =
        removals.map(|change| ((change.subject.kind, change.subject.id.clone()), change));
    let mut removals: BTreeMap<_, _> = removals.collect();
    for rename in context.renames {
        let super::rename::Certainty::Likely(hundredths) = rename.certainty else {
            continue;
        };
        if let Some(change) = removals.get_mut(&(rename.kind, rename.from.clone())) {
            let guess = format!(
                "likely renamed to `{}` (0.{hundredths:02}): state `formerly: [{}]` there if it is",
                rename.to, rename.from
            );
            change.because = Some(match change.because.take() {
                Some(because) => format!("{because}; {guess}"),
                None => guess,
            });
        }
    }
}

/// The class of a change that hurts only those who consume a topic: nobody, if nobody does.
fn for_consumers(class: Class, has_consumers: bool) -> Class {
    if has_consumers {
        class
    } else {
        class.min(Class::Safe)
    }
}
