//! Components as written.
//!
//! In: nodes. Out: [`Component`] and its parts. Refuses to know: whether the names exist.

use super::decode::{At, Entries, Mapped, Text};
use super::free::Free;
use super::record::record;
use crate::source::{Node, NodeKind, Span};

/// Calls to other components' interfaces, keyed by the component called.
pub type ApiCalls<'s> = Entries<'s, Vec<Text<'s>>>;

record! {
    /// A part of the platform.
    "component" Component {
        /// Name shown to people; the id in words by default.
        name: Option<Text<'s>>,
        /// What it is: service, broker, database, …; decides shape, icon and checks.
        kind: Option<Text<'s>>,
        /// The layer it is in.
        layer: Option<Text<'s>>,
        /// The category it counts under.
        category: Option<Text<'s>>,
        /// What it is, in the team's words.
        type_name = "type": Option<Text<'s>>,
        /// What it is made with.
        technology: Option<Text<'s>>,
        /// How it runs: container, kubernetes, managed, external, …
        deployment: Option<Text<'s>>,
        /// What it is for, in one line.
        purpose: Option<Text<'s>>,
        /// What it is, in more words.
        description: Option<Text<'s>>,
        /// Ports it listens on: numbers, or mappings with a name.
        ports: Vec<Port<'s>>,
        /// Words to select by.
        tags: Vec<Text<'s>>,
    }
    rare ComponentRest {
        /// Other names that prose and labels use.
        aliases: Vec<Text<'s>>,
        /// An emoji, or the name of a bundled icon.
        icon: Option<Text<'s>>,
        /// Version of that technology.
        version: Option<Text<'s>>,
        /// What it speaks.
        protocols: Option<Box<Protocols<'s>>>,
        /// What it does on stores, by store.
        operations: Entries<'s, Vec<Text<'s>>>,
        /// Its functions.
        functions: Vec<Text<'s>>,
        /// Calls it makes, by the component called.
        api_calls: ApiCalls<'s>,
        /// Topics it consumes, wildcards allowed; complete if stated.
        consumes: Option<Vec<Subscription<'s>>>,
        /// Topics it publishes to, wildcards allowed; complete if stated.
        publishes: Option<Vec<Subscription<'s>>>,
        /// The team that answers for it.
        owner: Option<Text<'s>>,
        /// Links by title.
        links: Entries<'s, Text<'s>>,
        /// The component that contains it.
        parent: Option<Text<'s>>,
        /// Ids it had before; makes a rename certain.
        formerly: Vec<Text<'s>>,
        /// The version it came with.
        since: Option<Text<'s>>,
        /// That it is going away.
        deprecated: Option<Box<Deprecation<'s>>>,
        /// Where reality can be compared.
        source: Option<Box<SourceRef<'s>>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
}

record! {
    /// A port that a component listens on.
    "port" Port {
        /// The number.
        port: Option<At<u64>>,
    }
    rare PortRest {
        /// What it is for.
        name: Option<Text<'s>>,
        /// The protocol spoken there.
        protocol: Option<Text<'s>>,
        /// The port on the host, if it is published.
        host: Option<At<u64>>,
    }
    required ["port"]
    short port: Option<At<u64>>
}

record! {
    /// What a component speaks.
    "protocols" Protocols {
        /// What others use to reach it.
        inbound: Vec<Text<'s>>,
        /// What it uses to reach others.
        outbound: Vec<Text<'s>>,
    }
}

record! {
    /// A topic, or a pattern of topics, that a component consumes or publishes to.
    "subscription" Subscription {
        /// Topic id or pattern such as `db.changes.*`.
        topic: Option<Text<'s>>,
        /// Why it consumes.
        purpose: Option<Text<'s>>,
        /// When it publishes.
        trigger: Option<Text<'s>>,
        /// Label of the derived flow.
        label: Option<Text<'s>>,
    }
    required ["topic"]
    short topic: Option<Text<'s>>
}

record! {
    /// That something is going away.
    "deprecation" Deprecation {
        /// The version that deprecated it.
        since: Option<Text<'s>>,
        /// The date (YYYY-MM-DD) or version it is removed by.
        remove_by: Option<Text<'s>>,
        /// What to use instead.
        replacement = "use": Option<Text<'s>>,
        /// Why.
        reason: Option<Text<'s>>,
    }
    short reason: Option<Text<'s>>
}

record! {
    /// Where a component stands in a file of the real system.
    "source" SourceRef {
        /// A docker-compose file.
        compose: Option<Text<'s>>,
        /// The service in it.
        service: Option<Text<'s>>,
        /// A Kubernetes manifest.
        kubernetes: Option<Text<'s>>,
        /// The workload in it.
        workload: Option<Text<'s>>,
        /// An `AsyncAPI` document.
        asyncapi: Option<Text<'s>>,
        /// Kafka Connect connectors.
        connect: Option<Text<'s>>,
        /// The connector in the file; all of them by default.
        connector: Option<Text<'s>>,
        /// An `OpenAPI` document.
        openapi: Option<Text<'s>>,
        /// A Backstage catalog file.
        backstage: Option<Text<'s>>,
        /// A Structurizr workspace in JSON.
        structurizr: Option<Text<'s>>,
        /// A CALM architecture.
        calm: Option<Text<'s>>,
        /// A `LikeC4` model in JSON.
        likec4: Option<Text<'s>>,
        /// The element in a catalog, workspace, architecture or model.
        element: Option<Text<'s>>,
    }
}

impl Mapped for Text<'_> {}
impl<T> Mapped for Vec<T> {}
