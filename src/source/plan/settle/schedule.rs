//! Settling when a task falls due: one group of keys a table, its own or the one above.

use super::{Edge, Settling};
use crate::model::day::Day;
use crate::model::due::{By, Milestone, Period, Schedule};
use crate::model::plan::Phase;
use crate::source::plan::finding::{Finding, KeyPath};
use crate::source::plan::raw;
use crate::source::plan::scalar::{self, When};
use crate::source::problem::say;

/// What a table says about when it falls due.
#[derive(Clone, Default)]
pub(super) struct DueGroup {
    /// The schedule, unless what the table says is wrong.
    pub schedule: Option<Schedule>,
    /// The window's first day, a default for recurring tasks below.
    pub from: Option<Day>,
    /// The window's last day.
    pub to: Option<Day>,
    /// The key that says when.
    pub key: &'static str,
}

/// The most dues that one task may have: a day for some 27 years.
const MOST_DUES: i32 = 10_000;

impl Settling {
    /// The table's due group; `None` where it has none. `above` is the activity's, for the window of a recurring task.
    pub(super) fn group(
        &mut self,
        raw: &raw::Task,
        above: Option<&DueGroup>,
        phase: Option<&Phase>,
        at: &KeyPath<'_>,
    ) -> Option<DueGroup> {
        let raw::Task {
            due,
            before,
            from,
            to,
            every,
            by,
            milestone,
            on,
            ..
        } = raw;
        let kinds = [
            ("due", due.is_some()),
            ("before", before.is_some()),
            ("every", every.is_some()),
            ("milestone", milestone.is_some()),
            ("on", on.is_some()),
        ];
        let given: Vec<&'static str> = kinds
            .iter()
            .filter(|(_, given)| *given)
            .map(|(key, _)| *key)
            .collect();
        if given.is_empty() && from.is_none() && to.is_none() {
            if by.is_some() {
                self.by_alone(at);
            }
            return None;
        }
        let first = self.day(from.as_ref(), Edge::First, &at.key("from"));
        let last = self.day(to.as_ref(), Edge::Last, &at.key("to"));
        let mut group = DueGroup {
            schedule: None,
            from: first,
            to: last,
            key: given.first().copied().unwrap_or("to"),
        };
        if let [one, other, ..] = given.as_slice() {
            let saying = say!("check-due-groups", one = one, other = other);
            self.error(&at.key(other), saying);
            return Some(group);
        }
        if by.is_some() && every.is_none() {
            self.by_alone(at);
        }
        if !self.in_order(first, last, &at.key("from")) {
            return Some(group);
        }
        let windowless = if on.is_some() {
            [from.is_some(), to.is_some()]
        } else {
            [false, to.is_some() && every.is_none() && !given.is_empty()]
        };
        for (key, stray) in [("from", windowless[0]), ("to", windowless[1])] {
            if stray {
                let saying = say!("check-due-groups", one = given[0], other = key);
                self.error(&at.key(key), saying);
            }
        }
        group.schedule = if let Some(every) = every {
            let by = by.as_ref();
            let by = by.and_then(|by| self.by(by, *every, &at.key("by")));
            let start = first.or_else(|| above?.from);
            let end = last.or_else(|| above?.to);
            self.recurring(*every, by, (start, end), phase, &at.key("every"))
        } else if let Some(steps) = milestone {
            self.milestones(steps, first, &at.key("milestone"))
        } else if on.is_some() {
            Some(Schedule::Instruction)
        } else if due.is_some() || before.is_some() {
            let due = match before {
                Some(_) => self.day_before(before.as_ref(), &at.key("before")),
                None => self.day(due.as_ref(), Edge::Last, &at.key("due")),
            };
            self.in_order(first, due, &at.key("from"));
            group.to = due;
            due.map(|due| Schedule::Once { from: first, due })
        } else {
            for (key, has, other) in [("from", from.is_some(), "to"), ("to", to.is_some(), "from")]
            {
                if !has {
                    let saying = say!("check-half-window", key = key, other = other);
                    self.error(&at.key(other), saying);
                }
            }
            last.map(|due| Schedule::Once { from: first, due })
        };
        Some(group)
    }

