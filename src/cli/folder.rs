//! The output folder: what is written into it, what is stale in it, what is left over.
//!
//! In: a folder, and finished files by name. Out: files written only where they differ, a
//! unified diff of what is stale, and the names of what no run writes any more. Refuses to
//! know: formats and views.
//!
//! `.archviz-files` in the folder lists what the program wrote there, so that a file of
//! somebody else is never taken for a left-over.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::Exit;
use super::output::{Output, write_file};
use crate::pipeline::Artifacts;

/// The list of what was written.
const LEDGER: &str = ".archviz-files";
const LEDGER_HEAD: &str =
    "# What archviz wrote into this folder, so that it can tell what is left over.\n";
/// A ledger is at most this long; a longer one is none of ours.
const MAX_LEDGER_BYTES: usize = 16 << 20;

/// Whether a run makes everything that belongs into the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coverage {
    /// Everything: other files of the ledger are left over.
    Whole,
    /// Some of it.
    Part,
}

/// What to do with files that no run writes any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leftovers {
    /// Say that they are there.
    Report,
    /// Delete them.
    Delete,
}

/// A folder that files are written into.
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Writes what differs.
    pub(super) fn write(
        &self,
        artifacts: &Artifacts,
        coverage: Coverage,
        leftovers: Leftovers,
        output: &mut Output,
    ) -> Result<Exit> {
        let mut orphans = self.orphans(artifacts, coverage)?;
        if leftovers == Leftovers::Delete {
            for name in std::mem::take(&mut orphans) {
                let path = self.path.join(&name);
                std::fs::remove_file(&path)
                    .with_context(|| format!("can't delete `{}`", path.display()))?;
                output.say(&format!("deleted {}", path.display()));
            }
        }
        let mut written = 0;
        for (name, artifact) in artifacts {
            written += usize::from(self.write_changed(name, artifact.bytes())?);
        }
        self.write_changed(LEDGER, self.ledger(artifacts)?.as_bytes())?;
        let unchanged = artifacts.len() - written;
        let rest = if unchanged == 0 {
            String::new()
        } else {
            format!(", {unchanged} were up to date")
        };
        output.say(&format!(
            "wrote {written} files into {}{rest}",
            self.path.display()
        ));
        self.report(&orphans, output);
        Ok(Exit::Clean)
    }

    /// Says how what is there differs from what would be written.
    pub(super) fn compare(
        &self,
        artifacts: &Artifacts,
        coverage: Coverage,
        output: &mut Output,
    ) -> Result<Exit> {
        let orphans = self.orphans(artifacts, coverage)?;
        let mut stale = 0;
        for (name, artifact) in artifacts {
            let there = self.read(name)?;
            if there.as_deref() != Some(artifact.bytes()) {
                stale += 1;
                let shown = self.path.join(name).display().to_string();
                output.data(&difference(&shown, there, artifact.bytes()))?;
            }
        }
        let (count, folder) = (artifacts.len(), self.path.display());
        self.report(&orphans, output);
        if stale == 0 && orphans.is_empty() {
            output.say(&format!("{count} files in {folder} are up to date"));
            return Ok(Exit::Clean);
        }
        if stale > 0 {
            output.insist(&format!(
                "{stale} of {count} files in {folder} are stale; run the same command without --check"
            ));
        }
        Ok(Exit::Findings)
    }

    fn report(&self, orphans: &BTreeSet<String>, output: &mut Output) {
        if orphans.is_empty() {
            return;
        }
        let names: Vec<&str> = orphans.iter().map(String::as_str).collect();
        output.insist(&format!(
            "left over in {} from an earlier run: {}; delete them, or run the same command with --prune",
            self.path.display(),
            names.join(", ")
        ));
    }

    /// Files of the ledger that are still there and that this run does not make.
    fn orphans(&self, artifacts: &Artifacts, coverage: Coverage) -> Result<BTreeSet<String>> {
        if coverage == Coverage::Part {
            return Ok(BTreeSet::new());
        }
        let known = self.known()?.into_iter();
        Ok(known.filter(|name| !artifacts.contains_key(name)).collect())
    }

    /// The files of the ledger that are still there.
    fn known(&self) -> Result<BTreeSet<String>> {
        let text = self.read(LEDGER)?.unwrap_or_default();
        let text = String::from_utf8(text).unwrap_or_default();
        if text.len() > MAX_LEDGER_BYTES {
            return Ok(BTreeSet::new());
        }
        let names = text.lines().filter(|line| is_plain(line));
        Ok(names
            .filter(|name| self.path.join(name).is_file())
            .map(ToOwned::to_owned)
            .collect())
    }

    fn ledger(&self, artifacts: &Artifacts) -> Result<String> {
        let mut names = self.known()?;
        names.extend(artifacts.keys().cloned());
        let lines: Vec<String> = names.into_iter().collect();
        Ok(format!("{LEDGER_HEAD}{}\n", lines.join("\n")))
    }

    fn read(&self, name: &str) -> Result<Option<Vec<u8>>> {
        let path = self.path.join(name);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error).with_context(|| format!("can't read `{}`", path.display())),
        }
    }

    /// Whether the file had to be written.
    fn write_changed(&self, name: &str, bytes: &[u8]) -> Result<bool> {
        let path = self.path.join(name);
        let is_same = holds(&path, bytes);
        if is_same.with_context(|| format!("can't read `{}`", path.display()))? {
            return Ok(false);
        }
        write_file(&path, bytes)?;
        Ok(true)
    }
}

/// Whether a file has this content; read in pieces, since it may be large.
fn holds(path: &Path, bytes: &[u8]) -> std::io::Result<bool> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    if file.metadata()?.len() != bytes.len() as u64 {
        return Ok(false);
    }
    let mut piece = [0; 1 << 14];
    for expected in bytes.chunks(piece.len()) {
        let piece = &mut piece[..expected.len()];
        match file.read_exact(piece) {
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
            read => read?,
        }
        if piece != expected {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A file name without folders: a line of a ledger must not lead elsewhere.
fn is_plain(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    let is_name = matches!(parts.next(), Some(std::path::Component::Normal(_)));
    is_name && parts.next().is_none() && !name.starts_with('#') && !name.contains(['/', '\\'])
}

/// A unified diff of texts, or a line about bytes.
fn difference(shown: &str, there: Option<Vec<u8>>, fresh: &[u8]) -> String {
    let is_new = there.is_none();
    let there = String::from_utf8(there.unwrap_or_default());
    match (there, std::str::from_utf8(fresh)) {
        (Ok(there), Ok(fresh)) => unified(shown, &there, fresh),
        _ if is_new => format!("{shown} is missing\n"),
        _ => format!("{shown} differs\n"),
    }
}

/// A unified diff from what is there to what should be.
pub(super) fn unified(shown: &str, there: &str, fresh: &str) -> String {
    similar::TextDiff::from_lines(there, fresh)
        .unified_diff()
        .header(shown, &format!("{shown} (rendered)"))
        .to_string()
}
