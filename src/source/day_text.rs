//! Days as people say them, on the command line and in the cells of a record file: `6.30`, `6月30日`, `28日`,
//! `friday`, `上周五`, `-7d`, and moments with their time zone.

use chrono::{NaiveTime, Weekday};

use super::near::folded;
use super::problem::{Saying, say};
use super::stretch::{Stretch, names_an_hour};
use crate::model::day::Day;
use crate::model::zone::Zone;

/// Today as a plan has it: by what days as people type them are understood.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Today {
    /// The day.
    pub day: Day,
    /// The plan's time zone, in which a moment becomes a day.
    pub zone: Zone,
    /// The plan's day of issue: before it a day needs its year.
    pub issued: Day,
}

/// Which way a day without a year, or a weekday, leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lean {
    /// To the latest one that is not after today: for what was done. One without a year is refused where that is before the plan's
    /// issue, and where the next one is nearer: it is probably meant, and has not come.
    Past,
    /// To the next one that is not before today: for what is due.
    Future,
    /// To the one nearest to today, where it has no year, if there is one from a first day to a last to that one; a weekday leans to the
    /// past. For a day that somebody looks at under a plan.
    Near(Day, Day),
}

/// The day that the text names.
///
/// # Errors
/// `check-said-day` for a text that names none, `check-no-such-day` for one that the calendar does not have, `check-day-not-come` and
/// `check-day-needs-year` as [`Lean::Past`] says.
pub(crate) fn day(text: &str, today: Today, lean: Lean) -> Result<Day, Saying> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let lower = folded(text).to_lowercase();
    let lower = lower.trim();
    if let Ok(day) = lower.parse() {
        return Ok(day);
    }
    if let Some(days) = relative(lower).or_else(|| offset(lower)) {
        let day = (today.day + days).in_calendar();
        return day.ok_or_else(|| say!("check-no-such-day", text = text));
    }
    let monday = today.day.start_of_week();
    let in_week = |weekday: Weekday| weekday.num_days_from_monday().cast_signed();
    for (name, weeks) in [("上", -1), ("本", 0), ("这", 0), ("下", 1)] {
        if let Some(wanted) = lower.strip_prefix(name).and_then(weekday) {
            return Ok(monday + (weeks * 7 + in_week(wanted)));
        }
    }
    if let Some(wanted) = weekday(lower) {
        let ahead = (in_week(wanted) + 7 - in_week(today.day.weekday())) % 7;
        return Ok(match lean {
            Lean::Past | Lean::Near(..) => today.day - (7 - ahead) % 7,
            Lean::Future => today.day + ahead,
        });
    }
    if let Some(found) = moment(lower, today.zone) {
        return found.ok_or_else(|| say!("check-said-day", text = text));
    }
    let unknown = || say!("check-said-day", text = text);
    let nowhere = || say!("check-no-such-day", text = text);
    match *numbers(lower).ok_or_else(unknown)?.as_slice() {
        [year @ 1000..=9999, month, day] => {
            Day::new(year.cast_signed(), month, day).ok_or_else(nowhere)
        }
        // A month of a year is no day.
        [1000..=9999, _] => Err(unknown()),
        [day @ 13..=31, month @ 1..=12] => {
            let hint = say!("hint-month-first", text = format!("{month}-{day}"));
            Err(nowhere().hint(hint))
        }
        [month, day] => yearless(text, &of_year(month, day, today.day), today, lean),
        [day] if lower.ends_with(['日', '号']) => {
            yearless(text, &of_month(day, today.day), today, lean)
        }
        _ => Err(unknown()),
    }
}

/// The day of a roster's cell: a whole day with its year, whatever its form.
///
/// # Errors
/// As [`day`].
pub(super) fn dated(text: &str) -> Result<Day, Saying> {
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let folded = folded(text);
    match numbers(without_time(&folded)).as_deref() {
        Some([year @ 1000..=9999, month, day]) => {
            let found = Day::new(year.cast_signed(), *month, *day);
            found.ok_or_else(|| say!("check-no-such-day", text = text))
        }
        _ => Err(say!("check-said-day", text = text)),
    }
}

