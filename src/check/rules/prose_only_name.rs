//! Names in details that are no component.

use std::collections::{BTreeMap, BTreeSet};

use crate::check::places::also_at;
use crate::check::{Check, Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity, did_you_mean};
use crate::model::Model;
use crate::source::Span;

/// Each suggestion looks at every component, so not every name of a huge file gets one.
const MAX_SUGGESTIONS: usize = 50;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "prose-only-name",
        severity: Severity::Note,
        group: Group::Reference,
        summary: "a system that details name and the architecture does not have",
        explanation: "A component calls something, or stores data in it, that no component or alias of the \
            specification names. So no diagram shows it, and no flow or impact analysis knows of \
            it.\n\nAdd the component (`kind: external` if it is somebody else's), write the id of \
            the one that is meant, or declare the name under its `aliases:`.",
    },
    checks: &[Check::Model(check)],
};

/// Where a name is used, by name.
type Uses<'s> = BTreeMap<&'s str, Vec<Span>>;

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    let mut details = context
        .model
        .components
        .iter()
        .map(|component| &component.written);
    if details.all(|written| written.api_calls.is_empty() && written.operations.is_empty()) {
        return;
    }
    let technologies = technologies(context.model);
    for (count, (name, places)) in unknown_names(context.model, &technologies)
        .iter()
        .enumerate()
    {
        let help = match technologies.get(&folded(name)) {
            Some(id) => format!("add `{name}` to the aliases of `{id}`, or write `{id}`"),
            None => help(context.model, name, count),
        };
        out.push(prose_only_name(name, places, help));
    }
}

fn help(model: &Model<'_>, name: &str, count: usize) -> String {
    let ids = model.components.iter().map(|component| component.id.value);
    let meant = (count < MAX_SUGGESTIONS)
        .then(|| did_you_mean(name, ids))
        .flatten();
    meant.map_or_else(
        || "add the component, or declare the name as alias of one".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    )
}

fn unknown_names<'s>(model: &Model<'s>, technologies: &BTreeMap<String, &str>) -> Uses<'s> {
    let known = known_names(model);
    let mut uses = Uses::new();
    for component in &model.components {
        let calls = component.written.api_calls.iter().map(|(key, _)| *key);
        let stores = component.written.operations.iter().map(|(key, _)| *key);
        let named = stores
            .filter(|key| is_proper(key.value) || technologies.contains_key(&folded(key.value)));
        for key in calls.chain(named) {
            if !known.contains(&folded(key.value)) {
                uses.entry(key.value).or_default().push(key.span);
            }
        }
    }
    uses
}

fn known_names(model: &Model<'_>) -> BTreeSet<String> {
    let topics = model.topics.iter().map(|topic| folded(topic.id.value));
    let components = model.components.iter().flat_map(|component| {
        let aliases = component.written.aliases.iter().map(|alias| alias.value);
        aliases
            .chain([component.id.value, &*component.name])
            .map(folded)
    });
    components.chain(topics).collect()
}

/// The first component of each technology.
fn technologies<'s>(model: &Model<'s>) -> BTreeMap<String, &'s str> {
    let mut technologies = BTreeMap::new();
    for component in &model.components {
        if let Some(technology) = component.written.technology {
            technologies
                .entry(folded(technology.value))
                .or_insert(component.id.value);
        }
    }
    technologies
}

/// Operations are grouped by store or by topic of the team's choice; only a word such as
/// `MongoDB`, with capitals inside, is surely a name.
fn is_proper(text: &str) -> bool {
    text.split_whitespace().any(|word| {
        word.chars().skip(1).any(char::is_uppercase) && word.chars().any(char::is_lowercase)
    })
}

fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', ' ', '.'], "_")
}

fn prose_only_name(name: &str, places: &[Span], help: String) -> Diagnostic {
    let (first, rest) = places
        .split_first()
        .map_or((Span::default(), places), |(first, rest)| (*first, rest));
    let message = format!("`{name}` is no component and no alias");
    let diagnostic = Diagnostic::new(&RULE.code, message, first, "named in details only");
    also_at(diagnostic, rest, "also named here")
        .help(help)
        .subject("name", name)
}
