//! Block collections cut into entries, each with the lines that belong to it.
//!
//! In: a text and a block mapping or list in it. Out: [`Entry`]s that together cover the lines
//! of the collection: comments above an entry are part of it. Refuses to know: merging.

use super::identity::{identity, numbered};
use crate::source::{Node, NodeKind};

/// An entry of a block mapping, or an item of a block list.
#[derive(Clone, Debug)]
pub(super) struct Entry<'s> {
    /// The key, or what the item is about.
    pub(super) id: String,
    /// Comments and empty lines above.
    pub(super) lead: &'s str,
    /// Blanks before the key or dash.
    pub(super) indent: usize,
    /// The key or dash up to the value; with the line break where the value starts a line.
    pub(super) head: &'s str,
    /// The value.
    pub(super) value: Node<'s>,
    /// What it is written as.
    pub(super) form: Form,
    /// The value's text.
    pub(super) text: &'s str,
    /// What follows the value on its last line.
    pub(super) trail: &'s str,
    /// Where the value's lines or text start.
    pub(super) start: usize,
    /// One past its last line.
    pub(super) end: usize,
    /// The whole text.
    pub(super) source: &'s str,
}

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A block mapping on lines of its own.
    Mapping,
    /// A block list on lines of its own.
    List,
    /// A block mapping that starts behind the dash of its item.
    Compact,
    /// `{ … }`.
    FlowMapping,
    /// `[ … ]`.
    FlowList,
    /// Everything that has no parts.
    Scalar,
}

impl Entry<'_> {
    /// The lines of the entry as if nothing were before the key.
    pub(super) fn lines(&self) -> String {
        format!("{}{}", shifted(self.lead, self.indent, 0), self.body())
    }

    /// The same without the comments above.
    pub(super) fn body(&self) -> String {
        let blanks = " ".repeat(self.indent);
        let text = format!("{blanks}{}{}{}", self.head, self.text, self.trail);
        shifted(&text, self.indent, 0)
    }
}

/// Lines moved from one indentation to another.
pub(super) fn shifted(text: &str, from: usize, to: usize) -> String {
    if from == to {
        return text.to_owned();
    }
    let line = |line: &str| {
        let blanks = line.len() - line.trim_start_matches(' ').len();
        let body = &line[blanks..];
        if body.trim_end_matches('\n').is_empty() {
            return line.to_owned();
        }
        format!("{}{body}", " ".repeat((blanks + to).saturating_sub(from)))
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The entries of a block mapping whose lines start at `from`.
pub(super) fn of_mapping<'s>(text: &'s str, node: Node<'s>, from: usize) -> Option<Vec<Entry<'s>>> {
    if node.kind() != NodeKind::Mapping || node.is_alias() || is_flow(text, node) {
        return None;
    }
    let keys = node
        .entries()
        .map(|(key, _)| key.text().unwrap_or("").to_owned());
    let ids = numbered(keys.collect::<Vec<_>>().into_iter());
    let mut entries = Vec::with_capacity(ids.len());
    let mut end = from;
    for (id, (key, value)) in ids.into_iter().zip(node.entries()) {
        let entry = cut(text, id, end, range(key).0, value)?;
        end = entry.end;
        entries.push(entry);
    }
    Some(entries)
}

/// The items of a block list whose lines start at `from`.
pub(super) fn of_list<'s>(text: &'s str, node: Node<'s>, from: usize) -> Option<Vec<Entry<'s>>> {
    if node.kind() != NodeKind::Sequence || node.is_alias() || is_flow(text, node) {
        return None;
    }
    let ids = numbered(node.items().map(identity));
    let mut entries = Vec::with_capacity(ids.len());
    let mut end = from;
    for (id, item) in ids.into_iter().zip(node.items()) {
        let dash = dash_before(text, end, range(item).0)?;
        let entry = cut(text, id, end, dash, item)?;
        end = entry.end;
        entries.push(entry);
    }
    Some(entries)
}

/// The dash of an item is the first thing behind the comments above it.
fn dash_before(text: &str, from: usize, value: usize) -> Option<usize> {
    let mut at = from;
    for line in text.get(from..value.max(from))?.split_inclusive('\n') {
        let body = line.trim_start();
        if body.starts_with('-') {
            return Some(at + line.len() - body.len());
        }
        if !body.is_empty() && !body.starts_with('#') {
            return None;
        }
        at += line.len();
    }
    None
}

/// The entry whose key or dash is at `start`, and whose lines start at `from`.
fn cut<'s>(
    text: &'s str,
    id: String,
    from: usize,
    start: usize,
    value: Node<'s>,
) -> Option<Entry<'s>> {
    let before = text.get(from..start)?;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    // The first entry behind a dash starts in the middle of a line.
    let is_first_behind_dash = line < from;
    let lead = if is_first_behind_dash {
        ""
    } else {
        text.get(from..line)?
    };
    if !is_first_behind_dash && !before[lead.len()..].bytes().all(|byte| byte == b' ') {
        return None;
    }
    let (value_start, value_end) = range(value);
    let form = form(text, value, start);
    let begin = match form {
        Form::Mapping | Form::List => text[..value_start].rfind('\n')? + 1,
        _ => value_start,
    };
    // Comments between a key and its block belong to the first entry of the block.
    let begin = if matches!(form, Form::Mapping | Form::List) {
        let key_line_end = start + text.get(start..begin)?.find('\n')? + 1;
        key_line_end.min(begin)
    } else {
        begin
    };
    let last = value_end.max(start);
    let end = line_end(text, last, value_start);
    Some(Entry {
        id,
        lead,
        indent: start - line,
        head: text.get(start..begin)?,
        value,
        form,
        text: text.get(begin..last.min(end).max(begin))?,
        trail: text.get(last.min(end).max(begin)..end)?,
        start: begin,
        end,
        source: text,
    })
}

/// The end of the line on which a value ends; a block scalar may end behind its line break.
fn line_end(text: &str, end: usize, start: usize) -> usize {
    if end > start && text.as_bytes().get(end - 1) == Some(&b'\n') {
        return end;
    }
    text[end..].find('\n').map_or(text.len(), |at| end + at + 1)
}

fn form(text: &str, value: Node<'_>, start: usize) -> Form {
    if value.is_alias() {
        return Form::Scalar;
    }
    let is_on_line = !text[start..range(value).0.max(start)].contains('\n');
    match value.kind() {
        NodeKind::Mapping if is_flow(text, value) => Form::FlowMapping,
        NodeKind::Sequence if is_flow(text, value) => Form::FlowList,
        NodeKind::Mapping if is_on_line => Form::Compact,
        NodeKind::Mapping => Form::Mapping,
        // A list in a list, behind one dash, is rare enough to be taken as a whole.
        NodeKind::Sequence if is_on_line => Form::Scalar,
        NodeKind::Sequence => Form::List,
        _ => Form::Scalar,
    }
}

/// Whether a collection stands in brackets: a block starts where its first part does.
pub(super) fn is_flow(text: &str, node: Node<'_>) -> bool {
    let start = range(node).0;
    let first = node
        .items()
        .next()
        .or_else(|| node.entries().next().map(|(key, _)| key));
    let is_bracket = matches!(text.as_bytes().get(start), Some(b'{' | b'['));
    is_bracket && first.is_none_or(|first| range(first).0 > start)
}

pub(super) fn range(node: Node<'_>) -> (usize, usize) {
    let range = node.span().range();
    (range.start, range.end)
}
