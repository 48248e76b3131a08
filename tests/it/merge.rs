//! Three-way merges: cases with known good results, laws over random edits, and git itself.
//!
//! A case is a folder of `tests/cases/merge` with `base.yaml`, `ours.yaml`, `theirs.yaml` and
//! `expected.yaml`; `BLESS=1` writes the last one. A merge with the sides swapped must give
//! the same, unless there are conflicts.

use std::path::{Path, PathBuf};
use std::process::Command;

use archviz::merge::{Marks, merge};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::{Strategy, any};
use proptest::sample::Index;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::case::{ensure, folders, name, root};
use crate::repository::{Place, archviz, commit, ended, git, git_command, has};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = folders(&root("tests/cases/merge"))
        .into_iter()
        .map(|folder| Trial::test(format!("merge::{}", name(&folder)), move || case(&folder)))
        .collect();
    let tests: Vec<(&str, Test)> = vec![
        ("there_are_cases", there_are_cases),
        ("a_side_that_changed_nothing_changes_nothing", neutral),
        (
            "two_values_changed_by_two_sides_are_both_changed",
            two_values,
        ),
        ("one_value_changed_by_both_sides_is_marked", one_value),
        (
            "lines_edited_at_random_are_merged_right_or_not_at_all",
            any_lines,
        ),
        ("git_merges_with_the_driver", driver),
        ("git_marks_a_conflict_with_the_driver", driver_conflict),
        (
            "what_one_side_removed_and_the_other_uses_is_said",
            consequence,
        ),
        ("texts_that_are_no_block_yaml_are_merged_by_lines", by_lines),
    ];
    trials.extend(
        tests
            .into_iter()
            .map(|(name, run)| Trial::test(format!("merge::{name}"), run)),
    );
    trials
}

fn there_are_cases() -> Result<(), Failed> {
    let count = folders(&root("tests/cases/merge")).len();
    ensure(count >= 12, || format!("only {count} cases"))
}

fn case(folder: &Path) -> Result<(), Failed> {
    let text = |name: &str| std::fs::read_to_string(folder.join(name));
    let (base, ours, theirs) = (text("base.yaml")?, text("ours.yaml")?, text("theirs.yaml")?);
    let merged = merge(&base, &ours, &theirs, &Marks::default());
    let found = match &merged {
        Some(merged) if merged.conflicts.is_empty() => merged.text.clone(),
        Some(merged) => format!(
            "# in conflict: {}\n{}",
            merged.conflicts.join(", "),
            merged.text
        ),
        None => "# not merged by elements\n".to_owned(),
    };
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(folder.join("expected.yaml"), &found)?;
    }
    let expected = text("expected.yaml").unwrap_or_default();
    ensure(found == expected, || {
        format!("found:\n{found}\nexpected:\n{expected}")
    })?;
    let swapped = merge(&base, &theirs, &ours, &Marks::default());
    match (merged, swapped) {
        (Some(merged), Some(swapped)) => {
            ensure(merged.conflicts == swapped.conflicts, || {
                "swapped sides have other conflicts".to_owned()
            })?;
            let is_clean = merged.conflicts.is_empty();
            ensure(
                !is_clean || is_same_model(&merged.text, &swapped.text)?,
                || format!("swapped sides give\n{}", swapped.text),
            )
        }
        (merged, swapped) => ensure(merged.is_none() == swapped.is_none(), || {
            "only one way merges".to_owned()
        }),
    }
}

/// Whether two texts say the same; comments and formatting may differ.
fn is_same_model(one: &str, other: &str) -> Result<bool, Failed> {
    let json = |text: &str| -> Result<serde_json::Value, Failed> {
        Ok(serde_yaml::from_str(text).map_err(|error| error.to_string())?)
    };
    Ok(json(one)? == json(other)?)
}

fn platform() -> Result<String, Failed> {
    Ok(std::fs::read_to_string(root("architecture.yaml"))?)
}

/// The ranges of plain scalars behind keys that stand alone on their lines.
fn values(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut at = 0;
    let mut values = Vec::new();
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        if let Some((key, value)) = body.split_once(": ")
            && !value.starts_with(['{', '[', '"', '\'', '|', '>', '&', '*', '#'])
            && !value.contains('#')
            && !key.contains(['{', '[', '#', '"', '\''])
            && !key.trim_start().starts_with('-')
        {
            values.push(at + key.len() + 2..at + body.len());
        }
        at += line.len();
    }
    values
}

fn replaced(text: &str, range: &std::ops::Range<usize>, with: &str) -> String {
    format!("{}{with}{}", &text[..range.start], &text[range.end..])
}

fn law<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
    cases: u32,
    test: impl Fn(T) -> Result<(), String>,
) -> Result<(), Failed> {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let result = runner.run(&strategy, |value| test(value).map_err(TestCaseError::fail));
    result.map_err(|error| error.to_string().into())
}

