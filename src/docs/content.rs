//! The text of a block, from what its marker asks for.
//!
//! In: a request and a model. Out: the text, or a finding at the word that names nothing.
//! Refuses to know: where in a document it goes.

use super::claim::no_number;
use super::outline::Dialect;
use super::request::{Parsed, Request, Word};
use super::value::{Numbers, number};
use crate::diagnostic::{BROKEN_MARKER, Diagnostic, Diagnostics, UNKNOWN_BLOCK, did_you_mean};
use crate::model::{Count, Model, ScenarioId, Statistics, topic_pattern_matches};
use crate::render::{Block, Language, Templates, render_block};
use crate::spec::At;
use crate::view::{View, select};

/// What blocks are made from.
#[derive(Clone, Copy)]
pub(super) struct Material<'c> {
    pub(super) numbers: Numbers<'c>,
    pub(super) views: &'c [View<'c>],
    pub(super) templates: &'c Templates,
    /// Where `archviz render` puts pictures, as seen from the document.
    pub(super) pictures: &'c str,
}

/// The text of a block, without the blank lines around it.
pub(super) fn content(
    request: &Request<'_>,
    dialect: Dialect,
    material: &Material<'_>,
) -> Parsed<String> {
    if request.kind.name == "number" {
        let name = request.name;
        return number(name.text, material.numbers)
            .map(|number| number.to_string())
            .map_err(|problem| Box::new(no_number(name.text, name.span, &problem)));
    }
    let model = material.numbers.model;
    let language = match dialect {
        Dialect::AsciiDoc => Language::AsciiDoc,
        Dialect::Markdown | Dialect::Mdx => Language::Markdown,
    };
    let (flags, src);
    let block = match request.kind.name {
        "view" | "scenario" => {
            let view = view(request, material)?;
            match picture(request)? {
                Look::Steps => match view {
                    View::Sequence(view) => Block::Steps(view),
                    View::Graph(_) => return Err(no_steps(request)),
                },
                Look::Drawn => Block::Picture(view),
                Look::Image => {
                    src = address(request, view, material);
                    Block::Image(view, &src)
                }
            }
        }
        "card" => {
            let mut components = model.components();
            let named = |name: &str| name == request.name.text;
            let found = components.find(|(_, component)| {
                let mut aliases = component.written.aliases.iter();
                named(component.id.value) || aliases.any(|alias| named(alias.value))
            });
            let ids = model.components.iter().map(|one| one.id.value);
            Block::Card(found.ok_or_else(|| unknown(request, ids))?.0)
        }
        "components" => {
            flags = selected(request, material)?;
            Block::Components(&flags)
        }
        "topics" => {
            flags = matching_topics(request, model)?;
            Block::Topics(&flags)
        }
        "flows" => {
            let ends = selected(request, material)?;
            let flows = model.flows.iter();
            flags = flows
                .map(|flow| ends[flow.from.index()] && ends[flow.to.index()])
                .collect();
            Block::Flows(&flags)
        }
        "layers" => Block::Layers,
        "statistics" => statistics(request)?,
        "producers" => Block::Producers,
        _ => Block::Consumers,
    };
    let text = render_block(material.templates, language, model, &block);
    let text = text.map_err(|error| Box::new(not_rendered(request, &error)))?;
    Ok(text.trim_end().to_owned())
}

/// The address of the picture that a block links to, if it links to one.
pub(super) fn linked(request: &Request<'_>, material: &Material<'_>) -> Option<String> {
    let is_view = matches!(request.kind.name, "view" | "scenario");
    let is_image = is_view && picture(request).ok()? == Look::Image;
    is_image.then(|| Some(address(request, view(request, material).ok()?, material)))?
}

/// How a view is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    Drawn,
    Image,
    Steps,
}

fn picture(request: &Request<'_>) -> Parsed<Look> {
    let looks: &[(&str, Look)] = match request.kind.name {
        "view" => &[("mermaid", Look::Drawn), ("image", Look::Image)],
        _ => &[
            ("sequence", Look::Drawn),
            ("mermaid", Look::Drawn),
            ("steps", Look::Steps),
            ("image", Look::Image),
        ],
    };
    let Some(stated) = request.option("as") else {
        return Ok(Look::Drawn);
    };
    let found = looks.iter().find(|(word, _)| *word == stated.text);
    found.map(|(_, look)| *look).ok_or_else(|| {
        let words: Vec<&str> = looks.iter().map(|(word, _)| *word).collect();
        bad_option(stated, &words)
    })
}

