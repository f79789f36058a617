//! Advice on tasks: their windows, days, periods, targets, and those that ask for the same thing.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::places::path;
use super::{Advice, CODES, first_of, listed};
use crate::model::day::Day;
use crate::model::due::Schedule;
use crate::model::plan::{Amount, Phase, Task};
use crate::model::unit::Unit;
use crate::source::near::folded;
use crate::source::plan::finding::Path;
use crate::source::plan::settle::{Group, Origin};
use crate::source::problem::{Saying, Severity, say};

impl Advice<'_> {
    /// Dues outside their phase.
    pub(super) fn windows(&mut self) {
        let mut outside = Vec::new();
        for (task, origin) in self.tasks() {
            let phase = self.plan.phase_of(task);
            let span = span(&task.schedule).filter(|_| phase.from <= phase.to);
            let Some((first, last)) = span else {
                continue;
            };
            if origin.group != Group::Phase && (first < phase.from || last > phase.to) {
                let day = if last > phase.to { last } else { first };
                let Phase { name, from, to, .. } = phase;
                let id = "check-outside-phase";
                let saying = say!(id, day = day, phase = name, from = from, to = to);
                outside.push((origin.due_path(), saying));
            }
        }
        self.once_a_place(outside);
    }

    /// Dues before the plan was issued, and on days off.
    pub(super) fn days(&mut self) {
        let plan = self.plan;
        let (mut early, mut off) = (Vec::new(), Vec::new());
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            for (place, due) in fixed(&task.schedule) {
                let at = origin.due_path();
                let at = match place {
                    Some(place) => at.index(place).key("due"),
                    None => at,
                };
                if due < plan.issued {
                    let saying = say!("check-due-before-issued", due = due, issued = plan.issued);
                    early.push((at, saying));
                } else if plan.calendar.is_off(due) {
                    off.push((at, say!("check-due-day-off", due = due)));
                }
            }
        }
        self.once_a_place(early);
        self.once_a_place(off);
    }

    /// Periods whose named day is a holiday, and a first or last period of which the window leaves less than half.
    pub(super) fn cut_periods(&mut self) {
        let plan = self.plan;
        let (mut off, mut cut) = (Vec::new(), Vec::new());
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let Schedule::Every { period, by, .. } = &task.schedule else {
                continue;
            };
            let dues = task.schedule.dues(plan.issued);
            let days: Vec<String> = dues
                .iter()
                .filter(|due| by.is_some() && plan.calendar.is_holiday(due.due))
                .map(|due| due.due.to_string())
                .collect();
            if !days.is_empty() {
                let days: Vec<&str> = days.iter().map(String::as_str).collect();
                let (count, days) = (days.len(), listed(&days));
                let saying = say!("check-dues-days-off", count = count, days = days);
                off.push((origin.due_path(), saying));
            }
            let ends = [dues.first(), dues.last().filter(|_| dues.len() > 1)];
            for due in ends.into_iter().flatten() {
                let (Some(opens), Some(closes)) = (due.opens, due.closes) else {
                    continue;
                };
                let (left, whole) = (closes - opens + 1, due.key - period.first(due.key) + 1);
                if left * 2 < whole {
                    let (id, from, to) = ("check-period-cut", opens, closes);
                    let saying = say!(id, from = from, to = to, left = left, whole = whole);
                    cut.push((origin.due_path(), saying));
                }
            }
        }
        self.once_a_place(off);
        for (at, saying) in cut {
            self.warn(at, saying);
        }
    }

    /// Words that ask for more than once, without a period.
    pub(super) fn periods(&mut self) {
        let mut lacking = Vec::new();
        let words = "持续 定期 经常 每天 每日 每周 每月 daily weekly monthly regularly continuous";
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let said = |word: &&str| {
                task.name.to_lowercase().contains(word) || task.text.to_lowercase().contains(word)
            };
            let said = words.split(' ').find(said);
            if let (Schedule::Once { .. }, Some(word)) = (&task.schedule, said) {
                let saying = say!("check-no-period", task = task.name, word = word);
                lacking.push((origin.path(&[]), saying.hint(say!("hint-every"))));
            }
        }
        for (at, saying) in lacking {
            self.warn(at, saying);
        }
    }

    /// Tasks that are called a contact, and that the roster does not fulfil.
    pub(super) fn contacts_by_hand(&mut self) {
        let mut by_hand = Vec::new();
        for (task, origin) in self
            .tasks()
            .filter(|(task, _)| task.is_owed() && !task.by_roster)
        {
            let name = task.name.to_lowercase();
            if ["contact", "责任人", "联系人"]
                .iter()
                .any(|word| name.contains(word))
            {
                let saying = say!("check-contact-by-hand", task = task.name);
                by_hand.push((origin.path(&["name"]), saying.hint(say!("hint-by-roster"))));
            }
        }
        for (at, saying) in by_hand {
            self.say(Severity::Note, at, saying);
        }
    }

    /// Quantities that nobody set.
    pub(super) fn unset_targets(&mut self) {
        let unset = self.tasks().filter(|(task, _)| {
            let settled = task.decided.iter().any(|(key, _)| key == "target");
            let once = !matches!(task.schedule, Schedule::Every { .. });
            let open = task.target.is_none() && !settled && once;
            task.is_owed() && open && !task.by_roster && !task.nil
        });
        let unset: Vec<(&Task, &Origin)> = unset.collect();
        let Some((_, origin)) = unset.first() else {
            return;
        };
        let at = origin.path(&["id"]);
        let names: Vec<&str> = unset.iter().map(|(task, _)| task.code.as_str()).collect();
        let (count, names) = (names.len(), first_of(&names, CODES));
        let saying = say!("check-no-target", count = count, names = names);
        self.warn(at, saying.hint(say!("hint-target")));
    }

    /// Quantities that the target or the roster does not say for some unit.
    pub(super) fn targets(&mut self) {
        let mut lacking: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut classless: Vec<(Path, Saying)> = Vec::new();
        let owed = |(task, _): &(&Task, &Origin)| task.is_owed() && task.target.is_some();
        for (task, origin) in self.tasks().filter(owed) {
            let mut without = Vec::new();
            let classes = self.units.classes.iter();
            for (class, units) in classes.filter(|(class, _)| task.owed_by(class)) {
                match task.need_of(class).map(|need| &need.amount) {
                    None => without.extend(units.iter().map(|unit| unit.short.as_str())),
                    Some(Amount::Count(_)) => {}
                    Some(Amount::Share { of, .. }) => {
                        let empty = |unit: &&&Unit| unit.attribute(of).is_none_or(str::is_empty);
                        let list = lacking.entry(of.clone()).or_default();
                        list.extend(units.iter().filter(empty).map(|unit| unit.short.as_str()));
                    }
                }
            }
            if !without.is_empty() {
                let names = listed(&without);
                let saying = say!("check-no-need", count = without.len(), names = names);
                classless.push((origin.path(&["target"]), saying));
            }
        }
        let mut about_roster = Vec::new();
        for (of, mut names) in lacking {
            let mut seen = HashSet::new();
            names.retain(|name| seen.insert(*name));
            if !names.is_empty() {
                let (count, names) = (names.len(), listed(&names));
                let id = "check-attribute-missing";
                let saying = say!(id, of = of, count = count, names = names);
                about_roster.push((Severity::Warning, saying));
            }
        }
        for (at, saying) in classless {
            self.warn(at, saying);
        }
        self.about_roster.extend(about_roster);
    }

    /// Tasks that look like one another to whoever types, or that ask for the same thing: the same owners, the same words and
    /// windows that overlap. Of many tasks the first alone are compared, and that is said.
    pub(super) fn doubles(&mut self) {
        let tasks: Vec<(&Task, &Origin)> = self.tasks().collect();
        let mut found = Vec::new();
        let mut names: HashMap<&str, &Task> = HashMap::new();
        let mut rest: Vec<Asked<'_>> = Vec::new();
        for (task, origin) in &tasks {
            let first = *names.entry(&task.short).or_insert(task);
            let first = if std::ptr::eq(first, *task) {
                *names.entry(&task.name).or_insert(task)
            } else {
                first
            };
            if !std::ptr::eq(first, *task) {
                let (name, other) = (&task.short, &first.code);
                let saying = say!("check-task-name-twice", name = name, other = other);
                found.push((origin.path(&["name"]), saying));
            } else if task.is_owed() && rest.len() < MOST_COMPARED {
                let asked = Asked::new(task, self.plan.phase_of(task));
                if let Some(other) = rest.iter().find(|other| asked.is_the_same_as(other)) {
                    let (one, other) = (&other.task.code, &task.code);
                    let saying = say!("check-tasks-alike", one = one, other = other);
                    found.push((origin.path(&["name"]), saying));
                }
                rest.push(asked);
            }
        }
        let limited = rest.len() == MOST_COMPARED;
        for (at, saying) in found {
            self.warn(at, saying);
        }
        if limited {
            let saying = say!("check-alike-limited", most = MOST_COMPARED);
            self.say(Severity::Note, path("phase", None, &[]), saying);
        }
    }
}

