//! When a task falls due: its schedule, and the dues that the schedule spells out.

use serde::{Deserialize, Serialize};

use super::day::{Day, last_of_month};
use super::decimal::Decimal;

/// When a task falls due (rule 1; one group of keys a task).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Schedule {
    /// Once, by the last day of an optional window.
    Once {
        /// Work done before this day does not count.
        from: Option<Day>,
        /// The last day on which it is on time.
        due: Day,
    },
    /// Once a period, within a window.
    Every {
        /// How long a period is.
        period: Period,
        /// The day within each period; the period's last day where there is none.
        by: Option<By>,
        /// The window's first day.
        from: Day,
        /// The window's last day.
        to: Day,
    },
    /// Shares of one running sum, each with its day.
    Milestones {
        /// Work done before this day does not count.
        from: Option<Day>,
        /// The milestones by day.
        steps: Vec<Milestone>,
    },
    /// Once an order has arrived, by the day that the order gives (上级部署).
    Instruction,
}

/// How long a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Every")]
pub enum Period {
    /// A day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A quarter of the calendar's year.
    Quarter,
    /// A half of the calendar's year.
    #[serde(rename = "half-year")]
    HalfYear,
    /// A calendar year.
    Year,
}

/// The day within a period by which its duty is due; the last day that is left, where the window cuts it off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// A day of the week, 1 = Monday.
    Weekday(u8),
    /// A day of the month, in a longer period of its last month; the month's last where it is shorter.
    Monthday(u8),
}

/// One milestone: a share of the target, by a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The last day on which it is on time.
    pub due: Day,
    /// The share of the task's target.
    pub share: Decimal,
    /// Where an amendment moved its day: the day that named it before, and still does, so that what was said of it stays said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Day>,
}

/// One deadline of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// What names this deadline among the task's: the last day of its period, or the day as the plan writes it.
    pub key: Day,
    /// The first day that belongs to it; `None` where nothing is too early.
    pub opens: Option<Day>,
    /// The last day that belongs to it, for a period.
    pub closes: Option<Day>,
    /// The last day on which it is on time, never before the plan was issued.
    pub due: Day,
    /// The share of the target that it asks for; `None` = all of it.
    pub share: Option<Decimal>,
}

impl Schedule {
    /// Every due, by day. A period that ended before `issued` does not exist; any other falls due on `issued` at the
    /// earliest (rule 1). A task on instruction has none of its own.
    pub fn dues(&self, issued: Day) -> Vec<Due> {
        match self {
            Self::Once { from, due } => {
                vec![Due {
                    key: *due,
                    opens: *from,
                    closes: None,
                    due: (*due).max(issued),
                    share: None,
                }]
            }
            Self::Milestones { from, steps } => steps
                .iter()
                .map(|step| Due {
                    key: step.key.unwrap_or(step.due),
                    opens: *from,
                    closes: None,
                    due: step.due.max(issued),
                    share: Some(step.share),
                })
                .collect(),
            Self::Every {
                period,
                by,
                from,
                to,
            } => periods(*period, *by, *from, *to, issued),
            Self::Instruction => Vec::new(),
        }
    }

    /// The length of the periods, for a recurring duty.
    pub const fn period(&self) -> Option<Period> {
        match self {
            Self::Every { period, .. } => Some(*period),
            _ => None,
        }
    }

    /// The keys of those periods of a recurring duty that have a day in common with the days from the first to the last of `named`. A
    /// month names one month, but several weeks.
    pub(crate) fn periods_in(&self, dues: &[Due], (first, last): (Day, Day)) -> Vec<Day> {
        let Some(period) = self.period() else {
            return Vec::new();
        };
        let keys = period.last(first)..=period.last(last);
        let keys = dues
            .iter()
            .map(|due| due.key)
            .filter(|key| keys.contains(key));
        keys.collect()
    }
}

fn periods(period: Period, by: Option<By>, from: Day, to: Day, issued: Day) -> Vec<Due> {
    let mut dues = Vec::new();
    let mut first = period.first(from);
    while first <= to {
        let last = period.last(first);
        let (opens, closes) = (first.max(from), last.min(to));
        if closes >= issued {
            let wanted = by.map_or(last, |by| by.within(first, last));
            let within = (opens..=closes).contains(&wanted);
            let due = if within { wanted } else { closes }.max(issued);
            dues.push(Due {
                key: last,
                opens: Some(opens),
                closes: Some(closes),
                due,
                share: None,
            });
        }
        first = last + 1;
    }
    dues
}

