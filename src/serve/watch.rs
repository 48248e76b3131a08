//! Tells when a file of the page's inputs was saved.
//!
//! In: folders. Out: a signal for each change, and a wait for the end of a save, which has
//! several. Refuses to know: what changed; whoever is told reads everything again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender};
use std::time::Duration;

use anyhow::{Context, Result};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// Signals of one save, at most: a file that is written all the time is no reason to wait for ever.
const MOST_SIGNALS: usize = 50;

/// Waits until no signal came for so long. Returns whether any came.
pub fn settle(changed: &Receiver<()>, quiet: Duration) -> bool {
    let signals = (0..MOST_SIGNALS).take_while(|_| changed.recv_timeout(quiet).is_ok());
    signals.count() > 0
}

/// Watches folders, not what is below them.
pub struct Watch {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    changed: SyncSender<()>,
}

impl Watch {
    /// Signals on the channel; a signal that nobody has taken yet stands for later ones too.
    pub fn start(changed: SyncSender<()>) -> Result<Self> {
        let signals = changed.clone();
        let tell = move |event: notify::Result<Event>| {
            // Better to look once too often than to miss a change.
            if event.map_or(true, |event| is_change(event.kind)) {
                // Full means that a signal is already waiting; closed means that nobody listens.
                let _ = signals.try_send(());
            }
        };
        let watcher = notify::recommended_watcher(tell).context("can't watch files")?;
        Ok(Self {
            watcher,
            watched: BTreeSet::new(),
            changed,
        })
    }

    /// Watches these folders from now on; those that can't be watched are returned. New ones
    /// are a signal: what was saved there a moment ago may have been read before.
    pub fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> Vec<PathBuf> {
        for gone in self.watched.difference(folders) {
            // It may have been deleted.
            let _ = self.watcher.unwatch(gone);
        }
        let new: Vec<PathBuf> = folders.difference(&self.watched).cloned().collect();
        self.watched.clone_from(folders);
        let is_new = !new.is_empty();
        let failed = new.into_iter().filter(|folder| self.watch(folder).is_err());
        let failed = failed.collect();
        if is_new {
            // A signal that is already waiting does as well.
            let _ = self.changed.try_send(());
        }
        failed
    }

    fn watch(&mut self, folder: &Path) -> notify::Result<()> {
        self.watcher.watch(folder, RecursiveMode::NonRecursive)
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
