//! Which element of the new version each element of the old one is.
//!
//! In: two models and the renames between them. Out: a [`Matching`]. Refuses to know: what
//! changed in the elements.

#![expect(
    clippy::disallowed_types,
    reason = "the maps are looked up, never iterated"
)]

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::change::SubjectKind;
use super::rename::Rename;
use crate::model::{CategoryId, ComponentId, FlowId, LayerId, Model, Origin, ScenarioId, TopicId};

/// The elements of two versions, side by side.
#[derive(Clone, Debug, Default)]
pub struct Matching {
    /// Components by id.
    pub components: Pairs<ComponentId>,
    /// Topics by id.
    pub topics: Pairs<TopicId>,
    /// Layers by id.
    pub layers: Pairs<LayerId>,
    /// Categories by id.
    pub categories: Pairs<CategoryId>,
    /// Scenarios by id.
    pub scenarios: Pairs<ScenarioId>,
    /// Flows by their ends and labels, derived ones by their ends.
    pub flows: Pairs<FlowId>,
}

/// Elements of one kind: for each of one version, which of the other it is.
#[derive(Clone, Debug)]
pub struct Pairs<I> {
    to_head: Vec<Option<I>>,
    to_base: Vec<Option<I>>,
}

impl<I> Default for Pairs<I> {
    fn default() -> Self {
        Self {
            to_head: Vec::new(),
            to_base: Vec::new(),
        }
    }
}

/// An id that is a position in a list.
pub(crate) trait Position: Copy {
    fn at(index: usize) -> Self;
    fn position(self) -> usize;
}

macro_rules! positions {
    ($($id:ident),+) => {
        $(impl Position for $id {
            fn at(index: usize) -> Self {
                Self::new(index)
            }
            fn position(self) -> usize {
                self.index()
            }
        })+
    };
}

positions!(
    ComponentId,
    TopicId,
    LayerId,
    CategoryId,
    ScenarioId,
    FlowId
);

#[expect(private_bounds, reason = "only the model's ids are positions")]
impl<I: Position> Pairs<I> {
    pub(super) fn new(base: usize, head: usize) -> Self {
        Self {
            to_head: vec![None; base],
            to_base: vec![None; head],
        }
    }

    /// What an element of the old version is in the new one.
    pub fn head_of(&self, base: I) -> Option<I> {
        self.to_head.get(base.position()).copied().flatten()
    }

    /// What an element of the new version was in the old one.
    pub fn base_of(&self, head: I) -> Option<I> {
        self.to_base.get(head.position()).copied().flatten()
    }

    /// How many elements the new version has.
    pub(super) fn head_len(&self) -> usize {
        self.to_base.len()
    }

    /// Elements that both versions have, in the order of the new one: old id, new id.
    pub fn kept(&self) -> impl Iterator<Item = (I, I)> {
        let pair = |(index, base): (usize, &Option<I>)| Some(((*base)?, I::at(index)));
        self.to_base.iter().enumerate().filter_map(pair)
    }

    /// Elements that only the new version has, in its order.
    pub fn added(&self) -> impl Iterator<Item = I> {
        let added = self.to_base.iter().enumerate();
        added
            .filter(|(_, base)| base.is_none())
            .map(|(index, _)| I::at(index))
    }

    /// Elements that only the old version has, in its order.
    pub fn removed(&self) -> impl Iterator<Item = I> {
        let removed = self.to_head.iter().enumerate();
        removed
            .filter(|(_, head)| head.is_none())
            .map(|(index, _)| I::at(index))
    }

    pub(super) fn join(&mut self, base: I, head: I) {
        if let (Some(to_head @ None), Some(to_base @ None)) = (
            self.to_head.get_mut(base.position()),
            self.to_base.get_mut(head.position()),
        ) {
            (*to_head, *to_base) = (Some(head), Some(base));
        }
    }
}

