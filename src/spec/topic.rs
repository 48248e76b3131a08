//! Topics as written.
//!
//! In: nodes. Out: [`Topic`] and its parts. Refuses to know: whether the names exist.

use super::component::Deprecation;
use super::decode::{At, Entries, Text};
use super::free::Free;
use super::record::record;
use crate::source::{Node, NodeKind, Span};

record! {
    /// An event topic.
    "topic" Topic {
        /// Name shown to people; the id by default.
        name: Option<Text<'s>>,
        /// The component it lives on; may be left out when there is one broker.
        broker: Option<Text<'s>>,
        /// Heading it is listed under.
        group: Option<Text<'s>>,
        /// Who publishes to it; complete if stated.
        producers: Option<Vec<Participant<'s>>>,
        /// Who consumes it; complete if stated.
        consumers: Option<Vec<Participant<'s>>>,
        /// Where its events come from.
        source: Option<Box<TopicSource<'s>>>,
        /// Kinds of events, such as INSERT and DELETE.
        events: Vec<Text<'s>>,
        /// Fields of an event.
        data: Vec<Field<'s>>,
        /// What events are keyed by.
        key: Option<Text<'s>>,
        /// Number of partitions.
        partitions: Option<At<u64>>,
        /// How long events are kept, such as `7d` or `forever`.
        retention: Option<Text<'s>>,
        /// Number of replicas.
        replication: Option<At<u64>>,
        /// Cleanup policy: delete, compact, or both.
        cleanup: Option<Text<'s>>,
        /// Where the schema of events is kept.
        schema: Option<Text<'s>>,
        /// What it is for.
        description: Option<Text<'s>>,
        /// Label of the flows derived from it.
        label: Option<Text<'s>>,
        /// Whether it serves the platform itself; `*` does not match it.
        internal: Option<At<bool>>,
        /// The team that answers for it.
        owner: Option<Text<'s>>,
        /// Words to select by.
        tags: Vec<Text<'s>>,
        /// Links by title.
        links: Entries<'s, Text<'s>>,
        /// Names it had before.
        formerly: Vec<Text<'s>>,
        /// The version it came with.
        since: Option<Text<'s>>,
        /// That it is going away.
        deprecated: Option<Box<Deprecation<'s>>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
}

record! {
    /// A component that publishes or consumes, with why or when.
    "participant" Participant {
        /// The component.
        component: Option<Text<'s>>,
        /// When it publishes.
        trigger: Option<Text<'s>>,
        /// Why it consumes.
        purpose: Option<Text<'s>>,
        /// Label of the derived flow.
        label: Option<Text<'s>>,
        /// Consumer group.
        group: Option<Text<'s>>,
    }
    required ["component"]
    short component: Option<Text<'s>>
}

record! {
    /// Where a topic's events come from.
    "topic source" TopicSource {
        /// The store or system that changes.
        component: Option<Text<'s>>,
        /// The table, collection or feed in it.
        object: Option<Text<'s>>,
    }
    short object: Option<Text<'s>>
}

record! {
    /// A field of an event.
    "field" Field {
        /// Its name.
        name: Option<Text<'s>>,
        /// Its type.
        type_name = "type": Option<Text<'s>>,
        /// Whether every event has it.
        required: Option<At<bool>>,
        /// What it means.
        description: Option<Text<'s>>,
    }
    required ["name"]
    short name: Option<Text<'s>>
}
