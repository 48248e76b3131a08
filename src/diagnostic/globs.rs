//! Globs over names, each with what it stands for.
//!
//! In: patterns with their places. Out: which of them match a name, and which never did.
//! Refuses to know: what the names name.
//!
//! Patterns without wildcards are looked up, so that long lists of plain ids stay fast.

use std::collections::BTreeMap;

use glob::Pattern;

use crate::spec::Text;

struct Row<'s, T> {
    at: Text<'s>,
    value: T,
    is_used: bool,
}

/// A list of globs.
pub(super) struct Globs<'s, T> {
    rows: Vec<Row<'s, T>>,
    exact: BTreeMap<&'s str, usize>,
    wild: Vec<(Pattern, usize)>,
}

impl<'s, T: Copy> Globs<'s, T> {
    pub(super) fn new() -> Self {
        Self {
            rows: Vec::new(),
            exact: BTreeMap::new(),
            wild: Vec::new(),
        }
    }

    /// Adds a pattern; what is wrong with it otherwise.
    pub(super) fn add(&mut self, at: Text<'s>, value: T) -> Result<(), &'static str> {
        let row = self.rows.len();
        if at.value.contains(['*', '?', '[']) {
            let pattern = Pattern::new(at.value).map_err(|error| error.msg)?;
            self.wild.push((pattern, row));
        } else {
            self.exact.insert(at.value, row);
        }
        self.rows.push(Row {
            at,
            value,
            is_used: false,
        });
        Ok(())
    }

    /// What the last pattern that matches one of the names stands for; all that match count as used.
    pub(super) fn find<'n>(&mut self, names: impl Iterator<Item = &'n str>) -> Option<T> {
        if self.rows.is_empty() {
            return None;
        }
        let mut last = None;
        for name in names {
            let exact = self.exact.get(name).copied();
            let wild = self
                .wild
                .iter()
                .filter(|(pattern, _)| pattern.matches(name));
            for row in exact.into_iter().chain(wild.map(|(_, row)| *row)) {
                self.rows[row].is_used = true;
                last = last.max(Some(row));
            }
        }
        last.map(|row| self.rows[row].value)
    }

    /// The patterns that matched nothing so far.
    pub(super) fn unused(&self) -> impl Iterator<Item = Text<'s>> {
        self.rows
            .iter()
            .filter(|row| !row.is_used)
            .map(|row| row.at)
    }
}
