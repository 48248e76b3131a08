//! Steps that hide several hops.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::{Action, Scenario, Step};

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "long-chain",
        severity: Severity::Note,
        group: Group::Scenario,
        summary: "a step with four hops or more",
        explanation: "All hops of a chain share one number and one text, and the text belongs to the last. \
            Readers can't tell what the others are for, and nobody can refer to them.\n\nWrite a \
            step for each hop that matters, with its own text.",
    },
    checks: &[Check::Model(check)],
};

/// A chain of this many hops is long.
const LONG: usize = 4;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for scenario in &context.model.scenarios {
        for chain in scenario.steps.chunk_by(|a, b| a.number == b.number) {
            let is_call = |step: &&Step<'_>| matches!(step.action, Action::Call { .. });
            let hops = chain.iter().filter(is_call).count();
            if hops >= LONG
                && let Some(finding) = long_chain(scenario, chain, hops)
            {
                out.push(finding);
            }
        }
    }
}

fn long_chain(scenario: &Scenario<'_>, chain: &[Step<'_>], hops: usize) -> Option<Diagnostic> {
    let (first, last) = (chain.first()?, chain.last()?);
    let message = format!("step {} has {hops} hops", first.number);
    let help = "write a step for each hop that matters, and say what it is for";
    let diagnostic = Diagnostic::new(
        &RULE.code,
        message,
        first.span.to(last.span),
        "one number, one text",
    );
    Some(diagnostic.help(help).subject("scenario", scenario.id.value))
}
