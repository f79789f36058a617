//! Admission: whether a draft may become a record, with every refusal at once. For `done` and `import` alike.

use super::day::Day;
use super::decimal::Decimal;
use super::due::Due;
use super::entry::{Proof, Record, Via};
use super::plan::{Evidence, Plan, Task};
use super::unit::{Class, Tenure};

/// What somebody says that a unit did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Draft {
    /// The day on which it was done.
    pub on: Option<Day>,
    /// How much was added.
    pub count: Option<Decimal>,
    /// The running total.
    pub total: Option<Decimal>,
    /// The measure that was written behind the amount; `None` where nothing was.
    pub measure: Option<String>,
    /// Nothing to report.
    pub nil: bool,
    /// Which of the task's forms.
    pub form: Option<String>,
    /// The first and the last day of what names the period that it is for.
    pub period: Option<(Day, Day)>,
    /// Who sent it in.
    pub from: Option<String>,
    /// How it came.
    pub via: Option<Via>,
    /// A remark.
    pub note: Option<String>,
    /// Proof.
    pub evidence: Vec<Proof>,
}

/// Why a draft cannot become a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The day has not come yet.
    Future {
        /// The record's day.
        day: Day,
        /// Today.
        today: Day,
    },
    /// The day is more than ten years before the plan: surely a slip.
    LongAgo {
        /// The record's day.
        day: Day,
    },
    /// The day is before the first one for which the unit owes.
    BeforeSince {
        /// The record's day.
        day: Day,
        /// The unit's first day.
        since: Day,
    },
    /// The day is after the last one for which the unit owes: another has taken over from it.
    AfterUntil {
        /// The record's day.
        day: Day,
        /// The unit's last day.
        until: Day,
    },
    /// The unit is none of those who owe the task.
    NotOwed,
    /// The plan leaves open what the task is.
    Open {
        /// The question.
        question: String,
    },
    /// The task is fulfilled by the roster, not by records.
    ByRoster,
    /// The count is zero or negative.
    NotPositive {
        /// The count.
        count: Decimal,
    },
    /// The count is beyond a billion.
    Absurd {
        /// The count.
        count: Decimal,
    },
    /// An amount in another measure than the task's.
    OtherMeasure {
        /// What was given.
        measure: String,
        /// The task's.
        wanted: String,
    },
    /// A running total for a task whose records add up, in a list: what is missing to it would depend on when the list came.
    TotalOfAdding,
    /// A running total that the records of the task add up to already, or more.
    TotalReached {
        /// The total.
        total: Decimal,
        /// What they add up to.
        standing: Decimal,
        /// By which day.
        day: Day,
    },
    /// An amount and a running total.
    TotalAndCount,
    /// A task of running totals, and none was given.
    TotalMissing,
    /// A nil report where none is taken.
    NilNotTaken,
    /// A nil report with a count.
    NilWithCount,
    /// Not one of the task's forms.
    UnknownForm {
        /// What was given.
        form: String,
        /// What there is.
        forms: Vec<String>,
    },
    /// A period for a task that has none.
    NoPeriods,
    /// No period of the task holds that day.
    NoSuchPeriod {
        /// The day given.
        day: Day,
    },
    /// What names the period holds several, as a month holds weeks.
    ManyPeriods {
        /// The last days of the periods.
        keys: Vec<Day>,
    },
    /// Proof is required.
    NoProof,
}

/// The most that a record may say.
pub(crate) const MOST: Decimal = Decimal::from_thousandths(1_000_000_000_000);

