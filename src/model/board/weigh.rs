//! Weighing what was recorded for one due: which facts are in force, what they come to, and the cell that follows.

use super::reach::{in_force, part, reached};
use super::{Cell, Desk, END, Live, Lone, Need, Owed, Returning, Ruled, Ruler};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Due;
use crate::model::entry::Seq;
use crate::model::sheet::{Fact, Item, Mark, Sheet};
use crate::model::standing::{Case, Standing, days_late, judge};

impl Ruler {
    /// Collects the facts of one task that are in force on the day asked about.
    pub(super) fn gather(&self, sheet: &Sheet, owed: &Owed, desk: &mut Desk) {
        desk.records.clear();
        desk.returns.clear();
        desk.terms.clear();
        desk.last = None;
        let mut next = desk.heads[owed.task];
        while next != END {
            let at = next;
            let item = sheet.items[at as usize];
            next = desk.next[at as usize];
            // What an `apply` laid on the unit belongs to the plan, which judges every day, however little was known by then.
            let of_the_plan = matches!(item.fact, Fact::Gain { .. });
            if !(of_the_plan || self.view.knows(&item)) || desk.undone.contains(&item.seq) {
                continue;
            }
            let acts = item.day <= self.view.as_of;
            if acts {
                desk.last = desk.last.max(Some(item.day));
            }
            match item.fact {
                Fact::Record(mark) if acts => {
                    desk.records.push(Live {
                        item,
                        mark,
                        at,
                        accepted: false,
                        returned: None,
                    });
                }
                Fact::Gain { .. } => desk.terms.push(item),
                Fact::Return { of, rectify } if acts => desk.returns.push(Returning {
                    seq: item.seq,
                    day: item.day,
                    at,
                    of,
                    rectify,
                    due_at: None,
                }),
                Fact::Accept { .. }
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
        let records = &mut desk.records;
        for term in &desk.terms {
            if let Fact::Accept { of } = term.fact
                && let Some(record) = records.iter_mut().find(|record| record.item.seq == of)
            {
                record.accepted = true;
            }
        }
        for back in &desk.returns {
            if let Some(record) = records.iter_mut().find(|record| record.item.seq == back.of) {
                record.returned = record.returned.or(Some(back.at));
            }
        }
        if records.len() > 1 {
            records.sort_unstable_by_key(|record| (record.item.day, record.at));
        }
        for back in &mut desk.returns {
            back.due_at = self.left_open(sheet, owed, back, records);
        }
    }

    /// The due that a return bears on (rule 10): the first of those for which the record was, with a window that had begun, that
    /// the records typed before the return do not reach without what was returned by then.
    fn left_open(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        back: &Returning,
        records: &[Live],
    ) -> Option<usize> {
        let task = &self.tasks[owed.task];
        let record = records.iter().find(|record| record.item.seq == back.of)?;
        let bears = |due: &Due| {
            let stood = records.iter().filter(|record| {
                record.at < back.at
                    && record.returned.is_none_or(|at| at > back.at)
                    && task.counts(due, record)
            });
            let stood = stood.map(|record| (record.item.day, &record.mark));
            sheet.owes_by(due.due)
                && task.belongs(due, record.item.day, &record.mark)
                && due.opens.is_none_or(|first| back.day >= first)
                && reached(stood, self.need(sheet, owed, due).0, task.nil)
                    .1
                    .is_none()
        };
        // What the roster fulfils takes no records, so that nothing of it is open for want of them.
        task.dues.iter().position(bears).filter(|_| !task.by_roster)
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
            desk.named.filter(|day| *day <= self.by.day)
        } else if need == Some(Decimal::ZERO) && self.by.day >= due {
            // What takes nothing is done without a record, on the day on which it falls due.
            Some(reached_on.map_or(due, |day| day.min(due)))
        } else {
            reached_on
        }
    }

    /// The cell of a due of which there is more to weigh, from what was gathered of its task.
    pub(super) fn weighed_cell(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        (place, due): (usize, &Due),
        desk: &Desk,
    ) -> Cell {
        let task = &self.tasks[owed.task];
        let (need, share) = self.need(sheet, owed, due);
        let counts = |record: &&Live| record.returned.is_none() && task.counts(due, record);
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
        let returns = desk.returns.iter();
        let returned = returns
            .filter(|back| back.due_at == Some(place))
            .max_by_key(|back| (back.day, back.at));
        let excused = desk
            .terms
            .iter()
            .any(|term| matches!(term.fact, Fact::Excuse { period } if fits(period)));
        let reminded = |term: &&Item| matches!(term.fact, Fact::Remind { period } if fits(period));
        let reminders = desk.terms.iter().filter(reminded).count();
        let rectify = returned.map(|back| back.rectify);
        let case = Case {
            due: Some(due_in_force),
            fulfilled,
            excused,
            rectify,
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
            returned: returned.map(|back| back.seq),
        }
    }

    /// The records on a sheet that count for one of its obligations, in the order in which they were recorded.
    pub fn records(&self, sheet: &Sheet, cell: &Cell) -> Vec<Seq> {
        let desk = self.of_task(sheet, cell.task);
        let (task, due) = (
            &self.tasks[cell.task],
            self.dues(cell.task).get(cell.due_at),
        );
        let counts = |record: &&Live| {
            record.returned.is_none() && due.is_some_and(|due| task.counts(due, record))
        };
        let mut records: Vec<&Live> = desk.records.iter().filter(counts).collect();
        records.sort_unstable_by_key(|record| record.at);
        records.into_iter().map(|record| record.item.seq).collect()
    }

    /// The returns that bear on one of a sheet's obligations, in the order in which they act.
    pub fn returns(&self, sheet: &Sheet, cell: &Cell) -> Vec<Seq> {
        let desk = self.of_task(sheet, cell.task);
        let bears = |back: &&Returning| back.due_at == Some(cell.due_at);
        let mut returns: Vec<&Returning> = desk.returns.iter().filter(bears).collect();
        returns.sort_unstable_by_key(|back| (back.day, back.at));
        returns.into_iter().map(|back| back.seq).collect()
    }

    /// What is in force of one of a sheet's tasks.
    fn of_task(&self, sheet: &Sheet, task: usize) -> Desk {
        let mut desk = Desk::default();
        let owed = self.classes.get(sheet.class as usize);
        if let Some(owed) = owed.and_then(|owed| owed.iter().find(|owed| owed.task == task)) {
            self.sort_out(sheet, &mut desk);
            self.gather(sheet, owed, &mut desk);
        }
        desk
    }
}
