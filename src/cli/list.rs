//! `list`: what the specification or the program has, as a table or JSON.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::Exit;
use super::arguments::{Arguments, ListFormat, ListOptions, Listing};
use super::output::Output;
use super::workspace;
use crate::diagnostic::{Code, all_codes};
use crate::diff::CHANGE_KINDS;
use crate::graph::ArchGraph;
use crate::import::IMPORTERS;
use crate::model::{ComponentId, Model, Party};
use crate::pipeline;
use crate::render::FORMATS;

/// Column names and rows.
struct Table {
    columns: &'static [&'static str],
    rows: Vec<Vec<Value>>,
}

pub(super) fn run(
    arguments: &Arguments,
    options: &ListOptions,
    output: &mut Output,
) -> Result<Exit> {
    let (table, exit) = match options.what {
        Listing::Rules => (rules(), Exit::Clean),
        Listing::Changes => (changes(), Exit::Clean),
        Listing::Formats => (formats(), Exit::Clean),
        Listing::Importers => (importers(), Exit::Clean),
        what => of_model(arguments, what, output)?,
    };
    match options.format {
        ListFormat::Table => output.data(&as_table(&table))?,
        ListFormat::Json => output.raw(as_json(&table))?,
    }
    Ok(exit)
}

/// Lists what resolves; a specification with errors is listed as far as it goes, and fails.
fn of_model(arguments: &Arguments, what: Listing, output: &mut Output) -> Result<(Table, Exit)> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    let (sources, mut out) = pipeline::load(&workspace)?;
    let model = pipeline::analyze(&sources, &mut out);
    let table = match what {
        Listing::Components => components(&model),
        Listing::Layers => layers(&model),
        Listing::Topics => topics(&model),
        Listing::Flows => flows(&model),
        Listing::Scenarios => scenarios(&model),
        _ => views(&model),
    };
    if !out.has_errors() {
        return Ok((table, Exit::Clean));
    }
    output.insist(
        "the specification has errors, so this list may not be complete; see `archviz check`",
    );
    Ok((table, Exit::Findings))
}

fn rules() -> Table {
    let row = |code: &Code| {
        vec![
            json!(code.id),
            json!(code.group.name()),
            json!(code.severity.name()),
            json!(code.summary),
        ]
    };
    Table {
        columns: &["id", "group", "level", "summary"],
        rows: all_codes().iter().map(|code| row(code)).collect(),
    }
}

fn changes() -> Table {
    let rows = CHANGE_KINDS.iter().map(|kind| {
        let audience: Vec<&str> = kind.audience.iter().map(|one| one.name()).collect();
        vec![
            json!(kind.id),
            json!(kind.class.name()),
            json!(audience.join(", ")),
            json!(kind.summary),
        ]
    });
    Table {
        columns: &["id", "class", "for", "summary"],
        rows: rows.collect(),
    }
}

fn importers() -> Table {
    let rows = IMPORTERS.iter().map(|importer| {
        let files = importer.patterns.join(" ");
        vec![json!(importer.kind), json!(files), json!(importer.summary)]
    });
    Table {
        columns: &["kind", "files", "summary"],
        rows: rows.collect(),
    }
}

fn formats() -> Table {
    let rows = FORMATS.iter().map(|format| {
        let shows = [
            ("views", format.diagram),
            ("scenarios", format.sequence),
            ("the model", format.document),
        ];
        let shows: Vec<&str> = shows
            .iter()
            .filter(|(_, template)| template.is_some())
            .map(|(what, _)| *what)
            .collect();
        vec![
            json!(format.name),
            json!(format.extension),
            json!(shows.join(", ")),
            json!(format.summary),
        ]
    });
    Table {
        columns: &["name", "extension", "shows", "summary"],
        rows: rows.collect(),
    }
}

fn components(model: &Model<'_>) -> Table {
    let rows = model.components.iter().map(|component| {
        vec![
            json!(component.id.value),
            json!(component.name),
            json!(component.kind.name()),
            json!(component.layer.map_or("", |layer| model[layer].id.value)),
            json!(
                component
                    .category
                    .map_or("", |category| model[category].id.value)
            ),
            json!(component.owner.map_or("", |owner| model[owner].id.value)),
        ]
    });
    Table {
        columns: &["id", "name", "kind", "layer", "category", "owner"],
        rows: rows.collect(),
    }
}

