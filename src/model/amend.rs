//! What a new plan or roster lays on a unit: the obligations that it adds or moves earlier (DESIGN rule 1).

use super::code::TaskCode;
use super::day::Day;
use super::due::{Due, Schedule};
use super::plan::{Plan, Task};
use super::unit::Class;

/// A unit as a plan sees it.
#[derive(Clone, Copy, Debug)]
pub struct Party<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The unit's class under it.
    pub class: &'a Class,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
}

/// What changed for one unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amended {
    /// Obligations added or moved earlier: the task, and the due's key where it is not the whole task.
    pub gains: Vec<(TaskCode, Option<Day>)>,
    /// How many obligations were added.
    pub added: u64,
    /// How many are no longer owed.
    pub lost: u64,
}

impl Party<'_> {
    fn dues(&self, task: &Task) -> Option<Vec<Due>> {
        let within = |due: &Due| {
            self.since.is_none_or(|day| due.due >= day)
                && self.until.is_none_or(|day| due.due <= day)
        };
        task.owed_by(self.class).then(|| {
            task.schedule
                .dues(self.plan.issued)
                .into_iter()
                .filter(within)
                .collect()
        })
    }

    fn count(&self, task: &Task) -> u64 {
        let on_instruction = task.schedule == Schedule::Instruction;
        self.dues(task)
            .map_or(0, |dues| if on_instruction { 1 } else { dues.len() as u64 })
    }
}

/// Compares what a unit owed with what it owes now; `then` is `None` for a unit that is new.
pub fn amended(then: Option<&Party>, now: &Party) -> Amended {
    let mut amended = Amended::default();
    for task in &now.plan.tasks {
        let Some(dues) = now.dues(task) else { continue };
        let old_task =
            then.and_then(|then| then.plan.tasks.iter().find(|old| old.code == task.code));
        let old = old_task
            .zip(then)
            .and_then(|(task, then)| then.dues(task).map(|dues| (task, dues)));
        let Some((old_task, old_dues)) = old else {
            amended.gains.push((task.code.clone(), None));
            amended.added += now.count(task);
            continue;
        };
        let same_kind =
            std::mem::discriminant(&old_task.schedule) == std::mem::discriminant(&task.schedule);
        let mut gains = Vec::new();
        for (place, due) in dues.iter().enumerate() {
            let before = match task.schedule {
                Schedule::Once { .. } | Schedule::Milestones { .. } if same_kind => {
                    old_dues.get(place)
                }
                _ => old_dues.iter().find(|old| old.key == due.key),
            };
            amended.added += u64::from(before.is_none());
            if before.is_none_or(|before| due.due < before.due) {
                gains.push(Some(due.key));
            }
        }
        if !gains.is_empty()
            && (gains.len() == dues.len() || matches!(task.schedule, Schedule::Once { .. }))
        {
            gains = vec![None];
        }
        amended
            .gains
            .extend(gains.into_iter().map(|key| (task.code.clone(), key)));
    }
    if let Some(then) = then {
        for task in &then.plan.tasks {
            let remaining = now
                .plan
                .tasks
                .iter()
                .find(|new| new.code == task.code)
                .map_or(0, |new| now.count(new));
            amended.lost += then.count(task).saturating_sub(remaining);
        }
    }
    amended
}

/// The obligations that a unit no longer owes at all, when it leaves the roster.
pub fn all_of(then: &Party) -> u64 {
    then.plan.tasks.iter().map(|task| then.count(task)).sum()
}
