//! The merge of block collections, entry by entry.
//!
//! In: the entries of three versions. Out: segments, and the paths of conflicts. Refuses to
//! know: flow collections, and whether the result is right.

use std::collections::BTreeMap;

use super::entry::{Entry, Form, of_list, of_mapping, shifted};
use super::flow;
use super::order::{Slot, order, runs_at};
use super::segment::{Segment, Side, rendered, three, three_leads};

/// Where the merge is, and what could not be merged so far.
#[derive(Debug, Default)]
pub(super) struct Merger {
    /// Ids from the root to where the merge is.
    pub(super) path: Vec<String>,
    /// Paths that both sides changed differently.
    pub(super) conflicts: Vec<Vec<String>>,
    /// Places where each side has put something of its own.
    pub(super) contested: Vec<Vec<String>>,
}

/// The entries of the base, ours and theirs.
type Lists<'e, 's> = (&'e [Entry<'s>], &'e [Entry<'s>], &'e [Entry<'s>]);
/// An entry in the base, ours and theirs, as far as it is there.
type Sides<'e, 's> = (
    Option<&'e Entry<'s>>,
    Option<&'e Entry<'s>>,
    Option<&'e Entry<'s>>,
);

impl Merger {
    /// Merges collections; `None` if nobody knows the order of the result.
    pub(super) fn entries(
        &mut self,
        (base, ours, theirs): Lists<'_, '_>,
        indent: usize,
    ) -> Option<Vec<Segment>> {
        let maps = (by_id(base), by_id(ours), by_id(theirs));
        let sides = |id: &str| -> Sides<'_, '_> {
            (
                maps.0.get(id).copied(),
                maps.1.get(id).copied(),
                maps.2.get(id).copied(),
            )
        };
        let ids = (&*ids(base), &*ids(ours), &*ids(theirs));
        let order = order(ids, |id| !is_dropped(sides(id)), runs_at(&self.path))?;
        let mut segments = Vec::new();
        for slot in order {
            match slot {
                Slot::One(id) => {
                    let sides = sides(&id);
                    self.path.push(id);
                    segments.extend(self.entry(sides, indent));
                    self.path.pop();
                }
                Slot::Either { base, ours, theirs } => {
                    self.contest(&ours, &theirs);
                    let lines = |ids: &[String], map: &BTreeMap<&str, &Entry<'_>>| -> String {
                        let found = ids.iter().filter_map(|id| map.get(&**id));
                        found
                            .map(|entry| shifted(&entry.lines(), 0, indent))
                            .collect()
                    };
                    segments.push(Segment::Conflict {
                        base: lines(&base, &maps.0),
                        ours: lines(&ours, &maps.1),
                        theirs: lines(&theirs, &maps.2),
                    });
                }
            }
        }
        Some(segments)
    }

    /// Every place in conflict, for people.
    pub(super) fn places(&self) -> Vec<String> {
        let all = self.conflicts.iter().chain(&self.contested);
        all.map(|path| path.join(".")).collect()
    }

    /// Notes that both sides have something else at a place.
    pub(super) fn contest(&mut self, ours: &[String], theirs: &[String]) {
        let first = ours
            .first()
            .min(theirs.first())
            .cloned()
            .unwrap_or_default();
        self.contested
            .push([self.path.as_slice(), &[first]].concat());
    }

    fn entry(&mut self, (base, ours, theirs): Sides<'_, '_>, indent: usize) -> Vec<Segment> {
        let lines = |entry: Option<&Entry<'_>>| entry.map(Entry::lines);
        let (was, our, their) = (lines(base), lines(ours), lines(theirs));
        let placed = |text: Option<String>| shifted(&text.unwrap_or_default(), 0, indent);
        if our == their || was == their {
            return vec![Segment::Same(placed(our))];
        }
        if was == our {
            return vec![Segment::Same(placed(their))];
        }
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && let Some(lead) = merged_lead(base, ours, theirs)
        {
            let lead = Segment::Same(shifted(&lead, 0, indent));
            let body = self.body((base, ours, theirs), indent);
            return std::iter::once(lead).chain(body).collect();
        }
        self.conflicts.push(self.path.clone());
        vec![Segment::Conflict {
            base: placed(was),
            ours: placed(our),
            theirs: placed(their),
        }]
    }

    /// What both sides have in another form, without the comments above.
    fn body(
        &mut self,
        (base, ours, theirs): (Option<&Entry<'_>>, &Entry<'_>, &Entry<'_>),
        indent: usize,
    ) -> Vec<Segment> {
        let known = (self.conflicts.len(), self.contested.len());
        if let Some(segments) = self.inside(base, ours, theirs, indent) {
            return segments;
        }
        self.conflicts.truncate(known.0);
        self.contested.truncate(known.1);
        self.conflicts.push(self.path.clone());
        let placed = |entry: &Entry<'_>| shifted(&entry.body(), 0, indent);
        vec![Segment::Conflict {
            base: base.map(placed).unwrap_or_default(),
            ours: placed(ours),
            theirs: placed(theirs),
        }]
    }

    /// Merges what both sides changed; `None` if it has no parts, or other parts on each side.
    fn inside(
        &mut self,
        base: Option<&Entry<'_>>,
        ours: &Entry<'_>,
        theirs: &Entry<'_>,
        indent: usize,
    ) -> Option<Vec<Segment>> {
        let is_same_form = |entry: &&Entry<'_>| entry.form == ours.form;
        if !is_same_form(&theirs) || base.is_some_and(|base| !is_same_form(&base)) {
            return None;
        }
        let head = three(base.map(|base| base.head), ours.head, theirs.head)?;
        let blanks = " ".repeat(indent);
        let first = format!("{blanks}{head}");
        let whole = |entry: Option<&Entry<'_>>| {
            entry.map_or_else(String::new, |entry| shifted(&entry.body(), 0, indent))
        };
        match ours.form {
            Form::Mapping | Form::List => {
                let mut segments = vec![Segment::Same(first)];
                segments.extend(self.children(base, ours, theirs, indent)?);
                Some(segments)
            }
            Form::Compact => {
                let inner = self.children(base, ours, theirs, indent)?;
                behind_dash(inner, whole(base), indent)
            }
            Form::FlowMapping | Form::FlowList => {
                let trail = three(base.map(|base| base.trail), ours.trail, theirs.trail)?;
                let value = base.map(|base| (base.source, base.value));
                let (our, their) = flow::merge(
                    self,
                    value,
                    (ours.source, ours.value),
                    (theirs.source, theirs.value),
                )?;
                let side = |text: &str| format!("{first}{text}{trail}");
                Some(vec![agreed(whole(base), side(&our), side(&their))])
            }
            Form::Scalar => {
                let trail = three(base.map(|base| base.trail), ours.trail, theirs.trail)?;
                let text = three(base.map(|base| base.text), ours.text, theirs.text)?;
                Some(vec![Segment::Same(format!("{first}{text}{trail}"))])
            }
        }
    }

    /// The entries or items inside of an entry.
    fn children(
        &mut self,
        base: Option<&Entry<'_>>,
        ours: &Entry<'_>,
        theirs: &Entry<'_>,
        indent: usize,
    ) -> Option<Vec<Segment>> {
        let was = base.map_or(Some(Vec::new()), parts)?;
        let (our, their) = (parts(ours)?, parts(theirs)?);
        let first = our.first().map_or(ours.indent, |first| first.indent);
        let inner = (first + indent).saturating_sub(ours.indent);
        self.entries((&was, &our, &their), inner)
    }
}

