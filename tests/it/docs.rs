//! What is generated from tables is up to date in the docs, and what the docs say holds.
//!
//! `BLESS=1 cargo test --test it docs::` brings generated files and blocks up to date.

use std::path::Path;
use std::process::Command;

use archviz::diagnostic::{Group, all_codes};
use archviz::diff::CHANGE_KINDS;
use archviz::render::FORMATS;
use archviz::spec::json_schema;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("the_rule_reference_is_up_to_date", || {
            same("docs/rules.md", &rules())
        }),
        ("the_reference_of_changes_is_up_to_date", || {
            same("docs/changes.md", &changes())
        }),
        ("the_published_schema_of_changes_is_up_to_date", || {
            let schema = archviz::render::change_schema();
            same("docs/schema/changes.schema.json", &format!("{schema:#}\n"))
        }),
        ("the_command_reference_is_up_to_date", || {
            same("docs/commands.md", &commands())
        }),
        ("the_published_schema_is_up_to_date", || {
            same(
                "docs/schema/architecture.schema.json",
                &format!("{:#}\n", json_schema()),
            )
        }),
        ("the_finding_of_the_readme_is_up_to_date", readme_blocks),
        ("the_pictures_are_up_to_date", pictures_are_up_to_date),
        (
            "every_yaml_block_is_a_specification_that_decodes",
            every_yaml_block_decodes,
        ),
        ("every_path_that_the_docs_name_exists", every_path_exists),
        (
            "every_relative_link_leads_somewhere",
            every_link_leads_somewhere,
        ),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("docs::{name}"), run))
        .collect()
}

/// Whether a committed file has this text; `BLESS=1` writes it.
fn same(path: &str, text: &str) -> Result<(), Failed> {
    let file = root(path);
    if std::env::var_os("BLESS").is_some() {
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&file, text)?;
    }
    let there = std::fs::read_to_string(&file).unwrap_or_default();
    ensure(there == text, || {
        format!("{path} is out of date; run `BLESS=1 cargo test --test it docs::`")
    })
}

fn rules() -> String {
    const GROUPS: [Group; 10] = [
        Group::Syntax,
        Group::Reference,
        Group::Layer,
        Group::Topic,
        Group::Flow,
        Group::Scenario,
        Group::Detail,
        Group::Policy,
        Group::View,
        Group::Hygiene,
    ];
    let mut text = String::from(
        "# Findings\n\nEvery code that `archviz check` reports, with its default level. `archviz explain CODE` prints the same.\nLevels are set under `lints:`, on the command line (`-A`, `-W`, `-D`) or in place (`# archviz: allow(code) reason`).\n",
    );
    for group in GROUPS {
        let mut codes: Vec<_> = all_codes()
            .iter()
            .filter(|code| code.group == group)
            .collect();
        codes.sort_by_key(|code| code.id);
        if codes.is_empty() {
            continue;
        }
        text.push_str(&format!("\n## Group {}\n", group.name()));
        for code in codes {
            text.push_str(&format!(
                "\n### {}\n\n*{}*: {}.\n\n{}\n",
                code.id,
                code.severity.name(),
                code.summary,
                code.explanation
            ));
        }
    }
    text
}

/// The introduction stands in the file; the table of kinds is made from the code's.
fn changes() -> String {
    const MARK: &str = "<!-- every kind of change, generated -->\n";
    let there = std::fs::read_to_string(root("docs/changes.md")).unwrap_or_default();
    let introduction = there.split(MARK).next().unwrap_or_default();
    let mut text = format!("{introduction}{MARK}");
    for kind in CHANGE_KINDS {
        let audience: Vec<&str> = kind.audience.iter().map(|one| one.name()).collect();
        text.push_str(&format!(
            "\n### {}\n\n*{}*, for {}: {}.\n\n{}\n",
            kind.id,
            kind.class.name(),
            audience.join(", "),
            kind.summary,
            kind.explanation
        ));
    }
    text
}

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
    command
        .current_dir(root(""))
        .env_remove("ARCHVIZ_SPEC")
        .env("NO_COLOR", "1");
    command
}

