//! The sheet (单位页): one unit's facts in compact form, all that the fold needs. Derived from the journal.

mod several;

use std::collections::HashSet;

use super::day::Day;
use super::decimal::Decimal;
use super::entry::{RuleNo, Seq, TaskNo};
use super::plan::Trigger;
use super::unit::{Tenure, UnitNo};
use super::view::View;

pub(crate) use several::OneOfSeveral;

/// One unit's facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The unit.
    pub unit: UnitNo,
    /// The area above it.
    pub parent: Option<UnitNo>,
    /// Its class, by number.
    pub class: u32,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
    /// The attributes on which the plan's targets depend, in the order of `Plan::attributes`.
    pub amounts: Vec<Option<Decimal>>,
    /// What happened, in the order in which it was recorded: by moment, then batch, then place in the batch, the same in every store
    /// that holds the same batches. Where several facts are of one day, this order decides.
    pub items: Vec<Item>,
}

/// One fact on a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// The entry behind it.
    pub seq: Seq,
    /// The task; `TaskNo::MAX` for a fact about the unit as such.
    pub task: TaskNo,
    /// The day from which it acts.
    pub day: Day,
    /// The days from `day` until it was recorded.
    pub lag: i32,
    /// What happened.
    pub fact: Fact,
}

/// The task number of facts about a unit as such.
pub const NO_TASK: TaskNo = TaskNo::MAX;

/// What happened, as far as the fold cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A record.
    Record(Mark),
    /// The entry `of` never was.
    Undo {
        /// What is taken back.
        of: Seq,
    },
    /// The entry is one record with the record `of`, though two stores have an entry each: of such records one counts.
    Same {
        /// The other record.
        of: Seq,
        /// Whether it replaces that; else both are one row of a list.
        replaces: bool,
    },
    /// The record `of` was found good.
    Accept {
        /// The record.
        of: Seq,
    },
    /// The record `of` was sent back.
    Return {
        /// The record.
        of: Seq,
        /// The last day to put it right.
        rectify: Day,
    },
    /// Need not be done.
    Excuse {
        /// For one due only, by its key.
        period: Option<Day>,
    },
    /// Has until another day.
    Extend {
        /// For one due only, by its key.
        period: Option<Day>,
        /// The new due day.
        due: Day,
    },
    /// The order has arrived; on the sheet of no unit.
    Instruct {
        /// The day that the order gives.
        due: Day,
    },
    /// Laid on the unit, or moved earlier, by an `apply` on the item's day.
    Gain {
        /// For one due only, by its key.
        period: Option<Day>,
    },
    /// The roster names a contact, or names none any more.
    Contact {
        /// Whether it names one.
        named: bool,
    },
    /// Deserves praise.
    Commend,
    /// Was reminded.
    Remind {
        /// For one due only, by its key.
        period: Option<Day>,
    },
    /// A notice was issued; on the sheet of no unit.
    Notice {
        /// Its number.
        number: u32,
        /// Its cut-off.
        until: Day,
    },
    /// A notice named the unit.
    Book(Booked),
    /// Objects to what a notice booked.
    Object {
        /// The notice's number.
        notice: u32,
        /// For one due only, by its key.
        period: Option<Day>,
        /// Only to the points for the unit as such.
        unit_points: bool,
    },
    /// The objection `of` changes nothing.
    Uphold {
        /// The objection.
        of: Seq,
    },
    /// The objection `of` gives the points back.
    Reverse {
        /// The objection.
        of: Seq,
    },
}

/// What a notice booked, as far as the score cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The notice's number.
    pub notice: u32,
    /// What the unit was named for.
    pub on: Trigger,
    /// The due, by its key, where the task has several.
    pub period: Option<Day>,
    /// The return or the commendation behind it.
    pub of: Option<Seq>,
    /// The days late that the points are for.
    pub days: i32,
    /// The assessment rule, by its number in the store; `None` = named without points.
    pub rule: Option<RuleNo>,
    /// Points, negative = deducted.
    pub points: Decimal,
}

/// A record, as far as the fold cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// How much.
    pub count: Decimal,
    /// Whether `count` is a running total.
    pub total: bool,
    /// A nil report.
    pub nil: bool,
    /// Whether proof came with it.
    pub proof: bool,
    /// The period that it is for, by its last day.
    pub period: Option<Day>,
}

impl Item {
    /// The day on which it was recorded, in the plan's time zone.
    pub fn recorded(&self) -> Day {
        self.day + self.lag
    }
}

/// The entries that do not stand, by those among `items` that `known` lets through: what an undo took back that was not undone itself,
/// and of several entries that are one record all but the one that counts.
pub(crate) fn undone(items: &[Item], known: impl Fn(&Item) -> bool, into: &mut Vec<Seq>) {
    taken_back(items, &known, into);
    let one = |item: &Item| matches!(item.fact, Fact::Same { .. });
    if items.iter().any(one) {
        several::settle(items, known, into);
    }
}

