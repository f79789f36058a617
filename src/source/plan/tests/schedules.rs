//! Schedules as plans say them: official words, `before`, longer periods, and the time zone.

use super::*;
use crate::model::due::{Period, Schedule};
use crate::model::zone::Zone;

const NEWS: &str = "every = \"week\"\nby = \"friday\"";

/// The due day of the first task, with that key instead of the activity's.
#[track_caller]
fn due(key: &str) -> String {
    let text = GOOD.replacen("due = \"2020-06\"", key, 1);
    let (file, _) = good(&text);
    let Schedule::Once { due, .. } = file.plan.tasks[0].schedule else {
        panic!("{key}");
    };
    due.to_string()
}

#[test]
fn days_in_official_words() {
    assert_eq!(due("due = \"2020年11月底\""), "2020-11-30");
    assert_eq!(due("due = \"6月24日前\""), "2020-06-23");
    assert_eq!(due("due = \"2020年6月下旬\""), "2020-06-30");
    assert_eq!(due("due = \"2020-07上旬\""), "2020-07-10");
    assert_eq!(due("from = \"7月上旬\"\nto = \"三季度\""), "2020-09-30");
    let text = GOOD.replacen("first-day = 2020-11-02", "first-day = \"11月2日\"", 1);
    assert_eq!(problems(&text), Problems::new());
}

#[test]
fn before_a_day_is_due_on_the_day_before() {
    assert_eq!(due("before = 2020-07-01"), "2020-06-30");
    assert_eq!(due("before = \"2020-08\""), "2020-07-31");
    assert_eq!(due("before = \"first-day + 1d\""), "2020-11-02");
    assert_eq!(due("before = \"10月中旬\""), "2020-10-10");
    assert_eq!(due("from = 2020-06-20\nbefore = 2020-07-01"), "2020-06-30");
    error(
        "due = \"2020-06\"",
        "due = \"2020-06\"\nbefore = 2020-07-01",
        "check-due-groups",
        "2020-07-01",
    );
    error(
        "due = \"2020-06\"",
        "before = \"7月1日前\"",
        "check-before-twice",
        "\"7月1日前\"",
    );
    error(
        "due = \"2020-06\"",
        "from = 2020-07-01\nbefore = 2020-07-01",
        "check-from-after-to",
        "2020-07-01",
    );
    warning(
        "due = \"2020-06\"",
        "before = 2021-06-30",
        "check-outside-phase",
        "2021-06-30",
    );
}

#[test]
fn an_hour_is_an_error_wherever_a_day_stands() {
    for (from, to) in [
        ("due = \"2020-06\"", "due = 2020-06-30T16:30:00Z"),
        ("due = \"2020-06\"", "due = \"2020-06-30 16:30\""),
        ("first-day = 2020-11-02", "first-day = 2020-10-31T16:30:00Z"),
        ("issued = 2020-06-16", "issued = 2020-06-16T00:00:00"),
        ("from = 2020-06-16", "from = 2020-06-16 08:00:00+08:00"),
    ] {
        let text = GOOD.replacen(from, to, 1);
        assert!(
            ids(&text).contains(&"check-day-hour"),
            "{to}: {:?}",
            ids(&text)
        );
    }
}

#[test]
fn longer_periods() {
    for (every, period, dues) in [
        ("\"quarter\"", Period::Quarter, 3),
        ("\"half-year\"", Period::HalfYear, 2),
        ("\"year\"", Period::Year, 1),
    ] {
        let text = GOOD.replacen(NEWS, &format!("every = {every}\nby = 25"), 1);
        let (file, _) = good(&text);
        let news = &file.plan.tasks[2];
        assert_eq!(news.schedule.period(), Some(period));
        assert_eq!(news.schedule.dues(file.plan.issued).len(), dues, "{every}");
    }
    error(
        "every = \"week\"",
        "every = \"quarter\"\nfrom = 2020-07-01",
        "check-by",
        "\"friday\"",
    );
    error(NEWS, "every = \"year\"\nby = 32", "check-by", "32");
    error(
        NEWS,
        "every = \"half_year\"",
        "check-unknown-word",
        "\"half_year\"",
    );
}

