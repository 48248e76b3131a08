//! What an importer found: components, flows and topics, each fact with its evidence.
//!
//! In: nothing; importers fill it. Out: [`Imported`], the language between importers,
//! `join`, the writer and the comparison with a specification. Refuses to know: ids of a
//! specification, and what any source format looks like.
//!
//! A value that is not here is not known. It never means that there is none.

use crate::model::Kind;
use crate::source::Span;

/// How sure a fact is, from least to most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Guessed from a name.
    NameGuess,
    /// One starts after the other; that data goes there is likely, not said.
    StartupOrder,
    /// A setting holds the bare name of another component.
    EnvName,
    /// A setting holds a host and port.
    EnvHostPort,
    /// A setting holds an address with a scheme.
    EnvUrl,
    /// The source says exactly this.
    Explicit,
}

impl Confidence {
    /// The word used in comments and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::NameGuess => "name-guess",
            Self::StartupOrder => "startup-order",
            Self::EnvName => "env-name",
            Self::EnvHostPort => "env-host-port",
            Self::EnvUrl => "env-url",
            Self::Explicit => "explicit",
        }
    }
}

/// Where a fact stands, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The smallest text that says it.
    pub span: Span,
    /// The way to it in its document, such as `services.kafka.image`.
    pub pointer: String,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Evidence {
    /// What the source says outright.
    pub(crate) fn explicit(span: Span, pointer: impl Into<String>) -> Self {
        Self::new(span, pointer, Confidence::Explicit)
    }

    pub(crate) fn new(span: Span, pointer: impl Into<String>, confidence: Confidence) -> Self {
        Self {
            span,
            pointer: pointer.into(),
            confidence,
        }
    }
}

/// A value with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub evidence: Evidence,
}

impl<T> Fact<T> {
    pub(crate) fn new(value: T, evidence: Evidence) -> Self {
        Self { value, evidence }
    }
}

/// One end of a flow, or a party of a topic.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A component of the same import, by its key.
    Component(String),
    /// Whoever answers at an address; sources are joined by it.
    Address(Address),
}

/// A name on the network.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address {
    /// Host name, in lower case.
    pub host: String,
    /// Port, if it is stated.
    pub port: Option<u16>,
    /// Scheme, such as `postgres`, if it is stated.
    pub scheme: Option<String>,
}

/// Where a component stands: what becomes its `source:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The importer's kind, such as `compose`.
    pub importer: &'static str,
    /// The file.
    pub file: String,
    /// The name in the file, such as a service.
    pub name: String,
}

/// A port that a component listens on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// The port inside.
    pub port: u16,
    /// The port on the host, if it is published.
    pub host: Option<u16>,
    /// What it is for.
    pub name: Option<String>,
    /// What is spoken.
    pub protocol: Option<String>,
}

impl Port {
    /// Whether both say the same, as far as both say something. One port may be published
    /// twice, and the same number may stand for TCP and for UDP.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let is_same_host = self.host.is_none() || other.host.is_none() || self.host == other.host;
        self.port == other.port && self.protocol == other.protocol && is_same_host
    }
}

/// A part of the system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    /// Unique in its import, such as `kafka` or `Deployment/kafka`.
    pub key: String,
    /// The name in the source; the id is made from it.
    pub name: String,
    /// A name for people, if the source has one.
    pub title: Option<Fact<String>>,
    /// Where it stands; the first is the one that named it.
    pub origins: Vec<Origin>,
    /// What it is.
    pub kind: Option<Fact<Kind>>,
    /// What it is, in the source's words, such as `Deployment`.
    pub category: Option<Fact<String>>,
    /// What it is made with.
    pub technology: Option<Fact<String>>,
    /// The version of that.
    pub version: Option<Fact<String>>,
    /// The whole image, as the source states it.
    pub image: Option<Fact<String>>,
    /// How it runs, in the words of the language.
    pub deployment: Option<Fact<String>>,
    /// Where it listens.
    pub ports: Vec<Fact<Port>>,
    /// What it can be asked to do, by name.
    pub functions: Vec<Fact<String>>,
    /// Names it is reached by, in lower case: host names, aliases, `host:port`.
    pub addresses: Vec<String>,
    /// What it belongs to: a namespace, a system, a group; a layer may be made of it.
    pub group: Option<Fact<String>>,
    /// What contains it.
    pub parent: Option<Fact<End>>,
    /// What it is for.
    pub description: Option<Fact<String>>,
    /// Who answers for it.
    pub owner: Option<Fact<String>>,
    /// Words to select by.
    pub tags: Vec<Fact<String>>,
    /// Titles with addresses.
    pub links: Vec<Fact<(String, String)>>,
    /// That it is going away, and why.
    pub deprecated: Option<Fact<String>>,
    /// Whether others name it and no source defines it.
    pub is_named_only: bool,
    /// Where it is defined.
    pub evidence: Evidence,
}

