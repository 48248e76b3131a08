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
        let data = match outcome {
            Ok(explored) if explored.is_whole => {
                self.title = explored.title;
                self.good = Some(explored.data.clone());
                explored.data
            }
            Ok(explored) => self.broken(
                explored.data,
                "errors in the specification; shown is the last good version",
            ),
            Err(problem) => {
                let nothing = json!({ "findings": [] });
                self.broken(
                    nothing,
                    &format!("{problem:#}; shown is the last good version"),
                )
            }
        };
        (self.title.clone(), data.to_string())
    }

    /// The last good data with the findings of the new one; without a good one, the new one.
    fn broken(&self, new: Value, problem: &str) -> Value {
        let mut shown = self.good.clone().unwrap_or_else(|| new.clone());
        shown["findings"] = new["findings"].clone();
        shown["problem"] = json!(problem);
        shown
    }
}
