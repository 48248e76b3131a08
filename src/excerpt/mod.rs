//! Excerpts of real configuration files, read when they are shown so that they can't drift.
//!
//! In: the `configuration:` entries of a model, and the workspace. Out: [`Excerpt`]s with the
//! values as the files state them, and findings where they don't. Refuses to know: how an
//! excerpt is shown; values that look like secrets are left out.

use serde_json::Value;

use crate::diagnostic::{
    CONFIGURATION_KEY_MISSING, CONFIGURATION_UNREADABLE, Diagnostic, Diagnostics, did_you_mean,
};
use crate::model::Model;
use crate::source::Workspace;
use crate::spec::{Configuration, Text};

/// What a hidden value is shown as.
const HIDDEN: &str = "••••";
/// Parts of keys whose values are never shown.
const SECRET_WORDS: [&str; 5] = ["PASSWORD", "SECRET", "TOKEN", "CREDENTIAL", "PRIVATE_KEY"];

/// Settings of one file, in the order asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excerpt {
    /// Heading.
    pub title: String,
    /// The file, as the specification names it.
    pub from: String,
    /// The service in it; may be empty.
    pub service: String,
    /// Keys with values.
    pub settings: Vec<(String, String)>,
}

/// Reads every excerpt of a model; what can't be read is a finding and left out.
pub fn excerpts(workspace: &Workspace, model: &Model<'_>, out: &mut Diagnostics) -> Vec<Excerpt> {
    if matches!(workspace, Workspace::Memory { files, .. } if files.len() == 1) {
        // A text from stdin has no files beside it.
        return Vec::new();
    }
    model
        .configuration
        .iter()
        .filter_map(|entry| read(workspace, entry, out))
        .collect()
}

fn read(
    workspace: &Workspace,
    entry: &Configuration<'_>,
    out: &mut Diagnostics,
) -> Option<Excerpt> {
    let (title, from) = (entry.title?, entry.from?);
    let settings = match document(workspace, from.value)
        .and_then(|document| settings(&document, entry.service))
    {
        Ok(settings) => settings,
        Err(problem) => {
            out.push(unreadable(entry.service.unwrap_or(from), &problem));
            return None;
        }
    };
    let shown = if entry.keys.is_empty() {
        settings
    } else {
        chosen(&settings, entry, out)
    };
    Some(Excerpt {
        title: title.value.to_owned(),
        from: from.value.to_owned(),
        service: entry.service.map_or("", |service| service.value).to_owned(),
        settings: shown.into_iter().map(hidden_if_secret).collect(),
    })
}

fn document(workspace: &Workspace, from: &str) -> Result<Value, String> {
    let names = workspace
        .find(&workspace.main(), from)
        .map_err(|_| format!("`{from}` is not a file below the specification's folder"))?;
    let name = names
        .first()
        .ok_or_else(|| format!("`{from}` does not exist"))?;
    let text = workspace.read(name).map_err(|error| format!("{error:#}"))?;
    serde_yaml::from_str(&text).map_err(|error| {
        let first = error.to_string().lines().next().unwrap_or("").to_owned();
        format!("`{from}` can't be read: {first}")
    })
}

/// The settings of a compose service's `environment`, of a service mapping, or of the whole file.
fn settings(document: &Value, service: Option<Text<'_>>) -> Result<Vec<(String, String)>, String> {
    let Some(service) = service else {
        return Ok(pairs(document));
    };
    let services = document.get("services").unwrap_or(document);
    let found = services.get(service.value).ok_or_else(|| {
        let known = services
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str());
        let help =
            did_you_mean(service.value, known).map(|meant| format!("; did you mean `{meant}`?"));
        format!(
            "there is no service `{}`{}",
            service.value,
            help.unwrap_or_default()
        )
    })?;
    Ok(pairs(found.get("environment").unwrap_or(found)))
}

/// A mapping, or a list of `KEY=value`, as pairs; other shapes hold no settings.
fn pairs(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned)
    };
    match value {
        Value::Object(entries) => entries
            .iter()
            .map(|(key, value)| (key.clone(), text(value)))
            .collect(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .filter_map(|item| item.split_once('='))
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .collect(),
        _ => Vec::new(),
    }
}

/// The settings asked for, in that order.
fn chosen(
    settings: &[(String, String)],
    entry: &Configuration<'_>,
    out: &mut Diagnostics,
) -> Vec<(String, String)> {
    let mut chosen = Vec::new();
    for key in &entry.keys {
        match settings.iter().find(|(known, _)| known == key.value) {
            Some(setting) => chosen.push(setting.clone()),
            None => out.push(key_missing(*key, settings)),
        }
    }
    chosen
}

fn hidden_if_secret((key, value): (String, String)) -> (String, String) {
    let upper = key.to_uppercase();
    let is_secret = SECRET_WORDS.iter().any(|word| upper.contains(word));
    (key, if is_secret { HIDDEN.to_owned() } else { value })
}

fn unreadable(at: Text<'_>, problem: &str) -> Diagnostic {
    Diagnostic::new(
        CONFIGURATION_UNREADABLE,
        format!("this excerpt can't be shown: {problem}"),
        at.span,
        "",
    )
    .help("name a YAML file below the specification's folder, and a service that it has")
}

fn key_missing(key: Text<'_>, settings: &[(String, String)]) -> Diagnostic {
    let message = format!("the file does not set `{}`", key.value);
    let diagnostic = Diagnostic::new(CONFIGURATION_KEY_MISSING, message, key.span, "");
    match did_you_mean(key.value, settings.iter().map(|(known, _)| known.as_str())) {
        Some(meant) => diagnostic
            .help(format!("did you mean `{meant}`?"))
            .fix(key.span, meant),
        None => diagnostic.help("remove the key, or set it in the file"),
    }
}
