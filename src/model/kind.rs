//! The kinds of components.
//!
//! In: the word in the specification. Out: a [`Kind`]. Refuses to know: how kinds are drawn.

/// What a component is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A human being.
    Person,
    /// An application in front of people.
    Client,
    /// An entry point that routes to others.
    Gateway,
    /// A running service.
    #[default]
    Service,
    /// An autonomous service that decides what to call.
    Agent,
    /// A message broker.
    Broker,
    /// Moves data between a broker and other systems.
    Connector,
    /// Coordinates a cluster.
    Coordinator,
    /// A database.
    Database,
    /// A cache.
    Cache,
    /// Files or objects.
    Storage,
    /// Runs on a schedule or to completion.
    Job,
    /// Runs on demand.
    Function,
    /// Linked into others.
    Library,
    /// Belongs to somebody else.
    External,
    /// Runs others.
    Platform,
    /// A software system in the sense of C4.
    System,
    /// A container in the sense of C4.
    Container,
    /// A component in the sense of C4.
    Component,
}

impl Kind {
    /// Every kind, with its word.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("person", Self::Person),
        ("client", Self::Client),
        ("gateway", Self::Gateway),
        ("service", Self::Service),
        ("agent", Self::Agent),
        ("broker", Self::Broker),
        ("connector", Self::Connector),
        ("coordinator", Self::Coordinator),
        ("database", Self::Database),
        ("cache", Self::Cache),
        ("storage", Self::Storage),
        ("job", Self::Job),
        ("function", Self::Function),
        ("library", Self::Library),
        ("external", Self::External),
        ("platform", Self::Platform),
        ("system", Self::System),
        ("container", Self::Container),
        ("component", Self::Component),
    ];

    /// The kind of a word.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(word, _)| *word == name)
            .map(|(_, kind)| *kind)
    }

    /// The word of the kind.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, kind)| *kind == self)
            .map_or("", |(word, _)| word)
    }

    /// Whether it keeps data.
    pub fn is_store(self) -> bool {
        matches!(self, Self::Database | Self::Cache | Self::Storage)
    }
}
