//! Scenarios as written, steps in their short and long forms.
//!
//! In: nodes. Out: [`Scenario`]s of [`Step`]s. Refuses to know: whether anything backs a step.

use serde_json::{Value, json};

use super::decode::{Decode, Decoder, Schemas, Text};
use super::flow::{Arrow, arrow_key, extra_entries};
use super::free::Free;
use super::record::record;
use crate::source::{Node, NodeKind, Span};

record! {
    /// A story through the architecture, step by step.
    "scenario" Scenario {
        /// Name shown to people; the id in words by default.
        name: Option<Text<'s>>,
        /// What it shows.
        description: Option<Text<'s>>,
        /// What sets it off.
        trigger: Option<Text<'s>>,
        /// The steps in order.
        steps: Vec<Step<'s>>,
        /// Limits that the whole story keeps.
        budget: Option<Budget<'s>>,
        /// Words to select by.
        tags: Vec<Text<'s>>,
        /// Data of your own.
        metadata: Option<Free<'s>>,
    }
    required ["steps"]
}

record! {
    /// Limits that a scenario keeps.
    "budget" Budget {
        /// Longest time for the whole story.
        latency: Option<Text<'s>>,
    }
    short latency: Option<Text<'s>>
}

record! {
    /// A call from one component to another.
    "call" Call {
        /// Who calls.
        from: Option<Text<'s>>,
        /// Who is called.
        to: Option<Text<'s>>,
        /// What for.
        label: Option<Text<'s>>,
        /// How long it takes.
        latency: Option<Text<'s>>,
        /// What comes back.
        reply: Option<Text<'s>>,
    }
    required ["from", "to"]
}

record! {
    /// Publishing an event.
    "publish" Publish {
        /// Who publishes.
        from: Option<Text<'s>>,
        /// To which topic.
        topic: Option<Text<'s>>,
        /// What happens.
        label: Option<Text<'s>>,
        /// How long it takes.
        latency: Option<Text<'s>>,
    }
    required ["from", "topic"]
}

record! {
    /// Consuming an event.
    "consume" Consume {
        /// Who consumes.
        by: Option<Text<'s>>,
        /// From which topic.
        topic: Option<Text<'s>>,
        /// What happens.
        label: Option<Text<'s>>,
        /// How long it takes.
        latency: Option<Text<'s>>,
    }
    required ["by", "topic"]
}

record! {
    /// A remark on what a component does by itself.
    "note" Note {
        /// The component.
        on: Option<Text<'s>>,
        /// What it does.
        text: Option<Text<'s>>,
    }
    required ["on", "text"]
}

/// One arrow of a chain, or a call or return.
#[derive(Clone, Debug)]
pub struct Hop<'s> {
    /// Who sends.
    pub from: Text<'s>,
    /// Who receives.
    pub to: Text<'s>,
    /// What.
    pub label: Option<Text<'s>>,
    /// How long it takes.
    pub latency: Option<Text<'s>>,
    /// What comes back.
    pub reply: Option<Text<'s>>,
}

/// One step of a scenario.
#[derive(Clone, Debug)]
pub enum Step<'s> {
    /// One or more arrows in a row; the label belongs to the last.
    Hops(Span, Vec<Hop<'s>>),
    /// The answer to an earlier call.
    Return(Span, Hop<'s>),
    /// An event goes to a topic.
    Publish(Publish<'s>),
    /// An event comes from a topic.
    Consume(Consume<'s>),
    /// A remark.
    Note(Note<'s>),
}

impl Step<'_> {
    /// Where the step is written.
    pub fn span(&self) -> Span {
        match self {
            Self::Hops(span, _) | Self::Return(span, _) => *span,
            Self::Publish(step) => step.span,
            Self::Consume(step) => step.span,
            Self::Note(step) => step.span,
        }
    }
}

const STEP_KEYS: &[&str] = &["call", "return", "publish", "consume", "note"];

impl<'s> Decode<'s> for Step<'s> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        if let Some((arrow, value)) = arrow_key(node) {
            return chain(cx, node, &arrow, value);
        }
        let Some((key, value)) = node.entries().next() else {
            cx.wrong_type(
                node,
                "a step: `a -> b: what`, or `call`, `return`, `publish`, `consume` or `note`",
            );
            return None;
        };
        let key = cx.text(key, "a kind of step")?;
        extra_entries(cx, node);
        match key.value {
            "call" => Call::decode(cx, value)
                .and_then(|call| Some(Self::Hops(node.span(), vec![hop(&call)?]))),
            "return" => Call::decode(cx, value)
                .and_then(|call| Some(Self::Return(node.span(), hop(&call)?))),
            "publish" => Publish::decode(cx, value).map(Self::Publish),
            "consume" => Consume::decode(cx, value).map(Self::Consume),
            "note" => Note::decode(cx, value).map(Self::Note),
            _ => {
                cx.unknown_key("step", key, STEP_KEYS);
                None
            }
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let label = Text::schema(schemas);
        let call = Call::schema(schemas);
        json!({ "anyOf": [
            { "type": "string", "pattern": "->" },
            { "type": "object", "minProperties": 1, "maxProperties": 1,
              "patternProperties": { "->": { "anyOf": [label, { "type": "object" }, { "type": "null" }] } },
              "properties": { "call": call, "return": call, "publish": Publish::schema(schemas),
                              "consume": Consume::schema(schemas), "note": Note::schema(schemas) },
              "additionalProperties": false },
        ] })
    }
}

fn hop<'s>(call: &Call<'s>) -> Option<Hop<'s>> {
    Some(Hop {
        from: call.from?,
        to: call.to?,
        label: call.label,
        latency: call.latency,
        reply: call.reply,
    })
}

fn chain<'s>(
    cx: &mut Decoder<'s, '_>,
    node: Node<'s>,
    arrow: &Arrow<'s>,
    value: Option<Node<'s>>,
) -> Option<Step<'s>> {
    extra_entries(cx, node);
    let mut hops: Vec<Hop<'s>> = arrow
        .ends
        .windows(2)
        .map(|pair| Hop {
            from: pair[0],
            to: pair[1],
            label: None,
            latency: None,
            reply: None,
        })
        .collect();
    let last = hops.last_mut()?;
    match value {
        Some(value) if value.kind() == NodeKind::Mapping => last_details(cx, value, last),
        Some(value) if !value.is_null() => last.label = Text::decode(cx, value),
        _ => {}
    }
    Some(Step::Hops(node.span(), hops))
}

fn last_details<'s>(cx: &mut Decoder<'s, '_>, node: Node<'s>, hop: &mut Hop<'s>) {
    for (key, value) in cx.entries(node) {
        match key.value {
            "label" => hop.label = Text::decode(cx, value),
            "latency" => hop.latency = Text::decode(cx, value),
            "reply" => hop.reply = Text::decode(cx, value),
            _ => {
                cx.unknown_key("step", key, &["label", "latency", "reply"]);
            }
        }
    }
}