/// The first and the last day of what the text names: a month (`2020-07`, `7月`), a week (`2020-W27`), a quarter (`2020-Q3`, `三季度`), a
/// half (`2020-H1`, `上半年`), a year, or a day. Without a year it is the latest that has begun; a day is the nearest.
///
/// # Errors
/// As [`day`].
pub(crate) fn period(text: &str, today: Day) -> Result<(Day, Day), Saying> {
    let folded = folded(text.trim());
    let text = folded.as_ref();
    let nowhere = || say!("check-no-such-day", text = text);
    let number = |part: &str| -> Option<u32> {
        let plain =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())?
    };
    let months = |year: u32, last: u32, count: u32| {
        let first = last.checked_sub(count - 1)?;
        let day = |month| Day::new(year.cast_signed(), month, 1);
        day(first).zip(day(last).map(|day| day.end_of_month()))
    };
    if let Some((year, part)) = text.split_once(['W', 'w', 'Q', 'q', 'H', 'h'])
        && let (Some(year), Some(part)) = (number(year.trim_end_matches('-')), number(part))
    {
        let found = if text.contains(['Q', 'q']) {
            months(year, part.saturating_mul(3), 3)
        } else if text.contains(['H', 'h']) {
            months(year, part.saturating_mul(6), 6)
        } else {
            let monday = chrono::NaiveDate::from_isoywd_opt(year.cast_signed(), part, Weekday::Mon);
            let monday = monday.and_then(|monday| Day::from(monday).in_calendar());
            monday.and_then(|monday| Some(monday).zip((monday + 6).in_calendar()))
        };
        return found.ok_or_else(nowhere);
    }
    if let Some(stretch) = Stretch::read(text).filter(|stretch| !stretch.is_day()) {
        let (this, _, _) = today.ymd();
        let begun = |span: &(Day, Day)| stretch.year.is_some() || span.0 <= today;
        let years = [stretch.year.unwrap_or(this), this - 1];
        let mut spans = years.into_iter().filter_map(|year| stretch.span(year));
        return spans.find(begun).ok_or_else(nowhere);
    }
    if let Some((year, part)) = text.split_once(['-', '/'])
        && year.len() == 4
        && let (Some(year), Some(part)) = (number(year), number(part))
    {
        return months(year, part, 1).ok_or_else(nowhere);
    }
    let today = Today {
        day: today,
        zone: Zone::UTC,
        issued: Day::from_number(1),
    };
    day(text, today, Lean::Near(today.issued, today.issued)).map(|day| (day, day))
}

/// A weekday by name, in English or Chinese.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    if let Ok(weekday) = text.parse() {
        return Some(weekday);
    }
    let rest = ["星期", "礼拜", "周"]
        .iter()
        .find_map(|prefix| text.strip_prefix(prefix))?;
    Some(match rest {
        "一" => Weekday::Mon,
        "二" => Weekday::Tue,
        "三" => Weekday::Wed,
        "四" => Weekday::Thu,
        "五" => Weekday::Fri,
        "六" => Weekday::Sat,
        "日" | "天" | "末" => Weekday::Sun,
        _ => return None,
    })
}

/// `-7d`, `+2w`, `-3天`.
fn offset(text: &str) -> Option<i32> {
    let (body, days) = match text.strip_suffix(['d', '天']) {
        Some(body) => (body, 1),
        None => (text.strip_suffix(['w', '周'])?, 7),
    };
    let (sign, digits) = match body.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, body.strip_prefix('+')?),
    };
    let plain =
        !digits.is_empty() && digits.len() <= 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| sign * days * digits.parse::<i32>().unwrap_or(0))
}

/// The numbers of `2020/6/30`, `6-30`, `6.30`, `2020年6月30日`, if the text is nothing else.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let body = text.strip_suffix(['日', '号']).unwrap_or(text);
    let parts = body.split(['-', '/', '.', '年', '月']);
    let number = |part: &str| {
        let part = part.trim();
        let plain =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())?
    };
    parts.map(number).collect()
}

/// Words for a day near today, as days from it.
fn relative(text: &str) -> Option<i32> {
    Some(match text {
        "today" | "今天" | "今日" => 0,
        "yesterday" | "昨天" | "昨日" => -1,
        "前天" | "前日" => -2,
        "大前天" => -3,
        "tomorrow" | "明天" | "明日" => 1,
        "后天" => 2,
        _ => return None,
    })
}

/// That day of the year around today, by day.
fn of_year(month: u32, day: u32, today: Day) -> Vec<Day> {
    let (year, _, _) = today.ymd();
    let years = year - 4..=year + 4;
    years
        .filter_map(|year| Day::new(year, month, day))
        .collect()
}

