//! Documents that quote the model: what is filled, what stays, what is found stale.
//!
//! A case is a folder with `architecture.yaml`, one document `input.EXT`, perhaps `arguments`,
//! and what comes of it: `expected.EXT` and `expected.short`.

use std::path::Path;
use std::sync::Arc;

use libtest_mimic::{Failed, Trial};
use proptest::prelude::{Strategy, any, prop, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

use crate::case::{ensure, folders, name, root};
use crate::scratch::{Scratch, expect, holds};

const CASES: &str = "tests/cases/documents";
const SEED: &str = "tests/data/seed/kafka-integration-summary.md";

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("the_seed_document_is_told_what_it_counts_wrong", seed),
        ("every_phrase_of_the_seed_is_looked_at", phrases),
        ("each_kind_of_staleness_fails_with_its_message", staleness),
        ("only_text_between_markers_changes_and_once_is_enough", law),
        ("no_document_is_a_usage_error", no_document),
    ];
    let mut trials: Vec<Trial> = tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("documents::{name}"), run))
        .collect();
    for case in folders(&root(CASES)) {
        let title = format!("documents::{}", name(&case));
        trials.push(Trial::test(title, move || run(&case)));
    }
    trials
}

fn run(case: &Path) -> Result<(), Failed> {
    let scratch = Scratch::new(&format!("documents-{}", name(case)))?;
    let mut input = String::new();
    for entry in std::fs::read_dir(case)?.flatten() {
        let file = name(&entry.path());
        scratch.write(&file, &std::fs::read_to_string(entry.path())?)?;
        if file.starts_with("input.") {
            input = file;
        }
    }
    let extra = std::fs::read_to_string(case.join("arguments")).unwrap_or_default();
    let mut arguments = vec!["docs", input.as_str(), "--format", "short", "-q"];
    arguments.extend(extra.split_whitespace());
    let output = scratch.run(&arguments)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let extension = input.rsplit('.').next().unwrap_or("md").to_owned();
    same(
        &case.join(format!("expected.{extension}")),
        &scratch.read(&input)?,
    )?;
    same(&case.join("expected.short"), &said)?;
    // What was filled is up to date, or the same is said again.
    let again = scratch.run(&arguments)?;
    ensure(
        scratch.read(&input)?
            == std::fs::read_to_string(case.join(format!("expected.{extension}")))?,
        || "a second run changes it".to_owned(),
    )?;
    ensure(again.status.code() == output.status.code(), || {
        "a second run ends otherwise".to_owned()
    })
}

fn same(path: &Path, found: &str) -> Result<(), Failed> {
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, found)?;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    ensure(found == expected, || {
        format!("{}\nexpected\n{expected}\nfound\n{found}", path.display())
    })
}

/// Runs `docs` on the document that the project started from.
fn about_seed(since: &str) -> Result<(i32, String), Failed> {
    let scratch = Scratch::new(&format!("seed-{}", since.len()))?;
    scratch.write("seed.md", &std::fs::read_to_string(root(SEED))?)?;
    let (spec, base) = (root("architecture.yaml"), root(since));
    let output = scratch.run(&[
        "docs",
        "seed.md",
        "--check",
        "--format",
        "short",
        "--spec",
        &spec.display().to_string(),
        "--since",
        &base.display().to_string(),
    ])?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok((output.status.code().unwrap_or(-1), said))
}

fn seed() -> Result<(), Failed> {
    let (code, said) = about_seed("examples/agentic-banking/before")?;
    let expected = [
        "seed.md:85:1: error[list-count-mismatch] 12 items stand below this heading; `flows.added` is 14 in the model",
        "seed.md:85:24: error[list-count-mismatch] the heading counts 14, and 12 items stand below it",
        "seed.md:174:1: error[list-count-mismatch] 3 items stand below this heading; `consumers` is 5 in the model",
        "seed.md:199:1: error[list-count-mismatch] 1 item stands below this heading; `layers.added` is 2 in the model",
    ];
    let found: Vec<&str> = said.lines().collect();
    ensure(code == 1 && found == expected, || {
        format!("exit {code}\n{said}")
    })
}

/// Compared with itself nothing is new, so every sentence about what is new is wrong.
fn phrases() -> Result<(), Failed> {
    let (code, said) = about_seed("architecture.yaml")?;
    ensure(code == 1, || format!("exit {code}"))?;
    let lines = [8, 85, 113, 130, 131, 395, 396, 397, 401, 423, 436, 438, 439];
    let places: Vec<String> = lines
        .iter()
        .map(|line| format!("seed.md:{line}:"))
        .collect();
    let stale: Vec<&str> = said
        .lines()
        .filter(|line| line.contains("stale-claim"))
        .collect();
    ensure(stale.len() == lines.len(), || said.clone())?;
    for (place, line) in places.iter().zip(&stale) {
        ensure(line.starts_with(place.as_str()), || {
            format!("{place} {line}")
        })?;
    }
    Ok(())
}

