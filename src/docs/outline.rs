//! The outline of a document: which bytes are code, and where headings, lists and tables are.
//!
//! In: a text and its dialect. Out: an [`Outline`]. Refuses to know: markers and claims.
//!
//! Markdown is read by a real parser, so that fences in lists and quotes, indented code and
//! code spans are what their readers take them for.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// A dialect that documents are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// GitHub-flavored Markdown; markers are HTML comments.
    Markdown,
    /// Markdown with components; markers are comments in braces.
    Mdx,
    /// `AsciiDoc`; markers are line comments.
    AsciiDoc,
}

impl Dialect {
    /// The dialect of a file, by its extension; `None` for other files.
    pub fn of(name: &str) -> Option<Self> {
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        match extension.as_str() {
            "md" | "markdown" | "mkd" | "qmd" => Some(Self::Markdown),
            "mdx" => Some(Self::Mdx),
            "adoc" | "asciidoc" | "asc" => Some(Self::AsciiDoc),
            _ => None,
        }
    }

    /// What markers stand between.
    pub(super) fn comment(self) -> (&'static str, &'static str) {
        match self {
            Self::Markdown => ("<!--", "-->"),
            Self::Mdx => ("{/*", "*/}"),
            Self::AsciiDoc => ("//", "\n"),
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    pub(super) level: usize,
    /// The bytes of the whole heading.
    pub(super) range: Range<usize>,
    /// Its text without markup.
    pub(super) text: String,
}

/// What hangs below a heading and can be counted, at its outermost level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// Where it starts.
    pub(super) at: usize,
    pub(super) kind: ItemKind,
    /// Its number in the list, or its row in the table.
    pub(super) number: u64,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// An item of a numbered list.
    Numbered,
    /// An item of another list.
    Bullet,
    /// A row of a table.
    Row,
}

/// What is where in a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    /// Code and front matter, in order; markers and claims in it are none.
    code: Vec<Range<usize>>,
    pub(super) headings: Vec<Heading>,
    pub(super) items: Vec<Item>,
}

impl Outline {
    pub(super) fn of(text: &str, dialect: Dialect) -> Self {
        match dialect {
            Dialect::AsciiDoc => asciidoc(text),
            Dialect::Markdown | Dialect::Mdx => markdown(text, dialect),
        }
    }

    /// Whether the byte is in code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        let after = self.code.partition_point(|range| range.start <= at);
        let before = self.code[..after].iter().rev();
        // Ranges do not overlap, so the last one that starts before decides.
        before.take(1).any(|range| range.contains(&at))
    }

    /// The headings around a byte, outermost first.
    pub(super) fn headings_above(&self, at: usize) -> Vec<&Heading> {
        let mut above: Vec<&Heading> = Vec::new();
        for heading in self.headings.iter().take_while(|one| one.range.start <= at) {
            above.retain(|outer| outer.level < heading.level);
            above.push(heading);
        }
        above
    }

    /// Where the section of a heading ends.
    pub(super) fn end_of_section(&self, heading: &Heading, length: usize) -> usize {
        let mut later = self.headings.iter();
        let next =
            later.find(|one| one.range.start > heading.range.start && one.level <= heading.level);
        next.map_or(length, |next| next.range.start)
    }
}

/// The comments of a document that are not code: nobody reads them.
pub(super) fn comments(text: &str, dialect: Dialect, outline: &Outline) -> Vec<Range<usize>> {
    let (opening, closing) = dialect.comment();
    let mut comments = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(opening).map(|found| at + found) {
        at = start + opening.len();
        let is_line_start = start == 0 || text[..start].ends_with('\n');
        if outline.is_code(start) || (dialect == Dialect::AsciiDoc && !is_line_start) {
            continue;
        }
        let end = text[at..].find(closing);
        at = end.map_or(text.len(), |end| at + end + closing.len());
        comments.push(start..at);
    }
    comments
}

fn markdown(text: &str, dialect: Dialect) -> Outline {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut outline = Outline::default();
    let mut heading: Option<Heading> = None;
    let mut lists: Vec<(bool, u64)> = Vec::new();
    let mut row = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            // MDX has no indented code.
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) if dialect == Dialect::Mdx => {}
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_)) => outline.code.push(range),
            Event::Code(code) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&code);
                }
                outline.code.push(range);
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let text = String::new();
                let level = depth(level);
                heading = Some(Heading { level, range, text });
            }
            Event::End(TagEnd::Heading(_)) => outline.headings.extend(heading.take()),
            Event::Text(part) => {
                if let Some(heading) = &mut heading {
                    heading.text.push_str(&part);
                }
            }
            Event::Start(Tag::List(first)) => lists.push((first.is_some(), first.unwrap_or(1))),
            Event::End(TagEnd::List(_)) => {
                lists.pop();
            }
            Event::Start(Tag::Item) => {
                if let [(is_numbered, number)] = lists.as_mut_slice() {
                    outline.items.push(Item {
                        at: range.start,
                        kind: if *is_numbered {
                            ItemKind::Numbered
                        } else {
                            ItemKind::Bullet
                        },
                        number: *number,
                    });
                    *number += 1;
                }
            }
            Event::Start(Tag::Table(_)) => row = 0,
            Event::Start(Tag::TableRow) => {
                row += 1;
                outline.items.push(Item {
                    at: range.start,
                    kind: ItemKind::Row,
                    number: row,
                });
            }
            _ => {}
        }
    }
    outline.code.sort_by_key(|range| range.start);
    outline
}

fn depth(level: HeadingLevel) -> usize {
    level as usize
}

/// Delimited blocks whose content is not read as text.
const ASCIIDOC_FENCES: [&str; 4] = ["----", "....", "++++", "////"];

/// Headings and delimited blocks; inline code can't hold a line comment.
fn asciidoc(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut fence: Option<(&str, usize)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let is_fence = bare.starts_with("```")
            || ASCIIDOC_FENCES.iter().any(|sign| bare.starts_with(sign))
                && bare.chars().all(|c| bare.starts_with(c));
        match fence {
            Some((open, start)) if bare == open => {
                outline.code.push(start..at + line.len());
                fence = None;
            }
            None if is_fence => {
                fence = Some((
                    bare.get(..3)
                        .filter(|_| bare.starts_with("```"))
                        .unwrap_or(bare),
                    at,
                ));
            }
            None => outline.headings.extend(asciidoc_heading(bare, at)),
            _ => {}
        }
        at += line.len();
    }
    if let Some((_, start)) = fence {
        outline.code.push(start..text.len());
    }
    outline
}

fn asciidoc_heading(line: &str, at: usize) -> Option<Heading> {
    let text = line.trim_start_matches('=');
    let level = line.len() - text.len();
    let is_heading = (1..=6).contains(&level) && text.starts_with(' ');
    is_heading.then(|| Heading {
        level,
        range: at..at + line.len(),
        text: text.trim().to_owned(),
    })
}
