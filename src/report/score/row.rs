//! Bookings in few words, and the rows of scores.

use super::{Names, ScoreLine, ScoreRow, signed, verdict};
use crate::document::{Column, Composer, Row, Rows, Table, Text, Tone, Value};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::Trigger;
use crate::model::score::{BookedLine, Sum};
use crate::report::frame::{listed, short_day};
use crate::words::{Phrases, Words, args};

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
    fn of(line: &BookedLine, names: &'l Names) -> Self {
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
        words.say("log-notice", &args!(n = line.notice))
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
            words.say("log-days", &args!(n = line.days))
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

/// What the units' points come to, a row each: base, deducted, added and given back add up to the score, unless the floor holds it up.
pub(super) fn sums<'a>(rows: &'a [ScoreRow], words: &'a Words) -> Table<'a> {
    let head = |key: &str| words.text(&format!("score-head-{key}"));
    let columns = vec![
        Column::right("rank", head("rank")),
        Column::left("name", words.text("head-unit")),
        Column::right("base", head("base")).spare(),
        Column::right("deducted", head("deducted")),
        Column::right("added", head("added")),
        Column::right("given_back", head("given-back")),
        Column::right("score", head("score")),
        Column::left("notes", head("notes")).wrapping(),
    ];
    let rows = Rows::about(rows, move |_, rows| {
        let mut phrases = Phrases::new(words);
        rows.iter().map(move |row| sum(&mut phrases, row))
    });
    Table::of(columns, rows).named(words.text("score-sheet"))
}

/// The row of a unit.
fn sum(phrases: &mut Phrases<Phrase>, row: &ScoreRow) -> Row {
    let words = phrases.words;
    let mut notes = Vec::new();
    if row.is_floored() {
        let sum = ("sum", row.sum.sum.to_string().into());
        notes.push(words.say("score-floored", &[sum]));
    }
    let capped = row.capped();
    if !capped.is_empty() {
        let capped: Vec<String> = capped.iter().map(|rule| rule.title().to_string()).collect();
        let rules = listed(words, &capped);
        notes.push(words.say("score-capped", &args!(rules = rules)));
    }
    let Sum {
        deducted,
        added,
        given_back,
        sum: _,
        score,
    } = row.sum;
    let tone = match deducted < Decimal::ZERO {
        true => Tone::Overdue,
        false => Tone::Plain,
    };
    let mut some = |points: Decimal| -> Text {
        match points {
            Decimal::ZERO => Text::from("-"),
            points => Text::from(phrases.say(Phrase::Points(points), |_| signed(points))),
        }
        .worth(Value::Number)
    };
    Row::item(vec![
        Text::number(row.rank),
        row.name.as_str().into(),
        Text::number(row.base()),
        some(deducted).in_tone(tone),
        some(added),
        some(given_back),
        Text::number(score).in_tone(Tone::Strong),
        (listed(words, &notes), Tone::Notice).into(),
    ])
}

/// Every booking of these units, a row each.
pub(super) fn bookings<'a>(rows: &'a [ScoreRow], words: &'a Words, near: Day) -> Table<'a> {
    let head = |key: &str| words.text(&format!("score-head-{key}"));
    let columns = vec![
        Column::left("name", words.text("head-unit")),
        Column::left("notice", head("notice")),
        Column::left("task", words.text("head-task")),
        Column::left("rule", head("rule")),
        Column::right("points", head("points")),
        Column::left("objection", head("objection")),
    ];
    let rows = Rows::about(rows, move |_, rows| {
        let mut phrases = Phrases::new(words);
        rows.iter().flat_map(move |row| {
            let lines = row.booked().enumerate();
            let lines = lines.map(|(at, line)| booking(&mut phrases, near, row, line, at == 0));
            lines.collect::<Vec<_>>()
        })
    });
    Table::of(columns, rows)
}

fn booking(
    phrases: &mut Phrases<Phrase>,
    near: Day,
    row: &ScoreRow,
    line: &BookedLine,
    first: bool,
) -> Row {
    let fields = LineFields::of(line, &row.names);
    let notice = phrases.say(Phrase::Notice(fields.notice), |words| {
        words.say("log-notice", &args!(n = fields.notice))
    });
    let notice = Text::from(notice);
    let mut task = Text::from(fields.task.unwrap_or_default());
    if let Some(day) = fields.period {
        task.push(format!(" {}", short_day(day, near)), Tone::Plain);
    }
    let mut rule = Text::from(row.names.title(line).unwrap_or_default());
    if fields.days > 0 {
        let days = phrases.say(Phrase::Days(fields.days), |words| {
            words.say("log-days", &args!(n = fields.days))
        });
        rule.push(format!(" {days}"), Tone::Plain);
    }
    let points = phrases.say(Phrase::Points(line.booked.points), |_| {
        signed(line.booked.points)
    });
    let points = Text::from(points).worth(Value::Number);
    let mut objection = Text::default();
    if let Some(heard) = fields.heard {
        let id = line
            .objection
            .and_then(|it| row.names.objections.get(&it.seq));
        let heard = phrases.words.text(&format!("score-{heard}"));
        objection = Text::from(format!("{}{heard}", id.map_or("", |id| id)));
    }
    Row::item(vec![
        if first { row.name.as_str() } else { "" }.into(),
        notice,
        task,
        rule,
        points,
        objection,
    ])
}
