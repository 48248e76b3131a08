//! The properties that a selector can ask for.
//!
//! In: a property, a value or glob, a model. Out: one flag for each component.
//! Refuses to know: how selectors are written.

use crate::model::{Component, ComponentId, Kind, Model, glob_matches, topic_pattern_matches};

/// A property of components that selectors ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    /// The component itself, by id or alias.
    Component,
    Layer,
    Category,
    Kind,
    Tag,
    Owner,
    Deployment,
    /// Being the producer, consumer or broker of a topic.
    Topic,
}

impl Field {
    /// The words before the colon; a component needs none.
    pub(super) const ALL: &'static [(&'static str, Self)] = &[
        ("layer", Self::Layer),
        ("category", Self::Category),
        ("kind", Self::Kind),
        ("tag", Self::Tag),
        ("owner", Self::Owner),
        ("deployment", Self::Deployment),
        ("topic", Self::Topic),
    ];

    /// The field of a word.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        let found = Self::ALL.iter().find(|(word, _)| *word == name);
        found.map(|(_, field)| *field)
    }

    /// The word of the field.
    pub(super) fn name(self) -> &'static str {
        let found = Self::ALL.iter().find(|(_, field)| *field == self);
        found.map_or("component", |(word, _)| word)
    }

    /// Which components have the property.
    pub(super) fn matching(self, pattern: &str, model: &Model<'_>) -> Vec<bool> {
        if self == Self::Topic {
            parties_of(pattern, model)
        } else {
            let components = model.components.iter();
            components
                .map(|component| self.is_of(component, pattern, model))
                .collect()
        }
    }

    fn is_of(self, component: &Component<'_>, pattern: &str, model: &Model<'_>) -> bool {
        let is = |value: &str| glob_matches(pattern, value);
        match self {
            Self::Component => {
                let aliases = &component.written.aliases;
                is(component.id.value) || aliases.iter().any(|alias| alias.value == pattern)
            }
            Self::Layer => component.layer.is_some_and(|id| is(model[id].id.value)),
            Self::Category => component.category.is_some_and(|id| is(model[id].id.value)),
            Self::Kind => is(component.kind.name()),
            Self::Tag => component.written.tags.iter().any(|tag| is(tag.value)),
            Self::Owner => component.owner.is_some_and(|id| is(model[id].id.value)),
            Self::Deployment => {
                let written = component.written.deployment;
                written.is_some_and(|word| is(word.value))
            }
            Self::Topic => false,
        }
    }

    /// Every value that the property can have, to suggest from.
    pub(super) fn values<'m>(self, model: &'m Model<'_>) -> Vec<&'m str> {
        let components = &model.components;
        let mut values: Vec<&str> = match self {
            Self::Component => components.iter().flat_map(names).collect(),
            Self::Layer => model.layers.iter().map(|layer| layer.id.value).collect(),
            Self::Category => {
                let categories = &model.categories;
                categories
                    .iter()
                    .map(|category| category.id.value)
                    .collect()
            }
            Self::Kind => Kind::ALL.iter().map(|(word, _)| *word).collect(),
            Self::Tag => {
                let tags = components
                    .iter()
                    .flat_map(|component| &component.written.tags);
                tags.map(|tag| tag.value).collect()
            }
            Self::Owner => model.owners.iter().map(|owner| owner.id.value).collect(),
            Self::Deployment => {
                let words = components
                    .iter()
                    .filter_map(|component| component.written.deployment);
                words.map(|word| word.value).collect()
            }
            Self::Topic => model.topics.iter().map(|topic| topic.id.value).collect(),
        };
        if matches!(self, Self::Tag | Self::Deployment) {
            values.sort_unstable();
            values.dedup();
        }
        values
    }

    /// Whether nothing is found only because something that was reported already is missing.
    pub(super) fn is_excused(self, pattern: &str, model: &Model<'_>) -> bool {
        let is = |value: &str| glob_matches(pattern, value);
        if model.is_partial || model.unresolved.contains(pattern) {
            return true;
        }
        match self {
            Self::Component => model.components.is_empty(),
            Self::Layer => {
                let mut layers = model.layers.iter();
                layers.any(|layer| layer.is_partial && is(layer.id.value))
            }
            Self::Category => {
                let mut categories = model.categories.iter();
                categories.any(|category| category.is_partial && is(category.id.value))
            }
            Self::Topic => {
                let mut topics = model.topics.iter();
                topics.any(|topic| topic.is_partial && is(topic.id.value))
            }
            Self::Kind | Self::Tag | Self::Owner | Self::Deployment => false,
        }
    }
}

/// The id and the aliases of a component.
fn names<'m>(component: &'m Component<'_>) -> impl Iterator<Item = &'m str> {
    let aliases = component.written.aliases.iter().map(|alias| alias.value);
    std::iter::once(component.id.value).chain(aliases)
}

/// The producers, consumers and brokers of the topics that match.
fn parties_of(pattern: &str, model: &Model<'_>) -> Vec<bool> {
    let mut flags = vec![false; model.components.len()];
    let topics = model.topics.iter();
    for topic in topics.filter(|topic| topic_pattern_matches(pattern, topic)) {
        let parties = topic.producers.iter().chain(&topic.consumers);
        let parties = parties.map(|party| party.component);
        for id in parties.chain(topic.broker) {
            let id: ComponentId = id;
            flags[id.index()] = true;
        }
    }
    flags
}
