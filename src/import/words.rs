//! What a component is, guessed from the words that other formats have for it.
//!
//! In: types, tags and shapes. Out: a [`Kind`]. Refuses to know: images, and names of products.

use crate::model::Kind;

/// Words as parts of lower-case texts, the surest first, with what they mean.
const WORDS: &[(&str, Kind)] = &[
    ("person", Kind::Person),
    ("actor", Kind::Person),
    ("user", Kind::Person),
    ("staff", Kind::Person),
    ("external", Kind::External),
    ("existingsystem", Kind::External),
    ("message bus", Kind::Broker),
    ("message-broker", Kind::Broker),
    ("broker", Kind::Broker),
    ("queue", Kind::Broker),
    ("topic", Kind::Broker),
    ("cache", Kind::Cache),
    ("database", Kind::Database),
    ("db_table", Kind::Database),
    ("cylinder", Kind::Database),
    ("bucket", Kind::Storage),
    ("storage", Kind::Storage),
    ("data-asset", Kind::Storage),
    ("gateway", Kind::Gateway),
    ("load-balancer", Kind::Gateway),
    ("network", Kind::Platform),
    ("cluster", Kind::Platform),
    ("ecosystem", Kind::Platform),
    ("webclient", Kind::Client),
    ("website", Kind::Client),
    ("webapp", Kind::Client),
    ("browser", Kind::Client),
    ("mobile", Kind::Client),
    ("spa", Kind::Client),
    ("library", Kind::Library),
    ("function", Kind::Function),
    ("lambda", Kind::Function),
    ("job", Kind::Job),
    ("agent", Kind::Agent),
    ("service", Kind::Service),
    ("system", Kind::System),
    ("enterprise", Kind::System),
    ("platform", Kind::Platform),
    ("container", Kind::Container),
    ("component", Kind::Component),
];

/// The kind that a word means, if it is known.
pub(super) fn kind_of(text: &str) -> Option<Kind> {
    let lower = text.to_lowercase();
    let found = WORDS.iter().find(|(word, _)| lower.contains(word));
    found.map(|(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::kind_of;
    use crate::model::Kind;

    #[test]
    fn words_are_found_whatever_surrounds_them() {
        assert_eq!(kind_of("Message Bus"), Some(Kind::Broker));
        assert_eq!(kind_of("external-system"), Some(Kind::External));
        assert_eq!(kind_of("softwaresystem"), Some(Kind::System));
        assert_eq!(kind_of("fluxnova:engine"), None);
    }
}
