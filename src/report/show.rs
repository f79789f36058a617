//! `show`: one unit, one task or one record, with all that belongs to it.

use serde::Serialize;

use super::Report;
use super::board::{named, tone};
use super::frame::{Frame, kind, listed, long_day, measured, short_day};
use super::log::{LogRow, table};
use super::mask;
use super::outline::plan_key;
use super::proof::ProofRow;
use super::review::RecordReview;
use super::status::Figures;
use crate::document::{Block, Column, Document, Row, Rows, Table, Text, Tone};
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::unit::Unit;
use crate::words::Words;

/// One obligation, as `show` and `explain` tell it.
#[derive(Clone, Debug, Serialize)]
pub struct DueRow {
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
    pub fn of_task(plan: &Plan, cell: &Cell) -> Self {
        let task = &plan.tasks[cell.task];
        Self::new(plan, cell, task.code.to_string(), task.short.clone())
    }

    /// The row of a cell, named otherwise.
    pub fn new(plan: &Plan, cell: &Cell, code: String, name: String) -> Self {
        let task = &plan.tasks[cell.task];
        Self {
            code,
            name,
            clause: task.clause.clone(),
            key: cell.key,
            due: cell.due,
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

    fn cells(&self, words: &Words, near: Day) -> Vec<Text> {
        let amount = match (self.target, &self.measure) {
            (Some(target), Some(measure)) => measured(&format!("{}/{target}", self.count), measure),
            _ => String::new(),
        };
        let mut more = Vec::new();
        if let Some(day) = self.fulfilled {
            more.push(words.say("show-fulfilled", &[("day", short_day(day, near).into())]));
        }
        if self.days > 0 {
            more.push(words.say("lagging-days-late", &[("n", self.days.into())]));
        }
        if let Some(day) = self.rectify.filter(|_| !self.standing.is_completed()) {
            more.push(words.say("show-rectify", &[("day", short_day(day, near).into())]));
        }
        if self.accepted {
            more.push(words.text("show-accepted"));
        } else if self.proven {
            more.push(words.text("show-proven"));
        }
        vec![
            self.name.as_str().into(),
            self.due
                .map(|day| short_day(day, near))
                .unwrap_or_default()
                .into(),
            Text::from((named(words, self.standing), tone(self.standing))),
            amount.into(),
            listed(words, &more).into(),
        ]
    }
}

/// The table of obligations.
pub fn dues_table<'a>(words: &'a Words, rows: &'a [DueRow], near: Day, head: &str) -> Table<'a> {
    let columns = vec![
        Column::left("name", words.text(head)),
        Column::left("due", words.text("head-due")),
        Column::left("standing", words.text("head-standing")),
        Column::right("count", words.text("head-amount")),
        Column::left("more", words.text("head-more")).wrapping(),
    ];
    let rows = rows
        .iter()
        .map(move |row| Row::item(row.cells(words, near)));
    Table {
        columns,
        rows: Rows::new(rows),
    }
}

/// A unit as it is shown: the telephone number masked unless asked for.
#[derive(Clone, Debug, Serialize)]
pub struct UnitFacts {
    /// Code.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Short name.
    pub short: String,
    /// Kind.
    pub kind: String,
    /// Labels.
    pub labels: Vec<String>,
    /// The areas above it, nearest first.
    pub areas: Vec<String>,
    /// Who leads it.
    pub head: Option<String>,
    /// Whom it named.
    pub contact: Option<String>,
    /// The contact's number.
    pub phone: Option<String>,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
    /// Codes of the units that it took over.
    pub was: Vec<String>,
    /// Further columns of the roster.
    pub attributes: std::collections::BTreeMap<String, String>,
}

impl UnitFacts {
    /// The facts of a unit.
    pub fn new(unit: &Unit, areas: Vec<String>, show_phone: bool) -> Self {
        let said = |text: &str| match show_phone {
            true => text.to_string(),
            false => mask::text(text),
        };
        let given = |text: String| Some(text).filter(|text| !text.is_empty());
        Self {
            code: unit.code.to_string(),
            name: unit.name.clone(),
            short: unit.short.clone(),
            kind: unit.kind.clone(),
            labels: unit.labels.clone(),
            areas,
            head: given(said(&unit.head)),
            contact: given(said(&unit.contact)),
            phone: given(match show_phone {
                true => unit.phone.clone(),
                false => mask::phone(&unit.phone),
            }),
            since: unit.since,
            until: unit.until,
            was: unit.was.iter().map(ToString::to_string).collect(),
            attributes: unit
                .attributes
                .iter()
                .map(|(name, value)| (name.clone(), said(value)))
                .collect(),
        }
    }
}

/// One unit.
#[derive(Debug, Serialize)]
pub struct UnitSheet {
    /// `duban.unit/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The unit.
    pub unit: UnitFacts,
    /// Its figures.
    pub figures: Figures,
    /// Its obligations.
    pub rows: Vec<DueRow>,
    /// Its entries, newest first.
    pub entries: Vec<LogRow>,
}

impl Report for UnitSheet {
    type Row = DueRow;

    fn rows(&self) -> &[DueRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let unit = &self.unit;
        let name = format!("{} {}", unit.name, unit.code);
        let mut blocks = self.frame.heading(words, &name);
        let mut facts = vec![words.say("show-kind", &[("kind", kind(words, &unit.kind).into())])];
        if !unit.areas.is_empty() {
            facts.push(words.say(
                "show-areas",
                &[("areas", listed(words, &unit.areas).into())],
            ));
        }
        if let Some(head) = &unit.head {
            facts.push(words.say("show-head", &[("name", head.as_str().into())]));
        }
        let contact = unit
            .contact
            .clone()
            .unwrap_or_else(|| words.text("lagging-no-contact"));
        let contact = match &unit.phone {
            Some(phone) => format!("{contact} {phone}"),
            None => contact,
        };
        facts.push(words.say("show-contact", &[("name", contact.into())]));
        for (id, day) in [("show-since", unit.since), ("show-until", unit.until)] {
            facts.extend(day.map(|day| words.say(id, &[("day", day.to_string().into())])));
        }
        if !unit.was.is_empty() {
            facts.push(words.say("show-was", &[("codes", listed(words, &unit.was).into())]));
        }
        facts.extend(
            unit.attributes
                .iter()
                .map(|(key, value)| format!("{key} {value}")),
        );
        blocks.push(Block::Line(facts.join("  ").into()));
        let figures = &self.figures;
        let line = words.say(
            "show-figures",
            &[
                ("expected", figures.expected.into()),
                ("completed", (figures.done + figures.late).into()),
                ("overdue", figures.overdue.into()),
                ("returned", figures.returned.into()),
            ],
        );
        blocks.push(Block::Line(line.into()));
        if !self.rows.is_empty() {
            blocks.push(Block::Table(dues_table(
                words,
                &self.rows,
                self.frame.as_of,
                "head-task",
            )));
        }
        if !self.entries.is_empty() {
            blocks.push(Block::Heading {
                level: 2,
                text: words.text("show-entries").into(),
                aside: Text::default(),
            });
            blocks.push(Block::Table(entries_of_unit(
                words,
                &self.entries,
                self.frame.as_of,
            )));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}

/// The entries of one unit: with their tasks, without the unit.
fn entries_of_unit<'a>(words: &'a Words, entries: &'a [LogRow], near: Day) -> Table<'a> {
    let columns = vec![
        Column::left("id", words.text("head-id")),
        Column::left("day", words.text("head-day")),
        Column::left("task", words.text("head-task")),
        Column::left("actor", words.text("head-actor")),
        Column::left("told", words.text("head-told")).wrapping(),
    ];
    let rows = entries.iter().map(move |row| {
        let cells = vec![
            row.id.as_str().into(),
            short_day(row.day, near).into(),
            row.task_name.clone().unwrap_or_default().into(),
            row.actor.as_str().into(),
            row.told(words),
        ];
        Row::item(cells)
    });
    Table {
        columns,
        rows: Rows::new(rows),
    }
}

/// One task.
#[derive(Debug, Serialize)]
pub struct TaskSheet {
    /// `duban.task/1`.
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
    /// Its due days.
    pub dues: Vec<Day>,
    /// Its figures.
    pub figures: Figures,
    /// The units that owe it.
    pub rows: Vec<DueRow>,
}

impl Report for TaskSheet {
    type Row = DueRow;

    fn rows(&self) -> &[DueRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = format!("{} {}", self.name, self.code);
        let mut blocks = self.frame.heading(words, &name);
        let place = words.say(
            "show-place",
            &[
                ("clause", self.clause.as_str().into()),
                ("activity", self.activity.as_str().into()),
                ("phase", self.phase.as_str().into()),
            ],
        );
        blocks.push(Block::Line(place.into()));
        if !self.text.is_empty() {
            blocks.push(Block::Line(
                words
                    .say("show-text", &[("text", self.text.as_str().into())])
                    .into(),
            ));
        }
        if let Some(question) = &self.open {
            let text = words.say("show-open", &[("question", question.as_str().into())]);
            blocks.push(Block::Line(Text::from((text, Tone::Soon))));
        }
        let who: Vec<String> = self.who.iter().map(|word| kind(words, word)).collect();
        blocks.push(Block::Line(
            words
                .say("show-who", &[("who", listed(words, &who).into())])
                .into(),
        ));
        let days: Vec<String> = self.dues.iter().map(|day| long_day(words, *day)).collect();
        if !days.is_empty() {
            blocks.push(Block::Line(
                words
                    .say("show-dues", &[("days", listed(words, &days).into())])
                    .into(),
            ));
        }
        for (key, who) in &self.decided {
            let text = words.say(
                "show-decided",
                &[
                    ("key", plan_key(words, key).into()),
                    ("who", who.as_str().into()),
                ],
            );
            blocks.push(Block::Line(text.into()));
        }
        if !self.rows.is_empty() {
            blocks.push(Block::Table(dues_table(
                words,
                &self.rows,
                self.frame.as_of,
                "head-unit",
            )));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}

/// One entry, with those that are about it.
#[derive(Debug, Serialize)]
pub struct EntrySheet {
    /// `duban.record/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The entry.
    pub entry: LogRow,
    /// Its proof, and whether it is at hand.
    pub evidence: Vec<ProofRow>,
    /// Where it stands with review, where it is a record that was not undone.
    pub review: Option<RecordReview>,
    /// What was said of it later: reviews, undos.
    pub rows: Vec<LogRow>,
}

impl Report for EntrySheet {
    type Row = LogRow;

    fn rows(&self) -> &[LogRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say("show-entry-title", &[("id", self.entry.id.as_str().into())]);
        let mut blocks = self.frame.heading(words, &name);
        blocks.push(Block::Table(table(
            words,
            std::slice::from_ref(&self.entry),
            self.frame.as_of,
            true,
        )));
        if !self.evidence.is_empty() {
            let proofs = self.evidence.iter().map(|proof| proof.told(words));
            blocks.push(Block::List(proofs.collect()));
        }
        blocks.push(Block::Line(
            format!("{}  {}", self.entry.batch, self.entry.at).into(),
        ));
        if let Some(review) = &self.review {
            blocks.push(Block::Line(review.line(words)));
        }
        if !self.rows.is_empty() {
            blocks.push(Block::Heading {
                level: 2,
                text: words.text("show-later").into(),
                aside: Text::default(),
            });
            blocks.push(Block::Table(table(
                words,
                &self.rows,
                self.frame.as_of,
                false,
            )));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}
