//! Versions that git keeps: every way to name one, and every way in which that goes wrong.
//!
//! In: repositories that the trials make themselves, in folders of their own. The summary of
//! such a version is read back; the checkout must be the same before and after.

use std::path::{Path, PathBuf};

use libtest_mimic::{Failed, Trial};

use crate::case::{ensure, root};
use crate::repository::{Place, archviz, commit, ended, git, has};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        ("a_revision_is_read_with_its_includes", with_includes),
        ("a_revision_and_a_path_are_read", with_a_path),
        ("a_file_and_a_folder_are_read", files_and_folders),
        ("both_versions_may_be_revisions", two_revisions),
        ("the_checkout_is_not_touched", checkout_stays),
        ("configuration_is_read_from_the_revision", configuration),
        ("paths_with_blanks_and_other_scripts_are_read", odd_paths),
        ("a_renamed_specification_is_found", renamed),
        (
            "a_specification_that_was_renamed_and_rewritten_is_found",
            renamed_in_steps,
        ),
        (
            "a_specification_that_was_not_there_is_said_to_be_missing",
            not_there,
        ),
        ("a_bare_repository_is_read", bare),
        ("a_shallow_clone_says_what_to_do", shallow),
        ("a_specification_in_a_submodule_is_read", in_submodule),
        ("a_submodule_that_is_included_is_read", including_submodule),
        (
            "a_submodule_that_was_not_fetched_says_what_to_do",
            submodule_missing,
        ),
        ("an_unknown_revision_says_what_there_is", unknown),
        ("a_revision_is_never_an_option", no_options),
        ("no_repository_is_said_so", no_repository),
        ("a_missing_git_is_said_so", no_git),
        ("a_link_is_followed_inside_of_the_folder_only", links),
        ("a_linked_worktree_is_a_repository", worktree),
        ("a_hook_finds_its_repository", hook),
        (
            "a_version_with_errors_is_reported_and_nothing_written",
            with_errors,
        ),
        ("other_files_that_changed_are_listed", other_files),
    ];
    tests
        .into_iter()
        .map(|(name, run)| Trial::test(format!("git::{name}"), run))
        .collect()
}

fn summary(folder: &Path, since: &str) -> Result<String, Failed> {
    ended(
        &archviz(folder, &["summary", "--since", since]).output()?,
        0,
    )
}

/// The error of a version that can't be read; each has a cure.
fn refused(folder: &Path, since: &str, parts: &[&str]) -> Result<(), Failed> {
    let text = ended(
        &archviz(folder, &["summary", "--since", since]).output()?,
        3,
    )?;
    has(&text, parts)
}

fn spec(components: &[&str]) -> String {
    let mut text = "archviz: 1\nname: Small\ncomponents:\n".to_owned();
    for component in components {
        text.push_str(&format!(
            "  {component}: {{ purpose: To be component {component} }}\n"
        ));
    }
    text
}

/// A row of the table of counts.
fn counted(before: usize, after: usize) -> String {
    format!(
        "| Components | {before} | {} | {} | **{after}** |",
        after.saturating_sub(before),
        before.saturating_sub(after)
    )
}

/// A repository whose tag `v1` has two components, and whose checkout has three.
fn small(place: &Place) -> Result<PathBuf, Failed> {
    let folder = place.repository("r")?;
    place.write("r/architecture.yaml", &spec(&["a", "b"]))?;
    commit(&folder, "one")?;
    git(&folder, &["tag", "v1"])?;
    place.write("r/architecture.yaml", &spec(&["a", "b", "c"]))?;
    Ok(folder)
}

