//! Templates: where they come from, and how texts are encoded in them.
//!
//! In: a template's name and a context. Out: the text. A project's folder overrides the
//! built-in templates file by file; `builtin/NAME` always means the built-in one.
//! Refuses to know: what is rendered.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, anyhow, bail};
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use super::escape::{Context, link};
use super::format::{Format, Subject};
use super::pattern::{joined, pattern, write_lines};

/// Built-in templates by name.
pub(crate) static BUILTIN: &[(&str, &str)] = &[
    (
        "diagram.dot.j2",
        include_str!("../../templates/diagram.dot.j2"),
    ),
    (
        "diagram.mmd.j2",
        include_str!("../../templates/diagram.mmd.j2"),
    ),
    (
        "diagram.puml.j2",
        include_str!("../../templates/diagram.puml.j2"),
    ),
    (
        "diagram.d2.j2",
        include_str!("../../templates/diagram.d2.j2"),
    ),
    (
        "sequence.mmd.j2",
        include_str!("../../templates/sequence.mmd.j2"),
    ),
    (
        "sequence.puml.j2",
        include_str!("../../templates/sequence.puml.j2"),
    ),
    (
        "sequence.d2.j2",
        include_str!("../../templates/sequence.d2.j2"),
    ),
    (
        "changes.md.j2",
        include_str!("../../templates/changes.md.j2"),
    ),
    (
        "changes.txt.j2",
        include_str!("../../templates/changes.txt.j2"),
    ),
    (
        "document.md.j2",
        include_str!("../../templates/document.md.j2"),
    ),
    (
        "block.card.md.j2",
        include_str!("../../templates/block.card.md.j2"),
    ),
    (
        "block.card.adoc.j2",
        include_str!("../../templates/block.card.adoc.j2"),
    ),
    (
        "block.components.md.j2",
        include_str!("../../templates/block.components.md.j2"),
    ),
    (
        "block.components.adoc.j2",
        include_str!("../../templates/block.components.adoc.j2"),
    ),
    (
        "block.flows.md.j2",
        include_str!("../../templates/block.flows.md.j2"),
    ),
    (
        "block.flows.adoc.j2",
        include_str!("../../templates/block.flows.adoc.j2"),
    ),
    (
        "block.image.md.j2",
        include_str!("../../templates/block.image.md.j2"),
    ),
    (
        "block.image.adoc.j2",
        include_str!("../../templates/block.image.adoc.j2"),
    ),
    (
        "block.layers.md.j2",
        include_str!("../../templates/block.layers.md.j2"),
    ),
    (
        "block.layers.adoc.j2",
        include_str!("../../templates/block.layers.adoc.j2"),
    ),
    (
        "block.parties.md.j2",
        include_str!("../../templates/block.parties.md.j2"),
    ),
    (
        "block.parties.adoc.j2",
        include_str!("../../templates/block.parties.adoc.j2"),
    ),
    (
        "block.picture.md.j2",
        include_str!("../../templates/block.picture.md.j2"),
    ),
    (
        "block.picture.adoc.j2",
        include_str!("../../templates/block.picture.adoc.j2"),
    ),
    (
        "block.statistics.md.j2",
        include_str!("../../templates/block.statistics.md.j2"),
    ),
    (
        "block.statistics.adoc.j2",
        include_str!("../../templates/block.statistics.adoc.j2"),
    ),
    (
        "block.steps.md.j2",
        include_str!("../../templates/block.steps.md.j2"),
    ),
    (
        "block.steps.adoc.j2",
        include_str!("../../templates/block.steps.adoc.j2"),
    ),
    (
        "block.topics.md.j2",
        include_str!("../../templates/block.topics.md.j2"),
    ),
    (
        "block.topics.adoc.j2",
        include_str!("../../templates/block.topics.adoc.j2"),
    ),
    (
        "component.md.j2",
        include_str!("../../templates/component.md.j2"),
    ),
    (
        "summary.md.j2",
        include_str!("../../templates/summary.md.j2"),
    ),
    (
        "summary.html.j2",
        include_str!("../../templates/summary.html.j2"),
    ),
    (
        "summary-changes.md.j2",
        include_str!("../../templates/summary-changes.md.j2"),
    ),
    (
        "summary-events.md.j2",
        include_str!("../../templates/summary-events.md.j2"),
    ),
    (
        "summary-structure.md.j2",
        include_str!("../../templates/summary-structure.md.j2"),
    ),
    (
        "summary-details.md.j2",
        include_str!("../../templates/summary-details.md.j2"),
    ),
    (
        "summary-closing.md.j2",
        include_str!("../../templates/summary-closing.md.j2"),
    ),
];

