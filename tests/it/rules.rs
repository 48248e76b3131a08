//! Every rule has a firing and a quiet case; marks in the input say what is expected.
//!
//! `#~ warning[rule-id]` at a line's end expects a finding whose primary place starts on
//! that line; `#~^` on the next line means the line above, one `^` for each line up.

use std::path::Path;

use archviz::check::RULES;
use archviz::pipeline;
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};

const CASES: &str = "tests/cases/rules";

/// One trial for each case, one for completeness.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test(
        "rules::every_rule_has_cases",
        every_rule_has_cases,
    )];
    for rule in folders(&root(CASES)) {
        for case in folders(&rule) {
            let title = format!("rules::{}::{}", name(&rule), name(&case));
            let rule = name(&rule);
            trials.push(Trial::test(title, move || run(&rule, &case)));
        }
    }
    trials
}

fn every_rule_has_cases() -> Result<(), Failed> {
    let mut missing = Vec::new();
    for rule in RULES {
        for case in ["fires", "quiet"] {
            let path = root(CASES).join(rule.code.id).join(case);
            if !path.join("architecture.yaml").is_file() {
                missing.push(format!("{}/{case}", rule.code.id));
            }
        }
    }
    let known = |id: &str| RULES.iter().any(|rule| rule.code.id == id);
    missing.extend(
        folders(&root(CASES))
            .iter()
            .map(|path| name(path))
            .filter(|id| !known(id))
            .map(|id| format!("no rule {id}")),
    );
    ensure(missing.is_empty(), || {
        format!("cases missing or orphaned: {}", missing.join(", "))
    })
}

/// The findings of the rule, and all errors, are exactly those that are marked.
fn run(rule: &str, case: &Path) -> Result<(), Failed> {
    let main = case.join("architecture.yaml");
    let text = std::fs::read_to_string(&main)?;
    let (sources, findings) = pipeline::findings(&Workspace::on_disk(&main))?;
    let mut found: Vec<String> = findings
        .iter()
        .filter(|finding| finding.code.id == rule || finding.severity.name() == "error")
        .map(|finding| {
            let line = sources.start(finding.primary()).line;
            format!("{line}: {}[{}]", finding.severity.name(), finding.code.id)
        })
        .collect();
    let mut expected = marks(&text);
    found.sort();
    expected.sort();
    ensure(found == expected, || {
        format!("expected {expected:#?}\nfound {found:#?}")
    })?;
    let fires = expected
        .iter()
        .any(|mark| mark.ends_with(&format!("[{rule}]")));
    let should_fire = case.ends_with("fires");
    ensure(fires == should_fire, || {
        "a `fires` case must mark its rule, a `quiet` case must not".to_owned()
    })
}

/// The marks of a text as `line: level[code]`.
pub(crate) fn marks(text: &str) -> Vec<String> {
    let mut marks = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for mark in line.split("#~").skip(1) {
            let up = mark.chars().take_while(|c| *c == '^').count();
            marks.push(format!(
                "{}: {}",
                number - up,
                mark.trim_start_matches('^').trim()
            ));
        }
    }
    marks
}
