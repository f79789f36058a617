//! `score`: what the units' points come to, with every deduction and addition (强化考核). Only for those who are assessed.

mod row;

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use compact_str::CompactString;
use serde::Serialize;

use self::row::LineFields;
use super::Report;
use super::frame::{Frame, omitted};
use crate::document::{Document, Text};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::{RuleNo, Seq, TaskNo};
use crate::model::plan::{Plan, Rule, Trigger};
use crate::model::score::{BookedLine, Ledger, Objected, Sum, Verdict};
use crate::model::unit::Class;
use crate::query::no_assessment;
use crate::query::{Error, Scored, Scores, Selection, Workspace};
use crate::words::{Phrases, Words, args};

/// Points that a notice booked.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ScoreLine {
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
pub(crate) struct Names<'p> {
    /// The plan.
    pub plan: &'p Plan,
    /// The classes of units, by number.
    classes: &'p [Class],
    /// The rules, by id, whether the plan still has them or not.
    pub rules: Vec<(RuleNo, String)>,
    /// Code and short name of every task that was booked for.
    pub tasks: BTreeMap<TaskNo, (CompactString, CompactString)>,
    /// What people type for every objection.
    pub objections: HashMap<Seq, CompactString>,
}

impl<'p> Names<'p> {
    /// The names of what bookings are about.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of<'l>(
        workspace: &'p Workspace,
        lines: impl Iterator<Item = &'l BookedLine>,
    ) -> Result<Self, Error> {
        let mut names = Self {
            plan: &workspace.plan,
            classes: &workspace.classes,
            rules: workspace.rules()?,
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
    pub(crate) fn line(&self, line: &BookedLine) -> ScoreLine {
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
    fn rule(&self, line: &BookedLine) -> Option<&str> {
        let number = line.booked.rule?;
        let known = self.rules.iter().find(|(known, _)| *known == number);
        known.map(|(_, id)| id.as_str())
    }

    /// What people call the rule by which points were booked.
    fn title(&self, line: &BookedLine) -> Option<&str> {
        let id = self.rule(line)?;
        let mut rules = self.plan.assessment.iter().flat_map(|it| &it.rules);
        let of_plan = rules.find(|rule| rule.id == *id);
        Some(of_plan.map_or(id, Rule::title))
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

/// One unit's points. There may be many: its lines are made when they are written, and it has no more bytes than [`Scored`], so that the one
/// becomes the other in place: 30,000 of them apart took 4 MB more.
#[derive(Clone, Debug)]
pub(crate) struct ScoreRow<'p> {
    /// The unit's code.
    pub code: CompactString,
    /// Its short name.
    pub name: CompactString,
    /// Its class, by number.
    class: u32,
    /// Its place in the roster.
    place: u32,
    /// What its points come to.
    pub sum: Sum,
    /// Its place by score among all who are assessed; equal scores share one.
    pub rank: usize,
    ledger: Ledger,
    names: Arc<Names<'p>>,
}

/// A unit's points as JSON and CSV have them.
#[derive(Serialize)]
struct RowFields<'p> {
    code: &'p str,
    name: &'p str,
    kind: &'p str,
    base: Decimal,
    deducted: Decimal,
    added: Decimal,
    given_back: Decimal,
    sum: Decimal,
    score: Decimal,
    floored: bool,
    rank: usize,
    capped: Vec<String>,
    lines: Vec<ScoreLine>,
}

impl Serialize for ScoreRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = RowFields {
            code: &self.code,
            name: &self.name,
            kind: self.kind(),
            base: self.base(),
            deducted: self.sum.deducted,
            added: self.sum.added,
            given_back: self.sum.given_back,
            sum: self.sum.sum,
            score: self.sum.score,
            floored: self.is_floored(),
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
    fn new(scored: Scored, names: Arc<Names<'p>>) -> Self {
        let Scored {
            code,
            name,
            ledger,
            sum,
            rank,
            place,
            class,
            no: _,
        } = scored;
        Self {
            code,
            name,
            class,
            place,
            sum,
            rank,
            ledger,
            names,
        }
    }

    /// Its kind.
    fn kind(&self) -> &'p str {
        let class = self.names.classes.get(self.class as usize);
        class.map_or("", |class| class.kind.as_str())
    }

    /// Whether the floor held its points up.
    fn is_floored(&self) -> bool {
        self.sum.score > self.sum.sum
    }

    /// What every unit starts from.
    fn base(&self) -> Decimal {
        let Sum {
            deducted,
            added,
            given_back,
            sum,
            ..
        } = self.sum;
        sum - deducted - added - given_back
    }

    /// The bookings that took or gave points.
    fn booked(&self) -> impl Iterator<Item = &BookedLine> {
        let lines = self.ledger.lines.iter();
        lines.filter(|line| line.booked.rule.is_some())
    }

    /// The bookings.
    pub(crate) fn lines(&self) -> impl Iterator<Item = ScoreLine> {
        self.ledger.lines.iter().map(|line| self.names.line(line))
    }

    /// The rules whose cap is used up.
    pub(crate) fn capped(&self) -> Vec<&'p Rule> {
        let Self { ledger, names, .. } = self;
        capped(names.plan, |place| names.spent(ledger, place))
    }
}

