//! Flows as written, in their short and long forms.
//!
//! In: nodes. Out: [`FlowGroup`]s of [`Flow`]s; [`Arrow`]s of `a -> b` texts.
//! Refuses to know: whether the ends exist.

use serde_json::{Value, json};

use super::decode::{At, Decode, Decoder, Record, Schemas, Text};
use super::free::Free;
use super::record::{Absent, record};
use crate::diagnostic::{Diagnostic, WRONG_TYPE};
use crate::source::{Node, NodeKind, Span};

/// Flows under one heading.
#[derive(Clone, Debug)]
pub struct FlowGroup<'s> {
    /// The heading, if the flows have one.
    pub heading: Option<Text<'s>>,
    /// The flows in the order written.
    pub flows: Vec<Box<Flow<'s>>>,
}

/// All flows of a file.
pub(crate) type FlowGroups<'s> = Groups<'s>;

/// Flows of a file: one list, or lists under headings.
#[derive(Clone, Debug, Default)]
pub struct Groups<'s> {
    /// The groups in the order written.
    pub groups: Vec<FlowGroup<'s>>,
}

impl Absent for Groups<'_> {
    const ABSENT: Self = Self { groups: Vec::new() };
}

record! {
    /// A flow from one component to another, in its long form.
    "flow" Flow {
        /// Where it starts.
        from: Option<Text<'s>>,
        /// Where it ends.
        to: Option<Text<'s>>,
        /// What goes there.
        label: Option<Text<'s>>,
        /// What is spoken.
        protocol: Option<Text<'s>>,
        /// Whether the sender goes on without an answer.
        is_async = "async": Option<At<bool>>,
    }
    rare FlowRest {
        /// The port of the target that is used.
        port: Option<At<u64>>,
        /// Whether data goes both ways.
        bidirectional: Option<At<bool>>,
        /// Who opens the connection, if not the sender.
        initiator: Option<Text<'s>>,
        /// Topics that this hop feeds.
        topics: Vec<Text<'s>>,
        /// How long it takes.
        latency: Option<Text<'s>>,
        /// More about it.
        description: Option<Text<'s>>,
        /// Words to select by.
        tags: Vec<Text<'s>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
    required ["from", "to"]
}

/// The ends of `a -> b -> c`, at least two, with their places.
#[derive(Clone, Debug)]
pub struct Arrow<'s> {
    /// The names between the arrows.
    pub ends: Vec<Text<'s>>,
    /// Whether it was written `<->`.
    pub bidirectional: bool,
}

impl<'s> Arrow<'s> {
    /// Reads `a -> b`; `None` if the text holds no arrow.
    pub(crate) fn parse(text: Text<'s>, verbatim: bool) -> Option<Self> {
        if !text.value.contains('>') {
            return None;
        }
        let (arrow, bidirectional) = match text.value.find("<->") {
            Some(_) => ("<->", true),
            None => ("->", false),
        };
        let mut ends = Vec::new();
        let mut offset = 0;
        for part in text.value.split(arrow) {
            let name = part.trim();
            let lead = part.len() - part.trim_start().len();
            ends.push(At {
                value: name,
                span: inner(text.span, offset + lead, name.len(), verbatim),
            });
            offset += part.len() + arrow.len();
        }
        (ends.len() > 1).then_some(Self {
            ends,
            bidirectional,
        })
    }
}

/// The place of a part of a text, if the text is written as it reads.
fn inner(span: Span, offset: usize, length: usize, verbatim: bool) -> Span {
    if !verbatim {
        return span;
    }
    let start = span.start + u32::try_from(offset).unwrap_or(0);
    Span {
        file: span.file,
        start,
        end: start + u32::try_from(length).unwrap_or(0),
    }
}

/// Whether a scalar's text stands in the source letter by letter from its first byte.
pub(crate) fn is_verbatim(node: Node<'_>) -> bool {
    let span = node.span();
    node.kind() == NodeKind::Plain
        && !node.is_alias()
        && node
            .text()
            .is_some_and(|text| text.len() == (span.end - span.start) as usize)
}

/// `a -> b` as the sole key or text of a node.
pub(crate) fn arrow_key(node: Node<'_>) -> Option<(Arrow<'_>, Option<Node<'_>>)> {
    let (key, value) = match node.kind() {
        NodeKind::Mapping => {
            let (key, value) = node.entries().next()?;
            (key, Some(value))
        }
        NodeKind::Sequence => return None,
        _ => (node, None),
    };
    let text = At {
        value: key.text()?,
        span: key.span(),
    };
    Arrow::parse(text, is_verbatim(key)).map(|arrow| (arrow, value))
}

