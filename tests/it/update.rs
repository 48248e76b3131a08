//! `import --update`: what is missing is added, and nothing that a person wrote changes.
//!
//! `tests/cases/update/<behavior>/` holds a specification, a compose file and the diff that
//! is shown. Every case is applied as well: the old text must still be there, character for
//! character, and a second update must find nothing. The same holds for random specifications.

use std::path::{Path, PathBuf};

use archviz::diagnostic::Diagnostics;
use archviz::import::{self, Request, Style, find_importer};
use archviz::pipeline;
use archviz::source::{Sources, Workspace};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::test_runner::{Config, TestRunner};

use crate::case::{ensure, folders, name, root};
use crate::import::{archviz, same};

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = folders(&root("tests/cases/update"))
        .into_iter()
        .map(|case| Trial::test(format!("update::{}", name(&case)), move || adds(&case)))
        .collect();
    trials.push(Trial::test(
        "update::what_a_person_wrote_stays",
        what_a_person_wrote_stays,
    ));
    trials.push(Trial::test(
        "update::a_broken_specification_is_left_alone",
        a_broken_specification_is_left_alone,
    ));
    trials
}

const ARGUMENTS: [&str; 4] = ["import", "--update", "compose", "compose.yaml"];

fn adds(case: &Path) -> Result<(), Failed> {
    let shown = archviz(case, &ARGUMENTS)?;
    ensure(shown.status.code() == Some(0), || format!("{shown:?}"))?;
    same(
        &case.join("expected.diff"),
        &String::from_utf8(shown.stdout)?,
    )?;
    let copy = copied(case)?;
    let before = texts(&copy)?;
    let written = archviz(&copy, &[&ARGUMENTS[..], &["--yes"]].concat())?;
    ensure(written.status.code() == Some(0), || format!("{written:?}"))?;
    for ((path, old), (_, new)) in before.iter().zip(texts(&copy)?) {
        ensure(is_kept(old, &new), || {
            format!("{} lost text:\n{new}", path.display())
        })?;
    }
    let again = archviz(&copy, &ARGUMENTS)?;
    ensure(again.stdout.is_empty(), || {
        format!("again: {}", String::from_utf8_lossy(&again.stdout))
    })?;
    let checked = archviz(&copy, &["check", "--fail-on", "error"])?;
    ensure(checked.status.code() == Some(0), || {
        String::from_utf8_lossy(&checked.stdout).into_owned()
    })
}

/// The case in a folder of its own.
fn copied(case: &Path) -> Result<PathBuf, Failed> {
    let copy = std::env::temp_dir().join(format!(
        "archviz-update-{}-{}",
        std::process::id(),
        name(case)
    ));
    std::fs::create_dir_all(copy.join("parts"))?;
    for folder in ["", "parts"] {
        for entry in std::fs::read_dir(case.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), copy.join(folder).join(entry.file_name()))?;
            }
        }
    }
    Ok(copy)
}

/// The specification's files with their texts.
fn texts(folder: &Path) -> Result<Vec<(PathBuf, String)>, Failed> {
    let mut paths = vec![folder.join("architecture.yaml")];
    for entry in std::fs::read_dir(folder.join("parts"))?.flatten() {
        paths.push(entry.path());
    }
    paths.sort();
    let text = |path: PathBuf| Ok((path.clone(), std::fs::read_to_string(path)?));
    paths.into_iter().map(text).collect()
}

/// Whether every character of the old text is in the new one, in the same order.
fn is_kept(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    old.chars().all(|c| rest.any(|other| other == c))
}

fn a_broken_specification_is_left_alone() -> Result<(), Failed> {
    let copy = copied(&root("tests/cases/update/missing-sections"))?;
    let broken = "archviz: 1\nname: Shop\ncomponents: [unclosed\n";
    std::fs::write(copy.join("architecture.yaml"), broken)?;
    let output = archviz(&copy, &[&ARGUMENTS[..], &["--yes"]].concat())?;
    ensure(output.status.code() == Some(3), || format!("{output:?}"))?;
    let text = std::fs::read_to_string(copy.join("architecture.yaml"))?;
    ensure(text == broken, || text)
}

const COMPOSE: &str = include_str!("../cases/update/missing-sections/compose.yaml");

