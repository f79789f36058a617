//! Settling phases, activities and tasks.

use std::collections::HashMap;

use super::schedule::DueGroup;
use super::{Edge, Group, Ids, Origin, Settling};
use crate::model::code::{Id, TaskCode};
use crate::model::day::Day;
use crate::model::due::Schedule;
use crate::model::plan::{Activity, Phase, Task};
use crate::source::near::did_you_mean;
use crate::source::plan::finding::{Finding, KeyPath};
use crate::source::plan::raw;
use crate::source::problem::say;

/// What the phases hold.
#[derive(Default)]
pub(super) struct Duties {
    pub phases: Vec<Phase>,
    pub activities: Vec<Activity>,
    pub tasks: Vec<Task>,
    pub origins: Vec<Origin>,
    /// The ids of all tasks.
    pub codes: Ids,
}

/// The ids that were used so far, and where.
#[derive(Default)]
struct Seen {
    phases: HashMap<String, String>,
    activities: HashMap<String, String>,
    tasks: HashMap<String, String>,
}

/// What a task can refer to.
#[derive(Clone, Copy)]
struct Referable<'a> {
    window: Option<&'a Phase>,
    goals: &'a Ids,
    themes: &'a Ids,
}

/// What an activity lends its tasks.
struct Above<'a> {
    group: Option<DueGroup>,
    phase: Option<&'a Phase>,
    raw: &'a raw::Task,
}

impl Settling {
    pub(super) fn phases(&mut self, raw: Vec<raw::Phase>, goals: &Ids, themes: &Ids) -> Duties {
        let known = Referable {
            window: None,
            goals,
            themes,
        };
        let (mut duties, mut seen) = (Duties::default(), Seen::default());
        let list = KeyPath::top("phase");
        if raw.is_empty() {
            self.missing(&list, "phase");
        }
        for (place, mut raw) in raw.into_iter().enumerate() {
            let at = list.index(place);
            self.once_if(&mut seen.phases, raw.id.as_deref(), &at);
            let activities = std::mem::take(&mut raw.activity);
            let phase = self.phase(raw, &at);
            if activities.is_empty() {
                self.found.push(Finding::warning(
                    &at,
                    say!("check-phase-without-activities"),
                ));
            }
            let known = Referable {
                window: phase.as_ref(),
                ..known
            };
            for (activity, raw) in activities.into_iter().enumerate() {
                let origin = Origin {
                    phase: place,
                    activity,
                    task: None,
                    group: Group::Phase,
                    due_key: "to",
                };
                self.activity(raw, origin, &at, &known, &mut seen, &mut duties);
            }
            duties.phases.extend(phase.or_else(lost_phase));
        }
        duties
    }

    /// The phase. One without a usable window is kept as far as it goes, so that its tasks are still read.
    fn phase(&mut self, raw: raw::Phase, at: &KeyPath<'_>) -> Option<Phase> {
        let id = self.id(raw.id.as_deref(), at);
        let name = self.text(raw.name, "name", at);
        for (key, missing) in [("from", raw.from.is_none()), ("to", raw.to.is_none())] {
            if missing {
                self.missing(at, key);
            }
        }
        let from = self.day(raw.from.as_ref(), Edge::First, &at.key("from"));
        let to = self.day(raw.to.as_ref(), Edge::Last, &at.key("to"));
        self.in_order(from, to, &at.key("from"));
        Some(Phase {
            id: id?,
            name: name?,
            clause: raw.clause.unwrap_or_default(),
            from: from?,
            to: to?,
        })
    }

