//! Laws of layouts: what must never be in a drawing, and the same drawing each time.

mod faults;
mod random;

use archviz::layout::{Options, Previous, layout};
use libtest_mimic::{Failed, Trial};
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use faults::faults;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        Trial::test("layout::no_random_graph_is_drawn_with_a_fault", || {
            without_faults(14, 200)
        }),
        Trial::test(
            "layout::no_larger_random_graph_is_drawn_with_a_fault",
            || without_faults(60, 12),
        ),
        Trial::test(
            "layout::no_drawing_near_an_earlier_one_has_a_fault",
            near_an_earlier_one,
        ),
        Trial::test("layout::the_same_graph_gives_the_same_drawing", repeatable),
    ]
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    })
}

fn options() -> Options<'static> {
    Options {
        effort: 20_000,
        ..Options::default()
    }
}

fn without_faults(nodes: usize, cases: u32) -> Result<(), Failed> {
    let outcome = runner(cases).run(&random::graphs(nodes), |graph| {
        let found = faults(&graph, &layout(&graph, &options()));
        if found.is_empty() {
            Ok(())
        } else {
            Err(TestCaseError::fail(found.join("\n")))
        }
    });
    outcome.map_err(|error| error.to_string().into())
}

/// A node is added: others keep their order, and nothing is drawn with a fault.
fn near_an_earlier_one() -> Result<(), Failed> {
    let outcome = runner(60).run(&random::graphs(14), |graph| {
        let Some(last) = graph.nodes.len().checked_sub(1) else {
            return Ok(());
        };
        let mut less = graph.clone();
        less.nodes.pop();
        less.edges
            .retain(|edge| edge.from != last && edge.to != last);
        let earlier = layout(&less, &options());
        let previous = Previous {
            size: earlier.size,
            nodes: earlier.nodes.iter().copied().map(Some).collect(),
        };
        let near = Options {
            previous: Some(&previous),
            ..options()
        };
        let drawing = layout(&graph, &near);
        let found = faults(&graph, &drawing);
        proptest::prop_assert!(found.is_empty(), "{}", found.join("\n"));
        if let Some(moved) = drawing.report.displacement {
            // A new node may join a group, which then stands among others as a whole.
            let may_flip = moved.is_fresh || !graph.groups.is_empty();
            proptest::prop_assert!(may_flip || moved.flips == 0, "{moved:?}");
        }
        Ok(())
    });
    outcome.map_err(|error| error.to_string().into())
}

fn repeatable() -> Result<(), Failed> {
    let outcome = runner(20).run(&random::graphs(20), |graph| {
        let (once, again) = (layout(&graph, &options()), layout(&graph, &options()));
        proptest::prop_assert_eq!(once, again);
        Ok(())
    });
    outcome.map_err(|error| error.to_string().into())
}
