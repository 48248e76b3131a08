//! The syntax tree of one YAML document: a flat array in reading order.
//!
//! In: events of a reader (start, scalar, end). Out: [`Node`] handles to walk.
//! Refuses to know: which reader made it, and what the document is about.
//!
//! A node's children follow it directly, and a collection knows the index after its
//! whole subtree. Twelve bytes a node, no pointers, one allocation.

use super::{SourceFile, SourceId, Span};

const KIND_BITS: u32 = 3;
const KIND_MASK: u32 = (1 << KIND_BITS) - 1;

/// What the reader stores for a node; the payload's meaning depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
enum Tag {
    /// A plain scalar whose text is its span; no payload.
    Plain = 0,
    /// A quoted scalar without escapes: its text is the span less the quotes; no payload.
    Quoted = 1,
    /// A plain scalar whose text differs from its span; payload: index of the text.
    PlainText = 2,
    /// A quoted or block scalar whose text differs from its span; payload: index of the text.
    QuotedText = 3,
    /// Payload: the index after the subtree.
    Sequence = 4,
    /// Payload: the index after the subtree.
    Mapping = 5,
    /// Payload: index of the anchored node.
    Alias = 6,
}

const TAGS: [Tag; 7] = [
    Tag::Plain,
    Tag::Quoted,
    Tag::PlainText,
    Tag::QuotedText,
    Tag::Sequence,
    Tag::Mapping,
    Tag::Alias,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct RawNode {
    start: u32,
    end: u32,
    /// The payload above the bits of the tag. No file is long enough for more nodes.
    data: u32,
}

impl RawNode {
    fn tag(self) -> Tag {
        TAGS[((self.data & KIND_MASK) as usize).min(TAGS.len() - 1)]
    }

    fn payload(self) -> u32 {
        self.data >> KIND_BITS
    }

    /// The index after the subtree of the node at `index`.
    fn next(self, index: u32) -> u32 {
        match self.tag() {
            Tag::Sequence | Tag::Mapping => self.payload(),
            _ => index + 1,
        }
    }
}

/// The nodes of one document, and the texts that are not slices of the source.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tree {
    nodes: Vec<RawNode>,
    texts: Vec<Box<str>>,
    /// Collections that a syntax error cuts short, sorted.
    cut: Vec<u32>,
}

/// Where a node lies in its text and in the array.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// First byte.
    pub(super) start: u32,
    /// One past the last byte.
    pub(super) end: u32,
    /// The index after the node's subtree.
    pub(super) next: u32,
    /// `Sequence`, `Mapping`, or a scalar.
    pub(super) kind: NodeKind,
}

impl Tree {
    /// The node at `index`; an alias counts as a scalar.
    pub(super) fn place(&self, index: u32) -> Option<Place> {
        let raw = self.nodes.get(index as usize)?;
        let kind = match raw.tag() {
            Tag::Sequence => NodeKind::Sequence,
            Tag::Mapping => NodeKind::Mapping,
            _ => NodeKind::Plain,
        };
        Some(Place {
            start: raw.start,
            end: raw.end,
            next: raw.next(index),
            kind,
        })
    }

    /// The index of the first node that starts at `offset` or later: the outermost of them.
    pub(super) fn first_from(&self, offset: u32) -> u32 {
        let index = self.nodes.partition_point(|node| node.start < offset);
        u32::try_from(index).unwrap_or(u32::MAX)
    }
}

/// The shape of a node, aliases already followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// Unquoted text; may mean a number, a boolean or nothing.
    Plain,
    /// Quoted or block text: always a string.
    Quoted,
    /// An ordered list.
    Sequence,
    /// Keys with values.
    Mapping,
}

/// Collects a [`Tree`] from a reader's events.
#[derive(Debug, Default)]
pub(crate) struct TreeBuilder {
    tree: Tree,
    open: Vec<u32>,
    /// Where the last scalar or bracket ends.
    reached: u32,
}

impl TreeBuilder {
    pub(crate) fn with_capacity(nodes: usize) -> Self {
        Self {
            tree: Tree {
                nodes: Vec::with_capacity(nodes),
                texts: Vec::new(),
                cut: Vec::new(),
            },
            open: Vec::new(),
            reached: 0,
        }
    }

    /// The index the next node will get.
    pub(crate) fn next_index(&self) -> u32 {
        u32::try_from(self.tree.nodes.len()).unwrap_or(u32::MAX)
    }

