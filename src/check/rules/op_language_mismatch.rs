//! Operations in a language that their store does not understand.

use crate::check::callees::Mention;
use crate::check::store_language::Language;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "op-language-mismatch",
        severity: Severity::Warning,
        group: Group::Detail,
        summary: "an operation in a language that its store does not understand",
        explanation: "`operations` and `api_calls` are grouped by store. This one is written in the language \
            of another: it stands under the wrong key, or one of the two is wrong.\n\nMove the \
            operation to the store that it runs on, or correct it.",
    },
    checks: &[Check::Model(check)],
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let model = context.model;
    for mention in &context.mentions {
        let store = match mention.target {
            Some(target) => Language::of_store(&model[target]),
            None => Language::of_name(mention.key.value),
        };
        for text in mention.texts {
            if let Some((spoken, used)) = Language::conflict(store, text.value) {
                out.push(op_language_mismatch(model, mention, *text, (spoken, used)));
            }
        }
    }
}

fn op_language_mismatch(
    model: &Model<'_>,
    mention: &Mention<'_, '_>,
    text: Text<'_>,
    (spoken, used): (Language, Language),
) -> Diagnostic {
    let (store, id) = (mention.key.value, model[mention.component].id.value);
    let message = format!(
        "`{store}` understands {}, and this operation of `{id}` is {}",
        spoken.name(),
        used.name()
    );
    Diagnostic::new(&RULE.code, message, text.span, used.name())
        .also(mention.key.span, format!("understands {}", spoken.name()))
        .help("move it to the store that it runs on, or correct it")
        .subject("component", id)
}
