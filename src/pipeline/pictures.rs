//! Every view as a picture that the program draws itself, on all cores.
//!
//! In: a model, its views and a request. Out: files, and what there is to say about them.
//! Refuses to know: what a picture shows, and how it is written.

use std::collections::BTreeMap;

use anyhow::Result;

use super::cores::side_by_side;
use super::{Artifacts, Extent, Request, readable};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::draw;
use crate::layout::Simplification;
use crate::model::Model;
use crate::render::{self, Artifact, Native, find_format};
use crate::view::View;

/// A view in each format that was asked for.
struct Drawn {
    /// By the extensions of the files.
    files: Vec<(&'static str, Artifact)>,
    simplifications: Vec<Simplification>,
    notes: Vec<Diagnostic>,
}

/// Draws each view once, and writes it in each of the formats that have a writer for it.
pub(super) fn draw_all(
    model: &Model<'_>,
    shown: &[View<'_>],
    request: &Request,
    out: &mut Diagnostics,
) -> Result<Artifacts> {
    let formats = request.formats.iter().filter_map(|name| find_format(name));
    let native: Vec<_> = formats
        .filter_map(|format| Some((format.native?, format.extension)))
        .collect();
    let mut artifacts = Artifacts::new();
    if native.is_empty() {
        return Ok(artifacts);
    }
    let drawn = side_by_side(shown, |view| draw(model, view, request, &native));
    let mut simplified: BTreeMap<Vec<Simplification>, Vec<&str>> = BTreeMap::new();
    for (view, drawn) in shown.iter().zip(drawn) {
        let drawn = drawn?;
        for note in drawn.notes {
            out.push(note);
        }
        if !drawn.simplifications.is_empty() {
            let views = simplified.entry(drawn.simplifications).or_default();
            views.push(view.id());
        }
        for (extension, artifact) in drawn.files {
            artifacts.insert(format!("{}.{extension}", view.id()), artifact);
        }
    }
    for (how, views) in &simplified {
        out.push(render::simplified(views, how));
    }
    Ok(artifacts)
}

/// One picture, near to the previous one if there is one.
fn draw(
    model: &Model<'_>,
    view: &View<'_>,
    request: &Request,
    native: &[(Native, &'static str)],
) -> Result<Drawn> {
    let mut notes = Vec::new();
    let folded = match request.extent {
        Extent::Readable => readable(model, view),
        Extent::Full => None,
    };
    if let Some(folded) = &folded {
        let nodes = (view.size().nodes, folded.size().nodes);
        notes.push(render::reduced(view.id(), nodes));
    }
    let mut earlier = request.previous.iter();
    let previous = earlier.find(|picture| picture.view == view.id());
    let (picture, report) = draw::draw(model, folded.as_ref().unwrap_or(view), previous);
    if let Some(displacement) = &report.displacement {
        notes.push(render::moved(view.id(), displacement));
    }
    let mut files = Vec::with_capacity(native.len());
    for (writer, extension) in native {
        let missing = (*writer == Native::Png).then(|| render::missing_glyphs(&picture));
        notes.extend(missing.flatten());
        files.push((
            *extension,
            render::write_native(*writer, &picture, request.pictures)?,
        ));
    }
    Ok(Drawn {
        files,
        simplifications: report.simplifications,
        notes,
    })
}