    /// Whether nothing was read yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.tree.nodes.is_empty()
    }

    /// How many collections are open.
    pub(crate) fn depth(&self) -> usize {
        self.open.len()
    }

    fn push(&mut self, start: usize, end: usize, tag: Tag, payload: u32) {
        self.tree.nodes.push(RawNode {
            start: offset(start),
            end: offset(end),
            data: (payload << KIND_BITS) | tag as u32,
        });
    }

    fn push_scalar(&mut self, start: usize, end: usize, tag: Tag, payload: u32) {
        self.push(start, end, tag, payload);
        self.reached = offset(end);
    }

    /// A plain scalar that reads as it is written.
    pub(crate) fn plain(&mut self, start: usize, end: usize) {
        self.push_scalar(start, end, Tag::Plain, 0);
    }

    /// A quoted scalar, quotes included in the span, without escapes inside.
    pub(crate) fn quoted(&mut self, start: usize, end: usize) {
        self.push_scalar(start, end, Tag::Quoted, 0);
    }

    /// A scalar whose text is not a slice of the source.
    pub(crate) fn text(&mut self, start: usize, end: usize, text: Box<str>, kind: NodeKind) {
        let tag = if kind == NodeKind::Plain {
            Tag::PlainText
        } else {
            Tag::QuotedText
        };
        let index = offset(self.tree.texts.len());
        self.tree.texts.push(text);
        self.push_scalar(start, end, tag, index);
    }

    pub(crate) fn alias(&mut self, start: usize, end: usize, target: u32) {
        self.push_scalar(start, end, Tag::Alias, target);
    }

    pub(crate) fn open_sequence(&mut self, start: usize) {
        let index = self.next_index();
        self.open.push(index);
        self.push(start, start, Tag::Sequence, index + 1);
    }

    pub(crate) fn open_mapping(&mut self, start: usize) {
        let index = self.next_index();
        self.open.push(index);
        self.push(start, start, Tag::Mapping, index + 1);
    }

    /// Closes the innermost collection; a block collection reaches from its first child's
    /// start to its last child's end, whatever the reader says.
    pub(crate) fn close(&mut self, end: Option<usize>) {
        let Some(index) = self.open.pop() else { return };
        let next = self.next_index();
        let first_child = self
            .tree
            .nodes
            .get(index as usize + 1)
            .map(|child| child.start);
        let node = &mut self.tree.nodes[index as usize];
        node.data = (next << KIND_BITS) | node.data & KIND_MASK;
        match (end, first_child) {
            (Some(end), _) => node.end = offset(end),
            (None, Some(first)) => (node.start, node.end) = (first, self.reached),
            (None, None) => {}
        }
        self.reached = node.end;
    }

    /// Where the last node ends, for a value that is absent.
    pub(crate) fn last_end(&self) -> usize {
        self.tree.nodes.last().map_or(0, |last| last.end as usize)
    }

    /// Whether the collection at `index` is still being read.
    pub(crate) fn is_open(&self, index: u32) -> bool {
        self.open.contains(&index)
    }

    /// Gives the innermost mapping an absent value if its last key has none.
    pub(crate) fn complete_entry(&mut self) {
        let Some(open) = self.open.last().copied() else {
            return;
        };
        let children = self.children_of(open).count();
        let is_mapping = self.tree.nodes[open as usize].tag() == Tag::Mapping;
        if is_mapping && children % 2 == 1 {
            let end = self.last_end();
            self.plain(end, end);
        }
    }

    /// Closes what is open below the root after a syntax error, and notes that it is cut short.
    pub(crate) fn cut(&mut self) {
        self.tree.cut.extend(self.open.iter().skip(1));
        while self.depth() > 1 {
            self.close(None);
        }
        self.complete_entry();
        // What an error swallows may belong to a section that looks complete.
        let section = self
            .open
            .last()
            .and_then(|root| self.children_of(*root).last());
        self.tree.cut.extend(section);
        self.tree.cut.sort_unstable();
    }

    /// Closes everything, before another document starts.
    pub(crate) fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.close(None);
        }
    }

    fn children_of(&self, parent: u32) -> impl Iterator<Item = u32> {
        let nodes = &self.tree.nodes;
        let first = (parent as usize + 1 < nodes.len()).then_some(parent + 1);
        std::iter::successors(first, |index| {
            let next = nodes[*index as usize].next(*index);
            ((next as usize) < nodes.len()).then_some(next)
        })
    }

    pub(crate) fn finish(mut self) -> Tree {
        self.close_all();
        self.tree
    }
}

fn offset(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// A place in a tree, cheap to copy.
#[derive(Clone, Copy, Debug)]
pub struct Node<'s> {
    file: &'s SourceFile,
    id: SourceId,
    index: u32,
}

