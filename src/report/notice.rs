//! `notice`: the town-wide notice (通报) as a value: what became of those named before, what was expected and done, who is
//! named for what, who is commended, and the points (工作要求(三)). `letter` lays it out as an official document.

mod letter;
mod list;
mod row;

pub(crate) use list::NoticeList;
pub(crate) use row::{NamedDue, NoticeRow, OutcomeRow};

use serde::Serialize;

use super::Report;
use super::frame::Frame;
use super::lagging::LaggingDue;
use super::mask;
use super::status::Figures;
use crate::document::Document;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::notice::{Draft, Named, Totals};
use crate::model::plan::Plan;
use crate::model::unit::Unit;
use crate::query::{Error, Workspace};
use crate::words::Words;

/// The notice before.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Before<'p> {
    /// Its number.
    pub number: u32,
    /// The day of issue.
    pub on: Day,
    /// What became of what it named.
    pub outcomes: Outcomes<'p>,
}

/// What became of all that the notice before named, in the order of the roster.
#[derive(Clone, Debug)]
pub(crate) struct Outcomes<'p> {
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
pub(crate) struct LeftOut {
    /// The unit's code.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A notice.
#[derive(Debug, Serialize)]
pub(crate) struct Notice<'p> {
    /// `duban.notice/2`.
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
    /// The first digits of the hash that stands for the journal on which it was issued; of a draft none.
    pub stands_on: Option<String>,
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
    /// The plan, whose head says who issues it and who gets it.
    #[serde(skip)]
    plan: &'p Plan,
    /// The supervisor's short name.
    #[serde(skip)]
    supervisor_name: Option<String>,
}

/// How many digits of the journal's hash people are shown.
pub(crate) const CHAIN: usize = 12;

impl<'p> Notice<'p> {
    /// The notice that a draft is for.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        draft: &'p Draft,
        is_draft: bool,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
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
        Ok(Self {
            schema: "duban.notice/2",
            frame: Frame::of(workspace, View::on(terms.until)),
            number: terms.number,
            draft: is_draft,
            until: terms.until,
            on: terms.on,
            rectify: terms.rectify,
            stands_on: match is_draft {
                true => None,
                false => Some(workspace.chain()?.chars().take(CHAIN).collect()),
            },
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
            plan,
            supervisor_name: workspace.supervisor_name()?.as_deref().map(mask::text),
        })
    }
}

fn left_out(unit: &Unit, reason: &str) -> LeftOut {
    LeftOut {
        code: unit.code.to_string(),
        name: unit.short.clone(),
        reason: mask::text(reason),
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
