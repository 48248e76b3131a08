//! What an importer has found so far, with its components by key.
//!
//! In: components. Out: an [`Imported`] in which no key is there twice. Refuses to know:
//! formats.

use std::collections::BTreeMap;

use super::model::{Component, Imported};

/// Components are looked up in it as often as relations name them.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) imported: Imported,
    keys: BTreeMap<String, usize>,
}

impl Parts {
    /// Whether a component has this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// The component with this key.
    pub(super) fn get(&self, key: &str) -> Option<&Component> {
        self.keys.get(key).map(|at| &self.imported.components[*at])
    }

    /// The component with this key, to add to it.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Component> {
        let at = self.keys.get(key)?;
        self.imported.components.get_mut(*at)
    }

    /// Adds a component, unless its key is taken; whether it was added.
    pub(super) fn add(&mut self, component: Component) -> bool {
        if self.has(&component.key) {
            return false;
        }
        self.keys
            .insert(component.key.clone(), self.imported.components.len());
        self.imported.components.push(component);
        true
    }

    /// A key that is not taken: this one, or this one with the file it stands in.
    pub(super) fn free_key(&self, key: &str, file: &str) -> String {
        let mut free = key.to_owned();
        let mut number = 1;
        while self.has(&free) {
            free = match number {
                1 => format!("{key}@{file}"),
                number => format!("{key}@{file}#{number}"),
            };
            number += 1;
        }
        free
    }
}

#[cfg(test)]
mod tests {
    use super::Parts;
    use crate::import::model::{Component, Evidence};
    use crate::source::Span;

    #[test]
    fn the_first_component_keeps_its_key() {
        let component =
            |name: &str| Component::new("a", name, Evidence::explicit(Span::default(), ""));
        let mut parts = Parts::default();
        assert!(parts.add(component("first")));
        assert!(!parts.add(component("second")));
        assert_eq!(parts.get("a").map(|a| a.name.as_str()), Some("first"));
        assert_eq!(parts.free_key("a", "f"), "a@f");
        assert_eq!(parts.free_key("b", "f"), "b");
    }
}
