//! Laws: any specification that the generator makes checks with findings or renders in all
//! formats; nothing panics on any bytes; every rule runs over every case.

use std::path::PathBuf;

use archviz::pipeline::{self, Request};
use archviz::render::{FORMATS, Templates};
use archviz::source::Workspace;
use libtest_mimic::{Failed, Trial};
use proptest::prelude::{Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::case::{folders, root};
use crate::finished;
use crate::hostile;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test(
            "properties::any_generated_specification_has_findings_or_renders",
            generated,
        ),
        Trial::test("properties::no_bytes_make_the_program_panic", any_bytes),
        Trial::test("properties::every_rule_runs_over_every_case", every_case),
    ]
}

/// Checks, and renders everything if there are no errors.
fn run(text: &str) -> Result<(), String> {
    let workspace = Workspace::of_text("architecture.yaml", text);
    let (sources, mut out) = pipeline::load(&workspace).map_err(|error| error.to_string())?;
    let model = pipeline::analyze(&sources, &mut out);
    pipeline::lint(&model, &mut out);
    if out.has_errors() {
        return Ok(());
    }
    let graph = archviz::graph::ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &[], &mut out);
    // Pixels take long, and come of what `svg` writes.
    let names = FORMATS.iter().map(|format| format.name);
    let request = Request {
        formats: names
            .filter(|name| *name != "png")
            .map(str::to_owned)
            .collect(),
        ..Request::default()
    };
    let artifacts = pipeline::render(&model, &shown, &Templates::new(None), &request, &mut out)
        .map_err(|error| format!("{error:#}"))?;
    for (name, svg) in finished::pictures(&artifacts) {
        let faults = finished::faults(svg);
        if !faults.is_empty() {
            return Err(format!("{name}: {}", faults.join("; ")));
        }
    }
    Ok(())
}

fn law<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
    cases: u32,
    test: impl Fn(T) -> Result<(), String>,
) -> Result<(), Failed> {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&strategy, |value| test(value).map_err(TestCaseError::fail));
    result.map_err(|error| error.to_string().into())
}

/// One line of a generated specification, right or slightly wrong.
fn component() -> impl Strategy<Value = String> {
    let label = proptest::sample::select(hostile::labels());
    let kind = proptest::sample::select(vec![
        "service",
        "broker",
        "database",
        "person",
        "connector",
        "external",
        "nonsense",
    ]);
    let extra = proptest::sample::select(vec![
        "",
        ", ports: [80, {port: 99999, name: x}]",
        ", consumes: [\"*\"]",
        ", publishes: [t1, \"t*\"]",
        ", parent: c0",
        ", deployment: container",
        ", deprecated: {since: 1, use: c1}",
        ", tags: [a, b]",
        ", links: {l: \"https://x.y\"}",
        ", operations: {c1: [SELECT 1]}",
        ", api_calls: {c2: [GET /x]}",
        ", aliases: [alias1]",
        ", owner: team",
        ", colour: red",
    ]);
    (label, kind, 0..4usize, extra).prop_map(|(label, kind, layer, extra)| {
        format!(
            "{{ name: {}, kind: {kind}, layer: l{layer}{extra} }}",
            hostile::quoted(&label)
        )
    })
}

fn specification() -> impl Strategy<Value = String> {
    let components = proptest::collection::vec(component(), 1..8);
    let label = || proptest::sample::select(hostile::labels());
    let flows = proptest::collection::vec((0..9usize, 0..9usize, label(), any::<bool>()), 0..10);
    let topics = proptest::collection::vec((0..9usize, 0..9usize), 0..4);
    let view = proptest::sample::select(vec![
        "",
        "views:\n  v: { include: [layer:l0, \"neighbors(c1, 2)\"], topics: nodes }\n",
        "views:\n  v: { collapse: layers }\n",
        "views:\n  v: { topics: direct, direction: right, exclude: [c0] }\n",
        "views:\n  v: { collapse: parents, include: [\"*\"] }\n",
    ]);
    (components, flows, topics, view, label()).prop_map(|(components, flows, topics, view, name)| {
        let mut text = format!("archviz: 1\nname: {}\nlayers: {{ l0: A, l1: B, l2: C }}\ncomponents:\n", hostile::quoted(&name));
        for (index, component) in components.iter().enumerate() {
            text.push_str(&format!("  c{index}: {component}\n"));
        }
        text.push_str("flows:\n");
        for (from, to, label, is_async) in &flows {
            text.push_str(&format!("  - {{ from: c{from}, to: c{to}, label: {}, async: {is_async} }}\n", hostile::quoted(label)));
        }
        text.push_str("topics:\n");
        for (index, (producer, consumer)) in topics.iter().enumerate() {
            text.push_str(&format!("  t{index}: {{ broker: c0, producers: [c{producer}], consumers: [c{consumer}] }}\n"));
        }
        text.push_str("scenarios:\n  s:\n    steps:\n");
        for (from, to, ..) in flows.iter().take(3) {
            text.push_str(&format!("      - c{from} -> c{to}\n"));
        }
        text.push_str("      - publish: { from: c0, topic: t0 }\n      - note: { on: c0, text: x }\n");
        text + view
    })
}

fn generated() -> Result<(), Failed> {
    law(specification(), 256, |text| {
        run(&text).map_err(|error| format!("{error}\n{text}"))
    })
}

fn any_bytes() -> Result<(), Failed> {
    let platform = std::fs::read_to_string(root("tests/data/finding/architecture.yaml"))?;
    let edited = (any::<proptest::sample::Index>(), "\\PC{0,12}", 0..30usize).prop_map(
        move |(at, piece, cut)| {
            let chars: Vec<char> = platform.chars().collect();
            let at = at.index(chars.len());
            let end = (at + cut).min(chars.len());
            chars[..at]
                .iter()
                .copied()
                .chain(piece.chars())
                .chain(chars[end..].iter().copied())
                .collect::<String>()
        },
    );
    let bytes = proptest::collection::vec(any::<u8>(), 0..200)
        .prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    law(prop_oneof![edited, bytes], 1024, |text| run(&text))
}

/// All rules over all cases and examples: no rule may panic on another's case.
fn every_case() -> Result<(), Failed> {
    let mut mains: Vec<PathBuf> = crate::examples::main_files();
    let cases = folders(&root("tests/cases/rules"))
        .into_iter()
        .flat_map(|rule| folders(&rule));
    mains.extend(cases.map(|case| case.join("architecture.yaml")));
    for main in mains {
        pipeline::findings(&Workspace::on_disk(&main))?;
    }
    Ok(())
}
