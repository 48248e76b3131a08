//! `trace` and `impact`: questions to the specification.

use anyhow::{Result, anyhow};

use super::Exit;
use super::arguments::{Arguments, Delivery, ImpactOptions, TraceOptions};
use super::output::{Output, write_file};
use super::resolved::{Resolved, with_model};
use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::graph::{ArchGraph, Bound, RouteGraph};
use crate::model::Model;
use crate::pipeline::{self, Request};
use crate::query::{self, Answer, Picture, find_component_or_topic, find_scenario};
use crate::render::{Artifact, FORMATS, Format, Templates};
use crate::view::View;

/// Formats of answers that are no pictures.
const TEXTS: [&str; 3] = ["text", "json", "markdown"];

pub(super) fn trace(
    arguments: &Arguments,
    options: &TraceOptions,
    output: &mut Output,
) -> Result<Exit> {
    with_model(arguments, output, |resolved, output| {
        let answer = traced(resolved, options);
        deliver(resolved.model, answer, &options.delivery, output)
    })
}

fn traced(resolved: &Resolved<'_>, options: &TraceOptions) -> Result<Answer> {
    let model = resolved.model;
    let Some(to) = &options.to else {
        let id = find_scenario(model, &options.from)?;
        return Ok(query::journey(model, resolved.sources, id));
    };
    let from = find_component_or_topic(model, &options.from)?;
    let to = find_component_or_topic(model, to)?;
    if from == to {
        return Err(anyhow!(
            "a way leads from one place to another; both are `{}`",
            options.from
        ));
    }
    let bound = Bound {
        hops: options.max_hops,
        paths: options.max_paths.max(1),
    };
    let routes = RouteGraph::build(model);
    Ok(query::paths(model, &routes, (from, to), bound))
}

pub(super) fn impact(
    arguments: &Arguments,
    options: &ImpactOptions,
    output: &mut Output,
) -> Result<Exit> {
    with_model(arguments, output, |resolved, output| {
        let answer = impacted(resolved, options);
        deliver(resolved.model, answer, &options.delivery, output)
    })
}

fn impacted(resolved: &Resolved<'_>, options: &ImpactOptions) -> Result<Answer> {
    let Some(id) = &options.id else {
        return Ok(query::structure(resolved.model));
    };
    let start = find_component_or_topic(resolved.model, id)?;
    let documents = pipeline::documents(resolved.workspace, resolved.model);
    Ok(query::impact(resolved.model, start, &documents))
}

/// Writes an answer in the format asked for; what was not understood is a usage error.
fn deliver(
    model: &Model<'_>,
    answer: Result<Answer>,
    delivery: &Delivery,
    output: &mut Output,
) -> Result<Exit> {
    let written = answer.and_then(|answer| {
        let artifact = written(model, &answer, &delivery.format)?;
        Ok((artifact, answer.holds))
    });
    let (artifact, holds) = match written {
        Ok(written) => written,
        Err(problem) => {
            output.error(&problem);
            return Ok(Exit::Usage);
        }
    };
    if delivery.output.as_os_str() == "-" {
        output.raw(artifact.bytes())?;
    } else {
        write_file(&delivery.output, artifact.bytes())?;
        output.say(&format!("wrote {}", delivery.output.display()));
    }
    Ok(if holds { Exit::Clean } else { Exit::Findings })
}

fn written(model: &Model<'_>, answer: &Answer, format: &str) -> Result<Artifact> {
    Ok(match format {
        "text" => answer.report.to_text().into(),
        "markdown" => answer.report.to_markdown().into(),
        "json" => format!("{:#}\n", answer.json).into(),
        name => return drawn(model, answer, picture_format(name)?),
    })
}

fn is_of_pictures(format: &Format) -> bool {
    format.diagram.is_some() || format.native.is_some()
}

fn picture_format(name: &str) -> Result<&'static Format> {
    let pictures = || FORMATS.iter().filter(|format| is_of_pictures(format));
    let names: Vec<&str> = TEXTS
        .into_iter()
        .chain(pictures().map(|format| format.name))
        .collect();
    let found = pictures().find(|format| format.name == name);
    found.ok_or_else(|| match did_you_mean(name, names.iter().copied()) {
        Some(meant) => anyhow!("`{name}` is no format of answers; did you mean `{meant}`?"),
        None => anyhow!(
            "`{name}` is no format of answers; formats are {}",
            names.join(", ")
        ),
    })
}

fn drawn(model: &Model<'_>, answer: &Answer, format: &Format) -> Result<Artifact> {
    let view = match &answer.picture {
        None => return Err(anyhow!("there is nothing to draw")),
        Some(Picture::Part(part)) => part.view(model),
        Some(Picture::Scenario(id)) => scenario_view(model, model[*id].id.value)?,
    };
    let request = Request {
        formats: vec![format.name.to_owned()],
        ..Request::default()
    };
    let templates = Templates::new(None);
    // What the picture leaves out is a finding of `render`, not of an answer.
    let mut ignored = Diagnostics::default();
    let artifacts = pipeline::render(model, &[view], &templates, &request, &mut ignored)?;
    let mut artifacts = artifacts.into_values();
    artifacts
        .next()
        .ok_or_else(|| anyhow!("the format {} has no such pictures", format.name))
}

fn scenario_view<'m>(model: &'m Model<'m>, id: &str) -> Result<View<'m>> {
    let graph = ArchGraph::build(model);
    let wanted = [format!("scenario-{id}")];
    let views = pipeline::views(model, &graph, &wanted, &mut Diagnostics::default());
    let found = views.into_iter().next();
    found.ok_or_else(|| anyhow!("the scenario `{id}` has no picture"))
}
