//! The commands as a user runs them: exit codes, streams, files.

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};
use crate::scratch::{Scratch, expect, holds, run};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("a_clean_specification_exits_with_0", clean),
        ("errors_exit_with_1_and_stand_on_stdout", errors),
        ("warnings_fail_only_when_asked", warnings),
        ("unknown_arguments_exit_with_2", usage),
        ("a_missing_specification_exits_with_3", missing),
        (
            "an_included_file_that_is_missing_is_a_finding",
            missing_include,
        ),
        ("render_writes_every_view_in_every_format", render),
        (
            "badges_stand_behind_words_or_alone_in_plantuml",
            badges_in_plantuml,
        ),
        ("render_to_stdout_takes_one_picture", render_to_stdout),
        (
            "render_check_fails_on_stale_files_and_passes_on_fresh_ones",
            render_check,
        ),
        ("render_touches_only_what_changed", only_what_changed),
        ("files_of_earlier_runs_are_told_and_pruned", left_over),
        ("outputs_of_the_specification_need_no_flags", outputs),
        ("a_baseline_excuses_old_findings_and_can_not_rot", baseline),
        ("an_exception_is_over_on_its_day", exception_day),
        ("what_is_no_file_is_never_replaced", no_file_is_replaced),
        ("a_template_of_the_project_makes_a_format", own_template),
        (
            "a_broken_specification_leaves_old_files_whole",
            broken_leaves_old,
        ),
        (
            "the_verdict_of_a_diff_depends_on_its_changes_alone",
            diff_verdict,
        ),
        ("a_diff_can_suggest_renames", diff_renames),
        ("the_starter_specification_is_clean_and_renders", starter),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("cli::{name}"), run))
        .collect()
}

const SMALL: &str = "archviz: 1\nname: Small\ncomponents:\n  web: { kind: client }\n  api: {}\nflows:\n  - web -> api: Calls\n";

fn clean() -> Result<(), Failed> {
    expect(&run(&root(""), &["check"])?, 0).map(drop)
}

fn errors() -> Result<(), Failed> {
    let scratch = Scratch::new("errors")?;
    scratch.write("architecture.yaml", &SMALL.replace("-> api", "-> apo"))?;
    let output = run(&scratch.0, &["check"])?;
    expect(&output, 1)?;
    let stdout = String::from_utf8_lossy(&output.stdout);
    for part in [
        "unknown-component",
        "architecture.yaml:7:12",
        "did you mean `api`?",
    ] {
        ensure(stdout.contains(part), || {
            format!("no `{part}` in\n{stdout}")
        })?;
    }
    for format in ["short", "json", "sarif", "github", "gitlab", "junit"] {
        let output = run(&scratch.0, &["check", "--format", format])?;
        ensure(expect(&output, 1)?.contains("unknown-component"), || {
            format!("{format} says nothing")
        })?;
    }
    Ok(())
}

fn warnings() -> Result<(), Failed> {
    let scratch = Scratch::new("warnings")?;
    let text = format!("{SMALL}topics:\n  t: {{ broker: api, producers: [web] }}\n");
    scratch.write("architecture.yaml", &text)?;
    expect(&run(&scratch.0, &["check"])?, 0)?;
    expect(&run(&scratch.0, &["check", "--fail-on", "warning"])?, 1)?;
    expect(
        &run(&scratch.0, &["check", "-D", "topic-without-consumer"])?,
        1,
    )?;
    let quiet = ["check", "--fail-on", "note", "-D", "all", "-A", "all"];
    expect(&run(&scratch.0, &quiet)?, 0)?;
    let last_wins = ["check", "-A", "all", "-D", "topic-without-consumer"];
    expect(&run(&scratch.0, &last_wins)?, 1).map(drop)
}

fn usage() -> Result<(), Failed> {
    expect(&run(&root(""), &["chek"])?, 2)?;
    expect(&run(&root(""), &["render", "-f", "mermiad"])?, 2)?;
    expect(&run(&root(""), &["render", "--view", "nowhere"])?, 2)?;
    expect(&run(&root(""), &["check", "--format", "xml"])?, 2)?;
    let misspelled = run(&root(""), &["check", "-A", "topic-without-consumr"])?;
    ensure(
        expect(&misspelled, 2)?.contains("did you mean `topic-without-consumer`?"),
        || "no help".to_owned(),
    )?;
    expect(&run(&root(""), &["check", "-A", "unknown-component"])?, 2)?;
    expect(&run(&root(""), &["explain", "nothing-like-it"])?, 2).map(drop)
}

