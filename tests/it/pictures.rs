//! Pictures are handed to their real consumers, and what they show is read back.
//!
//! The texts, nodes, edges and groups that a consumer shows must equal those of the view.
//! The reading is done by `tests/consumers/verify.mjs`; here the files and the
//! expectations are written.

use std::path::{Path, PathBuf};
use std::process::Command;

use archviz::diagnostic::Diagnostics;
use archviz::graph::ArchGraph;
use archviz::model::Model;
use archviz::pipeline::{self, Request};
use archviz::render::{FORMATS, Format, Templates, picture_context};
use archviz::source::Workspace;
use archviz::view::View;
use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};

use crate::case::{ensure, folders, name, root};
use crate::examples::{main_files, title};
use crate::hostile;

/// Set by `tests/run`, once the consumers are installed.
const ENABLED: &str = "ARCHVIZ_CONSUMERS";

pub(crate) fn trials() -> Vec<Trial> {
    let is_off = std::env::var_os(ENABLED).is_none();
    let trial = |name: &str, run: fn() -> Result<(), Failed>| {
        Trial::test(format!("pictures::{name}"), run).with_ignored_flag(is_off)
    };
    vec![
        trial("of_examples_show_what_they_were_given", of_examples),
        trial("of_crowded_layers_are_drawn_by_graphviz", of_crowded_layers),
        trial("of_changes_show_what_they_were_given", of_changes),
        trial(
            "of_hostile_texts_show_what_they_were_given",
            of_hostile_texts,
        ),
    ]
}

fn of_examples() -> Result<(), Failed> {
    let mut batch = Batch::new("examples")?;
    for main in main_files() {
        batch.add(&title(&main), &Workspace::on_disk(&main))?;
    }
    batch.verify()
}

/// Graphviz gives up on labelled flows between nodes of one layer that are kept from ranking,
/// if the layer is too wide for one rank ("trouble in `init_rank`").
fn of_crowded_layers() -> Result<(), Failed> {
    let mut batch = Batch::new("crowded")?;
    batch.only = Some("dot");
    for seed in 1..=4 {
        let workspace = Workspace::of_text("architecture.yaml", &crowded(seed));
        batch.add(&format!("crowded-{seed}"), &workspace)?;
    }
    batch.verify()
}

/// Six layers of twelve components; each has a labelled flow in its layer or to the next.
fn crowded(seed: u64) -> String {
    use std::fmt::Write as _;
    const LAYERS: u64 = 6;
    const WIDTH: u64 = 12;
    let mut state = seed;
    let mut below = |limit: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 33) % limit
    };
    let (mut layers, mut components, mut flows) = (String::new(), String::new(), String::new());
    for layer in 0..LAYERS {
        let _ = writeln!(layers, "  l{layer}: {{ name: Layer {layer} }}");
        for place in 0..WIDTH {
            let _ = writeln!(components, "  c{layer}-{place}: {{ layer: l{layer} }}");
            let other_layer = (layer + u64::from(below(3) > 0)) % LAYERS;
            let other_place = (place + 1 + below(WIDTH - 1)) % WIDTH;
            let _ = writeln!(
                flows,
                "  - c{layer}-{place} -> c{other_layer}-{other_place}: calls"
            );
        }
    }
    format!(
        "archviz: 1\nname: Crowded\nlayers:\n{layers}components:\n{components}flows:\n{flows}\
         views:\n  full: {{ title: Crowded }}\n"
    )
}

/// What is in one version only, or in both, is in one picture, with its mark in words.
fn of_changes() -> Result<(), Failed> {
    let mut batch = Batch::new("changes")?;
    let (before, after) = (
        "examples/agentic-banking/before/architecture.yaml",
        "architecture.yaml",
    );
    batch.add_changes("seed", &root(before), &root(after))?;
    batch.add_changes("removals", &root(after), &root(before))?;
    for case in folders(&root("tests/cases/diff")) {
        let (before, after) = (case.join("before.yaml"), case.join("after.yaml"));
        batch.add_changes(&name(&case), &before, &after)?;
    }
    batch.verify()
}

