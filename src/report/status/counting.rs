//! The count behind a status: cells go in one by one, the report comes out.

use std::collections::BTreeMap;

use super::{Before, By, Next, Quantity, Question, Status, StatusRow};
use crate::model::board::{Cell, Ruler};
use crate::model::code::Id;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::{Activity, Goal, Phase, Plan, Task, Theme};
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::query::{Error, Grouping, Groups, SurveyPart, Surveyed, Turns, Workspace};
use crate::report::{Change, Frame, optional};

/// The count behind a status: cells go in one by one.
#[derive(Clone)]
pub(super) struct Counting<'a> {
    plan: &'a Plan,
    as_of: Day,
    by: By,
    tallies: Vec<Tally>,
    /// Of all, where rows overlap; else it is their sum.
    total: Tally,
    /// The day compared with.
    before_day: Option<Day>,
    /// What it came to then.
    before: Tally,
    /// The rows of each task, where rows are parts of the plan; the first of its dues, where they are dues.
    rows: Vec<Vec<usize>>,
    /// What was counted, by row, where rows are tasks or dues.
    attained: Vec<Attained>,
    /// The plan's due days by task.
    planned: Vec<Vec<Day>>,
    /// Units with an open obligation by task and due, of those that stand on the plan's own days.
    upcoming: Vec<Vec<u64>>,
    /// The same by day and task, of those that were moved, and of those that share their day with another due of the task.
    moved: BTreeMap<(Day, usize), u64>,
    /// Of one unit, in room that is used again.
    shared: Vec<(Day, usize)>,
    lagging: u64,
    grouping: Grouping,
    turns: Turns,
}

#[derive(Clone, Debug, Default)]
struct Attained {
    count: Decimal,
    /// Of each unit no more than it needs.
    capped: Decimal,
    fixed: Decimal,
    /// Shares, and the total of the attribute that each is of: a total row is the share of the total (rule 6).
    shares: Vec<(Decimal, Decimal)>,
}

impl Attained {
    /// What it comes to. `milestone` is the share of the whole target that one due needs.
    fn amount(&self, milestone: Option<Decimal>, measure: String) -> Quantity {
        let shared = self.shares.iter().map(|(share, total)| {
            let whole = share.of(*total);
            milestone.map_or(whole, |milestone| milestone.of(whole))
        });
        Quantity {
            count: self.count,
            capped: self.capped,
            target: self.fixed + shared.sum(),
            measure,
        }
    }

    /// Adds a share of so much.
    fn add(&mut self, share: Decimal, of: Decimal) {
        match self.shares.iter_mut().find(|(known, _)| *known == share) {
            Some((_, total)) => *total += of,
            None => self.shares.push((share, of)),
        }
    }
}

impl SurveyPart for Counting<'_> {
    fn earlier(&mut self, cell: &Cell) {
        if let Some(day) = self.before_day {
            self.before.count(cell, day);
        }
        self.turns.earlier(cell);
    }
}

