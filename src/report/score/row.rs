//! Words for bookings and rows of scores, of which the same come again and again.

use std::collections::BTreeMap;

use super::{Names, ScoreLine, ScoreRow, signed, verdict};
use crate::document::{Composer, Row, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Trigger;
use crate::model::score::{Line, Sum};
use crate::report::frame::{listed, short_day};
use crate::words::Words;

/// What a booking is told by.
#[derive(Clone, Copy)]
pub(super) struct Said<'l> {
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

impl<'l> Said<'l> {
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

/// Words for rows and what they are made of.
pub(super) struct Telling<'w> {
    words: &'w Words,
    /// The day asked about.
    near: Day,
    separator: String,
    triggers: [String; Trigger::ALL.len()],
    notices: BTreeMap<u32, String>,
    days: BTreeMap<i32, String>,
    points: BTreeMap<Decimal, String>,
    text: Composer,
}

impl<'w> Telling<'w> {
    pub(super) fn new(words: &'w Words, near: Day) -> Self {
        Self {
            words,
            near,
            separator: words.text("score-separator"),
            triggers: Trigger::ALL.map(|on| words.text(&format!("log-on-{}", on.key()))),
            notices: BTreeMap::new(),
            days: BTreeMap::new(),
            points: BTreeMap::new(),
            text: Composer::default(),
        }
    }

    /// Points in few words: `第1期 海报 逾期3天 -1`.
    pub(super) fn line(&mut self, said: &Said) -> Text {
        self.put(said);
        self.text.take()
    }

    fn put(&mut self, said: &Said) {
        let reversed = said.heard == Some(ScoreLine::REVERSED);
        let tone = if reversed { Tone::Dim } else { Tone::Plain };
        let (words, text) = (self.words, &mut self.text);
        let notice = || words.say("log-notice", &[("n", said.notice.into())]);
        text.put(self.notices.entry(said.notice).or_insert_with(notice), tone);
        let mut part = |part: &str| {
            text.put(" ", tone);
            text.put(part, tone);
        };
        if let Some(task) = said.task {
            part(task);
        }
        if let Some(day) = said.period {
            part(&short_day(day, self.near));
        }
        part(&self.triggers[said.on as usize]);
        if said.days > 0 {
            let days = || words.say("log-days", &[("n", said.days.into())]);
            part(self.days.entry(said.days).or_insert_with(days));
        }
        if let Some(points) = said.points {
            part(self.points.entry(points).or_insert_with(|| signed(points)));
        }
        if let Some(heard) = said.heard {
            text.put(" ", Tone::Notice);
            text.put(&words.text(&format!("score-{heard}")), Tone::Notice);
        }
    }

    /// The row of a unit.
    pub(super) fn row(&mut self, row: &ScoreRow) -> Row {
        let booked = row.ledger.lines.iter();
        let booked = booked.filter(|line| line.booked.rule.is_some());
        for (at, line) in booked.enumerate() {
            if at > 0 {
                self.text.put(&self.separator, Tone::Plain);
            }
            self.put(&Said::of(line, row.names));
        }
        let mut marks = Vec::new();
        if row.floored {
            marks.push(self.words.text("score-floored"));
        }
        let capped = row.capped();
        if !capped.is_empty() {
            let rules = listed(self.words, &capped);
            marks.push(self.words.say("score-capped", &[("rules", rules.into())]));
        }
        let mut told = self.text.take();
        for mark in marks {
            told.push(format!(" {mark}"), Tone::Notice);
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
        let mut none = |points: Decimal| -> Text {
            match points {
                Decimal::ZERO => "-".into(),
                points => {
                    let said = self.points.entry(points).or_insert_with(|| signed(points));
                    said.as_str().into()
                }
            }
        };
        Row::item(vec![
            Text::number(row.rank),
            row.name.into(),
            Text::number(score).in_tone(Tone::Strong),
            none(deducted).in_tone(tone),
            none(added),
            none(given_back),
            told,
        ])
    }
}
