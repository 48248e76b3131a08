//! Reports: a title, a few sentences and tables, as plain text or Markdown.
//!
//! In: texts in rows. Out: aligned columns, or a Markdown document. Refuses to know: what
//! the rows are about.

use crate::render::escape::markdown;

/// An answer for people.
#[derive(Debug, Default)]
pub struct Report {
    /// What was asked.
    pub title: String,
    /// The answer in a few sentences.
    pub lead: Vec<String>,
    /// The details.
    pub sections: Vec<Section>,
}

/// A table under a heading.
#[derive(Debug, Default)]
pub struct Section {
    /// What the table shows.
    pub heading: String,
    /// Names of the columns.
    pub columns: &'static [&'static str],
    /// The rows; a section without any is left out.
    pub rows: Vec<Vec<String>>,
}

impl Report {
    /// Aligned columns for a terminal.
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n", plain(&self.title));
        for sentence in &self.lead {
            text.push_str(&format!("{}\n", plain(sentence)));
        }
        for section in self.filled() {
            text.push_str(&format!("\n{}\n", plain(&section.heading)));
            text.push_str(&section.aligned());
        }
        text
    }

    /// GitHub-flavored Markdown.
    pub fn to_markdown(&self) -> String {
        let mut text = format!("# {}\n", encoded(&self.title));
        for sentence in &self.lead {
            text.push_str(&format!("\n{}\n", encoded(sentence)));
        }
        for section in self.filled() {
            text.push_str(&format!("\n## {}\n\n", encoded(&section.heading)));
            let head = section.columns.iter().map(|column| (*column).to_owned());
            text.push_str(&markdown_row(head));
            text.push_str(&markdown_row(
                section.columns.iter().map(|_| ":--".to_owned()),
            ));
            for row in &section.rows {
                text.push_str(&markdown_row(row.iter().map(|cell| encoded(cell))));
            }
        }
        text
    }

    fn filled(&self) -> impl Iterator<Item = &Section> {
        let sections = self.sections.iter();
        sections.filter(|section| !section.rows.is_empty())
    }
}

impl Section {
    /// Columns as wide as their widest cell; the last one is not padded.
    fn aligned(&self) -> String {
        let head: Vec<String> = self
            .columns
            .iter()
            .map(|name| name.to_uppercase())
            .collect();
        let cells: Vec<Vec<String>> = std::iter::once(head)
            .chain(
                self.rows
                    .iter()
                    .map(|row| row.iter().map(|cell| plain(cell)).collect()),
            )
            .collect();
        let width = |column: usize| {
            let lengths = cells
                .iter()
                .filter_map(|row| Some(row.get(column)?.chars().count()));
            lengths.max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..self.columns.len()).map(width).collect();
        let mut text = String::new();
        for row in &cells {
            let padded = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:width$}"));
            let line = padded.collect::<Vec<_>>().join("  ");
            text.push_str(&format!("  {}\n", line.trim_end()));
        }
        text
    }
}

fn markdown_row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn encoded(text: &str) -> String {
    let mut out = String::new();
    markdown::text(text, &mut out);
    out
}

/// Without what a terminal would act on.
fn plain(text: &str) -> String {
    let printable = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(printable).collect()
}

/// `1 component`, `2 components`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