fn missing() -> Result<(), Failed> {
    expect(&run(&root(""), &["check", "--spec", "nowhere.yaml"])?, 3).map(drop)
}

fn missing_include() -> Result<(), Failed> {
    let scratch = Scratch::new("include")?;
    scratch.write(
        "architecture.yaml",
        &SMALL.replace(
            "components:",
            "include: [parts/*.yaml, ../x.yaml]\ncomponents:",
        ),
    )?;
    let text = expect(&run(&scratch.0, &["check"])?, 1)?;
    ensure(
        text.contains("include-missing") && text.contains("include-outside"),
        || text,
    )
}

fn render() -> Result<(), Failed> {
    let scratch = Scratch::new("render")?;
    scratch.write("architecture.yaml", SMALL)?;
    expect(&run(&scratch.0, &["render"])?, 0)?;
    for file in [
        "full.dot",
        "full.mmd",
        "full.puml",
        "full.d2",
        "architecture.md",
        "architecture.json",
    ] {
        ensure(scratch.0.join("out").join(file).is_file(), || {
            format!("no {file}")
        })?;
    }
    Ok(())
}

/// A badge stands behind the words of a card, or alone where there are none.
fn badges_in_plantuml() -> Result<(), Failed> {
    let scratch = Scratch::new("badges")?;
    let spec = "archviz: 1\nname: N\nlayers: { l: L }\ncategories: { own: { name: Own, badge: B } }\ncomponents:\n  \
        bare: { layer: l, category: own }\n  full: { layer: l, category: own, technology: Rust }\n";
    scratch.write("architecture.yaml", spec)?;
    let arguments = ["render", "-f", "plantuml", "--view", "full", "-o", "-"];
    let picture = expect(&run(&scratch.0, &arguments)?, 0)?;
    let is_shown = |words: &str| picture.contains(&format!("<color:616161>{words}</color>"));
    ensure(is_shown("B") && is_shown("Rust B"), || picture.clone())
}

fn render_to_stdout() -> Result<(), Failed> {
    let scratch = Scratch::new("stdout")?;
    scratch.write("architecture.yaml", SMALL)?;
    let output = run(
        &scratch.0,
        &["render", "-f", "mermaid", "--view", "full", "-o", "-"],
    )?;
    ensure(expect(&output, 0)?.starts_with("flowchart TB\n"), || {
        "no flowchart".to_owned()
    })?;
    ensure(!scratch.0.join("out").exists(), || {
        "a folder was written".to_owned()
    })?;
    // Too many files are refused before the first is drawn: a template that fails is never reached.
    scratch.write("templates/diagram.d2.j2", "{{ edges.nope.x }}\n")?;
    let output = run(&scratch.0, &["render", "-o", "-"])?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    ensure(said.contains("this would write"), || said)?;
    expect(&output, 2).map(drop)
}

fn render_check() -> Result<(), Failed> {
    let scratch = Scratch::new("stale")?;
    scratch.write("architecture.yaml", SMALL)?;
    expect(&run(&scratch.0, &["render", "--check"])?, 1)?;
    expect(&run(&scratch.0, &["render"])?, 0)?;
    expect(&run(&scratch.0, &["render", "--check"])?, 0)?;
    scratch.write("architecture.yaml", &SMALL.replace("Calls", "Asks"))?;
    let text = expect(&run(&scratch.0, &["render", "--check"])?, 1)?;
    ensure(text.contains("+  web -->|\"Asks\"| api"), || text)
}

fn only_what_changed() -> Result<(), Failed> {
    let scratch = Scratch::new("changed")?;
    scratch.write("architecture.yaml", SMALL)?;
    expect(&scratch.run(&["render"])?, 0)?;
    let modified = |name: &str| -> Result<std::time::SystemTime, Failed> {
        Ok(std::fs::metadata(scratch.0.join("out").join(name))?.modified()?)
    };
    let before = modified("full.mmd")?;
    std::thread::sleep(std::time::Duration::from_millis(20));
    let again = expect(&scratch.run(&["render"])?, 0)?;
    holds(&again, &["wrote 0 files", "were up to date"])?;
    ensure(modified("full.mmd")? == before, || {
        "it was written again".to_owned()
    })?;
    scratch.write("architecture.yaml", &SMALL.replace("Calls", "Asks"))?;
    expect(&scratch.run(&["render"])?, 0)?;
    ensure(modified("full.mmd")? > before, || {
        "it was not written".to_owned()
    })
}

