//! The fold: from sheets to the board (进度一览表), where every obligation stands on a day.
//!
//! A [`Ruler`] is a plan made ready for one view; [`Ruler::cells`] lays it on one sheet. One sheet needs no other, so the
//! fold streams, and today and any past day are one code path. `weigh` says what was recorded for one due, `reach` holds the
//! small rules that it goes by.

mod reach;
mod weigh;

use reach::{ordered, waiting};

use super::day::Day;
use super::decimal::Decimal;
use super::due::{Due, Period, Schedule};
use super::entry::{Seq, TaskNo};
use super::plan::{Amount, Plan};
use super::sheet::{Fact, Item, Mark, Sheet, undone};
use super::standing::{Case, Standing, Yardstick, days_late, judge};
use super::unit::Class;

pub use super::view::View;

/// One obligation on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The task, by its place in the plan.
    pub task: usize,
    /// The due, by its place among the task's; 0 for a task on instruction.
    pub due_at: usize,
    /// The due's key; `None` while an order has not arrived.
    pub key: Option<Day>,
    /// The day in force: extensions and orders included; `None` while an order has not arrived.
    pub due: Option<Day>,
    /// Where it stands.
    pub standing: Standing,
    /// What has been counted.
    pub count: Decimal,
    /// What is needed; `None` = one record is enough.
    pub need: Option<Decimal>,
    /// The share of an attribute that is needed, and the attribute, where the target is one.
    pub share: Option<(Decimal, Decimal)>,
    /// The day on which it was fulfilled; of what takes nothing, the due day at the latest.
    pub fulfilled: Option<Day>,
    /// Days late, of what is late or overdue.
    pub days: i32,
    /// The rectification day of the latest return that bears on it.
    pub rectify: Option<Day>,
    /// Completed by records with proof alone.
    pub proven: bool,
    /// Completed by accepted records alone.
    pub accepted: bool,
    /// How often the unit was reminded of it.
    pub reminders: u32,
    /// The latest return that bears on it: one that left it open, whether or not it was fulfilled since.
    pub returned: Option<Seq>,
}

impl Cell {
    /// Whether that is the same obligation of the same unit on another day. A task's dues stay in their places under one plan, and an
    /// order or an extension that moves a due makes no other of it.
    pub const fn is_same(&self, other: &Self) -> bool {
        self.task == other.task && self.due_at == other.due_at
    }
}

/// What a class of units needs for a task.
#[derive(Clone, Copy, Debug)]
enum Need {
    Fixed(Decimal),
    Share { share: Decimal, attribute: usize },
}

/// A task that a class owes.
#[derive(Clone, Copy, Debug)]
struct Owed {
    task: usize,
    need: Option<Need>,
}

/// A task made ready.
#[derive(Debug)]
struct Ruled {
    dues: Vec<Due>,
    period: Option<Period>,
    waiting: bool,
    by_roster: bool,
    nil: bool,
    /// Whether the plan tells the task's dues apart by keys.
    several: bool,
    /// Of a task with one due that records fulfil: where that stands while there are none, and its days late.
    open: Option<(Standing, i32)>,
}

/// A plan made ready for one view.
#[derive(Debug)]
pub struct Ruler {
    view: View,
    by: Yardstick,
    tasks: Vec<Ruled>,
    classes: Vec<Vec<Owed>>,
    /// The place in the plan of a store's task number.
    places: Vec<Option<usize>>,
}

/// Room that the fold uses again from sheet to sheet.
#[derive(Debug, Default)]
pub struct Desk {
    heads: Vec<u32>,
    next: Vec<u32>,
    undone: Vec<Seq>,
    records: Vec<Live>,
    returns: Vec<Returning>,
    terms: Vec<Item>,
    named: Option<Day>,
    /// The latest day on which something of the task gathered last acts, of what does by the day asked about.
    last: Option<Day>,
}

/// A record that counts or once did.
#[derive(Clone, Copy, Debug)]
struct Live {
    item: Item,
    mark: Mark,
    /// Its place on the sheet: what was recorded after what.
    at: u32,
    accepted: bool,
    /// The place on the sheet of its first return, where it was returned.
    returned: Option<u32>,
}

/// A return of a record.
#[derive(Clone, Copy, Debug)]
struct Returning {
    seq: Seq,
    day: Day,
    /// Its place on the sheet.
    at: u32,
    /// The record, by its place in the journal.
    of: Seq,
    /// The last day to put it right.
    rectify: Day,
    /// The due that it bears on, by its place among the task's.
    due_at: Option<usize>,
}