/// Another order of the units than by rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    /// The most deducted first.
    Deducted,
    /// As in the roster.
    Roster,
}

/// The scores of a plan's units.
#[derive(Debug, Serialize)]
pub(crate) struct Score<'p> {
    /// `duban.score/3`.
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
    /// How many units are assessed, whether they are listed or not.
    pub assessed: usize,
    /// The units, by rank, then in the order of the roster.
    pub rows: Vec<ScoreRow<'p>>,
    /// How many rows were left out, because fewer were asked for.
    pub omitted: usize,
    /// Whether people want every booking, a line each.
    #[serde(skip)]
    pub detail: bool,
}

impl ScoreLine {
    const REVERSED: &str = "reversed";

    /// How an objection was heard, as JSON says it.
    pub(crate) const fn heard(verdict: Option<Verdict>) -> &'static str {
        match verdict {
            None => "open",
            Some(Verdict::Upheld) => "upheld",
            Some(Verdict::Reversed) => Self::REVERSED,
        }
    }

    /// Points in few words: `第1期 海报 逾期3天 -1`.
    pub(crate) fn told(&self, words: &Words, near: Day) -> Text {
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
pub(crate) fn signed(points: Decimal) -> String {
    if points > Decimal::ZERO {
        format!("+{points}")
    } else {
        points.to_string()
    }
}

impl<'p> Score<'p> {
    /// The points of the selected units in a view; for people with every booking where they want the `detail`.
    ///
    /// # Errors
    /// Where the plan has no assessment, and whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        selection: &Selection,
        view: View,
        detail: bool,
    ) -> Result<Self, Error> {
        let Scores { units, assessed } = workspace.score(selection, view)?;
        let assessment = workspace.plan.assessment.as_ref();
        let assessment = assessment.ok_or_else(no_assessment)?;
        let lines = units.iter().flat_map(|one| &one.ledger.lines);
        let names = Arc::new(Names::of(workspace, lines)?);
        let row = |one: Scored| ScoreRow::new(one, Arc::clone(&names));
        Ok(Self {
            schema: "duban.score/3",
            frame: Frame::of(workspace, view).within(selection),
            base: assessment.base,
            floor: assessment.floor,
            notices: workspace.notices_in(view).len(),
            assessed,
            rows: units.into_iter().map(row).collect(),
            omitted: 0,
            detail,
        })
    }

    /// Puts the units in another order, and keeps the first so many of them.
    pub(crate) fn arrange(&mut self, sort: Option<Sort>, limit: Option<usize>) {
        match sort {
            None => {}
            // What was deducted is negative.
            Some(Sort::Deducted) => self.rows.sort_by_key(|row| row.sum.deducted),
            Some(Sort::Roster) => self.rows.sort_by_key(|row| row.place),
        }
        if let Some(limit) = limit {
            self.omitted = super::keep(&mut self.rows, limit);
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
        let plan = ("plan", self.frame.plan.short.as_str().into());
        let name = words.say("score-title", &[plan]);
        let mut document = self.frame.document(words, name);
        let args = args!(
            base = self.base.to_string(),
            floor = self.floor.to_string(),
            notices = self.notices,
            units = self.assessed
        );
        document.line(words.say("score-summary", &args));
        if self.rows.len() < self.assessed {
            let listed = ("units", self.rows.len().into());
            document.line(words.say("score-listed", &[listed]));
        }
        document.table(row::sums(&self.rows, words));
        if let Some(omitted) = omitted(words, self.omitted) {
            document.line(omitted);
        }
        let booked = || self.rows.iter().any(|row| row.booked().next().is_some());
        if self.detail && booked() {
            document.heading(2, words.text("score-head-lines"), "");
            document.table(row::bookings(&self.rows, words, self.frame.as_of));
        }
        document
    }
}
