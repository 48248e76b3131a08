//! What the specification means: ids instead of names, defaults filled, wildcards
//! expanded, broker flows derived from topics.
//!
//! In: a [`Spec`](crate::spec::Spec). Out: a [`Model`] in which nothing is left to look up.
//! Refuses to know: files, drawing, and whether the architecture is a good one.

mod derive;
mod id;
mod kind;
mod mark;
mod names;
mod resolve;
mod statistics;
mod steps;
mod subscribe;
mod vocabulary;
mod words;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Index;

pub use id::{CategoryId, ComponentId, FlowId, LayerId, OwnerId, ScenarioId, TopicId};
pub use kind::Kind;
pub use mark::{Mark, Marks};
pub use resolve::resolve;
pub use statistics::{Count, Statistics};
pub(crate) use subscribe::{glob_matches, has_foreign_wildcard, is_pattern, topic_pattern_matches};
pub(crate) use vocabulary::DEPLOYMENTS;
pub(crate) use words::in_words;

use crate::source::Span;
use crate::spec::{self, Entries, Text};

/// A resolved architecture. Index it with an id to get the element.
#[derive(Clone, Debug)]
pub struct Model<'s> {
    /// The platform's name.
    pub name: &'s str,
    /// The platform's version.
    pub version: Option<Text<'s>>,
    /// What the platform is for.
    pub description: Option<Text<'s>>,
    /// Layers in drawing order.
    pub layers: Vec<Layer<'s>>,
    /// Categories in the order written.
    pub categories: Vec<Category<'s>>,
    /// Owners in the order written; those that are only named come last, by first use.
    pub owners: Vec<Owner<'s>>,
    /// Words for `deployment` that the specification adds.
    pub deployments: Entries<'s, spec::Deployment<'s>>,
    /// Components in the order written.
    pub components: Vec<Component<'s>>,
    /// Topics in the order written.
    pub topics: Vec<Topic<'s>>,
    /// Declared flows in the order written, then derived ones in the order of the topics.
    pub flows: Vec<Flow<'s>>,
    /// Headings of declared flows, in the order written.
    pub flow_groups: Vec<Text<'s>>,
    /// Scenarios in the order written.
    pub scenarios: Vec<Scenario<'s>>,
    /// Figures, in groups.
    pub facts: Entries<'s, Vec<spec::Fact<'s>>>,
    /// Excerpts of configuration files.
    pub configuration: Vec<spec::Configuration<'s>>,
    /// Views as written; `view` adds the default ones.
    pub views: Entries<'s, spec::View<'s>>,
    /// Levels of rules.
    pub lints: Entries<'s, spec::LintSetting<'s>>,
    /// Classes of changes.
    pub changes: Entries<'s, spec::ChangeSetting<'s>>,
    /// The team's own rules.
    pub policies: Vec<spec::Policy<'s>>,
    /// What a bare `render` writes.
    pub outputs: Option<spec::Outputs<'s>>,
    /// Documents that are kept up to date.
    pub documents: Option<spec::Documents<'s>>,
    /// What `drift` compares with.
    pub sources: Vec<spec::SourceList<'s>>,
    /// How it is compared.
    pub drift: Option<spec::Drift<'s>>,
    /// The narrative of the integration summary.
    pub summary: Option<spec::Summary<'s>>,
    /// Data of the user's own.
    pub metadata: Option<spec::Free<'s>>,
    /// References that name a component by alias, in the order read.
    pub alias_uses: Vec<AliasUse<'s>>,
    /// Whether parts of the specification could not be read, so that nothing is known to be absent.
    pub is_partial: bool,
    /// Names that refer to nothing and were reported.
    pub unresolved: BTreeSet<&'s str>,
    /// What became of the elements, if the model is the union of two versions.
    pub marks: Marks,
}

/// A reference to a component by one of its aliases.
#[derive(Clone, Copy, Debug)]
pub struct AliasUse<'s> {
    /// What it names.
    pub component: ComponentId,
    /// The alias, where it is used.
    pub name: Text<'s>,
}

/// A layer.
#[derive(Clone, Debug)]
pub struct Layer<'s> {
    /// Its id, at its place.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// Its position from the top, 1-based: as written, or by place in the file.
    pub order: u64,
    /// Its components in the order written.
    pub components: Vec<ComponentId>,
    /// A reference to it failed to resolve; what seems to be missing may be there.
    pub is_partial: bool,
    /// As written.
    pub written: spec::Layer<'s>,
}

