//! A specification beside files of the real system, and what the comparison says.
//!
//! A case is a folder with `architecture.yaml`, the files that it names, perhaps `arguments`
//! (`--env NAME --today DATE`), and `expected`: every finding on a line, then every fact.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use archviz::check::Day;
use archviz::diagnostic::render::{Options, Report, find_report_format};
use archviz::drift::{json, json_schema};
use archviz::pipeline::{self, DriftReport, DriftRequest};
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};
use crate::import::archviz;

const CASES: &str = "tests/cases/drift";
/// The day on which cases run that state none.
const TODAY: &str = "2026-06-15";

/// One trial for each case, and what holds for all of them.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![
        Trial::test("drift::json_follows_its_schema", json_follows_its_schema),
        Trial::test("drift::of_this_project_is_none", of_this_project_is_none),
        Trial::test("drift::exit_codes_are_those_of_the_contract", exit_codes),
        Trial::test("drift::every_form_points_into_both_files", both_files),
    ];
    for case in folders(&root(CASES)) {
        let title = format!("drift::{}", name(&case));
        trials.push(Trial::test(title, move || run(&case)));
    }
    trials
}

fn run(case: &Path) -> Result<(), Failed> {
    let report = compared(case)?;
    let found = shown(&report)?;
    let path = case.join("expected");
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &found)?;
    }
    let expected = std::fs::read_to_string(&path)?;
    ensure(found == expected, || {
        format!("expected\n{expected}\nfound\n{found}")
    })
}

fn compared(case: &Path) -> Result<DriftReport, Failed> {
    let mut files = BTreeMap::new();
    collect(case, "", &mut files)?;
    let main = "architecture.yaml".to_owned();
    let arguments = std::fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let words: Vec<&str> = arguments.split_whitespace().collect();
    let after = |flag: &str| {
        let at = words.iter().position(|word| *word == flag)?;
        words.get(at + 1).copied()
    };
    let request = DriftRequest {
        sources: Vec::new(),
        environment: after("--env"),
        today: Day::parse(after("--today").unwrap_or(TODAY)).ok_or("no date")?,
        overrides: &[],
    };
    let workspace = Rc::new(Workspace::Memory { main, files });
    Ok(pipeline::drift(&workspace, request)?)
}

/// Every file of a case but what it expects, by its path.
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
        } else if key != "expected" && key != "arguments" {
            files.insert(key, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn shown(report: &DriftReport) -> Result<String, Failed> {
    let short = find_report_format("short").ok_or("no short form")?;
    let mut text = (short.render)(&Report {
        diagnostics: &report.findings,
        sources: &report.sources,
        options: Options::default(),
    });
    if report.is_partial {
        text.push_str("(something was left out)\n");
    }
    for fact in &report.facts {
        let accepted = fact.accepted.as_ref();
        let accepted = accepted.map_or_else(String::new, |why| format!(" (accepted: {why})"));
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
        text.push_str(&format!(
            "{} {} {}: {} | {}{accepted}\n",
            fact.verdict.name(),
            fact.kind.name(),
            fact.subject,
            side(&fact.model),
            side(&fact.reality),
        ));
    }
    Ok(text)
}

fn json_follows_its_schema() -> Result<(), Failed> {
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    for case in folders(&root(CASES)) {
        let report = compared(&case)?;
        let document = json(&report.facts, Some("prod"), &report.sources);
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        ensure(errors.is_empty(), || {
            format!("{}: {}", name(&case), errors.join("\n"))
        })?;
    }
    Ok(())
}

/// The project's own specification agrees with its compose file.
fn of_this_project_is_none() -> Result<(), Failed> {
    let workspace = Rc::new(Workspace::on_disk(&root("architecture.yaml")));
    let request = DriftRequest {
        sources: Vec::new(),
        environment: None,
        today: Day::parse(TODAY).ok_or("no date")?,
        overrides: &[],
    };
    let report = pipeline::drift(&workspace, request)?;
    let confirmed = report
        .facts
        .iter()
        .filter(|fact| fact.verdict == archviz::drift::Verdict::Confirmed)
        .count();
    ensure(report.findings.is_empty() && confirmed >= 15, || {
        format!("{confirmed} confirmed, {:#?}", report.findings)
    })
}

/// What the program says and ends with, in a case or beside one.
fn program(case: &str, arguments: &[&str]) -> Result<(Option<i32>, String, String), Failed> {
    let folder = root(CASES).join(case);
    let output = archviz(&folder, arguments)?;
    let text = String::from_utf8(output.stdout)?;
    Ok((
        output.status.code(),
        text,
        String::from_utf8(output.stderr)?,
    ))
}

fn exit_codes() -> Result<(), Failed> {
    let rows: &[(&str, &[&str], i32)] = &[
        ("faithful-specification", &["drift"], 0),
        ("version-differs", &["drift"], 0),
        ("version-differs", &["drift", "--fail-on", "warning"], 1),
        ("version-differs", &["drift", "-D", "drift-version"], 1),
        ("ports-differ", &["drift"], 1),
        ("ports-differ", &["drift", "--format", "json"], 1),
        ("ports-differ", &["drift", "--fail-on", "never"], 0),
        ("ports-differ", &["drift", "compose", "compose.yaml"], 1),
        ("environment-of-developers", &["drift"], 2),
        ("environment-of-developers", &["drift", "--env", "deb"], 2),
        ("environment-of-developers", &["drift", "--env", "dev"], 0),
        ("faithful-specification", &["drift", "--today", "soon"], 2),
        (
            "faithful-specification",
            &["drift", "composed", "x.yaml"],
            2,
        ),
        ("faithful-specification", &["drift", "compose", "x.yaml"], 3),
        ("source-that-is-broken", &["drift"], 3),
        ("source-that-is-not-there", &["drift"], 3),
        (
            "accepted-differences",
            &["drift", "--today", "2026-06-15"],
            0,
        ),
        (
            "accepted-differences",
            &["drift", "--today", "2027-06-15"],
            1,
        ),
    ];
    for (case, arguments, wanted) in rows {
        let (code, _, said) = program(case, arguments)?;
        ensure(code == Some(*wanted), || {
            format!("{case} {arguments:?}: {code:?}, not {wanted}\n{said}")
        })?;
    }
    let (_, _, said) = program("environment-of-developers", &["drift", "--env", "deb"])?;
    ensure(said.contains("did you mean `dev`?"), || said.clone())
}

fn both_files() -> Result<(), Failed> {
    for format in ["human", "json", "sarif"] {
        let (_, text, _) = program("version-differs", &["drift", "--format", format])?;
        for file in ["architecture.yaml", "compose.yaml"] {
            ensure(text.contains(file), || format!("{format}: {text}"))?;
        }
    }
    for format in ["short", "github", "gitlab", "junit"] {
        let (_, text, _) = program("version-differs", &["drift", "--format", format])?;
        ensure(text.contains("drift-version"), || {
            format!("{format}: {text}")
        })?;
    }
    Ok(())
}
