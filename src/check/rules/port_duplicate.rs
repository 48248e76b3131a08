//! Ports that a component states twice.

use crate::check::{Check, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::{At, Port};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "port-duplicate",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "a port that a component states twice",
        explanation: "One of the two is superfluous, or another number was meant. The same number for TCP and \
            UDP is fine; state `protocol` on both.\n\nRemove or correct one.",
    },
    checks: &[Check::Component(check)],
};

fn check(component: &Component<'_>, out: &mut Diagnostics) {
    if component.written.ports.len() < 2 {
        return;
    }
    let mut first: BTreeMap<(u64, String), At<u64>> = BTreeMap::new();
    for port in &component.written.ports {
        let Some(number) = port.port else { continue };
        match first.entry((number.value, protocol(port))) {
            Entry::Vacant(place) => {
                place.insert(number);
            }
            Entry::Occupied(known) => out.push(port_duplicate(component, number, *known.get())),
        }
    }
}

fn protocol(port: &Port<'_>) -> String {
    port.protocol
        .map(|protocol| protocol.value.to_lowercase())
        .unwrap_or_default()
}

fn port_duplicate(component: &Component<'_>, port: At<u64>, first: At<u64>) -> Diagnostic {
    let id = component.id.value;
    let message = format!("`{id}` states port {} twice", port.value);
    Diagnostic::new(&RULE.code, message, port.span, "again here")
        .also(first.span, "first here")
        .help("remove one, or correct the number")
        .subject("component", id)
}
