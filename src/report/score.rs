//! `score`: what the units' points come to, with every deduction and addition (强化考核). Only for those who are assessed.

use serde::Serialize;

use super::Report;
use super::frame::{Frame, listed, short_day};
use crate::document::{Block, Column, Document, Row, Table, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::plan::{Assessment, Plan, Trigger};
use crate::model::score::Verdict;
use crate::words::Words;

/// Points that a notice booked.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreLine {
    /// The notice's number.
    pub notice: u32,
    /// The day of issue.
    pub day: Day,
    /// What for.
    #[serde(rename = "trigger")]
    pub on: Trigger,
    /// The task's code; none where the unit as such was named.
    pub task: Option<String>,
    /// The task's short name.
    pub task_name: Option<String>,
    /// For one due only, by its key.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// The days late that the points are for.
    pub days: i32,
    /// The assessment rule; none = named without points.
    pub rule: Option<String>,
    /// The clause that the rule stands on.
    pub clause: Option<String>,
    /// Points as they were booked, negative = deducted.
    pub points: Decimal,
    /// The objection's id.
    pub objection: Option<String>,
    /// How the objection was heard: `upheld` (the points stay), `reversed` (they are given back), `open`.
    pub heard: Option<&'static str>,
}

/// One unit's points.
#[derive(Clone, Debug, Serialize)]
pub struct ScoreRow {
    /// The unit's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// What was deducted, negative or zero.
    pub deducted: Decimal,
    /// What was added.
    pub added: Decimal,
    /// What reversals gave back.
    pub given_back: Decimal,
    /// Base and points, never below the floor.
    pub score: Decimal,
    /// Whether the floor held it up.
    pub floored: bool,
    /// Its place by score among those listed; equal scores share one.
    pub rank: usize,
    /// The rules whose cap is used up.
    pub capped: Vec<String>,
    /// The bookings.
    pub lines: Vec<ScoreLine>,
}

/// The scores of a plan's units.
#[derive(Debug, Serialize)]
pub struct Score {
    /// `duban.score/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// What every unit starts from.
    pub base: Decimal,
    /// What no unit falls below.
    pub floor: Decimal,
    /// How many notices were issued.
    pub notices: usize,
    /// The units, in the order of the roster.
    pub rows: Vec<ScoreRow>,
}

impl ScoreLine {
    /// How an objection was heard, as JSON says it.
    pub const fn heard(verdict: Option<Verdict>) -> &'static str {
        match verdict {
            None => "open",
            Some(Verdict::Upheld) => "upheld",
            Some(Verdict::Reversed) => "reversed",
        }
    }

    /// Points in few words: `第1期 海报 逾期3天 -1`.
    pub fn told(&self, words: &Words, near: Day) -> Text {
        let mut parts = vec![words.say("log-notice", &[("n", self.notice.into())])];
        parts.extend(self.task_name.clone());
        parts.extend(self.period.map(|day| short_day(day, near)));
        parts.push(words.text(&format!("log-on-{}", self.on.key())));
        if self.days > 0 {
            parts.push(words.say("log-days", &[("n", self.days.into())]));
        }
        if self.rule.is_some() {
            parts.push(signed(self.points));
        }
        let reversed = self.heard == Some("reversed");
        let tone = if reversed { Tone::Dim } else { Tone::Plain };
        let mut text = Text::from((parts.join(" "), tone));
        if let Some(heard) = self.heard {
            let said = words.text(&format!("score-{heard}"));
            text.push(format!(" {said}"), Tone::Notice);
        }
        text
    }
}

/// Points with their sign.
pub fn signed(points: Decimal) -> String {
    if points > Decimal::ZERO {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

impl Score {
    /// Makes an empty report; rows follow, then [`Score::rank`].
    pub fn new(frame: Frame, assessment: &Assessment, notices: usize) -> Self {
        Self {
            schema: "duban.score/1",
            frame,
            base: assessment.base,
            floor: assessment.floor,
            notices,
            rows: Vec::new(),
        }
    }

    /// Gives each row its place by score.
    pub fn rank(&mut self) {
        let mut scores: Vec<Decimal> = self.rows.iter().map(|row| row.score).collect();
        scores.sort_unstable_by(|one, other| other.cmp(one));
        for row in &mut self.rows {
            row.rank = scores.partition_point(|score| *score > row.score) + 1;
        }
    }
}

/// The rules of a plan whose cap is used up by points that come to so much, by id.
pub fn capped(plan: &Plan, spent: impl Fn(usize) -> Decimal) -> Vec<String> {
    let rules = plan
        .assessment
        .iter()
        .flat_map(|assessment| &assessment.rules);
    let full = rules
        .enumerate()
        .filter(|(place, rule)| rule.cap.is_some_and(|cap| spent(*place).abs() >= cap));
    full.map(|(_, rule)| rule.id.to_string()).collect()
}

impl Report for Score {
    type Row = ScoreRow;

    fn rows(&self) -> &[ScoreRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let plan = ("plan", self.frame.plan.title.as_str().into());
        let name = words.say("score-title", &[plan]);
        let mut blocks = self.frame.heading(words, &name);
        let args = [
            ("base", self.base.to_string().into()),
            ("floor", self.floor.to_string().into()),
            ("notices", self.notices.into()),
            ("units", self.rows.len().into()),
        ];
        blocks.push(Block::Line(words.say("score-summary", &args).into()));
        let head = |key: &str| words.text(&format!("score-head-{key}"));
        let columns = vec![
            Column::right("rank", head("rank")),
            Column::left("name", words.text("head-unit")),
            Column::right("score", head("score")),
            Column::right("deducted", head("deducted")),
            Column::right("added", head("added")),
            Column::right("given_back", head("given-back")).spare(),
            Column::left("lines", head("lines")).wrapping(),
        ];
        let rows = self.rows.iter().map(move |row| self.row(words, row));
        blocks.push(Block::Table(Table {
            columns,
            rows: Box::new(rows),
        }));
        Document {
            blocks,
            ..Document::new(words.lang().tag(), name)
        }
    }
}

impl Score {
    fn row(&self, words: &Words, row: &ScoreRow) -> Row {
        let mut told = Text::default();
        let separator = words.text("score-separator");
        for line in row.lines.iter().filter(|line| line.rule.is_some()) {
            if !told.is_empty() {
                told.push(separator.as_str(), Tone::Plain);
            }
            told = told.and(line.told(words, self.frame.as_of));
        }
        let mut marks = Vec::new();
        if row.floored {
            marks.push(words.text("score-floored"));
        }
        if !row.capped.is_empty() {
            let rules = listed(words, &row.capped);
            marks.push(words.say("score-capped", &[("rules", rules.into())]));
        }
        for mark in marks {
            told.push(format!(" {mark}"), Tone::Notice);
        }
        let tone = if row.deducted < Decimal::ZERO {
            Tone::Overdue
        } else {
            Tone::Plain
        };
        let none = |points: Decimal| {
            if points == Decimal::ZERO {
                "-".to_string()
            } else {
                signed(points)
            }
        };
        Row::item(vec![
            row.rank.to_string().into(),
            row.name.as_str().into(),
            (row.score.to_string(), Tone::Strong).into(),
            (none(row.deducted), tone).into(),
            none(row.added).into(),
            none(row.given_back).into(),
            told,
        ])
    }
}
