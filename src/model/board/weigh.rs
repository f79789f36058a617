//! Weighing what was recorded for one due: which facts are in force, what they come to, and the cell that follows.

use super::reach::{in_force, order, part, reached};
use super::{Cell, Desk, END, Live, Lone, Need, Owed, Ruled, Ruler};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Due;
use crate::model::entry::Seq;
use crate::model::sheet::{Fact, Item, Mark, Sheet};
use crate::model::standing::{Case, Standing, days_late, judge};

impl Ruler {
    /// Collects the facts of one task that are in force on the day asked about.
    pub(super) fn gather(&self, sheet: &Sheet, task: usize, desk: &mut Desk) {
        desk.records.clear();
        desk.terms.clear();
        let mut at = desk.heads[task];
        while at != END {
            let item = sheet.items[at as usize];
            at = desk.next[at as usize];
            // What an `apply` laid on the unit belongs to the plan, which judges every day, however little was known by then.
            let of_the_plan = matches!(item.fact, Fact::Gain { .. });
            if !(of_the_plan || self.view.knows(&item)) || desk.undone.contains(&item.seq) {
                continue;
            }
            let acts = item.day <= self.view.as_of;
            match item.fact {
                Fact::Record(mark) if acts => {
                    desk.records.push(Live {
                        item,
                        mark,
                        accepted: false,
                        returned: None,
                    });
                }
                Fact::Gain { .. } => desk.terms.push(item),
                Fact::Accept { .. }
                | Fact::Return { .. }
                | Fact::Excuse { .. }
                | Fact::Extend { .. }
                | Fact::Remind { .. }
                    if acts =>
                {
                    desk.terms.push(item);
                }
                _ => {}
            }
        }
        for term in &desk.terms {
            match term.fact {
                Fact::Accept { of } => {
                    if let Some(record) =
                        desk.records.iter_mut().find(|record| record.item.seq == of)
                    {
                        record.accepted = true;
                    }
                }
                Fact::Return { of, rectify } => {
                    if let Some(record) =
                        desk.records.iter_mut().find(|record| record.item.seq == of)
                    {
                        record.returned = record.returned.max(Some((order(term), rectify)));
                    }
                }
                _ => {}
            }
        }
        if desk.records.len() > 1 {
            desk.records
                .sort_unstable_by_key(|record| order(&record.item));
        }
    }

    /// What a unit needs for a due, and the share of which attribute that is.
    #[inline]
    pub(super) fn need(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        due: &Due,
    ) -> (Option<Decimal>, Option<(Decimal, Decimal)>) {
        let (whole, share) = match owed.need {
            None => return (None, None),
            Some(Need::Fixed(count)) => (Some(count), None),
            Some(Need::Share { share, attribute }) => {
                let of = sheet.amounts.get(attribute).copied().flatten();
                (of.map(|of| share.of(of)), of.map(|of| (share, of)))
            }
        };
        let need = whole.map(|whole| due.share.map_or(whole, |share| part(share, whole)));
        (need, share)
    }

    /// As [`Ruler::plain_cell`], for a task's only due that any record fulfils: by far the most. `open` says where it stands
    /// without one.
    #[inline(always)]
    pub(super) fn simple_cell(
        &self,
        place: usize,
        due: &Due,
        open: (Standing, i32),
        lone: &Lone,
    ) -> Cell {
        let nil = self.tasks[place].nil;
        let counts = |day: Day, mark: &Mark| {
            (nil || !mark.nil) && due.opens.is_none_or(|first| day >= first)
        };
        let record = match *lone {
            Lone::Record(day, mark) if counts(day, mark) => Some((day, mark)),
            _ => None,
        };
        let fulfilled = record.map(|(day, _)| day);
        let (standing, days) = if fulfilled.is_some() {
            let case = Case::of(due.due, fulfilled);
            let standing = judge(&case, &self.by);
            (standing, days_late(&case, standing, &self.by))
        } else {
            open
        };
        let mark = record.map(|(_, mark)| mark);
        let count = mark.filter(|mark| !mark.nil).map(|mark| mark.count);
        Cell {
            task: place,
            due_at: 0,
            key: Some(due.key),
            due: Some(due.due),
            standing,
            count: count.unwrap_or(Decimal::ZERO),
            need: None,
            share: None,
            fulfilled,
            days,
            rectify: None,
            proven: mark.is_some_and(|mark| mark.proof),
            accepted: false,
            reminders: 0,
            returned: None,
        }
    }

    /// The cell of a due with one record or none, and nothing else to weigh.
    #[inline(always)]
    pub(super) fn plain_cell(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        (place, due): (usize, &Due),
        record: Option<(Day, &Mark)>,
        desk: &Desk,
    ) -> Cell {
        let task = &self.tasks[owed.task];
        let (need, share) = self.need(sheet, owed, due);
        let counted = record.filter(|(day, mark)| {
            task.belongs(due, *day, mark) && due.opens.is_none_or(|first| *day >= first)
        });
        let (count, reached_on) = reached(counted.into_iter(), need, task.nil);
        let fulfilled = self.fulfilled(task, need, reached_on, due.due, desk);
        let case = Case::of(due.due, fulfilled);
        let standing = judge(&case, &self.by);
        let proof = reached_on.is_some() && counted.is_some_and(|(_, mark)| mark.proof);
        Cell {
            task: owed.task,
            due_at: place,
            key: Some(due.key),
            due: case.due,
            standing,
            count,
            need,
            share,
            fulfilled: case.fulfilled,
            days: days_late(&case, standing, &self.by),
            rectify: None,
            proven: proof && standing.is_completed() && !task.by_roster,
            accepted: false,
            reminders: 0,
            returned: None,
        }
    }

