//! Every picture of the explorer, drawn on all cores.
//!
//! In: a model. Out: its views with their pictures, in the order of the model whatever core
//! was faster. Refuses to know: the page, and what a picture shows.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use anyhow::{Result, anyhow};

use super::explore::{mermaid, svg};
use crate::diagnostic::Diagnostics;
use crate::explorer::Pictures;
use crate::graph::ArchGraph;
use crate::layout::Memory;
use crate::model::Model;
use crate::render::Templates;
use crate::view::{self, TopicProjection, View, ViewDefinition};

/// As much as the first thread of a program usually has.
const STACK_BYTES: usize = 8 << 20;

/// A view in one projection; a scenario has none.
struct Variant<'m> {
    name: &'static str,
    view: View<'m>,
}

/// What one variant became.
struct Drawn {
    picture: String,
    mermaid: Option<String>,
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
    let draw = |view: &&View<'m>| {
        Ok(Drawn {
            picture: svg(model, view, memory)?,
            mermaid: mermaid(model, view, templates)?,
        })
    };
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

/// The results in the order of the items. Each thread takes the next item that nobody has.
fn side_by_side<I: Sync, R: Send>(items: &[I], work: impl Fn(&I) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let take_all = || {
        let mut done = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        // A thread that can't be started is no loss but of speed.
        let helpers: Vec<_> = (1..cores.min(items.len()))
            .map_while(|_| {
                let helper = thread::Builder::new().stack_size(STACK_BYTES);
                helper.spawn_scoped(scope, take_all).ok()
            })
            .collect();
        let mut done = take_all();
        for helper in helpers {
            match helper.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