fn with_includes() -> Result<(), Failed> {
    let place = Place::new("includes")?;
    let folder = place.repository("r")?;
    let main = "archviz: 1\nname: Small\ninclude: [parts/*.yaml, ./topics.yaml]\n";
    place.write("r/platform/architecture.yaml", main)?;
    place.write("r/platform/topics.yaml", "categories: { x: X }\n")?;
    place.write("r/platform/parts/a.yaml", "components: { a: {}, b: {} }\n")?;
    commit(&folder, "one")?;
    place.write("r/platform/parts/b.yaml", "components: { c: {} }\n")?;
    commit(&folder, "two")?;
    place.write("r/platform/parts/c.yaml", "components: { d: {} }\n")?;
    has(
        &summary(&folder.join("platform"), "HEAD")?,
        &[&counted(3, 4)],
    )?;
    has(
        &summary(&folder.join("platform/parts"), "HEAD~1")?,
        &[&counted(2, 4), "`HEAD~1 ("],
    )
}

fn with_a_path() -> Result<(), Failed> {
    let place = Place::new("path")?;
    let folder = place.repository("r")?;
    place.write("r/old/architecture.yaml", &spec(&["a"]))?;
    place.write("r/new/other.yaml", &spec(&["a", "b"]))?;
    commit(&folder, "one")?;
    let run = |since: &str| {
        let arguments = ["summary", "--spec", "new/other.yaml", "--since", since];
        ended(&archviz(&folder, &arguments).output()?, 0)
    };
    for since in [
        "HEAD:old/architecture.yaml",
        "main:old",
        "main:./../old/architecture.yaml",
        "HEAD^{/one}:old",
    ] {
        has(&run(since)?, &[&counted(1, 2)])?;
    }
    git(&folder, &["checkout", "-q", "-b", "feature/x"])?;
    has(&run("feature/x:old/architecture.yaml")?, &[&counted(1, 2)])
}

fn files_and_folders() -> Result<(), Failed> {
    let place = Place::new("files")?;
    let folder = small(&place)?;
    place.write("r/before/architecture.yaml", &spec(&["a"]))?;
    place.write("r/other.yaml", &spec(&[]))?;
    has(&summary(&folder, "before")?, &[&counted(1, 3)])?;
    has(
        &summary(&folder, "before/architecture.yaml")?,
        &[&counted(1, 3)],
    )?;
    // A branch of the name of a folder that holds no specification is a branch.
    git(&folder, &["branch", "docs"])?;
    place.write("r/docs/readme.md", "# Read me\n")?;
    has(&summary(&folder, "docs")?, &[&counted(2, 3)])?;
    // What exists as a file is meant.
    git(&folder, &["branch", "other.yaml"])?;
    has(
        &summary(&folder, "refs/heads/other.yaml")?,
        &[&counted(2, 3)],
    )?;
    refused(
        &folder,
        "othr.yaml",
        &[
            "no file, folder with a specification or git revision `othr.yaml`",
            "did you mean",
        ],
    )
}

fn two_revisions() -> Result<(), Failed> {
    let place = Place::new("two")?;
    let folder = small(&place)?;
    commit(&folder, "two")?;
    place.write("r/architecture.yaml", "not a specification")?;
    let arguments = [
        "summary",
        "--spec",
        "HEAD:architecture.yaml",
        "--since",
        "v1",
    ];
    has(
        &ended(&archviz(&folder, &arguments).output()?, 0)?,
        &[&counted(2, 3)],
    )?;
    let arguments = [
        "check",
        "--spec",
        "v1:architecture.yaml",
        "--fail-on",
        "never",
    ];
    ended(&archviz(&folder, &arguments).output()?, 0).map(drop)
}

fn checkout_stays() -> Result<(), Failed> {
    let place = Place::new("stays")?;
    let folder = small(&place)?;
    place.write("r/staged.txt", "staged\n")?;
    git(&folder, &["add", "staged.txt"])?;
    let state = || -> Result<_, Failed> {
        let index = std::fs::read(folder.join(".git/index"))?;
        let text = std::fs::read_to_string(folder.join("architecture.yaml"))?;
        Ok((git(&folder, &["status", "--porcelain=v2"])?, text, index))
    };
    git(&folder, &["status"])?;
    let before = state()?;
    summary(&folder, "v1")?;
    ensure(before == state()?, || "the checkout is another".to_owned())
}