impl Period {
    /// The first day of the period that holds `day`.
    pub fn first(self, day: Day) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.start_of_week(),
            _ => {
                let (year, month, _) = day.ymd();
                let months = self.months();
                Day::new(year, (month - 1) / months * months + 1, 1).unwrap_or(day)
            }
        }
    }

    /// The last day of the period that holds `day`: the name of that period.
    pub fn last(self, day: Day) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.start_of_week() + 6,
            _ => {
                let (year, month, _) = self.first(day).ymd();
                last_of_month(year, month + self.months() - 1)
            }
        }
    }

    /// How many calendar months it has; 1 where it has none of its own.
    const fn months(self) -> u32 {
        match self {
            Self::Day | Self::Week | Self::Month => 1,
            Self::Quarter => 3,
            Self::HalfYear => 6,
            Self::Year => 12,
        }
    }

    /// The name in plans and JSON.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::HalfYear => "half-year",
            Self::Year => "year",
        }
    }

    /// How many periods a window has, those that it cuts off at its ends included.
    pub fn count(self, from: Day, to: Day) -> i32 {
        let days = self.first(to) - self.first(from);
        match self {
            Self::Day => days + 1,
            Self::Week => days / 7 + 1,
            _ => {
                let ((year, month, _), (last_year, last_month, _)) = (from.ymd(), to.ymd());
                let number = |year: i32, month: u32| {
                    (year * 12 + month.cast_signed() - 1).div_euclid(self.months().cast_signed())
                };
                number(last_year, last_month) - number(year, month) + 1
            }
        }
    }

    /// The day that lies one such period after `day`; a month's last day where that month is shorter.
    pub fn after(self, day: Day) -> Day {
        match self {
            Self::Day => day + 1,
            Self::Week => day + 7,
            _ => {
                let (year, month, monthday) = day.ymd();
                let next = month - 1 + self.months();
                let (year, month) = (year + (next / 12).cast_signed(), next % 12 + 1);
                Day::new(year, month, monthday).unwrap_or_else(|| last_of_month(year, month))
            }
        }
    }
}

