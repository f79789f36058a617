//! `status`: how much of what was expected is done, by task, activity, phase, goal, kind, area or unit.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{Frame, kind, long_day, measured, percent, short_day};
use super::{Change, Report};
use crate::document::{Block, Column, Document, Row, RowKind, Table, Text, Tone};
use crate::model::board::{Cell, Ruler};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::tally::Tally;
use crate::words::Words;

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// Tasks, in the order of the plan.
    Task,
    /// Activities.
    Activity,
    /// Phases.
    Phase,
    /// Goals; a task may serve several, so the rows overlap.
    Goal,
    /// Kinds of unit.
    Kind,
    /// The areas below the one asked about.
    Area,
    /// Units.
    Unit,
}

/// The figures of a row.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Figures {
    /// Every cell.
    pub applicable: u64,
    /// applicable − excused − waiting.
    pub owed: u64,
    /// done + late + returned + overdue.
    pub expected: u64,
    /// Done on time.
    pub done: u64,
    /// Done late.
    pub late: u64,
    /// Overdue.
    pub overdue: u64,
    /// Returned, rectification day not past.
    pub returned: u64,
    /// Due within the plan's days.
    pub due_soon: u64,
    /// Not due yet.
    pub pending: u64,
    /// Excused.
    pub excused: u64,
    /// Awaiting instruction.
    pub waiting: u64,
    /// Completed with proof.
    pub proven: u64,
    /// Completed and accepted.
    pub accepted: u64,
    /// (done + late) / expected.
    pub completion_rate: Option<f64>,
    /// done / expected.
    pub on_time_rate: Option<f64>,
    /// (done + late) / owed.
    pub progress: Option<f64>,
}

impl From<Tally> for Figures {
    fn from(tally: Tally) -> Self {
        Self {
            applicable: tally.applicable(),
            owed: tally.owed(),
            expected: tally.expected(),
            done: tally.of(Standing::Done),
            late: tally.of(Standing::Late),
            overdue: tally.of(Standing::Overdue),
            returned: tally.of(Standing::Returned),
            due_soon: tally.of(Standing::DueSoon),
            pending: tally.of(Standing::Pending),
            excused: tally.of(Standing::Excused),
            waiting: tally.of(Standing::Waiting),
            proven: tally.proven,
            accepted: tally.accepted,
            completion_rate: tally.completion_rate(),
            on_time_rate: tally.on_time_rate(),
            progress: tally.progress(),
        }
    }
}

/// A row of the status table.
#[derive(Clone, Debug, Serialize)]
pub struct StatusRow {
    /// The code of what the row is about.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Task rows: the latest due day that has come, else the next.
    pub due: Option<Day>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// Task rows with a quantity: what was counted for the due shown.
    pub count: Option<Decimal>,
    /// Task rows with a quantity: what is needed for the due shown.
    pub target: Option<Decimal>,
    /// Task rows: the short name.
    #[serde(skip)]
    pub short: Option<String>,
    /// What is counted.
    pub measure: Option<String>,
    /// count / target; may exceed 1.
    pub attainment: Option<f64>,
}

/// The status of a plan on a day.
#[derive(Debug, Serialize)]
pub struct Status {
    /// `duban.status/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// What the rows are.
    pub by: By,
    /// The rows.
    pub rows: Vec<StatusRow>,
    /// All of it; where rows overlap, not their sum.
    pub total: Figures,
    /// What changed since the day asked about.
    pub since: Option<Change>,
    /// Units with an overdue obligation.
    pub lagging: u64,
    /// The first day after `as_of` on which something falls due, with what.
    pub next: Vec<Next>,
    /// Whether the text shows rows with nothing expected.
    #[serde(skip)]
    pub all: bool,
}

/// What falls due next.
#[derive(Clone, Debug, Serialize)]
pub struct Next {
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub name: String,
    /// The day.
    pub due: Day,
    /// How many units owe it and have not done it.
    pub units: u64,
}

/// The count behind a status: cells go in one by one.
#[derive(Debug)]
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
    /// Open obligations by task and due, of those that stand on the plan's own days.
    upcoming: Vec<Vec<u64>>,
    /// Open obligations by day and task, of those that an extension has moved.
    moved: BTreeMap<(Day, usize), u64>,
    lagging: u64,
}

#[derive(Clone, Debug, Default)]
struct Attained {
    count: Decimal,
    fixed: Decimal,
    /// Shares, and the total of the attribute that each is of: a total row is the share of the total (rule 6).
    shares: Vec<(Decimal, Decimal)>,
}

