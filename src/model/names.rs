//! Name resolution: from the texts of a specification to ids.
//!
//! In: the ids and aliases that a specification declares. Out: typed ids, or one
//! finding for each unknown name, all its places in it. Refuses to know: what the
//! elements are for.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::{BTreeSet, HashMap};

use rustc_hash::FxBuildHasher;

use super::AliasUse;
use super::id::{CategoryId, ComponentId, LayerId, TopicId};
use crate::diagnostic::{
    ALIAS_COLLISION, Code, DUPLICATE_ID, Diagnostic, Diagnostics, INVALID_ID, KIND_MISMATCH,
    UNKNOWN_CATEGORY, UNKNOWN_COMPONENT, UNKNOWN_LAYER, UNKNOWN_TOPIC, did_you_mean,
};
use crate::source::Span;
use crate::spec::decode::Record;
use crate::spec::{Spec, Text};

type Map<'s, T> = HashMap<&'s str, T, FxBuildHasher>;

/// A related place is shown for at most this many further uses of an unknown name.
const MAX_RELATED: usize = 5;

/// All names of a specification.
pub(super) struct Names<'s> {
    components: Map<'s, (ComponentId, Span)>,
    layers: Map<'s, LayerId>,
    categories: Map<'s, CategoryId>,
    topics: Map<'s, TopicId>,
    /// Unknown names in the order of first use.
    unknown: Vec<Unknown<'s>>,
    unknown_index: Map<'s, usize>,
    component_ids: Vec<&'s str>,
    /// References by alias, in the order of use.
    pub(super) alias_uses: Vec<AliasUse<'s>>,
    /// Components that an unknown name probably meant.
    pub(super) meant_components: Vec<ComponentId>,
    pub(super) meant_layers: Vec<LayerId>,
    pub(super) meant_categories: Vec<CategoryId>,
    pub(super) meant_topics: Vec<TopicId>,
    /// The unknown names, once they are reported.
    pub(super) unresolved: BTreeSet<&'s str>,
    /// What is declared in places that could not be read.
    lost: Vec<Space>,
}

struct Unknown<'s> {
    space: Space,
    name: &'s str,
    role: String,
    places: Vec<Span>,
}

/// What a name is looked up as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    Component,
    Layer,
    Category,
    Topic,
}

const SPACES: [Space; 4] = [
    Space::Component,
    Space::Topic,
    Space::Layer,
    Space::Category,
];

impl Space {
    /// Whether some of its names may be declared where nothing could be read.
    fn is_lost(self, spec: &Spec<'_>) -> bool {
        let section = match self {
            Self::Component => "components",
            Self::Layer => "layers",
            Self::Category => "categories",
            Self::Topic => "topics",
        };
        spec.is_unread(section) || spec.is_unread("include")
    }

    fn noun(self) -> &'static str {
        match self {
            Self::Component => "component",
            Self::Layer => "layer",
            Self::Category => "category",
            Self::Topic => "topic",
        }
    }

    fn code(self) -> &'static Code {
        match self {
            Self::Component => UNKNOWN_COMPONENT,
            Self::Layer => UNKNOWN_LAYER,
            Self::Category => UNKNOWN_CATEGORY,
            Self::Topic => UNKNOWN_TOPIC,
        }
    }
}

impl<'s> Names<'s> {
    /// Collects what is declared; duplicates within one mapping were reported by the decoder.
    pub(super) fn collect(spec: &Spec<'s>, out: &mut Diagnostics) -> Self {
        let mut names = Self {
            components: Map::with_capacity_and_hasher(spec.components.len(), FxBuildHasher),
            layers: Map::default(),
            categories: Map::default(),
            topics: Map::default(),
            unknown: Vec::new(),
            unknown_index: Map::default(),
            component_ids: keys(&spec.components).collect(),
            alias_uses: Vec::new(),
            meant_components: Vec::new(),
            meant_layers: Vec::new(),
            meant_categories: Vec::new(),
            meant_topics: Vec::new(),
            unresolved: BTreeSet::new(),
            lost: SPACES
                .into_iter()
                .filter(|space| space.is_lost(spec))
                .collect(),
        };
        for (index, (key, _)) in spec.components.iter().enumerate() {
            check_id("component", *key, out);
            names
                .components
                .insert(key.value, (ComponentId::new(index), key.span));
        }
        for (index, (key, _)) in spec.layers.iter().enumerate() {
            check_id("layer", *key, out);
            names.layers.insert(key.value, LayerId::new(index));
        }
        for (index, (key, _)) in spec.categories.iter().enumerate() {
            check_id("category", *key, out);
            names.categories.insert(key.value, CategoryId::new(index));
        }
        for (index, (key, _)) in spec.topics.iter().enumerate() {
            check_id("topic", *key, out);
            names.topics.insert(key.value, TopicId::new(index));
            if let Some((_, first)) = names.components.get(key.value) {
                out.push(one_id_for_two(*key, *first));
            }
        }
        for (key, _) in &spec.scenarios {
            check_id("scenario", *key, out);
        }
        for (key, _) in &spec.views {
            check_id("view", *key, out);
        }
        names.collect_aliases(spec, out);
        names
    }

