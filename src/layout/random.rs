//! Numbers that look random and are always the same.
//!
//! `SplitMix64` (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
//! OOPSLA 2014). In: nothing. Out: numbers. Refuses to know: clocks and machines.

/// A fixed sequence of numbers.
#[derive(Clone, Debug, Default)]
pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = bound.max(1) as u64;
        usize::try_from((self.next() >> 11) % bound).unwrap_or(0)
    }

    /// Shuffles a list (Fisher and Yates).
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
