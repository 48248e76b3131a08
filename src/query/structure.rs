//! What the whole hangs on: single points of failure, circles, fan-in and fan-out.
//!
//! In: a model. Out: three tables. Refuses to know: whether any of it is bad.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::report::{Report, Section, counted};
use super::subject::owner;
use super::{Answer, Picture};
use crate::check::cycle;
use crate::graph::cut_points;
use crate::model::{ComponentId, Model};
use crate::view::{NodeSubject, Part, TopicProjection};

/// Rows of the table of fans at most; programs get all.
const MAX_FANS: usize = 20;

/// How many components send to one, and how many it sends to.
struct Fan {
    id: ComponentId,
    incoming: usize,
    outgoing: usize,
}

/// The weak points of a model.
pub fn structure(model: &Model<'_>) -> Answer {
    let edges: Vec<(usize, usize)> = model
        .flows
        .iter()
        .map(|flow| (flow.from.index(), flow.to.index()))
        .collect();
    let mut points = cut_points(model.components.len(), &edges);
    points.sort_by_key(|point| (std::cmp::Reverse(point.cut_off), point.node));
    let cycles = cycle::find(model, model.flows.iter());
    let fans = fans(model);
    let id = |node: usize| ComponentId::new(node);
    Answer {
        report: Report {
            title: "What the architecture hangs on".to_owned(),
            lead: vec![format!(
                "{}, {}, {}.",
                counted(points.len(), "single point") + " of failure",
                counted(cycles.len(), "circle") + " of calls",
                counted(fans.len(), "component") + " with flows",
            )],
            sections: vec![
                Section {
                    heading: "Single points of failure: without them others lose the rest"
                        .to_owned(),
                    columns: &["component", "cut off", "owner"],
                    rows: points
                        .iter()
                        .map(|point| {
                            vec![
                                model[id(point.node)].id.value.to_owned(),
                                point.cut_off.to_string(),
                                owner(model, id(point.node)).to_owned(),
                            ]
                        })
                        .collect(),
                },
                Section {
                    heading: "Circles of calls".to_owned(),
                    columns: &["circle"],
                    rows: cycles.iter().map(|cycle| vec![cycle.text(model)]).collect(),
                },
                Section {
                    heading: "Fan-in and fan-out: components that send to it, and that it sends to"
                        .to_owned(),
                    columns: &["component", "in", "out"],
                    rows: fans
                        .iter()
                        .take(MAX_FANS)
                        .map(|fan| {
                            vec![
                                model[fan.id].id.value.to_owned(),
                                fan.incoming.to_string(),
                                fan.outgoing.to_string(),
                            ]
                        })
                        .collect(),
                },
            ],
        },
        json: json!({
            "version": 1,
            "question": "structure",
            "single_points_of_failure": points.iter().map(|point| json!({
                "id": model[id(point.node)].id.value,
                "cut_off": point.cut_off,
            })).collect::<Value>(),
            "circles": cycles.iter().map(|cycle| {
                cycle.components().iter().map(|id| model[*id].id.value).collect::<Value>()
            }).collect::<Value>(),
            "fans": fans.iter().map(|fan| json!({
                "id": model[fan.id].id.value, "in": fan.incoming, "out": fan.outgoing,
            })).collect::<Value>(),
        }),
        picture: picture(
            &points
                .iter()
                .map(|point| id(point.node))
                .collect::<Vec<_>>(),
        ),
        holds: true,
    }
}

/// Those with the most flows first.
fn fans(model: &Model<'_>) -> Vec<Fan> {
    let pairs: BTreeSet<(ComponentId, ComponentId)> = model
        .flows
        .iter()
        .filter(|flow| flow.from != flow.to)
        .flat_map(|flow| {
            let back = flow.is_bidirectional().then_some((flow.to, flow.from));
            std::iter::once((flow.from, flow.to)).chain(back)
        })
        .collect();
    let fan = |(id, _)| Fan {
        id,
        incoming: 0,
        outgoing: 0,
    };
    let mut fans: Vec<Fan> = model.components().map(fan).collect();
    for (from, to) in pairs {
        fans[from.index()].outgoing += 1;
        fans[to.index()].incoming += 1;
    }
    fans.retain(|fan| fan.incoming + fan.outgoing > 0);
    fans.sort_by_key(|fan| (std::cmp::Reverse(fan.incoming + fan.outgoing), fan.id));
    fans
}

fn picture(points: &[ComponentId]) -> Option<Picture> {
    if points.is_empty() {
        return None;
    }
    let mut part = Part::new("structure", "What the architecture hangs on".to_owned());
    part.topics = TopicProjection::Hub;
    for id in points {
        part.show(NodeSubject::Component(*id));
    }
    Some(Picture::Part(part))
}
