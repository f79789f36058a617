//! Advice on tasks: their windows, days, periods, targets, and those that ask for the same thing.

use std::collections::BTreeMap;

use super::{Advice, listed};
use crate::model::day::Day;
use crate::model::due::Schedule;
use crate::model::plan::{Amount, Task};
use crate::source::plan::found::Path;
use crate::source::plan::settle::{Group, Origin};
use crate::source::problem::{Saying, say};

impl Advice<'_> {
    /// Dues outside their phase.
    pub(super) fn windows(&mut self) {
        let mut outside = Vec::new();
        for (task, origin) in self.tasks() {
            let phase = self.plan.phase_of(task);
            let Some((first, last)) = span(&task.schedule) else {
                continue;
            };
            if origin.group != Group::Phase && (first < phase.from || last > phase.to) {
                let day = if last > phase.to { last } else { first };
                let saying = say!(
                    "check-outside-phase",
                    day = day,
                    phase = phase.name,
                    from = phase.from,
                    to = phase.to
                );
                outside.push((origin.due_path(&task.schedule), saying));
            }
        }
        self.once_a_place(outside);
    }

    /// Dues before the plan was issued, and on days off.
    pub(super) fn days(&mut self) {
        let plan = self.plan;
        let (mut early, mut off) = (Vec::new(), Vec::new());
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            for due in fixed(&task.schedule) {
                let at = origin.due_path(&task.schedule);
                if due < plan.issued {
                    early.push((
                        at,
                        say!("check-due-before-issued", due = due, issued = plan.issued),
                    ));
                } else if plan.calendar.is_off(due) {
                    off.push((at, say!("check-due-day-off", due = due)));
                }
            }
        }
        self.once_a_place(early);
        self.once_a_place(off);
    }

    /// Words that ask for more than once, without a period.
    pub(super) fn periods(&mut self) {
        let mut lacking = Vec::new();
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let words = [
                "持续",
                "定期",
                "经常",
                "每天",
                "每日",
                "每周",
                "每月",
                "daily",
                "weekly",
                "monthly",
                "regularly",
                "continuous",
            ];
            let said = |word: &&&str| {
                task.name.to_lowercase().contains(**word)
                    || task.text.to_lowercase().contains(**word)
            };
            if let (Schedule::Once { .. }, Some(word)) = (&task.schedule, words.iter().find(said)) {
                lacking.push((
                    origin.path(&[]),
                    say!("check-no-period", task = task.name, word = word),
                ));
            }
        }
        for (at, saying) in lacking {
            self.warn(at, saying, Some(say!("hint-every")));
        }
    }

    /// Quantities that nobody set, or that the roster does not say.
    pub(super) fn targets(&mut self) {
        let mut unset: Vec<(&Task, &Origin)> = Vec::new();
        let mut lacking: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut classless: Vec<(Path, Saying)> = Vec::new();
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let Some(target) = &task.target else {
                let settled = task.decided.iter().any(|(key, _)| key == "target");
                let once = !matches!(task.schedule, Schedule::Every { .. });
                if !settled && once && !task.by_roster && !task.nil {
                    unset.push((task, origin));
                }
                continue;
            };
            let mut without = Vec::new();
            for (class, units) in self
                .units
                .classes
                .iter()
                .filter(|(class, _)| task.owed_by(class))
            {
                match task.need_of(class).map(|need| &need.amount) {
                    None => without.extend(units.iter().map(|unit| unit.short.as_str())),
                    Some(Amount::Count(_)) => {}
                    Some(Amount::Share { of, .. }) => {
                        for unit in units {
                            let list = lacking.entry(of.clone()).or_default();
                            let empty = unit.attribute(of).unwrap_or_default().is_empty();
                            if empty && !list.contains(&unit.short.as_str()) {
                                list.push(&unit.short);
                            }
                        }
                    }
                }
            }
            if !without.is_empty() {
                let names = listed(&without);
                let saying = say!("check-no-need", count = without.len(), names = names);
                classless.push((origin.path(&["target"]), saying));
            }
            debug_assert!(!target.needs.is_empty(), "a target has a need");
        }
        lacking.retain(|_, names| !names.is_empty());
        let about_roster: Vec<Saying> = lacking
            .into_iter()
            .map(|(of, names)| {
                let (count, names) = (names.len(), listed(&names));
                say!(
                    "check-attribute-missing",
                    of = of,
                    count = count,
                    names = names
                )
            })
            .collect();
        let names: Vec<&str> = unset.iter().map(|(task, _)| task.code.as_str()).collect();
        let unset = unset.first().map(|(_, origin)| {
            let saying = say!(
                "check-no-target",
                count = names.len(),
                names = names.join(", ")
            );
            (origin.path(&["id"]), saying)
        });
        if let Some((at, saying)) = unset {
            self.warn(at, saying, Some(say!("hint-target")));
        }
        for (at, saying) in classless {
            self.warn(at, saying, None);
        }
        self.about_roster
            .extend(about_roster.into_iter().map(|saying| (saying, None)));
    }

    /// Tasks that look like one another to whoever types, or to whoever reads.
    pub(super) fn doubles(&mut self) {
        let mut found = Vec::new();
        let tasks: Vec<(&Task, &Origin)> = self.tasks().collect();
        for (place, (task, origin)) in tasks.iter().enumerate() {
            for (other, _) in &tasks[..place] {
                if task.short == other.short || task.name == other.name {
                    let saying = say!(
                        "check-task-name-twice",
                        name = task.short,
                        other = other.code
                    );
                    found.push((origin.path(&["name"]), saying));
                } else if task.is_owed()
                    && other.is_owed()
                    && task.who.iter().any(|word| other.who.contains(word))
                    && are_alike(&task.name, &other.name)
                {
                    let saying = say!("check-tasks-alike", one = other.code, other = task.code);
                    found.push((origin.path(&["name"]), saying));
                }
            }
        }
        for (at, saying) in found {
            self.warn(at, saying, None);
        }
    }
}

