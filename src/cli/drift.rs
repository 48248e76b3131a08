//! `drift`: the specification against files of the real system.

use std::rc::Rc;

use anyhow::{Result, anyhow};

use super::Exit;
use super::arguments::{Arguments, DriftOptions};
use super::import::requests;
use super::output::Output;
use super::today::today;
use super::workspace;
use crate::check::Day;
use crate::diagnostic::did_you_mean;
use crate::diagnostic::render::ReportFormat;
use crate::drift::{Verdict, json, table};
use crate::pipeline::{self, DriftReport, DriftRequest};

/// In this form the report has every fact, not only findings.
const FACTS: &str = "json";

pub(super) fn run(
    arguments: &Arguments,
    options: &DriftOptions,
    output: &mut Output,
) -> Result<Exit> {
    let form = options.report.form();
    let asked = form.and_then(|form| Ok((form, requests(&options.sources)?)));
    let (form, sources) = match asked {
        Ok(asked) => asked,
        Err(problem) => return Ok(usage(&problem, output)),
    };
    let workspace = Rc::new(workspace::find(arguments.spec.as_deref())?);
    let request = DriftRequest {
        sources,
        environment: options.env.as_deref(),
        // A machine without a clock is at the beginning of time: nothing has ended.
        today: today(options.today).unwrap_or(Day::of_unix_time(0)),
        overrides: &options.report.levels.overrides,
    };
    let is_named = request.sources.is_empty();
    let report = pipeline::drift(&workspace, request)?;
    if is_named && let Some(problem) = no_such_environment(options.env.as_deref(), &report) {
        return Ok(usage(&problem, output));
    }
    if report.files == 0 && report.findings.is_empty() {
        return Ok(usage(&no_sources(&report), output));
    }
    let text = written(options, form, &report);
    options.report.deliver(&text, output)?;
    if report.findings.is_empty() {
        output.say(&clean(&report));
    }
    Ok(exit(options, &report))
}

fn usage(problem: &anyhow::Error, output: &mut Output) -> Exit {
    output.error(problem);
    Exit::Usage
}

fn no_such_environment(asked: Option<&str>, report: &DriftReport) -> Option<anyhow::Error> {
    let asked = asked.filter(|asked| report.environments.iter().all(|known| known != asked))?;
    let known = || report.environments.iter().map(String::as_str);
    let help = match (did_you_mean(asked, known()), report.environments.is_empty()) {
        (Some(meant), _) => format!("did you mean `{meant}`?"),
        (None, true) => "no entry of `sources:` has `environments:`".to_owned(),
        (None, false) => format!(
            "environments are {}",
            known().collect::<Vec<_>>().join(", ")
        ),
    };
    Some(anyhow!(
        "the specification has no environment `{asked}`; {help}"
    ))
}

fn no_sources(report: &DriftReport) -> anyhow::Error {
    if report.environments.is_empty() {
        return anyhow!(
            "there is nothing to compare with: name files under `sources:` in the specification, or here, as in `archviz drift compose docker-compose.yml`"
        );
    }
    anyhow!(
        "all sources are of an environment; choose one with --env: {}",
        report.environments.join(", ")
    )
}

fn written(options: &DriftOptions, form: &ReportFormat, report: &DriftReport) -> String {
    if form.name == FACTS {
        let document = json(&report.facts, options.env.as_deref(), &report.sources);
        return format!("{document:#}\n");
    }
    let findings = &report.findings;
    let mut text = options.report.written(form, findings, &report.sources);
    if form.name == "human" && !report.facts.is_empty() {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&table(&report.facts));
    }
    text
}

fn clean(report: &DriftReport) -> String {
    let count = |verdict| {
        let facts = report.facts.iter();
        facts.filter(|fact| fact.verdict == verdict).count()
    };
    let accepted = report
        .facts
        .iter()
        .filter(|fact| fact.accepted.is_some())
        .count();
    let further = match accepted {
        0 => String::new(),
        accepted => format!(", {accepted} accepted"),
    };
    format!(
        "no drift: {} facts confirmed by {} {}{further}, {} that no source tells",
        count(Verdict::Confirmed),
        report.files,
        if report.files == 1 { "file" } else { "files" },
        count(Verdict::Unknown),
    )
}

fn exit(options: &DriftOptions, report: &DriftReport) -> Exit {
    let mut findings = report.findings.iter();
    let fails = findings.any(|finding| options.report.fails(finding));
    if report.is_partial {
        Exit::Io
    } else if fails {
        Exit::Findings
    } else {
        Exit::Clean
    }
}
