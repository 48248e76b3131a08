//! Older versions of files, from the `git` program.
//!
//! In: a folder, and what to ask about its repository. Out: commits, entries of trees, the bytes
//! of blobs, renames. Refuses to know: specifications.
//!
//! Nothing goes through a shell, no revision stands where git reads options, and nothing is
//! written: neither the checkout nor the index.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

use anyhow::{Context, Result, anyhow, bail, ensure};

/// What git sets for the programs that it runs, and what would point it elsewhere.
const AMBIENT: &[&str] = &["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR"];
/// What would change the answers.
const DISTURBING: &[&str] = &[
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_EXTERNAL_DIFF",
    "GIT_DIFF_OPTS",
    "GIT_LITERAL_PATHSPECS",
    "GIT_GLOB_PATHSPECS",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
];

/// A repository, asked from one of its folders.
#[derive(Clone, Debug)]
pub(crate) struct Repository {
    folder: PathBuf,
    /// Whether git looks where its environment says instead of around the folder.
    is_ambient: bool,
}

/// What stands at a path of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum EntryKind {
    /// A file.
    File,
    /// A symbolic link; its blob is the path that it points to.
    Link,
    /// A folder.
    Folder,
    /// A commit of another repository.
    Submodule,
}

/// An entry of a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: EntryKind,
    /// The name of the blob, tree or commit.
    pub(crate) object: String,
    /// Its path.
    pub(crate) path: String,
}

/// How a file differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileChange {
    /// git's letter: `A`, `M`, `D`, `R`, `T`.
    pub(crate) letter: char,
    /// Its path, the new one of a renamed file.
    pub(crate) path: String,
    /// The path before, of a renamed file.
    pub(crate) formerly: Option<String>,
}

impl Repository {
    /// The repository that holds a folder.
    pub(crate) fn around(folder: &Path) -> Result<Self> {
        let mut found = Self {
            folder: folder.to_path_buf(),
            is_ambient: false,
        };
        let output = found.run(&["rev-parse", "--git-dir"])?;
        if output.status.success() {
            return Ok(found);
        }
        found.is_ambient = std::env::var_os("GIT_DIR").is_some();
        if found.is_ambient && found.ask(&["rev-parse", "--git-dir"])?.is_some() {
            return Ok(found);
        }
        let said = complaint(&output);
        if said.contains("not a git repository") {
            bail!("{} is in no git repository", shown(folder));
        }
        bail!("git can't use the repository of {}: {said}", shown(folder))
    }

    fn command(&self) -> Command {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(&self.folder)
            .args(["--no-pager", "-c", "core.fsmonitor=false"])
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        for name in DISTURBING {
            command.env_remove(name);
        }
        if !self.is_ambient {
            for name in AMBIENT {
                command.env_remove(name);
            }
        }
        command
    }

    fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Output> {
        self.command().args(arguments).output().map_err(|error| {
            if error.kind() == std::io::ErrorKind::NotFound {
                anyhow!("can't run `git`: it is not installed, or not on the PATH; install it, or name a file or folder instead of a revision")
            } else {
                anyhow!(error).context("can't run `git`")
            }
        })
    }

    /// What git prints, less the last line break; `None` if it fails.
    fn ask<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Option<String>> {
        let output = self.run(arguments)?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let line = text.strip_suffix('\n').unwrap_or(&text).to_owned();
        Ok(output.status.success().then_some(line))
    }

    /// What git prints, or what it complains about.
    fn demand<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Result<Vec<u8>> {
        let output = self.run(arguments)?;
        ensure!(output.status.success(), "git says: {}", complaint(&output));
        Ok(output.stdout)
    }

    /// The commit that a revision names.
    pub(crate) fn commit(&self, revision: &str) -> Result<Option<String>> {
        if revision.is_empty() || revision.starts_with('-') || revision.contains('\0') {
            return Ok(None);
        }
        let wanted = format!("{revision}^{{commit}}");
        self.ask(&["rev-parse", "--verify", "-q", "--end-of-options", &wanted])
    }

