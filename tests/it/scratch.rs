//! Folders of their own for tests, and the program run in them.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use libtest_mimic::Failed;

use crate::case::{ensure, root};

/// A folder of its own for a test, removed with the value.
pub(crate) struct Scratch(pub(crate) PathBuf);

impl Scratch {
    pub(crate) fn new(name: &str) -> Result<Self, Failed> {
        let path = root("target/scratch").join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path)?;
        }
        std::fs::create_dir_all(&path)?;
        Ok(Self(path))
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> Result<PathBuf, Failed> {
        let path = self.0.join(name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text)?;
        Ok(path)
    }

    pub(crate) fn read(&self, name: &str) -> Result<String, Failed> {
        Ok(std::fs::read_to_string(self.0.join(name))?)
    }

    /// Runs the program in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Output, Failed> {
        run(&self.0, arguments)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // A folder that stays behind is replaced by the next run.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Result<Output, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_archviz"));
    command
        .current_dir(folder)
        .args(arguments)
        .env_remove("ARCHVIZ_SPEC")
        .env_remove("SOURCE_DATE_EPOCH")
        .env("NO_COLOR", "1");
    Ok(command.output()?)
}

/// What a run said, if it ended with this code.
pub(crate) fn expect(output: &Output, code: i32) -> Result<String, Failed> {
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

/// Fails unless the text holds every part.
pub(crate) fn holds(text: &str, parts: &[&str]) -> Result<(), Failed> {
    let missing: Vec<&&str> = parts.iter().filter(|part| !text.contains(**part)).collect();
    ensure(missing.is_empty(), || format!("no {missing:?} in\n{text}"))
}