impl<'s> Node<'s> {
    pub(super) fn root(id: SourceId, file: &'s SourceFile) -> Option<Self> {
        (!file.tree.nodes.is_empty()).then_some(Self { file, id, index: 0 })
    }

    /// The roots of all documents of a file.
    pub(super) fn roots(id: SourceId, file: &'s SourceFile) -> impl Iterator<Item = Self> {
        let count = file.tree.nodes.len();
        let mut index = 0;
        std::iter::from_fn(move || {
            (index < count).then(|| {
                let node = Node {
                    file,
                    id,
                    index: u32::try_from(index).unwrap_or(u32::MAX),
                };
                index = (node.next() as usize).max(index + 1);
                node
            })
        })
    }

    fn raw(self) -> RawNode {
        self.file.tree.nodes[self.index as usize]
    }

    fn tag(self) -> Tag {
        self.raw().tag()
    }

    /// The index after the node's subtree.
    fn next(self) -> u32 {
        self.raw().next(self.index)
    }

    /// Where the node is written (for an alias: where it is used).
    pub fn span(self) -> Span {
        let raw = self.raw();
        Span {
            file: self.id,
            start: raw.start,
            end: raw.end,
        }
    }

    /// Whether the node is written as `*alias`.
    pub fn is_alias(self) -> bool {
        self.tag() == Tag::Alias
    }

    fn resolved(self) -> Self {
        let raw = self.raw();
        match raw.tag() {
            Tag::Alias => Self {
                index: raw.payload(),
                ..self
            },
            _ => self,
        }
    }

    /// Whether a syntax error cuts the node short, so that parts of it are missing.
    pub fn is_cut(self) -> bool {
        let cut = &self.file.tree.cut;
        !cut.is_empty() && cut.binary_search(&self.index).is_ok()
    }

    /// The node's shape; an alias has the shape of what it names.
    pub fn kind(self) -> NodeKind {
        match self.resolved().tag() {
            Tag::Plain | Tag::PlainText => NodeKind::Plain,
            Tag::Quoted | Tag::QuotedText | Tag::Alias => NodeKind::Quoted,
            Tag::Sequence => NodeKind::Sequence,
            Tag::Mapping => NodeKind::Mapping,
        }
    }

    /// The text of a scalar, escapes resolved; `None` for collections.
    pub fn text(self) -> Option<&'s str> {
        let node = self.resolved();
        let (raw, text) = (node.raw(), self.file.text.as_str());
        match raw.tag() {
            Tag::Plain => text.get(raw.start as usize..raw.end as usize),
            Tag::Quoted => text.get(raw.start as usize + 1..raw.end as usize - 1),
            Tag::PlainText | Tag::QuotedText => self
                .file
                .tree
                .texts
                .get(raw.payload() as usize)
                .map(|text| &**text),
            Tag::Sequence | Tag::Mapping | Tag::Alias => None,
        }
    }

    /// Whether the node is an empty value, `~` or `null`.
    pub fn is_null(self) -> bool {
        let node = self.resolved();
        let raw = node.raw();
        // Most texts are longer, and need no second look.
        let is_short = raw.end - raw.start <= 4;
        match raw.tag() {
            Tag::Plain if !is_short => false,
            Tag::Plain | Tag::PlainText => {
                matches!(node.text(), Some("" | "~" | "null" | "Null" | "NULL"))
            }
            _ => false,
        }
    }

    /// The items of a sequence; nothing for other nodes.
    pub fn items(self) -> impl Iterator<Item = Node<'s>> {
        let (node, end) = self.children(Tag::Sequence);
        let mut index = node.index + 1;
        std::iter::from_fn(move || {
            (index < end).then(|| {
                let item = Node { index, ..node };
                index = item.next();
                item
            })
        })
    }

    /// The entries of a mapping as written, merge keys unexpanded; nothing for other nodes.
    pub fn entries(self) -> impl Iterator<Item = (Node<'s>, Node<'s>)> {
        let (node, end) = self.children(Tag::Mapping);
        let mut index = node.index + 1;
        std::iter::from_fn(move || {
            if index >= end {
                return None;
            }
            let key = Node { index, ..node };
            // A syntax error may leave the last key without a value.
            if key.next() >= end {
                return None;
            }
            let value = Node {
                index: key.next(),
                ..node
            };
            index = value.next();
            Some((key, value))
        })
    }

    /// The node with the children, and the index after them; no children in other nodes.
    fn children(self, tag: Tag) -> (Self, u32) {
        let node = self.resolved();
        let raw = node.raw();
        let end = if raw.tag() == tag { raw.payload() } else { 0 };
        (node, end)
    }
}
