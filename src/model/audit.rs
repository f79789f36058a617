//! Audit: what looks perfunctory (应付了事). Everything here is suspected only (疑似,待核实): a person looks, and decides.
//!
//! The rules work on plain values; nothing here reads a store or a photograph.

mod alike;
mod kind;

pub(crate) use kind::SuspicionKind;

use std::collections::BTreeMap;

use super::day::Day;
use super::due::Due;
use super::entry::Address;
use super::proof::Likeness;
use super::unit::UnitNo;

/// A record, as far as an audit cares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Exhibit {
    /// The record.
    pub address: Address,
    /// Its unit.
    pub unit: UnitNo,
    /// Its task, by place in the plan.
    pub task: usize,
    /// Its day.
    pub day: Day,
    /// Days of delay: from its day, or from the first day of the store where that was later, until it was recorded.
    pub delay: i32,
    /// Whether it came with the import of a file: then the delay is the office's, not the unit's.
    pub imported: bool,
    /// Whether its task expects proof, and it is no nil report.
    pub wants_proof: bool,
    /// Whether proof of any kind came with it.
    pub proven: bool,
    /// The first day that counts for it.
    pub opens: Day,
    /// Its note.
    pub note: Option<String>,
    /// The photographs that came with it.
    pub photographs: Vec<Photograph>,
    /// The verdicts on it that stand.
    pub verdicts: Vec<Address>,
}

/// A photograph, by what is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Photograph {
    /// The file's name.
    pub name: String,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub blake3: String,
    /// How it looks, where that is known.
    pub likeness: Option<Likeness>,
    /// The day on which it was taken, where the camera said; chat apps strip that, so its absence means nothing.
    pub taken: Option<Day>,
}

/// From where on something is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Thresholds {
    /// In how many bits two likenesses may differ and still be alike.
    pub likeness: u32,
    /// The most days from a record's day until it is recorded.
    pub backdated: i32,
    /// Whether delays of imported records count.
    pub imports: bool,
}

impl Default for Thresholds {
    /// Tight, because red banners look alike; a week, because reports come in weekly.
    fn default() -> Self {
        Self {
            likeness: 4,
            backdated: 7,
            imports: false,
        }
    }
}

/// What looks perfunctory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Suspicion {
    /// One photograph, byte for byte, for two units or two tasks.
    SamePhotograph {
        /// The file's name, of the first record.
        name: String,
    },
    /// Photographs of several units for one task that look alike.
    Lookalike {
        /// The most bits in which two that were matched differ.
        distance: u32,
    },
    /// A photograph taken long before the first day that counts, or after the record's day.
    OutsideWindow {
        /// The file's name.
        name: String,
        /// The day on which it was taken.
        taken: Day,
        /// The first day that counts.
        opens: Day,
    },
    /// A note that several units give word for word for one task.
    SameNote {
        /// The note.
        note: String,
    },
    /// A record that was made long after its day.
    BackDated {
        /// Days of delay.
        days: i32,
    },
    /// A record on which a merge brought two verdicts; the return counts (rule 10).
    TwoVerdicts,
    /// A record that several stores put right, each otherwise; the last counts (rule 10).
    TwoCorrections,
    /// A row of a list that several stores imported; one counts.
    SameRow,
    /// No proof where the task expects it.
    NoProof,
}

impl Suspicion {
    /// Its kind.
    pub(crate) const fn kind(&self) -> SuspicionKind {
        match self {
            Self::SamePhotograph { .. } => SuspicionKind::SamePhotograph,
            Self::Lookalike { .. } => SuspicionKind::Lookalike,
            Self::OutsideWindow { .. } => SuspicionKind::OutsideWindow,
            Self::SameNote { .. } => SuspicionKind::SameNote,
            Self::BackDated { .. } => SuspicionKind::BackDated,
            Self::TwoVerdicts => SuspicionKind::TwoVerdicts,
            Self::TwoCorrections => SuspicionKind::TwoCorrections,
            Self::SameRow => SuspicionKind::SameRow,
            Self::NoProof => SuspicionKind::NoProof,
        }
    }
}

/// One thing worth a look, and the records behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What looks perfunctory.
    pub suspicion: Suspicion,
    /// The records, by place among the exhibits, ascending.
    pub exhibits: Vec<usize>,
}

impl Finding {
    /// Whether there is something left to decide: a record without a verdict, or one with two.
    pub(crate) fn is_open(&self, exhibits: &[Exhibit]) -> bool {
        let unjudged = |at: &usize| exhibits[*at].verdicts.is_empty();
        self.suspicion.kind().is_of_merge() || self.exhibits.iter().any(unjudged)
    }
}

