//! The house rules that a compiler can't check: headers, sizes, directions, names, tables.

use std::path::{Path, PathBuf};

use archviz::check::RULES;
use archviz::diagnostic::CODES;
use archviz::render::{BLOCK_TEMPLATES, FORMATS, Language, PARTS};
use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};

const MAX_LINES: usize = 700;
const BANNED_NAMES: [&str; 7] = [
    "utils",
    "helpers",
    "common",
    "misc",
    "types",
    "manager",
    "processor",
];
/// What each phase may use of the crate.
const DIRECTIONS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("diagnostic", &["source", "model", "check", "spec"]),
    ("spec", &["source", "diagnostic"]),
    ("model", &["source", "diagnostic", "spec"]),
    ("merge", &["source"]),
    ("graph", &["model"]),
    (
        "check",
        &["source", "diagnostic", "spec", "model", "graph", "view"],
    ),
    ("text", &[]),
    (
        "view",
        &["source", "diagnostic", "spec", "model", "graph", "text"],
    ),
    ("draw", &["spec", "model", "view", "layout", "text"]),
    ("diff", &["source", "diagnostic", "spec", "model"]),
    ("excerpt", &["source", "diagnostic", "spec", "model"]),
    ("layout", &[]),
    (
        "import",
        &["source", "diagnostic", "check", "spec", "model"],
    ),
    (
        "update",
        &["source", "diagnostic", "model", "import", "drift"],
    ),
    ("files", &["source", "model"]),
    (
        "query",
        &[
            "source",
            "spec",
            "check",
            "graph",
            "model",
            "view",
            "diagnostic",
            "render",
        ],
    ),
    (
        "docs",
        &[
            "source",
            "diagnostic",
            "spec",
            "model",
            "diff",
            "graph",
            "view",
            "render",
        ],
    ),
    (
        "render",
        &[
            "source",
            "diagnostic",
            "spec",
            "model",
            "diff",
            "excerpt",
            "files",
            "view",
            "layout",
            "draw",
            "text",
            "pipeline",
        ],
    ),
];

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        (
            "every_file_opens_with_a_header",
            every_file_opens_with_a_header,
        ),
        (
            "no_file_is_longer_than_a_reader_can_hold",
            no_file_is_too_long,
        ),
        (
            "no_file_has_a_name_that_says_nothing",
            no_file_has_an_empty_name,
        ),
        (
            "phases_use_only_what_comes_before_them",
            phases_use_only_what_comes_before,
        ),
        (
            "ids_of_findings_are_unique_and_explained",
            ids_are_unique_and_explained,
        ),
        (
            "every_template_belongs_to_a_format",
            every_template_belongs_to_a_format,
        ),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("house::{name}"), run))
        .collect()
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<PathBuf> {
    [files(&root("src"), "rs"), files(&root("tests/it"), "rs")].concat()
}

fn report(problems: &[String]) -> Result<(), Failed> {
    ensure(problems.is_empty(), || problems.join("\n"))
}

fn shown(path: &Path) -> String {
    path.strip_prefix(root(""))
        .unwrap_or(path)
        .display()
        .to_string()
}

fn every_file_opens_with_a_header() -> Result<(), Failed> {
    let has_none =
        |path: &&PathBuf| !std::fs::read_to_string(path).is_ok_and(|text| text.starts_with("//! "));
    report(
        &sources()
            .iter()
            .filter(has_none)
            .map(|path| shown(path))
            .collect::<Vec<_>>(),
    )
}

fn no_file_is_too_long() -> Result<(), Failed> {
    let lines =
        |path: &PathBuf| std::fs::read_to_string(path).map_or(0, |text| text.lines().count());
    report(
        &sources()
            .iter()
            .filter(|path| lines(path) > MAX_LINES)
            .map(|path| shown(path))
            .collect::<Vec<_>>(),
    )
}

fn no_file_has_an_empty_name() -> Result<(), Failed> {
    let is_banned = |path: &&PathBuf| {
        path.file_stem()
            .is_some_and(|stem| BANNED_NAMES.iter().any(|name| stem == *name))
    };
    report(
        &sources()
            .iter()
            .filter(is_banned)
            .map(|path| shown(path))
            .collect::<Vec<_>>(),
    )
}

fn phases_use_only_what_comes_before() -> Result<(), Failed> {
    let mut problems = Vec::new();
    for (phase, allowed) in DIRECTIONS {
        for path in files(&root("src").join(phase), "rs") {
            let text = std::fs::read_to_string(&path)?;
            let used = text.split("crate::").skip(1).map(|rest| {
                rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                    .next()
                    .unwrap_or("")
            });
            let is_test = shown(&path).contains("test");
            for name in used.filter(|name| !is_test && *name != *phase && !allowed.contains(name)) {
                problems.push(format!("{} uses crate::{name}", shown(&path)));
            }
        }
    }
    report(&problems)
}

fn ids_are_unique_and_explained() -> Result<(), Failed> {
    let mut codes: Vec<_> = CODES
        .iter()
        .copied()
        .chain(RULES.iter().map(|rule| &rule.code))
        .collect();
    codes.sort_by_key(|code| code.id);
    let mut problems: Vec<String> = codes
        .windows(2)
        .filter(|pair| pair[0].id == pair[1].id)
        .map(|pair| format!("{} twice", pair[0].id))
        .collect();
    for code in &codes {
        let is_kebab = code.id.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        let is_sentence = !code.summary.is_empty() && !code.summary.ends_with('.');
        if !is_kebab || !is_sentence || code.explanation.len() < 40 {
            problems.push(format!(
                "{}: id, summary or explanation is not as it should be",
                code.id
            ));
        }
    }
    ensure(codes.len() >= 90, || format!("only {} codes", codes.len()))?;
    ensure(RULES.len() >= 60, || format!("only {} rules", RULES.len()))?;
    report(&problems)
}

fn every_template_belongs_to_a_format() -> Result<(), Failed> {
    let used: Vec<&str> = FORMATS
        .iter()
        .flat_map(|format| [format.diagram, format.sequence, format.document])
        .flatten()
        .chain(PARTS.iter().copied())
        .collect();
    let blocks = BLOCK_TEMPLATES.iter().flat_map(|stem| {
        let extensions = Language::ALL.iter().map(|language| language.extension());
        extensions.map(move |extension| format!("block.{stem}.{extension}.j2"))
    });
    let blocks: Vec<String> = blocks.collect();
    let used: Vec<&str> = used
        .into_iter()
        .chain(blocks.iter().map(String::as_str))
        .collect();
    let there: Vec<String> = files(&root("templates"), "j2")
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()))
        .collect();
    let orphans = there
        .iter()
        .filter(|name| !used.contains(&name.as_str()))
        .map(|name| format!("templates/{name} is used by no format"));
    let missing = used
        .iter()
        .filter(|name| {
            !["json", "explorer.html"].contains(name) && !there.iter().any(|there| there == *name)
        })
        .map(|name| format!("templates/{name} does not exist"));
    report(&orphans.chain(missing).collect::<Vec<_>>())
}