impl<'a> Counting<'a> {
    /// Begins a count. Rows of tasks, activities, phases and goals are the plan's; others come with their units.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(super) fn new(
        workspace: &'a Workspace,
        ruler: &Ruler,
        question: &Question,
    ) -> Result<Self, Error> {
        let (plan, by) = (&workspace.plan, question.by);
        let as_of = question.view.as_of;
        let dues = |task: usize| ruler.dues(task).len();
        let rows: Vec<Vec<usize>> = match by {
            By::Task => (0..plan.tasks.len()).map(|task| vec![task]).collect(),
            By::Due => {
                let mut next = 0;
                let first = (0..plan.tasks.len()).map(|task| {
                    // A task that waits for its order has a row all the same.
                    let first = next;
                    next += dues(task).max(1);
                    vec![first]
                });
                first.collect()
            }
            By::Activity => plan.tasks.iter().map(|task| vec![task.activity]).collect(),
            By::Phase => {
                let phase = |task: &Task| plan.activities[task.activity].phase;
                plan.tasks.iter().map(|task| vec![phase(task)]).collect()
            }
            By::Goal => {
                let ids: Vec<&Id> = plan.goals.iter().map(|goal| &goal.id).collect();
                plan.tasks
                    .iter()
                    .map(|task| served(&ids, &task.goals))
                    .collect()
            }
            By::Theme => {
                let ids: Vec<&Id> = plan.themes.iter().map(|theme| &theme.id).collect();
                plan.tasks
                    .iter()
                    .map(|task| served(&ids, &task.themes))
                    .collect()
            }
            By::Kind | By::Area | By::Unit => Vec::new(),
        };
        let count = match by {
            By::Task => plan.tasks.len(),
            By::Due => (0..plan.tasks.len()).map(|task| dues(task).max(1)).sum(),
            By::Activity => plan.activities.len(),
            By::Phase => plan.phases.len(),
            By::Goal => plan.goals.len() + 1,
            By::Theme => plan.themes.len() + 1,
            By::Kind | By::Area | By::Unit => 0,
        };
        let amounts = match by {
            By::Task | By::Due => count,
            _ => 0,
        };
        let planned =
            (0..plan.tasks.len()).map(|task| ruler.dues(task).iter().map(|due| due.due).collect());
        let upcoming = (0..plan.tasks.len()).map(|task| vec![0; ruler.dues(task).len()]);
        let groups = match by {
            By::Kind => Groups::Kind,
            By::Area => Groups::Area,
            By::Unit => Groups::Unit,
            _ => Groups::None,
        };
        Ok(Self {
            plan,
            as_of,
            by,
            grouping: Grouping::new(workspace, groups, &question.selection)?,
            turns: Turns::new(question.since),
            tallies: vec![Tally::default(); count],
            total: Tally::default(),
            before_day: question.before(plan),
            before: Tally::default(),
            rows,
            attained: vec![Attained::default(); amounts],
            upcoming: upcoming.collect(),
            planned: planned.collect(),
            moved: BTreeMap::new(),
            shared: Vec::new(),
            lagging: 0,
        })
    }

    /// Counts the obligations of one unit.
    pub(super) fn count(&mut self, unit: &Surveyed) {
        self.turns.note(unit);
        let Surveyed { sheet, cells } = *unit;
        if cells.is_empty() {
            return;
        }
        let tallies = &mut self.tallies;
        let row = self.grouping.row_of(sheet, || add_row(tallies));
        for cell in cells {
            self.count_cell(cell, row);
        }
        if !self.shared.is_empty() {
            self.count_shared(cells);
        }
        let lags = |cell: &Cell| cell.standing == Standing::Overdue;
        self.lagging += u64::from(cells.iter().any(lags) && !sheet.is_closed(self.as_of));
    }

    /// Whether a due stands on the day that the plan gives it, and no other of its task does.
    fn has_own_day(&self, cell: &Cell, due: Day) -> bool {
        let days = &self.planned[cell.task];
        let at = cell.due_at;
        let differs = |other: Option<&Day>| other != Some(&due);
        days.get(at) == Some(&due)
            && differs(days.get(at + 1))
            && differs(at.checked_sub(1).and_then(|at| days.get(at)))
    }

    /// Counts the unit once for each day on which several dues of one task may fall.
    fn count_shared(&mut self, cells: &[Cell]) {
        let mut shared = std::mem::take(&mut self.shared);
        shared.sort_unstable();
        shared.dedup();
        for (day, task) in shared.drain(..) {
            let counted = |cell: &Cell| {
                cell.task == task
                    && cell.due == Some(day)
                    && is_open(cell)
                    && self.has_own_day(cell, day)
            };
            if !cells.iter().any(counted) {
                *self.moved.entry((day, task)).or_default() += 1;
            }
        }
        self.shared = shared;
    }

    fn count_cell(&mut self, cell: &Cell, row: Option<usize>) {
        let as_of = self.as_of;
        if self.overlaps() {
            self.total.count(cell, as_of);
        }
        if let Some(row) = row {
            self.tallies[row].count(cell, as_of);
        } else {
            let of_due = if self.by == By::Due { cell.due_at } else { 0 };
            for row in &self.rows[cell.task] {
                self.tallies[row + of_due].count(cell, as_of);
            }
        }
        if let Some(due) = cell.due.filter(|_| is_open(cell)) {
            if self.has_own_day(cell, due) {
                self.upcoming[cell.task][cell.due_at] += 1;
            } else {
                self.shared.push((due, cell.task));
            }
        }
        let Some(need) = cell.need else {
            return;
        };
        let Some(row) = self.row_of_amount(cell) else {
            return;
        };
        // Of what is owed alone: what the excused are spared is no part of the target (rule 6).
        if cell.standing != Standing::Excused {
            let attained = &mut self.attained[row];
            attained.count += cell.count;
            attained.capped += cell.count.min(need);
            match cell.share {
                None => attained.fixed += need,
                Some((share, of)) => attained.add(share, of),
            }
        }
    }

    /// Whether an obligation may stand in several rows.
    fn overlaps(&self) -> bool {
        matches!(self.by, By::Goal | By::Theme)
    }

    /// The row whose amount a cell is part of. A task with several dues has none: one due's amount would stand beside the counts of
    /// all (rule 6).
    fn row_of_amount(&self, cell: &Cell) -> Option<usize> {
        match self.by {
            By::Task if self.planned[cell.task].len() < 2 => Some(cell.task),
            By::Due => Some(self.rows[cell.task][0] + cell.due_at),
            _ => None,
        }
    }

    /// With what was counted of the units that follow, for the same question.
    #[must_use]
    pub(super) fn and(mut self, more: Self) -> Self {
        let tallies = &mut self.tallies;
        let rows = self.grouping.join(more.grouping, || add_row(tallies));
        self.turns.join(more.turns);
        for (at, tally) in more.tallies.into_iter().enumerate() {
            self.tallies[rows.get(at).copied().unwrap_or(at)] += tally;
        }
        self.total += more.total;
        self.before += more.before;
        for (attained, more) in self.attained.iter_mut().zip(more.attained) {
            attained.count += more.count;
            attained.capped += more.capped;
            attained.fixed += more.fixed;
            for (share, of) in more.shares {
                attained.add(share, of);
            }
        }
        let open = self.upcoming.iter_mut().flatten();
        for (units, more) in open.zip(more.upcoming.into_iter().flatten()) {
            *units += more;
        }
        for (at, units) in more.moved {
            *self.moved.entry(at).or_default() += units;
        }
        self.lagging += more.lagging;
        self
    }

    /// The report.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(super) fn finish(
        mut self,
        workspace: &Workspace,
        ruler: &Ruler,
        question: &Question,
    ) -> Result<Status, Error> {
        let plan = self.plan;
        if !self.overlaps() {
            self.total = self.tallies.iter().copied().sum();
        }
        let rows = match self.by {
            By::Task | By::Due => self.task_rows(ruler),
            By::Activity => {
                let named = |activity: &Activity| (activity.id.to_string(), activity.name.clone());
                self.rows_named(plan.activities.iter().map(named))
            }
            By::Phase => {
                let named = |phase: &Phase| (phase.id.to_string(), phase.name.clone());
                self.rows_named(plan.phases.iter().map(named))
            }
            By::Goal => {
                let named = |goal: &Goal| (goal.id.to_string(), goal.name.clone());
                self.rows_named(plan.goals.iter().map(named))
            }
            By::Theme => {
                let named = |theme: &Theme| (theme.id.to_string(), theme.name.clone());
                self.rows_named(plan.themes.iter().map(named))
            }
            By::Kind | By::Area | By::Unit => {
                let named = self.grouping.names(workspace)?;
                let mut rows: Vec<(u32, StatusRow)> = named
                    .into_iter()
                    .zip(&self.tallies)
                    .map(|((place, names), tally)| (place, StatusRow::new(names, *tally)))
                    .collect();
                rows.sort_by_key(|(place, _)| *place);
                rows.into_iter().map(|(_, row)| row).collect()
            }
        };
        let before = self.before_day.map(|day| (day, self.before));
        let (by, total, lagging) = (self.by, self.total.into(), self.lagging);
        let since = Change::of(
            workspace,
            std::mem::replace(&mut self.turns, Turns::new(None)),
        )?;
        let next = self.next();
        Ok(Status {
            schema: "duban.status/3",
            frame: Frame::of(workspace, question.view).within(&question.selection),
            by,
            rows,
            total,
            before: before.map(|(as_of, tally)| Before {
                as_of,
                total: tally.into(),
            }),
            since,
            lagging,
            next,
            optional: optional::rows(workspace, ruler, &question.selection)?,
            all: question.all,
            omitted: 0,
            screen: question.screen,
        })
    }

    /// The rows of parts of the plan. One tally more than there are names is of the tasks that serve none of them.
    fn rows_named(&self, names: impl Iterator<Item = (String, String)>) -> Vec<StatusRow> {
        let none = (String::new(), "-".to_string());
        let mut rows: Vec<StatusRow> = names
            .chain([none])
            .zip(&self.tallies)
            .map(|(names, tally)| StatusRow::new(names, *tally))
            .collect();
        rows.pop_if(|row| row.code.is_empty() && row.figures.applicable == 0);
        rows
    }

    /// The rows of tasks or dues that somebody owes.
    fn task_rows(&self, ruler: &Ruler) -> Vec<StatusRow> {
        let mut rows = Vec::new();
        for (place, task) in self.plan.tasks.iter().enumerate() {
            let (first, dues) = (self.rows[place][0], ruler.dues(place));
            let several = if self.by == By::Due {
                dues.len().max(1)
            } else {
                1
            };
            for at in 0..several {
                let row = first + at;
                let names = (task.code.to_string(), task.name.clone());
                // A task with several dues has no single day of its own.
                let due = dues
                    .get(at)
                    .filter(|_| self.by == By::Due || dues.len() == 1);
                let amount = task.target.as_ref().zip(due).map(|(target, due)| {
                    self.attained[row].amount(due.share, target.measure.clone())
                });
                rows.push(StatusRow {
                    due: due.map(|due| due.due),
                    amount,
                    short: Some(task.short.clone()),
                    ..StatusRow::new(names, self.tallies[row])
                });
            }
        }
        rows.retain(|row| row.figures.applicable > 0);
        rows
    }

    fn next(mut self) -> Vec<Next> {
        let mut coming = std::mem::take(&mut self.moved);
        for (task, (days, units)) in self.planned.iter().zip(&self.upcoming).enumerate() {
            for (day, units) in days.iter().zip(units).filter(|(_, units)| **units > 0) {
                *coming.entry((*day, task)).or_default() += units;
            }
        }
        coming.retain(|(day, _), _| *day >= self.as_of);
        let Some((first, _)) = coming.keys().next().copied() else {
            return Vec::new();
        };
        let next = coming.into_iter().take_while(|((due, _), _)| *due == first);
        let next = next.map(|((due, task), units)| {
            let task = &self.plan.tasks[task];
            Next {
                task: task.code.to_string(),
                name: task.short.clone(),
                due,
                units,
            }
        });
        next.collect()
    }
}

/// Adds a row, for rows that are met on the way, and returns its place.
fn add_row(tallies: &mut Vec<Tally>) -> usize {
    tallies.push(Tally::default());
    tallies.len() - 1
}

/// Whether it is still to be done, by a day that has not passed.
fn is_open(cell: &Cell) -> bool {
    matches!(cell.standing, Standing::Pending | Standing::DueSoon)
}

/// The places of those that a task serves among `all`; the place behind the last where it serves none.
fn served(all: &[&Id], of: &[Id]) -> Vec<usize> {
    let served = (0..all.len()).filter(|place| of.contains(all[*place]));
    let served: Vec<usize> = served.collect();
    if served.is_empty() {
        vec![all.len()]
    } else {
        served
    }
}
