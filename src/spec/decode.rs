//! From syntax nodes to typed values, with findings instead of failures.
//!
//! In: [`Node`]s. Out: values whose every leaf knows its place; problems go to the
//! sink, and decoding goes on. Refuses to know: which names exist.
//!
//! `record.rs` declares the mappings that are read here.

use serde_json::{Map, Value, json};

use crate::diagnostic::{
    AMBIGUOUS_BOOLEAN, DUPLICATE_KEY, Diagnostic, Diagnostics, EMPTY_VALUE, MISSING_REQUIRED,
    UNKNOWN_KEY, WRONG_TYPE, did_you_mean,
};
use crate::source::{Node, NodeKind, Span};

/// Nodes visited at most in one file, aliases followed: the bound against alias bombs.
const VISIT_BUDGET: u32 = 40_000_000;
/// Aliases are followed at most this deep.
const MAX_DEPTH: u32 = 200;

/// `<<: *base` adds what `base` has. Quoted, it is a key like any other.
const MERGE_KEY: &str = "<<";

/// A value with the place it was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A text with its place.
pub type Text<'s> = At<&'s str>;
/// A mapping whose keys are the user's, in the order written.
pub type Entries<'s, T> = Vec<(Text<'s>, T)>;

/// The state of decoding one file.
pub(crate) struct Decoder<'s, 'd> {
    pub(crate) out: &'d mut Diagnostics,
    /// The element being read, as in "topic `agent.executions`".
    element: Option<&'s str>,
    /// Whether an element of the mapping being read could not be read.
    has_lost: bool,
    visits: u32,
    depth: u32,
}

/// A type that can be read from a node and described by a JSON Schema.
pub(crate) trait Decode<'s>: Sized {
    /// Reads the value; `None` after a finding.
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self>;
    /// Describes what is accepted.
    fn schema(schemas: &mut Schemas) -> Value;
}

/// A mapping of the language: its keys, and how each is read.
pub(crate) trait Record<'s>: Sized {
    /// What it is called in messages.
    const NOUN: &'static str;
    /// Its keys, in the order of the reference.
    const KEYS: &'static [&'static str];
    /// The keys it can't do without.
    const REQUIRED: &'static [&'static str];
    /// A value that says nothing.
    fn nothing(span: Span) -> Self;
    /// The place of a key in `KEYS`.
    fn index(key: &str) -> Option<usize>;
    /// Reads the value of the key at a place in `KEYS`; `None` if it is no such value.
    fn set(&mut self, index: usize, cx: &mut Decoder<'s, '_>, value: Node<'s>) -> Option<()>;
    /// The keys that say more than could be read, as bits in the order of `KEYS`.
    fn unread(&self) -> u64;
    /// Adds such keys.
    fn add_unread(&mut self, keys: u64);

    /// Whether one of `KEYS` says more than could be read.
    fn is_unread(&self, key: &str) -> bool {
        Self::index(key).is_some_and(|index| self.unread() & (1 << index) != 0)
    }
}

/// The named definitions of a JSON Schema while it is built.
#[derive(Default)]
pub(crate) struct Schemas {
    pub(crate) definitions: Map<String, Value>,
}

impl Schemas {
    /// A reference to the definition `name`, built on first use.
    pub(crate) fn define(&mut self, name: &str, build: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Value::Null);
            let schema = build(self);
            self.definitions.insert(name.to_owned(), schema);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

impl<'s, 'd> Decoder<'s, 'd> {
    pub(crate) fn new(out: &'d mut Diagnostics) -> Self {
        Self {
            out,
            element: None,
            has_lost: false,
            visits: 0,
            depth: 0,
        }
    }

    /// Counts a visit; false when the budget is spent.
    pub(crate) fn enter(&mut self, node: Node<'s>) -> bool {
        self.visits += 1;
        self.depth += 1;
        if self.visits == VISIT_BUDGET || self.depth == MAX_DEPTH {
            self.out.push(
                Diagnostic::new(
                    WRONG_TYPE,
                    "the document expands to more values than are read",
                    node.span(),
                    "reached here",
                )
                .help("use fewer or shallower aliases"),
            );
        }
        self.visits < VISIT_BUDGET && self.depth < MAX_DEPTH
    }

    pub(crate) fn leave(&mut self) {
        self.depth -= 1;
    }