fn of_hostile_texts() -> Result<(), Failed> {
    let mut batch = Batch::new("hostile")?;
    for (name, text) in hostile::specifications() {
        batch.add(&name, &Workspace::of_text("architecture.yaml", &text))?;
    }
    batch.verify()
}

/// Files for one run of the checker.
struct Batch {
    folder: PathBuf,
    files: Vec<Value>,
    /// The one format that is written; all of them without it.
    only: Option<&'static str>,
}

impl Batch {
    fn new(name: &str) -> Result<Self, Failed> {
        let folder = root("target/pictures").join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            folder,
            files: Vec::new(),
            only: None,
        })
    }

    fn add(&mut self, name: &str, workspace: &Workspace) -> Result<(), Failed> {
        let (sources, mut out) = pipeline::load(workspace)?;
        let model = pipeline::analyze(&sources, &mut out);
        ensure(!out.has_errors(), || format!("{name}: {:?}", out.list()))?;
        let graph = ArchGraph::build(&model);
        let shown = pipeline::views(&model, &graph, &[], &mut out);
        self.put(name, &model, &shown)
    }

    fn add_changes(&mut self, name: &str, before: &Path, after: &Path) -> Result<(), Failed> {
        let mut out = Diagnostics::default();
        let (old, _) = pipeline::load(&Workspace::on_disk(before))?;
        let (new, _) = pipeline::load(&Workspace::on_disk(after))?;
        let base = pipeline::analyze(&old, &mut out);
        let head = pipeline::analyze(&new, &mut out);
        ensure(!out.has_errors(), || format!("{name}: {:?}", out.list()))?;
        let diff = archviz::diff::compare(&base, &head, &archviz::diff::Options::default());
        let union = archviz::diff::union(&base, &head, &diff);
        let shown = [archviz::view::changes(&union, &ArchGraph::build(&union))];
        self.put(name, &union, &shown)
    }

    fn put(&mut self, name: &str, model: &Model<'_>, shown: &[View<'_>]) -> Result<(), Failed> {
        let mut out = Diagnostics::default();
        let templates = Templates::new(None);
        // Pixels have no texts to read.
        let has_texts = |format: &&Format| format.name != "json" && format.name != "png";
        let is_asked = |format: &&Format| self.only.is_none_or(|only| only == format.name);
        for format in FORMATS.iter().filter(has_texts).filter(is_asked) {
            let request = Request {
                formats: vec![format.name.to_owned()],
                ..Request::default()
            };
            for (file, text) in pipeline::render(model, shown, &templates, &request, &mut out)? {
                let path = format!("{name}-{file}");
                std::fs::write(self.folder.join(&path), text.bytes())?;
                let id = file.rsplit_once('.').map_or("", |(id, _)| id);
                let view = shown.iter().find(|view| view.id() == id);
                let context = view.map(|view| picture_context(model, view));
                let pictures: Vec<Value> = shown
                    .iter()
                    .map(|view| mermaid(view, &picture_context(model, view)))
                    .collect();
                self.files.push(expectation(
                    &path,
                    format.name,
                    view,
                    context.as_ref(),
                    &pictures,
                ));
            }
        }
        Ok(())
    }

    fn verify(self) -> Result<(), Failed> {
        verify_files(&self.folder, &self.files)
    }
}

/// Hands files of a folder to their consumers, with what they must show.
pub(crate) fn verify_files(folder: &Path, files: &[Value]) -> Result<(), Failed> {
    let manifest = folder.join("manifest.json");
    std::fs::write(&manifest, json!({ "files": files }).to_string())?;
    let verified = Command::new("node")
        .arg(checker())
        .arg(&manifest)
        .output()?;
    let report = String::from_utf8_lossy(&verified.stdout);
    let failures: Vec<&str> = report
        .lines()
        .filter(|line| !line.starts_with("ok"))
        .take(60)
        .collect();
    ensure(verified.status.success(), || {
        format!(
            "{}\n{}",
            failures.join("\n"),
            String::from_utf8_lossy(&verified.stderr)
        )
    })
}

