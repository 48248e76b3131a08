//! The icons that pictures carry, and which of them stands for what.
//!
//! In: what an author wrote, a technology, a kind. Out: an [`Icon`], if one is meant.
//! Refuses to know: where it is drawn. The outlines are those of Lucide and Simple Icons;
//! `THIRD-PARTY.md` has their licenses.

mod table;

use table::ICONS;

use crate::model::Kind;

/// An outline in a square of 24 by 24.
#[derive(Debug, PartialEq, Eq)]
pub struct Icon {
    /// Its name in specifications.
    pub name: &'static str,
    /// How it is painted.
    pub style: Style,
    /// The emoji that mean it, without variation selectors.
    pub emoji: &'static [&'static str],
    /// Words of a technology that mean it.
    pub words: &'static [&'static str],
    /// SVG path data.
    pub outline: &'static str,
}

/// How an outline is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// A line of two units.
    Stroked,
    /// A filled shape.
    Filled,
}

/// Every icon, sorted by name.
pub fn icons() -> &'static [Icon] {
    ICONS
}

/// The icon of this name.
pub(crate) fn named(name: &str) -> Option<&'static Icon> {
    let place = ICONS.binary_search_by_key(&name, |icon| icon.name).ok()?;
    ICONS.get(place)
}

/// The icon that an author means by a name or an emoji.
pub(crate) fn meant(text: &str) -> Option<&'static Icon> {
    let plain = text.trim().replace(['\u{fe0f}', '\u{fe0e}'], "");
    let by_emoji = || ICONS.iter().find(|icon| icon.emoji.contains(&&*plain));
    named(&plain.to_ascii_lowercase()).or_else(by_emoji)
}

/// The icon of a product that a technology names.
pub(crate) fn of_technology(technology: &str) -> Option<&'static Icon> {
    let lower = technology.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| ICONS.iter().find(|icon| icon.words.contains(&word)))
}

/// The icon of a kind.
pub(crate) fn of_kind(kind: Kind) -> Option<&'static Icon> {
    named(match kind {
        Kind::Person => "person",
        Kind::Client => "browser",
        Kind::Gateway => "gateway",
        Kind::Service => "cube",
        Kind::Agent => "robot",
        Kind::Broker => "antenna",
        Kind::Connector => "plug",
        Kind::Coordinator => "network",
        Kind::Database => "database",
        Kind::Cache => "cache",
        Kind::Storage => "storage",
        Kind::Job => "job",
        Kind::Function => "function",
        Kind::Library => "book",
        Kind::External => "globe",
        Kind::Platform => "layers",
        Kind::System => "blocks",
        Kind::Container => "package",
        Kind::Component => "component",
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{icons, meant, named, of_kind, of_technology};
    use crate::model::Kind;

    #[test]
    fn the_table_is_sorted_and_no_sign_means_two_icons() {
        assert!(icons().is_sorted_by_key(|icon| icon.name));
        let signs: Vec<_> = icons()
            .iter()
            .flat_map(|icon| [icon.emoji, icon.words].concat())
            .collect();
        assert_eq!(signs.iter().collect::<BTreeSet<_>>().len(), signs.len());
        let is_path = |c: char| c.is_ascii_digit() || " .,-MmLlHhVvCcSsQqTtAaZz".contains(c);
        assert!(icons().iter().all(|icon| icon.outline.chars().all(is_path)));
    }

    #[test]
    fn authors_are_understood() {
        assert_eq!(meant("⚙️"), named("gear"));
        assert_eq!(meant("Kafka"), named("kafka"));
        assert_eq!(meant("🦄"), None);
        assert_eq!(
            of_technology("Azure Database for PostgreSQL"),
            named("postgresql")
        );
        assert_eq!(of_technology("Redistribution"), None);
    }

    #[test]
    fn every_kind_has_an_icon() {
        assert!(Kind::ALL.iter().all(|(_, kind)| of_kind(*kind).is_some()));
    }
}
