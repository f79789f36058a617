//! When a task falls due, and what it takes.

use super::*;
use crate::source::plan::open_questions;

#[test]
fn due_groups_that_contradict_themselves() {
    error(
        "every = \"week\"",
        "every = \"week\"\ndue = 2020-07-01",
        "check-due-groups",
        "\"week\"",
    );
    error("by = \"friday\"", "by = 5", "check-by", "5");
    error(
        "by = \"friday\"",
        "by = \"freeday\"",
        "check-by",
        "\"freeday\"",
    );
    error(
        "every = \"week\"\n",
        "",
        "check-by-without-every",
        "\"friday\"",
    );
    error(
        "due = \"2020-06\"",
        "from = 2020-06-20",
        "check-half-window",
        "2020-06-20",
    );
    error(
        "due = \"2020-06\"",
        "milestone = [{ due = 2020-07-01, share = 0.5 }, { due = 2020-06-30, share = 0.8 }]\n",
        "check-milestone-days",
        "2020-06-30",
    );
    error(
        "due = \"first-day + 2d\"",
        "milestone = [{ due = 2020-07-01, share = 0.5 }, { due = 2020-07-31, share = 0.5 }]",
        "check-milestone-shares",
        "0.5",
    );
}

#[test]
fn targets_that_say_too_little_or_too_much() {
    error(
        "{ count = 3, measure = \"pieces\" }",
        "{ measure = \"pieces\" }",
        "check-target-amount",
        "target",
    );
    error(
        "count = 3,",
        "count = 3, share = 0.5, of = \"population\",",
        "check-target-both",
        "0.5",
    );
    error(
        "count = 3,",
        "count = 3, of = \"population\",",
        "check-of-without-share",
        "\"population\"",
    );
    error(
        "share = 0.45, of = \"population\"",
        "share = 0.45",
        "check-share-without-of",
        "{ share = 0.45 }",
    );
    error("share = 0.45", "share = 45", "check-share-range", "45");
    error(
        "[{ who = [\"v1\"], count = 1 }, { share",
        "[{ count = 1 }, { share",
        "check-target-shadows",
        "{ count = 1 }",
    );
}

#[test]
fn a_task_is_owed_by_somebody_or_open() {
    let without = GOOD.replacen("who = [\"village\"]\n\n", "\n", 1);
    let problems = problems(&without);
    let told: Vec<&str> = problems.iter().map(|problem| problem.saying.id).collect();
    assert_eq!(told, ["check-no-who", "check-no-who"]);
    let (file, _) = good(&GOOD.replacen("short = \"banner\"", "open = \"Who?\"", 1));
    assert_eq!(open_questions(&file.plan)[0].question, "Who?");
}
