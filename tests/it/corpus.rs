//! Importers against real files by other people, with an independent truth beside them.
//!
//! The files are no part of the project: `ARCHVIZ_CORPUS` names their folder, and without it
//! these trials are skipped. `truth/*.json` says what each case holds: components, flows and
//! topics, each `certain`, `derived` or `heuristic`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::ensure;
use crate::import::{archviz, checks};

/// Kinds of the corpus with the importer, and the types of components that need not be found.
const KINDS: &[(&str, &str, &[&str])] = &[
    ("compose", "compose", &[]),
    ("k8s", "kubernetes", &["Service", "KafkaUser"]),
];

/// Every kind of the corpus with its importer: what is written must check and render.
const WRITTEN: &[(&str, &str)] = &[
    ("asyncapi", "asyncapi"),
    ("backstage", "backstage"),
    ("calm", "calm"),
    ("compose", "compose"),
    ("connectors", "connect"),
    ("k8s", "kubernetes"),
    ("likec4json", "likec4"),
    ("openapi", "openapi"),
    ("structurizr", "structurizr"),
];

pub(crate) fn trials() -> Vec<Trial> {
    let folder = std::env::var_os("ARCHVIZ_CORPUS").map(PathBuf::from);
    let mut trials = Vec::new();
    for (kind, importer, optional) in KINDS {
        let recall = folder.clone();
        let title = format!("corpus::{kind}::what_is_there_is_found");
        let trial = Trial::test(title, move || {
            found(
                recall.as_deref().unwrap_or(Path::new("")),
                kind,
                importer,
                optional,
            )
        });
        trials.push(trial.with_ignored_flag(folder.is_none()));
    }
    for (kind, importer) in WRITTEN {
        let clean = folder.clone();
        let title = format!("corpus::{kind}::what_is_written_checks_and_renders");
        let trial = Trial::test(title, move || {
            written(clean.as_deref().unwrap_or(Path::new("")), kind, importer)
        });
        trials.push(trial.with_ignored_flag(folder.is_none()));
    }
    trials
}

/// Every case of a kind: its truth and its files.
fn cases(folder: &Path, kind: &str) -> Result<Vec<(Value, Vec<String>)>, Failed> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder.join("truth"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        if truth["kind"] == kind {
            let case = truth["case"].as_str().unwrap_or_default().to_owned();
            cases.push((truth, files(&case)));
        }
    }
    ensure(!cases.is_empty(), || format!("the corpus has no {kind}"))?;
    Ok(cases)
}

/// `folder/a.yml+b.yml` is two files that lie on each other.
fn files(case: &str) -> Vec<String> {
    let (folder, names) = case.rsplit_once('/').unwrap_or(("", case));
    names
        .split('+')
        .map(|name| format!("{folder}/{name}"))
        .collect()
}

/// Counts of one kind: found and there.
#[derive(Default)]
struct Score {
    rows: BTreeMap<&'static str, (usize, usize)>,
    missing: Vec<String>,
    foreign: usize,
    flows: usize,
}

impl Score {
    fn add<T: Ord + std::fmt::Debug>(
        &mut self,
        case: &str,
        row: &'static str,
        (truth, found): (&BTreeSet<T>, &BTreeSet<T>),
    ) {
        let count = self.rows.entry(row).or_default();
        count.0 += truth.intersection(found).count();
        count.1 += truth.len();
        for item in truth.difference(found) {
            self.missing.push(format!("{case}: {row} {item:?}"));
        }
    }

    #[expect(
        clippy::print_stdout,
        reason = "the table is what a person runs this for"
    )]
    fn ensure(&self, kind: &str, row: &'static str, wanted: usize) -> Result<(), Failed> {
        let (found, there) = self.rows.get(row).copied().unwrap_or_default();
        println!("{kind:12} {row:12} {found:5} of {there:5}");
        ensure(found * 100 >= there * wanted, || {
            format!(
                "{kind} {row}: {found} of {there}\n{}",
                self.missing.join("\n")
            )
        })
    }
}

#[expect(
    clippy::print_stdout,
    reason = "the table is what a person runs this for"
)]
fn found(folder: &Path, kind: &str, importer: &str, optional: &[&str]) -> Result<(), Failed> {
    let mut score = Score::default();
    for (truth, files) in cases(folder, kind)? {
        let mut arguments = vec!["import", importer];
        arguments.extend(files.iter().map(String::as_str));
        arguments.extend(["--format", "json"]);
        let output = archviz(folder, &arguments)?;
        let case = files.join("+");
        ensure(matches!(output.status.code(), Some(0 | 3)), || {
            format!("{case}: {output:?}")
        })?;
        let imported: Value = serde_json::from_slice(&output.stdout)?;
        compare(&case, &truth, &imported, optional, &mut score);
    }
    score.ensure(kind, "components", 99)?;
    score.ensure(kind, "certain", 98)?;
    score.ensure(kind, "derived", 95)?;
    score.ensure(kind, "topics", 95)?;
    println!(
        "{kind:12} {:12} {:5} of {:5}",
        "foreign", score.foreign, score.flows
    );
    ensure(score.foreign * 50 <= score.flows, || {
        format!("{} foreign flows", score.foreign)
    })
}