/// What was recorded for a task. Of nearly all there is one record or none, and nothing else to weigh.
#[derive(Clone, Copy)]
enum Lone<'s> {
    Nothing,
    Record(Day, &'s Mark),
    /// There is more to weigh.
    No,
}

const END: u32 = u32::MAX;

impl Ruled {
    /// Whether a record of that day is one for this due.
    #[inline]
    fn belongs(&self, due: &Due, day: Day, mark: &Mark) -> bool {
        match (mark.period, self.period) {
            (_, None) => true,
            (Some(period), Some(_)) => period == due.key,
            (None, Some(_)) => {
                due.opens.is_none_or(|first| day >= first)
                    && due.closes.is_none_or(|last| day <= last)
            }
        }
    }

    /// Whether a record is one for this due and not too early for it.
    fn counts(&self, due: &Due, record: &Live) -> bool {
        let day = record.item.day;
        self.belongs(due, day, &record.mark) && due.opens.is_none_or(|first| day >= first)
    }
}

impl Ruler {
    /// Makes a plan ready. `numbers` are the store's task numbers by place in the plan, `classes` the store's classes by
    /// number, `orders` the facts that stand on no unit's sheet.
    pub fn new(
        plan: &Plan,
        numbers: &[TaskNo],
        classes: &[Class],
        orders: &[Item],
        view: View,
    ) -> Self {
        let attributes = plan.attributes();
        let by = Yardstick {
            day: view.as_of,
            grace: view.grace.unwrap_or(plan.grace),
            due_soon: plan.due_soon,
            ends: plan.ends,
        };
        let mut taken_back = Vec::new();
        undone(orders, |item| view.knows(item), &mut taken_back);
        let tasks = plan.tasks.iter().zip(numbers);
        let tasks = tasks.map(|(task, number)| {
            let on_instruction = task.schedule == Schedule::Instruction;
            let order = on_instruction
                .then(|| ordered(orders, &taken_back, *number, &view))
                .flatten();
            let instructed = order.map(|day| day.max(plan.issued));
            let instructed = instructed.map(|due| Due {
                key: due,
                opens: None,
                closes: None,
                due,
                share: None,
            });
            let mut dues = task.schedule.dues(plan.issued);
            dues.extend(instructed);
            let one = match dues.as_slice() {
                [due] if !task.by_roster && task.schedule.period().is_none() => Some(due.due),
                _ => None,
            };
            let open = one.map(|due| {
                let case = Case::of(due, None);
                let standing = judge(&case, &by);
                (standing, days_late(&case, standing, &by))
            });
            Ruled {
                open,
                waiting: on_instruction && dues.is_empty(),
                dues,
                period: task.schedule.period(),
                by_roster: task.by_roster,
                nil: task.nil,
                several: matches!(
                    task.schedule,
                    Schedule::Every { .. } | Schedule::Milestones { .. }
                ),
            }
        });
        let owed = |class: &Class| {
            let tasks = plan
                .tasks
                .iter()
                .enumerate()
                .filter(|(_, task)| task.owed_by(class));
            let owed = tasks.map(|(place, task)| {
                let need = task.need_of(class).map(|need| match &need.amount {
                    Amount::Count(count) => Need::Fixed(*count),
                    Amount::Share { share, of } => {
                        let attribute = attributes
                            .iter()
                            .position(|name| name == of)
                            .unwrap_or(usize::MAX);
                        Need::Share {
                            share: *share,
                            attribute,
                        }
                    }
                });
                Owed { task: place, need }
            });
            owed.collect()
        };
        let mut places = vec![None; numbers.iter().max().map_or(0, |most| *most as usize + 1)];
        for (place, number) in numbers.iter().enumerate() {
            places[*number as usize] = Some(place);
        }
        let tasks = tasks.collect();
        Self {
            view,
            by,
            tasks,
            classes: classes.iter().map(owed).collect(),
            places,
        }
    }

    /// The view that the ruler was made for.
    pub const fn view(&self) -> View {
        self.view
    }

    /// The dues of a task, by its place in the plan; an order that has arrived is one.
    pub fn dues(&self, task: usize) -> &[Due] {
        &self.tasks[task].dues
    }

