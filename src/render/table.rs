//! Tables that templates read, packed: rows with the same keys, made when a template comes to them.
//!
//! In: texts, lists of texts, numbers and other values, row by row. Out: lists of rows.
//! Refuses to know: what the keys mean.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};

use super::pool::{Piece, Pool};

/// Rows that are all of one kind.
#[derive(Debug, Default)]
pub(super) struct Table {
    keys: &'static [&'static str],
    pool: Pool,
    cells: Vec<Cell>,
    /// The column that was asked for last: templates ask for columns in order.
    next: AtomicUsize,
    /// The texts of lists.
    listed: Vec<Piece>,
    values: Vec<Value>,
}

#[derive(Clone, Copy, Debug)]
enum Cell {
    Text(Piece),
    /// From where to where in `listed`.
    Texts(u32, u32),
    Number(u32),
    Flag(bool),
    /// Where in `values`.
    Value(u32),
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
        table.cells.reserve_exact(rows * cells);
        table.pool.reserve(rows * cells * 8);
        table
    }

    /// The keys of the row that follows.
    pub(super) fn keys(&mut self, keys: &'static [&'static str]) {
        self.keys = keys;
    }

    pub(super) fn text(&mut self, text: &str) {
        let piece = self.pool.add(text);
        self.cells.push(Cell::Text(piece));
    }

    pub(super) fn texts<T: AsRef<str>>(&mut self, texts: impl IntoIterator<Item = T>) {
        let start = index(self.listed.len());
        for text in texts {
            let piece = self.pool.add(text.as_ref());
            self.listed.push(piece);
        }
        self.cells
            .push(Cell::Texts(start, index(self.listed.len())));
    }

    pub(super) fn number(&mut self, number: usize) {
        self.cells.push(Cell::Number(index(number)));
    }

    pub(super) fn flag(&mut self, flag: bool) {
        self.cells.push(Cell::Flag(flag));
    }

    pub(super) fn value(&mut self, value: Value) {
        self.cells.push(Cell::Value(index(self.values.len())));
        self.values.push(value);
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.cells.len().checked_div(self.keys.len()).unwrap_or(0)
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

    fn cell(self: &Arc<Self>, row: usize, key: &str) -> Option<Value> {
        let cell = self.cells.get(row * self.keys.len() + self.column(key)?)?;
        Some(match *cell {
            Cell::Text(piece) => Value::from(self.pool.get(piece)),
            Cell::Texts(start, end) => Value::from_object(Texts {
                table: Arc::clone(self),
                range: start as usize..end as usize,
            }),
            Cell::Number(number) => Value::from(number),
            Cell::Flag(flag) => Value::from(flag),
            Cell::Value(place) => self.values.get(place as usize)?.clone(),
        })
    }

    /// The column of a key, looked for from where the last one was found.
    fn column(&self, key: &str) -> Option<usize> {
        let next = self.next.load(Ordering::Relaxed).min(self.keys.len());
        let (before, after) = self.keys.split_at(next);
        let is_wanted = |known: &&str| *known == key;
        let place = after.iter().position(is_wanted);
        let column = place.map_or_else(
            || before.iter().position(is_wanted),
            |place| Some(next + place),
        )?;
        self.next.store(column, Ordering::Relaxed);
        Some(column)
    }
}

fn index(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

#[derive(Debug)]
struct Rows {
    table: Arc<Table>,
    range: Range<usize>,
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
struct Texts {
    table: Arc<Table>,
    range: Range<usize>,
}

impl Object for Texts {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let index = key.as_usize().filter(|index| *index < self.range.len())?;
        let piece = self.table.listed.get(self.range.start + index)?;
        Some(Value::from(self.table.pool.get(*piece)))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.range.len())
    }
}

#[derive(Debug)]
struct Row {
    table: Arc<Table>,
    index: usize,
}

impl Object for Row {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.table.cell(self.index, key)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(self.table.keys)
    }
}
