//! Items that a list holds twice.

use crate::check::{Context, Rule};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Group, Severity};
use crate::model::Model;
use crate::spec::Text;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

pub(super) static RULE: Rule = Rule {
    code: Code {
        id: "repeated-item",
        severity: Severity::Note,
        group: Group::Hygiene,
        summary: "the same text twice in one list",
        explanation: "Tags, functions, operations and calls are sets; the second adds nothing. Often \
            another item was meant.\n\nRemove or correct one. Fields and events of topics have \
            rules of their own.",
    },
    check,
};

fn check(context: &Context<'_, '_>, out: &mut Diagnostics) {
    for list in lists(context.model) {
        let mut first: BTreeMap<&str, Text<'_>> = BTreeMap::new();
        for item in list.items {
            match first.entry(item.value) {
                Entry::Vacant(place) => {
                    place.insert(item);
                }
                Entry::Occupied(known) => {
                    out.push(repeated_item(&list.subject, list.key, item, *known.get()));
                }
            }
        }
    }
}

struct List<'s> {
    subject: (&'static str, &'s str),
    key: &'static str,
    items: Vec<Text<'s>>,
}

fn lists<'s>(model: &Model<'s>) -> Vec<List<'s>> {
    let mut lists = Vec::new();
    for component in &model.components {
        let (subject, written) = (("component", component.id.value), &component.written);
        let mut add = |key, items: &[Text<'s>]| {
            if items.len() > 1 {
                let items = items.to_vec();
                lists.push(List {
                    subject,
                    key,
                    items,
                });
            }
        };
        add("tags", &written.tags);
        add("aliases", &written.aliases);
        add("functions", &written.functions);
        written
            .operations
            .iter()
            .for_each(|(_, texts)| add("operations", texts));
        written
            .api_calls
            .iter()
            .for_each(|(_, texts)| add("api_calls", texts));
    }
    for topic in &model.topics {
        lists.push(List {
            subject: ("topic", topic.id.value),
            key: "tags",
            items: topic.written.tags.clone(),
        });
    }
    lists
}

fn repeated_item(
    (noun, id): &(&'static str, &str),
    key: &str,
    item: Text<'_>,
    first: Text<'_>,
) -> Diagnostic {
    let message = format!("`{key}` of {noun} `{id}` holds `{}` twice", item.value);
    Diagnostic::new(&RULE.code, message, item.span, "again here")
        .also(first.span, "first here")
        .help("remove or correct one")
        .subject(noun, id)
}