impl<'a> Counting<'a> {
    /// Begins a count with that many rows; rows of tasks, activities, phases and goals are the plan's.
    pub fn new(plan: &'a Plan, ruler: &Ruler, by: By, rows: usize) -> Self {
        let as_of = ruler.view().as_of;
        let rows = match by {
            By::Task => plan.tasks.len(),
            By::Activity => plan.activities.len(),
            By::Phase => plan.phases.len(),
            By::Goal => plan.goals.len(),
            By::Kind | By::Area | By::Unit => rows,
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
        Self {
            plan,
            as_of,
            by,
            tallies: vec![Tally::default(); rows],
            total: Tally::default(),
            shown: (0..plan.tasks.len()).map(shown).collect(),
            attained: vec![Attained::default(); plan.tasks.len()],
            goals: goals.collect(),
            upcoming: upcoming.collect(),
            planned: planned.collect(),
            moved: BTreeMap::new(),
            lagging: 0,
        }
    }

    /// Adds a row, for rows that are met on the way, and returns its place.
    pub fn add_row(&mut self) -> usize {
        self.tallies.push(Tally::default());
        self.tallies.len() - 1
    }

    /// Counts one cell; `row` is the row of its unit where rows are kinds, areas or units.
    pub fn count(&mut self, cell: &Cell, row: Option<usize>) {
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
        if let (Standing::Pending | Standing::DueSoon, Some(due)) = (cell.standing, cell.due) {
            match self.upcoming[cell.task].get_mut(cell.due_at) {
                Some(units) if self.planned[cell.task][cell.due_at] == due => *units += 1,
                _ => *self.moved.entry((due, cell.task)).or_default() += 1,
            }
        }
        if let Some(need) = cell
            .need
            .filter(|_| self.shown[cell.task] == Some(cell.due_at))
        {
            let attained = &mut self.attained[cell.task];
            attained.count += cell.count;
            match cell.share {
                None => attained.fixed += need,
                Some((share, of)) => match attained
                    .shares
                    .iter_mut()
                    .find(|(known, _)| *known == share)
                {
                    Some((_, total)) => *total += of,
                    None => attained.shares.push((share, of)),
                },
            }
        }
    }

    /// Counts one lagging unit.
    pub const fn count_lagging(&mut self) {
        self.lagging += 1;
    }

    /// The report. `names` are the code and name of each row, where rows are kinds, areas or units.
    pub fn finish(
        self,
        frame: Frame,
        ruler: &Ruler,
        names: Vec<(String, String)>,
        since: Option<Change>,
    ) -> Status {
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
            By::Kind | By::Area | By::Unit => names,
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
        let next = self.next();
        Status {
            schema: "duban.status/1",
            frame,
            by,
            rows,
            total,
            since,
            lagging,
            next,
            all: false,
        }
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

fn rounded(ratio: f64) -> f64 {
    (ratio * 10_000.0).round() / 10_000.0
}

impl Report for Status {
    type Row = StatusRow;

    fn rows(&self) -> &[StatusRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "status-title",
            &[("plan", self.frame.plan.title.as_str().into())],
        );
        let mut blocks = self.frame.heading(words, &name);
        blocks.extend(self.summary(words).into_iter().map(Block::Line));
        if let Some(change) = &self.since {
            blocks.extend(change.blocks(words));
        }
        blocks.push(Block::Table(self.table(words)));
        blocks.extend(self.folded(words).map(Block::Line));
        if self.lagging > 0 {
            let text = words.say("status-lagging", &[("units", self.lagging.into())]);
            blocks.push(Block::Line(Text::from((text, Tone::Overdue))));
        }
        if !self.next.is_empty() {
            blocks.push(Block::Line(self.coming(words).into()));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}

impl Status {
    fn summary(&self, words: &Words) -> Vec<Text> {
        let total = &self.total;
        if total.applicable == 0 {
            return vec![words.text("status-nothing").into()];
        }
        let first = if total.expected == 0 {
            words.text("status-none-expected")
        } else {
            words.say(
                "status-summary",
                &[
                    ("expected", total.expected.into()),
                    ("completed", (total.done + total.late).into()),
                    ("rate", percent(total.completion_rate).into()),
                    ("done", total.done.into()),
                    ("ontime", percent(total.on_time_rate).into()),
                ],
            )
        };
        let mut equation = words.say(
            "status-equation",
            &[
                ("expected", total.expected.into()),
                ("applicable", total.applicable.into()),
            ],
        );
        let not_due = total.pending + total.due_soon;
        for (id, number) in [
            ("status-minus-excused", total.excused),
            ("status-minus-waiting", total.waiting),
            ("status-minus-not-due", not_due),
        ] {
            if number > 0 {
                equation.push_str(&words.say(id, &[("n", number.into())]));
            }
        }
        vec![first.into(), equation.into()]
    }

    fn is_shown(&self, row: &StatusRow) -> bool {
        self.all || row.figures.expected > 0
    }

    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let first = match self.by {
            By::Task => "head-task",
            By::Activity => "head-activity",
            By::Phase => "head-phase",
            By::Goal => "head-goal",
            By::Kind => "head-kind",
            By::Area => "head-area",
            By::Unit => "head-unit",
        };
        let mut columns = vec![Column::left("name", words.text(first)).wrapping()];
        if self.by == By::Task {
            columns.push(Column::left("due", words.text("head-due")));
        }
        let numbers = [
            ("expected", "head-expected"),
            ("completed", "head-completed"),
            ("late", "head-late"),
            ("proven", "head-proven"),
            ("accepted", "head-accepted"),
            ("overdue", "head-overdue"),
            ("returned", "head-returned"),
        ];
        columns.extend(numbers.iter().map(|(key, id)| {
            let column = Column::right(*key, words.text(id));
            if matches!(*key, "proven" | "accepted" | "returned") {
                column.spare()
            } else {
                column
            }
        }));
        columns.push(Column::right("completion_rate", words.text("head-rate")));
        let rows = self
            .rows
            .iter()
            .filter(|row| self.is_shown(row))
            .map(|row| {
                let quantified = |name: &str| match (&row.count, &row.target, &row.measure) {
                    (Some(count), Some(target), Some(measure)) => {
                        let amount = measured(&format!("{count}/{target}"), measure);
                        format!("{name} {amount}")
                    }
                    _ => name.to_string(),
                };
                let name = match self.by {
                    By::Kind => kind(words, &row.name),
                    _ => quantified(&row.name),
                };
                let line = self.line(name, row.due, &row.figures, RowKind::Item);
                match &row.short {
                    Some(short) => line.or_brief(quantified(short)),
                    None => line,
                }
            });
        let total = self.line(words.text("head-total"), None, &self.total, RowKind::Total);
        Table {
            columns,
            rows: Box::new(rows.chain(std::iter::once(total))),
        }
    }

    fn line(&self, name: String, due: Option<Day>, figures: &Figures, kind: RowKind) -> Row {
        let mut cells = vec![Text::from(name)];
        if self.by == By::Task {
            cells.push(
                due.map(|day| short_day(day, self.frame.as_of))
                    .unwrap_or_default()
                    .into(),
            );
        }
        let toned = |number: u64, tone| {
            Text::from((
                number.to_string(),
                if number > 0 { tone } else { Tone::Plain },
            ))
        };
        cells.push(figures.expected.to_string().into());
        cells.push(toned(figures.done + figures.late, Tone::Plain));
        cells.push(toned(figures.late, Tone::Late));
        cells.push(figures.proven.to_string().into());
        cells.push(figures.accepted.to_string().into());
        cells.push(toned(figures.overdue, Tone::Overdue));
        cells.push(toned(figures.returned, Tone::Returned));
        cells.push(percent(figures.completion_rate).into());
        Row {
            cells,
            kind,
            brief: None,
        }
    }

    fn folded(&self, words: &Words) -> Option<Text> {
        let folded = self.rows.iter().filter(|row| !self.is_shown(row)).count();
        (folded > 0).then(|| words.say("status-folded", &[("n", folded.into())]).into())
    }

    fn coming(&self, words: &Words) -> String {
        let day = self
            .next
            .first()
            .map(|next| long_day(words, next.due))
            .unwrap_or_default();
        let names = self.next.iter().map(|next| {
            words.say(
                "status-next-task",
                &[
                    ("task", next.name.as_str().into()),
                    ("units", next.units.into()),
                ],
            )
        });
        let names: Vec<String> = names.collect();
        words.say(
            "status-next",
            &[
                ("day", day.into()),
                ("tasks", super::frame::listed(words, &names).into()),
            ],
        )
    }
}