#[test]
fn a_recurring_task_without_a_period_is_an_error() {
    error(
        NEWS,
        "every = \"week\"\nto = 2020-06-15\nfrom = 2020-06-01",
        "check-periods-before-issued",
        "\"week\"",
    );
    error(
        NEWS,
        "every = \"month\"\nfrom = 2021-01-01",
        "check-no-periods",
        "\"month\"",
    );
    // The activity's window ends before its phase begins, and the task recurs within it.
    let text = GOOD
        .replacen("from = 2020-06-16", "from = 2020-07-01", 1)
        .replacen(
            "name = \"Hang banners\"",
            "name = \"Hang banners\"\nevery = \"week\"",
            1,
        );
    assert_eq!(ids(&text), ["check-no-periods"]);
}

#[test]
fn half_a_window_says_which_half_is_missing() {
    let problem = error(
        "due = \"2020-06\"",
        "from = 2020-06-20",
        "check-half-window",
        "2020-06-20",
    );
    let said = |problem: &Problem| {
        ["other", "key"].map(|name| problem.saying.arg(name).map(ToString::to_string))
    };
    assert_eq!(
        said(&problem),
        [Some("from".into()), Some("to".into())],
        "`from` without `to`"
    );
    let problem = error(
        "due = \"2020-06\"",
        "to = 2020-06-30",
        "check-half-window",
        "2020-06-30",
    );
    assert_eq!(said(&problem), [Some("to".into()), Some("from".into())]);
}

#[test]
fn time_zones_by_offset_or_by_name() {
    let zone = |zone: &str| {
        let (file, _) = good(&GOOD.replacen(
            "lang = \"en\"",
            &format!("lang = \"en\"\ntimezone = \"{zone}\""),
            1,
        ));
        file.plan.timezone
    };
    assert_eq!(zone("-03:30"), Zone::Offset(-210));
    assert_eq!(zone("Europe/London").to_string(), "Europe/London");
    assert_eq!(zone("Asia/Shanghai").to_string(), "Asia/Shanghai");
    let wrong = |zone: &str| {
        error(
            "lang = \"en\"",
            &format!("lang = \"en\"\ntimezone = \"{zone}\""),
            "check-timezone",
            &format!("\"{zone}\""),
        )
    };
    hinted(
        &wrong("Europe/Londn"),
        "hint-did-you-mean",
        Some("Europe/London"),
    );
    assert!(wrong("+25:00").saying.hint.is_none());
    wrong("BST");
}

#[test]
fn the_plans_own_table_has_a_short_title_an_office_and_an_end_if_it_wants() {
    let (file, _) = good(GOOD);
    assert_eq!(
        (
            file.plan.heading(),
            file.plan.office.as_str(),
            file.plan.ends
        ),
        ("Small plan", "", None)
    );
    let keys = "lang = \"en\"\nshort = \"Small\"\noffice = \"Town office\"\nends = \"2020-11\"";
    let (file, _) = good(&GOOD.replacen("lang = \"en\"", keys, 1));
    assert_eq!(
        (file.plan.heading(), file.plan.office.as_str()),
        ("Small", "Town office")
    );
    assert_eq!(file.plan.ends, "2020-11-30".parse().ok());
    assert_eq!(file.plan.last_day(), "2020-11-30".parse().unwrap());
    error(
        "lang = \"en\"",
        "lang = \"en\"\nshort = \"\"",
        "check-empty",
        "\"\"",
    );
    error(
        "lang = \"en\"",
        "lang = \"en\"\noffice = \" \"",
        "check-empty",
        "\" \"",
    );
    error(
        "lang = \"en\"",
        "lang = \"en\"\nshort = 7",
        "check-type",
        "7",
    );
}
