//! Initiators that are at neither end of their flow.

use std::collections::BTreeSet;

use crate::check::arrow;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Component;
use crate::model::{Flow, Model};
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "initiator-not-an-end",
        severity: Severity::Error,
        group: Group::Flow,
        summary: "an initiator that is neither end of its flow",
        explanation: "The initiator is the end that opens the connection, if it is not the sender. A third \
            component can't open it.\n\nName one of the two ends, or correct the ends.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mut known: Option<BTreeSet<&str>> = None;
    for flow in &model.flows {
        let Some(name) = flow.written.as_ref().and_then(|written| written.initiator) else {
            continue;
        };
        let is_end = [flow.from, flow.to]
            .iter()
            .any(|id| arrow::answers_to(&model[*id], name.value));
        if is_end {
            continue;
        }
        // A name that nobody has was reported when it was looked up.
        let known = known.get_or_insert_with(|| model.components.iter().flat_map(names).collect());
        if known.contains(name.value) {
            out.push(initiator_not_an_end(model, flow, name));
        }
    }
}

fn names<'m>(component: &'m Component<'_>) -> impl Iterator<Item = &'m str> {
    let aliases = component.written.aliases.iter().map(|alias| alias.value);
    aliases.chain([component.id.value])
}

fn initiator_not_an_end(model: &Model<'_>, flow: &Flow<'_>, name: Text<'_>) -> Diagnostic {
    let (from, to) = (model[flow.from].id.value, model[flow.to].id.value);
    let message = format!(
        "initiator `{}` is no end of flow `{}`",
        name.value,
        arrow::text(model, flow)
    );
    Diagnostic::new(&RULE.code, message, name.span, "a third component")
        .help(format!(
            "name `{from}` or `{to}`, whichever opens the connection"
        ))
        .subject("component", from)
        .subject("component", to)
}
