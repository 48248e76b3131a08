//! The closing checklist. Every line is computed; one that does not hold says why.
//!
//! In: a summary. Out: rows. Refuses to know: what the author claims.

use minijinja::{Value, context};

use super::super::row::list;
use super::Summary;
use crate::diff::{Class, LayerFate, Row};
use crate::files::Fate;
use crate::model::{Action, Component, ComponentId, Model, Step, TopicId};

/// Names in a reason at most.
const MAX_NAMED: usize = 8;

/// A line; it holds if nothing speaks against it.
struct Line {
    claim: String,
    against: Vec<String>,
}

pub(super) fn checklist(summary: &Summary<'_>) -> Value {
    let lines = [
        components(summary),
        details(summary),
        owners(summary),
        topics(summary),
        reasons(summary),
        flows(summary),
        layers(summary),
        scenarios(summary),
        excerpts(summary),
        files(summary),
        Some(counts(summary)),
        Some(safety(summary)),
        Some(findings(summary)),
    ];
    list(lines.into_iter().flatten().map(|line| {
        let more = line.against.len().saturating_sub(MAX_NAMED);
        context! {
            holds => line.against.is_empty(),
            claim => line.claim,
            against => list(line.against.iter().take(MAX_NAMED).map(|reason| Value::from(reason.as_str()))),
            more => more,
        }
    }))
}

fn components(summary: &Summary<'_>) -> Option<Line> {
    let names: Vec<&str> = added(summary).map(|component| &*component.name).collect();
    let claim = format!(
        "{}: {}",
        counted(names.len(), "new component"),
        names.join(", ")
    );
    (!names.is_empty()).then(|| Line {
        claim,
        against: Vec::new(),
    })
}

fn details(summary: &Summary<'_>) -> Option<Line> {
    let lacking = added(summary).filter_map(|component| {
        let written = &component.written;
        let parts = [
            ("deployment", component.deployment.is_some()),
            ("protocols", written.protocols.is_some()),
            ("operations", !written.operations.is_empty()),
        ];
        missing(&component.name, &parts)
    });
    let claim = "Every new component states its deployment, protocols and operations";
    line_if_any(summary, claim, lacking.collect())
}

fn owners(summary: &Summary<'_>) -> Option<Line> {
    let lacking = added(summary).filter_map(|component| {
        let parts = [
            ("owner", component.owner.is_some()),
            ("purpose", component.written.purpose.is_some()),
        ];
        missing(&component.name, &parts)
    });
    line_if_any(
        summary,
        "Every new component has an owner and a purpose",
        lacking.collect(),
    )
}

/// What an element lacks, as one reason.
fn missing(name: &str, parts: &[(&str, bool)]) -> Option<String> {
    let lacking: Vec<&str> = parts
        .iter()
        .filter(|(_, is_there)| !is_there)
        .map(|(part, _)| *part)
        .collect();
    (!lacking.is_empty()).then(|| format!("{name} lacks {}", lacking.join(" and ")))
}

fn line_if_any(summary: &Summary<'_>, claim: &str, against: Vec<String>) -> Option<Line> {
    let claim = claim.to_owned();
    added(summary).next().map(|_| Line { claim, against })
}

fn topics(summary: &Summary<'_>) -> Option<Line> {
    let head = summary.head;
    let ids: Vec<TopicId> = summary.diff.matching.topics.added().collect();
    let lacking = ids.iter().filter_map(|id| {
        let topic = &head[*id];
        let parts = [
            ("a producer", !topic.producers.is_empty()),
            ("a consumer", !topic.consumers.is_empty()),
        ];
        missing(topic.id.value, &parts)
    });
    let against = lacking.collect();
    let claim = format!(
        "{}, each with a producer and a consumer",
        counted(ids.len(), "new topic")
    );
    (!ids.is_empty()).then_some(Line { claim, against })
}

fn reasons(summary: &Summary<'_>) -> Option<Line> {
    let head = summary.head;
    let mut against = Vec::new();
    let mut count = 0;
    for id in summary.diff.matching.topics.added() {
        let topic = &head[id];
        let name = |component: ComponentId| &*head[component].name;
        count += topic.producers.len() + topic.consumers.len();
        for party in topic
            .producers
            .iter()
            .filter(|party| party.trigger.is_none())
        {
            against.push(format!(
                "when {} publishes {} is not stated",
                name(party.component),
                topic.id.value
            ));
        }
        for party in topic
            .consumers
            .iter()
            .filter(|party| party.purpose.is_none())
        {
            against.push(format!(
                "why {} consumes {} is not stated",
                name(party.component),
                topic.id.value
            ));
        }
    }
    let claim =
        "Every producer of a new topic says when it publishes, every consumer why it consumes";
    (count > 0).then(|| Line {
        claim: claim.to_owned(),
        against,
    })
}

fn flows(summary: &Summary<'_>) -> Option<Line> {
    let statistics = &summary.diff.statistics;
    let parts: Vec<String> = statistics
        .by_origin
        .iter()
        .map(|row| format!("{} {}", row.added, row.name.to_lowercase()))
        .collect();
    let total = statistics.flows.added;
    let claim = format!("{}: {}", counted(total, "new flow"), parts.join(" + "));
    (total > 0).then(|| Line {
        claim,
        against: Vec::new(),
    })
}

