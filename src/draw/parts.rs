//! Everything that a view shows, measured: the input of the layout and what is painted
//! when it is done.
//!
//! In: a view and its model. Out: [`Parts`]. Refuses to know: positions.

use std::collections::{BTreeMap, BTreeSet};

use super::badges::Meaning;
use super::band::{BandTitle, FrameTitle};
use super::card::Card;
use super::face::{Shown, accent, shown, stated_icon};
use super::label::Label;
use super::mark::Paint;
use super::picture::{self, Frame};
use crate::layout::{self, Graph, Size};
use crate::model::{LayerId, Model, TopicId};
use crate::view::caption::{component_tooltip, count, join, on_one_line};
use crate::view::{Direction, GroupSubject, NodeSubject, ViewGraph};

/// Topics named in a broker at most.
const MAX_CHIPS: usize = 12;
/// Between a frame and what is in it.
const FRAME_BORDER: f64 = 12.0;

/// Everything that is shown, measured; lists have the order of the graph's lists.
pub(super) struct Parts {
    pub(super) graph: Graph,
    pub(super) bands: Vec<BandPart>,
    pub(super) frames: Vec<FramePart>,
    pub(super) nodes: Vec<NodePart>,
    /// For each edge.
    pub(super) labels: Vec<Option<Label>>,
}

/// A band.
pub(super) enum BandPart {
    /// A layer.
    Layer(Box<(BandTitle, Frame)>),
    /// Room without a name.
    Plain,
}

/// A component around others.
pub(super) struct FramePart {
    pub(super) title: FrameTitle,
    pub(super) frame: Frame,
    pub(super) band: usize,
    /// The frame around it, as an index into the frames.
    pub(super) parent: Option<usize>,
    pub(super) accent: usize,
}

/// A node.
pub(super) struct NodePart {
    pub(super) card: Card,
    pub(super) node: picture::Node,
    pub(super) meanings: Vec<Meaning>,
    /// Ids and names of the topics inside.
    pub(super) topics: Vec<(String, String)>,
    pub(super) band: usize,
    /// The frame around it, as an index into the frames.
    pub(super) group: Option<usize>,
}

impl Parts {
    pub(super) fn measure(model: &Model<'_>, view: &ViewGraph<'_>) -> Self {
        let mut places = Places::of(view);
        let nodes = nodes(model, view, &mut places);
        let bands = bands(model, view, &places);
        let frames = frames(model, view, &places);
        let labels: Vec<Option<Label>> = view
            .edges
            .iter()
            .map(|edge| Label::measure(&on_one_line(edge.label.as_deref().unwrap_or(""))))
            .collect();
        let mut parts = Self {
            graph: Graph::default(),
            bands,
            frames,
            nodes,
            labels,
        };
        parts.graph = parts.graph(view);
        parts
    }

    fn graph(&self, view: &ViewGraph<'_>) -> Graph {
        let room = self.frame_room(view.direction);
        let band = |part: &BandPart| {
            let title = match part {
                BandPart::Layer(band) => band.0.size(),
                BandPart::Plain => Size::default(),
            };
            layout::Band {
                title: Size::new(title.width + room.width, title.height + room.height),
            }
        };
        let group = |part: &FramePart| layout::Group {
            band: part.band,
            parent: part.parent,
            title: part.title.size(),
        };
        let node = |part: &NodePart| layout::Node {
            size: part.card.size,
            band: part.band,
            group: part.group,
        };
        Graph {
            direction: match view.direction {
                Direction::Down => layout::Direction::Down,
                Direction::Right => layout::Direction::Right,
            },
            bands: self.bands.iter().map(band).collect(),
            groups: self.frames.iter().map(group).collect(),
            nodes: self.nodes.iter().map(node).collect(),
            edges: self.edges(view),
        }
    }

