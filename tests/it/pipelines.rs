//! Pipelines: what teams paste into theirs, run on scripted repositories.
//!
//! The scripts of the GitHub action and of the GitLab template are taken from their files and
//! run as their runners would.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::{Failed, Trial};
use serde_json::{Value, json};

use crate::case::{ensure, root};
use crate::scratch::{Scratch, expect, holds};

type Test = fn() -> Result<(), Failed>;

pub(crate) fn trials() -> Vec<Trial> {
    let tests: Vec<(&str, Test)> = vec![
        (
            "the_github_action_passes_what_is_fresh_and_fails_what_is_stale",
            github,
        ),
        (
            "the_gitlab_template_passes_what_is_fresh_and_fails_what_is_stale",
            gitlab,
        ),
        ("a_release_is_packed_and_installed_by_its_checksum", release),
        ("binstall_looks_for_what_is_packed", binstall),
        (
            "the_path_of_the_readme_leads_from_nothing_to_ci",
            readme_path,
        ),
        ("a_book_of_either_version_is_filled", books),
    ];
    let trial = |(name, run): (&str, Test)| Trial::test(format!("pipelines::{name}"), run);
    tests.into_iter().map(trial).collect()
}

const SPEC: &str = "archviz: 1\nname: Shop\ncomponents: { web: { purpose: Sells }, api: { purpose: Answers }, db: { kind: database } }\nflows:\n  - web -> api: Calls\n  - api -> db: Rows\nviews: { full: Everything }\noutputs: { folder: pictures, formats: [mermaid, dot] }\npolicies:\n  - id: no-way-around\n    forbid: { from: web, to: db }\ndocuments:\n  files: [README.md]\n  claims: [{ says: \"{n} components\", value: components }]\n";
pub(crate) const README: &str =
    "# Shop\n\nIt has 3 components.\n\n<!-- archviz:flows -->\n<!-- archviz:end -->\n";

/// A repository in which everything is fresh.
pub(crate) fn repository(name: &str) -> Result<Scratch, Failed> {
    let scratch = Scratch::new(name)?;
    scratch.write("architecture.yaml", SPEC)?;
    scratch.write("README.md", README)?;
    expect(&scratch.run(&["render"])?, 0)?;
    expect(&scratch.run(&["docs"])?, 0)?;
    Ok(scratch)
}

/// A way in which a repository can be stale, and what a pipeline says about it.
struct Staleness {
    name: &'static str,
    make: fn(&Scratch) -> Result<(), Failed>,
    says: &'static [&'static str],
}

pub(crate) fn change(scratch: &Scratch, file: &str, from: &str, to: &str) -> Result<(), Failed> {
    let text = scratch.read(file)?;
    ensure(text.contains(from), || format!("{file} has no `{from}`"))?;
    scratch.write(file, &text.replace(from, to)).map(drop)
}

const STALENESS: &[Staleness] = &[
    Staleness {
        name: "an error in the specification",
        make: |scratch| change(scratch, "architecture.yaml", "-> db", "-> dbb"),
        says: &["unknown-component", "dbb"],
    },
    Staleness {
        name: "a broken policy",
        make: |scratch| {
            change(
                scratch,
                "architecture.yaml",
                "flows:\n",
                "flows:\n  - web -> db: Reads\n",
            )?;
            expect(&scratch.run(&["render"])?, 0)?;
            expect(&scratch.run(&["docs"])?, 0).map(drop)
        },
        says: &["policy-violated", "no-way-around"],
    },
    Staleness {
        name: "a stale picture",
        make: |scratch| {
            change(scratch, "architecture.yaml", "Calls", "Asks")?;
            expect(&scratch.run(&["docs"])?, 0).map(drop)
        },
        says: &["Asks", "are stale"],
    },
    Staleness {
        name: "a picture that no view makes any more",
        make: |scratch| {
            change(
                scratch,
                "architecture.yaml",
                "views: { full: Everything }",
                "views: { whole: Everything }",
            )?;
            expect(&scratch.run(&["render"])?, 0).map(drop)
        },
        says: &["left over", "full.mmd"],
    },
    Staleness {
        name: "a stale block of a document",
        make: |scratch| {
            change(scratch, "architecture.yaml", "Calls", "Asks")?;
            expect(&scratch.run(&["render"])?, 0).map(drop)
        },
        says: &["stale-block", "README.md"],
    },
    Staleness {
        name: "an edited block of a document",
        make: |scratch| change(scratch, "README.md", "| Calls |", "| Shouts |"),
        says: &["hand-edited-block", "README.md"],
    },
    Staleness {
        name: "a wrong number in prose",
        make: |scratch| change(scratch, "README.md", "3 components", "4 components"),
        says: &["stale-claim", "README.md"],
    },
];

