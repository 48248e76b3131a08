//! Any bytes go in as the text of a specification; nothing may panic on the way out.
//!
//! The whole road is taken: reading, checking, the report for people, every view, and its
//! Mermaid picture.

#![no_main]

use archviz::diagnostic::render::{Options, Report, find_report_format};
use archviz::graph::ArchGraph;
use archviz::pipeline::{self, Request};
use archviz::render::Templates;
use archviz::source::Workspace;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let workspace = Workspace::of_text("fuzz.yaml", &String::from_utf8_lossy(bytes));
    report(&workspace);
    draw(&workspace);
});

fn report(workspace: &Workspace) {
    let Ok((sources, diagnostics)) = pipeline::checked(workspace, &[]) else {
        return;
    };
    let report = Report {
        diagnostics: &diagnostics,
        sources: &sources,
        options: Options::default(),
    };
    if let Some(format) = find_report_format("human") {
        (format.render)(&report);
    }
}

fn draw(workspace: &Workspace) {
    let Ok((sources, mut out)) = pipeline::load(workspace) else {
        return;
    };
    let model = pipeline::analyze(&sources, &mut out);
    if out.has_errors() {
        return;
    }
    let graph = ArchGraph::build(&model);
    let shown = pipeline::views(&model, &graph, &[], &mut out);
    let request = Request {
        formats: vec!["mermaid".to_owned()],
        ..Request::default()
    };
    let pictures = pipeline::render(&model, &shown, &Templates::new(None), &request, &mut out);
    assert!(pictures.is_ok(), "a valid specification has pictures: {pictures:?}");
}
