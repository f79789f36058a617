//! `notice`: the town-wide notice (通报) as a value: what became of those named before, what was expected and done, who is
//! named for what, who is commended, and the points (工作要求(三)). `letter` lays it out as an official document.

mod letter;
mod list;

pub use list::{IssuedRow, NoticeList};

use serde::Serialize;

use super::Report;
use super::frame::Frame;
use super::lagging::LaggingDue;
use super::mask;
use super::status::Figures;
use crate::document::Document;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::{Draft, Named, Outcome, Told};
use crate::model::plan::{Plan, Trigger};
use crate::model::standing::Standing;
use crate::model::unit::Unit;
use crate::words::Words;

/// A unit as a notice names it.
#[derive(Clone, Debug, Serialize)]
pub struct Party {
    /// Its code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Its kind.
    pub kind: String,
    /// The area above it.
    pub area: Option<String>,
}

/// An obligation that a notice names a unit for.
#[derive(Clone, Debug, Serialize)]
pub struct NamedDue<'p> {
    /// The obligation.
    #[serde(flatten)]
    pub due: LaggingDue<'p>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// Where it stood at the cut-off.
    pub standing: Option<Standing>,
    /// The day on which it was fulfilled, by the cut-off or, where it was overdue then, by the issue.
    pub fulfilled: Option<Day>,
}

/// Points that a notice books.
#[derive(Clone, Debug, Serialize)]
pub struct Points {
    /// What for.
    #[serde(rename = "trigger")]
    pub on: Trigger,
    /// The assessment rule.
    pub rule: String,
    /// The clause that the rule stands on.
    pub clause: String,
    /// The task's code; none where the unit as such is named.
    pub task: Option<String>,
    /// For one due only, by its key.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// The days late that the points are for.
    pub days: i32,
    /// Points, negative = deducted.
    pub points: Decimal,
}

/// One unit on a notice.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeRow<'p> {
    /// The unit.
    #[serde(flatten)]
    pub party: Party,
    /// What is overdue.
    pub overdue: Vec<NamedDue<'p>>,
    /// What was returned.
    pub returned: Vec<NamedDue<'p>>,
    /// What it is commended for.
    pub commended: Vec<String>,
    /// The points booked, one by one.
    pub booked: Vec<Points>,
    /// What they come to.
    pub points: Decimal,
}

/// What became of something that the notice before named.
#[derive(Clone, Debug, Serialize)]
pub struct OutcomeRow {
    /// The unit.
    #[serde(flatten)]
    pub party: Party,
    /// What it was named for.
    #[serde(rename = "trigger")]
    pub on: Trigger,
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub task_name: String,
    /// Its name in full, for the letter.
    #[serde(skip)]
    task_full: String,
    /// The due day in force.
    pub due: Option<Day>,
    /// Where it stands at this cut-off; none where it is no longer owed.
    pub standing: Option<Standing>,
    /// The day on which it was fulfilled.
    pub fulfilled: Option<Day>,
    /// Days late.
    pub days: i32,
    /// Whether it was put right.
    pub put_right: bool,
}

/// The notice before.
#[derive(Clone, Debug, Serialize)]
pub struct Before {
    /// Its number.
    pub number: u32,
    /// The day of issue.
    pub on: Day,
    /// What became of what it named, in the order of the roster.
    pub outcomes: Vec<OutcomeRow>,
}

/// A unit that was kept off.
#[derive(Clone, Debug, Serialize)]
pub struct LeftOut {
    /// The unit's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A notice.
#[derive(Debug, Serialize)]
pub struct Notice<'p> {
    /// `duban.notice/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// Its number (第N期).
    pub number: u32,
    /// Whether it was only drafted.
    pub draft: bool,
    /// The cut-off.
    pub until: Day,
    /// The day of issue.
    pub on: Day,
    /// The day by which what it names must be put right.
    pub rectify: Day,
    /// The notice before, and what became of what it named.
    pub before: Option<Before>,
    /// What stands where at the cut-off, over all.
    pub total: Figures,
    /// Units with an overdue obligation, the supervisor among them.
    pub lagging: u64,
    /// The units that it names, in the order of the roster.
    pub rows: Vec<NoticeRow<'p>>,
    /// The supervisor's own overdue obligations.
    pub supervisor: Vec<LaggingDue<'p>>,
    /// Who was kept off it. In no document.
    pub left_out: Vec<LeftOut>,
    #[serde(skip)]
    head: Head,
}

/// What only the letter needs.
#[derive(Clone, Debug, Default)]
struct Head {
    issuer: String,
    number: String,
    addressees: String,
    copies: String,
    supervisor: Option<String>,
}

