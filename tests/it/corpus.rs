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

/// A kind of the corpus.
struct Kind {
    /// The word of the corpus.
    word: &'static str,
    importer: &'static str,
    /// Types and kinds of components that are no parts of a system of their own.
    optional: &'static [&'static str],
    /// Kinds of flows that are none: they say who answers for something, or how it is found.
    skipped: &'static [&'static str],
}

/// Every kind of the corpus that an importer reads.
const KINDS: &[Kind] = &[
    Kind {
        word: "asyncapi",
        importer: "asyncapi",
        optional: &["server"],
        skipped: &[],
    },
    Kind {
        word: "backstage",
        importer: "backstage",
        optional: &["Location", "User", "Group", "Template"],
        skipped: &["ownedBy", "memberOf", "childOf", "parentOf", "hasMember"],
    },
    Kind {
        word: "calm",
        importer: "calm",
        optional: &[],
        skipped: &[],
    },
    Kind {
        word: "compose",
        importer: "compose",
        optional: &[],
        skipped: &[],
    },
    Kind {
        word: "connectors",
        importer: "connect",
        optional: &[],
        skipped: &[],
    },
    Kind {
        word: "k8s",
        importer: "kubernetes",
        optional: &["Service", "KafkaUser"],
        skipped: &["selects"],
    },
    Kind {
        word: "likec4json",
        importer: "likec4",
        optional: &[],
        skipped: &[],
    },
    Kind {
        word: "openapi",
        importer: "openapi",
        optional: &[],
        skipped: &[],
    },
    Kind {
        word: "structurizr",
        importer: "structurizr",
        optional: &[
            "containerInstance",
            "softwareSystemInstance",
            "deploymentNode",
            "infrastructureNode",
        ],
        skipped: &[],
    },
];

/// Files that are no sources: templates that something else fills in, and a language that
/// another program turns into what is read. They must be refused, or read without a crash.
const NO_SOURCES: &[&str] = &[".hbs", ".dsl"];

pub(crate) fn trials() -> Vec<Trial> {
    let folder = std::env::var_os("ARCHVIZ_CORPUS").map(PathBuf::from);
    let is_absent = folder.is_none();
    let folder = folder.unwrap_or_default();
    let mut trials = Vec::new();
    let recall = folder.clone();
    trials.push(Trial::test("corpus::what_is_there_is_found", move || {
        found(&recall)
    }));
    for kind in KINDS {
        let clean = folder.clone();
        let title = format!("corpus::{}::what_is_written_checks_and_renders", kind.word);
        trials.push(Trial::test(title, move || written(&clean, kind)));
    }
    let ignored = |trial: Trial| trial.with_ignored_flag(is_absent);
    trials.into_iter().map(ignored).collect()
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

fn is_source(files: &[String]) -> bool {
    let is_none = |file: &String| NO_SOURCES.iter().any(|end| file.ends_with(end));
    !files.iter().any(is_none)
}

/// Kinds of flows that follow from those between parts.
const IMPLIED: &[&str] = &["implied", "deployment-instance"];

/// What must be found, in percent of what is there.
const WANTED: &[(&str, usize)] = &[
    ("components", 99),
    ("certain flows", 98),
    ("derived flows", 95),
    ("topics", 95),
];

/// Counts of one kind: found and there.
#[derive(Default)]
struct Score {
    cases: usize,
    rows: BTreeMap<&'static str, (usize, usize)>,
    missing: Vec<String>,
    reversed: usize,
    foreign: Vec<String>,
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

    /// One row of the table.
    fn row(&self, kind: &str) -> String {
        let cells = WANTED.iter().map(|(row, _)| {
            let (found, there) = self.rows.get(row).copied().unwrap_or_default();
            match there {
                0 => "–".to_owned(),
                there => format!("{found} of {there}"),
            }
        });
        let cells: Vec<String> = cells.collect();
        let (cases, cells) = (self.cases, cells.join(" | "));
        let (reversed, foreign, flows) = (self.reversed, self.foreign.len(), self.flows);
        format!("| {kind} | {cases} | {cells} | {reversed} | {foreign} of {flows} |")
    }

    /// What is not as it should be, one line each.
    fn details(&self) -> impl Iterator<Item = String> {
        let missing = self.missing.iter().map(|line| format!("missing {line}"));
        let foreign = self.foreign.iter().map(|line| format!("foreign {line}"));
        missing.chain(foreign)
    }

    fn ensure(&self, kind: &str) -> Result<(), Failed> {
        for (row, wanted) in WANTED {
            let (found, there) = self.rows.get(row).copied().unwrap_or_default();
            ensure(found * 100 >= there * wanted, || {
                format!("{kind} {row}: {found} of {there}")
            })?;
        }
        ensure(
            (self.foreign.len() + self.reversed) * 50 <= self.flows,
            || format!("{kind}: {} foreign flows", self.foreign.len()),
        )
    }
}

/// Every kind against its truth; the table stands in `docs/import.md`.
#[expect(
    clippy::print_stdout,
    reason = "the table is what a person runs this for"
)]
fn found(folder: &Path) -> Result<(), Failed> {
    let mut scores = Vec::new();
    for kind in KINDS {
        let mut score = Score::default();
        for (truth, files) in cases(folder, kind.word)? {
            let mut arguments = vec!["import", kind.importer];
            arguments.extend(files.iter().map(String::as_str));
            arguments.extend(["--format", "json"]);
            let output = archviz(folder, &arguments)?;
            let case = files.join("+");
            let code = output.status.code();
            ensure(matches!(code, Some(0 | 3)), || {
                format!("{case}: {output:?}")
            })?;
            if !is_source(&files) {
                continue;
            }
            let imported: Value = serde_json::from_slice(&output.stdout)?;
            score.cases += 1;
            Comparison::of(&truth, kind).compare(&case, &imported, &mut score);
        }
        scores.push((kind, score));
    }
    let heads: Vec<&str> = WANTED.iter().map(|(row, _)| *row).collect();
    println!(
        "| kind | projects | {} | reversed | foreign |",
        heads.join(" | ")
    );
    println!("|---|--:|{}--:|--:|", "--:|".repeat(heads.len()));
    for (kind, score) in &scores {
        println!("{}", score.row(kind.importer));
    }
    for line in scores.iter().flat_map(|(_, score)| score.details()) {
        println!("{line}");
    }
    for (kind, score) in &scores {
        score.ensure(kind.word)?;
    }
    Ok(())
}

