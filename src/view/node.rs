//! Nodes: what is drawn as a box of its own, and in which group.
//!
//! In: what a view shows, and the arrows it draws. Out: groups and nodes in drawing
//! order. Refuses to know: labels.
//!
//! A component is a node unless it is the frame of others. A parent that is a frame is a
//! node as well, inside its own frame, if it is selected and a flow ends at it or at
//! something in it that is not shown: that node stands for the rest of the parent.

#![expect(
    clippy::disallowed_types,
    reason = "the set is looked up, never iterated"
)]

use std::collections::{BTreeSet, HashSet};

use rustc_hash::FxBuildHasher;

use super::frame::Frames;
use super::project::{Projection, Scene};
use super::{Group, GroupSubject, Node, NodeSubject};
use crate::model::Mark;

pub(super) fn nodes(scene: &Scene<'_, '_>, projection: &Projection<'_>) -> (Vec<Group>, Vec<Node>) {
    let arrows = projection.arrows.iter();
    let touched: HashSet<NodeSubject, FxBuildHasher> = arrows
        .flat_map(|arrow| [arrow.ends.0, arrow.ends.1])
        .collect();
    let members = members(scene, projection, &touched);
    let mut frames = Frames::new(scene.model, scene.selected, scene.collapse);
    for (subject, _) in &members {
        frames.use_frame(around(*subject, scene, &frames));
    }
    let drawn = members.into_iter().filter_map(|(subject, count)| {
        let frame = match own_frame(subject, &frames) {
            Some(own) if touched.contains(&subject) => Some(own),
            Some(_) => return None,
            None => around(subject, scene, &frames),
        };
        Some((subject, frame, count))
    });
    let drawn: Vec<_> = drawn.collect();
    let groups = frames.into_groups();
    let place = |frame: GroupSubject| groups.places.get(&frame).copied();
    let nodes = drawn.into_iter().map(|(subject, frame, count)| Node {
        subject,
        group: frame.and_then(place),
        count,
        mark: mark(subject, scene),
    });
    let mut nodes: Vec<Node> = nodes.collect();
    nodes.sort_by_key(|node| (node.group, node.subject));
    (groups.list, nodes)
}

/// What became of the subject; several components in one node have no mark in common.
fn mark(subject: NodeSubject, scene: &Scene<'_, '_>) -> Option<Mark> {
    match subject {
        NodeSubject::Component(id) => scene.model.marks.component(id),
        NodeSubject::Topic(id) => scene.model.marks.topic(id),
        NodeSubject::Layer(id) => scene.model.marks.layer(id),
    }
}

/// What is shown, in order, with how many components each subject stands for.
fn members(
    scene: &Scene<'_, '_>,
    projection: &Projection<'_>,
    touched: &HashSet<NodeSubject, FxBuildHasher>,
) -> Vec<(NodeSubject, usize)> {
    let replaced: BTreeSet<_> = projection.replaced.iter().collect();
    let topics = projection.topics.iter();
    let mut members: Vec<_> = topics.map(|id| NodeSubject::Topic(*id)).collect();
    for (id, _) in scene.model.components() {
        let is_shown = scene.selected.shown[id.index()];
        if let Some(subject) = scene.cast.of(id).filter(|_| is_shown)
            && (touched.contains(&subject) || !replaced.contains(&id))
        {
            members.push(subject);
        }
    }
    members.sort_unstable();
    let same = members.chunk_by(|a, b| a == b);
    same.map(|subjects| (subjects[0], subjects.len())).collect()
}

/// The frame that a subject is in; a topic is where its broker is.
fn around(
    subject: NodeSubject,
    scene: &Scene<'_, '_>,
    frames: &Frames<'_>,
) -> Option<GroupSubject> {
    match subject {
        NodeSubject::Component(id) => frames.of(id),
        NodeSubject::Topic(id) => scene.model[id].broker.and_then(|broker| frames.of(broker)),
        NodeSubject::Layer(_) => None,
    }
}

/// The frame that a subject is.
fn own_frame(subject: NodeSubject, frames: &Frames<'_>) -> Option<GroupSubject> {
    match subject {
        NodeSubject::Component(id) if frames.is_used(id) => Some(GroupSubject::Parent(id)),
        _ => None,
    }
}