fn configuration() -> Result<(), Failed> {
    let place = Place::new("configuration")?;
    let folder = place.repository("r")?;
    let text = format!(
        "{}configuration:\n  - {{ title: Broker, from: compose.yml, service: kafka }}\n",
        spec(&["a"])
    );
    place.write("r/architecture.yaml", &text)?;
    let compose = |value: &str| {
        format!("services: {{ kafka: {{ environment: {{ RETENTION: {value}, SAME: 1 }} }} }}\n")
    };
    place.write("r/compose.yml", &compose("one-day"))?;
    commit(&folder, "one")?;
    place.write("r/compose.yml", &compose("one-week"))?;
    let text = summary(&folder, "HEAD")?;
    has(
        &text,
        &[
            "| `RETENTION` | `one-week` | `one-day` |",
            "**compose.yml** (changed)",
        ],
    )?;
    ensure(!text.contains("SAME"), || {
        "a setting that is the same is shown".to_owned()
    })
}

fn odd_paths() -> Result<(), Failed> {
    let place = Place::new("odd")?;
    let folder = place.repository("r")?;
    let main = "archviz: 1\nname: Small\ninclude: ['Teile & mehr/*.yaml']\n";
    place.write("r/Größe [1] 架构/architecture.yaml", main)?;
    place.write(
        "r/Größe [1] 架构/Teile & mehr/größe 一.yaml",
        "components: { a: {} }\n",
    )?;
    commit(&folder, "one")?;
    place.write(
        "r/Größe [1] 架构/Teile & mehr/二.yaml",
        "components: { b: {} }\n",
    )?;
    has(
        &summary(&folder.join("Größe [1] 架构"), "HEAD")?,
        &[&counted(1, 2)],
    )?;
    let arguments = [
        "summary",
        "--spec",
        "HEAD:Größe [1] 架构",
        "--since",
        "HEAD",
    ];
    has(
        &ended(&archviz(&folder, &arguments).output()?, 0)?,
        &["Nothing changed"],
    )
}

fn renamed() -> Result<(), Failed> {
    let place = Place::new("renamed")?;
    let folder = small(&place)?;
    commit(&folder, "two")?;
    std::fs::create_dir_all(folder.join("docs"))?;
    git(&folder, &["mv", "architecture.yaml", "docs/platform.yaml"])?;
    let arguments = ["summary", "--spec", "docs/platform.yaml", "--since", "v1"];
    let staged = ended(&archviz(&folder, &arguments).output()?, 0)?;
    has(
        &staged,
        &[&counted(2, 3), "the specification was architecture.yaml"],
    )?;
    commit(&folder, "three")?;
    let text = ended(&archviz(&folder, &arguments).output()?, 0)?;
    has(
        &text,
        &[
            &counted(2, 3),
            "**platform.yaml** (renamed from `architecture.yaml`)",
        ],
    )
}

fn renamed_in_steps() -> Result<(), Failed> {
    let place = Place::new("steps")?;
    let folder = place.repository("r")?;
    place.write("r/architecture.yaml", &spec(&["a", "b", "c", "d"]))?;
    commit(&folder, "one")?;
    git(&folder, &["tag", "v1"])?;
    git(&folder, &["mv", "architecture.yaml", "platform.yaml"])?;
    commit(&folder, "two")?;
    place.write(
        "r/platform.yaml",
        &spec(&["p", "q", "r", "s", "t", "u", "v"]).replace("To be component", "Does"),
    )?;
    commit(&folder, "three")?;
    let arguments = ["summary", "--spec", "platform.yaml", "--since", "v1"];
    has(
        &ended(&archviz(&folder, &arguments).output()?, 0)?,
        &["| Components | 4 | 7 | 4 | **7** |"],
    )
}

