//! The catalog: the counted, grouped summary of a model that document templates print.
//!
//! In: a model. Out: template values; every number is a count made here or in the
//! model's statistics. Refuses to know: any document format.

use std::borrow::Cow;
use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::document::{drawn, text};
use super::escape::link;
use super::row::{list, syntax};
use super::table::{Table, row_of};
use crate::excerpt::Excerpt;
use crate::model::{Component, ComponentId, Count, Flow, Model, Origin, Party, Statistics, Topic};
use crate::spec::{Entries, Text};
use crate::view::{MessageKind, SequenceView};

/// The context of a document template.
pub(super) fn context(
    model: &Model<'_>,
    diagrams: Value,
    scenarios: Value,
    excerpts: &[Excerpt],
) -> Value {
    let statistics = Statistics::of(model);
    context! {
        title => model.name,
        version => text(model.version),
        description => text(model.description),
        statistics => statistics_value(&statistics),
        diagrams => diagrams,
        layers => list(model.layers().map(|(id, layer)| context! {
            name => &*layer.name,
            icon => icon(layer.written.icon),
            order => layer.order,
            description => text(layer.written.description),
            components => summary_rows(model, in_layer(model, Some(id))),
        })),
        unlayered => summary_rows(model, in_layer(model, None)),
        topic_groups => topic_groups(model),
        flow_groups => flow_groups(model),
        producers => parties(model, |topic| &topic.producers),
        consumers => parties(model, |topic| &topic.consumers),
        scenarios => scenarios,
        details => details(model, model.components.iter().filter(|component| has_details(component))),
        facts => list(model.facts.iter().map(|(group, facts)| context! {
            name => group.value,
            facts => list(facts.iter().map(|fact| context! { name => text(fact.name), value => text(fact.value), note => text(fact.note) })),
        })),
        configuration => list(excerpts.iter().map(excerpt)),
        owners => list(model.owners.iter().map(|owner| context! {
            name => &*owner.name,
            contact => text(owner.written.as_ref().and_then(|owner| owner.contact)),
            link => allowed(owner.written.as_ref().and_then(|owner| owner.link)),
        })),
        benefits => list(model.summary.iter().flat_map(|summary| &summary.benefits).map(|(heading, items)| context! {
            name => heading.value, items => texts(items),
        })),
        metadata => list(metadata(model.metadata)),
    }
}

pub(super) fn excerpt(excerpt: &Excerpt) -> Value {
    context! {
        title => &*excerpt.title,
        from => &*excerpt.from,
        service => &*excerpt.service,
        settings => list(excerpt.settings.iter().map(|(key, value)| context! { key => key, value => value })),
    }
}

/// A scenario with its steps and its picture.
pub(super) fn scenario(model: &Model<'_>, view: &SequenceView<'_>, mermaid: String) -> Value {
    let scenario = &model[view.scenario];
    let name = |index: usize| &*model[view.participants[index].component].name;
    context! {
        name => &*view.title,
        description => text(scenario.written.description),
        trigger => text(scenario.written.trigger),
        budget => text(scenario.written.budget.as_ref().and_then(|budget| budget.latency)),
        mermaid => syntax(mermaid),
        steps => list(view.messages.iter().map(|message| context! {
            from => name(message.from),
            to => if message.kind == MessageKind::Note { "" } else { name(message.to) },
            text => drawn(&message.text),
        })),
    }
}

fn statistics_value(statistics: &Statistics) -> Value {
    let rows = |counts: &[Count]| {
        list(
            counts
                .iter()
                .map(|count| context! { name => &*count.name, count => count.count }),
        )
    };
    context! {
        components => statistics.components,
        layers => statistics.layers,
        topics => statistics.topics,
        flows => statistics.flows,
        declared_flows => statistics.declared_flows,
        derived_flows => statistics.derived_flows,
        scenarios => statistics.scenarios,
        messages => statistics.messages,
        by_category => rows(&statistics.by_category),
        by_layer => rows(&statistics.by_layer),
        by_kind => rows(&statistics.by_kind),
    }
}

fn in_layer<'m, 's>(
    model: &'m Model<'s>,
    layer: Option<crate::model::LayerId>,
) -> impl Iterator<Item = &'m Component<'s>> {
    let listed = layer
        .map(|layer| &model[layer].components)
        .into_iter()
        .flatten()
        .map(|id| &model[*id]);
    let unlayered = match layer {
        Some(_) => &[],
        None => model.components.as_slice(),
    };
    let unlayered = unlayered.iter();
    listed.chain(unlayered.filter(|component| component.layer.is_none()))
}

fn summary_rows<'m, 's: 'm>(
    model: &Model<'s>,
    components: impl Iterator<Item = &'m Component<'s>>,
) -> Value {
    let mut table = Table::with_room(components.size_hint().0, 9);
    for component in components {
        add_summary(&mut table, model, component);
    }
    table.into_list()
}

