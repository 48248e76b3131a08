//! Reads the files of importers, within limits.
//!
//! In: names of files. Out: their documents as values, and findings for what could not be
//! read. Refuses to know: what any document means. Files that a document names are read
//! only below the folder that the import may see.

use std::collections::BTreeMap;

use super::value::{Budget, Value};
use crate::diagnostic::{
    Diagnostic, Diagnostics, IMPORT_CONFLICT, IMPORT_OUTSIDE, IMPORT_TOO_LARGE, IMPORT_UNREADABLE,
    YAML_SYNTAX,
};
use crate::source::{SourceId, Sources, Span, Workspace};

/// Values of one file at most, aliases and merge keys expanded.
const MAX_VALUES: usize = 4_000_000;
/// A file may mean this many times more values than it has bytes, at least `SMALL`.
const SMALL: usize = 200_000;
/// Files of one import at most.
const MAX_FILES: usize = 20_000;
/// Bytes of one file at most.
const MAX_BYTES: usize = 64 << 20;

/// One file that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Input {
    /// Its name as the user would write it.
    pub(crate) name: String,
    /// The folder that it may name files of, and the file itself.
    pub(crate) workspace: std::rc::Rc<Workspace>,
}

/// A file that was read.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) id: SourceId,
    /// Its name.
    pub(crate) name: String,
    /// One value for each document in it; several in a Kubernetes manifest.
    pub(crate) values: Vec<Value>,
}

/// Reads files and collects what is wrong with them.
pub(crate) struct Reader<'r> {
    pub(crate) sources: &'r mut Sources,
    pub(crate) out: &'r mut Diagnostics,
    read: BTreeMap<String, SourceId>,
}

impl<'r> Reader<'r> {
    pub(crate) fn new(sources: &'r mut Sources, out: &'r mut Diagnostics) -> Self {
        Self {
            sources,
            out,
            read: BTreeMap::new(),
        }
    }

    /// The documents of a file; what can't be read is a finding.
    pub(crate) fn open(&mut self, input: &Input) -> Option<Document> {
        self.open_named(&input.workspace, &input.name, None)
    }

    /// The text of a file that is not YAML.
    pub(crate) fn plain_text(&mut self, input: &Input) -> Option<SourceId> {
        let text = self.text(&input.workspace, &input.name, None)?;
        Some(self.sources.add_plain(input.name.clone(), text))
    }

    /// The documents of a file that another one names at `span`.
    pub(crate) fn open_beside(
        &mut self,
        input: &Input,
        from: SourceId,
        path: &str,
        span: Span,
    ) -> Option<(Input, Document)> {
        let name = self.name_beside(input, from, path, span)?;
        let beside = Input {
            name: name.clone(),
            workspace: input.workspace.clone(),
        };
        let document = self.open_named(&input.workspace, &name, Some(span))?;
        Some((beside, document))
    }

    /// The text of a file that another one names, for formats that are not YAML.
    pub(crate) fn text_beside(
        &mut self,
        input: &Input,
        from: SourceId,
        path: &str,
        span: Span,
    ) -> Option<SourceId> {
        let name = self.name_beside(input, from, path, span)?;
        let text = self.text(&input.workspace, &name, Some(span))?;
        Some(self.sources.add_plain(name, text))
    }

    /// The text of a file that may be there, beside another one.
    pub(crate) fn optional_text(&mut self, input: &Input, path: &str) -> Option<SourceId> {
        let name = input.workspace.beside(&input.name, path).ok()?;
        let text = input.workspace.read(&name).ok()?;
        Some(self.sources.add_plain(name, text))
    }

    fn name_beside(
        &mut self,
        input: &Input,
        from: SourceId,
        path: &str,
        span: Span,
    ) -> Option<String> {
        let from = self.sources.file(from).name.clone();
        let Ok(name) = input.workspace.beside(&from, path) else {
            self.out.push(outside(path, span));
            return None;
        };
        Some(name)
    }

