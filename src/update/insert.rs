//! Inserts entries into the text of a specification.
//!
//! In: the files of a specification, and entries for its sections. Out: edits. Refuses to
//! know: what the entries say.
//!
//! Sections are written in blocks or in brackets, and they may be missing. Entries go behind
//! the last one, with its indentation; comments that are indented like entries stay where
//! they are.

use std::collections::BTreeMap;

use super::Edit;
use crate::import::{Draft, Entry, FlowEntry, IMPORTED_FLOWS};
use crate::source::{Node, NodeKind, SourceId, Sources};

/// Why nothing can be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The files are not well-formed, so no place in them is certain.
    Malformed(String),
    /// A section has a shape that can't be added to, such as an alias.
    Shape(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Malformed(file) => write!(
                f,
                "`{file}` is not well-formed, so nothing can be added to it; see `archviz check`"
            ),
            Self::Shape(section) => write!(
                f,
                "`{section}` is written in a way that can't be added to; write it as a block"
            ),
        }
    }
}

impl std::error::Error for Refused {}

/// A text that goes in at a byte.
struct Insertion {
    file: SourceId,
    at: usize,
    text: String,
}

/// The files that change.
pub(super) fn edits(sources: &Sources, added: &Draft) -> Result<Vec<Edit>, Refused> {
    if let Some((_, file)) = sources
        .files()
        .find(|(_, file)| !file.syntax_errors.is_empty())
    {
        return Err(Refused::Malformed(file.name.clone()));
    }
    let mut places = Places {
        sources,
        insertions: Vec::new(),
        missing: Vec::new(),
    };
    places.section("layers", &added.layers)?;
    places.section("components", &added.components)?;
    places.section("topics", &added.topics)?;
    places.flows(&added.flows)?;
    places.sources_list(&added.sources);
    places.append_missing();
    Ok(applied(sources, places.insertions))
}

/// Insertions as whole texts.
fn applied(sources: &Sources, insertions: Vec<Insertion>) -> Vec<Edit> {
    let mut by_file: BTreeMap<SourceId, Vec<Insertion>> = BTreeMap::new();
    for insertion in insertions {
        by_file.entry(insertion.file).or_default().push(insertion);
    }
    let edit = |(file, mut insertions): (SourceId, Vec<Insertion>)| {
        let file = sources.file(file);
        insertions.sort_by_key(|insertion| insertion.at);
        let mut new = String::new();
        let mut from = 0;
        for insertion in insertions {
            new.push_str(&file.text[from..insertion.at]);
            new.push_str(&insertion.text);
            from = insertion.at;
        }
        new.push_str(&file.text[from..]);
        Edit {
            name: file.name.clone(),
            old: file.text.clone(),
            new,
        }
    };
    by_file.into_iter().map(edit).collect()
}

struct Places<'p> {
    sources: &'p Sources,
    insertions: Vec<Insertion>,
    /// Sections that no file has, with their lines.
    missing: Vec<(String, Vec<String>)>,
}

impl<'p> Places<'p> {
    /// The section of a name, in the first file that has it.
    fn find(&self, name: &str) -> Option<(Node<'p>, Node<'p>)> {
        self.sources.files().find_map(|(id, _)| {
            let mut entries = self.sources.root(id)?.entries();
            entries.find(|(key, _)| key.text() == Some(name))
        })
    }

    fn section(&mut self, name: &str, entries: &[Entry]) -> Result<(), Refused> {
        if entries.is_empty() {
            return Ok(());
        }
        let Some((key, value)) = self.find(name) else {
            let lines = spaced(entries, name != "layers");
            self.missing.push((name.to_owned(), lines));
            return Ok(());
        };
        if value.is_null() {
            let lines = indented(&spaced(entries, name != "layers"), "  ");
            self.after_line(key, &lines);
            return Ok(());
        }
        if value.is_alias() || value.kind() != NodeKind::Mapping {
            return Err(Refused::Shape(name.to_owned()));
        }
        if self.is_bracketed(value) {
            let items: Vec<String> = entries.iter().filter_map(in_brackets).collect();
            self.before_bracket(value, &items);
            return Ok(());
        }
        let mut children = value.entries();
        let (Some((first, _)), second) = (children.next(), children.next()) else {
            return Err(Refused::Shape(name.to_owned()));
        };
        let indent = self.indent(first);
        let has_gaps = second.is_some_and(|(second, _)| self.has_gap(first, second));
        let mut lines = Vec::new();
        for entry in entries {
            if has_gaps {
                lines.push(String::new());
            }
            lines.extend(indented(&entry.lines, &indent));
        }
        self.behind(value, &indent, &lines);
        Ok(())
    }

