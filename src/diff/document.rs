//! The sections of a model, listed once: for comparing two versions, and for one as a whole.
//!
//! In: two models. Out: [`Group`]s of differences, one for each element that changed; or a
//! tree of everything. Refuses to know: what a difference means.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::change::SubjectKind;
use super::entry::{FlowEntry, ScenarioEntry, flow_key};
use super::leaf::Leaf;
use super::matching::Matching;
use super::references::References;
use super::tree::{Item, Keys, Node, Tree, grow};
use super::walk::{Alignment, Difference, Fate, Walk, alignment};
use crate::model::Model;
use crate::source::Span;
use crate::spec::written::{Emptiness, Written};
use crate::spec::{self, At, Entries, Text};

/// The differences of one element, or of one setting of the platform.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: SubjectKind,
    /// The position of the element in the old version's section.
    pub(super) base: Option<usize>,
    /// The position of the element in the new version's section.
    pub(super) head: Option<usize>,
    pub(super) differences: Vec<Difference>,
}

/// One version with the spelling of its names.
#[derive(Clone, Copy)]
pub(super) struct Side<'a, 's> {
    pub(super) model: &'a Model<'s>,
    pub(super) names: &'a References<'a>,
}

/// All differences between two versions.
pub(super) fn differences(
    base: Side<'_, '_>,
    head: Side<'_, '_>,
    matching: &Matching,
) -> Vec<Group> {
    let mut finder = Finder {
        base,
        head,
        walk: Walk::default(),
        groups: Vec::new(),
    };
    let partners = declared_partners(base.model, head.model, matching);
    sections(base, head, Some(partners), &mut finder);
    finder.groups
}

/// Everything that a model says and that is compared.
pub(super) fn document(model: &Model<'_>, names: &References<'_>) -> Node {
    let side = Side { model, names };
    let mut grower = Grower {
        names,
        sections: Vec::new(),
    };
    sections(side, side, None, &mut grower);
    Node {
        tree: Tree::Record("Spec", grower.sections),
        span: None,
    }
}

/// An element of a section.
struct Entry<'e, T> {
    key: Cow<'e, str>,
    span: Span,
    value: T,
}

/// For each element of the new version its place in the old one, if it was there.
type Partners = Vec<Option<usize>>;

/// What is done with the sections.
trait Visitor<'s> {
    /// Elements under keys.
    fn section<T: Written<'s>>(
        &mut self,
        name: &'static str,
        kind: SubjectKind,
        elements: (Vec<Entry<'_, T>>, Vec<Entry<'_, T>>),
        partners: Option<Partners>,
    );
    /// One value.
    fn single<T: Written<'s>>(&mut self, name: &'static str, kind: SubjectKind, values: (&T, &T));
}

fn sections<'s>(
    base: Side<'_, 's>,
    head: Side<'_, 's>,
    flow_partners: Option<Partners>,
    visitor: &mut impl Visitor<'s>,
) {
    use SubjectKind as Kind;
    let (old, new) = (base.model, head.model);
    visitor.single("name", Kind::Platform, (&name(old), &name(new)));
    visitor.single("version", Kind::Platform, (&old.version, &new.version));
    visitor.single(
        "description",
        Kind::Platform,
        (&old.description, &new.description),
    );
    visitor.section("layers", Kind::Layer, (layers(base), layers(head)), None);
    let categories = (categories(base), categories(head));
    visitor.section("categories", Kind::Category, categories, None);
    visitor.section("owners", Kind::Owner, (owners(old), owners(new)), None);
    let deployments = (entries(&old.deployments), entries(&new.deployments));
    visitor.section("deployments", Kind::Deployment, deployments, None);
    let components = (components(base), components(head));
    visitor.section("components", Kind::Component, components, None);
    visitor.section("topics", Kind::Topic, (topics(base), topics(head)), None);
    visitor.single(
        "flow_groups",
        Kind::FlowGroup,
        (&old.flow_groups, &new.flow_groups),
    );
    visitor.section(
        "flows",
        Kind::Flow,
        (flows(base), flows(head)),
        flow_partners,
    );
    let scenarios = (scenarios(old), scenarios(new));
    visitor.section("scenarios", Kind::Scenario, scenarios, None);
    let facts = (entries(&old.facts), entries(&new.facts));
    visitor.section("facts", Kind::Facts, facts, None);
    visitor.single(
        "configuration",
        Kind::Configuration,
        (&old.configuration, &new.configuration),
    );
    let views = (entries(&old.views), entries(&new.views));
    visitor.section("views", Kind::View, views, None);
    let lints = (entries(&old.lints), entries(&new.lints));
    visitor.section("lints", Kind::Lint, lints, None);
    let changes = (entries(&old.changes), entries(&new.changes));
    visitor.section("changes", Kind::Lint, changes, None);
    visitor.single("policies", Kind::Policy, (&old.policies, &new.policies));
    visitor.single("outputs", Kind::Outputs, (&old.outputs, &new.outputs));
    visitor.single(
        "documents",
        Kind::Documents,
        (&old.documents, &new.documents),
    );
    visitor.single("sources", Kind::Source, (&old.sources, &new.sources));
    visitor.single("drift", Kind::Source, (&old.drift, &new.drift));
    visitor.single("summary", Kind::Summary, (&old.summary, &new.summary));
    visitor.single("metadata", Kind::Platform, (&old.metadata, &new.metadata));
}

