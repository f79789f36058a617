//! `calendar`: the days on which something falls due, for programs that keep calendars. For several units together a due is one day,
//! with how many have completed it; for one unit each of its dues is.

use std::collections::BTreeMap;

use serde::Serialize;

use super::frame::{Frame, date, day_cell, listed, long_day, measured};
use super::{Report, board};
use crate::document::{Calendar, Column, Document, Event, Row, Table, Text};
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Plan;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::query::{Error, Scope, Selection, Workspace};
use crate::words::Words;

/// So many of the units that have not completed a due are named.
const NAMED: usize = 20;

/// What is asked of the calendar.
#[derive(Debug)]
pub(crate) struct Question {
    /// The day, and what was known by when.
    pub view: View,
    /// The units and tasks.
    pub selection: Selection,
    /// Only what falls due in so many days from the day asked about on.
    pub within: Option<i32>,
}

/// One day of a due.
#[derive(Debug, Serialize)]
pub(crate) struct CalendarRow {
    /// Names it for ever: by plan, task, due and scope, whatever day it moves to.
    pub uid: String,
    /// The task's code.
    pub task: String,
    /// Its short name.
    pub name: String,
    /// The clause of the plan's text.
    pub clause: String,
    /// What names the due among the task's, where it has several.
    pub key: Option<Day>,
    /// The day in force.
    pub due: Day,
    /// The unit, where the calendar is one unit's.
    pub unit: Option<String>,
    /// Its short name.
    pub unit_name: Option<String>,
    /// Where it stands with that unit.
    pub standing: Option<Standing>,
    /// What that unit has done of it, where it is a quantity.
    pub count: Option<Decimal>,
    /// What that unit needs.
    pub target: Option<Decimal>,
    /// What is counted.
    pub measure: Option<String>,
    /// Units that the due applies to.
    pub units: u64,
    /// Those that have completed it.
    pub completed: u64,
    /// Those that need not.
    pub excused: u64,
    /// The others.
    pub open: u64,
    /// The day of the reminder; `None` where nothing is left to do, or the day is past.
    pub remind: Option<Day>,
    /// The first of those that have not completed it.
    #[serde(skip)]
    names: Vec<String>,
    /// The task's full name.
    #[serde(skip)]
    title: String,
}

/// The due days of a plan.
#[derive(Debug, Serialize)]
pub(crate) struct DueDays {
    /// `duban.calendar/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// Only what falls due in so many days.
    pub within: Option<i32>,
    /// Grows from day to day and from entry to entry.
    pub edition: u64,
    /// The days, in their order; of one day in the order of the plan.
    pub rows: Vec<CalendarRow>,
}

/// What units make of one due on one day.
#[derive(Default)]
struct Met {
    units: u64,
    completed: u64,
    excused: u64,
    open: Vec<UnitNo>,
    last: Option<Cell>,
}

impl Met {
    fn count(&mut self, unit: UnitNo, cell: &Cell) {
        self.units += 1;
        self.last = Some(*cell);
        if cell.standing.is_completed() {
            self.completed += 1;
        } else if cell.standing == Standing::Excused {
            self.excused += 1;
        } else if self.open.len() < NAMED {
            self.open.push(unit);
        }
    }

    const fn open(&self) -> u64 {
        self.units - self.completed - self.excused
    }
}

