//! Calls of components that no flow leads to.

use std::collections::BTreeSet;

use crate::check::callees::{Mention, Section, mentions};
use crate::check::relations::Relations;
use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::ComponentId;
use crate::model::{Kind, Model};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "api-call-without-flow",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "`api_calls` on a component that no flow leads to",
        explanation: "The details say that the component calls another one, and no flow joins the two, in \
            either direction: the diagram hides a dependency.\n\nAdd the flow, or correct the key. A \
            broker is joined through topics. If the arrow is left out on purpose, accept it with a \
            reason.",
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
    // What operations say too is reported there.
    let operations: BTreeSet<_> = mentions
        .iter()
        .filter(|mention| mention.section == Section::Operations)
        .map(|mention| (mention.component, mention.target))
        .collect();
    for mention in mentions
        .iter()
        .filter(|mention| mention.section == Section::ApiCalls)
    {
        if let Some(target) = mention.target
            && !operations.contains(&(mention.component, mention.target))
            && !relations.are_related(mention.component, target)
            && !model[mention.component].is_partial
            && !model[target].is_partial
        {
            out.push(api_call_without_flow(model, mention, target));
        }
    }
}

fn api_call_without_flow(
    model: &Model<'_>,
    mention: &Mention<'_, '_>,
    target: ComponentId,
) -> Diagnostic {
    let (id, store) = (model[mention.component].id.value, &model[target]);
    let name = store.id.value;
    let message = format!("`{id}` calls `{name}`, and no flow joins them");
    let help = match store.kind {
        Kind::Broker => format!("name `{id}` as producer or consumer of a topic on `{name}`"),
        _ => format!("add `{id} -> {name}: …` under `flows`, or correct the key"),
    };
    Diagnostic::new(&RULE.code, message, mention.key.span, "no flow leads there")
        .help(help)
        .subject("component", id)
        .subject("component", name)
}
