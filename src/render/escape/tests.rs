//! Golden vectors that the real tools have shown, and laws that hold for any text.

use proptest::prelude::*;
use serde_json::Value;

use super::Context;
use super::clean::clean;
use super::ids::{IdMaker, RESERVED};
use super::link::is_allowed;

const ESCAPED: &str = include_str!("../../../tests/data/hostile-escaped.json");
const LABELS: &str = include_str!("../../../tests/data/hostile-labels.json");

/// The golden columns, the contexts that must reproduce them and the quotes the column adds.
const COLUMNS: [(&str, Context, &str); 13] = [
    ("mermaid_label", Context::MermaidLabel, ""),
    ("mermaid_sequence", Context::MermaidSequence, ""),
    ("plantuml_inline", Context::PlantumlInline, ""),
    ("plantuml_block", Context::PlantumlBlock, ""),
    ("dot_label", Context::DotLabel, "\""),
    ("dot_tooltip", Context::DotTooltip, "\""),
    ("dot_html", Context::DotHtml, ""),
    ("d2_string", Context::D2String, "\""),
    ("d2_tooltip", Context::D2Tooltip, "\""),
    ("markdown_text", Context::MarkdownText, ""),
    ("markdown_code", Context::MarkdownCode, ""),
    ("markdown_code_cell", Context::MarkdownCodeCell, ""),
    ("xml_attr", Context::Html, ""),
];

fn encoded(context: Context, text: &str) -> String {
    let mut out = String::new();
    context.encode(text, &mut out);
    out
}

#[track_caller]
fn check(context: Context, text: &str, expected: &str) {
    assert_eq!(
        encoded(context, text),
        expected,
        "{} of {text:?}",
        context.name()
    );
}

fn rows() -> Vec<Value> {
    let golden: Value = serde_json::from_str(ESCAPED).unwrap();
    golden["rows"].as_array().unwrap().clone()
}

/// Texts made of the characters and words that mean something somewhere.
fn hostile() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "\"",
        "'",
        "`",
        "\\",
        "<",
        ">",
        "&",
        ";",
        "#",
        "%",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "|",
        "~",
        "*",
        "_",
        "$",
        "@",
        "!",
        "^",
        "=",
        "+",
        "-",
        "/",
        "?",
        ":",
        ".",
        ",",
        " ",
        "  ",
        "\n",
        "\r\n",
        "\r",
        "\t",
        "\0",
        "\u{85}",
        "\u{2028}",
        "\u{feff}",
        "\u{a0}",
        "a",
        "B",
        "7",
        "é",
        "消",
        "🚀",
        "ﬂ°",
        "¶ß",
        "–",
        "“",
        "\u{e000}",
        "Ⓐ",
        "fa:fa-",
        "www",
        "http://",
        "mailto:",
        "wrap",
        "<U+",
        "]]>",
        "\\n",
        "&lt;",
        "&#65;",
        "&copy;",
        "%%{init}",
        "%date()",
        ":+1:",
        "javascript:",
        "end",
        "style",
    ]);
    let soup = prop::collection::vec(words, 0..12).prop_map(|words| words.concat());
    prop_oneof![4 => soup, 1 => any::<String>()]
}

#[test]
fn golden_vectors_match() {
    let rows = rows();
    assert_eq!(rows.len(), 218);
    for row in &rows {
        let text = row["text"].as_str().unwrap();
        for (column, context, quote) in COLUMNS {
            let expected = row[column].as_str().unwrap();
            let body = encoded(context, text);
            assert_eq!(
                format!("{quote}{body}{quote}"),
                expected,
                "{column} of {}",
                row["id"]
            );
        }
    }
}

#[test]
fn golden_rows_cover_the_corpus() {
    let corpus: Value = serde_json::from_str(LABELS).unwrap();
    let labels = corpus["labels"].as_array().unwrap();
    let texts = |rows: &[Value]| {
        rows.iter()
            .map(|row| row["text"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(texts(labels), texts(&rows()));
}
