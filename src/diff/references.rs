//! How the references of one version are spelled, so that the same thing has the same name
//! in both: aliases become ids, and ids of the old version become those of the new one.
//!
//! In: a model, and the renames if it is the old one. Out: [`References`]. Refuses to know:
//! where a name stands.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::change::SubjectKind;
use super::leaf::Refers;
use super::rename::Rename;
use crate::model::Model;

type Names<'n> = HashMap<&'n str, &'n str, FxBuildHasher>;

/// The names of one version.
#[derive(Debug, Default)]
pub(super) struct References<'n> {
    components: Names<'n>,
    topics: Names<'n>,
    layers: Names<'n>,
    categories: Names<'n>,
}

impl<'n> References<'n> {
    pub(super) fn of(model: &'n Model<'_>, renames: &'n [Rename]) -> Self {
        let mut names = Self::default();
        for rename in renames {
            let of_kind = match rename.kind {
                SubjectKind::Component => &mut names.components,
                SubjectKind::Topic => &mut names.topics,
                SubjectKind::Layer => &mut names.layers,
                SubjectKind::Category => &mut names.categories,
                _ => continue,
            };
            of_kind.insert(&rename.from, &rename.to);
        }
        for component in &model.components {
            let id = component.id.value;
            let id = names.components.get(id).copied().unwrap_or(id);
            for alias in &component.written.aliases {
                names.components.entry(alias.value).or_insert(id);
            }
        }
        names
    }

    pub(super) fn component<'t>(&'t self, id: &'t str) -> &'t str {
        self.components.get(id).copied().unwrap_or(id)
    }

    pub(super) fn topic<'t>(&'t self, id: &'t str) -> &'t str {
        self.topics.get(id).copied().unwrap_or(id)
    }

    pub(super) fn layer<'t>(&'t self, id: &'t str) -> &'t str {
        self.layers.get(id).copied().unwrap_or(id)
    }

    pub(super) fn category<'t>(&'t self, id: &'t str) -> &'t str {
        self.categories.get(id).copied().unwrap_or(id)
    }

    /// A text as it is spelled in both versions.
    pub(super) fn spelled<'t>(&'t self, text: &'t str, refers: Refers) -> Cow<'t, str> {
        match refers {
            Refers::Nothing | Refers::ComponentKeys => text.into(),
            Refers::Component => self.component(text).into(),
            Refers::Topic => self.topic(text).into(),
            Refers::Element => {
                let component = self.component(text);
                if component == text {
                    self.topic(text)
                } else {
                    component
                }
                .into()
            }
            Refers::Layer => self.layer(text).into(),
            Refers::Category => self.category(text).into(),
            Refers::Selector => self.selector(text),
        }
    }

    /// `layer:data`, `neighbors(kafka, 1)`: the names in a selector, by what stands before them.
    fn selector<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '-');
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            let spelled = if out.ends_with("layer:") {
                self.layer(name)
            } else if out.ends_with("category:") {
                self.category(name)
            } else if out.ends_with("topic:") {
                self.topic(name)
            } else if out.ends_with(':') || after.starts_with(':') || after.starts_with('*') {
                name
            } else {
                self.component(name)
            };
            out.push_str(spelled);
            let next = after.chars().next();
            out.extend(next);
            rest = next.map_or("", |next| &after[next.len_utf8()..]);
        }
        if out == text { text.into() } else { out.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::{References, Refers};

    #[test]
    fn selectors_name_what_their_prefix_says() {
        let mut names = References::default();
        names.components.insert("old", "new");
        names.layers.insert("old", "lower");
        let spelled = |text| names.spelled(text, Refers::Selector).into_owned();
        assert_eq!(spelled("old"), "new");
        assert_eq!(spelled("layer:old"), "layer:lower");
        assert_eq!(spelled("tag:old"), "tag:old");
        assert_eq!(spelled("neighbors(old, 2)"), "neighbors(new, 2)");
        assert_eq!(spelled("old*"), "old*");
    }
}
