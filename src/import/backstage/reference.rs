//! References between entities: `[kind:][namespace/]name`.
//!
//! In: a reference and the kind that its field implies. Out: its parts. Refuses to know:
//! whether the entity exists.

use crate::import::value::Value;

/// The namespace of whatever names none.
const DEFAULT: &str = "default";

/// The three parts of a reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference<'r> {
    kind: &'r str,
    namespace: &'r str,
    pub(super) name: &'r str,
}

impl<'r> Reference<'r> {
    /// Reads a reference; `kind` is what it names unless it says otherwise.
    pub(super) fn read(text: &'r str, kind: &'r str) -> Self {
        let (kind, rest) = text.split_once(':').unwrap_or((kind, text));
        let (namespace, name) = rest.split_once('/').unwrap_or((DEFAULT, rest));
        Self {
            kind,
            namespace,
            name,
        }
    }

    /// The reference that names an entity.
    pub(super) fn of_entity(kind: &'r str, metadata: &'r Value) -> Self {
        Self {
            kind,
            namespace: metadata.text_of("namespace").unwrap_or(DEFAULT),
            name: metadata.text_of("name").unwrap_or_default(),
        }
    }

    /// The reference as people write it: without the namespace that needs no name.
    pub(super) fn short(&self) -> String {
        let kind = self.kind.to_ascii_lowercase();
        if self.namespace == DEFAULT {
            format!("{kind}:{}", self.name)
        } else {
            format!("{kind}:{}/{}", self.namespace, self.name)
        }
    }

    /// The whole reference; case does not count in the catalog.
    pub(super) fn key(&self) -> String {
        format!("{}:{}/{}", self.kind, self.namespace, self.name).to_ascii_lowercase()
    }
}

#[cfg(test)]
mod tests {
    use super::Reference;

    #[test]
    fn parts_that_are_left_out_have_defaults() {
        assert_eq!(Reference::read("orders", "api").key(), "api:default/orders");
        assert_eq!(
            Reference::read("shop/Orders", "api").key(),
            "api:shop/orders"
        );
        assert_eq!(
            Reference::read("Group:team", "user").key(),
            "group:default/team"
        );
    }
}
