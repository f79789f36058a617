//! Stretches of the calendar in official words: years, quarters, months, thirds of months, and their ends.

use crate::model::day::{Day, last_of_month};

/// Whether a text has a clock time in it: `2020-06-30T16:30:00Z`, `16:30`.
pub(super) fn names_an_hour(text: &str) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    text.split_once(':').is_some_and(|(hour, minute)| {
        digit(hour.chars().next_back()) && digit(minute.chars().next())
    })
}

/// A stretch of the calendar: a year, or a part of one.
pub(super) struct Stretch {
    /// Its year, where the text says it.
    pub year: Option<i32>,
    part: PartOfYear,
}

/// A part of a year.
enum PartOfYear {
    Whole,
    /// So many months from that month on.
    Months(u32, u32),
    /// From a day of a month to a day of it; 0 = its last.
    Days(u32, u32, u32),
}

impl Stretch {
    /// Reads `2020`, `2020-06`, `2020-06 上旬`, `2020年`, `2020年底`, `2020年上半年`, `2020年三季度`, `2020年6月`, `6月底`, `6月24日`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (year, rest) = match digits(text, 4) {
            Some((year, rest)) if !rest.starts_with('月') => (Some(year.cast_signed()), rest),
            _ => (None, text),
        };
        let rest = rest.trim_start();
        let part = if let Some(rest) = rest.strip_prefix('-').filter(|_| year.is_some()) {
            let (month, rest) = digits(rest, 2)?;
            match rest.strip_prefix('-').map(|day| digits(day, 2)) {
                Some(day) => {
                    let (day, _) = day.filter(|(_, rest)| rest.is_empty())?;
                    PartOfYear::Days(month, day, day)
                }
                None => third(month, rest.trim_start())?,
            }
        } else {
            let (of_year, rest) = match rest.strip_prefix('年') {
                Some(rest) => (true, rest.trim_start()),
                None if year.is_some() && !rest.is_empty() => return None,
                None => (false, rest),
            };
            match rest {
                "" => PartOfYear::Whole,
                "底" | "末" if of_year => PartOfYear::Days(12, 31, 31),
                "上半年" => PartOfYear::Months(1, 6),
                "下半年" => PartOfYear::Months(7, 6),
                _ => match quarter(rest) {
                    Some(number) => PartOfYear::Months(number * 3 - 2, 3),
                    None => month(rest)?,
                },
            }
        };
        let bare = matches!(part, PartOfYear::Whole) && year.is_none();
        (!bare).then_some(Self { year, part })
    }

    /// Whether it is a single day.
    pub(super) const fn is_day(&self) -> bool {
        matches!(self.part, PartOfYear::Days(_, first, last) if first == last && first > 0)
    }

    /// Its first and last day in that year.
    pub(super) fn span(&self, year: i32) -> Option<(Day, Day)> {
        match self.part {
            PartOfYear::Whole => Day::new(year, 1, 1).zip(Day::new(year, 12, 31)),
            PartOfYear::Months(first, count) => {
                let last = last_of_month(year, first + count - 1);
                Some((Day::new(year, first, 1)?, last))
            }
            PartOfYear::Days(month, first, last) => {
                let end = last_of_month(year, Day::new(year, month, 1)?.ymd().1);
                let day = |day| {
                    if day == 0 {
                        Some(end)
                    } else {
                        Day::new(year, month, day)
                    }
                };
                day(first).zip(day(last))
            }
        }
    }
}

/// `6月`, `6月份`, `6月底`, `6月下旬`, `6月24日`.
fn month(text: &str) -> Option<PartOfYear> {
    let (month, rest) = digits(text, 2).or_else(|| digits(text, 1))?;
    let rest = rest.trim_start().strip_prefix('月')?;
    let rest = rest.strip_prefix('份').unwrap_or(rest).trim_start();
    let day = digits(rest, 2).or_else(|| digits(rest, 1));
    if let Some((day, _)) = day.filter(|(_, unit)| matches!(unit.trim_start(), "日" | "号")) {
        return Some(PartOfYear::Days(month, day, day));
    }
    third(month, rest)
}

/// A month, or what is said behind it: its end, or a third of it.
fn third(month: u32, text: &str) -> Option<PartOfYear> {
    Some(match text {
        "" => PartOfYear::Days(month, 1, 0),
        "底" | "末" => PartOfYear::Days(month, 0, 0),
        "上旬" | "early" => PartOfYear::Days(month, 1, 10),
        "中旬" | "mid" => PartOfYear::Days(month, 11, 20),
        "下旬" | "late" => PartOfYear::Days(month, 21, 0),
        _ => return None,
    })
}

/// `三季度`, `第3季度`.
fn quarter(text: &str) -> Option<u32> {
    let name = text.strip_suffix("季度")?;
    match name.strip_prefix('第').unwrap_or(name) {
        "一" | "1" => Some(1),
        "二" | "2" => Some(2),
        "三" | "3" => Some(3),
        "四" | "4" => Some(4),
        _ => None,
    }
}

/// A number of so many digits, and what follows it.
fn digits(text: &str, length: usize) -> Option<(u32, &str)> {
    let (number, rest) = text.split_at_checked(length)?;
    let whole = number.bytes().all(|byte| byte.is_ascii_digit())
        && !rest.starts_with(|c: char| c.is_ascii_digit());
    whole
        .then(|| number.parse().ok())
        .flatten()
        .map(|number| (number, rest))
}
