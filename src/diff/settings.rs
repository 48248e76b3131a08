//! How seriously the user takes kinds of changes.
//!
//! In: `changes:` of the new version, and what the command line says. Out: changes with their
//! classes, and findings about names that do not exist. Refuses to know: how changes are found.

use super::change::Change;
use super::class::Class;
use super::kinds::{CHANGE_KINDS, ChangeKind, find_change_kind};
use crate::diagnostic::{Diagnostic, Diagnostics, UNKNOWN_CHANGE, did_you_mean};
use crate::model::Model;
use crate::spec::{ChangeSetting, Entries, Text};

/// Another class for a kind of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClassOverride {
    /// The kind.
    pub kind: &'static ChangeKind,
    /// Its class.
    pub class: Class,
}

impl ClassOverride {
    /// Reads `topic-removed=safe`; `Err` says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (id, word) = text
            .split_once('=')
            .ok_or_else(|| format!("`{text}` is not like `topic-removed=safe`"))?;
        let kind = find_change_kind(id).ok_or_else(|| {
            let meant = did_you_mean(id, ids()).map(|meant| format!("; did you mean `{meant}`?"));
            format!("`{id}` is no kind of change{}", meant.unwrap_or_default())
        })?;
        let class = Class::from_name(word)
            .ok_or_else(|| format!("`{word}` is no class; classes are {}", classes()))?;
        Ok(Self { kind, class })
    }
}

/// Reports kinds and classes under `changes:` that do not exist.
pub fn check_settings(model: &Model<'_>, out: &mut Diagnostics) {
    for (id, setting) in &model.changes {
        if find_change_kind(id.value).is_none() {
            out.push(unknown_kind(*id));
        }
        if let Some(class) = setting.class
            && Class::from_name(class.value).is_none()
        {
            out.push(unknown_class(class));
        }
    }
}

pub(super) fn apply(
    changes: &mut [Change],
    stated: &Entries<'_, ChangeSetting<'_>>,
    options: &[ClassOverride],
) {
    let stated = stated.iter().filter_map(|(id, setting)| {
        Some(ClassOverride {
            kind: find_change_kind(id.value)?,
            class: Class::from_name(setting.class?.value)?,
        })
    });
    let all: Vec<ClassOverride> = stated.chain(options.iter().copied()).collect();
    for change in changes {
        let own = all.iter().rev().find(|one| one.kind == change.kind);
        change.class = own.map_or(change.class, |one| one.class);
    }
}

fn ids() -> impl Iterator<Item = &'static str> {
    CHANGE_KINDS.iter().map(|kind| kind.id)
}

fn classes() -> String {
    let names: Vec<String> = Class::ALL
        .iter()
        .map(|class| format!("`{}`", class.name()))
        .collect();
    names.join(", ")
}

fn unknown_kind(id: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no kind of change", id.value);
    let diagnostic = Diagnostic::new(UNKNOWN_CHANGE, message, id.span, "");
    match did_you_mean(id.value, ids()) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(id.span, meant),
        None => diagnostic.help("`archviz list changes` lists them"),
    }
}

fn unknown_class(class: Text<'_>) -> Diagnostic {
    let message = format!("`{}` is no class of changes", class.value);
    let diagnostic = Diagnostic::new(UNKNOWN_CHANGE, message, class.span, "");
    let names = Class::ALL.iter().map(|class| class.name());
    match did_you_mean(class.value, names) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(class.span, meant),
        None => diagnostic.help(format!("classes are {}", classes())),
    }
}