    /// The day on which a due was fulfilled, by the roster or by records that reached the need.
    #[inline]
    pub(super) fn fulfilled(
        &self,
        task: &Ruled,
        need: Option<Decimal>,
        reached_on: Option<Day>,
        due: Day,
        desk: &Desk,
    ) -> Option<Day> {
        if task.by_roster {
            desk.named
        } else if need == Some(Decimal::ZERO) && self.by.day >= due {
            // What takes nothing is done without a record, on the day on which it falls due.
            Some(reached_on.map_or(due, |day| day.min(due)))
        } else {
            reached_on
        }
    }

    pub(super) fn cell(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        (place, due): (usize, &Due),
        desk: &Desk,
    ) -> Cell {
        let task = &self.tasks[owed.task];
        let (need, share) = self.need(sheet, owed, due);
        let belongs = |record: &Live| task.belongs(due, record.item.day, &record.mark);
        let counts = |record: &&Live| {
            belongs(record)
                && record.returned.is_none()
                && due.opens.is_none_or(|first| record.item.day >= first)
        };
        let reach = |keep: &dyn Fn(&Live) -> bool| {
            let counted = desk.records.iter().filter(counts);
            let kept = counted.filter(|record| keep(record));
            reached(
                kept.map(|record| (record.item.day, &record.mark)),
                need,
                task.nil,
            )
        };
        let (count, reached_on) = reach(&|_| true);
        let fits = |period: Option<Day>| period.is_none_or(|key| key == due.key);
        let due_in_force = in_force(due, &desk.terms, fits);
        let fulfilled = self.fulfilled(task, need, reached_on, due_in_force, desk);
        let own = || desk.records.iter().filter(|record| belongs(record));
        let returned = own().filter_map(|record| record.returned).max();
        let returned_last = returned.is_some_and(|(latest, _)| {
            !own().any(|record| record.returned.is_none() && order(&record.item) > latest)
        });
        let excused = desk
            .terms
            .iter()
            .any(|term| matches!(term.fact, Fact::Excuse { period } if fits(period)));
        let reminded = |term: &&Item| matches!(term.fact, Fact::Remind { period } if fits(period));
        let reminders = desk.terms.iter().filter(reminded).count();
        let rectify = returned.map(|(_, rectify)| rectify);
        let case = Case {
            due: Some(due_in_force),
            fulfilled,
            excused,
            rectify,
            returned_last,
        };
        let standing = judge(&case, &self.by);
        let by_records = standing.is_completed() && !task.by_roster;
        Cell {
            task: owed.task,
            due_at: place,
            key: Some(due.key),
            due: Some(due_in_force),
            standing,
            count,
            need,
            share,
            fulfilled,
            days: days_late(&case, standing, &self.by),
            rectify,
            proven: by_records && reach(&|record| record.mark.proof).1.is_some(),
            accepted: by_records && reach(&|record| record.accepted).1.is_some(),
            reminders: u32::try_from(reminders).unwrap_or(u32::MAX),
            returned: returned.map(|((_, _, seq), _)| seq),
        }
    }

    /// The records on a sheet that count for one of its obligations, in the order of the journal.
    pub fn records(&self, sheet: &Sheet, cell: &Cell) -> Vec<Seq> {
        let opens = |record: &Live, due: &Due| due.opens.is_none_or(|day| record.item.day >= day);
        let counts = |record: &Live, due: &Due| record.returned.is_none() && opens(record, due);
        let mut records = self.of_obligation(sheet, cell, |record, due| {
            counts(record, due).then_some(record.item.seq)
        });
        records.sort_unstable();
        records
    }

    /// The latest return of each record for one of a sheet's obligations, in the order in which they act.
    pub fn returns(&self, sheet: &Sheet, cell: &Cell) -> Vec<Seq> {
        let mut returns = self.of_obligation(sheet, cell, |record, _| record.returned);
        returns.sort_unstable();
        returns.into_iter().map(|((_, _, seq), _)| seq).collect()
    }

    /// What is asked of the records on a sheet that are for one of its obligations.
    fn of_obligation<T>(
        &self,
        sheet: &Sheet,
        cell: &Cell,
        ask: impl Fn(&Live, &Due) -> Option<T>,
    ) -> Vec<T> {
        let task = &self.tasks[cell.task];
        let Some(due) = task.dues.get(cell.due_at) else {
            return Vec::new();
        };
        let mut desk = Desk::default();
        self.sort_out(sheet, &mut desk);
        self.gather(sheet, cell.task, &mut desk);
        let own = |record: &&Live| task.belongs(due, record.item.day, &record.mark);
        let own = desk.records.iter().filter(own);
        own.filter_map(|record| ask(record, due)).collect()
    }
}
