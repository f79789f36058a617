//! The fold: from sheets to the board (进度一览表), where every obligation stands on a day.
//!
//! A [`Ruler`] is a plan made ready for one view; [`Ruler::cells`] lays it on one sheet. One sheet needs no other, so the
//! fold streams, and today and any past day are one code path.

use super::day::Day;
use super::decimal::Decimal;
use super::due::{Due, Period, Schedule};
use super::entry::{Seq, TaskNo};
use super::plan::{Amount, Plan};
use super::sheet::{Fact, Item, Mark, Sheet, undone};
use super::standing::{Case, Standing, Yardstick, days_late, judge};
use super::unit::Class;

/// What is looked at: a day, and what was known by when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct View {
    /// The day asked about (`--as-of`).
    pub as_of: Day,
    /// Only what had been recorded by this day counts (`--known-by`).
    pub known_by: Option<Day>,
    /// Days of grace instead of the plan's.
    pub grace: Option<i32>,
}

impl View {
    /// All that is known, on that day.
    pub const fn on(as_of: Day) -> Self {
        Self {
            as_of,
            known_by: None,
            grace: None,
        }
    }
}

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
    /// The day on which it was fulfilled.
    pub fulfilled: Option<Day>,
    /// Days late, of what is late or overdue.
    pub days: i32,
    /// The rectification day of the latest return that still stands.
    pub rectify: Option<Day>,
    /// Completed by records with proof alone.
    pub proven: bool,
    /// Completed by accepted records alone.
    pub accepted: bool,
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
    terms: Vec<Item>,
    named: Option<Day>,
}

