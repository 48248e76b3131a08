//! The order of merged entries.
//!
//! In: the ids of three versions, and which of them survive. Out: one order, the same
//! whichever side is called ours. Refuses to know: what the ids stand for.
//!
//! Ids of both sides are the frame. If both sides have it in another order, the one that the
//! base does not have wins; if neither has the base's order, there is none. Ids of one side
//! follow the one that they follow there. Two runs at one place go by their first ids, unless
//! both sides took the same thing away there: each has put something else in its place.

use std::collections::{BTreeMap, BTreeSet};

/// Whether two runs of new entries at the same place may stand one after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Runs {
    /// Their order says nothing.
    Joined,
    /// Their order says something, and nobody knows it.
    Apart,
}

/// Lists in which the order of items means something.
const ORDERED: [&str; 1] = ["steps"];

/// What two runs at one place may do in the list at this path.
pub(super) fn runs_at(path: &[String]) -> Runs {
    let is_ordered = path.last().is_some_and(|key| ORDERED.contains(&&**key));
    if is_ordered {
        Runs::Apart
    } else {
        Runs::Joined
    }
}

/// What stands at a place of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// One entry.
    One(String),
    /// The entries of one side or those of the other.
    Either {
        /// What both took away.
        base: Vec<String>,
        /// What our side has there.
        ours: Vec<String>,
        /// What their side has there.
        theirs: Vec<String>,
    },
}

/// The ids of the base, ours and theirs.
pub(super) type Ids<'i> = (&'i [String], &'i [String], &'i [String]);

pub(super) fn order(
    (base, ours, theirs): Ids<'_>,
    stays: impl Fn(&str) -> bool,
    runs: Runs,
) -> Option<Vec<Slot>> {
    let our_ids: BTreeSet<&str> = ours.iter().map(String::as_str).collect();
    let their_ids: BTreeSet<&str> = theirs.iter().map(String::as_str).collect();
    let is_common = |id: &str| our_ids.contains(id) && their_ids.contains(id);
    let is_gone = |id: &str| !our_ids.contains(id) && !their_ids.contains(id);
    let frame_of = |ids: &'_ [String]| -> Vec<String> {
        ids.iter().filter(|id| is_common(id)).cloned().collect()
    };
    let frame = framed(base, &frame_of(ours), &frame_of(theirs))?;
    let our_runs = runs_of(ours, is_common, &stays);
    let their_runs = runs_of(theirs, is_common, &stays);
    let gone = runs_of(base, is_common, is_gone);
    let mut slots = Vec::with_capacity(ours.len() + theirs.len());
    for place in std::iter::once(String::new()).chain(frame) {
        let at =
            |runs: &BTreeMap<&str, Vec<String>>| runs.get(&*place).cloned().unwrap_or_default();
        let (was, our, their) = (at(&gone), at(&our_runs), at(&their_runs));
        if !place.is_empty() {
            slots.push(Slot::One(place));
        }
        let is_contested = !our.is_empty() && !their.is_empty();
        if is_contested && (!was.is_empty() || runs == Runs::Apart) {
            slots.push(Slot::Either {
                base: was,
                ours: our,
                theirs: their,
            });
            continue;
        }
        let (first, second) = if our.first() <= their.first() {
            (our, their)
        } else {
            (their, our)
        };
        slots.extend(first.into_iter().chain(second).map(Slot::One));
    }
    Some(slots)
}

/// The order of what both sides have.
fn framed(base: &[String], ours: &[String], theirs: &[String]) -> Option<Vec<String>> {
    if ours == theirs {
        return Some(ours.to_vec());
    }
    let there: BTreeSet<&str> = base.iter().map(String::as_str).collect();
    let shared: BTreeSet<&str> = ours.iter().map(String::as_str).collect();
    let before: Vec<&String> = base
        .iter()
        .filter(|id| shared.contains(id.as_str()))
        .collect();
    let is_old = |ids: &[String]| {
        let old: Vec<&String> = ids
            .iter()
            .filter(|id| there.contains(id.as_str()))
            .collect();
        old == before
    };
    match (is_old(ours), is_old(theirs)) {
        (true, false) => Some(theirs.to_vec()),
        (false, true) => Some(ours.to_vec()),
        // What both added stands in two places; the lower order is the same for both sides.
        (true, true) => Some(ours.min(theirs).to_vec()),
        (false, false) => None,
    }
}

/// Ids that are not in the frame and are wanted, by what they follow; nothing is the start.
fn runs_of(
    ids: &[String],
    is_common: impl Fn(&str) -> bool,
    is_wanted: impl Fn(&str) -> bool,
) -> BTreeMap<&str, Vec<String>> {
    let mut runs: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let mut place = "";
    for id in ids {
        if is_common(id) {
            place = id;
        } else if is_wanted(id) {
            runs.entry(place).or_default().push(id.clone());
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Runs, Slot, order};

    #[track_caller]
    fn check(base: &str, ours: &str, theirs: &str, expected: Option<&str>) {
        let ids = |text: &str| -> Vec<String> { text.split_whitespace().map(Into::into).collect() };
        let (base, ours, theirs) = (ids(base), ids(ours), ids(theirs));
        let stays = |id: &str| {
            let both = ours.iter().any(|own| own == id) && theirs.iter().any(|own| own == id);
            both || !base.iter().any(|own| own == id)
        };
        let shown = |slot: Slot| match slot {
            Slot::One(id) => id,
            Slot::Either { base, ours, theirs } => {
                let mut sides = [ours.join("+"), theirs.join("+")];
                sides.sort();
                format!("{}?{}", base.join("+"), sides.join("/"))
            }
        };
        let found = |ours: &[String], theirs: &[String]| {
            let slots = order((&base, ours, theirs), stays, Runs::Joined);
            slots.map(|slots| slots.into_iter().map(shown).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(found(&ours, &theirs).as_deref(), expected);
        assert_eq!(found(&theirs, &ours).as_deref(), expected);
    }

    #[test]
    fn both_sides_have_their_say() {
        check("a b c", "a x b c", "a b c y", Some("a x b c y"));
        check("a b", "a x b", "a y b", Some("a x y b"));
        check("a b c", "c a b", "a b c d", Some("c d a b"));
        check("a b c", "c a b", "b a c", None);
        check("", "p q", "r", Some("p q r"));
        check("a", "a q p", "a p q", Some("a p q"));
        check("a b c", "a c", "a b c d", Some("a c d"));
    }

    #[test]
    fn what_both_replaced_is_contested() {
        check("a b c", "a x c", "a y c", Some("a b?x/y c"));
        check("a b c", "a c", "a y c", Some("a y c"));
        check("a b c", "a x c", "a b c y", Some("a x c y"));
    }
}
