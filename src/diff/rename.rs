//! Elements that go on under another id.
//!
//! In: two models. Out: [`Rename`]s: declared under `formerly`, certain because everything but
//! the id is the same, or likely. Refuses to know: what changed besides the id.

#![expect(
    clippy::disallowed_types,
    reason = "the sets are looked up, never iterated"
)]

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rustc_hash::FxBuildHasher;

use super::assignment::best_assignment;
use super::change::{Change, Element, Subject, SubjectKind};
use super::classify::{Context, consequence};
use super::edit::{Action, Edit};
use super::features::{Features, component_features, numbered, similarity, topic_features};
use super::kinds;
use super::wording::{name, quoted};
use crate::model::Model;
use crate::spec::Text;

/// An element that has another id than before.
#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// What it is.
    pub kind: SubjectKind,
    /// The id it had.
    pub from: String,
    /// The id it has.
    pub to: String,
    /// How sure that is.
    pub certainty: Certainty,
}

/// How sure a rename is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Certainty {
    /// The new version says so under `formerly`.
    Declared,
    /// Everything but the id is the same, and nothing else is like it.
    Structure,
    /// A guess, in hundredths; it never lowers a class.
    Likely(u8),
}

impl Rename {
    /// Whether the two are compared as one element.
    pub fn is_certain(&self) -> bool {
        !matches!(self.certainty, Certainty::Likely(_))
    }
}

/// Whether renames are looked for that nobody declared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Guessing {
    /// They are.
    #[default]
    On,
    /// Only what `formerly` states counts.
    Off,
}

/// Guesses below this many hundredths are not told.
const MIN_LIKELY: u8 = 50;
/// Elements of one kind that are compared with each other at most; beyond it nothing is guessed.
const MAX_CANDIDATES: usize = 200;
/// Elements that say less than this are alike by chance.
const MIN_WEIGHT: u32 = 6;

/// The renames between two versions.
pub(super) fn renames(base: &Model<'_>, head: &Model<'_>, guessing: Guessing) -> Vec<Rename> {
    let mut found = declared(base, head);
    if guessing == Guessing::Off {
        return found;
    }
    let left = |ids: Vec<&str>, known: Vec<&str>| -> Vec<String> {
        let left = ids.into_iter().filter(|id| !known.contains(id));
        left.map(str::to_owned).collect()
    };
    for kind in [SubjectKind::Component, SubjectKind::Topic] {
        let (removed, added) = unmatched(&ids(base, kind), &ids(head, kind));
        let known = |side: fn(&Rename) -> &String| -> Vec<&str> {
            let known = found.iter().filter(|rename| rename.kind == kind);
            known.map(|rename| side(rename).as_str()).collect()
        };
        let removed = left(removed, known(|rename| &rename.from));
        let mut added = left(added, known(|rename| &rename.to));
        // What states its former ids is no guess, whatever became of them.
        let stated = formerly(head, kind);
        added.retain(|id| stated.iter().all(|(known, _)| known != id));
        if removed.is_empty() || added.is_empty() {
            continue;
        }
        let of = |model: &Model<'_>, ids: &[String]| -> Vec<Features> {
            match kind {
                SubjectKind::Component => component_features(model, ids),
                _ => topic_features(model, ids),
            }
        };
        if removed.len().max(added.len()) <= MAX_CANDIDATES {
            let (old, new) = (of(base, &removed), of(head, &added));
            found.extend(guesses(kind, (&removed, &old), (&added, &new)));
        }
    }
    found
}

fn ids<'m>(model: &'m Model<'_>, kind: SubjectKind) -> Vec<&'m str> {
    match kind {
        SubjectKind::Component => model.components.iter().map(|one| one.id.value).collect(),
        SubjectKind::Topic => model.topics.iter().map(|one| one.id.value).collect(),
        _ => model.layers.iter().map(|one| one.id.value).collect(),
    }
}

