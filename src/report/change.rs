//! What changed since a day: end of that day against end of the day asked about, under one plan (rule 8).

use compact_str::CompactString;
use serde::Serialize;

use super::frame::listed;
use crate::document::{Document, Text};
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::turn::Turn;
use crate::query::{Error, TurnedUnit, Turns, Workspace};
use crate::words::{Words, args};

/// One obligation that changed.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Changed {
    /// The unit's code.
    pub unit: CompactString,
    /// The unit's short name.
    pub name: CompactString,
    /// The task's code.
    pub task: CompactString,
    /// The task's short name.
    pub task_name: CompactString,
    /// The due day.
    pub due: Option<Day>,
}

/// What changed, in disjoint lists.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Change {
    /// The day compared with.
    pub since: Day,
    /// Fulfilled now, neither fulfilled nor overdue then.
    pub newly_done: Vec<Changed>,
    /// Overdue then, fulfilled now.
    pub caught_up: Vec<Changed>,
    /// Overdue now, not then.
    pub newly_overdue: Vec<Changed>,
    /// Returned now, not then.
    pub returned: Vec<Changed>,
}

impl Change {
    /// Nothing has changed yet.
    const fn new(since: Day) -> Self {
        Self {
            since,
            newly_done: Vec::new(),
            caught_up: Vec::new(),
            newly_overdue: Vec::new(),
            returned: Vec::new(),
        }
    }

    /// What turned for units, in the order of the roster.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, turns: Turns) -> Result<Option<Self>, Error> {
        let Some((since, list)) = turns.finish(workspace)? else {
            return Ok(None);
        };
        let mut change = Self::new(since);
        for unit in &list {
            change.note(&workspace.plan, unit);
        }
        Ok(Some(change))
    }

    /// Notes the obligations of one unit that changed.
    fn note(&mut self, plan: &Plan, unit: &TurnedUnit) {
        for turned in &unit.turned {
            let task = &plan.tasks[turned.task];
            let changed = Changed {
                unit: unit.code.clone(),
                name: unit.name.clone(),
                task: task.code.as_str().into(),
                task_name: task.short.as_str().into(),
                due: turned.due,
            };
            let list = match turned.turn {
                Turn::NewlyDone => &mut self.newly_done,
                Turn::CaughtUp => &mut self.caught_up,
                Turn::NewlyOverdue => &mut self.newly_overdue,
                Turn::Returned => &mut self.returned,
            };
            list.push(changed);
        }
    }

    /// Tells the change: one point a list, the first few by name.
    pub(crate) fn tell(&self, document: &mut Document, words: &Words) {
        let since = self.since.to_string();
        let since = words.say("status-since", &args!(day = since.as_str()));
        let mut points: Vec<Text> = Vec::new();
        let lists = [
            ("status-newly-done", &self.newly_done),
            ("status-caught-up", &self.caught_up),
            ("status-newly-overdue", &self.newly_overdue),
            ("status-newly-returned", &self.returned),
        ];
        for (id, list) in lists {
            let names: Vec<String> = list
                .iter()
                .take(5)
                .map(|one| format!("{} {}", one.name, one.task_name))
                .collect();
            let mut names = listed(words, &names);
            if list.len() > 5 {
                names.push_str(&words.text("status-and-more"));
            }
            points.push(words.say(id, &args!(n = list.len(), names = names)).into());
        }
        document.line(since);
        document.list(points);
    }
}