/// A category.
#[derive(Clone, Debug)]
pub struct Category<'s> {
    /// Its id, at its place.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// Its components in the order written.
    pub components: Vec<ComponentId>,
    /// A reference to it failed to resolve.
    pub is_partial: bool,
    /// As written.
    pub written: spec::Category<'s>,
}

/// An owner.
#[derive(Clone, Debug)]
pub struct Owner<'s> {
    /// Its id, where it is declared or first used.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// As written, if it is declared.
    pub written: Option<spec::Owner<'s>>,
}

/// A component.
#[derive(Clone, Debug)]
pub struct Component<'s> {
    /// Its id, at its place.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// What it is.
    pub kind: Kind,
    /// The layer it is in, its parent's by default.
    pub layer: Option<LayerId>,
    /// The category it counts under, its parent's by default.
    pub category: Option<CategoryId>,
    /// Who answers for it.
    pub owner: Option<OwnerId>,
    /// What contains it.
    pub parent: Option<ComponentId>,
    /// What it contains, in the order written.
    pub children: Vec<ComponentId>,
    /// The name of how it runs, from the vocabulary.
    pub deployment: Option<Cow<'s, str>>,
    /// A reference in it or to it failed to resolve; what seems to be missing may be there.
    pub is_partial: bool,
    /// As written, with all details and places.
    pub written: Box<spec::Component<'s>>,
}

/// A topic.
#[derive(Clone, Debug)]
pub struct Topic<'s> {
    /// Its id, at its place.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// The component it lives on; `None` after a finding.
    pub broker: Option<ComponentId>,
    /// Who publishes, from both sides of the specification.
    pub producers: Vec<Party<'s>>,
    /// Who consumes, from both sides of the specification.
    pub consumers: Vec<Party<'s>>,
    /// The store or system whose changes it carries.
    pub source: Option<ComponentId>,
    /// Who answers for it.
    pub owner: Option<OwnerId>,
    /// A reference in it or to it failed to resolve.
    pub is_partial: bool,
    /// As written, with all details and places.
    pub written: spec::Topic<'s>,
}

impl Topic<'_> {
    /// Whether it serves the platform itself.
    pub fn is_internal(&self) -> bool {
        self.written.internal.is_some_and(|internal| internal.value)
    }
}

/// A component as producer or consumer of one topic.
#[derive(Clone, Debug)]
pub struct Party<'s> {
    /// The component.
    pub component: ComponentId,
    /// Where the topic names it.
    pub on_topic: Option<Span>,
    /// Where the component names the topic, or a pattern that matches it.
    pub on_component: Option<Text<'s>>,
    /// When it publishes.
    pub trigger: Option<Text<'s>>,
    /// Why it consumes.
    pub purpose: Option<Text<'s>>,
    /// Label of the derived flow.
    pub label: Option<Text<'s>>,
    /// Consumer group.
    pub group: Option<Text<'s>>,
}

impl Party<'_> {
    /// Where the fact is stated; the topic's side first.
    pub fn span(&self) -> Span {
        self.on_topic
            .or(self.on_component.map(|pattern| pattern.span))
            .unwrap_or_default()
    }
}

/// Where a flow comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Written under `flows:`, in the group of this index if it has a heading.
    Declared(Option<usize>),
    /// A producer sends to a broker.
    Produced,
    /// A broker delivers to a consumer.
    Consumed,
}

/// A flow from one component to another.
#[derive(Clone, Debug)]
pub struct Flow<'s> {
    /// Where it starts.
    pub from: ComponentId,
    /// Where it ends.
    pub to: ComponentId,
    /// What goes there.
    pub label: Option<Cow<'s, str>>,
    /// Whether the sender goes on without an answer.
    pub is_async: bool,
    /// Declared or derived.
    pub origin: Origin,
    /// Whether data goes both ways.
    pub(crate) is_bidirectional: bool,
    /// The topics that it feeds, or that imply it.
    pub topics: Vec<TopicId>,
    /// Where it is written; for a derived flow, where the first party is stated.
    pub span: Span,
    /// As written, if it is declared.
    pub written: Option<Box<spec::Flow<'s>>>,
}