/// What those undos take back that `acts` lets through, and that were not undone themselves.
fn taken_back(items: &[Item], acts: impl Fn(&Item) -> bool, into: &mut Vec<Seq>) {
    into.clear();
    let undo = |item: &Item| match item.fact {
        Fact::Undo { of } => Some((item.seq, of)),
        _ => None,
    };
    let undos = || items.iter().filter(|item| acts(item)).filter_map(undo);
    // An undo stands unless a standing undo takes it back; each round settles one more link of the chain.
    for _ in 0..=undos().count() {
        let before = into.clone();
        let mut gone = before.clone();
        gone.sort_unstable();
        into.clear();
        into.extend(
            undos()
                .filter(|(seq, _)| gone.binary_search(seq).is_err())
                .map(|(_, of)| of),
        );
        if *into == before {
            break;
        }
    }
}

/// The entries of a sheet that do not stand, and why.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gone {
    /// All of them, ascending.
    all: Vec<Seq>,
    /// Those that an undo took back, ascending.
    undone: Vec<Seq>,
}

/// What became of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It stands.
    Stands,
    /// It was taken back.
    Undone,
    /// Another entry of the same row of a list, or another correction of the same record, counts instead.
    Copy,
}

impl Gone {
    /// Of those items that `known` lets through.
    pub(crate) fn of(items: &[Item], known: impl Fn(&Item) -> bool) -> Self {
        let mut gone = Self::default();
        undone(items, &known, &mut gone.all);
        taken_back(items, &known, &mut gone.undone);
        gone.all.sort_unstable();
        gone.undone.sort_unstable();
        gone
    }

    /// What became of the entry of that seq.
    pub(crate) fn fate(&self, seq: Seq) -> Fate {
        let is_in = |list: &[Seq]| list.binary_search(&seq).is_ok();
        match (is_in(&self.all), is_in(&self.undone)) {
            (false, _) => Fate::Stands,
            (true, true) => Fate::Undone,
            (true, false) => Fate::Copy,
        }
    }
}

impl Sheet {
    /// Whether the unit owes what is due on that day.
    #[inline]
    pub fn owes_by(&self, due: Day) -> bool {
        let Self { since, until, .. } = *self;
        Tenure { since, until }.holds(due)
    }

    /// Whether the unit is closed on that day: merged away, say. It owes nothing new then, and is neither lagging nor named.
    pub fn is_closed(&self, day: Day) -> bool {
        self.until.is_some_and(|until| until < day)
    }

    /// The facts in force in a view: known, not undone, and acting by the day asked about.
    pub fn live(&self, view: View) -> impl Iterator<Item = &Item> {
        let mut taken_back = Vec::new();
        undone(&self.items, |item| view.knows(item), &mut taken_back);
        let seen = self.items.iter().filter(move |item| view.sees(item));
        seen.filter(move |item| !taken_back.contains(&item.seq))
    }

    /// Entries of this sheet that are one record, several times over.
    pub(crate) fn one_of_several(&self, view: &View) -> Vec<OneOfSeveral> {
        let mut gone = Vec::new();
        taken_back(&self.items, |item| view.knows(item), &mut gone);
        several::settle(&self.items, |item| view.knows(item), &mut gone)
    }

    /// The other entries, which nobody has undone, of the rows of lists that these records are; the records ascend. All at once, as one
    /// import may have thousands of records of one unit.
    pub fn copies(&self, records: &[Seq]) -> Vec<Seq> {
        let links = |item: &Item| match item.fact {
            Fact::Same {
                of,
                replaces: false,
            } => Some((item.seq, of)),
            _ => None,
        };
        let linked = || self.items.iter().filter_map(links);
        let asked = |seq: Seq| records.binary_search(&seq).is_ok();
        // Each row by the first of its entries.
        let rows: HashSet<Seq> = linked()
            .flat_map(|(seq, first)| [(seq, first), (first, first)])
            .filter(|(seq, _)| asked(*seq))
            .map(|(_, first)| first)
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let firsts = rows.iter().copied();
        let mut copies: Vec<Seq> = linked()
            .filter(|(_, first)| rows.contains(first))
            .map(|(seq, _)| seq)
            .chain(firsts)
            .collect();
        copies.sort_unstable();
        let mut gone = Vec::new();
        taken_back(&self.items, |_| true, &mut gone);
        gone.sort_unstable();
        copies.retain(|seq| !asked(*seq) && gone.binary_search(seq).is_err());
        copies
    }

    /// The entries that do not stand.
    pub fn undone(&self) -> Vec<Seq> {
        let mut seqs = Vec::new();
        if self
            .items
            .iter()
            .any(|item| matches!(item.fact, Fact::Undo { .. } | Fact::Same { .. }))
        {
            undone(&self.items, |_| true, &mut seqs);
        }
        seqs
    }
}

impl View {
    /// Whether it had been recorded by the day that is asked about.
    pub fn knows(&self, item: &Item) -> bool {
        self.known_by.is_none_or(|day| item.recorded() <= day)
    }

    /// Whether it also acts by the day asked about.
    pub fn sees(&self, item: &Item) -> bool {
        item.day <= self.as_of && self.knows(item)
    }
}
