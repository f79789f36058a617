//! Weeks as ISO 8601 has them: Monday to Sunday, numbered within their year.

use chrono::Datelike;

use super::day::Day;

/// One week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Week {
    monday: Day,
}

impl Week {
    /// The week that holds a day.
    pub(crate) fn of(day: Day) -> Self {
        Self {
            monday: day.start_of_week(),
        }
    }

    /// Its Monday.
    pub(crate) const fn first(self) -> Day {
        self.monday
    }

    /// Its Sunday.
    pub(crate) fn last(self) -> Day {
        self.monday + 6
    }

    /// The week after it.
    pub(crate) fn next(self) -> Self {
        Self {
            monday: self.monday + 7,
        }
    }

    /// Its year and number. The first days of January may be in the last week of the year before.
    pub(crate) fn number(self) -> (i32, u32) {
        let week = self.monday.date().iso_week();
        (week.year(), week.week())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_runs_from_monday_to_sunday_and_may_be_of_another_year() {
        let case = |day: &str, first: &str, number| {
            let week = Week::of(day.parse().unwrap());
            assert_eq!(week.first().to_string(), first, "{day}");
            assert_eq!(week.last() - week.first(), 6);
            assert_eq!(week.next().first() - week.last(), 1);
            assert_eq!(week.number(), number, "{day}");
        };
        case("2020-07-06", "2020-07-06", (2020, 28));
        case("2020-07-12", "2020-07-06", (2020, 28));
        case("2021-01-03", "2020-12-28", (2020, 53));
        case("2019-12-30", "2019-12-30", (2020, 1));
    }
}
