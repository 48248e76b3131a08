//! What the platforms that show Mermaid refuse: 50,000 characters, 500 edges.
//!
//! In: the views and what was rendered of them. Out: a finding for each picture past a
//! limit, naming smaller views. The limits are the defaults of the Mermaid library; a
//! diagram can't raise them itself. Refuses to know: how to make a picture smaller.

use crate::diagnostic::{DIAGRAM_TOO_LARGE, Diagnostic, Diagnostics};
use crate::pipeline::Artifacts;
use crate::source::Span;
use crate::view::View;

const MAX_CHARACTERS: usize = 50_000;
const MAX_EDGES: usize = 500;
/// Smaller views named in the help at most.
const MAX_NAMED: usize = 6;

/// Reports the Mermaid pictures that a reader would not be shown.
pub(crate) fn report_limits(shown: &[View<'_>], artifacts: &Artifacts, out: &mut Diagnostics) {
    let length = |view: &View<'_>| {
        artifacts
            .get(&format!("{}.mmd", view.id()))
            .map_or(0, |artifact| artifact.bytes().len())
    };
    let is_large = |view: &View<'_>| is_large(view, length(view));
    let small: Vec<&str> = shown
        .iter()
        .filter(|view| matches!(view, View::Graph(_)) && !is_large(view))
        .map(View::id)
        .take(MAX_NAMED)
        .collect();
    for view in shown
        .iter()
        .filter(|view| length(view) > 0 && is_large(view))
    {
        out.push(diagram_too_large(view, length(view), &small));
    }
}

/// Whether platforms refuse the Mermaid picture of a view that is so long.
pub(super) fn is_large(view: &View<'_>, characters: usize) -> bool {
    characters > MAX_CHARACTERS || edges(view) > MAX_EDGES
}

/// Edges count in flowcharts only.
fn edges(view: &View<'_>) -> usize {
    match view {
        View::Graph(view) => view.edges.len(),
        View::Sequence(_) => 0,
    }
}

fn diagram_too_large(view: &View<'_>, characters: usize, small: &[&str]) -> Diagnostic {
    let message = format!(
        "the Mermaid picture of view `{}` has {characters} characters and {} edges; platforms show {MAX_CHARACTERS} and {MAX_EDGES}",
        view.id(),
        edges(view),
    );
    let help = if small.is_empty() {
        "split it: views of single layers (`include: [layer:…]`), or `collapse: layers`".to_owned()
    } else {
        format!("show smaller views instead, such as {}", small.join(", "))
    };
    Diagnostic::new(DIAGRAM_TOO_LARGE, message, Span::default(), "")
        .help(help)
        .subject("view", view.id())
}