    /// Decodes the value of an element named `key`, so that findings can name it.
    pub(crate) fn within<T: Decode<'s>>(&mut self, key: &'s str, node: Node<'s>) -> Option<T> {
        let outer = self.element.replace(key);
        let value = T::decode(self, node);
        self.element = outer;
        value
    }

    /// Reads a mapping key by key. Keys are remembered as bits, so that nothing is allocated.
    pub(crate) fn record<R: Record<'s>>(&mut self, node: Node<'s>) -> Option<R> {
        if node.kind() != NodeKind::Mapping {
            self.wrong_type(node, &format!("a mapping ({})", R::NOUN));
            return None;
        }
        if !self.enter(node) {
            return None;
        }
        let mut record = R::nothing(node.span());
        let mut seen = 0;
        self.record_entries(node, &mut record, &mut seen, Origin::Written);
        for key in R::REQUIRED {
            let is_seen = R::index(key).is_some_and(|index| seen & (1 << index) != 0);
            if !is_seen {
                self.missing(R::NOUN, node.span(), key);
            }
        }
        self.leave();
        Some(record)
    }

    fn record_entries<R: Record<'s>>(
        &mut self,
        node: Node<'s>,
        record: &mut R,
        seen: &mut u64,
        origin: Origin,
    ) {
        let before = *seen;
        let mut has_merges = false;
        for (key, value) in node.entries() {
            let Some(name) = self.text(key, "a text as key") else {
                continue;
            };
            if name.value == MERGE_KEY && is_merge_key(key) {
                has_merges = true;
                continue;
            }
            let key = name;
            let Some(index) = R::index(key.value) else {
                if !key.value.starts_with("x-") {
                    let meant = self.unknown_key(R::NOUN, key, R::KEYS);
                    let bit = meant.and_then(R::index).map_or(0, |index| 1 << index);
                    *seen |= bit;
                    record.add_unread(bit);
                }
                continue;
            };
            let bit = 1 << index;
            if origin == Origin::Merged && before & bit != 0 {
                continue;
            }
            if *seen & bit != 0 {
                self.duplicate_in(node, key);
                continue;
            }
            *seen |= bit;
            if value.is_null() && value.is_cut() {
                // The syntax error before it has been reported.
                record.add_unread(bit);
                continue;
            }
            if value.is_null() {
                self.empty(key);
                continue;
            }
            let is_read = record.set(index, self, value).is_some();
            let has_lost = std::mem::take(&mut self.has_lost);
            if !is_read || has_lost || value.is_cut() {
                record.add_unread(bit);
            }
        }
        if has_merges {
            self.record_merges(node, record, seen);
        }
    }

    /// `<<: *base` and `<<: [*a, *b]`: what is written explicitly wins, then the first.
    fn record_merges<R: Record<'s>>(&mut self, node: Node<'s>, record: &mut R, seen: &mut u64) {
        for (_, value) in node.entries().filter(|(key, _)| is_merge_key(*key)) {
            let bases = value
                .items()
                .chain((value.kind() != NodeKind::Sequence).then_some(value));
            for base in bases {
                if base.kind() != NodeKind::Mapping {
                    self.wrong_type(base, "a mapping to merge");
                } else if self.enter(base) {
                    self.record_entries(base, record, seen, Origin::Merged);
                    self.leave();
                }
            }
        }
    }

    /// Reports the second of two equal keys, with the place of the first.
    fn duplicate_in(&mut self, node: Node<'s>, second: Text<'s>) {
        let first = node
            .entries()
            .map(|(key, _)| key)
            .find(|key| key.text() == Some(second.value));
        let span = first.map_or(second.span, Node::span);
        if span != second.span {
            self.out.push(duplicate_key(
                At {
                    value: second.value,
                    span,
                },
                second,
            ));
        }
    }

    /// Reports a value of the wrong shape. `expected` completes "expected …".
    pub(crate) fn wrong_type(&mut self, node: Node<'s>, expected: &str) {
        let found = describe(node);
        self.out.push(
            Diagnostic::new(
                WRONG_TYPE,
                format!("expected {expected}, found {found}"),
                node.span(),
                "",
            )
            .help(format!("write {expected} here")),
        );
    }

    /// The text of a scalar, or a finding.
    pub(crate) fn text(&mut self, node: Node<'s>, expected: &str) -> Option<Text<'s>> {
        let Some(value) = node.text() else {
            self.wrong_type(node, expected);
            return None;
        };
        Some(At {
            value,
            span: node.span(),
        })
    }

    /// The entries of a mapping with merge keys expanded and duplicates reported.
    pub(crate) fn entries(&mut self, node: Node<'s>) -> Vec<(Text<'s>, Node<'s>)> {
        let mut entries = Vec::with_capacity(node.entries().count());
        let mut merged = Vec::new();
        for (key, value) in node.entries() {
            let Some(name) = self.text(key, "a text as key") else {
                continue;
            };
            if name.value == MERGE_KEY && is_merge_key(key) {
                merged.push(value);
            } else {
                entries.push((name, value));
            }
        }
        self.report_duplicates(&mut entries);
        for value in merged {
            self.merge(value, &mut entries);
        }
        entries
    }

    fn report_duplicates(&mut self, entries: &mut Vec<(Text<'s>, Node<'s>)>) {
        // Sorted keys have no duplicates out of sight: compare neighbors and be done.
        if entries
            .windows(2)
            .all(|pair| pair[0].0.value < pair[1].0.value)
        {
            return;
        }
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|index| (entries[*index].0.value, *index));
        let mut duplicates = Vec::new();
        for pair in order.windows(2) {
            let (first, second) = (entries[pair[0]].0, entries[pair[1]].0);
            if first.value == second.value {
                self.out.push(duplicate_key(first, second));
                duplicates.push(pair[1]);
            }
        }
        duplicates.sort_unstable();
        for index in duplicates.into_iter().rev() {
            entries.remove(index);
        }
    }

    /// `<<: *base` and `<<: [*a, *b]`: what is written explicitly wins.
    fn merge(&mut self, value: Node<'s>, entries: &mut Vec<(Text<'s>, Node<'s>)>) {
        if !self.enter(value) {
            return;
        }
        match value.kind() {
            NodeKind::Mapping => {
                for (key, value) in self.entries(value) {
                    if entries.iter().all(|(known, _)| known.value != key.value) {
                        entries.push((key, value));
                    }
                }
            }
            NodeKind::Sequence => {
                for item in value.items() {
                    self.merge(item, entries);
                }
            }
            _ => self.wrong_type(value, "a mapping to merge"),
        }
        self.leave();
    }

    /// Reports a key that the record has not.
    pub(crate) fn unknown_key(
        &mut self,
        noun: &str,
        key: Text<'s>,
        keys: &[&'static str],
    ) -> Option<&'static str> {
        let meant = did_you_mean(key.value, keys.iter().copied());
        let meant = keys.iter().copied().find(|known| Some(*known) == meant);
        let place = self
            .element
            .map_or_else(|| noun.to_owned(), |name| format!("{noun} `{name}`"));
        let message = format!("unknown key `{}` in {place}", key.value);
        let diagnostic =
            Diagnostic::new(UNKNOWN_KEY, message, key.span, "not a key of the language");
        self.out.push(match meant {
            Some(meant) => diagnostic
                .help(format!("did you mean `{meant}`?"))
                .fix(key.span, meant),
            None => diagnostic.help(format!(
                "known keys: {}; own data goes under `metadata`",
                keys.join(", ")
            )),
        });
        meant
    }

    /// Reports a record without a key that it needs.
    pub(crate) fn missing(&mut self, noun: &str, span: Span, key: &str) {
        let place = self
            .element
            .map_or_else(|| noun.to_owned(), |name| format!("{noun} `{name}`"));
        let start = Span {
            end: span.start.saturating_add(1).min(span.end),
            ..span
        };
        self.out.push(
            Diagnostic::new(
                MISSING_REQUIRED,
                format!("{place} has no `{key}`"),
                start,
                "",
            )
            .help(format!("add `{key}: …`")),
        );
    }

    /// Reports `key:` with nothing behind it.
    pub(crate) fn empty(&mut self, key: Text<'s>) {
        self.out.push(
            Diagnostic::new(
                EMPTY_VALUE,
                format!("`{}` has no value", key.value),
                key.span,
                "",
            )
            .help("write a value, or remove the key"),
        );
    }
}

