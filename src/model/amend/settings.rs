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

fn optional(key: &str, value: Option<impl ToString>) -> Setting {
    let value = value.map(|value| value.to_string());
    (key.to_string(), value.unwrap_or_default())
}

fn list(key: &str, values: &[impl ToString]) -> Setting {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    (key.to_string(), values.join(", "))
}

/// What the plan says of itself, of its phases and of points.
pub(super) fn of_plan(plan: &Plan) -> Vec<Setting> {
    let Plan {
        id: _,
        title,
        short,
        issuer,
        office,
        number,
        addressees,
        copies,
        issued,
        ends,
        supervisor,
        lang,
        timezone,
        due_soon,
        grace,
        rectify,
        calendar: Calendar { off, work },
        goals: _,
        themes: _,
        phases,
        activities: _,
        tasks: _,
        assessment,
    } = plan;
    let span = |(first, last): &(Day, Day)| format!("{first}..{last}");
    let mut settings = vec![
        setting("title", title),
        setting("short", short),
        setting("issuer", issuer),
        setting("office", office),
        setting("number", number),
        setting("addressees", addressees),
        setting("copies", copies),
        setting("issued", issued),
        optional("ends", *ends),
        optional("supervisor", supervisor.as_ref()),
        setting("lang", lang),
        setting("timezone", timezone),
        setting("due_soon", due_soon),
        setting("grace", grace),
        setting("rectify", rectify),
        list("calendar.off", &off.iter().map(span).collect::<Vec<_>>()),
        list("calendar.work", work),
    ];
    for phase in phases {
        let (id, days) = (&phase.id, span(&(phase.from, phase.to)));
        settings.push(setting(&format!("phase {id}"), days));
    }
    let Some(Assessment {
        base,
        floor,
        who,
        objection_days,
        notice_every,
        rules,
    }) = assessment
    else {
        return settings;
    };
    settings.extend([
        setting("base", base),
        setting("floor", floor),
        list("assessment.who", who),
        setting("objection_days", objection_days),
        optional("notice_every", notice_every.map(|period| period.key())),
    ]);
    settings.extend(rules.iter().map(rule));
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
        text += &format!(", {}", list("", tasks).1);
    }
    setting(&format!("rule {id}"), text)
}

/// What the plan says of a task.
pub(super) fn of_task(task: &Task) -> Vec<Setting> {
    let Task {
        code: _,
        name: _,
        short,
        activity: _,
        clause: _,
        text: _,
        who: _,
        schedule,
        target: _,
        totals,
        any_of,
        nil,
        optional: never_owed,
        by_roster,
        open,
        evidence: _,
        goals,
        themes,
        decided: _,
    } = task;
    let (from, by) = match schedule {
        Schedule::Once { from, .. } | Schedule::Milestones { from, .. } => (*from, None),
        Schedule::Every { from, by, .. } => (Some(*from), *by),
        Schedule::Instruction => (None, None),
    };
    let by = by.map(|by| match by {
        By::Weekday(day) => format!("weekday {day}"),
        By::Monthday(day) => day.to_string(),
    });
    vec![
        setting("short", short),
        optional("every", schedule.period().map(|period| period.key())),
        optional("by", by),
        optional("from", from),
        setting("counts", if *totals { "total" } else { "" }),
        list("any_of", any_of),
        setting("nil", nil),
        setting("optional", never_owed),
        setting("by_roster", by_roster),
        optional("open", open.as_ref()),
        list("goals", goals),
        list("themes", themes),
    ]
}
