//! The walk over a diagram, written once: a view becomes the rows that templates print.
//!
//! In: a view and its model. Out: a flat list of items (open a group, a node, close a
//! group) with depth, and the edges. Ids are made here; texts are encoded later, by the
//! place where the template puts them. Refuses to know: any format.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::{Value, context};

use super::color::{background, ink, neutral};
use super::escape::ids::{IdMaker, RESERVED};
use super::escape::link;
use super::packed::{self, Background, Colors, Edge, Item, Rows, What, item};
use super::pool::Piece;
use super::row::{list, row, syntax};
use super::shape::shape;
use crate::model::{Component, ComponentId, LayerId, Mark, Model};
use crate::view::caption::{
    category_badge, component_detail, component_tooltip, count, on_one_line, topic_detail,
};
use crate::view::{Direction, GroupSubject, Node, NodeSubject, ViewGraph};

row! {
    /// What became of elements, in a picture of changes.
    ChangeRow {
        /// `added`, `removed`, `changed` or `moved`.
        change,
        /// The sign before names; some formats take it for syntax.
        sign,
        /// The word for legends.
        word,
        /// The color of lines.
        color,
        /// Ids of the nodes and groups.
        ids,
        /// Places of the edges.
        edges,
    }
}

row! {
    /// The style of a layer.
    StyleRow {
        /// The class name.
        class,
        /// Ids of the groups with this style.
        groups,
        /// Background color.
        fill,
        /// Stroke and title color.
        ink,
    }
}

/// Fill of nodes.
const CARD: &str = "#FFFFFF";

struct Walk<'w, 'm, 's> {
    model: &'w Model<'s>,
    view: &'w ViewGraph<'m>,
    ids: IdMaker,
    rows: Rows,
    /// The groups, the nodes of others, and the nodes with a link among the items, so that
    /// templates need not walk all items to find them.
    groups: Vec<usize>,
    external: Vec<usize>,
    linked: Vec<usize>,
    groups_of_class: BTreeMap<String, Vec<String>>,
    /// Numbers of the layers' colors that something is drawn in.
    drawn: BTreeSet<usize>,
    /// One node of each layer group, to keep layers in order.
    anchors: Vec<Value>,
    /// By group: whether its nodes stand on one rank.
    level: Vec<bool>,
}

/// The context of a diagram template.
pub(super) fn context(model: &Model<'_>, view: &ViewGraph<'_>) -> Value {
    // Classes live in a namespace of their own: a class may be called as a group is.
    let mut classes = IdMaker::new(RESERVED);
    let mut rows = Rows::new(CARD);
    rows.colors = colors(model, &mut classes);
    // The last colors are those of what is in no layer.
    let none = (neutral().hex(), ink(neutral()).hex());
    let none = Colors::new(&none.0, &none.1, classes.id("no layer"));
    rows.colors.push(none);
    rows.reserve(view.nodes.len() + 2 * view.groups.len(), view.edges.len());
    let mut walk = Walk {
        model,
        view,
        ids: IdMaker::new(RESERVED),
        rows,
        groups: Vec::with_capacity(view.groups.len()),
        external: Vec::new(),
        linked: Vec::new(),
        groups_of_class: BTreeMap::new(),
        drawn: BTreeSet::new(),
        anchors: Vec::new(),
        level: vec![false; view.groups.len()],
    };
    walk.claim_node_ids();
    walk.walk();
    walk.edges();
    walk.finish()
}

fn colors(model: &Model<'_>, classes: &mut IdMaker) -> Vec<Colors> {
    let color = |(index, layer): (usize, &crate::model::Layer<'_>)| {
        let fill = background(layer.written.color.map(|color| color.value), index);
        let class = classes.id(&format!("in_{}", layer.id.value));
        Colors::new(&fill.hex(), &ink(fill).hex(), class)
    };
    model.layers.iter().enumerate().map(color).collect()
}