fn left_over() -> Result<(), Failed> {
    let scratch = Scratch::new("left-over")?;
    let with_view = format!("{SMALL}views: {{ full: Full, edge: {{ include: web }} }}\n");
    scratch.write("architecture.yaml", &with_view)?;
    expect(&scratch.run(&["render"])?, 0)?;
    scratch.write("out/notes.mmd", "somebody else's\n")?;
    scratch.write(
        "architecture.yaml",
        &with_view.replace(", edge: { include: web }", ""),
    )?;
    let text = expect(&scratch.run(&["render", "--check"])?, 1)?;
    holds(&text, &["left over", "edge.mmd", "--prune"])?;
    ensure(!text.contains("notes.mmd"), || format!("not ours:\n{text}"))?;
    // A part of the pictures says nothing about the others.
    expect(&scratch.run(&["render", "--check", "-f", "mermaid"])?, 0)?;
    holds(
        &expect(&scratch.run(&["render", "--prune"])?, 0)?,
        &["deleted", "edge.mmd"],
    )?;
    ensure(scratch.0.join("out/notes.mmd").is_file(), || {
        "deleted".to_owned()
    })?;
    ensure(!scratch.0.join("out/edge.mmd").exists(), || {
        "still there".to_owned()
    })?;
    expect(&scratch.run(&["render", "--check"])?, 0)?;
    // A ledger that somebody tampered with leads nowhere else.
    scratch.write("precious", "keep\n")?;
    scratch.write("out/.archviz-files", "../precious\n/etc/passwd\n")?;
    expect(&scratch.run(&["render", "--prune"])?, 0)?;
    ensure(scratch.0.join("precious").is_file(), || {
        "deleted outside".to_owned()
    })
}

fn outputs() -> Result<(), Failed> {
    let scratch = Scratch::new("outputs")?;
    let text = format!(
        "{SMALL}views: {{ full: Full, edge: {{ include: web }} }}\noutputs: {{ folder: docs/pictures, views: [edge], formats: [mermaid] }}\n"
    );
    scratch.write("architecture.yaml", &text)?;
    expect(&scratch.run(&["render"])?, 0)?;
    let folder = std::fs::read_dir(scratch.0.join("docs/pictures"))?;
    let mut names: Vec<_> = folder.flatten().map(|entry| entry.file_name()).collect();
    names.sort();
    ensure(names == [".archviz-files", "edge.mmd"], || {
        format!("{names:?}")
    })?;
    expect(&scratch.run(&["render", "--check"])?, 0)?;
    for (wrong, says) in [
        (
            text.replace("views: [edge]", "views: [egde]"),
            "did you mean `edge`?",
        ),
        (
            text.replace("[mermaid]", "[mermiad]"),
            "did you mean `mermaid`?",
        ),
        (
            text.replace("docs/pictures", "../elsewhere"),
            "output-outside",
        ),
    ] {
        scratch.write("architecture.yaml", &wrong)?;
        holds(&expect(&scratch.run(&["check"])?, 1)?, &[says])?;
        holds(&expect(&scratch.run(&["render"])?, 1)?, &[says])?;
    }
    Ok(())
}

const GUARDED: &str = "archviz: 1\nname: Guarded\ncomponents: { web: {}, admin: {}, db: { kind: database } }\nflows:\n  - web -> db: Reads\n  - admin -> db: Reads\npolicies:\n  - id: no-reads\n    forbid: { from: \"*\", to: db }\n";

fn baseline() -> Result<(), Failed> {
    let scratch = Scratch::new("baseline")?;
    scratch.write("architecture.yaml", GUARDED)?;
    expect(&scratch.run(&["check"])?, 1)?;
    expect(
        &scratch.run(&["check", "--write-baseline", "base.json"])?,
        0,
    )?;
    expect(&scratch.run(&["check", "--baseline", "base.json"])?, 0)?;
    // What is new is reported, and nothing else.
    let more = GUARDED
        .replace("db: { kind", "jobs: {}, db: { kind")
        .replace("flows:\n", "flows:\n  - jobs -> db: Loads\n");
    scratch.write("architecture.yaml", &more)?;
    let text = expect(
        &scratch.run(&["check", "--baseline", "base.json", "--format", "short"])?,
        1,
    )?;
    holds(&text, &["jobs -> db"])?;
    ensure(text.lines().count() == 1, || text.clone())?;
    // What is mended must leave the baseline.
    scratch.write(
        "architecture.yaml",
        &GUARDED.replace("  - admin -> db: Reads\n", "  - admin -> web: Reads\n"),
    )?;
    let text = expect(
        &scratch.run(&["check", "--baseline", "base.json", "--format", "short"])?,
        1,
    )?;
    holds(
        &text,
        &["base.json:", "baseline-entry-unused", "admin -> db"],
    )?;
    expect(
        &scratch.run(&["check", "--write-baseline", "base.json"])?,
        0,
    )?;
    expect(&scratch.run(&["check", "--baseline", "base.json"])?, 0)?;
    // Errors that nothing excuses are in no baseline, and a broken one is no empty one.
    scratch.write(
        "architecture.yaml",
        &GUARDED.replace("to: db }", "to: db, too: x }"),
    )?;
    expect(
        &scratch.run(&["check", "--write-baseline", "hard.json"])?,
        1,
    )?;
    scratch.write("broken.json", "{}")?;
    expect(&scratch.run(&["check", "--baseline", "broken.json"])?, 3)?;
    expect(&scratch.run(&["check", "--baseline", "none.json"])?, 3).map(drop)
}