    fn collect_aliases(&mut self, spec: &Spec<'s>, out: &mut Diagnostics) {
        for (index, (key, component)) in spec.components.iter().enumerate() {
            let id = ComponentId::new(index);
            for alias in &component.aliases {
                match self.components.get(alias.value) {
                    Some((known, _)) if *known == id => {}
                    Some((_, span)) => out.push(alias_collision(*key, *alias, *span)),
                    None => {
                        self.components.insert(alias.value, (id, alias.span));
                    }
                }
            }
        }
    }

    pub(super) fn component(&mut self, name: Text<'s>, role: &str) -> Option<ComponentId> {
        let found = self.components.get(name.value).map(|(id, _)| *id);
        if let Some(component) = found
            && self.component_ids.get(component.index()) != Some(&name.value)
        {
            self.alias_uses.push(AliasUse { component, name });
        }
        self.or_unknown(found, Space::Component, name, role)
    }

    pub(super) fn layer(&mut self, name: Text<'s>, role: &str) -> Option<LayerId> {
        let found = self.layers.get(name.value).copied();
        self.or_unknown(found, Space::Layer, name, role)
    }

    pub(super) fn category(&mut self, name: Text<'s>, role: &str) -> Option<CategoryId> {
        let found = self.categories.get(name.value).copied();
        self.or_unknown(found, Space::Category, name, role)
    }

    pub(super) fn topic(&mut self, name: Text<'s>, role: &str) -> Option<TopicId> {
        let found = self.topics.get(name.value).copied();
        self.or_unknown(found, Space::Topic, name, role)
    }

    fn or_unknown<T>(
        &mut self,
        found: Option<T>,
        space: Space,
        name: Text<'s>,
        role: &str,
    ) -> Option<T> {
        if found.is_none() {
            self.note_unknown(space, name, role);
        }
        found
    }

    /// One finding for each unknown name, however often it is used.
    fn note_unknown(&mut self, space: Space, name: Text<'s>, role: &str) {
        let index = *self.unknown_index.entry(name.value).or_insert_with(|| {
            let (name, role) = (name.value, role.to_owned());
            self.unknown.push(Unknown {
                space,
                name,
                role,
                places: Vec::new(),
            });
            self.unknown.len() - 1
        });
        self.unknown[index].places.push(name.span);
    }

    /// Reports the unknown names that are not lost, and notes which elements they probably meant.
    pub(super) fn report_unknown(&mut self, spec_names: &Declared<'s>, out: &mut Diagnostics) {
        for unknown in std::mem::take(&mut self.unknown) {
            let other = self.other_space(unknown.space, unknown.name);
            if other.is_none() && self.lost.contains(&unknown.space) {
                continue;
            }
            self.unresolved.insert(unknown.name);
            let meant = did_you_mean(unknown.name, spec_names.of(unknown.space).iter().copied());
            if let Some(meant) = meant {
                self.mark_meant(unknown.space, meant);
            }
            out.push(match other {
                Some(space) => kind_mismatch(&unknown, space, meant),
                None => unknown_name(&unknown, meant, spec_names.of(unknown.space)),
            });
        }
    }

    fn mark_meant(&mut self, space: Space, meant: &str) {
        match space {
            Space::Component => self
                .meant_components
                .extend(self.components.get(meant).map(|(id, _)| *id)),
            Space::Layer => self.meant_layers.extend(self.layers.get(meant)),
            Space::Category => self.meant_categories.extend(self.categories.get(meant)),
            Space::Topic => self.meant_topics.extend(self.topics.get(meant)),
        }
    }

    /// What else the name is, if it is something else.
    fn other_space(&self, looked_up: Space, name: &str) -> Option<Space> {
        let is_known = |space: &Space| match space {
            Space::Component => self.components.contains_key(name),
            Space::Layer => self.layers.contains_key(name),
            Space::Category => self.categories.contains_key(name),
            Space::Topic => self.topics.contains_key(name),
        };
        SPACES
            .into_iter()
            .find(|space| *space != looked_up && is_known(space))
    }
}

/// The declared ids and aliases, to suggest from.
pub(super) struct Declared<'s> {
    components: Vec<&'s str>,
    layers: Vec<&'s str>,
    categories: Vec<&'s str>,
    topics: Vec<&'s str>,
}

