//! The days as a chart: what was expected against what was done, with the notices and the heaps of dues.

use std::cmp::Reverse;

use super::{DayRow, Weekly};
use crate::document::Tone;
use crate::document::chart::{Chart, Mark, MarkKind, Series, Tick};
use crate::model::day::Day;
use crate::report::frame::month_day;
use crate::words::Words;

/// How many days are named below the chart, more or less.
const TICKS: usize = 6;

/// A heap of dues is a day on which at least this part of all dues fell.
const HEAP: u64 = 5;

/// The chart; `None` before there are two days with anything to tell.
pub(super) fn chart(week: &Weekly, words: &Words) -> Option<Chart> {
    let days = &week.series;
    let last = days
        .last()
        .filter(|last| last.expected > 0 && days.len() > 1)?;
    let first = days.first()?.day;
    let at = |day: Day| u32::try_from(day - first).unwrap_or(0);
    let named = |day: Day| month_day(words, day, day);
    let step = days.len().div_ceil(TICKS);
    // The last day is always named; one right before it would run into it.
    let ticks = days.iter().step_by(step).map(|row| row.day);
    let ticks = ticks.filter(|day| last.day - *day > i32::try_from(step / 2).unwrap_or(0));
    let ticks = ticks.chain([last.day]).map(|day| Tick {
        at: at(day),
        label: named(day),
    });
    let series = |id: &str, tone, amount: fn(&DayRow) -> u64| Series {
        name: words.text(id),
        tone,
        amounts: days.iter().map(amount).collect(),
    };
    let notices = week.notices.iter().filter(|notice| notice.day >= first);
    let mut marks: Vec<Mark> = notices
        .map(|notice| Mark {
            at: at(notice.day),
            label: words.say("weekly-notice", &[("number", notice.notice.into())]),
            kind: MarkKind::Act,
        })
        .collect();
    let due: u64 = days.iter().map(|row| row.due).sum();
    let heaps = days
        .iter()
        .filter(|row| row.due > 1 && row.due * HEAP >= due);
    // The greatest first: where names would run into one another, it keeps its own.
    let mut heaps: Vec<&DayRow> = heaps.collect();
    heaps.sort_by_key(|row| Reverse(row.due));
    marks.extend(heaps.into_iter().map(|row| {
        let args = [("day", named(row.day).into()), ("n", row.due.into())];
        Mark {
            at: at(row.day),
            label: words.say("weekly-heap", &args),
            kind: MarkKind::Due,
        }
    }));
    let told = words.say(
        "weekly-days-told",
        &[
            ("from", named(first).into()),
            ("to", named(last.day).into()),
            ("expected", last.expected.into()),
            ("completed", last.completed.into()),
            ("short", (last.expected - last.completed).into()),
        ],
    );
    Some(Chart {
        title: words.text("weekly-head-days"),
        told,
        head: words.text("head-day"),
        last: at(last.day),
        ticks: ticks.collect(),
        series: vec![
            series("head-expected", Tone::Dim, |row| row.expected),
            series("head-completed", Tone::Done, |row| row.completed),
        ],
        marks,
    })
}