fn view<'c>(request: &Request<'_>, material: &Material<'c>) -> Parsed<&'c View<'c>> {
    let name = request.name.text;
    if request.kind.name == "view" {
        let graphs = || {
            material
                .views
                .iter()
                .filter(|view| matches!(view, View::Graph(_)))
        };
        let found = graphs().find(|view| view.id() == name);
        return found.ok_or_else(|| unknown(request, graphs().map(View::id)));
    }
    let model = material.numbers.model;
    let place = model.scenarios.iter().position(|one| one.id.value == name);
    let id = place.map(ScenarioId::new);
    let found = material.views.iter().find(|view| match view {
        View::Sequence(view) => Some(view.scenario) == id,
        View::Graph(_) => false,
    });
    let ids = model.scenarios.iter().map(|one| one.id.value);
    found.ok_or_else(|| unknown(request, ids))
}

/// The address of a picture: as stated, or where `archviz render` puts it.
fn address(request: &Request<'_>, view: &View<'_>, material: &Material<'_>) -> String {
    match request.option("src") {
        Some(stated) => stated.text.to_owned(),
        None => format!("{}{}.svg", material.pictures, view.id()),
    }
}

fn selected(request: &Request<'_>, material: &Material<'_>) -> Parsed<Vec<bool>> {
    let (model, graph) = (material.numbers.model, material.numbers.graph);
    let Some(stated) = request.option("select") else {
        return Ok(vec![true; model.components.len()]);
    };
    let mut out = Diagnostics::default();
    let selector = At {
        value: stated.text,
        span: stated.span,
    };
    let flags = select(selector, model, graph, &mut out);
    match out.into_sorted().into_iter().next() {
        Some(finding) => Err(Box::new(Diagnostic {
            code: UNKNOWN_BLOCK,
            severity: UNKNOWN_BLOCK.severity,
            fix: None,
            labels: vec![crate::diagnostic::Label {
                span: stated.span,
                text: String::new(),
            }],
            ..finding
        })),
        None => Ok(flags),
    }
}

fn matching_topics(request: &Request<'_>, model: &Model<'_>) -> Parsed<Vec<bool>> {
    let Some(stated) = request.option("match") else {
        return Ok(vec![true; model.topics.len()]);
    };
    let topics = model.topics.iter();
    let flags: Vec<bool> = topics
        .map(|topic| topic_pattern_matches(stated.text, topic))
        .collect();
    if flags.contains(&true) {
        return Ok(flags);
    }
    let message = format!("no topic matches `{}`", stated.text);
    Err(Box::new(
        Diagnostic::new(UNKNOWN_BLOCK, message, stated.span, "")
            .help("`archviz list topics` shows what there is"),
    ))
}

fn statistics<'b, 'm>(request: &Request<'_>) -> Parsed<Block<'b, 'm>> {
    type Rows = (&'static str, &'static str, fn(Statistics) -> Vec<Count>);
    const ROWS: [Rows; 3] = [
        ("category", "Category", |statistics| statistics.by_category),
        ("layer", "Layer", |statistics| statistics.by_layer),
        ("kind", "Kind", |statistics| statistics.by_kind),
    ];
    let stated = request.option("by");
    let word = stated.map_or("category", |stated| stated.text);
    let found = ROWS.iter().find(|(name, ..)| *name == word);
    match (found, stated) {
        (Some((_, title, rows)), _) => Ok(Block::Statistics(title, *rows)),
        (None, Some(stated)) => Err(bad_option(stated, &ROWS.map(|(name, ..)| name))),
        (None, None) => Ok(Block::Statistics("Category", ROWS[0].2)),
    }
}

fn unknown<'c>(
    request: &Request<'_>,
    known: impl Iterator<Item = &'c str> + Clone,
) -> Box<Diagnostic> {
    let (noun, name) = (request.kind.names, request.name);
    let message = format!("there is no {noun} `{}`", name.text);
    let finding = Diagnostic::new(UNKNOWN_BLOCK, message, name.span, "");
    Box::new(match did_you_mean(name.text, known) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(name.span, meant),
        None => finding.help("`archviz list` shows what there is"),
    })
}

fn bad_option(stated: Word<'_>, known: &[&str]) -> Box<Diagnostic> {
    let message = format!("`{}` is no value of this option", stated.text);
    let finding = Diagnostic::new(BROKEN_MARKER, message, stated.span, "");
    Box::new(finding.help(format!("it takes {}", known.join(", "))))
}

fn no_steps(request: &Request<'_>) -> Box<Diagnostic> {
    let message = format!("`{}` has no steps", request.name.text);
    Box::new(Diagnostic::new(
        BROKEN_MARKER,
        message,
        request.name.span,
        "",
    ))
}

fn not_rendered(request: &Request<'_>, error: &anyhow::Error) -> Diagnostic {
    let message = format!("block `{}` can't be made: {error:#}", request.kind.name);
    Diagnostic::new(BROKEN_MARKER, message, request.name.span, "")
}
