//! Components with the same name.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rustc_hash::FxBuildHasher;

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, ComponentId};
use crate::source::Span;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "name-repeated",
        severity: Severity::Warning,
        group: Group::Hygiene,
        summary: "two components with the same display name in the same place",
        explanation: "In a diagram the two boxes can't be told apart. Often one was copied from the \
            other.\n\nGive each a name of its own. Parts of different components may share a name.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut first: HashMap<(Option<ComponentId>, &str), &Component<'_>, FxBuildHasher> =
        HashMap::default();
    for component in &context.model.components {
        match first.entry((component.parent, &component.name)) {
            Entry::Vacant(place) => {
                place.insert(component);
            }
            Entry::Occupied(known) if is_named(component) || is_named(known.get()) => {
                out.push(name_repeated(component, known.get()));
            }
            // Ids that differ in separators alone make the same name; another rule reports those.
            Entry::Occupied(_) => {}
        }
    }
}

fn is_named(component: &Component<'_>) -> bool {
    component.written.name.is_some()
}

fn name_repeated(component: &Component<'_>, first: &Component<'_>) -> Diagnostic {
    let (id, other) = (component.id.value, first.id.value);
    let message = format!("`{other}` and `{id}` are both named `{}`", component.name);
    Diagnostic::new(&RULE.code, message, place(component), "the same name")
        .also(place(first), format!("the name of `{other}`"))
        .help("give each a name of its own")
        .subject("component", id)
        .subject("component", other)
}

/// Where the name is written, or the id that it is made from.
fn place(component: &Component<'_>) -> Span {
    component
        .written
        .name
        .map_or(component.id.span, |name| name.span)
}
