//! Host ports that two components publish.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::spec::{At, Port};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "host-port-conflict",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "two containers that publish the same port of their host",
        explanation: "A port of a host belongs to one process; the second container does not start. Components \
            of different compose files, and those that don't run as containers, are taken to be on \
            different hosts.\n\nPublish one of them on another `host` port.",
    },
    checks: &[Check::Model(check)],
};

/// The file that the component is started from, the port, the transport.
type Place<'m> = (&'m str, u64, String);

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut first: BTreeMap<Place<'_>, (&Component<'_>, At<u64>)> = BTreeMap::new();
    for component in context
        .model
        .components
        .iter()
        .filter(|component| is_container(component))
    {
        for port in &component.written.ports {
            let Some(host) = port.host else { continue };
            let place = (compose_file(component), host.value, transport(port));
            match first.entry(place) {
                Entry::Vacant(place) => {
                    place.insert((component, host));
                }
                Entry::Occupied(known) => {
                    out.push(host_port_conflict((component, host), *known.get()));
                }
            }
        }
    }
}

fn is_container(component: &Component<'_>) -> bool {
    let deployment = component.written.deployment;
    deployment.is_none_or(|deployment| deployment.value == "container")
}

fn compose_file<'m>(component: &'m Component<'_>) -> &'m str {
    let source = component.written.source.as_ref();
    let file = source.and_then(|source| source.compose);
    file.map_or("", |file| file.value)
}

/// TCP unless the port says otherwise.
fn transport(port: &Port<'_>) -> String {
    let stated = port.protocol.map(|protocol| protocol.value.to_lowercase());
    stated
        .filter(|protocol| protocol == "udp")
        .unwrap_or_default()
}

fn host_port_conflict(
    (component, port): (&Component<'_>, At<u64>),
    (other, first): (&Component<'_>, At<u64>),
) -> Diagnostic {
    let (id, other) = (component.id.value, other.id.value);
    let message = format!("`{other}` and `{id}` both publish host port {}", port.value);
    Diagnostic::new(&RULE.code, message, port.span, "published again here")
        .also(first.span, format!("published by `{other}`"))
        .help("publish one of them on another host port")
        .subject("component", id)
        .subject("component", other)
}