pub(super) fn summary_row(model: &Model<'_>, component: &Component<'_>) -> Value {
    let mut table = Table::default();
    add_summary(&mut table, model, component);
    table.into_row()
}

fn add_summary(table: &mut Table, model: &Model<'_>, component: &Component<'_>) {
    let written = &component.written;
    row_of!(table {
        name: text(&component.name),
        icon: text(icon_text(written.icon)),
        kind: text(component.kind.name()),
        type: text(stated(written.type_name.or(written.technology))),
        deployment: text(component.deployment.as_deref().unwrap_or("")),
        category: text(component.category.map_or("", |category| &*model[category].name)),
        ports: texts(ports(component)),
        purpose: text(stated(written.purpose.or(written.description))),
        parent: text(component.parent.map_or("", |parent| &*model[parent].name)),
    });
}

fn ports(component: &Component<'_>) -> impl Iterator<Item = String> {
    component.written.ports.iter().filter_map(|port| {
        let mut text = port.port?.value.to_string();
        if let Some(protocol) = port.protocol {
            text.extend([" ", protocol.value]);
        }
        if let Some(name) = port.name {
            text.extend([" (", name.value]);
            if let Some(host) = port.host {
                text.push_str(&format!(", host {}", host.value));
            }
            text.push(')');
        }
        Some(text)
    })
}

/// Topics under their groups, in the order of first use; `name` is empty for those without.
fn topic_groups(model: &Model<'_>) -> Value {
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for topic in &model.topics {
        let name = topic.written.group.map_or("", |group| group.value);
        let row = topic_row(model, topic);
        match groups.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((name, vec![row])),
        }
    }
    list(
        groups
            .into_iter()
            .map(|(name, topics)| context! { name => name, topics => Value::from(topics) }),
    )
}

pub(super) fn topic_row(model: &Model<'_>, topic: &Topic<'_>) -> Value {
    let written = &topic.written;
    let object = written
        .source
        .as_ref()
        .and_then(|source| source.object)
        .map_or("", |object| object.value);
    let store = topic.source.map_or("", |source| &*model[source].name);
    let fields = written.data.iter().filter_map(|field| {
        let kind = field
            .type_name
            .map(|kind| format!(": {}", kind.value))
            .unwrap_or_default();
        field
            .name
            .map(|name| Value::from(format!("{}{kind}", name.value)))
    });
    context! {
        id => topic.id.value,
        name => &*topic.name,
        broker => topic.broker.map_or("", |broker| &*model[broker].name),
        description => text(written.description),
        source => match (object, store) {
            ("", store) => store.to_owned(),
            (object, "") => object.to_owned(),
            (object, store) => format!("{object} ({store})"),
        },
        events => texts(&written.events),
        data => list(fields),
        key => text(written.key),
        partitions => digits(written.partitions),
        replication => digits(written.replication),
        retention => text(written.retention),
        cleanup => text(written.cleanup),
        schema => text(written.schema),
        owner => topic.owner.map_or("", |owner| &*model[owner].name),
        is_internal => written.internal.is_some_and(|internal| internal.value),
        deprecated => deprecation(written.deprecated.as_deref()),
        producers => list(topic.producers.iter().map(|party| Value::from(&*model[party.component].name))),
        consumers => list(topic.consumers.iter().map(|party| Value::from(&*model[party.component].name))),
    }
}

fn digits(stated: Option<crate::spec::At<u64>>) -> String {
    stated
        .map(|number| number.value.to_string())
        .unwrap_or_default()
}

/// Flows under their headings, then those derived from topics; numbered throughout.
fn flow_groups(model: &Model<'_>) -> Value {
    let headings = model
        .flow_groups
        .iter()
        .enumerate()
        .map(|(index, heading)| (Origin::Declared(Some(index)), heading.value));
    let derived = [
        (Origin::Produced, "Derived from topics: producers"),
        (Origin::Consumed, "Derived from topics: consumers"),
    ];
    let mut number = 0;
    let groups = std::iter::once((Origin::Declared(None), ""))
        .chain(headings)
        .chain(derived);
    list(groups.filter_map(|(origin, name)| {
        let flows = model.flows.iter().filter(|flow| flow.origin == origin);
        let mut table = Table::with_room(flows.clone().count(), 14);
        for flow in flows {
            number += 1;
            add_flow(&mut table, model, flow, number);
        }
        (table.len() > 0).then(|| context! { name => name, flows => table.into_list() })
    }))
}

pub(super) fn flow_row(model: &Model<'_>, flow: &Flow<'_>, number: usize) -> Value {
    let mut table = Table::default();
    add_flow(&mut table, model, flow, number);
    table.into_row()
}

