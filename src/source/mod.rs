//! Texts with places: files go in, spans and line/column locations come out.
//!
//! In: names and texts of files. Out: [`Sources`], each file with its syntax tree.
//! Refuses to know: what any key means, and how a finding is shown.

mod comment;
mod git;
mod lines;
mod plain;
mod revision;
#[cfg(test)]
mod tests;
mod tree;
mod workspace;
mod yaml;

pub(crate) use comment::{Comment, comments};
pub(crate) use git::{FileChange, Repository};
pub(crate) use revision::Found;
pub use revision::Revision;
pub use tree::{Node, NodeKind};
pub(crate) use tree::{Tree, TreeBuilder};
pub(crate) use workspace::Refusal;
pub use workspace::Workspace;
use yaml::Documents;
pub(crate) use yaml::SyntaxError;

use lines::Lines;

/// Longest accepted file, in bytes. Spans are 32-bit.
pub const MAX_FILE_BYTES: usize = 512 << 20;

/// Names one file of a [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(pub(crate) u32);

/// A half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the bytes are in.
    pub file: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A 1-based line and column; the column counts Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Location {
    /// 1-based line.
    pub line: usize,
    /// 1-based column in code points.
    pub column: usize,
}

/// What a file is to a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A part of the specification.
    Specification,
    /// A file of the real system.
    Reality,
}

/// One text with the tree that was read from it.
#[derive(Debug)]
pub struct SourceFile {
    /// The name shown to people: a path relative to where the program runs.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    pub(crate) tree: Tree,
    pub(crate) syntax_errors: Vec<SyntaxError>,
    role: Role,
    lines: Lines,
}

/// All files of one run. Everything that is read from them borrows from here.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Parses `text` and keeps it under `name`.
    pub fn add(&mut self, name: impl Into<String>, text: impl Into<String>) -> SourceId {
        self.keep(SourceFile::parse(
            name.into(),
            text.into(),
            Documents::One,
            Role::Specification,
        ))
    }

    /// Parses a text that may hold several documents, and keeps it under `name`.
    pub(crate) fn add_documents(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> SourceId {
        self.keep(SourceFile::parse(
            name.into(),
            text.into(),
            Documents::Many,
            Role::Reality,
        ))
    }

    /// Keeps a text that is not YAML, such as a file of settings, under `name`.
    pub(crate) fn add_plain(
        &mut self,
        name: impl Into<String>,
        text: impl Into<String>,
    ) -> SourceId {
        self.keep(SourceFile {
            name: name.into(),
            text: text.into(),
            tree: Tree::default(),
            syntax_errors: Vec::new(),
            role: Role::Reality,
            lines: Lines::default(),
        })
    }

    fn keep(&mut self, file: SourceFile) -> SourceId {
        let id = SourceId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(file);
        id
    }

    /// The file that `id` names.
    pub fn file(&self, id: SourceId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file with its id, in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        (0..).map(SourceId).zip(&self.files)
    }

    /// The files of the specification, without those of the real system.
    pub(crate) fn specification(&self) -> impl Iterator<Item = (SourceId, &SourceFile)> {
        self.files()
            .filter(|(_, file)| file.role == Role::Specification)
    }

    /// The text under `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.range()).unwrap_or("")
    }

    /// The location of a span's first byte.
    pub fn start(&self, span: Span) -> Location {
        self.file(span.file).location(span.start)
    }

    /// The location one past a span's last byte.
    pub fn end(&self, span: Span) -> Location {
        self.file(span.file).location(span.end)
    }

    /// The root node of a file's document, if it holds one.
    pub fn root(&self, id: SourceId) -> Option<Node<'_>> {
        Node::root(id, self.file(id))
    }

    /// The root nodes of all documents of a file.
    pub(crate) fn roots(&self, id: SourceId) -> impl Iterator<Item = Node<'_>> {
        Node::roots(id, self.file(id))
    }
}

impl SourceFile {
    fn parse(name: String, text: String, documents: Documents, role: Role) -> Self {
        let text = match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        };
        let (tree, syntax_errors) = match plain::parse(&text) {
            Some(tree) => (tree, Vec::new()),
            None => yaml::parse(&text, documents),
        };
        Self {
            name,
            text,
            tree,
            syntax_errors,
            role,
            lines: Lines::default(),
        }
    }

    /// The 1-based line of a byte offset.
    pub fn line(&self, offset: u32) -> usize {
        self.lines.line(self.text.as_bytes(), offset as usize)
    }

    /// Where a 1-based line starts, or where the text ends.
    fn line_start(&self, line: usize) -> usize {
        let start = self.lines.start(self.text.as_bytes(), line);
        start.unwrap_or(self.text.len())
    }

    /// The line and column of a byte offset.
    pub fn location(&self, offset: u32) -> Location {
        let line = self.line(offset);
        let head = self
            .text
            .get(self.line_start(line)..offset as usize)
            .unwrap_or("");
        Location {
            line,
            column: head.chars().count() + 1,
        }
    }

    /// The bytes of a 1-based line, without its line break; empty past the end.
    pub fn line_range(&self, line: usize) -> std::ops::Range<usize> {
        let start = self.line_start(line);
        let text = &self.text[start..];
        let end = text.find('\n').unwrap_or(text.len());
        start..start + text[..end].trim_end_matches(['\n', '\r']).len()
    }

    /// How many lines the text has; at least one.
    pub fn line_count(&self) -> usize {
        self.lines.count(self.text.as_bytes())
    }
}

impl Span {
    /// The span as byte positions.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span over both; `other` must be in the same file.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self {
            file: self.file,
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}
