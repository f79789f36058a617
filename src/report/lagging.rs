//! `lagging`: the units with an overdue obligation, longest first, with what they owe (进度滞后单位).

mod arena;
mod dues;
mod layout;
mod survey;

pub(crate) use survey::{Found, Question};

use std::cmp::Reverse;
use std::collections::HashMap;

use serde::Serialize;

use self::arena::{Arena, Figures, LaggingUnit, List};
use super::Report;
use super::frame::Frame;
use crate::document::Document;
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::Stood;
use crate::model::plan::{Plan, Task};
use crate::model::unit::{Class, UnitNo};
use crate::words::{Phrases, Words};

/// One overdue obligation of a unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaggingDue<'p> {
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

/// A unit that lags. There may be hundreds of thousands, so a row only refers to what the survey found; its values are read when it
/// is written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LaggingRow<'p> {
    arena: &'p Arena<'p>,
    unit: &'p LaggingUnit,
    names: &'p Names<'p>,
    list: List,
}

/// What rows are about, by the store's numbers.
#[derive(Debug)]
pub(crate) struct Names<'p> {
    /// The classes of units.
    pub classes: &'p [Class],
    /// The short names of the areas above the units.
    pub areas: HashMap<UnitNo, String>,
    /// Whether there is a day to compare with.
    pub compared: bool,
}

/// A unit that lags as JSON and CSV have it.
#[derive(Serialize)]
struct RowFields<'p> {
    code: &'p str,
    name: &'p str,
    kind: &'p str,
    area: Option<&'p str>,
    contact: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overdue: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    joined: Option<bool>,
    dues: &'p [LaggingDue<'p>],
}

impl Serialize for LaggingRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { unit, names, .. } = *self;
        // Only what is overdue has a count and days late.
        let figures = matches!(self.list, List::Overdue).then(|| self.figures());
        let fields = RowFields {
            code: self.arena.code(unit),
            name: self.name(),
            kind: names
                .classes
                .get(unit.class as usize)
                .map_or("", |class| &class.kind),
            area: self.area(),
            contact: self.contact(),
            overdue: figures.map(|figures| figures.overdue),
            days: figures.map(|figures| figures.days),
            joined: figures.and(names.compared.then(|| self.joined())),
            dues: self.dues(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> LaggingRow<'p> {
    /// The unit's short name.
    pub(crate) fn name(&self) -> &'p str {
        self.arena.short(self.unit)
    }

    /// Its contact.
    pub(crate) fn contact(&self) -> Option<&'p str> {
        self.arena.contact(self.unit)
    }

    /// The obligations.
    pub(crate) fn dues(&self) -> &'p [LaggingDue<'p>] {
        self.arena.dues(self.unit, self.list)
    }

    /// The area above it, by short name.
    pub(crate) fn area(&self) -> Option<&'p str> {
        let area = self
            .unit
            .parent
            .and_then(|parent| self.names.areas.get(&parent));
        area.map(String::as_str)
    }

    /// Some of its obligations in few words; `near` is the day asked about.
    pub(crate) fn told(&self, words: &Words, near: Day, some: &[LaggingDue]) -> String {
        dues::dues(&mut Phrases::new(words), near, some)
    }

    /// How often the unit was reminded of any of them, at most.
    pub(crate) fn reminders(&self) -> u32 {
        self.dues()
            .iter()
            .map(|due| due.reminders)
            .max()
            .unwrap_or(0)
    }

    /// What the overdue obligations of its unit come to.
    const fn figures(&self) -> Figures {
        self.unit.figures()
    }

    /// How many obligations are overdue.
    pub(crate) const fn overdue(&self) -> u32 {
        self.figures().overdue
    }

    /// The longest, in days.
    pub(crate) const fn days(&self) -> i32 {
        self.figures().days
    }

    /// Whether the unit did not lag on the day compared with.
    pub(crate) fn joined(&self) -> bool {
        self.names.compared && !self.unit.lagged
    }

    /// Reads a little of everything that its row shows.
    fn glance(&self) -> (Option<u8>, Option<i32>) {
        let due = self.dues().last().map(|due| due.days);
        (self.name().bytes().next(), due)
    }

    /// The order of the list: longest overdue, then count. Those of one order follow the roster.
    fn order(&self) -> Reverse<(i32, u32)> {
        Reverse((self.days(), self.overdue()))
    }
}

/// Another order of the list than by the longest overdue. What is alike stays as it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The most overdue first.
    Count,
    /// The least reminded first.
    Reminders,
    /// As in the roster.
    Roster,
}

/// How the list changed since a day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Movement {
    /// The day compared with.
    pub since: Day,
    /// Units that have joined the list, by short name.
    pub joined: Vec<String>,
    /// Units that have left it.
    pub left: Vec<String>,
}

/// How many units joined and left the list since a day.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Before {
    /// The day compared with.
    pub as_of: Day,
    /// Units that lag and did not then.
    pub joined: u64,
    /// Units that lagged then and do not now.
    pub left: u64,
}