fn output_of(arguments: &[&str]) -> String {
    let output = program()
        .args(arguments)
        .output()
        .expect("the program runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn commands() -> String {
    let mut text = String::from("# Commands\n\nWhat `--help` says.\n");
    let verbs = [
        "",
        "check",
        "render",
        "summary",
        "diff",
        "merge",
        "list",
        "explain",
        "init",
        "schema",
        "completions",
        "man",
    ];
    for verb in verbs {
        let mut arguments: Vec<&str> = vec![verb, "--help"];
        arguments.retain(|argument| !argument.is_empty());
        let help = output_of(&arguments);
        let lines: Vec<&str> = help.trim_end().lines().map(str::trim_end).collect();
        text.push_str(&format!(
            "\n## {}\n\n```text\n{}\n```\n",
            format!("archviz {verb}").trim_end(),
            lines.join("\n")
        ));
    }
    text.push_str("\n## Formats\n\n| format | extension | what |\n| :-- | :-- | :-- |\n");
    for format in FORMATS {
        text.push_str(&format!(
            "| `{}` | `.{}` | {} |\n",
            format.name, format.extension, format.summary
        ));
    }
    text
}

/// The pictures that the docs show, as the program draws them.
fn pictures_are_up_to_date() -> Result<(), Failed> {
    for view in ["full", "event_backbone", "scenario-agent_executes_task"] {
        let picture = output_of(&["render", "-f", "svg", "--view", view, "-o", "-"]);
        ensure(picture.contains("</svg>"), || {
            format!("no picture of {view}")
        })?;
        same(&format!("docs/pictures/{view}.svg"), &picture)?;
    }
    Ok(())
}

fn readme_blocks() -> Result<(), Failed> {
    let readme = std::fs::read_to_string(root("README.md"))?;
    let example = "tests/data/finding/architecture.yaml";
    let finding = output_of(&["check", "--spec", example]);
    same(
        "README.md",
        &replaced(
            &readme,
            "finding",
            &format!("```text\n{}\n```", finding.trim_end()),
        ),
    )
}

/// The text with the block between two marks replaced.
fn replaced(text: &str, mark: &str, block: &str) -> String {
    let (open, close) = (
        format!("<!-- {mark} -->"),
        format!("<!-- end of {mark} -->"),
    );
    let (Some(start), Some(end)) = (text.find(&open), text.find(&close)) else {
        return text.to_owned();
    };
    format!("{}{open}\n\n{block}\n\n{}", &text[..start], &text[end..])
}

fn markdown_files() -> Vec<std::path::PathBuf> {
    let folders = ["", "docs", "docs/decisions"];
    let entries = folders.iter().flat_map(|folder| {
        std::fs::read_dir(root(folder))
            .into_iter()
            .flatten()
            .flatten()
    });
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}

/// The blocks that start with `archviz: 1` are whole specifications.
fn every_yaml_block_decodes() -> Result<(), Failed> {
    let mut count = 0;
    for file in markdown_files() {
        let text = std::fs::read_to_string(&file)?;
        for block in text
            .split("```yaml\n")
            .skip(1)
            .filter_map(|rest| rest.split("\n```").next())
        {
            if !block.starts_with("archviz: 1") {
                continue;
            }
            count += 1;
            let workspace = archviz::source::Workspace::of_text("block.yaml", block);
            let (_, findings) = archviz::pipeline::findings(&workspace)?;
            let errors: Vec<&str> = findings
                .iter()
                .filter(|finding| finding.severity.name() == "error")
                .map(|finding| finding.message.as_str())
                .collect();
            ensure(errors.is_empty(), || {
                format!("{}: {errors:?}\n{block}", file.display())
            })?;
        }
    }
    ensure(count > 0, || "no block was found".to_owned())
}

/// Paths in back-ticks, less those with a placeholder.
fn every_path_exists() -> Result<(), Failed> {
    let starts = [
        "src/",
        "templates/",
        "tests/",
        "docs/",
        "examples/",
        "benches/",
        ".ci/",
    ];
    let mut missing = Vec::new();
    let mut count = 0;
    for file in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"] {
        let text = std::fs::read_to_string(root(file))?;
        for path in text.split('`').skip(1).step_by(2) {
            let is_path = starts.iter().any(|start| path.starts_with(start));
            if !is_path || path.contains(['<', ' ', '*']) {
                continue;
            }
            count += 1;
            if !root(path).exists() {
                missing.push(format!("{file}: {path}"));
            }
        }
    }
    ensure(count > 10, || "no path was found".to_owned())?;
    ensure(missing.is_empty(), || missing.join("\n"))
}

fn every_link_leads_somewhere() -> Result<(), Failed> {
    let mut broken = Vec::new();
    for file in markdown_files() {
        let text = std::fs::read_to_string(&file)?;
        let folder = file.parent().unwrap_or(Path::new(""));
        for target in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let path = target.split('#').next().unwrap_or("");
            let is_relative = !path.is_empty() && !path.contains(':') && !path.contains(' ');
            if is_relative && !folder.join(path).exists() {
                broken.push(format!("{}: {target}", file.display()));
            }
        }
    }
    ensure(broken.is_empty(), || broken.join("\n"))
}
