//! `show`: one unit, one task or one record, with all that belongs to it.

mod entry;
mod task;
mod unit;

pub(crate) use entry::EntrySheet;
pub(crate) use task::TaskSheet;
pub(crate) use unit::UnitSheet;

use serde::Serialize;

use super::board::{named, tone};
use super::frame::{day_cell, listed, measured, short_day};
use super::log::LogRow;
use super::plan::PlannedDue;
use crate::document::{Column, Row, Table, Text};
use crate::model::board::{Cell, Ruler};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::words::{Words, args};

/// One obligation, as `show` and `explain` have it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DueRow {
    /// The code of the task, or of the unit when the report is about a task.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// The clause.
    pub clause: String,
    /// The due's key: the last day of its period, or the day as the plan writes it.
    pub key: Option<Day>,
    /// The due day in force.
    pub due: Option<Day>,
    /// The first day of its window; of a period nobody needs to be told.
    pub opens: Option<Day>,
    /// The share of the target that a milestone asks for.
    pub share: Option<Decimal>,
    /// Where it stands.
    pub standing: Standing,
    /// What has been counted.
    pub count: Decimal,
    /// What is needed.
    pub target: Option<Decimal>,
    /// What is counted.
    pub measure: Option<String>,
    /// The day on which it was fulfilled.
    pub fulfilled: Option<Day>,
    /// Days late.
    pub days: i32,
    /// The rectification day of a return.
    pub rectify: Option<Day>,
    /// Completed with proof.
    pub proven: bool,
    /// Completed and accepted.
    pub accepted: bool,
    /// How often the unit was reminded of it.
    pub reminders: u32,
}

impl DueRow {
    /// The row of a cell, named by its task.
    pub(crate) fn of_task(plan: &Plan, cell: &Cell) -> Self {
        let task = &plan.tasks[cell.task];
        Self::new(plan, cell, task.code.to_string(), task.short.clone())
    }

    /// The row of a cell, named otherwise.
    pub(crate) fn new(plan: &Plan, cell: &Cell, code: String, name: String) -> Self {
        let task = &plan.tasks[cell.task];
        Self {
            code,
            name,
            clause: task.clause.clone(),
            key: cell.key,
            due: cell.due,
            opens: None,
            share: None,
            standing: cell.standing,
            count: cell.count,
            target: cell.need,
            measure: cell
                .need
                .and(task.target.as_ref())
                .map(|target| target.measure.clone()),
            fulfilled: cell.fulfilled,
            days: cell.days,
            rectify: cell.rectify,
            proven: cell.proven,
            accepted: cell.accepted,
            reminders: cell.reminders,
        }
    }

    /// The same, with what the plan says of its window or milestone.
    #[must_use]
    pub(crate) fn planned(mut self, plan: &Plan, ruler: &Ruler, cell: &Cell) -> Self {
        if let Some(due) = ruler.dues(cell.task).get(cell.due_at) {
            let planned = PlannedDue::new(&plan.tasks[cell.task], due);
            (self.opens, self.share) = (planned.opens, planned.share);
        }
        self
    }

    /// The due day for people, with the window or milestone.
    fn day(&self, near: Day) -> String {
        let planned = self.due.map(|due| PlannedDue {
            due,
            opens: self.opens,
            share: self.share,
        });
        planned.map_or_else(String::new, |due| due.told(|day| short_day(day, near)))
    }

    /// The due day in a cell: a day alone is one, a window or milestone is told.
    fn day_cell(&self, near: Day) -> Text {
        let told = self.day(near);
        match self.due {
            Some(due) if told == short_day(due, near) => day_cell(due, near),
            _ => told.into(),
        }
    }

    fn cells(&self, words: &Words, near: Day) -> Vec<Text> {
        let amount = match (self.target, &self.measure) {
            (Some(target), Some(measure)) => measured(&format!("{}/{target}", self.count), measure),
            _ => String::new(),
        };
        let mut more = Vec::new();
        if let Some(day) = self.fulfilled {
            more.push(words.say("show-fulfilled", &args!(day = short_day(day, near))));
        }
        if self.days > 0 {
            more.push(words.say("lagging-days-late", &args!(n = self.days)));
        }
        if let Some(day) = self.rectify.filter(|_| !self.standing.is_completed()) {
            more.push(words.say("show-rectify", &args!(day = short_day(day, near))));
        }
        if self.accepted {
            more.push(words.text("show-accepted"));
        } else if self.proven {
            more.push(words.text("show-proven"));
        }
        vec![
            self.name.as_str().into(),
            self.day_cell(near),
            Text::from((named(words, self.standing), tone(self.standing))),
            amount.into(),
            listed(words, &more).into(),
        ]
    }
}

/// The table of obligations. With `fold` the periods of a task that are not due yet stand in one row.
pub(crate) fn dues_table<'a>(
    words: &'a Words,
    rows: &'a [DueRow],
    near: Day,
    head: &str,
    fold: bool,
) -> Table<'a> {
    let columns = vec![
        Column::left("name", words.text(head)),
        Column::left("due", words.text("head-due")),
        Column::left("standing", words.text("head-standing")),
        Column::right("count", words.text("head-amount")),
        Column::left("more", words.text("head-more")).wrapping(),
    ];
    let is_same = move |one: &DueRow, other: &DueRow| {
        let is_future =
            |row: &DueRow| row.standing == Standing::Pending && row.count == Decimal::ZERO;
        fold && one.code == other.code && is_future(one) && is_future(other)
    };
    let rows = rows.chunk_by(is_same).map(move |rows| {
        let mut cells = rows[0].cells(words, near);
        if let [first, .., last] = rows {
            let day = |row: &DueRow| row.due.map(|day| short_day(day, near)).unwrap_or_default();
            let args = args!(first = day(first), last = day(last));
            cells[1] = words.say("show-future", &args).into();
            cells[3] = Text::default();
            let n = args!(n = rows.len());
            cells[4] = words.say("show-periods", &n).into();
        }
        Row::item(cells)
    });
    Table::new(columns, rows)
}

/// What was recorded, of one unit with the tasks, of one task without.
fn entries<'a>(words: &'a Words, entries: &'a [LogRow], near: Day, tasks: bool) -> Table<'a> {
    let mut columns = vec![
        Column::left("id", words.text("head-id")),
        Column::left("day", words.text("head-day")),
        Column::left("actor", words.text("head-actor")),
        Column::left("told", words.text("head-told")).wrapping(),
    ];
    if tasks {
        columns.insert(2, Column::left("task", words.text("head-task")));
    }
    let rows = entries.iter().map(move |row| {
        let mut cells: Vec<Text> = vec![
            row.id.as_str().into(),
            day_cell(row.day, near),
            row.actor.as_str().into(),
            row.told(words),
        ];
        if tasks {
            cells.insert(2, row.task_name.clone().unwrap_or_default().into());
        }
        Row::item(cells)
    });
    Table::new(columns, rows)
}