/// Case and separators do not count, nor does the kind before a name.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    let lower = lower.strip_prefix("topic:").unwrap_or(&lower);
    let is_kind = |kind: &str| !kind.is_empty() && kind.chars().all(|c| c.is_ascii_lowercase());
    let name = match lower.split_once('/') {
        Some((kind, name)) if is_kind(kind) && !lower.contains("://") => name,
        _ => lower,
    };
    let words = name.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn items<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

type Pairs = BTreeSet<(String, String)>;

fn compare(case: &str, truth: &Value, imported: &Value, optional: &[&str], score: &mut Score) {
    let needed: BTreeSet<String> = items(truth, "components")
        .filter(|component| !optional.contains(&text(component, "type")))
        .map(|component| fold(text(component, "name")))
        .collect();
    let names: BTreeSet<String> = items(imported, "components")
        .flat_map(|component| [fold(text(component, "name")), fold(text(component, "id"))])
        .collect();
    score.add(case, "components", (&needed, &names));
    let flows = imported_flows(imported);
    let wanted = |sure: &str| -> Pairs {
        items(truth, "flows")
            .filter(|flow| text(flow, "conf") == sure && text(flow, "kind") != "selects")
            .map(|flow| (fold(text(flow, "from")), fold(text(flow, "to"))))
            .filter(|(from, to)| from != to)
            .collect()
    };
    score.add(case, "certain", (&wanted("certain"), &flows));
    score.add(case, "derived", (&wanted("derived"), &flows));
    let topics: BTreeSet<String> = items(truth, "topics")
        .filter(|topic| text(topic, "conf") != "heuristic")
        .map(|topic| fold(text(topic, "name")))
        .collect();
    let known: BTreeSet<String> = items(imported, "topics")
        .map(|topic| fold(text(topic, "name")))
        .collect();
    score.add(case, "topics", (&topics, &known));
    let all: Pairs = items(truth, "flows")
        .map(|flow| (fold(text(flow, "from")), fold(text(flow, "to"))))
        .collect();
    let there: BTreeSet<String> = items(truth, "components")
        .map(|component| fold(text(component, "name")))
        .collect();
    let is_foreign = |pair: &&(String, String)| {
        let (from, to) = pair;
        from != to
            && there.contains(from)
            && there.contains(to)
            && !all.contains(*pair)
            && !all.contains(&(to.clone(), from.clone()))
    };
    score.foreign += flows.iter().filter(is_foreign).count();
    score.flows += flows.len();
}

/// Flows, what topics imply, and what is nested.
fn imported_flows(imported: &Value) -> Pairs {
    let mut pairs = Pairs::new();
    let mut add = |from: &str, to: &str| {
        pairs.insert((fold(from), fold(to)));
    };
    for flow in items(imported, "flows") {
        add(text(flow, "from"), text(flow, "to"));
    }
    for topic in items(imported, "topics") {
        for producer in items(topic, "producers") {
            add(text(producer, "component"), text(topic, "name"));
        }
        for consumer in items(topic, "consumers") {
            add(text(topic, "name"), text(consumer, "component"));
        }
    }
    for component in items(imported, "components") {
        if let Some(parent) = component["parent"].as_str() {
            add(text(component, "id"), parent);
            add(parent, text(component, "id"));
        }
    }
    pairs
}

fn written(folder: &Path, kind: &str, importer: &str) -> Result<(), Failed> {
    for (_, files) in cases(folder, kind)? {
        let mut arguments = vec!["import", importer];
        arguments.extend(files.iter().map(String::as_str));
        let output = archviz(folder, &arguments)?;
        let text = String::from_utf8(output.stdout)?;
        checks(&text).map_err(|problem| format!("{files:?}: {problem:?}"))?;
        renders(&text).map_err(|problem| format!("{files:?}: {problem:?}"))?;
        agrees(folder, &text, &arguments[1..])
            .map_err(|problem| format!("{files:?}: {problem:?}"))?;
    }
    Ok(())
}

/// The comparison of what was written with what it was written from finds no difference.
fn agrees(folder: &Path, text: &str, sources: &[&str]) -> Result<(), Failed> {
    let name = format!("archviz-agrees-{}-{}", std::process::id(), sources[0]);
    let spec = std::env::temp_dir().join(format!("{name}.yaml"));
    std::fs::write(&spec, text)?;
    let shown = spec.to_string_lossy();
    let mut arguments = vec!["drift", "--format", "json", "--spec", &shown];
    arguments.extend(sources);
    let output = archviz(folder, &arguments);
    std::fs::remove_file(&spec)?;
    let report: Value = serde_json::from_slice(&output?.stdout)?;
    for verdict in ["contradicted", "missing-in-model", "missing-in-reality"] {
        ensure(report["statistics"][verdict] == 0, || format!("{report:#}"))?;
    }
    Ok(())
}

/// Every view of it can be drawn in a format that takes all of them.
fn renders(text: &str) -> Result<(), Failed> {
    use archviz::pipeline::{self, Request};
    let workspace = archviz::source::Workspace::of_text("imported.yaml", text);
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    let graph = archviz::graph::ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &[], &mut out);
    let request = Request {
        formats: vec![
            "dot".to_owned(),
            "mermaid".to_owned(),
            "markdown".to_owned(),
        ],
        ..Request::default()
    };
    let templates = archviz::render::Templates::new(None);
    let artifacts = pipeline::render(&model, &shown, &templates, &request, &mut out)?;
    ensure(!artifacts.is_empty(), || "nothing was drawn".to_owned())
}
