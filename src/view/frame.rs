//! Groups: layers, and in them the parents that contain what is shown.
//!
//! In: the nodes of a view, each with the frame it is in. Out: [`Group`]s in drawing
//! order. Refuses to know: flows.
//!
//! A parent frames what it contains in its own layer, so each frame has one place; a child
//! in another layer stands there without its parent's frame. A parent need not be selected
//! to be a frame, but it must not be excluded.

use std::collections::{BTreeMap, BTreeSet};

use super::lift::nearest_around;
use super::selection::Selected;
use super::{Collapse, Group, GroupSubject};
use crate::model::{ComponentId, Model};

/// Where each component belongs.
pub(super) struct Frames<'m> {
    model: &'m Model<'m>,
    collapse: Collapse,
    around: Vec<Option<ComponentId>>,
    /// The frames that something is in.
    used: BTreeSet<GroupSubject>,
}

/// Frames as groups, with the place of each in the list.
pub(super) struct Groups {
    pub(super) list: Vec<Group>,
    pub(super) places: BTreeMap<GroupSubject, usize>,
}

impl<'m> Frames<'m> {
    pub(super) fn new(model: &'m Model<'m>, selected: &Selected, collapse: Collapse) -> Self {
        Self {
            model,
            collapse,
            around: nearest_around(model, selected),
            used: BTreeSet::new(),
        }
    }

    /// The frame that a component is in.
    pub(super) fn of(&self, id: ComponentId) -> Option<GroupSubject> {
        let layer = self.model[id].layer;
        let around = self.around[id.index()].filter(|around| self.model[*around].layer == layer);
        match self.collapse {
            Collapse::Layers => None,
            Collapse::Parents => layer.map(GroupSubject::Layer),
            Collapse::Nothing => {
                let layer = layer.map(GroupSubject::Layer);
                around.map(GroupSubject::Parent).or(layer)
            }
        }
    }

    /// Notes that something stands in a frame, and so in all frames around it.
    pub(super) fn use_frame(&mut self, frame: Option<GroupSubject>) {
        let mut next = frame;
        while let Some(frame) = next {
            next = if self.used.insert(frame) {
                self.around_frame(frame)
            } else {
                None
            };
        }
    }

    /// Whether a component is the frame of something.
    pub(super) fn is_used(&self, id: ComponentId) -> bool {
        self.used.contains(&GroupSubject::Parent(id))
    }

    fn around_frame(&self, frame: GroupSubject) -> Option<GroupSubject> {
        match frame {
            GroupSubject::Layer(_) => None,
            GroupSubject::Parent(id) => self.of(id),
        }
    }

    /// The frames in use: parents without a layer first, then layers in order, in each
    /// its parents as written, inner ones after outer ones.
    pub(super) fn into_groups(self) -> Groups {
        let mut inside: BTreeMap<Option<GroupSubject>, Vec<GroupSubject>> = BTreeMap::new();
        for frame in &self.used {
            inside
                .entry(self.around_frame(*frame))
                .or_default()
                .push(*frame);
        }
        let mut groups = Groups {
            list: Vec::new(),
            places: BTreeMap::new(),
        };
        let mut outer = inside.remove(&None).unwrap_or_default();
        outer.sort_by_key(|frame| matches!(frame, GroupSubject::Layer(_)));
        outer.reverse();
        let mut open = outer;
        while let Some(subject) = open.pop() {
            let parent = self.around_frame(subject);
            let parent = parent.and_then(|frame| groups.places.get(&frame).copied());
            groups.places.insert(subject, groups.list.len());
            let mark = match subject {
                GroupSubject::Layer(id) => self.model.marks.layer(id),
                GroupSubject::Parent(id) => self.model.marks.component(id),
            };
            groups.list.push(Group {
                subject,
                parent,
                mark,
            });
            let children = inside.remove(&Some(subject)).unwrap_or_default();
            open.extend(children.into_iter().rev());
        }
        groups
    }
}