/// The model does not keep where the name is written; it opens the main file.
fn name<'s>(model: &Model<'s>) -> Option<Text<'s>> {
    let span = Span::default();
    (!model.name.is_empty()).then_some(At {
        value: model.name,
        span,
    })
}

fn entries<'e, 's, T>(entries: &'e Entries<'s, T>) -> Vec<Entry<'e, &'e T>> {
    let entry = |(key, value): &'e (Text<'s>, T)| Entry {
        key: key.value.into(),
        span: key.span,
        value,
    };
    entries.iter().map(entry).collect()
}

fn layers<'a, 's>(side: Side<'a, 's>) -> Vec<Entry<'a, &'a spec::Layer<'s>>> {
    // Layers are listed as the file lists them: their order from the top is a key of theirs.
    let mut layers: Vec<_> = side.model.layers.iter().collect();
    layers.sort_by_key(|layer| layer.id.span);
    let entry = |layer: &'a crate::model::Layer<'s>| Entry {
        key: side.names.layer(layer.id.value).into(),
        span: layer.id.span,
        value: &layer.written,
    };
    layers.into_iter().map(entry).collect()
}

fn categories<'a, 's>(side: Side<'a, 's>) -> Vec<Entry<'a, &'a spec::Category<'s>>> {
    let entry = |category: &'a crate::model::Category<'s>| Entry {
        key: side.names.category(category.id.value).into(),
        span: category.id.span,
        value: &category.written,
    };
    side.model.categories.iter().map(entry).collect()
}

fn owners<'a, 's>(model: &'a Model<'s>) -> Vec<Entry<'a, &'a spec::Owner<'s>>> {
    let declared = model.owners.iter();
    let declared = declared.filter_map(|owner| Some((owner.id, owner.written.as_ref()?)));
    let entry = |(id, value): (Text<'s>, _)| Entry {
        key: id.value.into(),
        span: id.span,
        value,
    };
    declared.map(entry).collect()
}

fn components<'a, 's>(side: Side<'a, 's>) -> Vec<Entry<'a, &'a spec::Component<'s>>> {
    let entry = |component: &'a crate::model::Component<'s>| Entry {
        key: side.names.component(component.id.value).into(),
        span: component.id.span,
        value: &*component.written,
    };
    side.model.components.iter().map(entry).collect()
}

fn topics<'a, 's>(side: Side<'a, 's>) -> Vec<Entry<'a, &'a spec::Topic<'s>>> {
    let entry = |topic: &'a crate::model::Topic<'s>| Entry {
        key: side.names.topic(topic.id.value).into(),
        span: topic.id.span,
        value: &topic.written,
    };
    side.model.topics.iter().map(entry).collect()
}

/// Declared flows; the derived ones follow from topics.
fn flows<'a, 's>(side: Side<'a, 's>) -> Vec<Entry<'a, FlowEntry<'a, 's>>> {
    let entry = |flow: &'a crate::model::Flow<'s>| {
        let value = FlowEntry::new(side.model, flow)?;
        Some(Entry {
            key: flow_key(side.model, flow, side.names).into(),
            span: flow.span,
            value,
        })
    };
    let mut entries: Vec<_> = side.model.flows.iter().filter_map(entry).collect();
    number_alike(&mut entries);
    entries
}

/// Gives entries that share a key keys of their own.
fn number_alike<T>(entries: &mut [Entry<'_, T>]) {
    let mut keys = Keys::default();
    let own = entries.iter().enumerate().filter_map(|(place, entry)| {
        match keys.own(Cow::Borrowed(&*entry.key)) {
            Cow::Borrowed(_) => None,
            Cow::Owned(numbered) => Some((place, numbered)),
        }
    });
    let numbered: Vec<(usize, String)> = own.collect();
    for (place, key) in numbered {
        entries[place].key = key.into();
    }
}

fn scenarios<'a, 's>(model: &'a Model<'s>) -> Vec<Entry<'a, ScenarioEntry<'a, 's>>> {
    let entry = |scenario: &'a crate::model::Scenario<'s>| Entry {
        key: scenario.id.value.into(),
        span: scenario.id.span,
        value: ScenarioEntry { model, scenario },
    };
    model.scenarios.iter().map(entry).collect()
}

/// Declared flows come before derived ones, so that their ids are their places.
fn declared_partners(base: &Model<'_>, head: &Model<'_>, matching: &Matching) -> Partners {
    let declared = head.flows().filter(|(_, flow)| !flow.is_derived());
    let partner = |id| {
        let partner = matching.flows.base_of(id)?;
        (!base[partner].is_derived()).then(|| partner.index())
    };
    declared.map(|(id, _)| partner(id)).collect()
}

