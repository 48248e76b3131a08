//! The catalog: the counted, grouped summary of a model that document templates print.
//!
//! In: a model. Out: template values; every number is a count made here or in the
//! model's statistics. Refuses to know: any document format.

use minijinja::{Value, context};

use super::document::{drawn, text};
use super::escape::link;
use super::row::{list, syntax};
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
            components => list(in_layer(model, Some(id)).map(|component| summary_row(model, component))),
        })),
        unlayered => list(in_layer(model, None).map(|component| summary_row(model, component))),
        topic_groups => topic_groups(model),
        flow_groups => flow_groups(model),
        producers => list(parties(model, |topic| &topic.producers)),
        consumers => list(parties(model, |topic| &topic.consumers)),
        scenarios => scenarios,
        details => list(model.components().filter(|(_, component)| has_details(component)).map(|(id, component)| details(model, id, component))),
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
        metadata => metadata(model.metadata),
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

pub(super) fn summary_row(model: &Model<'_>, component: &Component<'_>) -> Value {
    let written = &component.written;
    context! {
        name => &*component.name,
        icon => icon(written.icon),
        kind => component.kind.name(),
        type => text(written.type_name.or(written.technology)),
        deployment => component.deployment.as_deref().unwrap_or(""),
        category => component.category.map_or("", |category| &*model[category].name),
        ports => ports(component),
        purpose => text(written.purpose.or(written.description)),
        parent => component.parent.map_or("", |parent| &*model[parent].name),
    }
}

pub(super) fn ports(component: &Component<'_>) -> Value {
    list(component.written.ports.iter().filter_map(|port| {
        let number = port.port?.value;
        let host = port
            .host
            .map(|host| format!(", host {}", host.value))
            .unwrap_or_default();
        let protocol = port
            .protocol
            .map(|protocol| format!(" {}", protocol.value))
            .unwrap_or_default();
        let name = port
            .name
            .map_or(String::new(), |name| format!(" ({}{host})", name.value));
        Some(Value::from(format!("{number}{protocol}{name}")))
    }))
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
        partitions => number(written.partitions),
        replication => number(written.replication),
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

pub(super) fn number(stated: Option<crate::spec::At<u64>>) -> Value {
    Value::from(
        stated
            .map(|number| number.value.to_string())
            .unwrap_or_default(),
    )
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
        let rows: Vec<Value> = model
            .flows
            .iter()
            .filter(|flow| flow.origin == origin)
            .map(|flow| {
                number += 1;
                flow_row(model, flow, number)
            })
            .collect();
        (!rows.is_empty()).then(|| context! { name => name, flows => Value::from(rows) })
    }))
}

pub(super) fn flow_row(model: &Model<'_>, flow: &Flow<'_>, number: usize) -> Value {
    let written = flow.written.as_ref();
    context! {
        number => number,
        from => &*model[flow.from].name,
        to => &*model[flow.to].name,
        label => flow.label.as_deref().unwrap_or(""),
        protocol => text(flow.protocol()),
        port => number_of(written.and_then(|flow| flow.port)),
        latency => text(written.and_then(|flow| flow.latency)),
        description => text(written.and_then(|flow| flow.description)),
        initiator => text(written.and_then(|flow| flow.initiator)),
        is_async => flow.is_async,
        is_bidirectional => flow.is_bidirectional(),
        is_derived => flow.is_derived(),
        topics => list(flow.topics.iter().map(|topic| Value::from(model[*topic].id.value))),
    }
}

fn number_of(stated: Option<crate::spec::At<u64>>) -> Value {
    number(stated)
}

/// Components at one end of topics, with the topics and why or when.
fn parties<'m, 's>(
    model: &'m Model<'s>,
    end: for<'t> fn(&'t Topic<'s>) -> &'t Vec<Party<'s>>,
) -> Vec<Value> {
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
    let row = |id: ComponentId| {
        let (topics, why) = &rows[id.index()];
        context! {
            name => &*model[id].name,
            topics => list(topics.iter().map(|topic| Value::from(*topic))),
            why => why.join("; "),
        }
    };
    order.into_iter().map(row).collect()
}

