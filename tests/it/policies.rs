//! Policies of every kind: broken, kept, excepted, and with exceptions that are over, unused or grown.
//!
//! A case is `tests/cases/policies/KIND/NAME`; marks in its input name every finding about
//! policies, at the line of its primary place, and every error.

use std::path::Path;

use archviz::diagnostic::Group;
use archviz::pipeline;
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};
use crate::rules::marks;

const CASES: &str = "tests/cases/policies";
/// Every kind of policy, as a folder.
const KINDS: [&str; 7] = [
    "forbid",
    "allow-only",
    "layers",
    "independent",
    "acyclic",
    "require",
    "threshold",
];

/// One trial for each case, one for completeness.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = vec![Trial::test("policies::every_kind_has_cases", is_complete)];
    for kind in folders(&root(CASES)) {
        for case in folders(&kind) {
            let title = format!("policies::{}::{}", name(&kind), name(&case));
            trials.push(Trial::test(title, move || run(&case)));
        }
    }
    trials
}

fn is_complete() -> Result<(), Failed> {
    for kind in KINDS {
        for case in ["broken", "excepted"] {
            // An order that is not exhaustive has its exceptions among the exhaustive ones.
            let case = if (kind, case) == ("layers", "excepted") {
                "exhaustive"
            } else {
                case
            };
            let path = root(CASES).join(kind).join(case);
            ensure(path.is_dir(), || format!("no case {kind}/{case}"))?;
        }
    }
    Ok(())
}

fn run(case: &Path) -> Result<(), Failed> {
    let main = case.join("architecture.yaml");
    let text = std::fs::read_to_string(&main)?;
    let (sources, findings) = pipeline::findings(&Workspace::on_disk(&main))?;
    let mut found: Vec<String> = findings
        .iter()
        .filter(|one| one.code.group == Group::Policy || one.severity.name() == "error")
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
    })
}
