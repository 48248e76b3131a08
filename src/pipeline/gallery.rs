//! Every picture of the explorer, drawn on all cores.
//!
//! In: a model. Out: its views with their pictures, in the order of the model whatever core
//! was faster. Refuses to know: the page, and what a picture shows.

use std::collections::BTreeMap;

use anyhow::{Result, anyhow};

use super::cores::side_by_side;
use super::explore::{Drawn, draw_both};
use crate::diagnostic::Diagnostics;
use crate::explorer::Pictures;
use crate::graph::ArchGraph;
use crate::layout::Memory;
use crate::model::Model;
use crate::render::Templates;
use crate::view::{self, TopicProjection, View, ViewDefinition};

/// A view in one projection; a scenario has none.
struct Variant<'m> {
    name: &'static str,
    view: View<'m>,
}

/// A view before it is drawn: first as stated, then in the other projections.
struct Plan<'m> {
    stated: Option<TopicProjection>,
    variants: Vec<Variant<'m>>,
}

/// Every wanted view, in every projection of topics that makes a difference.
pub(super) fn pictures<'m>(
    model: &'m Model<'m>,
    templates: &Templates,
    memory: &Memory,
    is_wanted: impl Fn(&ViewDefinition<'m>) -> bool,
) -> Result<Vec<Pictures<'m>>> {
    let graph = ArchGraph::build(model);
    // Findings about views are reported by `lint`.
    let silent = &mut Diagnostics::default();
    let plans: Vec<Plan<'m>> = view::views(model, silent)
        .iter()
        .filter(|definition| is_wanted(definition))
        .map(|definition| plan(definition, model, &graph))
        .collect();
    let views: Vec<&View<'m>> = plans
        .iter()
        .flat_map(|plan| plan.variants.iter().map(|variant| &variant.view))
        .collect();
    let draw = |view: &&View<'m>| draw_both(model, view, templates, memory);
    let mut drawn = side_by_side(&views, draw).into_iter();
    plans
        .into_iter()
        .map(|plan| hang(plan, &mut drawn))
        .collect()
}

fn plan<'m>(definition: &ViewDefinition<'m>, model: &'m Model<'m>, graph: &ArchGraph) -> Plan<'m> {
    let silent = &mut Diagnostics::default();
    let stated = definition.projection();
    let view = view::build(definition, model, graph, silent);
    let others: Vec<Variant<'m>> = TopicProjection::ALL
        .into_iter()
        .filter(|topics| Some(*topics) != stated && shows_topics(&view))
        .filter_map(|topics| Some((topics, definition.projected(topics)?)))
        .map(|(topics, other)| Variant {
            name: topics.name(),
            view: view::build(&other, model, graph, silent),
        })
        .collect();
    let name = stated.map_or("sequence", TopicProjection::name);
    let mut variants = vec![Variant { name, view }];
    variants.extend(others);
    Plan { stated, variants }
}

/// Takes as many pictures as the plan has variants.
fn hang<'m>(
    plan: Plan<'m>,
    drawn: &mut impl Iterator<Item = Result<Drawn>>,
) -> Result<Pictures<'m>> {
    let mut pictures = BTreeMap::new();
    let mut texts = BTreeMap::new();
    let mut shown = None;
    for variant in plan.variants {
        let Drawn { picture, mermaid } = drawn
            .next()
            .ok_or_else(|| anyhow!("a view was not drawn"))??;
        // Folded to the same, they are no choice.
        if pictures.values().all(|one| *one != picture) {
            pictures.insert(variant.name, picture);
            texts.extend(mermaid.map(|text| (variant.name, text)));
        }
        shown.get_or_insert(variant.view);
    }
    let view = shown.ok_or_else(|| anyhow!("a view without a variant"))?;
    Ok(Pictures {
        projection: plan.stated,
        drawn: pictures,
        mermaid: texts,
        view,
    })
}

fn shows_topics(view: &View<'_>) -> bool {
    match view {
        View::Graph(view) => view.edges.iter().any(|edge| !edge.topics.is_empty()),
        View::Sequence(_) => false,
    }
}
