//! The ways that data takes from one place to another.
//!
//! In: a model, its ways, two places and a bound. Out: every simple path, the shortest first,
//! with what is stated about its hops. Refuses to know: how paths are found.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::report::{Report, Section, counted};
use super::subject::{named, shown};
use super::{Answer, Picture};
use crate::graph::{Bound, Hop, Place, RouteGraph};
use crate::model::{FlowId, Model, Origin};
use crate::spec::duration::{self, Duration};
use crate::view::{NodeSubject, Part};

/// The paths from one place to another.
pub fn paths(model: &Model<'_>, routes: &RouteGraph, ends: (Place, Place), bound: Bound) -> Answer {
    let (from, to) = ends;
    let found = routes.paths(from, to, bound);
    let title = format!("From {} to {}", shown(model, from), shown(model, to));
    let mut lead = Vec::new();
    match found.shortest {
        None => lead.push(
            "No way leads there: no flow and no topic connects them in this direction.".to_owned(),
        ),
        Some(hops) => {
            let count = counted(found.paths.len(), "path");
            let more = if found.is_cut { " at least" } else { "" };
            lead.push(format!(
                "The shortest path has {}; there {}{more} {count} of at most {}.",
                counted(hops, "hop"),
                if found.paths.len() == 1 { "is" } else { "are" },
                counted(bound.hops.max(hops), "hop"),
            ));
            if found.is_cut {
                lead.push("There are more; raise --max-paths, or lower --max-hops.".to_owned());
            }
        }
    }
    let rows = found.paths.iter().enumerate().map(|(index, path)| {
        vec![
            (index + 1).to_string(),
            path.len().to_string(),
            way(model, path),
            latency(model, path).map_or_else(String::new, |(sum, _)| duration::display(sum)),
        ]
    });
    let all = Section {
        heading: "Paths".to_owned(),
        columns: &["#", "hops", "way", "stated latency"],
        rows: rows.collect(),
    };
    let shortest = found.paths.first().map(|path| hops(model, path));
    Answer {
        report: Report {
            title,
            lead,
            sections: std::iter::once(all).chain(shortest).collect(),
        },
        json: json!({
            "version": 1,
            "question": "paths",
            "from": named(model, from),
            "to": named(model, to),
            "shortest": found.shortest,
            "is_cut": found.is_cut,
            "paths": found.paths.iter().map(|path| path_json(model, path)).collect::<Value>(),
        }),
        picture: picture(model, ends, &found.paths),
        holds: found.shortest.is_some(),
    }
}

fn picture(model: &Model<'_>, (from, to): (Place, Place), paths: &[Vec<Hop>]) -> Option<Picture> {
    if paths.is_empty() {
        return None;
    }
    let mut part = Part::new(
        "trace",
        format!("From {} to {}", name(model, from), name(model, to)),
    );
    for hop in paths.iter().flatten() {
        part.show(subject(hop.from));
        part.show(subject(hop.to));
        part.hops
            .get_or_insert_with(BTreeSet::new)
            .insert((subject(hop.from), subject(hop.to)));
    }
    Some(Picture::Part(part))
}

fn name<'m>(model: &'m Model<'_>, place: Place) -> &'m str {
    match place {
        Place::Component(id) => &model[id].name,
        Place::Topic(id) => &model[id].name,
    }
}

pub(super) fn subject(place: Place) -> NodeSubject {
    match place {
        Place::Component(id) => NodeSubject::Component(id),
        Place::Topic(id) => NodeSubject::Topic(id),
    }
}

/// `postgresql → kafka_connect → [db.changes.users] → audit_service`.
fn way(model: &Model<'_>, path: &[Hop]) -> String {
    let first = path.first().map(|hop| shown(model, hop.from));
    let rest = path.iter().map(|hop| shown(model, hop.to));
    first
        .into_iter()
        .chain(rest)
        .collect::<Vec<_>>()
        .join(" → ")
}

/// The latencies that the hops state, with how many state one.
fn latency(model: &Model<'_>, path: &[Hop]) -> Option<(u64, usize)> {
    let stated = path.iter().filter_map(|hop| hop_latency(model, hop));
    let (sum, count) = stated.fold((0_u64, 0), |(sum, count), one| {
        (sum.saturating_add(one), count + 1)
    });
    (count > 0).then_some((sum, count))
}

/// The shortest latency that one of the parallel flows states.
fn hop_latency(model: &Model<'_>, hop: &Hop) -> Option<u64> {
    let stated = hop.flows.iter().filter_map(|flow| {
        let text = model[*flow].written.as_ref()?.latency?;
        match duration::parse(text.value)? {
            Duration::Micros(micros) => Some(micros),
            Duration::Forever => None,
        }
    });
    stated.min()
}

fn hops(model: &Model<'_>, path: &[Hop]) -> Section {
    let rows = path.iter().map(|hop| {
        vec![
            shown(model, hop.from),
            shown(model, hop.to),
            labels(model, hop).join("; "),
            protocols(model, hop).join(", "),
            hop_latency(model, hop).map_or_else(String::new, duration::display),
            origin(model, hop).to_owned(),
        ]
    });
    Section {
        heading: "The shortest path, hop by hop".to_owned(),
        columns: &["from", "to", "label", "protocol", "latency", "because of"],
        rows: rows.collect(),
    }
}

fn labels<'m>(model: &'m Model<'_>, hop: &Hop) -> Vec<&'m str> {
    let mut labels: Vec<&str> = Vec::new();
    for label in hop
        .flows
        .iter()
        .filter_map(|flow| model[*flow].label.as_deref())
    {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}

fn protocols<'m>(model: &'m Model<'_>, hop: &Hop) -> Vec<&'m str> {
    let stated = hop.flows.iter().filter_map(|flow| model[*flow].protocol());
    stated.map(|protocol| protocol.value).collect()
}

fn origin(model: &Model<'_>, hop: &Hop) -> &'static str {
    let declared = |flow: FlowId| matches!(model[flow].origin, Origin::Declared(_));
    match (hop.from, hop.to) {
        _ if hop.flows.iter().any(|flow| declared(*flow)) => "a declared flow",
        (_, Place::Topic(_)) => "a producer",
        (Place::Topic(_), _) => "a consumer",
        _ => "a topic",
    }
}

fn path_json(model: &Model<'_>, path: &[Hop]) -> Value {
    let hops = path.iter().map(|hop| {
        json!({
            "from": named(model, hop.from),
            "to": named(model, hop.to),
            "labels": labels(model, hop),
            "protocols": protocols(model, hop),
            "latency_us": hop_latency(model, hop),
            "is_derived": origin(model, hop) != "a declared flow",
        })
    });
    json!({
        "hops": hops.collect::<Value>(),
        "stated_latency_us": latency(model, path).map(|(sum, _)| sum),
        "hops_with_latency": latency(model, path).map_or(0, |(_, count)| count),
    })
}
