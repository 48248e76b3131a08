//! Work on many items, on all cores.
//!
//! In: items and what to do with each. Out: the results in the order of the items, whatever
//! core was faster. Refuses to know: what the work is.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// As much as the first thread of a program usually has.
const STACK_BYTES: usize = 8 << 20;

/// The results in the order of the items. Each thread takes the next item that nobody has.
pub(super) fn side_by_side<I: Sync, R: Send>(items: &[I], work: impl Fn(&I) -> R + Sync) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let next = AtomicUsize::new(0);
    let take_all = || {
        let mut done = Vec::new();
        while let at = next.fetch_add(1, Ordering::Relaxed)
            && let Some(item) = items.get(at)
        {
            done.push((at, work(item)));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        // A thread that can't be started is no loss but of speed.
        let helpers: Vec<_> = (1..cores.min(items.len()))
            .map_while(|_| {
                let helper = thread::Builder::new().stack_size(STACK_BYTES);
                helper.spawn_scoped(scope, take_all).ok()
            })
            .collect();
        let mut done = take_all();
        for helper in helpers {
            match helper.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}
