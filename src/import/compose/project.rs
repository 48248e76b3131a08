//! The files of a compose project: several `-f`, `include`, `extends`, `.env`.
//!
//! In: the files that were named. Out: every service, whole. Refuses to know: what the
//! keys of a service say about architecture.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::merge::{merge, normalize};
use super::variables::{self, Variables};
use crate::diagnostic::{
    Diagnostic, IMPORT_CONFLICT, IMPORT_CYCLE, IMPORT_MALFORMED, IMPORT_UNKNOWN_NAME, did_you_mean,
};
use crate::import::reader::{Document, Input, Reader};
use crate::import::value::{Data, Entry, Value};
use crate::source::{SourceId, Span};

/// Files include each other, and services extend each other, at most this deep.
const MAX_DEPTH: usize = 32;
/// Files and services that are merged into others at most, in one project.
const MAX_STEPS: usize = 20_000;

/// A service with everything merged into it.
pub(super) struct Service {
    pub(super) name: String,
    pub(super) name_span: Span,
    pub(super) value: Value,
    /// The file that defines it first.
    pub(super) input: Input,
    /// The variables of its project.
    pub(super) variables: Rc<Variables>,
}

/// A project as a whole.
#[derive(Default)]
pub(super) struct Project {
    pub(super) name: Option<(String, Span)>,
    pub(super) services: Vec<Service>,
    /// Variables that are not set, each with the first place that needs it.
    pub(super) unset: BTreeMap<String, Span>,
}

/// Reads the files of one project.
pub(super) fn load(reader: &mut Reader<'_>, inputs: &[Input]) -> Project {
    let mut loader = Loader {
        reader,
        project: Project::default(),
        including: inputs.iter().map(|input| input.name.clone()).collect(),
        known: BTreeMap::new(),
        extended: BTreeMap::new(),
        steps: 0,
    };
    loader.files(inputs);
    loader.project
}

struct Loader<'l, 'r> {
    reader: &'l mut Reader<'r>,
    project: Project,
    including: Vec<String>,
    known: BTreeMap<String, usize>,
    /// Files that services extend, by name, for the project that is being read.
    extended: BTreeMap<String, Option<Rc<File>>>,
    steps: usize,
}

/// One file of a project with its variables filled in.
struct File {
    input: Input,
    id: SourceId,
    root: Value,
}

impl Loader<'_, '_> {
    /// Files that lie on each other, as with several `-f`.
    fn files(&mut self, inputs: &[Input]) {
        let Some(first) = inputs.first() else { return };
        let variables = Rc::new(self.variables_beside(first));
        let outer = std::mem::take(&mut self.extended);
        let mut services: Vec<Service> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for input in inputs {
            let Some(file) = self.file(input, &variables) else {
                continue;
            };
            self.name(&file);
            self.includes(&file);
            for entry in self.services_of(&file) {
                let chain = vec![(file.input.name.clone(), entry.key.clone())];
                let value = self.extended(&file, &entry.value, &variables, &chain);
                if let Some(at) = places.get(&entry.key).copied() {
                    let known = &mut services[at];
                    let empty = Value {
                        span: value.span,
                        data: Data::Null,
                    };
                    let base = std::mem::replace(&mut known.value, empty);
                    known.value = merge(base, value, self.reader.sources);
                } else {
                    places.insert(entry.key.clone(), services.len());
                    services.push(Service {
                        name: entry.key,
                        name_span: entry.key_span,
                        value,
                        input: file.input.clone(),
                        variables: Rc::clone(&variables),
                    });
                }
            }
        }
        for service in services {
            self.add(service);
        }
        self.extended = outer;
    }

    /// Included projects can't override each other.
    fn add(&mut self, service: Service) {
        match self.known.get(&service.name).copied() {
            None => {
                let at = self.project.services.len();
                self.known.insert(service.name.clone(), at);
                self.project.services.push(service);
            }
            Some(at) => {
                let known = &self.project.services[at];
                if known.value != service.value {
                    self.reader.out.push(conflict(&service, known));
                }
            }
        }
    }