/// Makes a record of a draft, or says everything that stands against it. `dues` are the task's, as `Schedule::dues`
/// spells them out.
///
/// # Errors
/// Every [`Refusal`] that holds, in the order of the fields.
pub(crate) fn admit(
    plan: &Plan,
    task: &Task,
    dues: &[Due],
    class: &Class,
    tenure: Tenure,
    draft: Draft,
    today: Day,
) -> Result<(Day, Record), Vec<Refusal>> {
    let mut refusals = Vec::new();
    if let Some(question) = &task.open {
        refusals.push(Refusal::Open {
            question: question.clone(),
        });
    } else if !class.is_any_of(&task.who) {
        refusals.push(Refusal::NotOwed);
    } else if task.by_roster {
        refusals.push(Refusal::ByRoster);
    }
    let day = draft.on.unwrap_or(today);
    if day > today {
        refusals.push(Refusal::Future { day, today });
    } else if plan.issued - day > 3653 {
        refusals.push(Refusal::LongAgo { day });
    }
    if let Some(since) = tenure.since.filter(|since| day < *since) {
        refusals.push(Refusal::BeforeSince { day, since });
    }
    if let Some(until) = tenure.until.filter(|until| day > *until) {
        refusals.push(Refusal::AfterUntil { day, until });
    }
    let count = quantity(task, &draft, &mut refusals);
    if draft.nil && !task.nil {
        refusals.push(Refusal::NilNotTaken);
    }
    if let Some(form) = draft
        .form
        .as_ref()
        .filter(|form| !task.any_of.contains(form))
    {
        refusals.push(Refusal::UnknownForm {
            form: form.clone(),
            forms: task.any_of.clone(),
        });
    }
    let period = match draft.period {
        None => None,
        Some(_) if task.schedule.period().is_none() => {
            refusals.push(Refusal::NoPeriods);
            None
        }
        Some(named) => match task.schedule.periods_in(dues, named).as_slice() {
            [key] => Some(*key),
            [] => {
                refusals.push(Refusal::NoSuchPeriod { day: named.1 });
                None
            }
            keys => {
                refusals.push(Refusal::ManyPeriods {
                    keys: keys.to_vec(),
                });
                None
            }
        },
    };
    if task.evidence == Evidence::Required && draft.evidence.is_empty() && !draft.nil {
        refusals.push(Refusal::NoProof);
    }
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let Draft {
        on: _,
        count: _,
        total: _,
        measure: _,
        nil,
        form,
        period: _,
        from,
        via,
        note,
        evidence,
    } = draft;
    Ok((
        day,
        Record {
            count,
            total: task.totals && !nil,
            nil,
            form,
            period,
            from,
            via,
            note,
            evidence,
            nth: None,
        },
    ))
}

fn quantity(task: &Task, draft: &Draft, refusals: &mut Vec<Refusal>) -> Decimal {
    let given = draft.total.or(draft.count);
    if draft.nil {
        if given.is_some() {
            refusals.push(Refusal::NilWithCount);
        }
        return Decimal::ONE;
    }
    if draft.total.is_some() && !task.totals {
        refusals.push(Refusal::TotalOfAdding);
    }
    if task.totals && given.is_none() {
        refusals.push(Refusal::TotalMissing);
    }
    let wanted = task.target.as_ref().map_or("", |target| &target.measure);
    if let Some(measure) = draft.measure.as_ref()
        && !wanted.is_empty()
        && measure != wanted
    {
        refusals.push(Refusal::OtherMeasure {
            measure: measure.clone(),
            wanted: wanted.to_string(),
        });
    }
    let count = given.unwrap_or(Decimal::ONE);
    let least = if task.totals {
        Decimal::ZERO
    } else {
        Decimal::from_thousandths(1)
    };
    if count < least {
        refusals.push(Refusal::NotPositive { count });
    } else if count > MOST {
        refusals.push(Refusal::Absurd { count });
    }
    count
}

/// The period of a task that a record of that day counts for: the one that it names by its key, else the one that holds its day.
pub(crate) fn period_of(dues: &[Due], day: Day, named: Option<Day>) -> Option<&Due> {
    dues.iter().find(|due| match named {
        Some(key) => due.key == key,
        None => {
            due.opens.is_none_or(|first| day >= first) && due.closes.is_none_or(|last| day <= last)
        }
    })
}
