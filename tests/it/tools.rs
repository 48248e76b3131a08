//! The real programs around pipelines: `mdBook`, `MkDocs`, pre-commit, validators, readers of documents.
//!
//! `tests/consumers/pipelines/install.sh` installs them; without `ARCHVIZ_CONSUMERS` these trials
//! are skipped.

use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};
use crate::pipelines::{README, change, no_settings, repository, shell};
use crate::scratch::{Scratch, expect, holds};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let real: Vec<(&str, Test)> = vec![
        ("files_for_pipelines_are_valid", valid_files),
        ("pre_commit_runs_the_hooks", pre_commit),
        ("mdbook_builds_a_book_with_blocks", mdbook),
        ("mkdocs_builds_a_site_and_refuses_a_stale_one", mkdocs),
        ("asciidoctor_shows_what_the_blocks_say", asciidoctor),
        ("mdx_compiles_what_the_blocks_say", mdx),
    ];
    let is_off = std::env::var_os("ARCHVIZ_CONSUMERS").is_none();
    let trial = |(name, run): (&str, Test)| {
        Trial::test(format!("tools::{name}"), run).with_ignored_flag(is_off)
    };
    real.into_iter().map(trial).collect()
}

/// Runs one of the installed tools on files; it must succeed.
pub(crate) fn tool(command: &[&str], more: &[&str]) -> Result<String, Failed> {
    let folder = root("tests/consumers/pipelines");
    let (program, rest) = command.split_first().ok_or("no command")?;
    let path = folder.join(program);
    let program = if path.exists() {
        path
    } else {
        PathBuf::from(program)
    };
    let output = Command::new(program)
        .args(rest)
        .args(more)
        .current_dir(&folder)
        .output()?;
    expect(&output, 0)
}