fn add_flow(table: &mut Table, model: &Model<'_>, flow: &Flow<'_>, number: usize) {
    let written = flow.written.as_ref();
    row_of!(table {
        number: number(number),
        from: text(&model[flow.from].name),
        to: text(&model[flow.to].name),
        label: text(flow.label.as_deref().unwrap_or("")),
        protocol: text(stated(flow.protocol())),
        port: text(&digits(written.and_then(|flow| flow.port))),
        latency: text(stated(written.and_then(|flow| flow.latency))),
        description: text(stated(written.and_then(|flow| flow.description))),
        initiator: text(stated(written.and_then(|flow| flow.initiator))),
        is_async: flag(flow.is_async),
        is_bidirectional: flag(flow.is_bidirectional()),
        is_derived: flag(flow.is_derived()),
        mode: text(mode(flow)),
        topics: texts(flow.topics.iter().map(|topic| model[*topic].id.value)),
    });
}

fn mode(flow: &Flow<'_>) -> &'static str {
    match (flow.is_async, flow.is_bidirectional()) {
        (false, false) => "sync",
        (true, false) => "async",
        (false, true) => "sync, both ways",
        (true, true) => "async, both ways",
    }
}

/// Components at one end of topics, with the topics and why or when.
pub(super) fn parties<'m, 's>(
    model: &'m Model<'s>,
    end: for<'t> fn(&'t Topic<'s>) -> &'t Vec<Party<'s>>,
) -> Value {
    let mut rows: Vec<(Vec<&'m str>, Vec<&'m str>)> =
        vec![(Vec::new(), Vec::new()); model.components.len()];
    let mut order: Vec<ComponentId> = Vec::new();
    for topic in &model.topics {
        for party in end(topic) {
            let row = &mut rows[party.component.index()];
            if row.0.is_empty() {
                order.push(party.component);
            }
            row.0.push(topic.id.value);
            let why = party.purpose.or(party.trigger).map(|text| text.value);
            row.1.extend(why.filter(|why| !row.1.contains(why)));
        }
    }
    let mut table = Table::with_room(order.len(), 3);
    for id in order {
        let (topics, why) = &rows[id.index()];
        row_of!(table {
            name: text(&model[id].name),
            topics: texts(topics),
            why: text(&why.join("; ")),
        });
    }
    table.into_list()
}

/// Whether a component says more than its row in the layer's table shows.
pub(super) fn has_details(component: &Component<'_>) -> bool {
    let written = &component.written;
    has_history(component)
        || has_more(component)
        || !written.tags.is_empty()
        || written.technology.is_some()
        || written.description.is_some()
}

/// Whether a component says who has it, since when, and what it was called.
fn has_history(component: &Component<'_>) -> bool {
    let written = &component.written;
    component.owner.is_some()
        || written.since.is_some()
        || written.deprecated.is_some()
        || !written.aliases.is_empty()
        || !written.formerly.is_empty()
}

/// Whether a component says what it does, where it comes from, or what no key is for.
fn has_more(component: &Component<'_>) -> bool {
    let written = &component.written;
    written.protocols.is_some()
        || !written.operations.is_empty()
        || !written.functions.is_empty()
        || !written.api_calls.is_empty()
        || !written.links.is_empty()
        || written.source.is_some()
        || written.metadata.is_some()
}

/// What components say about themselves.
pub(super) fn details<'m, 's: 'm>(
    model: &Model<'s>,
    components: impl Iterator<Item = &'m Component<'s>>,
) -> Value {
    let mut table = Table::with_room(components.size_hint().1.unwrap_or(0), 22);
    let names = Names::of(model);
    for component in components {
        add_details(&mut table, model, &names, component);
    }
    table.into_list()
}

fn add_details(table: &mut Table, model: &Model<'_>, names: &Names<'_>, component: &Component<'_>) {
    let written = &component.written;
    let (inbound, outbound) = match &written.protocols {
        Some(protocols) => (&*protocols.inbound, &*protocols.outbound),
        None => (&[][..], &[][..]),
    };
    row_of!(table {
        id: text(component.id.value),
        name: text(&component.name),
        icon: text(icon_text(written.icon)),
        description: text(stated(written.description)),
        aliases: texts(values(&written.aliases)),
        technology: text(drawn(&technology(component))),
        deployment: text(component.deployment.as_deref().unwrap_or("")),
        owner: text(component.owner.map_or("", |owner| &*model[owner].name)),
        since: text(stated(written.since)),
        deprecated: text(&deprecation(written.deprecated.as_deref())),
        tags: texts(values(&written.tags)),
        formerly: texts(values(&written.formerly)),
        inbound: texts(values(inbound)),
        outbound: texts(values(outbound)),
        operations: values(named_lists(names, &written.operations)),
        functions: texts(values(&written.functions)),
        api_calls: values(named_lists(names, &written.api_calls)),
        links: values(links(&written.links)),
        source: text(&source(component)),
        metadata: values(metadata(written.metadata)),
        has_more: flag(has_more(component)),
    });
}

