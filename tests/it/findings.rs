//! Findings from a folder to what a user reads: levels, suppressions, and every form.
//!
//! A case is a folder with `architecture.yaml`, what it includes, one `expected.FORMAT` for
//! each form that matters, and perhaps `arguments` such as `-D warnings`. All forms of all
//! cases are also held to the schemas that their readers publish.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use archviz::diagnostic::render::{Options, REPORT_FORMATS, Report, ReportFormat};
use archviz::diagnostic::{Level, Override};
use archviz::pipeline;
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};

const CASES: &str = "tests/cases/findings";

/// One trial for each expected file, and one for each schema.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        schema_trial("sarif", "ARCHVIZ_SARIF_SCHEMA", is_sarif),
        schema_trial("junit", "ARCHVIZ_JUNIT_XSD", is_junit),
    ];
    for case in folders(&root(CASES)) {
        let expected: Vec<_> = REPORT_FORMATS
            .iter()
            .filter(|format| expectation(&case, format).exists())
            .collect();
        if expected.is_empty() {
            let title = format!("findings::{}::expects_something", name(&case));
            trials.push(Trial::test(title, || Err("no expected file".into())));
        }
        for format in expected {
            let title = format!("findings::{}::{}", name(&case), format.name);
            let case = case.clone();
            trials.push(Trial::test(title, move || run(&case, format)));
        }
    }
    trials
}

fn expectation(case: &Path, format: &ReportFormat) -> PathBuf {
    case.join(format!("expected.{}", format.name))
}

fn run(case: &Path, format: &ReportFormat) -> Result<(), Failed> {
    let path = expectation(case, format);
    let found = rendered(case, format)?;
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found)?;
    }
    let expected = std::fs::read_to_string(&path)?;
    ensure(found == expected, || {
        format!("expected\n{expected}\nfound\n{found}")
    })
}

fn rendered(case: &Path, format: &ReportFormat) -> Result<String, Failed> {
    let mut files = BTreeMap::new();
    collect(case, "", &mut files)?;
    let main = "architecture.yaml".to_owned();
    let workspace = Workspace::Memory { main, files };
    let (sources, findings) = pipeline::checked(&workspace, &overrides(case)?)?;
    Ok((format.render)(&Report {
        diagnostics: &findings,
        sources: &sources,
        options: Options::default(),
    }))
}

/// The YAML files of a case, by their paths below it.
fn collect(
    folder: &Path,
    prefix: &str,
    files: &mut BTreeMap<String, String>,
) -> Result<(), Failed> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let key = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            collect(&path, &format!("{key}/"), files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.insert(key, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn overrides(case: &Path) -> Result<Vec<Override>, Failed> {
    let text = std::fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let words: Vec<&str> = text.split_whitespace().collect();
    let read = |pair: &[&str]| {
        let level = match pair[0] {
            "-A" => Level::Allow,
            "-W" => Level::Warning,
            _ => Level::Error,
        };
        Override::new(level, pair[1]).map_err(Failed::from)
    };
    words.chunks_exact(2).map(read).collect()
}

/// Holds one form of every case to a schema, if a variable says where that is.
fn schema_trial(
    format: &'static str,
    variable: &'static str,
    check: fn(&str, &str) -> Result<(), Failed>,
) -> Trial {
    let title = format!("findings::schema::{format}");
    let schema = std::env::var(variable);
    let is_missing = schema.is_err();
    let run = move || {
        let schema = schema.map_err(|_| format!("{variable} is not set"))?;
        let format = REPORT_FORMATS
            .iter()
            .find(|known| known.name == format)
            .ok_or("no such format")?;
        for case in folders(&root(CASES)) {
            check(&schema, &rendered(&case, format)?)
                .map_err(|failed| format!("{}: {failed:?}", name(&case)))?;
        }
        Ok(())
    };
    Trial::test(title, run).with_ignored_flag(is_missing)
}

fn is_sarif(schema: &str, text: &str) -> Result<(), Failed> {
    let schema = serde_json::from_str(&std::fs::read_to_string(schema)?)?;
    let log = serde_json::from_str(text)?;
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    let errors: Vec<String> = validator
        .iter_errors(&log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    ensure(errors.is_empty(), || errors.join("\n"))
}

fn is_junit(schema: &str, text: &str) -> Result<(), Failed> {
    let mut child = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema", schema, "-"])
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    if let Some(mut input) = child.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    let output = child.wait_with_output()?;
    ensure(output.status.success(), || {
        String::from_utf8_lossy(&output.stderr).into_owned()
    })
}