fn valid_files() -> Result<(), Failed> {
    let at = |path: &str| root(path).display().to_string();
    let schema = |name: &str, path: &str, more: &[&str]| {
        let file = at(path);
        let arguments: Vec<&str> = more.iter().copied().chain([file.as_str()]).collect();
        tool(
            &["venv/bin/check-jsonschema", "--builtin-schema", name],
            &arguments,
        )
    };
    schema("vendor.github-actions", "action.yml", &[])?;
    schema(
        "vendor.github-workflows",
        ".github/workflows/release.yml",
        &[],
    )?;
    schema(
        "vendor.gitlab-ci",
        "integrations/gitlab/archviz.yml",
        &["--data-transform", "gitlab-ci"],
    )?;
    tool(
        &["venv/bin/pre-commit", "validate-manifest"],
        &[&at(".pre-commit-hooks.yaml")],
    )?;
    tool(&["venv/bin/hadolint"], &[&at("Dockerfile")])?;
    let scripts =
        ["install.sh", "check.sh", "package.sh"].map(|name| at(&format!("integrations/{name}")));
    tool(
        &["venv/bin/shellcheck"],
        &scripts.each_ref().map(String::as_str),
    )?;
    tool(
        &["node", "workflow.mjs"],
        &[&at(".github/workflows/release.yml")],
    )?;
    // A validator that accepts everything proves nothing.
    let scratch = Scratch::new("invalid")?;
    let broken =
        std::fs::read_to_string(root("action.yml"))?.replace("using: composite", "using: compost");
    let broken = scratch.write("action.yml", &broken)?.display().to_string();
    let refused = tool(
        &[
            "venv/bin/check-jsonschema",
            "--builtin-schema",
            "vendor.github-actions",
        ],
        &[&broken],
    );
    ensure(refused.is_err(), || {
        "a broken action is accepted".to_owned()
    })
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, Failed> {
    let output = Command::new("git")
        .args([
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "commit.gpgsign=false",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", no_settings())
        .output()?;
    expect(&output, 0)
}

fn pre_commit() -> Result<(), Failed> {
    let hooks = Scratch::new("pre-commit-hooks")?;
    hooks.write(
        ".pre-commit-hooks.yaml",
        &std::fs::read_to_string(root(".pre-commit-hooks.yaml"))?,
    )?;
    git(&hooks.0, &["init", "-q"])?;
    git(&hooks.0, &["add", "."])?;
    git(&hooks.0, &["commit", "-qm", "Hooks"])?;
    let revision = git(&hooks.0, &["rev-parse", "HEAD"])?;
    let scratch = repository("pre-commit")?;
    scratch.write(
        ".pre-commit-config.yaml",
        &format!(
            "repos:\n  - repo: {}\n    rev: {}\n    hooks: [{{ id: archviz-check-system }}, {{ id: archviz-render-system }}, {{ id: archviz-docs-system }}]\n",
            hooks.0.display(),
            revision.trim()
        ),
    )?;
    git(&scratch.0, &["init", "-q"])?;
    git(&scratch.0, &["add", "."])?;
    let home = (
        "PRE_COMMIT_HOME".to_owned(),
        hooks.0.join("home").display().to_string(),
    );
    let global = ("GIT_CONFIG_GLOBAL".to_owned(), no_settings());
    let run = format!(
        "'{}' run --all-files",
        root("tests/consumers/pipelines/venv/bin/pre-commit").display()
    );
    let said = expect(
        &shell(&scratch.0, &run, &[home.clone(), global.clone()])?,
        0,
    )?;
    ensure(said.matches("Passed").count() == 3, || said.clone())?;
    // A stale picture fails; a stale document fails and is mended on the way.
    change(&scratch, "architecture.yaml", "Calls", "Asks")?;
    git(&scratch.0, &["add", "."])?;
    let said = expect(&shell(&scratch.0, &run, &[home, global])?, 1)?;
    holds(&said, &["are stale", "files were modified by this hook"])?;
    ensure(scratch.read("README.md")?.contains("Asks"), || {
        "not mended".to_owned()
    })
}

fn mdbook() -> Result<(), Failed> {
    let scratch = repository("mdbook")?;
    scratch.write("book/book.toml", "[book]\ntitle = \"Shop\"\n\n[preprocessor.archviz]\ncommand = \"archviz mdbook\"\nspec = \"../architecture.yaml\"\n")?;
    scratch.write(
        "book/src/SUMMARY.md",
        "# Summary\n\n- [Shop](shop.md)\n  - [Parts](parts.md)\n",
    )?;
    scratch.write("book/src/shop.md", README)?;
    scratch.write(
        "book/src/parts.md",
        "# Parts\n\n<!-- archviz:components -->\n<!-- archviz:end -->\n",
    )?;
    let build = format!(
        "'{}' build book",
        root("tests/consumers/pipelines/venv/bin/mdbook").display()
    );
    expect(&shell(&scratch.0, &build, &[])?, 0)?;
    holds(&scratch.read("book/book/shop.html")?, &["<td", "Calls"])?;
    holds(
        &scratch.read("book/book/parts.html")?,
        &["<strong>Web</strong>", "Sells"],
    )?;
    ensure(scratch.read("book/src/shop.md")? == README, || {
        "the source changed".to_owned()
    })?;
    change(&scratch, "book/src/shop.md", "3 components", "7 components")?;
    let output = shell(&scratch.0, &build, &[])?;
    ensure(!output.status.success(), || {
        "a wrong number is built".to_owned()
    })?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    holds(&said, &["stale-claim", "shop.md:3:8"])
}

fn mkdocs() -> Result<(), Failed> {
    let scratch = repository("mkdocs")?;
    let hooks = std::fs::read_to_string(root("integrations/mkdocs/archviz_hooks.py"))?;
    scratch.write("archviz_hooks.py", &hooks)?;
    scratch.write("mkdocs.yml", "site_name: Shop\nuse_directory_urls: false\nhooks: [archviz_hooks.py]\nextra: { archviz: { spec: architecture.yaml, pictures: pictures, format: mermaid } }\n")?;
    scratch.write("docs/index.md", README)?;
    expect(&scratch.run(&["docs", "docs/index.md"])?, 0)?;
    let build = format!(
        "'{}' build --strict --quiet",
        root("tests/consumers/pipelines/venv/bin/mkdocs").display()
    );
    expect(&shell(&scratch.0, &build, &[])?, 0)?;
    holds(&scratch.read("site/index.html")?, &["<td", "Calls"])?;
    ensure(scratch.0.join("site/pictures/full.mmd").is_file(), || {
        "no picture".to_owned()
    })?;
    change(&scratch, "architecture.yaml", "Calls", "Asks")?;
    let output = shell(&scratch.0, &build, &[])?;
    ensure(!output.status.success(), || {
        "a stale page is built".to_owned()
    })?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned()
        + &String::from_utf8_lossy(&output.stdout);
    holds(&said, &["stale-block"])
}

fn asciidoctor() -> Result<(), Failed> {
    let file = root("tests/cases/documents/asciidoc/expected.adoc")
        .display()
        .to_string();
    let shown = tool(&["node", "document.mjs"], &[&file])?;
    let lines: Vec<&str> = shown.lines().collect();
    for text in [
        "🛒 Web <Shop>",
        "Sells *things* {fast}",
        "orders.placed",
        "order_id",
        "Core & more",
        "Calls | asks",
        "Shop | Team",
        "Web <Shop> → API: Buys `one` | two",
    ] {
        ensure(lines.contains(&text), || {
            format!("no line `{text}` in\n{shown}")
        })?;
    }
    Ok(())
}

fn mdx() -> Result<(), Failed> {
    let file = root("tests/cases/documents/mdx/expected.mdx")
        .display()
        .to_string();
    let code = tool(&["node", "document.mjs"], &[&file])?;
    holds(
        &code,
        &[
            "_components.td",
            "\"Sells *things* {fast}\"",
            "\"Shop | Team\"",
            "Web <Shop>",
        ],
    )
}
