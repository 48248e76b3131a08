//! Operations on components that no flow leads to.

use crate::check::callees::{Mention, Section, mentions};
use crate::check::relations::Relations;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::ComponentId;
use crate::model::{Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "operation-without-flow",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "`operations` on a component that no flow leads to",
        explanation: "The details say that the component operates on another one, and no flow joins the two, \
            in either direction: the diagram hides a dependency.\n\nAdd the flow, or correct the \
            key. A broker is joined through topics. If the arrow is left out on purpose, accept it \
            with a reason.",
    },
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    let mentions = mentions(model);
    if mentions.is_empty() {
        return;
    }
    let relations = Relations::of(model);
    for mention in mentions
        .iter()
        .filter(|mention| mention.section == Section::Operations)
    {
        if let Some(target) = mention.target
            && !relations.are_related(mention.component, target)
            && !model[mention.component].is_partial
            && !model[target].is_partial
        {
            out.push(operation_without_flow(model, mention, target));
        }
    }
}

fn operation_without_flow(
    model: &Model<'_>,
    mention: &Mention<'_, '_>,
    target: ComponentId,
) -> Diagnostic {
    let (id, store) = (model[mention.component].id.value, &model[target]);
    let name = store.id.value;
    let message = format!("`{id}` operates on `{name}`, and no flow joins them");
    let help = match store.kind {
        Kind::Broker => format!("name `{id}` as producer or consumer of a topic on `{name}`"),
        _ => format!("add `{id} -> {name}: …` under `flows`, or correct the key"),
    };
    Diagnostic::new(&RULE.code, message, mention.key.span, "no flow leads there")
        .help(help)
        .subject("component", id)
        .subject("component", name)
}
