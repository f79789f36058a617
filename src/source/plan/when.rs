//! Days as a plan file writes them: days, months, thirds of months, years, and anchors with an offset.

use std::collections::BTreeMap;

use crate::model::day::{Day, DayError, last_of_month};
use crate::source::near::did_you_mean;
use crate::source::problem::{Saying, say};

/// Named days; `None` where the file names one without a usable day.
pub(super) type Anchors = BTreeMap<String, Option<Day>>;

/// What is wrong, and what would help; `None` where it has been said already.
pub(super) type Refusal = Option<(Saying, Option<Saying>)>;

/// The first and the last day of what the text names.
///
/// # Errors
/// A text that names no day, a day that the calendar does not have, an anchor that the plan does not have.
pub(super) fn resolve(text: &str, anchors: &Anchors) -> Result<(Day, Day), Refusal> {
    let text = text.trim();
    if let Some(span) = calendar(text) {
        return span.map_err(|error| Some((error, None)));
    }
    let (name, days) = match anchors.contains_key(text) {
        true => (text, 0),
        false => offset(text).unwrap_or((text, 0)),
    };
    if let Some(day) = anchors.get(name) {
        return day.map(|day| (day + days, day + days)).ok_or(None);
    }
    if let Some(day) = calendar(name).and_then(Result::ok) {
        let hint = (day.0 == day.1).then(|| say!("hint-did-you-mean", name = day.0 + days));
        return Err(Some((say!("check-day-offset", text = text), hint)));
    }
    let hint = meant(text).or_else(|| did_you_mean(name, anchors.keys().map(String::as_str)));
    if name.starts_with(|c: char| c.is_ascii_digit())
        || name.parse::<crate::model::code::Id>().is_err()
    {
        let hint = hint.or_else(|| Some(say!("hint-day-forms")));
        return Err(Some((say!("check-no-day", text = text), hint)));
    }
    let hint = hint.or_else(|| Some(say!("hint-define-anchor", name = name)));
    Err(Some((say!("check-unknown-anchor", name = name), hint)))
}

/// A day, a month, a third of a month or a year, where the text is of such a form.
fn calendar(text: &str) -> Option<Result<(Day, Day), Saying>> {
    match text.parse::<Day>() {
        Ok(day) => return Some(Ok((day, day))),
        Err(DayError::NoSuchDay) => return Some(Err(say!("check-no-such-day", text = text))),
        Err(DayError::Form) => {}
    }
    let (month, third) = match text.split_once(char::is_whitespace) {
        Some((month, third)) => (month, third.trim()),
        None => (text, ""),
    };
    let digits = |part: &str, length: usize| {
        let plain = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| part.parse::<u32>().unwrap_or(0))
    };
    if let (Some(year), "") = (digits(month, 4), third) {
        let year = year.cast_signed();
        let span = Day::new(year, 1, 1).zip(Day::new(year, 12, 31));
        return Some(span.ok_or_else(|| say!("check-no-such-day", text = text)));
    }
    let (year, number) = month.split_once('-')?;
    let (year, number) = (digits(year, 4)?.cast_signed(), digits(number, 2)?);
    let (from, to) = match third {
        "" => (1, 0),
        "上旬" | "early" => (1, 10),
        "中旬" | "mid" => (11, 20),
        "下旬" | "late" => (21, 0),
        _ => return None,
    };
    let span = Day::new(year, number, from).map(|first| {
        let last = last_of_month(year, number);
        (first, if to == 0 { last } else { first + 9 })
    });
    Some(span.ok_or_else(|| say!("check-no-such-day", text = text)))
}

/// A name and the days added to it: `first-day + 2d`, `first-day - 1w`.
fn offset(text: &str) -> Option<(&str, i32)> {
    let (body, days) = match text.strip_suffix(['d', 'D', '天', '日']) {
        Some(body) => (body, 1),
        None => (text.strip_suffix(['w', 'W', '周'])?, 7),
    };
    let body = body.trim_end();
    let before = body.trim_end_matches(|c: char| c.is_ascii_digit());
    let number: i32 = body[before.len()..]
        .parse()
        .ok()
        .filter(|number| *number <= 5000)?;
    let before = before.trim_end();
    let (name, sign) = match before.strip_suffix(['+', '＋']) {
        Some(name) => (name, 1),
        None => (before.strip_suffix(['-', '−', '－'])?, -1),
    };
    Some((name.trim_end(), sign * number * days))
}

/// The hint for a day in another form than a plan's: `2020-6-30`, `2020/6/30`, `2020年6月`.
fn meant(text: &str) -> Option<Saying> {
    let parts: Vec<u32> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let name = match parts.as_slice() {
        [year, month, day] => Day::new(year.cast_signed(), *month, *day)?.to_string(),
        [year @ 1000..=9999, month @ 1..=12] => format!("{year:04}-{month:02}"),
        _ => return None,
    };
    Some(say!("hint-did-you-mean", name = name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors() -> Anchors {
        let day = "2020-11-01".parse().ok();
        [("first-day".to_string(), day), ("broken".to_string(), None)].into()
    }

    #[track_caller]
    fn case(text: &str, first: &str, last: &str) {
        let found =
            resolve(text, &anchors()).map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(found, Ok((first.to_string(), last.to_string())), "{text}");
    }

    #[track_caller]
    fn refused(text: &str, id: &str, hint: Option<&str>) {
        let (saying, help) = resolve(text, &anchors()).unwrap_err().unwrap();
        assert_eq!(saying.id, id, "{text}");
        let name = help.as_ref().and_then(|help| help.arg("name"));
        assert_eq!(name, hint, "{text}");
    }

    #[test]
    fn days_months_thirds_years_and_anchors() {
        case("2020-06-30", "2020-06-30", "2020-06-30");
        case("2020-02", "2020-02-01", "2020-02-29");
        case("2020", "2020-01-01", "2020-12-31");
        case("2020-06 上旬", "2020-06-01", "2020-06-10");
        case("2020-06 mid", "2020-06-11", "2020-06-20");
        case("2020-02 下旬", "2020-02-21", "2020-02-29");
        case("first-day", "2020-11-01", "2020-11-01");
        case("first-day + 2d", "2020-11-03", "2020-11-03");
        case("first-day-1w", "2020-10-25", "2020-10-25");
        case("first-day + 3天", "2020-11-04", "2020-11-04");
    }

    #[test]
    fn what_names_no_day_says_why() {
        refused("2020-02-30", "check-no-such-day", None);
        refused("2020-13", "check-no-such-day", None);
        refused("2020-6-30", "check-no-day", Some("2020-06-30"));
        refused("2020年6月", "check-no-day", Some("2020-06"));
        refused("frist-day", "check-unknown-anchor", Some("first-day"));
        refused("opening + 2d", "check-unknown-anchor", Some("opening"));
        refused("2020-06-30 + 2d", "check-day-offset", Some("2020-07-02"));
        refused("", "check-no-day", None);
        assert_eq!(resolve("broken", &anchors()), Err(None));
    }
}
