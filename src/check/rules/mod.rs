//! The table of rules: one file and one row each.

mod ambiguous_name;
mod bad_color;
mod bad_retention;
mod bad_wildcard;
mod broker_kind;
mod case_or_separator_variant;
mod category_like_layer;
mod compact_without_key;
mod component_without_category;
mod component_without_layer;
mod consumer_mismatch;
mod deprecated_reference;
mod deprecated_replacement;
mod deprecated_without_replacement;
mod duplicate_order;
mod empty_layer;
mod event_kind_repeated;
mod event_loop;
mod field_repeated;
mod formerly_repeated;
mod formerly_still_exists;
mod indistinct_color;
mod key_naming;
mod layer_name_repeated;
mod low_contrast;
mod missing_color;
mod missing_key;
mod missing_owner;
mod order_contradicts_file;
mod order_gap;
mod orphan_component;
mod partitions_zero;
mod party_repeated;
mod producer_is_store;
mod producer_mismatch;
mod prose_only_name;
mod removal_date_malformed;
mod replication_zero;
mod retention_zero;
mod self_consuming;
mod source_not_connected;
mod source_without_topic;
mod topic_deprecated_with_consumers;
mod topic_name_collision;
mod topic_name_style;
mod topic_name_too_long;
mod topic_without_consumer;
mod topic_without_parties;
mod topic_without_producer;
mod unknown_cleanup_policy;
mod unreplicated_critical_topic;
mod unused_category;
mod unused_deployment;
mod unused_owner;
mod wildcard_matches_internal;
mod wildcard_matches_nothing;

use super::Rule;

/// Every rule, by group and id.
pub static RULES: &[&Rule] = &[
    &ambiguous_name::RULE,
    &case_or_separator_variant::RULE,
    &deprecated_reference::RULE,
    &deprecated_replacement::RULE,
    &deprecated_without_replacement::RULE,
    &formerly_repeated::RULE,
    &formerly_still_exists::RULE,
    &missing_owner::RULE,
    &orphan_component::RULE,
    &prose_only_name::RULE,
    &removal_date_malformed::RULE,
    &unused_category::RULE,
    &unused_deployment::RULE,
    &unused_owner::RULE,
    &bad_color::RULE,
    &category_like_layer::RULE,
    &component_without_category::RULE,
    &component_without_layer::RULE,
    &duplicate_order::RULE,
    &empty_layer::RULE,
    &indistinct_color::RULE,
    &layer_name_repeated::RULE,
    &low_contrast::RULE,
    &missing_color::RULE,
    &order_contradicts_file::RULE,
    &order_gap::RULE,
    &bad_retention::RULE,
    &bad_wildcard::RULE,
    &broker_kind::RULE,
    &compact_without_key::RULE,
    &consumer_mismatch::RULE,
    &event_kind_repeated::RULE,
    &event_loop::RULE,
    &field_repeated::RULE,
    &key_naming::RULE,
    &missing_key::RULE,
    &partitions_zero::RULE,
    &party_repeated::RULE,
    &producer_is_store::RULE,
    &producer_mismatch::RULE,
    &replication_zero::RULE,
    &retention_zero::RULE,
    &self_consuming::RULE,
    &source_not_connected::RULE,
    &source_without_topic::RULE,
    &topic_deprecated_with_consumers::RULE,
    &topic_name_collision::RULE,
    &topic_name_style::RULE,
    &topic_name_too_long::RULE,
    &topic_without_consumer::RULE,
    &topic_without_parties::RULE,
    &topic_without_producer::RULE,
    &unknown_cleanup_policy::RULE,
    &unreplicated_critical_topic::RULE,
    &wildcard_matches_internal::RULE,
    &wildcard_matches_nothing::RULE,
];
