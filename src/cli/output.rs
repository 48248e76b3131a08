//! Where texts go: stdout, stderr and files. Nothing else prints.
//!
//! In: finished texts. Out: bytes, colors removed where they are not wanted.
//! Refuses to know: what the texts say.

use std::io::{ErrorKind, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::arguments::Color;

/// The streams of one run.
#[derive(Debug)]
pub(super) struct Output {
    quiet: bool,
    /// For people: colors are removed where they are not shown.
    colored: anstream::Stdout,
    /// For programs: bytes exactly as they are.
    plain: std::io::Stdout,
    messages: anstream::Stderr,
}

impl Output {
    pub(super) fn new(color: Color, quiet: bool) -> Self {
        match color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Self {
            quiet,
            colored: anstream::stdout(),
            plain: std::io::stdout(),
            messages: anstream::stderr(),
        }
    }

    /// Writes data to stdout; colors stay only where stdout shows them.
    pub(super) fn data(&mut self, text: &str) -> Result<()> {
        self.colored
            .write_all(text.as_bytes())
            .and_then(|()| self.colored.flush())
            .context("can't write to stdout")
    }

    /// Writes bytes to stdout exactly as they are.
    pub(super) fn raw(&mut self, bytes: impl AsRef<[u8]>) -> Result<()> {
        self.plain
            .write_all(bytes.as_ref())
            .and_then(|()| self.plain.flush())
            .context("can't write to stdout")
    }

    /// Says something to the person in front, unless asked to be quiet.
    pub(super) fn say(&mut self, text: &str) {
        if !self.quiet {
            self.insist(text);
        }
    }

    /// Says something to the person in front even when asked to be quiet.
    pub(super) fn insist(&mut self, text: &str) {
        // Nothing can be done if stderr is gone.
        let _ = writeln!(self.messages, "{}", text.trim_end());
    }

    /// Reports why the run can't go on.
    pub(super) fn error(&mut self, error: &anyhow::Error) {
        self.insist(&format!("\u{1b}[1;31merror\u{1b}[0m: {error:#}"));
    }
}

/// Whether the reader of stdout went away, as `head` does.
pub(super) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let io = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == ErrorKind::BrokenPipe)
    };
    error.chain().any(io)
}

/// Writes a file whole or not at all: to a temporary file beside it, then renamed. What is
/// there and no file, such as `/dev/null` or a pipe, is written to and never replaced.
pub(super) fn write_file(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let shown = path.display();
    if std::fs::metadata(path).is_ok_and(|data| !data.is_file() && !data.is_dir()) {
        return std::fs::write(path, content).with_context(|| format!("can't write `{shown}`"));
    }
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .with_context(|| format!("can't make folder `{}`", folder.display()))?;
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let written =
        std::fs::write(&temporary, content).and_then(|()| std::fs::rename(&temporary, path));
    if written.is_err() {
        // The temporary file may not exist; the first error is the one to report.
        let _ = std::fs::remove_file(&temporary);
    }
    written.with_context(|| format!("can't write `{shown}`"))
}
