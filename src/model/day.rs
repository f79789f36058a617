//! Calendar days: the only time the model knows. Not clocks, not time zones; "today" is always somebody's argument.

use std::fmt;
use std::num::NonZeroI32;
use std::ops::{Add, Sub};
use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A calendar day. Ordered, counted in days of the Common Era. Four bytes, and so is `Option<Day>`: there is no day 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NonZeroI32);

/// What is wrong with a text that should be a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not of the form `YYYY-MM-DD`.
    #[error("not of the form YYYY-MM-DD")]
    Form,
    /// Of the right form, but no such day exists (2020-02-30).
    #[error("no such day in the calendar")]
    NoSuchDay,
}

impl Day {
    /// The day of that year, month (1–12) and day of the month, if the calendar has it. Years 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let date = (1..=9999)
            .contains(&year)
            .then(|| NaiveDate::from_ymd_opt(year, month, day));
        date.flatten().map(Self::from)
    }

    /// The day, where it is one that can be written: of the years 1 to 9999.
    pub fn in_calendar(self) -> Option<Self> {
        (1..=9999).contains(&self.ymd().0).then_some(self)
    }

    /// The day with that number in the Common Era (day 1 is 0001-01-01): the form in which days are stored. There is no day 0,
    /// the one before the calendar begins: it is taken for day 1.
    pub const fn from_number(number: i32) -> Self {
        match NonZeroI32::new(number) {
            Some(number) => Self(number),
            None => Self::from_number(1),
        }
    }

    /// Its number in the Common Era; never 0.
    pub const fn number(self) -> i32 {
        self.0.get()
    }

    /// The day as chrono knows it.
    pub fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.number()).unwrap_or(NaiveDate::MAX)
    }

    /// Year, month and day of the month.
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.date();
        (date.year(), date.month(), date.day())
    }

    /// The day as ISO 8601 writes it, where its year has four digits. Digit by digit: the lagging list of 30,000 units as JSON Lines
    /// takes 501 million instructions so, 578 with `write!`.
    fn text(self) -> Option<[u8; 10]> {
        let (year, month, day) = self.ymd();
        let year = u32::try_from(year).ok().filter(|year| *year <= 9999)?;
        let two = |number: u32| [b'0' + (number / 10 % 10) as u8, b'0' + (number % 10) as u8];
        let ([a, b], [c, d]) = (two(year / 100), two(year));
        let ([e, f], [g, h]) = (two(month), two(day));
        Some([a, b, c, d, b'-', e, f, b'-', g, h])
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.date().weekday()
    }

    /// The last day of the month that holds this day.
    pub fn end_of_month(self) -> Self {
        let (year, month, _) = self.ymd();
        last_of_month(year, month)
    }

    /// The first day of the month that holds this day.
    pub fn start_of_month(self) -> Self {
        let (_, _, day) = self.ymd();
        self - (day.cast_signed() - 1)
    }

    /// The Monday of the ISO week that holds this day.
    pub fn start_of_week(self) -> Self {
        self - self.weekday().num_days_from_monday().cast_signed()
    }
}

/// The last day of that month.
pub(crate) fn last_of_month(year: i32, month: u32) -> Day {
    let next = if month == 12 {
        Day::new(year + 1, 1, 1)
    } else {
        Day::new(year, month + 1, 1)
    };
    next.map_or(Day::from_number(i32::MAX), |first| first - 1)
}

impl From<NaiveDate> for Day {
    fn from(date: NaiveDate) -> Self {
        Self::from_number(date.num_days_from_ce())
    }
}

impl Add<i32> for Day {
    type Output = Self;
    fn add(self, days: i32) -> Self {
        Self::from_number(self.number().saturating_add(days))
    }
}

impl Sub<i32> for Day {
    type Output = Self;
    fn sub(self, days: i32) -> Self {
        Self::from_number(self.number().saturating_sub(days))
    }
}

impl Sub for Day {
    type Output = i32;
    /// The days from `other` to this one.
    fn sub(self, other: Self) -> i32 {
        self.number().saturating_sub(other.number())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text() {
            Some(text) => f.pad(str::from_utf8(&text).map_err(|_| fmt::Error)?),
            None => {
                let (year, month, day) = self.ymd();
                write!(f, "{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, byte)| match at {
                4 | 7 => *byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if !shaped {
            return Err(DayError::Form);
        }
        let number = |digits: &[u8]| {
            let value = |sum: u32, digit: &u8| sum * 10 + u32::from(digit - b'0');
            digits.iter().fold(0, value)
        };
        let (year, month, day) = (&bytes[..4], &bytes[5..7], &bytes[8..]);
        let year = number(year).cast_signed();
        Self::new(year, number(month), number(day)).ok_or(DayError::NoSuchDay)
    }
}

impl Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.text().as_ref().map(|text| str::from_utf8(text)) {
            Some(Ok(text)) => serializer.serialize_str(text),
            _ => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_it_is_read() {
        for text in ["2020-02-29", "2020-12-31", "0001-01-01", "9999-12-31"] {
            assert_eq!(
                text.parse::<Day>().map(|day| day.to_string()),
                Ok(text.to_string())
            );
        }
    }

    #[test]
    fn before_the_calendar_days_still_follow_one_another() {
        assert_eq!(size_of::<Option<Day>>(), 4);
        let mut day = Day::from_number(-3);
        for _ in 0..5 {
            assert!(day + 1 > day, "{}", day.number());
            day = day + 1;
        }
        assert_eq!(day, Day::from_number(3));
        assert_eq!(Day::from_number(5) - 5, Day::from_number(1));
    }

    #[test]
    fn days_that_do_not_exist_are_told_from_texts_that_are_no_days() {
        assert_eq!("2020-02-30".parse::<Day>(), Err(DayError::NoSuchDay));
        assert_eq!("2019-02-29".parse::<Day>(), Err(DayError::NoSuchDay));
        for text in [
            "",
            "2020-6-30",
            "2020/06/30",
            "2020-06-30 ",
            "+020-06-30",
            "二〇二〇",
        ] {
            assert_eq!(text.parse::<Day>(), Err(DayError::Form), "{text}");
        }
    }

    #[test]
    fn months_and_weeks_have_their_edges() {
        let day: Day = "2020-02-12".parse().unwrap();
        assert_eq!(day.end_of_month().to_string(), "2020-02-29");
        assert_eq!(day.start_of_month().to_string(), "2020-02-01");
        assert_eq!(day.start_of_week().to_string(), "2020-02-10");
        assert_eq!(last_of_month(2020, 12).to_string(), "2020-12-31");
    }
}
