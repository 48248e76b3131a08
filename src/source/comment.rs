//! Comments that hold a marker, and the element that each of them stands at.
//!
//! In: a file with its tree. Out: real comments (never the inside of a text) with the
//! span of the element they cover. Refuses to know: what the comments say.
//!
//! A comment on a line of its own stands at the next element, one at the end of a line
//! at the element that starts on that line. An element is a mapping entry (key and
//! value) or a list item, with everything in it.

use super::tree::{Place, Tree};
use super::{NodeKind, SourceFile, SourceId, Span};

/// A comment.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Comment<'s> {
    /// From the `#` to the end of the line.
    pub(crate) span: Span,
    /// What stands behind the marker.
    pub(crate) text: &'s str,
    /// Where that begins.
    pub(crate) text_start: u32,
    /// What the comment stands at, if there is something.
    pub(crate) element: Option<Span>,
}

/// The comments that begin with `marker`, in order. A file without any costs one search.
pub(crate) fn comments<'s>(id: SourceId, file: &'s SourceFile, marker: &str) -> Vec<Comment<'s>> {
    let found: Vec<(usize, usize)> = file
        .text
        .match_indices('#')
        .filter_map(|(sharp, _)| Some((sharp, body(&file.text, sharp, marker)?)))
        .filter(|(sharp, _)| !is_inside_text(&file.tree, offset(*sharp)))
        .collect();
    if found.is_empty() {
        return Vec::new();
    }
    let elements = Elements::of(file);
    let comment = |(sharp, text)| comment(id, &elements, sharp, text);
    found.into_iter().map(comment).collect()
}

fn comment<'s>(id: SourceId, elements: &Elements<'s>, sharp: usize, text: usize) -> Comment<'s> {
    let rest = &elements.file.text[text..];
    let body = rest.split('\n').next().unwrap_or("").trim_end();
    let span = |start, end| Span {
        file: id,
        start,
        end,
    };
    let element = elements.at(sharp);
    Comment {
        span: span(offset(sharp), offset(text + body.len())),
        text: body,
        text_start: offset(text),
        element: element.map(|(start, end)| span(start, end)),
    }
}

/// Where the text behind the marker begins, if a comment starts here and the marker is its
/// first word.
fn body(text: &str, sharp: usize, marker: &str) -> Option<usize> {
    let before = &text[..sharp];
    let is_comment = before.is_empty() || before.ends_with([' ', '\t', '\n', '\r']);
    let words = text[sharp + 1..].trim_start_matches([' ', '\t']);
    let rest = words.strip_prefix(marker)?;
    is_comment.then_some(text.len() - rest.len())
}

/// Whether a quoted or block text holds the byte. Scalars do not overlap, so the last
/// one that starts before it decides; only open brackets can stand between.
fn is_inside_text(tree: &Tree, at: u32) -> bool {
    let before = (0..tree.first_from(at)).rev();
    before
        .filter_map(|index| tree.place(index))
        .find(|place| !is_collection(*place) && place.start < place.end)
        .is_some_and(|scalar| at < scalar.end)
}

/// What a node is to the collection around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Root,
    Item,
    Key,
    Value,
}

/// The elements of a file.
struct Elements<'s> {
    file: &'s SourceFile,
    roles: Vec<Role>,
}

impl<'s> Elements<'s> {
    fn of(file: &'s SourceFile) -> Self {
        let roles = roles(&file.tree);
        Self { file, roles }
    }

    /// The bytes of the element that a comment at `sharp` stands at.
    fn at(&self, sharp: usize) -> Option<(u32, u32)> {
        let text = &self.file.text;
        let line = text[..sharp].rfind('\n').map_or(0, |found| found + 1);
        let before = text[line..sharp].trim();
        if !before.is_empty() && before != "-" {
            return self
                .starting(line)
                .filter(|(start, _)| *start < offset(sharp));
        }
        let column = indentation(&text[line..]);
        let is_sibling = |start: u32| {
            let line = text[..start as usize]
                .rfind('\n')
                .map_or(0, |found| found + 1);
            column <= indentation(&text[line..])
        };
        self.starting(sharp).filter(|(start, _)| is_sibling(*start))
    }

    /// The first element that starts at `from` or later.
    fn starting(&self, from: usize) -> Option<(u32, u32)> {
        let index = self.file.tree.first_from(offset(from));
        let node = self.file.tree.place(index)?;
        match self.roles.get(index as usize)? {
            Role::Key => self.entry(index),
            Role::Root | Role::Value if is_collection(node) && !self.is_flow(node) => {
                self.first_child(index, node)
            }
            _ => Some((node.start, node.end)),
        }
    }

    fn entry(&self, key: u32) -> Option<(u32, u32)> {
        let node = self.file.tree.place(key)?;
        let value = self.file.tree.place(node.next);
        Some((
            node.start,
            value.map_or(node.end, |value| value.end.max(node.end)),
        ))
    }

    /// A block collection starts where its first child does; the child is what is meant.
    fn first_child(&self, index: u32, node: Place) -> Option<(u32, u32)> {
        if node.kind == NodeKind::Mapping {
            return self.entry(index + 1);
        }
        let item = self.file.tree.place(index + 1)?;
        Some((item.start, item.end))
    }