/// The lagging list of a day.
#[derive(Debug, Serialize)]
pub(crate) struct Lagging<'p> {
    /// `duban.lagging/3`.
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
    /// How many rows were left out, because fewer were asked for.
    pub omitted: usize,
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
    /// Units that are closed, with what they left open: they lag no more.
    pub closed: Vec<LaggingRow<'p>>,
    /// How it was on the day compared with: the one asked for, else the last of the week before.
    pub before: Option<Before>,
    /// How the list changed.
    pub since: Option<Movement>,
}

impl<'p> LaggingDue<'p> {
    /// One obligation for the list.
    pub(crate) fn new(plan: &'p Plan, cell: &Cell) -> Self {
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

    /// An obligation on a notice.
    pub(crate) fn of_notice(plan: &'p Plan, stood: &Stood) -> Self {
        Self {
            task: &plan.tasks[stood.task()],
            due: stood.due,
            days: stood.days,
            count: stood.count,
            target: stood.need,
            returned: stood.rectify,
            reminders: stood.reminders,
        }
    }

    /// What is counted, for a quantity.
    pub(crate) fn measure(&self) -> Option<&'p str> {
        let target = self.target.and(self.task.target.as_ref());
        target.map(|target| target.measure.as_str())
    }
}

impl<'p> Lagging<'p> {
    /// The list of what was found, the longest overdue first. The supervisor stands apart.
    pub(crate) fn of(found: &'p Found<'p>, question: &Question) -> Self {
        let mut lagging = Self {
            schema: "duban.lagging/3",
            frame: found.frame.clone(),
            grace: found.grace,
            within: question.within,
            rows: Vec::new(),
            omitted: 0,
            units: 0,
            obligations: 0,
            returned: Vec::new(),
            soon: Vec::new(),
            supervisor: None,
            closed: Vec::new(),
            before: found.before.map(|as_of| Before {
                as_of,
                joined: 0,
                left: 0,
            }),
            since: question.since.map(|since| Movement {
                since,
                joined: Vec::new(),
                left: Vec::new(),
            }),
        };
        let units = found.arenas.iter().map(|arena| arena.units().len());
        lagging.rows.reserve_exact(units.sum());
        let of_arena = |arena: &'p Arena<'p>| arena.units().iter().map(move |unit| (arena, unit));
        let mut all: Vec<_> = found.arenas.iter().flat_map(of_arena).collect();
        // Units come by number, which is the order of the roster until somebody changes that.
        if !all.is_sorted_by_key(|(_, unit)| unit.place()) {
            all.sort_unstable_by_key(|(_, unit)| unit.place());
        }
        for (arena, unit) in all {
            lagging.sort_in(arena, unit, &found.names, found.supervisor);
        }
        lagging.sort_by(LaggingRow::order);
        lagging
    }

    /// Puts the rows in another order, and keeps the first so many of them.
    pub(crate) fn arrange(&mut self, sort: Option<Sort>, limit: Option<usize>) {
        match sort {
            None => {}
            Some(Sort::Count) => self.sort_by(|row| Reverse((row.overdue(), row.days()))),
            Some(Sort::Reminders) => self.sort_by(|row| (row.reminders(), row.order())),
            Some(Sort::Roster) => self.sort_by(|row| row.unit.place()),
        }
        if let Some(limit) = limit {
            self.omitted = super::keep(&mut self.rows, limit);
        }
    }

    /// Few keys are not the same, and what is the same stays in the order of the roster.
    fn sort_by<K: Ord>(&mut self, key: impl Fn(&LaggingRow<'p>) -> K) {
        let rows = self.rows.iter().enumerate();
        let mut order: Vec<(K, usize)> = rows.map(|(at, row)| (key(row), at)).collect();
        order.sort_by(|(one, _), (other, _)| one.cmp(other));
        self.rows = order.into_iter().map(|(_, at)| self.rows[at]).collect();
    }

    /// Puts a unit where it belongs.
    fn sort_in(
        &mut self,
        arena: &'p Arena<'p>,
        unit: &'p LaggingUnit,
        names: &'p Names<'p>,
        supervisor: Option<UnitNo>,
    ) {
        let listed = |list| LaggingRow {
            arena,
            unit,
            names,
            list,
        };
        let has = |list| !arena.dues(unit, list).is_empty();
        let lags = has(List::Overdue) && !unit.closed;
        if let Some(before) = &mut self.before {
            before.joined += u64::from(lags && !unit.lagged);
            before.left += u64::from(unit.lagged && !lags);
        }
        if let Some(movement) = &mut self.since {
            let name = || arena.short(unit).to_string();
            match (unit.lagged, lags) {
                (false, true) => movement.joined.push(name()),
                (true, false) => movement.left.push(name()),
                _ => {}
            }
        }
        if lags {
            let row = listed(List::Overdue);
            self.units += 1;
            self.obligations += row.dues().len() as u64;
            if Some(unit.no) == supervisor {
                self.supervisor = Some(row);
            } else {
                self.rows.push(row);
            }
        }
        if unit.closed {
            if has(List::Overdue) {
                self.closed.push(listed(List::Overdue));
            }
            return;
        }
        if has(List::Returned) {
            self.returned.push(listed(List::Returned));
        }
        if has(List::Soon) {
            self.soon.push(listed(List::Soon));
        }
    }
}

impl<'p> Report for Lagging<'p> {
    type Row = LaggingRow<'p>;

    fn rows(&self) -> &[LaggingRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        layout::document(self, words)
    }
}
