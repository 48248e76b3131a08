//! A flow as findings speak of it: its ends in words, their place, and who calls whom.
//!
//! In: a flow of a model. Out: texts, spans and ids. Refuses to know: any rule.

use crate::model::{Component, ComponentId, Flow, Model, Origin};
use crate::source::Span;

/// `a -> b`, or `a <-> b`.
pub(crate) fn text(model: &Model<'_>, flow: &Flow<'_>) -> String {
    let arrow = if flow.is_bidirectional() { "<->" } else { "->" };
    let (from, to) = (model[flow.from].id.value, model[flow.to].id.value);
    format!("{from} {arrow} {to}")
}

/// Ends further apart than `, to: ` are not shown in one piece.
const MAX_GAP: u32 = 8;

/// Where the ends are written, or the first of them; for a derived flow, where the first party is.
pub(crate) fn span(flow: &Flow<'_>) -> Span {
    let written = flow.written.as_ref();
    let ends = written.and_then(|written| written.from.zip(written.to));
    match ends {
        // With a merge key the ends may stand far from the flow.
        Some((from, _)) if !flow.span.contains(from.span) => flow.span,
        Some((from, to)) if is_next(from.span, to.span) => from.span.to(to.span),
        Some((from, _)) => from.span,
        None => flow.span,
    }
}

fn is_next(from: Span, to: Span) -> bool {
    from.file == to.file && from.start <= to.start && to.start.saturating_sub(from.end) <= MAX_GAP
}

/// Who opens the connection, and to whom: the sender calls unless the flow says otherwise.
pub(crate) fn caller_and_callee(model: &Model<'_>, flow: &Flow<'_>) -> (ComponentId, ComponentId) {
    let is_turned = match flow.origin {
        Origin::Consumed => true,
        Origin::Produced => false,
        Origin::Declared(_) => is_opened_by_target(model, flow),
    };
    if is_turned {
        (flow.to, flow.from)
    } else {
        (flow.from, flow.to)
    }
}

fn is_opened_by_target(model: &Model<'_>, flow: &Flow<'_>) -> bool {
    let written = flow.written.as_ref();
    let initiator = written.and_then(|written| written.initiator);
    initiator.is_some_and(|name| answers_to(&model[flow.to], name.value))
}

/// Whether a name is the component's id or one of its aliases.
pub(crate) fn answers_to(component: &Component<'_>, name: &str) -> bool {
    let mut aliases = component.written.aliases.iter();
    component.id.value == name || aliases.any(|alias| alias.value == name)
}
