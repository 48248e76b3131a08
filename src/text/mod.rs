//! Texts before they are placed: cleaned, measured, wrapped.
//!
//! In: any text a person wrote. Out: the same text without what no output carries, its
//! width in a font, its lines. Refuses to know: what the text is about, and output formats.

mod advance;
pub(crate) mod clean;
mod measure;
mod wrap;

pub(crate) use measure::{Font, Glyph, Weight, glyph, width};
pub(crate) use wrap::{fit, wrap};
