//! What is shown after each save: the new data, or the last good one with what is wrong.
//!
//! In: the outcome of making the data. Out: the data to show. Refuses to know: when.

use anyhow::Result;
use serde_json::{Value, json};

use crate::pipeline::Explored;

/// Keeps the last good data.
#[derive(Debug, Default)]
pub struct Rebuild {
    good: Option<Value>,
    title: String,
}

impl Rebuild {
    /// The title and data to show now.
    pub fn take(&mut self, outcome: Result<Explored>) -> (String, String) {
        let broken = match outcome {
            Ok(explored) if explored.is_whole => {
                self.title = explored.title;
                let good = self.good.insert(explored.data);
                return (self.title.clone(), good.to_string());
            }
            Ok(explored) => self.broken(explored.data, "the specification has errors"),
            Err(problem) => self.broken(json!({ "findings": [] }), &format!("{problem:#}")),
        };
        (self.title.clone(), broken.to_string())
    }

    /// The last good data with the findings of the new one; without a good one, the new one.
    fn broken(&self, new: Value, problem: &str) -> Value {
        let findings = new["findings"].clone();
        let (mut shown, told) = match &self.good {
            Some(good) => (good.clone(), "; shown is the last good version"),
            None => (new, ""),
        };
        shown["findings"] = findings;
        shown["problem"] = json!(format!("{problem}{told}"));
        shown
    }
}
