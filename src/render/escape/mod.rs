//! Encoders: any text a person wrote goes in; the same text comes out in a spelling that one place
//! of one output language shows unchanged and cannot mistake for syntax.
//!
//! Every encoder starts from `clean` and writes the *body* only: quotes, brackets and tags around
//! it belong to the template. The exceptions are `markdown_code` and `markdown_code_cell`, whose
//! fence depends on the text. Adding a place is one variant, one entry in `ALL` and one row.
//!
//! Nothing here knows the model, the templates or which diagram is being written. The vectors in
//! `tests/data` were shown by the real tools and read back; they decide when in doubt.

#![expect(
    clippy::disallowed_types,
    reason = "the map is looked up, never iterated"
)]

pub(crate) mod asciidoc;
pub(crate) mod d2;
pub(crate) mod dot;
pub(crate) mod html;
pub(crate) mod ids;
pub(crate) mod json;
pub(crate) mod link;
pub(crate) mod markdown;
pub(crate) mod mermaid;
pub(crate) mod plantuml;
mod replace;
mod spot;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use spot::is_plain;

/// Every value in a template asks for its context by name.
static BY_NAME: LazyLock<HashMap<&str, Context, FxBuildHasher>> = LazyLock::new(|| {
    Context::ALL
        .map(|context| (context.name(), context))
        .into_iter()
        .collect()
});

/// Writes a text, encoded for one place, to the end of an output.
type Encoder = fn(&str, &mut String);

/// Where in an output a text is placed; decides its encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Context {
    /// Inside `"…"` of a Mermaid flowchart: edge label, subgraph title.
    MermaidLabel,
    /// A part of a node's label inside `"…"` of a Mermaid flowchart.
    MermaidNode,
    /// Raw to the end of a line in Mermaid: sequence texts, `accTitle`, `accDescr`, `title`.
    MermaidSequence,
    /// The title of a Mermaid sequence `box`, raw to the end of the line.
    MermaidBox,
    /// Inside the second `"…"` of a Mermaid `click` line.
    MermaidTooltip,
    /// Inside the first `"…"` of a Mermaid `click` line.
    MermaidUrl,
    /// On one `PlantUML` line: names in `"…"`, titles, arrow and message texts.
    PlantumlInline,
    /// The lines of a `PlantUML` note or legend.
    PlantumlBlock,
    /// Inside `{…}` of a `PlantUML` link.
    PlantumlTooltip,
    /// The address of a `PlantUML` link.
    PlantumlUrl,
    /// A DOT node or cluster name inside `"…"`.
    DotId,
    /// A DOT label inside `"…"` with centered lines.
    DotLabel,
    /// A DOT label inside `"…"` with left-aligned lines.
    DotLabelLeft,
    /// A DOT tooltip inside `"…"`.
    DotTooltip,
    /// Text in a DOT HTML label; DOT refuses an HTML label that is empty as a whole.
    DotHtml,
    /// A DOT `URL` inside `"…"`.
    DotUrl,
    /// A D2 key or value inside `"…"`.
    D2String,
    /// A D2 tooltip inside `"…"`.
    D2Tooltip,
    /// A D2 link inside `"…"`.
    D2Url,
    /// Markdown text: heading, paragraph, list item, table cell, link text.
    MarkdownText,
    /// A whole Markdown code span, fences included.
    MarkdownCode,
    /// A whole Markdown code span for a table cell.
    MarkdownCodeCell,
    /// The target inside `(…)` of a Markdown link.
    MarkdownUrl,
    /// `AsciiDoc` text: paragraph, list item, table cell.
    AsciidocText,
    /// Text, or an attribute inside `"…"`, in HTML, SVG and other XML.
    Html,
    /// An `href` inside `"…"` in HTML, SVG and other XML.
    HtmlUrl,
    /// A JSON string inside `"…"`.
    Json,
}

