//! `init`: a commented starter specification, or one of what exists.

use anyhow::{Result, ensure};

use super::arguments::InitOptions;
use super::output::{Output, write_file};
use super::{Exit, import};

const STARTER: &str = include_str!("starter.yaml");
const DEFAULT_NAME: &str = "My Platform";

pub(super) fn run(options: &InitOptions, output: &mut Output) -> Result<Exit> {
    let shown = options.file.display();
    let is_stdout = options.file.as_os_str() == "-";
    ensure!(
        is_stdout || !options.file.exists(),
        "`{shown}` exists already; it was left as it is"
    );
    let (text, exit) = text(options, output)?;
    if is_stdout {
        output.raw(&text)?;
        return Ok(exit);
    }
    write_file(&options.file, &text)?;
    output.say(&format!(
        "wrote {shown}\nnext: archviz check --spec {shown}, then archviz render --spec {shown}"
    ));
    Ok(exit)
}

fn text(options: &InitOptions, output: &mut Output) -> Result<(String, Exit)> {
    let asked = options.name.as_deref();
    if !options.from.is_empty() {
        return import::specification(&options.from, asked, &options.file, output);
    }
    // A JSON string is a YAML string, so that any name is safe.
    let name = serde_json::to_string(asked.unwrap_or(DEFAULT_NAME))?;
    let text = STARTER.replace("name: My Platform", &format!("name: {name}"));
    Ok((text, Exit::Clean))
}
