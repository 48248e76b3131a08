//! The colors of pictures: for each role one on light and one on dark ground.
//!
//! In: roles and the colors of layers. Out: colors in which every text has a contrast of
//! at least 4.5:1 with what is behind it (WCAG 2.2, 1.4.3). Refuses to know: what is painted.

use super::color::{background, ink, neutral};
use crate::draw::{Accent, Paint};
use crate::model::Mark as Change;
use crate::spec::color::Color;

/// The ground that a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// White.
    Light,
    /// Nearly black.
    Dark,
}

/// Least contrast of texts.
const MIN_CONTRAST: f64 = 4.5;

/// Colors of one scheme.
#[derive(Debug)]
pub(crate) struct Theme {
    scheme: Scheme,
    layers: Vec<LayerColors>,
}

/// What is derived from the color of one layer.
#[derive(Clone, Copy, Debug)]
struct LayerColors {
    band: Color,
    edge: Color,
    frame: Color,
    accent: Color,
}

impl Theme {
    pub(crate) fn new(scheme: Scheme, accents: &[Accent]) -> Self {
        Self {
            scheme,
            layers: accents.iter().map(|accent| layer(scheme, accent)).collect(),
        }
    }

    /// The color of a role; none for what is not painted.
    pub(crate) fn color(&self, paint: Paint) -> Option<Color> {
        let fixed = |light: u32, dark: u32| {
            Color::from_number(match self.scheme {
                Scheme::Light => light,
                Scheme::Dark => dark,
            })
        };
        Some(match paint {
            Paint::None => return None,
            Paint::Canvas | Paint::Plate => fixed(0xFF_FFFF, 0x0D_1117),
            Paint::Text => text(self.scheme),
            Paint::Muted => muted(self.scheme),
            Paint::Card => card(self.scheme),
            Paint::CardEdge => fixed(0xB9_C4D0, 0x3A_4756),
            Paint::Flow => fixed(0x56_6578, 0x8F_9FB2),
            Paint::Event => fixed(0xC2_185B, 0xFF_7AA8),
            Paint::PlateEdge => fixed(0xC9_D1DA, 0x39_434F),
            Paint::EventEdge => fixed(0xEB_B4CB, 0x7A_3B55),
            Paint::Note => fixed(0xFF_F8DC, 0x2B_2718),
            Paint::NoteEdge => fixed(0xD9_BC5C, 0x7F_6E33),
            Paint::Warning => fixed(0xB0_4A00, 0xF0_A04B),
            Paint::Change(Change::Added) => fixed(0x11_6329, 0x56_D364),
            Paint::Change(Change::Removed) => fixed(0xA4_0E26, 0xFF_7B72),
            Paint::Change(Change::Changed) => fixed(0x7D_4E00, 0xE3_B341),
            Paint::Change(Change::Moved) => fixed(0x66_39BA, 0xD2_A8FF),
            Paint::Band(accent) => self.layer(accent)?.band,
            Paint::BandEdge(accent) => self.layer(accent)?.edge,
            Paint::Frame(accent) => self.layer(accent)?.frame,
            Paint::Accent(accent) => self.layer(accent)?.accent,
        })
    }

    fn layer(&self, accent: usize) -> Option<&LayerColors> {
        self.layers.get(accent)
    }
}

fn text(scheme: Scheme) -> Color {
    Color::from_number(match scheme {
        Scheme::Light => 0x1B_2430,
        Scheme::Dark => 0xE6_EDF3,
    })
}

fn muted(scheme: Scheme) -> Color {
    Color::from_number(match scheme {
        Scheme::Light => 0x55_6170,
        Scheme::Dark => 0x9D_AAB8,
    })
}

fn card(scheme: Scheme) -> Color {
    Color::from_number(match scheme {
        Scheme::Light => 0xFF_FFFF,
        Scheme::Dark => 0x16_1D27,
    })
}

fn layer(scheme: Scheme, accent: &Accent) -> LayerColors {
    let stated = match accent {
        Accent::Layer { written, index } => background(written.as_deref(), *index),
        Accent::Neutral => neutral(),
    };
    match scheme {
        Scheme::Light => light(stated),
        Scheme::Dark => dark(stated),
    }
}

/// The stated color, lighter if texts could not be read on it.
fn light(stated: Color) -> LayerColors {
    let white = Color::from_number(0xFF_FFFF);
    let band = lightened(stated, white, |color| {
        color.contrast(muted(Scheme::Light)) >= MIN_CONTRAST
    });
    let accent = ink(band);
    LayerColors {
        band,
        edge: mixed(band, accent, 25),
        frame: mixed(band, white, 60),
        accent,
    }
}

/// The dark ground with a breath of the color.
fn dark(stated: Color) -> LayerColors {
    let ground = Color::from_number(0x0D_1117);
    let white = Color::from_number(0xFF_FFFF);
    let hue = ink(stated);
    let band = |accent| mixed(ground, accent, 13);
    let reads = |accent: Color| {
        accent.contrast(band(accent)) >= MIN_CONTRAST
            && accent.contrast(card(Scheme::Dark)) >= MIN_CONTRAST
    };
    let accent = lightened(hue, white, reads);
    LayerColors {
        band: band(accent),
        edge: mixed(ground, accent, 34),
        frame: mixed(ground, accent, 7),
        accent,
    }
}

/// The color with as little of another as makes it good.
fn lightened(color: Color, with: Color, is_good: impl Fn(Color) -> bool) -> Color {
    let mut tried = (0..20).map(|step| mixed(color, with, step * 5));
    tried.find(|color| is_good(*color)).unwrap_or(with)
}

/// A color with this many hundredths of another.
fn mixed(color: Color, other: Color, share: u32) -> Color {
    let (a, b) = (color.channels(), other.channels());
    let mix = |index: usize| (a[index] * (100 - share) + b[index] * share + 50) / 100;
    Color::from_channels([mix(0), mix(1), mix(2)])
}

#[cfg(test)]
mod tests {
    use super::{MIN_CONTRAST, Scheme, Theme};
    use crate::draw::{Accent, Paint};

    #[test]
    fn every_text_can_be_read_on_every_layer() {
        let written = [
            "#FCE4EC", "#000", "#FFF", "#0B5394", "red", "#777", "yellow", "#4CAF50",
        ];
        let accents: Vec<Accent> = written
            .iter()
            .map(|color| Accent::Layer {
                written: Some((*color).to_owned()),
                index: 0,
            })
            .chain((0..10).map(|index| Accent::Layer {
                written: None,
                index,
            }))
            .chain([Accent::Neutral])
            .collect();
        for scheme in [Scheme::Light, Scheme::Dark] {
            let theme = Theme::new(scheme, &accents);
            let color = |paint| theme.color(paint).unwrap();
            let check = |front: Paint, back: Paint| {
                let contrast = color(front).contrast(color(back));
                assert!(
                    contrast >= MIN_CONTRAST,
                    "{front:?} on {back:?}: {contrast}"
                );
            };
            for accent in 0..accents.len() {
                for front in [Paint::Text, Paint::Muted, Paint::Accent(accent)] {
                    check(front, Paint::Band(accent));
                    check(front, Paint::Card);
                }
                check(Paint::Text, Paint::Frame(accent));
            }
            check(Paint::Text, Paint::Note);
            check(Paint::Text, Paint::Plate);
            check(Paint::Muted, Paint::Canvas);
        }
    }
}