/// A pipe stands for `/dev/null`, which a test must not risk.
#[cfg(unix)]
fn no_file_is_replaced() -> Result<(), Failed> {
    use std::os::unix::fs::FileTypeExt;
    let scratch = Scratch::new("pipe")?;
    scratch.write("architecture.yaml", SMALL)?;
    let pipe = scratch.0.join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status()?;
    ensure(made.success(), || "no pipe".to_owned())?;
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || std::fs::read_to_string(pipe)
    });
    expect(
        &scratch.run(&["check", "--format", "json", "-o", "pipe"])?,
        0,
    )?;
    let is_pipe = std::fs::metadata(&pipe)?.file_type().is_fifo();
    ensure(is_pipe, || "the pipe was replaced by a file".to_owned())?;
    let text = reader.join().map_err(|_| "the reader failed")??;
    holds(&text, &["\"version\": 1"])
}

#[cfg(not(unix))]
fn no_file_is_replaced() -> Result<(), Failed> {
    Ok(())
}

fn exception_day() -> Result<(), Failed> {
    let scratch = Scratch::new("day")?;
    let excepted = format!(
        "{GUARDED}    exceptions:\n      - {{ from: \"*\", to: db, covers: 2, reason: being moved, owner: shop-team, until: 2027-01-31 }}\n"
    );
    scratch.write("architecture.yaml", &excepted)?;
    expect(&scratch.run(&["check", "--today", "2027-01-31"])?, 0)?;
    let late = expect(&scratch.run(&["check", "--today", "2027-02-01"])?, 1)?;
    holds(
        &late,
        &[
            "over since 2027-01-31",
            "today is 2027-02-01",
            "ask shop-team",
            "web -> db",
        ],
    )?;
    expect(&scratch.run(&["check", "--today", "tomorrow"])?, 2).map(drop)
}

fn own_template() -> Result<(), Failed> {
    let scratch = Scratch::new("template")?;
    scratch.write("architecture.yaml", SMALL)?;
    scratch.write(
        "diagram.csv.j2",
        "from,to\n{% for edge in edges %}\n{{ edge.source }},{{ edge.target }}\n{% endfor %}\n",
    )?;
    expect(
        &run(&scratch.0, &["render", "--template", "diagram.csv.j2"])?,
        0,
    )?;
    let text = std::fs::read_to_string(scratch.0.join("out/full.csv"))?;
    ensure(text == "from,to\nweb,api\n", || text)?;
    scratch.write("diagram.csv.j2", "from\n{{ edges.nope.x }}\n")?;
    let text = expect(
        &run(&scratch.0, &["render", "--template", "diagram.csv.j2"])?,
        3,
    )?;
    ensure(text.contains("diagram.csv.j2:2"), || text)?;
    std::fs::create_dir(scratch.0.join("templates"))?;
    scratch.write("templates/diagram.d2.j2", "own {{ title }}\n")?;
    let output = run(
        &scratch.0,
        &["render", "-f", "d2", "--view", "full", "-o", "-"],
    )?;
    ensure(expect(&output, 0)?.starts_with("own "), || {
        "the override is not used".to_owned()
    })
}

fn broken_leaves_old() -> Result<(), Failed> {
    let scratch = Scratch::new("broken")?;
    scratch.write("architecture.yaml", SMALL)?;
    expect(&run(&scratch.0, &["render"])?, 0)?;
    let before = std::fs::read_to_string(scratch.0.join("out/full.mmd"))?;
    scratch.write("architecture.yaml", "archviz: 1\nname: [\n")?;
    expect(&run(&scratch.0, &["render"])?, 1)?;
    let after = std::fs::read_to_string(scratch.0.join("out/full.mmd"))?;
    ensure(before == after, || "the old file changed".to_owned())
}