impl Component {
    /// A component of which nothing is known yet but its name and place.
    pub(crate) fn new(key: impl Into<String>, name: impl Into<String>, evidence: Evidence) -> Self {
        Self {
            key: key.into(),
            name: name.into(),
            title: None,
            origins: Vec::new(),
            kind: None,
            category: None,
            technology: None,
            version: None,
            image: None,
            deployment: None,
            ports: Vec::new(),
            functions: Vec::new(),
            addresses: Vec::new(),
            group: None,
            parent: None,
            description: None,
            owner: None,
            tags: Vec::new(),
            links: Vec::new(),
            deprecated: None,
            is_named_only: false,
            evidence,
        }
    }
}

/// Something goes, or may go, from one component to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where it starts.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// What goes there.
    pub label: Option<String>,
    /// What is spoken.
    pub protocol: Option<String>,
    /// The port of the target.
    pub port: Option<u16>,
    /// Whether the sender goes on without an answer.
    pub is_async: bool,
    /// Topics that this hop feeds.
    pub topics: Vec<String>,
    /// More about it.
    pub description: Option<String>,
    /// Everything that says so, the surest first.
    pub evidence: Vec<Evidence>,
}

impl Flow {
    pub(crate) fn new(from: End, to: End, evidence: Evidence) -> Self {
        Self {
            from,
            to,
            label: None,
            protocol: None,
            port: None,
            is_async: false,
            topics: Vec::new(),
            description: None,
            evidence: vec![evidence],
        }
    }
}

/// Who writes or reads a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub who: End,
    /// The consumer group.
    pub group: Option<String>,
    /// Why it reads, or when it writes.
    pub purpose: Option<String>,
}

impl Party {
    pub(crate) fn new(who: End) -> Self {
        Self {
            who,
            group: None,
            purpose: None,
        }
    }
}

/// An event topic, or a pattern of topics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its name on the broker.
    pub name: String,
    /// Whether the name is a pattern, because the source does not say which topics.
    pub is_pattern: bool,
    /// Where it lives.
    pub broker: Option<Fact<End>>,
    /// Number of partitions.
    pub partitions: Option<Fact<u64>>,
    /// Number of replicas.
    pub replication: Option<Fact<u64>>,
    /// How long events are kept, as a duration of the language.
    pub retention: Option<Fact<String>>,
    /// Cleanup policy.
    pub cleanup: Option<Fact<String>>,
    /// What events are keyed by.
    pub key: Option<Fact<String>>,
    /// Where the schema is kept.
    pub schema: Option<Fact<String>>,
    /// What it is for.
    pub description: Option<Fact<String>>,
    /// The kinds of its events.
    pub events: Vec<Fact<String>>,
    /// Whether it serves the platform itself.
    pub is_internal: bool,
    /// The system and the table in it that its events come from.
    pub source: Option<Fact<(End, String)>>,
    /// Who writes it, as far as known.
    pub producers: Vec<Fact<Party>>,
    /// Who reads it, as far as known.
    pub consumers: Vec<Fact<Party>>,
    /// Who names it, without saying whether it writes or reads.
    pub known_by: Vec<Fact<End>>,
    /// Everything that names it, the surest first.
    pub evidence: Vec<Evidence>,
}

impl Topic {
    pub(crate) fn new(name: impl Into<String>, evidence: Evidence) -> Self {
        Self {
            name: name.into(),
            is_pattern: false,
            broker: None,
            partitions: None,
            replication: None,
            retention: None,
            cleanup: None,
            key: None,
            schema: None,
            description: None,
            events: Vec::new(),
            is_internal: false,
            source: None,
            producers: Vec::new(),
            consumers: Vec::new(),
            known_by: Vec::new(),
            evidence: vec![evidence],
        }
    }
}

/// Something that the source has but does not tell, such as a variable that is not set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// The component's key or the topic's name.
    pub subject: String,
    /// What is not known, such as `version`.
    pub what: String,
    /// Why not.
    pub why: String,
    /// Where.
    pub evidence: Evidence,
}

impl Imported {
    /// The component at an end.
    pub fn component(&self, end: &End) -> Option<&Component> {
        let End::Component(key) = end else {
            return None;
        };
        self.components
            .iter()
            .find(|component| component.key == *key)
    }
}

/// Everything that one source, or all of them joined, say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// A name for the whole, if a source has one.
    pub name: Option<Fact<String>>,
    /// The parts.
    pub components: Vec<Component>,
    /// What goes between them.
    pub flows: Vec<Flow>,
    /// The topics.
    pub topics: Vec<Topic>,
    /// What could not be known.
    pub unknowns: Vec<Unknown>,
}