/// Case and separators do not count, nor does the kind before a name.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    let classes = ["topic:", "endpoint:", "bucket:"];
    let class = classes.iter().find_map(|class| lower.strip_prefix(class));
    let lower = class.unwrap_or(&lower);
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

/// The truth of one case. Both sides are brought to the same names: `#3` for the third
/// component of the truth, the folded name for topics and all else.
struct Comparison<'t> {
    truth: &'t Value,
    kind: &'static Kind,
    /// Components by every name they have.
    places: BTreeMap<String, usize>,
}

impl<'t> Comparison<'t> {
    fn of(truth: &'t Value, kind: &'static Kind) -> Self {
        let mut places = BTreeMap::new();
        let components: Vec<&Value> = items(truth, "components").collect();
        for key in ["id", "ref", "name"] {
            for (at, component) in components.iter().enumerate() {
                let name = fold(text(component, key));
                if !name.is_empty() {
                    places.entry(name).or_insert(at);
                }
            }
        }
        for (at, component) in components.iter().enumerate() {
            let (host, port) = (text(component, "host"), text(component, "port"));
            if !host.is_empty() {
                places.entry(fold(&format!("{host}:{port}"))).or_insert(at);
            }
            // What runs somewhere is the element that runs there.
            let element = text(component, "instance_of");
            if let Some(element) = places.get(&fold(element)).copied() {
                places.insert(fold(text(component, "id")), element);
            }
        }
        Self {
            truth,
            kind,
            places,
        }
    }

    fn end(&self, name: &str) -> String {
        let at = self
            .places
            .get(&fold(name))
            .filter(|_| !name.starts_with("topic:"));
        at.map_or_else(|| fold(name), |at| format!("#{at}"))
    }

    fn is_optional(&self, component: &Value) -> bool {
        let is_listed = |key: &str| self.kind.optional.contains(&text(component, key));
        is_listed("type") || is_listed("kind")
    }

    /// The flows of the truth that are as sure as this, or all that it has.
    fn flows(&self, sure: Option<&str>, is_implied: bool) -> Pairs {
        let components: Vec<&Value> = items(self.truth, "components").collect();
        let is_whole = |end: &String| {
            let at = end
                .strip_prefix('#')
                .and_then(|at| at.parse::<usize>().ok());
            at.is_none_or(|at| !self.is_optional(components[at]) || self.kind.word != "structurizr")
        };
        items(self.truth, "flows")
            .filter(|flow| sure.is_none_or(|sure| text(flow, "conf") == sure))
            .filter(|flow| sure.is_none() || !self.kind.skipped.contains(&text(flow, "kind")))
            .filter(|flow| IMPLIED.contains(&text(flow, "kind")) == is_implied)
            .map(|flow| (self.end(text(flow, "from")), self.end(text(flow, "to"))))
            .filter(|(from, to)| from != to && is_whole(from) && is_whole(to))
            .collect()
    }

