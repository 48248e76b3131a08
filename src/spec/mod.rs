//! What the user wrote: the AST of `architecture.yaml`.
//!
//! In: sources with their syntax trees. Out: a [`Spec`] whose leaves know their
//! places; references are still texts. Refuses to know: what the names refer to.

pub(crate) mod color;
pub(crate) mod color_names;
mod component;
pub(crate) mod decode;
pub(crate) mod duration;
mod flow;
mod free;
mod load;
mod merge;
mod record;
mod scenario;
mod schema;
mod settings;
mod topic;
pub(crate) mod written;

pub use component::{ApiCalls, Component, Deprecation, Port, Protocols, SourceRef, Subscription};
pub use decode::{At, Entries, Text};
pub use flow::{Arrow, Flow, FlowGroup};
pub use free::Free;
pub use load::{decode, load};
pub use scenario::{Budget, Call, Consume, Hop, Note, Publish, Scenario, Step};
pub use schema::json_schema;
pub use settings::{
    Acceptance, Category, ChangeSetting, Claim, Configuration, Deployment, Documents, Drift, Fact,
    Layer, LintSetting, Outputs, Owner, Policy, PolicyException, PolicyFlows, PolicyLayers,
    PolicyRequire, PolicyThreshold, SourceList, Summary, SummaryFile, View,
};
pub use topic::{Field, Participant, Topic, TopicSource};

use crate::source::{Node, Span};
use flow::FlowGroups;
use record::record;

record! {
    /// The architecture of a platform: components in layers, topics, flows, scenarios.
    "specification" Spec {
        /// Version of the language; 1.
        archviz: Option<At<u64>>,
        /// Name of the platform.
        name: Option<Text<'s>>,
        /// Version of the platform.
        version: Option<Text<'s>>,
        /// What the platform is for.
        description: Option<Text<'s>>,
        /// Further files of the same shape, as paths or globs below this folder.
        include: Vec<Text<'s>>,
        /// Layers from top to bottom.
        layers: Entries<'s, Layer<'s>>,
        /// A partition of the components: each has at most one, so that statistics close.
        categories: Entries<'s, Category<'s>>,
        /// Teams and people that own components and topics.
        owners: Entries<'s, Owner<'s>>,
        /// Further words for `deployment`.
        deployments: Entries<'s, Deployment<'s>>,
        /// The parts of the platform, by id.
        components: Entries<'s, Box<Component<'s>>>,
        /// Event topics, by name.
        topics: Entries<'s, Topic<'s>>,
        /// Flows that topics do not already imply, as a list or as lists under headings.
        flows: FlowGroups<'s>,
        /// Step-by-step stories through the architecture.
        scenarios: Entries<'s, Scenario<'s>>,
        /// Figures that documents quote, in groups.
        facts: Entries<'s, Vec<Fact<'s>>>,
        /// Excerpts read from real configuration files.
        configuration: Vec<Configuration<'s>>,
        /// What to draw.
        views: Entries<'s, View<'s>>,
        /// Levels of the rules.
        lints: Entries<'s, LintSetting<'s>>,
        /// Classes of changes, for comparing versions.
        changes: Entries<'s, ChangeSetting<'s>>,
        /// Rules of the team's own.
        policies: Vec<Policy<'s>>,
        /// What a bare `render` writes.
        outputs: Option<Outputs<'s>>,
        /// Documents that are kept up to date.
        documents: Option<Documents<'s>>,
        /// What the specification can be compared with.
        sources: Vec<SourceList<'s>>,
        /// How it is compared.
        drift: Option<Drift<'s>>,
        /// The narrative of the integration summary.
        summary: Option<Summary<'s>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
    required ["archviz", "name"]
}
