//! Several entries that are one record: which of them counts.
//!
//! Copies of one row of a list are one. What replaces records is one with each of them, and with all that these replaced: of two that share
//! any of it, one counts. What another one of them pushed aside has replaced nothing: of 3 and 6, put right as 7 here and as 3 and 8
//! there, 7 counts, or 3 and 8.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::{Fact, Item, Seq, taken_back};

/// Several entries that are one record, none of them undone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OneOfSeveral {
    /// The entry that counts.
    pub counts: Seq,
    /// The others, in the order of the sheet.
    pub others: Vec<Seq>,
    /// Whether it was put right several times, and not only imported several times.
    pub corrected: bool,
}

/// What one that replaces others has of merit.
const REPLACES: u8 = 3;

/// Adds to the entries that are taken back those that do not count beside another, and takes out what only such a one replaced. Gives those
/// that are one, in the order of the sheet. What was put right counts before what was not, and what was put right last before what was
/// earlier: who did so could know all the rest. Of several copies of one row the one that was returned counts (a return wins,
/// rule 10), else the one that was accepted, else the first. Items stand in the order of their moments, so this is the same in every store.
pub(super) fn settle(
    items: &[Item],
    known: impl Fn(&Item) -> bool,
    gone: &mut Vec<Seq>,
) -> Vec<OneOfSeveral> {
    let links = Links::of(items);
    let first: HashSet<Seq> = candidates(items, &links, &known, gone)
        .into_keys()
        .collect();
    let mut void: HashSet<Seq> = HashSet::new();
    loop {
        let mut standing = candidates(items, &links, &known, gone);
        let aside = links.aside(&standing);
        let before = void.len();
        for (seq, _) in &aside {
            void.extend(links.undos(items, *seq));
        }
        if void.len() > before {
            let acts = |item: &Item| known(item) && !void.contains(&item.seq);
            taken_back(items, acts, gone);
            continue;
        }
        gone.extend(aside.iter().map(|(seq, _)| *seq));
        let mut found: HashMap<Seq, OneOfSeveral> = HashMap::new();
        for (seq, counts) in aside.into_iter().filter(|(seq, _)| first.contains(seq)) {
            let several = found.entry(counts).or_insert_with(|| OneOfSeveral {
                counts,
                others: Vec::new(),
                corrected: false,
            });
            several.others.push(seq);
            several.corrected |= links.corrected(&standing, seq, counts);
        }
        let mut found: Vec<OneOfSeveral> = found.into_values().collect();
        let mut place = |seq: Seq| standing.entry(seq).or_default().place;
        for several in &mut found {
            several.others.sort_by_key(|seq| place(*seq));
        }
        found.sort_by_key(|one| place(one.counts).min(place(one.others[0])));
        return found;
    }
}

/// A record that would count if it were alone.
#[derive(Clone, Copy, Default)]
struct Candidate {
    /// Its place on the sheet.
    place: usize,
    merit: u8,
}

/// The records that are one with others and that nothing took back.
fn candidates(
    items: &[Item],
    links: &Links,
    known: &impl Fn(&Item) -> bool,
    gone: &[Seq],
) -> HashMap<Seq, Candidate> {
    let gone: HashSet<Seq> = gone.iter().copied().collect();
    let stands = |item: &Item| known(item) && !gone.contains(&item.seq);
    let mut merits: HashMap<Seq, u8> = HashMap::new();
    for item in items {
        let (of, value) = match item.fact {
            Fact::Same { replaces: true, .. } => (item.seq, REPLACES),
            Fact::Return { of, .. } if stands(item) => (of, 2),
            Fact::Accept { of } if stands(item) => (of, 1),
            _ => continue,
        };
        let best = merits.entry(of).or_default();
        *best = value.max(*best);
    }
    let own = |item: &Item| matches!(item.fact, Fact::Record(_));
    let records = items.iter().filter(|item| own(item));
    let records: HashSet<Seq> = records.map(|item| item.seq).collect();
    // What moved a record to another unit stands on that unit's sheet, and says here that nothing else counts. Where the correction itself
    // was undone, the undo right before it was undone with it.
    let moved = |item: &Item| {
        matches!(item.fact, Fact::Same { replaces: true, .. })
            && !records.contains(&item.seq)
            && !gone.contains(&(item.seq - 1))
    };
    let mut found = HashMap::new();
    for (place, item) in items.iter().enumerate() {
        let merit = merits.get(&item.seq).copied().unwrap_or_default();
        // A row that was returned stays so where that entry was undone since: another copy says nothing new.
        let stays = stands(item) || (own(item) && merit == 2);
        if (own(item) || moved(item)) && stays && links.linked.contains(&item.seq) {
            found.entry(item.seq).or_insert(Candidate { place, merit });
        }
    }
    found
}