    /// What tells a due from the others of its task, for entries that are about one due: its key where the plan gives the
    /// task several, nothing where it gives one, so that a moved day is still the same due.
    pub fn period(&self, cell: &Cell) -> Option<Day> {
        cell.key.filter(|_| self.tasks[cell.task].several)
    }

    /// Whether units of that class owe anything.
    pub fn owes(&self, class: u32) -> bool {
        self.classes
            .get(class as usize)
            .is_some_and(|owed| !owed.is_empty())
    }

    /// Calls `visit` for every obligation of the sheet's unit, in the order of the plan, and of days within a task.
    pub fn cells(&self, sheet: &Sheet, desk: &mut Desk, mut visit: impl FnMut(Cell)) {
        let Some(owed) = self.classes.get(sheet.class as usize) else {
            return;
        };
        if owed.is_empty() {
            return;
        }
        self.sort_out(sheet, desk);
        for owed in owed {
            self.lay(owed, sheet, desk, &mut visit);
        }
    }

    /// As [`Ruler::cells`], and calls `then` for every obligation as it stood on the day of `earlier`, the ruler of an earlier day of
    /// the same view. What was fulfilled by then stood as it does now, so that most cells are made once.
    pub fn cells_of_two(
        &self,
        earlier: &Self,
        sheet: &Sheet,
        desk: &mut Desk,
        mut now: impl FnMut(Cell),
        mut then: impl FnMut(Cell),
    ) {
        let Some(owed) = self.classes.get(sheet.class as usize) else {
            return;
        };
        if owed.is_empty() {
            return;
        }
        self.sort_out(sheet, desk);
        for owed in owed {
            let (task, before) = (&self.tasks[owed.task], &earlier.tasks[owed.task]);
            let lone = self.lone(sheet, owed.task, desk);
            if let (Lone::Nothing | Lone::Record(..), None) = (lone, owed.need)
                && let (Some(open), [due]) = (task.open, &*task.dues)
                && let (Some(was_open), [was]) = (before.open, &*before.dues)
                && due.due == was.due
            {
                if sheet.owes_by(due.due) {
                    let cell = self.simple_cell(owed.task, due, open, &lone);
                    if cell.fulfilled.is_some_and(|on| on <= earlier.view.as_of) {
                        then(cell);
                    } else {
                        then(earlier.simple_cell(owed.task, due, was_open, &Lone::Nothing));
                    }
                    now(cell);
                }
                continue;
            }
            self.weigh_two(earlier, owed, sheet, desk, [&mut now, &mut then]);
        }
    }

    /// As [`Ruler::cells_of_two`], for one task of which more is to be weighed. It is no part of that, so that the few values of the
    /// short way stay in registers.
    #[inline(never)]
    fn weigh_two(
        &self,
        earlier: &Self,
        owed: &Owed,
        sheet: &Sheet,
        desk: &mut Desk,
        [now, then]: [&mut dyn FnMut(Cell); 2],
    ) {
        let (task, before) = (&self.tasks[owed.task], &earlier.tasks[owed.task]);
        // Only an order makes a task's dues others than they were, and a task has one order in force.
        if task.waiting || (task.dues.len() == 1 && task.dues != before.dues) {
            self.lay(owed, sheet, desk, &mut |cell| now(cell));
            earlier.lay(owed, sheet, desk, &mut |cell| then(cell));
            return;
        }
        let day = earlier.view.as_of;
        let lone = self.lone(sheet, owed.task, desk);
        let (was, moved) = match lone {
            Lone::Nothing => (lone, false),
            Lone::Record(on, _) if on > day => (Lone::Nothing, true),
            Lone::Record(..) => (lone, false),
            Lone::No => {
                self.gather(sheet, owed, desk);
                (lone, desk.last > Some(day))
            }
        };
        let again = moved && matches!(was, Lone::No);
        for (place, due) in task.dues.iter().enumerate() {
            if !sheet.owes_by(due.due) {
                continue;
            }
            let cell = self.cell(sheet, owed, (place, due), &lone, desk);
            now(cell);
            if again {
                continue;
            }
            if !moved && cell.fulfilled.is_some_and(|on| on <= day) {
                then(cell);
            } else {
                then(earlier.cell(sheet, owed, (place, due), &was, desk));
            }
        }
        if again {
            earlier.lay(owed, sheet, desk, &mut |cell| then(cell));
        }
    }

