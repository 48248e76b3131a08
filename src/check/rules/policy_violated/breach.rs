//! A breach of a policy: the finding, and who is in it.
//!
//! In: what breaks which policy. Out: a [`Breach`]. Refuses to know: levels and exceptions.

use super::RULE;
use crate::check::{Context, arrow};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::{ComponentId, Flow, Model, TopicId};
use crate::source::Span;
use crate::spec::{Policy, Text};
use crate::view::select;

/// A chain is spelled out up to this many components.
const MAX_SHOWN: usize = 8;

/// Something that a policy rules out.
pub(super) struct Breach {
    pub(super) finding: Diagnostic,
    pub(super) parties: Parties,
}

/// Who is in a breach, for exceptions.
pub(super) enum Parties {
    /// A flow, a call or a chain goes from one to the other.
    Way(ComponentId, ComponentId),
    /// These together.
    Components(Vec<ComponentId>),
    Topic(TopicId),
}

impl Breach {
    /// `what` breaks the policy; `text` says how the policy reads.
    pub(super) fn new(
        policy: &Policy<'_>,
        what: &str,
        span: Span,
        text: &str,
        parties: Parties,
    ) -> Self {
        let message = format!("{what} breaks policy `{}`{}", name(policy), because(policy));
        let finding = Diagnostic::new(&RULE.code, message, span, text);
        Self {
            finding: with_policy(finding, policy),
            parties,
        }
    }

    /// Says what to do, and names the components concerned.
    pub(super) fn finish(mut self, model: &Model<'_>, help: &str, ids: &[ComponentId]) -> Self {
        let finding = self.finding.help(help);
        let name = |finding: Diagnostic, id: &ComponentId| {
            finding.subject("component", model[*id].id.value)
        };
        self.finding = ids.iter().fold(finding, name);
        self
    }
}

pub(super) fn with_policy(diagnostic: Diagnostic, policy: &Policy<'_>) -> Diagnostic {
    let place = policy.id.map_or(policy.span, |id| id.span);
    diagnostic
        .also(place, "the policy")
        .subject("policy", name(policy))
}

pub(super) fn name<'s>(policy: &Policy<'s>) -> &'s str {
    policy.id.map_or("", |id| id.value)
}

/// As in ": reads go through services".
pub(super) fn because(policy: &Policy<'_>) -> String {
    let text = policy
        .because
        .map(|text| text.value.trim().trim_end_matches('.'));
    text.map(|text| format!(": {text}")).unwrap_or_default()
}

/// What a selector selects; what is wrong with it is the finding of another rule.
pub(super) fn flags(context: &Context<'_, '_>, selector: Text<'_>) -> Vec<bool> {
    let mut ignored = Diagnostics::default();
    select(selector, context.model, context.graph, &mut ignored)
}

/// Whether one of the selected components is there.
pub(super) fn has(flags: &[bool], id: ComponentId) -> bool {
    flags.get(id.index()).copied().unwrap_or(false)
}

/// `web -> cache -> db`, in back-ticks.
pub(super) fn chain_text(model: &Model<'_>, chain: &[ComponentId]) -> String {
    let ids = chain.iter().map(|id| model[*id].id.value);
    let mut shown: Vec<&str> = ids.collect();
    if shown.len() > MAX_SHOWN {
        let last = shown.pop();
        shown.truncate(MAX_SHOWN - 1);
        shown.push("…");
        shown.extend(last);
    }
    format!("`{}`", shown.join(" -> "))
}

/// A breach by a chain, with the flow of each hop as a place.
pub(super) fn chain_breach(
    model: &Model<'_>,
    policy: &Policy<'_>,
    chain: &[ComponentId],
    flows: &[&Flow<'_>],
    text: &str,
) -> Breach {
    let noun = if chain.len() > 2 { "chain" } else { "flow" };
    let what = format!("{noun} {}", chain_text(model, chain));
    let first = flows
        .first()
        .map(|flow| arrow::span(flow))
        .unwrap_or_default();
    let (from, to) = (chain.first(), chain.last());
    let ends: Vec<ComponentId> = [from, to].into_iter().flatten().copied().collect();
    let parties = match ends.as_slice() {
        [from, to] => Parties::Way(*from, *to),
        _ => Parties::Components(ends.clone()),
    };
    let mut breach = Breach::new(policy, &what, first, text, parties);
    for flow in flows.iter().take(MAX_SHOWN).skip(1) {
        breach.finding = breach.finding.also(arrow::span(flow), "and then");
    }
    let help = "break the chain at one of its hops, or change the policy";
    breach.finish(model, help, &ends)
}
