//! `show TASK`.

use std::cmp::Reverse;

use serde::Serialize;

use super::{DueRow, dues_table, entries};
use crate::document::{Document, Tone};
use crate::model::board::{Cell, View};
use crate::model::tally::Tally;
use crate::model::unit::UnitNo;
use crate::query::{Error, Selection, Workspace};
use crate::report::Report;
use crate::report::frame::{Frame, kind, listed, long_day};
use crate::report::log::{self, LogRow};
use crate::report::mask;
use crate::report::optional::{self, OptionalRow};
use crate::report::plan::{PlannedDue, plan_key};
use crate::report::status::Figures;
use crate::words::{Words, args};

/// One task.
#[derive(Debug, Serialize)]
pub(crate) struct TaskSheet {
    /// `duban.task/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The task's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its activity.
    pub activity: String,
    /// Its phase.
    pub phase: String,
    /// The clause.
    pub clause: String,
    /// The source's words.
    pub text: String,
    /// Who owes it.
    pub who: Vec<String>,
    /// What it takes, in words of the plan.
    pub target: Option<crate::model::plan::Target>,
    /// What was decided, and by whom.
    pub decided: Vec<(String, String)>,
    /// The question that is open.
    pub open: Option<String>,
    /// Its dues.
    pub dues: Vec<PlannedDue>,
    /// Its figures.
    pub figures: Figures,
    /// What was done of it, where it is optional.
    pub optional: Vec<OptionalRow>,
    /// The units that owe it.
    pub rows: Vec<DueRow>,
    /// What amendments changed of it, and orders for it, newest first.
    pub entries: Vec<LogRow>,
}

impl TaskSheet {
    /// The task at that place of the plan, with the units selected.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View,
        place: usize,
        selection: Selection,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let ruler = workspace.ruler(view);
        let mut wanted = vec![false; plan.tasks.len()];
        wanted[place] = true;
        let frame = Frame::of(workspace, view).within(&selection);
        let only = Selection {
            tasks: Some(wanted),
            ..selection
        };
        let mut found: Vec<(UnitNo, Cell)> = Vec::new();
        let mut tally = Tally::default();
        workspace.survey(&ruler, &only, |unit| {
            for cell in unit.cells {
                tally.count(cell, view.as_of);
                found.push((unit.sheet.unit, *cell));
            }
        })?;
        let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
        let units = workspace.units(&numbers)?.into_iter().zip(&found);
        let mut rows: Vec<(u32, DueRow)> = units
            .map(|(row, (_, cell))| {
                let (code, name) = (row.unit.code.to_string(), row.unit.short);
                let row_of = DueRow::new(plan, cell, code, name);
                (row.place, row_of.planned(plan, &ruler, cell))
            })
            .collect();
        rows.sort_by_key(|(place, _)| *place);
        let task = &plan.tasks[place];
        let code = task.code.as_str();
        let mut entries = workspace.amendments(&view, |change| change.task == code)?;
        entries.extend(workspace.orders_of(place, &view)?);
        entries.sort_by_key(|entry| Reverse(entry.moment()));
        Ok(Self {
            schema: "duban.task/2",
            frame,
            code: task.code.to_string(),
            name: task.name.clone(),
            activity: plan.activities[task.activity].name.clone(),
            phase: plan.phase_of(task).name.clone(),
            clause: task.clause.clone(),
            text: task.text.clone(),
            who: task.who.clone(),
            target: task.target.clone(),
            decided: mask::decided(&task.decided),
            open: task.open.as_deref().map(mask::text),
            dues: ruler
                .dues(place)
                .iter()
                .map(|due| PlannedDue::new(task, due))
                .collect(),
            figures: tally.into(),
            optional: optional::rows(workspace, &ruler, &only)?,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            entries: log::rows(entries, plan),
        })
    }
}

impl Report for TaskSheet {
    type Row = DueRow;

    fn rows(&self) -> &[DueRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = format!("{} {}", self.name, self.code);
        let mut document = self.frame.document(words, name);
        let place = words.say(
            "show-place",
            &args!(
                clause = self.clause.as_str(),
                activity = self.activity.as_str(),
                phase = self.phase.as_str()
            ),
        );
        document.line(place);
        if !self.text.is_empty() {
            document.line(words.say("show-text", &args!(text = self.text.as_str())));
        }
        if let Some(question) = &self.open {
            let text = words.say("show-open", &args!(question = question.as_str()));
            document.line((text, Tone::Soon));
        }
        let who: Vec<String> = self.who.iter().map(|word| kind(words, word)).collect();
        document.line(words.say("show-who", &args!(who = listed(words, &who))));
        let days = self
            .dues
            .iter()
            .map(|due| due.told(|day| long_day(words, day)));
        let days: Vec<String> = days.collect();
        if !days.is_empty() {
            document.line(words.say("show-dues", &args!(days = listed(words, &days))));
        }
        for (key, who) in &self.decided {
            let text = words.say(
                "show-decided",
                &args!(key = plan_key(words, key), who = who.as_str()),
            );
            document.line(text);
        }
        optional::tell(&mut document, &self.optional, words);
        if !self.rows.is_empty() {
            let near = self.frame.as_of;
            document.table(dues_table(words, &self.rows, near, "head-unit", false));
        }
        if !self.entries.is_empty() {
            document.heading(2, words.text("show-entries"), "");
            document.table(entries(words, &self.entries, self.frame.as_of, false));
        }
        document
    }
}