    /// Calls `visit` for the unit's obligations of one task.
    #[inline(always)]
    fn lay(&self, owed: &Owed, sheet: &Sheet, desk: &mut Desk, visit: &mut impl FnMut(Cell)) {
        let task = &self.tasks[owed.task];
        if task.waiting {
            // No order can lay anything on a unit that is closed.
            if !sheet.is_closed(self.view.as_of) {
                visit(waiting(owed.task));
            }
            return;
        }
        let lone = self.lone(sheet, owed.task, desk);
        if matches!(lone, Lone::No) {
            self.gather(sheet, owed, desk);
        } else if let (Some(open), None, [due]) = (task.open, owed.need, &*task.dues) {
            if sheet.owes_by(due.due) {
                visit(self.simple_cell(owed.task, due, open, &lone));
            }
            return;
        }
        for (place, due) in task.dues.iter().enumerate() {
            if sheet.owes_by(due.due) {
                visit(self.cell(sheet, owed, (place, due), &lone, desk));
            }
        }
    }

    /// The cell of a due that no short way leads to.
    #[inline(always)]
    fn cell(
        &self,
        sheet: &Sheet,
        owed: &Owed,
        due: (usize, &Due),
        lone: &Lone,
        desk: &Desk,
    ) -> Cell {
        match *lone {
            Lone::Nothing => self.plain_cell(sheet, owed, due, None, desk),
            Lone::Record(day, mark) => self.plain_cell(sheet, owed, due, Some((day, mark)), desk),
            Lone::No => self.weighed_cell(sheet, owed, due, desk),
        }
    }

    /// Calls `visit` for every optional task for which records of the sheet's unit are in force, with their number and what they come
    /// to: their sum, or the latest of running totals. Nobody owes these, so they have no cells.
    pub fn optional(
        &self,
        plan: &Plan,
        sheet: &Sheet,
        desk: &mut Desk,
        mut visit: impl FnMut(usize, u64, Decimal),
    ) {
        self.sort_out(sheet, desk);
        for (place, task) in plan.tasks.iter().enumerate() {
            if !task.optional || desk.heads[place] == END {
                continue;
            }
            let owed = Owed {
                task: place,
                need: None,
            };
            self.gather(sheet, &owed, desk);
            let live = || {
                let records = desk.records.iter();
                records.filter(|record| record.returned.is_none())
            };
            let mut counts = live().map(|record| record.mark.count);
            let sum = match task.totals {
                true => counts.next_back().unwrap_or_default(),
                false => counts.sum(),
            };
            let records = live().count() as u64;
            if records > 0 {
                visit(place, records, sum);
            }
        }
    }

    /// What was recorded for a task, where that is all there is to weigh.
    #[inline(always)]
    fn lone<'s>(&self, sheet: &'s Sheet, task: usize, desk: &Desk) -> Lone<'s> {
        let at = desk.heads[task];
        if at == END {
            return Lone::Nothing;
        }
        let item = &sheet.items[at as usize];
        match &item.fact {
            Fact::Record(mark) if desk.next[at as usize] == END && desk.undone.is_empty() => {
                match self.view.sees(item) {
                    true => Lone::Record(item.day, mark),
                    false => Lone::Nothing,
                }
            }
            _ => Lone::No,
        }
    }

    /// Threads the sheet's items by task, and notes what was undone and when a contact was first named.
    fn sort_out(&self, sheet: &Sheet, desk: &mut Desk) {
        desk.heads.clear();
        desk.heads.resize(self.tasks.len(), END);
        desk.next.clear();
        desk.next.resize(sheet.items.len(), END);
        desk.undone.clear();
        desk.named = None;
        let mut undos = false;
        for (at, item) in sheet.items.iter().enumerate().rev() {
            match item.fact {
                Fact::Undo { .. } | Fact::Same { .. } => undos = true,
                Fact::Contact { named: true } if self.view.sees(item) => {
                    desk.named = Some(desk.named.map_or(item.day, |day| day.min(item.day)));
                }
                // What notices booked says nothing of where an obligation stands.
                Fact::Book(_) => continue,
                _ => {}
            }
            if let Some(place) = self.places.get(item.task as usize).copied().flatten() {
                desk.next[at] = desk.heads[place];
                desk.heads[place] = u32::try_from(at).unwrap_or(END);
            }
        }
        if undos {
            undone(&sheet.items, |item| self.view.knows(item), &mut desk.undone);
        }
    }
}

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(super) use tests::campaign;
