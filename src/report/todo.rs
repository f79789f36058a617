//! `todo`: what waits for the office (待办), the most pressing first.

use serde::Serialize;

use super::Report;
use super::frame::{Frame, day_cell, listed, long_day, short_day};
use super::log::LogRow;
use super::mask;
use crate::document::{Column, Document, Row, Table, Text, Tone};
use crate::model::audit::Thresholds;
use crate::model::board::View;
use crate::model::day::Day;
use crate::query::{Agenda, Error, Selection, Workspace};
use crate::words::{Words, args};

/// What kind of thing waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum What {
    /// Returned work whose rectification day is past or near.
    Rectify,
    /// What the last notice named, to be put right by a day that is past or near.
    Named,
    /// An objection that nobody has heard.
    Objection,
    /// Units that are behind.
    Lagging,
    /// A notice that is due.
    Notice,
    /// Records that wait for review.
    Review,
    /// Findings of an audit.
    Suspected,
    /// A task that units owe soon.
    Due,
    /// A question that the plan leaves open.
    Question,
}

impl What {
    /// The commands that deal with it.
    const fn commands(self) -> &'static [&'static str] {
        match self {
            Self::Objection => &["uphold", "reverse"],
            Self::Lagging => &["lagging"],
            Self::Notice => &["notice"],
            Self::Review => &["accept", "return"],
            Self::Suspected => &["audit"],
            Self::Question => &["check --open"],
            Self::Rectify | Self::Named | Self::Due => &[],
        }
    }
}

/// One thing that waits.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TodoRow {
    /// What kind of thing.
    pub what: What,
    /// The unit's code.
    pub unit: Option<String>,
    /// The unit's short name.
    pub unit_name: Option<String>,
    /// The unit's contact.
    pub contact: Option<String>,
    /// The task's code.
    pub task: Option<String>,
    /// The task's short name.
    pub task_name: Option<String>,
    /// The entry's id, of an objection.
    pub id: Option<String>,
    /// The number of the notice: objected to, or the last one.
    pub notice: Option<u32>,
    /// How many: records, findings, units, obligations.
    pub count: u64,
    /// How many obligations, where the units that owe them are counted.
    #[serde(skip)]
    pub obligations: u64,
    /// The day that matters: until when, or since when of records and objections.
    pub day: Option<Day>,
    /// Days from the day asked about until then; negative = past.
    pub days: Option<i32>,
    /// The reason, or the question.
    pub note: Option<String>,
}

impl TodoRow {
    /// One thing of that kind, with nothing said of it.
    pub(crate) const fn new(what: What) -> Self {
        Self {
            what,
            unit: None,
            unit_name: None,
            contact: None,
            task: None,
            task_name: None,
            id: None,
            notice: None,
            count: 1,
            obligations: 0,
            day: None,
            days: None,
            note: None,
        }
    }

    /// The same with a day, counted from `from`.
    #[must_use]
    pub(crate) fn on(mut self, day: Day, from: Day) -> Self {
        (self.day, self.days) = (Some(day), Some(day - from));
        self
    }

    /// The same about a task, by code and short name.
    #[must_use]
    pub(crate) fn about(mut self, task: &crate::model::plan::Task) -> Self {
        (self.task, self.task_name) = (Some(task.code.to_string()), Some(task.short.clone()));
        self
    }
}

/// What waits for the office.
#[derive(Debug, Serialize)]
pub(crate) struct Todo {
    /// `duban.todo/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// How many days ahead counts as soon.
    pub due_soon: i32,
    /// Whether an audit was made: a large journal is audited on request only.
    pub audited: bool,
    /// What waits.
    pub rows: Vec<TodoRow>,
    /// Whether the answer is for a screen, which hints at commands.
    #[serde(skip)]
    pub screen: bool,
}

impl Report for Todo {
    type Row = TodoRow;

    fn rows(&self) -> &[TodoRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "todo-title",
            &[("plan", self.frame.plan.short.as_str().into())],
        );
        let mut document = self.frame.document(words, name);
        if self.rows.is_empty() {
            document.line(words.text("todo-none"));
        }
        let groups = || self.rows.chunk_by(|one, other| one.what == other.what);
        // What it comes to, a line for each kind, stands on the first screen, whatever follows.
        for group in groups() {
            let mut head = self.head(words, group);
            let commands = group[0].what.commands();
            if self.screen && !commands.is_empty() {
                let told = |command: &&str| words.say("todo-command", &args!(command = *command));
                let commands: Vec<String> = commands.iter().map(told).collect();
                let commands = listed(words, &commands);
                head.push(
                    words.say("todo-hint", &args!(commands = commands)),
                    Tone::Plain,
                );
            }
            document.line(head);
        }
        if !self.audited {
            document.line(words.text("todo-not-audited"));
        }
        for group in groups() {
            if let Some((title, table)) = self.table(words, group) {
                document.blank();
                document.heading(2, words.text(title), "");
                document.table(table);
            }
        }
        document
    }
}