/// Holds a pipeline to a fresh repository and to every kind of staleness.
fn hold(name: &str, pipeline: fn(&Scratch) -> Result<Output, Failed>) -> Result<(), Failed> {
    let scratch = repository(name)?;
    expect(&pipeline(&scratch)?, 0).map_err(|failed| format!("fresh: {failed:?}"))?;
    for stale in STALENESS {
        let scratch = repository(name)?;
        (stale.make)(&scratch)?;
        let said = expect(&pipeline(&scratch)?, 1)
            .map_err(|failed| format!("{}: {failed:?}", stale.name))?;
        holds(&said, stale.says).map_err(|failed| format!("{}: {failed:?}", stale.name))?;
    }
    Ok(())
}

/// A shell in a folder, with the program on its path and nothing of this repository's settings.
pub(crate) fn shell(
    folder: &Path,
    script: &str,
    variables: &[(String, String)],
) -> Result<Output, Failed> {
    let program = Path::new(env!("CARGO_BIN_EXE_archviz"));
    let bin = program.parent().unwrap_or(program);
    let path = std::env::var("PATH").unwrap_or_default();
    Ok(Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", "-c", script])
        .current_dir(folder)
        .env("PATH", format!("{}:{path}", bin.display()))
        .env_remove("ARCHVIZ_SPEC")
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1")
        .envs(variables.iter().cloned())
        .output()?)
}

/// A file of git's settings that is not there. Not `/dev/null`: git replaces what it writes.
pub(crate) fn no_settings() -> String {
    root("target/scratch/no-git-settings").display().to_string()
}

fn yaml(path: &str) -> Result<Value, Failed> {
    let text = std::fs::read_to_string(root(path))?;
    serde_yaml::from_str(&text).map_err(|error| error.to_string().into())
}

/// An expression of a workflow with what a runner would put in its place.
fn substituted(text: &str, action: &Value) -> String {
    let mut fresh = text.to_owned();
    for (name, input) in action["inputs"].as_object().into_iter().flatten() {
        let value = input["default"].as_str().unwrap_or("");
        fresh = fresh.replace(&format!("${{{{ inputs.{name} }}}}"), value);
    }
    fresh
        .replace("${{ github.action_path }}", &root("").display().to_string())
        .replace("${{ github.server_url }}", "http://127.0.0.1:1")
        .replace("${{ github.action_repository }}", "team/archviz")
}

fn github() -> Result<(), Failed> {
    hold("github", |scratch| {
        let action = yaml("action.yml")?;
        let mut said = Vec::new();
        let mut last = None;
        for step in action["runs"]["steps"].as_array().into_iter().flatten() {
            let variables = step["env"].as_object().into_iter().flatten();
            let variables: Vec<(String, String)> = variables
                .map(|(name, value)| {
                    (
                        name.clone(),
                        substituted(value.as_str().unwrap_or(""), &action),
                    )
                })
                .collect();
            ensure(
                variables.iter().all(|(_, value)| !value.contains("${{")),
                || format!("an expression is left: {variables:?}"),
            )?;
            let output = shell(&scratch.0, step["run"].as_str().unwrap_or(""), &variables)?;
            said.extend(output.stdout.clone());
            let is_failed = !output.status.success();
            last = Some(output);
            if is_failed {
                break;
            }
        }
        let mut output = last.ok_or("the action has no step")?;
        output.stdout = said;
        Ok(output)
    })
}

fn gitlab() -> Result<(), Failed> {
    hold("gitlab", |scratch| {
        let template = yaml("integrations/gitlab/archviz.yml")?;
        let variables = template["variables"].as_object().into_iter().flatten();
        let variables: Vec<(String, String)> = variables
            .map(|(name, value)| (name.clone(), value.as_str().unwrap_or("").to_owned()))
            .collect();
        let lines = template["archviz"]["script"]
            .as_array()
            .into_iter()
            .flatten();
        let lines: Vec<&str> = lines.filter_map(Value::as_str).collect();
        let output = shell(&scratch.0, &lines.join("\n"), &variables)?;
        let report = scratch.read("gl-code-quality-report.json")?;
        let report: Value = serde_json::from_str(&report)?;
        ensure(report.is_array(), || "the report is no list".to_owned())?;
        Ok(output)
    })
}

