//! Points (强化考核): what a notice books for one unit, and what a unit's points come to (rule 11). Pure: a sheet and
//! its cells in, bookings out.

mod ledger;
#[cfg(test)]
mod tests;

pub(crate) use ledger::{BookedLine, Ledger, Objected, Sum, Verdict};

use std::collections::HashSet;

use smallvec::SmallVec;

use super::board::{Cell, Ruler};
use super::day::Day;
use super::decimal::Decimal;
use super::entry::{RuleNo, Seq, TaskNo};
use super::plan::{Assessment, Per, Plan, Rule, Trigger};
use super::sheet::{Fact, Item, NO_TASK, Sheet};
use super::standing::Standing;
use super::unit::Class;

/// A plan's assessment made ready for one notice.
#[derive(Debug)]
pub(crate) struct Assessor<'p> {
    plan: &'p Plan,
    /// The store's numbers of the plan's tasks, by place.
    tasks: &'p [TaskNo],
    /// The store's numbers of the plan's rules, by place; `None` = nothing was booked by it yet.
    rules: Vec<Option<RuleNo>>,
    /// Which classes of units may lose points.
    assessed: Vec<bool>,
    /// The number of the notice.
    notice: u32,
}

/// That a notice names a unit: for what, and the points by one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Naming {
    /// What for.
    pub on: Trigger,
    /// The task, by its place in the plan; `None` = the unit as such.
    pub task: Option<usize>,
    /// The due, where the plan gives the task several.
    pub period: Option<Day>,
    /// The return or the commendation behind it.
    pub of: Option<Seq>,
    /// The days late that the points are for, or that are told where no points are.
    pub days: i32,
    /// The rule, by its place in the plan; `None` = named without points.
    pub rule: Option<usize>,
    /// Points, negative = deducted.
    pub points: Decimal,
}

/// What a unit can be named for: one obligation, or one commendation.
#[derive(Clone, Copy, Debug)]
struct Reason {
    on: Trigger,
    task: Option<usize>,
    number: TaskNo,
    period: Option<Day>,
    of: Option<Seq>,
    days: i32,
    /// Whether points for it can only be booked once, and a notice before could have.
    spent: bool,
}

/// What a unit can be named for: seldom more than eight things.
type Reasons = SmallVec<[Reason; 8]>;

impl<'p> Assessor<'p> {
    /// Makes an assessment ready. `tasks` are the store's task numbers by place in the plan, `rules` the store's rules,
    /// `classes` the store's classes by number, `notice` the number of the notice in hand.
    pub(crate) fn new(
        plan: &'p Plan,
        tasks: &'p [TaskNo],
        rules: &[(RuleNo, String)],
        classes: &[Class],
        notice: u32,
    ) -> Self {
        let number = |rule: &Rule| {
            let known = rules.iter().find(|(_, id)| rule.id == **id);
            known.map(|(number, _)| *number)
        };
        Self {
            plan,
            tasks,
            rules: plan
                .assessment
                .iter()
                .flat_map(|it| &it.rules)
                .map(number)
                .collect(),
            assessed: classes
                .iter()
                .map(|class| is_assessed(plan, class))
                .collect(),
            notice,
        }
    }

