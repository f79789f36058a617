//! The one rule: where an obligation stands on a day (DESIGN rule 4).

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
pub struct Case {
    /// When it is due; `None` while the order has not arrived.
    pub due: Option<Day>,
    /// The day on which the counted records reached the target.
    pub fulfilled: Option<Day>,
    /// Whether an excuse is in force.
    pub excused: bool,
    /// The rectification day of the latest return.
    pub rectify: Option<Day>,
    /// Whether that return is the latest fact.
    pub returned_last: bool,
}

impl Case {
    /// One that nobody excused or returned.
    pub const fn of(due: Day, fulfilled: Option<Day>) -> Self {
        Self {
            due: Some(due),
            fulfilled,
            excused: false,
            rectify: None,
            returned_last: false,
        }
    }
}

/// The days by which cases are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yardstick {
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
pub fn judge(case: &Case, by: &Yardstick) -> Standing {
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
    let rectification_past = case.rectify.is_some_and(|last| by.day > last);
    if case.returned_last && !rectification_past {
        return Standing::Returned;
    }
    if by.day > due + by.grace || rectification_past {
        return Standing::Overdue;
    }
    if due - by.day <= by.due_soon {
        Standing::DueSoon
    } else {
        Standing::Pending
    }
}

/// The days late, at least 1: of a fulfilled obligation until it was, of an overdue one until the day asked about; where the plan
/// says when it ends, not beyond that. What is overdue by its rectification day too counts from the earlier of the two, so that a day late
/// stays one when the due day passes after it. Otherwise 0.
pub fn days_late(case: &Case, standing: Standing, by: &Yardstick) -> i32 {
    let Some(due) = case.due else { return 0 };
    let until = |day: Day| by.ends.map_or(day, |ends| day.min(ends));
    match (standing, case.fulfilled) {
        (Standing::Late, Some(day)) => (until(day) - due).max(1),
        (Standing::Overdue, _) => {
            let due = Some(due).filter(|due| by.day > *due + by.grace);
            let rectify = case.rectify.filter(|day| by.day > *day);
            let from = due.into_iter().chain(rectify).min();
            from.map_or(1, |from| (until(by.day) - from).max(1))
        }
        _ => 0,
    }
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
        returned_last: false,
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
    fn a_return_opens_until_its_rectification_day_and_is_overdue_after_it() {
        let returned = Case {
            due: Some(day(100)),
            rectify: Some(day(105)),
            returned_last: true,
            ..OPEN
        };
        case(returned, 105, Standing::Returned, 0);
        case(returned, 106, Standing::Overdue, 6);
        let early = Case {
            due: Some(day(120)),
            ..returned
        };
        case(early, 106, Standing::Overdue, 1);
        case(early, 121, Standing::Overdue, 16);
        let partly = Case {
            returned_last: false,
            ..returned
        };
        case(partly, 104, Standing::Overdue, 4);
    }
}