    fn variables_beside(&mut self, input: &Input) -> Variables {
        let Some(id) = self.reader.optional_text(input, ".env") else {
            return Variables::new();
        };
        variables::pairs(&self.reader.sources.file(id).text)
    }

    fn file(&mut self, input: &Input, variables: &Variables) -> Option<File> {
        let document = self.reader.open(input)?;
        self.of_document(input.clone(), document, variables)
    }

    fn of_document(
        &mut self,
        input: Input,
        document: Document,
        variables: &Variables,
    ) -> Option<File> {
        let Some(mut root) = document.values.into_iter().next() else {
            self.reader.out.push(empty(&document.name, document.id));
            return None;
        };
        if !root.is_map() {
            if !root.is_null() {
                self.reader.out.push(no_mapping("a compose file", &root));
            }
            return None;
        }
        self.fill(&mut root, variables);
        Some(File {
            input,
            id: document.id,
            root,
        })
    }

    /// Fills in the variables of every text below a value.
    fn fill(&mut self, value: &mut Value, variables: &Variables) {
        match &mut value.data {
            Data::Text { text, .. } if text.contains('$') => {
                let filled = variables::fill(text, variables);
                for name in filled.unset {
                    self.project.unset.entry(name).or_insert(value.span);
                }
                *text = filled.text;
            }
            Data::List(items) => {
                for item in items {
                    self.fill(item, variables);
                }
            }
            Data::Map(entries) => {
                for entry in entries {
                    self.fill(&mut entry.value, variables);
                }
            }
            _ => {}
        }
    }

    fn name(&mut self, file: &File) {
        let name = file.root.get("name");
        if let Some((text, value)) = name.and_then(|name| Some((name.text()?, name)))
            && !text.contains(crate::import::UNKNOWN)
        {
            self.project.name = Some((text.to_owned(), value.span));
        }
    }

    /// The services of a file, lists made mappings; in files of the first version, the top level.
    fn services_of(&mut self, file: &File) -> Vec<Entry> {
        let Some(services) = file.root.get("services") else {
            return first_version(&file.root);
        };
        if !services.is_map() && !services.is_null() {
            self.reader.out.push(no_mapping("`services`", services));
        }
        let mut found = Vec::new();
        for entry in services.entries() {
            if entry.key.starts_with("x-") {
                continue;
            }
            if !entry.value.is_map() && !entry.value.is_null() {
                let what = format!("service `{}`", entry.key);
                self.reader.out.push(no_mapping(&what, &entry.value));
                continue;
            }
            found.push(Entry {
                value: normalize(entry.value.clone()),
                ..entry.clone()
            });
        }
        found
    }

    fn includes(&mut self, file: &File) {
        let Some(include) = file.root.get("include") else {
            return;
        };
        for item in include.one_or_many() {
            let paths = item.get("path").unwrap_or(item);
            let mut inputs = Vec::new();
            for path in paths.one_or_many() {
                let Some(text) = path.text() else {
                    self.reader.out.push(no_path(path));
                    continue;
                };
                inputs.extend(self.included(file, text, path.span));
            }
            self.including
                .extend(inputs.iter().map(|input| input.name.clone()));
            self.files(&inputs);
            self.including.truncate(self.including.len() - inputs.len());
        }
    }

    fn included(&mut self, file: &File, path: &str, span: Span) -> Option<Input> {
        let (input, _) = self.reader.open_beside(&file.input, file.id, path, span)?;
        let is_open = input.name == file.input.name || self.including.contains(&input.name);
        if is_open || self.including.len() >= MAX_DEPTH || !self.step() {
            self.reader
                .out
                .push(circle(&format!("`{path}` includes"), span));
            return None;
        }
        Some(input)
    }

    /// A file that services extend; read once, however many do.
    fn extended_file(
        &mut self,
        file: &File,
        path: &str,
        span: Span,
        variables: &Variables,
    ) -> Option<Rc<File>> {
        let name = file.input.workspace.beside(&file.input.name, path).ok();
        if let Some(known) = name.as_ref().and_then(|name| self.extended.get(name)) {
            return known.clone();
        }
        let opened = self
            .reader
            .open_beside(&file.input, file.id, path, span)
            .and_then(|(input, document)| self.of_document(input, document, variables))
            .map(Rc::new);
        if let Some(name) = name {
            self.extended.insert(name, opened.clone());
        }
        opened
    }

