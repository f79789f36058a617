//! `lagging`: the units with an overdue obligation, longest first, with what they owe (进度滞后单位).

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::frame::{Frame, listed, long_day, measured, short_day};
use crate::document::{Block, Column, Document, Row, Table, Text, Tone};
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::{Plan, Task};
use crate::words::Words;

/// One overdue obligation of a unit.
#[derive(Clone, Copy, Debug)]
pub struct LaggingDue<'p> {
    /// The task.
    pub task: &'p Task,
    /// The due day in force.
    pub due: Option<Day>,
    /// Days late.
    pub days: i32,
    /// What has been counted.
    pub count: Decimal,
    /// What is needed, for a quantity.
    pub target: Option<Decimal>,
    /// The rectification day of a return that stands.
    pub returned: Option<Day>,
    /// How often the unit was reminded of it.
    pub reminders: u32,
}

/// A due as JSON and CSV have it.
#[derive(Serialize)]
struct DueFields<'p> {
    task: &'p str,
    name: &'p str,
    clause: &'p str,
    due: Option<Day>,
    days: i32,
    count: Decimal,
    target: Option<Decimal>,
    measure: Option<&'p str>,
    returned: Option<Day>,
    reminders: u32,
}

impl Serialize for LaggingDue<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = DueFields {
            task: self.task.code.as_str(),
            name: &self.task.short,
            clause: &self.task.clause,
            due: self.due,
            days: self.days,
            count: self.count,
            target: self.target,
            measure: self.measure(),
            returned: self.returned,
            reminders: self.reminders,
        };
        fields.serialize(serializer)
    }
}

/// A unit that lags. A nation has hundreds of thousands of them, so it owns nothing.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct LaggingRow<'p> {
    /// The unit's code.
    pub code: &'p str,
    /// Its short name.
    pub name: &'p str,
    /// Its kind.
    pub kind: &'p str,
    /// The area above it.
    pub area: Option<&'p str>,
    /// Its contact.
    pub contact: Option<&'p str>,
    /// How many obligations are overdue.
    pub overdue: u64,
    /// The longest, in days.
    pub days: i32,
    /// The obligations.
    pub dues: &'p [LaggingDue<'p>],
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
pub struct Lagging<'p> {
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
    pub rows: Vec<LaggingRow<'p>>,
    /// How many units lag, the supervisor among them.
    pub units: u64,
    /// How many obligations are overdue.
    pub obligations: u64,
    /// Units with returned work whose rectification day is not past.
    pub returned: Vec<LaggingRow<'p>>,
    /// Units with something due within the days asked for.
    pub soon: Vec<LaggingRow<'p>>,
    /// The supervisor's own lag.
    pub supervisor: Option<LaggingRow<'p>>,
    /// How the list changed.
    pub since: Option<Movement>,
}

impl<'p> LaggingDue<'p> {
    /// One obligation for the list.
    pub fn new(plan: &'p Plan, cell: &Cell) -> Self {
        Self {
            task: &plan.tasks[cell.task],
            due: cell.due,
            days: cell.days,
            count: cell.count,
            target: cell.need,
            returned: cell.rectify,
            reminders: cell.reminders,
        }
    }

    /// What is counted, for a quantity.
    pub fn measure(&self) -> Option<&'p str> {
        let target = self.target.and(self.task.target.as_ref());
        target.map(|target| target.measure.as_str())
    }
}

impl Lagging<'_> {
    /// Puts the rows into the order of the list: longest overdue, then count, then roster.
    pub fn sort(&mut self) {
        self.rows
            .sort_by_cached_key(|row| (Reverse((row.days, row.overdue)), row.place));
    }
}

/// From how many periods of one task on they are only counted.
const MANY_PERIODS: usize = 3;

/// Words for rows, of which the same come again and again.
struct Telling<'w> {
    words: &'w Words,
    /// The day asked about.
    near: Day,
    days: BTreeMap<i32, String>,
    times: BTreeMap<u32, String>,
    dues: BTreeMap<Option<Day>, String>,
    returned: String,
    no_contact: String,
}

impl<'w> Telling<'w> {
    fn new(words: &'w Words, near: Day) -> Self {
        Self {
            words,
            near,
            days: BTreeMap::new(),
            times: BTreeMap::new(),
            dues: BTreeMap::new(),
            returned: words.text("lagging-returned-mark"),
            no_contact: words.text("lagging-no-contact"),
        }
    }

    /// How long, in days.
    fn days(&mut self, days: i32) -> &str {
        let said = || self.words.say("lagging-days", &[("n", days.into())]);
        self.days.entry(days).or_insert_with(said)
    }

