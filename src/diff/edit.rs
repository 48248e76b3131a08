//! The smallest steps from one version to another, each at its path.
//!
//! In: nothing. Out: [`Edit`]. Refuses to know: what an edit means.

use serde_json::Value;

/// One step from the old document to the new one.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// Edits are applied in this order.
    pub order: usize,
    /// Keys from the root of the document to the place.
    pub path: Vec<String>,
    /// What to do there.
    pub action: Action,
}

/// What an edit does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Puts a value into a list or mapping, after another key or first.
    Add {
        /// What is put there.
        value: Value,
        /// The key that it follows.
        follows: Option<String>,
    },
    /// Takes a value out of a list or mapping.
    Remove {
        /// What was there.
        value: Value,
    },
    /// Replaces one value by another.
    Set {
        /// What was there.
        before: Value,
        /// What is there now.
        after: Value,
    },
    /// Puts an entry of a list or mapping elsewhere in it.
    Move {
        /// The key that it follows now.
        follows: Option<String>,
    },
    /// Gives an entry another key.
    Rename {
        /// The new key.
        to: String,
    },
}
