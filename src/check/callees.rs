//! Whom the details of a component say it works with: the keys of `operations` and `api_calls`.
//!
//! In: a model. Out: [`Mention`]s, each with the component that its key names, if it names one.
//! Refuses to know: whether flows agree.

use std::collections::BTreeMap;

use crate::model::{Component, ComponentId, Model};
use crate::spec::Text;

/// One key of a component's details.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'m, 's> {
    /// Whose details.
    pub(crate) component: ComponentId,
    /// The key as written.
    pub(crate) key: Text<'s>,
    /// What it names: by id, alias or name, case and separators aside.
    pub(crate) target: Option<ComponentId>,
    /// The texts below the key.
    pub(crate) texts: &'m [Text<'s>],
    /// Which of the two mappings.
    pub(crate) section: Section,
}

/// The mapping that a key stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    Operations,
    ApiCalls,
}

/// Every key of every component, operations first.
pub(crate) fn mentions<'m, 's>(model: &'m Model<'s>) -> Vec<Mention<'m, 's>> {
    let mut mentions = Vec::new();
    let is_silent = |element: &Component<'_>| {
        element.written.operations.is_empty() && element.written.api_calls.is_empty()
    };
    if model.components.iter().all(is_silent) {
        return mentions;
    }
    let index = index(model);
    for (component, element) in model.components() {
        let operations = element.written.operations.iter();
        let calls = element.written.api_calls.iter();
        let sections = operations
            .map(|entry| (Section::Operations, entry))
            .chain(calls.map(|entry| (Section::ApiCalls, entry)));
        for (section, (key, texts)) in sections {
            let target = index.get(&fold(key.value)).copied().flatten();
            mentions.push(Mention {
                component,
                key: *key,
                target,
                texts,
                section,
            });
        }
    }
    mentions
}

/// Components by folded id, alias and name. A name that two share stands for neither.
fn index(model: &Model<'_>) -> BTreeMap<String, Option<ComponentId>> {
    let mut index = BTreeMap::new();
    for (id, component) in model.components() {
        let aliases = component.written.aliases.iter().map(|alias| alias.value);
        for name in aliases.chain([component.id.value, &component.name]) {
            index
                .entry(fold(name))
                .and_modify(|known| {
                    if *known != Some(id) {
                        *known = None;
                    }
                })
                .or_insert(Some(id));
        }
    }
    // An id is never ambiguous.
    for (id, component) in model.components() {
        index.insert(fold(component.id.value), Some(id));
    }
    index
}

fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | '.' | ' '));
    letters.flat_map(char::to_lowercase).collect()
}
