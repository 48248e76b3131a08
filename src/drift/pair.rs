//! Which component of the real system is which component of the specification.
//!
//! In: both sides. Out: [`Pairs`]. Refuses to know: what else is said of a component.
//!
//! A component says so itself (`source:`), or an entry of `sources:` does (`ids:`); otherwise
//! names decide: id, name and aliases on one side, name, title and host names on the other,
//! case and separators left out. A name that could mean two components means none.

use std::collections::{BTreeMap, BTreeSet};

use super::places::{Place, Scope, places, selected};
use crate::check::Day;
use crate::diagnostic::{Diagnostic, Diagnostics, UNKNOWN_COMPONENT, did_you_mean};
use crate::import::{Component, End, Imported, Origin, Unknown};
use crate::model::{ComponentId, Model};
use crate::spec::Text;

/// The components of both sides that are the same.
pub(super) struct Pairs<'i> {
    /// For each imported component, the one of the specification.
    of_imported: Vec<Option<ComponentId>>,
    /// For each component of the specification, those of reality.
    of_model: Vec<Vec<usize>>,
    keys: BTreeMap<&'i str, usize>,
    /// Places that `source:` names and no source has.
    lost: BTreeMap<ComponentId, Vec<usize>>,
    unknowns: BTreeMap<&'i str, Vec<&'i Unknown>>,
}

impl<'i> Pairs<'i> {
    /// Finds the pairs.
    pub(super) fn find(
        model: &Model<'_>,
        imported: &'i Imported,
        scope: &Scope<'_>,
        out: &mut Diagnostics,
    ) -> Self {
        let components = imported.components.iter().enumerate();
        let mut pairs = Self {
            of_imported: vec![None; imported.components.len()],
            of_model: vec![Vec::new(); model.components.len()],
            keys: components
                .map(|(at, component)| (component.key.as_str(), at))
                .collect(),
            lost: BTreeMap::new(),
            unknowns: BTreeMap::new(),
        };
        for unknown in &imported.unknowns {
            let of_subject = pairs.unknowns.entry(&unknown.subject).or_default();
            of_subject.push(unknown);
        }
        let origins = Origins::index(imported);
        pairs.by_source(model, imported, &origins, scope);
        pairs.by_ids(model, imported, scope, out);
        pairs.by_names(model, imported);
        pairs
    }

    /// The component of the specification that an imported one is.
    pub(super) fn model_of(&self, imported: usize) -> Option<ComponentId> {
        self.of_imported.get(imported).copied().flatten()
    }

    /// The imported components that a component of the specification is.
    pub(super) fn reality_of(&self, id: ComponentId) -> &[usize] {
        self.of_model.get(id.index()).map_or(&[], Vec::as_slice)
    }

    /// The places of a component's `source:` that are not there, by their order.
    pub(super) fn lost(&self, id: ComponentId) -> &[usize] {
        self.lost.get(&id).map_or(&[], Vec::as_slice)
    }

    /// What the sources do not tell of an imported component.
    pub(super) fn unknowns(&self, key: &str) -> &[&'i Unknown] {
        self.unknowns.get(key).map_or(&[], Vec::as_slice)
    }

    /// The index of the imported component at an end, if it is one.
    pub(super) fn at(&self, end: &End) -> Option<usize> {
        match end {
            End::Component(key) => self.keys.get(key.as_str()).copied(),
            End::Address(_) => None,
        }
    }

    /// The component of the specification at an end.
    pub(super) fn end(&self, end: &End) -> Option<ComponentId> {
        self.model_of(self.at(end)?)
    }

    fn join(&mut self, id: ComponentId, imported: usize) {
        if self.of_imported[imported].is_none() {
            self.of_imported[imported] = Some(id);
            self.of_model[id.index()].push(imported);
        }
    }

    fn by_source(
        &mut self,
        model: &Model<'_>,
        imported: &Imported,
        origins: &Origins<'_>,
        scope: &Scope<'_>,
    ) {
        for (id, component) in model.components() {
            let Some(stated) = &component.written.source else {
                continue;
            };
            for (row, place) in places(stated).into_iter().enumerate() {
                let file = file_of(place, scope);
                let names = names_of(model, id);
                let found = origins.at(place, &file, &names, imported);
                if found.is_empty() && scope.kinds.contains(place.kind) {
                    self.lost.entry(id).or_default().push(row);
                }
                for at in found {
                    self.join(id, at);
                }
            }
        }
    }

    fn by_ids(
        &mut self,
        model: &Model<'_>,
        imported: &Imported,
        scope: &Scope<'_>,
        out: &mut Diagnostics,
    ) {
        let known: BTreeMap<&str, ComponentId> = model
            .components()
            .map(|(id, component)| (component.id.value, id))
            .collect();
        let mut wanted = BTreeMap::new();
        for (name, id) in selected(model, scope.environment).flat_map(|list| &list.ids) {
            match known.get(id.value) {
                Some(id) => {
                    wanted.entry(fold(name.value)).or_insert(*id);
                }
                None => out.push(unknown_id(*id, known.keys().copied())),
            }
        }
        for (at, component) in imported.components.iter().enumerate() {
            let own = component.origins.iter().map(|origin| origin.name.as_str());
            let mut names = own.chain([component.name.as_str()]);
            if let Some(id) = names.find_map(|name| wanted.get(&fold(name))) {
                self.join(*id, at);
            }
        }
    }

