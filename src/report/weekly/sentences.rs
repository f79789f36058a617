//! The week in five sentences: for a screen, and for the body of a mail.

use std::cmp::Ordering;

use super::{Neglected, Waiting, Weekly};
use crate::document::{Document, Text, Tone};
use crate::model::day::Day;
use crate::model::tally::Rate;
use crate::report::change::Changed;
use crate::report::frame::{listed, month_day, percent};
use crate::report::lagging::LaggingRow;
use crate::words::{Value, Words};

/// How many units, tasks and dues are named before the rest is only counted.
const FEW: usize = 3;

/// Lays the sentences out.
pub(super) fn document<'a>(week: &Weekly, words: &'a Words) -> Document<'a> {
    let mut document = head(week, words);
    if week.is_empty() {
        document.line(words.text("status-nothing"));
        return document;
    }
    document.list(vec![
        progress(week, words).into(),
        changes(week, words).into(),
        behind(week, words),
        waiting(week, words).into(),
        coming(week, words).into(),
    ]);
    document
}

/// The title, and which week it is.
pub(super) fn head<'a>(week: &Weekly, words: &'a Words) -> Document<'a> {
    let name = words.say("weekly-title", &[("plan", week.heading().into())]);
    let mut document = week.frame.document(words, name);
    document.line((which(week, words), Tone::Dim));
    document
}

/// Which week: `2020年第28周（7月6日至12日）`, and who watches.
fn which(week: &Weekly, words: &Words) -> String {
    let span = week.week;
    let mut text = words.say(
        "weekly-week",
        &[
            ("year", span.year.to_string().into()),
            ("number", span.number.into()),
            (
                "days",
                days(words, span.from, span.to, week.frame.as_of).into(),
            ),
        ],
    );
    if let Some(office) = &week.office {
        text.push_str(&words.say("weekly-office", &[("office", office.as_str().into())]));
    }
    text
}

/// From one day to another: `7月6日至12日`, `29 June to 5 July`.
fn days(words: &Words, from: Day, to: Day, near: Day) -> String {
    let (first, last) = (from.ymd(), to.ymd());
    let within = (first.0, first.1) == (last.0, last.1) && first.0 == near.ymd().0;
    let args = [
        ("from", month_day(words, from, near).into()),
        ("to", month_day(words, to, near).into()),
        (
            "month",
            words.text(&format!("format-month-{}", first.1)).into(),
        ),
        ("first", first.2.into()),
        ("last", last.2.into()),
    ];
    let id = if within {
        "weekly-days-of-month"
    } else {
        "weekly-days"
    };
    words.say(id, &args)
}

/// How far it is, and how much that changed.
pub(super) fn progress(week: &Weekly, words: &Words) -> String {
    let (now, then) = (&week.status.total, &week.before.total);
    if now.expected == 0 {
        return words.text("weekly-none-expected");
    }
    let change = |now, then| change(words, now, then).unwrap_or_default();
    words.say(
        "weekly-progress",
        &[
            (
                "day",
                month_day(words, week.frame.as_of, week.frame.as_of).into(),
            ),
            ("expected", now.expected.into()),
            ("completed", now.completed.into()),
            ("rate", percent(now.completion_rate).into()),
            (
                "change",
                change(now.completion_rate, then.completion_rate).into(),
            ),
            ("ontime", percent(now.on_time_rate).into()),
            (
                "ontimechange",
                change(now.on_time_rate, then.on_time_rate).into(),
            ),
        ],
    )
}

/// How a rate changed; `None` where nothing was expected then.
pub(super) fn change(words: &Words, now: Rate, then: Rate) -> Option<String> {
    let (way, by) = movement(now, then)?;
    let id = match way {
        Ordering::Equal => "weekly-same",
        Ordering::Greater => "weekly-up",
        Ordering::Less => "weekly-down",
    };
    Some(words.say(id, &[("by", by.into())]))
}

/// Which way a rate went and by how much, in the tenths of a percent that are shown; `None` where nothing was expected then.
pub(super) fn movement(now: Rate, then: Rate) -> Option<(Ordering, String)> {
    let (now, then) = (now.rounded(1000)?, then.rounded(1000)?);
    let by = now.abs_diff(then);
    Some((now.cmp(&then), format!("{}.{}", by / 10, by % 10)))
}

/// What changed this week, by unit and task.
fn changes(week: &Weekly, words: &Words) -> String {
    let Some(change) = &week.status.since else {
        return String::new();
    };
    let lists = [
        ("weekly-newly-done", &change.newly_done),
        ("weekly-caught-up", &change.caught_up),
        ("weekly-newly-overdue", &change.newly_overdue),
        ("weekly-newly-returned", &change.returned),
    ];
    let come = lists.iter().filter(|(_, list)| !list.is_empty());
    let parts = come.map(|(id, list)| {
        let names = names(week, words, list, FEW);
        words.say(id, &[("n", list.len().into()), ("names", names.into())])
    });
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() {
        return words.text("weekly-no-changes");
    }
    words.say(
        "weekly-changes",
        &[("changes", listed(words, &parts).into())],
    )
}

/// The first few obligations of a list in brackets. Of many units nothing: a few of hundreds say little, and most towns have a
/// village of some name.
pub(super) fn names(week: &Weekly, words: &Words, list: &[Changed], few: usize) -> String {
    if week.is_grouped() {
        return String::new();
    }
    let first = list.iter().take(few);
    let names: Vec<String> = first
        .map(|one| {
            let args = [
                ("unit", one.name.as_str().into()),
                ("task", one.task_name.as_str().into()),
            ];
            words.say("weekly-unit-task", &args)
        })
        .collect();
    some(words, &names, list.len())
}