/// Where an entry of a record comes from.
#[derive(Clone, Copy, PartialEq)]
enum Origin {
    Written,
    Merged,
}

fn is_merge_key(key: Node<'_>) -> bool {
    key.kind() == NodeKind::Plain && key.text() == Some(MERGE_KEY)
}

fn duplicate_key(first: Text<'_>, second: Text<'_>) -> Diagnostic {
    Diagnostic::new(
        DUPLICATE_KEY,
        format!("key `{}` appears twice", second.value),
        second.span,
        "again here",
    )
    .also(first.span, "first here")
    .help("keep one; most YAML readers silently take the last")
}

/// What a node is, in a message.
fn describe(node: Node<'_>) -> String {
    match node.kind() {
        NodeKind::Sequence => "a list".to_owned(),
        NodeKind::Mapping => "a mapping".to_owned(),
        _ if node.is_null() => "nothing".to_owned(),
        _ => format!(
            "`{}`",
            node.text()
                .unwrap_or("")
                .chars()
                .take(40)
                .collect::<String>()
        ),
    }
}

impl<'s> Decode<'s> for Text<'s> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        if node.is_null() {
            cx.wrong_type(node, "a text");
            return None;
        }
        cx.text(node, "a text")
    }
    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": ["string", "number", "boolean"] })
    }
}

