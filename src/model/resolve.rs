//! Resolution: the one place where names become ids and defaults are filled.
//!
//! In: a spec. Out: a model and the findings of unknown names. A reference that fails
//! is left out, and what it touched is marked partial, so that nothing cascades.
//! Refuses to know: lint rules.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::derive::derive_flows;
use super::id::{ComponentId, LayerId, OwnerId};
use super::names::{Declared, Names};
use super::steps::resolve_scenarios;
use super::subscribe::resolve_topics;
use super::{
    Category, Component, Flow, Kind, Layer, Marks, Model, Origin, Owner, in_words, vocabulary,
};
use crate::diagnostic::{
    Diagnostic, Diagnostics, PARENT_CYCLE, UNKNOWN_DEPLOYMENT, UNKNOWN_KIND, UNKNOWN_OWNER,
    did_you_mean,
};
use crate::source::Span;
use crate::spec::decode::Record;
use crate::spec::{self, Entries, Spec, Text};

/// Without one of these, nothing can be said about what is absent.
const SECTIONS: &[&str] = &[
    "include",
    "layers",
    "categories",
    "components",
    "topics",
    "flows",
    "scenarios",
];

/// Resolves a specification. Always gives a model; errors are in `out`.
pub fn resolve<'s>(mut spec: Spec<'s>, out: &mut Diagnostics) -> Model<'s> {
    let mut names = Names::collect(&spec, out);
    let declared = Declared::collect(&spec);
    let mut model = skeleton(&mut spec);
    resolve_layers(&mut model, std::mem::take(&mut spec.layers));
    resolve_components(
        &mut model,
        std::mem::take(&mut spec.components),
        &mut names,
        out,
    );
    resolve_parents(&mut model, &mut names, out);
    join_layers_and_categories(&mut model);
    resolve_topics(
        &mut model,
        std::mem::take(&mut spec.topics),
        &mut names,
        out,
    );
    resolve_flows(
        &mut model,
        std::mem::take(&mut spec.flows).groups,
        &mut names,
    );
    derive_flows(&mut model);
    resolve_scenarios(&mut model, std::mem::take(&mut spec.scenarios), &mut names);
    names.report_unknown(&declared, out);
    mark_meant(&mut model, &names);
    model.unresolved = names.unresolved;
    if model.is_partial {
        mark_all(&mut model);
    }
    model.alias_uses = names.alias_uses;
    model
}

/// Everything that needs no resolution.
fn skeleton<'s>(spec: &mut Spec<'s>) -> Model<'s> {
    let owner = |(id, written): (Text<'s>, spec::Owner<'s>)| Owner {
        id,
        name: name_or_words(written.name, id),
        written: Some(written),
    };
    let category = |(id, written): (Text<'s>, spec::Category<'s>)| Category {
        id,
        name: name_or_words(written.name, id),
        components: Vec::new(),
        is_partial: written.unread() != 0,
        written,
    };
    Model {
        name: spec.name.map_or("", |name| name.value),
        version: spec.version,
        description: spec.description,
        layers: Vec::new(),
        categories: std::mem::take(&mut spec.categories)
            .into_iter()
            .map(category)
            .collect(),
        owners: std::mem::take(&mut spec.owners)
            .into_iter()
            .map(owner)
            .collect(),
        deployments: std::mem::take(&mut spec.deployments),
        components: Vec::new(),
        topics: Vec::new(),
        flows: Vec::new(),
        flow_groups: Vec::new(),
        scenarios: Vec::new(),
        facts: std::mem::take(&mut spec.facts),
        configuration: std::mem::take(&mut spec.configuration),
        views: std::mem::take(&mut spec.views),
        lints: std::mem::take(&mut spec.lints),
        changes: std::mem::take(&mut spec.changes),
        policies: std::mem::take(&mut spec.policies),
        outputs: spec.outputs.take(),
        documents: spec.documents.take(),
        sources: std::mem::take(&mut spec.sources),
        drift: spec.drift.take(),
        summary: spec.summary.take(),
        metadata: spec.metadata.take(),
        alias_uses: Vec::new(),
        is_partial: SECTIONS.iter().any(|section| spec.is_unread(section)),
        unresolved: BTreeSet::new(),
        marks: Marks::default(),
    }
}