    fn by_names(&mut self, model: &Model<'_>, imported: &Imported) {
        let mut by_name: BTreeMap<String, Option<ComponentId>> = BTreeMap::new();
        for (id, _) in model.components() {
            for name in names_of(model, id) {
                by_name
                    .entry(name)
                    .and_modify(|known| *known = known.filter(|known| *known == id))
                    .or_insert(Some(id));
            }
        }
        for (at, component) in imported.components.iter().enumerate() {
            let found = imported_names(component)
                .find_map(|name| by_name.get(&fold(name)).copied().flatten());
            if let Some(id) = found {
                self.join(id, at);
            }
        }
    }
}

/// The ids that imported components have in a specification, by key.
pub(crate) fn known_ids(
    model: &Model<'_>,
    imported: &Imported,
    folder: &str,
) -> BTreeMap<String, String> {
    let folder = match folder {
        "" => String::new(),
        folder => format!("{}/", folder.trim_end_matches('/')),
    };
    let scope = Scope {
        environment: None,
        // Names have no date.
        today: Day::default(),
        kinds: BTreeSet::new(),
        folder,
    };
    // What `sources:` says wrongly is a finding of drift, not of whoever asks for ids.
    let pairs = Pairs::find(model, imported, &scope, &mut Diagnostics::default());
    let known = imported.components.iter().enumerate();
    let pair = |(at, component): (usize, &Component)| {
        let id = model[pairs.model_of(at)?].id.value;
        Some((component.key.clone(), id.to_owned()))
    };
    known.filter_map(pair).collect()
}

/// The names of a component of the specification, folded.
fn names_of(model: &Model<'_>, id: ComponentId) -> BTreeSet<String> {
    let component = &model[id];
    let aliases = component
        .written
        .aliases
        .iter()
        .map(|alias| fold(alias.value));
    let mut names: BTreeSet<String> = aliases.collect();
    names.insert(fold(component.id.value));
    names.insert(fold(&component.name));
    names
}

/// The names of an imported component, the best first.
fn imported_names(component: &Component) -> impl Iterator<Item = &str> {
    let title = component.title.as_ref().map(|title| title.value.as_str());
    std::iter::once(component.name.as_str())
        .chain(title)
        .chain(component.addresses.iter().map(String::as_str))
}

/// Case and separators do not count.
pub(super) fn fold(name: &str) -> String {
    let separator = |char: char| char.is_whitespace() || matches!(char, '-' | '_' | '.' | '/');
    name.to_lowercase()
        .split(separator)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("_")
}

/// The file that a `source:` names, as importers name it.
fn file_of(place: Place<'_>, scope: &Scope<'_>) -> String {
    let path = place.path.value.trim_start_matches("./");
    format!("{}{path}", scope.folder)
}

/// Imported components by where they stand.
struct Origins<'i> {
    by_part: BTreeMap<(&'static str, &'i str), Vec<usize>>,
    by_file: BTreeMap<(&'static str, &'i str), Vec<usize>>,
}

impl<'i> Origins<'i> {
    fn index(imported: &'i Imported) -> Self {
        let mut index = Self {
            by_part: BTreeMap::new(),
            by_file: BTreeMap::new(),
        };
        for (at, component) in imported.components.iter().enumerate() {
            for origin in &component.origins {
                let part = (origin.importer, part_name(origin));
                index.by_part.entry(part).or_default().push(at);
                let file = (origin.importer, normal(&origin.file));
                index.by_file.entry(file).or_default().push(at);
            }
        }
        index
    }

    /// The components at a place: the part that it names, or those of the file that have one of
    /// the component's names, or all of a file of connectors, or the only one.
    fn at(
        &self,
        place: Place<'_>,
        file: &str,
        names: &BTreeSet<String>,
        imported: &Imported,
    ) -> Vec<usize> {
        if let Some(part) = place.part {
            let found = self.by_part.get(&(place.kind, part.value));
            let all = found.map_or(&[][..], Vec::as_slice);
            let in_file = |at: &&usize| {
                let origins = &imported.components[**at].origins;
                origins.iter().any(|origin| normal(&origin.file) == file)
            };
            return all
                .iter()
                .find(in_file)
                .or(all.first())
                .copied()
                .into_iter()
                .collect();
        }
        // Sources of the command line are named from where it runs, not from the specification.
        let of_file = |file| self.by_file.get(&(place.kind, file));
        let all = of_file(file)
            .or_else(|| of_file(normal(place.path.value)))
            .map_or(&[][..], Vec::as_slice);
        if place.kind == "connect" || all.len() == 1 {
            return all.to_vec();
        }
        let is_named = |at: &&usize| {
            imported_names(&imported.components[**at]).any(|name| names.contains(&fold(name)))
        };
        all.iter().filter(is_named).copied().collect()
    }
}

fn normal(file: &str) -> &str {
    file.trim_start_matches("./")
}

/// The name in the file; a workload may have its kind before it.
fn part_name(origin: &Origin) -> &str {
    origin.name.as_str()
}

fn unknown_id<'k>(id: Text<'_>, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let message = format!("no component `{}`, which `ids:` names", id.value);
    let finding = Diagnostic::new(UNKNOWN_COMPONENT, message, id.span, "");
    match did_you_mean(id.value, known) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(id.span, meant),
        None => finding.help("`ids:` leads from names of the source to ids of components"),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_and_separators_do_not_count() {
        assert_eq!(fold("Kafka-Connect"), fold("kafka_connect"));
        assert_eq!(fold("API Gateway"), fold("api.gateway"));
        assert_ne!(fold("kafka"), fold("kafka2"));
    }
}
