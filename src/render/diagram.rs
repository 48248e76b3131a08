//! The walk over a diagram, written once: a view becomes the rows that templates print.
//!
//! In: a view and its model. Out: a flat list of items (open a group, a node, close a
//! group) with depth, and the edges. Ids are made here; texts are encoded later, by the
//! place where the template puts them. Refuses to know: any format.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Value, context};

use super::color::{background, ink, neutral};
use super::escape::ids::{IdMaker, RESERVED};
use super::escape::link;
use super::row::{list, row, syntax};
use super::shape::shape;
use crate::model::{Component, ComponentId, LayerId, Model};
use crate::view::caption::{
    category_badge, component_detail, component_tooltip, count, join, on_one_line, topic_detail,
};
use crate::view::{Direction, GroupSubject, Node, NodeSubject, ViewGraph};

row! {
    /// A step of the walk.
    ItemRow {
        /// `open`, `node` or `close`.
        what,
        /// Two blanks for each group around it.
        indent,
        /// The id in the output.
        id,
        /// The path of ids from the outermost group, for formats whose ids nest.
        path,
        /// The icon, for formats that set it apart; may be empty.
        icon,
        /// The badge, for formats that set it apart; may be empty.
        badge,
        /// The second line without the badge; may be empty.
        plain_detail,
        /// First line of the label: icon and name.
        name,
        /// Second line of the label; may be empty.
        detail,
        /// The name alone.
        plain_name,
        /// More, for those who hover.
        tooltip,
        /// A link; empty if there is none that is allowed.
        link,
        /// The outline of a node; `layer` or `parent` for groups.
        shape,
        /// Background color.
        fill,
        /// Stroke and title color.
        ink,
        /// The style class of the layer.
        class,
        /// Ids of the nodes directly inside a group.
        members,
    }
}