/// Serves the files of a folder on loopback until the program ends.
fn serve(folder: PathBuf) -> Result<u16, Failed> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { continue };
            let mut request = [0; 4096];
            let length = stream.read(&mut request).unwrap_or(0);
            let request = String::from_utf8_lossy(&request[..length]).into_owned();
            let path = request
                .split(' ')
                .nth(1)
                .unwrap_or("/")
                .trim_start_matches('/');
            let answer = match std::fs::read(folder.join(path)) {
                Ok(body) => [
                    format!(
                        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        body.len()
                    )
                    .into_bytes(),
                    body,
                ]
                .concat(),
                Err(_) => {
                    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                        .to_vec()
                }
            };
            // A reader that went away is no failure of ours.
            let _ = stream.write_all(&answer);
        }
    });
    Ok(port)
}

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}

/// The target that the install script takes on this machine, if it knows one.
fn target() -> Option<String> {
    let machine = match std::env::consts::ARCH {
        "x86_64" => "x86_64",
        "aarch64" => "aarch64",
        _ => return None,
    };
    (std::env::consts::OS == "linux").then(|| format!("{machine}-unknown-linux-musl"))
}

fn release() -> Result<(), Failed> {
    let Some(target) = target() else {
        return Ok(());
    };
    let scratch = Scratch::new("release")?;
    let name = format!("archviz-{}-{target}", version());
    let folder = format!("download/v{}", version());
    let pack = format!(
        "'{}' {target} '{}' {folder}",
        root("integrations/package.sh").display(),
        env!("CARGO_BIN_EXE_archviz")
    );
    expect(&shell(&scratch.0, &pack, &[])?, 0)?;
    let list = expect(
        &shell(&scratch.0, &format!("tar -tzf {folder}/{name}.tar.gz"), &[])?,
        0,
    )?;
    for file in [
        "archviz",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-MIT",
        "LICENSE-APACHE",
        "man/archviz.1",
        "man/archviz-check.1",
        "man/archviz-docs.1",
        "completions/archviz.bash",
        "completions/archviz.fish",
        "completions/archviz.zsh",
        "completions/archviz.powershell",
    ] {
        ensure(
            list.lines().any(|line| line == format!("{name}/{file}")),
            || format!("no {file} in\n{list}"),
        )?;
    }
    let port = serve(scratch.0.clone())?;
    let install = format!("'{}'", root("integrations/install.sh").display());
    let with = |bin: &str| {
        vec![
            ("ARCHVIZ_VERSION".to_owned(), version().to_owned()),
            (
                "ARCHVIZ_BASE_URL".to_owned(),
                format!("http://127.0.0.1:{port}"),
            ),
            (
                "ARCHVIZ_BIN".to_owned(),
                scratch.0.join(bin).display().to_string(),
            ),
            (
                "GITHUB_PATH".to_owned(),
                scratch.0.join("path").display().to_string(),
            ),
        ]
    };
    expect(&shell(&scratch.0, &install, &with("bin"))?, 0)?;
    let installed = expect(&shell(&scratch.0, "bin/archviz --version", &[])?, 0)?;
    ensure(installed.trim() == format!("archviz {}", version()), || {
        installed
    })?;
    ensure(scratch.read("path")?.trim().ends_with("bin"), || {
        "not on the path".to_owned()
    })?;
    // A checksum that does not hold installs nothing.
    scratch.write(&format!("{folder}/{name}.tar.gz.sha256"), "0000  x\n")?;
    holds(
        &expect(&shell(&scratch.0, &install, &with("other"))?, 1)?,
        &["checksum", "not 0000"],
    )?;
    ensure(!scratch.0.join("other/archviz").exists(), || {
        "installed all the same".to_owned()
    })?;
    std::fs::remove_file(scratch.0.join(format!("{folder}/{name}.tar.gz")))?;
    holds(
        &expect(&shell(&scratch.0, &install, &with("other"))?, 1)?,
        &["can't fetch"],
    )
    .map(drop)
}