    /// The path of its folder below the top, with `/` at the end unless it is the top.
    pub(crate) fn prefix(&self) -> Result<String> {
        Ok(self
            .ask(&["rev-parse", "--show-prefix"])?
            .unwrap_or_default())
    }

    /// The folder of the checkout; `None` in a bare repository.
    pub(crate) fn top(&self) -> Result<Option<PathBuf>> {
        let top = self.ask(&["rev-parse", "--show-toplevel"])?;
        Ok(top.filter(|top| !top.is_empty()).map(PathBuf::from))
    }

    /// The repository that has this one as a submodule.
    pub(crate) fn superproject(&self) -> Result<Option<Self>> {
        let folder = self.ask(&["rev-parse", "--show-superproject-working-tree"])?;
        let folder = folder.filter(|folder| !folder.is_empty());
        Ok(folder.map(|folder| Self {
            folder: folder.into(),
            is_ambient: false,
        }))
    }

    /// Whether older commits were left out when it was cloned.
    pub(crate) fn is_shallow(&self) -> Result<bool> {
        let answer = self.ask(&["rev-parse", "--is-shallow-repository"])?;
        Ok(answer.is_some_and(|answer| answer == "true"))
    }

    /// The short names of branches and tags.
    pub(crate) fn names(&self) -> Result<Vec<String>> {
        let format = "--format=%(refname:short)";
        let names = self.ask(&["for-each-ref", format])?.unwrap_or_default();
        Ok(names.lines().map(ToOwned::to_owned).collect())
    }

    /// The entry at a path from the top.
    pub(crate) fn entry(&self, commit: &str, path: &str) -> Result<Option<Entry>> {
        if path.is_empty() {
            return Ok(None);
        }
        let pathspec = format!(":(top,literal){path}");
        let listed = self.demand(&["ls-tree", "-z", "--full-tree", commit, "--", &pathspec])?;
        Ok(entries(&listed).find(|entry| entry.path == path))
    }

    /// All entries below a folder but folders, with their paths from the top.
    pub(crate) fn entries(&self, commit: &str, folder: &str) -> Result<Vec<Entry>> {
        let tree = if folder.is_empty() {
            commit.to_owned()
        } else {
            format!("{commit}:{folder}")
        };
        let listed = self.demand(&["ls-tree", "-r", "-z", "--full-tree", &tree])?;
        let below = |entry: Entry| Entry {
            path: joined(folder, &entry.path),
            ..entry
        };
        Ok(entries(&listed).map(below).collect())
    }

    /// The files that differ between a commit and another one, or the checkout.
    pub(crate) fn changes(
        &self,
        base: &str,
        head: Option<&str>,
        pathspecs: &[String],
    ) -> Result<Vec<FileChange>> {
        let mut arguments = vec![
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--no-color",
            "--no-relative",
            "--ignore-submodules=dirty",
            "--name-status",
            "-z",
            "-M",
            base,
        ];
        arguments.extend(head);
        arguments.push("--");
        arguments.extend(pathspecs.iter().map(String::as_str));
        Ok(changes(&self.demand(&arguments)?))
    }

    /// The path that a file had at a commit, where it has been renamed since.
    pub(crate) fn renamed_from(
        &self,
        base: &str,
        head: Option<&str>,
        path: &str,
    ) -> Result<Option<String>> {
        let own = format!(":(top,literal){path}");
        let specs = [":(top)*.yaml".into(), ":(top)*.yml".into(), own];
        let at_once = self.changes(base, head, &specs)?;
        if let Some(change) = at_once.into_iter().find(|change| change.path == path)
            && change.formerly.is_some()
        {
            return Ok(change.formerly);
        }
        self.renamed_in_steps(base, head, path)
    }

