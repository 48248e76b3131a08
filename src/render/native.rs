//! Pictures that the program draws itself: one writer for each format, all of the same
//! finished picture.
//!
//! In: a [`Picture`]. Out: an [`Artifact`]. Refuses to know: views and models.

use anyhow::Result;

use super::svg::{self, Audience, FontSource, Ground, SvgOptions};
use super::{drawio, png};
use crate::draw::Picture;

/// What writes pictures without a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Native {
    /// Scalable Vector Graphics.
    Svg,
    /// Portable Network Graphics.
    Png,
    /// The format of draw.io.
    Drawio,
}

/// What a user may ask of native pictures.
#[derive(Clone, Copy, Debug)]
pub struct NativeOptions {
    /// The ground they are shown on.
    pub ground: Ground,
    /// Where the font of SVG comes from.
    pub font: FontSource,
    /// Pixels of PNG for each unit of the drawing.
    pub scale: f64,
}

impl Default for NativeOptions {
    fn default() -> Self {
        Self {
            ground: Ground::default(),
            font: FontSource::default(),
            scale: 2.0,
        }
    }
}

/// What is written into a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Artifact {
    /// Text.
    Text(String),
    /// Anything else.
    Bytes(Vec<u8>),
}

impl Artifact {
    /// The content of the file.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Bytes(bytes) => bytes,
        }
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Bytes(_) => None,
        }
    }
}

impl From<String> for Artifact {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Writes a picture in a format.
pub(crate) fn write(native: Native, picture: &Picture, options: NativeOptions) -> Result<Artifact> {
    let svg = |audience| SvgOptions {
        ground: options.ground,
        font: options.font,
        audience,
    };
    Ok(match native {
        Native::Svg => svg::write(picture, svg(Audience::Everybody)).into(),
        Native::Png => {
            let text = svg::write(picture, svg(Audience::Rasterizer));
            Artifact::Bytes(png::rasterize(&text, options.scale)?)
        }
        Native::Drawio => drawio::write(picture).into(),
    })
}
