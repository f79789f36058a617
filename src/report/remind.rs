//! `remind` (催办): one plain line a unit, to be pasted into a chat.

use serde::Serialize;

use super::Report;
use super::frame::{Frame, listed, measured, short_day};
use super::lagging::LaggingDue;
use super::mask;
use crate::document::Document;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::query::{Fault, Reminder, Workspace};
use crate::words::Words;

/// A unit that is reminded.
#[derive(Clone, Debug, Serialize)]
pub struct RemindRow<'p> {
    /// The unit's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The area above it.
    pub area: Option<String>,
    /// Its contact.
    pub contact: Option<String>,
    /// What it is reminded of; `reminders` counts those before this one.
    pub dues: Vec<LaggingDue<'p>>,
}

/// Who is reminded of what.
#[derive(Debug, Serialize)]
pub struct Reminders<'p> {
    /// `duban.remind/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// Days ahead.
    pub within: i32,
    /// Whether nothing was recorded.
    pub dry_run: bool,
    /// The units, the longest overdue first.
    pub rows: Vec<RemindRow<'p>>,
    /// To whom the units report.
    #[serde(skip)]
    pub supervisor: Option<String>,
}

impl<'p> Report for Reminders<'p> {
    type Row = RemindRow<'p>;

    fn rows(&self) -> &[RemindRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let title = words.text("remind-title");
        let mut document = Document::new(words.lang().tag(), title);
        let lines = self.rows.iter().map(|row| self.line(words, row));
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            document.pre(lines.join("\n"));
        }
        document
    }
}

impl<'p> Reminders<'p> {
    /// What units are reminded of on a day, those dues among it that come within some days.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of(
        workspace: &'p Workspace,
        reminders: &[Reminder],
        on: Day,
        within: i32,
        dry_run: bool,
    ) -> Result<Self, Fault> {
        let plan = &workspace.plan;
        let rows = reminders.iter();
        Ok(Self {
            schema: "duban.remind/1",
            frame: Frame::of(workspace, View::on(on)),
            within,
            dry_run,
            rows: rows.map(|reminder| RemindRow::of(plan, reminder)).collect(),
            supervisor: workspace.supervisor_name()?,
        })
    }
}

impl<'p> RemindRow<'p> {
    fn of(plan: &'p Plan, reminder: &Reminder) -> Self {
        let unit = &reminder.row.unit;
        let dues = reminder.dues.iter();
        Self {
            code: unit.code.to_string(),
            name: unit.short.clone(),
            kind: unit.kind.clone(),
            area: reminder.area.clone(),
            contact: mask::name(&unit.contact),
            dues: dues.map(|(cell, _)| LaggingDue::new(plan, cell)).collect(),
        }
    }
}

impl Reminders<'_> {
    fn line(&self, words: &Words, row: &RemindRow) -> String {
        let dues = row.dues.iter().map(|due| self.due(words, due));
        let dues: Vec<String> = dues.collect();
        let contact = row
            .contact
            .as_deref()
            .map(|name| words.say("remind-contact", &[("name", name.into())]));
        let supervisor = self.supervisor.clone();
        let supervisor = supervisor.unwrap_or_else(|| words.text("remind-office"));
        words.say(
            "remind-line",
            &[
                ("unit", row.name.as_str().into()),
                ("contact", contact.unwrap_or_default().into()),
                ("dues", listed(words, &dues).into()),
                ("supervisor", supervisor.into()),
            ],
        )
    }

    /// One obligation: `海报(时限06-30,逾期3天,已报12/20张,第2次催办)`.
    fn due(&self, words: &Words, due: &LaggingDue) -> String {
        let day = |day| short_day(day, self.frame.as_of);
        let mut facts: Vec<String> = Vec::new();
        if let Some(due) = due.due {
            facts.push(words.say("remind-due", &[("day", day(due).into())]));
        }
        if due.days > 0 {
            facts.push(words.say("lagging-days-late", &[("n", due.days.into())]));
        }
        if let Some(rectify) = due.returned {
            facts.push(words.say("remind-returned", &[("day", day(rectify).into())]));
        }
        if let (Some(target), Some(measure)) = (due.target, due.measure())
            && due.count > Decimal::ZERO
        {
            let amount = measured(&format!("{}/{target}", due.count), measure);
            facts.push(words.say("remind-amount", &[("amount", amount.into())]));
        }
        if due.reminders > 0 {
            facts.push(words.say("remind-again", &[("n", (due.reminders + 1).into())]));
        }
        let facts = facts.join(&words.text("remind-separator"));
        let task = due.task.short.as_str();
        words.say(
            "remind-task",
            &[("task", task.into()), ("facts", facts.into())],
        )
    }
}
