//! The comparison of two versions: laws over every key of the language, and golden cases.

use std::path::Path;

use archviz::diff::{self, ModelDiff, Options};
use archviz::model::Model;
use archviz::pipeline;
use archviz::render::{ChangeReport, Templates, find_change_format, render_changes};
use archviz::source::{Sources, Workspace};
use archviz::view::{GroupSubject, NodeSubject, View};
use libtest_mimic::{Failed, Trial};
use serde_json::{Map, Value, json};

use crate::case::{ensure, folders, name, root};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("every_leaf_of_the_language_is_compared", every_leaf),
        ("several_changes_at_once_are_told_apart", several),
        ("every_kind_of_change_has_a_case", every_kind),
        (
            "the_picture_of_changes_shows_everything_that_is_marked",
            picture_is_complete,
        ),
        ("json_is_what_its_schema_says", json_fits_schema),
        ("comments_keep_their_budget", comments_keep_their_budget),
        ("every_key_of_the_language_is_in_the_test_data", every_key),
    ];
    let laws = tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("diff::{name}"), run));
    laws.chain(cases()).collect()
}

const EVERY_KEY: &str = "tests/data/every-key/architecture.yaml";

fn every_key_value() -> Result<Value, Failed> {
    let text = std::fs::read_to_string(root(EVERY_KEY))?;
    serde_yaml_value(&text)
}

fn serde_yaml_value(text: &str) -> Result<Value, Failed> {
    serde_yaml::from_str(text).map_err(|error| error.to_string().into())
}

/// A version of a specification, with what it takes to look at it.
struct Version {
    text: String,
    sources: Sources,
}

impl Version {
    fn of(text: String) -> Result<Self, Failed> {
        let workspace = Workspace::of_text("architecture.yaml", &text);
        let (sources, _) = pipeline::load(&workspace)?;
        Ok(Self { text, sources })
    }

    /// The model, if nothing is wrong with it but the files that are not there.
    fn model(&self) -> Option<Model<'_>> {
        let mut out = archviz::diagnostic::Diagnostics::default();
        let model = pipeline::analyze(&self.sources, &mut out);
        (!out.has_errors()).then_some(model)
    }
}

/// One leaf or entry of a document, by the keys and places on the way.
type Trail = Vec<Step>;

#[derive(Clone, Debug)]
enum Step {
    Key(String),
    Place(usize),
}

fn paths(value: &Value, at: &Trail, found: &mut Vec<Trail>) {
    if !at.is_empty() {
        found.push(at.clone());
    }
    let below = |step: Step| {
        let mut path = at.clone();
        path.push(step);
        path
    };
    match value {
        Value::Object(entries) => {
            for (key, value) in entries {
                paths(value, &below(Step::Key(key.clone())), found);
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                paths(value, &below(Step::Place(place)), found);
            }
        }
        _ => {}
    }
}

fn find<'v>(value: &'v mut Value, path: &[Step]) -> Option<&'v mut Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Place(place) => value.get_mut(*place),
    })
}

/// Values that say something else than this one.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => {
            let words = [
                "own",
                "web",
                "orders",
                "mail",
                "pulsar",
                "store",
                "core",
                "data",
                "bought",
                "data-team",
                "booth",
                "mails.sent",
                "orders.placed",
                "job",
                "nodes",
                "parents",
                "right",
                "note",
                "warning",
                "svg",
                "empty-layer",
                "8d",
                "compact",
                "#FFF3E0",
            ];
            let longer = std::iter::once(format!("{text}x"));
            let words = words.iter().map(|word| (*word).to_owned());
            longer
                .chain(words)
                .filter(|word| word != text)
                .map(Value::from)
                .collect()
        }
        Value::Number(number) => vec![json!(number.as_u64().unwrap_or(0) + 1)],
        Value::Bool(flag) => vec![json!(!flag)],
        _ => Vec::new(),
    }
}

/// The edits of one place that leave a specification without errors: another value, none at
/// all, and the place before it.
fn mutations(document: &Value, path: &Trail) -> Vec<(String, Value)> {
    let mut found = Vec::new();
    let mut whole = document.clone();
    let Some(value) = find(&mut whole, path).cloned() else {
        return found;
    };
    for other in others(&value) {
        let mut mutant = document.clone();
        if let Some(place) = find(&mut mutant, path) {
            *place = other;
            if is_valid(&mutant) {
                found.push(("changed".to_owned(), mutant));
                break;
            }
        }
    }
    let (last, around) = (path[path.len() - 1].clone(), &path[..path.len() - 1]);
    let mut removed = document.clone();
    let mut swapped = document.clone();
    match (last, find(&mut removed, around), find(&mut swapped, around)) {
        (Step::Key(key), Some(Value::Object(entries)), Some(Value::Object(order))) => {
            entries.shift_remove(&key);
            swap_entries(order, &key);
        }
        (Step::Place(place), Some(Value::Array(items)), Some(Value::Array(order))) => {
            items.remove(place);
            order.swap(place, place.saturating_sub(1));
        }
        _ => {}
    }
    for (how, mutant) in [("removed", removed), ("swapped", swapped)] {
        if differs(&mutant, document) && is_valid(&mutant) {
            found.push((how.to_owned(), mutant));
        }
    }
    found
}

