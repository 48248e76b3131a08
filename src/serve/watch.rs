//! Tells when a file of the page's inputs was saved.
//!
//! In: folders. Out: a signal a little after each change, once for many at the same time.
//! Refuses to know: what changed; whoever is told reads everything again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::SyncSender;
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, RecommendedCache, new_debouncer};

/// Editors save in several steps: write, rename, set times.
const QUIET: Duration = Duration::from_millis(30);

/// Watches folders, not what is below them.
pub struct Watch {
    debouncer: Debouncer<RecommendedWatcher, RecommendedCache>,
    watched: BTreeSet<PathBuf>,
}

impl Watch {
    /// Signals on the channel; a signal that nobody has taken yet stands for later ones too.
    pub fn start(changed: SyncSender<()>) -> Result<Self> {
        let tell = move |result: DebounceEventResult| {
            let is_change = match &result {
                Ok(events) => events.iter().any(|event| is_change(event.kind)),
                // Better to look once too often than to miss a change.
                Err(_) => true,
            };
            if is_change {
                // Full means that a signal is already waiting; closed means that nobody listens.
                let _ = changed.try_send(());
            }
        };
        let debouncer = new_debouncer(QUIET, None, tell).context("can't watch files")?;
        Ok(Self {
            debouncer,
            watched: BTreeSet::new(),
        })
    }

    /// Watches these folders from now on; those that can't be watched are returned.
    pub fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
        for gone in self.watched.difference(folders) {
            // It may have been deleted.
            let _ = self.debouncer.unwatch(gone);
        }
        let new: Vec<PathBuf> = folders.difference(&self.watched).cloned().collect();
        self.watched.clone_from(folders);
        let failed = new.into_iter().filter(|folder| self.watch(folder).is_err());
        failed.collect()
    }

    fn watch(&mut self, folder: &Path) -> notify::Result<()> {
        self.debouncer.watch(folder, RecursiveMode::NonRecursive)
    }
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Watch")
            .field("watched", &self.watched)
            .finish_non_exhaustive()
    }
}

/// Reading a file is no change.
fn is_change(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(_))
}
