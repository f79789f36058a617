//! The rows of the letter's tables, in words of which the same come again and again.

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::Letter;
use crate::document::{Row, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::{Became, Told};
use crate::model::plan::Trigger;
use crate::model::score::Naming;
use crate::report::frame::measured;
use crate::report::notice::{NamedDue, NoticeRow, OutcomeRow};

/// Words for rows, of which the same come again and again.
pub(super) struct Telling<'a> {
    letter: Letter<'a>,
    amounts: BTreeMap<(Decimal, Decimal, &'a str), String>,
    points: BTreeMap<Decimal, String>,
    sums: BTreeMap<(Trigger, usize, Decimal), String>,
    outcomes: BTreeMap<(Became, Option<Day>, i32), String>,
    separator: String,
    /// Room that is used again from row to row.
    text: String,
}

impl<'a> Telling<'a> {
    pub(super) fn new(letter: Letter<'a>) -> Self {
        Self {
            letter,
            amounts: BTreeMap::new(),
            points: BTreeMap::new(),
            sums: BTreeMap::new(),
            outcomes: BTreeMap::new(),
            separator: letter.words.text("format-list-separator"),
            text: String::new(),
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
        let reminders = Some(due.reminders).filter(|times| *times > 0);
        Row::item(vec![
            first.map_or_else(Text::new, |(at, _)| Text::number(at)),
            first.map_or("", |(_, name)| name).into(),
            (task, Tone::Plain).into(),
            due.task.clause.as_str().into(),
            letter.short(due.due).into(),
            Text::number(due.days).in_tone(Tone::Overdue),
            reminders.map_or_else(Text::new, Text::number),
        ])
    }

    /// One obligation that was completed after its due day; the name is told with the first of a unit.
    pub(super) fn late_row(&self, name: &str, named: &NamedDue<'a>) -> Row {
        let (letter, due) = (self.letter, &named.due);
        Row::item(vec![
            name.into(),
            due.task.name.as_str().into(),
            due.task.clause.as_str().into(),
            letter.short(due.due).into(),
            letter.short(named.fulfilled).into(),
            Text::number(due.days).in_tone(Tone::Late),
        ])
    }

    /// What became of an obligation that the notice before named a unit for.
    pub(super) fn outcome_row(&mut self, row: &OutcomeRow, first: bool) -> Row {
        let letter = self.letter;
        let name = if first { row.name() } else { "" };
        let (became, stood) = (row.became(), row.stood());
        let due = stood.and_then(|stood| stood.due);
        let due = letter.short(due).into();
        let day = stood.and_then(|stood| match became {
            Became::Righting | Became::Returned | Became::ReturnedAgain => stood.rectify,
            _ => stood.fulfilled,
        });
        let days = stood.map_or(0, |stood| stood.days);
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
                Became::Waiting => "notice-outcome-waiting",
            };
            let day = letter.short(day);
            letter.say(id, &[("day", day.as_str().into()), ("days", days.into())])
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
        let mut sums = std::mem::take(&mut self.text);
        sums.clear();
        for told in row.by_trigger() {
            let Some((n, sum)) = booked(told) else {
                continue;
            };
            if !sums.is_empty() {
                sums.push_str(&self.separator);
            }
            let on = told[0].naming.on;
            sums.push_str(self.sums.entry((on, n, sum)).or_insert_with(|| {
                let args = [("n", n.into()), ("points", letter.amount(sum).into())];
                letter.say(&format!("notice-sum-{}", on.key()), &args)
            }));
        }
        let told = Text::from(sums.as_str());
        self.text = sums;
        let points = self.points.entry(row.points());
        Row::item(vec![
            row.name().into(),
            points
                .or_insert_with(|| row.points().to_string())
                .as_str()
                .into(),
            told,
        ])
    }
}

/// How much of a unit bookings are about, and what they come to; `None` where nothing is booked. Two rules may book for one obligation,
/// and one for the unit as such.
fn booked(told: &[Told]) -> Option<(usize, Decimal)> {
    let about = |naming: &Naming| (naming.task, naming.period);
    let mut come = None;
    for (at, Told { naming, .. }) in told.iter().enumerate() {
        if naming.rule.is_none() {
            continue;
        }
        let again =
            |before: &Told| before.naming.rule.is_some() && about(&before.naming) == about(naming);
        let another = naming.on == Trigger::Commended
            || naming.task.is_some() && !told[..at].iter().any(again);
        let (n, sum) = come.unwrap_or((0, Decimal::ZERO));
        come = Some((n + usize::from(another), sum + naming.points));
    }
    come
}
