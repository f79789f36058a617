//! The rows of a notice: what it says of a unit, and what became of something that the notice before named. There may be many, so they
//! only refer to the draft; their values are read when they are written.

use serde::Serialize;

use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::notice::{Became, Counts, Draft, Named, Outcome, Stood, ToldNaming};
use crate::model::plan::{Dropped, Plan, Task, Trigger};
use crate::model::score::Naming;
use crate::model::standing::Standing;
use crate::report::lagging::LaggingDue;
use crate::report::mask;

/// A unit as a notice names it.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Party<'p> {
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
pub(crate) struct NamedDue<'p> {
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
pub(crate) struct Points<'p> {
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

/// One unit on a notice. There may be many, so it only refers to the draft.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NoticeRow<'p> {
    pub(super) plan: &'p Plan,
    pub(super) draft: &'p Draft,
    pub(super) named: Named<'p>,
}

/// A unit on a notice as JSON and CSV have it.
#[derive(Serialize)]
struct RowFields<'p> {
    #[serde(flatten)]
    party: Party<'p>,
    overdue: Vec<NamedDue<'p>>,
    returned: Vec<NamedDue<'p>>,
    late: Vec<NamedDue<'p>>,
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
            late: self.dues(Trigger::Late).collect(),
            commended: self.commended(),
            booked: self.booked().collect(),
            points: self.points(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> NoticeRow<'p> {
    pub(super) const fn counts(&self) -> &'p Counts {
        self.named.counts()
    }

    /// The unit.
    pub(crate) fn party(&self) -> Party<'p> {
        party(self.draft, self.named)
    }

    /// The unit's short name.
    pub(crate) fn name(&self) -> &'p str {
        self.named.name()
    }

    /// Whether it is named (点名): for something overdue or returned.
    pub(crate) const fn is_named(&self) -> bool {
        let counts = self.counts();
        counts.overdue > 0 || counts.returned > 0
    }

    /// What it is named for, because it was overdue, returned, or completed late. Two rules may book for one obligation; it is told once.
    pub(crate) fn dues(&self, on: Trigger) -> impl Iterator<Item = NamedDue<'p>> + use<'p> {
        let Self { plan, draft, named } = *self;
        named
            .obligations(on)
            .map(move |(told, stood)| named_due(plan, draft, told, stood))
    }

    /// What it is commended for.
    pub(crate) fn commended(&self) -> Vec<String> {
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

    /// What it is named for, and the points of each booking, trigger by trigger and in each rule by rule.
    pub(crate) fn by_rule(&self) -> impl Iterator<Item = &'p [ToldNaming]> + use<'p> {
        let namings = self.named.namings();
        let by = |told: &ToldNaming| (told.naming.on, told.naming.rule);
        namings.chunk_by(move |one, other| by(one) == by(other))
    }

    /// The name of a rule, where the plan gives it one.
    pub(crate) fn rule_name(&self, rule: Option<usize>) -> Option<&'p str> {
        let rule = &self.plan.assessment.as_ref()?.rules[rule?];
        Some(rule.name.as_str()).filter(|name| !name.is_empty())
    }

    /// What points are booked for, one by one.
    fn bookings(&self) -> impl Iterator<Item = &'p Naming> + use<'p> {
        let namings = self.named.namings().iter().map(|told| &told.naming);
        namings.filter(|naming| naming.rule.is_some())
    }

    /// The points booked, one by one.
    pub(crate) fn booked(&self) -> impl Iterator<Item = Points<'p>> + use<'p> {
        let plan = self.plan;
        self.bookings()
            .filter_map(move |naming| points(plan, naming))
    }

    /// What they come to.
    pub(crate) fn points(&self) -> Decimal {
        let (off, added) = self.counts().sums.unwrap_or_default();
        off + added
    }
}

/// What became of something that the notice before named. There may be many, so it only refers to the draft.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OutcomeRow<'p> {
    pub(super) plan: &'p Plan,
    pub(super) draft: &'p Draft,
    pub(super) named: Named<'p>,
    pub(super) outcome: &'p Outcome,
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
    became: Became,
    put_right: bool,
}

impl Serialize for OutcomeRow<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { draft, outcome, .. } = *self;
        let stood = self.stood();
        let fields = OutcomeFields {
            party: party(draft, self.named),
            on: outcome.on,
            task: self.task(|task| task.code.as_str(), |dropped| &dropped.code),
            task_name: self.task(|task| &task.short, Dropped::short),
            due: stood.and_then(|stood| stood.due),
            standing: stood.map(|stood| stood.standing),
            fulfilled: stood.and_then(|stood| stood.fulfilled),
            days: stood.map_or(0, |stood| stood.days),
            became: self.became(),
            put_right: self.is_put_right(),
        };
        fields.serialize(serializer)
    }
}

impl<'p> OutcomeRow<'p> {
    /// The unit's short name.
    pub(crate) fn name(&self) -> &'p str {
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
    pub(crate) fn task_name(&self) -> &'p str {
        self.task(|task| &task.name, Dropped::name)
    }

    /// Where it stands at this cut-off; `None` where it is no longer owed.
    pub(crate) fn stood(&self) -> Option<&'p Stood> {
        self.named.stood(self.outcome)
    }

    /// What became of it.
    pub(crate) fn became(&self) -> Became {
        self.outcome.became(self.stood())
    }

    /// Whether it was put right.
    pub(crate) fn is_put_right(&self) -> bool {
        self.named.is_put_right(self.outcome)
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

fn named_due<'p>(plan: &'p Plan, draft: &Draft, told: &ToldNaming, stood: &Stood) -> NamedDue<'p> {
    NamedDue {
        due: LaggingDue::of_notice(plan, stood),
        reason: draft.reason(&told.naming).map(mask::text),
        standing: Some(stood.standing),
        fulfilled: told.caught_up.or(stood.fulfilled),
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
