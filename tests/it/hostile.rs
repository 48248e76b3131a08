//! Specifications whose every text is hostile: quotes, markup, syntax of every format.
//!
//! In: the corpus of labels. Out: specifications that put each label into every place
//! where a text of the user is shown.

use serde_json::Value;

const CORPUS: &str = include_str!("../data/hostile-labels.json");
/// Labels in one specification: few enough for a picture that the consumers draw quickly.
const CHUNK: usize = 12;

/// The labels of the corpus.
pub(crate) fn labels() -> Vec<String> {
    let corpus: Value = serde_json::from_str(CORPUS).expect("the corpus is JSON");
    let rows = corpus["labels"].as_array().expect("the corpus has labels");
    rows.iter()
        .map(|row| row["text"].as_str().expect("a label has a text").to_owned())
        .collect()
}

/// A text as a double-quoted YAML scalar that every reader takes literally.
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        let code = u32::from(c);
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            _ if code < 0x20
                || (0x7F..0xA0).contains(&code)
                || matches!(code, 0x2028 | 0x2029 | 0xFEFF | 0xFFFE | 0xFFFF) =>
            {
                out.push_str(&format!("\\u{code:04X}"));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Specifications by name; together they show every label in every place.
pub(crate) fn specifications() -> Vec<(String, String)> {
    let labels = labels();
    labels
        .chunks(CHUNK)
        .enumerate()
        .map(|(index, chunk)| (format!("hostile-{index:02}"), specification(chunk)))
        .collect()
}

fn specification(labels: &[String]) -> String {
    let at = |index: usize| quoted(&labels[index % labels.len()]);
    let mut text = format!(
        "archviz: 1\nname: {}\ndescription: {}\nlayers:\n",
        at(0),
        at(1)
    );
    for index in 0..3 {
        text.push_str(&format!(
            "  l{index}: {{ name: {}, description: {} }}\n",
            at(index + 2),
            at(index + 5)
        ));
    }
    text.push_str("components:\n  hub: { kind: broker, layer: l1 }\n");
    for index in 0..labels.len() {
        let kind = [
            "service", "database", "person", "external", "gateway", "storage",
        ][index % 6];
        text.push_str(&format!(
            "  c{index}:\n    name: {}\n    technology: {}\n    purpose: {}\n    type: {}\n    kind: {kind}\n    layer: l{}\n    functions: [{}]\n    links: {{ {}: \"https://example.com/?q=%22&x=1\", bad: {} }}\n",
            at(index), at(index + 1), at(index + 2), at(index + 3), index % 3, at(index), at(index),
            // A fragment that leads nowhere is no fault of the document.
            if index % 2 == 0 || labels[index].trim_start().starts_with('#') { "\"javascript:alert(1)\"".to_owned() } else { at(index) },
        ));
    }
    text.push_str("topics:\n  t0:\n");
    text.push_str(&format!("    group: {}\n    key: {}\n    data: [{}]\n    producers: [{{ component: c0, label: {} }}]\n    consumers: [{{ component: c1, label: {} }}]\n", at(0), at(1), at(2), at(3), at(4)));
    text.push_str(&format!("flows:\n  {}:\n", at(0)));
    for index in 1..labels.len() {
        text.push_str(&format!(
            "    - {{ from: c{}, to: c{index}, label: {}, async: {} }}\n",
            index - 1,
            at(index),
            index % 2 == 0
        ));
    }
    text.push_str(&format!(
        "scenarios:\n  story:\n    name: {}\n    description: {}\n    steps:\n",
        at(3),
        at(4)
    ));
    for index in 1..labels.len() {
        text.push_str(&format!(
            "      - call: {{ from: c{}, to: c{index}, label: {} }}\n",
            index - 1,
            at(index)
        ));
    }
    text.push_str(&format!("      - note: {{ on: c0, text: {} }}\n", at(5)));
    text.push_str(&format!(
        "facts:\n  {}:\n    - {{ name: {}, value: {}, note: {} }}\n",
        at(0),
        at(1),
        at(2),
        at(3)
    ));
    text
}
