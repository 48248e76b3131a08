//! The `outputs:` of a specification: whether what it names exists.
//!
//! In: a model. Out: findings about views, formats and the folder. Refuses to know: who
//! writes the files.

use std::path::{Component, Path};

use super::format::FORMATS;
use crate::diagnostic::{
    Diagnostic, Diagnostics, OUTPUT_OUTSIDE, UNKNOWN_FORMAT, UNKNOWN_VIEW, did_you_mean,
};
use crate::model::Model;
use crate::spec::Text;
use crate::view::views;

/// The word for every format.
const ALL: &str = "all";

/// Reports what `outputs:` names and what does not exist, or must not be written to.
pub(crate) fn check_outputs(model: &Model<'_>, out: &mut Diagnostics) {
    let Some(outputs) = &model.outputs else {
        return;
    };
    if let Some(folder) = outputs.folder.filter(|folder| leaves(folder.value)) {
        out.push(output_outside(folder));
    }
    let formats = FORMATS.iter().map(|format| format.name);
    for format in &outputs.formats {
        if format.value != ALL && !formats.clone().any(|known| known == format.value) {
            out.push(unknown(UNKNOWN_FORMAT, "format", *format, formats.clone()));
        }
    }
    let known = views(model, &mut Diagnostics::default());
    let ids = known.iter().map(|view| view.id.as_str());
    for view in &outputs.views {
        if !known.iter().any(|known| known.is_named(view.value)) {
            out.push(unknown(UNKNOWN_VIEW, "view", *view, ids.clone()));
        }
    }
}

fn leaves(folder: &str) -> bool {
    let is_down = |part| matches!(part, Component::Normal(_) | Component::CurDir);
    folder.contains('\\') || !Path::new(folder).components().all(is_down)
}

fn output_outside(folder: Text<'_>) -> Diagnostic {
    let message = format!(
        "output folder `{}` leaves the specification's folder",
        folder.value
    );
    Diagnostic::new(OUTPUT_OUTSIDE, message, folder.span, "")
        .help("name a folder below the specification's, or use `archviz render -o DIR`")
}

fn unknown<'c>(
    code: &'static crate::diagnostic::Code,
    noun: &str,
    name: Text<'_>,
    known: impl Iterator<Item = &'c str> + Clone,
) -> Diagnostic {
    let message = format!("output `{}` is no {noun}", name.value);
    let finding = Diagnostic::new(code, message, name.span, "");
    match did_you_mean(name.value, known.clone()) {
        Some(meant) => finding
            .help(format!("did you mean `{meant}`?"))
            .fix(name.span, meant),
        None => finding.help(format!(
            "{noun}s are {}",
            known.collect::<Vec<_>>().join(", ")
        )),
    }
}
