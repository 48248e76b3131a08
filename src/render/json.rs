//! The resolved model as JSON, version 1: a contract with other programs.
//!
//! In: a model. Out: JSON in a stable order. Keys that say nothing are left out.

use serde_json::{Map, Value, json};

use crate::model::{
    Action, Component, Count, Flow, Model, OwnerId, Party, Scenario, Statistics, Topic,
};
use crate::spec::{Deprecation, Entries, Text};

/// The model as a JSON value.
pub fn model_to_json(model: &Model<'_>) -> Value {
    let mut root = Map::new();
    root.insert("version".into(), json!(1));
    put(&mut root, "name", json!(model.name));
    text(&mut root, "platform_version", model.version);
    text(&mut root, "description", model.description);
    root.insert(
        "layers".into(),
        model
            .layers
            .iter()
            .map(|layer| {
                let mut row = row(layer.id, &layer.name);
                row.insert("order".into(), json!(layer.order));
                text(&mut row, "color", layer.written.color);
                text(&mut row, "icon", layer.written.icon);
                text(&mut row, "description", layer.written.description);
                texts(&mut row, "formerly", &layer.written.formerly);
                put(&mut row, "metadata", free(layer.written.metadata));
                Value::Object(row)
            })
            .collect(),
    );
    root.insert(
        "categories".into(),
        model
            .categories
            .iter()
            .map(|category| {
                let mut row = row(category.id, &category.name);
                text(&mut row, "badge", category.written.badge);
                text(&mut row, "description", category.written.description);
                Value::Object(row)
            })
            .collect(),
    );
    root.insert(
        "owners".into(),
        model
            .owners
            .iter()
            .map(|owner| {
                let mut row = row(owner.id, &owner.name);
                text(
                    &mut row,
                    "contact",
                    owner.written.as_ref().and_then(|owner| owner.contact),
                );
                text(
                    &mut row,
                    "link",
                    owner.written.as_ref().and_then(|owner| owner.link),
                );
                Value::Object(row)
            })
            .collect(),
    );
    root.insert(
        "components".into(),
        model
            .components
            .iter()
            .map(|one| component(model, one))
            .collect(),
    );
    root.insert(
        "topics".into(),
        model.topics.iter().map(|one| topic(model, one)).collect(),
    );
    root.insert(
        "flows".into(),
        model.flows.iter().map(|one| flow(model, one)).collect(),
    );
    root.insert(
        "scenarios".into(),
        model
            .scenarios
            .iter()
            .map(|one| scenario(model, one))
            .collect(),
    );
    root.insert(
        "views".into(),
        model
            .views
            .iter()
            .map(|(id, view)| {
                let mut row = Map::new();
                row.insert("id".into(), json!(id.value));
                text(&mut row, "title", view.title);
                text(&mut row, "description", view.description);
                texts(&mut row, "include", &view.include);
                texts(&mut row, "exclude", &view.exclude);
                text(&mut row, "topics", view.topics);
                text(&mut row, "collapse", view.collapse);
                text(&mut row, "direction", view.direction);
                Value::Object(row)
            })
            .collect(),
    );
    root.insert(
        "facts".into(),
        model
            .facts
            .iter()
            .flat_map(|(group, facts)| {
                facts.iter().map(|fact| {
                    let mut row = Map::new();
                    row.insert("group".into(), json!(group.value));
                    text(&mut row, "name", fact.name);
                    text(&mut row, "value", fact.value);
                    text(&mut row, "note", fact.note);
                    Value::Object(row)
                })
            })
            .collect(),
    );
    root.insert("statistics".into(), statistics(&Statistics::of(model)));
    put(&mut root, "metadata", free(model.metadata));
    Value::Object(root)
}

/// The model as pretty-printed JSON with a final line break.
pub(super) fn to_text(model: &Model<'_>) -> String {
    format!("{:#}\n", model_to_json(model))
}