impl<'s> Flow<'s> {
    /// Whether topics imply it.
    pub fn is_derived(&self) -> bool {
        !matches!(self.origin, Origin::Declared(_))
    }

    /// What is spoken.
    pub fn protocol(&self) -> Option<Text<'s>> {
        self.written.as_ref().and_then(|written| written.protocol)
    }

    /// Whether data goes both ways.
    pub fn is_bidirectional(&self) -> bool {
        self.is_bidirectional
    }
}

/// A scenario.
#[derive(Clone, Debug)]
pub struct Scenario<'s> {
    /// Its id, at its place.
    pub id: Text<'s>,
    /// Its name.
    pub name: Cow<'s, str>,
    /// Its messages and notes in order; a chain gives several with one number.
    pub steps: Vec<Step<'s>>,
    /// A reference in it failed to resolve.
    pub is_partial: bool,
    /// As written, less the steps.
    pub written: spec::Scenario<'s>,
}

/// One message or note of a scenario.
#[derive(Clone, Debug)]
pub struct Step<'s> {
    /// The 1-based number of the step that it belongs to.
    pub number: usize,
    /// Where it is written.
    pub span: Span,
    /// What happens between whom.
    pub action: Action,
    /// In words.
    pub label: Option<Text<'s>>,
    /// How long it takes.
    pub latency: Option<Text<'s>>,
}

/// What happens in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// One component calls another; the flow that backs it, if there is one.
    Call {
        /// Who sends.
        from: ComponentId,
        /// Who receives.
        to: ComponentId,
        /// The flow in this direction, or a bidirectional one.
        flow: Option<FlowId>,
    },
    /// An answer travels back; the flow that it answers, if there is one.
    Return {
        /// Who answers.
        from: ComponentId,
        /// Who asked.
        to: ComponentId,
        /// The flow in the other direction.
        flow: Option<FlowId>,
    },
    /// A component publishes to a topic.
    Publish {
        /// The component.
        from: ComponentId,
        /// The topic.
        topic: TopicId,
    },
    /// A component consumes from a topic.
    Consume {
        /// The component.
        by: ComponentId,
        /// The topic.
        topic: TopicId,
    },
    /// A component does something by itself.
    Note {
        /// The component.
        on: ComponentId,
    },
}

macro_rules! indexed {
    ($($id:ident => $field:ident: $element:ident),+ $(,)?) => {
        $(impl<'s> Index<$id> for Model<'s> {
            type Output = $element<'s>;
            fn index(&self, id: $id) -> &Self::Output {
                &self.$field[id.index()]
            }
        })+
    };
}

indexed! {
    LayerId => layers: Layer,
    CategoryId => categories: Category,
    OwnerId => owners: Owner,
    ComponentId => components: Component,
    TopicId => topics: Topic,
    FlowId => flows: Flow,
    ScenarioId => scenarios: Scenario,
}

impl<'s> Model<'s> {
    /// Every component with its id, in the order written.
    pub fn components(&self) -> impl Iterator<Item = (ComponentId, &Component<'s>)> {
        self.components
            .iter()
            .enumerate()
            .map(|(index, element)| (ComponentId::new(index), element))
    }

    /// Every layer with its id, in drawing order.
    pub fn layers(&self) -> impl Iterator<Item = (LayerId, &Layer<'s>)> {
        self.layers
            .iter()
            .enumerate()
            .map(|(index, element)| (LayerId::new(index), element))
    }

    /// Every topic with its id, in the order written.
    pub fn topics(&self) -> impl Iterator<Item = (TopicId, &Topic<'s>)> {
        self.topics
            .iter()
            .enumerate()
            .map(|(index, element)| (TopicId::new(index), element))
    }

    /// Every flow with its id: declared ones first.
    pub fn flows(&self) -> impl Iterator<Item = (FlowId, &Flow<'s>)> {
        self.flows
            .iter()
            .enumerate()
            .map(|(index, element)| (FlowId::new(index), element))
    }

    /// The ancestors of a component, nearest first.
    pub fn ancestors(&self, id: ComponentId) -> impl Iterator<Item = ComponentId> {
        std::iter::successors(self[id].parent, |parent| self[*parent].parent)
    }
}
