//! Colors as people see them: how far apart two are, and whether text on one can be read.
//!
//! In: `#RGB`, `#RRGGBB` or a CSS name. Out: contrast as in WCAG 2.2 (relative luminance)
//! and difference in Oklab (Björn Ottosson, 2020). Refuses to know: what is colored.
//!
//! Roots are computed by Newton's method from plain arithmetic, so that every machine
//! gets the same bits.

use crate::spec::color_names::NAMES;

/// A color of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

/// The color of text in drawings.
pub(crate) const TEXT: Color = Color {
    red: 0x21,
    green: 0x21,
    blue: 0x21,
};

impl Color {
    /// Reads a color; `None` if the text is none.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(digits) = text.strip_prefix('#') {
            return Self::from_digits(digits);
        }
        let name = text.to_ascii_lowercase();
        let place = NAMES
            .binary_search_by_key(&&*name, |(name, _)| *name)
            .ok()?;
        Some(Self::from_number(NAMES[place].1))
    }

    fn from_digits(digits: &str) -> Option<Self> {
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let doubled: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        u32::from_str_radix(&doubled, 16)
            .ok()
            .map(Self::from_number)
    }

    /// The color of `0xRRGGBB`.
    pub(crate) fn from_number(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self { red, green, blue }
    }

    /// The color of three channels, each at most 255.
    pub(crate) fn from_channels(channels: [u32; 3]) -> Self {
        let [red, green, blue] = channels.map(|channel| u8::try_from(channel).unwrap_or(u8::MAX));
        Self { red, green, blue }
    }

    /// Red, green and blue, each at most 255.
    pub(crate) fn channels(self) -> [u32; 3] {
        [self.red, self.green, self.blue].map(u32::from)
    }

    /// `#RRGGBB`.
    pub(crate) fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.red, self.green, self.blue)
    }

    fn linear(self) -> [f64; 3] {
        [self.red, self.green, self.blue].map(linear)
    }

    fn luminance(self) -> f64 {
        dot(self.linear(), [0.2126, 0.7152, 0.0722])
    }

    /// The contrast of two colors, between 1 and 21.
    pub(crate) fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance() + 0.05, other.luminance() + 0.05);
        if a > b { a / b } else { b / a }
    }

    /// How different two colors look: 0 the same, 1 black and white.
    pub(crate) fn difference(self, other: Self) -> f64 {
        let (a, b) = (self.oklab(), other.oklab());
        let parts = [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
        dot(parts, parts).sqrt()
    }

    fn oklab(self) -> [f64; 3] {
        let linear = self.linear();
        let cones = [
            [0.412_221_470_8, 0.536_332_536_3, 0.051_445_992_9],
            [0.211_903_498_2, 0.680_699_545_1, 0.107_396_956_6],
            [0.088_302_461_9, 0.281_718_837_6, 0.629_978_700_5],
        ]
        .map(|row| root(dot(linear, row), 3));
        [
            [0.210_454_255_3, 0.793_617_785_0, -0.004_072_046_8],
            [1.977_998_495_1, -2.428_592_205_0, 0.450_593_709_9],
            [0.025_904_037_1, 0.782_771_766_2, -0.808_675_766_0],
        ]
        .map(|row| dot(cones, row))
    }
}

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

/// Undoes the transfer curve of sRGB; `x^2.4` is the fifth root of `x^12`.
fn linear(channel: u8) -> f64 {
    let value = f64::from(channel) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        root(power((value + 0.055) / 1.055, 12), 5)
    }
}

fn power(base: f64, exponent: u32) -> f64 {
    (0..exponent).fold(1.0, |product, _| product * base)
}

/// The root of a number between 0 and 1.
fn root(value: f64, degree: u32) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let rest = f64::from(degree - 1);
    let better =
        |estimate: f64| (rest * estimate + value / power(estimate, degree - 1)) / (rest + 1.0);
    // Each step takes off a fixed share until the estimate is near; 80 reach the smallest channel.
    let mut estimate = 1.0;
    for _ in 0..80 {
        let next = better(estimate);
        if next.to_bits() == estimate.to_bits() {
            break;
        }
        estimate = next;
    }
    estimate
}

#[cfg(test)]
mod tests {
    use super::{Color, NAMES, TEXT};

    fn color(text: &str) -> Color {
        Color::parse(text).unwrap()
    }

    #[test]
    fn names_and_digits_are_read() {
        assert_eq!(color("#FCE"), color("#ffccee"));
        assert_eq!(color("RebeccaPurple"), color("#663399"));
        for text in ["", "#", "#FCE4E", "#GGG", "FCE4EC", "pinkish", "#ÄÄÄ"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
        assert!(NAMES.is_sorted());
    }

    #[test]
    fn contrast_is_that_of_the_guideline() {
        let contrast = |a: &str, b: &str| color(a).contrast(color(b));
        assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777", "#fff") - 4.478).abs() < 1e-3);
        assert!((TEXT.contrast(color("white")) - 16.10).abs() < 1e-2);
    }

    #[test]
    fn difference_is_that_of_oklab() {
        let difference = |a: &str, b: &str| color(a).difference(color(b));
        assert!((difference("#000", "#fff") - 1.0).abs() < 1e-6);
        assert!((difference("#E3F2FD", "#E1F5FE") - 0.007_558).abs() < 1e-6);
        assert!(difference("#abc", "#abc") < 1e-12);
    }
}