impl Todo {
    /// What waits on the day of a view, as far as a selection goes.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        selection: &Selection,
        view: View,
        screen: bool,
    ) -> Result<Self, Error> {
        let agenda = workspace.agenda(view, Thresholds::default(), selection)?;
        Ok(Self {
            schema: "duban.todo/2",
            frame: Frame::of(workspace, view).within(selection),
            due_soon: workspace.plan.due_soon,
            audited: agenda.suspected.is_some(),
            rows: rows(workspace, agenda, view.as_of),
            screen,
        })
    }

    /// What a group of one kind comes to.
    fn head(&self, words: &Words, group: &[TodoRow]) -> Text {
        let count: u64 = group.iter().map(|row| row.count).sum();
        let past = group
            .iter()
            .filter(|row| row.days.is_some_and(|days| days < 0));
        let past = past.count();
        let first = &group[0];
        let day = |day: Option<Day>| day.map(|day| long_day(words, day)).unwrap_or_default();
        match first.what {
            What::Rectify => {
                let args = [("past", past.into()), ("near", (group.len() - past).into())];
                let tone = if past > 0 {
                    Tone::Overdue
                } else {
                    Tone::Returned
                };
                (words.say("todo-rectify", &args), tone).into()
            }
            What::Named => {
                let (id, tone) = match first.days {
                    Some(days) if days < 0 => ("todo-named-past", Tone::Overdue),
                    _ => ("todo-named", Tone::Plain),
                };
                let args = [
                    ("number", first.notice.unwrap_or_default().into()),
                    ("day", day(first.day).into()),
                    ("n", count.into()),
                ];
                (words.say(id, &args), tone).into()
            }
            What::Objection => words.say("todo-objection", &[("n", count.into())]).into(),
            What::Lagging => {
                let text = words.say("todo-lagging", &[("units", count.into())]);
                (text, Tone::Overdue).into()
            }
            What::Notice => {
                let id = match first.days {
                    Some(days) if days < 0 => "todo-notice-past",
                    _ => "todo-notice",
                };
                let mut text = words.say(id, &[("day", day(first.day).into())]);
                text.push_str(&match first.notice {
                    Some(number) => words.say("todo-notice-last", &[("number", number.into())]),
                    None => words.text("todo-notice-none"),
                });
                text.into()
            }
            What::Review => {
                let oldest = group.iter().filter_map(|row| row.day).min();
                let args = [("n", count.into()), ("day", day(oldest).into())];
                words.say("todo-review", &args).into()
            }
            What::Suspected => words.say("todo-suspected", &[("n", count.into())]).into(),
            What::Due => {
                let obligations: u64 = group.iter().map(|row| row.obligations).sum();
                let args = [
                    ("days", self.due_soon.into()),
                    ("grace", past.into()),
                    ("n", obligations.into()),
                ];
                words.say("todo-due", &args).into()
            }
            What::Question => words.say("todo-question", &[("n", count.into())]).into(),
        }
    }

    /// The rows of a group, where its head does not say all, and the message of their title.
    fn table<'a>(
        &'a self,
        words: &'a Words,
        group: &'a [TodoRow],
    ) -> Option<(&'static str, Table<'a>)> {
        let near = self.frame.as_of;
        let column = |key: &str, head: &str| Column::left(key, words.text(head));
        let count = |head: &str| Column::right("count", words.text(head));
        let (title, columns) = match group[0].what {
            What::Named | What::Lagging | What::Notice | What::Suspected => return None,
            What::Rectify => (
                "todo-part-rectify",
                vec![
                    column("unit", "head-unit"),
                    column("task", "head-task"),
                    column("day", "head-rectify"),
                    column("contact", "head-contact"),
                ],
            ),
            What::Objection => (
                "todo-part-objection",
                vec![
                    column("id", "head-id"),
                    column("unit", "head-unit"),
                    column("task", "head-task"),
                    column("day", "head-day"),
                    column("note", "head-reason").wrapping(),
                ],
            ),
            What::Review => (
                "todo-part-review",
                vec![
                    column("task", "head-task"),
                    count("head-records"),
                    column("day", "head-oldest"),
                ],
            ),
            What::Due => (
                "todo-part-due",
                vec![
                    column("day", "head-due"),
                    column("task", "head-task"),
                    count("head-units"),
                ],
            ),
            What::Question => (
                "todo-part-question",
                vec![
                    column("task", "head-task"),
                    column("note", "head-question").wrapping(),
                ],
            ),
        };
        let keys: Vec<String> = columns.iter().map(|column| column.key.clone()).collect();
        let rows = group.iter().map(move |row| {
            let text = |text: &Option<String>| text.as_deref().unwrap_or_default().into();
            let cell = |key: &String| -> Text {
                match key.as_str() {
                    "unit" => text(&row.unit_name),
                    "task" => text(&row.task_name),
                    "contact" => match &row.contact {
                        Some(name) => name.as_str().into(),
                        None => words.text("lagging-no-contact").into(),
                    },
                    "id" => text(&row.id),
                    "note" => text(&row.note),
                    "count" => Text::number(row.count),
                    _ => row.told_day(words, near),
                }
            };
            Row::item(keys.iter().map(cell).collect())
        });
        Some((title, Table::new(columns, rows)))
    }
}

