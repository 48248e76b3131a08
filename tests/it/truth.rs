//! Imports of other people's files against what is known to be in them.
//!
//! The files are not part of this project. `ARCHVIZ_CORPUS` names a folder that has them, by
//! kind, with the truth about each in `truth/`; without it these trials are ignored. A name
//! counts as found whatever its case and separators.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use archviz::check::Day;
use archviz::diagnostic::{Diagnostics, Severity};
use archviz::import::{self, End, Imported, Request, find_importer};
use archviz::pipeline::{self, DriftRequest};
use archviz::source::{Sources, Workspace};
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::ensure;

/// A kind of files: its folder, its importer, and what its truth lists beside components.
struct Kind {
    folder: &'static str,
    importer: &'static str,
    /// Types of components that are no component here.
    optional: &'static [&'static str],
    /// Kinds of flows that are none here, or that say what contains what.
    apart: &'static [&'static str],
    /// Endings of files that the importer says it does not read.
    refused: &'static [&'static str],
}

const KINDS: &[Kind] = &[
    Kind {
        folder: "asyncapi",
        importer: "asyncapi",
        optional: &["server"],
        apart: &[],
        refused: &[],
    },
    Kind {
        folder: "backstage",
        importer: "backstage",
        optional: &["Location", "User", "Group", "Template"],
        // Owners are texts, and what contains what is no flow.
        apart: &[
            "ownedBy",
            "memberOf",
            "childOf",
            "parentOf",
            "hasMember",
            "partOf",
            "providesApi",
        ],
        // A template whose name is no text in YAML.
        refused: &[".hbs"],
    },
    Kind {
        folder: "calm",
        importer: "calm",
        optional: &[],
        apart: &["composed-of", "deployed-in"],
        refused: &[],
    },
    Kind {
        folder: "connectors",
        importer: "connect",
        optional: &[],
        apart: &[],
        refused: &[],
    },
    Kind {
        folder: "likec4json",
        importer: "likec4",
        optional: &[],
        apart: &[],
        refused: &[],
    },
    Kind {
        folder: "openapi",
        importer: "openapi",
        optional: &[],
        apart: &[],
        refused: &[],
    },
    Kind {
        folder: "structurizr",
        importer: "structurizr",
        optional: &[
            "containerInstance",
            "softwareSystemInstance",
            "deploymentNode",
            "infrastructureNode",
        ],
        // Both repeat a relationship that is there, and name it.
        apart: &["implied", "deployment-instance"],
        refused: &[".dsl"],
    },
];

/// One trial for each kind.
pub(crate) fn trials() -> Vec<Trial> {
    let corpus = std::env::var_os("ARCHVIZ_CORPUS").map(PathBuf::from);
    let trial = |kind: &'static Kind| {
        let corpus = corpus.clone();
        let is_off = corpus.is_none();
        let title = format!("truth::{}", kind.folder);
        let run = move || run(kind, &corpus.clone().ok_or("no corpus")?);
        Trial::test(title, run).with_ignored_flag(is_off)
    };
    KINDS.iter().map(trial).collect()
}

/// How much of something was found.
#[derive(Clone, Copy, Default)]
struct Share {
    found: usize,
    all: usize,
}

impl Share {
    fn add(
        &mut self,
        truth: &BTreeSet<String>,
        found: &BTreeSet<String>,
        missing: &mut Vec<String>,
    ) {
        self.all += truth.len();
        self.found += truth.intersection(found).count();
        missing.extend(truth.difference(found).cloned());
    }

    fn is_at_least(self, percent: usize) -> bool {
        self.found * 100 >= self.all * percent
    }
}

#[derive(Default)]
struct Score {
    components: Share,
    certain: Share,
    derived: Share,
    topics: Share,
    unknown: usize,
    imported: usize,
    files: usize,
    missing: Vec<String>,
}

fn run(kind: &'static Kind, corpus: &Path) -> Result<(), Failed> {
    let prefix = format!("{}__", kind.folder);
    let mut score = Score::default();
    let mut entries: Vec<PathBuf> = std::fs::read_dir(corpus.join("truth"))?
        .flatten()
        .map(|entry| entry.path())
        .collect();
    entries.sort();
    for path in entries {
        let name = crate::case::name(&path);
        let Some(file) = name
            .strip_prefix(&prefix)
            .and_then(|file| file.strip_suffix(".json"))
        else {
            continue;
        };
        if kind.refused.iter().any(|end| file.ends_with(end)) {
            continue;
        }
        let truth: Value = serde_json::from_str(&std::fs::read_to_string(&path)?)?;
        let inputs = inputs(&corpus.join(kind.folder), file)?;
        one(kind, &truth, &inputs, &mut score).map_err(|failed| format!("{file}: {failed:?}"))?;
    }
    report(kind, &score)
}

