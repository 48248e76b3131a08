//! Lines of a text that must not be wider than its box.
//!
//! In: a text and a width. Out: its lines, of about the same length; no character is lost
//! but the blanks where lines break. Refuses to know: where the lines are placed.
//!
//! Lines break at blanks, after hyphens, slashes and the like, and between ideographs
//! (a small part of Unicode Standard Annex 14); a longer word breaks where it must.

use unicode_width::UnicodeWidthChar;

use super::measure::{Font, width};

/// How often a wrapped text is narrowed to even out its lines.
const NARROWINGS: usize = 6;
/// How much wider a box gets when a text takes too many lines.
const WIDER: f64 = 1.2;

/// The lines of a text, none wider than `limit` unless a single character is.
pub(crate) fn wrap(text: &str, font: Font, limit: f64) -> Vec<String> {
    let mut lines = Lines::new(font, limit);
    for line in text.split('\n') {
        for word in line.split(' ').filter(|word| !word.is_empty()) {
            lines.word(word);
        }
        lines.finish_line();
    }
    let mut lines = lines.done;
    // A text without letters still is a line, and blank lines at the ends are none.
    while lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// The lines of a text in a box that is preferred to be `limits.0` wide and grows up to
/// `limits.1` so that there are at most `most` lines. The widest box may take more lines.
pub(crate) fn fit(text: &str, font: Font, limits: (f64, f64), most: usize) -> Vec<String> {
    let (mut limit, widest) = limits;
    let mut lines = wrap(text, font, limit);
    while lines.len() > most && limit < widest {
        limit = (limit * WIDER).min(widest);
        lines = wrap(text, font, limit);
    }
    evened(text, font, limit, lines)
}

/// The same number of lines, each as short as the others allow.
fn evened(text: &str, font: Font, limit: f64, mut lines: Vec<String>) -> Vec<String> {
    if lines.len() < 2 {
        return lines;
    }
    let (mut narrow, mut wide) = (limit / 2.0, limit);
    for _ in 0..NARROWINGS {
        let middle = f64::midpoint(narrow, wide);
        let tried = wrap(text, font, middle);
        if tried.len() == lines.len() && breaks_no_more(&tried, &lines) {
            (wide, lines) = (middle, tried);
        } else {
            narrow = middle;
        }
    }
    lines
}

/// Whether lines were not made shorter by breaking words: broken words have fewer blanks
/// lost at line ends.
fn breaks_no_more(tried: &[String], lines: &[String]) -> bool {
    let length = |lines: &[String]| lines.iter().map(String::len).sum::<usize>();
    length(tried) <= length(lines)
}

struct Lines {
    font: Font,
    limit: f64,
    done: Vec<String>,
    line: String,
    width: f64,
}

impl Lines {
    fn new(font: Font, limit: f64) -> Self {
        Self {
            font,
            limit,
            done: Vec::new(),
            line: String::new(),
            width: 0.0,
        }
    }

    fn word(&mut self, word: &str) {
        let blank = width(" ", self.font);
        let whole = width(word, self.font);
        if self.line.is_empty() {
            self.pieces(word, whole);
        } else if self.width + blank + whole <= self.limit {
            self.line.push(' ');
            self.push(word, blank + whole);
        } else if whole <= self.limit || self.width * 2.0 > self.limit {
            self.finish_line();
            self.pieces(word, whole);
        } else {
            self.line.push(' ');
            self.width += blank;
            self.pieces(word, whole);
        }
    }

    /// A word at the end of the line, broken where it must be.
    fn pieces(&mut self, word: &str, whole: f64) {
        if self.width + whole <= self.limit {
            return self.push(word, whole);
        }
        for piece in pieces(word) {
            let wide = width(piece, self.font);
            if self.width + wide > self.limit && !self.line.is_empty() {
                self.finish_line();
            }
            if wide <= self.limit {
                self.push(piece, wide);
            } else {
                self.clusters(piece);
            }
        }
    }

    /// A piece without a good place to break.
    fn clusters(&mut self, piece: &str) {
        for cluster in clusters(piece) {
            let wide = width(cluster, self.font);
            if self.width + wide > self.limit && !self.line.is_empty() {
                self.finish_line();
            }
            self.push(cluster, wide);
        }
    }

    fn push(&mut self, text: &str, wide: f64) {
        self.line.push_str(text);
        self.width += wide;
    }

    fn finish_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        self.done.push(line.trim_end().to_owned());
        self.width = 0.0;
    }
}