impl DueDays {
    /// The due days of the units and tasks selected.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, question: &Question) -> Result<Self, Error> {
        let (plan, view) = (&workspace.plan, question.view);
        let selection = &question.selection;
        let ruler = workspace.ruler(view);
        let last = question.within.map(|days| view.as_of + days);
        let wanted = |due: Day| last.is_none_or(|last| (view.as_of..=last).contains(&due));
        let mut met: BTreeMap<(Day, usize, usize), Met> = BTreeMap::new();
        workspace.survey(&ruler, selection, |unit| {
            for cell in unit.cells {
                if let Some(due) = cell.due.filter(|due| wanted(*due)) {
                    let met = met.entry((due, cell.task, cell.due_at)).or_default();
                    met.count(unit.sheet.unit, cell);
                }
            }
        })?;
        let open = met.values().flat_map(|met| met.open.iter().copied());
        let names = workspace.short_names(open)?;
        let scope = selection.scope.as_ref();
        let one = scope.and_then(|scope| match scope.unit.as_slice() {
            [(code, name)] => Some((code.clone(), name.clone())),
            _ => None,
        });
        let of = of_scope(scope);
        let rows = met.into_iter().filter_map(|((due, task, due_at), met)| {
            let cell = met.last?;
            let key = ruler.period(&cell);
            let planned = ruler.dues(task).get(due_at).map(|planned| planned.due);
            // One unit's due stays the same whatever day it moves to; among many those that moved are a day of their own.
            let moved = Some(due).filter(|due| one.is_none() && planned != Some(*due));
            let names = met.open.iter().filter_map(|no| names.get(no).cloned());
            let row = CalendarRow {
                uid: uid(plan, task, key, moved, &of),
                names: names.collect(),
                ..CalendarRow::new(plan, view, due, &met, one.as_ref().map(|_| cell))
            };
            let (unit, unit_name) = one.clone().unzip();
            Some(CalendarRow {
                key,
                unit,
                unit_name,
                ..row
            })
        });
        let rows = rows.collect();
        let days = view.as_of.min(workspace.today) - plan.issued;
        Ok(Self {
            schema: "duban.calendar/1",
            frame: Frame::of(workspace, view).within(selection),
            within: question.within,
            edition: workspace.last_entry()? + u64::try_from(days).unwrap_or(0),
            rows,
        })
    }

    fn name(&self, words: &Words) -> String {
        let plan = self.frame.plan.short.as_str().into();
        // Screens part the two by two blanks.
        let name = words
            .say("calendar-title", &[("plan", plan)])
            .replace("  ", " ");
        match self.frame.scope(words) {
            Some(scope) => words.say(
                "calendar-title-scope",
                &[("name", name.into()), ("scope", scope.into())],
            ),
            None => name,
        }
    }
}

/// Whom it is about, as it stands in ids: what changes the figures of a day, not which days there are.
fn of_scope(scope: Option<&Scope>) -> String {
    let options = scope.into_iter().flat_map(Scope::options);
    let options = options.filter(|(name, _)| !matches!(*name, "phase" | "task"));
    options
        .map(|(name, value)| format!(".{name}={value}"))
        .collect()
}

fn uid(plan: &Plan, task: usize, key: Option<Day>, moved: Option<Day>, of: &str) -> String {
    let mut uid = plan.tasks[task].code.to_string();
    for day in [key, moved].into_iter().flatten() {
        uid.push_str(&format!(".{day}"));
    }
    format!("{uid}{of}@{}.duban", plan.id)
}

impl CalendarRow {
    fn new(plan: &Plan, view: View, due: Day, met: &Met, one: Option<Cell>) -> Self {
        let task = met.last.map(|cell| &plan.tasks[cell.task]);
        let target = task.and_then(|task| task.target.as_ref());
        let amount = one.filter(|cell| cell.need.is_some());
        let remind = due - plan.due_soon;
        let text = |text: Option<&String>| text.cloned().unwrap_or_default();
        Self {
            uid: String::new(),
            task: task.map(|task| task.code.to_string()).unwrap_or_default(),
            name: text(task.map(|task| &task.short)),
            clause: text(task.map(|task| &task.clause)),
            key: None,
            due,
            unit: None,
            unit_name: None,
            standing: one.map(|cell| cell.standing),
            count: amount.map(|cell| cell.count),
            target: amount.and_then(|cell| cell.need),
            measure: amount.and(target).map(|target| target.measure.clone()),
            units: met.units,
            completed: met.completed,
            excused: met.excused,
            open: met.open(),
            remind: (met.open() > 0 && due >= view.as_of).then_some(remind),
            names: Vec::new(),
            title: text(task.map(|task| &task.name)),
        }
    }

    /// How much of how much, where it is a quantity.
    fn amount(&self) -> Option<String> {
        let of = format!("{}/{}", self.count?, self.target?);
        Some(measured(&of, self.measure.as_deref().unwrap_or_default()))
    }

