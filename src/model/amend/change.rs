//! What an amendment changes of a plan and of units' names, from what to what. The journal keeps it, because the plan before is gone from the files.

use serde::{Deserialize, Serialize};

use super::settings;
use crate::model::plan::{Amount, Evidence, Plan, Target, Task};
use crate::model::unit::Unit;

/// What of a task or unit changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Changed {
    /// The task itself: it is new, or no longer there.
    Task,
    /// Its name.
    Name,
    /// Who owes it.
    Who,
    /// When it falls due.
    Due,
    /// What it takes.
    Target,
    /// Whether proof is wanted: `none`, `expected` or `required`.
    Evidence,
    /// What another key of the file says, of the task or of the whole plan.
    Setting,
}

/// One change, in words of the plans.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// What of it.
    pub what: Changed,
    /// The key of the file, of a setting.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub key: String,
    /// The task's code; empty where it is about a unit or the plan.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub task: String,
    /// The unit's code, where it is about one.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Its short name; of a setting of the plan none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// As it was; empty = there was none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub from: String,
    /// As it is now; empty = there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub to: String,
}

/// What one plan changes of another and of its tasks, in the order of the new plan; tasks that it no longer has come last.
pub(crate) fn changes(old: &Plan, new: &Plan) -> Vec<Change> {
    let settings = differences(settings::of_plan(old), settings::of_plan(new));
    let mut changes: Vec<Change> = settings
        .map(|(key, from, to)| Change {
            what: Changed::Setting,
            key,
            task: String::new(),
            unit: String::new(),
            name: String::new(),
            from,
            to,
        })
        .collect();
    for task in &new.tasks {
        let mut add = |what, key: &str, from: String, to: String| {
            if from != to {
                changes.push(Change {
                    what,
                    key: key.to_string(),
                    task: task.code.to_string(),
                    unit: String::new(),
                    name: task.short.clone(),
                    from,
                    to,
                });
            }
        };
        let Some(before) = old.tasks.iter().find(|known| known.code == task.code) else {
            add(Changed::Task, "", String::new(), task.short.clone());
            continue;
        };
        add(Changed::Name, "", before.name.clone(), task.name.clone());
        add(Changed::Who, "", before.who.join(", "), task.who.join(", "));
        add(Changed::Due, "", dues(old, before), dues(new, task));
        add(Changed::Target, "", target(before), target(task));
        let evidence = |task: &Task| evidence(task.evidence).to_string();
        add(Changed::Evidence, "", evidence(before), evidence(task));
        for (key, from, to) in differences(settings::of_task(before), settings::of_task(task)) {
            add(Changed::Setting, &key, from, to);
        }
    }
    let gone = |task: &&Task| new.tasks.iter().all(|known| known.code != task.code);
    changes.extend(old.tasks.iter().filter(gone).map(|task| Change {
        what: Changed::Task,
        key: String::new(),
        task: task.code.to_string(),
        unit: String::new(),
        name: task.short.clone(),
        from: task.short.clone(),
        to: String::new(),
    }));
    changes
}

/// The keys that say something else, with what they said and say: those of the new plan, then those that only the old one had.
fn differences(
    old: Vec<(String, String)>,
    new: Vec<(String, String)>,
) -> impl Iterator<Item = (String, String, String)> {
    let said = |all: &[(String, String)], key: &str| {
        let found = all.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let gone = old
        .iter()
        .filter(|(key, _)| new.iter().all(|(known, _)| known != key));
    let keys: Vec<String> = new.iter().chain(gone).map(|(key, _)| key.clone()).collect();
    let pairs = keys.into_iter().map(move |key| {
        let (from, to) = (said(&old, &key), said(&new, &key));
        (key, from, to)
    });
    pairs.filter(|(_, from, to)| from != to)
}

/// What a new roster changes of a unit's name, the full one or else the short one.
pub(crate) fn renamed(old: &Unit, new: &Unit) -> Option<Change> {
    let names = [(&old.name, &new.name), (&old.short, &new.short)];
    let (from, to) = names.into_iter().find(|(from, to)| from != to)?;
    Some(Change {
        what: Changed::Name,
        key: String::new(),
        task: String::new(),
        unit: new.code.to_string(),
        name: new.short.clone(),
        from: from.clone(),
        to: to.clone(),
    })
}

/// The due days of a task, with their shares; of more than four the first, the last and how many.
fn dues(plan: &Plan, task: &Task) -> String {
    let dues = task.schedule.dues(plan.issued);
    match &*dues {
        [first, .., last] if dues.len() > 4 && first.share.is_none() => {
            format!("{}..{} ({})", first.due, last.due, dues.len())
        }
        dues => {
            let said = dues.iter().map(|due| match due.share {
                None => due.due.to_string(),
                Some(share) => format!("{} ({share})", due.due),
            });
            said.collect::<Vec<_>>().join(" ")
        }
    }
}

/// What a task takes: `3 pcs`, `city: 10条, county: 5条`.
fn target(task: &Task) -> String {
    let Some(Target { needs, measure }) = &task.target else {
        return String::new();
    };
    let apart = measure.starts_with(|c: char| c.is_ascii_alphanumeric());
    let space = if apart { " " } else { "" };
    let needs = needs.iter().map(|need| {
        let who = match need.who.is_empty() {
            true => String::new(),
            false => format!("{}: ", need.who.join(", ")),
        };
        match &need.amount {
            Amount::Count(count) => format!("{who}{count}{space}{measure}"),
            Amount::Share { share, of } => format!("{who}{share} * {of}{space}{measure}"),
        }
    });
    needs.collect::<Vec<_>>().join("; ")
}

const fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::None => "none",
        Evidence::Expected => "expected",
        Evidence::Required => "required",
    }
}
