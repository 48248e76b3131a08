//! Importers: what exists in files of the real system, as a model with evidence.
//!
//! In: a kind and files. Out: one joined [`Imported`] with findings for what was left out,
//! and the text of a specification. Refuses to know: the command line, and how a
//! specification is compared with what was found.
//!
//! An importer is one file or folder here and one row in [`IMPORTERS`].

mod address;
mod asyncapi;
mod backstage;
mod calm;
mod compose;
mod connect;
mod describe;
mod duration;
mod fit;
mod join;
mod json;
mod kubernetes;
mod likec4;
mod model;
mod openapi;
mod parts;
mod reader;
mod reference;
mod scrub;
mod settings;
mod stated;
mod structurizr;
mod talk;
mod technology;
mod value;
mod words;
mod write;

pub use json::json;
pub use model::{
    Address, Component, Confidence, End, Evidence, Fact, Flow, Imported, Origin, Party, Port,
    Topic, Unknown,
};

pub(crate) use technology::{Place, place_of};
pub(crate) use write::{
    Draft, Entry, Existing, FlowEntry, Ids, STATED as IMPORTED_FLOWS, draft_beside, reason_of_open,
};
pub use write::{Style, specification, title};

use std::rc::Rc;

/// Stands in texts where a part is not known, such as a variable that is not set. It is a
/// character for private use, so no source holds it.
const UNKNOWN: char = '\u{e000}';

use crate::diagnostic::Diagnostics;
use crate::source::{Sources, Workspace};

pub(crate) use reader::{Input, Reader};

/// A kind of source.
#[derive(Debug)]
pub struct Importer {
    /// The word on the command line and in `sources:`.
    pub kind: &'static str,
    /// Names of the files it takes from a folder, as globs without folders.
    pub patterns: &'static [&'static str],
    /// One sentence without a full stop.
    pub summary: &'static str,
    /// The keys of a component's `source:` that name the file and the part in it.
    pub source_keys: Option<(&'static str, Option<&'static str>)>,
    /// Reads files of this kind. All files of one call belong together.
    pub(crate) read: fn(&mut Reader<'_>, &[Input]) -> Imported,
}

/// Every importer, by the word for it.
pub const IMPORTERS: &[Importer] = &[
    Importer {
        kind: "asyncapi",
        patterns: &["*asyncapi*.y*ml", "*asyncapi*.json"],
        summary: "AsyncAPI 2 and 3 documents, with what they refer to in other files",
        source_keys: Some(("asyncapi", None)),
        read: asyncapi::read,
    },
    Importer {
        kind: "backstage",
        patterns: &["catalog-info*.y*ml"],
        summary: "Backstage catalogs: components, APIs, resources and systems",
        source_keys: Some(("backstage", Some("element"))),
        read: backstage::read,
    },
    Importer {
        kind: "calm",
        patterns: &["*.calm.json", "*.architecture.json", "*.arch.json"],
        summary: "CALM architectures of FINOS",
        source_keys: Some(("calm", Some("element"))),
        read: calm::read,
    },
    Importer {
        kind: "connect",
        patterns: &["*.json", "*.properties"],
        summary: "Kafka Connect connectors, with the topics that follow from tables and transforms",
        source_keys: Some(("connect", Some("connector"))),
        read: connect::read,
    },
    Importer {
        kind: "compose",
        patterns: &["compose*.y*ml", "docker-compose*.y*ml"],
        summary: "Docker Compose files; several files of one call are merged as `-f` does",
        source_keys: Some(("compose", Some("service"))),
        read: compose::read,
    },
    Importer {
        kind: "kubernetes",
        patterns: &["*.yaml", "*.yml", "*.json"],
        summary: "Kubernetes manifests, with routes, ConfigMaps and the objects of Strimzi",
        source_keys: Some(("kubernetes", Some("workload"))),
        read: kubernetes::read,
    },
    Importer {
        kind: "likec4",
        patterns: &["likec4*.json"],
        summary: "LikeC4 models, as `likec4 export json` writes them",
        source_keys: Some(("likec4", Some("element"))),
        read: likec4::read,
    },
    Importer {
        kind: "openapi",
        patterns: &[
            "openapi*.y*ml",
            "openapi*.json",
            "swagger*.y*ml",
            "swagger*.json",
        ],
        summary: "OpenAPI documents: who provides an API, and where",
        source_keys: Some(("openapi", None)),
        read: openapi::read,
    },
    Importer {
        kind: "structurizr",
        patterns: &["workspace.json"],
        summary: "Structurizr workspaces in JSON",
        source_keys: Some(("structurizr", Some("element"))),
        read: structurizr::read,
    },
];

/// The importer of a kind.
pub fn find_importer(kind: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.kind == kind)
}

/// Files of one kind that belong together.
#[derive(Debug)]
pub struct Request {
    /// What reads them.
    pub importer: &'static Importer,
    /// Their names, and the folder that they may name files of.
    pub files: Vec<(String, Rc<Workspace>)>,
}

/// Reads every request and joins the results. What could not be read is a finding.
pub fn import(requests: &[Request], sources: &mut Sources, out: &mut Diagnostics) -> Imported {
    let mut parts = Vec::new();
    for request in requests {
        let inputs: Vec<Input> = request
            .files
            .iter()
            .map(|(name, workspace)| Input {
                name: name.clone(),
                workspace: Rc::clone(workspace),
            })
            .collect();
        let mut reader = Reader::new(sources, out);
        parts.push((request.importer.read)(&mut reader, &inputs));
    }
    scrub::scrub(fit::fit(join::join(parts, out), out), out)
}

/// Names of products of a kind.
pub(crate) fn products(kind: Option<crate::model::Kind>) -> Vec<&'static str> {
    let rows = technology::TECHNOLOGIES.iter();
    rows.filter(|row| Some(row.kind) == kind)
        .map(|row| row.name)
        .collect()
}