fn two_values() -> Result<(), Failed> {
    let text = platform()?;
    let places = values(&text);
    ensure(places.len() > 100, || "too few values".to_owned())?;
    law((any::<Index>(), any::<Index>()), 24, |(one, other)| {
        let (one, other) = (one.index(places.len()), other.index(places.len()));
        if one == other {
            return Ok(());
        }
        let (first, second) = (&places[one.min(other)], &places[one.max(other)]);
        let ours = replaced(&text, first, "mine");
        let theirs = replaced(&text, second, "yours");
        let both = replaced(&theirs, first, "mine");
        for (ours, theirs) in [(&ours, &theirs), (&theirs, &ours)] {
            let merged = merge(&text, ours, theirs, &Marks::default()).ok_or("not merged")?;
            if !merged.conflicts.is_empty() || merged.text != both {
                return Err(format!(
                    "{:?} at {first:?} and {second:?}",
                    merged.conflicts
                ));
            }
        }
        Ok(())
    })
}

fn one_value() -> Result<(), Failed> {
    let text = platform()?;
    let places = values(&text);
    law(any::<Index>(), 12, |index| {
        let place = &places[index.index(places.len())];
        let (ours, theirs) = (
            replaced(&text, place, "mine"),
            replaced(&text, place, "yours"),
        );
        let merged = merge(&text, &ours, &theirs, &Marks::default()).ok_or("not merged")?;
        let line = text[..place.start].rsplit('\n').next().unwrap_or("");
        let was = &text[place.clone()];
        let marked = format!(
            "<<<<<<< ours\n{line}mine\n||||||| base\n{line}{was}\n=======\n{line}yours\n>>>>>>> theirs\n"
        );
        // With another end, a flow is another flow, and stands in conflict as a whole.
        let is_end = matches!(line.trim(), "from:" | "to:");
        let is_marked = if is_end {
            merged.text.contains(&format!("{line}mine"))
                && merged.text.contains(&format!("{line}yours"))
        } else {
            merged.text.contains(&marked)
        };
        if merged.conflicts.len() != 1 || !is_marked {
            return Err(format!("{:?}: no\n{marked}", merged.conflicts));
        }
        Ok(())
    })
}

fn neutral() -> Result<(), Failed> {
    let text = platform()?;
    let files = crate::examples::main_files();
    for file in &files {
        let other = std::fs::read_to_string(file)?;
        let check = |base: &str, ours: &str, theirs: &str, wanted: &str| {
            let merged = merge(base, ours, theirs, &Marks::default());
            ensure(
                merged
                    .as_ref()
                    .is_some_and(|merged| merged.text == wanted && merged.conflicts.is_empty()),
                || {
                    format!(
                        "{}: {:?}",
                        file.display(),
                        merged.map(|merged| merged.conflicts)
                    )
                },
            )
        };
        check(&text, &other, &text, &other)?;
        check(&text, &text, &other, &other)?;
        check(&text, &other, &other, &other)?;
        check("", &other, &other, &other)?;
    }
    Ok(())
}

/// Some lines of a text doubled, removed, indented or replaced.
fn edits() -> impl Strategy<Value = Vec<(Index, u8)>> {
    proptest::collection::vec((any::<Index>(), 0..7_u8), 0..5)
}

fn edited(text: &str, edits: &[(Index, u8)]) -> String {
    let mut lines: Vec<String> = text.lines().map(|line| format!("{line}\n")).collect();
    for (index, what) in edits {
        if lines.is_empty() {
            break;
        }
        let at = index.index(lines.len());
        match what {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines[at] = format!("  {}", lines[at]),
            3 => lines[at] = lines[at].replace(": ", ": x"),
            4 => lines.insert(at, "# a remark\n".to_owned()),
            5 => {
                let other = index.index(lines.len() / 2 + 1).min(lines.len() - 1);
                lines.swap(at, other);
            }
            _ => lines.insert(at, format!("  new_{at}: {{ kind: service }}\n")),
        }
    }
    lines.concat()
}

/// The program checks its result against the values; here it is enough that it ends, that it
/// is the same both ways, and that no line which one side alone wrote is lost.
fn any_lines() -> Result<(), Failed> {
    let text = std::fs::read_to_string(root("examples/outbox-cdc/architecture.yaml"))?;
    law((edits(), edits()), 100, |(our_edits, their_edits)| {
        let (ours, theirs) = (edited(&text, &our_edits), edited(&text, &their_edits));
        let Some(merged) = merge(&text, &ours, &theirs, &Marks::default()) else {
            return Ok(());
        };
        for side in [&ours, &theirs] {
            let is_lost = |line: &&str| {
                let line = line.trim();
                !line.is_empty() && !text.contains(line) && !merged.text.contains(line)
            };
            if let Some(line) = side.lines().find(is_lost)
                && !is_in_flow(line)
            {
                return Err(format!("lost: {line}\n{}", merged.text));
            }
        }
        Ok(())
    })
}

/// Fields of one line may come from both sides.
fn is_in_flow(line: &str) -> bool {
    line.contains(['{', '['])
}