fn row(id: Text<'_>, name: &str) -> Map<String, Value> {
    let mut row = Map::new();
    row.insert("id".into(), json!(id.value));
    row.insert("name".into(), json!(name));
    row
}

fn put(row: &mut Map<String, Value>, key: &str, value: Value) {
    let is_empty = match &value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    };
    if !is_empty {
        row.insert(key.to_owned(), value);
    }
}

fn text(row: &mut Map<String, Value>, key: &str, text: Option<Text<'_>>) {
    put(row, key, json!(text.map(|text| text.value)));
}

fn texts(row: &mut Map<String, Value>, key: &str, texts: &[Text<'_>]) {
    put(
        row,
        key,
        texts.iter().map(|text| json!(text.value)).collect(),
    );
}

fn free(free: Option<crate::spec::Free<'_>>) -> Value {
    free.map_or(Value::Null, crate::spec::Free::to_json)
}

fn named_lists(entries: &Entries<'_, Vec<Text<'_>>>) -> Value {
    let list = |items: &[Text<'_>]| {
        items
            .iter()
            .map(|item| json!(item.value))
            .collect::<Value>()
    };
    Value::Object(
        entries
            .iter()
            .map(|(key, items)| (key.value.to_owned(), list(items)))
            .collect(),
    )
}

fn component(model: &Model<'_>, component: &Component<'_>) -> Value {
    let written = &component.written;
    let mut row = row(component.id, &component.name);
    row.insert("kind".into(), json!(component.kind.name()));
    put(
        &mut row,
        "layer",
        json!(component.layer.map(|layer| model[layer].id.value)),
    );
    put(
        &mut row,
        "category",
        json!(component.category.map(|category| model[category].id.value)),
    );
    owner(&mut row, model, component.owner);
    put(
        &mut row,
        "parent",
        json!(component.parent.map(|parent| model[parent].id.value)),
    );
    text(&mut row, "icon", written.icon);
    text(&mut row, "type", written.type_name);
    text(&mut row, "technology", written.technology);
    text(&mut row, "version", written.version);
    text(&mut row, "deployment", written.deployment);
    text(&mut row, "purpose", written.purpose);
    text(&mut row, "description", written.description);
    texts(&mut row, "aliases", &written.aliases);
    put(
        &mut row,
        "ports",
        written
            .ports
            .iter()
            .map(|port| {
                let mut row = Map::new();
                put(&mut row, "port", json!(port.port.map(|port| port.value)));
                text(&mut row, "name", port.name);
                text(&mut row, "protocol", port.protocol);
                put(&mut row, "host", json!(port.host.map(|host| host.value)));
                Value::Object(row)
            })
            .collect(),
    );
    if let Some(protocols) = &written.protocols {
        let mut sides = Map::new();
        texts(&mut sides, "inbound", &protocols.inbound);
        texts(&mut sides, "outbound", &protocols.outbound);
        put(&mut row, "protocols", Value::Object(sides));
    }
    put(&mut row, "operations", named_lists(&written.operations));
    texts(&mut row, "functions", &written.functions);
    put(&mut row, "api_calls", named_lists(&written.api_calls));
    texts(&mut row, "tags", &written.tags);
    put(&mut row, "links", links(&written.links));
    texts(&mut row, "formerly", &written.formerly);
    text(&mut row, "since", written.since);
    deprecation(&mut row, written.deprecated.as_deref());
    put(&mut row, "source", source(written.source.as_deref()));
    put(&mut row, "metadata", free(written.metadata));
    Value::Object(row)
}

fn owner(row: &mut Map<String, Value>, model: &Model<'_>, owner: Option<OwnerId>) {
    put(
        row,
        "owner",
        json!(owner.map(|owner| model[owner].id.value)),
    );
}

fn links(written: &Entries<'_, Text<'_>>) -> Value {
    let links = written.iter();
    let entry = |(title, link): &(Text<'_>, Text<'_>)| (title.value.to_owned(), json!(link.value));
    Value::Object(links.map(entry).collect())
}

fn deprecation(row: &mut Map<String, Value>, stated: Option<&Deprecation<'_>>) {
    let Some(stated) = stated else { return };
    let mut parts = Map::new();
    text(&mut parts, "since", stated.since);
    text(&mut parts, "remove_by", stated.remove_by);
    text(&mut parts, "use", stated.replacement);
    text(&mut parts, "reason", stated.reason);
    put(row, "deprecated", Value::Object(parts));
}

fn source(stated: Option<&crate::spec::SourceRef<'_>>) -> Value {
    let Some(stated) = stated else {
        return Value::Null;
    };
    let mut row = Map::new();
    text(&mut row, "compose", stated.compose);
    text(&mut row, "service", stated.service);
    text(&mut row, "kubernetes", stated.kubernetes);
    text(&mut row, "workload", stated.workload);
    text(&mut row, "asyncapi", stated.asyncapi);
    text(&mut row, "connect", stated.connect);
    text(&mut row, "connector", stated.connector);
    text(&mut row, "openapi", stated.openapi);
    text(&mut row, "backstage", stated.backstage);
    text(&mut row, "structurizr", stated.structurizr);
    text(&mut row, "calm", stated.calm);
    text(&mut row, "likec4", stated.likec4);
    text(&mut row, "element", stated.element);
    Value::Object(row)
}

fn topic(model: &Model<'_>, topic: &Topic<'_>) -> Value {
    let written = &topic.written;
    let mut row = row(topic.id, &topic.name);
    put(
        &mut row,
        "broker",
        json!(topic.broker.map(|broker| model[broker].id.value)),
    );
    text(&mut row, "group", written.group);
    row.insert("producers".into(), parties(model, &topic.producers));
    row.insert("consumers".into(), parties(model, &topic.consumers));
    put(
        &mut row,
        "source",
        json!(topic.source.map(|source| model[source].id.value)),
    );
    text(
        &mut row,
        "source_object",
        written.source.as_ref().and_then(|source| source.object),
    );
    texts(&mut row, "events", &written.events);
    put(
        &mut row,
        "data",
        written
            .data
            .iter()
            .map(|field| {
                let mut row = Map::new();
                text(&mut row, "name", field.name);
                text(&mut row, "type", field.type_name);
                put(
                    &mut row,
                    "required",
                    json!(field.required.map(|required| required.value)),
                );
                text(&mut row, "description", field.description);
                Value::Object(row)
            })
            .collect(),
    );
    text(&mut row, "key", written.key);
    put(
        &mut row,
        "partitions",
        json!(written.partitions.map(|number| number.value)),
    );
    text(&mut row, "retention", written.retention);
    put(
        &mut row,
        "replication",
        json!(written.replication.map(|number| number.value)),
    );
    text(&mut row, "cleanup", written.cleanup);
    text(&mut row, "schema", written.schema);
    text(&mut row, "description", written.description);
    text(&mut row, "label", written.label);
    put(
        &mut row,
        "internal",
        json!(written.internal.map(|internal| internal.value)),
    );
    owner(&mut row, model, topic.owner);
    texts(&mut row, "tags", &written.tags);
    put(&mut row, "links", links(&written.links));
    texts(&mut row, "formerly", &written.formerly);
    text(&mut row, "since", written.since);
    deprecation(&mut row, written.deprecated.as_deref());
    put(&mut row, "metadata", free(written.metadata));
    Value::Object(row)
}

fn parties(model: &Model<'_>, parties: &[Party<'_>]) -> Value {
    parties
        .iter()
        .map(|party| {
            let mut row = Map::new();
            row.insert("component".into(), json!(model[party.component].id.value));
            text(&mut row, "trigger", party.trigger);
            text(&mut row, "purpose", party.purpose);
            text(&mut row, "label", party.label);
            text(&mut row, "group", party.group);
            text(&mut row, "pattern", party.on_component);
            Value::Object(row)
        })
        .collect()
}

