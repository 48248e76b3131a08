//! What templates can read stands in `docs/templates.md`, and nothing else does.

use std::collections::BTreeSet;
use std::fs::read_to_string;

use archviz::graph::ArchGraph;
use archviz::pipeline;
use archviz::render::picture_context;
use archviz::source::Workspace;
use archviz::view::View;
use libtest_mimic::{Failed, Trial};
use serde_json::Value;

use crate::case::{ensure, root};
use crate::scratch::{Scratch, expect};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 3] = [
        ("of_pictures_are_documented", of_pictures),
        ("of_documents_are_there", of_documents),
        ("of_the_example_are_there", example),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("template_keys::{name}"), run))
        .collect()
}

fn of_pictures() -> Result<(), Failed> {
    let (diagram, sequence) = contexts()?;
    let page = page()?;
    let diagrams = section(&page, "## Diagrams", "A step of");
    same("diagrams", &keys(&diagram), &first_cells(diagrams))?;
    let items = section(&page, "A step of", "An edge of");
    same("items", &keys(&diagram["items"][0]), &first_cells(items))?;
    let edges = section(&page, "An edge of", "A row of");
    same("edges", &keys(&diagram["edges"][0]), &first_cells(edges))?;
    let styles = section(&page, "A row of `styles`", "; a row of");
    let known = words(styles).filter(|word| word != "styles").collect();
    same("styles", &keys(&diagram["styles"][0]), &known)?;
    let sequences = section(&page, "## Sequences", "## Documents");
    same("sequences", &keys(&sequence), &first_cells(sequences))?;
    for row in [
        &sequence["messages"][0],
        &sequence["boxes"][0],
        &sequence["boxes"][0]["participants"][0],
    ] {
        let named: BTreeSet<String> = words(sequences).collect();
        let missing: Vec<String> = keys(row).difference(&named).cloned().collect();
        ensure(missing.is_empty(), || format!("not named: {missing:?}"))?;
    }
    Ok(())
}

/// A template writes each name of the page that it can't find.
fn of_documents() -> Result<(), Failed> {
    let page = page()?;
    let rows = section(&page, "## Documents", "\u{0}").lines();
    let rows = rows.filter_map(|row| row.strip_prefix("| ")?.split_once(" | "));
    let mut template = FIND.to_owned();
    for (heads, told) in rows {
        for head in words(heads) {
            let told: Vec<String> = words(told).collect();
            template.push_str(&format!("{{{{ find({head}, {told:?}) }}}}"));
        }
    }
    let scratch = Scratch::new("template-keys")?;
    scratch.write(
        "architecture.yaml",
        &read_to_string(root("architecture.yaml"))?,
    )?;
    scratch.write("document.txt.j2", &template)?;
    let missing = render(&scratch, "document.txt.j2", "architecture.txt")?;
    ensure(
        missing.trim().is_empty() && template.matches("find").count() > 15,
        || missing,
    )
}

/// Names are those of a mapping, of the first row of a list, or of the first row inside of it.
const FIND: &str = r#"
{%- macro has(row, name) %}
{%- if row is mapping and row[name] is defined %}x{% endif %}
{%- if row is sequence and row is not string and row %}{{ has(row[0], name) }}{% endif %}
{%- if row is mapping %}{% for key in ["components", "topics", "flows", "steps", "by_kind"] if row[key] is defined %}{{ has(row[key], name) }}{% endfor %}{% endif %}
{%- endmacro %}
{%- macro find(it, names) %}{% for name in names if not has(it, name) and it is not string and it %}{{ name }} {% endfor %}{% endmacro %}
"#;

fn example() -> Result<(), Failed> {
    let page = page()?;
    let template = section(&page, "```jinja\n", "```");
    let scratch = Scratch::new("template-example")?;
    scratch.write(
        "architecture.yaml",
        &read_to_string(root("architecture.yaml"))?,
    )?;
    scratch.write("diagram.csv.j2", template)?;
    let text = render(&scratch, "diagram.csv.j2", "full.csv")?;
    ensure(text.contains("from,to,label\n"), || text)
}

fn render(scratch: &Scratch, template: &str, file: &str) -> Result<String, Failed> {
    let output = scratch.run(&["render", "--template", template])?;
    expect(&output, 0)?;
    scratch.read(&format!("out/{file}"))
}

/// The contexts of the platform's first diagram and of its first scenario.
fn contexts() -> Result<(Value, Value), Failed> {
    let (sources, mut out) = pipeline::load(&Workspace::on_disk(&root("architecture.yaml")))?;
    let model = pipeline::analyze(&sources, &mut out);
    let graph = ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &[], &mut out);
    let of = |is_wanted: fn(&View<'_>) -> bool| {
        let view = shown.iter().find(|view| is_wanted(view));
        view.map(|view| picture_context(&model, view))
            .ok_or_else(|| Failed::from("the platform has no such view"))
    };
    Ok((
        of(|view| matches!(view, View::Graph(_)))?,
        of(|view| matches!(view, View::Sequence(_)))?,
    ))
}

fn page() -> Result<String, Failed> {
    Ok(read_to_string(root("docs/templates.md"))?)
}

/// What stands between two texts of the page.
fn section<'p>(page: &'p str, from: &str, to: &str) -> &'p str {
    let after = page.split_once(from).map_or("", |(_, after)| after);
    after.split_once(to).map_or(after, |(inside, _)| inside)
}

/// The words in back-ticks of the first cells of a table.
fn first_cells(section: &str) -> BTreeSet<String> {
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `"));
    let cells = cells.filter_map(|row| row.split(" | ").next());
    cells
        .flat_map(|cell| words(&format!("`{cell}")).collect::<Vec<_>>())
        .collect()
}

/// The words in back-ticks of a text.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split('`').skip(1).step_by(2).map(ToOwned::to_owned)
}

fn keys(row: &Value) -> BTreeSet<String> {
    row.as_object()
        .into_iter()
        .flatten()
        .map(|(key, _)| key.clone())
        .collect()
}

fn same(what: &str, there: &BTreeSet<String>, told: &BTreeSet<String>) -> Result<(), Failed> {
    let differing: Vec<_> = there.symmetric_difference(told).collect();
    ensure(differing.is_empty() && !there.is_empty(), || {
        format!("{what}: the page and the templates differ in {differing:?}")
    })
}
