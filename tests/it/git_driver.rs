//! `git diff` with the driver: files of specifications by elements, everything else by lines.

use libtest_mimic::{Failed, Trial};

use crate::case::ensure;
use crate::repository::{Place, commit, git, has};

pub(crate) fn trials() -> Vec<Trial> {
    vec![Trial::test("git_driver::git_diff_reports_elements", driver)]
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

fn driver() -> Result<(), Failed> {
    let place = Place::new("diffdriver")?;
    let folder = place.repository("r")?;
    let program = env!("CARGO_BIN_EXE_archviz");
    git(
        &folder,
        &[
            "config",
            "diff.archviz.command",
            &format!("'{program}' diff --git-driver"),
        ],
    )?;
    place.write("r/.gitattributes", "*.yaml diff=archviz\n")?;
    let main = format!("{}include: [\"the parts/*.yaml\"]\n", spec(&["a", "b"]));
    place.write("r/my spec/architecture.yaml", &main)?;
    place.write("r/my spec/the parts/more.yaml", "components: { x: {} }\n")?;
    place.write("r/my spec/other.yaml", "some: thing\n")?;
    commit(&folder, "one")?;
    let diff = |arguments: &[&str]| git(&folder, &[&["diff"], arguments].concat());
    place.write(
        "r/my spec/architecture.yaml",
        &main.replace("  b:", "  # new\n  c: {}\n  b:"),
    )?;
    let text = diff(&[])?;
    has(
        &text,
        &[
            "diff --archviz a/my spec/architecture.yaml",
            "component `c` is new",
        ],
    )?;
    ensure(!text.contains("`b`"), || text)?;
    // An included file is compared as a part of what includes it.
    git(&folder, &["checkout", "-q", "--", "."])?;
    place.write(
        "r/my spec/the parts/more.yaml",
        "components: { x: { parent: a } }\n",
    )?;
    has(&diff(&[])?, &["component `x`: parent"])?;
    // What is no specification, or has errors, is compared by lines.
    place.write("r/my spec/other.yaml", "some: text\n")?;
    has(
        &diff(&["--", "my spec/other.yaml"])?,
        &["-some: thing", "+some: text"],
    )?;
    place.write(
        "r/my spec/architecture.yaml",
        &main.replace("  b:", "  b: [}\n  c:"),
    )?;
    has(&diff(&["--", "my spec/architecture.yaml"])?, &["+  b: [}"])?;
    git(&folder, &["checkout", "-q", "--", "."])?;
    // New, removed and renamed files.
    place.write("r/new.yaml", &spec(&["n"]))?;
    git(&folder, &["rm", "-q", "my spec/other.yaml"])?;
    git(&folder, &["add", "-A"])?;
    has(&diff(&["--cached"])?, &["+  n: { purpose", "-some: thing"])?;
    git(&folder, &["commit", "-q", "-m", "two"])?;
    git(&folder, &["mv", "new.yaml", "newer.yaml"])?;
    place.write("r/newer.yaml", &spec(&["n", "m"]))?;
    let text = diff(&["-M", "HEAD"])?;
    has(
        &text,
        &[
            "diff --archviz a/new.yaml b/newer.yaml",
            "component `m` is new",
        ],
    )
}
