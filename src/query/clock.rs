//! What time it is: an argument, as everything else.

use crate::model::day::Day;

/// The clock of a command.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Now, in milliseconds since 1970 UTC.
    pub now: i64,
    /// The day that counts as today, where it is not the clock's.
    pub today: Option<Day>,
}

impl Clock {
    /// Today in that time zone.
    pub fn today(self, timezone: i32) -> Day {
        self.today.unwrap_or_else(|| day_of(self.now, timezone))
    }

    /// Now, on the day that counts as today.
    pub fn moment(self, timezone: i32) -> i64 {
        let shift = i64::from(self.today(timezone) - day_of(self.now, timezone)) * 86_400_000;
        self.now.saturating_add(shift)
    }
}

/// The day of a moment (milliseconds since 1970 UTC) in a time zone (minutes east of UTC).
pub fn day_of(at: i64, timezone: i32) -> Day {
    const EPOCH: i32 = 719_163;
    let days = (at + i64::from(timezone) * 60_000).div_euclid(86_400_000);
    Day::from_number(EPOCH.saturating_add(i32::try_from(days).unwrap_or(i32::MAX - EPOCH)))
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_day_begins_at_the_plans_midnight() {
        let late = 1_593_446_400_000 - 1; // 2020-06-29T15:59:59.999Z
        assert_eq!(day_of(late, 480).to_string(), "2020-06-29");
        assert_eq!(day_of(late + 1, 480).to_string(), "2020-06-30");
        assert_eq!(day_of(0, 0).to_string(), "1970-01-01");
        assert_eq!(day_of(-1, 0).to_string(), "1969-12-31");
    }
}