/// Whether two documents differ, in the order of their keys as well.
fn differs(one: &Value, other: &Value) -> bool {
    let (one, other) = (one.to_string(), other.to_string());
    one != other
}

fn swap_entries(entries: &mut Map<String, Value>, key: &str) {
    let mut list: Vec<(String, Value)> = std::mem::take(entries).into_iter().collect();
    let place = list.iter().position(|(known, _)| known == key).unwrap_or(0);
    list.swap(place, place.saturating_sub(1));
    entries.extend(list);
}

fn is_valid(value: &Value) -> bool {
    let version = Version::of(pretty(value));
    version.is_ok_and(|version| version.model().is_some())
}

/// JSON is YAML; one leaf stands on each line.
fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

/// Keys that are not compared, and why not is in the table of the language's keys.
const NOT_COMPARED: &[&str] = &["archviz", "include"];

fn every_leaf() -> Result<(), Failed> {
    let mut document = every_key_value()?;
    // One text has no other files.
    if let Some(entries) = document.as_object_mut() {
        entries.shift_remove("include");
    }
    let base = Version::of(pretty(&document))?;
    let old = base.model().ok_or("the test data has errors")?;
    same(&old)?;
    let (mut all, mut problems, mut count) = (Vec::new(), Vec::new(), 0);
    paths(&document, &Vec::new(), &mut all);
    for path in &all {
        let told = told(path);
        if NOT_COMPARED.contains(&told.as_str()) {
            continue;
        }
        let mutations = mutations(&document, path);
        let is_leaf = find(&mut document.clone(), path)
            .is_some_and(|value| !value.is_object() && !value.is_array());
        if is_leaf
            && !mutations.iter().any(|(how, _)| how == "changed")
            && !KEYS_WITHOUT_ANOTHER_VALUE.contains(&told.as_str())
        {
            problems.push(format!("{told}: no other value is valid"));
        }
        for (how, mutant) in mutations {
            count += 1;
            if let Err(problem) = law(&base, &old, path, &how, &mutant) {
                problems.push(format!(
                    "{told} {how}: {}",
                    problem.message().unwrap_or_default()
                ));
            }
        }
    }
    ensure(count > 400, || format!("only {count} mutations"))?;
    ensure(problems.is_empty(), || {
        format!("{} of {count}:\n{}", problems.len(), problems.join("\n"))
    })
}

/// Any two edits of a specification: applying what was found gives the new version.
fn several() -> Result<(), Failed> {
    let mut document = every_key_value()?;
    if let Some(entries) = document.as_object_mut() {
        entries.shift_remove("include");
    }
    let base = Version::of(pretty(&document))?;
    let old = base.model().ok_or("the test data has errors")?;
    let mut all = Vec::new();
    paths(&document, &Vec::new(), &mut all);
    let (mut seed, mut count) = (1_u32, 0);
    let mut random = |limit: usize| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) as usize % limit
    };
    for _ in 0..60 {
        let mut mutant = document.clone();
        for _ in 0..4 {
            let path = &all[random(all.len())];
            let found = mutations(&mutant, path);
            if !found.is_empty() {
                mutant = found[random(found.len())].1.clone();
            }
        }
        let head = Version::of(pretty(&mutant))?;
        let new = head.model().ok_or("the mutant has errors")?;
        for (from, to) in [(&old, &new), (&new, &old)] {
            count += 1;
            let diff = diff::compare(from, to, &Options::default());
            ensure(diff.statistics.is_closed(), || {
                format!("not closed: {:?}", diff.statistics)
            })?;
            let got = diff::applied(from, &diff).ok_or_else(|| {
                format!("can't be applied:\n{}\n{}", texts(&diff), pretty(&mutant))
            })?;
            let expected = diff::model_data(to);
            ensure(!differs(&got, &expected), || {
                format!(
                    "applying gives another version:\n{}\n{got}\n{expected}",
                    texts(&diff)
                )
            })?;
        }
    }
    ensure(count == 120, || format!("only {count}"))
}

