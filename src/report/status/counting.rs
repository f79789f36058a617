//! The count behind a status: cells go in one by one, the report comes out.

use std::collections::BTreeMap;

use super::{By, Next, Question, Status, StatusRow};
use crate::model::board::{Cell, Ruler};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::query::{Fault, Grouping, Groups, Surveyed, Turns, Workspace};
use crate::report::{Change, Frame};

/// The count behind a status: cells go in one by one.
#[derive(Clone)]
pub struct Counting<'a> {
    plan: &'a Plan,
    as_of: Day,
    by: By,
    tallies: Vec<Tally>,
    total: Tally,
    shown: Vec<Option<usize>>,
    attained: Vec<Attained>,
    goals: Vec<Vec<usize>>,
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
    fixed: Decimal,
    /// Shares, and the total of the attribute that each is of: a total row is the share of the total (rule 6).
    shares: Vec<(Decimal, Decimal)>,
}

impl Attained {
    /// Adds a share of so much.
    fn add(&mut self, share: Decimal, of: Decimal) {
        match self.shares.iter_mut().find(|(known, _)| *known == share) {
            Some((_, total)) => *total += of,
            None => self.shares.push((share, of)),
        }
    }
}

impl<'a> Counting<'a> {
    /// Begins a count. Rows of tasks, activities, phases and goals are the plan's; others come with their units.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn new(
        workspace: &'a Workspace,
        ruler: &Ruler,
        question: &Question,
    ) -> Result<Self, Fault> {
        let (plan, by) = (&workspace.plan, question.by);
        let as_of = question.view.as_of;
        let rows = match by {
            By::Task => plan.tasks.len(),
            By::Activity => plan.activities.len(),
            By::Phase => plan.phases.len(),
            By::Goal => plan.goals.len(),
            By::Kind | By::Area | By::Unit => 0,
        };
        let shown = |task| {
            let dues = ruler.dues(task);
            dues.iter()
                .rposition(|due| due.due <= as_of)
                .or(if dues.is_empty() { None } else { Some(0) })
        };
        let goals = plan.tasks.iter().map(|task| {
            let served = plan
                .goals
                .iter()
                .enumerate()
                .filter(|(_, goal)| task.goals.contains(&goal.id));
            served.map(|(place, _)| place).collect()
        });
        let planned =
            (0..plan.tasks.len()).map(|task| ruler.dues(task).iter().map(|due| due.due).collect());
        let upcoming = (0..plan.tasks.len()).map(|task| vec![0; ruler.dues(task).len()]);
        let groups = match by {
            By::Kind => Groups::Kind,
            By::Area => Groups::Area,
            By::Unit => Groups::Unit,
            By::Task | By::Activity | By::Phase | By::Goal => Groups::None,
        };
        Ok(Self {
            plan,
            as_of,
            by,
            grouping: Grouping::new(workspace, groups, &question.selection)?,
            turns: Turns::new(question.since),
            tallies: vec![Tally::default(); rows],
            total: Tally::default(),
            shown: (0..plan.tasks.len()).map(shown).collect(),
            attained: vec![Attained::default(); plan.tasks.len()],
            goals: goals.collect(),
            upcoming: upcoming.collect(),
            planned: planned.collect(),
            moved: BTreeMap::new(),
            shared: Vec::new(),
            lagging: 0,
        })
    }

    /// Counts the obligations of one unit.
    pub fn count(&mut self, unit: &Surveyed) {
        self.turns.note(unit);
        let Surveyed { sheet, cells, .. } = *unit;
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
        self.total.count(cell);
        match self.by {
            By::Task => self.tallies[cell.task].count(cell),
            By::Activity => self.tallies[self.plan.tasks[cell.task].activity].count(cell),
            By::Phase => {
                let activity = &self.plan.activities[self.plan.tasks[cell.task].activity];
                self.tallies[activity.phase].count(cell);
            }
            By::Goal => {
                for goal in &self.goals[cell.task] {
                    self.tallies[*goal].count(cell);
                }
            }
            By::Kind | By::Area | By::Unit => {
                if let Some(tally) = row.and_then(|row| self.tallies.get_mut(row)) {
                    tally.count(cell);
                }
            }
        }
        if let Some(due) = cell.due.filter(|_| is_open(cell)) {
            if self.has_own_day(cell, due) {
                self.upcoming[cell.task][cell.due_at] += 1;
            } else {
                self.shared.push((due, cell.task));
            }
        }
        // Of what is owed alone: what the excused are spared is no part of the target (rule 6).
        let shown = self.shown[cell.task] == Some(cell.due_at);
        if let Some(need) = cell
            .need
            .filter(|_| shown && cell.standing != Standing::Excused)
        {
            let attained = &mut self.attained[cell.task];
            attained.count += cell.count;
            match cell.share {
                None => attained.fixed += need,
                Some((share, of)) => attained.add(share, of),
            }
        }
    }

    /// With what was counted of the units that follow, for the same question.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        let tallies = &mut self.tallies;
        let rows = self.grouping.join(more.grouping, || add_row(tallies));
        self.turns.join(more.turns);
        for (at, tally) in more.tallies.into_iter().enumerate() {
            self.tallies[rows.get(at).copied().unwrap_or(at)] += tally;
        }
        self.total += more.total;
        for (attained, more) in self.attained.iter_mut().zip(more.attained) {
            attained.count += more.count;
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
    pub fn finish(
        mut self,
        workspace: &Workspace,
        ruler: &Ruler,
        question: &Question,
    ) -> Result<Status, Fault> {
        let plan = self.plan;
        let named = |code: &dyn std::fmt::Display, name: &str| (code.to_string(), name.to_string());
        let names: Vec<_> = match self.by {
            By::Task => plan
                .tasks
                .iter()
                .map(|task| named(&task.code, &task.name))
                .collect(),
            By::Activity => plan
                .activities
                .iter()
                .map(|activity| named(&activity.id, &activity.name))
                .collect(),
            By::Phase => plan
                .phases
                .iter()
                .map(|phase| named(&phase.id, &phase.name))
                .collect(),
            By::Goal => plan
                .goals
                .iter()
                .map(|goal| named(&goal.id, &goal.name))
                .collect(),
            By::Kind | By::Area | By::Unit => self.grouping.names(workspace)?,
        };
        let rows = names.into_iter().zip(&self.tallies).enumerate().map(
            |(place, ((code, name), tally))| {
                let quantity = (self.by == By::Task)
                    .then(|| self.quantity(place, ruler))
                    .flatten();
                let due = if self.by == By::Task {
                    self.shown[place].map(|at| ruler.dues(place)[at].due)
                } else {
                    None
                };
                let (count, target, measure) = match quantity {
                    Some((count, target, measure)) => (Some(count), Some(target), Some(measure)),
                    None => (None, None, None),
                };
                let attainment = count
                    .zip(target)
                    .and_then(|(count, target)| count.ratio(target))
                    .map(rounded);
                StatusRow {
                    code,
                    name,
                    due,
                    figures: (*tally).into(),
                    count,
                    target,
                    short: (self.by == By::Task).then(|| plan.tasks[place].short.clone()),
                    measure,
                    attainment,
                }
            },
        );
        let rows: Vec<StatusRow> = rows
            .filter(|row| self.by != By::Task || row.figures.applicable > 0)
            .collect();
        let (by, total, lagging) = (self.by, self.total.into(), self.lagging);
        let since = Change::of(
            workspace,
            std::mem::replace(&mut self.turns, Turns::new(None)),
        )?;
        let next = self.next();
        Ok(Status {
            schema: "duban.status/1",
            frame: Frame::of(workspace, question.view),
            by,
            rows,
            total,
            since,
            lagging,
            next,
            all: question.all,
        })
    }

    fn quantity(&self, task: usize, ruler: &Ruler) -> Option<(Decimal, Decimal, String)> {
        let target = self.plan.tasks[task].target.as_ref()?;
        let due = ruler.dues(task).get(self.shown[task]?)?;
        let attained = &self.attained[task];
        let shared = attained.shares.iter().map(|(share, total)| {
            let whole = share.of(*total);
            due.share.map_or(whole, |milestone| milestone.of(whole))
        });
        Some((
            attained.count,
            attained.fixed + shared.sum(),
            target.measure.clone(),
        ))
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

fn rounded(ratio: f64) -> f64 {
    (ratio * 10_000.0).round() / 10_000.0
}
