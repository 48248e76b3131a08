//! Keys in different casings.

use std::collections::BTreeMap;

use crate::check::places::also_at;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::source::Span;
use crate::spec::Text;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "key-naming",
        severity: Severity::Note,
        group: Group::Topic,
        summary: "keys of topics in different casings",
        explanation: "`UserId` beside `conversation_id`: consumers that join topics by key need to know each \
            spelling. Most keys follow one style; this one does not. Keys that come from a \
            database have its spelling, which is a reason to accept the finding.\n\nSpell the key \
            like the others, if it is yours to choose.",
    },
    checks: &[Check::Model(check)],
};

/// How a name of several words is spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Casing {
    Snake,
    Camel,
    Pascal,
    Kebab,
    Screaming,
    Mixed,
}

impl Casing {
    fn name(self) -> &'static str {
        match self {
            Self::Snake => "snake_case",
            Self::Camel => "camelCase",
            Self::Pascal => "PascalCase",
            Self::Kebab => "kebab-case",
            Self::Screaming => "UPPER_CASE",
            Self::Mixed => "mixed case",
        }
    }

    /// The casing of a key; `None` if it is one plain word, or no name at all.
    fn of(key: &str) -> Option<Self> {
        let name = key.rsplit('.').next().unwrap_or(key);
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        if name.is_empty() || !name.chars().all(is_name) {
            return None;
        }
        let has_upper = name.contains(char::is_uppercase);
        let has_lower = name.contains(char::is_lowercase);
        let has_separator = name.contains(['_', '-']);
        match (has_upper, has_lower, has_separator) {
            (false, _, true) if name.contains('_') && name.contains('-') => Some(Self::Mixed),
            (false, _, true) if name.contains('-') => Some(Self::Kebab),
            (false, _, true) => Some(Self::Snake),
            (true, true, true) => Some(Self::Mixed),
            (true, true, false) if name.starts_with(char::is_uppercase) => Some(Self::Pascal),
            (true, true, false) => Some(Self::Camel),
            (true, false, true) => Some(Self::Screaming),
            (false, _, false) | (true, false, false) => None,
        }
    }
}

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut keys: BTreeMap<Casing, Vec<Text<'_>>> = BTreeMap::new();
    let written = context.model.topics.iter().filter_map(|it| it.written.key);
    for key in written {
        if let Some(casing) = Casing::of(key.value) {
            keys.entry(casing).or_default().push(key);
        }
    }
    // Of equally common styles the one written first counts.
    let usual = keys.iter().max_by_key(|(_, keys)| {
        (
            keys.len(),
            std::cmp::Reverse(keys.first().map(|it| it.span)),
        )
    });
    let Some((usual, examples)) = usual else {
        return;
    };
    for (casing, others) in keys.iter().filter(|(casing, _)| *casing != usual) {
        if let (Some(example), Some((first, rest))) = (examples.first(), others.split_first()) {
            let rest: Vec<Span> = rest.iter().map(|key| key.span).collect();
            let found = key_naming((*first, *casing), (*example, *usual));
            out.push(also_at(found, &rest, "so is this"));
        }
    }
}

fn key_naming(
    (key, casing): (Text<'_>, Casing),
    (example, usual): (Text<'_>, Casing),
) -> Diagnostic {
    let message = format!(
        "key `{}` is in {}, others such as `{}` are in {}",
        key.value,
        casing.name(),
        example.value,
        usual.name()
    );
    Diagnostic::new(&RULE.code, message, key.span, casing.name())
        .also(example.span, usual.name())
        .help(format!(
            "spell it in {} if the name is yours to choose",
            usual.name()
        ))
        .subject("key", key.value)
}