const SPEC: &str = "archviz: 1\nname: Shop\ncomponents: { web: {}, api: {}, kafka: { kind: broker } }\ntopics: { orders: { key: id, producers: [web], consumers: [api] } }\nflows: [{ from: web, to: api, label: Calls }]\ndocuments:\n  files: [docs/*.md]\n  claims:\n    - { says: \"{n} components\", value: components }\n";

fn staleness() -> Result<(), Failed> {
    let scratch = Scratch::new("staleness")?;
    scratch.write("architecture.yaml", SPEC)?;
    let document =
        "# Shop\n\nIt has three components.\n\n<!-- archviz:topics -->\n<!-- archviz:end -->\n";
    scratch.write("docs/a.md", document)?;
    // Never filled, and then filled.
    let text = expect(&scratch.run(&["docs", "--check"])?, 1)?;
    holds(
        &text,
        &[
            "stale-block",
            "+| `orders` |",
            "archviz docs",
            "docs/a.md:5:14",
        ],
    )?;
    expect(&scratch.run(&["docs"])?, 0)?;
    expect(&scratch.run(&["docs", "--check"])?, 0)?;
    let filled = scratch.read("docs/a.md")?;
    // The model moves on.
    scratch.write("architecture.yaml", &SPEC.replace("orders:", "purchases:"))?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 1)?,
        &["-| `orders` |", "+| `purchases` |"],
    )?;
    for (format, mark) in [
        ("github", "::error"),
        ("json", "stale-block"),
        ("sarif", "stale-block"),
        ("junit", "stale-block"),
        ("gitlab", "stale-block"),
    ] {
        holds(
            &expect(&scratch.run(&["docs", "--check", "--format", format])?, 1)?,
            &[mark],
        )?;
    }
    ensure(scratch.read("docs/a.md")? == filled, || {
        "--check wrote".to_owned()
    })?;
    scratch.write("architecture.yaml", SPEC)?;
    // Somebody edits the block.
    scratch.write("docs/a.md", &filled.replace("`orders`", "`orders`!"))?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 1)?,
        &["hand-edited-block", "--overwrite"],
    )?;
    expect(&scratch.run(&["docs"])?, 1)?;
    ensure(scratch.read("docs/a.md")?.contains("`orders`!"), || {
        "the edit is lost".to_owned()
    })?;
    expect(&scratch.run(&["docs", "--overwrite"])?, 0)?;
    ensure(scratch.read("docs/a.md")? == filled, || {
        "not overwritten".to_owned()
    })?;
    // A number in prose.
    scratch.write("docs/a.md", &filled.replace("three", "Four"))?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 1)?,
        &["stale-claim", "docs/a.md:3:8", "the model has 3"],
    )?;
    expect(&scratch.run(&["docs", "--fix"])?, 0)?;
    ensure(scratch.read("docs/a.md")? == filled, || {
        "not mended".to_owned()
    })?;
    // Markers that are broken.
    scratch.write("docs/a.md", &filled.replace("archviz:end", "archviz:ende"))?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 1)?,
        &["broken-marker", "has no end"],
    )?;
    scratch.write(
        "docs/a.md",
        &filled.replace("archviz:topics", "archviz:topcis"),
    )?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 1)?,
        &["unknown-block", "did you mean `topics`?"],
    )?;
    // A picture that nobody drew.
    scratch.write(
        "docs/a.md",
        "<!-- archviz:view full as=image src=full.svg -->\n<!-- archviz:end -->\n",
    )?;
    expect(&scratch.run(&["docs"])?, 0)?;
    holds(
        &expect(&scratch.run(&["docs", "--check"])?, 0)?,
        &["picture-missing", "full.svg"],
    )?;
    expect(
        &scratch.run(&["docs", "--check", "--fail-on", "warning"])?,
        1,
    )?;
    expect(&scratch.run(&["render", "-f", "svg", "-o", "docs"])?, 0)?;
    expect(
        &scratch.run(&["docs", "--check", "--fail-on", "warning"])?,
        0,
    )?;
    // A list that matches nothing, and a file that is not there.
    scratch.write(
        "architecture.yaml",
        &SPEC.replace("docs/*.md", "guide/*.md"),
    )?;
    holds(
        &expect(&scratch.run(&["check"])?, 1)?,
        &["document-missing"],
    )?;
    expect(&scratch.run(&["docs", "nowhere.md"])?, 3).map(drop)
}

fn no_document() -> Result<(), Failed> {
    let scratch = Scratch::new("no-document")?;
    scratch.write(
        "architecture.yaml",
        "archviz: 1\nname: Shop\ncomponents: { web: {} }\n",
    )?;
    holds(&expect(&scratch.run(&["docs"])?, 2)?, &["documents:"])?;
    scratch.write("notes.txt", "text")?;
    expect(&scratch.run(&["docs", "notes.txt"])?, 3)?;
    scratch.write("latin.md", "x")?;
    std::fs::write(scratch.0.join("latin.md"), b"caf\xe9")?;
    expect(&scratch.run(&["docs", "latin.md"])?, 3).map(drop)
}

