//! Colors of layers, and inks that can be read on them.
//!
//! In: a background. Out: a stroke and text color of the same hue with a contrast of at
//! least 4.5:1 (WCAG 2.2, 1.4.3). Refuses to know: which element it is for.

use crate::spec::color::Color;

/// Pastels for layers that state no color, in drawing order.
const DEFAULTS: [u32; 10] = [
    0xE3_F2FD, 0xE8_EAF6, 0xED_E7F6, 0xE0_F2F1, 0xFF_F8E1, 0xFC_E4EC, 0xE8_F5E9, 0xEC_EFF1,
    0xFF_F3E0, 0xF3_E5F5,
];
/// Behind what is in no layer.
const NEUTRAL: u32 = 0xF5_F5F5;
/// Least contrast between an ink and what it stands on.
const MIN_CONTRAST: f64 = 4.5;
/// The brightest channel of an ink before it is darkened.
const BRIGHTEST: u32 = 200;

/// The background of the layer at `index`: as written, or a pastel.
pub(super) fn background(written: Option<&str>, index: usize) -> Color {
    let stated = written.and_then(Color::parse);
    stated.unwrap_or_else(|| Color::from_number(DEFAULTS[index % DEFAULTS.len()]))
}

/// The background of what is in no layer.
pub(super) fn neutral() -> Color {
    Color::from_number(NEUTRAL)
}

/// A dark color of the same hue that can be read on the background and on white.
pub(super) fn ink(background: Color) -> Color {
    let white = Color::from_number(0xFF_FFFF);
    let reads = |ink: &Color| {
        ink.contrast(background) >= MIN_CONTRAST && ink.contrast(white) >= MIN_CONTRAST
    };
    let full = saturated(background.channels());
    let darker = (2..=20)
        .rev()
        .map(|share| full.map(|channel| channel * share / 20));
    let found = darker.map(Color::from_channels).find(reads);
    found.unwrap_or_else(|| Color::from_number(0x21_2121))
}

/// A pastel as a full color: its weakest channel pulled to nothing.
fn saturated(channels: [u32; 3]) -> [u32; 3] {
    let low = channels.into_iter().min().unwrap_or(0);
    let high = channels.into_iter().max().unwrap_or(0);
    if high - low < 4 {
        return [0x37, 0x47, 0x4F];
    }
    channels.map(|channel| (channel - low) * BRIGHTEST / (high - low))
}