    fn flows(&mut self, flows: &[FlowEntry]) -> Result<(), Refused> {
        if flows.is_empty() {
            return Ok(());
        }
        let lines: Vec<String> = flows.iter().flat_map(|flow| flow.lines.clone()).collect();
        let Some((key, value)) = self.find("flows") else {
            self.missing.push(("flows".to_owned(), lines));
            return Ok(());
        };
        if value.is_null() {
            self.after_line(key, &indented(&lines, "  "));
            return Ok(());
        }
        if value.is_alias() {
            return Err(Refused::Shape("flows".to_owned()));
        }
        match value.kind() {
            NodeKind::Sequence => self.list(value, &lines),
            NodeKind::Mapping => self.headings(value, &lines),
            _ => Err(Refused::Shape("flows".to_owned())),
        }
    }

    /// Flows as a list.
    fn list(&mut self, value: Node<'p>, lines: &[String]) -> Result<(), Refused> {
        if self.is_bracketed(value) {
            let items: Vec<String> = lines.iter().filter_map(|line| json_item(line)).collect();
            self.before_bracket(value, &items);
            return Ok(());
        }
        let first = value
            .items()
            .next()
            .ok_or_else(|| Refused::Shape("flows".to_owned()))?;
        let indent = self.dash_indent(first);
        self.behind(value, &indent, &indented(lines, &indent));
        Ok(())
    }

    /// Flows under headings: under the one for imported flows, or under a new one.
    fn headings(&mut self, value: Node<'p>, lines: &[String]) -> Result<(), Refused> {
        let own = value
            .entries()
            .find(|(key, _)| key.text() == Some(IMPORTED_FLOWS));
        if let Some((_, own)) = own
            && own.kind() == NodeKind::Sequence
            && !own.is_alias()
        {
            return self.list(own, lines);
        }
        if self.is_bracketed(value) {
            let items: Vec<String> = lines.iter().filter_map(|line| json_item(line)).collect();
            let heading = serde_json::to_string(IMPORTED_FLOWS).unwrap_or_default();
            self.before_bracket(value, &[format!("{heading}: [{}]", items.join(", "))]);
            return Ok(());
        }
        let first = value
            .entries()
            .next()
            .ok_or_else(|| Refused::Shape("flows".to_owned()))?;
        let indent = self.indent(first.0);
        let mut all = vec![format!("{IMPORTED_FLOWS}:")];
        all.extend(indented(lines, "  "));
        self.behind(value, &indent, &indented(&all, &indent));
        Ok(())
    }

    /// What drift compares with, if the specification does not say so yet.
    fn sources_list(&mut self, lines: &[String]) {
        let is_empty = self.insertions.is_empty() && self.missing.is_empty();
        if !lines.is_empty() && !is_empty && self.find("sources").is_none() {
            let items = lines.iter().map(|line| format!("- {line}")).collect();
            self.missing.push(("sources".to_owned(), items));
        }
    }

    /// Sections that are not there, behind the last one of the main file.
    fn append_missing(&mut self) {
        let missing = std::mem::take(&mut self.missing);
        let Some((id, file)) = self.sources.files().next() else {
            return;
        };
        if missing.is_empty() {
            return;
        }
        let root = self.sources.root(id);
        if let Some(root) = root.filter(|root| self.is_bracketed(*root)) {
            let items: Vec<String> = missing
                .iter()
                .filter_map(|(name, lines)| {
                    let entry = Entry {
                        id: name.clone(),
                        lines: [vec![format!("{name}:")], indented(lines, "  ")].concat(),
                    };
                    in_brackets(&entry)
                })
                .collect();
            self.before_bracket(root, &items);
            return;
        }
        let end = root.map_or(0, |root| root.span().end as usize);
        let at = end_of_document(&file.text, end);
        let mut lines = Vec::new();
        for (name, section) in missing {
            lines.push(String::new());
            lines.push(format!("{name}:"));
            lines.extend(indented(&section, "  "));
        }
        self.push_lines(id, at, &lines);
    }

    /// Behind the last entry of a block, and the comments that are indented like it.
    fn behind(&mut self, value: Node<'p>, indent: &str, lines: &[String]) {
        let span = value.span();
        let text = &self.sources.file(span.file).text;
        let end = line_end(text, span.end as usize);
        let at = end + inner_comments(&text[end..], indent.len().max(1));
        self.push_lines(span.file, at, lines);
    }

    fn after_line(&mut self, key: Node<'p>, lines: &[String]) {
        let span = key.span();
        let at = line_end(&self.sources.file(span.file).text, span.end as usize);
        self.push_lines(span.file, at, lines);
    }