fn layers(model: &Model<'_>) -> Table {
    let rows = model.layers.iter().map(|layer| {
        vec![
            json!(layer.order),
            json!(layer.id.value),
            json!(layer.name),
            json!(layer.components.len()),
        ]
    });
    Table {
        columns: &["order", "id", "name", "components"],
        rows: rows.collect(),
    }
}

fn topics(model: &Model<'_>) -> Table {
    let names = |parties: &[Party<'_>]| -> Value {
        parties
            .iter()
            .map(|party| json!(model[party.component].id.value))
            .collect()
    };
    let rows = model.topics.iter().map(|topic| {
        let key = topic.written.key.map_or("", |key| key.value);
        vec![
            json!(topic.id.value),
            names(&topic.producers),
            names(&topic.consumers),
            json!(key),
        ]
    });
    Table {
        columns: &["id", "producers", "consumers", "key"],
        rows: rows.collect(),
    }
}

fn flows(model: &Model<'_>) -> Table {
    let id = |component: ComponentId| json!(model[component].id.value);
    let rows = model.flows.iter().map(|flow| {
        let topics: Value = flow
            .topics
            .iter()
            .map(|topic| json!(model[*topic].id.value))
            .collect();
        vec![
            id(flow.from),
            id(flow.to),
            json!(flow.label.as_deref().unwrap_or("")),
            json!(if flow.is_async { "async" } else { "sync" }),
            json!(if flow.is_derived() {
                "derived"
            } else {
                "declared"
            }),
            topics,
        ]
    });
    Table {
        columns: &["from", "to", "label", "mode", "origin", "topics"],
        rows: rows.collect(),
    }
}

fn scenarios(model: &Model<'_>) -> Table {
    let rows = model.scenarios.iter().map(|scenario| {
        let steps = scenario.steps.last().map_or(0, |step| step.number);
        vec![
            json!(scenario.id.value),
            json!(scenario.name),
            json!(steps),
            json!(scenario.steps.len()),
        ]
    });
    Table {
        columns: &["id", "name", "steps", "messages"],
        rows: rows.collect(),
    }
}

fn views<'m>(model: &'m Model<'m>) -> Table {
    let graph = ArchGraph::build(model);
    let shown = pipeline::views(
        model,
        &graph,
        &[],
        &mut crate::diagnostic::Diagnostics::default(),
    );
    let rows = shown.iter().map(|view| {
        let size = view.size();
        vec![
            json!(view.id()),
            json!(view.title()),
            json!(view.kind()),
            json!(size.nodes),
            json!(size.edges),
        ]
    });
    Table {
        columns: &["id", "title", "kind", "nodes", "edges"],
        rows: rows.collect(),
    }
}

fn as_json(table: &Table) -> String {
    let object = |row: &Vec<Value>| -> Value {
        let entries = table
            .columns
            .iter()
            .zip(row)
            .map(|(column, cell)| ((*column).to_owned(), cell.clone()));
        Value::Object(entries.collect::<Map<_, _>>())
    };
    format!("{:#}\n", table.rows.iter().map(object).collect::<Value>())
}

/// Columns as wide as their widest cell; the last one is not padded.
fn as_table(table: &Table) -> String {
    let head = table
        .columns
        .iter()
        .map(|column| column.to_uppercase())
        .collect();
    let cells: Vec<Vec<String>> = std::iter::once(head)
        .chain(table.rows.iter().map(|row| row.iter().map(cell).collect()))
        .collect();
    let width = |index: usize| {
        cells
            .iter()
            .map(|row| row[index].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.columns.len()).map(width).collect();
    let mut text = String::new();
    for row in &cells {
        let padded = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(padded.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

fn cell(value: &Value) -> String {
    let plain = |value: &Value| {
        value
            .as_str()
            .map_or_else(|| value.to_string(), ToOwned::to_owned)
    };
    let text = match value {
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(", "),
        other => plain(other),
    };
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}
