use super::*;

fn today(day: &str) -> Today {
    Today {
        day: day.parse().unwrap(),
        zone: Zone::Offset(480),
        issued: "2018-01-01".parse().unwrap(),
    }
}

fn said(text: &str, on: &str, lean: Lean) -> Result<String, &'static str> {
    let found = day(text, today(on), lean).map(|day| day.to_string());
    found.map_err(|saying| saying.id)
}

#[track_caller]
fn case(text: &str, past: &str, future: &str) {
    let now = today("2020-07-03");
    assert_eq!(
        said(text, "2020-07-03", Lean::Past),
        Ok(past.to_string()),
        "{text}"
    );
    assert_eq!(
        said(text, "2020-07-03", Lean::Future),
        Ok(future.to_string()),
        "{text}"
    );
    let near = said(text, "2020-07-03", Lean::Near(now.day, now.day)).unwrap();
    assert!(near == past || near == future, "{text}");
}

#[track_caller]
fn one(text: &str, wanted: &str) {
    case(text, wanted, wanted);
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
        ("28日", "2020-06-28"),
        ("9日", "2020-07-09"),
    ] {
        let [first, last] = ["2020-06-16", "2020-12-31"].map(|day| day.parse().unwrap());
        let near_to = |on| said(text, on, Lean::Near(first, last));
        assert_eq!(near_to("2020-07-03"), Ok(near.to_string()), "{text}");
        if text == "6-30" {
            assert_eq!(
                near_to("2020-12-31"),
                Ok(near.to_string()),
                "in the plan's year"
            );
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
        "２０２０－０６－３０",
        "２０２０年６月３０日",
    ] {
        one(text, "2020-06-30");
    }
    for text in [
        "6-30",
        "6.30",
        "6/30",
        "6月30日",
        "06-30",
        "６．３０",
        "６月３０日",
    ] {
        case(text, "2020-06-30", "2021-06-30");
    }
    case("1-31", "2020-01-31", "2021-01-31");
    case("2月29日", "2020-02-29", "2024-02-29");
    one("+2w", "2020-07-17");
    one("-7d", "2020-06-26");
    one("－７ｄ", "2020-06-26");
    one("-3天", "2020-06-30");
}

#[test]
fn words_for_days_near_today() {
    for (text, wanted) in [
        ("today", "2020-07-03"),
        ("今天", "2020-07-03"),
        ("昨天", "2020-07-02"),
        ("Yesterday", "2020-07-02"),
        ("前天", "2020-07-01"),
        ("大前天", "2020-06-30"),
        ("明天", "2020-07-04"),
        ("后天", "2020-07-05"),
    ] {
        one(text, wanted);
    }
}

#[test]
fn weekdays_lean_and_weeks_are_named() {
    one("friday", "2020-07-03");
    case("周四", "2020-07-02", "2020-07-09");
    case("星期六", "2020-06-27", "2020-07-04");
    case("Sun", "2020-06-28", "2020-07-05");
    // 3 July 2020 is a Friday.
    one("上周五", "2020-06-26");
    one("上星期日", "2020-06-28");
    one("本周一", "2020-06-29");
    one("下周三", "2020-07-08");
    assert_eq!(
        said("上周五", "2020-07-06", Lean::Past),
        Ok("2020-07-03".into())
    );
}

#[test]
fn a_day_of_the_month_is_the_latest_or_the_next() {
    case("28日", "2020-06-28", "2020-07-28");
    case("3号", "2020-07-03", "2020-07-03");
    case("２８日", "2020-06-28", "2020-07-28");
    assert_eq!(
        said("31日", "2020-07-03", Lean::Future),
        Ok("2020-07-31".into())
    );
    assert_eq!(
        said("31日", "2020-07-03", Lean::Past),
        Err("check-day-not-come")
    );
    assert_eq!(
        said("31日", "2020-08-10", Lean::Past),
        Ok("2020-07-31".into())
    );
    assert_eq!(
        said("32日", "2020-07-03", Lean::Past),
        Err("check-no-such-day")
    );
}

#[test]
fn what_has_not_come_is_not_taken_for_last_year() {
    for text in ["8-25", "8.25", "8月25日", "25日", "21日", "２５日"] {
        assert_eq!(
            said(text, "2020-08-20", Lean::Past),
            Err("check-day-not-come"),
            "{text}"
        );
    }
    assert_eq!(
        said("12-28", "2020-01-05", Lean::Past),
        Ok("2019-12-28".into())
    );
    assert_eq!(
        said("2019-08-25", "2020-08-20", Lean::Past),
        Ok("2019-08-25".into())
    );
}

#[test]
fn before_the_plans_issue_a_day_needs_its_year() {
    let today = Today {
        issued: "2020-06-16".parse().unwrap(),
        ..today("2020-07-03")
    };
    let said = |text| {
        let found = day(text, today, Lean::Past).map(|day| day.to_string());
        found.map_err(|saying| (saying.id, saying.arg("day").map(ToString::to_string)))
    };
    let needs = |day: &str| Err(("check-day-needs-year", Some(day.to_string())));
    assert_eq!(said("6-10"), needs("2020-06-10"));
    assert_eq!(said("5月1日"), needs("2020-05-01"));
    assert_eq!(said("6-16"), Ok("2020-06-16".into()));
    assert_eq!(said("2020-6-10"), Ok("2020-06-10".into()), "with its year");
    assert_eq!(said("-30d"), Ok("2020-06-03".into()), "nothing to guess");
}

