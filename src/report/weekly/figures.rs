//! The figures that no other answer has.

use std::collections::HashMap;

use serde::Serialize;

use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::series::Point;
use crate::report::lagging::Lagging;
use crate::report::status::Figures;
use crate::report::todo::{Todo, What};

/// Which week.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Span {
    /// The year of the week's number.
    pub year: i32,
    /// Its number in the year.
    pub number: u32,
    /// Its Monday.
    pub from: Day,
    /// Its Sunday.
    pub to: Day,
}

/// How it stood at the end of the week before.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Before {
    /// That day.
    pub day: Day,
    /// The figures.
    pub total: Figures,
    /// How many units lagged.
    pub lagging: u64,
    /// What waited for the office.
    pub waiting: Waiting,
}

/// What waits for the office, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Waiting {
    /// All of it.
    pub total: u64,
    /// Records to review.
    pub review: u64,
    /// Findings of an audit, to be verified.
    pub suspected: u64,
    /// Returned work whose rectification day is past.
    pub corrections: u64,
    /// Objections to decide.
    pub objections: u64,
    /// Questions that the plan leaves open.
    pub questions: u64,
}

impl Waiting {
    pub(super) fn of(todo: &Todo) -> Self {
        let mut waiting = Self::default();
        for row in &todo.rows {
            match row.what {
                What::Review => waiting.review += row.count,
                What::Suspected => waiting.suspected += row.count,
                What::Rectify if row.days.is_some_and(|days| days < 0) => {
                    waiting.corrections += row.count;
                }
                What::Objection => waiting.objections += row.count,
                What::Question => waiting.questions += row.count,
                What::Rectify | What::Named | What::Lagging | What::Notice | What::Due => {}
            }
        }
        let Self {
            total: _,
            review,
            suspected,
            corrections,
            objections,
            questions,
        } = waiting;
        waiting.total = review + suspected + corrections + objections + questions;
        waiting
    }
}

/// Among the units that lag, those that nobody can call on.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Neglected {
    /// Those that were reminded of nothing that is overdue.
    pub unreminded: u64,
    /// Those without a contact.
    pub no_contact: u64,
}

/// The end of a day in the series.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct DayRow {
    /// The day.
    pub day: Day,
    /// Obligations expected by then.
    pub expected: u64,
    /// Completed by then.
    pub completed: u64,
    /// What fell due on that day alone.
    pub due: u64,
}

/// A notice on the series.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Mark {
    /// Its number.
    pub notice: u32,
    /// The day of issue.
    pub day: Day,
}

/// What falls due in the days to come.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Coming {
    /// The first day: the one asked about.
    pub from: Day,
    /// The last: the Sunday of the next week.
    pub to: Day,
    /// Obligations.
    pub obligations: u64,
    /// Units that owe any of them.
    pub units: u64,
    /// The most that one unit owes.
    pub most: u64,
    /// By day and task.
    pub dues: Vec<ComingDue>,
}

/// A task that units owe by one day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ComingDue {
    /// The day.
    pub due: Day,
    /// The task's code.
    pub task: String,
    /// Its short name.
    pub name: String,
    /// How many units owe it.
    pub units: u64,
}

impl From<Point> for DayRow {
    fn from(point: Point) -> Self {
        Self {
            day: point.day,
            expected: point.expected,
            completed: point.done,
            due: point.due,
        }
    }
}

impl Neglected {
    pub(super) fn of(lagging: &Lagging) -> Self {
        let rows = || lagging.rows.iter().chain(&lagging.supervisor);
        let unreminded = rows().filter(|row| row.reminders() == 0).count();
        let no_contact = rows().filter(|row| row.contact().is_none()).count();
        Self {
            unreminded: unreminded as u64,
            no_contact: no_contact as u64,
        }
    }
}

impl Coming {
    /// What units owe in the days to come, as the lagging list looks ahead.
    pub(super) fn of(plan: &Plan, lagging: &Lagging, from: Day, to: Day) -> Self {
        let mut dues: Vec<ComingDue> = Vec::new();
        let (mut obligations, mut most) = (0, 0);
        let mut places = HashMap::new();
        for row in &lagging.soon {
            let owed = row.dues().len() as u64;
            obligations += owed;
            most = owed.max(most);
            // A unit whose dues of one task were moved onto one day owes it once there.
            let mut met = Vec::new();
            for due in row.dues() {
                let Some(day) = due.due else { continue };
                let place = places.entry((day, due.task.code.as_str()));
                let place = *place.or_insert_with(|| {
                    dues.push(ComingDue {
                        due: day,
                        task: due.task.code.to_string(),
                        name: due.task.short.clone(),
                        units: 0,
                    });
                    dues.len() - 1
                });
                if !met.contains(&place) {
                    met.push(place);
                    dues[place].units += 1;
                }
            }
        }
        dues.sort_by_key(|due| (due.due, plan.task(&due.task)));
        Self {
            from,
            to,
            obligations,
            units: lagging.soon.len() as u64,
            most,
            dues,
        }
    }
}
