//! `check`: every finding, in the format asked for.

use anyhow::Result;

use super::Exit;
use super::arguments::{Arguments, CheckOptions};
use super::output::Output;
use crate::diagnostic::Diagnostics;
use crate::model::Model;
use crate::source::Sources;

pub(super) fn run(
    arguments: &Arguments,
    _options: &CheckOptions,
    output: &mut Output,
) -> Result<Exit> {
    let workspace = super::workspace::find(arguments.spec.as_deref())?;
    let (sources, mut out) = crate::pipeline::load(&workspace)?;
    let model = crate::pipeline::analyze(&sources, &mut out);
    crate::pipeline::lint(&model, &mut out);
    report_problems(out, &sources, &model, output);
    Ok(Exit::Clean)
}

pub(super) fn report_problems(
    out: Diagnostics,
    sources: &Sources,
    _model: &Model<'_>,
    output: &mut Output,
) {
    for finding in out.into_sorted() {
        let place = sources.start(finding.primary());
        output.insist(&format!(
            "{}:{}:{} {}[{}] {}",
            sources.file(finding.primary().file).name,
            place.line,
            place.column,
            finding.severity.name(),
            finding.code.id,
            finding.message
        ));
    }
}
