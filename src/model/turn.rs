//! How obligations turned since another day: end of that day against end of the day asked about, under one plan (rule 8).

use super::board::Cell;
use super::standing::Standing;

/// How an obligation turned, in lists that share none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Fulfilled now, neither fulfilled nor overdue then.
    NewlyDone,
    /// Overdue then, fulfilled now.
    CaughtUp,
    /// Overdue now, not then.
    NewlyOverdue,
    /// Returned now, not then.
    Returned,
}

impl Turn {
    /// How an obligation turned from `then` to `now`; `then` is `None` where it was not owed.
    pub(crate) const fn of(then: Option<Standing>, now: Standing) -> Option<Self> {
        let was_overdue = matches!(then, Some(Standing::Overdue));
        let was_completed = matches!(then, Some(Standing::Done | Standing::Late));
        match now {
            Standing::Done | Standing::Late if was_overdue => Some(Self::CaughtUp),
            Standing::Done | Standing::Late if !was_completed => Some(Self::NewlyDone),
            Standing::Overdue if !was_overdue => Some(Self::NewlyOverdue),
            Standing::Returned if !matches!(then, Some(Standing::Returned)) => Some(Self::Returned),
            _ => None,
        }
    }
}

/// What turned of one unit's obligations, each compared with itself: an order or an extension that moved its due made no other of it.
pub(crate) fn turns<'c>(
    then: &'c [Cell],
    now: &'c [Cell],
) -> impl Iterator<Item = (Turn, &'c Cell)> {
    now.iter().filter_map(|cell| {
        let before = then.iter().find(|before| before.is_same(cell));
        let turn = Turn::of(before.map(|before| before.standing), cell.standing)?;
        Some((turn, cell))
    })
}
