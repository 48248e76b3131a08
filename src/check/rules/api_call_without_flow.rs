//! Calls of components that no flow leads to.

use std::collections::BTreeSet;

use crate::check::callees::Section;
use crate::check::unjoined::unjoined;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

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
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mentions = &context.mentions;
    // What operations say too is reported there.
    let operations: BTreeSet<_> = mentions
        .iter()
        .filter(|mention| mention.section == Section::Operations)
        .map(|mention| (mention.component, mention.target))
        .collect();
    let calls = mentions
        .iter()
        .filter(|mention| mention.section == Section::ApiCalls)
        .filter(|mention| !operations.contains(&(mention.component, mention.target)));
    let calls: Vec<_> = calls.collect();
    for finding in unjoined(context, &calls, (&RULE.code, "calls")) {
        out.push(finding);
    }
}
