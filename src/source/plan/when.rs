//! Days as a plan file writes them: days, stretches of the calendar in official words, and anchors with an offset.

use std::collections::BTreeMap;

use crate::model::day::{Day, DayError};
use crate::model::quantity;
use crate::source::near::{did_you_mean, folded};
use crate::source::problem::{Saying, say};
use crate::source::stretch::{Stretch, names_an_hour};

/// Named days; `None` where the file names one without a usable day.
pub(super) type Anchors = BTreeMap<String, Option<Day>>;

/// What is wrong; `None` where it has been said already.
pub(super) type Refusal = Option<Saying>;

/// The first and the last day of what the text names. Without a year it is the year of `issued`.
///
/// # Errors
/// A text that names no day, a day that the calendar does not have, an hour, an anchor that the plan does not have.
pub(super) fn resolve(
    text: &str,
    anchors: &Anchors,
    issued: Option<Day>,
) -> Result<(Day, Day), Refusal> {
    let folded = folded(text.trim());
    let plain = folded.as_ref();
    if let Some(span) = calendar(plain, issued) {
        return span.map_err(Some);
    }
    let (name, days) = match anchors.contains_key(plain) {
        true => (plain, 0),
        false => offset(plain).unwrap_or((plain, 0)),
    };
    if let Some(day) = anchors.get(name) {
        return day.map(|day| (day + days, day + days)).ok_or(None);
    }
    if let Some(day) = calendar(name, issued).and_then(Result::ok) {
        let hint = (day.0 == day.1).then(|| say!("hint-did-you-mean", name = day.0 + days));
        return Err(Some(say!("check-day-offset", text = text).hint(hint)));
    }
    let hint = meant(plain).or_else(|| did_you_mean(name, anchors.keys().map(String::as_str)));
    if name.starts_with(|c: char| c.is_ascii_digit())
        || name.parse::<crate::model::code::Id>().is_err()
    {
        let hint = hint.or_else(|| Some(say!("hint-day-forms")));
        return Err(Some(say!("check-no-day", text = text).hint(hint)));
    }
    // A name that is like that of no anchor and speaks of the calendar is a day in other words than those that are read: 六月底.
    if days == 0 && hint.is_none() && speaks_of_days(name) {
        let plain =
            with_digits(name).filter(|plain| matches!(calendar(plain, issued), Some(Ok(_))));
        let hint = plain.map(|plain| say!("hint-did-you-mean", name = plain));
        let hint = hint.unwrap_or_else(|| say!("hint-day-or-anchor", anchor = name));
        return Err(Some(say!("check-no-day", text = text).hint(hint)));
    }
    let hint = hint.or_else(|| Some(say!("hint-define-anchor", name = name)));
    Err(Some(say!("check-unknown-anchor", name = name).hint(hint)))
}

/// A day or a stretch of the calendar, where the text is of such a form; with `前` behind it the day before. What must be done
/// "before the end" of a month or year may be done on its last day.
fn calendar(text: &str, issued: Option<Day>) -> Option<Result<(Day, Day), Saying>> {
    let nowhere = || say!("check-no-such-day", text = text);
    match text.parse::<Day>() {
        Ok(day) => return Some(Ok((day, day))),
        Err(DayError::NoSuchDay) => return Some(Err(nowhere())),
        Err(DayError::Form) => {}
    }
    if names_an_hour(text) {
        let hint = text.get(..10).and_then(|day| day.parse::<Day>().ok());
        let hint = hint.map(|day| say!("hint-did-you-mean", name = day));
        return Some(Err(say!("check-day-hour", text = text).hint(hint)));
    }
    let (body, before) = match text.strip_suffix('前') {
        Some(body) => (body.trim_end_matches(['之', '以']).trim_end(), true),
        None => (text, false),
    };
    let before = before && !body.ends_with(['底', '末']);
    let stretch = Stretch::read(body)?;
    let year = stretch.year.or_else(|| Some(issued?.ymd().0));
    let Some(year) = year else {
        return Some(Err(say!("check-day-year", text = text)));
    };
    let Some((first, last)) = stretch.span(year) else {
        return Some(Err(nowhere()));
    };
    let (first, last) = if before {
        (first - 1, first - 1)
    } else {
        (first, last)
    };
    if stretch.year.is_none() && issued.is_some_and(|issued| last < issued) {
        let hint = stretch.span(year + 1).map(|(next, end)| {
            let next = if before { next - 1 } else { end };
            say!("hint-did-you-mean", name = next)
        });
        return Some(Err(say!("check-day-year", text = text).hint(hint)));
    }
    Some(Ok((first, last)))
}