/// The parts of a word between which a line may break.
fn pieces(word: &str) -> impl Iterator<Item = &str> {
    split_where(word, |before, after| {
        let is_joint = "-/_.:,;|&+=".contains(before) && after.is_alphanumeric();
        let is_hump = before.is_lowercase() && after.is_uppercase();
        is_joint || is_hump || (is_wide(before) && is_wide(after) && starts_cluster(before, after))
    })
}

/// What a reader sees as one character each, nearly: marks and joined emoji stay together.
fn clusters(piece: &str) -> impl Iterator<Item = &str> {
    split_where(piece, starts_cluster)
}

fn starts_cluster(before: char, after: char) -> bool {
    const JOINER: char = '\u{200d}';
    let is_modifier = matches!(after, '\u{1f3fb}'..='\u{1f3ff}' | '\u{1f1e6}'..='\u{1f1ff}');
    before != JOINER
        && UnicodeWidthChar::width(after).is_some_and(|cells| cells > 0)
        && !is_modifier
}

fn is_wide(c: char) -> bool {
    UnicodeWidthChar::width(c) == Some(2)
}

fn split_where(text: &str, is_break: fn(char, char) -> bool) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let pairs = rest.char_indices().zip(rest.chars().skip(1));
        let end = pairs
            .into_iter()
            .find(|((_, before), after)| is_break(*before, *after))
            .map_or(rest.len(), |((at, before), _)| at + before.len_utf8());
        let (piece, left) = rest.split_at(end);
        rest = left;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::{fit, wrap};
    use crate::text::{Font, Weight, width};

    const FONT: Font = Font {
        size: 10.0,
        weight: Weight::Regular,
    };

    #[track_caller]
    fn check(text: &str, limit: f64, expected: &[&str]) {
        assert_eq!(wrap(text, FONT, limit), expected);
    }

    #[test]
    fn lines_break_at_blanks_and_joints() {
        check("one two", 500.0, &["one two"]);
        check("one  two three", 45.0, &["one two", "three"]);
        check(
            "orders.customer-created",
            80.0,
            &["orders.", "customer-", "created"],
        );
        check("日本語日本語", 36.0, &["日本語", "日本語"]);
        check("", 50.0, &[""]);
        check("one\ntwo\n", 500.0, &["one", "two"]);
    }

    #[test]
    fn no_line_is_too_wide_and_no_character_is_lost() {
        let texts = [
            "x".repeat(300),
            "👩‍👩‍👧 a\u{301}".repeat(40),
            "Aa ".repeat(100),
            "שלום עולם ".repeat(9),
        ];
        for text in texts {
            for limit in [20.0, 61.0, 200.0] {
                let lines = wrap(&text, FONT, limit);
                assert!(
                    lines
                        .iter()
                        .all(|line| width(line, FONT) <= limit || line.chars().count() < 6)
                );
                let bare = |text: &str| text.replace(' ', "");
                assert_eq!(bare(&lines.concat()), bare(&text));
            }
        }
    }

    #[test]
    fn boxes_grow_before_lines_multiply() {
        let text = "A rather long name of a component that nobody can remember";
        assert_eq!(fit(text, FONT, (60.0, 400.0), 3).len(), 3);
        assert!(fit(&text.repeat(9), FONT, (60.0, 100.0), 3).len() > 3);
        let lines = fit("Kafka Connect Debezium", FONT, (110.0, 400.0), 3);
        assert_eq!(lines, ["Kafka Connect", "Debezium"]);
    }
}