    /// How often the unit was reminded.
    fn times(&mut self, times: u32) -> &str {
        let said = || self.words.say("lagging-times", &[("n", times.into())]);
        self.times.entry(times).or_insert_with(said)
    }

    fn due(&mut self, due: &LaggingDue) -> &str {
        let near = self.near;
        let said = || due.due.map_or_else(String::new, |day| short_day(day, near));
        self.dues.entry(due.due).or_insert_with(said)
    }

    /// The obligations of a row in few words, tasks with the same due day together: `横幅 海报12/20张(06-30)`; many periods of
    /// one task are counted: `信息5期(06-30起)`.
    fn dues(&mut self, dues: &[LaggingDue]) -> String {
        let same_task = |one: &LaggingDue, other: &LaggingDue| std::ptr::eq(one.task, other.task);
        let periods = |of: &LaggingDue| dues.iter().filter(|due| same_task(due, of)).count();
        let mut text = String::with_capacity(32 * dues.len());
        let mut at = 0;
        while let Some(due) = dues.get(at) {
            at += 1;
            let n = periods(due);
            if n >= MANY_PERIODS {
                if dues[..at - 1].iter().any(|before| same_task(before, due)) {
                    continue;
                }
                if !text.is_empty() {
                    text.push(' ');
                }
                let args = [
                    ("name", due.task.short.as_str().into()),
                    ("n", n.into()),
                    ("due", self.due(due).to_string().into()),
                ];
                text.push_str(&self.words.say("lagging-periods", &args));
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            self.part(due, &mut text);
            while let Some(next) = dues.get(at)
                && next.due == due.due
                && periods(next) < MANY_PERIODS
            {
                at += 1;
                text.push(' ');
                self.part(next, &mut text);
            }
            text.push('(');
            text.push_str(self.due(due));
            text.push(')');
        }
        text
    }

    fn part(&self, due: &LaggingDue, text: &mut String) {
        text.push_str(&due.task.short);
        if let (Some(target), Some(measure)) = (due.target, due.measure())
            && due.count > Decimal::ZERO
        {
            let amount = measured(&format!("{}/{target}", due.count), measure);
            if measured("", measure).starts_with(' ') {
                text.push(' ');
            }
            text.push_str(&amount);
        }
        if due.returned.is_some() {
            text.push_str(&self.returned);
        }
    }
}

impl<'p> Report for Lagging<'p> {
    type Row = LaggingRow<'p>;

    fn rows(&self) -> &[LaggingRow<'p>] {
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
                    ("name", own.name.into()),
                    ("n", own.overdue.into()),
                    ("days", own.days.into()),
                    (
                        "dues",
                        Telling::new(words, self.frame.as_of).dues(own.dues).into(),
                    ),
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

impl Lagging<'_> {
    fn table<'a>(&'a self, words: &'a Words, rows: &'a [LaggingRow]) -> Table<'a> {
        let reminders = |row: &LaggingRow| row.dues.iter().map(|due| due.reminders).max();
        // Before anybody was reminded there is nothing to tell of it.
        let told = rows.iter().any(|row| reminders(row) > Some(0));
        let mut columns = vec![
            Column::right("no", words.text("head-no")),
            Column::left("name", words.text("head-unit")),
            Column::right("overdue", words.text("head-count")),
            Column::right("days", words.text("head-longest")),
            Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
            Column::left("contact", words.text("head-contact")),
        ];
        if told {
            columns.insert(5, Column::right("reminders", words.text("head-reminders")));
        }
        let mut telling = Telling::new(words, self.frame.as_of);
        let rows = rows.iter().enumerate().map(move |(at, row)| {
            let mut cells = vec![
                Text::number(at + 1),
                Text::from(row.name),
                Text::number(row.overdue),
                Text::from((telling.days(row.days), Tone::Overdue)),
                Text::from(telling.dues(row.dues)),
                Text::from(row.contact.unwrap_or(&telling.no_contact)),
            ];
            if told {
                let times = reminders(row).filter(|times| *times > 0);
                let times = times.map(|times| telling.times(times).to_string());
                cells.insert(5, Text::from(times.unwrap_or_default()));
            }
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
        let mut telling = Telling::new(words, self.frame.as_of);
        let rows = self.soon.iter().map(move |row| {
            let cells = vec![
                Text::from(row.name),
                Text::number(row.dues.len()),
                telling.dues(row.dues).into(),
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
                        ("unit", row.name.into()),
                        ("task", due.task.short.as_str().into()),
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

/// The figures of a row: how many obligations are overdue, and the longest in days.
pub fn figures(dues: &[LaggingDue]) -> (u64, i32) {
    let overdue = dues
        .iter()
        .filter(|due| due.days > 0 || due.due.is_some())
        .count() as u64;
    (overdue, dues.iter().map(|due| due.days).max().unwrap_or(0))
}