impl Walk<'_, '_, '_> {
    /// Nodes get their ids before groups do, so that a component's id is its own.
    fn claim_node_ids(&mut self) {
        for node in &self.view.nodes {
            let own: Cow<'_, str> = match node.subject {
                NodeSubject::Component(id) => self.model[id].id.value.into(),
                NodeSubject::Topic(id) => self.model[id].id.value.into(),
                NodeSubject::Layer(id) => format!("layer {}", self.model[id].id.value).into(),
            };
            let id = syntax(self.ids.id(&own));
            self.rows.ids.push(id);
            self.rows.groups.push(node.group);
        }
    }

    fn walk(&mut self) {
        let mut inside: Vec<Vec<usize>> = vec![Vec::new(); self.view.groups.len()];
        let mut nested: Vec<Vec<usize>> = vec![Vec::new(); self.view.groups.len()];
        let mut outer = Vec::new();
        for (index, node) in self.view.nodes.iter().enumerate() {
            match node.group {
                Some(group) => inside[group].push(index),
                None => outer.push(index),
            }
        }
        let mut roots = Vec::new();
        for (index, group) in self.view.groups.iter().enumerate() {
            match group.parent {
                Some(parent) => nested[parent].push(index),
                None => roots.push(index),
            }
        }
        self.rows.paths = vec![String::new(); self.view.groups.len()];
        for node in outer {
            self.node(node, 1);
        }
        for root in roots {
            self.group(root, 1, &inside, &nested);
        }
    }

    fn group(&mut self, index: usize, depth: usize, inside: &[Vec<usize>], nested: &[Vec<usize>]) {
        let item = self.group_item(index, depth);
        let id = self.rows.ids[item.id].clone();
        let around = item
            .group
            .map(|group| format!("{}.", self.rows.paths[group]));
        self.rows.paths[index] = around.unwrap_or_default() + id.as_str().unwrap_or_default();
        let members = &inside[index];
        if matches!(self.view.groups[index].subject, GroupSubject::Layer(_)) {
            let class = self.rows.colors[item.colors].class.to_string();
            let groups = self.groups_of_class.entry(class).or_default();
            groups.push(id.to_string());
            let anchor = members.get(members.len() / 2);
            self.anchors
                .extend(anchor.map(|node| self.rows.ids[*node].clone()));
        }
        let is_level = nested[index].is_empty() && (2..=MAX_RANK).contains(&members.len());
        self.level[index] = is_level;
        let members = is_level.then(|| {
            let ids = members.iter().map(|node| self.rows.ids[*node].clone());
            let list = list(ids);
            self.rows.members.push(list);
            self.rows.members.len() - 1
        });
        let item = Item { members, ..item };
        self.groups.push(self.rows.items.len());
        self.rows.add(item);
        for node in &inside[index] {
            self.node(*node, depth + 1);
        }
        for child in &nested[index] {
            self.group(*child, depth + 1, inside, nested);
        }
        self.rows.add(Item {
            what: What::Close,
            ..item
        });
    }

    fn group_item(&mut self, index: usize, depth: usize) -> Item {
        let group = &self.view.groups[index];
        let subject = group.subject;
        let own = match subject {
            GroupSubject::Layer(id) => format!("layer {}", self.model[id].id.value),
            GroupSubject::Parent(id) => format!("group {} {index}", self.model[id].id.value),
        };
        let id = syntax(self.ids.id(&own));
        self.rows.ids.push(id);
        let is_layer = matches!(subject, GroupSubject::Layer(_));
        let (icon, name, tooltip) = self.group_texts(subject);
        let pool = &mut self.rows.pool;
        let (icon, plain_name) = (pool.add(&icon), pool.add(&name));
        Item {
            what: What::Open,
            depth,
            id: self.rows.ids.len() - 1,
            group: group.parent,
            name: pool.join(" ", icon, plain_name),
            words: pool.join(" ", plain_name, icon),
            plain_name,
            icon,
            tooltip: pool.add(&tooltip),
            shape: if is_layer { "layer" } else { "parent" },
            background: if is_layer {
                Background::Layer
            } else {
                Background::Card
            },
            colors: match subject {
                GroupSubject::Layer(id) => id.index(),
                GroupSubject::Parent(id) => self.layer_colors(self.model[id].layer),
            },
            mark: group.mark,
            ..self.empty()
        }
    }

    fn group_texts(&self, subject: GroupSubject) -> (String, String, String) {
        match subject {
            GroupSubject::Layer(id) => {
                let layer = &self.model[id];
                let description = layer.written.description.map_or("", |text| text.value);
                (
                    icon(layer.written.icon),
                    layer.name.to_string(),
                    description.to_owned(),
                )
            }
            GroupSubject::Parent(id) => {
                let component = &self.model[id];
                (
                    icon(component.written.icon),
                    component.name.to_string(),
                    component_tooltip(component),
                )
            }
        }
    }

    /// The number of a layer's colors.
    fn layer_colors(&self, layer: Option<LayerId>) -> usize {
        layer.map_or(self.model.layers.len(), LayerId::index)
    }

    /// A node without texts in no layer.
    fn empty(&self) -> Item {
        let nothing = Piece::default();
        Item {
            what: What::Node,
            depth: 0,
            id: 0,
            group: None,
            icon: nothing,
            badge: nothing,
            plain_detail: nothing,
            name: nothing,
            detail: nothing,
            plain_name: nothing,
            words: nothing,
            words_detail: nothing,
            tooltip: nothing,
            link: nothing,
            shape: "",
            colors: self.layer_colors(None),
            background: Background::Card,
            members: None,
            mark: None,
        }
    }

    fn node(&mut self, index: usize, depth: usize) {
        let node = &self.view.nodes[index];
        let item = match node.subject {
            NodeSubject::Component(component) => self.component_item(component, node),
            NodeSubject::Topic(topic) => self.topic_item(topic),
            NodeSubject::Layer(layer) => self.layer_item(layer, node),
        };
        self.drawn.insert(item.colors);
        let place = self.rows.items.len();
        if item.shape == "external" {
            self.external.push(place);
        }
        if !item.link.is_empty() {
            self.linked.push(place);
        }
        self.rows.add(Item {
            id: index,
            group: node.group,
            depth,
            mark: node.mark,
            ..item
        });
    }

    fn component_item(&mut self, id: ComponentId, node: &Node) -> Item {
        let model = self.model;
        let component = &model[id];
        let (badge, plain_detail) = if node.count > 1 {
            (String::new(), count(node.count, "component"))
        } else {
            (
                category_badge(model, component),
                component_detail(component),
            )
        };
        let pool = &mut self.rows.pool;
        let icon = pool.add(&icon(component.written.icon));
        let plain_name = pool.add(&component.name);
        let (badge, plain_detail) = (pool.add(&badge), pool.add(&plain_detail));
        Item {
            name: pool.join(" ", icon, plain_name),
            plain_name,
            detail: pool.join(" ", badge, plain_detail),
            words: pool.join(" ", plain_name, icon),
            words_detail: pool.join(" ", plain_detail, badge),
            icon,
            badge,
            plain_detail,
            tooltip: pool.add(&component_tooltip(component)),
            link: pool.add(first_link(component)),
            shape: shape(component.kind),
            colors: self.layer_colors(component.layer),
            ..self.empty()
        }
    }

    fn topic_item(&mut self, id: crate::model::TopicId) -> Item {
        let topic = &self.model[id];
        let layer = topic.broker.and_then(|broker| self.model[broker].layer);
        let name = self.rows.pool.add(&topic.name);
        let detail = self.rows.pool.add(&topic_detail(topic));
        let tooltip = topic.written.description.map_or("", |text| text.value);
        Item {
            name,
            plain_name: name,
            words: name,
            plain_detail: detail,
            words_detail: detail,
            detail,
            tooltip: self.rows.pool.add(tooltip),
            shape: "topic",
            colors: self.layer_colors(layer),
            ..self.empty()
        }
    }

    fn layer_item(&mut self, id: LayerId, node: &Node) -> Item {
        let layer = &self.model[id];
        let detail = self.rows.pool.add(&count(node.count, "component"));
        let icon = self.rows.pool.add(&icon(layer.written.icon));
        let plain_name = self.rows.pool.add(&layer.name);
        let tooltip = layer.written.description.map_or("", |text| text.value);
        Item {
            name: self.rows.pool.join(" ", icon, plain_name),
            words: self.rows.pool.join(" ", plain_name, icon),
            plain_name,
            icon,
            plain_detail: detail,
            words_detail: detail,
            detail,
            tooltip: self.rows.pool.add(tooltip),
            shape: "collapsed",
            colors: id.index(),
            background: Background::Layer,
            ..self.empty()
        }
    }

    fn edges(&mut self) {
        for edge in &self.view.edges {
            let topics = edge.topics.iter().take(MAX_TOOLTIP_TOPICS);
            let topics: Vec<&str> = topics.map(|topic| self.model[*topic].id.value).collect();
            let group = |node: usize| self.view.nodes[node].group;
            let shared = group(edge.from).filter(|own| group(edge.to) == Some(*own));
            let row = Edge {
                from: edge.from,
                to: edge.to,
                label: self.rows.pool.add(edge.label.as_deref().unwrap_or("")),
                tooltip: self.rows.pool.add(&topics.join(", ")),
                is_async: edge.is_async,
                is_bidirectional: edge.is_bidirectional,
                is_level: shared.is_some_and(|group| self.level[group]),
                mark: edge.mark,
            };
            self.rows.edges.push(row);
        }
    }

    fn finish(self) -> Value {
        let (styles, changes) = (self.styles(), self.changes());
        let rows = Arc::new(self.rows);
        let numbers = |is_async: bool| {
            let edges = rows.edges.iter().enumerate();
            list(
                edges
                    .filter(|(_, edge)| edge.is_async == is_async)
                    .map(|(index, _)| index),
            )
        };
        let items = |places: Vec<usize>| list(places.into_iter().map(|place| item(&rows, place)));
        let is_node = |item: &&Item| matches!(item.what, What::Node);
        let first_node = rows
            .items
            .iter()
            .find(is_node)
            .map(|item| rows.ids[item.id].clone());
        let chain = self
            .anchors
            .windows(2)
            .map(|pair| list(pair.iter().cloned()));
        context! {
            id => syntax(self.view.id.as_str()),
            title => on_one_line(&self.view.title),
            description => on_one_line(self.view.description.as_deref().unwrap_or("")),
            direction => syntax(if self.view.direction == Direction::Right { "right" } else { "down" }),
            has_sync => rows.edges.iter().any(|edge| !edge.is_async),
            has_async => rows.edges.iter().any(|edge| edge.is_async),
            sync_edges => numbers(false),
            async_edges => numbers(true),
            styles => styles,
            changes => changes,
            layer_chain => list(chain),
            items => packed::items(&rows),
            first_node => first_node.unwrap_or_else(|| syntax("")),
            groups => items(self.groups),
            external => items(self.external),
            linked => items(self.linked),
            edges => packed::edges(&rows),
        }
    }

    /// What became of nodes, groups and edges, by mark.
    fn changes(&self) -> Value {
        let ids = |mark: Mark| {
            let items = self.rows.items.iter();
            let marked = items.filter(move |item| item.mark == Some(mark));
            let opened = marked.filter(|item| !matches!(item.what, What::Close));
            let ids: Vec<Value> = opened.map(|item| self.rows.ids[item.id].clone()).collect();
            ids
        };
        let edges = |mark: Mark| {
            let edges = self.rows.edges.iter().enumerate();
            let marked = edges.filter(move |(_, edge)| edge.mark == Some(mark));
            let places: Vec<usize> = marked.map(|(place, _)| place).collect();
            places
        };
        if self.model.marks.is_empty() {
            return list::<Value>([]);
        }
        let row = |mark: &Mark| {
            let (ids, edges) = (ids(*mark), edges(*mark));
            let is_drawn = !ids.is_empty() || !edges.is_empty();
            is_drawn.then(|| ChangeRow {
                change: packed::change(Some(*mark)),
                sign: Value::from(mark.sign()),
                word: syntax(mark.word()),
                color: syntax(packed::mark_color(*mark)),
                ids: list(ids),
                edges: list(edges),
            })
        };
        list(Mark::ALL.iter().filter_map(row))
    }

    /// The styles of the layers that are drawn, in drawing order.
    fn styles(&self) -> Value {
        let drawn = self.drawn.iter().map(|number| &self.rows.colors[*number]);
        list(drawn.map(|colors| {
            let groups = self
                .groups_of_class
                .get(colors.class.as_str().unwrap_or_default());
            StyleRow {
                class: colors.class.clone(),
                groups: list(groups.into_iter().flatten().map(syntax)),
                fill: colors.fill.clone(),
                ink: colors.ink.clone(),
            }
        }))
    }
}

/// Nodes on one rank at most; wider layers are left to the engine.
const MAX_RANK: usize = 8;
/// Topics named in an edge's tooltip at most.
const MAX_TOOLTIP_TOPICS: usize = 12;

/// An icon that a text can show: names of bundled icons are left to pictures.
fn icon(stated: Option<crate::spec::Text<'_>>) -> String {
    let text = stated.map_or("", |icon| icon.value);
    if text.is_ascii() {
        String::new()
    } else {
        text.to_owned()
    }
}

fn first_link<'s>(component: &Component<'s>) -> &'s str {
    let mut links = component.written.links.iter().map(|(_, link)| link.value);
    links.find(|link| link::is_allowed(link)).unwrap_or("")
}