fn checker() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers/verify.mjs")
}

fn expectation(
    path: &str,
    format: &str,
    view: Option<&View<'_>>,
    context: Option<&Value>,
    pictures: &[Value],
) -> Value {
    let (Some(view), Some(context)) = (view, context) else {
        return json!({ "path": path, "kind": "markdown", "diagrams": pictures });
    };
    let mut entry = match view {
        View::Graph(_) => diagram(context, format),
        View::Sequence(_) => sequence(context, format),
    };
    let suffix = if matches!(view, View::Sequence(_)) {
        "-sequence"
    } else {
        ""
    };
    entry["path"] = json!(path);
    entry["kind"] = json!(format!("{format}{suffix}"));
    entry
}

fn mermaid(view: &View<'_>, context: &Value) -> Value {
    match view {
        View::Graph(_) => diagram(context, "mermaid"),
        View::Sequence(_) => sequence(context, "mermaid"),
    }
}

fn rows<'c>(context: &'c Value, list: &str, what: &str) -> Vec<&'c Value> {
    let rows = context[list]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    rows.iter().filter(|row| row["what"] == what).collect()
}

fn text<'r>(row: &'r Value, field: &str) -> &'r str {
    row[field].as_str().unwrap_or("")
}

/// What a diagram shows: two lines a node, one a group, a label or nothing an edge.
fn diagram(context: &Value, format: &str) -> Value {
    let label = |row: &&Value| match format {
        // Icons and badges stand behind the words.
        "plantuml" => format!(
            "{} {}\n{} {}",
            text(row, "plain_name"),
            text(row, "icon"),
            text(row, "plain_detail"),
            text(row, "badge")
        ),
        // Icons and badges are drawn.
        "svg" | "drawio" => format!("{}\n{}", text(row, "plain_name"), text(row, "plain_detail")),
        _ => format!("{}\n{}", text(row, "name"), text(row, "detail")),
    };
    let title = |row: &&Value| match format {
        "svg" | "drawio" => text(row, "plain_name").to_owned(),
        _ => text(row, "name").to_owned(),
    };
    let edges = context["edges"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let edge = |row: &Value| {
        if text(row, "label").is_empty() {
            Value::Null
        } else {
            json!(text(row, "label"))
        }
    };
    json!({
        "nodes": rows(context, "items", "node").iter().map(label).collect::<Vec<_>>(),
        "groups": rows(context, "items", "open").iter().map(title).collect::<Vec<_>>(),
        "edges": edges.iter().map(edge).collect::<Vec<_>>(),
        "texts": [text(context, "title")],
    })
}

/// What a sequence diagram shows: lifelines, messages, boxes where the format has them, notes.
fn sequence(context: &Value, format: &str) -> Value {
    let boxes = context["boxes"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let field = match format {
        "svg" | "drawio" => "plain_title",
        _ => "title",
    };
    let titles: Vec<&str> = boxes
        .iter()
        .map(|row| text(row, field))
        .filter(|title| !title.is_empty())
        .collect();
    let participants = boxes.iter().flat_map(|row| {
        row["participants"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default()
    });
    let messages = context["messages"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    let message = |row: &&Value| match format {
        "d2" => format!("{}. {}", row["number"], text(row, "text")),
        _ => text(row, "text").to_owned(),
    };
    json!({
        "nodes": participants.map(|row| text(row, "name")).collect::<Vec<_>>(),
        "edges": messages.iter().filter(|row| row["what"] != "note").map(|row| message(&row)).collect::<Vec<_>>(),
        "notes": rows(context, "messages", "note").iter().map(|row| text(row, "text")).collect::<Vec<_>>(),
        "groups": if format == "d2" { Vec::new() } else { titles },
        "texts": if format == "d2" { Vec::new() } else { vec![text(context, "title")] },
    })
}
