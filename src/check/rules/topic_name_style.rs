//! A topic that is named unlike all others.

use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Topic;

/// Fewer topics are no custom yet.
const FEWEST_OTHERS: usize = 3;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "topic-name-style",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "one topic whose separators differ from those of all others",
        explanation: "All topics but one separate the parts of their names in one way. Patterns such as \
            `orders.*` miss the odd one, and so do people.\n\nRename it, and state its present \
            name under `formerly:`.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let styled: Vec<(char, &Topic<'_>)> = context
        .model
        .topics
        .iter()
        .filter(|topic| !topic.is_internal())
        .filter_map(|topic| Some((separator(topic.id.value)?, topic)))
        .collect();
    // The odd one differs from both of its neighbors in the sorted list.
    let mut separators: Vec<char> = styled.iter().map(|(separator, _)| *separator).collect();
    separators.sort_unstable();
    let usual = separators.get(separators.len() / 2);
    let odd: Vec<_> = styled.iter().filter(|it| Some(&it.0) != usual).collect();
    if let ([(_, topic)], Some(usual)) = (&odd[..], usual)
        && styled.len() > FEWEST_OTHERS
    {
        out.push(topic_name_style(topic, *usual, styled.len() - 1));
    }
}

/// What separates the parts of a name; the coarsest sign counts.
fn separator(id: &str) -> Option<char> {
    ['.', '-', '_'].into_iter().find(|sign| id.contains(*sign))
}

fn topic_name_style(topic: &Topic<'_>, usual: char, others: usize) -> Diagnostic {
    let id = topic.id;
    let message = format!(
        "topic `{}` is named unlike the {others} others, whose parts are separated by `{usual}`",
        id.value
    );
    Diagnostic::new(&RULE.code, message, id.span, "")
        .help("rename it, and state its present name under `formerly`")
        .subject("topic", id.value)
}