fn not_there() -> Result<(), Failed> {
    let place = Place::new("notthere")?;
    let folder = place.repository("r")?;
    place.write("r/readme.md", "# Read me\n")?;
    commit(&folder, "one")?;
    place.write("r/architecture.yaml", &spec(&["a"]))?;
    refused(
        &folder,
        "HEAD",
        &[
            "`architecture.yaml` does not exist at `HEAD`",
            "no specification",
        ],
    )?;
    place.write("r/else/architecture.yaml", "archviz: 1\nname: Other\n")?;
    git(&folder, &["add", "else"])?;
    git(&folder, &["commit", "-q", "-m", "two"])?;
    refused(&folder, "HEAD", &["there is `HEAD:else/architecture.yaml`"])?;
    refused(
        &folder,
        "HEAD:nowhere",
        &["`nowhere` does not exist at `HEAD`"],
    )?;
    refused(&folder, "HEAD:../x", &["leaves the repository"])
}

fn bare() -> Result<(), Failed> {
    let place = Place::new("bare")?;
    let folder = small(&place)?;
    commit(&folder, "two")?;
    git(&place.path(""), &["clone", "-q", "--bare", "r", "bare.git"])?;
    let arguments = [
        "summary",
        "--spec",
        "main:architecture.yaml",
        "--since",
        "v1",
    ];
    let text = ended(&archviz(&place.path("bare.git"), &arguments).output()?, 0)?;
    has(&text, &[&counted(2, 3)])
}

fn shallow() -> Result<(), Failed> {
    let place = Place::new("shallow")?;
    let folder = small(&place)?;
    commit(&folder, "two")?;
    let from = format!("file://{}", folder.display());
    git(
        &place.path(""),
        &["clone", "-q", "--depth", "1", "--no-tags", &from, "clone"],
    )?;
    let clone = place.path("clone");
    refused(&clone, "v1", &["`v1`", "shallow", "git fetch --unshallow"])?;
    refused(&clone, "HEAD~1", &["shallow"])?;
    has(&summary(&clone, "origin/main")?, &["Nothing changed"])
}

/// An outer repository with another one in `parts`, its tag `v1` at the inner one's first commit.
fn nested(place: &Place) -> Result<PathBuf, Failed> {
    let inner = place.repository("inner")?;
    place.write("inner/architecture.yaml", &spec(&["a"]))?;
    place.write("inner/more.yaml", "components: { x: {} }\n")?;
    commit(&inner, "one")?;
    let outer = place.repository("outer")?;
    place.write(
        "outer/architecture.yaml",
        "archviz: 1\nname: Outer\ninclude: [parts/more.yaml]\n",
    )?;
    let from = inner.display().to_string();
    git(&outer, &["submodule", "add", "-q", &from, "parts"])?;
    commit(&outer, "one")?;
    git(&outer, &["tag", "v1"])?;
    place.write("outer/parts/architecture.yaml", &spec(&["a", "b"]))?;
    place.write("outer/parts/more.yaml", "components: { x: {}, y: {} }\n")?;
    commit(&outer.join("parts"), "two")?;
    Ok(outer)
}

fn in_submodule() -> Result<(), Failed> {
    let place = Place::new("submodule")?;
    let outer = nested(&place)?;
    has(&summary(&outer.join("parts"), "HEAD~1")?, &[&counted(1, 2)])?;
    // The tag is one of the outer repository.
    has(&summary(&outer.join("parts"), "v1")?, &[&counted(1, 2)])?;
    // Paths after a revision of the outer repository lead into the inner one.
    for since in ["v1:parts/architecture.yaml", "v1:parts"] {
        let arguments = [
            "summary",
            "--spec",
            "parts/architecture.yaml",
            "--since",
            since,
        ];
        has(
            &ended(&archviz(&outer, &arguments).output()?, 0)?,
            &[&counted(1, 2)],
        )?;
        let arguments = ["summary", "--spec", "v1:parts", "--since", since];
        has(
            &ended(&archviz(&outer, &arguments).output()?, 0)?,
            &["Nothing changed"],
        )?;
    }
    Ok(())
}

