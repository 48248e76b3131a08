//! The road of an importer: any bytes in as a source; the specification must be well-formed.

use std::collections::BTreeMap;
use std::rc::Rc;

use archviz::diagnostic::{Diagnostics, Severity};
use archviz::import::{self, Request, Style, find_importer};
use archviz::pipeline;
use archviz::source::{Sources, Workspace};

/// Imports the bytes as a file of this kind; what is written must have no errors.
pub fn import(kind: &str, name: &str, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let files = BTreeMap::from([(name.to_owned(), text)]);
    let workspace = Rc::new(Workspace::Memory {
        main: name.to_owned(),
        files,
    });
    let Some(importer) = find_importer(kind) else {
        return;
    };
    let request = Request {
        importer,
        files: vec![(name.to_owned(), workspace)],
    };
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let imported = import::import(&[request], &mut sources, &mut out);
    import::json(&imported, &sources);
    let style = Style {
        name: "Fuzz",
        folder: "",
    };
    let Ok(text) = pipeline::specification(&imported, &sources, style) else {
        return;
    };
    let Ok((_, findings)) = pipeline::findings(&Workspace::of_text("imported.yaml", &text)) else {
        return;
    };
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<String> = errors.map(|finding| finding.message.clone()).collect();
    assert!(errors.is_empty(), "{errors:?}\n{text}");
}
