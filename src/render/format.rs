//! The table of formats: one row each. Adding a text format is one row and one template.
//!
//! In: nothing. Out: [`FORMATS`]. Refuses to know: how a template is run.

use super::escape::Context;
use super::native::Native;
use crate::view::View;

/// A kind of output.
#[derive(Debug)]
pub struct Format {
    /// The word on the command line.
    pub name: &'static str,
    /// The file name's extension.
    pub extension: &'static str,
    /// One line for lists.
    pub summary: &'static str,
    /// The template of views, if the format shows views.
    pub diagram: Option<&'static str>,
    /// The template of scenarios, if the format shows scenarios.
    pub sequence: Option<&'static str>,
    /// The template of the whole model, if the format is a document.
    pub document: Option<&'static str>,
    /// What writes pictures without a template, if the program draws them itself.
    pub native: Option<Native>,
    /// How text is encoded in the templates of diagrams and documents.
    pub(crate) context: Context,
    /// How text is encoded in the template of scenarios.
    pub(crate) sequence_context: Context,
}

impl Format {
    /// Whether the view becomes a picture in this format.
    pub fn shows(&self, view: &View<'_>) -> bool {
        self.native.is_some() || self.template_of(view).is_some()
    }

    /// The template that writes such views.
    pub(crate) fn template_of(&self, view: &View<'_>) -> Option<&'static str> {
        match Subject::of(view) {
            Subject::Diagram => self.diagram,
            Subject::Sequence => self.sequence,
            Subject::Document => None,
        }
    }
}

/// What a template is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A view.
    Diagram,
    /// A scenario.
    Sequence,
    /// The whole model.
    Document,
}

impl Subject {
    /// What a view is for templates.
    pub(crate) fn of(view: &View<'_>) -> Self {
        match view {
            View::Graph(_) => Self::Diagram,
            View::Sequence(_) => Self::Sequence,
        }
    }
}

/// Every format.
pub static FORMATS: &[Format] = &[
    Format {
        name: "svg",
        extension: "svg",
        summary: "pictures for browsers, light and dark, drawn by archviz itself",
        diagram: None,
        sequence: None,
        document: None,
        native: Some(Native::Svg),
        context: Context::Html,
        sequence_context: Context::Html,
    },
    Format {
        name: "png",
        extension: "png",
        summary: "the same pictures as pixels",
        diagram: None,
        sequence: None,
        document: None,
        native: Some(Native::Png),
        context: Context::Html,
        sequence_context: Context::Html,
    },
    Format {
        name: "drawio",
        extension: "drawio",
        summary: "the same pictures for draw.io, to be edited",
        diagram: None,
        sequence: None,
        document: None,
        native: Some(Native::Drawio),
        context: Context::Html,
        sequence_context: Context::Html,
    },
    Format {
        name: "dot",
        extension: "dot",
        summary: "Graphviz, layers as clusters in their order",
        diagram: Some("diagram.dot.j2"),
        sequence: None,
        document: None,
        native: None,
        context: Context::DotLabel,
        sequence_context: Context::DotLabel,
    },
    Format {
        name: "mermaid",
        extension: "mmd",
        summary: "Mermaid flowcharts and sequence diagrams, syntax of 10.7",
        diagram: Some("diagram.mmd.j2"),
        sequence: Some("sequence.mmd.j2"),
        document: None,
        native: None,
        context: Context::MermaidLabel,
        sequence_context: Context::MermaidSequence,
    },
    Format {
        name: "plantuml",
        extension: "puml",
        summary: "PlantUML component and sequence diagrams, without remote includes",
        diagram: Some("diagram.puml.j2"),
        sequence: Some("sequence.puml.j2"),
        document: None,
        native: None,
        context: Context::PlantumlInline,
        sequence_context: Context::PlantumlInline,
    },
    Format {
        name: "d2",
        extension: "d2",
        summary: "D2 diagrams and sequence diagrams",
        diagram: Some("diagram.d2.j2"),
        sequence: Some("sequence.d2.j2"),
        document: None,
        native: None,
        context: Context::D2String,
        sequence_context: Context::D2String,
    },
    Format {
        name: "markdown",
        extension: "md",
        summary: "reference document of the whole model, with Mermaid pictures",
        diagram: None,
        sequence: None,
        document: Some("document.md.j2"),
        native: None,
        context: Context::MarkdownText,
        sequence_context: Context::MarkdownText,
    },
    Format {
        name: "html",
        extension: "html",
        summary: "explorer of the whole model: one page that needs no network",
        diagram: None,
        sequence: None,
        document: Some("explorer.html"),
        native: None,
        context: Context::Html,
        sequence_context: Context::Html,
    },
    Format {
        name: "json",
        extension: "json",
        summary: "the resolved model, for other programs",
        diagram: None,
        sequence: None,
        document: Some("json"),
        native: None,
        context: Context::Json,
        sequence_context: Context::Json,
    },
];

/// The format of a name.
pub fn find_format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

impl Format {
    /// How text is encoded in the template `name`, by its row; `None` for no row's template.
    pub(crate) fn context_of(name: &str) -> Option<Context> {
        FORMATS.iter().find_map(|format| {
            let is = |template: Option<&str>| template == Some(name);
            if is(format.sequence) {
                Some(format.sequence_context)
            } else {
                (is(format.diagram) || is(format.document)).then_some(format.context)
            }
        })
    }

    /// How text is encoded in a project's own template with this extension.
    pub(crate) fn context_of_extension(extension: &str) -> Option<Context> {
        match extension {
            "html" | "htm" | "svg" | "xml" => Some(Context::Html),
            "adoc" => Some(Context::AsciidocText),
            _ => FORMATS
                .iter()
                .find(|format| format.extension == extension)
                .map(|format| format.context),
        }
    }
}
