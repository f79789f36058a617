//! `lagging`: the units with an overdue obligation, longest first, with what they owe (进度滞后单位).

use serde::Serialize;

use super::Report;
use super::frame::{Frame, listed, long_day, measured, short_day};
use crate::document::{Block, Column, Document, Row, Table, Text, Tone};
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::words::Words;

/// One overdue obligation of a unit.
#[derive(Clone, Debug, Serialize)]
pub struct LaggingDue {
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub name: String,
    /// The clause.
    pub clause: String,
    /// The due day in force.
    pub due: Option<Day>,
    /// Days late.
    pub days: i32,
    /// What has been counted.
    pub count: Decimal,
    /// What is needed, for a quantity.
    pub target: Option<Decimal>,
    /// What is counted.
    pub measure: Option<String>,
    /// The rectification day of a return that stands.
    pub returned: Option<Day>,
    /// How often the unit was reminded of it.
    pub reminders: u32,
}

/// A unit that lags.
#[derive(Clone, Debug, Serialize)]
pub struct LaggingRow {
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
    /// How many obligations are overdue.
    pub overdue: u64,
    /// The longest, in days.
    pub days: i32,
    /// The obligations.
    pub dues: Vec<LaggingDue>,
    /// The place in the roster.
    #[serde(skip)]
    pub place: u32,
}

/// How the list changed since a day.
#[derive(Clone, Debug, Serialize)]
pub struct Movement {
    /// The day compared with.
    pub since: Day,
    /// Units that have joined the list, by short name.
    pub joined: Vec<String>,
    /// Units that have left it.
    pub left: Vec<String>,
}

/// The lagging list of a day.
#[derive(Debug, Serialize)]
pub struct Lagging {
    /// `duban.lagging/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// Days of grace.
    pub grace: i32,
    /// Days ahead, where the list also looks ahead.
    pub within: Option<i32>,
    /// The units that lag.
    pub rows: Vec<LaggingRow>,
    /// How many units lag, the supervisor among them.
    pub units: u64,
    /// How many obligations are overdue.
    pub obligations: u64,
    /// Units with returned work whose rectification day is not past.
    pub returned: Vec<LaggingRow>,
    /// Units with something due within the days asked for.
    pub soon: Vec<LaggingRow>,
    /// The supervisor's own lag.
    pub supervisor: Option<LaggingRow>,
    /// How the list changed.
    pub since: Option<Movement>,
}

/// One obligation for the list.
pub fn lagging_due(plan: &Plan, cell: &Cell) -> LaggingDue {
    let task = &plan.tasks[cell.task];
    LaggingDue {
        task: task.code.to_string(),
        name: task.short.clone(),
        clause: task.clause.clone(),
        due: cell.due,
        days: cell.days,
        count: cell.count,
        target: cell.need,
        measure: cell
            .need
            .and(task.target.as_ref())
            .map(|target| target.measure.clone()),
        returned: cell.rectify,
        reminders: cell.reminders,
    }
}

impl Lagging {
    /// Puts the rows into the order of the list: longest overdue, then count, then roster.
    pub fn sort(&mut self) {
        self.rows
            .sort_by_key(|row| (std::cmp::Reverse((row.days, row.overdue)), row.place));
    }
}

/// From how many periods of one task on they are only counted.
const MANY_PERIODS: usize = 3;

/// The obligations of a row in few words, tasks with the same due day together: `横幅 海报12/20张(06-30)`; many periods of
/// one task are counted: `信息5期(06-30起)`.
fn told(words: &Words, dues: &[LaggingDue], near: Day) -> String {
    let periods = |task: &str| dues.iter().filter(|due| due.task == task).count();
    let shown = |due: &LaggingDue| {
        let day = due.due.map(|day| short_day(day, near));
        day.unwrap_or_default()
    };
    let mut parts: Vec<String> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let mut rest = dues.iter().peekable();
    while let Some(due) = rest.next() {
        let n = periods(&due.task);
        if n >= MANY_PERIODS {
            if !told.contains(&due.task.as_str()) {
                told.push(&due.task);
                let args = [
                    ("name", due.name.as_str().into()),
                    ("n", n.into()),
                    ("due", shown(due).into()),
                ];
                parts.push(words.say("lagging-periods", &args));
            }
            continue;
        }
        let mut names = partly(words, due);
        let same = |next: &&LaggingDue| next.due == due.due && periods(&next.task) < MANY_PERIODS;
        while let Some(next) = rest.next_if(same) {
            names.push(' ');
            names.push_str(&partly(words, next));
        }
        parts.push(format!("{names}({})", shown(due)));
    }
    parts.join(" ")
}

fn partly(words: &Words, due: &LaggingDue) -> String {
    let mut text = due.name.clone();
    if let (Some(target), Some(measure)) = (due.target, &due.measure)
        && due.count > Decimal::ZERO
    {
        let amount = measured(&format!("{}/{target}", due.count), measure);
        text = match measured("", measure).starts_with(' ') {
            true => format!("{text} {amount}"),
            false => format!("{text}{amount}"),
        };
    }
    if due.returned.is_some() {
        text.push_str(&words.text("lagging-returned-mark"));
    }
    text
}

impl Report for Lagging {
    type Row = LaggingRow;