/// What a sheet says of entries that are one record.
#[derive(Default)]
struct Links {
    /// All entries of which it says something.
    linked: HashSet<Seq>,
    /// From a copy of a row to another one.
    above: HashMap<Seq, Seq>,
    /// What an entry replaces.
    replaced: HashMap<Seq, Vec<Seq>>,
    /// What the copies of a row replace, by the row.
    below: HashMap<Seq, Vec<Seq>>,
}

impl Links {
    fn of(items: &[Item]) -> Self {
        let mut links = Self::default();
        for item in items {
            let Fact::Same { of, replaces } = item.fact else {
                continue;
            };
            links.linked.extend([item.seq, of]);
            if replaces {
                links.replaced.entry(item.seq).or_default().push(of);
            } else {
                let (one, other) = (links.row(item.seq), links.row(of));
                if one != other {
                    links.above.insert(one, other);
                }
            }
        }
        for (seq, replaced) in &links.replaced {
            let rows = replaced.iter().map(|of| links.row(*of));
            let rows: Vec<Seq> = rows.collect();
            links.below.entry(links.row(*seq)).or_default().extend(rows);
        }
        links
    }

    /// The row that an entry is a copy of, by one of its entries.
    fn row(&self, mut seq: Seq) -> Seq {
        while let Some(next) = self.above.get(&seq) {
            seq = *next;
        }
        seq
    }

    /// The rows that an entry stands for: its own, those that it replaces, and those that these replaced.
    fn rows(&self, seq: Seq) -> HashSet<Seq> {
        let mut rows = HashSet::new();
        let replaced = self.replaced.get(&seq).into_iter().flatten();
        let mut open: Vec<Seq> = replaced.map(|of| self.row(*of)).collect();
        while let Some(row) = open.pop() {
            if rows.insert(row) {
                open.extend(self.below.get(&row).into_iter().flatten());
            }
        }
        rows.insert(self.row(seq));
        rows
    }

    /// The records that do not count, each with the one that counts instead.
    fn aside(&self, standing: &HashMap<Seq, Candidate>) -> Vec<(Seq, Seq)> {
        let mut order: Vec<(Seq, Candidate)> =
            standing.iter().map(|(seq, one)| (*seq, *one)).collect();
        order.sort_by_key(|(_, Candidate { place, merit })| {
            let late = (*merit == REPLACES).then_some(Reverse(*place));
            (Reverse(*merit), late, *place)
        });
        let mut by: HashMap<Seq, Candidate> = HashMap::new();
        let mut seqs: HashMap<usize, Seq> = HashMap::new();
        let mut aside = Vec::new();
        for (seq, one) in order {
            let rows = self.rows(seq);
            // Of several that stand in its way, the last on the sheet.
            let other = rows.iter().filter_map(|row| by.get(row));
            match other.map(|other| other.place).max() {
                Some(place) => aside.push((seq, seqs[&place])),
                None => {
                    seqs.insert(one.place, seq);
                    by.extend(rows.into_iter().map(|row| (row, one)));
                }
            }
        }
        aside
    }

    /// The undos that came right before a record that replaces others.
    fn undos(&self, items: &[Item], seq: Seq) -> Vec<Seq> {
        let Some(replaced) = self.replaced.get(&seq) else {
            return Vec::new();
        };
        let undo = |item: &&Item| matches!(item.fact, Fact::Undo { of } if replaced.contains(&of));
        let undos: HashSet<Seq> = items.iter().filter(undo).map(|item| item.seq).collect();
        let before = (0..seq).rev();
        before.take_while(|seq| undos.contains(seq)).collect()
    }

    /// Whether a record stands aside because the other one was put right, and not as a copy of its row.
    fn corrected(&self, standing: &HashMap<Seq, Candidate>, seq: Seq, counts: Seq) -> bool {
        let is = |seq: Seq| standing.get(&seq).is_some_and(|one| one.merit == REPLACES);
        let copy = |seq: Seq| {
            let row = self.row(seq);
            self.above.contains_key(&seq) || self.above.values().any(|above| *above == row)
        };
        is(counts) && (is(seq) || !copy(seq))
    }
}