/// Days before the first that counts on which a photograph may have been taken: things are hung the week before, and clocks
/// of cameras are off.
pub(crate) const EARLY: i32 = 7;

/// How much a note must say for its repetition to mean something, in letters; a Han letter says as much as two others.
pub(crate) const NOTE: usize = 40;

/// The first day that counts for a record of that day or period; `phase` is the first day of the task's phase, for tasks
/// for which nothing is too early.
pub(crate) fn opens(dues: &[Due], day: Day, period: Option<Day>, phase: Day) -> Day {
    let holds = |due: &&Due| match (period, due.closes) {
        (Some(key), _) => due.key == key,
        (None, Some(last)) => due.opens.is_none_or(|first| day >= first) && day <= last,
        (None, None) => true,
    };
    let opens = dues.iter().filter(holds).filter_map(|due| due.opens).min();
    opens.unwrap_or(phase)
}

/// In the order in which findings are told: by kind, then in the order of the exhibits.
pub(crate) fn sort(findings: &mut [Finding]) {
    findings.sort_by(|one, other| {
        (one.suspicion.kind(), &one.exhibits).cmp(&(other.suspicion.kind(), &other.exhibits))
    });
}

/// Everything that looks perfunctory, by kind, then in the order of the exhibits.
pub(crate) fn findings(exhibits: &[Exhibit], thresholds: &Thresholds) -> Vec<Finding> {
    let mut found = Vec::new();
    same_photographs(exhibits, &mut found);
    alike::lookalikes(exhibits, thresholds.likeness, &mut found);
    same_notes(exhibits, &mut found);
    for (at, exhibit) in exhibits.iter().enumerate() {
        let mut push = |suspicion| {
            found.push(Finding {
                suspicion,
                exhibits: vec![at],
            });
        };
        for photograph in &exhibit.photographs {
            let outside = |taken: &Day| *taken > exhibit.day || *taken < exhibit.opens - EARLY;
            if let Some(taken) = photograph.taken.filter(outside) {
                push(Suspicion::OutsideWindow {
                    name: photograph.name.clone(),
                    taken,
                    opens: exhibit.opens,
                });
            }
        }
        if exhibit.delay > thresholds.backdated && (thresholds.imports || !exhibit.imported) {
            push(Suspicion::BackDated {
                days: exhibit.delay,
            });
        }
        if exhibit.verdicts.len() > 1 {
            push(Suspicion::TwoVerdicts);
        }
        if exhibit.wants_proof && !exhibit.proven {
            push(Suspicion::NoProof);
        }
    }
    sort(&mut found);
    found
}

fn same_photographs(exhibits: &[Exhibit], found: &mut Vec<Finding>) {
    let mut by_content: BTreeMap<&str, Vec<(usize, &str)>> = BTreeMap::new();
    for (at, exhibit) in exhibits.iter().enumerate() {
        for photograph in &exhibit.photographs {
            let users = by_content.entry(&photograph.blake3).or_default();
            if users.last().is_none_or(|(last, _)| *last != at) {
                users.push((at, &photograph.name));
            }
        }
    }
    for users in by_content.values() {
        let about = |(at, _): &(usize, &str)| (exhibits[*at].unit, exhibits[*at].task);
        if users.iter().any(|user| about(user) != about(&users[0])) {
            found.push(Finding {
                suspicion: Suspicion::SamePhotograph {
                    name: users[0].1.to_string(),
                },
                exhibits: users.iter().map(|(at, _)| *at).collect(),
            });
        }
    }
}

/// Whether a note says so much that its repetition means something.
pub(crate) fn says_much(note: &str) -> bool {
    let letters = note.chars().filter(|c| c.is_alphanumeric());
    let weights = letters.map(|c| if c >= '\u{2e80}' { 2 } else { 1 });
    weights.sum::<usize>() >= NOTE
}

fn same_notes(exhibits: &[Exhibit], found: &mut Vec<Finding>) {
    let mut by_note: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (at, exhibit) in exhibits.iter().enumerate() {
        let Some(note) = &exhibit.note else { continue };
        let words: Vec<&str> = note.split_whitespace().collect();
        let note = words.join(" ");
        if says_much(&note) {
            by_note.entry((exhibit.task, note)).or_default().push(at);
        }
    }
    for ((_, note), users) in by_note {
        let first = exhibits[users[0]].unit;
        if users.iter().any(|at| exhibits[*at].unit != first) {
            found.push(Finding {
                suspicion: Suspicion::SameNote { note },
                exhibits: users,
            });
        }
    }
}

#[cfg(test)]
mod tests;