impl<'s> Decode<'s> for At<bool> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        let text = cx.text(node, "`true` or `false`")?;
        let value = match text.value {
            "true" | "True" | "TRUE" => true,
            "false" | "False" | "FALSE" => false,
            _ => {
                cx.not_a_boolean(node, text);
                return None;
            }
        };
        Some(At {
            value,
            span: text.span,
        })
    }
    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": "boolean" })
    }
}

impl<'s> Decoder<'s, '_> {
    fn not_a_boolean(&mut self, node: Node<'s>, text: Text<'s>) {
        let meant = match text.value.to_ascii_lowercase().as_str() {
            "yes" | "on" | "y" => "true",
            "no" | "off" | "n" => "false",
            _ => return self.wrong_type(node, "`true` or `false`"),
        };
        let message = format!("`{}` is no boolean in YAML 1.2", text.value);
        self.out.push(
            Diagnostic::new(AMBIGUOUS_BOOLEAN, message, text.span, "")
                .help(format!("write `{meant}`"))
                .fix(text.span, meant),
        );
    }
}

impl<'s> Decode<'s> for At<u64> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        let text = cx.text(node, "a whole number")?;
        let Ok(value) = text.value.parse() else {
            cx.wrong_type(node, "a whole number");
            return None;
        };
        Some(At {
            value,
            span: text.span,
        })
    }
    fn schema(_: &mut Schemas) -> Value {
        json!({ "type": "integer", "minimum": 0 })
    }
}

impl<'s, T: Decode<'s>> Decode<'s> for Option<T> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        T::decode(cx, node).map(Some)
    }
    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

impl<T: Mapped> Mapped for Box<T> {}

impl<'s, T: Decode<'s>> Decode<'s> for Box<T> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        T::decode(cx, node).map(Self::new)
    }
    fn schema(schemas: &mut Schemas) -> Value {
        T::schema(schemas)
    }
}

/// A list; a single value stands for a list of one.
impl<'s, T: Decode<'s>> Decode<'s> for Vec<T> {
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        if !cx.enter(node) {
            return None;
        }
        let is_list = node.kind() == NodeKind::Sequence;
        // Most lists are short: room for one more than there are would double what they take.
        let mut list = Vec::with_capacity(if is_list { node.items().count() } else { 1 });
        if is_list {
            list.extend(node.items().filter_map(|item| T::decode(cx, item)));
        } else {
            list.extend(T::decode(cx, node));
        }
        cx.leave();
        Some(list)
    }
    fn schema(schemas: &mut Schemas) -> Value {
        let item = T::schema(schemas);
        json!({ "anyOf": [{ "type": "array", "items": item }, item] })
    }
}

/// A mapping whose keys are names of elements.
impl<'s, T: Decode<'s>> Decode<'s> for Entries<'s, T>
where
    T: Mapped,
{
    fn decode(cx: &mut Decoder<'s, '_>, node: Node<'s>) -> Option<Self> {
        if node.kind() != NodeKind::Mapping {
            cx.wrong_type(node, "a mapping of names to values");
            return None;
        }
        if !cx.enter(node) {
            return None;
        }
        let entries = cx.entries(node);
        let mut list = Vec::with_capacity(entries.len());
        let mut has_lost = false;
        for (key, value) in entries {
            match cx.within(key.value, value) {
                Some(value) => list.push((key, value)),
                None => has_lost = true,
            }
        }
        cx.has_lost = has_lost;
        cx.leave();
        Some(list)
    }
    fn schema(schemas: &mut Schemas) -> Value {
        let value = T::schema(schemas);
        json!({ "type": "object", "additionalProperties": value })
    }
}

/// Marks the types that stand as values under names of the user's choice.
pub(crate) trait Mapped {}