    /// Whole lines, with the line breaks of the file.
    fn push_lines(&mut self, file: SourceId, at: usize, lines: &[String]) {
        let text = &self.sources.file(file).text;
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let mut inserted = String::new();
        let is_open = at > 0 && !text[..at].ends_with('\n');
        if is_open {
            inserted.push_str(newline);
        }
        for (number, line) in lines.iter().enumerate() {
            inserted.push_str(line);
            let is_last = number + 1 == lines.len();
            if !(is_open && is_last) {
                inserted.push_str(newline);
            }
        }
        self.insertions.push(Insertion {
            file,
            at,
            text: inserted,
        });
    }

    fn before_bracket(&mut self, value: Node<'p>, items: &[String]) {
        let span = value.span();
        let text = &self.sources.file(span.file).text;
        let at = (span.end as usize).saturating_sub(1);
        let children = value.entries().flat_map(|(key, value)| [key, value]);
        let last = children
            .chain(value.items())
            .map(|child| child.span().end)
            .max();
        let from = last.unwrap_or(span.start + 1) as usize;
        let tail = text.get(from..at).unwrap_or("");
        let words = tail
            .lines()
            .map(|line| line.split('#').next().unwrap_or(""));
        let needs_comma = last.is_some() && !words.collect::<String>().contains(',');
        // A comment ends with its line, so the items go behind it.
        let place = if tail.contains('#') {
            at
        } else {
            from + tail.trim_end().len()
        };
        let separator = if needs_comma { ", " } else { " " };
        self.insertions.push(Insertion {
            file: span.file,
            at: place,
            text: format!("{separator}{}", items.join(", ")),
        });
    }

    fn is_bracketed(&self, value: Node<'p>) -> bool {
        let span = value.span();
        let text = self.sources.slice(span);
        let is_flow = text.starts_with('{') && text.ends_with('}')
            || text.starts_with('[') && text.ends_with(']');
        is_flow && matches!(value.kind(), NodeKind::Mapping | NodeKind::Sequence)
    }

    /// What stands before a key on its line.
    fn indent(&self, key: Node<'p>) -> String {
        let span = key.span();
        let text = &self.sources.file(span.file).text;
        let start = text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let before = &text[start..span.start as usize];
        before.chars().map(|_| ' ').collect()
    }

    /// What stands before the dash of an item.
    fn dash_indent(&self, item: Node<'p>) -> String {
        let span = item.span();
        let text = &self.sources.file(span.file).text;
        let start = text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let before = &text[start..span.start as usize];
        before.chars().take_while(|c| *c == ' ').collect()
    }

    /// Whether an empty line stands between two entries.
    fn has_gap(&self, first: Node<'p>, second: Node<'p>) -> bool {
        let text = &self.sources.file(first.span().file).text;
        let between = &text[first.span().end as usize..second.span().start as usize];
        // The last line is the indentation of the second entry.
        let (whole, _) = between.rsplit_once('\n').unwrap_or(("", between));
        whole.lines().any(|line| line.trim().is_empty())
    }
}

/// The length of the lines that are comments of a section: those indented like its entries,
/// with the empty lines before them.
fn inner_comments(text: &str, indent: usize) -> usize {
    let mut length = 0;
    let mut kept = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let is_inside = body.starts_with('#') && line.len() - body.len() >= indent;
        if !body.is_empty() && !is_inside {
            break;
        }
        length += line.len();
        if is_inside {
            kept = length;
        }
    }
    kept
}

/// Entries as lines, with empty lines between them where that reads better.
fn spaced(entries: &[Entry], has_gaps: bool) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        if at > 0 && has_gaps {
            lines.push(String::new());
        }
        lines.extend(entry.lines.iter().cloned());
    }
    lines
}

fn indented(lines: &[String], indent: &str) -> Vec<String> {
    let line = |line: &String| {
        if line.is_empty() {
            String::new()
        } else {
            format!("{indent}{line}")
        }
    };
    lines.iter().map(line).collect()
}

/// The byte behind the line break of the line that `at` is on.
fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// The end of the text, or the line that ends the document.
fn end_of_document(text: &str, from: usize) -> usize {
    let mut at = line_end(text, from);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("...") || rest.starts_with("---") {
            return at;
        }
        at = line_end(text, at);
    }
    text.len()
}

/// An entry as `"id": {…}`: JSON is YAML.
fn in_brackets(entry: &Entry) -> Option<String> {
    let value: serde_json::Value = serde_yaml::from_str(&entry.lines.join("\n")).ok()?;
    let text = serde_json::to_string(&value).ok()?;
    Some(text.strip_prefix('{')?.strip_suffix('}')?.to_owned())
}

/// A line `- a -> b: …` as JSON.
fn json_item(line: &str) -> Option<String> {
    let value: serde_json::Value = serde_yaml::from_str(line).ok()?;
    serde_json::to_string(value.as_array()?.first()?).ok()
}
