//! Ids: plain, unique in any case, and fast to make.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::LABELS;
use crate::render::escape::ids::{IdMaker, RESERVED};

#[test]
fn ids_are_spelled_for_all_languages() {
    let mut ids = IdMaker::new(RESERVED);
    for (model_id, expected) in [
        ("kafka", "kafka"),
        ("Kafka", "Kafka_2"),
        ("kafka-connect", "kafka_connect"),
        ("kafka.connect", "kafka_connect_2"),
        ("kafka_connect_2", "kafka_connect_2_2"),
        ("kafka connect", "kafka_connect_3"),
        ("1st", "n_1st"),
        ("", "n_"),
        ("-x", "n__x"),
        ("__proto__", "n___proto__"),
        ("end", "end_"),
        ("END", "END__2"),
        ("end_", "end__3"),
        ("消息", "n___"),
        ("kafka", "kafka"),
    ] {
        assert_eq!(ids.id(model_id), expected, "{model_id:?}");
    }
}

#[test]
fn ids_of_the_corpus_are_unique_and_plain() {
    let corpus: Value = serde_json::from_str(LABELS).unwrap();
    let ids = corpus["ids"].as_array().unwrap();
    assert_ids_hold(ids.iter().map(|id| id.as_str().unwrap()));
}

/// A hundred thousand ids that collide take a moment, not minutes.
#[test]
fn ids_stay_fast_when_all_collide() {
    let mut ids = IdMaker::new(RESERVED);
    let letters = (0..100_000_u32).filter_map(|number| char::from_u32(0x1_0000 + number));
    let lengths = letters.map(|letter| ids.id(&letter.to_string()).len());
    assert_eq!(lengths.max(), Some("n___100000".len()));
}

#[test]
fn reserved_words_are_lower_case_and_unique() {
    let mut words = RESERVED.to_vec();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), RESERVED.len());
    assert!(words.iter().all(|word| **word == word.to_ascii_lowercase()));
}

proptest! {
    #[test]
    fn ids_are_unique_and_plain(
        model_ids in prop::collection::vec("[aAé_0-2.-]{0,3}|end|END_2?", 0..40),
    ) {
        assert_ids_hold(model_ids.iter().map(String::as_str));
    }
}

/// Different model ids get different ids, in any case; the same one gets the same.
#[track_caller]
fn assert_ids_hold<'a>(model_ids: impl Iterator<Item = &'a str>) {
    let mut ids = IdMaker::new(RESERVED);
    let mut owners = BTreeMap::new();
    for model_id in model_ids {
        let id = ids.id(model_id).to_ascii_lowercase();
        assert!(id.starts_with(|c: char| c.is_ascii_lowercase()), "{id}");
        assert!(
            id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'),
            "{id}"
        );
        assert!(!RESERVED.contains(&id.as_str()), "{id}");
        assert_eq!(*owners.entry(id).or_insert(model_id), model_id);
    }
}
