//! What the parts of a specification say, as data that can be compared key by key.
//!
//! In: decoded values. Out: whether two say the same, and [`Data`], in which every leaf
//! knows its place. The [`record!`](super::decode) macro implements it for every mapping of
//! the language, so that a new key can't be forgotten. Refuses to know: who compares.

use serde_json::{Value, json};

use super::decode::{At, Text};
use super::flow::Groups;
use super::free::Free;
use super::scenario::Step;
use crate::source::{Node, NodeKind, Span};

/// What a value says, and where.
#[derive(Clone, Debug)]
pub(crate) struct Data<'s> {
    pub(crate) content: Content<'s>,
    pub(crate) span: Option<Span>,
}

/// What a value says.
#[derive(Clone, Debug)]
pub(crate) enum Content<'s> {
    /// Nothing is written.
    Nothing,
    /// A text.
    Text(&'s str),
    /// A number, a boolean, or a scalar of the user's own data.
    Scalar(Value),
    /// A mapping of the language, by its type: every key, written or not.
    Record(&'static str, Vec<(&'static str, Data<'s>)>),
    /// A list.
    List(Vec<Data<'s>>, Emptiness),
    /// A mapping whose keys are the user's.
    Entries(Vec<(Text<'s>, Data<'s>)>, Emptiness),
}

/// What it means that a list or mapping is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Emptiness {
    /// The same as if it were not written.
    SaysNothing,
    /// That there is none.
    SaysNone,
}

/// A value of the language that can be compared with another.
pub(crate) trait Written<'s> {
    /// Whether both say the same, wherever they stand.
    fn says_same(&self, other: &Self) -> bool;
    /// What it says.
    fn data(&self) -> Data<'s>;
}

impl<'s> Data<'s> {
    pub(crate) const NOTHING: Self = Self {
        content: Content::Nothing,
        span: None,
    };

    pub(crate) fn new(content: Content<'s>, span: Span) -> Self {
        Self {
            content,
            span: Some(span),
        }
    }

    /// The same as a statement: an empty list says that there is none.
    fn stated(mut self) -> Self {
        match &mut self.content {
            Content::List(_, emptiness) | Content::Entries(_, emptiness) => {
                *emptiness = Emptiness::SaysNone;
            }
            _ => {}
        }
        self
    }

    /// From the first to the last of several.
    fn around<'d>(parts: impl Iterator<Item = &'d Data<'s>>) -> Option<Span>
    where
        's: 'd,
    {
        parts.filter_map(|part| part.span).reduce(Span::to)
    }
}

impl<'s> Written<'s> for Text<'s> {
    fn says_same(&self, other: &Self) -> bool {
        self.value == other.value
    }
    fn data(&self) -> Data<'s> {
        Data::new(Content::Text(self.value), self.span)
    }
}

macro_rules! scalars {
    ($($scalar:ty),+) => {
        $(impl<'s> Written<'s> for At<$scalar> {
            fn says_same(&self, other: &Self) -> bool {
                self.value == other.value
            }
            fn data(&self) -> Data<'s> {
                Data::new(Content::Scalar(json!(self.value)), self.span)
            }
        })+
    };
}

scalars!(bool, u64);

impl<'s, T: Written<'s>> Written<'s> for Option<T> {
    fn says_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Some(one), Some(other)) => one.says_same(other),
            (None, None) => true,
            _ => false,
        }
    }
    fn data(&self) -> Data<'s> {
        let value = self.as_ref();
        value.map_or(Data::NOTHING, |value| value.data().stated())
    }
}

impl<'s, T: Written<'s>> Written<'s> for &T {
    fn says_same(&self, other: &Self) -> bool {
        (**self).says_same(other)
    }
    fn data(&self) -> Data<'s> {
        (**self).data()
    }
}

impl<'s, T: Written<'s>> Written<'s> for Box<T> {
    fn says_same(&self, other: &Self) -> bool {
        (**self).says_same(other)
    }
    fn data(&self) -> Data<'s> {
        (**self).data()
    }
}