    /// What the notice names a unit for, with the points that each booking takes or gives: what is overdue, what was returned
    /// by a return not named before (without points where one before it was), what was completed late where a rule is about that, and commendations not yet told. `cells` are the
    /// unit's at the cut-off, `sheet` with all that is known, `ledger` what was booked before. Puts them to `namings`.
    pub(crate) fn namings(
        &self,
        ruler: &Ruler,
        sheet: &Sheet,
        cells: &[Cell],
        ledger: &Ledger,
        namings: &mut Vec<Naming>,
    ) {
        let mut reasons = Reasons::new();
        // Most units are named for one thing or nothing: a look tells whether to go through them.
        let looked_for = |on| match on {
            Trigger::Overdue => cells.iter().any(|cell| cell.standing == Standing::Overdue),
            Trigger::Returned => cells.iter().any(|cell| cell.returned.is_some()),
            Trigger::Late => cells.iter().any(|cell| cell.standing == Standing::Late),
            Trigger::Commended => sheet
                .items
                .iter()
                .any(|item| matches!(item.fact, Fact::Commend)),
        };
        for on in Trigger::ALL.into_iter().filter(|on| looked_for(*on)) {
            reasons.clear();
            match on {
                Trigger::Commended => self.commendations(ruler, sheet, ledger, &mut reasons),
                _ => self.obligations(on, (ruler, sheet), cells, ledger, &mut reasons),
            }
            if reasons.is_empty() {
                continue;
            }
            let first = namings.len();
            reasons.sort_by_key(|reason| reason.spent);
            let open = reasons.partition_point(|reason| !reason.spent);
            let task = |reason: &Reason| reason.task.map(|task| &self.plan.tasks[task].code);
            for (assessment, place, rule) in self.rules_on(on, sheet.class).filter(|_| open > 0) {
                let fits = |reason: &&Reason| assessment.is_for(rule, task(reason));
                let reasons: Reasons = reasons[..open].iter().filter(fits).copied().collect();
                if !reasons.is_empty() {
                    self.book(rule, place, &reasons, ledger, namings);
                }
            }
            // What no rule takes points for is named all the same; late work only where a rule is about it.
            let ruled = |reason: &Reason| {
                let mut rules = self.rules_on(on, sheet.class);
                rules.any(|(assessment, _, rule)| assessment.is_for(rule, task(reason)))
            };
            for reason in reasons
                .iter()
                .filter(|reason| on != Trigger::Late || ruled(reason))
            {
                let about = |naming: &Naming| {
                    (naming.task, naming.period, naming.of)
                        == (reason.task, reason.period, reason.of)
                };
                if !namings[first..].iter().any(about) {
                    namings.push(reason.named(None, reason.days, Decimal::ZERO));
                }
            }
        }
    }

    fn rules_on(
        &self,
        on: Trigger,
        class: u32,
    ) -> impl Iterator<Item = (&'p Assessment, usize, &'p Rule)> {
        let assessed = self.assessed.get(class as usize).copied().unwrap_or(false);
        let assessment = self.plan.assessment.iter().filter(move |_| assessed);
        let rules = assessment.flat_map(|it| {
            let rules = it.rules.iter().enumerate();
            rules.map(move |(place, rule)| (it, place, rule))
        });
        rules.filter(move |(_, _, rule)| rule.on == on)
    }

    fn obligations(
        &self,
        on: Trigger,
        (ruler, sheet): (&Ruler, &Sheet),
        cells: &[Cell],
        ledger: &Ledger,
        reasons: &mut Reasons,
    ) {
        for cell in cells {
            let untold = match on {
                Trigger::Returned => untold(cell, ruler, sheet, ledger),
                _ => None,
            };
            let (number, period) = (self.tasks[cell.task], ruler.period(cell));
            let named = |on| ledger.has(on, number, period);
            let holds = match on {
                Trigger::Overdue => cell.standing == Standing::Overdue,
                Trigger::Returned => untold.is_some(),
                Trigger::Late => {
                    cell.standing == Standing::Late && !named(on) && !named(Trigger::Overdue)
                }
                Trigger::Commended => false,
            };
            if holds {
                reasons.push(Reason {
                    on,
                    task: Some(cell.task),
                    number,
                    period,
                    of: untold,
                    // How late it was is not why it was returned.
                    days: if on == Trigger::Returned {
                        0
                    } else {
                        cell.days
                    },
                    spent: on == Trigger::Returned && named(on),
                });
            }
        }
    }

