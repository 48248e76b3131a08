//! Repositories that trials make for themselves, and the program run in them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::Failed;

use crate::case::ensure;

/// A folder of its own, outside of every other repository.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new(name: &str) -> Result<Self, Failed> {
        let path = std::env::temp_dir().join(format!("archviz-git-{}-{name}", std::process::id()));
        if path.exists() {
            std::fs::remove_dir_all(&path)?;
        }
        std::fs::create_dir_all(&path)?;
        Ok(Self(path.canonicalize()?))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> Result<(), Failed> {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
        Ok(std::fs::write(path, text)?)
    }

    /// A repository in a folder of the place.
    pub(crate) fn repository(&self, folder: &str) -> Result<PathBuf, Failed> {
        let path = self.path(folder);
        std::fs::create_dir_all(&path)?;
        git(&path, &["init", "-q", "-b", "main"])?;
        Ok(path)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // A folder that stays behind is of this process alone.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs git without the settings of this machine; fails unless it succeeds.
pub(crate) fn git(folder: &Path, arguments: &[&str]) -> Result<String, Failed> {
    let output = git_command(folder).args(arguments).output()?;
    ensure(output.status.success(), || {
        format!(
            "git {arguments:?}: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        )
    })?;
    Ok(String::from_utf8_lossy(&output.stdout)
        .trim_end()
        .to_owned())
}

/// Git without the settings of this machine.
pub(crate) fn git_command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "protocol.file.allow=always"])
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", crate::pipelines::no_settings());
    for who in ["AUTHOR", "COMMITTER"] {
        command
            .env(format!("GIT_{who}_NAME"), "A")
            .env(format!("GIT_{who}_EMAIL"), "a@example.org")
            .env(format!("GIT_{who}_DATE"), "2024-01-01T00:00:00Z");
    }
    command
}

/// Commits everything.
pub(crate) fn commit(folder: &Path, message: &str) -> Result<(), Failed> {
    git(folder, &["add", "-A"])?;
    git(folder, &["commit", "-q", "--allow-empty", "-m", message]).map(drop)
}

/// The program, about to run in a folder.
pub(crate) fn archviz(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("ARCHVIZ_SPEC")
        .env("NO_COLOR", "1");
    command
}

/// What the program said, if it ended with this code.
pub(crate) fn ended(output: &Output, code: i32) -> Result<String, Failed> {
    let text = format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    ensure(output.status.code() == Some(code), || {
        format!("exit {:?}, not {code}\n{text}", output.status.code())
    })?;
    Ok(text)
}

/// Fails unless a text has all these parts.
pub(crate) fn has(text: &str, parts: &[&str]) -> Result<(), Failed> {
    let missing: Vec<_> = parts.iter().filter(|part| !text.contains(**part)).collect();
    ensure(missing.is_empty(), || format!("no {missing:?} in\n{text}"))
}
