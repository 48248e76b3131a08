//! Which files of the real system a specification names.
//!
//! In: `sources:` and the `source:` of components. Out: [`Wanted`] patterns by kind, for one
//! environment. Refuses to know: which files exist.

use std::collections::BTreeSet;

use crate::check::Day;
use crate::model::Model;
use crate::source::Span;
use crate::spec::{SourceList, SourceRef, Text};

/// What a comparison is limited to.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// The environment that was asked for.
    pub environment: Option<&'a str>,
    /// Today, for acceptances that end.
    pub today: Day,
    /// Kinds of sources that were read.
    pub kinds: BTreeSet<&'static str>,
    /// The specification's folder, as a prefix of file names.
    pub folder: String,
}

/// Files of one kind that belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The kind of source.
    pub kind: &'static str,
    /// Paths or globs, relative to the specification, and where they are named.
    pub patterns: Vec<(String, Span)>,
}

/// The files that a specification names for an environment, in the order written, none twice.
pub fn wanted(model: &Model<'_>, environment: Option<&str>) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    let mut seen = BTreeSet::new();
    let mut add = |kind: &'static str, paths: &[Text<'_>]| {
        let new = paths
            .iter()
            .filter(|path| seen.insert((kind, path.value.to_owned())));
        let patterns: Vec<_> = new.map(|path| (path.value.to_owned(), path.span)).collect();
        if !patterns.is_empty() {
            found.push(Wanted { kind, patterns });
        }
    };
    for list in selected(model, environment) {
        for (kind, paths) in of_list(list) {
            add(kind, paths);
        }
    }
    if environment.is_none() {
        let sources = model.components.iter().flat_map(|one| &one.written.source);
        for place in sources.flat_map(|stated| places(stated)) {
            add(place.kind, &[place.path]);
        }
    }
    found
}

/// The entries of `sources:` that count for an environment: those without one always do.
pub(super) fn selected<'m, 's>(
    model: &'m Model<'s>,
    environment: Option<&'m str>,
) -> impl Iterator<Item = &'m SourceList<'s>> {
    model.sources.iter().filter(move |list| {
        let names = &list.environments;
        names.is_empty() || names.iter().any(|name| Some(name.value) == environment)
    })
}

/// The environments that a specification knows, in the order written.
pub(crate) fn environments<'s>(model: &Model<'s>) -> Vec<&'s str> {
    let mut known = Vec::new();
    for name in model.sources.iter().flat_map(|list| &list.environments) {
        if !known.contains(&name.value) {
            known.push(name.value);
        }
    }
    known
}

fn of_list<'l, 's>(list: &'l SourceList<'s>) -> [(&'static str, &'l [Text<'s>]); 9] {
    [
        ("compose", &list.compose),
        ("kubernetes", &list.kubernetes),
        ("asyncapi", &list.asyncapi),
        ("connect", &list.connect),
        ("openapi", &list.openapi),
        ("backstage", &list.backstage),
        ("structurizr", &list.structurizr),
        ("calm", &list.calm),
        ("likec4", &list.likec4),
    ]
}

/// Where a component says that it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'s> {
    pub(super) kind: &'static str,
    pub(super) path: Text<'s>,
    /// The part in the file, such as a service.
    pub(super) part: Option<Text<'s>>,
}

/// Every place that a `source:` names.
pub(super) fn places<'s>(stated: &SourceRef<'s>) -> Vec<Place<'s>> {
    let rows = [
        ("compose", stated.compose, stated.service),
        ("kubernetes", stated.kubernetes, stated.workload),
        ("asyncapi", stated.asyncapi, None),
        ("connect", stated.connect, stated.connector),
        ("openapi", stated.openapi, None),
        ("backstage", stated.backstage, stated.element),
        ("structurizr", stated.structurizr, stated.element),
        ("calm", stated.calm, stated.element),
        ("likec4", stated.likec4, stated.element),
    ];
    let place = |(kind, path, part): (&'static str, Option<Text<'s>>, Option<Text<'s>>)| {
        Some(Place {
            kind,
            path: path?,
            part,
        })
    };
    rows.into_iter().filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::of_list;
    use crate::import::IMPORTERS;
    use crate::spec::SourceList;
    use crate::spec::decode::Record;

    #[test]
    fn every_importer_can_be_named() {
        let nothing = SourceList::nothing(crate::source::Span::default());
        let named = of_list(&nothing).map(|(kind, _)| kind);
        for importer in IMPORTERS {
            assert!(named.contains(&importer.kind), "{}", importer.kind);
            assert!(
                SourceList::KEYS.contains(&importer.kind),
                "{}",
                importer.kind
            );
        }
    }
}
