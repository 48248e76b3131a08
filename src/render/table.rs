//! Tables that templates read, packed: rows with the same keys, made when a template comes to them.
//!
//! In: texts, lists of texts, numbers and other values, row by row. Out: lists of rows.
//! Refuses to know: what the keys mean.
//!
//! All texts stand in one string in the order of the cells, so that a cell is where its text ends
//! and what it is: five bytes.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::field::Field;

/// Rows that are all of one kind.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: &'static [&'static str],
    text: String,
    /// Where the text of each cell ends.
    ends: Vec<u32>,
    kinds: Vec<Kind>,
    /// The column that was asked for last: templates ask for columns in order.
    last: AtomicUsize,
    /// Where the texts of lists end.
    breaks: Vec<u32>,
    /// What is no text, by the number of its cell.
    values: Vec<(u32, Value)>,
}

/// Where a key was found last: in which list of keys, and where in it.
#[derive(Debug, Default)]
pub(super) struct Column {
    keys: AtomicUsize,
    place: AtomicUsize,
}

#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Texts,
    Number,
    Yes,
    No,
    Value,
}

/// Writes a row: keys, and for each how its cell is written.
macro_rules! row_of {
    ($table:ident { $($key:tt: $kind:ident($cell:expr)),+ $(,)? }) => {
        $table.keys(&[$(stringify!($key)),+]);
        $($table.$kind($cell);)+
    };
}
pub(super) use row_of;

impl Table {
    /// A table with room for so many rows with so many cells, since what grows is copied over
    /// and over.
    pub(super) fn with_room(rows: usize, cells: usize) -> Self {
        let mut table = Self::default();
        table.ends.reserve_exact(rows * cells);
        table.kinds.reserve_exact(rows * cells);
        table.text.reserve(rows * cells * 8);
        table
    }

    /// The keys of the row that follows.
    pub(super) fn keys(&mut self, keys: &'static [&'static str]) {
        self.keys = keys;
    }

    pub(super) fn text(&mut self, text: &str) {
        self.text.push_str(text);
        self.end(Kind::Text);
    }

    /// The texts of a list; those that are empty are left out.
    pub(super) fn texts<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        for text in texts {
            let start = self.text.len();
            self.text.push_str(text.as_ref());
            if self.text.len() > start {
                self.breaks.push(index(self.text.len()));
            }
        }
        self.end(Kind::Texts);
    }

    pub(super) fn number(&mut self, number: usize) {
        let _ = write!(self.text, "{number}");
        self.end(Kind::Number);
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.end(if flag { Kind::Yes } else { Kind::No });
    }

    /// A list of rows; most are empty.
    pub(super) fn values(&mut self, values: Vec<Value>) {
        if values.is_empty() {
            return self.end(Kind::Texts);
        }
        let cell = index(self.ends.len());
        self.values.push((cell, Value::from(values)));
        self.end(Kind::Value);
    }

    fn end(&mut self, kind: Kind) {
        self.ends.push(index(self.text.len()));
        self.kinds.push(kind);
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len().checked_div(self.keys.len()).unwrap_or(0)
    }

    /// Some of the rows, as a list.
    pub(super) fn rows(self: &Arc<Self>, range: Range<usize>) -> Value {
        let table = Arc::clone(self);
        Value::from_object(Rows { table, range })
    }

    /// All rows, as a list.
    pub(super) fn into_list(self) -> Value {
        let count = self.len();
        Arc::new(self).rows(0..count)
    }

    /// The only row.
    pub(super) fn into_row(self) -> Value {
        let table = Arc::new(self);
        Value::from_object(Row { table, index: 0 })
    }

    #[inline]
    fn cell(self: &Arc<Self>, row: usize, column: usize) -> Option<Field<'_>> {
        let cell = row * self.keys.len() + column;
        let before = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = before as usize..*self.ends.get(cell)? as usize;
        let text = self.text.get(range.clone()).unwrap_or("");
        Some(match self.kinds[cell] {
            Kind::Text => Field::Text(text),
            Kind::Texts => Field::Texts(Texts::new(self, range)),
            Kind::Number => Field::Digits(text),
            Kind::Yes => Field::from(true),
            Kind::No => Field::from(false),
            Kind::Value => {
                let is_before = |(place, _): &(u32, Value)| (*place as usize) < cell;
                let at = self.values.partition_point(is_before);
                Field::Shared(&self.values.get(at)?.1)
            }
        })
    }

    /// The column of a key. Each place in a pattern asks for the same one row by row, so that
    /// the names need not be compared.
    #[inline]
    fn column(&self, key: &str, known: &Column) -> Option<usize> {
        let keys = self.keys.as_ptr().addr();
        if known.keys.load(Ordering::Relaxed) == keys {
            return Some(known.place.load(Ordering::Relaxed));
        }
        let place = self.find(key, 0)?;
        known.place.store(place, Ordering::Relaxed);
        known.keys.store(keys, Ordering::Relaxed);
        Some(place)
    }

    /// Where a key is, looked for from some column on.
    fn find(&self, key: &str, start: usize) -> Option<usize> {
        let (before, after) = self.keys.split_at(start.min(self.keys.len()));
        let is_wanted = |known: &&str| *known == key;
        let place = after.iter().position(is_wanted);
        place
            .map(|place| start + place)
            .or_else(|| before.iter().position(is_wanted))
    }
}

fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// Some rows of a table, as a list.
#[derive(Debug)]
pub(super) struct Rows {
    table: Arc<Table>,
    range: Range<usize>,
}

impl Rows {
    /// The rows in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Row> {
        self.range.clone().map(|index| Row {
            table: Arc::clone(&self.table),
            index,
        })
    }
}

impl Object for Rows {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = key.as_usize().filter(|index| *index < self.range.len())?;
        let table = Arc::clone(&self.table);
        let index = self.range.start + index;
        Some(Value::from_object(Row { table, index }))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.range.len())
    }
}

/// The texts of one cell.
#[derive(Debug)]
pub(super) struct Texts {
    table: Arc<Table>,
    /// Where the first text starts.
    start: usize,
    /// Their ends among those of the table.
    breaks: Range<usize>,
}

impl Texts {
    fn new(table: &Arc<Table>, range: Range<usize>) -> Self {
        let first_after = |at: usize| {
            let breaks = &table.breaks;
            breaks.partition_point(|end| *end as usize <= at)
        };
        let breaks = if range.is_empty() {
            0..0
        } else {
            first_after(range.start)..first_after(range.end)
        };
        Self {
            table: Arc::clone(table),
            start: range.start,
            breaks,
        }
    }

    /// The texts in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = &str> {
        self.breaks.clone().filter_map(|at| self.get(at))
    }

    fn get(&self, at: usize) -> Option<&str> {
        let end = *self.table.breaks.get(at)? as usize;
        let start = if at == self.breaks.start {
            self.start
        } else {
            self.table.breaks[at - 1] as usize
        };
        self.table.text.get(start..end)
    }
}

impl Object for Texts {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = key.as_usize().filter(|index| *index < self.breaks.len())?;
        self.get(self.breaks.start + index).map(Value::from)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.breaks.len())
    }
}

/// A row of a table.
#[derive(Debug)]
pub(super) struct Row {
    table: Arc<Table>,
    index: usize,
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let last = &self.table.last;
        let place = self.table.find(key, last.load(Ordering::Relaxed))?;
        last.store(place, Ordering::Relaxed);
        self.table.cell(self.index, place).map(Value::from)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(self.table.keys)
    }
}

impl Row {
    /// What it says at a key; the column is of whoever asks, for one key alone.
    #[inline]
    pub(super) fn field_in(&self, key: &str, column: &Column) -> Option<Field<'_>> {
        let column = self.table.column(key, column)?;
        self.table.cell(self.index, column)
    }
}
