//! Photographs of several units for one task that look alike.
//!
//! Two likenesses that differ in at most n bits agree entirely in one of n + 1 stretches of their bits. So only those that share
//! a stretch are compared: the work grows with the number of photographs, not with its square.

use std::collections::{BTreeMap, HashMap};

use super::{Exhibit, Finding, Suspicion};
use crate::model::proof::Likeness;

/// The photographs of a task that look just the same: the exhibit's place and the content's hash.
type Users<'a> = Vec<(usize, &'a str)>;

/// A likeness, and the photographs that have it.
type Group<'a> = (&'a Likeness, Users<'a>);

pub(super) fn lookalikes(exhibits: &[Exhibit], most: u32, found: &mut Vec<Finding>) {
    let mut tasks: BTreeMap<usize, BTreeMap<(&str, &str), Group>> = BTreeMap::new();
    for (at, exhibit) in exhibits.iter().enumerate() {
        for photograph in &exhibit.photographs {
            if let Some(likeness) = &photograph.likeness {
                let key = (likeness.algorithm.as_str(), likeness.hash.as_str());
                let groups = tasks.entry(exhibit.task).or_default();
                let (_, users) = groups.entry(key).or_insert_with(|| (likeness, Vec::new()));
                users.push((at, &photograph.blake3));
            }
        }
    }
    for groups in tasks.into_values() {
        let groups: Vec<Group> = groups.into_values().collect();
        let mut ties = Ties::new(exhibits.len());
        for (one, other, distance) in pairs(&groups, most) {
            tie(
                exhibits,
                &groups[one].1,
                &groups[other].1,
                distance,
                &mut ties,
            );
        }
        ties.into_findings(&groups, found);
    }
}

/// The groups that look alike, each also with itself, and in how many bits they differ.
fn pairs(groups: &[Group], most: u32) -> Vec<(usize, usize, u32)> {
    let mut pairs: Vec<(usize, usize, u32)> = (0..groups.len()).map(|at| (at, at, 0)).collect();
    let mut buckets: HashMap<(&str, u32, Vec<bool>), Vec<usize>> = HashMap::new();
    for (at, (likeness, _)) in groups.iter().enumerate() {
        for (stretch, bits) in (0..).zip(stretches(&likeness.hash, most + 1)) {
            buckets
                .entry((&likeness.algorithm, stretch, bits))
                .or_default()
                .push(at);
        }
    }
    for bucket in buckets.values() {
        for (place, one) in bucket.iter().enumerate() {
            for other in &bucket[place + 1..] {
                let distance = groups[*one].0.distance(groups[*other].0);
                if let Some(distance) = distance.filter(|distance| *distance <= most) {
                    pairs.push((*one, *other, distance));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The bits of a hash in hexadecimal, in that many stretches of nearly the same length.
fn stretches(hash: &str, count: u32) -> impl Iterator<Item = Vec<bool>> {
    let digits = hash
        .chars()
        .map(|digit| digit.to_digit(16).unwrap_or_default());
    let bits: Vec<bool> = digits
        .flat_map(|digit| [8, 4, 2, 1].map(|bit| digit & bit != 0))
        .collect();
    let count = count as usize;
    (0..count).map(move |stretch| {
        let (first, end) = (
            stretch * bits.len() / count,
            (stretch + 1) * bits.len() / count,
        );
        bits[first..end].to_vec()
    })
}

/// Ties each photograph of a group to one of another unit and other content in the other group, where there is one.
fn tie(
    exhibits: &[Exhibit],
    group: &[(usize, &str)],
    other: &[(usize, &str)],
    distance: u32,
    ties: &mut Ties,
) {
    let differ = |one: &(usize, &str), other: &(usize, &str)| {
        exhibits[one.0].unit != exhibits[other.0].unit && one.1 != other.1
    };
    for (group, other) in [(group, other), (other, group)] {
        // The first that fits stands for all: enough to tie every one that can be tied, without trying all with all.
        let first = other[0];
        let second = other.iter().find(|one| differ(one, &first));
        for one in group {
            let partner = [Some(first), second.copied()]
                .into_iter()
                .flatten()
                .find(|partner| differ(one, partner))
                .or_else(|| other.iter().copied().find(|partner| differ(one, partner)));
            if let Some(partner) = partner {
                ties.tie(one.0, partner.0, distance);
            }
        }
    }
}

/// Which exhibits hang together.
struct Ties {
    above: Vec<usize>,
    distance: Vec<Option<u32>>,
}

impl Ties {
    fn new(count: usize) -> Self {
        Self {
            above: (0..count).collect(),
            distance: vec![None; count],
        }
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.above[at] != at {
            self.above[at] = self.above[self.above[at]];
            at = self.above[at];
        }
        at
    }

    fn tie(&mut self, one: usize, other: usize, distance: u32) {
        let (one, other) = (self.root(one), self.root(other));
        let most = [self.distance[one], self.distance[other], Some(distance)];
        let root = one.min(other);
        self.above[one.max(other)] = root;
        self.distance[root] = most.into_iter().flatten().max();
    }

    fn into_findings(mut self, groups: &[Group], found: &mut Vec<Finding>) {
        let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (at, _) in groups.iter().flat_map(|(_, users)| users) {
            let root = self.root(*at);
            if self.distance[root].is_some() {
                members.entry(root).or_default().push(*at);
            }
        }
        for (root, mut exhibits) in members {
            exhibits.sort_unstable();
            exhibits.dedup();
            let distance = self.distance[root].unwrap_or_default();
            found.push(Finding {
                suspicion: Suspicion::Lookalike { distance },
                exhibits,
            });
        }
    }
}
