//! The table of rules: one file and one row each.

mod topic_without_consumer;

use super::Rule;

/// Every rule, by group and id.
pub static RULES: &[&Rule] = &[&topic_without_consumer::RULE];
