//! `status`: how much of what was expected is done, by task, activity, phase, goal, kind, area or unit.

mod counting;
mod figures;
mod page;

use std::cmp::Reverse;

use serde::Serialize;

use super::Change;
use super::frame::Frame;
use super::optional::OptionalRow;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::week::Week;
use crate::query::{Error, Selection, Workspace};

use counting::Counting;
pub(crate) use figures::{Figures, Quantity, StatusRow};

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum By {
    /// Tasks, in the order of the plan.
    Task,
    /// Every due of every task.
    Due,
    /// Activities.
    Activity,
    /// Phases.
    Phase,
    /// Goals; a task may serve several, so the rows overlap.
    Goal,
    /// Themes; a task may carry several.
    Theme,
    /// Kinds of unit.
    Kind,
    /// The areas below the one asked about.
    Area,
    /// Units.
    Unit,
}

/// What is asked of the status.
#[derive(Debug)]
pub(crate) struct Question {
    /// The day, and what was known by when.
    pub view: View,
    /// The units and tasks.
    pub selection: Selection,
    /// What the rows are.
    pub by: By,
    /// Also what changed since the end of a day.
    pub since: Option<Day>,
    /// Whether people also see rows with nothing expected.
    pub all: bool,
    /// Whether the answer is for a screen, which has less room than a file and tells of commands that say more.
    pub screen: bool,
}

impl Question {
    /// The day compared with: the one asked for, else the last of the week before, where there was a plan.
    fn before(&self, plan: &Plan) -> Option<Day> {
        let week = || Some(Week::of(self.view.as_of).first() - 1).filter(|day| *day >= plan.issued);
        self.since.or_else(week)
    }
}

/// An order of rows, of which those that are alike stay in the order of the plan or of the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The least completed first.
    Rate,
    /// The most overdue first.
    Overdue,
    /// The most expected first.
    Expected,
    /// The earliest due first.
    Due,
}

/// The status of a plan on a day.
#[derive(Debug, Serialize)]
pub(crate) struct Status {
    /// `duban.status/3`.
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
    /// What it came to at the end of the day compared with: the one asked for, else the last of the week before.
    pub before: Option<Before>,
    /// What changed since the day asked about.
    pub since: Option<Change>,
    /// Units with an overdue obligation.
    pub lagging: u64,
    /// The first day after `as_of` on which something falls due, with what.
    pub next: Vec<Next>,
    /// The optional tasks, which are no part of the figures.
    pub optional: Vec<OptionalRow>,
    /// How many rows were left out, because fewer were asked for.
    pub omitted: usize,
    /// Whether the text shows rows with nothing expected.
    #[serde(skip)]
    pub all: bool,
    /// Whether the text is for a screen.
    #[serde(skip)]
    pub screen: bool,
}

/// What it came to on an earlier day.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Before {
    /// That day.
    pub as_of: Day,
    /// The figures.
    #[serde(flatten)]
    pub total: Figures,
}

/// What falls due next.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Next {
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub name: String,
    /// The day.
    pub due: Day,
    /// How many units owe it and have not done it.
    pub units: u64,
}

impl Status {
    /// Counts the obligations of the units and tasks selected.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, question: &Question) -> Result<Self, Error> {
        let ruler = workspace.ruler(question.view);
        let before = question.before(&workspace.plan);
        let earlier = before.map(|as_of| {
            workspace.ruler(View {
                as_of,
                ..question.view
            })
        });
        let none = Counting::new(workspace, &ruler, question)?;
        let parts = workspace.survey_in_parts(
            &ruler,
            earlier.as_ref(),
            &question.selection,
            |_| true,
            || none.clone(),
            |part, unit| part.count(&unit),
        )?;
        let counting = parts.into_iter().fold(none.clone(), Counting::and);
        counting.finish(workspace, &ruler, question)
    }

    /// Puts the rows in another order, and keeps the first so many of those that are shown.
    pub(crate) fn arrange(&mut self, sort: Option<Sort>, limit: Option<usize>) {
        let rate = |row: &StatusRow| row.figures.completion_rate.rounded(1_000_000);
        match sort {
            None => {}
            // Where nothing is expected there is no rate: last.
            Some(Sort::Rate) => self
                .rows
                .sort_by_key(|row| (rate(row).is_none(), rate(row))),
            Some(Sort::Overdue) => self.rows.sort_by_key(|row| Reverse(row.figures.overdue)),
            Some(Sort::Expected) => self.rows.sort_by_key(|row| Reverse(row.figures.expected)),
            Some(Sort::Due) => self.rows.sort_by_key(|row| (row.due.is_none(), row.due)),
        }
        if let Some(limit) = limit {
            let all = self.all;
            self.rows.retain(|row| all || row.figures.expected > 0);
            self.omitted = super::keep(&mut self.rows, limit);
        }
    }
}
