//! Words for the rows of the list, of which the same come again and again.

use std::collections::BTreeMap;

use super::LaggingDue;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::report::frame::{measured, short_day};
use crate::words::Words;

/// From how many periods of one task on they are only counted.
const MANY_PERIODS: usize = 3;

/// Words for rows, of which the same come again and again.
pub(super) struct Telling<'w> {
    words: &'w Words,
    /// The day asked about.
    near: Day,
    days: BTreeMap<i32, String>,
    times: BTreeMap<u32, String>,
    /// Due days, in brackets.
    dues: BTreeMap<Option<Day>, String>,
    returned: String,
    pub(super) no_contact: String,
    /// The obligations of the row in hand.
    text: String,
}

impl<'w> Telling<'w> {
    pub(super) fn new(words: &'w Words, near: Day) -> Self {
        Self {
            words,
            near,
            days: BTreeMap::new(),
            times: BTreeMap::new(),
            dues: BTreeMap::new(),
            returned: words.text("lagging-returned-mark"),
            no_contact: words.text("lagging-no-contact"),
            text: String::new(),
        }
    }

    /// How long, in days.
    pub(super) fn days(&mut self, days: i32) -> &str {
        let said = || self.words.say("lagging-days", &[("n", days.into())]);
        self.days.entry(days).or_insert_with(said)
    }

    /// How often the unit was reminded.
    pub(super) fn times(&mut self, times: u32) -> &str {
        let said = || self.words.say("lagging-times", &[("n", times.into())]);
        self.times.entry(times).or_insert_with(said)
    }

    /// The due day, in brackets.
    fn due(&mut self, due: &LaggingDue) -> &str {
        let near = self.near;
        let said = || {
            let day = due.due.map_or_else(String::new, |day| short_day(day, near));
            format!("({day})")
        };
        self.dues.entry(due.due).or_insert_with(said)
    }

    /// The obligations of a row in few words, tasks with the same due day together: `横幅 海报12/20张(06-30)`; many periods of
    /// one task are counted: `信息5期(06-30起)`.
    pub(super) fn dues(&mut self, dues: &[LaggingDue]) -> &str {
        let same_task = |one: &LaggingDue, other: &LaggingDue| std::ptr::eq(one.task, other.task);
        let periods = |of: &LaggingDue| dues.iter().filter(|due| same_task(due, of)).count();
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        let mut at = 0;
        while let Some(due) = dues.get(at) {
            at += 1;
            let n = periods(due);
            if n >= MANY_PERIODS {
                if dues[..at - 1].iter().any(|before| same_task(before, due)) {
                    continue;
                }
                if !text.is_empty() {
                    text.push(' ');
                }
                let day = self.due(due);
                let day = day[1..day.len() - 1].to_string();
                let args = [
                    ("name", due.task.short.as_str().into()),
                    ("n", n.into()),
                    ("due", day.into()),
                ];
                text.push_str(&self.words.say("lagging-periods", &args));
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            self.part(due, &mut text);
            while let Some(next) = dues.get(at)
                && next.due == due.due
                && periods(next) < MANY_PERIODS
            {
                at += 1;
                text.push(' ');
                self.part(next, &mut text);
            }
            text.push_str(self.due(due));
        }
        self.text = text;
        &self.text
    }

    fn part(&self, due: &LaggingDue, text: &mut String) {
        text.push_str(&due.task.short);
        if let (Some(target), Some(measure)) = (due.target, due.measure())
            && due.count > Decimal::ZERO
        {
            let amount = measured(&format!("{}/{target}", due.count), measure);
            if measured("", measure).starts_with(' ') {
                text.push(' ');
            }
            text.push_str(&amount);
        }
        if due.returned.is_some() {
            text.push_str(&self.returned);
        }
    }
}
