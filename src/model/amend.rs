//! What a new plan or roster lays on a unit: the obligations that it adds or moves earlier (rule 1).

mod change;
mod settings;

pub(crate) use change::{Change, Changed, changes, renamed};

use super::code::TaskCode;
use super::day::Day;
use super::decimal::Decimal;
use super::due::{Due, Schedule};
use super::plan::{Plan, Task};
use super::unit::Class;

/// A unit as a plan sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Party<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The unit's class under it.
    pub class: &'a Class,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
}

/// Obligations that an amendment adds or moves earlier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Gain {
    /// The task.
    pub task: TaskCode,
    /// The due's key, where it is not the whole task.
    pub period: Option<Day>,
    /// The day before which it is never due: that of the amendment, or the day on which it had been due before.
    pub day: Day,
}

/// What changed for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Amended {
    /// Obligations added or moved earlier.
    pub gains: Vec<Gain>,
    /// How many obligations were added.
    pub added: u64,
    /// How many are no longer owed.
    pub lost: u64,
}

impl Party<'_> {
    /// What the unit owes of a task, if it owes it.
    fn owed<'t>(&self, task: &'t Task) -> Option<Owed<'t>> {
        let within = |due: &Due| {
            self.since.is_none_or(|day| due.due >= day)
                && self.until.is_none_or(|day| due.due <= day)
        };
        task.owed_by(self.class).then(|| {
            let dues = task.schedule.dues(self.plan.issued).into_iter();
            Owed {
                schedule: &task.schedule,
                dues: dues.filter(within).collect(),
            }
        })
    }
}

/// What a unit owes of one task.
struct Owed<'t> {
    schedule: &'t Schedule,
    dues: Vec<Due>,
}

impl Owed<'_> {
    /// How many obligations that is; a task on instruction is one.
    fn count(&self) -> u64 {
        match self.schedule {
            Schedule::Instruction => 1,
            _ => self.dues.len() as u64,
        }
    }

    /// Of each due, the one that it was before, by its place; of each paired with the first like it in the plan's order.
    fn before(&self, old: &Self) -> Vec<Option<usize>> {
        let share = |due: &Due| due.share.unwrap_or(Decimal::ONE);
        let same_key = |now: &Due, old: &Due| now.key == old.key;
        let same_day = |now: &Due, old: &Due| now.key == old.key || now.due == old.due;
        let same_share = |now: &Due, old: &Due| share(now) == share(old);
        let both = |now: &Due, old: &Due| same_day(now, old) && same_share(now, old);
        let alike: &[&dyn Fn(&Due, &Due) -> bool] = match (self.schedule, old.schedule) {
            (Schedule::Every { period: now, .. }, Schedule::Every { period: then, .. })
                if now == then =>
            {
                &[&same_key]
            }
            // What is due once is a milestone of all of it. One that moved keeps its share, one of which more is asked keeps its day.
            (
                Schedule::Once { .. } | Schedule::Milestones { .. },
                Schedule::Once { .. } | Schedule::Milestones { .. },
            ) => &[&both, &same_share, &same_day],
            _ => &[],
        };
        let mut before = vec![None; self.dues.len()];
        let mut free = vec![true; old.dues.len()];
        for alike in alike {
            for (due, before) in self.dues.iter().zip(&mut before) {
                if before.is_none() {
                    let mut places = old.dues.iter().zip(&free);
                    *before = places.position(|(old, free)| *free && alike(due, old));
                    if let Some(place) = *before {
                        free[place] = false;
                    }
                }
            }
        }
        before
    }
}

