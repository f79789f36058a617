//! The rows of the letter's tables.

use compact_str::CompactString;

use super::Letter;
use crate::document::{Row, Text, Tone, Value};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::{Became, ToldNaming};
use crate::model::plan::Trigger;
use crate::model::score::Naming;
use crate::report::frame::{date, measured};
use crate::report::notice::{NamedDue, NoticeRow, OutcomeRow};
use crate::words::{Phrases, args};

/// Phrases that come again from row to row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phrase<'a> {
    /// A day.
    Day(Day),
    /// How much was done, of how much, of what.
    Amount(Decimal, Decimal, &'a str),
    /// Points.
    Points(Decimal),
    /// What for, by which rule, for how many obligations, and the points that they come to.
    Sum(Trigger, Option<usize>, usize, Decimal),
    /// What became of it, the day of that, and the days late.
    Outcome(Became, Option<Day>, i32),
}

impl<'a> Letter<'a> {
    /// A day of a row, which comes again in most others.
    fn day_of(self, phrases: &mut Phrases<'a, Phrase<'a>>, day: Option<Day>) -> Text {
        day.map_or_else(Text::new, |day| {
            let told = phrases.say(Phrase::Day(day), |_| self.told_day(Some(day)));
            Text::day(told, date(day))
        })
    }

    /// One overdue obligation; `first` is the place and name of its unit, where it is the unit's first.
    pub(super) fn overdue_row(
        self,
        phrases: &mut Phrases<'a, Phrase<'a>>,
        first: Option<(usize, &str)>,
        named: &NamedDue<'a>,
    ) -> Row {
        let due = &named.due;
        let mut task = CompactString::from(due.task.name.as_str());
        if let (Some(target), Some(measure)) = (due.target, due.measure()) {
            task.push_str(
                phrases.say(Phrase::Amount(due.count, target, measure), |words| {
                    let args = args!(
                        count = due.count.to_string(),
                        target = measured(&target.to_string(), measure)
                    );
                    words.say("notice-amount", &args)
                }),
            );
        }
        let reminders = Some(due.reminders).filter(|times| *times > 0);
        Row::item(vec![
            first.map_or_else(Text::new, |(at, _)| Text::number(at)),
            first.map_or("", |(_, name)| name).into(),
            (task, Tone::Plain).into(),
            due.task.clause.as_str().into(),
            self.day_of(phrases, due.due),
            Text::number(due.days).in_tone(Tone::Overdue),
            reminders.map_or_else(Text::new, Text::number),
        ])
    }

    /// One obligation that was completed after its due day; the name is told with the first of a unit.
    pub(super) fn late_row(
        self,
        phrases: &mut Phrases<'a, Phrase<'a>>,
        name: &str,
        named: &NamedDue<'a>,
    ) -> Row {
        let due = &named.due;
        Row::item(vec![
            name.into(),
            due.task.name.as_str().into(),
            due.task.clause.as_str().into(),
            self.day_of(phrases, due.due),
            self.day_of(phrases, named.fulfilled),
            Text::number(due.days).in_tone(Tone::Late),
        ])
    }

    /// What became of an obligation that the notice before named a unit for.
    pub(super) fn outcome_row(
        self,
        phrases: &mut Phrases<'a, Phrase<'a>>,
        row: &OutcomeRow,
        first: bool,
    ) -> Row {
        let name = if first { row.name() } else { "" };
        let (became, stood) = (row.became(), row.stood());
        let due = stood.and_then(|stood| stood.due);
        let due = self.day_of(phrases, due);
        let day = stood.and_then(|stood| match became {
            Became::Righting | Became::Returned | Became::ReturnedAgain => stood.rectify,
            _ => stood.fulfilled,
        });
        let days = stood.map_or(0, |stood| stood.days);
        let outcome = phrases.say(Phrase::Outcome(became, day, days), |words| {
            let id = match became {
                Became::Reversed => "notice-outcome-reversed",
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
            let day = self.told_day(day);
            words.say(id, &args!(day = day.as_str(), days = days))
        });
        let tone = match became {
            Became::Reversed => Tone::Plain,
            _ if row.is_put_right() => Tone::Done,
            _ => Tone::Overdue,
        };
        let outcome = (outcome, tone).into();
        Row::item(vec![name.into(), row.task_name().into(), due, outcome])
    }

    /// What a unit loses and gains, and by what.
    pub(super) fn points_row(
        self,
        phrases: &mut Phrases<'a, Phrase<'a>>,
        separator: &str,
        row: &NoticeRow<'a>,
    ) -> Row {
        let mut sums = String::with_capacity(64);
        for told in row.by_rule() {
            let Some((n, sum)) = booked(told) else {
                continue;
            };
            if !sums.is_empty() {
                sums.push_str(separator);
            }
            let Naming { on, rule, .. } = told[0].naming;
            sums.push_str(phrases.say(Phrase::Sum(on, rule, n, sum), |words| {
                let mut args = vec![("n", n.into()), ("points", self.amount(sum).into())];
                match row.rule_name(rule) {
                    Some(name) => {
                        args.push(("name", name.into()));
                        words.say("notice-sum-rule", &args)
                    }
                    None => words.say(&format!("notice-sum-{}", on.key()), &args),
                }
            }));
        }
        let points = row.points();
        let points = phrases.say(Phrase::Points(points), |_| points.to_string());
        let points = Text::from(points).worth(Value::Number);
        Row::item(vec![row.name().into(), points, sums.into()])
    }
}

/// How much of a unit bookings are about, and what they come to; `None` where nothing is booked. Two rules may book for one obligation,
/// and one for the unit as such.
fn booked(told: &[ToldNaming]) -> Option<(usize, Decimal)> {
    let about = |naming: &Naming| (naming.task, naming.period);
    let mut come = None;
    for (at, ToldNaming { naming, .. }) in told.iter().enumerate() {
        if naming.rule.is_none() {
            continue;
        }
        let again = |before: &ToldNaming| {
            before.naming.rule.is_some() && about(&before.naming) == about(naming)
        };
        let another = naming.on == Trigger::Commended
            || naming.task.is_some() && !told[..at].iter().any(again);
        let (n, sum) = come.unwrap_or((0, Decimal::ZERO));
        come = Some((n + usize::from(another), sum + naming.points));
    }
    come
}