/// Places whose every other value is an error or the same.
const KEYS_WITHOUT_ANOTHER_VALUE: &[&str] = &[];

fn told(path: &Trail) -> String {
    let step = |step: &Step| match step {
        Step::Key(key) => key.clone(),
        Step::Place(place) => place.to_string(),
    };
    path.iter().map(step).collect::<Vec<_>>().join("/")
}

fn same(model: &Model<'_>) -> Result<(), Failed> {
    let nothing = diff::compare(model, model, &Options::default());
    ensure(nothing.changes.is_empty(), || {
        format!("a model differs from itself:\n{}", texts(&nothing))
    })?;
    ensure(nothing.statistics.is_closed(), || "not closed".to_owned())
}

fn texts(diff: &ModelDiff) -> String {
    let line = |change: &diff::Change| format!("  {}: {}", change.id(), change.text);
    diff.changes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The diff names the place, in both directions, and applying it gives the new version.
fn law(
    base: &Version,
    old: &Model<'_>,
    path: &Trail,
    how: &str,
    mutant: &Value,
) -> Result<(), Failed> {
    let head = Version::of(pretty(mutant))?;
    let new = head.model().ok_or("the mutant has errors")?;
    if how == "swapped" && is_map_of_the_language(path) {
        let diff = diff::compare(old, &new, &Options::default());
        return ensure(diff.changes.is_empty(), || {
            format!("order of keys counts:\n{}", texts(&diff))
        });
    }
    for (from, to, sides) in [(old, &new, (base, &head)), (&new, old, (&head, base))] {
        let diff = diff::compare(from, to, &Options::default());
        ensure(!diff.changes.is_empty(), || "nothing is found".to_owned())?;
        ensure(diff.statistics.is_closed(), || {
            format!("not closed: {:?}", diff.statistics)
        })?;
        let got = diff::applied(from, &diff)
            .ok_or_else(|| format!("can't be applied:\n{}", texts(&diff)))?;
        let expected = diff::model_data(to);
        ensure(!differs(&got, &expected), || {
            format!(
                "applying gives another version:\n{}\n{got}\n{expected}",
                texts(&diff)
            )
        })?;
        names_the_place(&diff, sides, path)?;
    }
    Ok(())
}

/// Keys of records have no order; elements do.
fn is_map_of_the_language(path: &Trail) -> bool {
    let keys: Vec<&str> = path
        .iter()
        .map(|step| match step {
            Step::Key(key) => key.as_str(),
            Step::Place(_) => "*",
        })
        .collect();
    let named = [
        "operations",
        "api_calls",
        "links",
        "elements",
        "paths",
        "benefits",
    ];
    let settings = ["outputs", "documents", "summary", "metadata"];
    match keys[..] {
        [_] => true,
        [section, _] if !settings.contains(&section) => false,
        [.., around, _] if named.contains(&around) => false,
        [.., last] if keys.contains(&"metadata") => last == "metadata",
        [.., last] => last != "*",
        [] => false,
    }
}

/// Some change touches the lines in which the two texts differ, in one of them.
fn names_the_place(
    diff: &ModelDiff,
    (base, head): (&Version, &Version),
    path: &Trail,
) -> Result<(), Failed> {
    let ((old, new), is_top) = (differing(&base.text, &head.text), path.len() == 1);
    let touches = |span: Option<archviz::source::Span>, range: &std::ops::Range<usize>| {
        span.is_some_and(|span| {
            (span.start as usize) < range.end && range.start <= span.end as usize
        })
    };
    let is_named = |change: &diff::Change| touches(change.base, &old) || touches(change.head, &new);
    ensure(is_top || diff.changes.iter().any(is_named), || {
        format!("no change has the place:\n{}", texts(diff))
    })
}

/// The bytes of the lines in which two texts differ; the comma at the end of a line is none.
fn differing(base: &str, head: &str) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
    let lines = |text: &str| -> Vec<(usize, String)> {
        let mut start = 0;
        let mut lines = Vec::new();
        for line in text.split_inclusive('\n') {
            lines.push((start, line.trim_end_matches(['\n', ',']).to_owned()));
            start += line.len();
        }
        lines.push((start, String::new()));
        lines
    };
    let (old, new) = (lines(base), lines(head));
    let same = |(one, other): &(&(usize, String), &(usize, String))| one.1 == other.1;
    let before = old.iter().zip(&new).take_while(same).count();
    let shorter = old.len().min(new.len()) - before;
    let after = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take(shorter)
        .take_while(same)
        .count();
    let range = |lines: &[(usize, String)]| {
        lines[before.min(lines.len() - 1)].0..lines[lines.len() - after.max(1)].0
    };
    (range(&old), range(&new))
}

