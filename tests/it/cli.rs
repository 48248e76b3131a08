//! The commands as a user runs them: exit codes, streams, files.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};

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
        ("render_to_stdout_takes_one_picture", render_to_stdout),
        (
            "render_check_fails_on_stale_files_and_passes_on_fresh_ones",
            render_check,
        ),
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

/// A folder of its own for a test, removed with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Result<Self, Failed> {
        let path = root("target/scratch").join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path)?;
        }
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, text: &str) -> Result<PathBuf, Failed> {
        let path = self.0.join(name);
        std::fs::write(&path, text)?;
        Ok(path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind is replaced by the next run.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("ARCHVIZ_SPEC")
        .env("NO_COLOR", "1");
    Ok(command.output()?)
}

fn expect(output: &Output, code: i32) -> Result<String, Failed> {
    let (stdout, stderr) = (
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    );
    ensure(output.status.code() == Some(code), || {
        format!(
            "exit {:?}, not {code}\n{stdout}\n{stderr}",
            output.status.code()
        )
    })?;
    Ok(format!("{stdout}{stderr}"))
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
    expect(&run(&scratch.0, &["render", "-o", "-"])?, 2).map(drop)
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