/// A record that counts or once did.
#[derive(Clone, Copy, Debug)]
struct Live {
    item: Item,
    mark: Mark,
    accepted: bool,
    /// The day of the return, where it was returned, and the last day to put it right.
    returned: Option<(Day, Day, Seq)>,
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
        let tasks = plan.tasks.iter().zip(numbers);
        let tasks = tasks.map(|(task, number)| {
            let on_instruction = task.schedule == Schedule::Instruction;
            let order = on_instruction
                .then(|| ordered(orders, *number, &view))
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
            Ruled {
                waiting: on_instruction && dues.is_empty(),
                dues,
                period: task.schedule.period(),
                by_roster: task.by_roster,
                nil: task.nil,
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
            let task = &self.tasks[owed.task];
            if task.waiting {
                visit(waiting(owed.task));
                continue;
            }
            let lone = self.lone(sheet, owed.task, desk);
            if matches!(lone, Lone::No) {
                self.gather(sheet, owed.task, desk);
            }
            for (place, due) in task.dues.iter().enumerate() {
                if sheet.since.is_some_and(|since| due.due < since)
                    || sheet.until.is_some_and(|until| due.due > until)
                {
                    continue;
                }
                match lone {
                    Lone::Nothing => visit(self.plain_cell(sheet, owed, (place, due), None, desk)),
                    Lone::Record(day, mark) => {
                        let record = Some((day, mark));
                        visit(self.plain_cell(sheet, owed, (place, due), record, desk));
                    }
                    Lone::No => visit(self.cell(sheet, owed, (place, due), desk)),
                }
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
            Fact::Record(mark)
                if desk.next[at as usize] == END
                    && desk.undone.is_empty()
                    && item.day <= self.view.as_of
                    && self.is_known(item) =>
            {
                Lone::Record(item.day, mark)
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
                Fact::Undo { .. } => undos = true,
                Fact::Contact if self.is_known(item) && item.day <= self.view.as_of => {
                    desk.named = Some(desk.named.map_or(item.day, |day| day.min(item.day)));
                }
                _ => {}
            }
            if let Some(place) = self.places.get(item.task as usize).copied().flatten() {
                desk.next[at] = desk.heads[place];
                desk.heads[place] = u32::try_from(at).unwrap_or(END);
            }
        }
        if undos {
            undone(&sheet.items, |item| self.is_known(item), &mut desk.undone);
        }
    }

    fn is_known(&self, item: &Item) -> bool {
        self.view.known_by.is_none_or(|day| item.recorded() <= day)
    }

    /// Collects the facts of one task that are in force on the day asked about.
    fn gather(&self, sheet: &Sheet, task: usize, desk: &mut Desk) {
        desk.records.clear();
        desk.terms.clear();
        let mut at = desk.heads[task];
        while at != END {
            let item = sheet.items[at as usize];
            at = desk.next[at as usize];
            if !self.is_known(&item) || desk.undone.contains(&item.seq) {
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
                        record.returned = Some((term.day, rectify, term.seq));
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
    fn need(
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
        let need = whole.map(|whole| due.share.map_or(whole, |share| share.of(whole)));
        (need, share)
    }

    /// The cell of a due with one record or none, and nothing else to weigh.
    #[inline(always)]
    fn plain_cell(
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
        let case = Case {
            due: Some(due.due),
            fulfilled: if task.by_roster {
                desk.named
            } else {
                reached_on
            },
            excused: false,
            rectify: None,
            returned_last: false,
        };
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
            proven: proof && standing.is_completed(),
            accepted: false,
        }
    }

    fn cell(&self, sheet: &Sheet, owed: &Owed, (place, due): (usize, &Due), desk: &Desk) -> Cell {
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
        let fulfilled = if task.by_roster {
            desk.named
        } else {
            reached_on
        };
        let returned = desk
            .records
            .iter()
            .filter(|record| belongs(record))
            .filter_map(|record| {
                record
                    .returned
                    .map(|(day, rectify, seq)| ((day, seq), rectify, record.item.seq))
            });
        let returned = returned.max();
        let returned_last = returned.is_some_and(|((day, seq), _, of)| {
            let after = |record: &Live| {
                (record.item.day, record.item.seq) > (day, seq) && record.item.seq != of
            };
            !desk
                .records
                .iter()
                .any(|record| belongs(record) && record.returned.is_none() && after(record))
        });
        let fits = |period: Option<Day>| period.is_none_or(|key| key == due.key);
        let excused = desk
            .terms
            .iter()
            .any(|term| matches!(term.fact, Fact::Excuse { period } if fits(period)));
        let rectify = returned.map(|(_, rectify, _)| rectify);
        let due_in_force = in_force(due, &desk.terms, fits);
        let case = Case {
            due: Some(due_in_force),
            fulfilled,
            excused,
            rectify,
            returned_last,
        };
        let standing = judge(&case, &self.by);
        let completed = standing.is_completed();
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
            proven: completed && reach(&|record| record.mark.proof).1.is_some(),
            accepted: completed && reach(&|record| record.accepted).1.is_some(),
        }
    }
}

/// The order in which facts follow one another: by the day from which they act, then as they were recorded.
fn order(item: &Item) -> (Day, Day, Seq) {
    (item.day, item.recorded(), item.seq)
}

/// The day of the latest order for a task that is in force.
fn ordered(orders: &[Item], task: TaskNo, view: &View) -> Option<Day> {
    let known = |item: &&Item| view.known_by.is_none_or(|day| item.recorded() <= day);
    let undone = |seq: Seq| {
        orders
            .iter()
            .filter(known)
            .any(|item| matches!(item.fact, Fact::Undo { of } if of == seq))
    };
    let live = orders
        .iter()
        .filter(known)
        .filter(|item| item.task == task && item.day <= view.as_of && !undone(item.seq));
    let latest = live
        .filter(|item| matches!(item.fact, Fact::Instruct { .. }))
        .max_by_key(|item| order(item))?;
    if let Fact::Instruct { due } = latest.fact {
        Some(due)
    } else {
        None
    }
}

/// The due day with what moved it: an `apply` that laid it on the unit, and the latest extension, which never shortens it.
fn in_force(due: &Due, terms: &[Item], fits: impl Fn(Option<Day>) -> bool) -> Day {
    if terms.is_empty() {
        return due.due;
    }
    let gained = terms.iter().filter_map(|term| match term.fact {
        Fact::Gain { period } if fits(period) => Some(term.day),
        _ => None,
    });
    let laid = gained.fold(due.due, Day::max);
    let extended = terms.iter().filter_map(|term| match term.fact {
        Fact::Extend { period, due } if fits(period) => Some((order(term), due)),
        _ => None,
    });
    extended.max().map_or(laid, |(_, day)| day.max(laid))
}

/// What records come to, and the day since which they have reached the need (rule 3).
#[inline]
fn reached<'m>(
    records: impl Iterator<Item = (Day, &'m Mark)>,
    need: Option<Decimal>,
    nil: bool,
) -> (Decimal, Option<Day>) {
    let mut sum = Decimal::ZERO;
    let mut since = None;
    let mut nil_since = None;
    for (day, mark) in records {
        if mark.nil {
            if nil && nil_since.is_none() {
                nil_since = Some(day);
            }
            continue;
        }
        sum = if mark.total {
            mark.count
        } else {
            sum + mark.count
        };
        if need.is_some_and(|need| sum < need) {
            since = None;
        } else if since.is_none() {
            since = Some(day);
        }
    }
    let day = match (since, nil_since) {
        (Some(day), Some(nil)) => Some(day.min(nil)),
        (day, nil) => day.or(nil),
    };
    (sum, day)
}

fn waiting(task: usize) -> Cell {
    Cell {
        task,
        due_at: 0,
        key: None,
        due: None,
        standing: Standing::Waiting,
        count: Decimal::ZERO,
        need: None,
        share: None,
        fulfilled: None,
        days: 0,
        rectify: None,
        proven: false,
        accepted: false,
    }
}
