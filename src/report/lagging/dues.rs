//! The obligations of a row in few words.

use super::LaggingDue;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::report::frame::{measured, short_day};
use crate::words::{Phrases, args};

/// From how many periods of one task on they are only counted.
const MANY_PERIODS: usize = 3;

/// How many bytes a task takes, more or less: enough that a row of a long list is written without asking for more room each time.
const ROOM: usize = 40;

/// Phrases that come again from row to row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phrase {
    /// How long, in days.
    Days(i32),
    /// That the unit has joined the list.
    New,
    /// How often the unit was reminded.
    Times(u32),
    /// What opens the day that some tasks were due on.
    Opens,
    /// A due day.
    Due(Option<Day>),
    /// The mark of what was returned.
    Returned,
    /// What stands for a contact where there is none.
    NoContact,
}

/// Tasks with the same due day together: `横幅 海报12/20张(06-30)`; many periods of one task are counted: `信息5期(06-30起)`. `near` is
/// the day asked about.
pub(super) fn dues(phrases: &mut Phrases<Phrase>, near: Day, dues: &[LaggingDue]) -> String {
    let same_task = |one: &LaggingDue, other: &LaggingDue| std::ptr::eq(one.task, other.task);
    let periods = |of: &LaggingDue| dues.iter().filter(|due| same_task(due, of)).count();
    let mut text = String::with_capacity(ROOM * dues.len());
    let mut at = 0;
    while let Some(due) = dues.get(at) {
        at += 1;
        let n = periods(due);
        let is_counted = n >= MANY_PERIODS;
        if is_counted && dues[..at - 1].iter().any(|before| same_task(before, due)) {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let words = phrases.words;
        let day = |_| due.due.map_or_else(String::new, |day| short_day(day, near));
        if is_counted {
            let args = args!(
                name = due.task.short.as_str(),
                n = n,
                due = phrases.say(Phrase::Due(due.due), day)
            );
            text.push_str(&words.say("lagging-periods", &args));
            continue;
        }
        task(phrases, due, &mut text);
        while let Some(next) = dues.get(at)
            && next.due == due.due
            && periods(next) < MANY_PERIODS
        {
            at += 1;
            text.push(' ');
            task(phrases, next, &mut text);
        }
        text.push_str(phrases.say(Phrase::Opens, |words| words.text("lagging-opens")));
        text.push_str(phrases.say(Phrase::Due(due.due), day));
        text.push(')');
    }
    text
}

/// A task, with how much of it was done where some was.
fn task(phrases: &mut Phrases<Phrase>, due: &LaggingDue, text: &mut String) {
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
        let mark = phrases.say(Phrase::Returned, |words| {
            words.text("lagging-returned-mark")
        });
        text.push_str(mark);
    }
}