/// The first and the last day that a schedule speaks of.
fn span(schedule: &Schedule) -> Option<(Day, Day)> {
    match schedule {
        Schedule::Once { from, due } => Some((from.unwrap_or(*due), *due)),
        Schedule::Every { from, to, .. } => Some((*from, *to)),
        Schedule::Milestones { from, steps } => {
            let (first, last) = (steps.first()?.due, steps.last()?.due);
            Some((from.unwrap_or(first), last))
        }
        Schedule::Instruction => None,
    }
}

/// The due days that somebody chose one by one.
fn fixed(schedule: &Schedule) -> Vec<Day> {
    match schedule {
        Schedule::Once { due, .. } => vec![*due],
        Schedule::Milestones { steps, .. } => steps.iter().map(|step| step.due).collect(),
        Schedule::Every { .. } | Schedule::Instruction => Vec::new(),
    }
}

/// Whether two names share a stretch of at least four letters that is half of the shorter one.
fn are_alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let (one, other) = (letters(one), letters(other));
    let mut longest = 0;
    let mut row = vec![0_usize; other.len() + 1];
    for a in &one {
        for (place, b) in other.iter().enumerate().rev() {
            row[place + 1] = if a == b { row[place] + 1 } else { 0 };
            longest = longest.max(row[place + 1]);
        }
    }
    longest >= 4 && longest * 2 >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::are_alike;

    #[test]
    fn names_that_share_half_are_alike() {
        assert!(are_alike(
            "LED显示屏滚动播放宣传标语",
            "“宣传月”LED显示屏宣传"
        ));
        assert!(!are_alike("人员集中区悬挂横幅", "显要位置张贴宣传海报"));
        assert!(!are_alike("手机短信宣传", "手机彩铃宣传"));
    }
}