/// What `cargo binstall` asks for is what the release workflow packs.
fn binstall() -> Result<(), Failed> {
    let manifest = std::fs::read_to_string(root("Cargo.toml"))?;
    let section = manifest
        .split("[package.metadata.binstall]")
        .nth(1)
        .ok_or("no metadata")?;
    let value = |key: &str| {
        let line = section
            .lines()
            .find_map(|line| line.strip_prefix(&format!("{key} = ")));
        line.map(|line| line.trim_matches('"').to_owned())
            .unwrap_or_default()
    };
    ensure(
        value("pkg-url")
            == "{ repo }/releases/download/v{ version }/archviz-{ version }-{ target }.tar.gz",
        || value("pkg-url"),
    )?;
    ensure(
        value("bin-dir") == "archviz-{ version }-{ target }/{ bin }{ binary-ext }",
        || value("bin-dir"),
    )?;
    ensure(value("pkg-fmt") == "tgz", || value("pkg-fmt"))?;
    let script = std::fs::read_to_string(root("integrations/package.sh"))?;
    holds(
        &script,
        &[
            "name=\"archviz-$version-$target\"",
            "\"$name.tar.gz\"",
            "\"$name.tar.gz.sha256\"",
        ],
    )?;
    let workflow = yaml(".github/workflows/release.yml")?;
    let matrix = workflow["jobs"]["build"]["strategy"]["matrix"]["include"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let targets: Vec<&str> = matrix
        .iter()
        .filter_map(|one| one["target"].as_str())
        .collect();
    let install = std::fs::read_to_string(root("integrations/install.sh"))?;
    holds(&install, &targets)?;
    for system in ["linux", "darwin", "windows"] {
        ensure(targets.iter().any(|target| target.contains(system)), || {
            format!("no {system}")
        })?;
    }
    Ok(())
}

/// Every command of the README's path, in order, in an empty folder.
fn readme_path() -> Result<(), Failed> {
    let readme = std::fs::read_to_string(root("README.md"))?;
    let part = readme
        .split("<!-- path -->")
        .nth(1)
        .and_then(|rest| rest.split("<!-- end of path -->").next());
    let part = part.ok_or("the README has no path")?;
    let blocks: Vec<&str> = part
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("\n```").next())
        .collect();
    ensure(blocks.len() >= 4, || format!("{} blocks", blocks.len()))?;
    let scratch = Scratch::new("readme-path")?;
    let identity = ["AUTHOR", "COMMITTER"].into_iter().flat_map(|who| {
        [
            (format!("GIT_{who}_NAME"), "A".to_owned()),
            (format!("GIT_{who}_EMAIL"), "a@example.org".to_owned()),
        ]
    });
    let identity: Vec<(String, String)> = identity
        .chain([("GIT_CONFIG_GLOBAL".to_owned(), no_settings())])
        .collect();
    let script = blocks.join("\n");
    let output = shell(&scratch.0, &format!("set -x\n{script}"), &identity)?;
    expect(&output, 0)?;
    let workflow = root("target/scratch/readme-path/shop/.github/workflows/architecture.yml");
    ensure(workflow.is_file(), || "no workflow was written".to_owned())?;
    if std::env::var_os("ARCHVIZ_CONSUMERS").is_some() {
        crate::tools::tool(
            &[
                "venv/bin/check-jsonschema",
                "--builtin-schema",
                "vendor.github-workflows",
            ],
            &[&workflow.display().to_string()],
        )?;
    }
    Ok(())
}

/// What mdBook sends: the shape of 0.4 and that of 0.5.
fn books() -> Result<(), Failed> {
    let scratch = repository("books")?;
    for list in ["sections", "items"] {
        let chapter = |content: &str| {
            json!({ "Chapter": { "name": "One", "content": content, "number": [1], "sub_items": [
                { "Chapter": { "name": "Two", "content": "There are <!-- archviz:number components -->?<!-- archviz:end -->.", "sub_items": [], "path": "two.md" } }, "Separator"
            ], "path": "one.md" } })
        };
        let book = json!([
            { "root": scratch.0.display().to_string(), "config": { "preprocessor": { "archviz": { "spec": "architecture.yaml" } } }, "renderer": "html", "mdbook_version": "0.5.0" },
            { list: [chapter(README)], "__non_exhaustive": null }
        ]);
        let output = preprocess(&scratch, &book)?;
        expect(&output, 0)?;
        let filled: Value = serde_json::from_slice(&output.stdout)?;
        let one = &filled[list][0]["Chapter"];
        let content = one["content"].as_str().unwrap_or("");
        holds(content, &["| 1 | Web | API | Calls |"])
            .or_else(|_| holds(content, &["| Calls |"]))?;
        let two = one["sub_items"][0]["Chapter"]["content"]
            .as_str()
            .unwrap_or("");
        holds(two, &["-->3<!--"])?;
        ensure(
            filled["__non_exhaustive"] == Value::Null && one["number"] == json!([1]),
            || "lost".to_owned(),
        )?;
        let broken = json!([book[0], { list: [chapter("It has 9 components.\n\n<!-- archviz:viewe -->\n<!-- archviz:end -->")] }]);
        holds(
            &expect(&preprocess(&scratch, &broken)?, 1)?,
            &["stale-claim", "unknown-block", "one.md:3:14"],
        )?;
    }
    expect(&scratch.run(&["mdbook", "supports", "html"])?, 0).map(drop)
}

fn preprocess(scratch: &Scratch, book: &Value) -> Result<Output, Failed> {
    scratch.write("book.json", &book.to_string())?;
    shell(&scratch.0, "archviz mdbook < book.json", &[])
}