    fn activity(
        &mut self,
        raw: raw::Activity,
        origin: Origin,
        phase: &KeyPath<'_>,
        known: &Referable<'_>,
        seen: &mut Seen,
        duties: &mut Duties,
    ) {
        let list = phase.key("activity");
        let at = list.index(origin.activity);
        let (own, tasks) = raw.split();
        self.once_if(&mut seen.activities, own.id.as_deref(), &at);
        let window = known.window;
        let group = self.group(&own, None, window, &at);
        let activity = self.named_activity(&own, origin.phase, &at);
        let place = duties.activities.len();
        if tasks.is_empty() {
            self.once_if(&mut seen.tasks, own.id.as_deref(), &at);
            let id = activity
                .as_ref()
                .and_then(|activity| activity.id.as_str().parse().ok());
            let (group_of, due_key) = source(group.as_ref(), None);
            let schedule = scheduled(group.as_ref(), None, window);
            duties.codes.extend([own.id.clone()]);
            let task = self.task(own, (id, place, schedule), None, known, &at);
            duties
                .activities
                .extend(activity.or_else(|| lost_activity(origin.phase)));
            if let Some(task) = task {
                duties.tasks.push(task);
                duties.origins.push(Origin {
                    group: group_of,
                    due_key,
                    ..origin
                });
            }
            return;
        }
        self.keys_for_nobody(&own, &at);
        self.references(&own, known, &at);
        duties
            .activities
            .extend(activity.or_else(|| lost_activity(origin.phase)));
        let above = Above {
            group,
            phase: window,
            raw: &own,
        };
        let list = at.key("task");
        for (number, raw) in tasks.into_iter().enumerate() {
            let at = list.index(number);
            self.once_if(&mut seen.tasks, raw.id.as_deref(), &at);
            let group = self.group(&raw, above.group.as_ref(), above.phase, &at);
            let (group_of, due_key) = source(group.as_ref(), above.group.as_ref());
            duties.codes.extend([raw.id.clone()]);
            let schedule = scheduled(group.as_ref(), above.group.as_ref(), above.phase);
            let id = self.id::<TaskCode>(raw.id.as_deref(), &at);
            if let Some(task) = self.task(raw, (id, place, schedule), Some(&above), known, &at) {
                duties.tasks.push(task);
                duties.origins.push(Origin {
                    task: Some(number),
                    group: group_of,
                    due_key,
                    ..origin
                });
            }
        }
    }

    fn named_activity(
        &mut self,
        raw: &raw::Task,
        phase: usize,
        at: &KeyPath<'_>,
    ) -> Option<Activity> {
        let id = self.id::<Id>(raw.id.as_deref(), at);
        let name = self.text(raw.name.clone(), "name", at);
        Some(Activity {
            id: id?,
            name: name?,
            clause: raw.clause.clone().unwrap_or_default(),
            text: raw.text.clone().unwrap_or_default(),
            phase,
        })
    }

    /// Keys that an activity with tasks does not lend them.
    fn keys_for_nobody(&mut self, raw: &raw::Task, at: &KeyPath<'_>) {
        let keys = [
            ("short", raw.short.is_some()),
            ("target", raw.target.is_some()),
            ("counts", raw.counts.is_some()),
            ("any_of", raw.any_of.is_some()),
            ("nil", raw.nil.is_some()),
            ("optional", raw.optional.is_some()),
            ("by_roster", raw.by_roster.is_some()),
            ("open", raw.open.is_some()),
            ("decided", raw.decided.is_some()),
        ];
        for (key, _) in keys.iter().filter(|(_, given)| *given) {
            let saying = say!("check-not-inherited", key = key);
            let saying = saying.hint(say!("hint-move-to-task", key = key));
            self.found.push(Finding::warning(&at.key(key), saying));
        }
    }