/// Whether a component says more than its row in the layer's table shows.
pub(super) fn has_details(component: &Component<'_>) -> bool {
    let written = &component.written;
    written.protocols.is_some()
        || !written.operations.is_empty()
        || !written.functions.is_empty()
        || !written.api_calls.is_empty()
        || !written.links.is_empty()
        || !written.aliases.is_empty()
        || !written.tags.is_empty()
        || !written.formerly.is_empty()
        || written.technology.is_some()
        || written.owner.is_some()
        || written.since.is_some()
        || written.deprecated.is_some()
        || written.source.is_some()
        || written.description.is_some()
        || written.metadata.is_some()
}

pub(super) fn details(model: &Model<'_>, id: ComponentId, component: &Component<'_>) -> Value {
    let written = &component.written;
    let technology = match (written.technology, written.version) {
        (Some(technology), Some(version)) if !technology.value.contains(version.value) => {
            format!("{} {}", technology.value, version.value)
        }
        (technology, version) => technology
            .or(version)
            .map_or("", |text| text.value)
            .to_owned(),
    };
    context! {
        id => model[id].id.value,
        name => &*component.name,
        icon => icon(written.icon),
        description => text(written.description),
        aliases => texts(&written.aliases),
        technology => drawn(&technology),
        deployment => component.deployment.as_deref().unwrap_or(""),
        owner => component.owner.map_or("", |owner| &*model[owner].name),
        since => text(written.since),
        deprecated => deprecation(written.deprecated.as_deref()),
        tags => texts(&written.tags),
        formerly => texts(&written.formerly),
        inbound => texts(written.protocols.as_ref().map_or(&[][..], |protocols| &protocols.inbound)),
        outbound => texts(written.protocols.as_ref().map_or(&[][..], |protocols| &protocols.outbound)),
        operations => named_lists(model, &written.operations),
        functions => texts(&written.functions),
        api_calls => named_lists(model, &written.api_calls),
        links => list(written.links.iter().map(|(title, link)| context! { title => drawn(title.value), link => allowed(Some(*link)), text => drawn(link.value) })),
        source => source(component),
        metadata => metadata(written.metadata),
    }
}

/// Lists under names; a name that is a component's id is shown as the component's name.
fn named_lists(model: &Model<'_>, entries: &Entries<'_, Vec<Text<'_>>>) -> Value {
    let shown = |key: &str| {
        let known = model
            .components
            .iter()
            .find(|component| component.id.value == key);
        known.map_or_else(|| key.to_owned(), |component| component.name.to_string())
    };
    list(
        entries
            .iter()
            .map(|(key, items)| context! { name => shown(key.value), items => texts(items) }),
    )
}

fn deprecation(stated: Option<&crate::spec::Deprecation<'_>>) -> Value {
    let Some(stated) = stated else {
        return Value::from("");
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
    Value::from(if parts.is_empty() {
        "yes".to_owned()
    } else {
        parts.join("; ")
    })
}

fn source(component: &Component<'_>) -> Value {
    let Some(source) = &component.written.source else {
        return Value::from("");
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
    Value::from(stated.collect::<Vec<_>>().join(", "))
}

fn metadata(free: Option<crate::spec::Free<'_>>) -> Value {
    let json = free.map(crate::spec::Free::to_json);
    let entries = json
        .as_ref()
        .and_then(serde_json::Value::as_object)
        .into_iter()
        .flatten();
    list(entries.map(|(key, value)| {
        let shown = value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned);
        context! { name => key, value => shown }
    }))
}

pub(super) fn texts(texts: &[Text<'_>]) -> Value {
    list(texts.iter().map(|text| Value::from(text.value)))
}

pub(super) fn icon(stated: Option<Text<'_>>) -> Value {
    Value::from(
        stated
            .map_or("", |icon| icon.value)
            .trim_matches(|c: char| c.is_ascii()),
    )
}

/// A link that may be written, or an empty text.
fn allowed(stated: Option<Text<'_>>) -> Value {
    Value::from(stated.map_or("", |link| link.value))
        .as_str()
        .filter(|link| link::is_allowed(link))
        .map_or_else(|| Value::from(""), Value::from)
}