/// Matches the elements of two models; `renames` were decided before.
pub(super) fn matching(base: &Model<'_>, head: &Model<'_>, renames: &[Rename]) -> Matching {
    let of = |kind| renames.iter().filter(move |rename| rename.kind == kind);
    let components = by_id(
        base.components.iter().map(|element| element.id.value),
        head.components.iter().map(|element| element.id.value),
        of(SubjectKind::Component),
    );
    let topics = by_id(
        base.topics.iter().map(|element| element.id.value),
        head.topics.iter().map(|element| element.id.value),
        of(SubjectKind::Topic),
    );
    let flows = flows(base, head, &components);
    Matching {
        components,
        topics,
        layers: by_id(
            base.layers.iter().map(|element| element.id.value),
            head.layers.iter().map(|element| element.id.value),
            of(SubjectKind::Layer),
        ),
        categories: by_id(
            base.categories.iter().map(|element| element.id.value),
            head.categories.iter().map(|element| element.id.value),
            of(SubjectKind::Category),
        ),
        scenarios: by_id(
            base.scenarios.iter().map(|element| element.id.value),
            head.scenarios.iter().map(|element| element.id.value),
            of(SubjectKind::Scenario),
        ),
        flows,
    }
}

type Map<K, V> = HashMap<K, V, FxBuildHasher>;

fn by_id<'n, I: Position>(
    base: impl Iterator<Item = &'n str>,
    head: impl Iterator<Item = &'n str>,
    renames: impl Iterator<Item = &'n Rename>,
) -> Pairs<I> {
    let base: Vec<&str> = base.collect();
    let head: Map<&str, usize> = head.zip(0..).collect();
    let mut pairs = Pairs::new(base.len(), head.len());
    let mut renames = renames.peekable();
    if renames.peek().is_some() {
        let base: Map<&str, usize> = base.iter().copied().zip(0..).collect();
        for rename in renames {
            if let (Some(from), Some(to)) = (base.get(&*rename.from), head.get(&*rename.to)) {
                pairs.join(I::at(*from), I::at(*to));
            }
        }
    }
    for (from, id) in base.iter().enumerate() {
        if let Some(to) = head.get(id) {
            pairs.join(I::at(from), I::at(*to));
        }
    }
    pairs
}

/// What flows have in common that are the same flow, the strictest first.
type FlowKey<'m> = (ComponentId, ComponentId, Option<bool>, Option<&'m str>);

/// Flows are the same if ends and label are; then, in the order written, if the ends are;
/// then if the ends are swapped and the label is the same. Derived flows have one place for
/// each pair of ends and direction.
fn flows(base: &Model<'_>, head: &Model<'_>, components: &Pairs<ComponentId>) -> Pairs<FlowId> {
    let mut pairs = Pairs::new(base.flows.len(), head.flows.len());
    let origin = |origin: Origin| match origin {
        Origin::Declared(_) => None,
        Origin::Produced => Some(true),
        Origin::Consumed => Some(false),
    };
    for pass in [Pass::Label, Pass::Ends, Pass::Swapped] {
        let mut open = Open::of(head.flows.len());
        for (place, flow) in head.flows.iter().enumerate().rev() {
            let id = FlowId::new(place);
            if pairs.base_of(id).is_none() {
                let label = flow.label.as_deref().filter(|_| pass != Pass::Ends);
                open.put((flow.from, flow.to, origin(flow.origin), label), id);
            }
        }
        for (id, flow) in base.flows() {
            let label = flow.label.as_deref().filter(|_| pass != Pass::Ends);
            let ends = components
                .head_of(flow.from)
                .zip(components.head_of(flow.to));
            let Some((from, to)) = ends.filter(|_| pairs.head_of(id).is_none()) else {
                continue;
            };
            let (from, to) = if pass == Pass::Swapped {
                (to, from)
            } else {
                (from, to)
            };
            let key = (from, to, origin(flow.origin), label);
            if (pass != Pass::Swapped || !flow.is_derived())
                && let Some(same) = open.take(&key)
            {
                pairs.join(id, same);
            }
        }
    }
    pairs
}

/// Flows that wait for their partners: those that share a key are linked, the last put first.
struct Open<'m> {
    first: Map<FlowKey<'m>, Option<FlowId>>,
    after: Vec<Option<FlowId>>,
}

impl<'m> Open<'m> {
    fn of(flows: usize) -> Self {
        Self {
            first: Map::default(),
            after: vec![None; flows],
        }
    }

    fn put(&mut self, key: FlowKey<'m>, id: FlowId) {
        let first = self.first.entry(key).or_default();
        self.after[id.index()] = first.replace(id);
    }

    fn take(&mut self, key: &FlowKey<'m>) -> Option<FlowId> {
        let first = self.first.get_mut(key)?;
        let id = (*first)?;
        *first = self.after[id.index()];
        Some(id)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Pass {
    Label,
    Ends,
    Swapped,
}
