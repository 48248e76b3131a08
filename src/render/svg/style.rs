//! The style sheets of a picture: dark colors, hovering, an embedded font.
//!
//! In: the colors that were used. Out: `style` elements, one for each purpose: a program
//! that stumbles over one still reads the others. Refuses to know: texts of people; nodes
//! are found by their numbers.

use std::collections::BTreeSet;

use super::mark::{Use, class_of};
use super::{FontSource, Ground, SvgOptions};
use crate::draw::{Paint, Picture};
use crate::render::theme::{Scheme, Theme};
use crate::render::xml::{Syntax, Xml};

/// Hovering is styled up to this many nodes, with a rule each.
const MAX_HOVER: usize = 300;

const REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.small.woff2");
const SEMI_BOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.small.woff2");

pub(super) fn write(
    xml: &mut Xml,
    picture: &Picture,
    options: SvgOptions,
    used: &BTreeSet<(Paint, Use)>,
) {
    if options.font == FontSource::Embedded {
        sheet(xml, &fonts());
    }
    if options.audience == super::Audience::Rasterizer {
        return;
    }
    if options.ground == Ground::Preferred {
        sheet(xml, &dark(picture, used));
    }
    if picture.node_places.len() <= MAX_HOVER {
        sheet(xml, &hover(picture.node_places.len()));
    }
}

fn sheet(xml: &mut Xml, content: &Syntax) {
    xml.line().open("style").content(content).close();
}

fn dark(picture: &Picture, used: &BTreeSet<(Paint, Use)>) -> Syntax {
    let theme = Theme::new(Scheme::Dark, &picture.accents);
    let mut sheet = Syntax::default().word("@media (prefers-color-scheme:dark){");
    for (paint, used) in used {
        let Some(color) = theme.color(*paint) else {
            continue;
        };
        let property = match used {
            Use::Fill => "{fill:",
            Use::Line => "{stroke:",
        };
        let mut rule = Syntax::default().word(".");
        rule.append(&class_of(*paint, *used));
        sheet.append(&rule.word(property).color(color).word("}"));
    }
    sheet.word("}")
}

/// Pointing at a node or a flow dims the flows that have nothing to do with it.
fn hover(nodes: usize) -> Syntax {
    let mut sheet = Syntax::default().word(".flow{transition:opacity .15s}");
    for node in 0..nodes {
        let rule = Syntax::default()
            .word("svg:has(.n")
            .count(node)
            .word(":is(:hover,:focus)) .flow:not(.n")
            .count(node)
            .word("){opacity:.12}");
        sheet.append(&rule);
    }
    sheet
}

fn fonts() -> Syntax {
    let face = |sheet: Syntax, weight: &'static str, bytes: &[u8]| {
        sheet
            .word("@font-face{font-family:Inter;font-weight:")
            .word(weight)
            .word(";src:url(data:font/woff2;base64,")
            .base64(bytes)
            .word(")}")
    };
    face(face(Syntax::default(), "400", REGULAR), "600", SEMI_BOLD)
}
