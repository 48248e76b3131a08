//! Free-form data under `metadata:`: kept as written, for templates and JSON.
//!
//! In: any node. Out: [`Free`]. Refuses to know: what it means.

use serde_json::{Value, json};

use super::decode::{Decode, Decoder, Mapped, Schemas};
use crate::source::{Node, NodeKind};

/// Data that the language does not interpret.
#[derive(Clone, Copy, Debug)]
pub struct Free<'s> {
    node: Node<'s>,
}

const MAX_DEPTH: usize = 64;

impl<'s> Free<'s> {
    /// Where the data is written.
    pub fn node(self) -> Node<'s> {
        self.node
    }

    /// The data as JSON; plain scalars become numbers and booleans where they look like them.
    pub fn to_json(self) -> Value {
        to_json(self.node, MAX_DEPTH)
    }

    /// A scalar of the data as JSON.
    pub(crate) fn scalar(node: Node<'_>) -> Value {
        scalar(node)
    }
}

fn to_json(node: Node<'_>, depth: usize) -> Value {
    if depth == 0 {
        return Value::Null;
    }
    match node.kind() {
        NodeKind::Sequence => node.items().map(|item| to_json(item, depth - 1)).collect(),
        NodeKind::Mapping => {
            let entry = |(key, value): (Node<'_>, Node<'_>)| {
                Some((key.text()?.to_owned(), to_json(value, depth - 1)))
            };
            Value::Object(node.entries().filter_map(entry).collect())
        }
        NodeKind::Quoted | NodeKind::Plain => scalar(node),
    }
}

fn scalar(node: Node<'_>) -> Value {
    let text = node.text().unwrap_or("");
    match text {
        _ if node.kind() == NodeKind::Quoted => json!(text),
        _ if node.is_null() => Value::Null,
        "true" => json!(true),
        "false" => json!(false),
        _ => text
            .parse::<i64>()
            .map_or_else(|_| json!(text), |number| json!(number)),
    }
}

impl Mapped for Free<'_> {}

impl<'s> Decode<'s> for Free<'s> {
    fn decode(_: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        Some(Self { node })
    }
    fn schema(_: &mut Schemas) -> Value {
        json!({})
    }
}