/// Templates of a project are at most this long, in bytes.
const MAX_TEMPLATE_BYTES: u64 = 4 << 20;
/// Room that is made in advance at most, in bytes.
const MAX_ROOM: usize = 1 << 26;
/// Steps that a project's own template may take.
const FUEL: u64 = 200_000_000;

/// The templates of one run.
#[derive(Debug)]
pub struct Templates {
    environment: Environment<'static>,
}

impl Templates {
    /// The built-in templates, overridden file by file by those in `folder`.
    pub fn new(folder: Option<PathBuf>) -> Self {
        let mut environment = Environment::new();
        let is_own = folder.is_some();
        configure(&mut environment);
        environment.set_loader(move |name| load(folder.as_deref(), name));
        if is_own {
            environment.set_fuel(Some(FUEL));
        }
        Self { environment }
    }

    /// Runs a template. Errors name the template, the line and the text that is wrong.
    pub(crate) fn render(&self, name: &str, context: Value) -> Result<String> {
        self.render_large(name, context, 0)
    }

    /// The same for a text of about so many bytes: making room at once spares a large text
    /// from being copied as it grows.
    pub(crate) fn render_large(&self, name: &str, context: Value, room: usize) -> Result<String> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|error| report(name, &error))?;
        let mut text = Vec::with_capacity(room.min(MAX_ROOM));
        template
            .render_captured_to(context, &mut text)
            .map_err(|error| report(name, &error))?;
        Ok(String::from_utf8(text)?)
    }

    /// Adds a project's own template under its file name.
    pub fn add(&mut self, path: &Path) -> Result<String> {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("can't read template `{}`", path.display()))?;
        self.environment.set_fuel(Some(FUEL));
        let added = self.environment.add_template_owned(name.clone(), text);
        added.map_err(|error| report(&name, &error))?;
        Ok(name)
    }
}

/// What a project's own template is about, and the extension of what it writes:
/// `diagram.csv.j2` is run for each view and writes `.csv` files.
pub fn own_template_format(name: &str) -> Result<(Subject, String)> {
    let stem = name
        .strip_suffix(".j2")
        .ok_or_else(|| anyhow!("template `{name}` must end with `.j2`"))?;
    let Some((start, extension)) = stem.rsplit_once('.') else {
        bail!(
            "template `{name}` names no extension; call it `diagram.EXT.j2`, `sequence.EXT.j2` or `document.EXT.j2`"
        )
    };
    let subject = match start.split('.').next().unwrap_or("") {
        "sequence" => Subject::Sequence,
        "document" => Subject::Document,
        _ => Subject::Diagram,
    };
    Ok((subject, extension.to_owned()))
}

fn load(folder: Option<&Path>, name: &str) -> Result<Option<minijinja::TemplateSource>, Error> {
    if let Some(folder) = folder
        && !name.starts_with("builtin/")
        && let Some(path) = inside(folder, name)
    {
        let size = std::fs::metadata(&path).map_or(0, |data| data.len());
        if size > MAX_TEMPLATE_BYTES {
            return Err(Error::new(
                ErrorKind::InvalidOperation,
                "the template is too large",
            ));
        }
        let text = std::fs::read_to_string(&path);
        return text.map(|text| Some(text.into())).map_err(|error| {
            Error::new(ErrorKind::TemplateNotFound, "the template can't be read").with_source(error)
        });
    }
    let name = name.strip_prefix("builtin/").unwrap_or(name);
    let builtin = BUILTIN.iter().find(|(known, _)| *known == name);
    Ok(builtin.map(|(_, text)| (*text).into()))
}

