//! Ports that do not exist.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Flow};
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
    checks: &[Check::Component(on_component), Check::Flow(on_flow)],
};

const PORTS: std::ops::RangeInclusive<u64> = 1..=65535;

fn on_component(component: &Component<'_>, out: &mut Diagnostics) {
    for port in &component.written.ports {
        check(port.port, out);
        check(port.host, out);
    }
}

fn on_flow(_: &Context<'_, '_>, flow: &Flow<'_>, out: &mut Diagnostics) {
    check(flow.written.as_ref().and_then(|written| written.port), out);
}

fn check(port: Option<At<u64>>, out: &mut Diagnostics) {
    if let Some(port) = port
        && !PORTS.contains(&port.value)
    {
        out.push(port_range(port));
    }
}

fn port_range(port: At<u64>) -> Diagnostic {
    let message = format!("{} is no port", port.value);
    Diagnostic::new(&RULE.code, message, port.span, "").help("ports are numbers from 1 to 65535")
}
