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

/// Labels in one specification for the explorer: few enough for a card each.
const PAGE: usize = 48;

/// Specifications by name for the explorer, which shows every text of a component.
pub(crate) fn pages() -> Vec<(String, String)> {
    labels()
        .chunks(PAGE)
        .enumerate()
        .map(|(index, chunk)| (format!("hostile-page-{index}"), everywhere(chunk)))
        .collect()
}

/// Rows that repeat for each label: `@N` is the N-th label from there on, `#` its number,
/// `~` the next one, `%` that of a layer, `^` an address that runs a script.
const ROWS: [(&str, &str); 8] = [
    ("layers", "l#: { name: @0, icon: @1, description: @2 }"),
    ("categories", "k#: { name: @0, badge: @1, description: @2 }"),
    ("owners", "o#: { name: @0, contact: @1, link: @2 }"),
    ("deployments", "d#: { name: @0, badge: @1 }"),
    ("facts", "@0: [{ name: @1, value: @2, note: @3 }]"),
    (
        "components",
        "c#: { layer: l%, category: k#, owner: o#, deployment: d#, name: @0, type: @1, technology: @2, version: @3, purpose: @4, description: @5, icon: @6, since: @7, aliases: [@1], tags: [@2], functions: [@3], ports: [{ port: 1, name: @4, protocol: @5 }], protocols: { inbound: [@6], outbound: [@7] }, operations: { @0: [@1] }, api_calls: { @2: [@3] }, links: { @4: @5, script: ^ }, deprecated: { since: @6, reason: @7 }, source: { service: @0 }, metadata: { @1: { @2: @3 } } }",
    ),
    (
        "topics",
        "t#: { name: @0, broker: hub, group: @1, description: @2, key: @3, label: @4, schema: @5, source: { component: c#, object: @6 }, events: [@7], tags: [@0], owner: o#, formerly: [f#], since: @1, data: [{ name: @2, type: @3, description: @4 }], links: { @5: @6, script: ^ }, deprecated: { since: @7, reason: @0 }, metadata: { @1: [@2] }, producers: [{ component: c#, trigger: @3, label: @4 }], consumers: [{ component: c0, purpose: @5, group: @6 }] }",
    ),
    (
        "flows",
        "@0: [{ from: c#, to: c~, label: @1, protocol: @2, description: @3, tags: [@4], metadata: { @5: @6 } }]",
    ),
];

/// Addresses that must not become links.
const SCRIPTS: [&str; 6] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "java\tscript:alert(1)",
];

/// Layers that hold components: more make a picture of nothing but bands.
const LAYERS: usize = 6;

/// Every label in every text of a component, a topic, a flow and a step.
fn everywhere(labels: &[String]) -> String {
    let fill = |template: &str, index: usize| {
        let mut row = String::new();
        let mut rest = template.chars();
        while let Some(c) = rest.next() {
            match c {
                '@' => {
                    let further = rest.next().and_then(|digit| digit.to_digit(10));
                    let at = index + further.expect("a digit follows") as usize;
                    row.push_str(&quoted(&labels[at % labels.len()]));
                }
                '#' => row.push_str(&index.to_string()),
                '~' => row.push_str(&((index + 1) % labels.len()).to_string()),
                '%' => row.push_str(&(index % LAYERS).to_string()),
                '^' => row.push_str(&quoted(SCRIPTS[index % SCRIPTS.len()])),
                _ => row.push(c),
            }
        }
        row
    };
    let mut text = fill(
        "archviz: 1\nname: @0\nversion: @1\ndescription: @2\nmetadata: { @3: @4 }\n",
        0,
    );
    for (heading, template) in ROWS {
        text.push_str(&format!("{heading}:\n"));
        if heading == "components" {
            text.push_str("  hub: { kind: broker, layer: l0 }\n");
        }
        for index in 0..labels.len() {
            text.push_str(&format!("  {}\n", fill(template, index)));
        }
    }
    // Small pictures are drawn quickly; together they show everybody.
    let parts: Vec<usize> = (0..labels.len()).collect();
    text.push_str("views:\n");
    for part in parts.chunks(CHUNK) {
        let ids: Vec<String> = part.iter().map(|index| format!("c{index}")).collect();
        let view = fill(
            "part#: { title: @5, description: @6, include: [hub, ",
            part[0],
        );
        text.push_str(&format!("  {view}{}] }}\n", ids.join(", ")));
    }
    text.push_str("scenarios:\n");
    for part in parts.chunks(CHUNK) {
        let head = "  story#:\n    name: @0\n    description: @1\n    trigger: @2\n    tags: [@3]\n    steps:\n";
        text.push_str(&fill(head, part[0]));
        for index in part {
            let step = fill("call: { from: c#, to: c~, label: @0 }", *index);
            text.push_str(&format!("      - {step}\n"));
        }
    }
    text
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