impl<'p> Notice<'p> {
    /// The notice that a draft is for.
    pub fn new(frame: Frame, plan: &'p Plan, draft: &Draft, is_draft: bool) -> Self {
        let terms = draft.terms;
        let outcomes = draft.units.iter().flat_map(|named| {
            let row = |(outcome, code): &(Outcome, String)| outcome_row(plan, named, outcome, code);
            named.before.iter().map(row).collect::<Vec<_>>()
        });
        let outcomes: Vec<OutcomeRow> = outcomes.collect();
        let before = draft.last.map(|last| Before {
            number: last.number,
            on: last.on,
            outcomes,
        });
        let named = draft.units.iter().filter(|named| !named.namings.is_empty());
        let supervisor = draft.supervisor.as_ref();
        Self {
            schema: "duban.notice/1",
            frame,
            number: terms.number,
            draft: is_draft,
            until: terms.until,
            on: terms.on,
            rectify: terms.rectify,
            before,
            total: draft.tally.into(),
            lagging: draft.lagging,
            rows: named.map(|named| row(plan, named)).collect(),
            supervisor: supervisor.map_or_else(Vec::new, |(_, cells)| {
                cells
                    .iter()
                    .map(|cell| LaggingDue::new(plan, cell))
                    .collect()
            }),
            left_out: draft
                .left_out
                .iter()
                .map(|(unit, reason)| left_out(unit, reason))
                .collect(),
            head: Head {
                issuer: plan.issuer.clone(),
                number: open_number(&plan.number, terms.on),
                addressees: plan.addressees.clone(),
                copies: plan.copies.clone(),
                supervisor: None,
            },
        }
    }

    /// Says to whom the units report.
    pub fn supervised_by(&mut self, name: Option<String>) {
        self.head.supervisor = name;
    }
}

fn party(named: &Named) -> Party {
    Party {
        code: named.unit.code.to_string(),
        name: named.unit.short.clone(),
        kind: named.unit.kind.clone(),
        area: named.area.clone(),
    }
}

fn left_out(unit: &Unit, reason: &str) -> LeftOut {
    LeftOut {
        code: unit.code.to_string(),
        name: unit.short.clone(),
        reason: mask::text(reason),
    }
}

fn row<'p>(plan: &'p Plan, named: &Named) -> NoticeRow<'p> {
    let on = |on| {
        let mut dues: Vec<(NamedDue<'p>, Option<Day>)> = Vec::new();
        for told in named.namings.iter().filter(|told| told.naming.on == on) {
            // Two rules may book for one obligation; it is told once.
            let same = |(due, period): &(NamedDue<'p>, Option<Day>)| {
                told.naming
                    .task
                    .is_some_and(|place| std::ptr::eq(&plan.tasks[place], due.due.task))
                    && *period == told.naming.period
            };
            if !dues.iter().any(same) {
                dues.extend(named_due(plan, told).map(|due| (due, told.naming.period)));
            }
        }
        dues.into_iter().map(|(due, _)| due).collect()
    };
    let mut commended: Vec<String> = Vec::new();
    let mut praised = Vec::new();
    for told in named
        .namings
        .iter()
        .filter(|told| told.naming.on == Trigger::Commended)
    {
        if let Some(of) = told.naming.of.filter(|of| !praised.contains(of)) {
            praised.push(of);
            commended.extend(told.reason.as_deref().map(mask::text));
        }
    }
    NoticeRow {
        party: party(named),
        overdue: on(Trigger::Overdue),
        returned: on(Trigger::Returned),
        commended,
        booked: named
            .namings
            .iter()
            .filter_map(|told| points(plan, told))
            .collect(),
        points: named.points(),
    }
}

fn named_due<'p>(plan: &'p Plan, told: &Told) -> Option<NamedDue<'p>> {
    let cell = told.cell.as_ref()?;
    Some(NamedDue {
        due: LaggingDue::new(plan, cell),
        reason: told.reason.as_deref().map(mask::text),
        standing: Some(cell.standing),
        fulfilled: told.caught_up.or(cell.fulfilled),
    })
}

fn points(plan: &Plan, told: &Told) -> Option<Points> {
    let naming = &told.naming;
    let rule = &plan.assessment.as_ref()?.rules[naming.rule?];
    Some(Points {
        on: naming.on,
        rule: rule.id.to_string(),
        clause: rule.clause.clone(),
        task: naming.task.map(|place| plan.tasks[place].code.to_string()),
        period: naming.period,
        days: naming.days,
        points: naming.points,
    })
}

fn outcome_row(plan: &Plan, named: &Named, outcome: &Outcome, code: &str) -> OutcomeRow {
    // What an amendment dropped has no name left but its code.
    let task = outcome.task.map(|place| &plan.tasks[place]);
    OutcomeRow {
        party: party(named),
        on: outcome.on,
        task: code.to_string(),
        task_name: task.map_or_else(|| code.to_string(), |task| task.short.clone()),
        task_full: task.map_or_else(|| code.to_string(), |task| task.name.clone()),
        due: outcome.cell.and_then(|cell| cell.due),
        standing: outcome.cell.map(|cell| cell.standing),
        fulfilled: outcome.cell.and_then(|cell| cell.fulfilled),
        days: outcome.cell.map_or(0, |cell| cell.days),
        put_right: outcome.is_put_right(),
    }
}

/// The plan's number with the year of the notice and no serial number: that is left to people (GB/T 9704-2012, 7.2.5).
fn open_number(number: &str, on: Day) -> String {
    let organ = number.split_once('〔').map(|(organ, _)| organ);
    organ.map_or_else(String::new, |organ| {
        format!("{organ}〔{}〕    号", on.ymd().0)
    })
}

impl<'p> Report for Notice<'p> {
    type Row = NoticeRow<'p>;

    fn rows(&self) -> &[NoticeRow<'p>] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        letter::document(self, words)
    }
}
