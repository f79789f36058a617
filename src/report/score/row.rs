//! Bookings in few words, and the rows of scores.

use super::{Names, ScoreLine, ScoreRow, signed, verdict};
use crate::document::{Composer, Row, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Trigger;
use crate::model::score::{Line, Sum};
use crate::report::frame::{listed, short_day};
use crate::words::Phrases;

/// Phrases that come again from row to row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phrase {
    /// Which notice, by number.
    Notice(u32),
    /// How long, in days.
    Days(i32),
    /// Points with their sign.
    Points(Decimal),
    /// What for.
    Trigger(Trigger),
    /// What stands between bookings.
    Separator,
}

/// What the words for a booking are made of, whether it is a line of a ledger or of a report.
#[derive(Clone, Copy)]
pub(super) struct LineFields<'l> {
    pub(super) notice: u32,
    pub(super) task: Option<&'l str>,
    pub(super) period: Option<Day>,
    pub(super) on: Trigger,
    pub(super) days: i32,
    /// The points, where a rule booked any.
    pub(super) points: Option<Decimal>,
    /// How an objection to it was heard.
    pub(super) heard: Option<&'static str>,
}

impl<'l> LineFields<'l> {
    fn of(line: &Line, names: &'l Names) -> Self {
        let booked = &line.booked;
        let task = names.tasks.get(&line.task);
        let objection = line.objection.as_ref();
        Self {
            notice: booked.notice,
            task: task.map(|(_, name)| name.as_str()),
            period: booked.period,
            on: booked.on,
            days: booked.days,
            points: names.rule(line).map(|_| booked.points),
            heard: objection.map(|it| ScoreLine::heard(verdict(it))),
        }
    }
}

/// Points in few words: `第1期 海报 逾期3天 -1`. `near` is the day asked about.
pub(super) fn line(phrases: &mut Phrases<Phrase>, near: Day, line: &LineFields) -> Text {
    let mut text = Composer::default();
    put(&mut text, phrases, near, line);
    text.take()
}

fn put(text: &mut Composer, phrases: &mut Phrases<Phrase>, near: Day, line: &LineFields) {
    let reversed = line.heard == Some(ScoreLine::REVERSED);
    let tone = if reversed { Tone::Dim } else { Tone::Plain };
    let notice = phrases.say(Phrase::Notice(line.notice), |words| {
        words.say("log-notice", &[("n", line.notice.into())])
    });
    text.put(notice, tone);
    let mut part = |part: &str| {
        text.put(" ", tone);
        text.put(part, tone);
    };
    if let Some(task) = line.task {
        part(task);
    }
    if let Some(day) = line.period {
        part(&short_day(day, near));
    }
    part(phrases.say(Phrase::Trigger(line.on), |words| {
        words.text(&format!("log-on-{}", line.on.key()))
    }));
    if line.days > 0 {
        part(phrases.say(Phrase::Days(line.days), |words| {
            words.say("log-days", &[("n", line.days.into())])
        }));
    }
    if let Some(points) = line.points {
        part(phrases.say(Phrase::Points(points), |_| signed(points)));
    }
    if let Some(heard) = line.heard {
        text.put(" ", Tone::Notice);
        text.put(&phrases.words.text(&format!("score-{heard}")), Tone::Notice);
    }
}

/// The row of a unit.
pub(super) fn row(phrases: &mut Phrases<Phrase>, near: Day, row: &ScoreRow) -> Row {
    let words = phrases.words;
    let mut text = Composer::default();
    let booked = row.ledger.lines.iter();
    let booked = booked.filter(|line| line.booked.rule.is_some());
    for (at, line) in booked.enumerate() {
        if at > 0 {
            let separator = phrases.say(Phrase::Separator, |words| words.text("score-separator"));
            text.put(separator, Tone::Plain);
        }
        put(&mut text, phrases, near, &LineFields::of(line, &row.names));
    }
    let mut lines = text.take();
    if row.floored {
        lines.push(format!(" {}", words.text("score-floored")), Tone::Notice);
    }
    let capped = row.capped();
    if !capped.is_empty() {
        let capped: Vec<String> = capped.iter().map(|rule| rule.title().to_string()).collect();
        let rules = listed(words, &capped);
        let capped = words.say("score-capped", &[("rules", rules.into())]);
        lines.push(format!(" {capped}"), Tone::Notice);
    }
    let Sum {
        deducted,
        added,
        given_back,
        score,
    } = row.sum;
    let tone = if deducted < Decimal::ZERO {
        Tone::Overdue
    } else {
        Tone::Plain
    };
    let mut some = |points: Decimal| -> Text {
        match points {
            Decimal::ZERO => "-".into(),
            points => phrases
                .say(Phrase::Points(points), |_| signed(points))
                .into(),
        }
    };
    Row::item(vec![
        Text::number(row.rank),
        row.name.as_str().into(),
        Text::number(score).in_tone(Tone::Strong),
        some(deducted).in_tone(tone),
        some(added),
        some(given_back),
        lines,
    ])
}
