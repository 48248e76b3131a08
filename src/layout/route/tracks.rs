//! Channel routing: which track each level piece runs on.
//!
//! Order first, by pairwise crossings (a linear ordering problem, solved by insertion); then
//! tracks by the longest path, so that pieces that do not meet share one. After Sander, "A
//! fast heuristic for hierarchical Manhattan layout", Graph Drawing 1995, and the vertical
//! constraint graph of VLSI channel routing (Yoshimura and Kuh, 1982). A cycle of constraints is
//! broken by a dogleg (Deutsch, "A dogleg channel router", 1976).
//! In: nets. Out: nets with tracks, and the number of tracks. Refuses to know: y coordinates.

use std::collections::{BTreeMap, BTreeSet};

use super::net::{Net, Nets};
use super::skyline::Skyline;
use crate::layout::layered::index;

/// Upright lines closer than this look like one.
const CLOSE: i32 = 6;
/// Pieces on one track end this far apart.
const APART: i32 = 12;
/// Two upright lines on top of each other.
const CONFLICT: i64 = 1000;
/// Channels with more nets are ordered by their ends only.
const MANY: usize = 400;

/// Gives every net that is not straight a track; returns the tracks of each channel.
pub(in crate::layout) fn assign(nets: &mut Nets, channel_count: usize) -> Vec<u32> {
    let mut channels: Vec<Vec<u32>> = vec![Vec::new(); channel_count];
    for (id, net) in (0..).zip(&nets.list) {
        channels[net.channel as usize].push(id);
    }
    channels
        .into_iter()
        .map(|members| channel(nets, members))
        .collect()
}

/// Whether a channel has too many nets for their best order to be looked for.
pub(in crate::layout) fn has_crowded_channel(nets: &Nets, channel_count: usize) -> bool {
    let mut counts = vec![0; channel_count];
    for net in nets.list.iter().filter(|net| !net.is_straight()) {
        counts[net.channel as usize] += 1;
    }
    counts.into_iter().any(|count| count > MANY)
}

fn channel(nets: &mut Nets, members: Vec<u32>) -> u32 {
    let mut upright: Vec<i32> = Vec::new();
    for id in &members {
        let net = &nets.list[*id as usize];
        upright.extend(net.tops.iter().chain(&net.bottoms));
    }
    upright.sort_unstable();
    let mut level: Vec<u32> = members
        .into_iter()
        .filter(|id| !nets.list[*id as usize].is_straight())
        .collect();
    level.sort_by_key(|id| start_key(&nets.list[*id as usize]));
    if level.len() <= MANY {
        insert_best(nets, &mut level);
    }
    break_conflicts(nets, &mut level, &mut upright);
    number(nets, &level)
}

/// Lines that go right are nested from the lower left, those that go left from the lower right.
fn start_key(net: &Net) -> (bool, i32) {
    let top = net
        .tops
        .first()
        .or(net.bottoms.first())
        .copied()
        .unwrap_or(0);
    let bottom = net.bottoms.last().or(net.tops.last()).copied().unwrap_or(0);
    if bottom >= top {
        (false, -top)
    } else {
        (true, top)
    }
}

/// Moves each net to its best place until nothing improves.
fn insert_best(nets: &Nets, level: &mut Vec<u32>) {
    let count = level.len();
    let list: Vec<&Net> = level.iter().map(|id| &nets.list[*id as usize]).collect();
    let mut costs = vec![0_i64; count * count];
    for upper in 0..count {
        for lower in 0..count {
            costs[upper * count + lower] = above(list[upper], list[lower]);
        }
    }
    let mut sequence: Vec<usize> = (0..count).collect();
    for _ in 0..8 {
        let mut gain = 0;
        for net in 0..count {
            gain += move_to_best(&mut sequence, &costs, net);
        }
        if gain == 0 {
            break;
        }
    }
    *level = sequence.iter().map(|at| level[*at]).collect();
}

fn move_to_best(sequence: &mut Vec<usize>, costs: &[i64], net: usize) -> i64 {
    let count = sequence.len();
    let Some(at) = sequence.iter().position(|other| *other == net) else {
        return 0;
    };
    let (mut best, mut best_at, mut change) = (0, at, 0);
    for (to, other) in sequence.iter().enumerate().skip(at + 1) {
        change += costs[other * count + net] - costs[net * count + other];
        if change < best {
            (best, best_at) = (change, to);
        }
    }
    change = 0;
    for to in (0..at).rev() {
        let other = sequence[to];
        change += costs[net * count + other] - costs[other * count + net];
        if change < best {
            (best, best_at) = (change, to);
        }
    }
    let moved = sequence.remove(at);
    sequence.insert(best_at, moved);
    -best
}