    fn task(
        &mut self,
        raw: raw::Task,
        (code, activity, schedule): (Option<TaskCode>, usize, Option<Schedule>),
        above: Option<&Above<'_>>,
        known: &Referable<'_>,
        at: &KeyPath<'_>,
    ) -> Option<Task> {
        let name = if above.is_some() {
            self.text(raw.name.clone(), "name", at)
        } else {
            raw.name.clone()
        };
        self.references(&raw, known, at);
        let target = raw
            .target
            .as_ref()
            .and_then(|target| self.target(target, at));
        if raw.milestone.is_some() && raw.target.is_none() {
            self.error(&at.key("milestone"), say!("check-milestone-without-target"));
        }
        let who = raw
            .who
            .or_else(|| above?.raw.who.clone())
            .unwrap_or_default();
        if who.is_empty() && raw.open.is_none() {
            let saying = say!("check-no-who", id = raw.id.as_deref().unwrap_or("?"));
            let found = Finding::error(at, saying.hint(say!("hint-who-or-open")));
            self.found.push(found.missing(&["who"]));
        }
        self.not_empty(raw.open.as_ref(), "open", at);
        self.not_empty(raw.short.as_ref(), "short", at);
        if raw.by_roster.is_some() && raw.target.is_some() {
            self.error(&at.key("by_roster"), say!("check-roster-task-target"));
        }
        let ids = |own: Option<Vec<String>>, lent: Option<&Vec<String>>| -> Vec<Id> {
            let list = own.or_else(|| lent.cloned()).unwrap_or_default();
            list.iter().filter_map(|id| id.parse().ok()).collect()
        };
        let lent = above.map(|above| above.raw);
        let inherited = |own: Option<String>, lent: Option<&String>| {
            own.or_else(|| lent.cloned()).unwrap_or_default()
        };
        let name = name?;
        Some(Task {
            code: code?,
            short: raw.short.unwrap_or_else(|| name.clone()),
            name,
            activity,
            clause: inherited(raw.clause, lent.and_then(|lent| lent.clause.as_ref())),
            text: inherited(raw.text, lent.and_then(|lent| lent.text.as_ref())),
            who,
            schedule: schedule?,
            target,
            totals: raw.counts.is_some(),
            any_of: raw.any_of.unwrap_or_default(),
            nil: raw.nil.unwrap_or(false),
            optional: raw.optional.unwrap_or(false),
            by_roster: raw.by_roster.is_some(),
            open: raw.open,
            evidence: raw.evidence.or_else(|| lent?.evidence).unwrap_or_default(),
            goals: ids(raw.goals, lent.and_then(|lent| lent.goals.as_ref())),
            themes: ids(raw.themes, lent.and_then(|lent| lent.themes.as_ref())),
            decided: raw.decided.unwrap_or_default().into_iter().collect(),
        })
    }

    /// Goals and themes that the plan does not have, and words that nothing settles.
    fn references(&mut self, raw: &raw::Task, known: &Referable<'_>, at: &KeyPath<'_>) {
        let (goals, themes) = (at.key("goals"), at.key("themes"));
        for (place, id) in raw.goals.iter().flatten().enumerate() {
            if let Some(hint) = known.goals.unknown(id) {
                let saying = say!("check-unknown-goal", id = id).hint(hint);
                self.error(&goals.index(place), saying);
            }
        }
        for (place, id) in raw.themes.iter().flatten().enumerate() {
            if let Some(hint) = known.themes.unknown(id) {
                let saying = say!("check-unknown-theme", id = id).hint(hint);
                self.error(&themes.index(place), saying);
            }
        }
        let table = at.key("decided");
        let settled = || {
            raw::Task::KEYS
                .iter()
                .copied()
                .filter(|key| !UNSETTLED.contains(key))
        };
        for key in raw.decided.iter().flat_map(|decided| decided.keys()) {
            if !settled().any(|known| known == key) {
                let saying = say!("check-decided-key", key = key);
                let saying = saying.hint(did_you_mean(key, settled()));
                self.found.push(Finding::warning(&table.key(key), saying));
            }
        }
    }
}

/// The keys of a task of which nobody can say that the text left them open.
const UNSETTLED: [&str; 2] = ["open", "decided"];

/// In the place of a phase that is wrong, so that others keep theirs: without a window, and without a day to say anything about.
fn lost_phase() -> Option<Phase> {
    Some(Phase {
        id: "lost".parse().ok()?,
        name: String::new(),
        clause: String::new(),
        from: Day::from_number(i32::MAX),
        to: Day::from_number(1),
    })
}

/// In the place of an activity that is wrong, so that others keep theirs.
fn lost_activity(phase: usize) -> Option<Activity> {
    Some(Activity {
        id: "lost".parse().ok()?,
        name: String::new(),
        clause: String::new(),
        text: String::new(),
        phase,
    })
}

/// Whose group says when, and by which key.
fn source(own: Option<&DueGroup>, above: Option<&DueGroup>) -> (Group, &'static str) {
    match (own, above) {
        (Some(group), _) => (Group::Own, group.key),
        (None, Some(group)) => (Group::Activity, group.key),
        (None, None) => (Group::Phase, "to"),
    }
}

/// The task's own group, else its activity's, else the phase's end. `None` where a group is there and wrong.
fn scheduled(
    own: Option<&DueGroup>,
    above: Option<&DueGroup>,
    phase: Option<&Phase>,
) -> Option<Schedule> {
    match own.or(above) {
        Some(group) => group.schedule.clone(),
        None => phase.map(|phase| Schedule::Once {
            from: None,
            due: phase.to,
        }),
    }
}
