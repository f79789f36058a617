//! Days that are none.

use super::*;

#[test]
fn days_that_are_none() {
    error(
        "due = \"2020-06\"",
        "due = 2020-02-30",
        "check-no-such-day",
        "2020-02-30",
    );
    error(
        "due = \"2020-06\"",
        "due = \"2020-02-30\"",
        "check-no-such-day",
        "\"2020-02-30\"",
    );
    let problem = error(
        "due = \"2020-06\"",
        "due = \"2020-6-30\"",
        "check-no-day",
        "\"2020-6-30\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("2020-06-30"));
    let problem = error(
        "\"first-day + 2d\"",
        "\"frist-day + 2d\"",
        "check-unknown-anchor",
        "\"frist-day + 2d\"",
    );
    hinted(&problem, "hint-did-you-mean", Some("first-day"));
    error(
        "first-day = 2020-11-02",
        "first-day = \"2020-11\"",
        "check-anchor-not-a-day",
        "\"2020-11\"",
    );
    error(
        "\"first-day + 2d\"",
        "\"2020-06-30 + 2d\"",
        "check-day-offset",
        "\"2020-06-30 + 2d\"",
    );
    error(
        "from = 2020-06-16",
        "from = 2021-06-16",
        "check-from-after-to",
        "2021-06-16",
    );
    error(
        "lang = \"en\"",
        "ends = 2020-01-01\nlang = \"en\"",
        "check-ends-before-issued",
        "2020-01-01",
    );
}

#[test]
fn a_day_that_lacks_its_quotation_marks_is_told_so() {
    let unquoted = |day: &str, id: &str| {
        let due = format!("due = {day} # by then");
        error("due = \"2020-06\"", &due, id, day)
    };
    for day in ["2020-06", "2020-06 上旬", "2020年6月底", "6月24日前"] {
        let problem = unquoted(day, "check-day-unquoted");
        assert_eq!(problem.saying.hint.unwrap().arg("text"), Some(day));
    }
    for day in ["2020/6/30", "2020-6-30"] {
        let problem = unquoted(day, "check-no-day");
        hinted(&problem, "hint-did-you-mean", Some("2020-06-30"));
    }
    unquoted("2020-13", "check-no-such-day");
    error(
        "due = \"2020-06\"",
        "milestone = [{ due = 2020-06, share = 1 }]",
        "check-day-unquoted",
        "2020-06",
    );
}