fn including_submodule() -> Result<(), Failed> {
    let place = Place::new("subinclude")?;
    let outer = nested(&place)?;
    has(&summary(&outer, "v1")?, &[&counted(1, 2)])
}

fn submodule_missing() -> Result<(), Failed> {
    let place = Place::new("submissing")?;
    let outer = nested(&place)?;
    git(&place.path(""), &["clone", "-q", "outer", "clone"])?;
    let clone = place.path("clone");
    place.write("clone/architecture.yaml", &spec(&["a"]))?;
    let output = archviz(&clone, &["summary", "--since", "v1"]).output()?;
    has(
        &ended(&output, 1)?,
        &[
            "include-unreadable",
            "`parts` is a submodule",
            "git submodule update --init parts",
        ],
    )?;
    drop(outer);
    Ok(())
}

fn unknown() -> Result<(), Failed> {
    let place = Place::new("unknown")?;
    let folder = small(&place)?;
    git(&folder, &["tag", "release-2024"])?;
    git(
        &folder,
        &["update-ref", "refs/remotes/origin/develop", "HEAD"],
    )?;
    refused(
        &folder,
        "release-2023",
        &[
            "git revision `release-2023`",
            "did you mean `release-2024`?",
        ],
    )?;
    refused(&folder, "develop", &["did you mean `origin/develop`?"])?;
    refused(&folder, "v1..HEAD", &["not a range"])?;
    refused(
        &folder,
        "nothing-like-it-at-all",
        &["git fetch --all --tags"],
    )?;
    refused(
        &folder,
        "0000000000000000000000000000000000000000",
        &["git revision"],
    )?;
    refused(
        &folder,
        "nope:architecture.yaml",
        &["no git revision `nope`"],
    )
}

fn no_options() -> Result<(), Failed> {
    let place = Place::new("options")?;
    let folder = small(&place)?;
    for since in [
        "--output=pwned",
        "-h",
        "--all",
        "--git-dir",
        "--exec=touch pwned:x",
    ] {
        let output = archviz(&folder, &["summary", &format!("--since={since}")]).output()?;
        has(&ended(&output, 3)?, &["revision"])?;
    }
    for since in [
        "$(touch pwned)",
        "`touch pwned`",
        "v1; touch pwned",
        "v1|touch pwned",
    ] {
        ended(
            &archviz(&folder, &["summary", "--since", since]).output()?,
            3,
        )?;
    }
    ensure(!folder.join("pwned").exists(), || {
        "a revision was run".to_owned()
    })
}

fn no_repository() -> Result<(), Failed> {
    let place = Place::new("none")?;
    place.write("architecture.yaml", &spec(&["a"]))?;
    let mut command = archviz(&place.path(""), &["summary", "--since", "v1"]);
    let output = command
        .env("GIT_CEILING_DIRECTORIES", place.path(".."))
        .output()?;
    has(
        &ended(&output, 3)?,
        &[
            "no file or folder with a specification `v1`",
            "in no git repository",
        ],
    )
}

fn no_git() -> Result<(), Failed> {
    let place = Place::new("nogit")?;
    let folder = small(&place)?;
    let mut command = archviz(&folder, &["summary", "--since", "v1"]);
    let output = command.env("PATH", place.path("empty")).output()?;
    has(
        &ended(&output, 3)?,
        &["can't run `git`", "install it", "file or folder"],
    )
}

