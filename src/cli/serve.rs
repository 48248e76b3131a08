//! `serve`: the explorer on loopback, made anew on every save.
//!
//! In: arguments. Out: a server until it is interrupted, and a line for each save on stderr.
//! Refuses to know: HTTP and file events.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use super::Exit;
use super::arguments::{Arguments, ServeOptions};
use super::output::Output;
use super::workspace;
use crate::layout::Memory;
use crate::pipeline::{self, Explored};
use crate::serve::{Board, Rebuild, Server, Watch, settle};
use crate::source::Workspace;

/// Editors save in several steps: write, rename, set times.
const SAVE: Duration = Duration::from_millis(10);
/// How long more steps are waited for when what is there is broken.
const DOUBT: Duration = Duration::from_millis(40);

pub(super) fn run(
    arguments: &Arguments,
    options: &ServeOptions,
    output: &mut Output,
) -> Result<Exit> {
    let workspace = workspace::find(arguments.spec.as_deref())?;
    if matches!(workspace, Workspace::Memory { .. }) {
        bail!("`serve` follows files; name one with --spec instead of `-`");
    }
    let (wake, changed) = sync_channel(1);
    let mut watch = Watch::start(wake.clone())?;
    let mut rebuild = Rebuild::default();
    let memory = Memory::default();
    let first = pipeline::explore(&workspace, &memory)?;
    follow(&mut watch, &first, output);
    let (title, data) = rebuild.take(Ok(first));
    let board = Arc::new(Board::new(&title, &data));
    let server = Server::bind(options.port)?;
    let url = server.url();
    // Whoever reads the address may end it at once.
    let ended = Arc::new(AtomicBool::new(false));
    let interrupted = Arc::clone(&ended);
    ctrlc::set_handler(move || {
        interrupted.store(true, Ordering::SeqCst);
        // A full channel wakes the loop too.
        let _ = wake.try_send(());
    })
    .context("can't watch for Ctrl-C")?;
    output.insist(&format!(
        "serving {} at {url}; Ctrl-C ends it",
        workspace.main()
    ));
    if options.open {
        open::that_detached(&url).with_context(|| format!("can't open a browser at {url}"))?;
    }
    std::thread::scope(|scope| {
        scope.spawn(|| server.run(&board));
        let mut each = || {
            let outcome =
                whole_if_it_comes(&changed, &ended, || pipeline::explore(&workspace, &memory));
            if let Ok(explored) = &outcome {
                follow(&mut watch, explored, output);
            }
            let is_whole = is_whole(&outcome);
            let (title, data) = rebuild.take(outcome);
            if board.post(&title, &data) {
                output.say(if is_whole {
                    "updated"
                } else {
                    "the specification has errors; the page shows them"
                });
            }
        };
        until_ended(&changed, &ended, &mut each);
        board.close();
        server.stop();
    });
    Ok(Exit::Clean)
}

fn until_ended(changed: &Receiver<()>, ended: &AtomicBool, each: &mut dyn FnMut()) {
    let is_over = || ended.load(Ordering::SeqCst);
    // The signal of the end may be taken for one of a save, so the end is looked for twice.
    while !is_over() && changed.recv().is_ok() && !is_over() {
        settle(changed, SAVE);
        each();
    }
}

/// Half of a save may be no specification: what is broken is looked at again if the files
/// are still changing.
fn whole_if_it_comes(
    changed: &Receiver<()>,
    ended: &AtomicBool,
    explore: impl Fn() -> Result<Explored>,
) -> Result<Explored> {
    let mut outcome = explore();
    while !is_whole(&outcome) && settle(changed, DOUBT) && !ended.load(Ordering::SeqCst) {
        outcome = explore();
    }
    outcome
}

fn is_whole(outcome: &Result<Explored>) -> bool {
    outcome.as_ref().is_ok_and(|explored| explored.is_whole)
}

fn follow(watch: &mut Watch, explored: &Explored, output: &mut Output) {
    for folder in watch.follow(&explored.folders) {
        output.insist(&format!(
            "warning: can't watch `{}`; changes there are not noticed",
            folder.display()
        ));
    }
}