/// The test data states every key that the decoder knows.
fn every_key() -> Result<(), Failed> {
    let schema = archviz::spec::json_schema();
    let mut stated = std::collections::BTreeSet::new();
    let mut all = Vec::new();
    paths(&every_key_value()?, &Vec::new(), &mut all);
    for path in &all {
        if let Some(Step::Key(key)) = path.last() {
            stated.insert(key.clone());
        }
    }
    let mut missing = Vec::new();
    for (record, definition) in schema["$defs"].as_object().into_iter().flatten() {
        let variants = definition["anyOf"].as_array();
        let definitions = variants.map_or(vec![definition], |variants| variants.iter().collect());
        for definition in definitions {
            for (key, _) in definition["properties"].as_object().into_iter().flatten() {
                if !stated.contains(key) {
                    missing.push(format!("{record}.{key}"));
                }
            }
        }
    }
    ensure(missing.is_empty(), || missing.join(", "))
}

/// Each case is two versions and the report between them; the seed's pair is one of them.
fn cases() -> Vec<Trial> {
    let mut trials = Vec::new();
    for case in folders(&root("tests/cases/diff")) {
        let title = format!("diff::case::{}", name(&case));
        trials.push(Trial::test(title, move || {
            let (before, after) = (case.join("before.yaml"), case.join("after.yaml"));
            golden(&case.join("expected.txt"), &before, &after, "text")
        }));
    }
    let pairs = [
        (
            "seed",
            "examples/agentic-banking/before/architecture.yaml",
            "architecture.yaml",
        ),
        (
            "removals",
            "architecture.yaml",
            "examples/agentic-banking/before/architecture.yaml",
        ),
    ];
    for (pair, before, after) in pairs {
        for (format, file) in [("text", "txt"), ("markdown", "md"), ("json", "json")] {
            trials.push(Trial::test(format!("diff::{pair}::{format}"), move || {
                let expected = root("tests/data/diff").join(format!("{pair}.{file}"));
                golden(&expected, &root(before), &root(after), format)
            }));
        }
    }
    trials
}

fn golden(expected: &Path, before: &Path, after: &Path, format: &str) -> Result<(), Failed> {
    let report = report(before, after, format)?;
    if std::env::var_os("BLESS").is_some() {
        std::fs::create_dir_all(expected.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(expected, &report)?;
    }
    let there = std::fs::read_to_string(expected).unwrap_or_default();
    ensure(there == report, || {
        let diff = similar::TextDiff::from_lines(&there, &report);
        diff.unified_diff().header("expected", "found").to_string()
    })
}

/// The report between two files, whose names are those of the files alone.
fn report(before: &Path, after: &Path, format: &str) -> Result<String, Failed> {
    let old = Version::of(std::fs::read_to_string(before)?)?;
    let new = Version::of(std::fs::read_to_string(after)?)?;
    let base = old.model().ok_or("the old version has errors")?;
    let head = new.model().ok_or("the new version has errors")?;
    let diff = diff::compare(&base, &head, &Options::default());
    let got = diff::applied(&base, &diff).ok_or("the changes can't be applied")?;
    ensure(!differs(&got, &diff::model_data(&head)), || {
        "the changes do not give the new version".to_owned()
    })?;
    let report = ChangeReport {
        base: &base,
        base_sources: &old.sources,
        head: &head,
        head_sources: &new.sources,
        diff: &diff,
        base_name: "main",
    };
    let format = find_change_format(format).ok_or("no such format")?;
    let text = render_changes(&Templates::new(None), format, &report);
    text.map_err(|error| format!("{error:#}").into())
}

/// Every kind of change is in the report of some case, and no report has others.
fn every_kind() -> Result<(), Failed> {
    let mut told = String::new();
    for case in folders(&root("tests/cases/diff")) {
        told.push_str(&std::fs::read_to_string(case.join("expected.txt"))?);
    }
    let kinds = diff::CHANGE_KINDS.iter();
    let missing: Vec<&str> = kinds
        .map(|kind| kind.id)
        .filter(|id| !told.contains(&format!("[{id}]")))
        .collect();
    ensure(missing.is_empty(), || {
        format!("no case fires {}", missing.join(", "))
    })
}

/// The JSON report of every case and pair is what its schema says.
fn json_fits_schema() -> Result<(), Failed> {
    let schema = archviz::render::change_schema();
    let validator = jsonschema::validator_for(&schema)?;
    for case in folders(&root("tests/cases/diff")) {
        let text = report(&case.join("before.yaml"), &case.join("after.yaml"), "json")?;
        let value: Value = serde_json::from_str(&text)?;
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| error.to_string())
            .collect();
        ensure(errors.is_empty(), || {
            format!("{}: {}", name(&case), errors.join(", "))
        })?;
    }
    Ok(())
}

