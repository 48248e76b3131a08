//! How wide a text is in the font that pictures name.
//!
//! In: a text and a font. Out: pixels, enough for the fonts that stand in for Inter.
//! Refuses to know: kerning and shaping, which only make texts narrower here.
//!
//! Compared with Inter, texts in Arial and Noto Sans are up to 6 % wider, in `DejaVu` Sans up
//! to 18 %: widths are those of Inter with a margin, and boxes add a reserve of their own.

use unicode_width::UnicodeWidthChar;

use super::advance::{BLOCKS, MISSING};

/// What widths are multiplied with for the sake of other fonts.
const MARGIN: f64 = 1.08;
/// Width of a character that takes two cells of a terminal: CJK and emoji.
const WIDE: u16 = 1_000;
/// Emoji are drawn wider than CJK.
const EMOJI: u16 = 1_250;
/// Width of any other character that the table lacks.
const UNKNOWN: u16 = 800;

/// A size and a weight of the one family.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Font {
    /// Height of a line's letters, in pixels.
    pub size: f64,
    /// How bold it is.
    pub weight: Weight,
}

/// How bold a font is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// 400.
    Regular,
    /// 600.
    SemiBold,
}

/// The width of a text on one line, in pixels.
pub(crate) fn width(text: &str, font: Font) -> f64 {
    let units: u64 = text
        .chars()
        .map(|c| u64::from(advance(c, font.weight)))
        .sum();
    // No text is so long that its width loses digits here.
    let units = u32::try_from(units).unwrap_or(u32::MAX);
    f64::from(units) * font.size * MARGIN / 1_000.0
}

/// How the fonts that archviz carries show a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Glyph {
    /// As it is.
    There,
    /// They lack it, and nobody would see it.
    Unseen,
    /// They lack it.
    Missing,
}

/// How the fonts that archviz carries show a character.
pub(crate) fn glyph(c: char) -> Glyph {
    if listed(c).is_some() {
        return Glyph::There;
    }
    match UnicodeWidthChar::width(c) {
        None | Some(0) => Glyph::Unseen,
        Some(_) => Glyph::Missing,
    }
}

fn advance(c: char, weight: Weight) -> u16 {
    let index = usize::from(weight == Weight::SemiBold);
    listed(c).map_or_else(|| estimated(c), |widths| widths[index])
}

fn listed(c: char) -> Option<[u16; 2]> {
    let code = u32::from(c);
    let after = BLOCKS.partition_point(|block| block.first <= code);
    let block = BLOCKS.get(after.checked_sub(1)?)?;
    let place = usize::try_from(code - block.first).ok()?;
    let widths = block.widths.get(place).copied();
    widths.filter(|widths| widths[0] != MISSING)
}

/// By the East Asian width (Unicode Standard Annex 11).
fn estimated(c: char) -> u16 {
    match UnicodeWidthChar::width(c) {
        None | Some(0) => 0,
        Some(2) if u32::from(c) >= 0x1_F000 => EMOJI,
        Some(2) => WIDE,
        Some(_) => UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use super::{Font, Glyph, Weight, glyph, width};

    const PLAIN: Font = Font {
        size: 10.0,
        weight: Weight::Regular,
    };

    #[test]
    fn letters_have_the_widths_of_the_font() {
        let bold = Font {
            weight: Weight::SemiBold,
            ..PLAIN
        };
        assert!(width("W", PLAIN) > 2.0 * width("i", PLAIN));
        assert!(width("Kafka", bold) > width("Kafka", PLAIN));
        assert!((width("ab", PLAIN) - width("a", PLAIN) - width("b", PLAIN)).abs() < 1e-9);
    }

    #[test]
    fn other_scripts_have_a_width_and_marks_have_none() {
        assert!((width("日本", PLAIN) - 21.6).abs() < 1e-9);
        assert!(width("📨", PLAIN) > width("日", PLAIN));
        assert!(width("\u{301}", PLAIN).abs() < 1e-9);
        assert!(width("שלום", PLAIN) > 15.0);
    }

    #[test]
    fn what_the_fonts_have_is_known() {
        let is = |text: &str, wanted| text.chars().all(|c| glyph(c) == wanted);
        assert!(is("Kafka → “Ω” Ж שם", Glyph::There));
        assert!(is("日📨", Glyph::Missing));
        assert!(is("\u{fe0f}", Glyph::Unseen));
    }
}