/// Pieces that every document may have.
const PLAIN: &[&str] = &[
    "Some *prose* with 3 components.\n\n",
    "<!-- archviz:topics -->\n<!-- archviz:end -->\n\n",
    "<!-- archviz:view full -->\nold text\n<!-- archviz:end -->\n",
    "- item\n  <!-- archviz:components -->\n  <!-- archviz:end -->\n\n",
    "> <!-- archviz:layers -->\n> <!-- archviz:end -->\n\n",
    "There are <!-- archviz:number topics -->0<!-- archviz:end --> topics.\n\n",
    "<!-- archviz:nonsense -->\n<!-- archviz:end -->\n",
    "<!-- archviz:claim components=3 --> three, 3\n\n",
    "| a | b |\n| - | - |\n| 1 | 2 |\n\n",
    "<details>\n\n",
    "# Heading (2 items)\n\n1. one\n2. two\n\n",
    "\u{1f3af} <!-- unrelated -->\r\n",
    "<!-- archviz:card web -->x<!-- archviz:end -->\n",
];
/// Markers in code; beside broken markers nobody could tell which of them count.
const CODE: &[&str] = &[
    "```\n<!-- archviz:topics -->\n```\n\n",
    "    <!-- archviz:topics -->\n\n",
    "`<!-- archviz:end -->`\n\n",
    "~~~\nunclosed\n",
];
/// Markers without their other half.
const BROKEN: &[&str] = &["<!-- archviz:end -->\n\n", "<!-- archviz:flows -->\n\n"];

/// Documents of prose, code, and blocks of every kind, whole and broken.
fn document() -> impl Strategy<Value = String> {
    let pieces = |more: &'static [&'static str]| {
        let piece = prop::sample::select([PLAIN, more].concat());
        prop::collection::vec(piece, 0..9)
    };
    let pieces = prop_oneof![pieces(CODE), pieces(BROKEN)];
    (pieces, any::<bool>()).prop_map(|(pieces, has_returns)| {
        let text = pieces.concat();
        if has_returns {
            text.replace("\r\n", "\n").replace('\n', "\r\n")
        } else {
            text
        }
    })
}

/// What is left of a document without its blocks' contents and the checksums of their ends.
/// Code is blanked out first, and so are the contents that the program writes.
fn outside(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(at) = rest.find("<!-- archviz:end") {
        let (head, tail) = rest.split_at(at);
        let end = tail.find("-->").map_or(tail.len(), |end| end + 3);
        let is_code = head.ends_with('`');
        let open = head
            .rmatch_indices("<!-- archviz:")
            .map(|(open, _)| open)
            .find(|open| {
                let before = &head[..*open];
                let line = before.rsplit('\n').next().unwrap_or("");
                let is_code =
                    before.ends_with("```\n") || before.ends_with("```\r\n") || line == "    ";
                !is_code && !head[*open..].starts_with("<!-- archviz:claim")
            });
        let open_end = open.and_then(|open| Some(open + head[open..].find("-->")? + 3));
        if is_code {
            kept.push_str(head);
            kept.push_str(&tail[..end]);
        } else {
            kept.push_str(&head[..open_end.unwrap_or(head.len())]);
            kept.push('\u{0}');
        }
        rest = &tail[end..];
    }
    kept + rest
}

fn law() -> Result<(), Failed> {
    use archviz::diagnostic::Diagnostics;
    use archviz::docs::{Dialect, Edited, Subject, Text, Wrong, fill};
    use archviz::graph::ArchGraph;
    use archviz::render::Templates;
    use archviz::source::{Sources, Workspace};
    let workspace = Workspace::of_text("architecture.yaml", SPEC);
    let (sources, mut out) = archviz::pipeline::load(&workspace)?;
    let model = archviz::pipeline::analyze(&sources, &mut out);
    let graph = ArchGraph::build(&model);
    let views = archviz::pipeline::views(&model, &graph, &[], &mut out);
    let templates = Templates::new(None);
    let subject = Subject {
        model: &model,
        graph: &graph,
        views: &views,
        diff: None,
        templates: &templates,
        edited: Edited::Keep,
        wrong: Wrong::Report,
    };
    let fill_once = |text: &str| {
        let mut documents = Sources::default();
        let file = documents.add("a.md", "");
        let mut out = Diagnostics::default();
        let document = Text {
            file,
            name: "a.md",
            text,
            dialect: Dialect::Markdown,
            pictures: "",
        };
        let filled = fill(document, &subject, &mut out);
        let findings: Vec<Arc<str>> = out
            .list()
            .iter()
            .filter(|finding| finding.code.id != "stale-block")
            .map(|finding| Arc::from(format!("{}: {}", finding.code.id, finding.message)))
            .collect();
        (filled.text, findings)
    };
    let mut runner = TestRunner::new(Config {
        cases: 400,
        failure_persistence: None,
        ..Config::default()
    });
    let checked = runner.run(&document(), |text| {
        let (once, findings) = fill_once(&text);
        proptest::prop_assert_eq!(outside(&text), outside(&once));
        let (twice, again) = fill_once(&once);
        proptest::prop_assert_eq!(&once, &twice);
        proptest::prop_assert_eq!(findings, again);
        Ok(())
    });
    checked.map_err(|error| error.to_string().into())
}