fn flow(model: &Model<'_>, flow: &Flow<'_>) -> Value {
    let mut row = Map::new();
    row.insert("from".into(), json!(model[flow.from].id.value));
    row.insert("to".into(), json!(model[flow.to].id.value));
    put(&mut row, "label", json!(flow.label));
    row.insert("derived".into(), json!(flow.is_derived()));
    row.insert("async".into(), json!(flow.is_async));
    row.insert(
        "topics".into(),
        flow.topics
            .iter()
            .map(|topic| json!(model[*topic].id.value))
            .collect(),
    );
    let Some(written) = &flow.written else {
        return Value::Object(row);
    };
    if let crate::model::Origin::Declared(Some(group)) = flow.origin {
        text(&mut row, "group", model.flow_groups.get(group).copied());
    }
    text(&mut row, "protocol", written.protocol);
    put(&mut row, "port", json!(written.port.map(|port| port.value)));
    put(
        &mut row,
        "bidirectional",
        json!(written.bidirectional.map(|both| both.value)),
    );
    text(&mut row, "initiator", written.initiator);
    text(&mut row, "latency", written.latency);
    text(&mut row, "description", written.description);
    texts(&mut row, "tags", &written.tags);
    put(&mut row, "metadata", free(written.metadata));
    Value::Object(row)
}

