//! Operations on components that no flow leads to.

use crate::check::callees::Section;
use crate::check::unjoined::unjoined;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostics, Group, Severity};

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
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let operations = context
        .mentions
        .iter()
        .filter(|mention| mention.section == Section::Operations);
    let operations: Vec<_> = operations.collect();
    for finding in unjoined(context, &operations, (&RULE.code, "operates on")) {
        out.push(finding);
    }
}
