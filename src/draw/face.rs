//! From a node of a view to what its card shows.
//!
//! In: a node and its model. Out: a [`Face`], and the facts that writers pass on.
//! Refuses to know: how wide anything is.

use super::badges::{Meaning, badges};
use super::card::{Badge, Face, Outline};
use super::icon::{Icon, meant, named, of_kind, of_technology};
use super::picture;
use crate::model::{ComponentId, Kind, LayerId, Model, TopicId};
use crate::spec::Text;
use crate::view::caption::{component_detail, component_tooltip, count, on_one_line, topic_detail};
use crate::view::{Node, NodeSubject};

/// A node as it is shown.
pub(super) struct Shown {
    pub(super) face: Face,
    pub(super) node: picture::Node,
    /// What the signs on it mean.
    pub(super) meanings: Vec<Meaning>,
}

/// The node of this number.
pub(super) fn shown(model: &Model<'_>, number: usize, node: &Node) -> Shown {
    let mut shown = match node.subject {
        NodeSubject::Component(id) => component(model, id, node.count),
        NodeSubject::Topic(id) => topic(model, id),
        NodeSubject::Layer(id) => layer(model, id, node.count),
    };
    shown.node.number = number;
    shown.node.accent = shown.face.accent;
    shown.node.name.clone_from(&shown.face.name);
    shown.node.detail.clone_from(&shown.face.detail);
    shown
}

/// The accent of a layer, or of what is in none.
pub(super) fn accent(model: &Model<'_>, layer: Option<LayerId>) -> usize {
    layer.map_or(model.layers.len(), LayerId::index)
}

/// The icon that an author wrote.
pub(super) fn stated_icon(written: Option<Text<'_>>) -> Option<&'static Icon> {
    written.and_then(|icon| meant(icon.value))
}

fn component(model: &Model<'_>, id: ComponentId, number: usize) -> Shown {
    let component = &model[id];
    let written = &component.written;
    let technology = written.technology.map_or("", |text| text.value);
    let icon = stated_icon(written.icon)
        .or_else(|| of_technology(technology))
        .or_else(|| of_kind(component.kind));
    let is_foreign = component.kind == Kind::External;
    let is_single = number <= 1;
    let meanings = if is_single {
        badges(model, component)
    } else {
        Vec::new()
    };
    let face = Face {
        name: on_one_line(&component.name),
        detail: if is_single {
            component_detail(component)
        } else {
            count(number, "component")
        },
        icon,
        badges: signs(&meanings)
            .iter()
            .filter_map(|sign| Badge::meant(sign))
            .collect(),
        chips: Vec::new(),
        outline: if is_foreign {
            Outline::Foreign
        } else {
            Outline::Card
        },
        accent: accent(model, component.layer),
        is_deprecated: written.deprecated.is_some(),
    };
    let node = picture::Node {
        id: component.id.value.to_owned(),
        what: "component",
        kind: component.kind.name(),
        layer: layer_id(model, component.layer),
        icon: written.icon.map_or("", |icon| icon.value).to_owned(),
        badges: signs(&meanings),
        tooltip: component_tooltip(component),
        links: written
            .links
            .iter()
            .map(|(_, link)| link.value.to_owned())
            .collect(),
        is_foreign,
        is_deprecated: written.deprecated.is_some(),
        ..blank()
    };
    Shown {
        face,
        node,
        meanings,
    }
}

/// Each sign once.
fn signs(meanings: &[Meaning]) -> Vec<String> {
    let mut signs: Vec<String> = Vec::new();
    for meaning in meanings {
        if !signs.contains(&meaning.sign) {
            signs.push(meaning.sign.clone());
        }
    }
    signs
}

fn topic(model: &Model<'_>, id: TopicId) -> Shown {
    let topic = &model[id];
    let layer = topic.broker.and_then(|broker| model[broker].layer);
    let face = Face {
        name: on_one_line(&topic.name),
        detail: on_one_line(&topic_detail(topic)),
        icon: None,
        badges: Vec::new(),
        chips: Vec::new(),
        outline: Outline::Topic,
        accent: accent(model, layer),
        is_deprecated: topic.written.deprecated.is_some(),
    };
    let node = picture::Node {
        id: topic.id.value.to_owned(),
        what: "topic",
        layer: layer_id(model, layer),
        tooltip: topic
            .written
            .description
            .map_or("", |text| text.value)
            .to_owned(),
        is_deprecated: topic.written.deprecated.is_some(),
        ..blank()
    };
    Shown {
        face,
        node,
        meanings: Vec::new(),
    }
}

fn layer(model: &Model<'_>, id: LayerId, number: usize) -> Shown {
    let layer = &model[id];
    let face = Face {
        name: on_one_line(&layer.name),
        detail: count(number, "component"),
        icon: stated_icon(layer.written.icon).or_else(|| named("layers")),
        badges: Vec::new(),
        chips: Vec::new(),
        outline: Outline::Layer,
        accent: id.index(),
        is_deprecated: false,
    };
    let node = picture::Node {
        id: layer.id.value.to_owned(),
        what: "layer",
        layer: layer.id.value.to_owned(),
        icon: layer.written.icon.map_or("", |icon| icon.value).to_owned(),
        tooltip: layer
            .written
            .description
            .map_or("", |text| text.value)
            .to_owned(),
        ..blank()
    };
    Shown {
        face,
        node,
        meanings: Vec::new(),
    }
}

fn layer_id(model: &Model<'_>, layer: Option<LayerId>) -> String {
    layer.map_or_else(String::new, |layer| model[layer].id.value.to_owned())
}

fn blank() -> picture::Node {
    picture::Node {
        number: 0,
        id: String::new(),
        what: "",
        kind: "",
        layer: String::new(),
        name: String::new(),
        detail: String::new(),
        icon: String::new(),
        badges: Vec::new(),
        tooltip: String::new(),
        links: Vec::new(),
        accent: 0,
        parent: None,
        is_foreign: false,
        is_deprecated: false,
    }
}