struct Grower<'a> {
    names: &'a References<'a>,
    sections: Vec<(&'static str, Node)>,
}

impl<'s> Visitor<'s> for Grower<'_> {
    fn section<T: Written<'s>>(
        &mut self,
        name: &'static str,
        kind: SubjectKind,
        (elements, _): (Vec<Entry<'_, T>>, Vec<Entry<'_, T>>),
        _: Option<Partners>,
    ) {
        let item = |entry: Entry<'_, T>| Item {
            key: entry.key.into_owned(),
            strict: None,
            node: grow(entry.value.data(), ("Spec", name), self.names),
        };
        let items = elements.into_iter().map(item).collect();
        // Flows have no ids: their keys only tell them apart.
        let tree = if kind == SubjectKind::Flow {
            Tree::List(items, Emptiness::SaysNothing)
        } else {
            Tree::Map(items, Emptiness::SaysNothing)
        };
        self.sections.push((name, Node { tree, span: None }));
    }

    fn single<T: Written<'s>>(&mut self, name: &'static str, _: SubjectKind, (value, _): (&T, &T)) {
        let node = grow(value.data(), ("Spec", name), self.names);
        self.sections.push((name, node));
    }
}

struct Finder<'a, 's> {
    base: Side<'a, 's>,
    head: Side<'a, 's>,
    walk: Walk,
    groups: Vec<Group>,
}

impl Finder<'_, '_> {
    /// Makes a group of the differences found since the last one.
    fn group(&mut self, kind: SubjectKind, places: (Option<usize>, Option<usize>)) {
        let differences = self.walk.take();
        if !differences.is_empty() {
            self.groups.push(Group {
                kind,
                base: places.0,
                head: places.1,
                differences,
            });
        }
    }
}

impl<'s> Visitor<'s> for Finder<'_, 's> {
    fn section<T: Written<'s>>(
        &mut self,
        name: &'static str,
        kind: SubjectKind,
        (old, new): (Vec<Entry<'_, T>>, Vec<Entry<'_, T>>),
        partners: Option<Partners>,
    ) {
        let leaf: Leaf = ("Spec", name);
        let partners = partners.unwrap_or_else(|| by_key(&old, &new));
        let aligned = align(&old, &new, &partners);
        self.walk.path.push(name.to_owned());
        for (place, entry) in old.iter().enumerate() {
            if !aligned.is_kept[place] {
                let value = grow(entry.value.data(), leaf, self.base.names).value();
                self.walk.remove(&entry.key, value, Some(entry.span));
                self.group(kind, (Some(place), None));
            }
        }
        let mut follows: Option<&str> = None;
        for ((place, entry), fate) in new.iter().enumerate().zip(&aligned.fates) {
            match fate {
                Fate::New(key) => {
                    let value = grow(entry.value.data(), leaf, self.head.names).value();
                    self.walk.add((key, follows), value, Some(entry.span));
                    self.group(kind, (None, Some(place)));
                    follows = Some(key);
                }
                Fate::Kept {
                    place: was,
                    has_moved,
                } => {
                    let before = &old[*was];
                    if *has_moved {
                        let followed = was.checked_sub(1).map(|place| &*old[place].key);
                        let spans = (Some(before.span), Some(entry.span));
                        self.walk.shift(&before.key, (followed, follows), spans);
                    }
                    if !before.value.says_same(&entry.value) {
                        let one = grow(before.value.data(), leaf, self.base.names);
                        let two = grow(entry.value.data(), leaf, self.head.names);
                        self.walk
                            .below(&before.key, |walk| walk.compare(&one, &two));
                    }
                    self.group(kind, (Some(*was), Some(place)));
                    follows = Some(&before.key);
                }
            }
        }
        self.walk.path.pop();
    }

    fn single<T: Written<'s>>(
        &mut self,
        name: &'static str,
        kind: SubjectKind,
        (old, new): (&T, &T),
    ) {
        if old.says_same(new) {
            return;
        }
        let leaf: Leaf = ("Spec", name);
        let one = grow(old.data(), leaf, self.base.names);
        let two = grow(new.data(), leaf, self.head.names);
        self.walk.below(name, |walk| walk.compare(&one, &two));
        self.group(kind, (None, None));
    }
}

fn by_key<T>(old: &[Entry<'_, T>], new: &[Entry<'_, T>]) -> Partners {
    let places: HashMap<&str, usize, FxBuildHasher> =
        old.iter().map(|entry| &*entry.key).zip(0..).collect();
    let partner = |entry: &Entry<'_, T>| places.get(&*entry.key).copied();
    new.iter().map(partner).collect()
}

fn align<T>(old: &[Entry<'_, T>], new: &[Entry<'_, T>], partners: &Partners) -> Alignment {
    let mut is_kept = vec![false; old.len()];
    for place in partners.iter().flatten() {
        is_kept[*place] = true;
    }
    alignment(
        old.iter().map(|entry| &*entry.key),
        new.iter().map(|entry| &*entry.key),
        partners,
        is_kept,
    )
}