    /// The periods of a window, or of the phase where it has no end of its own: at least one and not too many.
    fn recurring(
        &mut self,
        period: Period,
        by: Option<By>,
        (start, end): (Option<Day>, Option<Day>),
        phase: Option<&Phase>,
        at: &KeyPath<'_>,
    ) -> Option<Schedule> {
        let from = start.or_else(|| phase.map(|phase| phase.from))?;
        let to = end.or_else(|| phase.map(|phase| phase.to))?;
        let issued = self.issued.filter(|issued| to < *issued);
        let count = period.count(from, to);
        let saying = if from > to {
            // A window that is wholly the phase's has been told where the phase is.
            if phase.is_some_and(|phase| (from, to) == (phase.from, phase.to)) {
                return None;
            }
            say!("check-no-periods", from = from, to = to)
        } else if let Some(issued) = issued {
            say!("check-periods-before-issued", to = to, issued = issued)
        } else if count > MOST_DUES {
            say!("check-too-many-dues", count = count, most = MOST_DUES)
        } else {
            return Some(Schedule::Every {
                period,
                by,
                from,
                to,
            });
        };
        self.error(at, saying);
        None
    }

    fn by_alone(&mut self, at: &KeyPath<'_>) {
        let finding = Finding::error(&at.key("by"), say!("check-by-without-every"));
        self.found.push(finding.missing(&["every"]));
    }

    /// The day before the one that the text names.
    fn day_before(&mut self, when: Option<&When>, at: &KeyPath<'_>) -> Option<Day> {
        let text = when?.0.trim();
        if text.ends_with('前') {
            self.error(at, say!("check-before-twice", text = text));
            return None;
        }
        Some(self.day(when, Edge::First, at)? - 1)
    }

    fn by(&mut self, by: &scalar::By, every: Period, at: &KeyPath<'_>) -> Option<By> {
        let found = match (by, every) {
            (scalar::By::Name(name), Period::Week) => weekday(name).map(By::Weekday),
            (_, Period::Day | Period::Week) | (scalar::By::Name(_), _) => None,
            (scalar::By::Number(number), _) => {
                let day = u8::try_from(*number).ok();
                day.filter(|day| (1..=31).contains(day)).map(By::Monthday)
            }
        };
        if found.is_none() {
            let text = match by {
                scalar::By::Name(name) => name.clone(),
                scalar::By::Number(number) => number.to_string(),
            };
            self.error(at, say!("check-by", text = text, every = every.key()));
        }
        found
    }

    fn milestones(
        &mut self,
        raw: &[raw::Milestone],
        from: Option<Day>,
        list: &KeyPath<'_>,
    ) -> Option<Schedule> {
        if raw.is_empty() {
            self.error(list, say!("check-empty", key = "milestone"));
        }
        let mut steps: Vec<Milestone> = Vec::with_capacity(raw.len());
        for (place, step) in raw.iter().enumerate() {
            let at = list.index(place);
            if step.due.is_none() {
                self.missing(&at, "due");
            }
            let due = self.day(step.due.as_ref(), Edge::Last, &at.key("due"));
            let share = match step.share {
                None => {
                    self.missing(&at, "share");
                    None
                }
                share => self.share(share, &at.key("share")),
            };
            let (Some(due), Some(share)) = (due, share) else {
                continue;
            };
            if let Some(Milestone {
                due: day,
                share: before,
                ..
            }) = steps.last()
            {
                if due <= *day {
                    let saying = say!("check-milestone-days", before = day, due = due);
                    self.error(&at.key("due"), saying);
                } else if share <= *before {
                    let saying = say!("check-milestone-shares", before = before, share = share);
                    self.error(&at.key("share"), saying);
                }
            } else {
                self.in_order(from, Some(due), &at.key("due"));
            }
            steps.push(Milestone {
                due,
                share,
                key: None,
            });
        }
        Some(Schedule::Milestones { from, steps })
    }
}

/// A weekday by name, 1 = Monday.
fn weekday(name: &str) -> Option<u8> {
    crate::source::day_text::weekday(name)
        .map(|weekday| u8::try_from(weekday.number_from_monday()).unwrap_or(1))
}
