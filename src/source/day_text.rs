//! Days as people say them, on the command line and in the cells of a record file: `6.30`, `6月30日`, `friday`, `-7d`.

use chrono::Weekday;

use super::problem::{Saying, say};
use crate::model::day::Day;

/// Which way a day without a year, or a weekday, leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lean {
    /// To the latest one that is not after today: for what was done.
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
/// `check-said-day` for a text that names none, `check-no-such-day` for one that the calendar does not have.
pub fn day(text: &str, today: Day, lean: Lean) -> Result<Day, Saying> {
    let text = text.trim();
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let lower = text.to_lowercase();
    match lower.as_str() {
        "today" | "今天" => return Ok(today),
        "yesterday" | "昨天" => return Ok(today - 1),
        "tomorrow" | "明天" => return Ok(today + 1),
        _ => {}
    }
    if let Some(days) = offset(&lower) {
        return Ok(today + days);
    }
    if let Some(wanted) = weekday(&lower) {
        let ahead =
            (wanted.num_days_from_monday() + 7 - today.weekday().num_days_from_monday()) % 7;
        let ahead = ahead.cast_signed();
        return Ok(match lean {
            Lean::Past | Lean::Near(..) => today - (7 - ahead) % 7,
            Lean::Future => today + ahead,
        });
    }
    let unknown = || say!("check-said-day", text = text);
    let nowhere = || say!("check-no-such-day", text = text);
    match *numbers(&lower).ok_or_else(unknown)?.as_slice() {
        [year @ 1000..=9999, month, day] => {
            Day::new(year.cast_signed(), month, day).ok_or_else(nowhere)
        }
        [month, day] => nearest(month, day, today, lean).ok_or_else(nowhere),
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
    let date = without_time(text);
    if let Some(day) = serial(date) {
        return Ok(day);
    }
    match numbers(date).as_deref() {
        Some([year @ 1000..=9999, month, day]) => {
            let found = Day::new(year.cast_signed(), *month, *day);
            found.ok_or_else(|| say!("check-no-such-day", text = text))
        }
        _ => Err(say!("check-said-day", text = text)),
    }
}

/// A day inside the period that the text names: a month (`2020-07`, `7月`), a week (`2020-W27`), or a day.
///
/// # Errors
/// As [`day`].
pub fn period(text: &str, today: Day) -> Result<Day, Saying> {
    let text = text.trim();
    let nowhere = || say!("check-no-such-day", text = text);
    let number = |part: &str| -> Option<u32> {
        let plain =
            !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse().ok())?
    };
    let month = |year: i32, month: u32| Day::new(year, month, 1).map(|first| first.end_of_month());
    if let Some((year, week)) = text.split_once(['W', 'w'])
        && let Some(year) = number(year.trim_end_matches('-'))
    {
        let monday = number(week).and_then(|week| {
            chrono::NaiveDate::from_isoywd_opt(year.cast_signed(), week, Weekday::Mon)
        });
        return monday.map(Day::from).ok_or_else(nowhere);
    }
    if let Some(body) = text
        .strip_suffix('月')
        .or_else(|| text.strip_suffix("月份"))
    {
        return match body.split_once('年') {
            Some((year, part)) => number(year)
                .zip(number(part))
                .and_then(|(year, part)| month(year.cast_signed(), part)),
            None => number(body).and_then(|part| latest_month(part, today)),
        }
        .ok_or_else(nowhere);
    }
    if let Some((year, part)) = text.split_once(['-', '/'])
        && year.len() == 4
        && let (Some(year), Some(part)) = (number(year), number(part))
    {
        return month(year.cast_signed(), part).ok_or_else(nowhere);
    }
    day(text, today, Lean::Past)
}