    fn step(&mut self) -> bool {
        self.steps += 1;
        self.steps <= MAX_STEPS
    }

    /// A service with what it extends below it.
    fn extended(
        &mut self,
        file: &File,
        service: &Value,
        variables: &Variables,
        chain: &[(String, String)],
    ) -> Value {
        let Some(extends) = service.get("extends") else {
            return service.clone();
        };
        let stated = extends.get("service").unwrap_or(extends);
        let Some(name) = stated.text().map(ToOwned::to_owned) else {
            self.reader.out.push(no_path(extends));
            return service.clone();
        };
        let name_span = stated.span;
        let stated = extends.get("file");
        let other = match stated.and_then(|path| Some((path.text()?, path.span))) {
            None => None,
            Some((path, span)) => match self.extended_file(file, path, span, variables) {
                Some(other) => Some(other),
                None => return service.clone(),
            },
        };
        let home = other.as_deref().unwrap_or(file);
        let link = (home.input.name.clone(), name.clone());
        if chain.contains(&link) || chain.len() >= MAX_DEPTH || !self.step() {
            let what = format!("service `{name}` extends");
            self.reader.out.push(circle(&what, name_span));
            return service.clone();
        }
        let services = home.root.get("services").unwrap_or(&home.root);
        let Some(base) = services
            .get(&name)
            .filter(|base| base.is_map() || base.is_null())
        else {
            let known = services.entries().iter().map(|entry| entry.key.as_str());
            self.reader
                .out
                .push(unknown_service(&name, name_span, known));
            return service.clone();
        };
        let base = normalize(base.clone());
        let longer: Vec<_> = chain.iter().cloned().chain([link]).collect();
        let base = self.extended(home, &base, variables, &longer);
        merge(base, service.clone(), self.reader.sources)
    }
}

/// Files without `services` list them at the top, as the first version of the format did.
fn first_version(root: &Value) -> Vec<Entry> {
    let is_service =
        |entry: &&Entry| entry.value.get("image").is_some() || entry.value.get("build").is_some();
    root.entries()
        .iter()
        .filter(is_service)
        .map(|entry| Entry {
            value: normalize(entry.value.clone()),
            ..entry.clone()
        })
        .collect()
}

fn empty(name: &str, file: SourceId) -> Diagnostic {
    let start = Span {
        file,
        start: 0,
        end: 0,
    };
    Diagnostic::new(IMPORT_MALFORMED, format!("`{name}` is empty"), start, "")
        .help("give a file with `services:`")
}

pub(super) fn no_mapping(what: &str, value: &Value) -> Diagnostic {
    let message = format!(
        "{what} is {}, not a mapping, so it was left out",
        value.shape()
    );
    Diagnostic::new(IMPORT_MALFORMED, message, value.span, "")
        .help("write `key: value` lines below it")
}

fn no_path(value: &Value) -> Diagnostic {
    let message = format!("a name is expected here, not {}", value.shape());
    Diagnostic::new(IMPORT_MALFORMED, message, value.span, "").help("write the name as a text")
}

fn circle(what: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        IMPORT_CYCLE,
        format!("{what} itself in the end, so it was left out here"),
        span,
        "",
    )
    .help("break the circle")
}

fn unknown_service<'k>(name: &str, span: Span, known: impl Iterator<Item = &'k str>) -> Diagnostic {
    let help = did_you_mean(name, known).map(|meant| format!("did you mean `{meant}`?"));
    Diagnostic::new(
        IMPORT_UNKNOWN_NAME,
        format!("there is no service `{name}` to extend"),
        span,
        "",
    )
    .maybe_help(help.or(Some("name a service of that file".into())))
}

fn conflict(service: &Service, known: &Service) -> Diagnostic {
    let name = &service.name;
    Diagnostic::new(
        IMPORT_CONFLICT,
        format!("service `{name}` is defined in two included files; the first one was taken"),
        service.name_span,
        "",
    )
    .also(known.name_span, "first defined here")
    .help("give one of them another name")
}
