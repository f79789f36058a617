//! `remind` (催办): one plain line a unit, or one a task, to be pasted into a chat.

use serde::Serialize;

use super::Report;
use super::frame::{Frame, listed, measured, month_day};
use super::lagging::LaggingDue;
use super::mask;
use crate::document::Document;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::{Plan, Task};
use crate::query::{Error, Reminder, Selection, Workspace};
use crate::words::{Words, args};

/// A unit that is reminded.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RemindRow<'p> {
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

/// How units are reminded.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Terms {
    /// What falls due in so many days is among it; null = only what is overdue.
    pub within: Option<i32>,
    /// Whether people read a message a task, instead of one a unit.
    #[serde(skip)]
    pub by_task: bool,
    /// Whether nothing was recorded.
    pub dry_run: bool,
}

/// Who is reminded of what.
#[derive(Debug, Serialize)]
pub(crate) struct Reminders<'p> {
    /// `duban.remind/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// How.
    #[serde(flatten)]
    pub terms: Terms,
    /// The units, the longest overdue first.
    pub rows: Vec<RemindRow<'p>>,
    /// To whom the units report.
    #[serde(skip)]
    supervisor: Option<String>,
    #[serde(skip)]
    plan: &'p Plan,
}

impl<'p> Report for Reminders<'p> {
    type Row = RemindRow<'p>;

    fn rows(&self) -> &[RemindRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let title = words.text("remind-title");
        let mut document = Document::new(words.lang().tag(), title);
        let lines: Vec<String> = if self.terms.by_task {
            let tasks = self.plan.tasks.iter();
            tasks.filter_map(|task| self.of_task(words, task)).collect()
        } else {
            self.rows.iter().map(|row| self.line(words, row)).collect()
        };
        if !lines.is_empty() {
            document.pre(lines.join("\n"));
        }
        document
    }
}

impl<'p> Reminders<'p> {
    /// What units are reminded of on a day.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        reminders: &[Reminder],
        on: Day,
        selection: &Selection,
        terms: Terms,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let rows = reminders.iter();
        Ok(Self {
            schema: "duban.remind/2",
            frame: Frame::of(workspace, View::on(on)).within(selection),
            terms,
            rows: rows.map(|reminder| RemindRow::of(plan, reminder)).collect(),
            supervisor: workspace.supervisor_name()?.as_deref().map(mask::text),
            plan,
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
    /// The message for a unit.
    fn line(&self, words: &Words, row: &RemindRow) -> String {
        let dues = row.dues.iter().map(|due| {
            let facts = self.facts(words, due, true);
            named(words, &due.task.short, &facts)
        });
        let dues: Vec<String> = dues.collect();
        let contact = row
            .contact
            .as_deref()
            .map(|name| words.say("remind-contact", &args!(name = name)));
        words.say(
            "remind-line",
            &args!(
                unit = row.name.as_str(),
                contact = contact.unwrap_or_default(),
                dues = listed(words, &dues),
                supervisor = self.supervisor(words)
            ),
        )
    }

    /// The message about a task, to the group of all units; `None` where nobody is reminded of it.
    fn of_task(&self, words: &Words, task: &Task) -> Option<String> {
        let of_task = |due: &&LaggingDue| std::ptr::eq(due.task, task);
        let mut dues = self.rows.iter().flat_map(|row| &row.dues).filter(of_task);
        let due = dues.next()?.due;
        // A due day that all have in common is told once.
        let shared = due.filter(|_| dues.all(|other| other.due == due));
        let units = self.rows.iter().filter_map(|row| {
            let dues = row.dues.iter().filter(of_task);
            let facts: Vec<String> = dues
                .map(|due| self.facts(words, due, shared.is_none()))
                .collect();
            let facts = facts.join(&words.text("remind-due-separator"));
            (row.dues.iter().any(|due| of_task(&due))).then(|| named(words, &row.name, &facts))
        });
        let units: Vec<String> = units.collect();
        let day = shared.map(|day| self.due_day(words, day));
        Some(words.say(
            "remind-group",
            &args!(
                task = named(words, &task.name, &day.unwrap_or_default()),
                n = units.len(),
                units = listed(words, &units),
                supervisor = self.supervisor(words)
            ),
        ))
    }

    fn supervisor(&self, words: &Words) -> String {
        let name = self.supervisor.clone();
        name.unwrap_or_else(|| words.text("remind-office"))
    }

    fn due_day(&self, words: &Words, day: Day) -> String {
        let day = month_day(words, day, self.frame.as_of);
        words.say("remind-due", &args!(day = day))
    }

    /// What is said of an obligation: `时限6月30日，逾期3天，已报12/20张，第2次催办`.
    fn facts(&self, words: &Words, due: &LaggingDue, tell_due: bool) -> String {
        let mut facts: Vec<String> = Vec::new();
        if let Some(day) = due.due.filter(|_| tell_due) {
            facts.push(self.due_day(words, day));
        }
        if due.days > 0 {
            facts.push(words.say("lagging-days-late", &args!(n = due.days)));
        }
        if let Some(rectify) = due.returned {
            let day = month_day(words, rectify, self.frame.as_of);
            facts.push(words.say("remind-returned", &args!(day = day)));
        }
        if let (Some(target), Some(measure)) = (due.target, due.measure())
            && due.count > Decimal::ZERO
        {
            let amount = measured(&format!("{}/{target}", due.count), measure);
            facts.push(words.say("remind-amount", &args!(amount = amount)));
        }
        if due.reminders > 0 {
            facts.push(words.say("remind-again", &args!(n = due.reminders + 1)));
        }
        facts.join(&words.text("remind-separator"))
    }
}

/// A name with what is said of it, if anything is.
fn named(words: &Words, name: &str, facts: &str) -> String {
    if facts.is_empty() {
        return name.to_string();
    }
    let args = args!(task = name, facts = facts);
    words.say("remind-task", &args)
}