impl<'s> Declared<'s> {
    pub(super) fn collect(spec: &Spec<'s>) -> Self {
        let aliases = spec
            .components
            .iter()
            .flat_map(|(_, component)| &component.aliases);
        Self {
            components: keys(&spec.components)
                .chain(aliases.map(|alias| alias.value))
                .collect(),
            layers: keys(&spec.layers).collect(),
            categories: keys(&spec.categories).collect(),
            topics: keys(&spec.topics).collect(),
        }
    }

    fn of(&self, space: Space) -> &[&'s str] {
        match space {
            Space::Component => &self.components,
            Space::Layer => &self.layers,
            Space::Category => &self.categories,
            Space::Topic => &self.topics,
        }
    }
}

fn keys<'a, 's, T>(entries: &'a [(Text<'s>, T)]) -> impl Iterator<Item = &'s str> + use<'a, 's, T> {
    entries.iter().map(|(key, _)| key.value)
}

/// Whether a text matches `[A-Za-z_][A-Za-z0-9_.-]*`.
pub(super) fn is_id(text: &str) -> bool {
    let is_start = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_';
    let is_rest = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    text.bytes().next().is_some_and(is_start) && text.bytes().all(is_rest)
}

fn check_id(noun: &str, key: Text<'_>, out: &mut Diagnostics) {
    if !is_id(key.value) {
        out.push(invalid_id(noun, key));
    }
}

fn invalid_id(noun: &str, key: Text<'_>) -> Diagnostic {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
    let mut better: String = key
        .value
        .chars()
        .map(|c| if fits(c) { c.to_ascii_lowercase() } else { '_' })
        .collect();
    if !better.starts_with(|c: char| c.is_ascii_alphabetic()) {
        better.insert(0, '_');
    }
    Diagnostic::new(
        INVALID_ID,
        format!("`{}` can't be the id of a {noun}", key.value),
        key.span,
        "",
    )
    .help(format!(
        "ids match [A-Za-z_][A-Za-z0-9_.-]*; write `{better}` and put the text into `name`"
    ))
}

fn one_id_for_two(key: Text<'_>, first: Span) -> Diagnostic {
    Diagnostic::new(
        DUPLICATE_ID,
        format!("`{}` is a topic and a component", key.value),
        key.span,
        "the topic",
    )
    .also(first, "the component")
    .help("give one of them another id")
}

fn alias_collision(owner: Text<'_>, alias: Text<'_>, first: Span) -> Diagnostic {
    let message = format!(
        "alias `{}` of `{}` already names another component",
        alias.value, owner.value
    );
    Diagnostic::new(ALIAS_COLLISION, message, alias.span, "")
        .also(first, "already a name here")
        .help("choose another alias")
}

fn unknown_name(unknown: &Unknown<'_>, meant: Option<&str>, known: &[&str]) -> Diagnostic {
    let noun = unknown.space.noun();
    let message = format!("{} `{}` is no {noun}", unknown.role, unknown.name);
    let help = match meant {
        Some(meant) => format!("did you mean `{meant}`?"),
        None if known.is_empty() => format!("the specification declares no {noun}"),
        None if known.len() <= 12 => format!("known: {}", known.join(", ")),
        None => format!(
            "declare it, or see `archviz list` for the {} that are known",
            known.len()
        ),
    };
    let diagnostic = with_places(
        Diagnostic::new(unknown.space.code(), message, unknown.places[0], ""),
        unknown,
    );
    match meant {
        Some(meant) if unknown.places.len() == 1 => {
            diagnostic.help(help).fix(unknown.places[0], meant)
        }
        _ => diagnostic.help(help),
    }
}

fn kind_mismatch(unknown: &Unknown<'_>, found: Space, meant: Option<&str>) -> Diagnostic {
    let (noun, expected) = (found.noun(), unknown.space.noun());
    let message = format!(
        "{} `{}` is a {noun}, not a {expected}",
        unknown.role, unknown.name
    );
    let help = meant.map_or_else(
        || format!("name a {expected}"),
        |meant| format!("did you mean `{meant}`?"),
    );
    with_places(
        Diagnostic::new(
            KIND_MISMATCH,
            message,
            unknown.places[0],
            format!("this is a {noun}"),
        ),
        unknown,
    )
    .help(help)
}

fn with_places(mut diagnostic: Diagnostic, unknown: &Unknown<'_>) -> Diagnostic {
    let further = &unknown.places[1..];
    for place in further.iter().take(MAX_RELATED) {
        diagnostic = diagnostic.also(*place, "also used here");
    }
    if let Some(place) = further.get(MAX_RELATED) {
        diagnostic = diagnostic.also(
            *place,
            format!("and {} more times", further.len() - MAX_RELATED),
        );
    }
    diagnostic
}
