//! Colors of layers, and inks that can be read on them.
//!
//! In: a background as three bytes. Out: a stroke and text color of the same hue with a
//! contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). Refuses to know: which element it is for.

/// Pastels for layers that state no color, in drawing order.
const DEFAULTS: [Rgb; 10] = [
    Rgb(0xE3, 0xF2, 0xFD),
    Rgb(0xE8, 0xEA, 0xF6),
    Rgb(0xED, 0xE7, 0xF6),
    Rgb(0xE0, 0xF2, 0xF1),
    Rgb(0xFF, 0xF8, 0xE1),
    Rgb(0xFC, 0xE4, 0xEC),
    Rgb(0xE8, 0xF5, 0xE9),
    Rgb(0xEC, 0xEF, 0xF1),
    Rgb(0xFF, 0xF3, 0xE0),
    Rgb(0xF3, 0xE5, 0xF5),
];

/// A color in sRGB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rgb(pub(crate) u8, pub(crate) u8, pub(crate) u8);

impl Rgb {
    /// The pastel for the layer at `index`.
    pub(crate) fn default_for(index: usize) -> Self {
        DEFAULTS[index % DEFAULTS.len()]
    }

    /// `#RRGGBB`.
    pub(crate) fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.0, self.1, self.2)
    }

    /// A dark color of the same hue that can be read on this one.
    pub(crate) fn ink(self) -> Self {
        let darkest = Self(0x21, 0x21, 0x21);
        let saturated = self.saturated();
        (2..=20)
            .rev()
            .map(|twentieths| saturated.scaled(twentieths))
            .find(|ink| {
                contrast(*ink, self) >= MIN_CONTRAST && contrast(*ink, WHITE) >= MIN_CONTRAST
            })
            .unwrap_or(darkest)
    }

    /// The same hue with the weakest channel pulled down: a pastel becomes a full color.
    fn saturated(self) -> Self {
        let low = self.0.min(self.1).min(self.2);
        let high = self.0.max(self.1).max(self.2);
        if high - low < 4 {
            return Self(0x37, 0x47, 0x4F);
        }
        let stretch = |channel: u8| {
            let value = u32::from(channel - low) * 200 / u32::from(high - low);
            u8::try_from(value).unwrap_or(u8::MAX)
        };
        Self(stretch(self.0), stretch(self.1), stretch(self.2))
    }

    fn scaled(self, twentieths: u32) -> Self {
        let scale =
            |channel: u8| u8::try_from(u32::from(channel) * twentieths / 20).unwrap_or(u8::MAX);
        Self(scale(self.0), scale(self.1), scale(self.2))
    }

    /// Relative luminance in 65,535ths (WCAG 2.2).
    fn luminance(self) -> u64 {
        let linear = |channel: u8| u64::from(LINEAR[usize::from(channel)]);
        (2126 * linear(self.0) + 7152 * linear(self.1) + 722 * linear(self.2)) / 10_000
    }
}

const WHITE: Rgb = Rgb(255, 255, 255);
/// 4.5:1, in hundredths.
const MIN_CONTRAST: u64 = 450;

/// The contrast ratio of two colors, in hundredths.
pub(crate) fn contrast(a: Rgb, b: Rgb) -> u64 {
    let flare = 65_535 / 20;
    let (first, second) = (a.luminance() + flare, b.luminance() + flare);
    100 * first.max(second) / first.min(second)
}

/// sRGB bytes as linear light, in 65,535ths (IEC 61966-2-1).
const LINEAR: [u16; 256] = [
    0, 20, 40, 60, 80, 99, 119, 139, 159, 179, 199, 219, 241, 264, 288, 313, 340, 367, 396, 427,
    458, 491, 526, 562, 599, 637, 677, 718, 761, 805, 851, 898, 947, 997, 1048, 1101, 1156, 1212,
    1270, 1330, 1391, 1453, 1517, 1583, 1651, 1720, 1790, 1863, 1937, 2013, 2090, 2170, 2250, 2333,
    2418, 2504, 2592, 2681, 2773, 2866, 2961, 3058, 3157, 3258, 3360, 3464, 3570, 3678, 3788, 3900,
    4014, 4129, 4247, 4366, 4488, 4611, 4736, 4864, 4993, 5124, 5257, 5392, 5530, 5669, 5810, 5953,
    6099, 6246, 6395, 6547, 6700, 6856, 7014, 7174, 7335, 7500, 7666, 7834, 8004, 8177, 8352, 8528,
    8708, 8889, 9072, 9258, 9445, 9635, 9828, 10022, 10219, 10417, 10619, 10822, 11028, 11235,
    11446, 11658, 11873, 12090, 12309, 12530, 12754, 12980, 13209, 13440, 13673, 13909, 14146,
    14387, 14629, 14874, 15122, 15371, 15623, 15878, 16135, 16394, 16656, 16920, 17187, 17456,
    17727, 18001, 18277, 18556, 18837, 19121, 19407, 19696, 19987, 20281, 20577, 20876, 21177,
    21481, 21787, 22096, 22407, 22721, 23038, 23357, 23678, 24002, 24329, 24658, 24990, 25325,
    25662, 26001, 26344, 26688, 27036, 27386, 27739, 28094, 28452, 28813, 29176, 29542, 29911,
    30282, 30656, 31033, 31412, 31794, 32179, 32567, 32957, 33350, 33745, 34143, 34544, 34948,
    35355, 35764, 36176, 36591, 37008, 37429, 37852, 38278, 38706, 39138, 39572, 40009, 40449,
    40891, 41337, 41785, 42236, 42690, 43147, 43606, 44069, 44534, 45002, 45473, 45947, 46423,
    46903, 47385, 47871, 48359, 48850, 49344, 49841, 50341, 50844, 51349, 51858, 52369, 52884,
    53401, 53921, 54445, 54971, 55500, 56032, 56567, 57105, 57646, 58190, 58737, 59287, 59840,
    60396, 60955, 61517, 62082, 62650, 63221, 63795, 64372, 64952, 65535,
];

/// Reads `#RGB`, `#RRGGBB` or one of the basic color names.
pub(crate) fn parse(text: &str) -> Option<Rgb> {
    let hex = text.strip_prefix('#')?;
    let value = u32::from_str_radix(hex, 16).ok()?;
    let byte = |shift: u32| u8::try_from((value >> shift) & 0xFF).unwrap_or(0);
    let nibble = |shift: u32| u8::try_from((value >> shift) & 0xF).unwrap_or(0) * 17;
    match hex.len() {
        6 => Some(Rgb(byte(16), byte(8), byte(0))),
        3 => Some(Rgb(nibble(8), nibble(4), nibble(0))),
        _ => None,
    }
}