/// One item of a flow list: the short forms, or the record.
#[derive(Clone, Debug)]
struct Item<'s>(Box<Flow<'s>>);

impl<'s> Decode<'s> for Item<'s> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        let Some((arrow, value)) = arrow_key(node) else {
            if node.kind() == NodeKind::Mapping {
                return Box::decode(cx, node).map(Self);
            }
            cx.wrong_type(
                node,
                "a flow: `a -> b: Label` or a mapping with `from` and `to`",
            );
            return None;
        };
        let mut flow = match value {
            Some(value) if value.kind() == NodeKind::Mapping => details(cx, value),
            Some(value) if !value.is_null() => {
                let label = Text::decode(cx, value);
                Flow {
                    label,
                    ..Flow::nothing(node.span())
                }
            }
            _ => Flow::nothing(node.span()),
        };
        extra_entries(cx, node);
        let [from, to] = arrow.ends[..] else {
            cx.wrong_type(node, "one arrow; a chain belongs into a scenario's steps");
            return None;
        };
        (flow.span, flow.from, flow.to) = (node.span(), Some(from), Some(to));
        if arrow.bidirectional {
            flow.bidirectional = Some(At {
                value: true,
                span: node.span(),
            });
        }
        Some(Self(Box::new(flow)))
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let flow = Flow::schema(schemas);
        let label = Text::schema(schemas);
        json!({ "anyOf": [
            { "type": "string", "pattern": "->" },
            flow,
            { "type": "object", "patternProperties": { "->": { "anyOf": [label, { "type": "object" }, { "type": "null" }] } },
              "additionalProperties": false, "minProperties": 1, "maxProperties": 1 },
        ] })
    }
}

/// `a -> b: { label: …, protocol: … }`: the long form less its ends.
fn details<'s>(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Flow<'s> {
    let mut flow = Flow::nothing(node.span());
    for (key, value) in cx.entries(node) {
        match key.value {
            "label" => flow.label = Text::decode(cx, value),
            "protocol" => flow.protocol = Text::decode(cx, value),
            "port" => flow.port = At::<u64>::decode(cx, value),
            "async" => flow.is_async = At::<bool>::decode(cx, value),
            "bidirectional" => flow.bidirectional = At::<bool>::decode(cx, value),
            "initiator" => flow.initiator = Text::decode(cx, value),
            "topics" => flow.topics = Vec::decode(cx, value).unwrap_or_default(),
            "latency" => flow.latency = Text::decode(cx, value),
            "description" => flow.description = Text::decode(cx, value),
            "tags" => flow.tags = Vec::decode(cx, value).unwrap_or_default(),
            "metadata" => flow.metadata = Free::decode(cx, value),
            _ => {
                cx.unknown_key("flow", key, &Flow::KEYS[2..]);
            }
        }
    }
    flow
}

/// Keys beside `a -> b:` would be lost; each is reported.
pub(crate) fn extra_entries<'s>(cx: &mut Decoder<'s, '_>, node: Node<'s>) {
    for (key, _) in node.entries().skip(1) {
        cx.out.push(
            Diagnostic::new(WRONG_TYPE, "a second key beside `a -> b`", key.span(), "")
                .help("write the details below the arrow: `a -> b: { label: …, protocol: … }`"),
        );
    }
}

impl<'s> Decode<'s> for Groups<'s> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        let mut groups = Vec::new();
        match node.kind() {
            NodeKind::Sequence => groups.push(group(cx, None, node)?),
            NodeKind::Mapping => {
                for (heading, value) in cx.entries(node) {
                    if value.is_null() {
                        cx.empty(heading);
                    } else {
                        groups.extend(group(cx, Some(heading), value));
                    }
                }
            }
            _ => cx.wrong_type(node, "a list of flows, or lists under headings"),
        }
        Some(Self { groups })
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let list = Vec::<Item<'_>>::schema(schemas);
        json!({ "anyOf": [list.clone(), { "type": "object", "additionalProperties": list }] })
    }
}

fn group<'s>(
    cx: &mut Decoder<'s, '_>,
    heading: Option<Text<'s>>,
    node: Node<'s>,
) -> Option<FlowGroup<'s>> {
    let items = Vec::<Item<'s>>::decode(cx, node)?;
    Some(FlowGroup {
        heading,
        flows: items.into_iter().map(|item| item.0).collect(),
    })
}
