//! Figures and configuration excerpts that are new or other than before.
//!
//! In: a summary. Out: rows with the value now and the value before. Refuses to know: how
//! configuration files are read.

use minijinja::{Value, context};

use super::super::document::text;
use super::super::row::list;
use super::Summary;
use crate::excerpt::Excerpt;
use crate::model::Model;
use crate::spec::Fact;

/// Figures under their headings; those that were the same before are left out, and those that
/// are gone come last.
pub(super) fn facts(summary: &Summary<'_>) -> Value {
    let (base, head) = (summary.base, summary.head);
    let mut groups: Vec<(&str, Vec<Value>)> = Vec::new();
    for (group, facts) in &head.facts {
        let rows = facts
            .iter()
            .filter_map(|fact| new_fact(base, group.value, fact));
        groups.push((group.value, rows.collect()));
    }
    for (group, facts) in &base.facts {
        let is_gone = |fact: &&Fact<'_>| find(head, group.value, fact).is_none();
        let gone = facts.iter().filter(is_gone).map(|fact| {
            context! { name => text(fact.name), value => "", before => text(fact.value), note => text(fact.note), is_removed => true }
        });
        match groups.iter_mut().find(|(name, _)| *name == group.value) {
            Some((_, rows)) => rows.extend(gone),
            None => groups.push((group.value, gone.collect())),
        }
    }
    groups.retain(|(_, rows)| !rows.is_empty());
    list(
        groups
            .into_iter()
            .map(|(name, facts)| context! { name => name, facts => Value::from(facts) }),
    )
}

fn new_fact(base: &Model<'_>, group: &str, fact: &Fact<'_>) -> Option<Value> {
    let old = find(base, group, fact);
    let value = |fact: &Fact<'_>| fact.value.map(|value| value.value.to_owned());
    let note = |fact: &Fact<'_>| fact.note.map(|note| note.value.to_owned());
    if old.is_some_and(|old| value(old) == value(fact) && note(old) == note(fact)) {
        return None;
    }
    Some(context! {
        name => text(fact.name),
        value => text(fact.value),
        before => text(old.and_then(|old| old.value)),
        note => text(fact.note),
        is_removed => false,
    })
}

fn find<'m>(model: &'m Model<'_>, group: &str, fact: &Fact<'_>) -> Option<&'m Fact<'m>> {
    let name = fact.name?.value;
    let mut groups = model.facts.iter().filter(|(known, _)| known.value == group);
    groups.find_map(|(_, facts)| {
        facts
            .iter()
            .find(|known| known.name.is_some_and(|known| known.value == name))
    })
}

/// Excerpts with the settings whose values are new or other than before.
pub(super) fn configuration(summary: &Summary<'_>) -> Value {
    let excerpts = summary.excerpts.iter().filter_map(|excerpt| {
        let old = summary
            .base_excerpts
            .iter()
            .find(|old| is_same(old, excerpt));
        let settings = changed(old, excerpt);
        (!settings.is_empty()).then(|| {
            context! {
                title => &*excerpt.title,
                from => &*excerpt.from,
                service => &*excerpt.service,
                is_new => old.is_none(),
                settings => Value::from(settings),
            }
        })
    });
    list(excerpts)
}

fn is_same(old: &Excerpt, new: &Excerpt) -> bool {
    (&old.title, &old.from, &old.service) == (&new.title, &new.from, &new.service)
}

fn changed(old: Option<&Excerpt>, new: &Excerpt) -> Vec<Value> {
    let value = |settings: &[(String, String)], key: &str| {
        settings
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.clone())
    };
    let before = old.map_or(&[][..], |old| &old.settings);
    let now = new.settings.iter().filter_map(|(key, now)| {
        let then = value(before, key);
        (then.as_ref() != Some(now)).then(|| {
            context! { key => key, value => now, before => then.unwrap_or_default() }
        })
    });
    let gone = before
        .iter()
        .filter(|(key, _)| value(&new.settings, key).is_none());
    let gone = gone.map(|(key, then)| context! { key => key, value => "", before => then });
    now.chain(gone).collect()
}