impl<'s, T: Written<'s>> Written<'s> for Vec<T> {
    fn says_same(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().zip(other).all(|(one, two)| one.says_same(two))
    }
    fn data(&self) -> Data<'s> {
        let items: Vec<Data<'s>> = self.iter().map(Written::data).collect();
        let span = Data::around(items.iter());
        Data {
            content: Content::List(items, Emptiness::SaysNothing),
            span,
        }
    }
}

impl<'s, T: Written<'s>> Written<'s> for Vec<(Text<'s>, T)> {
    fn says_same(&self, other: &Self) -> bool {
        let same = |((key, value), (other_key, other)): (&(Text<'s>, T), &(Text<'s>, T))| {
            key.value == other_key.value && value.says_same(other)
        };
        self.len() == other.len() && self.iter().zip(other).all(same)
    }
    fn data(&self) -> Data<'s> {
        let entry = |(key, value): &(Text<'s>, T)| {
            let data = value.data();
            let span = data.span.map_or(key.span, |span| key.span.to(span));
            let data = Data {
                span: Some(span),
                ..data
            };
            (*key, data)
        };
        let entries: Vec<_> = self.iter().map(entry).collect();
        let span = Data::around(entries.iter().map(|(_, value)| value));
        Data {
            content: Content::Entries(entries, Emptiness::SaysNothing),
            span,
        }
    }
}

/// Data of the user's own nests at most this deep here; deeper data is one leaf.
const MAX_DEPTH: usize = 64;

impl<'s> Written<'s> for Free<'s> {
    fn says_same(&self, other: &Self) -> bool {
        same_data(self.node(), other.node(), MAX_DEPTH)
    }
    fn data(&self) -> Data<'s> {
        free(self.node(), MAX_DEPTH)
    }
}

/// Whether two nodes hold the same data in the same order.
fn same_data(one: Node<'_>, other: Node<'_>, depth: usize) -> bool {
    match (one.kind(), other.kind()) {
        _ if depth == 0 => true,
        (NodeKind::Mapping, NodeKind::Mapping) => {
            let same = |((key, value), (known, other)): ((Node<'_>, _), (Node<'_>, _))| {
                key.text() == known.text() && same_data(value, other, depth - 1)
            };
            one.entries().count() == other.entries().count()
                && one.entries().zip(other.entries()).all(same)
        }
        (NodeKind::Sequence, NodeKind::Sequence) => {
            let same = |(one, other)| same_data(one, other, depth - 1);
            one.items().count() == other.items().count() && one.items().zip(other.items()).all(same)
        }
        (NodeKind::Mapping | NodeKind::Sequence, _)
        | (_, NodeKind::Mapping | NodeKind::Sequence) => false,
        _ => Free::scalar(one) == Free::scalar(other),
    }
}

fn free(node: Node<'_>, depth: usize) -> Data<'_> {
    let content = match node.kind() {
        _ if depth == 0 => Content::Nothing,
        NodeKind::Mapping => Content::Entries(entries(node, depth), Emptiness::SaysNone),
        NodeKind::Sequence => {
            let items = node.items().map(|item| free(item, depth - 1)).collect();
            Content::List(items, Emptiness::SaysNone)
        }
        _ => Content::Scalar(Free::scalar(node)),
    };
    Data::new(content, node.span())
}

fn entries(node: Node<'_>, depth: usize) -> Vec<(Text<'_>, Data<'_>)> {
    let mut entries = Vec::new();
    for (key, value) in node.entries() {
        if let Some(name) = key.text() {
            let name = At {
                value: name,
                span: key.span(),
            };
            entries.push((name, free(value, depth - 1)));
        }
    }
    entries
}

/// The model takes the steps and resolves them; what is left here says nothing.
impl<'s> Written<'s> for Step<'s> {
    fn says_same(&self, _: &Self) -> bool {
        true
    }
    fn data(&self) -> Data<'s> {
        Data::NOTHING
    }
}

/// The model takes the flows and resolves them; what is left here says nothing.
impl<'s> Written<'s> for Groups<'s> {
    fn says_same(&self, _: &Self) -> bool {
        true
    }
    fn data(&self) -> Data<'s> {
        Data::NOTHING
    }
}