    fn rows(&self) -> &[LaggingRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say(
            "lagging-title",
            &[("plan", self.frame.plan.title.as_str().into())],
        );
        let mut blocks = self.frame.heading(words, &name);
        let summary = if self.units == 0 {
            words.say("lagging-none", &[("grace", self.grace.into())])
        } else {
            words.say(
                "lagging-summary",
                &[
                    ("units", self.units.into()),
                    ("n", self.obligations.into()),
                    ("grace", self.grace.into()),
                ],
            )
        };
        blocks.push(Block::Line(summary.into()));
        if !self.rows.is_empty() {
            blocks.push(Block::Table(self.table(words, &self.rows)));
        }
        if let Some(own) = &self.supervisor {
            let text = words.say(
                "lagging-supervisor",
                &[
                    ("name", own.name.as_str().into()),
                    ("n", own.overdue.into()),
                    ("days", own.days.into()),
                    ("dues", told(words, &own.dues, self.frame.as_of).into()),
                ],
            );
            blocks.push(Block::Line(Text::from((text, Tone::Overdue))));
        }
        if !self.returned.is_empty() {
            blocks.push(Block::Line(Text::from((
                self.returned_line(words),
                Tone::Returned,
            ))));
        }
        if let Some(within) = self.within {
            let text = words.say(
                "lagging-soon",
                &[("days", within.into()), ("units", self.soon.len().into())],
            );
            blocks.push(Block::Line(text.into()));
            if !self.soon.is_empty() {
                blocks.push(Block::Table(self.soon_table(words)));
            }
        }
        if let Some(movement) = &self.since {
            blocks.push(Block::Line(movement.line(words).into()));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}

impl Lagging {
    fn table<'a>(&'a self, words: &'a Words, rows: &'a [LaggingRow]) -> Table<'a> {
        let columns = vec![
            Column::right("no", words.text("head-no")),
            Column::left("name", words.text("head-unit")),
            Column::right("overdue", words.text("head-count")),
            Column::right("days", words.text("head-longest")),
            Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
            Column::left("contact", words.text("head-contact")),
        ];
        let rows = rows.iter().enumerate().map(move |(at, row)| {
            let days = words.say("lagging-days", &[("n", row.days.into())]);
            let contact = row
                .contact
                .clone()
                .unwrap_or_else(|| words.text("lagging-no-contact"));
            let cells = vec![
                Text::from((at + 1).to_string()),
                Text::from(row.name.as_str()),
                Text::from(row.overdue.to_string()),
                Text::from((days, Tone::Overdue)),
                Text::from(told(words, &row.dues, self.frame.as_of)),
                Text::from(contact),
            ];
            Row::item(cells)
        });
        Table {
            columns,
            rows: Box::new(rows),
        }
    }

    fn soon_table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let columns = vec![
            Column::left("name", words.text("head-unit")),
            Column::right("n", words.text("head-count")),
            Column::left("dues", words.text("head-soon-tasks")).wrapping(),
        ];
        let rows = self.soon.iter().map(move |row| {
            let told = told(words, &row.dues, self.frame.as_of);
            let cells = vec![
                row.name.as_str().into(),
                row.dues.len().to_string().into(),
                told.into(),
            ];
            Row::item(cells)
        });
        Table {
            columns,
            rows: Box::new(rows),
        }
    }

    fn returned_line(&self, words: &Words) -> String {
        let names = self.returned.iter().flat_map(|row| {
            row.dues.iter().map(move |due| {
                let day = due
                    .returned
                    .map(|day| short_day(day, self.frame.as_of))
                    .unwrap_or_default();
                words.say(
                    "lagging-returned-item",
                    &[
                        ("unit", row.name.as_str().into()),
                        ("task", due.name.as_str().into()),
                        ("day", day.into()),
                    ],
                )
            })
        });
        let names: Vec<String> = names.collect();
        words.say(
            "lagging-returned",
            &[("names", listed(words, &names).into())],
        )
    }
}

impl Movement {
    fn line(&self, words: &Words) -> String {
        let names = |list: &[String]| {
            if list.is_empty() {
                String::new()
            } else {
                format!("({})", listed(words, list))
            }
        };
        words.say(
            "lagging-since",
            &[
                ("day", long_day(words, self.since).into()),
                ("joined", self.joined.len().into()),
                ("joinednames", names(&self.joined).into()),
                ("left", self.left.len().into()),
                ("leftnames", names(&self.left).into()),
            ],
        )
    }
}

/// A row for a unit, without obligations yet.
pub fn lagging_row(
    unit: &crate::model::unit::Unit,
    area: Option<String>,
    place: u32,
    dues: Vec<LaggingDue>,
) -> LaggingRow {
    LaggingRow {
        code: unit.code.to_string(),
        name: unit.short.clone(),
        kind: unit.kind.clone(),
        area,
        contact: Some(unit.contact.clone()).filter(|name| !name.is_empty()),
        overdue: dues
            .iter()
            .filter(|due| due.days > 0 || due.due.is_some())
            .count() as u64,
        days: dues.iter().map(|due| due.days).max().unwrap_or(0),
        dues,
        place,
    }
}

/// Whether a cell belongs on the list, and on which of its parts.
pub const fn is_listed(standing: Standing) -> bool {
    matches!(standing, Standing::Overdue)
}
