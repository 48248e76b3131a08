//! Ports that do not exist.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
use crate::spec::At;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "port-range",
        severity: Severity::Error,
        group: Group::Detail,
        summary: "a port that is not between 1 and 65535",
        explanation: "Port numbers have sixteen bits, and 0 means \"any\". Nothing can listen on this \
            one.\n\nCorrect the number.",
    },
    check,
};

const PORTS: std::ops::RangeInclusive<u64> = 1..=65535;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for port in ports(context.model) {
        if !PORTS.contains(&port.value) {
            out.push(port_range(port));
        }
    }
}

/// Ports of components, on their hosts, and of flows.
fn ports(model: &Model<'_>) -> impl Iterator<Item = At<u64>> {
    let stated = model
        .components
        .iter()
        .flat_map(|component| &component.written.ports);
    let listening = stated.flat_map(|port| [port.port, port.host]).flatten();
    let flows = model.flows.iter();
    listening.chain(flows.filter_map(|flow| flow.written.as_ref()?.port))
}

fn port_range(port: At<u64>) -> Diagnostic {
    let message = format!("{} is no port", port.value);
    Diagnostic::new(&RULE.code, message, port.span, "").help("ports are numbers from 1 to 65535")
}