/// A comment never exceeds its budget, and says what it leaves out.
fn comments_keep_their_budget() -> Result<(), Failed> {
    let specification = |count: usize, version: usize| {
        let mut text =
            String::from("archviz: 1\nname: Big\ncomponents:\n  kafka: { kind: broker }\n");
        for index in 0..count {
            text.push_str(&format!(
                "  c{index}: {{ purpose: Purpose {version} of {index} }}\n"
            ));
        }
        text.push_str("topics:\n");
        for index in 0..count {
            text.push_str(&format!(
                "  t{index}: {{ producers: [c{index}], consumers: [c0, c1], key: key{version} }}\n"
            ));
        }
        text
    };
    for (count, expected) in [
        (3, "Documentation only: 3"),
        (300, "Left out here: 300 × `description-changed`"),
        (2000, "more breaking or risky changes are left out here"),
    ] {
        let (old, new) = (
            Version::of(specification(count, 1))?,
            Version::of(specification(count, 2))?,
        );
        let base = old.model().ok_or("the old version has errors")?;
        let head = new.model().ok_or("the new version has errors")?;
        let diff = diff::compare(&base, &head, &Options::default());
        let report = ChangeReport {
            base: &base,
            base_sources: &old.sources,
            head: &head,
            head_sources: &new.sources,
            diff: &diff,
            base_name: "main",
        };
        let format = find_change_format("pr-comment").ok_or("no such format")?;
        let text = render_changes(&Templates::new(None), format, &report)?;
        let length = text.chars().count();
        ensure(length <= 60_000, || format!("{length} characters"))?;
        ensure(text.contains(expected), || {
            format!("no `{expected}` in\n{text}")
        })?;
        ensure(text.starts_with("<!-- archviz:diff:main -->\n"), || {
            text.clone()
        })?;
        ensure(text.contains(&format!("{count} breaking")), || text.clone())?;
    }
    Ok(())
}

/// Every marked component is a node or a frame, every marked flow is in an edge of its mark,
/// and the mark is told in words.
fn picture_is_complete() -> Result<(), Failed> {
    let mut count = 0;
    for case in folders(&root("tests/cases/diff")) {
        let old = Version::of(std::fs::read_to_string(case.join("before.yaml"))?)?;
        let new = Version::of(std::fs::read_to_string(case.join("after.yaml"))?)?;
        let base = old.model().ok_or("the old version has errors")?;
        let head = new.model().ok_or("the new version has errors")?;
        let diff = diff::compare(&base, &head, &Options::default());
        let union = diff::union(&base, &head, &diff);
        let graph = archviz::graph::ArchGraph::build(&union);
        let View::Graph(view) = archviz::view::changes(&union, &graph) else {
            return Err("no picture of components".into());
        };
        for (id, component) in union.components() {
            let mark = union.marks.component(id);
            let node = view
                .nodes
                .iter()
                .find(|node| node.subject == NodeSubject::Component(id));
            let group = view
                .groups
                .iter()
                .find(|group| group.subject == GroupSubject::Parent(id));
            let is_told = mark.is_none_or(|mark| component.name.starts_with(mark.sign()));
            let is_drawn = mark.is_none()
                || node.is_some_and(|node| node.mark == mark)
                || group.is_some_and(|group| group.mark == mark);
            ensure(is_told && is_drawn, || {
                format!("{}: {} is not shown", name(&case), component.name)
            })?;
            count += usize::from(mark.is_some());
        }
        for (id, flow) in union.flows() {
            let Some(mark) = union.marks.flow(id) else {
                continue;
            };
            let label = flow.label.as_deref().unwrap_or("");
            let edge = view.edges.iter().find(|edge| edge.flows.contains(&id));
            let is_shown =
                edge.is_some_and(|edge| edge.mark == Some(mark)) && label.starts_with(mark.sign());
            ensure(is_shown, || {
                format!("{}: flow {label} is not shown", name(&case))
            })?;
            count += 1;
        }
        let gone = base.components.len() + diff.matching.components.added().count();
        ensure(union.components.len() == gone, || {
            format!("{}: {gone} components", name(&case))
        })?;
    }
    ensure(count > 40, || format!("only {count} marks"))
}
