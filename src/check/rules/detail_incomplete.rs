//! Components that say less than all of their kind.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, Kind, LayerId, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "detail-incomplete",
        severity: Severity::Note,
        group: Group::Detail,
        summary: "a component that lacks a detail which all its peers state",
        explanation: "All other components of the same kind, layer and deployment state this detail, three of \
            them at least. It was probably forgotten here.\n\nState it.",
    },
    checks: &[Check::Model(check)],
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

/// How many components are alike, and of each detail, who lacks it.
#[derive(Default)]
struct Alike<'m, 's> {
    count: usize,
    lacking: [Lacking<'m, 's>; DETAILS.len()],
}

#[derive(Clone, Copy, Default)]
enum Lacking<'m, 's> {
    #[default]
    Nobody,
    One(&'m Component<'s>),
    Several,
}

impl<'m, 's> Alike<'m, 's> {
    fn add(&mut self, component: &'m Component<'s>) {
        self.count += 1;
        for ((_, is_stated), lacking) in DETAILS.iter().zip(&mut self.lacking) {
            if !is_stated(component) {
                *lacking = match lacking {
                    Lacking::Nobody => Lacking::One(component),
                    Lacking::One(_) | Lacking::Several => Lacking::Several,
                };
            }
        }
    }
}

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for group in groups(context.model) {
        for ((key, _), lacking) in DETAILS.iter().zip(group.lacking) {
            if let Lacking::One(component) = lacking
                && group.count > MIN_PEERS
            {
                out.push(detail_incomplete(component, key, group.count - 1));
            }
        }
    }
}

fn groups<'m, 's>(model: &'m Model<'s>) -> Vec<Alike<'m, 's>> {
    let mut groups: Vec<Alike<'m, 's>> = Vec::new();
    let mut places: HashMap<Peers<'_>, usize, FxBuildHasher> = HashMap::default();
    for component in &model.components {
        let Some(layer) = component.layer else {
            continue;
        };
        let peers = (component.kind, layer, component.deployment.as_deref());
        let place = *places.entry(peers).or_insert_with(|| {
            groups.push(Alike::default());
            groups.len() - 1
        });
        groups[place].add(component);
    }
    groups
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
