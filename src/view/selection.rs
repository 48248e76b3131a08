//! Which components a view shows, and which it must not even hint at.
//!
//! In: a selection, a model and its graph. Out: a [`Selected`], and findings about
//! selectors. Refuses to know: how the components are drawn.

use super::definition::{Content, Selection, views};
use super::selector::select;
use crate::diagnostic::{Diagnostic, Diagnostics, EMPTY_VIEW};
use crate::graph::{ArchGraph, Way};
use crate::model::{Kind, LayerId, Model};
use crate::spec::Text;

/// What a view shows: one flag for each component in each list.
#[derive(Clone, Debug)]
pub(super) struct Selected {
    /// It is shown.
    pub(super) shown: Vec<bool>,
    /// It is left out as if it were not there: its flows vanish, and it is no frame.
    pub(super) excluded: Vec<bool>,
}

/// Reports what is wrong with the views of a model, without building any.
pub fn check(model: &Model<'_>, graph: &ArchGraph, out: &mut Diagnostics) {
    for view in views(model, out) {
        if let Content::Graph(definition) = view.content {
            select_components(&definition.selection, model, graph, out);
        }
    }
}

pub(super) fn select_components(
    selection: &Selection<'_>,
    model: &Model<'_>,
    graph: &ArchGraph,
    out: &mut Diagnostics,
) -> Selected {
    let nothing = vec![false; model.components.len()];
    let shown = match selection {
        Selection::Everything => vec![true; model.components.len()],
        Selection::Neighborhood(layer) => neighborhood(*layer, model, graph),
        Selection::EventBackbone => event_backbone(model),
        Selection::Written { include, exclude } => {
            return written(include, exclude, model, graph, out);
        }
    };
    Selected {
        shown,
        excluded: nothing,
    }
}

fn neighborhood(layer: LayerId, model: &Model<'_>, graph: &ArchGraph) -> Vec<bool> {
    graph.reach(&model[layer].components, Way::Around, 1)
}

/// Brokers, whether topics live on them or not, and everybody at the ends of topics.
fn event_backbone(model: &Model<'_>) -> Vec<bool> {
    let components = model.components.iter();
    let mut flags: Vec<bool> = components
        .map(|component| component.kind == Kind::Broker)
        .collect();
    for topic in &model.topics {
        let parties = topic.producers.iter().chain(&topic.consumers);
        for id in parties.map(|party| party.component).chain(topic.broker) {
            flags[id.index()] = true;
        }
    }
    flags
}

fn written(
    include: &[Text<'_>],
    exclude: &[Text<'_>],
    model: &Model<'_>,
    graph: &ArchGraph,
    out: &mut Diagnostics,
) -> Selected {
    let mut shown = vec![include.is_empty(); model.components.len()];
    let mut excluded = vec![false; model.components.len()];
    for selector in include {
        join(&mut shown, &select(*selector, model, graph, out));
    }
    for selector in exclude {
        join(&mut excluded, &select(*selector, model, graph, out));
    }
    let is_any_included = shown.contains(&true);
    for (shown, excluded) in shown.iter_mut().zip(&excluded) {
        *shown &= !excluded;
    }
    if let Some(first) = exclude.first()
        && is_any_included
        && !shown.contains(&true)
    {
        out.push(empty_view(*first));
    }
    Selected { shown, excluded }
}

fn join(flags: &mut [bool], more: &[bool]) {
    for (flag, more) in flags.iter_mut().zip(more) {
        *flag |= more;
    }
}

fn empty_view(exclude: Text<'_>) -> Diagnostic {
    let message = "the view shows nothing";
    Diagnostic::new(EMPTY_VIEW, message, exclude.span, "leaves out the rest")
        .help("include more, or exclude less")
}