impl Context {
    /// Every context, in the order of declaration.
    pub(crate) const ALL: [Self; 27] = [
        Self::MermaidLabel,
        Self::MermaidNode,
        Self::MermaidSequence,
        Self::MermaidBox,
        Self::MermaidTooltip,
        Self::MermaidUrl,
        Self::PlantumlInline,
        Self::PlantumlBlock,
        Self::PlantumlTooltip,
        Self::PlantumlUrl,
        Self::DotId,
        Self::DotLabel,
        Self::DotLabelLeft,
        Self::DotTooltip,
        Self::DotHtml,
        Self::DotUrl,
        Self::D2String,
        Self::D2Tooltip,
        Self::D2Url,
        Self::MarkdownText,
        Self::MarkdownCode,
        Self::MarkdownCodeCell,
        Self::MarkdownUrl,
        Self::AsciidocText,
        Self::Html,
        Self::HtmlUrl,
        Self::Json,
    ];

    /// The name of the filter that templates use for this context.
    pub(crate) fn name(self) -> &'static str {
        self.row().0
    }

    /// The context whose filter has this name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        BY_NAME.get(name).copied()
    }

    /// Appends the text to the output, encoded for this context.
    ///
    /// A link that `link::is_allowed` refuses appends nothing.
    pub(crate) fn encode(self, text: &str, out: &mut String) {
        if self.keeps(text) {
            out.push_str(text);
        } else {
            self.row().1(text, out);
        }
    }

    /// Whether the text is written as it is, as far as that can be told at a glance; most can.
    pub(crate) fn keeps(self, text: &str) -> bool {
        self.keeps_words() && is_plain(text)
    }

    /// Whether words without any sign are written as they are, which spares most texts the encoder.
    pub(crate) fn keeps_words(self) -> bool {
        !matches!(
            self,
            Self::AsciidocText
                | Self::DotLabelLeft
                | Self::MarkdownCode
                | Self::MarkdownCodeCell
                | Self::MermaidUrl
                | Self::PlantumlUrl
                | Self::DotUrl
                | Self::D2Url
                | Self::MarkdownUrl
                | Self::HtmlUrl
        )
    }

    /// The table: one row per context.
    const fn row(self) -> (&'static str, Encoder) {
        match self {
            Self::MermaidLabel => ("mermaid_label", mermaid::label),
            Self::MermaidNode => ("mermaid_node", mermaid::node),
            Self::MermaidSequence => ("mermaid_sequence", mermaid::sequence),
            Self::MermaidBox => ("mermaid_box", mermaid::box_title),
            Self::MermaidTooltip => ("mermaid_tooltip", mermaid::tooltip),
            Self::MermaidUrl => ("mermaid_url", mermaid::url),
            Self::PlantumlInline => ("plantuml_inline", plantuml::inline),
            Self::PlantumlBlock => ("plantuml_block", plantuml::block),
            Self::PlantumlTooltip => ("plantuml_tooltip", plantuml::tooltip),
            Self::PlantumlUrl => ("plantuml_url", plantuml::url),
            Self::DotId => ("dot_id", dot::id),
            Self::DotLabel => ("dot_label", dot::label),
            Self::DotLabelLeft => ("dot_label_left", dot::label_left),
            Self::DotTooltip => ("dot_tooltip", dot::tooltip),
            Self::DotHtml => ("dot_html", dot::html),
            Self::DotUrl => ("dot_url", dot::url),
            Self::D2String => ("d2_string", d2::string),
            Self::D2Tooltip => ("d2_tooltip", d2::tooltip),
            Self::D2Url => ("d2_url", d2::url),
            Self::MarkdownText => ("markdown_text", markdown::text),
            Self::MarkdownCode => ("markdown_code", markdown::code),
            Self::MarkdownCodeCell => ("markdown_code_cell", markdown::code_cell),
            Self::MarkdownUrl => ("markdown_url", markdown::url),
            Self::AsciidocText => ("asciidoc_text", asciidoc::text),
            Self::Html => ("html", html::text),
            Self::HtmlUrl => ("html_url", html::url),
            Self::Json => ("json", json::string),
        }
    }
}
