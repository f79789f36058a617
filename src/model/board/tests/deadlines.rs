//! The second reading of rule 1: what falls due, and when.

use std::collections::BTreeMap;

use chrono::Datelike;

use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::{By, Milestone, Period, Schedule};

/// One deadline (rule 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Deadline {
    /// What names it.
    pub key: Day,
    /// The last day on which it is on time.
    pub due: Day,
    /// The first day that is its own; `None` = nothing is too early.
    pub opens: Option<Day>,
    /// The last day that is its own; `None` = nothing is too late to count.
    pub closes: Option<Day>,
    /// The share of the target that it asks for; `None` = all of it.
    pub share: Option<Decimal>,
}

/// Rule 1: the deadlines that the plan spells out for a task.
pub(crate) fn deadlines(schedule: &Schedule, issued: Day) -> Vec<Deadline> {
    match schedule {
        Schedule::Instruction => Vec::new(),
        Schedule::Once { from, due } => vec![Deadline {
            key: *due,
            due: (*due).max(issued),
            opens: *from,
            closes: None,
            share: None,
        }],
        Schedule::Milestones { from, steps } => {
            let deadline = |step: &Milestone| Deadline {
                key: step.due,
                due: step.due.max(issued),
                opens: *from,
                closes: None,
                share: Some(step.share),
            };
            steps.iter().map(deadline).collect()
        }
        Schedule::Every {
            period,
            by,
            from,
            to,
        } => {
            let mut held: BTreeMap<Day, Vec<Day>> = BTreeMap::new();
            for day in days(*from, *to) {
                held.entry(last_of(*period, day)).or_default().push(day);
            }
            let exists = held
                .into_iter()
                .filter(|(_, own)| own[own.len() - 1] >= issued);
            let deadline = |(key, own): (Day, Vec<Day>)| {
                let wanted = by.map_or(key, |by| named_day(*period, by, key));
                Deadline {
                    key,
                    due: left(&own, wanted).max(issued),
                    opens: Some(own[0]),
                    closes: Some(own[own.len() - 1]),
                    share: None,
                }
            };
            exists.map(deadline).collect()
        }
    }
}

/// All days from the first to the last.
pub(crate) fn days(first: Day, last: Day) -> impl Iterator<Item = Day> {
    (first.number()..=last.number()).map(Day::from_number)
}

/// Whether two days are in one ISO week, one calendar month.
fn together(period: Period, one: Day, other: Day) -> bool {
    match period {
        Period::Day => one == other,
        Period::Week => one.date().iso_week() == other.date().iso_week(),
        Period::Month | Period::Quarter | Period::HalfYear | Period::Year => {
            let months = match period {
                Period::Quarter => 3,
                Period::HalfYear => 6,
                Period::Year => 12,
                _ => 1,
            };
            let part = |day: Day| (day.date().year(), day.date().month0() / months);
            part(one) == part(other)
        }
    }
}

/// The last day of the whole period that holds `day`, whatever the window.
fn last_of(period: Period, day: Day) -> Day {
    let mut last = day;
    while together(period, last, last + 1) {
        last = last + 1;
    }
    last
}

/// The day that `by` names in the whole period that ends on `last`; the 31st of a shorter month is its last day.
fn named_day(period: Period, by: By, last: Day) -> Day {
    let named = |day: &Day| match by {
        By::Weekday(number) => day.date().weekday().number_from_monday() == u32::from(number),
        By::Monthday(number) => day.date().day() == u32::from(number),
    };
    let whole = days(last - 31, last).filter(|day| together(period, *day, last));
    whole.into_iter().find(named).unwrap_or(last)
}

/// A window may cut off the day that `by` names; the last day that is left takes its place.
fn left(own: &[Day], wanted: Day) -> Day {
    let last = own[own.len() - 1];
    if own.contains(&wanted) { wanted } else { last }
}