    /// Frames reach beyond the first node of their band, toward its title.
    fn frame_room(&self, direction: Direction) -> Size {
        let mut rooms: Vec<f64> = Vec::with_capacity(self.frames.len());
        for frame in &self.frames {
            let around = frame.parent.and_then(|parent| rooms.get(parent).copied());
            let own = match direction {
                Direction::Down => FRAME_BORDER,
                Direction::Right => FRAME_BORDER + frame.title.size().height,
            };
            rooms.push(around.unwrap_or(0.0) + own);
        }
        let most = rooms.into_iter().fold(0.0, f64::max);
        match direction {
            Direction::Down => Size::new(most, 0.0),
            Direction::Right => Size::new(0.0, most),
        }
    }

    fn edges(&self, view: &ViewGraph<'_>) -> Vec<layout::Edge> {
        let mut keys: BTreeMap<(&str, bool, bool), u32> = BTreeMap::new();
        let edges = view.edges.iter().zip(&self.labels).map(|(edge, label)| {
            let next = u32::try_from(keys.len()).unwrap_or(u32::MAX);
            let text = edge.label.as_deref().unwrap_or("");
            let key = *keys
                .entry((text, edge.is_async, edge.is_bidirectional))
                .or_insert(next);
            layout::Edge {
                from: edge.from,
                to: edge.to,
                label: label.as_ref().map(|label| label.size),
                bundle: label.is_some().then_some(key),
            }
        });
        edges.collect()
    }
}

/// Where groups of a view go: layers become bands, the others frames.
struct Places {
    /// Subject and name of each band, in order.
    bands: Vec<Option<LayerId>>,
    /// For each group its band, and its place among the frames.
    groups: Vec<(usize, Option<usize>)>,
    /// Groups that are frames.
    frames: Vec<usize>,
    /// The band of what is in no layer.
    outside: Option<usize>,
}

impl Places {
    fn of(view: &ViewGraph<'_>) -> Self {
        let is_layer = |group: Option<usize>| {
            let mut next = group;
            while let Some(index) = next {
                let Some(group) = view.groups.get(index) else {
                    return false;
                };
                if matches!(group.subject, GroupSubject::Layer(_)) {
                    return true;
                }
                next = group.parent;
            }
            false
        };
        let is_outside = |node: &crate::view::Node| {
            !is_layer(node.group) && !matches!(node.subject, NodeSubject::Layer(_))
        };
        let needs_outside = view.nodes.iter().any(is_outside);
        let mut places = Self {
            bands: if needs_outside {
                vec![None]
            } else {
                Vec::new()
            },
            groups: Vec::with_capacity(view.groups.len()),
            frames: Vec::new(),
            outside: needs_outside.then_some(0),
        };
        for (index, group) in view.groups.iter().enumerate() {
            let place = match group.subject {
                GroupSubject::Layer(layer) => {
                    places.bands.push(Some(layer));
                    (places.bands.len() - 1, None)
                }
                GroupSubject::Parent(_) => {
                    places.frames.push(index);
                    let around = group.parent.and_then(|parent| places.groups.get(parent));
                    let band = around.map_or(places.outside.unwrap_or(0), |(band, _)| *band);
                    (band, Some(places.frames.len() - 1))
                }
            };
            places.groups.push(place);
        }
        places
    }

    /// The band and the frame of something in a group.
    fn place(&self, group: Option<usize>) -> (usize, Option<usize>) {
        let place = group.and_then(|group| self.groups.get(group));
        place.copied().unwrap_or((self.outside.unwrap_or(0), None))
    }
}

fn nodes(model: &Model<'_>, view: &ViewGraph<'_>, places: &mut Places) -> Vec<NodePart> {
    let topics = topics_of_brokers(model, view);
    let mut parts = Vec::with_capacity(view.nodes.len());
    for (index, node) in view.nodes.iter().enumerate() {
        let Shown {
            mut face,
            node: facts,
            meanings,
        } = shown(model, index, node);
        let mut chips = Vec::new();
        if let Some(topics) = topics.get(&index) {
            chips = chip_texts(model, topics);
            face.chips = chips.iter().map(|(_, name)| name.clone()).collect();
        }
        let (band, group) = match node.subject {
            // Layers that are nodes stand below each other.
            NodeSubject::Layer(_) => {
                places.bands.push(None);
                (places.bands.len() - 1, None)
            }
            _ => places.place(node.group),
        };
        parts.push(NodePart {
            card: Card::measure(face),
            node: facts,
            meanings,
            topics: chips,
            band,
            group,
        });
    }
    parts
}