/// That day of the months around today, by day.
fn of_month(day: u32, today: Day) -> Vec<Day> {
    let mut month = today.start_of_month();
    for _ in 0..2 {
        month = (month - 1).start_of_month();
    }
    let mut days = Vec::new();
    for _ in 0..5 {
        let (year, number, _) = month.ymd();
        days.extend(Day::new(year, number, day));
        month = month.end_of_month() + 1;
    }
    days
}

/// The one of those days that leans the right way.
fn yearless(text: &str, days: &[Day], today: Today, lean: Lean) -> Result<Day, Saying> {
    let next = days.iter().copied().find(|day| *day >= today.day);
    let last = days.iter().copied().rfind(|day| *day <= today.day);
    let away = |day: Day| (day - today.day).abs();
    let found = match lean {
        Lean::Future => next,
        Lean::Near(first, end) => {
            let in_plan = |day: &Day| (first..=end).contains(day);
            let days = days.iter().copied();
            days.min_by_key(|day| (!in_plan(day), away(*day)))
        }
        Lean::Past => {
            let early = last.filter(|last| *last < today.issued);
            match next.filter(|next| last.is_none_or(|last| away(*next) < away(last))) {
                Some(next) => return Err(say!("check-day-not-come", text = text, day = next)),
                None if early.is_some() => {
                    let (day, issued) = (early.unwrap_or(today.day), today.issued);
                    return Err(say!(
                        "check-day-needs-year",
                        text = text,
                        day = day,
                        issued = issued
                    ));
                }
                None => last,
            }
        }
    };
    found.ok_or_else(|| say!("check-no-such-day", text = text))
}

/// The day of a cell: as people say it, or a day with a clock time behind it.
pub(super) fn cell(text: &str, today: Today) -> Result<Day, Saying> {
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    day(text, today, Lean::Past)
}

/// A text without the clock time behind its day; one that says its time zone stays whole.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', 't', ' ']) {
        Some((date, time)) if clock(time).is_some_and(|(_, zone)| zone.is_none()) => date,
        _ => text,
    }
}

/// The day of a moment, in the zone where it says its own: `2020-06-30T16:30:00Z`, `2020/7/1 0:30 +0800`, `2020-06-30 12:00`. `None` where
/// the text has no clock time, `Some(None)` where it cannot be understood.
fn moment(text: &str, zone: Zone) -> Option<Option<Day>> {
    let (date, time) = text
        .split_once(['t', ' '])
        .filter(|_| names_an_hour(text))?;
    let day = match numbers(date).as_deref() {
        Some([year @ 1000..=9999, month, day]) => Day::new(year.cast_signed(), *month, *day),
        _ => None,
    };
    let (Some(day), Some((time, offset))) = (day, clock(time)) else {
        return Some(None);
    };
    let Some(offset) = offset else {
        return Some(Some(day));
    };
    let at = day.date().and_time(time).and_utc().timestamp_millis();
    Some(Some(zone.day_of(at - i64::from(offset) * 60_000)))
}

/// A clock time, and the minutes east of UTC of the time zone behind it.
fn clock(text: &str) -> Option<(NaiveTime, Option<i32>)> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.')));
    let (time, zone) = text.split_at(end.unwrap_or(text.len()));
    let formats = ["%H:%M:%S%.f", "%H:%M"];
    let time = formats
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(time, format).ok())?;
    let zone = zone.trim();
    let (sign, digits) = match zone {
        "" => return Some((time, None)),
        _ if ["z", "utc", "gmt"]
            .iter()
            .any(|name| zone.eq_ignore_ascii_case(name)) =>
        {
            return Some((time, Some(0)));
        }
        _ => match zone.strip_prefix('+') {
            Some(digits) => (1, digits),
            None => (-1, zone.strip_prefix('-')?),
        },
    };
    let digits = digits.replace(':', "");
    let plain = matches!(digits.len(), 2 | 4) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes) = digits.split_at_checked(2).filter(|_| plain)?;
    let number = |part: &str| part.parse::<i32>().unwrap_or(0);
    let (hours, minutes) = (number(hours), number(minutes));
    (hours <= 14 && minutes <= 59).then_some((time, Some(sign * (hours * 60 + minutes))))
}

#[cfg(test)]
mod tests;
