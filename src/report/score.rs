//! `score`: what the units' points come to, with every deduction and addition (强化考核). Only for those who are assessed.

mod row;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use compact_str::CompactString;
use serde::Serialize;

use self::row::LineFields;
use super::Report;
use super::frame::Frame;
use crate::document::{Column, Document, Rows, Table, Text};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{RuleNo, Seq, TaskNo};
use crate::model::plan::{Assessment, Plan, Rule, Trigger};
use crate::model::score::{Ledger, Line, Objected, Sum, Verdict};
use crate::query::{Fault, Workspace};
use crate::words::{Phrases, Words};

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
    pub task: Option<CompactString>,
    /// The task's short name.
    pub task_name: Option<CompactString>,
    /// For one due only, by its key.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// The days late that the points are for.
    pub days: i32,
    /// The assessment rule; none = named without points.
    pub rule: Option<CompactString>,
    /// What people read instead of the rule's id.
    #[serde(skip)]
    pub rule_name: Option<CompactString>,
    /// The clause that the rule stands on.
    pub clause: Option<CompactString>,
    /// Points as they were booked, negative = deducted.
    pub points: Decimal,
    /// The objection's id.
    pub objection: Option<CompactString>,
    /// How the objection was heard: `upheld` (the points stay), `reversed` (they are given back), `open`.
    pub heard: Option<&'static str>,
}

/// What ledgers are about, by the store's numbers.
#[derive(Debug)]
pub struct Names<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The rules, by id, whether the plan still has them or not.
    pub rules: Vec<(RuleNo, String)>,
    /// Code and short name of every task that was booked for.
    pub tasks: BTreeMap<TaskNo, (CompactString, CompactString)>,
    /// What people type for every objection.
    pub objections: HashMap<Seq, CompactString>,
}

impl<'p> Names<'p> {
    /// Looks up what bookings are about.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn of<'l>(
        workspace: &'p Workspace,
        rules: Vec<(RuleNo, String)>,
        lines: impl Iterator<Item = &'l Line>,
    ) -> Result<Self, Fault> {
        let mut names = Self {
            plan: &workspace.plan,
            rules,
            tasks: BTreeMap::new(),
            objections: HashMap::new(),
        };
        for line in lines {
            if !names.tasks.contains_key(&line.task)
                && let Some((code, name)) = workspace.task_numbered(line.task)?
            {
                names.tasks.insert(line.task, (code.into(), name.into()));
            }
            if let Some(objection) = line.objection
                && let Entry::Vacant(new) = names.objections.entry(objection.seq)
            {
                new.insert(workspace.entry_short_id(objection.seq)?.into());
            }
        }
        Ok(names)
    }

    /// A booking with the names of what it is about.
    pub fn line(&self, line: &Line) -> ScoreLine {
        let booked = line.booked;
        let rule = self.rule(line);
        let mut rules = self.plan.assessment.iter().flat_map(|it| &it.rules);
        let of_plan = rule.and_then(|id| rules.find(|rule| rule.id == *id));
        let clause = of_plan.map(|rule| rule.clause.as_str());
        let (task, task_name) = self.tasks.get(&line.task).cloned().unzip();
        let objection = line.objection;
        ScoreLine {
            notice: booked.notice,
            day: line.day,
            on: booked.on,
            task,
            task_name,
            period: booked.period,
            days: booked.days,
            rule: rule.map(Into::into),
            rule_name: of_plan.map(Rule::title).or(rule).map(Into::into),
            clause: clause.filter(|clause| !clause.is_empty()).map(Into::into),
            points: booked.points,
            objection: objection.and_then(|it| self.objections.get(&it.seq).cloned()),
            heard: objection.map(|it| ScoreLine::heard(verdict(&it))),
        }
    }

    /// The rule by which points were booked.
    fn rule(&self, line: &Line) -> Option<&str> {
        let number = line.booked.rule?;
        let known = self.rules.iter().find(|(known, _)| *known == number);
        known.map(|(_, id)| id.as_str())
    }

    /// What a ledger's points by one of the plan's rules come to.
    fn spent(&self, ledger: &Ledger, place: usize) -> Decimal {
        let id = self.plan.assessment.as_ref().map(|it| &it.rules[place].id);
        let number = self
            .rules
            .iter()
            .find(|(_, known)| id.is_some_and(|id| *id == **known));
        number.map_or(Decimal::ZERO, |(number, _)| ledger.by_rule(*number))
    }
}

fn verdict(objection: &Objected) -> Option<Verdict> {
    objection.verdict.map(|(verdict, _, _)| verdict)
}

