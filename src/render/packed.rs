//! The rows of a diagram, packed: a hundred thousand nodes and edges take little room, and a
//! row becomes a template value when a template comes to it.
//!
//! In: items and edges with their texts. Out: the lists that templates walk, and rows to which
//! they go back. Refuses to know: views, models and formats.

use std::sync::Arc;

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::document::drawn;
use super::field::{Field, Fields};
use super::pool::{Piece, Pool};
use super::row::{list, syntax};
use crate::model::Mark;

/// A step of the walk over a diagram.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    pub(super) what: What,
    /// How many groups are around it.
    pub(super) depth: usize,
    /// The number of its id.
    pub(super) id: usize,
    /// The number of the group that it is in.
    pub(super) group: Option<usize>,
    pub(super) icon: Piece,
    pub(super) badge: Piece,
    pub(super) plain_detail: Piece,
    pub(super) name: Piece,
    pub(super) detail: Piece,
    pub(super) plain_name: Piece,
    pub(super) words: Piece,
    pub(super) words_detail: Piece,
    pub(super) tooltip: Piece,
    pub(super) link: Piece,
    pub(super) shape: &'static str,
    pub(super) colors: usize,
    pub(super) background: Background,
    /// The number of the list of nodes that stand on one rank.
    pub(super) members: Option<usize>,
    /// What became of it, in a picture of changes.
    pub(super) mark: Option<Mark>,
}

/// What a step of the walk does.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    Open,
    Node,
    Close,
}

/// What an item is filled with.
#[derive(Clone, Copy, Debug)]
pub(super) enum Background {
    Layer,
    Card,
}

/// An edge between two nodes, by the numbers of their ids.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: Piece,
    pub(super) tooltip: Piece,
    pub(super) is_async: bool,
    pub(super) is_bidirectional: bool,
    pub(super) is_level: bool,
    /// What became of it, in a picture of changes.
    pub(super) mark: Option<Mark>,
}

impl Edge {
    fn is_ordinary(&self) -> bool {
        let is_call = !self.is_async && !self.is_bidirectional && !self.is_level;
        is_call && !self.label.is_empty() && self.mark.is_none()
    }
}

/// Colors of one layer, as the values that its rows share.
#[derive(Clone, Debug)]
pub(super) struct Colors {
    pub(super) fill: Value,
    pub(super) ink: Value,
    /// The same without its sign.
    pub(super) ink_digits: Value,
    pub(super) class: Value,
}

impl Colors {
    pub(super) fn new(fill: &str, ink: &str, class: &str) -> Self {
        Self {
            fill: syntax(fill),
            ink: syntax(ink),
            ink_digits: syntax(ink.trim_start_matches('#')),
            class: syntax(class),
        }
    }
}

/// The color of a mark, dark enough to be read on the background of every layer.
pub(super) fn mark_color(mark: Mark) -> &'static str {
    match mark {
        Mark::Added => "#116329",
        Mark::Removed => "#A40E26",
        Mark::Changed => "#7D4E00",
        Mark::Moved => "#6639BA",
    }
}

/// The word of a mark for templates; empty where nothing is marked.
pub(super) fn change(mark: Option<Mark>) -> Value {
    syntax(mark.map_or("", Mark::name))
}

/// Everything that the rows of one diagram are made of.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) pool: Pool,
    pub(super) items: Vec<Item>,
    pub(super) edges: Vec<Edge>,
    /// Ids of nodes, then those of groups.
    pub(super) ids: Vec<Value>,
    /// The number of the group that each node is in.
    pub(super) groups: Vec<Option<usize>>,
    /// The path of each group, from the outermost.
    pub(super) paths: Vec<String>,
    pub(super) colors: Vec<Colors>,
    pub(super) members: Vec<Value>,
    shapes: Vec<(&'static str, Value)>,
    /// Blanks by depth.
    indents: Vec<Value>,
    /// Fill of nodes.
    card: Value,
    steps: [Value; 3],
    /// The syntax of what is not there.
    nothing: Value,
}

impl Rows {
    pub(super) fn new(card: &str) -> Self {
        Self {
            card: syntax(card),
            steps: ["open", "node", "close"].map(syntax),
            nothing: syntax(""),
            ..Self::default()
        }
    }