fn name_or_words<'s>(name: Option<Text<'s>>, id: Text<'s>) -> Cow<'s, str> {
    match name {
        Some(name) if is_shown(name.value) => Cow::Borrowed(name.value),
        _ => in_words(id.value),
    }
}

/// Whether a text has a character that anything would draw.
fn is_shown(text: &str) -> bool {
    let is_unseen = |c: char| {
        c.is_control() || c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
    };
    !text.chars().all(is_unseen)
}

/// Layers keep their places in the file as ids until `join_layers_and_categories` sorts them.
fn resolve_layers<'s>(model: &mut Model<'s>, layers: Entries<'s, spec::Layer<'s>>) {
    for (position, (id, written)) in (1..).zip(layers) {
        model.layers.push(Layer {
            id,
            name: name_or_words(written.name, id),
            order: written.order.map_or(position, |order| order.value),
            components: Vec::new(),
            is_partial: written.unread() != 0,
            written,
        });
    }
}

fn resolve_components<'s>(
    model: &mut Model<'s>,
    components: Entries<'s, Box<spec::Component<'s>>>,
    names: &mut Names<'s>,
    out: &mut Diagnostics,
) {
    let owners_declared = !model.owners.is_empty();
    model.components.reserve(components.len());
    for (id, mut written) in components {
        // What is stated is complete; what is read in part is not stated.
        if written.is_unread("consumes") {
            written.consumes = None;
        }
        if written.is_unread("publishes") {
            written.publishes = None;
        }
        let layer = written.layer.and_then(|name| names.layer(name, "layer"));
        let category = written
            .category
            .and_then(|name| names.category(name, "category"));
        let is_partial = written.unread() != 0
            || (written.layer.is_some() && layer.is_none())
            || (written.category.is_some() && category.is_none());
        let component = Component {
            id,
            name: name_or_words(written.name, id),
            kind: kind_of(written.kind, out),
            layer,
            category,
            owner: written
                .owner
                .and_then(|owner| owner_of(model, owner, owners_declared, out)),
            parent: None,
            children: Vec::new(),
            deployment: written
                .deployment
                .and_then(|word| deployment_of(model, word, out)),
            is_partial,
            written,
        };
        model.components.push(component);
    }
}

fn kind_of(word: Option<Text<'_>>, out: &mut Diagnostics) -> Kind {
    let Some(word) = word else {
        return Kind::default();
    };
    Kind::from_name(word.value).unwrap_or_else(|| {
        out.push(unknown_kind(word));
        Kind::default()
    })
}

fn unknown_kind(word: Text<'_>) -> Diagnostic {
    let words = || Kind::ALL.iter().map(|(word, _)| *word);
    let diagnostic = Diagnostic::new(
        UNKNOWN_KIND,
        format!("`{}` is no kind of component", word.value),
        word.span,
        "",
    );
    match did_you_mean(word.value, words()) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(word.span, meant),
        None => diagnostic.help(format!(
            "kinds are {}; free text goes under `type`",
            words().collect::<Vec<_>>().join(", ")
        )),
    }
}

/// The owner of a name. Where none is declared, each name declares itself.
pub(super) fn owner_of<'s>(
    model: &mut Model<'s>,
    name: Text<'s>,
    are_declared: bool,
    out: &mut Diagnostics,
) -> Option<OwnerId> {
    if let Some(index) = model
        .owners
        .iter()
        .position(|owner| owner.id.value == name.value)
    {
        return Some(OwnerId::new(index));
    }
    if are_declared {
        let known = model.owners.iter().map(|owner| owner.id.value);
        out.push(unknown_owner(name, did_you_mean(name.value, known)));
        return None;
    }
    model.owners.push(Owner {
        id: name,
        name: in_words(name.value),
        written: None,
    });
    Some(OwnerId::new(model.owners.len() - 1))
}

