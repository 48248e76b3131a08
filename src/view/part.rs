//! A part of the architecture that a question brought up, as a view.
//!
//! In: components, topics and perhaps hops. Out: a [`View`] of those alone. Refuses to know:
//! the question.

use std::collections::BTreeSet;

use super::build::{View, drawn};
use super::collapse::cast;
use super::definition::{Content, GraphDefinition, Selection, ViewDefinition};
use super::project::{Projection, Scene, project};
use super::selection::Selected;
use super::{Collapse, Direction, NodeSubject, TopicProjection};
use crate::model::Model;

/// What to show, and nothing else.
#[derive(Clone, Debug)]
pub struct Part {
    /// File name without extension.
    pub id: String,
    /// Heading.
    pub title: String,
    /// Components and topics.
    pub subjects: BTreeSet<NodeSubject>,
    /// The only arrows, if not all of those between the subjects.
    pub hops: Option<BTreeSet<(NodeSubject, NodeSubject)>>,
    /// How topics are drawn.
    pub topics: TopicProjection,
}

impl Part {
    /// A part without anything in it yet.
    pub fn new(id: &str, title: String) -> Self {
        Self {
            id: id.to_owned(),
            title,
            subjects: BTreeSet::new(),
            hops: None,
            topics: TopicProjection::Nodes,
        }
    }

    /// Adds something to show.
    pub fn show(&mut self, subject: NodeSubject) {
        self.subjects.insert(subject);
    }

    /// The view of the part.
    pub fn view<'m>(&self, model: &'m Model<'m>) -> View<'m> {
        let has = |subject| self.subjects.contains(&subject);
        let shown = model
            .components()
            .map(|(id, _)| has(NodeSubject::Component(id)));
        let selected = Selected {
            shown: shown.collect(),
            excluded: vec![false; model.components.len()],
        };
        let cast = cast(model, &selected, Collapse::Nothing);
        let scene = Scene {
            model,
            selected: &selected,
            cast: &cast,
            collapse: Collapse::Nothing,
        };
        let mut projection = project(&scene, self.topics);
        if let Some(hops) = &self.hops {
            projection.arrows.retain(|arrow| {
                let (from, to) = arrow.ends;
                let is_back = arrow.is_bidirectional && hops.contains(&(to, from));
                is_back || hops.contains(&(from, to))
            });
        }
        if self.topics == TopicProjection::Nodes {
            self.drop_topics(&mut projection);
        }
        let definition = self.definition();
        View::Graph(drawn(&definition.0, &definition.1, &scene, projection))
    }

    /// Topics that are not of the part, with their arrows.
    fn drop_topics(&self, projection: &mut Projection<'_>) {
        let is_of = |subject: NodeSubject| {
            !matches!(subject, NodeSubject::Topic(_)) || self.subjects.contains(&subject)
        };
        projection
            .arrows
            .retain(|arrow| is_of(arrow.ends.0) && is_of(arrow.ends.1));
        projection
            .topics
            .retain(|topic| is_of(NodeSubject::Topic(*topic)));
    }

    fn definition<'m>(&self) -> (ViewDefinition<'m>, GraphDefinition<'m>) {
        let content = GraphDefinition {
            selection: Selection::Everything,
            topics: self.topics,
            collapse: Collapse::Nothing,
            direction: Direction::default(),
        };
        let definition = ViewDefinition {
            id: self.id.clone(),
            written: None,
            title: self.title.clone().into(),
            description: None,
            content: Content::Graph(content.clone()),
        };
        (definition, content)
    }
}
