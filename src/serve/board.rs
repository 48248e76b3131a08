//! The newest data of the page, and who waits for the next.
//!
//! In: data. Out: data with its version, at once or when it changes. Refuses to know: HTTP.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// What is shown now.
#[derive(Clone, Debug)]
pub struct Posted {
    /// Counts up with every change.
    pub version: u64,
    /// The data of the page as JSON.
    pub data: Arc<str>,
    /// The title of the page.
    pub title: Arc<str>,
}

/// Shared by the thread that makes data and those that answer.
#[derive(Debug)]
pub struct Board {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug)]
struct State {
    posted: Posted,
    is_closed: bool,
}

impl Board {
    /// A board that shows its first data.
    pub fn new(title: &str, data: &str) -> Self {
        let posted = Posted {
            version: 1,
            data: data.into(),
            title: title.into(),
        };
        Self {
            state: Mutex::new(State {
                posted,
                is_closed: false,
            }),
            changed: Condvar::new(),
        }
    }

    /// Shows new data; the same data again is no change. Returns whether it is one.
    pub fn post(&self, title: &str, data: &str) -> bool {
        let mut state = self.lock();
        if *state.posted.data == *data && *state.posted.title == *title {
            return false;
        }
        state.posted = Posted {
            version: state.posted.version + 1,
            data: data.into(),
            title: title.into(),
        };
        self.changed.notify_all();
        true
    }

    /// Nothing will change any more; whoever waits is let go.
    pub fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    /// What is shown now.
    pub fn posted(&self) -> Posted {
        self.lock().posted.clone()
    }

    /// What is shown once it differs from `version`; `None` if it does not in time.
    pub fn after(&self, version: u64, patience: Duration) -> Option<Posted> {
        let is_same = |state: &mut State| state.posted.version == version && !state.is_closed;
        let waited = self
            .changed
            .wait_timeout_while(self.lock(), patience, is_same);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        (state.posted.version != version).then(|| state.posted.clone())
    }

    /// A thread that panicked left whole data behind: it is replaced in one assignment.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Board;

    #[test]
    fn who_waits_gets_the_next_version_and_only_that() {
        let board = Board::new("t", "1");
        assert_eq!(board.after(0, Duration::ZERO).map(|p| p.version), Some(1));
        assert!(board.after(1, Duration::from_millis(1)).is_none());
        assert!(!board.post("t", "1"), "the same data is no change");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| board.after(1, Duration::from_secs(60)));
            assert!(board.post("t", "2"));
            let posted = waiting.join().unwrap();
            assert_eq!(&*posted.unwrap().data, "2");
        });
    }

    #[test]
    fn closing_lets_everybody_go() {
        let board = Board::new("t", "1");
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| board.after(1, Duration::from_secs(60)));
            board.close();
            assert!(waiting.join().unwrap().is_none());
        });
    }
}
