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
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::{Counts, Draft, Named, Outcome, Told, Totals};
use crate::model::plan::{Dropped, Plan, Task, Trigger};
use crate::model::score::Naming;
use crate::model::standing::Standing;
use crate::model::unit::Unit;
use crate::words::Words;

/// A unit as a notice names it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Party<'p> {
    /// Its code.
    pub code: &'p str,
    /// Its short name.
    pub name: &'p str,
    /// Its kind.
    pub kind: &'p str,
    /// The area above it.
    pub area: Option<&'p str>,
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
pub struct Points<'p> {
    /// What for.
    #[serde(rename = "trigger")]
    pub on: Trigger,
    /// The assessment rule.
    pub rule: &'p str,
    /// The clause that the rule stands on.
    pub clause: &'p str,
    /// The task's code; none where the unit as such is named.
    pub task: Option<&'p str>,
    /// For one due only, by its key.
    #[serde(rename = "for")]
    pub period: Option<Day>,
    /// The days late that the points are for.
    pub days: i32,
    /// Points, negative = deducted.
    pub points: Decimal,
}

/// One unit on a notice. There may be many, so it is read off the draft as it is told.
#[derive(Clone, Copy, Debug)]
pub struct NoticeRow<'p> {
    plan: &'p Plan,
    draft: &'p Draft,
    named: Named<'p>,
}

/// A unit on a notice as JSON and CSV have it.
#[derive(Serialize)]
struct RowFields<'p> {
    #[serde(flatten)]
    party: Party<'p>,
    overdue: Vec<NamedDue<'p>>,
    returned: Vec<NamedDue<'p>>,
    commended: Vec<String>,
    booked: Vec<Points<'p>>,
    points: Decimal,
}

impl Serialize for NoticeRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = RowFields {
            party: self.party(),
            overdue: self.dues(Trigger::Overdue).collect(),
            returned: self.dues(Trigger::Returned).collect(),
            commended: self.commended(),
            booked: self.booked().collect(),
            points: self.points(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> NoticeRow<'p> {
    const fn counts(&self) -> &'p Counts {
        self.named.counts()
    }

    /// The unit.
    pub fn party(&self) -> Party<'p> {
        party(self.draft, self.named)
    }

    /// The unit's short name.
    pub fn name(&self) -> &'p str {
        self.named.name()
    }

    /// What it is named for, because it was overdue or returned. Two rules may book for one obligation; it is told once.
    pub fn dues(&self, on: Trigger) -> impl Iterator<Item = NamedDue<'p>> + use<'p> {
        let Self { plan, draft, named } = *self;
        named
            .obligations(on)
            .map(move |(told, cell)| named_due(plan, draft, told, cell))
    }

    /// What it is commended for.
    pub fn commended(&self) -> Vec<String> {
        let mut praised = Vec::new();
        let mut reasons = Vec::new();
        for told in self.named.namings() {
            let praise = told.naming.on == Trigger::Commended;
            if let Some(of) = told.naming.of.filter(|of| praise && !praised.contains(of)) {
                praised.push(of);
                reasons.extend(self.draft.reason(&told.naming).map(mask::text));
            }
        }
        reasons
    }

    /// What it is named for, and the points of each booking, trigger by trigger.
    pub fn by_trigger(&self) -> impl Iterator<Item = &'p [Told]> + use<'p> {
        let namings = self.named.namings();
        namings.chunk_by(|one, other| one.naming.on == other.naming.on)
    }

    /// What points are booked for, one by one.
    fn bookings(&self) -> impl Iterator<Item = &'p Naming> + use<'p> {
        let namings = self.named.namings().iter().map(|told| &told.naming);
        namings.filter(|naming| naming.rule.is_some())
    }

    /// The points booked, one by one.
    pub fn booked(&self) -> impl Iterator<Item = Points<'p>> + use<'p> {
        let plan = self.plan;
        self.bookings()
            .filter_map(move |naming| points(plan, naming))
    }

    /// What they come to.
    pub fn points(&self) -> Decimal {
        let (off, added) = self.counts().sums.unwrap_or_default();
        off + added
    }
}

/// What became of something that the notice before named. There may be many, so it is read off the draft as it is told.
#[derive(Clone, Copy, Debug)]
pub struct OutcomeRow<'p> {
    plan: &'p Plan,
    draft: &'p Draft,
    named: Named<'p>,
    outcome: &'p Outcome,
}

/// An outcome as JSON has it.
#[derive(Serialize)]
struct OutcomeFields<'p> {
    #[serde(flatten)]
    party: Party<'p>,
    #[serde(rename = "trigger")]
    on: Trigger,
    task: &'p str,
    task_name: &'p str,
    due: Option<Day>,
    standing: Option<Standing>,
    fulfilled: Option<Day>,
    days: i32,
    put_right: bool,
}