row! {
    /// An edge.
    EdgeRow {
        /// Id of the node it starts at.
        source,
        /// Id of the node it ends at.
        target,
        /// Path of the node it starts at.
        source_path,
        /// Path of the node it ends at.
        target_path,
        /// What is written on it; may be empty.
        label,
        /// Whether the sender goes on without an answer.
        is_async,
        /// Whether it has a head at both ends.
        is_bidirectional,
        /// Whether both ends are directly in the same group.
        is_inside,
        /// More, for those who hover.
        tooltip,
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

/// Colors of one layer, as the values that its rows share.
#[derive(Clone)]
struct Colors {
    fill: Value,
    ink: Value,
    class: Value,
}

/// Values that are the same in many rows.
struct Shared {
    open: Value,
    node: Value,
    close: Value,
    card: Value,
    nothing: Value,
    no_members: Value,
    shapes: BTreeMap<&'static str, Value>,
    /// Blanks by depth.
    indents: Vec<Value>,
}

impl Shared {
    fn new() -> Self {
        Self {
            open: syntax("open"),
            node: syntax("node"),
            close: syntax("close"),
            card: syntax(CARD),
            nothing: Value::from(""),
            no_members: list::<Value>([]),
            shapes: BTreeMap::new(),
            indents: Vec::new(),
        }
    }

    fn shape(&mut self, name: &'static str) -> Value {
        let shape = self.shapes.entry(name).or_insert_with(|| syntax(name));
        shape.clone()
    }

    fn indent(&mut self, depth: usize) -> Value {
        while self.indents.len() <= depth {
            self.indents.push(syntax("  ".repeat(self.indents.len())));
        }
        self.indents[depth].clone()
    }
}

struct Walk<'w, 'm, 's> {
    model: &'w Model<'s>,
    view: &'w ViewGraph<'m>,
    ids: IdMaker,
    items: Vec<Value>,
    /// The groups, the nodes of others, and the nodes with a link among the items, so that
    /// templates need not walk all items to find them.
    groups: Vec<Value>,
    external: Vec<Value>,
    linked: Vec<Value>,
    node_ids: Vec<String>,
    node_paths: Vec<String>,
    colors: Vec<Colors>,
    neutral: Colors,
    shared: Shared,
    groups_of_class: BTreeMap<String, Vec<String>>,
    /// Classes of the layers that something is drawn of.
    drawn: BTreeSet<String>,
    /// One node of each layer group, to keep layers in order.
    anchors: Vec<String>,
}

/// The context of a diagram template.
pub(super) fn context(model: &Model<'_>, view: &ViewGraph<'_>) -> Value {
    // Classes live in a namespace of their own: a class may be called as a group is.
    let mut classes = IdMaker::new(RESERVED);
    let colors = colors(model, &mut classes);
    let neutral = Colors {
        fill: syntax(neutral().hex()),
        ink: syntax(ink(neutral()).hex()),
        class: syntax(classes.id("no layer")),
    };
    let mut walk = Walk {
        model,
        view,
        ids: IdMaker::new(RESERVED),
        items: Vec::with_capacity(view.nodes.len() + 2 * view.groups.len()),
        groups: Vec::with_capacity(view.groups.len()),
        external: Vec::new(),
        linked: Vec::new(),
        node_ids: vec![String::new(); view.nodes.len()],
        node_paths: vec![String::new(); view.nodes.len()],
        colors,
        neutral,
        shared: Shared::new(),
        groups_of_class: BTreeMap::new(),
        drawn: BTreeSet::new(),
        anchors: Vec::new(),
    };
    walk.claim_node_ids();
    walk.walk();
    walk.finish()
}

fn colors(model: &Model<'_>, classes: &mut IdMaker) -> Vec<Colors> {
    let color = |(index, layer): (usize, &crate::model::Layer<'_>)| {
        let fill = background(layer.written.color.map(|color| color.value), index);
        let class = classes.id(&format!("in_{}", layer.id.value));
        Colors {
            fill: syntax(fill.hex()),
            ink: syntax(ink(fill).hex()),
            class: syntax(class),
        }
    };
    model.layers.iter().enumerate().map(color).collect()
}

impl Walk<'_, '_, '_> {
    /// Nodes get their ids before groups do, so that a component's id is its own.
    fn claim_node_ids(&mut self) {
        for (index, node) in self.view.nodes.iter().enumerate() {
            let own = match node.subject {
                NodeSubject::Component(id) => self.model[id].id.value.to_owned(),
                NodeSubject::Topic(id) => self.model[id].id.value.to_owned(),
                NodeSubject::Layer(id) => format!("layer {}", self.model[id].id.value),
            };
            self.ids.id(&own).clone_into(&mut self.node_ids[index]);
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
        for node in outer {
            self.node(node, 1, "");
        }
        for root in roots {
            self.group(root, 1, "", &inside, &nested);
        }
    }

    fn group(
        &mut self,
        index: usize,
        depth: usize,
        path: &str,
        inside: &[Vec<usize>],
        nested: &[Vec<usize>],
    ) {
        let subject = self.view.groups[index].subject;
        let colors = self.group_colors(subject);
        let own = match subject {
            GroupSubject::Layer(id) => format!("layer {}", self.model[id].id.value),
            GroupSubject::Parent(id) => format!("group {} {index}", self.model[id].id.value),
        };
        let id = self.ids.id(&own).to_owned();
        let path = format!("{path}{id}.");
        let is_layer = matches!(subject, GroupSubject::Layer(_));
        let (icon, name, tooltip) = self.group_texts(subject);
        let members: Vec<&String> = inside[index]
            .iter()
            .map(|node| &self.node_ids[*node])
            .collect();
        let rank_together = nested[index].is_empty() && (2..=MAX_RANK).contains(&members.len());
        if is_layer {
            self.groups_of_class
                .entry(colors.class.to_string())
                .or_default()
                .push(id.clone());
            self.anchors
                .extend(members.get(members.len() / 2).map(|id| (*id).clone()));
        }
        let row = ItemRow {
            id: syntax(id),
            indent: self.shared.indent(depth),
            path: syntax(path.trim_end_matches('.')),
            name: Value::from(join(" ", [icon.as_str(), name.as_str()])),
            plain_name: Value::from(name),
            icon: Value::from(icon),
            badge: Value::from(""),
            plain_detail: Value::from(""),
            detail: Value::from(""),
            tooltip: Value::from(tooltip),
            link: self.shared.nothing.clone(),
            shape: syntax(if is_layer { "layer" } else { "parent" }),
            fill: if is_layer {
                colors.fill
            } else {
                self.shared.card.clone()
            },
            ink: colors.ink,
            class: colors.class,
            members: if rank_together {
                list(members.into_iter().map(syntax))
            } else {
                list::<Value>([])
            },
            what: self.shared.open.clone(),
        };
        let opened = Value::from(row.clone());
        self.groups.push(opened.clone());
        self.items.push(opened);
        for node in &inside[index] {
            self.node(*node, depth + 1, &path);
        }
        for child in &nested[index] {
            self.group(*child, depth + 1, &path, inside, nested);
        }
        self.items.push(
            ItemRow {
                what: self.shared.close.clone(),
                ..row
            }
            .into(),
        );
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

    fn group_colors(&self, subject: GroupSubject) -> Colors {
        match subject {
            GroupSubject::Layer(id) => self.colors[id.index()].clone(),
            GroupSubject::Parent(id) => self.layer_colors(self.model[id].layer),
        }
    }

    fn layer_colors(&self, layer: Option<LayerId>) -> Colors {
        layer
            .map_or(&self.neutral, |layer| &self.colors[layer.index()])
            .clone()
    }

    fn node(&mut self, index: usize, depth: usize, path: &str) {
        let node = &self.view.nodes[index];
        let id = self.node_ids[index].clone();
        self.node_paths[index] = format!("{path}{id}");
        let mut row = match node.subject {
            NodeSubject::Component(component) => self.component_row(component, node),
            NodeSubject::Topic(topic) => self.topic_row(topic),
            NodeSubject::Layer(layer) => self.layer_row(layer, node),
        };
        if let Some(class) = row.class.as_str()
            && !self.drawn.contains(class)
        {
            self.drawn.insert(class.to_owned());
        }
        row.what = self.shared.node.clone();
        row.id = syntax(id);
        row.path = syntax(self.node_paths[index].as_str());
        row.indent = self.shared.indent(depth);
        row.members = self.shared.no_members.clone();
        let is_external = row.shape.as_str() == Some("external");
        let is_linked = row.link.is_true();
        let row = Value::from(row);
        if is_external {
            self.external.push(row.clone());
        }
        if is_linked {
            self.linked.push(row.clone());
        }
        self.items.push(row);
    }

    fn component_row(&mut self, id: ComponentId, node: &Node) -> ItemRow {
        let model = self.model;
        let component = &model[id];
        let colors = self.layer_colors(component.layer);
        let (badge, plain_detail) = if node.count > 1 {
            (String::new(), count(node.count, "component"))
        } else {
            (
                category_badge(model, component),
                component_detail(component),
            )
        };
        let icon = icon(component.written.icon);
        ItemRow {
            name: Value::from(join(" ", [icon.as_str(), &component.name])),
            plain_name: Value::from(&*component.name),
            detail: Value::from(join(" ", [badge.as_str(), &plain_detail])),
            icon: Value::from(icon),
            badge: Value::from(badge),
            plain_detail: Value::from(plain_detail),
            tooltip: Value::from(component_tooltip(component)),
            link: Value::from(first_link(component)),
            shape: self.shared.shape(shape(component.kind)),
            ..self.styled(colors)
        }
    }

    fn topic_row(&self, id: crate::model::TopicId) -> ItemRow {
        let topic = &self.model[id];
        let layer = topic.broker.and_then(|broker| self.model[broker].layer);
        let key = topic_detail(topic);
        ItemRow {
            name: Value::from(&*topic.name),
            plain_name: Value::from(&*topic.name),
            plain_detail: Value::from(key.as_str()),
            detail: Value::from(key),
            tooltip: Value::from(topic.written.description.map_or("", |text| text.value)),
            link: Value::from(""),
            shape: syntax("topic"),
            ..self.styled(self.layer_colors(layer))
        }
    }

    fn layer_row(&self, id: LayerId, node: &Node) -> ItemRow {
        let layer = &self.model[id];
        let colors = self.colors[id.index()].clone();
        let detail = Value::from(count(node.count, "component"));
        let icon = icon(layer.written.icon);
        ItemRow {
            name: Value::from(join(" ", [icon.as_str(), &layer.name])),
            plain_name: Value::from(&*layer.name),
            icon: Value::from(icon),
            plain_detail: detail.clone(),
            detail,
            tooltip: Value::from(layer.written.description.map_or("", |text| text.value)),
            link: Value::from(""),
            shape: syntax("collapsed"),
            fill: colors.fill.clone(),
            ..self.styled(colors)
        }
    }

    fn finish(self) -> Value {
        let (mut sync_edges, mut async_edges) = (Vec::new(), Vec::new());
        let mut edges = Vec::with_capacity(self.view.edges.len());
        for (index, edge) in self.view.edges.iter().enumerate() {
            if edge.is_async {
                async_edges.push(index);
            } else {
                sync_edges.push(index);
            }
            edges.push(self.edge(edge));
        }
        let styles = self.styles();
        let chain = self
            .anchors
            .windows(2)
            .map(|pair| list(pair.iter().map(syntax)));
        context! {
            id => syntax(self.view.id.as_str()),
            title => on_one_line(&self.view.title),
            description => on_one_line(self.view.description.as_deref().unwrap_or("")),
            direction => syntax(if self.view.direction == Direction::Right { "right" } else { "down" }),
            has_sync => !sync_edges.is_empty(),
            has_async => !async_edges.is_empty(),
            sync_edges => list(sync_edges),
            async_edges => list(async_edges),
            styles => styles,
            layer_chain => list(chain),
            items => Value::from(self.items),
            groups => Value::from(self.groups),
            external => Value::from(self.external),
            linked => Value::from(self.linked),
            edges => Value::from(edges),
        }
    }

    fn edge(&self, edge: &crate::view::Edge<'_>) -> Value {
        let topics = edge
            .topics
            .iter()
            .take(MAX_TOOLTIP_TOPICS)
            .map(|topic| self.model[*topic].id.value);
        let group = |node: usize| self.view.nodes[node].group;
        EdgeRow {
            source: syntax(self.node_ids[edge.from].as_str()),
            target: syntax(self.node_ids[edge.to].as_str()),
            source_path: syntax(self.node_paths[edge.from].as_str()),
            target_path: syntax(self.node_paths[edge.to].as_str()),
            label: Value::from(edge.label.as_deref().unwrap_or("")),
            is_async: edge.is_async.into(),
            is_bidirectional: edge.is_bidirectional.into(),
            is_inside: (group(edge.from).is_some() && group(edge.from) == group(edge.to)).into(),
            tooltip: Value::from(topics.collect::<Vec<_>>().join(", ")),
        }
        .into()
    }

    /// The styles of the layers that are drawn, in drawing order.
    fn styles(&self) -> Value {
        let drawn = |colors: &&Colors| {
            colors
                .class
                .as_str()
                .is_some_and(|class| self.drawn.contains(class))
        };
        let all = self.colors.iter().chain(std::iter::once(&self.neutral));
        list(all.filter(drawn).map(|colors| {
            StyleRow {
                class: colors.class.clone(),
                groups: list(
                    self.groups_of_class
                        .get(colors.class.as_str().unwrap_or_default())
                        .into_iter()
                        .flatten()
                        .map(syntax),
                ),
                fill: colors.fill.clone(),
                ink: colors.ink.clone(),
            }
        }))
    }

    fn styled(&self, colors: Colors) -> ItemRow {
        ItemRow {
            icon: self.shared.nothing.clone(),
            badge: self.shared.nothing.clone(),
            plain_detail: self.shared.nothing.clone(),
            fill: self.shared.card.clone(),
            ink: colors.ink,
            class: colors.class,
            ..ItemRow::default()
        }
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

fn first_link(component: &Component<'_>) -> String {
    let links = component.written.links.iter().map(|(_, link)| link.value);
    links
        .into_iter()
        .find(|link| link::is_allowed(link))
        .unwrap_or("")
        .to_owned()
}