/// Ids that only one version has.
fn unmatched<'m>(old: &[&'m str], new: &[&'m str]) -> (Vec<&'m str>, Vec<&'m str>) {
    let only = |ids: &[&'m str], others: &[&str]| {
        let others: HashSet<&str, FxBuildHasher> = others.iter().copied().collect();
        let only = ids.iter().filter(|id| !others.contains(**id));
        only.copied().collect::<Vec<_>>()
    };
    (only(old, new), only(new, old))
}

/// What `formerly` states, where the former id is gone and the new one was not there.
fn declared(base: &Model<'_>, head: &Model<'_>) -> Vec<Rename> {
    let mut found = Vec::new();
    for kind in [
        SubjectKind::Component,
        SubjectKind::Topic,
        SubjectKind::Layer,
    ] {
        let stated = formerly(head, kind);
        if stated.is_empty() {
            continue;
        }
        let (removed, added) = unmatched(&ids(base, kind), &ids(head, kind));
        let mut open: BTreeSet<&str> = removed.into_iter().collect();
        let added: BTreeSet<&str> = added.into_iter().collect();
        for (id, former) in stated {
            let was = former.iter().find(|former| open.contains(former.value));
            if let Some(was) = was.filter(|_| added.contains(id)) {
                open.remove(was.value);
                found.push(Rename {
                    kind,
                    from: was.value.to_owned(),
                    to: id.to_owned(),
                    certainty: Certainty::Declared,
                });
            }
        }
    }
    found
}