/// For each broker that is shown, the topics that reach or leave it.
fn topics_of_brokers(
    model: &Model<'_>,
    view: &ViewGraph<'_>,
) -> BTreeMap<usize, BTreeSet<TopicId>> {
    let mut topics: BTreeMap<usize, BTreeSet<TopicId>> = BTreeMap::new();
    for edge in &view.edges {
        for topic in &edge.topics {
            for end in [edge.from, edge.to] {
                let subject = view.nodes.get(end).map(|node| node.subject);
                if let (Some(NodeSubject::Component(id)), Some(broker)) =
                    (subject, model[*topic].broker)
                    && id == broker
                {
                    topics.entry(end).or_default().insert(*topic);
                }
            }
        }
    }
    topics
}

/// Ids and names; what is too much is counted.
fn chip_texts(model: &Model<'_>, topics: &BTreeSet<TopicId>) -> Vec<(String, String)> {
    let named = |id: &TopicId| {
        let topic = &model[*id];
        (topic.id.value.to_owned(), on_one_line(&topic.name))
    };
    let shown = if topics.len() > MAX_CHIPS {
        MAX_CHIPS - 1
    } else {
        topics.len()
    };
    let mut chips: Vec<_> = topics.iter().take(shown).map(named).collect();
    if topics.len() > shown {
        let rest = topics.len() - shown;
        chips.push((String::new(), format!("+{}", count(rest, "topic"))));
    }
    chips
}

fn bands(model: &Model<'_>, view: &ViewGraph<'_>, places: &Places) -> Vec<BandPart> {
    let mut members = vec![(0, 0); places.bands.len()];
    for node in &view.nodes {
        let (band, _) = places.place(node.group);
        if let Some((components, topics)) = members.get_mut(band) {
            match node.subject {
                NodeSubject::Topic(_) => *topics += 1,
                _ => *components += node.count,
            }
        }
    }
    let part = |(layer, members): (&Option<LayerId>, (usize, usize))| {
        layer.map_or(BandPart::Plain, |layer| band(model, layer, members))
    };
    places.bands.iter().zip(members).map(part).collect()
}

fn band(model: &Model<'_>, id: LayerId, (components, topics): (usize, usize)) -> BandPart {
    let layer = &model[id];
    let name = on_one_line(&layer.name);
    let of = |number: usize, noun: &str| {
        if number == 0 {
            String::new()
        } else {
            count(number, noun)
        }
    };
    let count = join(
        ", ",
        [of(components, "component").as_str(), &of(topics, "topic")],
    );
    let accent = accent(model, Some(id));
    let icon = stated_icon(layer.written.icon);
    let title = BandTitle::measure(&name, count.clone(), icon, layer.order.to_string(), accent);
    let frame = Frame {
        id: layer.id.value.to_owned(),
        title: name,
        count,
        fill: Paint::Band(accent),
        tooltip: layer
            .written
            .description
            .map_or("", |text| text.value)
            .to_owned(),
        parent: None,
    };
    BandPart::Layer(Box::new((title, frame)))
}

fn frames(model: &Model<'_>, view: &ViewGraph<'_>, places: &Places) -> Vec<FramePart> {
    let part = |index: &usize| {
        let group = view.groups.get(*index)?;
        let GroupSubject::Parent(id) = group.subject else {
            return None;
        };
        let component = &model[id];
        let accent = accent(model, component.layer);
        let title = on_one_line(&component.name);
        let (band, _) = places.groups.get(*index).copied()?;
        let parent = group.parent.and_then(|parent| places.groups.get(parent)?.1);
        Some(FramePart {
            title: FrameTitle::measure(&title, stated_icon(component.written.icon), accent),
            frame: Frame {
                id: component.id.value.to_owned(),
                title,
                count: String::new(),
                fill: Paint::Frame(accent),
                tooltip: component_tooltip(component),
                parent: None,
            },
            band,
            parent,
            accent,
        })
    };
    places.frames.iter().filter_map(part).collect()
}