#[test]
fn a_moment_is_the_day_in_the_plans_zone() {
    for (text, wanted) in [
        ("2020-06-30T16:30:00Z", "2020-07-01"),
        ("2020-06-30T16:30:00.000+00:00", "2020-07-01"),
        ("2020-07-01T00:30:00+08:00", "2020-07-01"),
        ("2020-06-30t15:59z", "2020-06-30"),
        ("2020-06-30 16:30:00 UTC", "2020-07-01"),
        ("2020/6/30 12:00 -0500", "2020-07-01"),
        ("2020-07-01 00:30+09", "2020-06-30"),
        ("2020-06-30 23:59:59", "2020-06-30"),
        ("２０２０－０６－３０ １６：３０：００Ｚ", "2020-07-01"),
    ] {
        one(text, wanted);
        assert_eq!(
            cell(text, today("2020-07-03")).map(|day| day.to_string()),
            Ok(wanted.into())
        );
    }
    let london = Today {
        zone: "Europe/London".parse().unwrap(),
        ..today("2026-11-03")
    };
    for (text, wanted) in [
        ("2026-10-24T23:30:00Z", "2026-10-25"),
        ("2026-10-31T23:30:00Z", "2026-10-31"),
        ("2026-11-01T00:30:00+02:00", "2026-10-31"),
    ] {
        let found = day(text, london, Lean::Past).map(|day| day.to_string());
        assert_eq!(found, Ok(wanted.into()));
    }
    for text in [
        "2020-06-30T25:00:00Z",
        "2020-06-30T16:30:00 somewhere",
        "2020-06-30T16:30:00+99:00",
        "6-30 16:30",
        "16:30",
    ] {
        assert_eq!(
            said(text, "2020-07-03", Lean::Past),
            Err("check-said-day"),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_day_is_told_from_a_day_that_does_not_exist() {
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
        "上周",
        "28",
    ] {
        assert_eq!(
            said(text, "2020-07-03", Lean::Past),
            Err("check-said-day"),
            "{text}"
        );
    }
    for text in ["2020-02-30", "6-31", "13-1", "2019年2月29日", "2-30", "0日"] {
        assert_eq!(
            said(text, "2020-07-03", Lean::Past),
            Err("check-no-such-day"),
            "{text}"
        );
    }
}

#[test]
fn periods_are_named_by_year_quarter_month_week_or_day() {
    let today = "2020-07-03".parse().unwrap();
    let said = |text| {
        period(text, today)
            .map(|(first, last)| format!("{first} {last}"))
            .map_err(|saying| saying.id)
    };
    for (text, wanted) in [
        ("2020-07", "2020-07-01 2020-07-31"),
        ("2020/7", "2020-07-01 2020-07-31"),
        ("2020年6月", "2020-06-01 2020-06-30"),
        ("7月", "2020-07-01 2020-07-31"),
        ("７月份", "2020-07-01 2020-07-31"),
        ("11月", "2019-11-01 2019-11-30"),
        ("2020-W27", "2020-06-29 2020-07-05"),
        // A year has 53 weeks where it begins or ends on a Thursday.
        ("2020-W53", "2020-12-28 2021-01-03"),
        ("2015-W53", "2015-12-28 2016-01-03"),
        ("2021-W01", "2021-01-04 2021-01-10"),
        ("2020-Q3", "2020-07-01 2020-09-30"),
        ("2020q1", "2020-01-01 2020-03-31"),
        ("三季度", "2020-07-01 2020-09-30"),
        ("四季度", "2019-10-01 2019-12-31"),
        ("2020-H1", "2020-01-01 2020-06-30"),
        ("2020年下半年", "2020-07-01 2020-12-31"),
        ("2020", "2020-01-01 2020-12-31"),
        ("6月15日", "2020-06-15 2020-06-15"),
        ("6.15", "2020-06-15 2020-06-15"),
        ("7.31", "2020-07-31 2020-07-31"),
    ] {
        assert_eq!(said(text), Ok(wanted.into()), "{text}");
    }
    for text in [
        "2020-W54", "2021-W53", "2019-W53", "2020-W00", "2020-13", "2020-Q5", "2020-H3", "13月",
    ] {
        assert_eq!(said(text), Err("check-no-such-day"), "{text}");
    }
    assert_eq!(said("later"), Err("check-said-day"));
}

#[test]
fn a_cell_may_hold_a_clock_time_and_never_a_programs_number_of_days() {
    for text in ["44012", "44012.25", "44012 08:00", "44012.0"] {
        assert!(cell(text, today("2020-07-03")).is_err(), "{text}");
        assert!(dated(text).is_err(), "{text}");
    }
    for text in [
        "2020-06-30 12:30:00",
        "2020-06-30T08:00:00",
        "2020/6/30 8:00",
    ] {
        let found = cell(text, today("2020-07-03")).map(|day| day.to_string());
        assert_eq!(found, Ok("2020-06-30".into()), "{text}");
        assert_eq!(
            dated(text).map(|day| day.to_string()),
            Ok("2020-06-30".into())
        );
    }
    let zoned = dated("2020-06-30T16:30:00Z").map_err(|saying| saying.id);
    assert_eq!(zoned, Err("check-said-day"), "whose day is it?");
}
