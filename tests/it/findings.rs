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
use serde_json::Value;

use crate::case::{ensure, folders, name, root};

const CASES: &str = "tests/cases/findings";

/// One trial for each expected file, and one for each schema.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        schema_trial(
            "sarif",
            ("ARCHVIZ_SARIF_SCHEMA", "sarif-2.1.0.json"),
            is_sarif,
        ),
        schema_trial("junit", ("ARCHVIZ_JUNIT_XSD", "junit-10.xsd"), is_junit),
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
    let mut found = rendered(case, format)?;
    if format.name == "sarif" {
        found = results_of(&found)?;
    }
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found)?;
    }
    let expected = std::fs::read_to_string(&path)?;
    ensure(found == expected, || {
        format!("expected\n{expected}\nfound\n{found}")
    })
}

/// The results of a SARIF log alone: the table of rules grows with every rule.
fn results_of(log: &str) -> Result<String, Failed> {
    let mut log: Value = serde_json::from_str(log)?;
    let rules = log["runs"][0]["tool"]["driver"]["rules"].take();
    let results = &mut log["runs"][0]["results"];
    for result in results.as_array_mut().into_iter().flatten() {
        let index = result["ruleIndex"].take();
        let rule = index
            .as_u64()
            .and_then(|index| rules.get(usize::try_from(index).ok()?));
        ensure(
            rule.is_some_and(|rule| rule["id"] == result["ruleId"]),
            || format!("{index} is not the index of {}", result["ruleId"]),
        )?;
    }
    Ok(format!("{results:#}\n"))
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

/// Holds one form of every case to a schema: the file that a variable names, or the one that
/// `tests/consumers/install-schemas.sh` fetches.
fn schema_trial(
    format: &'static str,
    (variable, file): (&str, &str),
    check: fn(&str, &str) -> Result<(), Failed>,
) -> Trial {
    let title = format!("findings::schema::{format}");
    let fetched = root("tests/consumers/schemas")
        .join(file)
        .display()
        .to_string();
    let schema = std::env::var(variable).unwrap_or(fetched);
    let is_off = !Path::new(&schema).is_file() && std::env::var_os("ARCHVIZ_CONSUMERS").is_none();
    let run = move || {
        let known = REPORT_FORMATS.iter().find(|known| known.name == format);
        let format = known.ok_or("no such format")?;
        for case in folders(&root(CASES)) {
            check(&schema, &rendered(&case, format)?)
                .map_err(|failed| format!("{}: {failed:?}", name(&case)))?;
        }
        Ok(())
    };
    Trial::test(title, run).with_ignored_flag(is_off)
}

fn is_sarif(schema: &str, text: &str) -> Result<(), Failed> {
    // One published pattern has a bracket too many, which strict readers of patterns refuse.
    let schema = std::fs::read_to_string(schema)?.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = serde_json::from_str(&schema)?;
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
