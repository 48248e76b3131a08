//! Any bytes go in as a file of one kind; nothing may panic on the way to a specification and
//! to the comparison of that specification with the file.

use std::rc::Rc;

use archviz::diagnostic::Diagnostics;
use archviz::drift::Day;
use archviz::import::{self, Request, find_importer};
use archviz::pipeline::{self, DriftRequest};
use archviz::source::{Sources, Workspace};

/// Imports a file of this name, and compares the result with it.
pub fn read(kind: &str, name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let request = || {
        let workspace = Rc::new(Workspace::of_text(name, &text));
        find_importer(kind).map(|importer| Request {
            importer,
            files: vec![(name.to_owned(), workspace)],
        })
    };
    let mut sources = Sources::default();
    let Some(asked) = request() else {
        return;
    };
    let mut out = Diagnostics::default();
    let imported = import::import(&[asked], &mut sources, &mut out);
    let style = import::Style {
        name: "Fuzz",
        folder: "",
    };
    let Ok(specification) = pipeline::specification(&imported, &sources, style) else {
        return;
    };
    let workspace = Rc::new(Workspace::of_text("architecture.yaml", &specification));
    let Some(today) = Day::read("2026-06-15") else {
        return;
    };
    let compared = pipeline::drift(
        &workspace,
        DriftRequest {
            sources: request().into_iter().collect(),
            environment: None,
            today,
            overrides: &[],
        },
    );
    assert!(compared.is_ok(), "a specification in memory can be read");
}