/// Pieces of sections in the forms that people write.
fn specification() -> impl Strategy<Value = String> {
    let layers = prop_oneof![
        Just(""),
        Just("layers:\n  back: Back\n"),
        Just("layers: { back: { name: Back } } # one\n"),
        Just("layers:\n\n      back:\n        name: 'Back'\n\n      front: Front # two\n"),
    ];
    let components = prop_oneof![
        Just(""),
        Just("components:\n"),
        Just("components:\n  shop: { kind: service }\n"),
        Just(
            "components:\n  # first\n  shop:\n    name: \"The: Shop\"\n\n  kafka:\n    kind: broker # one\n    description: >\n      a # text\n\n  # last\n"
        ),
        Just("components: { shop: {}, 'orders-db': { kind: database } }\n"),
        Just("components:\n        kafka: &k { kind: broker }\n        other: *k\n"),
    ];
    let topics = prop_oneof![
        Just(""),
        Just("topics:\n  a.b: {}\n"),
        Just("topics: {}\n"),
        Just("topics:\n    orders.placed:\n      description: |\n        one\n\n        two\n"),
    ];
    let flows = prop_oneof![
        Just(""),
        Just("flows: []\n"),
        Just("flows:\n"),
        Just("flows:\n- shop -> shop: x # y\n"),
        Just("flows:\n   A heading:\n   - shop -> shop\n   Another: []\n"),
        Just("flows: { A: [ shop -> shop ], }\n"),
        Just("flows: [ shop -> shop,\n  # c\n  ]\n"),
    ];
    let order = any::<[bool; 3]>();
    let ends = prop_oneof![
        Just(""),
        Just("# end"),
        Just("...\n"),
        Just("\n\n   \n# end\n")
    ];
    (
        layers,
        components,
        topics,
        flows,
        order,
        ends,
        any::<bool>(),
    )
        .prop_map(
            |(layers, components, topics, flows, order, end, is_windows)| {
                let mut sections = [layers, components, topics, flows];
                for (at, swapped) in order.into_iter().enumerate() {
                    if swapped {
                        sections.swap(at, at + 1);
                    }
                }
                let text = format!("archviz: 1\nname: Shop\n{}{end}", sections.concat());
                if is_windows {
                    text.replace('\n', "\r\n")
                } else {
                    text
                }
            },
        )
}

fn what_a_person_wrote_stays() -> Result<(), Failed> {
    let mut runner = TestRunner::new(Config {
        cases: 100,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&specification(), |text| {
        let problem = updated(&text).err();
        proptest::prop_assert!(
            problem.is_none(),
            "{}\n---\n{text}",
            problem.unwrap_or_default()
        );
        Ok(())
    });
    result.map_err(|error| error.to_string().into())
}

/// Updates a text twice; what is wrong, if anything is.
fn updated(text: &str) -> Result<(), String> {
    let new = update(text)?;
    if !is_kept(text, &new) {
        return Err(format!("text was lost:\n{new}"));
    }
    let workspace = Workspace::of_text("new.yaml", &new);
    let (_, findings) = pipeline::findings(&workspace).map_err(|error| format!("{error:#}"))?;
    if findings
        .iter()
        .any(|finding| finding.code.id == "yaml-syntax")
    {
        return Err(format!("no YAML any more:\n{new}"));
    }
    let again = update(&new)?;
    if again == new {
        Ok(())
    } else {
        Err(format!(
            "a second update changes it:\n{new}\n--- again:\n{again}"
        ))
    }
}

fn update(text: &str) -> Result<String, String> {
    let fail = |error: anyhow::Error| format!("{error:#}");
    let workspace = Workspace::of_text("architecture.yaml", text);
    let (spec, _) = pipeline::load(&workspace).map_err(fail)?;
    let compose = std::rc::Rc::new(Workspace::of_text("compose.yaml", COMPOSE));
    let importer = find_importer("compose").ok_or("no importer")?;
    let request = Request {
        importer,
        files: vec![("compose.yaml".to_owned(), compose)],
    };
    let mut sources = Sources::default();
    let imported = import::import(&[request], &mut sources, &mut Diagnostics::default());
    let edits = pipeline::update(&spec, &imported, &sources, Style::default()).map_err(fail)?;
    Ok(edits
        .into_iter()
        .next()
        .map_or_else(|| text.to_owned(), |edit| edit.new))
}
