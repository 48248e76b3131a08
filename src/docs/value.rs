//! Numbers by name: `components`, `components.layer.data`, `flows.added`.
//!
//! In: a name, a model and perhaps what changed since another version. Out: the number.
//! Refuses to know: where the name is written.

use crate::diagnostic::{Diagnostics, did_you_mean};
use crate::diff::{self, ModelDiff};
use crate::graph::ArchGraph;
use crate::model::{Model, Statistics};
use crate::source::Span;
use crate::spec::At;
use crate::view::select;

/// What numbers are taken from.
#[derive(Clone, Copy)]
pub(super) struct Numbers<'n> {
    pub(super) model: &'n Model<'n>,
    pub(super) graph: &'n ArchGraph,
    pub(super) diff: Option<&'n ModelDiff>,
}

/// Why a name is no number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoNumber {
    /// There is no such name; what was meant, or what there is.
    Unknown(String),
    /// It compares with another version, and there is none.
    NeedsBase,
}

/// Names without a part, with what they count.
pub static NAMES: &[(&str, &str)] = &[
    ("components", "components"),
    ("layers", "layers"),
    ("categories", "categories"),
    ("topics", "topics"),
    ("flows", "flows, declared and derived"),
    ("flows.declared", "flows that are written"),
    ("flows.derived", "flows that topics imply"),
    ("scenarios", "scenarios"),
    ("messages", "messages in all scenarios"),
    ("producers", "components that publish to a topic"),
    ("consumers", "components that consume a topic"),
    ("owners", "owners"),
];

/// What a name can end with, where another version is compared with.
pub static CHANGES: &[&str] = &["before", "added", "removed", "after"];

/// Fields whose components can be counted: `components.layer.data`.
pub static FIELDS: &[&str] = &["layer", "category", "kind", "tag", "owner", "deployment"];

/// The number of a name.
pub(super) fn number(name: &str, numbers: Numbers<'_>) -> Result<usize, NoNumber> {
    let (base, change) = match name.rsplit_once('.') {
        Some((base, change)) if CHANGES.contains(&change) => (base, Some(change)),
        _ => (name, None),
    };
    let Some(change) = change else {
        return now(base, numbers);
    };
    now(base, numbers)?;
    let Some(diff) = numbers.diff else {
        return Err(NoNumber::NeedsBase);
    };
    let row = row(base, &diff.statistics).ok_or_else(|| unknown(name))?;
    Ok(match change {
        "before" => row.before,
        "added" => row.added + row.moved_in,
        "removed" => row.removed + row.moved_out,
        _ => row.after,
    })
}

fn now(name: &str, numbers: Numbers<'_>) -> Result<usize, NoNumber> {
    let model = numbers.model;
    let statistics = Statistics::of(model);
    let parties = |is_producer: bool| {
        let of = |topic: &crate::model::Topic<'_>| {
            let parties = if is_producer {
                &topic.producers
            } else {
                &topic.consumers
            };
            parties
                .iter()
                .map(|party| party.component)
                .collect::<Vec<_>>()
        };
        let all: std::collections::BTreeSet<_> = model.topics.iter().flat_map(of).collect();
        all.len()
    };
    Ok(match name {
        "components" => statistics.components,
        "layers" => statistics.layers,
        "categories" => model.categories.len(),
        "topics" => statistics.topics,
        "flows" => statistics.flows,
        "flows.declared" => statistics.declared_flows,
        "flows.derived" => statistics.derived_flows,
        "scenarios" => statistics.scenarios,
        "messages" => statistics.messages,
        "producers" => parties(true),
        "consumers" => parties(false),
        "owners" => model.owners.len(),
        other => return selected(other, numbers),
    })
}

/// `components.FIELD.VALUE`: what the selector `FIELD:VALUE` selects.
fn selected(name: &str, numbers: Numbers<'_>) -> Result<usize, NoNumber> {
    let rest = name
        .strip_prefix("components.")
        .ok_or_else(|| unknown(name))?;
    let (field, value) = rest.split_once('.').ok_or_else(|| unknown(name))?;
    if !FIELDS.contains(&field) {
        return Err(unknown(name));
    }
    let text = format!("{field}:{value}");
    let selector = At {
        value: text.as_str(),
        span: Span::default(),
    };
    let mut out = Diagnostics::default();
    let flags = select(selector, numbers.model, numbers.graph, &mut out);
    match out.list().first() {
        Some(finding) => {
            let help = finding.help.as_deref().map(|help| format!("; {help}"));
            Err(NoNumber::Unknown(format!(
                "{}{}",
                finding.message,
                help.unwrap_or_default()
            )))
        }
        None => Ok(flags.iter().filter(|flag| **flag).count()),
    }
}

fn row<'d>(name: &str, statistics: &'d diff::Statistics) -> Option<&'d diff::Row> {
    let by = |rows: &'d [diff::Row], id: &str| rows.iter().find(|row| row.id == id);
    match name {
        "components" => Some(&statistics.components),
        "layers" => Some(&statistics.layers),
        "topics" => Some(&statistics.topics),
        "flows" => Some(&statistics.flows),
        "flows.declared" => by(&statistics.by_origin, "declared"),
        "flows.derived" => by(&statistics.by_origin, "derived"),
        "scenarios" => Some(&statistics.scenarios),
        other => {
            let (field, value) = other.strip_prefix("components.")?.split_once('.')?;
            match field {
                "layer" => by(&statistics.by_layer, value),
                "category" => by(&statistics.by_category, value),
                "kind" => by(&statistics.by_kind, value),
                _ => None,
            }
        }
    }
}

fn unknown(name: &str) -> NoNumber {
    let names = NAMES.iter().map(|(name, _)| *name);
    let stem = name
        .rsplit_once('.')
        .filter(|(_, end)| CHANGES.contains(end));
    let stem = stem.map_or(name, |(stem, _)| stem);
    NoNumber::Unknown(match did_you_mean(stem, names.clone()) {
        Some(meant) if meant != stem => format!("did you mean `{meant}`?"),
        Some(_) => "it can't be compared with another version".to_owned(),
        None => format!(
            "known: {}, and `components.layer.ID` and the like",
            names.collect::<Vec<_>>().join(", ")
        ),
    })
}
