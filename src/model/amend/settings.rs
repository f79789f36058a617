//! What a plan says beside its tasks' names, owners, days, targets and proof, by the keys of its file. A change of it has to show as well: more days of
//! grace take units off the lagging list.

use crate::model::day::Day;
use crate::model::due::{By, Schedule};
use crate::model::plan::{Assessment, Calendar, Per, Plan, Rule, Task};

/// A key of the file and its value in words; empty = not said.
type Setting = (String, String);

fn setting(key: &str, value: impl ToString) -> Setting {
    (key.to_string(), value.to_string())
}

/// The settings of a struct, a line for each of its fields: the compiler asks for that of a new one.
macro_rules! settings {
    ($type:ident { $($field:ident: $told:ident,)* } = $value:expr) => {{
        let $type { $($field,)* } = $value;
        vec![$(setting(stringify!($field), $told($field)),)*]
    }};
}

fn told(value: &impl ToString) -> String {
    value.to_string()
}

fn told_if_any(value: &Option<impl ToString>) -> String {
    value.as_ref().map(told).unwrap_or_default()
}

fn told_all(values: &[impl ToString]) -> String {
    values.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// Of what is told by another key or elsewhere, and of what changes no figure.
fn untold<T>(_: &T) -> String {
    String::new()
}

/// What the plan says of itself, of its phases and of points.
pub(super) fn of_plan(plan: &Plan) -> Vec<Setting> {
    let mut settings = settings!(
        Plan {
            id: untold,
            title: told,
            short: told,
            issuer: told,
            office: told,
            number: told,
            addressees: told,
            copies: told,
            issued: told,
            ends: told_if_any,
            supervisor: told_if_any,
            lang: told,
            timezone: told,
            due_soon: told,
            grace: told,
            rectify: told,
            calendar: untold,
            goals: untold,
            themes: untold,
            phases: untold,
            activities: untold,
            tasks: untold,
            assessment: untold,
        } = plan
    );
    let span = |(first, last): &(Day, Day)| format!("{first}..{last}");
    let Calendar { off, work } = &plan.calendar;
    let off: Vec<String> = off.iter().map(span).collect();
    settings.push(setting("calendar.off", told_all(&off)));
    settings.push(setting("calendar.work", told_all(work)));
    for phase in &plan.phases {
        let (id, days) = (&phase.id, span(&(phase.from, phase.to)));
        settings.push(setting(&format!("phase {id}"), days));
    }
    let Some(assessment) = &plan.assessment else {
        return settings;
    };
    settings.extend(settings!(
        Assessment {
            base: told,
            floor: told,
            who: untold,
            objection_days: told,
            notice_every: untold,
            rules: untold,
        } = assessment
    ));
    let every = assessment.notice_every.map(|period| period.key());
    settings.push(setting("assessment.who", told_all(&assessment.who)));
    settings.push(setting("notice_every", told_if_any(&every)));
    settings.extend(assessment.rules.iter().map(rule));
    settings
}

/// A rule in one line: `overdue -1 / day, cap 5, again 2`.
fn rule(rule: &Rule) -> Setting {
    let Rule {
        id,
        name: _,
        clause: _,
        on,
        tasks,
        points,
        per,
        cap,
        again,
    } = rule;
    let per = match per {
        Per::Obligation => "",
        Per::Day => " / day",
        Per::Unit => " / unit",
    };
    let mut text = format!("{} {points}{per}", on.key());
    for (key, value) in [("cap", cap), ("again", again)] {
        if let Some(value) = value {
            text += &format!(", {key} {value}");
        }
    }
    if !tasks.is_empty() {
        text += &format!(", {}", told_all(tasks));
    }
    setting(&format!("rule {id}"), text)
}

/// What the plan says of a task.
pub(super) fn of_task(task: &Task) -> Vec<Setting> {
    let mut settings = settings!(
        Task {
            code: untold,
            name: untold,
            short: told,
            activity: untold,
            clause: untold,
            text: untold,
            who: untold,
            schedule: untold,
            target: untold,
            totals: untold,
            any_of: told_all,
            nil: told,
            optional: told,
            by_roster: told,
            open: told_if_any,
            evidence: untold,
            goals: told_all,
            themes: told_all,
            decided: untold,
        } = task
    );
    let (from, by) = match &task.schedule {
        Schedule::Once { from, .. } | Schedule::Milestones { from, .. } => (*from, None),
        Schedule::Every { from, by, .. } => (Some(*from), *by),
        Schedule::Instruction => (None, None),
    };
    let by = by.map(|by| match by {
        By::Weekday(day) => format!("weekday {day}"),
        By::Monthday(day) => day.to_string(),
    });
    let every = task.schedule.period().map(|period| period.key());
    settings.extend([
        setting("every", told_if_any(&every)),
        setting("by", told_if_any(&by)),
        setting("from", told_if_any(&from)),
        setting("counts", if task.totals { "total" } else { "" }),
    ]);
    settings
}