fn layers(summary: &Summary<'_>) -> Option<Line> {
    let rows = summary
        .diff
        .layers
        .rows
        .iter()
        .filter(|row| row.fate == LayerFate::Added);
    let added: Vec<_> = rows
        .filter_map(|row| row.head)
        .map(|id| &summary.head[id])
        .collect();
    let names: Vec<&str> = added.iter().map(|layer| &*layer.name).collect();
    let claim = format!(
        "{}, each with a color and components: {}",
        counted(added.len(), "new layer"),
        names.join(", ")
    );
    let against = added.iter().filter_map(|layer| {
        let parts = [
            ("a color", layer.written.color.is_some()),
            ("components", !layer.components.is_empty()),
        ];
        missing(&layer.name, &parts)
    });
    let against = against.collect();
    (!added.is_empty()).then_some(Line { claim, against })
}

fn scenarios(summary: &Summary<'_>) -> Option<Line> {
    let head = summary.head;
    let ids: Vec<_> = summary.diff.matching.scenarios.added().collect();
    let mut against = Vec::new();
    for scenario in ids.iter().map(|id| &head[*id]) {
        let loose = scenario.steps.iter().filter(|step| !is_backed(head, step));
        against.extend(loose.map(|step| format!("step {} of {}", step.number, scenario.name)));
    }
    let claim = format!(
        "{}, every step of which is backed by a flow or a topic",
        counted(ids.len(), "new scenario")
    );
    (!ids.is_empty()).then_some(Line { claim, against })
}

fn is_backed(model: &Model<'_>, step: &Step<'_>) -> bool {
    match step.action {
        Action::Call { flow, .. } | Action::Return { flow, .. } => flow.is_some(),
        Action::Publish { from, topic } => model[topic]
            .producers
            .iter()
            .any(|party| party.component == from),
        Action::Consume { by, topic } => model[topic]
            .consumers
            .iter()
            .any(|party| party.component == by),
        Action::Note { .. } => true,
    }
}

fn excerpts(summary: &Summary<'_>) -> Option<Line> {
    let stated = &summary.head.configuration;
    let is_read = |title: &str| {
        summary
            .excerpts
            .iter()
            .any(|excerpt| excerpt.title == title)
    };
    let titles = stated
        .iter()
        .filter_map(|entry| entry.title)
        .map(|title| title.value);
    let unread = titles
        .filter(|title| !is_read(title))
        .map(|title| format!("{title} can't be read"));
    let claim = format!(
        "{}, read from the files themselves",
        counted(stated.len(), "configuration excerpt")
    );
    let against = unread.collect();
    (!stated.is_empty()).then_some(Line { claim, against })
}

/// Whether the files that the author remarks on did change.
fn files(summary: &Summary<'_>) -> Option<Line> {
    let noted: Vec<_> = summary
        .files
        .rows
        .iter()
        .filter(|row| row.is_noted)
        .collect();
    let against = noted.iter().filter_map(|row| match row.fate {
        Fate::Unchanged => Some(format!("{} is the same as before", row.path)),
        Fate::Missing => Some(format!("{} does not exist", row.path)),
        _ => None,
    });
    let against = against.collect();
    let claim = "Every file that the author remarks on changed".to_owned();
    (!noted.is_empty()).then_some(Line { claim, against })
}

/// The identity, spelled out. A summary whose counts do not add up is not written at all.
fn counts(summary: &Summary<'_>) -> Line {
    let statistics = &summary.diff.statistics;
    let sum = |row: &Row| {
        format!(
            "{} + {} − {} = {}",
            row.before, row.added, row.removed, row.after
        )
    };
    let claim = format!(
        "The counts add up: {} components, {} topics, {} flows, {} layers",
        sum(&statistics.components),
        sum(&statistics.topics),
        sum(&statistics.flows),
        sum(&statistics.layers),
    );
    let open = (!statistics.is_closed()).then(|| "a table does not add up".to_owned());
    Line {
        claim,
        against: open.into_iter().collect(),
    }
}

fn safety(summary: &Summary<'_>) -> Line {
    let breaking = summary
        .diff
        .changes
        .iter()
        .filter(|change| change.class == Class::Breaking);
    Line {
        claim: "Nothing that worked before breaks".to_owned(),
        against: breaking.map(|change| change.text.clone()).collect(),
    }
}

fn findings(summary: &Summary<'_>) -> Line {
    let found = summary.findings;
    let claim = match found.warnings {
        0 => "The check of the new version finds no errors and no warnings".to_owned(),
        warnings => format!(
            "The check of the new version finds no errors, and {}",
            counted(warnings, "warning")
        ),
    };
    let errors = (found.errors > 0).then(|| format!("it finds {}", counted(found.errors, "error")));
    Line {
        claim,
        against: errors.into_iter().collect(),
    }
}

fn added<'d>(summary: &Summary<'d>) -> impl Iterator<Item = &'d Component<'d>> {
    let head = summary.head;
    summary.diff.matching.components.added().map(|id| &head[id])
}

fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
