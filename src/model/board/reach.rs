//! Small rules of the fold: the order in force, the due day in force, and when records reach a need.

use super::{Cell, View};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Due;
use crate::model::entry::{Seq, TaskNo};
use crate::model::sheet::{Fact, Item, Mark};
use crate::model::standing::Standing;

/// The day that the latest order for a task gives: of orders of one day the one that was recorded last.
pub(super) fn ordered(
    orders: &[Item],
    taken_back: &[Seq],
    task: TaskNo,
    view: &View,
) -> Option<Day> {
    let live = orders
        .iter()
        .filter(|item| item.task == task && view.sees(item) && !taken_back.contains(&item.seq));
    let latest = live
        .filter(|item| matches!(item.fact, Fact::Instruct { .. }))
        .max_by_key(|item| item.day)?;
    if let Fact::Instruct { due } = latest.fact {
        Some(due)
    } else {
        None
    }
}

/// The due day with what moved it: never before what an `apply` laid on the unit, and the latest of the days that extensions give,
/// whether of the whole task or of one due: an extension only gives time.
pub(super) fn in_force(due: &Due, terms: &[Item], fits: impl Fn(Option<Day>) -> bool) -> Day {
    if terms.is_empty() {
        return due.due;
    }
    let days = terms.iter().filter_map(|term| match term.fact {
        Fact::Gain { period } if fits(period) => Some(term.day),
        Fact::Extend { period, due } if fits(period) => Some(due),
        _ => None,
    });
    days.fold(due.due, Day::max)
}

/// A milestone's share of a target, half up: a whole number of a whole target; in thousandths of another, so that all of 2.5 is
/// 2.5.
pub(super) fn part(share: Decimal, whole: Decimal) -> Decimal {
    if whole.is_whole() {
        share.of(whole)
    } else {
        share.times(whole)
    }
}

/// What records come to, and the day since which they have reached the need (rule 3). A day counts by how it ends: a total that
/// another of the same day corrects was never there.
#[inline]
pub(super) fn reached<'m>(
    records: impl Iterator<Item = (Day, &'m Mark)>,
    need: Option<Decimal>,
    nil: bool,
) -> (Decimal, Option<Day>) {
    let mut sum = Decimal::ZERO;
    let mut nil_came = false;
    let mut today = None;
    let (mut before, mut since) = (None, None);
    for (day, mark) in records {
        if mark.nil && !nil {
            continue;
        }
        if today != Some(day) {
            (today, before) = (Some(day), since);
        }
        if mark.nil {
            nil_came = true;
        } else if mark.total {
            sum = mark.count;
        } else {
            sum += mark.count;
        }
        let reaches = nil_came || need.is_none_or(|need| sum >= need);
        since = reaches.then(|| before.unwrap_or(day));
    }
    (sum, since)
}

pub(super) fn waiting(task: usize) -> Cell {
    Cell {
        task,
        due_at: 0,
        key: None,
        due: None,
        standing: Standing::Waiting,
        count: Decimal::ZERO,
        need: None,
        share: None,
        fulfilled: None,
        days: 0,
        rectify: None,
        proven: false,
        accepted: false,
        reminders: 0,
        returned: None,
    }
}
