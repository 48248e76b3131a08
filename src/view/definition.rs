//! Which views a model has: those it states, or useful defaults, and its scenarios.
//!
//! In: a model. Out: [`ViewDefinition`]s with ids that are unique and safe as file names.
//! Refuses to know: what a view shows in the end.

use std::borrow::Cow;

use super::file_name::FileNames;
use super::option;
use super::{Collapse, Direction, TopicProjection};
use crate::diagnostic::Diagnostics;
use crate::model::{LayerId, Model, ScenarioId, in_words};
use crate::spec::{self, Text};

/// A view before it is built.
#[derive(Clone, Debug)]
pub struct ViewDefinition<'m> {
    /// File name without extension; no two views share it, whatever the case of letters.
    pub id: String,
    /// Its id where the specification states it.
    pub written: Option<Text<'m>>,
    /// Heading.
    pub title: Cow<'m, str>,
    /// For people who can't see the picture, as written.
    pub description: Option<Cow<'m, str>>,
    /// What it shows.
    pub content: Content<'m>,
}

/// What a view shows.
#[derive(Clone, Debug)]
pub enum Content<'m> {
    /// Components and flows.
    Graph(GraphDefinition<'m>),
    /// The messages of a scenario.
    Scenario(ScenarioId),
}

/// How components and flows are shown.
#[derive(Clone, Debug)]
pub struct GraphDefinition<'m> {
    /// Which components.
    pub selection: Selection<'m>,
    /// How topics are drawn.
    pub topics: TopicProjection,
    /// How far components are folded together.
    pub collapse: Collapse,
    /// Reading direction.
    pub direction: Direction,
}

/// Which components a view shows.
#[derive(Clone, Debug)]
pub enum Selection<'m> {
    /// All.
    Everything,
    /// What the selectors say.
    Written {
        /// What is shown; everything if empty.
        include: &'m [Text<'m>],
        /// What is left out.
        exclude: &'m [Text<'m>],
    },
    /// A layer and what its components share flows with.
    Neighborhood(LayerId),
    /// Brokers with producers and consumers.
    EventBackbone,
}

impl ViewDefinition<'_> {
    /// Whether the view shows a scenario.
    pub fn is_scenario(&self) -> bool {
        matches!(self.content, Content::Scenario(_))
    }

    /// How it draws topics; `None` if it shows no components.
    pub fn projection(&self) -> Option<TopicProjection> {
        match &self.content {
            Content::Graph(graph) => Some(graph.topics),
            Content::Scenario(_) => None,
        }
    }

    /// The same view with topics drawn in another way; `None` if it shows no components.
    pub fn projected(&self, topics: TopicProjection) -> Option<Self> {
        let Content::Graph(graph) = &self.content else {
            return None;
        };
        let content = Content::Graph(GraphDefinition {
            topics,
            ..graph.clone()
        });
        Some(Self {
            content,
            ..self.clone()
        })
    }

    /// Whether the view has this id, as a file name or as written.
    pub fn is_named(&self, name: &str) -> bool {
        self.id == name || self.written.is_some_and(|id| id.value == name)
    }
}

/// The views of a model in order: those it states or the defaults, then its scenarios.
pub fn views<'m>(model: &'m Model<'m>, out: &mut Diagnostics) -> Vec<ViewDefinition<'m>> {
    let mut views: Vec<_> = if model.views.is_empty() {
        defaults(model)
    } else {
        let stated = model.views.iter();
        stated.map(|(id, view)| written(*id, view, out)).collect()
    };
    views.extend((0..model.scenarios.len()).map(|index| scenario(model, ScenarioId::new(index))));
    let mut names = FileNames::default();
    for view in &mut views {
        view.id = names.claim(&view.id);
    }
    views
}

fn written<'m>(
    id: Text<'m>,
    view: &'m spec::View<'m>,
    out: &mut Diagnostics,
) -> ViewDefinition<'m> {
    let title = view.title.filter(|title| !title.value.is_empty());
    let selection = Selection::Written {
        include: &view.include,
        exclude: &view.exclude,
    };
    ViewDefinition {
        id: id.value.to_owned(),
        written: Some(id),
        title: title.map_or_else(|| in_words(id.value), |title| title.value.into()),
        description: view.description.map(|text| text.value.into()),
        content: Content::Graph(GraphDefinition {
            selection,
            topics: option::topics(view.topics, out),
            collapse: option::collapse(view.collapse, out),
            direction: option::direction(view.direction, out),
        }),
    }
}

fn defaults<'m>(model: &'m Model<'m>) -> Vec<ViewDefinition<'m>> {
    let title = if model.name.is_empty() {
        "Full architecture"
    } else {
        model.name
    };
    let hub = TopicProjection::Hub;
    let mut views = vec![default("full", title.into(), Selection::Everything, hub)];
    if model.layers.len() > 1 {
        let layers = model.layers();
        let inhabited = layers.filter(|(_, layer)| !layer.components.is_empty());
        views.extend(inhabited.map(|(id, layer)| {
            let title = format!("{} and neighbors", layer.name);
            let name = format!("layer-{}", layer.id.value);
            default(&name, title.into(), Selection::Neighborhood(id), hub)
        }));
    }
    if model.topics.iter().any(|topic| topic.broker.is_some()) {
        let (title, nodes) = ("Event backbone".into(), TopicProjection::Nodes);
        views.push(default(
            "event-backbone",
            title,
            Selection::EventBackbone,
            nodes,
        ));
    }
    views
}

fn default<'m>(
    id: &str,
    title: Cow<'m, str>,
    selection: Selection<'m>,
    topics: TopicProjection,
) -> ViewDefinition<'m> {
    ViewDefinition {
        id: id.to_owned(),
        written: None,
        title,
        description: None,
        content: Content::Graph(GraphDefinition {
            selection,
            topics,
            collapse: Collapse::default(),
            direction: Direction::default(),
        }),
    }
}

fn scenario<'m>(model: &'m Model<'m>, id: ScenarioId) -> ViewDefinition<'m> {
    let scenario = &model[id];
    let description = scenario.written.description;
    ViewDefinition {
        id: format!("scenario-{}", scenario.id.value),
        written: None,
        title: Cow::Borrowed(&scenario.name),
        description: description.map(|text| text.value.into()),
        content: Content::Scenario(id),
    }
}
