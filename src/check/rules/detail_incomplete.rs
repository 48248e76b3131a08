//! Components that say less than all of their kind.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Kind, LayerId};
use std::collections::BTreeMap;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "detail-incomplete",
        severity: Severity::Note,
        group: Group::Detail,
        summary: "a component that lacks a detail which all its peers state",
        explanation: "All other components of the same kind, layer and deployment state this detail, three of \
            them at least. It was probably forgotten here.\n\nState it.",
    },
    check,
};

/// So many others have to agree.
const MIN_PEERS: usize = 3;

/// What is looked at, with whether it is stated.
type Detail = (&'static str, fn(&Component<'_>) -> bool);

const DETAILS: &[Detail] = &[
    ("technology", |component| {
        component.written.technology.is_some()
    }),
    ("purpose", |component| component.written.purpose.is_some()),
    ("protocols", |component| {
        component.written.protocols.is_some()
    }),
    ("functions", |component| {
        !component.written.functions.is_empty()
    }),
];

/// Components that are alike.
type Peers<'m> = (Kind, LayerId, Option<&'m str>);

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut groups: BTreeMap<Peers<'_>, Vec<&Component<'_>>> = BTreeMap::new();
    for component in &context.model.components {
        if let Some(layer) = component.layer {
            let peers = (component.kind, layer, component.deployment.as_deref());
            groups.entry(peers).or_default().push(component);
        }
    }
    for peers in groups.values().filter(|peers| peers.len() > MIN_PEERS) {
        for (key, is_stated) in DETAILS {
            let mut lacking = peers.iter().filter(|component| !is_stated(component));
            if let (Some(component), None) = (lacking.next(), lacking.next()) {
                out.push(detail_incomplete(component, key, peers.len() - 1));
            }
        }
    }
}

fn detail_incomplete(component: &Component<'_>, key: &str, peers: usize) -> Diagnostic {
    let (id, kind) = (component.id, component.kind.name());
    let message = format!(
        "`{}` states no `{key}`; all {peers} others of kind {kind} in its layer do",
        id.value
    );
    Diagnostic::new(&RULE.code, message, id.span, format!("no `{key}` here"))
        .help(format!("add `{key}: …`"))
        .subject("component", id.value)
}
