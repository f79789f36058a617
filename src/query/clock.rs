//! What time it is: an argument, as everything else.

use crate::model::day::Day;
use crate::model::zone::Zone;

/// The clock of a command.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Clock {
    /// Now, in milliseconds since 1970 UTC.
    pub now: i64,
    /// The day that counts as today, where it is not the clock's.
    pub today: Option<Day>,
}

impl Clock {
    /// Today in that time zone.
    pub(crate) fn today(self, zone: Zone) -> Day {
        self.today.unwrap_or_else(|| zone.day_of(self.now))
    }

    /// Now, on the day that counts as today.
    pub(crate) fn moment(self, zone: Zone) -> i64 {
        let today = self.today(zone);
        let shift = i64::from(today - zone.day_of(self.now)) * 86_400_000;
        let at = self.now.saturating_add(shift);
        // Where the clocks were changed in between, an hour more or less.
        at + i64::from(today - zone.day_of(at)) * 3_600_000
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;
    use crate::model::zone::Zone;

    #[test]
    fn a_moment_is_of_the_day_that_counts_as_today_through_a_change_of_clocks() {
        let moment = |text: &str| {
            let at = chrono::DateTime::parse_from_rfc3339(text).unwrap();
            at.timestamp_millis()
        };
        // Summer time ended in London on 25 October 2026, and began on 29 March.
        for (now, today) in [
            ("2026-10-26T23:30:00Z", "2026-10-24"),
            ("2026-10-26T00:10:00Z", "2026-10-24"),
            ("2026-10-24T23:30:00Z", "2026-10-27"),
            ("2026-03-28T00:10:00Z", "2026-03-31"),
            ("2026-03-30T23:10:00Z", "2026-03-28"),
            ("2026-07-01T12:00:00Z", "2026-07-01"),
        ] {
            for zone in ["Europe/London", "+08:00", "Australia/Sydney"] {
                let zone: Zone = zone.parse().unwrap();
                let clock = Clock {
                    now: moment(now),
                    today: today.parse().ok(),
                };
                let at = clock.moment(zone);
                assert_eq!(zone.day_of(at).to_string(), today, "{now} {zone}");
            }
        }
    }
}