    fn text(&mut self, workspace: &Workspace, name: &str, span: Option<Span>) -> Option<String> {
        let text = match workspace.read(name) {
            Ok(text) if text.len() <= MAX_BYTES => text,
            Ok(text) => {
                let problem = format!(
                    "`{name}` has {} bytes; at most {MAX_BYTES} are read",
                    text.len()
                );
                self.fail(name, span, &problem);
                return None;
            }
            Err(error) => {
                self.fail(name, span, &format!("{error:#}"));
                return None;
            }
        };
        if self.read.len() >= MAX_FILES {
            self.fail(
                name,
                span,
                &format!("more than {MAX_FILES} files are not read"),
            );
            return None;
        }
        Some(text)
    }

    fn fail(&mut self, name: &str, span: Option<Span>, problem: &str) {
        let span = span.unwrap_or_else(|| self.start_of(name));
        self.out.push(unreadable(problem, span));
    }

    /// A place in a file that can't be read: its first byte.
    fn start_of(&mut self, name: &str) -> Span {
        let file = self.sources.add_plain(name, "");
        Span {
            file,
            start: 0,
            end: 0,
        }
    }

    fn open_named(
        &mut self,
        workspace: &Workspace,
        name: &str,
        span: Option<Span>,
    ) -> Option<Document> {
        let id = if let Some(id) = self.read.get(name) {
            *id
        } else {
            let text = self.text(workspace, name, span)?;
            let id = self.sources.add_documents(name, text);
            self.read.insert(name.to_owned(), id);
            self.report_syntax(id);
            id
        };
        let mut budget = Budget::new((self.sources.file(id).text.len() + SMALL).min(MAX_VALUES));
        let values: Result<Vec<Value>, _> = self
            .sources
            .roots(id)
            .map(|root| Value::of(root, &mut budget))
            .collect();
        budget.repeated.sort_unstable();
        budget.repeated.dedup();
        for (key, first) in &budget.repeated {
            self.out
                .push(repeated(self.sources.slice(*key), *key, *first));
        }
        let Ok(values) = values else {
            self.out.push(too_large(name, id));
            return None;
        };
        Some(Document {
            id,
            name: name.to_owned(),
            values,
        })
    }

    fn report_syntax(&mut self, id: SourceId) {
        for error in &self.sources.file(id).syntax_errors {
            let offset = |at| u32::try_from(at).unwrap_or(u32::MAX);
            let span = Span {
                file: id,
                start: offset(error.start),
                end: offset(error.end),
            };
            let help = error.help.as_ref().map(ToString::to_string);
            self.out.push(
                Diagnostic::new(YAML_SYNTAX, error.message.clone(), span, "").maybe_help(help),
            );
        }
    }
}

fn outside(path: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        IMPORT_OUTSIDE,
        format!("`{path}` leaves the folder that is imported, so it was left out"),
        span,
        "",
    )
    .help("run the import in a folder that holds both files")
}

fn unreadable(problem: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        IMPORT_UNREADABLE,
        format!("{problem}, so it was left out"),
        span,
        "",
    )
    .help("check the path; files are UTF-8")
}

fn repeated(key: &str, span: Span, first: Span) -> Diagnostic {
    let key = key.trim_matches(['"', '\'']);
    Diagnostic::new(
        IMPORT_CONFLICT,
        format!("key `{key}` is there twice in one mapping; the last one was taken"),
        span,
        "",
    )
    .also(first, "the first one")
    .help("keep one of them")
}

fn too_large(name: &str, id: SourceId) -> Diagnostic {
    let start = Span {
        file: id,
        start: 0,
        end: 0,
    };
    Diagnostic::new(
        IMPORT_TOO_LARGE,
        format!("`{name}` means more values than are read, so it was left out"),
        start,
        "",
    )
    .help("its aliases repeat each other; write out what is meant")
}
