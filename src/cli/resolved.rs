//! A specification that resolves, for commands that need one.
//!
//! In: arguments. Out: its model, handed to the command; or its errors, told to the person in
//! front. Refuses to know: what the command does with it.

use anyhow::Result;

use super::Exit;
use super::arguments::Arguments;
use super::output::Output;
use super::report::report_problems;
use super::workspace;
use crate::model::Model;
use crate::pipeline;
use crate::source::{Sources, Workspace};

/// What a command works on.
pub(super) struct Resolved<'r> {
    pub(super) workspace: &'r Workspace,
    pub(super) sources: &'r Sources,
    pub(super) model: &'r Model<'r>,
}

/// Runs a command on the model of the specification, if that has no errors.
pub(super) fn with_model(
    arguments: &Arguments,
    output: &mut Output,
    command: impl FnOnce(&Resolved<'_>, &mut Output) -> Result<Exit>,
) -> Result<Exit> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    if out.has_errors() {
        report_problems(out, &sources, &model, output);
        output.insist("nothing was done: the specification has errors");
        return Ok(Exit::Findings);
    }
    let resolved = Resolved {
        workspace: &workspace,
        sources: &sources,
        model: &model,
    };
    command(&resolved, output)
}