    /// Makes room for so many rows and their texts, since what grows is copied over and over.
    pub(super) fn reserve(&mut self, items: usize, edges: usize) {
        self.items.reserve_exact(items);
        self.ids.reserve_exact(items);
        self.groups.reserve_exact(items);
        self.edges.reserve_exact(edges);
        self.pool.reserve(items * 160 + edges * 32);
    }

    /// Adds an item, with what its shape and depth need.
    pub(super) fn add(&mut self, item: Item) {
        if self.shapes.iter().all(|(known, _)| *known != item.shape) {
            self.shapes.push((item.shape, syntax(item.shape)));
        }
        while self.indents.len() <= item.depth {
            self.indents.push(syntax("  ".repeat(self.indents.len())));
        }
        self.items.push(item);
    }

    /// A name that is not drawn takes more than a look to be replaced.
    fn is_ordinary(&self, item: &Item) -> bool {
        let is_plain = item.mark.is_none() && item.link.is_empty();
        let has_lines = !item.detail.is_empty() && !drawn(self.pool.get(item.name)).is_empty();
        matches!(item.what, What::Node) && is_plain && has_lines
    }

    fn change(&self, mark: Option<Mark>) -> Field<'_> {
        match mark {
            Some(_) => Field::Own(change(mark)),
            None => Field::Shared(&self.nothing),
        }
    }

    fn piece(&self, piece: Piece) -> Field<'_> {
        Field::Text(self.pool.get(piece))
    }

    fn path(&self, id: usize, group: Option<usize>) -> Value {
        let id = self.ids[id].as_str().unwrap_or_default();
        match group {
            Some(group) => syntax(format!("{}.{id}", self.paths[group])),
            None => syntax(id),
        }
    }

    fn node_path(&self, id: usize) -> Value {
        self.path(id, self.groups.get(id).copied().flatten())
    }
}

/// The items of a diagram, as a template walks them.
pub(super) fn items(rows: &Arc<Rows>) -> Value {
    let rows = Arc::clone(rows);
    Value::from_object(List {
        length: rows.items.len(),
        rows,
        row: item,
    })
}

/// The edges of a diagram, as a template walks them.
pub(super) fn edges(rows: &Arc<Rows>) -> Value {
    let rows = Arc::clone(rows);
    Value::from_object(List {
        length: rows.edges.len(),
        rows,
        row: edge,
    })
}

/// One item.
pub(super) fn item(rows: &Arc<Rows>, index: usize) -> Value {
    let rows = Arc::clone(rows);
    Value::from_object(ItemRow { rows, index })
}

fn edge(rows: &Arc<Rows>, index: usize) -> Value {
    let rows = Arc::clone(rows);
    Value::from_object(EdgeRow { rows, index })
}

/// Rows that are made one by one.
#[derive(Debug)]
struct List {
    rows: Arc<Rows>,
    length: usize,
    row: fn(&Arc<Rows>, usize) -> Value,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = key.as_usize().filter(|index| *index < self.length)?;
        Some((self.row)(&self.rows, index))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.length)
    }
}

/// Declares a row: its fields by name, and how each is read.
macro_rules! packed_row {
    ($(#[doc = $doc:literal])+ $name:ident in $list:ident ($rows:ident, $row:ident) {
        $($(#[doc = $field_doc:literal])+ $field:ident => $value:expr),+ $(,)?
    }) => {
        $(#[doc = $doc])+
        #[derive(Debug)]
        struct $name {
            rows: Arc<Rows>,
            index: usize,
        }

        impl Object for $name {
            fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
                self.get_value_by_str(key.as_str()?)
            }

            fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
                self.field(key).map(Value::from)
            }

            fn enumerate(self: &Arc<Self>) -> Enumerator {
                Enumerator::Str(&[$(stringify!($field)),+])
            }
        }

        impl Fields for $name {
            fn field(&self, key: &str) -> Option<Field<'_>> {
                let $rows = &*self.rows;
                let $row = $rows.$list.get(self.index)?;
                match key {
                    $(stringify!($field) => Some($value),)+
                    _ => None,
                }
            }
        }
    };
}

/// What a row says, if it is one of a diagram.
pub(super) fn fields(row: &Value) -> Option<&dyn Fields> {
    let edge = row.downcast_object_ref::<EdgeRow>();
    let item = || row.downcast_object_ref::<ItemRow>();
    edge.map(|edge| edge as &dyn Fields)
        .or_else(|| item().map(|item| item as &dyn Fields))
}