impl By {
    /// The day meant, in a period from `first` to `last`.
    fn within(self, first: Day, last: Day) -> Day {
        match self {
            Self::Weekday(weekday) => first.start_of_week() + i32::from(weekday) - 1,
            Self::Monthday(monthday) => {
                let (year, month, _) = last.ymd();
                Day::new(year, month, u32::from(monthday))
                    .unwrap_or_else(|| last_of_month(year, month))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn listed(schedule: &Schedule, issued: &str) -> Vec<(String, String)> {
        let text = |due: &Due| (due.key.to_string(), due.due.to_string());
        schedule.dues(day(issued)).iter().map(text).collect()
    }

    fn pairs(wanted: &[(&str, &str)]) -> Vec<(String, String)> {
        wanted
            .iter()
            .map(|(key, due)| ((*key).to_string(), (*due).to_string()))
            .collect()
    }

    #[test]
    fn months_are_clipped_and_those_before_the_plan_do_not_exist() {
        let every = Schedule::Every {
            period: Period::Month,
            by: Some(By::Monthday(31)),
            from: day("2020-04-10"),
            to: day("2020-08-15"),
        };
        let wanted = [
            ("2020-06-30", "2020-06-30"),
            ("2020-07-31", "2020-07-31"),
            ("2020-08-31", "2020-08-15"),
        ];
        assert_eq!(listed(&every, "2020-06-16"), pairs(&wanted));
    }

    #[test]
    fn a_leap_day_and_a_week_of_two_years_are_periods_as_others() {
        let every = |period, by, from, to| Schedule::Every {
            period,
            by,
            from: day(from),
            to: day(to),
        };
        let month_end = Some(By::Monthday(31));
        for (schedule, dues) in [
            (
                every(Period::Month, month_end, "2020-02-01", "2020-03-31"),
                [("2020-02-29", "2020-02-29"), ("2020-03-31", "2020-03-31")],
            ),
            (
                every(Period::Month, month_end, "2021-02-10", "2021-03-30"),
                [("2021-02-28", "2021-02-28"), ("2021-03-31", "2021-03-30")],
            ),
            (
                every(Period::Day, None, "2020-02-29", "2020-03-01"),
                [("2020-02-29", "2020-02-29"), ("2020-03-01", "2020-03-01")],
            ),
            (
                every(Period::Week, None, "2020-12-31", "2021-01-05"),
                [("2021-01-03", "2021-01-03"), ("2021-01-10", "2021-01-05")],
            ),
        ] {
            assert_eq!(listed(&schedule, "2020-01-01"), pairs(&dues));
        }
    }

    #[test]
    fn a_week_is_due_on_its_weekday_but_never_before_the_plan() {
        let every = Schedule::Every {
            period: Period::Week,
            by: Some(By::Weekday(5)),
            from: day("2020-06-24"),
            to: day("2020-07-07"),
        };
        let wanted = [
            ("2020-06-28", "2020-06-27"),
            ("2020-07-05", "2020-07-03"),
            ("2020-07-12", "2020-07-07"),
        ];
        assert_eq!(listed(&every, "2020-06-27"), pairs(&wanted));
    }

    #[test]
    fn a_named_day_that_the_window_cuts_off_is_the_last_that_is_left() {
        let every = |period, by, from, to| Schedule::Every {
            period,
            by: Some(by),
            from: day(from),
            to: day(to),
        };
        let (friday, fifth) = (By::Weekday(5), By::Monthday(5));
        for (schedule, dues) in [
            // Saturday to Sunday, and Monday to Wednesday.
            (
                every(Period::Week, friday, "2020-06-20", "2020-06-24"),
                vec!["2020-06-21", "2020-06-24"],
            ),
            (
                every(Period::Month, fifth, "2020-06-10", "2020-07-31"),
                vec!["2020-06-30", "2020-07-05"],
            ),
            (
                every(Period::Month, By::Monthday(25), "2020-06-01", "2020-07-20"),
                vec!["2020-06-25", "2020-07-20"],
            ),
            (
                every(Period::Quarter, fifth, "2020-06-10", "2020-09-30"),
                vec!["2020-06-30", "2020-09-05"],
            ),
        ] {
            let found = schedule.dues(day("2020-01-01"));
            let found: Vec<String> = found.iter().map(|due| due.due.to_string()).collect();
            assert_eq!(found, dues);
        }
    }

    #[test]
    fn quarters_half_years_and_years_are_the_calendars() {
        for (period, key, dues) in [
            (
                Period::Quarter,
                "quarter",
                vec!["2020-06-30", "2020-09-30", "2020-12-31", "2021-03-31"],
            ),
            (
                Period::HalfYear,
                "half-year",
                vec!["2020-06-30", "2020-12-31", "2021-06-30"],
            ),
            (Period::Year, "year", vec!["2020-12-31", "2021-12-31"]),
        ] {
            let (from, to) = (day("2020-05-10"), day("2021-02-14"));
            let every = Schedule::Every {
                period,
                by: None,
                from,
                to,
            };
            let found = every.dues(day("2020-01-01"));
            let keys: Vec<String> = found.iter().map(|due| due.key.to_string()).collect();
            assert_eq!(keys, dues, "{key}");
            assert_eq!(found.last().map(|due| due.due), Some(to), "clipped");
            assert_eq!(usize::try_from(period.count(from, to)), Ok(dues.len()));
            assert_eq!(period.key(), key);
            assert_eq!(
                serde_json::to_string(&period).unwrap(),
                format!("\"{key}\"")
            );
        }
        for (period, next) in [
            (Period::Quarter, "2021-02-28"),
            (Period::HalfYear, "2021-05-30"),
            (Period::Year, "2021-11-30"),
        ] {
            assert_eq!(period.after(day("2020-11-30")), day(next));
        }
    }

    #[test]
    fn periods_are_counted_without_being_made() {
        for (period, from, to, count) in [
            (Period::Day, "2020-01-01", "9999-12-31", 2_914_635),
            (Period::Week, "2020-06-21", "2020-06-22", 2),
            (Period::Week, "2020-06-22", "2020-06-28", 1),
            (Period::Month, "2019-12-31", "2021-01-01", 14),
            (Period::Quarter, "2019-12-31", "2020-01-01", 2),
        ] {
            assert_eq!(period.count(day(from), day(to)), count, "{from} to {to}");
        }
    }

    #[test]
    fn a_due_day_before_the_plan_waits_for_the_plan() {
        let once = Schedule::Once {
            from: None,
            due: day("2020-06-10"),
        };
        assert_eq!(
            listed(&once, "2020-06-16"),
            pairs(&[("2020-06-10", "2020-06-16")])
        );
        assert_eq!(listed(&Schedule::Instruction, "2020-06-16"), pairs(&[]));
    }
}