/// The old version has one topic that the new one has not.
fn diff_pair(name: &str) -> Result<Scratch, Failed> {
    let scratch = Scratch::new(name)?;
    let topics = "topics:\n  t: { broker: api, producers: [web], consumers: [web], key: id }\n";
    scratch.write("old.yaml", &format!("{SMALL}{topics}"))?;
    scratch.write("architecture.yaml", SMALL)?;
    Ok(scratch)
}

fn diff_verdict() -> Result<(), Failed> {
    let scratch = diff_pair("diff-verdict")?;
    let formats = ["text", "markdown", "pr-comment", "json", "html"];
    for (fail_on, code) in [("never", 0), ("breaking", 1), ("risky", 1), ("any", 1)] {
        for format in formats {
            let to_file = [
                "diff",
                "old.yaml",
                "--fail-on",
                fail_on,
                "-f",
                format,
                "-o",
                "report",
            ];
            expect(&run(&scratch.0, &to_file)?, code)?;
            let report = std::fs::read_to_string(scratch.0.join("report"))?;
            let output = run(&scratch.0, &to_file[..6])?;
            let shown = expect(&output, code)?;
            ensure(shown == report && !report.is_empty(), || {
                format!("{format} differs:\n{shown}")
            })?;
        }
    }
    expect(&run(&scratch.0, &["diff", "old.yaml"])?, 0)?;
    let lowered = [
        "--class",
        "topic-removed=safe",
        "--class",
        "removed-without-deprecation=docs",
    ];
    let lowered = [&["diff", "old.yaml", "--fail-on", "risky"][..], &lowered].concat();
    expect(&run(&scratch.0, &lowered)?, 0)?;
    expect(
        &run(
            &scratch.0,
            &["diff", "architecture.yaml", "--fail-on", "any"],
        )?,
        0,
    )?;
    expect(
        &run(
            &scratch.0,
            &["diff", "old.yaml", "architecture.yaml", "--fail-on", "any"],
        )?,
        1,
    )?;
    expect(&run(&scratch.0, &["diff", "nowhere.yaml"])?, 3)?;
    expect(&run(&scratch.0, &["diff", "old.yaml", "-f", "jsn"])?, 2)?;
    let unknown = run(
        &scratch.0,
        &["diff", "old.yaml", "--class", "topic-remved=safe"],
    )?;
    ensure(
        expect(&unknown, 2)?.contains("did you mean `topic-removed`?"),
        || "no help".to_owned(),
    )?;
    scratch.write("broken.yaml", &SMALL.replace("-> api", "-> apo"))?;
    let broken = run(&scratch.0, &["diff", "broken.yaml"])?;
    ensure(expect(&broken, 1)?.contains("nothing was compared"), || {
        "no reason".to_owned()
    })
}

fn diff_renames() -> Result<(), Failed> {
    let scratch = Scratch::new("diff-renames")?;
    let old = SMALL.replace("api: {}", "api: { purpose: Answers, technology: Go, ports: [80], owner: team, functions: [ask, tell] }");
    scratch.write("old.yaml", &old)?;
    let new = old
        .replace("  api:", "  backend:")
        .replace("-> api", "-> backend")
        .replace("Go,", "Rust,");
    scratch.write("architecture.yaml", &new)?;
    let text = expect(
        &run(&scratch.0, &["diff", "old.yaml", "--suggest-renames"])?,
        0,
    )?;
    ensure(
        text.starts_with("components:\n  backend:\n    formerly: [api]   # likely, 0."),
        || text,
    )?;
    let plain = expect(&run(&scratch.0, &["diff", "old.yaml"])?, 0)?;
    ensure(plain.contains("likely renamed to `backend`"), || plain)?;
    let without = expect(&run(&scratch.0, &["diff", "old.yaml", "--no-renames"])?, 0)?;
    ensure(!without.contains("likely"), || without)
}

fn starter() -> Result<(), Failed> {
    let scratch = Scratch::new("starter")?;
    expect(&run(&scratch.0, &["init", "--name", "A \"B\": C"])?, 0)?;
    expect(&run(&scratch.0, &["init"])?, 3)?;
    expect(&run(&scratch.0, &["check", "--fail-on", "note"])?, 0)?;
    expect(&run(&scratch.0, &["render"])?, 0).map(drop)
}
