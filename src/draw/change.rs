//! What became of elements between two versions, shown by lines: their color, width and gaps.
//!
//! In: the painted elements of a union of two versions. Out: the same elements, marked, and
//! the signs they need in the legend. Refuses to know: how versions are compared. Names and
//! labels say the same in words, so color is never the only sign.

use std::collections::BTreeMap;

use super::legend::Signs;
use super::mark::{Dash, Mark, Paint, Stroke};
use super::picture::{Element, Subject};
use crate::model::{Mark as Change, Model};
use crate::view::ViewGraph;

/// Wide enough to be seen beside what is unchanged.
const WIDE: f64 = 2.2;

/// What became of the things in a view.
pub(super) struct Changes<'s> {
    view: &'s ViewGraph<'s>,
    layers: BTreeMap<&'s str, Change>,
    components: BTreeMap<&'s str, Change>,
    topics: BTreeMap<&'s str, Change>,
}

impl<'s> Changes<'s> {
    pub(super) fn of(model: &'s Model<'_>, view: &'s ViewGraph<'s>) -> Self {
        let layers = model.layers.iter().zip(&model.marks.layers);
        let components = model.components.iter().zip(&model.marks.components);
        let topics = model.topics.iter().zip(&model.marks.topics);
        Self {
            view,
            layers: known(layers.map(|(layer, mark)| (layer.id.value, mark))),
            components: known(components.map(|(one, mark)| (one.id.value, mark))),
            topics: known(topics.map(|(topic, mark)| (topic.id.value, mark))),
        }
    }

    /// Marks what changed.
    pub(super) fn show(&self, elements: &mut [Element], signs: &mut Signs) {
        for element in elements {
            let Some(change) = self.change(&element.subject) else {
                continue;
            };
            element.change = Some(change);
            signs.add_change(change);
            for mark in &mut element.marks {
                restyle(mark, change);
            }
        }
    }

    fn change(&self, subject: &Subject) -> Option<Change> {
        match subject {
            Subject::Band(frame) => self.layers.get(frame.id.as_str()).copied(),
            Subject::Frame(frame) => self.components.get(frame.id.as_str()).copied(),
            Subject::Node(node) => self.view.nodes.get(node.number)?.mark,
            Subject::Topic { id, .. } => self.topics.get(id.as_str()).copied(),
            Subject::Flow(flow) => self.flow(flow.number),
            // Flows share a line only if they share its label, and labels tell what changed.
            Subject::Trunk { flows, .. } | Subject::Label { flows, .. } => {
                self.flow(*flows.first()?)
            }
            _ => None,
        }
    }

    /// Flows are numbered from one.
    fn flow(&self, number: usize) -> Option<Change> {
        self.view.edges.get(number.checked_sub(1)?)?.mark
    }
}

fn known<'s, 'm>(
    marks: impl Iterator<Item = (&'s str, &'m Option<Change>)>,
) -> BTreeMap<&'s str, Change> {
    marks
        .filter_map(|(id, mark)| Some((id, (*mark)?)))
        .collect()
}

/// The outline of something that changed.
pub(super) fn outline(change: Change) -> Stroke {
    let dash = match change {
        Change::Added => Dash::Solid,
        Change::Removed => Dash::Dotted,
        Change::Changed => Dash::Dashed,
        Change::Moved => Dash::Long,
    };
    Stroke::solid(Paint::Change(change), WIDE).with(dash)
}

/// Areas keep their color. Lines of flows keep their gaps, which say that nobody waits; only
/// those that are gone are dotted.
fn restyle(mark: &mut Mark, change: Change) {
    let (fill, stroke, is_line) = match mark {
        Mark::Box { fill, stroke, .. } => (fill, stroke, false),
        Mark::Path { fill, stroke, .. } => {
            let is_line = *fill == Paint::None;
            (fill, stroke, is_line)
        }
        Mark::Text(_) | Mark::Icon { .. } => return,
    };
    if matches!(fill, Paint::Flow | Paint::Event) {
        *fill = Paint::Change(change);
    }
    if stroke.paint == Paint::None {
        return;
    }
    let outline = outline(change);
    let keeps_gaps = is_line && change != Change::Removed;
    *stroke = outline.with(if keeps_gaps {
        stroke.dash
    } else {
        outline.dash
    });
}