type Formerly<'m, 's> = (&'m str, &'m [Text<'s>]);

fn formerly<'m, 's>(model: &'m Model<'s>, kind: SubjectKind) -> Vec<Formerly<'m, 's>> {
    let stated = |(_, former): &Formerly<'m, 's>| !former.is_empty();
    match kind {
        SubjectKind::Component => {
            let all = model.components.iter();
            let all = all.map(|one| (one.id.value, one.written.formerly.as_slice()));
            all.filter(stated).collect()
        }
        SubjectKind::Topic => {
            let all = model.topics.iter();
            let all = all.map(|one| (one.id.value, one.written.formerly.as_slice()));
            all.filter(stated).collect()
        }
        _ => {
            let all = model.layers.iter();
            let all = all.map(|one| (one.id.value, one.written.formerly.as_slice()));
            all.filter(stated).collect()
        }
    }
}

/// Elements that say the same and much, once on each side, are one; the rest is assigned one
/// to one so that the sum of the scores is the highest.
fn guesses(
    kind: SubjectKind,
    (removed, old): (&[String], &[Features]),
    (added, new): (&[String], &[Features]),
) -> Vec<Rename> {
    let mut found = Vec::new();
    let mut is_taken = (vec![false; old.len()], vec![false; new.len()]);
    for (before, after) in twins(old, new) {
        (is_taken.0[before], is_taken.1[after]) = (true, true);
        found.push(Rename {
            kind,
            from: removed[before].clone(),
            to: added[after].clone(),
            certainty: Certainty::Structure,
        });
    }
    let numbered = numbered(old.iter().chain(new));
    let (old, new) = numbered.split_at(old.len());
    let score = |before: usize, after: usize| -> u32 {
        if is_taken.0[before] || is_taken.1[after] {
            return 0;
        }
        similarity(
            (&removed[before], &old[before]),
            (&added[after], &new[after]),
        )
    };
    let scores: Vec<Vec<u32>> = (0..old.len())
        .map(|before| (0..new.len()).map(|after| score(before, after)).collect())
        .collect();
    for (before, after) in best_assignment(&scores) {
        let hundredths = u8::try_from(scores[before][after]).unwrap_or(100);
        if hundredths >= MIN_LIKELY {
            found.push(Rename {
                kind,
                from: removed[before].clone(),
                to: added[after].clone(),
                certainty: Certainty::Likely(hundredths),
            });
        }
    }
    found
}

/// Places of elements with the same features, where no other has them.
fn twins(old: &[Features], new: &[Features]) -> Vec<(usize, usize)> {
    let mut places: BTreeMap<&Features, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (place, features) in old.iter().enumerate() {
        places.entry(features).or_default().0.push(place);
    }
    for (place, features) in new.iter().enumerate() {
        places.entry(features).or_default().1.push(place);
    }
    let mut twins: Vec<(usize, usize)> = places
        .into_iter()
        .filter(|(features, _)| features.values().sum::<u32>() >= MIN_WEIGHT)
        .filter_map(|(_, places)| match (&places.0[..], &places.1[..]) {
            ([before], [after]) => Some((*before, *after)),
            _ => None,
        })
        .collect();
    twins.sort_unstable();
    twins
}

/// The change of a rename that is certain.
pub(super) fn change(context: &Context<'_, '_>, rename: &Rename) -> Change {
    let (kind, section) = match rename.kind {
        SubjectKind::Component => (kinds::COMPONENT_RENAMED, "components"),
        SubjectKind::Topic => (kinds::TOPIC_RENAMED, "topics"),
        _ => (kinds::LAYER_RENAMED, "layers"),
    };
    let subject = Subject::new(rename.kind, &rename.to);
    let text = format!("{} was {} before", name(&subject), quoted(&rename.from));
    let why = match rename.certainty {
        Certainty::Declared => "the new version states `formerly`",
        _ => "everything but the id is the same",
    };
    let elements = elements(context, rename);
    let mut change = Change {
        before: rename.from.clone().into(),
        after: rename.to.clone().into(),
        because: Some(why.to_owned()),
        base_element: elements.0.map(|(element, _)| element),
        head_element: elements.1.map(|(element, _)| element),
        base: elements.0.map(|(_, id)| id.span),
        head: elements.1.map(|(_, id)| id.span),
        edits: vec![Edit {
            order: 0,
            path: vec![section.to_owned(), rename.from.clone()],
            action: Action::Rename {
                to: rename.to.clone(),
            },
        }],
        ..consequence(kind, subject, text)
    };
    if let Some((Element::Topic(id), _)) = elements.0 {
        let topic = &context.base[id];
        if topic.consumers.is_empty() && topic.producers.is_empty() && !topic.is_partial {
            change.class = super::class::Class::Safe;
        }
    }
    change
}

type Found<'s> = Option<(Element, Text<'s>)>;

fn elements<'s>(context: &Context<'_, 's>, rename: &Rename) -> (Found<'s>, Found<'s>) {
    let find = |model: &Model<'s>, id: &str| -> Found<'s> {
        match rename.kind {
            SubjectKind::Component => {
                let mut all = model.components();
                let (place, one) = all.find(|(_, one)| one.id.value == id)?;
                Some((Element::Component(place), one.id))
            }
            SubjectKind::Topic => {
                let mut all = model.topics();
                let (place, one) = all.find(|(_, one)| one.id.value == id)?;
                Some((Element::Topic(place), one.id))
            }
            _ => {
                let mut all = model.layers();
                let (place, one) = all.find(|(_, one)| one.id.value == id)?;
                Some((Element::Layer(place), one.id))
            }
        }
    };
    (
        find(context.base, &rename.from),
        find(context.head, &rename.to),
    )
}

/// Topics that are published under a new name while the old one is still there.
pub(super) fn published_twice(context: &Context<'_, '_>) -> Vec<Change> {
    let old = ids(context.base, SubjectKind::Topic);
    let still = ids(context.head, SubjectKind::Topic);
    let both: std::collections::BTreeSet<&str> = {
        let still: std::collections::BTreeSet<&str> = still.into_iter().collect();
        old.into_iter().filter(|id| still.contains(id)).collect()
    };
    let mut found = Vec::new();
    for (id, former) in formerly(context.head, SubjectKind::Topic) {
        let was = former.iter().find(|former| both.contains(former.value));
        if let Some(was) = was.filter(|_| !both.contains(id)) {
            let subject = Subject::new(SubjectKind::Topic, id);
            let text = format!(
                "{} takes the place of {}",
                name(&subject),
                quoted(was.value)
            );
            found.push(Change {
                class: super::class::Class::Risky,
                before: was.value.into(),
                after: id.into(),
                because: Some(format!(
                    "{} is still there, so both can be written",
                    quoted(was.value)
                )),
                head: Some(was.span),
                ..consequence(kinds::TOPIC_RENAMED, subject, text)
            });
        }
    }
    found
}
