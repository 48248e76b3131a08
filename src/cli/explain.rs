//! `explain`: what a code means.

use anyhow::Result;

use super::Exit;
use super::arguments::ExplainOptions;
use super::output::Output;
use crate::diagnostic::{explain, find_code, similar_code};

pub(super) fn run(options: &ExplainOptions, output: &mut Output) -> Result<Exit> {
    if let Some(code) = find_code(&options.code) {
        output.data(&explain(code))?;
        return Ok(Exit::Clean);
    }
    let meant = similar_code(&options.code);
    let help = meant.map_or("`archviz list rules` lists them".to_owned(), |meant| {
        format!("did you mean `{meant}`?")
    });
    output.insist(&format!(
        "\u{1b}[1;31merror\u{1b}[0m: no finding has the code `{}`; {help}",
        options.code
    ));
    Ok(Exit::Usage)
}
