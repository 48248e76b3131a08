//! The table of rules: one file and one row each.

mod ambiguous_name;
mod api_call_without_flow;
mod bad_api_path;
mod bad_color;
mod bad_retention;
mod bad_wildcard;
mod bidi_control;
mod broker_kind;
mod budget_exceeded;
mod budget_without_latency;
mod case_or_separator_variant;
mod category_like_layer;
mod compact_without_key;
mod component_without_category;
mod component_without_layer;
mod consume_before_publish;
mod consume_without_subscription;
mod consumer_mismatch;
mod deployment_variant;
mod deprecated_reference;
mod deprecated_replacement;
mod deprecated_without_replacement;
mod description_repeats_name;
mod detail_incomplete;
mod direction_contradiction;
mod disconnected_step;
mod duplicate_flow;
mod duplicate_order;
mod duplicate_policy;
mod empty_layer;
mod empty_text;
mod event_kind_repeated;
mod event_loop;
mod field_repeated;
mod flow_cycle;
mod flow_duplicates_topic;
mod formerly_repeated;
mod formerly_still_exists;
mod host_port_conflict;
mod http_call_to_broker;
mod image_unpinned;
mod indistinct_color;
mod initiator_not_an_end;
mod invisible_character;
mod key_naming;
mod layer_name_repeated;
mod link_scheme;
mod long_chain;
mod low_contrast;
mod missing_color;
mod missing_key;
mod missing_label;
mod missing_owner;
mod mojibake;
mod name_repeated;
mod op_language_mismatch;
mod operation_without_flow;
mod order_contradicts_file;
mod order_gap;
mod orphan_component;
mod overdue_removal;
mod partitions_zero;
mod party_repeated;
mod placeholder_text;
mod policy_matches_nothing;
mod policy_violated;
mod policy_without_rule;
mod port_duplicate;
mod port_not_exposed;
mod port_range;
mod producer_is_store;
mod producer_mismatch;
mod prose_only_name;
mod publish_without_production;
mod published_not_consumed;
mod removal_before_deprecation;
mod removal_date_malformed;
mod repeated_item;
mod replication_zero;
mod reply_to_async;
mod retention_zero;
mod return_before_call;
mod return_without_call;
mod scenario_without_steps;
mod secret_in_model;
mod self_consuming;
mod self_flow;
mod source_not_connected;
mod source_without_topic;
mod step_without_flow;
mod store_initiates;
mod store_language_mismatch;
mod topic_deprecated_with_consumers;
mod topic_name_collision;
mod topic_name_style;
mod topic_name_too_long;
mod topic_not_produced_downstream;
mod topic_without_consumer;
mod topic_without_parties;
mod topic_without_producer;
mod unknown_cleanup_policy;
mod unknown_latency;
mod unknown_policy_key;
mod unknown_policy_level;
mod unparsable_budget;
mod unreachable_component;
mod unreplicated_critical_topic;
mod unused_category;
mod unused_deployment;
mod unused_owner;
mod version_format;
mod wildcard_matches_internal;
mod wildcard_matches_nothing;

use super::Rule;

/// Every rule, by group and id.
pub static RULES: &[&Rule] = &[
    &ambiguous_name::RULE,
    &case_or_separator_variant::RULE,
    &deployment_variant::RULE,
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
    &direction_contradiction::RULE,
    &duplicate_flow::RULE,
    &flow_cycle::RULE,
    &flow_duplicates_topic::RULE,
    &initiator_not_an_end::RULE,
    &missing_label::RULE,
    &port_not_exposed::RULE,
    &self_flow::RULE,
    &store_initiates::RULE,
    &topic_not_produced_downstream::RULE,
    &unknown_latency::RULE,
    &unreachable_component::RULE,
    &budget_exceeded::RULE,
    &budget_without_latency::RULE,
    &consume_before_publish::RULE,
    &consume_without_subscription::RULE,
    &disconnected_step::RULE,
    &long_chain::RULE,
    &publish_without_production::RULE,
    &published_not_consumed::RULE,
    &reply_to_async::RULE,
    &return_before_call::RULE,
    &return_without_call::RULE,
    &scenario_without_steps::RULE,
    &step_without_flow::RULE,
    &store_language_mismatch::RULE,
    &unparsable_budget::RULE,
    &api_call_without_flow::RULE,
    &bad_api_path::RULE,
    &detail_incomplete::RULE,
    &host_port_conflict::RULE,
    &http_call_to_broker::RULE,
    &image_unpinned::RULE,
    &link_scheme::RULE,
    &op_language_mismatch::RULE,
    &operation_without_flow::RULE,
    &overdue_removal::RULE,
    &port_duplicate::RULE,
    &port_range::RULE,
    &removal_before_deprecation::RULE,
    &secret_in_model::RULE,
    &version_format::RULE,
    &duplicate_policy::RULE,
    &policy_matches_nothing::RULE,
    &policy_violated::RULE,
    &policy_without_rule::RULE,
    &unknown_policy_key::RULE,
    &unknown_policy_level::RULE,
    &bidi_control::RULE,
    &description_repeats_name::RULE,
    &empty_text::RULE,
    &invisible_character::RULE,
    &mojibake::RULE,
    &name_repeated::RULE,
    &placeholder_text::RULE,
    &repeated_item::RULE,
];
