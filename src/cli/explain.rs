//! `explain`: what a code means.

use anyhow::Result;

use super::Exit;
use super::arguments::ExplainOptions;
use super::output::Output;
use crate::diagnostic::{did_you_mean, explain, find_code, similar_code};
use crate::diff::{CHANGE_KINDS, explain_change, find_change_kind};

pub(super) fn run(options: &ExplainOptions, output: &mut Output) -> Result<Exit> {
    if let Some(code) = find_code(&options.code) {
        output.data(&explain(code))?;
        return Ok(Exit::Clean);
    }
    if let Some(kind) = find_change_kind(&options.code) {
        output.data(&explain_change(kind))?;
        return Ok(Exit::Clean);
    }
    let changes = CHANGE_KINDS.iter().map(|kind| kind.id);
    let meant = similar_code(&options.code).or_else(|| did_you_mean(&options.code, changes));
    let help = meant.map_or(
        "`archviz list rules` and `archviz list changes` list them".to_owned(),
        |meant| format!("did you mean `{meant}`?"),
    );
    output.insist(&format!(
        "\u{1b}[1;31merror\u{1b}[0m: no finding or change has the code `{}`; {help}",
        options.code
    ));
    Ok(Exit::Usage)
}
