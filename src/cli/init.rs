//! `init`: a commented starter specification.

use anyhow::{Result, ensure};

use super::Exit;
use super::arguments::InitOptions;
use super::output::{Output, write_file};

const STARTER: &str = include_str!("starter.yaml");

pub(super) fn run(options: &InitOptions, output: &mut Output) -> Result<Exit> {
    // A JSON string is a YAML string, so that any name is safe.
    let name = serde_json::to_string(&options.name)?;
    let text = STARTER.replace("name: My Platform", &format!("name: {name}"));
    if options.file.as_os_str() == "-" {
        output.raw(&text)?;
        return Ok(Exit::Clean);
    }
    let shown = options.file.display();
    ensure!(
        !options.file.exists(),
        "`{shown}` exists already; it was left as it is"
    );
    write_file(&options.file, &text)?;
    output.say(&format!(
        "wrote {shown}\nnext: archviz check --spec {shown}, then archviz render --spec {shown}"
    ));
    Ok(Exit::Clean)
}
