//! Laws of the comparison with the real system: an import agrees with its own source, and no
//! damage to a source makes the comparison panic, or say two things at two times.
//!
//! The inputs are those of the import cases, with pieces deleted, doubled and swapped by a
//! seeded generator, so that a failure names its seed.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use archviz::check::Day;
use archviz::diagnostic::Diagnostics;
use archviz::import::{self, Importer, Request, find_importer};
use archviz::pipeline::{self, DriftReport, DriftRequest};
use archviz::source::{Sources, Workspace};
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, name, root};

const CASES: &str = "tests/cases/import";
/// Damaged forms of each file.
const SEEDS: u64 = 24;
/// What a specification is called in a workspace of its sources.
const SPECIFICATION: &str = "architecture.yaml";

/// Texts by name.
type Files = BTreeMap<String, String>;

/// One trial for each kind and law.
pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for kind in folders(&root(CASES)) {
        let Some(importer) = find_importer(&name(&kind)) else {
            continue;
        };
        let cases = folders(&kind);
        let title = format!("drift::of_damaged_sources::{}", importer.kind);
        let damaged = cases.clone();
        trials.push(Trial::test(title, move || damage(importer, &damaged)));
        let title = format!("drift::of_an_import_is_none::{}", importer.kind);
        trials.push(Trial::test(title, move || faithful(importer, &cases)));
    }
    trials
}

/// The inputs of a case: every file but what it expects.
fn inputs(case: &Path, prefix: &str, files: &mut Files) -> Result<(), Failed> {
    for entry in std::fs::read_dir(case)? {
        let path = entry?.path();
        let key = format!("{prefix}{}", name(&path));
        if path.is_dir() {
            inputs(&path, &format!("{key}/"), files)?;
        } else if !key.starts_with("expected") && key != "arguments" {
            files.insert(key, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// The files that the command line would name: those at the top.
fn request(importer: &'static Importer, files: &Files) -> Request {
    let main = files.keys().next().cloned().unwrap_or_default();
    let workspace = Rc::new(Workspace::Memory {
        main,
        files: files.clone(),
    });
    let named = files
        .keys()
        .filter(|name| !name.contains('/') && !name.starts_with('.'));
    Request {
        importer,
        files: named
            .map(|name| (name.clone(), Rc::clone(&workspace)))
            .collect(),
    }
}

fn specification(importer: &'static Importer, files: &Files) -> Result<String, Failed> {
    let mut sources = Sources::default();
    let requests = [request(importer, files)];
    let mut out = Diagnostics::default();
    let imported = import::import(&requests, &mut sources, &mut out);
    let style = import::Style {
        name: "Damaged",
        folder: "",
    };
    Ok(pipeline::specification(&imported, &sources, style)?)
}

/// What a specification of the whole source says about a damaged one.
fn damage(importer: &'static Importer, cases: &[std::path::PathBuf]) -> Result<(), Failed> {
    for case in cases {
        let mut files = Files::new();
        inputs(case, "", &mut files)?;
        let text = specification(importer, &files)?;
        for seed in 0..SEEDS {
            let mut damaged = files.clone();
            let mut random = Random(seed + 1);
            for text in damaged.values_mut() {
                *text = random.damage(text);
            }
            let once = compared(&text, request(importer, &damaged))?;
            let again = compared(&text, request(importer, &damaged))?;
            let is_same = once.facts == again.facts && once.findings == again.findings;
            ensure(is_same, || format!("{}, seed {seed}", case.display()))?;
        }
    }
    Ok(())
}

fn compared(text: &str, source: Request) -> Result<DriftReport, Failed> {
    let workspace = Rc::new(Workspace::of_text(SPECIFICATION, text));
    let request = DriftRequest {
        sources: vec![source],
        environment: None,
        today: Day::parse("2026-06-15").ok_or("no date")?,
        overrides: &[],
    };
    Ok(pipeline::drift(&workspace, request)?)
}

/// A specification that was just imported agrees with what it was imported from.
fn faithful(importer: &'static Importer, cases: &[std::path::PathBuf]) -> Result<(), Failed> {
    for case in cases {
        let mut files = Files::new();
        inputs(case, "", &mut files)?;
        let text = specification(importer, &files)?;
        let report = compared(&text, request(importer, &files))?;
        let drift: Vec<_> = report
            .facts
            .iter()
            .filter(|fact| fact.verdict.is_drift())
            .collect();
        ensure(drift.is_empty(), || {
            format!("{}\n{text}\n{drift:#?}", case.display())
        })?;
    }
    Ok(())
}

/// George Marsaglia, "Xorshift RNGs", 2003.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        let limit = u64::try_from(limit.max(1)).unwrap_or(1);
        usize::try_from(self.0 % limit).unwrap_or(0)
    }

    /// A few pieces deleted, doubled or swapped; pieces are lines, or parts of them.
    fn damage(&mut self, text: &str) -> String {
        let mut pieces: Vec<&str> = text.split_inclusive(['\n', ',', ':', '"', ' ']).collect();
        for _ in 0..=self.below(4) {
            let (at, other) = (self.below(pieces.len()), self.below(pieces.len()));
            if pieces.is_empty() {
                break;
            }
            match self.below(4) {
                0 => {
                    pieces.remove(at);
                }
                1 => pieces.insert(at, pieces[other]),
                2 => pieces.swap(at, other),
                _ => pieces.truncate(at.max(1)),
            }
        }
        pieces.concat()
    }
}