const SMALL: &str = "archviz: 1\nname: Small\ncomponents:\n  a: {}\n  b: {}\n  # the last\n  c: {}\nflows:\n  - a -> b: Calls\n";

/// A repository with the driver, and a branch of each side.
fn diverged(place: &Place, base: &str, ours: &str, theirs: &str) -> Result<PathBuf, Failed> {
    let folder = place.repository("r")?;
    let program = env!("CARGO_BIN_EXE_archviz");
    let driver = format!("'{program}' merge %O %A %B -o %A --path %P --marker-size %L");
    git(&folder, &["config", "merge.archviz.driver", &driver])?;
    place.write("r/.gitattributes", "*.yaml merge=archviz\n")?;
    place.write("r/my spec.yaml", base)?;
    commit(&folder, "base")?;
    git(&folder, &["checkout", "-q", "-b", "theirs"])?;
    place.write("r/my spec.yaml", theirs)?;
    commit(&folder, "theirs")?;
    git(&folder, &["checkout", "-q", "main"])?;
    place.write("r/my spec.yaml", ours)?;
    commit(&folder, "ours")?;
    Ok(folder)
}

fn merged(folder: &Path) -> Result<(bool, String, String), Failed> {
    let output = git_command(folder)
        .args(["merge", "-q", "--no-edit", "theirs"])
        .output()?;
    let said = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let text = std::fs::read_to_string(folder.join("my spec.yaml"))?;
    Ok((output.status.success(), text, said))
}

fn driver() -> Result<(), Failed> {
    let place = Place::new("driver")?;
    // By lines, both sides would be in conflict at the same place.
    let ours = SMALL.replace("  c: {}\n", "  c: { kind: database }\n  x: {}\n");
    let theirs = SMALL.replace("  c: {}\n", "  c: { purpose: Keeps }\n  d: {}\n");
    let folder = diverged(&place, SMALL, &ours, &theirs)?;
    let (is_clean, text, said) = merged(&folder)?;
    let expected = SMALL.replace(
        "  c: {}\n",
        "  c: { kind: database, purpose: Keeps }\n  d: {}\n  x: {}\n",
    );
    ensure(is_clean && text == expected, || format!("{said}\n{text}"))
}

fn driver_conflict() -> Result<(), Failed> {
    let place = Place::new("conflict")?;
    let ours = SMALL
        .replace("Calls", "Asks")
        .replace("  a: {}", "  a: { kind: client }");
    let theirs = SMALL
        .replace("Calls", "Tells")
        .replace("  b: {}", "  b: { kind: database }");
    let folder = diverged(&place, SMALL, &ours, &theirs)?;
    let (is_clean, text, said) = merged(&folder)?;
    ensure(!is_clean, || "no conflict".to_owned())?;
    has(&said, &["both sides changed flows.a -> b", "CONFLICT"])?;
    has(
        &text,
        &[
            "<<<<<<< ours\n  - a -> b: Asks\n",
            "=======\n  - a -> b: Tells\n>>>>>>> theirs\n",
            "a: { kind: client }",
            "b: { kind: database }",
        ],
    )?;
    let unmerged = git(&folder, &["diff", "--name-only", "--diff-filter=U"])?;
    ensure(unmerged == "my spec.yaml", || unmerged)
}

fn consequence() -> Result<(), Failed> {
    let place = Place::new("consequence")?;
    let ours = SMALL.replace("  # the last\n  c: {}\n", "");
    let theirs = SMALL.replace("Calls\n", "Calls\n  - b -> c: Stores\n");
    let folder = diverged(&place, SMALL, &ours, &theirs)?;
    let (is_clean, text, said) = merged(&folder)?;
    ensure(!is_clean && !text.contains("<<<<"), || text)?;
    has(
        &said,
        &[
            "unknown-component",
            "what one side removed is used by the other",
        ],
    )
}

fn by_lines() -> Result<(), Failed> {
    let place = Place::new("lines")?;
    place.write("base.yaml", "a\nb\nc\nd\ne\n")?;
    place.write("ours.yaml", "A\nb\nc\nd\ne\n")?;
    place.write("theirs.yaml", "a\nb\nc\nd\nE\n")?;
    let arguments = ["merge", "base.yaml", "ours.yaml", "theirs.yaml"];
    let text = ended(&archviz(&place.path(""), &arguments).output()?, 0)?;
    has(&text, &["A\nb\nc\nd\nE\n", "merged by lines"])?;
    place.write("theirs.yaml", "X\nb\nc\nd\ne\n")?;
    let text = ended(&archviz(&place.path(""), &arguments).output()?, 1)?;
    has(&text, &["<<<<<<< ours\nA\n", "X\n>>>>>>> theirs"])?;
    let mut missing: Command = archviz(
        &place.path(""),
        &["merge", "base.yaml", "nowhere.yaml", "theirs.yaml"],
    );
    ended(&missing.output()?, 3).map(drop)
}
