//! The table of rules: one file and one row each.

mod api_call_without_flow;
mod bad_api_path;
mod bidi_control;
mod budget_exceeded;
mod budget_without_latency;
mod consume_before_publish;
mod consume_without_subscription;
mod description_repeats_name;
mod detail_incomplete;
mod direction_contradiction;
mod disconnected_step;
mod duplicate_flow;
mod duplicate_policy;
mod empty_text;
mod flow_cycle;
mod flow_duplicates_topic;
mod host_port_conflict;
mod http_call_to_broker;
mod image_unpinned;
mod initiator_not_an_end;
mod invisible_character;
mod link_scheme;
mod long_chain;
mod missing_label;
mod mojibake;
mod name_repeated;
mod op_language_mismatch;
mod operation_without_flow;
mod overdue_removal;
mod placeholder_text;
mod policy_matches_nothing;
mod policy_violated;
mod policy_without_rule;
mod port_duplicate;
mod port_not_exposed;
mod port_range;
mod publish_without_production;
mod published_not_consumed;
mod removal_before_deprecation;
mod repeated_item;
mod reply_to_async;
mod return_before_call;
mod return_without_call;
mod scenario_without_steps;
mod secret_in_model;
mod self_flow;
mod step_without_flow;
mod store_initiates;
mod store_language_mismatch;
mod topic_not_produced_downstream;
mod topic_without_consumer;
mod unknown_latency;
mod unknown_policy_key;
mod unknown_policy_level;
mod unparsable_budget;
mod unreachable_component;
mod version_format;

use super::Rule;

/// Every rule, by group and id.
pub static RULES: &[&Rule] = &[
    &topic_without_consumer::RULE,
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
