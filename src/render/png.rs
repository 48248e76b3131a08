//! PNG: an SVG picture as pixels, the same on every machine.
//!
//! In: SVG that this program wrote, and a scale. Out: PNG. Refuses to know: fonts of the
//! system, files and addresses: only the bundled fonts are used and nothing is loaded.

use std::sync::Arc;

use anyhow::{Context as _, Result, bail};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

/// Pictures of more pixels are refused.
const MAX_PIXELS: f64 = 100_000_000.0;

const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/Inter-Regular.ttf"),
    include_bytes!("../../assets/fonts/Inter-SemiBold.ttf"),
    include_bytes!("../../assets/fonts/DejaVuSans.ttf"),
];

/// Paints a picture with this many pixels for each unit.
pub(super) fn rasterize(svg: &str, scale: f64) -> Result<Vec<u8>> {
    let tree = Tree::from_str(svg, &options()).context("the picture can't be rasterized")?;
    let (width, height) = (
        f64::from(tree.size().width()) * scale,
        f64::from(tree.size().height()) * scale,
    );
    if width * height > MAX_PIXELS {
        bail!(
            "a picture of {width:.0} by {height:.0} pixels is too large for PNG; take a smaller --scale, or -f svg"
        );
    }
    let mut pixmap = pixmap(width, height)?;
    let factor = f32_of(scale);
    resvg::render(
        &tree,
        Transform::from_scale(factor, factor),
        &mut pixmap.as_mut(),
    );
    pixmap
        .encode_png()
        .context("the picture can't be encoded as PNG")
}

fn options() -> Options<'static> {
    let mut database = fontdb::Database::new();
    for font in FONTS {
        database.load_font_data(font.to_vec());
    }
    database.set_sans_serif_family("Inter");
    database.set_serif_family("Inter");
    database.set_monospace_family("Inter");
    let mut options = Options {
        font_family: "Inter".to_owned(),
        fontdb: Arc::new(database),
        ..Options::default()
    };
    // Nothing outside of the picture is read.
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}

fn pixmap(width: f64, height: f64) -> Result<Pixmap> {
    let pixels = |length: f64| format!("{:.0}", length.ceil().max(1.0)).parse::<u32>();
    let pixmap = Pixmap::new(pixels(width)?, pixels(height)?);
    pixmap.context("the picture has no room for pixels")
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the rasterizer counts in f32"
)]
fn f32_of(number: f64) -> f32 {
    number as f32
}
