//! Laws of importers: whatever goes in, nothing panics, and what is written is well-formed.
//!
//! Sources are the cases of every importer with random edits, and texts made to hurt: deep
//! nesting, aliases that multiply, circles. The targets in `fuzz/` walk the same road.

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use archviz::diagnostic::{Diagnostics, Severity};
use archviz::import::{self, IMPORTERS, Imported, Importer, Request, Style, find_importer};
use archviz::pipeline;
use archviz::source::{Sources, Workspace};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::{Strategy, any};
use proptest::sample::{Index, select};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::case::{ensure, folders, name, root};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: [(&str, Test); 6] = [
        ("broken_sources_become_good_specifications", broken_sources),
        ("aliases_that_multiply_are_bounded", aliases_that_multiply),
        ("deep_nesting_is_bounded", deep_nesting),
        (
            "variables_that_multiply_are_bounded",
            variables_that_multiply,
        ),
        ("kustomizations_in_a_circle_end", kustomizations_in_a_circle),
        ("many_services_take_little_time", many_services),
    ];
    let trial = |(name, run): (&str, Test)| Trial::test(format!("import_laws::{name}"), run);
    tests.into_iter().map(trial).collect()
}

/// Imports files of one kind from memory.
fn imported(
    importer: &'static Importer,
    names: &[&str],
    files: BTreeMap<String, String>,
) -> (Imported, Sources, Diagnostics) {
    let workspace = Rc::new(Workspace::Memory {
        main: names.first().copied().unwrap_or_default().to_owned(),
        files,
    });
    let request = Request {
        importer,
        files: names
            .iter()
            .map(|name| ((*name).to_owned(), Rc::clone(&workspace)))
            .collect(),
    };
    let mut sources = Sources::default();
    let mut out = Diagnostics::default();
    let imported = import::import(&[request], &mut sources, &mut out);
    (imported, sources, out)
}

/// The text of the specification, if it checks without warnings.
fn written(imported: &Imported, sources: &Sources) -> Result<String, String> {
    let style = Style {
        name: "Law",
        folder: "",
    };
    let fail = |error: anyhow::Error| format!("{error:#}");
    let text = pipeline::specification(imported, sources, style).map_err(fail)?;
    let workspace = Workspace::of_text("imported.yaml", &text);
    let (_, findings) = pipeline::checked(&workspace, &[]).map_err(fail)?;
    let problems: Vec<String> = findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .map(|finding| format!("{}: {}", finding.code.id, finding.message))
        .collect();
    if problems.is_empty() {
        Ok(text)
    } else {
        Err(format!("{problems:?}\n{text}"))
    }
}

fn one(kind: &str, name: &str, text: &str) -> Result<(Imported, Diagnostics), Failed> {
    let importer = find_importer(kind).ok_or("no such importer")?;
    let files = BTreeMap::from([(name.to_owned(), text.to_owned())]);
    let (imported, sources, out) = imported(importer, &[name], files);
    written(&imported, &sources)?;
    Ok((imported, out))
}

/// Sources of every kind: the cases of importers.
fn seeds() -> Vec<(&'static Importer, String)> {
    let mut seeds = Vec::new();
    for importer in IMPORTERS {
        let cases = root("tests/cases/import").join(importer.kind);
        for case in folders(&cases) {
            for path in files_of(&case) {
                seeds.extend(
                    std::fs::read_to_string(path)
                        .ok()
                        .map(|text| (importer, text)),
                );
            }
        }
    }
    seeds
}

fn files_of(case: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(case).into_iter().flatten().flatten();
    let mut files: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            path.is_file() && !name(path).starts_with("expected.") && name(path) != "arguments"
        })
        .collect();
    files.sort();
    files
}