/// The file, and for one of a folder everything beside it. Corpus names hold the whole path;
/// what follows the repository is the name.
fn inputs(folder: &Path, file: &str) -> Result<(String, BTreeMap<String, String>), Failed> {
    if let Some((holder, name)) = file.split_once(".d__") {
        let mut files = BTreeMap::new();
        below(&folder.join(format!("{holder}.d")), "", &mut files)?;
        return Ok((name.to_owned(), files));
    }
    let name = file.rsplit("__").next().unwrap_or(file).to_owned();
    let text = std::fs::read_to_string(folder.join(file))?;
    Ok((name.clone(), BTreeMap::from([(name, text)])))
}

fn below(folder: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), Failed> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let key = format!("{prefix}{}", crate::case::name(&path));
        if path.is_dir() {
            below(&path, &format!("{key}/"), files)?;
        } else {
            files.insert(key, std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

fn one(
    kind: &'static Kind,
    truth: &Value,
    (name, files): &(String, BTreeMap<String, String>),
    score: &mut Score,
) -> Result<(), Failed> {
    let workspace = Rc::new(Workspace::Memory {
        main: name.clone(),
        files: files.clone(),
    });
    let request = || -> Result<Request, Failed> {
        Ok(Request {
            importer: find_importer(kind.importer).ok_or("no importer")?,
            files: vec![(name.clone(), Rc::clone(&workspace))],
        })
    };
    let (mut sources, mut out) = (Sources::default(), Diagnostics::default());
    let imported = import::import(&[request()?], &mut sources, &mut out);
    add(kind, truth, &imported, score);
    score.files += 1;
    let style = import::Style {
        name: "Corpus",
        folder: "",
    };
    let text = pipeline::specification(&imported, &sources, style)?;
    let own = Rc::new(Workspace::of_text("architecture.yaml", &text));
    let (_, findings) = pipeline::checked(&own, &[])?;
    let errors: Vec<_> = findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    ensure(errors.is_empty(), || format!("{errors:#?}\n{text}"))?;
    let report = pipeline::drift(
        &own,
        DriftRequest {
            sources: vec![request()?],
            environment: None,
            today: Day::parse("2026-06-15").ok_or("no date")?,
            overrides: &[],
        },
    )?;
    let drift: Vec<_> = report
        .facts
        .iter()
        .filter(|fact| fact.verdict.is_drift())
        .collect();
    ensure(drift.is_empty(), || format!("{drift:#?}\n{text}"))
}

fn add(kind: &Kind, truth: &Value, imported: &Imported, score: &mut Score) {
    let list = |key: &str| truth[key].as_array().map_or(&[][..], Vec::as_slice).iter();
    let text = |value: &Value, key: &str| {
        value[key]
            .as_str()
            .filter(|text| !text.is_empty())
            .map(ToOwned::to_owned)
    };
    let mut ids = BTreeMap::new();
    for component in list("components") {
        let Some(shown) = text(component, "name").or(text(component, "id")) else {
            continue;
        };
        for key in ["id", "ref", "name"] {
            if let Some(id) = text(component, key) {
                ids.entry(id).or_insert_with(|| shown.clone());
            }
        }
    }
    let is_component = |component: &&Value| {
        let of = |key: &str| text(component, key);
        ![of("type"), of("kind")]
            .into_iter()
            .flatten()
            .any(|word| kind.optional.contains(&word.as_str()))
    };
    let components: BTreeSet<String> = list("components")
        .filter(is_component)
        .filter_map(|component| text(component, "name").or(text(component, "id")))
        .map(|name| plain(&name))
        .collect();
    let end = |value: &Value, key: &str| {
        let id = text(value, key).unwrap_or_default();
        plain(ids.get(&id).unwrap_or(&id))
    };
    // What runs where is not imported, so neither is what goes between two such places.
    let optional: BTreeSet<String> = list("components")
        .filter(|component| !is_component(component))
        .filter_map(|component| text(component, "name").or(text(component, "id")))
        .map(|name| plain(&name))
        .collect();
    let mut flows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for flow in list("flows") {
        let is_optional = |key| {
            let name = end(flow, key);
            optional.contains(&name) && !components.contains(&name)
        };
        if is_optional("from") && is_optional("to") {
            continue;
        }
        let is_apart = text(flow, "kind").is_some_and(|word| kind.apart.contains(&word.as_str()));
        let (from, to) = (end(flow, "from"), end(flow, "to"));
        if !is_apart && from != to {
            let confidence = text(flow, "conf").unwrap_or_default();
            flows
                .entry(confidence)
                .or_default()
                .insert(format!("{from} -> {to}"));
        }
    }
    let topics: BTreeSet<String> = list("topics")
        .filter(|topic| topic["conf"] != "heuristic")
        .filter_map(|topic| text(topic, "name"))
        .map(|name| plain(&name))
        .collect();
    let found = Found::of(imported);
    let mut missing = Vec::new();
    let nothing = BTreeSet::new();
    score
        .components
        .add(&components, &found.names, &mut missing);
    let of = |word: &str| flows.get(word).unwrap_or(&nothing);
    score.certain.add(of("certain"), &found.flows, &mut missing);
    score.derived.add(of("derived"), &found.flows, &mut missing);
    score.topics.add(&topics, &found.topics, &mut missing);
    let known: BTreeSet<&String> = flows.values().flatten().collect();
    score.imported += found.flows.len();
    score.unknown += found
        .flows
        .iter()
        .filter(|flow| !known.contains(flow))
        .count();
    score.missing.extend(missing);
}

/// What an import has, by plain names.
struct Found {
    names: BTreeSet<String>,
    flows: BTreeSet<String>,
    topics: BTreeSet<String>,
}

impl Found {
    fn of(imported: &Imported) -> Self {
        let mut names = BTreeSet::new();
        let mut shown = BTreeMap::new();
        for component in &imported.components {
            let title = component.title.as_ref().map(|title| &title.value);
            names.extend([plain(&component.name)]);
            names.extend(title.map(|title| plain(title)));
            shown.insert(&component.key, plain(title.unwrap_or(&component.name)));
        }
        let end = |end: &End| match end {
            End::Component(key) => shown.get(key).cloned(),
            End::Address(_) => None,
        };
        let mut flows = BTreeSet::new();
        let mut add = |from: Option<String>, to: Option<String>| {
            if let (Some(from), Some(to)) = (from, to)
                && from != to
            {
                flows.insert(format!("{from} -> {to}"));
            }
        };
        for flow in &imported.flows {
            add(end(&flow.from), end(&flow.to));
        }
        for topic in &imported.topics {
            let name = Some(plain(&topic.name));
            for party in &topic.producers {
                add(end(&party.value.who), name.clone());
            }
            for party in &topic.consumers {
                add(name.clone(), end(&party.value.who));
            }
        }
        Self {
            names,
            flows,
            topics: imported
                .topics
                .iter()
                .map(|topic| plain(&topic.name))
                .collect(),
        }
    }
}

/// Lower case, without a prefix that says what it is, everything else between letters as `-`.
fn plain(name: &str) -> String {
    const PREFIXES: &[&str] = &[
        "topic:",
        "channel:",
        "message:",
        "endpoint:",
        "bucket:",
        "container:",
        "cluster:",
        "external:",
    ];
    let lower = name.to_lowercase();
    let prefix = PREFIXES
        .iter()
        .find_map(|prefix| lower.strip_prefix(prefix));
    let rest = prefix.unwrap_or(&lower);
    let rest = match rest.split_once('/') {
        Some((kind, rest)) if !kind.is_empty() && kind.bytes().all(|b| b.is_ascii_lowercase()) => {
            rest
        }
        _ => rest,
    };
    let words = rest.split(|char: char| !char.is_ascii_alphanumeric());
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

#[expect(
    clippy::print_stdout,
    reason = "the table is what a person runs this for"
)]
fn report(kind: &Kind, score: &Score) -> Result<(), Failed> {
    let share = |share: Share| format!("{}/{}", share.found, share.all);
    println!(
        "{:<12} {:>3} files  components {:>8}  certain flows {:>8}  derived flows {:>8}  topics {:>8}  unknown flows {}/{}",
        kind.folder,
        score.files,
        share(score.components),
        share(score.certain),
        share(score.derived),
        share(score.topics),
        score.unknown,
        score.imported,
    );
    ensure(score.files > 0, || {
        "the corpus has no such files".to_owned()
    })?;
    let is_good = score.components.is_at_least(99)
        && score.certain.is_at_least(98)
        && score.derived.is_at_least(95)
        && score.topics.is_at_least(95)
        && score.unknown * 100 <= score.imported * 2;
    ensure(is_good, || format!("missing {:#?}", score.missing))
}
