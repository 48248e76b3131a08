//! Components without an owner among components with one.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Component, ComponentId, Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "missing-owner",
        severity: Severity::Warning,
        group: Group::Reference,
        summary: "a component without owner where most components have one",
        explanation: "When something breaks, somebody must be asked. At least half of the components state \
            an owner, so the specification means to name them all; this one was \
            forgotten.\n\nState `owner:`. A component inside another has the owner of that one; \
            people and external systems need none.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let expected = || {
        model
            .components()
            .filter(|(_, component)| !matches!(component.kind, Kind::Person | Kind::External))
    };
    let owned = expected().filter(|(id, _)| is_owned(model, *id)).count();
    if owned == 0 || owned * 2 < expected().count() {
        return;
    }
    for (id, component) in expected() {
        if !is_owned(model, id) && !component.is_partial {
            out.push(missing_owner(component));
        }
    }
}

fn is_owned(model: &Model<'_>, id: ComponentId) -> bool {
    model[id].written.owner.is_some()
        || model
            .ancestors(id)
            .any(|ancestor| model[ancestor].written.owner.is_some())
}

fn missing_owner(component: &Component<'_>) -> Diagnostic {
    let id = component.id;
    let message = format!("component `{}` has no owner", id.value);
    Diagnostic::new(&RULE.code, message, id.span, "most others have one")
        .help("state who answers for it: `owner: …`")
        .subject("component", id.value)
}