/// The most tasks that are compared with one another.
const MOST_COMPARED: usize = 1_000;

/// What a task asks for: of whom, in which words, from when to when.
struct Asked<'a> {
    task: &'a Task,
    who: BTreeSet<&'a str>,
    words: String,
    window: (Day, Day),
}

impl<'a> Asked<'a> {
    fn new(task: &'a Task, phase: &Phase) -> Self {
        let (first, last) = match &task.schedule {
            Schedule::Once { from, due } => (from.unwrap_or(phase.from), *due),
            Schedule::Milestones { from, steps } => {
                let last = steps.last().map_or(phase.to, |step| step.due);
                (from.unwrap_or(phase.from), last)
            }
            Schedule::Every { from, to, .. } => (*from, *to),
            Schedule::Instruction => (phase.from, phase.to),
        };
        let letters = |c: &char| c.is_alphanumeric();
        let words = folded(&task.name).to_lowercase();
        Self {
            task,
            who: task.who.iter().map(String::as_str).collect(),
            words: words.chars().filter(letters).collect(),
            window: (first, last),
        }
    }

    /// Whether both ask the same owners for the same in one time: the words of one are in the other's.
    fn is_the_same_as(&self, other: &Self) -> bool {
        let (short, long) = match self.words.len() < other.words.len() {
            true => (&self.words, &other.words),
            false => (&other.words, &self.words),
        };
        let overlap = self.window.0 <= other.window.1 && other.window.0 <= self.window.1;
        overlap
            && self.who == other.who
            && long.contains(short.as_str())
            && short.chars().count() >= 4
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

/// The due days that somebody chose one by one, with the place of a milestone.
fn fixed(schedule: &Schedule) -> Vec<(Option<usize>, Day)> {
    match schedule {
        Schedule::Once { due, .. } => vec![(None, *due)],
        Schedule::Milestones { steps, .. } => {
            let steps = steps.iter().enumerate();
            steps.map(|(place, step)| (Some(place), step.due)).collect()
        }
        Schedule::Every { .. } | Schedule::Instruction => Vec::new(),
    }
}