/// Technology with version.
fn technology<'s>(component: &Component<'s>) -> Cow<'s, str> {
    let written = &component.written;
    match (written.technology, written.version) {
        (Some(technology), Some(version)) if !technology.value.contains(version.value) => {
            format!("{} {}", technology.value, version.value).into()
        }
        (technology, version) => technology.or(version).map_or("", |text| text.value).into(),
    }
}

fn links(written: &Entries<'_, Text<'_>>) -> Vec<Value> {
    let row = |(title, link): &(Text<'_>, Text<'_>)| {
        context! {
            title => drawn(title.value),
            link => allowed(Some(*link)),
            text => drawn(link.value),
        }
    };
    written.iter().map(row).collect()
}

/// The names of components by id, if details name any.
struct Names<'m> {
    by_id: BTreeMap<&'m str, &'m str>,
}

impl<'m> Names<'m> {
    fn of(model: &'m Model<'_>) -> Self {
        let names_others = |component: &Component<'_>| {
            !component.written.operations.is_empty() || !component.written.api_calls.is_empty()
        };
        let is_needed = model.components.iter().any(names_others);
        let components = model.components.iter().filter(|_| is_needed);
        Self {
            by_id: components
                .map(|component| (component.id.value, &*component.name))
                .collect(),
        }
    }
}

/// Lists under names; a name that is a component's id is shown as the component's name.
fn named_lists(names: &Names<'_>, entries: &Entries<'_, Vec<Text<'_>>>) -> Vec<Value> {
    let shown = |key| names.by_id.get(key).copied().unwrap_or(key);
    let entries = entries.iter();
    entries
        .map(|(key, items)| context! { name => shown(key.value), items => texts(items) })
        .collect()
}

fn deprecation(stated: Option<&crate::spec::Deprecation<'_>>) -> String {
    let Some(stated) = stated else {
        return String::new();
    };
    let part =
        |lead: &str, text: Option<Text<'_>>| text.map(|text| format!("{lead}{}", text.value));
    let parts = [
        part("since ", stated.since),
        part("to be removed by ", stated.remove_by),
        part("use ", stated.replacement),
        part("", stated.reason),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        "yes".to_owned()
    } else {
        parts.join("; ")
    }
}

fn source(component: &Component<'_>) -> String {
    let Some(source) = &component.written.source else {
        return String::new();
    };
    let parts = [
        ("compose", source.compose),
        ("service", source.service),
        ("kubernetes", source.kubernetes),
        ("workload", source.workload),
        ("asyncapi", source.asyncapi),
        ("connect", source.connect),
        ("openapi", source.openapi),
        ("backstage", source.backstage),
    ];
    let stated = parts
        .iter()
        .filter_map(|(key, text)| text.map(|text| format!("{key} {}", text.value)));
    stated.collect::<Vec<_>>().join(", ")
}

fn metadata(free: Option<crate::spec::Free<'_>>) -> Vec<Value> {
    let json = free.map(crate::spec::Free::to_json);
    let entries = json
        .as_ref()
        .and_then(serde_json::Value::as_object)
        .into_iter()
        .flatten();
    let row = |(key, value): (&String, &serde_json::Value)| {
        let shown = value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned);
        context! { name => key, value => shown }
    };
    entries.map(row).collect()
}

pub(super) fn texts(texts: &[Text<'_>]) -> Value {
    list(texts.iter().map(|text| Value::from(text.value)))
}

/// The texts of a list.
fn values<'t, 's: 't>(texts: &'t [Text<'s>]) -> impl Iterator<Item = &'s str> + 't {
    texts.iter().map(|text| text.value)
}

/// A text; empty if nothing is stated or nothing of it would be drawn.
fn stated(text: Option<Text<'_>>) -> &str {
    drawn(text.map_or("", |text| text.value))
}

pub(super) fn icon(stated: Option<Text<'_>>) -> Value {
    Value::from(icon_text(stated))
}

fn icon_text(stated: Option<Text<'_>>) -> &str {
    let icon = stated.map_or("", |icon| icon.value);
    icon.trim_matches(|c: char| c.is_ascii())
}

/// A link that may be written, or an empty text.
fn allowed(stated: Option<Text<'_>>) -> Value {
    Value::from(stated.map_or("", |link| link.value))
        .as_str()
        .filter(|link| link::is_allowed(link))
        .map_or_else(|| Value::from(""), Value::from)
}