packed_row! {
    /// A step of the walk.
    ItemRow in items (rows, item) {
        /// `open`, `node` or `close`.
        what => Field::Shared(&rows.steps[item.what as usize]),
        /// Two blanks for each group around it.
        indent => Field::Shared(&rows.indents[item.depth]),
        /// The id in the output.
        id => Field::Shared(&rows.ids[item.id]),
        /// The path of ids from the outermost group, for formats whose ids nest.
        path => Field::Own(rows.path(item.id, item.group)),
        /// The icon, for formats that set it apart; may be empty.
        icon => rows.piece(item.icon),
        /// The badge, for formats that set it apart; may be empty.
        badge => rows.piece(item.badge),
        /// The second line without the badge; may be empty.
        plain_detail => rows.piece(item.plain_detail),
        /// First line of the label: icon and name.
        name => rows.piece(item.name),
        /// Second line of the label; may be empty.
        detail => rows.piece(item.detail),
        /// The name alone.
        plain_name => rows.piece(item.plain_name),
        /// First line of the label with the icon behind the name.
        words => rows.piece(item.words),
        /// Second line of the label with the badge behind the words; may be empty.
        words_detail => rows.piece(item.words_detail),
        /// More, for those who hover; may be empty.
        tooltip => rows.piece(item.tooltip),
        /// The same, or the name.
        hover => rows.piece(item.tooltip.or(item.plain_name)),
        /// A link; empty if there is none that is allowed.
        link => rows.piece(item.link),
        /// The outline of a node; `layer` or `parent` for groups.
        shape => {
            let shape = rows.shapes.iter().find(|(known, _)| *known == item.shape)?;
            Field::Shared(&shape.1)
        },
        /// Background color.
        fill => match item.background {
            Background::Layer => Field::Shared(&rows.colors[item.colors].fill),
            Background::Card => Field::Shared(&rows.card),
        },
        /// Stroke and title color.
        ink => match item.mark {
            Some(mark) => Field::Own(syntax(mark_color(mark))),
            None => Field::Shared(&rows.colors[item.colors].ink),
        },
        /// The same color without its sign.
        ink_digits => match item.mark {
            Some(mark) => Field::Own(syntax(mark_color(mark).trim_start_matches('#'))),
            None => Field::Shared(&rows.colors[item.colors].ink_digits),
        },
        /// The style class of the layer.
        class => Field::Shared(&rows.colors[item.colors].class),
        /// Ids of the nodes directly inside a group that stand on one rank.
        members => match item.members {
            Some(list) => Field::Shared(&rows.members[list]),
            None => Field::Own(list::<Value>([])),
        },
        /// In a picture of changes `added`, `removed`, `changed` or `moved`; else empty.
        change => rows.change(item.mark),
        /// Whether it is a node with two lines and neither a link nor a change: most are, and
        /// need no look at the rest.
        is_ordinary => Field::from(rows.is_ordinary(item)),
    }
}

packed_row! {
    /// An edge.
    EdgeRow in edges (rows, edge) {
        /// Id of the node it starts at.
        source => Field::Shared(&rows.ids[edge.from]),
        /// Id of the node it ends at.
        target => Field::Shared(&rows.ids[edge.to]),
        /// Path of the node it starts at.
        source_path => Field::Own(rows.node_path(edge.from)),
        /// Path of the node it ends at.
        target_path => Field::Own(rows.node_path(edge.to)),
        /// What is written on it; may be empty.
        label => rows.piece(edge.label),
        /// Whether the sender goes on without an answer.
        is_async => Field::from(edge.is_async),
        /// Whether it has a head at both ends.
        is_bidirectional => Field::from(edge.is_bidirectional),
        /// Whether both ends are directly in the same group.
        is_level => Field::from(edge.is_level),
        /// More, for those who hover; may be empty.
        tooltip => rows.piece(edge.tooltip),
        /// The same, or the label.
        hover => rows.piece(edge.tooltip.or(edge.label)),
        /// In a picture of changes `added`, `removed`, `changed` or `moved`; else empty.
        change => rows.change(edge.mark),
        /// The color of the change; empty if there is none.
        color => match edge.mark {
            Some(mark) => Field::Own(syntax(mark_color(mark))),
            None => Field::Shared(&rows.nothing),
        },
        /// Whether it is a synchronous call in one direction with a label, which leaves its group,
        /// and nothing became of it: most are, and need no look at the rest.
        is_ordinary => Field::from(edge.is_ordinary()),
    }
}
