//! Importers: folders of sources and the specification they become, and the public corpus.
//!
//! `tests/cases/import/<kind>/<behavior>/` holds sources, `expected.yaml`, and
//! `expected.stderr` if something is said; `arguments` holds the words after `import` if
//! they are not the kind and all files. What is written must check without warnings.

use std::path::Path;
use std::process::{Command, Output};

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in folders(&root("tests/cases/import")) {
        for case in folders(&kind) {
            let title = format!("import::{}::{}", name(&kind), name(&case));
            let kind = name(&kind);
            trials.push(Trial::test(title, move || becomes(&kind, &case)));
        }
    }
    trials.push(Trial::test(
        "import::every_importer_has_cases",
        every_importer_has_cases,
    ));
    trials
}

/// Runs the program in a folder.
pub(crate) fn archviz(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    let output = Command::new(env!("CARGO_BIN_EXE_archviz"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("ARCHVIZ_SPEC")
        .output()?;
    Ok(output)
}

fn becomes(kind: &str, case: &Path) -> Result<(), Failed> {
    let stated = std::fs::read_to_string(case.join("arguments")).ok();
    let words = stated.unwrap_or_else(|| format!("{kind} {}", sources(case).join(" ")));
    let mut arguments = vec!["import"];
    arguments.extend(words.split_whitespace());
    let output = archviz(case, &arguments)?;
    let text = String::from_utf8(output.stdout)?;
    same(&case.join("expected.yaml"), &text)?;
    same(
        &case.join("expected.stderr"),
        &String::from_utf8(output.stderr)?,
    )?;
    let code = output.status.code();
    ensure(matches!(code, Some(0 | 3)), || {
        format!("exit code {code:?}")
    })?;
    if !words.contains("json") {
        checks(&text)?;
    }
    Ok(())
}

/// Files of a case that are no expectation.
fn sources(case: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(case).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| {
            !name.starts_with("expected.") && !name.starts_with('.') && name != "arguments"
        })
        .collect();
    names.sort();
    names
}

/// Compares with an expected file; an empty text needs none.
pub(crate) fn same(path: &Path, text: &str) -> Result<(), Failed> {
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    if std::env::var_os("BLESS").is_some() && expected != text {
        if text.is_empty() {
            std::fs::remove_file(path)?;
        } else {
            std::fs::write(path, text)?;
        }
        return Ok(());
    }
    ensure(expected == text, || {
        let diff = similar::TextDiff::from_lines(expected.as_str(), text);
        format!("{}\n{}", path.display(), diff.unified_diff())
    })
}

/// Nothing at the level of a warning or above.
pub(crate) fn checks(text: &str) -> Result<(), Failed> {
    let workspace = archviz::source::Workspace::of_text("imported.yaml", text);
    let (sources, findings) = archviz::pipeline::checked(&workspace, &[])?;
    let problems: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity > archviz::diagnostic::Severity::Note)
        .map(|finding| {
            let line = sources.start(finding.primary()).line;
            format!("{line}: {} {}", finding.code.id, finding.message)
        })
        .collect();
    ensure(problems.is_empty(), || problems.join("\n"))
}

fn every_importer_has_cases() -> Result<(), Failed> {
    let cases: Vec<String> = folders(&root("tests/cases/import"))
        .iter()
        .map(|kind| name(kind))
        .collect();
    let importers: Vec<&str> = archviz::import::IMPORTERS
        .iter()
        .map(|importer| importer.kind)
        .collect();
    for case in &cases {
        ensure(importers.contains(&case.as_str()), || {
            format!("no importer is called {case}")
        })?;
    }
    for wanted in ["compose", "kubernetes"] {
        ensure(cases.iter().any(|case| case == wanted), || {
            format!("{wanted} has no cases")
        })?;
    }
    Ok(())
}