#[cfg(unix)]
fn links() -> Result<(), Failed> {
    use std::os::unix::fs::symlink;
    let place = Place::new("links")?;
    let folder = place.repository("r")?;
    place.write(
        "r/p/architecture.yaml",
        "archviz: 1\nname: S\ninclude: [part.yaml]\n",
    )?;
    place.write("r/p/real/part.yaml", "components: { a: {} }\n")?;
    place.write("r/secret.yaml", "components: { s: {} }\n")?;
    symlink("real/part.yaml", folder.join("p/part.yaml"))?;
    commit(&folder, "one")?;
    has(&summary(&folder.join("p"), "HEAD")?, &["Nothing changed"])?;
    std::fs::remove_file(folder.join("p/part.yaml"))?;
    symlink("../secret.yaml", folder.join("p/part.yaml"))?;
    commit(&folder, "two")?;
    std::fs::remove_file(folder.join("p/part.yaml"))?;
    place.write("r/p/part.yaml", "components: { a: {} }\n")?;
    let output = archviz(&folder.join("p"), &["summary", "--since", "HEAD"]).output()?;
    has(
        &ended(&output, 1)?,
        &["include-unreadable", "leaves the specification's folder"],
    )
}

#[cfg(not(unix))]
fn links() -> Result<(), Failed> {
    Ok(())
}

fn worktree() -> Result<(), Failed> {
    let place = Place::new("worktree")?;
    let folder = small(&place)?;
    git(&folder, &["worktree", "add", "-q", "../tree", "v1"])?;
    place.write("tree/architecture.yaml", &spec(&["a"]))?;
    has(&summary(&place.path("tree"), "v1")?, &[&counted(2, 1)])
}

/// git points the programs of its hooks to itself.
fn hook() -> Result<(), Failed> {
    let place = Place::new("hook")?;
    let folder = small(&place)?;
    place.write("r/sub/architecture.yaml", &spec(&["a"]))?;
    commit(&folder, "two")?;
    place.write("r/sub/architecture.yaml", &spec(&["a", "b"]))?;
    let arguments = [
        "summary",
        "--spec",
        "sub/architecture.yaml",
        "--since",
        "HEAD",
    ];
    let mut command = archviz(&folder, &arguments);
    command
        .env("GIT_DIR", ".git")
        .env("GIT_PREFIX", "")
        .env("GIT_INDEX_FILE", ".git/index");
    has(&ended(&command.output()?, 0)?, &[&counted(1, 2)])?;
    // Repositories that are not around their files are found by the environment alone.
    std::fs::rename(folder.join(".git"), place.path("kept"))?;
    let mut command = archviz(&folder, &arguments);
    command
        .env("GIT_DIR", place.path("kept"))
        .env("GIT_WORK_TREE", &folder);
    has(&ended(&command.output()?, 0)?, &[&counted(1, 2)])
}

fn with_errors() -> Result<(), Failed> {
    let place = Place::new("errors")?;
    let folder = place.repository("r")?;
    place.write(
        "r/architecture.yaml",
        &format!("{}flows: [a -> nowhere]\n", spec(&["a"])),
    )?;
    commit(&folder, "one")?;
    place.write("r/architecture.yaml", &spec(&["a"]))?;
    let output = archviz(&folder, &["summary", "--since", "HEAD", "-o", "out.md"]).output()?;
    has(
        &ended(&output, 1)?,
        &[
            "unknown-component",
            "HEAD:architecture.yaml:5",
            "nothing was written",
        ],
    )?;
    ensure(!folder.join("out.md").exists(), || {
        "something was written".to_owned()
    })
}

fn other_files() -> Result<(), Failed> {
    let place = Place::new("others")?;
    let folder = small(&place)?;
    place.write("r/src/a b.rs", "fn main() {}\n")?;
    commit(&folder, "two")?;
    let text = summary(&folder, "v1")?;
    has(
        &text,
        &[
            "**architecture.yaml** (changed)",
            "1 other file of the repository",
            "- `src/a b.rs`",
        ],
    )?;
    // Without a revision there is nothing to compare with.
    let text = ended(
        &archviz(
            &root(""),
            &["summary", "--since", "examples/agentic-banking/before"],
        )
        .output()?,
        0,
    )?;
    ensure(!text.contains("other file"), || {
        "files of this repository are listed".to_owned()
    })
}
