//! Advice: what is worth saying of a record that is kept. For `done`, `correct` and `import` alike.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::admit::period_of;
use super::day::Day;
use super::decimal::Decimal;
use super::due::{Due, Schedule};
use super::entry::{Record, Seq, TaskNo};
use super::plan::{Evidence, Plan, Task};
use super::proof::Remark;
use super::review::Reviews;
use super::sheet::{Fact, Mark, Sheet};

/// What is worth saying of a record that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    /// Before the window opens: kept, and does not fulfil.
    TooEarly {
        /// The first day that counts.
        opens: Day,
    },
    /// Before the plan and the task's phase: kept, and maybe a slip.
    BeforePlan {
        /// The first day of either.
        begins: Day,
    },
    /// In no period of the task: kept, and counts for none unless `--for` names one.
    NoPeriod,
    /// The order has not arrived.
    NotOrdered,
    /// A record of the same day and content stands already.
    Stands,
    /// A row says what a record said that was returned: it may be the old list once more, and not the work done anew.
    Returned,
    /// The same task was recorded for the day and is already fulfilled without this record.
    Fulfilled {
        /// Since when.
        day: Day,
    },
    /// A running total below the one before.
    TotalFell {
        /// The total before.
        before: Decimal,
    },
    /// More than a hundred times what is needed.
    FarMore {
        /// What is needed.
        need: Decimal,
    },
    /// Proof is expected and none came.
    ProofExpected,
    /// Something is odd about a piece of proof.
    Proof {
        /// Its name.
        name: String,
        /// What.
        remark: Remark,
    },
}

/// What is worth saying of a record, whatever else its unit has recorded.
pub(crate) fn of_record(task: &Task, dues: &[Due], day: Day, record: &Record) -> Vec<Advice> {
    let mut advice = Vec::new();
    if task.schedule == Schedule::Instruction && dues.is_empty() {
        advice.push(Advice::NotOrdered);
    }
    if task.schedule.period().is_some() {
        match period_of(dues, day, record.period).map(|due| due.opens) {
            None => advice.push(Advice::NoPeriod),
            Some(Some(opens)) if day < opens => advice.push(Advice::TooEarly { opens }),
            Some(_) => {}
        }
    } else if let Some(opens) = window(dues).filter(|opens| day < *opens) {
        advice.push(Advice::TooEarly { opens });
    }
    if task.evidence == Evidence::Expected && record.evidence.is_empty() && !record.nil {
        advice.push(Advice::ProofExpected);
    }
    advice
}

/// The first day that counts for a task without periods; `None` = any day.
pub(super) fn window(dues: &[Due]) -> Option<Day> {
    dues.iter().filter_map(|due| due.opens).min()
}

/// Advice where a record's day is before the plan was issued, and before the task's phase.
pub(crate) fn before_plan(plan: &Plan, task: &Task, day: Day) -> Option<Advice> {
    let begins = plan.issued.min(plan.phase_of(task).from);
    (day < begins).then_some(Advice::BeforePlan { begins })
}

/// Advice where a count is far beyond what the unit needs.
pub(crate) fn far_more(record: &Record, need: Option<Decimal>) -> Option<Advice> {
    let need = need.filter(|need| *need > Decimal::ZERO)?;
    let most = Decimal::from_thousandths(need.thousandths().saturating_mul(100));
    (record.count > most).then_some(Advice::FarMore { need })
}

/// What a record says, as far as another is the same.
type Said = (TaskNo, Day, Decimal, bool, bool, Option<Day>);

/// What a unit has recorded, for advice on what is recorded next.
#[derive(Debug, Default)]
pub(crate) struct Held {
    said: HashSet<Said>,
    /// The days of what may fulfil, by task.
    days: HashMap<TaskNo, BTreeSet<Day>>,
    /// The running totals by task and day.
    totals: HashMap<TaskNo, BTreeMap<Day, Decimal>>,
}

impl Held {
    /// What stands on a sheet of the tasks that are `wanted`, but for one record. What was returned does not: a new record puts it
    /// right, be it the same with another proof.
    pub(crate) fn of(
        sheet: &Sheet,
        reviews: &Reviews,
        but: Option<Seq>,
        wanted: impl Fn(TaskNo) -> bool,
    ) -> Self {
        let mut held = Self::default();
        for (item, mark) in reviews.records(sheet, None) {
            if wanted(item.task) && Some(item.seq) != but {
                let is_return =
                    |(_, by): &(Seq, super::sheet::Item)| matches!(by.fact, Fact::Return { .. });
                if !reviews.on(item.seq).iter().any(is_return) {
                    held.add(item.task, item.day, mark);
                }
            }
        }
        held
    }

    fn add(&mut self, task: TaskNo, day: Day, mark: Mark) {
        let Mark {
            count,
            total,
            nil,
            period,
            ..
        } = mark;
        self.said.insert((task, day, count, total, nil, period));
        if !nil {
            self.days.entry(task).or_default().insert(day);
        }
        if total {
            self.totals.entry(task).or_default().insert(day, count);
        }
    }

    /// Takes in a record that is about to be made.
    pub(crate) fn push(&mut self, task: TaskNo, day: Day, record: &Record) {
        let mark = Mark {
            count: record.count,
            total: record.total,
            nil: record.nil,
            proof: false,
            period: record.period,
        };
        self.add(task, day, mark);
    }

    /// Whether a record of that amount, day and period is among these. What else it says is not known.
    pub(crate) fn holds(&self, task: TaskNo, day: Day, record: &Record) -> bool {
        let &Record {
            count,
            total,
            nil,
            period,
            ..
        } = record;
        let said = (task, day, count, total, nil, period);
        self.said.contains(&said)
    }

    /// What is worth saying of a record beside these. `number` is the task's; `stands`: one that says the same is among these.
    pub(crate) fn advise(
        &self,
        task: &Task,
        dues: &[Due],
        number: TaskNo,
        day: Day,
        record: &Record,
        stands: bool,
    ) -> Vec<Advice> {
        let mut advice = Vec::new();
        let &Record { count, total, .. } = record;
        let once = task.target.is_none() && task.schedule.period().is_none() && !task.totals;
        let days = self.days.get(&number).filter(|_| once);
        let first = days.and_then(|days| match window(dues) {
            Some(opens) if day < opens => None,
            Some(opens) => days.range(opens..=day).next(),
            None => days.range(..=day).next(),
        });
        if stands {
            advice.push(Advice::Stands);
        } else if let Some(first) = first {
            advice.push(Advice::Fulfilled { day: *first });
        }
        let totals = self.totals.get(&number).filter(|_| total);
        let before = totals.and_then(|totals| totals.range(..=day).next_back());
        if let Some((_, before)) = before.filter(|(_, before)| **before > count) {
            advice.push(Advice::TotalFell { before: *before });
        }
        advice
    }
}
