//! The fast reader and the full reader agree; neither fails on any text.

use proptest::prelude::{Just, Strategy, any, prop_oneof, proptest};
use proptest::sample::Index;

use super::yaml::{self, Documents};
use super::{Sources, plain};

/// Real specifications to start from.
const SEEDS: &[&str] = &[
    include_str!("../../architecture.yaml"),
    include_str!("../../examples/three-tier/architecture.yaml"),
    include_str!("../../examples/nested/architecture.yaml"),
    "a: 1\nb:\n  - x: [1, {k: v}, 'q']\n    y: \"z\" # c\n  - plain text\nc:\n- 1\n- a -> b: Label\nd:\n",
    "k: {a: b, c: [d, e]}\nl: []\nm: {}\n# end\n",
];

/// Pieces of YAML that have a meaning somewhere.
const PIECES: &[&str] = &[
    "\n",
    " ",
    "  ",
    ":",
    ": ",
    "- ",
    "-",
    "#",
    " # c",
    "[",
    "]",
    "{",
    "}",
    ",",
    ", ",
    "\"",
    "'",
    "''",
    "\\",
    "&a ",
    "*a",
    "!t ",
    "|",
    ">",
    "|\n  text\n",
    "%",
    "@",
    "`",
    "?",
    "? ",
    "<<",
    "<<: ",
    "\t",
    "\r",
    "\r\n",
    "---",
    "\n---\n",
    "...",
    "~",
    "null",
    "é",
    "📨",
    "\u{feff}",
    "\u{85}",
    "\u{2028}",
    "\u{0}",
    "\u{a0}",
    "a",
    "key: value\n",
    "\n  - x\n",
    "\nk:\n",
    "  k: v\n",
    "-1",
    "0x",
    "=",
    "+",
    "(",
    "$",
    ";",
    "/",
    "^",
    "<",
    ".",
];

#[derive(Clone, Debug)]
enum Edit {
    Insert(Index, &'static str),
    Delete(Index, usize),
    Truncate(Index),
}

fn edit() -> impl Strategy<Value = Edit> {
    let piece = proptest::sample::select(PIECES);
    prop_oneof![
        4 => (any::<Index>(), piece).prop_map(|(at, piece)| Edit::Insert(at, piece)),
        2 => (any::<Index>(), 1..12usize).prop_map(|(at, length)| Edit::Delete(at, length)),
        1 => any::<Index>().prop_map(Edit::Truncate),
    ]
}

/// A window of a seed, edited: small, so that edits meet.
fn text() -> impl Strategy<Value = String> {
    let seed = proptest::sample::select(SEEDS);
    let edits = proptest::collection::vec(edit(), 0..6);
    (seed, any::<Index>(), 1..40usize, edits).prop_map(|(seed, start, length, edits)| {
        let lines: Vec<&str> = seed.lines().collect();
        let start = start.index(lines.len());
        let end = (start + length).min(lines.len());
        let mut text: Vec<char> = lines[start..end].join("\n").chars().chain(['\n']).collect();
        for edit in edits {
            apply(&mut text, &edit);
        }
        text.into_iter().collect()
    })
}

fn apply(text: &mut Vec<char>, edit: &Edit) {
    match edit {
        Edit::Insert(at, piece) => {
            let at = at.index(text.len() + 1);
            text.splice(at..at, piece.chars());
        }
        Edit::Delete(at, length) => {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.drain(at..end);
        }
        Edit::Truncate(at) => text.truncate(at.index(text.len() + 1)),
    }
}

proptest! {
    #[test]
    fn the_fast_reader_agrees_with_the_full_one(text in text()) {
        if let Some(fast) = plain::parse(&text) {
            let (full, errors) = yaml::parse(&text, Documents::One);
            proptest::prop_assert!(errors.is_empty(), "{errors:?}");
            proptest::prop_assert_eq!(fast, full);
        }
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in prop_oneof![text(), any::<String>(), Just("a: *a".to_owned())]) {
        let mut sources = Sources::default();
        let id = sources.add("x.yaml", text);
        if let Some(root) = sources.root(id) {
            let _ = root.entries().count() + root.items().count();
        }
    }
}

#[test]
fn plain_specifications_take_the_fast_path() {
    let text = include_str!("../../examples/three-tier/architecture.yaml");
    let plain = text.replace(" >-\n", " x\n");
    assert!(
        plain::parse(&plain).is_some()
            || text.contains('&')
            || text.contains('|')
            || text.contains('>')
    );
}

#[test]
fn an_error_hides_only_its_own_section() {
    let text = "a:\n  b: [1, 2\nc:\n  d: 3\n";
    let (_, errors) = yaml::parse(text, Documents::One);
    assert_eq!(errors.len(), 1, "{errors:?}");
}

#[test]
fn a_deep_or_self_containing_document_is_refused_with_a_place() {
    let deep = "[".repeat(100_000);
    assert!(!yaml::parse(&deep, Documents::One).1.is_empty());
    let (_, errors) = yaml::parse("a: &x\n  b: *x\n", Documents::One);
    assert_eq!(errors.len(), 1, "{errors:?}");
}