/// One unit's points. There may be many, so it only refers to the ledger; its lines are made when they are written.
#[derive(Clone, Copy, Debug)]
pub struct ScoreRow<'p> {
    /// The unit's code.
    pub code: &'p str,
    /// Its short name.
    pub name: &'p str,
    /// Its kind.
    pub kind: &'p str,
    /// What its points come to.
    pub sum: Sum,
    /// Whether the floor held them up.
    pub floored: bool,
    /// Its place by score among those listed; equal scores share one.
    pub rank: usize,
    ledger: &'p Ledger,
    names: &'p Names<'p>,
}

/// A unit's points as JSON and CSV have them.
#[derive(Serialize)]
struct RowFields<'p> {
    code: &'p str,
    name: &'p str,
    kind: &'p str,
    deducted: Decimal,
    added: Decimal,
    given_back: Decimal,
    score: Decimal,
    floored: bool,
    rank: usize,
    capped: Vec<String>,
    lines: Vec<ScoreLine>,
}

impl Serialize for ScoreRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = RowFields {
            code: self.code,
            name: self.name,
            kind: self.kind,
            deducted: self.sum.deducted,
            added: self.sum.added,
            given_back: self.sum.given_back,
            score: self.sum.score,
            floored: self.floored,
            rank: self.rank,
            capped: self
                .capped()
                .iter()
                .map(|rule| rule.id.to_string())
                .collect(),
            lines: self.lines().collect(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> ScoreRow<'p> {
    /// The points of a unit by that code, short name and kind, not yet ranked.
    pub fn new(
        (code, name, kind): (&'p str, &'p str, &'p str),
        assessment: &Assessment,
        ledger: &'p Ledger,
        names: &'p Names<'p>,
    ) -> Self {
        let sum = ledger.sum(assessment);
        Self {
            code,
            name,
            kind,
            sum,
            floored: assessment.base + sum.deducted + sum.added < assessment.floor,
            rank: 0,
            ledger,
            names,
        }
    }

    /// The bookings.
    pub fn lines(&self) -> impl Iterator<Item = ScoreLine> + use<'p> {
        let Self { ledger, names, .. } = *self;
        ledger.lines.iter().map(|line| names.line(line))
    }

    /// The rules whose cap is used up.
    pub fn capped(&self) -> Vec<&'p Rule> {
        let Self { ledger, names, .. } = self;
        capped(names.plan, |place| names.spent(ledger, place))
    }
}

/// The scores of a plan's units.
#[derive(Debug, Serialize)]
pub struct Score<'p> {
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
    pub rows: Vec<ScoreRow<'p>>,
}

impl ScoreLine {
    const REVERSED: &str = "reversed";

    /// How an objection was heard, as JSON says it.
    pub const fn heard(verdict: Option<Verdict>) -> &'static str {
        match verdict {
            None => "open",
            Some(Verdict::Upheld) => "upheld",
            Some(Verdict::Reversed) => Self::REVERSED,
        }
    }

    /// Points in few words: `第1期 海报 逾期3天 -1`.
    pub fn told(&self, words: &Words, near: Day) -> Text {
        let fields = LineFields {
            notice: self.notice,
            task: self.task_name.as_deref(),
            period: self.period,
            on: self.on,
            days: self.days,
            points: self.rule.as_ref().map(|_| self.points),
            heard: self.heard,
        };
        row::line(&mut Phrases::new(words), near, &fields)
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

impl Score<'_> {
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
        let mut scores: Vec<Decimal> = self.rows.iter().map(|row| row.sum.score).collect();
        scores.sort_unstable_by(|one, other| other.cmp(one));
        for row in &mut self.rows {
            row.rank = scores.partition_point(|score| *score > row.sum.score) + 1;
        }
    }
}

/// The rules of a plan whose cap is used up by points that come to so much.
fn capped(plan: &Plan, spent: impl Fn(usize) -> Decimal) -> Vec<&Rule> {
    let rules = plan
        .assessment
        .iter()
        .flat_map(|assessment| &assessment.rules);
    let full = rules
        .enumerate()
        .filter(|(place, rule)| rule.cap.is_some_and(|cap| spent(*place).abs() >= cap));
    full.map(|(_, rule)| rule).collect()
}

impl<'p> Report for Score<'p> {
    type Row = ScoreRow<'p>;

    fn rows(&self) -> &[ScoreRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let plan = ("plan", self.frame.plan.title.as_str().into());
        let name = words.say("score-title", &[plan]);
        let mut document = self.frame.document(words, name);
        let args = [
            ("base", self.base.to_string().into()),
            ("floor", self.floor.to_string().into()),
            ("notices", self.notices.into()),
            ("units", self.rows.len().into()),
        ];
        document.line(words.say("score-summary", &args));
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
        let as_of = self.frame.as_of;
        let rows = Rows::about(&self.rows, move |_, rows| {
            let mut phrases = Phrases::new(words);
            rows.iter()
                .map(move |row| row::row(&mut phrases, as_of, row))
        });
        document.table(Table { columns, rows });
        document
    }
}
