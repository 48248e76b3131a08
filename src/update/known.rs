//! Which imported component is which component of the specification.
//!
//! In: both sides. Out: ids by key. Refuses to know: what else is said of a component.
//!
//! A component says so itself (`source:`); otherwise names decide, without case and
//! separators: id, name and aliases on one side, name, title and addresses on the other.

use std::collections::BTreeMap;

use crate::import::{Component, Imported, fold};
use crate::model::Model;

/// The ids of the components that are there already, by key.
pub(super) fn known(model: &Model<'_>, imported: &Imported) -> BTreeMap<String, String> {
    let places = places(model);
    let names = names(model);
    let mut known = BTreeMap::new();
    for component in &imported.components {
        let by_source = component
            .origins
            .iter()
            .find_map(|origin| places.get(&(normal(&origin.file), origin.name.clone())));
        let by_name = || names_of(component).find_map(|name| names.get(&fold(name)));
        if let Some(id) = by_source.or_else(by_name) {
            known.insert(component.key.clone(), (*id).to_owned());
        }
    }
    known
}

/// Components by the file and the name that their `source:` states.
fn places<'m>(model: &'m Model<'_>) -> BTreeMap<(String, String), &'m str> {
    let mut places = BTreeMap::new();
    for component in &model.components {
        let Some(source) = &component.written.source else {
            continue;
        };
        let pairs = [
            (source.compose, source.service),
            (source.kubernetes, source.workload),
        ];
        for (file, name) in pairs {
            if let (Some(file), Some(name)) = (file, name) {
                let place = (normal(file.value), name.value.to_owned());
                places.entry(place).or_insert(component.id.value);
            }
        }
    }
    places
}

/// The last part of a path: sources are named from elsewhere.
fn normal(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

fn names<'m>(model: &'m Model<'_>) -> BTreeMap<String, &'m str> {
    let mut names = BTreeMap::new();
    for component in &model.components {
        names
            .entry(fold(component.id.value))
            .or_insert(component.id.value);
    }
    for component in &model.components {
        let aliases = component.written.aliases.iter().map(|alias| alias.value);
        for name in aliases.chain([&*component.name]) {
            names.entry(fold(name)).or_insert(component.id.value);
        }
    }
    names
}

fn names_of(component: &Component) -> impl Iterator<Item = &str> {
    let title = component.title.as_ref().map(|title| title.value.as_str());
    let addresses = component.addresses.iter().map(String::as_str);
    [component.name.as_str()]
        .into_iter()
        .chain(title)
        .chain(addresses)
}
