//! The one rule: where an obligation stands on a day (rule 4).

use serde::{Deserialize, Serialize};

use super::day::Day;

/// Where an obligation stands (状态).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 待上级部署: no instruction yet.
    Waiting,
    /// 按期完成: fulfilled on a day ≤ due.
    Done,
    /// 逾期完成: fulfilled later.
    Late,
    /// 免办.
    Excused,
    /// 退回整改: returned, and its rectification day not past.
    Returned,
    /// 逾期未完成.
    Overdue,
    /// 即将到期.
    DueSoon,
    /// 未到期.
    Pending,
}

impl Standing {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Late,
        Self::Returned,
        Self::Overdue,
        Self::DueSoon,
        Self::Pending,
        Self::Waiting,
        Self::Excused,
    ];

    /// Whether the obligation is completed.
    pub const fn is_completed(self) -> bool {
        matches!(self, Self::Done | Self::Late)
    }

    /// Whether it has fallen due, or was reported early (应完成, rule 6).
    pub const fn is_expected(self) -> bool {
        matches!(
            self,
            Self::Done | Self::Late | Self::Returned | Self::Overdue
        )
    }

    /// The name in JSON and CSV.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Late => "late",
            Self::Excused => "excused",
            Self::Returned => "returned",
            Self::Overdue => "overdue",
            Self::DueSoon => "due_soon",
            Self::Pending => "pending",
        }
    }
}

/// What is known of one obligation on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Case {
    /// When it is due; `None` while the order has not arrived.
    pub due: Option<Day>,
    /// The day on which the counted records reached the target.
    pub fulfilled: Option<Day>,
    /// Whether an excuse is in force.
    pub excused: bool,
    /// The rectification day of the latest return that bears on it.
    pub rectify: Option<Day>,
}

impl Case {
    /// One that nobody excused or returned.
    pub(crate) const fn of(due: Day, fulfilled: Option<Day>) -> Self {
        Self {
            due: Some(due),
            fulfilled,
            excused: false,
            rectify: None,
        }
    }
}

/// The days by which cases are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Yardstick {
    /// The day asked about.
    pub day: Day,
    /// Days after the due day before an obligation counts as overdue.
    pub grace: i32,
    /// How many days ahead a due day counts as soon.
    pub due_soon: i32,
    /// The day on which days late stop counting, where they do.
    pub ends: Option<Day>,
}

/// The standing of a case: the first that matches.
pub(crate) fn judge(case: &Case, by: &Yardstick) -> Standing {
    let Some(due) = case.due else {
        return Standing::Waiting;
    };
    match case.fulfilled {
        Some(day) if day <= due => return Standing::Done,
        Some(_) => return Standing::Late,
        None => {}
    }
    if case.excused {
        return Standing::Excused;
    }
    // A return gives time to put right what it left open; it never brings the due day forward.
    if case.rectify.is_some_and(|last| by.day <= last) {
        return Standing::Returned;
    }
    if by.day > due + by.grace {
        return Standing::Overdue;
    }
    if due - by.day <= by.due_soon {
        Standing::DueSoon
    } else {
        Standing::Pending
    }
}

/// The days late, from the due day: of what was fulfilled late until it was, of what is overdue until the day asked about, or until
/// the plan's end, where it has one and that comes first; at least 1 for whatever is late. Otherwise 0.
pub(crate) fn days_late(case: &Case, standing: Standing, by: &Yardstick) -> i32 {
    let last = match (standing, case.fulfilled) {
        (Standing::Late, Some(day)) => day,
        (Standing::Overdue, _) => by.day,
        _ => return 0,
    };
    let last = by.ends.map_or(last, |ends| last.min(ends));
    case.due.map_or(0, |due| (last - due).max(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i32) -> Day {
        Day::from_number(number)
    }

    const OPEN: Case = Case {
        due: None,
        fulfilled: None,
        excused: false,
        rectify: None,
    };

    #[track_caller]
    fn case(case: Case, on: i32, wanted: Standing, late: i32) {
        let by = Yardstick {
            day: day(on),
            grace: 2,
            due_soon: 7,
            ends: Some(day(150)),
        };
        assert_eq!(judge(&case, &by), wanted);
        assert_eq!(days_late(&case, wanted, &by), late);
    }

    #[test]
    fn an_open_obligation_goes_from_pending_to_overdue_through_soon_and_grace() {
        let open = Case {
            due: Some(day(100)),
            ..OPEN
        };
        case(open, 92, Standing::Pending, 0);
        case(open, 93, Standing::DueSoon, 0);
        case(open, 100, Standing::DueSoon, 0);
        case(open, 102, Standing::DueSoon, 0);
        case(open, 103, Standing::Overdue, 3);
        case(open, 200, Standing::Overdue, 50);
        case(OPEN, 200, Standing::Waiting, 0);
        let last = Case {
            due: Some(day(150)),
            ..OPEN
        };
        case(last, 153, Standing::Overdue, 1);
    }

    #[test]
    fn without_an_end_days_late_count_on() {
        let case = |due, fulfilled| Case {
            fulfilled,
            ..Case::of(day(due), None)
        };
        let on = |on, ends: Option<i32>| Yardstick {
            day: day(on),
            grace: 0,
            due_soon: 7,
            ends: ends.map(day),
        };
        let late = |case: Case, by: Yardstick| days_late(&case, judge(&case, &by), &by);
        assert_eq!(late(case(100, None), on(400, None)), 300);
        assert_eq!(
            late(case(100, None), on(400, Some(100))),
            1,
            "due on the last day"
        );
        assert_eq!(
            late(case(100, None), on(400, Some(90))),
            1,
            "due after the end"
        );
        assert_eq!(late(case(100, Some(day(130))), on(400, Some(100))), 1);
        assert_eq!(late(case(100, Some(day(130))), on(400, None)), 30);
        assert_eq!(late(case(100, None), on(100, None)), 0, "not late yet");
    }

    #[test]
    fn grace_never_makes_late_work_timely() {
        let fulfilled = |on| Case {
            due: Some(day(100)),
            fulfilled: Some(day(on)),
            ..OPEN
        };
        case(fulfilled(100), 110, Standing::Done, 0);
        case(fulfilled(101), 110, Standing::Late, 1);
        case(
            Case {
                excused: true,
                ..fulfilled(101)
            },
            110,
            Standing::Late,
            1,
        );
        case(
            Case {
                excused: true,
                due: Some(day(100)),
                ..OPEN
            },
            110,
            Standing::Excused,
            0,
        );
    }

    #[test]
    fn a_return_gives_until_its_rectification_day_and_never_brings_the_due_day_forward() {
        let returned = Case {
            due: Some(day(100)),
            rectify: Some(day(105)),
            ..OPEN
        };
        case(returned, 105, Standing::Returned, 0);
        case(returned, 106, Standing::Overdue, 6);
        let early = Case {
            due: Some(day(120)),
            ..returned
        };
        case(early, 105, Standing::Returned, 0);
        case(early, 106, Standing::Pending, 0);
        case(early, 122, Standing::DueSoon, 0);
        case(early, 123, Standing::Overdue, 3);
    }

    #[test]
    fn whatever_is_late_is_a_day_late_at_least() {
        let last = Case {
            due: Some(day(150)),
            ..OPEN
        };
        case(last, 153, Standing::Overdue, 1);
        let fulfilled = Some(day(160));
        case(Case { fulfilled, ..last }, 170, Standing::Late, 1);
    }
}