fn unknown_owner(name: Text<'_>, meant: Option<&str>) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_OWNER,
        format!("owner `{}` is not declared", name.value),
        name.span,
        "",
    );
    match meant {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(name.span, meant),
        None => diagnostic.help("declare it under `owners`"),
    }
}

fn deployment_of<'s>(
    model: &Model<'s>,
    word: Text<'s>,
    out: &mut Diagnostics,
) -> Option<Cow<'s, str>> {
    if let Some((id, own)) = model
        .deployments
        .iter()
        .find(|(id, _)| id.value == word.value)
    {
        return Some(name_or_words(own.name, *id));
    }
    let known = vocabulary::DEPLOYMENTS
        .iter()
        .find(|(id, ..)| *id == word.value);
    if known.is_none() {
        let own = model.deployments.iter().map(|(id, _)| id.value);
        let words: Vec<&str> = vocabulary::DEPLOYMENTS
            .iter()
            .map(|(id, ..)| *id)
            .chain(own)
            .collect();
        out.push(unknown_deployment(word, &words));
    }
    known.map(|(_, name, _)| Cow::Borrowed(*name))
}

fn unknown_deployment(word: Text<'_>, words: &[&str]) -> Diagnostic {
    let message = format!("`{}` is no deployment", word.value);
    let diagnostic = Diagnostic::new(UNKNOWN_DEPLOYMENT, message, word.span, "");
    match did_you_mean(word.value, words.iter().copied()) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(word.span, meant),
        None => diagnostic.help(format!(
            "known: {}; add words under `deployments`",
            words.join(", ")
        )),
    }
}

fn resolve_parents<'s>(model: &mut Model<'s>, names: &mut Names<'s>, out: &mut Diagnostics) {
    for index in 0..model.components.len() {
        let Some(name) = model.components[index].written.parent else {
            continue;
        };
        let parent = names.component(name, "parent");
        model.components[index].parent = parent;
        model.components[index].is_partial |= parent.is_none();
    }
    for index in 0..model.components.len() {
        break_parent_cycle(model, ComponentId::new(index), out);
    }
    for index in 0..model.components.len() {
        if let Some(parent) = model.components[index].parent {
            model.components[parent.index()]
                .children
                .push(ComponentId::new(index));
        }
    }
}

fn break_parent_cycle(model: &mut Model<'_>, id: ComponentId, out: &mut Diagnostics) {
    let limit = model.components.len();
    let is_cyclic = model
        .ancestors(id)
        .take(limit + 1)
        .any(|ancestor| ancestor == id);
    if is_cyclic {
        let component = &mut model.components[id.index()];
        let span = component
            .written
            .parent
            .map_or(component.id.span, |parent| parent.span);
        component.parent = None;
        out.push(parent_cycle(component.id.value, span));
    }
}

fn parent_cycle(id: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        PARENT_CYCLE,
        format!("component `{id}` is its own ancestor"),
        span,
        "this closes the circle",
    )
    .help("remove one `parent` of the circle")
    .subject("component", id)
}

/// Children inherit layer and category; layers are sorted and know their members.
fn join_layers_and_categories(model: &mut Model<'_>) {
    for index in 0..model.components.len() {
        let id = ComponentId::new(index);
        let layer = model[id].layer.or_else(|| {
            model
                .ancestors(id)
                .find_map(|ancestor| model[ancestor].layer)
        });
        let category = model[id].category.or_else(|| {
            model
                .ancestors(id)
                .find_map(|ancestor| model[ancestor].category)
        });
        model.components[index].layer = layer;
        model.components[index].category = category;
    }
    sort_layers(model);
    for index in 0..model.components.len() {
        let (layer, category) = (
            model.components[index].layer,
            model.components[index].category,
        );
        if let Some(layer) = layer {
            model.layers[layer.index()]
                .components
                .push(ComponentId::new(index));
        }
        if let Some(category) = category {
            model.categories[category.index()]
                .components
                .push(ComponentId::new(index));
        }
    }
}