fn scenario(model: &Model<'_>, scenario: &Scenario<'_>) -> Value {
    let written = &scenario.written;
    let mut row = row(scenario.id, &scenario.name);
    text(&mut row, "description", written.description);
    text(&mut row, "trigger", written.trigger);
    text(
        &mut row,
        "budget",
        written.budget.as_ref().and_then(|budget| budget.latency),
    );
    texts(&mut row, "tags", &written.tags);
    row.insert(
        "steps".into(),
        scenario
            .steps
            .iter()
            .map(|step| {
                let mut row = Map::new();
                row.insert("number".into(), json!(step.number));
                for (key, value) in action(model, step.action) {
                    row.insert(key.into(), json!(value));
                }
                text(&mut row, "label", step.label);
                text(&mut row, "latency", step.latency);
                Value::Object(row)
            })
            .collect(),
    );
    put(&mut row, "metadata", free(written.metadata));
    Value::Object(row)
}

fn action<'m>(model: &'m Model<'_>, action: Action) -> Vec<(&'static str, &'m str)> {
    let id = |component: crate::model::ComponentId| model[component].id.value;
    match action {
        Action::Call { from, to, .. } => {
            vec![("action", "call"), ("from", id(from)), ("to", id(to))]
        }
        Action::Return { from, to, .. } => {
            vec![("action", "return"), ("from", id(from)), ("to", id(to))]
        }
        Action::Publish { from, topic } => vec![
            ("action", "publish"),
            ("from", id(from)),
            ("topic", model[topic].id.value),
        ],
        Action::Consume { by, topic } => vec![
            ("action", "consume"),
            ("by", id(by)),
            ("topic", model[topic].id.value),
        ],
        Action::Note { on } => vec![("action", "note"), ("on", id(on))],
    }
}

fn statistics(statistics: &Statistics) -> Value {
    let rows = |counts: &[Count]| -> Value {
        counts
            .iter()
            .map(|count| json!({ "id": count.id, "name": count.name, "count": count.count }))
            .collect()
    };
    json!({
        "components": statistics.components,
        "by_category": rows(&statistics.by_category),
        "by_layer": rows(&statistics.by_layer),
        "by_kind": rows(&statistics.by_kind),
        "layers": statistics.layers,
        "topics": statistics.topics,
        "flows": statistics.flows,
        "declared_flows": statistics.declared_flows,
        "derived_flows": statistics.derived_flows,
        "scenarios": statistics.scenarios,
        "messages": statistics.messages,
    })
}
