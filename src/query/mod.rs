//! Questions to a model: ways from one place to another, a scenario in time, who is hurt.
//!
//! In: a model and what is asked. Out: an [`Answer`]: a report for people, the same as JSON,
//! and what a picture of it shows. Refuses to know: arguments, files, and how pictures are
//! written.

mod harm;
mod impact;
mod journey;
mod mention;
mod paths;
mod report;
mod structure;
mod subject;

pub use impact::{Mentioned, impact};
pub use journey::journey;
pub use paths::paths;
pub use report::{Report, Section};
pub use structure::structure;
pub use subject::{Subject, find_component_or_topic, find_scenario};

use serde_json::Value;

use crate::model::ScenarioId;
use crate::view::Part;

/// What a question brought up.
#[derive(Debug)]
pub struct Answer {
    /// For people.
    pub report: Report,
    /// For programs, with its version.
    pub json: Value,
    /// What a picture of the answer shows, if there is something to see.
    pub picture: Option<Picture>,
    /// Whether what was asked for was found, and holds.
    pub holds: bool,
}

/// What a picture shows.
#[derive(Debug)]
pub enum Picture {
    /// A part of the architecture.
    Part(Part),
    /// A scenario.
    Scenario(ScenarioId),
}