    fn is_flow(&self, node: Place) -> bool {
        let first = self.file.text.as_bytes().get(node.start as usize);
        matches!(first, Some(b'[' | b'{'))
    }
}

/// The role of every node; each is looked at once, from its parent.
fn roles(tree: &Tree) -> Vec<Role> {
    let mut roles = Vec::new();
    let mut parent = 0;
    while let Some(place) = tree.place(parent) {
        roles.resize(roles.len().max(place.next as usize), Role::Root);
        let mut child = parent + 1;
        let mut is_key = place.kind == NodeKind::Mapping;
        while is_collection(place) && child < place.next {
            roles[child as usize] = match (place.kind, is_key) {
                (NodeKind::Mapping, true) => Role::Key,
                (NodeKind::Mapping, false) => Role::Value,
                _ => Role::Item,
            };
            is_key = !is_key;
            child = tree.place(child).map_or(place.next, |node| node.next);
        }
        parent += 1;
    }
    roles
}

fn is_collection(place: Place) -> bool {
    matches!(place.kind, NodeKind::Sequence | NodeKind::Mapping)
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::comments;
    use crate::source::Sources;

    /// Every comment as its text, an arrow, and the element it stands at.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let mut sources = Sources::default();
        let id = sources.add("a.yaml", text);
        let found: Vec<String> = comments(id, sources.file(id), "mark:")
            .into_iter()
            .map(|comment| {
                let element = comment
                    .element
                    .map_or("nothing", |span| sources.slice(span));
                format!("{} -> {element}", comment.text.trim())
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_comment_of_its_own_stands_at_the_next_entry() {
        check("a: 1\n# mark: x\nb: 2\nc: 3\n", &["x -> b: 2"]);
        check("# mark: x\na:\n  b: 2\nc: 3\n", &["x -> a:\n  b: 2"]);
        check("a:\n  # mark: x\n  b: 2\n  c: 3\n", &["x -> b: 2"]);
    }

    #[test]
    fn a_comment_of_its_own_stands_at_the_next_item() {
        check(
            "a:\n  # mark: x\n  - p: 1\n    q: 2\n  - r\n",
            &["x -> p: 1\n    q: 2"],
        );
        check("a:\n  - r\n  # mark: x\n  - p\n  - s\n", &["x -> p"]);
        check("a:\n- # mark: x\n  p: 1\n- s\n", &["x -> p: 1"]);
    }

    #[test]
    fn a_comment_at_the_end_of_a_line_stands_at_what_starts_there() {
        check(
            "a:\n  b: # mark: x\n    c: 1\n    d: 2\n  e: 3\n",
            &["x -> b: # mark: x\n    c: 1\n    d: 2"],
        );
        check(
            "a:\n  - p: 1 # mark: x\n    q: 2\n",
            &["x -> p: 1 # mark: x\n    q: 2"],
        );
        check("a: [\n  b, # mark: x\n  c\n]\n", &["x -> b"]);
        check("a: [b, c] # mark: x\n", &["x -> a: [b, c]"]);
    }

    #[test]
    fn a_bracket_below_a_comment_is_covered_whole() {
        check("a:\n  # mark: x\n  {b: 1, c: 2}\n", &["x -> {b: 1, c: 2}"]);
    }

    #[test]
    fn a_comment_behind_the_last_entry_of_a_block_stands_at_nothing() {
        check("a:\n  b: 1\n  # mark: x\nc: 2\n", &["x -> nothing"]);
        check("a: 1\n# mark: x\n", &["x -> nothing"]);
        check("a: [b,\n  c\n] # mark: x\n", &["x -> nothing"]);
    }

    #[test]
    fn texts_hold_no_comments() {
        check("a: \"# mark: x\"\nb: ' # mark: y'\n", &[]);
        check("a: |\n  text\n  # mark: x\nb: 1\n", &[]);
        check("a: \"p\n  # mark: x\n  q\"\nb: 1\n", &[]);
        check("a#mark: x\n", &[]);
        check("mark: 1\n# marks: x\n", &[]);
    }

    #[test]
    fn a_comment_behind_a_block_text_is_one() {
        check("a: |\n  text\n\n# mark: x\nb: 1\n", &["x -> b: 1"]);
        check(
            "a:\n  b: >-\n    text\n  # mark: x\n  c: 1\n",
            &["x -> c: 1"],
        );
    }

    #[test]
    fn line_breaks_of_every_kind_end_a_comment() {
        check("a: 1\r\n# mark: x \r\nb: 2\r\n", &["x -> b: 2"]);
    }

    #[test]
    fn whatever_the_text_an_element_starts_where_its_comment_says() {
        let text = "a: 1\nb:\n  - c: |\n      d\n    e: [f,\n      g]\n  -\n    h: {i: 'j\n      k'}\nl: *m\n- n\n\to: \"p\n";
        for at in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
            for mark in [" # mark: x\n", "\n# mark: x\n", " # mark: x"] {
                let marked = format!("{}{mark}{}", &text[..at], &text[at..]);
                let mut sources = Sources::default();
                let id = sources.add("a.yaml", marked);
                for comment in comments(id, sources.file(id), "mark:") {
                    let line = sources.start(comment.span).line;
                    let element = comment.element.unwrap_or(comment.span);
                    assert!(sources.start(element).line >= line);
                    assert!(element.start <= element.end);
                }
            }
        }
    }
}