impl Serialize for OutcomeRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { draft, outcome, .. } = *self;
        let cell = self.cell();
        let fields = OutcomeFields {
            party: party(draft, self.named),
            on: outcome.on,
            task: self.task(|task| task.code.as_str(), |dropped| &dropped.code),
            task_name: self.task(|task| &task.short, Dropped::short),
            due: cell.and_then(|cell| cell.due),
            standing: cell.map(|cell| cell.standing),
            fulfilled: cell.and_then(|cell| cell.fulfilled),
            days: cell.map_or(0, |cell| cell.days),
            put_right: self.is_put_right(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> OutcomeRow<'p> {
    /// The unit's short name.
    pub fn name(&self) -> &'p str {
        self.named.name()
    }

    /// What is said of the task, whether the plan still has it or not.
    fn task(
        &self,
        planned: impl Fn(&'p Task) -> &'p str,
        dropped: impl Fn(&'p Dropped) -> &'p str,
    ) -> &'p str {
        match self.outcome.task {
            Some(place) => planned(&self.plan.tasks[place]),
            None => self.draft.dropped(self.outcome).map_or("", dropped),
        }
    }

    /// The task's name in full.
    pub fn task_name(&self) -> &'p str {
        self.task(|task| &task.name, Dropped::name)
    }

    /// Where it stands at this cut-off; `None` where it is no longer owed.
    pub fn cell(&self) -> Option<&'p Cell> {
        self.named.cell(self.outcome)
    }

    /// Whether it was put right.
    pub fn is_put_right(&self) -> bool {
        self.named.is_put_right(self.outcome)
    }
}

/// The notice before.
#[derive(Clone, Debug, Serialize)]
pub struct Before<'p> {
    /// Its number.
    pub number: u32,
    /// The day of issue.
    pub on: Day,
    /// What became of what it named.
    pub outcomes: Outcomes<'p>,
}

/// What became of all that the notice before named, in the order of the roster.
#[derive(Clone, Debug)]
pub struct Outcomes<'p> {
    plan: &'p Plan,
    draft: &'p Draft,
    units: Vec<Named<'p>>,
}

impl<'p> Outcomes<'p> {
    /// What became of what these units were named for: each, and whether it is its unit's first.
    fn of<'a>(
        &self,
        units: &'a [Named<'p>],
    ) -> impl Iterator<Item = (OutcomeRow<'p>, bool)> + use<'a, 'p> {
        let Self { plan, draft, .. } = *self;
        let rows = move |named: &Named<'p>| {
            let named = *named;
            let row = move |(at, outcome)| {
                let row = OutcomeRow {
                    plan,
                    draft,
                    named,
                    outcome,
                };
                (row, at == 0)
            };
            named.before().iter().enumerate().map(row)
        };
        units.iter().flat_map(rows)
    }
}

impl Serialize for Outcomes<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.of(&self.units).map(|(row, _)| row))
    }
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
    pub before: Option<Before<'p>>,
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
    totals: Totals,
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
    pub fn new(frame: Frame, plan: &'p Plan, draft: &'p Draft, is_draft: bool) -> Self {
        let terms = draft.terms;
        let before = draft.last.map(|last| Before {
            number: last.number,
            on: last.on,
            outcomes: Outcomes {
                plan,
                draft,
                units: draft.units.iter().collect(),
            },
        });
        let named = draft
            .units
            .iter()
            .filter(|named| !named.namings().is_empty());
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
            rows: named
                .map(|named| NoticeRow { plan, draft, named })
                .collect(),
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
            totals: draft.totals,
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

fn party<'p>(draft: &'p Draft, named: Named<'p>) -> Party<'p> {
    Party {
        code: named.code(),
        name: named.name(),
        kind: draft.kind(named),
        area: draft.area(named),
    }
}

fn left_out(unit: &Unit, reason: &str) -> LeftOut {
    LeftOut {
        code: unit.code.to_string(),
        name: unit.short.clone(),
        reason: mask::text(reason),
    }
}

fn named_due<'p>(plan: &'p Plan, draft: &Draft, told: &Told, cell: &Cell) -> NamedDue<'p> {
    NamedDue {
        due: LaggingDue::new(plan, cell),
        reason: draft.reason(&told.naming).map(mask::text),
        standing: Some(cell.standing),
        fulfilled: told.caught_up.or(cell.fulfilled),
    }
}

fn points<'p>(plan: &'p Plan, naming: &Naming) -> Option<Points<'p>> {
    let rule = &plan.assessment.as_ref()?.rules[naming.rule?];
    Some(Points {
        on: naming.on,
        rule: rule.id.as_str(),
        clause: &rule.clause,
        task: naming.task.map(|place| plan.tasks[place].code.as_str()),
        period: naming.period,
        days: naming.days,
        points: naming.points,
    })
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