fn sort_layers(model: &mut Model<'_>) {
    let mut places: Vec<usize> = (0..model.layers.len()).collect();
    places.sort_by_key(|place| (model.layers[*place].order, *place));
    let mut new_place = vec![0; places.len()];
    for (new, old) in places.iter().enumerate() {
        new_place[*old] = new;
    }
    for component in &mut model.components {
        component.layer = component
            .layer
            .map(|layer| LayerId::new(new_place[layer.index()]));
    }
    model.layers.sort_by_key(|layer| layer.order);
}

fn resolve_flows<'s>(
    model: &mut Model<'s>,
    groups: Vec<spec::FlowGroup<'s>>,
    names: &mut Names<'s>,
) {
    for group in groups {
        let heading = group.heading.map(|heading| {
            model.flow_groups.push(heading);
            model.flow_groups.len() - 1
        });
        for flow in group.flows {
            resolve_flow(model, flow, heading, names);
        }
    }
}

fn resolve_flow<'s>(
    model: &mut Model<'s>,
    written: Box<spec::Flow<'s>>,
    heading: Option<usize>,
    names: &mut Names<'s>,
) {
    let from = written
        .from
        .and_then(|name| names.component(name, "flow start"));
    let to = written
        .to
        .and_then(|name| names.component(name, "flow end"));
    let topics = written
        .topics
        .iter()
        .filter_map(|name| names.topic(*name, "topic"))
        .collect::<Vec<_>>();
    let (Some(from), Some(to)) = (from, to) else {
        if let Some(known) = from.or(to) {
            model.components[known.index()].is_partial = true;
        }
        return;
    };
    if let Some(initiator) = written.initiator {
        names.component(initiator, "initiator");
    }
    model.flows.push(Flow {
        from,
        to,
        label: written.label.map(|label| Cow::Borrowed(label.value)),
        is_async: written.is_async.is_some_and(|stated| stated.value),
        is_bidirectional: written.bidirectional.is_some_and(|stated| stated.value),
        origin: Origin::Declared(heading),
        topics,
        span: written.span,
        written: Some(written),
    });
}

/// What an unknown name probably meant is not reported as unused or empty.
fn mark_meant(model: &mut Model<'_>, names: &Names<'_>) {
    for id in &names.meant_components {
        model.components[id.index()].is_partial = true;
    }
    for id in &names.meant_layers {
        let wanted = *id;
        // Layers were sorted after their names were collected: find it by its first place.
        let place = position_after_sort(model, wanted);
        model.layers[place].is_partial = true;
    }
    for id in &names.meant_categories {
        model.categories[id.index()].is_partial = true;
    }
    for id in &names.meant_topics {
        model.topics[id.index()].is_partial = true;
    }
}

fn mark_all(model: &mut Model<'_>) {
    let components = model.components.iter_mut();
    components.for_each(|component| component.is_partial = true);
    let layers = model.layers.iter_mut();
    layers.for_each(|layer| layer.is_partial = true);
    let categories = model.categories.iter_mut();
    categories.for_each(|category| category.is_partial = true);
    let topics = model.topics.iter_mut();
    topics.for_each(|topic| topic.is_partial = true);
}

fn position_after_sort(model: &Model<'_>, written_place: LayerId) -> usize {
    let mut by_place: Vec<usize> = (0..model.layers.len()).collect();
    by_place.sort_by_key(|index| model.layers[*index].id.span);
    by_place.get(written_place.index()).copied().unwrap_or(0)
}
