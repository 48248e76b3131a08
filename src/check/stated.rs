//! Which keys a component states.
//!
//! In: a component and a key of the language. Out: whether it says something there.
//! Refuses to know: who asks.

use crate::model::{Component, Topic};

/// Whether the component states the key; `None` if components have no such key.
/// Layer and category count if the parent states them.
pub(crate) fn states(component: &Component<'_>, key: &str) -> Option<bool> {
    let written = &component.written;
    Some(match key {
        "name" => written.name.is_some(),
        "aliases" => !written.aliases.is_empty(),
        "kind" => written.kind.is_some(),
        "layer" => written.layer.is_some() || component.layer.is_some(),
        "category" => written.category.is_some() || component.category.is_some(),
        "icon" => written.icon.is_some(),
        "type" => written.type_name.is_some(),
        "technology" => written.technology.is_some(),
        "version" => written.version.is_some(),
        "deployment" => written.deployment.is_some(),
        "purpose" => written.purpose.is_some(),
        "description" => written.description.is_some(),
        "ports" => !written.ports.is_empty(),
        "protocols" => written.protocols.is_some(),
        "operations" => !written.operations.is_empty(),
        "functions" => !written.functions.is_empty(),
        "api_calls" => !written.api_calls.is_empty(),
        "consumes" => written.consumes.is_some(),
        "publishes" => written.publishes.is_some(),
        "owner" => written.owner.is_some(),
        "tags" => !written.tags.is_empty(),
        "links" => !written.links.is_empty(),
        "parent" => written.parent.is_some(),
        "formerly" => !written.formerly.is_empty(),
        "since" => written.since.is_some(),
        "deprecated" => written.deprecated.is_some(),
        "source" => written.source.is_some(),
        "metadata" => written.metadata.is_some(),
        _ => return None,
    })
}

/// Whether the topic states the key; `None` if topics have no such key.
pub(crate) fn topic_states(topic: &Topic<'_>, key: &str) -> Option<bool> {
    let written = &topic.written;
    Some(match key {
        "name" => written.name.is_some(),
        "broker" => written.broker.is_some() || topic.broker.is_some(),
        "group" => written.group.is_some(),
        "producers" => !topic.producers.is_empty(),
        "consumers" => !topic.consumers.is_empty(),
        "source" => written.source.is_some(),
        "events" => !written.events.is_empty(),
        "data" => !written.data.is_empty(),
        "key" => written.key.is_some(),
        "partitions" => written.partitions.is_some(),
        "retention" => written.retention.is_some(),
        "replication" => written.replication.is_some(),
        "cleanup" => written.cleanup.is_some(),
        "schema" => written.schema.is_some(),
        "description" => written.description.is_some(),
        "label" => written.label.is_some(),
        "internal" => written.internal.is_some(),
        "owner" => written.owner.is_some(),
        "tags" => !written.tags.is_empty(),
        "links" => !written.links.is_empty(),
        "formerly" => !written.formerly.is_empty(),
        "since" => written.since.is_some(),
        "deprecated" => written.deprecated.is_some(),
        "metadata" => written.metadata.is_some(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{states, topic_states};
    use crate::diagnostic::Diagnostics;
    use crate::model::resolve;
    use crate::source::Sources;
    use crate::spec::decode::Record;
    use crate::spec::{self, Component, Topic};

    #[test]
    fn knows_every_key_of_topics() {
        let mut sources = Sources::default();
        sources.add(
            "a.yaml",
            "archviz: 1\nname: A\ncomponents: { a: {} }\ntopics: { t: {} }\n",
        );
        let mut out = Diagnostics::default();
        let model = resolve(spec::decode(&sources, &mut out), &mut out);
        for key in Topic::KEYS {
            assert_eq!(topic_states(&model.topics[0], key), Some(false), "{key}");
        }
    }

    #[test]
    fn knows_every_key_of_components() {
        let mut sources = Sources::default();
        sources.add("a.yaml", "archviz: 1\nname: A\ncomponents: { a: {} }\n");
        let mut out = Diagnostics::default();
        let model = resolve(spec::decode(&sources, &mut out), &mut out);
        for key in Component::KEYS {
            assert_eq!(states(&model.components[0], key), Some(false), "{key}");
        }
    }
}
