//! What changed between two versions of a model, and whom it hurts.
//!
//! In: two [`Model`]s. Out: a [`ModelDiff`]: classified changes, counts that close, renames,
//! the order of layers. Refuses to know: texts, formats, and where the versions come from.

mod affected;
mod assignment;
mod change;
mod class;
mod classify;
mod document;
mod edit;
mod entry;
mod features;
mod fingerprint;
mod kinds;
mod layer_order;
mod leaf;
mod matching;
mod patch;
mod references;
mod rename;
mod settings;
mod statistics;
mod tree;
mod union;
mod walk;
mod wording;

pub use change::{Affected, Change, Element, Subject, SubjectKind};
pub use class::{Audience, Class};
pub use edit::{Action, Edit};
pub use kinds::{CHANGE_KINDS, ChangeKind, explain_change, find_change_kind};
pub use layer_order::{LayerFate, LayerOrder, LayerRow};
pub use matching::{Matching, Pairs};
pub use patch::{applied, model_data};
pub use rename::{Certainty, Guessing, Rename};
pub use settings::{ClassOverride, check_settings};
pub use statistics::{Row, Statistics};
pub use union::union;

use classify::Context;
use document::Side;
use references::References;

use crate::model::Model;

/// What changed between two versions.
#[derive(Clone, Debug, Default)]
pub struct ModelDiff {
    /// Every change, by subject.
    pub changes: Vec<Change>,
    /// Counts before and after.
    pub statistics: Statistics,
    /// Elements that go on under another id.
    pub renames: Vec<Rename>,
    /// Layers before and after.
    pub layers: LayerOrder,
    /// Which element of the new version each element of the old one is.
    pub matching: Matching,
}

impl ModelDiff {
    /// The changes of one kind, by its id.
    pub fn with_id<'d>(&'d self, id: &'d str) -> impl Iterator<Item = &'d Change> {
        self.changes.iter().filter(move |change| change.id() == id)
    }

    /// The renames that were taken for certain.
    pub fn certain_renames(&self) -> Vec<Rename> {
        let certain = self.renames.iter().filter(|rename| rename.is_certain());
        certain.cloned().collect()
    }

    /// The worst class of all changes.
    pub fn worst(&self) -> Option<Class> {
        self.changes.iter().map(|change| change.class).max()
    }
}

/// How two versions are compared.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Whether renames are looked for that nobody declared.
    pub guessing: Guessing,
    /// Classes of kinds of changes that the user states; they win over those of the
    /// specification, and a later one over an earlier one.
    pub classes: Vec<ClassOverride>,
}

/// Compares two versions of a model; the new one says under `changes` what it takes seriously.
pub fn compare(base: &Model<'_>, head: &Model<'_>, options: &Options) -> ModelDiff {
    let renames = rename::renames(base, head, options.guessing);
    let certain: Vec<Rename> = renames
        .iter()
        .filter(|rename| rename.is_certain())
        .cloned()
        .collect();
    let matching = matching::matching(base, head, &certain);
    let layers = layer_order::layer_order(base, head, &matching);
    let base_names = References::of(base, &certain);
    let head_names = References::of(head, &[]);
    let old = Side {
        model: base,
        names: &base_names,
    };
    let new = Side {
        model: head,
        names: &head_names,
    };
    let groups = document::differences(old, new, &matching);
    let context = Context {
        base,
        head,
        matching: &matching,
        renames: &renames,
        layers: &layers,
        base_names: &base_names,
        head_names: &head_names,
        dependents: &classify::Dependents::of(base),
        derived: &classify::Derived::of(head),
    };
    let mut changes = classify::classify(&context, groups);
    settings::apply(&mut changes, &head.changes, &options.classes);
    affected::affected(base, head, &mut changes);
    fingerprint::mark(&mut changes);
    ModelDiff {
        changes,
        statistics: statistics::statistics(base, head, &matching),
        layers,
        renames,
        matching,
    }
}
