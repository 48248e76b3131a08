//! Where things were in an earlier picture.
//!
//! In: an SVG that archviz wrote. Out: the rectangle of each node, by its key. Refuses to
//! know: what the nodes are now.

use std::collections::BTreeMap;

use roxmltree::{Document, Node, ParsingOptions};

use super::parts::Parts;
use crate::layout::{Previous, Rect, Size};

/// Pictures with more elements are not read.
const MAX_ELEMENTS: u32 = 4_000_000;

/// What an earlier picture tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreviousPicture {
    /// The id of its view.
    pub view: String,
    drawing: Rect,
    nodes: BTreeMap<String, Rect>,
}

impl PreviousPicture {
    /// Reads a picture; `None` if the text is no SVG, or has no positions.
    pub fn read(svg: &str) -> Option<Self> {
        let options = ParsingOptions {
            nodes_limit: MAX_ELEMENTS,
            ..ParsingOptions::default()
        };
        let document = Document::parse_with_options(svg, options).ok()?;
        let root = document.root_element();
        let nodes: BTreeMap<String, Rect> = document.descendants().filter_map(place).collect();
        let drawing = root
            .attribute("data-drawing")
            .and_then(rect)
            .unwrap_or_default();
        (!nodes.is_empty()).then(|| Self {
            view: root.attribute("data-view").unwrap_or("").to_owned(),
            drawing,
            nodes,
        })
    }

    /// What it says about the nodes of a new picture.
    pub(super) fn of(&self, parts: &Parts) -> Previous {
        let moved = |rect: &Rect| Rect {
            x: rect.x - self.drawing.x,
            y: rect.y - self.drawing.y,
            ..*rect
        };
        let nodes = parts.nodes.iter();
        Previous {
            size: Size::new(self.drawing.width, self.drawing.height),
            nodes: nodes
                .map(|part| self.nodes.get(&part.node.key()).map(moved))
                .collect(),
        }
    }
}

fn place(node: Node<'_, '_>) -> Option<(String, Rect)> {
    let key = node.attribute("data-node")?;
    Some((key.to_owned(), rect(node.attribute("data-bbox")?)?))
}

/// The rectangle of `x y width height`.
fn rect(text: &str) -> Option<Rect> {
    let numbers: Vec<f64> = text
        .split(' ')
        .map(|number| {
            number
                .parse::<f64>()
                .ok()
                .filter(|number| number.is_finite())
        })
        .collect::<Option<_>>()?;
    let [x, y, width, height] = numbers.try_into().ok()?;
    Some(Rect {
        x,
        y,
        width,
        height,
    })
}

#[cfg(test)]
mod tests {
    use super::PreviousPicture;

    #[test]
    fn positions_are_found_and_anything_else_is_refused() {
        let svg = r#"<svg data-view="full" data-drawing="20 60 400 300"><g data-node="a&amp;b" data-bbox="30 70.5 100 50"/><g data-node="c" data-bbox="NaN 1 2 3"/></svg>"#;
        let picture = PreviousPicture::read(svg).unwrap();
        assert_eq!(picture.view, "full");
        assert_eq!(picture.nodes.len(), 1);
        assert!((picture.nodes["a&b"].y - 70.5).abs() < 1e-9);
        for text in ["", "<svg/>", "<svg", "{}"] {
            assert_eq!(PreviousPicture::read(text), None, "{text}");
        }
    }
}