/// One edit of a text.
#[derive(Clone, Debug)]
enum Edit {
    Remove(Index, u8),
    Insert(Index, &'static str),
    Repeat(Index, Index),
    Swap(Index, Index),
}

const PIECES: &[&str] = &[
    "\n",
    "  ",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "---\n",
    "...\n",
    "|\n",
    ">\n",
    "null",
    "~",
    "true",
    "-1",
    "99999999999999999999",
    "1e400",
    "${A}",
    "${A:-${B}}",
    "$",
    "\u{0}",
    "\u{e000}",
    "\u{202e}",
    "ä",
    "名",
    "://",
    "@",
    "*",
    "..",
    "/",
    "kafka",
    "topic: ",
    "name: ",
    "\t",
    "\r\n",
    "? ",
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let one = (
        any::<Index>(),
        any::<Index>(),
        any::<u8>(),
        select(PIECES),
        0..4_u8,
    )
        .prop_map(|(a, b, length, piece, which)| match which {
            0 => Edit::Remove(a, length),
            1 => Edit::Insert(a, piece),
            2 => Edit::Repeat(a, b),
            _ => Edit::Swap(a, b),
        });
    proptest::collection::vec(one, 1..6)
}

fn apply(text: &str, edits: &[Edit]) -> String {
    let mut text = text.to_owned();
    for edit in edits {
        let place = |index: &Index, text: &str| {
            let mut at = index.index(text.len() + 1);
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let lines = |text: &str| {
            text.split_inclusive('\n')
                .map(ToOwned::to_owned)
                .collect::<Vec<String>>()
        };
        match edit {
            Edit::Remove(at, length) => {
                let start = place(at, &text);
                let mut end = (start + usize::from(*length)).min(text.len());
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                text.replace_range(start..end.max(start), "");
            }
            Edit::Insert(at, piece) => text.insert_str(place(at, &text), piece),
            Edit::Repeat(from, to) => {
                let mut all = lines(&text);
                if !all.is_empty() {
                    let line = all[from.index(all.len())].clone();
                    all.insert(to.index(all.len() + 1), line);
                }
                text = all.concat();
            }
            Edit::Swap(a, b) => {
                let mut all = lines(&text);
                if !all.is_empty() {
                    let (a, b) = (a.index(all.len()), b.index(all.len()));
                    all.swap(a, b);
                }
                text = all.concat();
            }
        }
    }
    text
}

fn broken_sources() -> Result<(), Failed> {
    let seeds = seeds();
    ensure(seeds.len() > 10, || format!("only {} sources", seeds.len()))?;
    let cases = std::env::var("ARCHVIZ_LAW_CASES")
        .ok()
        .and_then(|text| text.parse().ok());
    let config = Config {
        cases: cases.unwrap_or(600),
        failure_persistence: None,
        ..Config::default()
    };
    // The same texts in every run; a number of cases of one's own searches elsewhere.
    let mut runner = match cases {
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
        Some(_) => TestRunner::new(config),
    };
    let input = (any::<Index>(), edits());
    let result = runner.run(&input, |(seed, edits)| {
        let (importer, text) = &seeds[seed.index(seeds.len())];
        let text = apply(text, &edits);
        let files = BTreeMap::from([("source.yaml".to_owned(), text.clone())]);
        let (imported, sources, _) = imported(importer, &["source.yaml"], files);
        import::json(&imported, &sources);
        let problem = written(&imported, &sources).err();
        proptest::prop_assert!(
            problem.is_none(),
            "{}: {}\n--- from\n{text}",
            importer.kind,
            problem.unwrap_or_default()
        );
        Ok(())
    });
    result.map_err(|error| error.to_string().into())
}

fn has(out: &Diagnostics, code: &str) -> Result<(), Failed> {
    ensure(
        out.list().iter().any(|finding| finding.code.id == code),
        || format!("no {code}: {:?}", out.list()),
    )
}

fn aliases_that_multiply() -> Result<(), Failed> {
    let mut text = String::from("x-0: &a0 { k: v, l: [1, 2, 3] }\n");
    for at in 1..30 {
        let before = at - 1;
        text.push_str(&format!(
            "x-{at}: &a{at} [*a{before}, *a{before}, *a{before}, *a{before}]\n"
        ));
    }
    text.push_str("services: { app: { image: app, environment: *a29 } }\n");
    let (_, out) = one("compose", "compose.yaml", &text)?;
    has(&out, "import-too-large")
}

fn deep_nesting() -> Result<(), Failed> {
    for open in ["[", "{a: ", "- ", "a:\n"] {
        let text = format!("services: {}", open.repeat(50_000));
        let (_, out) = one("compose", "compose.yaml", &text)?;
        has(&out, "yaml-syntax")?;
        one("kubernetes", "all.yaml", &text)?;
    }
    Ok(())
}

fn variables_that_multiply() -> Result<(), Failed> {
    let mut env = String::from("V0=kafka:9092,\n");
    for at in 1..60 {
        env.push_str(&format!("V{at}=${{V{0}}}${{V{0}}}\n", at - 1));
    }
    let nested = format!("{}x{}", "${A:-".repeat(10_000), "}".repeat(10_000));
    let compose = format!(
        "services:\n  kafka: {{ image: 'kafka:3.8.0' }}\n  app:\n    image: app\n    environment:\n      BROKERS: $V59\n      DEEP: '{nested}'\n"
    );
    let importer = find_importer("compose").ok_or("no compose")?;
    let files = BTreeMap::from([
        (".env".to_owned(), env),
        ("compose.yaml".to_owned(), compose),
    ]);
    let (imported, sources, _) = imported(importer, &["compose.yaml"], files);
    written(&imported, &sources)?;
    ensure(imported.components.len() == 2, || {
        format!("{:?}", imported.components.len())
    })
}

fn kustomizations_in_a_circle() -> Result<(), Failed> {
    let importer = find_importer("kubernetes").ok_or("no kubernetes")?;
    let kustomization = |other: &str| {
        format!(
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [../{other}, ../../../../etc]\n"
        )
    };
    let files = BTreeMap::from([
        ("a/kustomization.yaml".to_owned(), kustomization("b")),
        ("b/kustomization.yaml".to_owned(), kustomization("a")),
    ]);
    let (_, _, out) = imported(importer, &["a/kustomization.yaml"], files);
    has(&out, "import-outside")
}

/// A hundred thousand lines are no reason to wait.
fn many_services() -> Result<(), Failed> {
    let mut text = String::from("services:\n  kafka: { image: 'apache/kafka:3.8.0' }\n");
    for at in 0..5_000 {
        text.push_str(&format!(
            "  service-{at}:\n    image: registry.example/service-{at}:1.0.{at}\n    environment:\n      BROKERS: kafka:9092\n      NEXT_URL: http://service-{}:8080\n      ORDERS_TOPIC: topic-{at}\n    depends_on: [kafka]\n",
            at / 2
        ));
    }
    let started = std::time::Instant::now();
    let (imported, _) = one("compose", "compose.yaml", &text)?;
    ensure(imported.components.len() == 5_001, || {
        format!("{}", imported.components.len())
    })?;
    let seconds = started.elapsed().as_secs();
    ensure(seconds < 60, || format!("{seconds} s"))
}
