//! The driver: the one place that calls the phases in order.
//!
//! In: a workspace. Out: what a command needs, with the findings on the way.
//! Refuses to know: arguments and output.

use anyhow::Result;

use crate::check;
use crate::diagnostic::{Diagnostic, Diagnostics, Override, apply};
use crate::graph::ArchGraph;
use crate::model::{Model, resolve};
use crate::source::{Sources, Workspace};
use crate::spec;

/// Reads all files of a specification. Fails only if the main file can't be read.
pub fn load(workspace: &Workspace) -> Result<(Sources, Diagnostics)> {
    let mut out = Diagnostics::default();
    let sources = spec::load(workspace, &mut out)?;
    Ok((sources, out))
}

/// Decodes and resolves loaded sources.
pub fn analyze<'s>(sources: &'s Sources, out: &mut Diagnostics) -> Model<'s> {
    let spec = spec::decode(sources, out);
    resolve(spec, out)
}

/// Runs every rule on a resolved model.
pub fn lint(model: &Model<'_>, graph: &ArchGraph, out: &mut Diagnostics) {
    check::check(&check::Context { model, graph }, out);
}

/// Loads, analyzes and checks a specification; the findings come sorted, at their default levels.
pub fn findings(workspace: &Workspace) -> Result<(Sources, Vec<Diagnostic>)> {
    let (sources, mut out) = load(workspace)?;
    {
        let model = analyze(&sources, &mut out);
        let graph = ArchGraph::build(&model);
        lint(&model, &graph, &mut out);
    }
    Ok((sources, out.into_sorted()))
}

/// Loads, analyzes and checks a specification; its settings, its comments and the overrides
/// have had their say.
pub fn judged_findings(
    workspace: &Workspace,
    overrides: &[Override],
) -> Result<(Sources, Vec<Diagnostic>)> {
    let (sources, mut out) = load(workspace)?;
    let judged = {
        let model = analyze(&sources, &mut out);
        let graph = ArchGraph::build(&model);
        lint(&model, &graph, &mut out);
        apply(out.into_sorted(), &sources, &model.lints, overrides)
    };
    Ok((sources, judged))
}
