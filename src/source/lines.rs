//! Line numbers of a text, without a list of all its lines.
//!
//! In: a text. Out: the line of an offset, and the start of a line. Refuses to know: columns.
//!
//! Few places of a large text are ever shown. So line breaks are counted by blocks, which
//! takes a tenth of the time of noting each, and a look-up counts within one block.

use std::sync::OnceLock;

const BLOCK: usize = 1024;
/// Breaks in so many bytes fit into a byte, so that the processor counts many at once.
const COUNTED_AT_ONCE: usize = 128;

/// The line breaks of one text, counted when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// How many breaks stand before each block, and in the whole text.
    before: OnceLock<Vec<usize>>,
}

impl Lines {
    fn before(&self, text: &[u8]) -> &[usize] {
        self.before.get_or_init(|| {
            let mut before = vec![0];
            let mut sum = 0;
            for block in text.chunks(BLOCK) {
                sum += breaks(block);
                before.push(sum);
            }
            before
        })
    }

    /// How many lines the text has; at least one.
    pub(super) fn count(&self, text: &[u8]) -> usize {
        self.before(text).last().map_or(1, |breaks| breaks + 1)
    }

    /// The 1-based line of an offset.
    pub(super) fn line(&self, text: &[u8], offset: usize) -> usize {
        let offset = offset.min(text.len());
        let block = offset / BLOCK;
        let before = self.before(text).get(block).copied().unwrap_or(0);
        before + breaks(&text[block * BLOCK..offset]) + 1
    }

    /// Where a 1-based line starts; `None` past the last.
    pub(super) fn start(&self, text: &[u8], line: usize) -> Option<usize> {
        // The break that ends the line before, counted from 1.
        let wanted = line.checked_sub(1)?;
        if wanted == 0 {
            return Some(0);
        }
        let before = self.before(text);
        let block = before.partition_point(|breaks| *breaks < wanted) - 1;
        let place = block * BLOCK;
        let mut breaks = text.get(place..)?.iter().enumerate();
        let nth = wanted - before[block] - 1;
        let (at, _) = breaks
            .by_ref()
            .filter(|(_, byte)| **byte == b'\n')
            .nth(nth)?;
        Some(place + at + 1)
    }
}

fn breaks(bytes: &[u8]) -> usize {
    let count = |bytes: &[u8]| {
        bytes
            .iter()
            .map(|byte| u8::from(*byte == b'\n'))
            .sum::<u8>()
    };
    let counts = bytes
        .chunks(COUNTED_AT_ONCE)
        .map(|bytes| usize::from(count(bytes)));
    counts.sum()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Lines};

    #[test]
    fn lines_are_found_across_blocks() {
        for width in [0, 1, 7, BLOCK - 1, BLOCK, 2 * BLOCK + 3] {
            let text = format!("{}\n", "x".repeat(width)).repeat(2 * BLOCK / (width + 1) + 3);
            let (bytes, lines) = (text.as_bytes(), Lines::default());
            let mut line = 1;
            assert_eq!(lines.start(bytes, 1), Some(0));
            for (at, byte) in bytes.iter().enumerate() {
                assert_eq!(lines.line(bytes, at), line, "width {width}, byte {at}");
                if *byte == b'\n' {
                    line += 1;
                    assert_eq!(lines.start(bytes, line), Some(at + 1), "width {width}");
                }
            }
            assert_eq!(lines.count(bytes), line);
            assert_eq!(lines.start(bytes, line + 1), None);
        }
    }
}
