//! Every example is clean, valid by the published schema, and renders to the same bytes
//! twice and with its included files in another order.

use std::path::{Path, PathBuf};

use archviz::pipeline::{self, Artifacts, Request};
use archviz::render::{FORMATS, Templates};
use archviz::source::Workspace;
use archviz::spec::json_schema;
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, folders, root};

/// The main files of all examples.
pub(crate) fn main_files() -> Vec<PathBuf> {
    let mut files = vec![root("architecture.yaml")];
    let mut waiting = folders(&root("examples"));
    while let Some(folder) = waiting.pop() {
        let main = folder.join("architecture.yaml");
        if main.is_file() {
            files.push(main);
        }
        waiting.extend(folders(&folder));
    }
    files.sort();
    files
}

/// A short name for a main file.
pub(crate) fn title(main: &Path) -> String {
    let relative = main.strip_prefix(root("")).unwrap_or(main);
    let folder = relative
        .parent()
        .map(|folder| folder.to_string_lossy().replace('/', "-"))
        .unwrap_or_default();
    if folder.is_empty() {
        "platform".to_owned()
    } else {
        folder.trim_start_matches("examples-").to_owned()
    }
}

type Test = fn(&Path) -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for main in main_files() {
        let name = title(&main);
        let tests: Vec<(&str, Test)> = vec![
            ("is_clean", is_clean),
            ("is_valid_by_the_schema", is_valid_by_the_schema),
            (
                "renders_to_the_same_bytes_twice",
                renders_to_the_same_bytes_twice,
            ),
        ];
        for (test, run) in tests {
            let main = main.clone();
            trials.push(Trial::test(
                format!("examples::{name}::{test}"),
                move || run(&main),
            ));
        }
    }
    trials.push(Trial::test(
        "examples::the_order_of_includes_changes_nothing",
        the_order_of_includes_changes_nothing,
    ));
    trials.push(Trial::test(
        "examples::the_platform_has_the_numbers_of_its_document",
        the_platform_has_the_numbers_of_its_document,
    ));
    trials
}

fn is_clean(main: &Path) -> Result<(), Failed> {
    let (sources, findings) = pipeline::checked(&Workspace::on_disk(main), &[])?;
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let place = sources.start(finding.primary());
            let file = &sources.file(finding.primary().file).name;
            format!(
                "{file}:{}: {}[{}] {}",
                place.line,
                finding.severity.name(),
                finding.code.id,
                finding.message
            )
        })
        .collect();
    ensure(shown.is_empty(), || shown.join("\n"))
}

/// The files of an example as JSON, read by a YAML reader other than our own.
fn is_valid_by_the_schema(main: &Path) -> Result<(), Failed> {
    let validator = jsonschema::validator_for(&json_schema())?;
    let (sources, _) = pipeline::load(&Workspace::on_disk(main))?;
    for (_, file) in sources.files() {
        let value: serde_json::Value = serde_yaml::from_str(&file.text)?;
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        ensure(errors.is_empty(), || {
            format!("{}: {}", file.name, errors.join("\n"))
        })?;
    }
    Ok(())
}

/// Everything that `render` writes for a workspace.
pub(crate) fn render_all(workspace: &Workspace) -> Result<Artifacts, Failed> {
    let (sources, mut out) = pipeline::load(workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    ensure(!out.has_errors(), || format!("{:?}", out.list()))?;
    let graph = archviz::graph::ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &[], &mut out);
    // Pixels take long, and come of what `svg` writes.
    let formats = FORMATS
        .iter()
        .filter(|format| format.name != "png")
        .map(|format| format.name.to_owned())
        .collect();
    let request = Request {
        formats,
        ..Request::default()
    };
    Ok(pipeline::render(
        &model,
        &shown,
        &Templates::new(None),
        &request,
        &mut out,
    )?)
}

fn renders_to_the_same_bytes_twice(main: &Path) -> Result<(), Failed> {
    let first = render_all(&Workspace::on_disk(main))?;
    let second = render_all(&Workspace::on_disk(main))?;
    ensure(!first.is_empty(), || "nothing was rendered".to_owned())?;
    ensure(first == second, || "two runs differ".to_owned())?;
    for (name, artifact) in &first {
        let Some(text) = artifact.text() else {
            continue;
        };
        ensure(text.ends_with('\n') && !text.contains('\r'), || {
            format!("{name} has no final line break, or a carriage return")
        })?;
        ensure(!text.lines().any(|line| line.ends_with(' ')), || {
            format!("{name} has trailing blanks")
        })?;
    }
    Ok(())
}

fn the_order_of_includes_changes_nothing() -> Result<(), Failed> {
    let part = |id: &str| {
        format!(
            "components:\n  {id}: {{ layer: only }}\nflows:\n  Group:\n    - {id} -> hub: Calls\n"
        )
    };
    let render = |order: [&str; 3]| {
        let list = order.join(", ");
        let main = format!(
            "archviz: 1\nname: Parts\ninclude: [{list}]\nlayers: {{ only: Only }}\ncomponents:\n  hub: {{ layer: only }}\n"
        );
        let names = ["a.yaml", "b.yaml", "c.yaml"];
        let mut files: std::collections::BTreeMap<String, String> = names
            .iter()
            .map(|name| ((*name).to_owned(), part(&name[..1])))
            .collect();
        files.insert("architecture.yaml".to_owned(), main);
        render_all(&Workspace::Memory {
            main: "architecture.yaml".to_owned(),
            files,
        })
    };
    let first = render(["a.yaml", "b.yaml", "c.yaml"])?;
    for order in [
        ["c.yaml", "b.yaml", "a.yaml"],
        ["b.yaml", "a.yaml", "c.yaml"],
        ["\"*.yaml\"", "c.yaml", "a.yaml"],
    ] {
        ensure(first == render(order)?, || {
            format!("{order:?} renders otherwise")
        })?;
    }
    Ok(())
}

/// The statistics that the platform's integration document states.
fn the_platform_has_the_numbers_of_its_document() -> Result<(), Failed> {
    let numbers = |path: &str| -> Result<(Vec<usize>, Vec<usize>), Failed> {
        let (sources, mut out) = pipeline::load(&Workspace::on_disk(&root(path)))?;
        let model = pipeline::analyze(&sources, &mut out);
        let statistics = archviz::model::Statistics::of(&model);
        let categories = statistics.by_category.iter().map(|row| row.count).collect();
        Ok((
            categories,
            vec![
                statistics.components,
                statistics.layers,
                statistics.topics,
                statistics.declared_flows,
                statistics.derived_flows,
                statistics.scenarios,
            ],
        ))
    };
    let before = numbers("examples/agentic-banking/before/architecture.yaml")?;
    let after = numbers("architecture.yaml")?;
    ensure(
        before.0 == [11, 6, 4, 6] && before.1[..3] == [27, 8, 0],
        || format!("before: {before:?}"),
    )?;
    ensure(
        after.0 == [13, 6, 4, 6, 3] && after.1[..3] == [32, 10, 6],
        || format!("after: {after:?}"),
    )?;
    ensure(after.1[5] == 3, || format!("scenarios: {after:?}"))?;
    let added = (after.1[3] - before.1[3], after.1[4] - before.1[4]);
    ensure(added == (3, 11), || {
        format!("14 new flows are 3 declared and 11 derived, not {added:?}")
    })
}