/// What it costs to run one net above another.
fn above(upper: &Net, lower: &Net) -> i64 {
    if std::ptr::eq(upper, lower) {
        return 0;
    }
    let (a, b) = (upper.span(), lower.span());
    if a.1 + CLOSE < b.0 || b.1 + CLOSE < a.0 {
        return 0;
    }
    let inside = |ends: &[i32], span: (i32, i32)| {
        ends.iter().filter(|x| span.0 < **x && **x < span.1).count()
    };
    let crossings = inside(&upper.bottoms, b) + inside(&lower.tops, a);
    let crossings = i64::try_from(crossings).unwrap_or(i64::MAX);
    crossings + if collides(upper, lower) { CONFLICT } else { 0 }
}

/// Whether the upper net's way down meets the lower net's way up.
fn collides(upper: &Net, lower: &Net) -> bool {
    upper
        .bottoms
        .iter()
        .any(|x| lower.tops.iter().any(|other| (x - other).abs() < CLOSE))
}

/// Breaks the lines of nets that are in conflict in any order.
fn break_conflicts(nets: &mut Nets, level: &mut Vec<u32>, upright: &mut Vec<i32>) {
    let mut queue = Queue::new(nets, level);
    let mut next = queue.after(None);
    while let Some((place, upper)) = next {
        let is_whole = nets.list[upper as usize].rest.is_none();
        if let Some(conflict) = queue.conflict(nets, place, upper)
            && is_whole
        {
            let rest = break_line(nets, upper, upright);
            queue.insert_after(nets, conflict, rest);
        }
        next = queue.after(Some(place));
    }
    level.clear();
    level.extend(queue.nets.values());
}

/// Nets from top to bottom, with room between their places for new ones.
struct Queue {
    nets: BTreeMap<u64, u32>,
    /// Where lines come down from above: x, and the place of their net.
    tops: BTreeSet<(i32, u64)>,
}

impl Queue {
    fn new(nets: &Nets, level: &[u32]) -> Self {
        let mut queue = Self {
            nets: BTreeMap::new(),
            tops: BTreeSet::new(),
        };
        for (at, net) in (1..).zip(level) {
            queue.insert(nets, at << 32, *net);
        }
        queue
    }

    fn insert(&mut self, nets: &Nets, place: u64, net: u32) {
        self.nets.insert(place, net);
        let tops = nets.list[net as usize].tops.iter();
        self.tops.extend(tops.map(|x| (*x, place)));
    }

    fn after(&self, place: Option<u64>) -> Option<(u64, u32)> {
        let from = place.map_or(0, |place| place + 1);
        let next = self.nets.range(from..).next();
        next.map(|(place, net)| (*place, *net))
    }

    fn insert_after(&mut self, nets: &Nets, place: u64, net: u32) {
        let end = self
            .after(Some(place))
            .map_or(place + (2 << 32), |next| next.0);
        self.insert(nets, u64::midpoint(place, end), net);
    }

    /// The first place below whose net has a way up where the upper net has its way down.
    fn conflict(&self, nets: &Nets, place: u64, upper: u32) -> Option<u64> {
        let bottoms = nets.list[upper as usize].bottoms.iter();
        let near = bottoms.flat_map(|x| self.tops.range((x - CLOSE + 1, 0)..(x + CLOSE, 0)));
        near.map(|(_, other)| *other)
            .filter(|other| *other > place)
            .min()
    }
}

/// Lets a net step aside on its way down; the rest runs further below.
fn break_line(nets: &mut Nets, net: u32, upright: &mut Vec<i32>) -> u32 {
    let data = &nets.list[net as usize];
    let (left, right) = data.span();
    let middle = i32::midpoint(left, right);
    let free = free_near(upright, middle);
    let at = upright.partition_point(|x| *x < free);
    upright.insert(at, free);
    let rest = Net {
        channel: data.channel,
        tops: vec![free],
        bottoms: data.bottoms.clone(),
        ..Net::default()
    };
    let id = index(nets.list.len());
    nets.list.push(rest);
    let data = &mut nets.list[net as usize];
    data.bottoms = vec![free];
    data.rest = Some(id);
    id
}

/// The x coordinate nearest to a wish that no upright line is close to.
fn free_near(upright: &[i32], wish: i32) -> i32 {
    let is_free = |x: i32| {
        let at = upright.partition_point(|other| *other < x);
        let near = |other: Option<&i32>| other.is_none_or(|other| (other - x).abs() >= CLOSE);
        near(upright.get(at)) && near(at.checked_sub(1).and_then(|at| upright.get(at)))
    };
    (0..)
        .find_map(|distance| {
            [wish + distance, wish - distance]
                .into_iter()
                .find(|x| is_free(*x))
        })
        .unwrap_or(wish)
}

/// The uppermost track for each net below all earlier ones that it meets.
fn number(nets: &mut Nets, level: &[u32]) -> u32 {
    let spans: Vec<(i32, i32)> = level
        .iter()
        .map(|id| nets.list[*id as usize].span())
        .collect();
    let mut skyline = Skyline::new(&spans);
    let mut count = 0;
    for (id, (left, right)) in level.iter().zip(spans) {
        let track = skyline.highest(left - APART + 1, right + APART);
        skyline.raise(left, right, track + 1);
        nets.list[*id as usize].track = Some(track);
        count = count.max(track + 1);
    }
    count
}