/// The entries of a block mapping or list.
fn parts<'s>(entry: &Entry<'s>) -> Option<Vec<Entry<'s>>> {
    match entry.form {
        Form::List => of_list(entry.source, entry.value, entry.start),
        _ => of_mapping(entry.source, entry.value, entry.start),
    }
}

fn by_id<'e, 's>(entries: &'e [Entry<'s>]) -> BTreeMap<&'e str, &'e Entry<'s>> {
    entries.iter().map(|entry| (&*entry.id, entry)).collect()
}

fn ids(entries: &[Entry<'_>]) -> Vec<String> {
    entries.iter().map(|entry| entry.id.clone()).collect()
}

/// The comments above an entry, as if nothing were before its key.
fn merged_lead(base: Option<&Entry<'_>>, ours: &Entry<'_>, theirs: &Entry<'_>) -> Option<String> {
    let lead = |entry: &Entry<'_>| shifted(entry.lead, entry.indent, 0);
    let was = base.map(lead).unwrap_or_default();
    three_leads(&was, &lead(ours), &lead(theirs))
}

/// Whether one side took an entry away that the other left as it was.
fn is_dropped((base, ours, theirs): Sides<'_, '_>) -> bool {
    let kept = match (ours, theirs) {
        (Some(entry), None) | (None, Some(entry)) => entry,
        (here, _) => return here.is_none(),
    };
    base.is_some_and(|base| base.lines() == kept.lines())
}

/// One segment for two texts that may be the same.
fn agreed(base: String, ours: String, theirs: String) -> Segment {
    if ours == theirs {
        Segment::Same(ours)
    } else {
        Segment::Conflict { base, ours, theirs }
    }
}

/// The segments of an item with its dash; if nobody knows the first key, all of it is in conflict.
fn behind_dash(mut inner: Vec<Segment>, base: String, column: usize) -> Option<Vec<Segment>> {
    for segment in &mut inner {
        match segment {
            Segment::Same(lines) => {
                if let Some(with_dash) = dashed(lines, column) {
                    *lines = with_dash;
                    return Some(inner);
                }
            }
            Segment::Conflict { .. } => break,
        }
    }
    let side = |side| dashed(&rendered(&inner, side), column);
    Some(vec![agreed(base, side(Side::Ours)?, side(Side::Theirs)?)])
}

/// Lines of a mapping with the dash of their item before the first key.
fn dashed(lines: &str, column: usize) -> Option<String> {
    let mut at = 0;
    for line in lines.split_inclusive('\n') {
        let body = line.trim_start_matches(' ');
        if !body.trim().is_empty() && !body.starts_with('#') {
            let dash = at + column;
            let is_free = line.len() - body.len() > column;
            return is_free.then(|| format!("{}-{}", &lines[..dash], &lines[dash + 1..]));
        }
        at += line.len();
    }
    None
}