/// A plain file name in the folder, if it exists there.
fn inside(folder: &Path, name: &str) -> Option<PathBuf> {
    let is_plain = !name.contains(['/', '\\']) && name != ".." && !name.is_empty();
    let path = folder.join(name);
    (is_plain && path.is_file()).then_some(path)
}

fn configure(environment: &mut Environment<'static>) {
    let syntax = minijinja::syntax::SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build();
    if let Ok(syntax) = syntax {
        environment.set_syntax(syntax);
    }
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(auto_escape);
    environment.set_formatter(write_value);
    environment.set_recursion_limit(64);
    environment.set_debug(true);
    for context in Context::ALL {
        let filter = move |state: &State<'_, '_>, text: &Value| encoded(context, state, text);
        environment.add_filter(context.name(), filter);
    }
    environment.add_filter("joined", joined);
    environment.add_function("pattern", pattern);
    environment.add_test("allowed_link", |text: String| link::is_allowed(&text));
}

/// A text, encoded for a place that the template names.
fn encoded(context: Context, state: &State<'_, '_>, value: &Value) -> Result<Value, Error> {
    defined(value)?;
    match spelled(context, value) {
        // Where the template would write the same text, it is spared a copy.
        Cow::Borrowed(_) if place(state).is_some_and(Context::keeps_words) => Ok(value.clone()),
        text => Ok(Value::from_safe_string(text.into_owned())),
    }
}

/// The encoding of a template, by its row in the table of formats or by its extension.
fn auto_escape(name: &str) -> AutoEscape {
    let name = name.strip_prefix("builtin/").unwrap_or(name);
    let extension = || {
        name.strip_suffix(".j2")
            .unwrap_or(name)
            .rsplit('.')
            .next()
            .unwrap_or("")
    };
    let context = Format::context_of(name).or_else(|| Format::context_of_extension(extension()));
    context.map_or(AutoEscape::None, |context| {
        AutoEscape::Custom(context.name().into())
    })
}

/// Writes a value, encoded for the template it stands in.
fn write_value(
    out: &mut Output<'_>,
    state: &mut State<'_, '_>,
    value: &Value,
) -> Result<(), Error> {
    defined(value)?;
    if let (Some(text), true) = (value.as_str(), value.is_safe()) {
        return out.write_str(text).map_err(Error::from);
    }
    if let Some(written) = write_lines(value, out) {
        return written;
    }
    let Some(context) = place(state) else {
        return write!(out, "{value}").map_err(Error::from);
    };
    out.write_str(&spelled(context, value)).map_err(Error::from)
}

/// A value as it is written at a place; borrowed where that is the text itself.
fn spelled(place: Context, value: &Value) -> Cow<'_, str> {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string().into(), Cow::Borrowed);
    if place.keeps(&text) {
        return text;
    }
    let mut encoded = String::with_capacity(text.len() + 16);
    place.encode(&text, &mut encoded);
    encoded.into()
}

/// Nothing is written for a name that nobody gave a value.
pub(super) fn defined(value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        let what = "the value is not defined";
        return Err(Error::new(ErrorKind::UndefinedError, what));
    }
    Ok(())
}

/// What a template writes into, where it names no other place.
pub(super) fn place(state: &State<'_, '_>) -> Option<Context> {
    match state.auto_escape() {
        AutoEscape::Custom(name) => Context::from_name(name),
        _ => None,
    }
}

/// A template's error in the form of the other messages: place, text, caret.
fn report(name: &str, error: &Error) -> anyhow::Error {
    let name = error.name().unwrap_or(name);
    let line = error.line().unwrap_or(1);
    let detail = error
        .detail()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default();
    let source = error
        .template_source()
        .and_then(|text| text.lines().nth(line.saturating_sub(1)));
    let snippet = source
        .map(|text| format!("\n  {line} | {text}"))
        .unwrap_or_default();
    anyhow!("template {name}:{line}: {}{detail}{snippet}", error.kind())
}