    fn commendations(&self, ruler: &Ruler, sheet: &Sheet, ledger: &Ledger, reasons: &mut Reasons) {
        let praise = |item: &&Item| matches!(item.fact, Fact::Commend);
        let commended = sheet.live(ruler.view()).filter(praise);
        let fresh = commended.filter(|item| ledger.told_at(item.seq).is_none());
        reasons.extend(fresh.map(|item| Reason {
            on: Trigger::Commended,
            task: self.tasks.iter().position(|number| *number == item.task),
            number: item.task,
            period: None,
            of: Some(item.seq),
            days: 0,
            spent: false,
        }));
    }

    /// Books by one rule, while its cap lasts.
    fn book(
        &self,
        rule: &Rule,
        place: usize,
        reasons: &[Reason],
        ledger: &Ledger,
        namings: &mut Vec<Naming>,
    ) {
        let number = self.rules[place];
        let of_rule = |line: &&BookedLine| number.is_some() && line.booked.rule == number;
        let so_far = number.map_or(Decimal::ZERO, |number| ledger.by_rule(number));
        let mut left = rule.cap.map(|cap| (cap - so_far.abs()).max(Decimal::ZERO));
        let booked = |reason: &Reason| {
            let (task, period) = (reason.number, reason.period);
            let about = move |line: &&BookedLine| line.is_about(task, period);
            ledger.lines.iter().filter(of_rule).filter(about)
        };
        let mut book = |reason: &Reason, days: i32, times: i64| {
            let just_before =
                |line: &BookedLine| line.booked.notice + 1 == self.notice && !line.is_reversed();
            let again = rule.again.filter(|_| booked(reason).any(just_before));
            let once = again.map_or(rule.points, |again| rule.points.times(again));
            let points = once.scaled(times);
            let points = left.map_or(points, |left| points.clamp(-left, left));
            left = left.map(|left| left - points.abs());
            namings.push(reason.named(Some(place), days, points));
        };
        match rule.per {
            Per::Unit => book(&reasons[0].of_unit(), 0, 1),
            Per::Day if matches!(rule.on, Trigger::Overdue | Trigger::Late) => {
                for reason in reasons {
                    let before: i32 = booked(reason).map(|line| line.booked.days).sum();
                    let days = reason.days - before;
                    if days > 0 {
                        book(reason, days, i64::from(days));
                    }
                }
            }
            Per::Obligation | Per::Day => {
                for reason in reasons {
                    book(reason, reason.days, 1);
                }
            }
        }
    }
}

/// The return of an obligation that no notice has told: the latest that still stands, or one that acts before it but was recorded only
/// after a notice had told that. A sheet's items are in the order in which they were recorded, in every store that has them.
fn untold(cell: &Cell, ruler: &Ruler, sheet: &Sheet, ledger: &Ledger) -> Option<Seq> {
    let latest = cell.returned?;
    let Some(told) = ledger.told_at(latest) else {
        return Some(latest);
    };
    let since = sheet.items.iter().rev().take_while(|item| item.seq != told);
    let since: HashSet<Seq> = since.map(|item| item.seq).collect();
    let later = |seq: &Seq| since.contains(seq) && ledger.told_at(*seq).is_none();
    ruler.returns(sheet, cell).into_iter().rfind(later)
}

impl Reason {
    /// The unit as such, for the same.
    const fn of_unit(&self) -> Self {
        Self {
            on: self.on,
            task: None,
            number: NO_TASK,
            period: None,
            of: None,
            days: 0,
            spent: false,
        }
    }

    const fn named(&self, rule: Option<usize>, days: i32, points: Decimal) -> Naming {
        Naming {
            on: self.on,
            task: self.task,
            period: self.period,
            of: self.of,
            days,
            rule,
            points,
        }
    }
}

/// Whether units of that class may lose points; without an assessment nobody does.
pub(crate) fn is_assessed(plan: &Plan, class: &Class) -> bool {
    plan.assessment
        .as_ref()
        .is_some_and(|assessment| assessment.who.is_empty() || class.is_any_of(&assessment.who))
}