    /// A file that changed a lot since is still recognized from one commit to the next.
    fn renamed_in_steps(
        &self,
        base: &str,
        head: Option<&str>,
        path: &str,
    ) -> Result<Option<String>> {
        let range = format!("{base}..{}", head.unwrap_or("HEAD"));
        let own = format!(":(top,literal){path}");
        let output = self.run(&[
            "log",
            "--follow",
            "--no-ext-diff",
            "--no-color",
            "-M",
            "--diff-filter=R",
            "--name-status",
            "-z",
            "--format=",
            &range,
            "--",
            &own,
        ])?;
        Ok(changes(&output.stdout)
            .pop()
            .and_then(|change| change.formerly))
    }

    /// A reader of blobs.
    pub(crate) fn objects(&self) -> Result<Objects> {
        let mut child = self
            .command()
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("can't run `git cat-file`")?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        Ok(Objects {
            child,
            input,
            output: output.map(BufReader::new),
        })
    }
}

/// Reads blobs, one after the other, from one process.
#[derive(Debug)]
pub(crate) struct Objects {
    child: Child,
    input: Option<ChildStdin>,
    output: Option<BufReader<ChildStdout>>,
}

impl Objects {
    /// The bytes of a blob of at most `limit` bytes.
    pub(crate) fn blob(&mut self, object: &str, limit: usize) -> Result<Vec<u8>> {
        let (Some(input), Some(output)) = (&mut self.input, &mut self.output) else {
            bail!("git does not answer")
        };
        writeln!(input, "{object}")?;
        input.flush()?;
        let mut header = String::new();
        output.read_line(&mut header)?;
        let size = header
            .trim_end()
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse().ok());
        let size: usize = size.with_context(|| format!("git has no object {object}"))?;
        ensure!(
            size <= limit,
            "it has {size} bytes; at most {limit} are read"
        );
        let mut bytes = vec![0; size];
        output.read_exact(&mut bytes)?;
        // A line break follows the bytes.
        output.read_exact(&mut [0])?;
        Ok(bytes)
    }
}

impl Drop for Objects {
    fn drop(&mut self) {
        // Without input the process ends by itself, unless a blob is left unread.
        self.input = None;
        self.output = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Entries of `ls-tree -z`: `MODE TYPE OBJECT<tab>PATH`, each closed by a zero.
fn entries(listed: &[u8]) -> impl Iterator<Item = Entry> + '_ {
    listed.split(|byte| *byte == 0).filter_map(|entry| {
        let tab = entry.iter().position(|byte| *byte == b'\t')?;
        let head = std::str::from_utf8(&entry[..tab]).ok()?;
        let mut words = head.split(' ');
        let kind = match (words.next()?, words.next()?) {
            ("120000", _) => EntryKind::Link,
            (_, "blob") => EntryKind::File,
            (_, "commit") => EntryKind::Submodule,
            _ => EntryKind::Folder,
        };
        Some(Entry {
            kind,
            object: words.next()?.to_owned(),
            path: String::from_utf8_lossy(&entry[tab + 1..]).into_owned(),
        })
    })
}

/// Changes of `--name-status -z`: a letter, and one path or two, each closed by a zero.
fn changes(listed: &[u8]) -> Vec<FileChange> {
    let mut fields = listed
        .split(|byte| *byte == 0)
        .map(|field| String::from_utf8_lossy(field).trim_start().to_owned())
        .filter(|field| !field.is_empty());
    let mut changes = Vec::new();
    while let Some(status) = fields.next() {
        let letter = status.chars().next().unwrap_or('M');
        let is_renamed = matches!(letter, 'R' | 'C');
        let formerly = if is_renamed { fields.next() } else { None };
        let Some(path) = fields.next() else { break };
        changes.push(FileChange {
            letter,
            path,
            formerly,
        });
    }
    changes
}

/// A path below a folder; an empty folder is the top.
pub(super) fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() {
        path.to_owned()
    } else {
        format!("{folder}/{path}")
    }
}

fn complaint(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

/// A folder as an error names it.
fn shown(folder: &Path) -> String {
    if folder.as_os_str().is_empty() {
        "this folder".to_owned()
    } else {
        format!("`{}`", folder.display())
    }
}
