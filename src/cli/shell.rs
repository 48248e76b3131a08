//! `schema`, `completions` and `man`: what other programs need to work with this one.

use std::path::Path;

use anyhow::{Context, Result};

use super::Exit;
use super::arguments::{SchemaOf, command};
use super::output::{Output, write_file};
use crate::drift;
use crate::render::change_schema;
use crate::spec::json_schema;

pub(super) fn schema(what: SchemaOf, output: &mut Output) -> Result<Exit> {
    let schema = match what {
        SchemaOf::Language => json_schema(),
        SchemaOf::Diff => change_schema(),
        SchemaOf::Drift => drift::json_schema(),
    };
    output.raw(format!("{schema:#}\n"))?;
    Ok(Exit::Clean)
}

pub(super) fn completions(shell: clap_complete::Shell, output: &mut Output) -> Result<Exit> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut command(), "archviz", &mut text);
    output.raw(&text)?;
    Ok(Exit::Clean)
}

pub(super) fn man(folder: &Path, output: &mut Output) -> Result<Exit> {
    let root = command();
    let mut pages = vec![("archviz".to_owned(), root.clone())];
    for verb in root.get_subcommands() {
        let name = format!("archviz-{}", verb.get_name());
        pages.push((name, verb.clone()));
    }
    for (name, page) in pages {
        let mut text = Vec::new();
        clap_mangen::Man::new(page)
            .title(&name)
            .render(&mut text)
            .context("can't render a man page")?;
        let path = folder.join(format!("{name}.1"));
        write_file(&path, &text)?;
        output.say(&format!("wrote {}", path.display()));
    }
    Ok(Exit::Clean)
}