    fn compare(&self, case: &str, imported: &Value, score: &mut Score) {
        let names = Names::of(self, imported);
        let needed: BTreeSet<String> = items(self.truth, "components")
            .filter(|component| !self.is_optional(component))
            .map(|component| self.end(text(component, "name")))
            .collect();
        score.add(case, "components", (&needed, &names.found));
        let (flows, nested) = (names.flows(imported), names.nested(imported));
        let mut all = flows.clone();
        all.extend(nested.iter().cloned());
        score.add(
            case,
            "certain flows",
            (&self.flows(Some("certain"), false), &all),
        );
        score.add(
            case,
            "derived flows",
            (&self.flows(Some("derived"), false), &all),
        );
        // What an element does, its parts do.
        let implied = self.flows(None, true);
        let spoken = implied.iter().filter(|(from, to)| {
            let is_in = |part: &String, whole: &String| {
                part == whole || nested.contains(&(part.clone(), whole.clone()))
            };
            flows.iter().any(|(a, b)| is_in(a, from) && is_in(b, to))
        });
        score.add(
            case,
            "certain flows",
            (&implied, &spoken.cloned().collect()),
        );
        let topics: BTreeSet<String> = items(self.truth, "topics")
            .filter(|topic| text(topic, "conf") != "heuristic")
            .map(|topic| fold(text(topic, "name")))
            .collect();
        let known: BTreeSet<String> = items(imported, "topics")
            .map(|topic| fold(text(topic, "name")))
            .collect();
        score.add(case, "topics", (&topics, &known));
        self.add_foreign(case, imported, &flows, score);
    }

    /// Flows between parts of the truth that it does not have.
    fn add_foreign(&self, case: &str, imported: &Value, flows: &Pairs, score: &mut Score) {
        let internal: BTreeSet<String> = items(imported, "topics")
            .filter(|topic| topic["internal"] == true)
            .map(|topic| fold(text(topic, "name")))
            .collect();
        let mut all = self.flows(None, false);
        all.extend(self.flows(None, true));
        // Who uses the topics of the platform itself is not told.
        let mut topics = BTreeSet::new();
        for topic in items(self.truth, "topics").filter(|topic| topic["internal"] != true) {
            let name = fold(text(topic, "name"));
            if internal.contains(&name) {
                continue;
            }
            let ends = |key: &str| {
                let parties = items(topic, key).filter_map(Value::as_str);
                parties.map(|party| self.end(party)).collect::<Vec<_>>()
            };
            all.extend(ends("producers").into_iter().map(|end| (end, name.clone())));
            all.extend(ends("consumers").into_iter().map(|end| (name.clone(), end)));
            topics.insert(name);
        }
        let is_known = |end: &String| end.starts_with('#') || topics.contains(end);
        for (from, to) in flows.difference(&all) {
            if all.contains(&(to.clone(), from.clone())) {
                score.reversed += 1;
            } else if from != to && is_known(from) && is_known(to) {
                score.foreign.push(format!("{case}: {from} -> {to}"));
            }
        }
        score.flows += flows.len();
    }
}

/// What was imported, by the names of the truth.
struct Names<'v> {
    ends: BTreeMap<&'v str, String>,
    found: BTreeSet<String>,
}

impl<'v> Names<'v> {
    fn of(comparison: &Comparison<'_>, imported: &'v Value) -> Self {
        let mut names = Self {
            ends: BTreeMap::new(),
            found: BTreeSet::new(),
        };
        for component in items(imported, "components") {
            let id = text(component, "id");
            let origins = items(component, "origins").map(|origin| text(origin, "name"));
            let title = component["title"]["value"].as_str().unwrap_or_default();
            let name = text(component, "name");
            // The corpus puts the project before the name of a file.
            let short = name.rsplit_once("__").map_or(name, |(_, name)| name);
            let all = [id].into_iter().chain(origins).chain([name, title, short]);
            let end = all
                .map(|name| comparison.end(name))
                .find(|end| end.starts_with('#'));
            names.found.extend(end.clone());
            names.ends.insert(id, end.unwrap_or_else(|| fold(id)));
        }
        names
    }

    fn end(&self, id: &str) -> String {
        self.ends.get(id).cloned().unwrap_or_else(|| fold(id))
    }

    /// Flows, and what topics imply.
    fn flows(&self, imported: &Value) -> Pairs {
        let mut pairs = Pairs::new();
        for flow in items(imported, "flows") {
            pairs.insert((self.end(text(flow, "from")), self.end(text(flow, "to"))));
        }
        for topic in items(imported, "topics") {
            let name = fold(text(topic, "name"));
            for producer in items(topic, "producers") {
                pairs.insert((self.end(text(producer, "component")), name.clone()));
            }
            for consumer in items(topic, "consumers") {
                pairs.insert((name.clone(), self.end(text(consumer, "component"))));
            }
        }
        pairs
    }

    /// What is nested, however deep, in both directions.
    fn nested(&self, imported: &Value) -> Pairs {
        let parents: BTreeMap<&str, &str> = items(imported, "components")
            .filter_map(|component| Some((text(component, "id"), component["parent"].as_str()?)))
            .collect();
        let mut pairs = Pairs::new();
        for inner in parents.keys() {
            let around = std::iter::successors(parents.get(inner), |outer| parents.get(*outer));
            for outer in around {
                let (inner, outer) = (self.end(inner), self.end(outer));
                pairs.insert((inner.clone(), outer.clone()));
                pairs.insert((outer, inner));
            }
        }
        pairs
    }
}

fn written(folder: &Path, kind: &Kind) -> Result<(), Failed> {
    for (_, files) in cases(folder, kind.word)? {
        let mut arguments = vec!["import", kind.importer];
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
