//! Flows to ports that nobody listens on.

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, ComponentId, Flow, Model};
use crate::spec::At;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "port-not-exposed",
        severity: Severity::Error,
        group: Group::Flow,
        summary: "a flow to a port that the target does not state",
        explanation: "The flow names a port, the target states its ports, and this one is not among them. One \
            of the two is wrong, and whoever opens a firewall after this document opens the wrong \
            port.\n\nCorrect the flow's `port`, or add the port to the target's `ports`.",
    },
    checks: &[Check::Flow(check)],
};

/// Containers and parts beyond this depth are not looked at.
const MAX_DEPTH: usize = 8;

fn check(context: &Context<'_, '_>, flow: &Flow<'_>, out: &mut Diagnostics) {
    let model = context.model;
    let Some(port) = flow.written.as_ref().and_then(|written| written.port) else {
        return;
    };
    let (_, callee) = arrow::caller_and_callee(model, flow);
    let mut ends = [flow.to, callee].into_iter();
    if ends.all(|id| is_closed(model, id, port.value)) {
        out.push(port_not_exposed(&model[callee], port, flow, model));
    }
}

/// Whether the component states ports and neither it, nor what contains it, nor a part has this one.
fn is_closed(model: &Model<'_>, id: ComponentId, port: u64) -> bool {
    let states = |id: ComponentId| {
        let mut ports = model[id].written.ports.iter();
        ports.any(|stated| {
            [stated.port, stated.host]
                .iter()
                .flatten()
                .any(|at| at.value == port)
        })
    };
    let mut around = model.ancestors(id).take(MAX_DEPTH);
    !model[id].written.ports.is_empty()
        && !states(id)
        && !around.any(states)
        && !model[id].children.iter().copied().any(states)
}

fn port_not_exposed(
    target: &Component<'_>,
    port: At<u64>,
    flow: &Flow<'_>,
    model: &Model<'_>,
) -> Diagnostic {
    let id = target.id.value;
    let stated: Vec<String> = target
        .written
        .ports
        .iter()
        .filter_map(|stated| stated.port)
        .map(|stated| stated.value.to_string())
        .collect();
    let message = format!(
        "flow `{}` uses port {}, which `{id}` does not have",
        arrow::text(model, flow),
        port.value
    );
    let label = format!("`{id}` listens on {}", stated.join(", "));
    let place = target
        .written
        .ports
        .first()
        .map_or(target.id.span, |first| first.span);
    Diagnostic::new(&RULE.code, message, port.span, label)
        .also(place, "its ports are stated here")
        .help(format!(
            "correct the port, or add {} to the ports of `{id}`",
            port.value
        ))
        .subject("component", id)
}