/// What is to be said of a day without quotation marks that is no TOML: of a month, of one in official words, of one that the calendar
/// does not have, of one in another form. `None` where the text is no day.
pub(super) fn bare(text: &str) -> Option<Saying> {
    let folded = folded(text);
    // Whether a day lacks its year is told once it is quoted.
    let some_year = Day::new(2000, 1, 1);
    match calendar(&folded, some_year) {
        Some(Ok(_)) => {
            Some(say!("check-day-unquoted", text = text).hint(say!("hint-quoted", text = text)))
        }
        Some(Err(told)) => Some(told),
        None => Some(say!("check-no-day", text = text).hint(meant(&folded)?)),
    }
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

/// Whether a text speaks of the calendar. A day and nothing else may be an anchor's: 启动日.
fn speaks_of_days(text: &str) -> bool {
    let plain = with_digits(text);
    let plain = plain.as_deref().unwrap_or(text);
    plain.contains(['年', '月', '旬', '季', '周', '底', '末', '初', '前', '节'])
        || plain.contains(|c: char| c.is_ascii_digit()) && plain.contains(['日', '号'])
}

/// The text with digits where it has numbers in Han characters: `六月底`, `二〇二一年十一月`.
fn with_digits(text: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match quantity::han(rest) {
            Some((number, length)) => {
                plain.push_str(&number.to_string());
                rest = &rest[length..];
            }
            None => {
                plain.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    (plain != text).then_some(plain)
}

/// The hint for a day in another form than a plan's: `2020-6-30`, `2020/6/30`.
fn meant(text: &str) -> Option<Saying> {
    let parts: Vec<u32> = text
        .split(['-', '/', '.', '年', '月', '日'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().ok())
        .collect::<Option<_>>()?;
    let name = match parts.as_slice() {
        [year @ 1000..=9999, month, day] => Day::new(year.cast_signed(), *month, *day)?.to_string(),
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

    fn issued() -> Option<Day> {
        "2020-06-16".parse().ok()
    }

    #[track_caller]
    fn case(text: &str, first: &str, last: &str) {
        let found = resolve(text, &anchors(), issued());
        let found = found.map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(found, Ok((first.to_string(), last.to_string())), "{text}");
    }

    #[track_caller]
    fn day(text: &str, day: &str) {
        case(text, day, day);
    }

    #[track_caller]
    fn refused(text: &str, id: &str, hint: Option<&str>) {
        let saying = resolve(text, &anchors(), issued()).unwrap_err().unwrap();
        assert_eq!(saying.id, id, "{text}");
        let name = saying.hint.as_ref().and_then(|help| help.arg("name"));
        assert_eq!(name, hint, "{text}");
    }

    #[test]
    fn days_months_thirds_years_and_anchors() {
        day("2020-06-30", "2020-06-30");
        case("2020-02", "2020-02-01", "2020-02-29");
        case("2020", "2020-01-01", "2020-12-31");
        case("2020-06 上旬", "2020-06-01", "2020-06-10");
        case("2020-06 mid", "2020-06-11", "2020-06-20");
        case("2020-02 下旬", "2020-02-21", "2020-02-29");
        day("first-day", "2020-11-01");
        day("first-day + 2d", "2020-11-03");
        day("first-day-1w", "2020-10-25");
        day("first-day + 3天", "2020-11-04");
    }

    #[test]
    fn days_in_official_words() {
        day("2021年11月底", "2021-11-30");
        day("2020年2月末", "2020-02-29");
        day("2021年底", "2021-12-31");
        day("2020年6月30日", "2020-06-30");
        day("２０２０年６月３０日", "2020-06-30");
        day("2020 年 6 月 30 日", "2020-06-30");
        day("7月1号", "2020-07-01");
        case("2023年6月下旬", "2023-06-21", "2023-06-30");
        case("2023-06下旬", "2023-06-21", "2023-06-30");
        case("10月中旬", "2020-10-11", "2020-10-20");
        case("2020年6月", "2020-06-01", "2020-06-30");
        case("2020年6月份", "2020-06-01", "2020-06-30");
        case("2020年", "2020-01-01", "2020-12-31");
        case("2021年上半年", "2021-01-01", "2021-06-30");
        case("下半年", "2020-07-01", "2020-12-31");
        case("2020年三季度", "2020-07-01", "2020-09-30");
        case("2021年第1季度", "2021-01-01", "2021-03-31");
        case("四季度", "2020-10-01", "2020-12-31");
    }

    #[test]
    fn before_a_day_is_the_day_before_and_before_an_end_is_the_end() {
        day("6月24日前", "2020-06-23");
        day("2020年6月24日之前", "2020-06-23");
        day("2021年1月1日以前", "2020-12-31");
        day("2020-07-01前", "2020-06-30");
        day("2020年10月前", "2020-09-30");
        day("2020年10月中旬前", "2020-10-10");
        day("2021年11月底前", "2021-11-30");
        day("年底前", "2020-12-31");
    }

    #[test]
    fn a_day_without_its_year_is_of_the_year_of_issue_or_refused() {
        refused("6月10日", "check-day-year", Some("2021-06-10"));
        refused("6月16日前", "check-day-year", Some("2021-06-15"));
        refused("3月底", "check-day-year", Some("2021-03-31"));
        refused("一季度", "check-day-year", Some("2021-03-31"));
        day("2020年6月10日", "2020-06-10");
        case("6月中旬", "2020-06-11", "2020-06-20");
        let unknown = resolve("6月24日", &anchors(), None).unwrap_err();
        assert_eq!(unknown.unwrap().id, "check-day-year");
    }

    #[test]
    fn an_hour_is_refused() {
        refused("2020-10-31T16:30:00Z", "check-day-hour", Some("2020-10-31"));
        refused("2020-10-31 16:30:00", "check-day-hour", Some("2020-10-31"));
        refused(
            "2020-10-31T16:30:00+08:00",
            "check-day-hour",
            Some("2020-10-31"),
        );
        refused("6月24日 12:00", "check-day-hour", None);
        refused("16:30:00", "check-day-hour", None);
    }

    #[test]
    fn what_names_no_day_says_why() {
        refused("2020-02-30", "check-no-such-day", None);
        refused("2020-13", "check-no-such-day", None);
        refused("2020年6月31日", "check-no-such-day", None);
        refused("13月底", "check-no-such-day", None);
        refused("2020-6-30", "check-no-day", Some("2020-06-30"));
        refused("2020/6/30", "check-no-day", Some("2020-06-30"));
        refused("frist-day", "check-unknown-anchor", Some("first-day"));
        refused("opening + 2d", "check-unknown-anchor", Some("opening"));
        refused("启动日", "check-unknown-anchor", Some("启动日"));
        refused("启动日 + 2d", "check-unknown-anchor", Some("启动日"));
        // What speaks of the calendar is no anchor that somebody forgot.
        refused("六月底", "check-no-day", Some("6月底"));
        refused("十月中旬", "check-no-day", Some("10月中旬"));
        refused("二〇二一年十一月底", "check-no-day", Some("2021年11月底"));
        refused(
            "二〇二一年六月三十日前",
            "check-no-day",
            Some("2021年6月30日前"),
        );
        for text in ["月底", "春节前", "下周五", "下月初", "国庆节", "六月某日"] {
            refused(text, "check-no-day", None);
        }
        refused("2020-06-30 + 2d", "check-day-offset", Some("2020-07-02"));
        refused("", "check-no-day", None);
        refused("2020年五季度", "check-no-day", None);
        assert_eq!(resolve("broken", &anchors(), issued()), Err(None));
    }
}
