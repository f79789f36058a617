//! The rows of the letter's tables, in words of which the same come again and again.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::Letter;
use crate::document::{Row, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::Became;
use crate::model::plan::Trigger;
use crate::model::score::Naming;
use crate::report::frame::measured;
use crate::report::notice::{NamedDue, NoticeRow, OutcomeRow};

/// Words for rows, of which the same come again and again.
pub(super) struct Telling<'a> {
    letter: Letter<'a>,
    days: BTreeMap<Option<Day>, String>,
    amounts: BTreeMap<(Decimal, Decimal, &'a str), String>,
    points: BTreeMap<Decimal, String>,
    sums: BTreeMap<(Trigger, usize, Decimal), String>,
    outcomes: BTreeMap<(Became, Option<Day>, i32), String>,
    separator: String,
}

impl<'a> Telling<'a> {
    pub(super) fn new(letter: Letter<'a>) -> Self {
        Self {
            letter,
            days: BTreeMap::new(),
            amounts: BTreeMap::new(),
            points: BTreeMap::new(),
            sums: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            separator: letter.words.text("format-list-separator"),
        }
    }

    /// One overdue obligation; `first` is the place and name of its unit, where it is the unit's first.
    pub(super) fn overdue_row(
        &mut self,
        first: Option<(usize, &str)>,
        named: &NamedDue<'a>,
    ) -> Row {
        let (letter, due) = (self.letter, &named.due);
        let mut task = CompactString::from(due.task.name.as_str());
        if let (Some(target), Some(measure)) = (due.target, due.measure()) {
            let amount = self.amounts.entry((due.count, target, measure));
            task.push_str(amount.or_insert_with(|| {
                let args = [
                    ("count", due.count.to_string().into()),
                    ("target", measured(&target.to_string(), measure).into()),
                ];
                letter.say("notice-amount", &args)
            }));
        }
        let day = self.days.entry(due.due);
        let reminders = Some(due.reminders).filter(|times| *times > 0);
        Row::item(vec![
            first.map_or_else(Text::new, |(at, _)| Text::number(at)),
            first.map_or("", |(_, name)| name).into(),
            (task, Tone::Plain).into(),
            due.task.clause.as_str().into(),
            day.or_insert_with(|| letter.short(due.due)).as_str().into(),
            Text::number(due.days).in_tone(Tone::Overdue),
            reminders.map_or_else(Text::new, Text::number),
        ])
    }

    /// One obligation that was completed after its due day; the name is told with the first of a unit.
    pub(super) fn belated_row(&mut self, name: &str, named: &NamedDue<'a>) -> Row {
        let (letter, due) = (self.letter, &named.due);
        let mut day = |day: Option<Day>| {
            let told = self.days.entry(day).or_insert_with(|| letter.short(day));
            Text::from(told.as_str())
        };
        Row::item(vec![
            name.into(),
            due.task.name.as_str().into(),
            due.task.clause.as_str().into(),
            day(due.due),
            day(named.fulfilled),
            Text::number(due.days).in_tone(Tone::Late),
        ])
    }

    /// What became of an obligation that the notice before named a unit for.
    pub(super) fn outcome_row(&mut self, row: &OutcomeRow, first: bool) -> Row {
        let letter = self.letter;
        let name = if first { row.name() } else { "" };
        let (became, cell) = (row.became(), row.cell());
        let due = cell.and_then(|cell| cell.due);
        let due = self
            .days
            .entry(due)
            .or_insert_with(|| letter.short(due))
            .as_str()
            .into();
        let day = cell.and_then(|cell| match became {
            Became::Righting | Became::Returned | Became::ReturnedAgain => cell.rectify,
            _ => cell.fulfilled,
        });
        let days = cell.map_or(0, |cell| cell.days);
        let outcome = self.outcomes.entry((became, day, days));
        let outcome = outcome.or_insert_with(|| {
            let id = match became {
                Became::Gone => "notice-outcome-gone",
                Became::Done => "notice-outcome-done",
                Became::Excused => "notice-outcome-excused",
                Became::Righting => "notice-outcome-righting",
                Became::ReturnedAgain => "notice-outcome-returned-again",
                Became::Returned => "notice-outcome-returned",
                Became::Overdue => "notice-outcome-overdue",
                Became::Open => "notice-outcome-open",
            };
            let day = letter.short(day);
            letter.say(id, &[("day", day.into()), ("days", days.into())])
        });
        let tone = if row.is_put_right() {
            Tone::Done
        } else {
            Tone::Overdue
        };
        let outcome = (outcome.as_str(), tone).into();
        Row::item(vec![name.into(), row.task_name().into(), due, outcome])
    }

    /// What a unit loses and gains, and by what.
    pub(super) fn points_row(&mut self, row: &NoticeRow<'a>) -> Row {
        let letter = self.letter;
        let mut sums = String::with_capacity(64);
        for told in row.by_trigger() {
            let on = told[0].naming.on;
            let booked = || {
                let namings = told.iter().map(|told| &told.naming);
                namings.filter(|naming| naming.rule.is_some())
            };
            if booked().next().is_none() {
                continue;
            }
            let sum = booked().map(|naming| naming.points).sum();
            let n = named(booked);
            if !sums.is_empty() {
                sums.push_str(&self.separator);
            }
            sums.push_str(self.sums.entry((on, n, sum)).or_insert_with(|| {
                let args = [("n", n.into()), ("points", letter.amount(sum).into())];
                letter.say(&format!("notice-sum-{}", on.key()), &args)
            }));
        }
        let points = self.points.entry(row.points());
        Row::item(vec![
            row.name().into(),
            points
                .or_insert_with(|| row.points().to_string())
                .as_str()
                .into(),
            sums.into(),
        ])
    }
}

/// How much of a unit its bookings are about: two rules may book for one obligation, and one for the unit as such.
fn named<'b, B>(booked: impl Fn() -> B) -> usize
where
    B: Iterator<Item = &'b Naming>,
{
    let about = |naming: &Naming| (naming.task, naming.period);
    let first = |(at, naming): &(usize, &Naming)| {
        naming.on == Trigger::Commended
            || naming.task.is_some()
                && !booked()
                    .take(*at)
                    .any(|before| about(before) == about(naming))
    };
    booked().enumerate().filter(first).count()
}