impl TodoRow {
    /// The day, with how long it is past.
    fn told_day(&self, words: &Words, near: Day) -> Text {
        let Some(day) = self.day else {
            return Text::default();
        };
        let text = short_day(day, near);
        match self
            .days
            .filter(|days| *days < 0 && self.what == What::Rectify)
        {
            Some(days) => {
                let args = [("day", text.as_str().into()), ("n", (-days).into())];
                (words.say("todo-past", &args), Tone::Overdue).into()
            }
            None => day_cell(day, near),
        }
    }
}

/// Everything that waits, the most pressing first.
fn rows(workspace: &Workspace, agenda: Agenda, today: Day) -> Vec<TodoRow> {
    let Agenda {
        rectify,
        named,
        objections,
        notice,
        lagging,
        waiting,
        suspected,
        dues,
        questions,
    } = agenda;
    let tasks = &workspace.plan.tasks;
    let mut rows = Vec::new();
    for (unit, cell) in rectify {
        let row = TodoRow::new(What::Rectify).about(&tasks[cell.task]);
        rows.push(TodoRow {
            unit: Some(unit.unit.code.to_string()),
            unit_name: Some(unit.unit.short),
            contact: mask::name(&unit.unit.contact),
            ..row.on(cell.rectify.unwrap_or(today), today)
        });
    }
    rows.extend(named.map(|named| TodoRow {
        notice: Some(named.notice),
        count: named.obligations,
        ..TodoRow::new(What::Named).on(named.rectify, today)
    }));
    for objection in objections {
        let entry = LogRow::of(objection, &workspace.plan);
        let row = TodoRow::new(What::Objection).on(entry.day, today);
        rows.push(TodoRow {
            unit: entry.unit,
            unit_name: entry.unit_name,
            task: entry.task,
            task_name: entry.task_name,
            id: Some(entry.id),
            notice: entry.notice,
            note: entry.note,
            ..row
        });
    }
    rows.extend((lagging > 0).then(|| TodoRow {
        count: lagging,
        ..TodoRow::new(What::Lagging)
    }));
    rows.extend(notice.map(|notice| TodoRow {
        notice: notice.last.map(|(number, _)| number),
        ..TodoRow::new(What::Notice).on(notice.due, today)
    }));
    rows.extend(waiting.iter().map(|waiting| {
        TodoRow {
            count: waiting.records,
            ..TodoRow::new(What::Review)
                .about(&tasks[waiting.task])
                .on(waiting.oldest, today)
        }
    }));
    rows.extend(suspected.filter(|n| *n > 0).map(|n| TodoRow {
        count: n as u64,
        ..TodoRow::new(What::Suspected)
    }));
    rows.extend(dues.iter().map(|due| {
        TodoRow {
            count: due.units,
            obligations: due.obligations,
            ..TodoRow::new(What::Due)
                .about(&tasks[due.task])
                .on(due.due, today)
        }
    }));
    rows.extend(questions.iter().map(|place| TodoRow {
        note: tasks[*place].open.as_deref().map(mask::text),
        ..TodoRow::new(What::Question).about(&tasks[*place])
    }));
    rows
}