    fn event(&self, words: &Words, frame: &Frame) -> Event {
        let task = ("task", self.name.as_str().into());
        let title = match self.standing {
            // What is still to be done needs no word for it.
            Some(Standing::Pending | Standing::DueSoon) => self.name.clone(),
            Some(standing) => {
                let standing = board::named(words, standing);
                words.say("calendar-one", &[task, ("standing", standing.into())])
            }
            None => words.say(
                "calendar-all",
                &[
                    task,
                    ("done", self.completed.into()),
                    ("units", (self.units - self.excused).into()),
                ],
            ),
        };
        let mut lines = vec![self.title.clone()];
        let line = |id: &str, name: &str, value: String| words.say(id, &[(name, value.into())]);
        lines.extend(
            self.amount()
                .map(|it| line("calendar-amount", "amount", it)),
        );
        if !self.names.is_empty() && self.unit.is_none() {
            let left = self.open - self.names.len() as u64;
            let names = ("names", listed(words, &self.names).into());
            lines.push(words.say("calendar-open", &[names, ("n", left.into())]));
        }
        lines.extend(
            self.unit_name
                .clone()
                .map(|it| line("calendar-unit", "unit", it)),
        );
        if !self.clause.is_empty() {
            lines.push(line("calendar-clause", "clause", self.clause.clone()));
        }
        lines.push(frame.plan.title.clone());
        lines.push(line("frame-as-of", "day", long_day(words, frame.as_of)));
        Event {
            id: self.uid.clone(),
            day: date(self.due),
            title,
            lines,
            category: frame.plan.short.clone(),
            remind: self.remind.map(|remind| self.due - remind),
        }
    }
}

impl Report for DueDays {
    type Row = CalendarRow;

    fn rows(&self) -> &[CalendarRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let plan = ("plan", self.frame.plan.short.as_str().into());
        let name = words.say("calendar-title", &[plan]);
        let mut document = self.frame.document(words, name);
        if let Some(days) = self.within {
            let to = ("to", long_day(words, self.frame.as_of + days).into());
            document.line(words.say("calendar-within", &[to]));
        }
        if self.rows.is_empty() {
            document.line(words.text("calendar-none"));
        } else {
            document.table(self.table(words));
        }
        document
    }

    fn calendar(&self, words: &Words) -> Option<Calendar> {
        let event = |row: &CalendarRow| row.event(words, &self.frame);
        Some(Calendar {
            lang: words.lang().tag().to_string(),
            name: self.name(words),
            told: date(self.frame.as_of),
            edition: self.edition,
            events: self.rows.iter().map(event).collect(),
        })
    }
}

impl DueDays {
    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let one = self.rows.iter().any(|row| row.unit.is_some());
        let mut columns = vec![
            Column::left("due", words.text("head-due")),
            Column::left("name", words.text("head-task")).wrapping(),
        ];
        if one {
            columns.push(Column::left("standing", words.text("head-standing")));
            columns.push(Column::right("amount", words.text("head-amount")));
        } else {
            columns.push(Column::right("units", words.text("head-units")));
            columns.push(Column::right("completed", words.text("head-completed")));
            columns.push(Column::right("open", words.text("calendar-head-open")));
        }
        columns.push(Column::left("remind", words.text("calendar-head-remind")));
        let near = self.frame.as_of;
        let rows = self.rows.iter().map(move |row| {
            let mut cells = vec![day_cell(row.due, near), row.name.as_str().into()];
            match row.standing {
                Some(standing) => {
                    let told = board::named(words, standing);
                    cells.push((told, board::tone(standing)).into());
                    cells.push(row.amount().unwrap_or_default().into());
                }
                None => {
                    cells.push(Text::number(row.units));
                    cells.push(Text::number(row.completed));
                    cells.push(Text::number(row.open));
                }
            }
            let remind = row.remind.map(|day| day_cell(day, near));
            cells.push(remind.unwrap_or_default());
            Row::item(cells)
        });
        Table::new(columns, rows).named(words.text("calendar-sheet"))
    }
}