/// Lets every milestone of a new plan keep the day that names it, where the plan before had it on another day: what was said of it, an
/// excuse for it or points for it, stays said of it (rule 1). Where two would have one name, those of that task go by their days.
pub(crate) fn keep_keys(old: &Plan, new: &mut Plan) {
    let issued = new.issued;
    for task in &mut new.tasks {
        let Some(before) = old.tasks.iter().find(|known| known.code == task.code) else {
            continue;
        };
        let owed = |schedule, issued| Owed {
            schedule,
            dues: Schedule::dues(schedule, issued),
        };
        let then = owed(&before.schedule, old.issued);
        let now = owed(&task.schedule, issued);
        let keys: Vec<Day> = now
            .before(&then)
            .iter()
            .zip(&now.dues)
            .map(|(place, due)| place.map_or(due.key, |place| then.dues[place].key))
            .collect();
        let is_twice = |(at, key): (usize, &Day)| keys[..at].contains(key);
        if !matches!(before.schedule, Schedule::Milestones { .. })
            || keys.iter().enumerate().any(is_twice)
        {
            continue;
        }
        if let Schedule::Milestones { steps, .. } = &mut task.schedule {
            for (step, key) in steps.iter_mut().zip(keys) {
                step.key = Some(key).filter(|key| *key != step.due);
            }
        }
    }
}

/// Compares what a unit owed with what it owes from the day of an amendment; `then` is `None` for a unit that is new. Dues are paired
/// by what they are, a period or a share of the whole and its day, never by their places in a list (rule 1).
pub(crate) fn amended(then: Option<&Party>, now: &Party, on: Day) -> Amended {
    let mut amended = Amended::default();
    let of_task = |party: &Party, code: &TaskCode| {
        let task = party.plan.tasks.iter().position(|task| task.code == *code);
        task.filter(|place| party.plan.tasks[*place].owed_by(party.class))
    };
    for task in &now.plan.tasks {
        let Some(owed) = now.owed(task) else { continue };
        let old = then.and_then(|then| {
            let place = of_task(then, &task.code)?;
            then.owed(&then.plan.tasks[place])
        });
        let on_instruction = |owed: &Owed| *owed.schedule == Schedule::Instruction;
        let Some(old) = old else {
            amended.gain(task, None, on);
            amended.added += owed.count();
            continue;
        };
        match (on_instruction(&old), on_instruction(&owed)) {
            (true, true) => {}
            (false, false) => amended.pair(task, &owed, &old, on),
            _ => {
                amended.gain(task, None, on);
                amended.added += owed.count();
                amended.lost += old.count();
            }
        }
    }
    if let Some(then) = then {
        let gone = then.plan.tasks.iter();
        let gone = gone.filter(|task| of_task(now, &task.code).is_none());
        let lost = gone.filter_map(|task| then.owed(task));
        amended.lost += lost.map(|owed| owed.count()).sum::<u64>();
    }
    amended
}

impl Amended {
    fn gain(&mut self, task: &Task, period: Option<Day>, day: Day) {
        let task = task.code.clone();
        self.gains.push(Gain { task, period, day });
    }

    /// Compares the dues of one task.
    fn pair(&mut self, task: &Task, owed: &Owed, old: &Owed, on: Day) {
        let before = owed.before(old);
        let paired = before.iter().flatten().count() as u64;
        self.added += owed.count() - paired;
        self.lost += old.count() - paired;
        let mut gains = Vec::new();
        for (due, before) in owed.dues.iter().zip(before) {
            match before.map(|place| old.dues[place].due) {
                None => gains.push((due.key, on)),
                // What had been due before the amendment stays overdue since then; it is not due before that either.
                Some(was) if due.due < was => gains.push((due.key, on.min(was))),
                Some(_) => {}
            }
        }
        let Some((_, first)) = gains.first().copied() else {
            return;
        };
        let all = gains.len() == owed.dues.len() && gains.iter().all(|(_, day)| *day == first);
        if all {
            self.gain(task, None, first);
        } else {
            for (key, day) in gains {
                self.gain(task, Some(key), day);
            }
        }
    }
}

/// The obligations that a unit no longer owes at all, when it leaves the roster.
pub(crate) fn all_of(then: &Party) -> u64 {
    let owed = then.plan.tasks.iter().filter_map(|task| then.owed(task));
    owed.map(|owed| owed.count()).sum()
}

#[cfg(test)]
mod tests;