/// The last day of the latest such month that has begun.
fn latest_month(month: u32, today: Day) -> Option<Day> {
    let (year, this, _) = today.ymd();
    let year = if month > this { year - 1 } else { year };
    Day::new(year, month, 1).map(Day::end_of_month)
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

/// The day of that month that leans the right way: in this year, else in the one before or after.
fn nearest(month: u32, day: u32, today: Day, lean: Lean) -> Option<Day> {
    let (year, _, _) = today.ymd();
    if let Lean::Near(first, last) = lean {
        let days = (year - 4..=year + 4).filter_map(|year| Day::new(year, month, day));
        return days.min_by_key(|day| (!(first..=last).contains(day), (*day - today).abs()));
    }
    let years: [i32; 5] = match lean {
        Lean::Near(..) | Lean::Past => [year, year - 1, year - 2, year - 3, year - 4],
        Lean::Future => [year, year + 1, year + 2, year + 3, year + 4],
    };
    let fits = |found: &Day| match lean {
        Lean::Near(..) | Lean::Past => *found <= today,
        Lean::Future => *found >= today,
    };
    let leap = month == 2 && day == 29;
    let tries = if leap { 5 } else { 2 };
    let mut days = years
        .iter()
        .take(tries)
        .filter_map(|year| Day::new(*year, month, day));
    days.find(fits)
}

/// The day behind a spreadsheet's serial number (1 = 1900-01-01, with the famous 29 February 1900).
pub(super) fn serial(text: &str) -> Option<Day> {
    let whole = text.split('.').next()?;
    let number: i32 = whole
        .parse()
        .ok()
        .filter(|number| (20_000..=80_000).contains(number))?;
    Day::new(1899, 12, 30).map(|zero| zero + number)
}

/// The day of a cell: as people say it, a day with a clock time behind it, or a spreadsheet's serial.
pub(super) fn cell(text: &str, today: Day) -> Result<Day, Saying> {
    if let Ok(day) = text.parse() {
        return Ok(day);
    }
    let date = without_time(text);
    serial(date).map_or_else(|| day(date, today, Lean::Past), Ok)
}

/// A text without the clock time behind its day.
fn without_time(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((date, time)) if time.contains(':') => date,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, past: &str, future: &str) {
        let today = "2020-07-03".parse().unwrap();
        let said = |lean| day(text, today, lean).map(|day| day.to_string());
        assert_eq!(said(Lean::Past), Ok(past.to_string()), "{text}");
        assert_eq!(said(Lean::Future), Ok(future.to_string()), "{text}");
        let near = said(Lean::Near(today, today)).unwrap();
        assert!(near == past || near == future, "{text}");
    }

    #[test]
    fn a_day_to_look_at_is_the_nearest() {
        for (text, near) in [
            ("7-9", "2020-07-09"),
            ("6-30", "2020-06-30"),
            ("12-31", "2020-12-31"),
            ("12-25", "2020-12-25"),
            ("1-5", "2020-01-05"),
            ("2-29", "2020-02-29"),
            ("friday", "2020-07-03"),
            ("周四", "2020-07-02"),
        ] {
            let today = "2020-07-03".parse().unwrap();
            let [first, last] = ["2020-06-16", "2020-12-31"].map(|day| day.parse().unwrap());
            let said = |today| day(text, today, Lean::Near(first, last)).map(|day| day.to_string());
            assert_eq!(said(today), Ok(near.to_string()), "{text}");
            if text == "6-30" {
                assert_eq!(said(last), Ok(near.to_string()), "in the plan's year");
            }
        }
    }

    #[test]
    fn days_in_every_form() {
        for text in [
            "2020-06-30",
            "2020/6/30",
            "2020.6.30",
            "2020年6月30日",
            "2020年6月30号",
            "2020-6-30",
        ] {
            case(text, "2020-06-30", "2020-06-30");
        }
        for text in ["6-30", "6.30", "6/30", "6月30日", "06-30"] {
            case(text, "2020-06-30", "2021-06-30");
        }
        case("12-31", "2019-12-31", "2020-12-31");
        case("2月29日", "2020-02-29", "2024-02-29");
        case("today", "2020-07-03", "2020-07-03");
        case("昨天", "2020-07-02", "2020-07-02");
        case("-7d", "2020-06-26", "2020-06-26");
        case("+2w", "2020-07-17", "2020-07-17");
        case("friday", "2020-07-03", "2020-07-03");
        case("周四", "2020-07-02", "2020-07-09");
        case("星期六", "2020-06-27", "2020-07-04");
        case("Sun", "2020-06-28", "2020-07-05");
    }

    #[test]
    fn what_is_no_day_is_told_from_a_day_that_does_not_exist() {
        let today = "2020-07-03".parse().unwrap();
        for text in [
            "",
            "soon",
            "2020",
            "6",
            "1-2-3-4",
            "30/6/2020",
            "6月",
            "-7",
            "周八",
        ] {
            let said = day(text, today, Lean::Past).map_err(|saying| saying.id);
            assert_eq!(said, Err("check-said-day"), "{text}");
        }
        for text in ["2020-02-30", "6-31", "13-1", "2019年2月29日", "2-30"] {
            let said = day(text, today, Lean::Past).map_err(|saying| saying.id);
            assert_eq!(said, Err("check-no-such-day"), "{text}");
        }
    }

    #[test]
    fn periods_are_named_by_month_week_or_day() {
        let today = "2020-07-03".parse().unwrap();
        let said = |text| {
            period(text, today)
                .map(|day| day.to_string())
                .map_err(|saying| saying.id)
        };
        assert_eq!(said("2020-07"), Ok("2020-07-31".into()));
        assert_eq!(said("2020年6月"), Ok("2020-06-30".into()));
        assert_eq!(said("7月"), Ok("2020-07-31".into()));
        assert_eq!(said("11月"), Ok("2019-11-30".into()));
        assert_eq!(said("2020-W27"), Ok("2020-06-29".into()));
        assert_eq!(said("2020-W54"), Err("check-no-such-day"));
        assert_eq!(said("2020-13"), Err("check-no-such-day"));
        assert_eq!(said("6月15日"), Ok("2020-06-15".into()));
        assert_eq!(said("6.15"), Ok("2020-06-15".into()));
        assert_eq!(said("later"), Err("check-said-day"));
    }

    #[test]
    fn a_cell_may_hold_a_clock_time_or_a_serial() {
        let today = "2020-07-03".parse().unwrap();
        for text in [
            "44012",
            "2020-06-30 12:30:00",
            "2020-06-30T08:00:00",
            "2020/6/30 8:00",
        ] {
            assert_eq!(
                cell(text, today).map(|day| day.to_string()),
                Ok("2020-06-30".into()),
                "{text}"
            );
        }
    }
}
