//! Policies about details: `require`.
//!
//! In: a policy and what its selector selects. Out: a finding for each component that
//! lacks a key. Refuses to know: levels.

use super::breach;
use crate::check::Context;
use crate::check::stated::states;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::Component;
use crate::spec::{Policy, PolicySides};
use crate::view::select;

/// Components that do not state what they must.
pub(super) fn lacking(context: &Context<'_, '_>, policy: &Policy<'_>) -> Vec<Diagnostic> {
    let model = context.model;
    let Some(required) = &policy.require else {
        return Vec::new();
    };
    let Some(selector) = required.components else {
        return Vec::new();
    };
    let flags = select(selector, model, context.graph, &mut Diagnostics::default());
    let selected = model
        .components
        .iter()
        .zip(&flags)
        .filter(|(_, flag)| **flag);
    selected
        .filter_map(|(component, _)| lacks(policy, required, component))
        .collect()
}

fn lacks(
    policy: &Policy<'_>,
    required: &PolicySides<'_>,
    component: &Component<'_>,
) -> Option<Diagnostic> {
    let missing = required
        .keys
        .iter()
        .filter(|key| states(component, key.value) == Some(false));
    let keys: Vec<String> = missing.map(|key| format!("`{}`", key.value)).collect();
    if keys.is_empty() {
        return None;
    }
    let (id, keys) = (component.id, keys.join(", "));
    let what = format!("component `{}` without {keys}", id.value);
    let text = format!("{keys} must be stated");
    let finding = breach(policy, &what, id.span, &text)
        .help(format!("state {keys}, or change the policy"))
        .subject("component", id.value);
    Some(finding)
}