/// The first of so many, in brackets.
pub(super) fn some(words: &Words, first: &[String], of: usize) -> String {
    if first.is_empty() {
        return String::new();
    }
    let more = if of > first.len() { "more" } else { "all" };
    let args = [
        ("names", listed(words, first).into()),
        ("more", more.into()),
    ];
    words.say("weekly-names", &args)
}

/// Who lags, for how long, and who cannot be called on.
fn behind(week: &Weekly, words: &Words) -> Text {
    let lagging = &week.lagging;
    if lagging.units == 0 {
        return words.text("weekly-none-behind").into();
    }
    let first = lagging.rows.iter().chain(&lagging.supervisor).take(FEW);
    let first: Vec<String> = first.map(|row| lagging_unit(week, words, row)).collect();
    let units = usize::try_from(lagging.units).unwrap_or(usize::MAX);
    let neglected = neglected(words, &week.neglected);
    let args = [
        ("units", lagging.units.into()),
        ("n", lagging.obligations.into()),
        ("names", some(words, &first, units).into()),
        ("neglected", neglected.into()),
    ];
    (words.say("weekly-behind", &args), Tone::Overdue).into()
}

/// How many of those that lag cannot be called on; nothing where all can.
pub(super) fn neglected(words: &Words, neglected: &Neglected) -> String {
    let parts = [
        ("weekly-unreminded", neglected.unreminded),
        ("weekly-no-contact", neglected.no_contact),
    ];
    let parts = parts.iter().filter(|(_, units)| *units > 0);
    let parts: Vec<String> = parts
        .map(|(id, units)| words.say(id, &[("units", Value::from(*units))]))
        .collect();
    match parts.is_empty() {
        true => String::new(),
        false => words.say(
            "weekly-neglected",
            &[("parts", listed(words, &parts).into())],
        ),
    }
}

/// A unit that lags: how much, and for how long.
fn lagging_unit(week: &Weekly, words: &Words, row: &LaggingRow) -> String {
    let args = [
        ("unit", unit(week, words, row).into()),
        ("n", row.overdue().into()),
        ("days", row.days().into()),
    ];
    words.say("weekly-lagging-unit", &args)
}

/// The name of a unit that lags; among many with its area, as names are no keys.
pub(super) fn unit(week: &Weekly, words: &Words, row: &LaggingRow) -> String {
    match row.area().filter(|_| week.is_grouped()) {
        None => row.name().to_string(),
        Some(area) => {
            let args = [("unit", row.name().into()), ("area", area.into())];
            words.say("weekly-unit-in-area", &args)
        }
    }
}

/// What waits for the office.
fn waiting(week: &Weekly, words: &Words) -> String {
    if week.waiting.total == 0 {
        return words.text("weekly-none-waiting");
    }
    let parts = waiting_parts(words, &week.waiting);
    let args = [
        ("n", week.waiting.total.into()),
        ("parts", listed(words, &parts).into()),
    ];
    words.say("weekly-waiting", &args)
}

/// The parts of what waits that are not nothing, the most pressing first.
pub(super) fn waiting_parts(words: &Words, waiting: &Waiting) -> Vec<String> {
    let parts = [
        ("weekly-corrections", waiting.corrections),
        ("weekly-objections", waiting.objections),
        ("weekly-review", waiting.review),
        ("weekly-suspected", waiting.suspected),
        ("weekly-questions", waiting.questions),
    ];
    let parts = parts.iter().filter(|(_, n)| *n > 0);
    parts
        .map(|(id, n)| words.say(id, &[("n", Value::from(*n))]))
        .collect()
}

/// What falls due next, and how much that asks of each unit.
fn coming(week: &Weekly, words: &Words) -> String {
    let coming = &week.coming;
    let near = week.frame.as_of;
    let day = month_day(words, coming.to, near);
    if coming.obligations == 0 {
        let next = next(week, words);
        let next = next.map(|next| words.say("weekly-then", &[("next", next.into())]));
        let next = next.unwrap_or_default();
        let args = [("day", day.into()), ("next", next.into())];
        return words.say("weekly-none-coming", &args);
    }
    let first: Vec<String> = coming
        .dues
        .iter()
        .take(FEW)
        .map(|due| {
            let day = month_day(words, due.due, near);
            due_of(words, &day, &due.name, due.units)
        })
        .collect();
    words.say(
        "weekly-coming",
        &[
            ("day", day.into()),
            ("n", coming.obligations.into()),
            ("units", coming.units.into()),
            ("most", coming.most.into()),
            ("names", some(words, &first, coming.dues.len()).into()),
        ],
    )
}

/// What falls due after the days to come, where nothing does in them.
pub(super) fn next(week: &Weekly, words: &Words) -> Option<String> {
    let next = &week.status.next;
    let day = month_day(words, next.first()?.due, week.frame.as_of);
    let tasks: Vec<String> = next
        .iter()
        .map(|next| due_of(words, "", &next.name, next.units))
        .collect();
    let args = [("day", day.into()), ("tasks", listed(words, &tasks).into())];
    Some(words.say("weekly-next", &args))
}

/// A task that units owe by a day.
pub(super) fn due_of(words: &Words, day: &str, task: &str, units: u64) -> String {
    let args = [
        ("day", day.into()),
        ("task", task.into()),
        ("units", units.into()),
    ];
    words.say("weekly-due", &args).trim_start().to_string()
}
