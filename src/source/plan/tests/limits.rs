//! Plans that are too large to be meant.

use super::*;

#[test]
fn a_task_of_too_many_periods_is_an_error() {
    let every = |every: &str, from: &str, to: &str| {
        let window = format!("every = \"{every}\"\nfrom = {from}\nto = {to}");
        let text = GOOD.replacen("every = \"week\"\nby = \"friday\"", &window, 1);
        let phase = format!("to = {}", "9999-12-31");
        ids(&text.replacen("to = \"2020-12\"", &phase, 1))
    };
    assert_eq!(
        every("day", "2020-06-16", "9999-12-31"),
        ["check-too-many-dues"]
    );
    assert_eq!(
        every("week", "2020-06-22", "2400-01-01"),
        ["check-too-many-dues"]
    );
    assert_eq!(
        every("month", "2020-07-01", "4000-01-31"),
        ["check-too-many-dues"]
    );
    assert_eq!(every("day", "2020-06-16", "2047-10-31"), Vec::<&str>::new());
    let count = |to: &str| {
        let window = format!("every = \"day\"\nto = {to}");
        let text = GOOD.replacen("every = \"week\"\nby = \"friday\"", &window, 1);
        let problem = problems(&text).into_iter().next();
        let count = problem
            .as_ref()
            .and_then(|problem| problem.saying.arg("count"));
        count.map(ToString::to_string)
    };
    assert_eq!(count("9999-12-31"), Some("2914468".into()));
}

#[test]
fn many_tasks_with_alike_names_are_told_once_each_or_not_compared() {
    let many = |name: &str, count: usize| {
        let task = |number: usize| {
            let name = name.replace('#', &number.to_string());
            format!("[[phase.activity.task]]\nid = \"t{number}\"\nname = \"{name}\"\n")
        };
        let tasks: String = (0..count).map(task).collect();
        let news = "[[phase.activity]]\nid = \"news\"";
        ids(&GOOD.replacen(news, &format!("{tasks}\n{news}"), 1))
    };
    let other = "Paint wall # of the old mill";
    assert_eq!(many(other, 3), ["check-no-target"]);
    let alike = many("Hang banners #", 40)
        .into_iter()
        .filter(|id| *id == "check-tasks-alike");
    assert_eq!(alike.count(), 40, "each once, not each with each");
    let twice = many("Hang banners", 3_000);
    assert_eq!(
        twice
            .iter()
            .filter(|id| **id == "check-task-name-twice")
            .count(),
        3_000
    );
    let told = many(other, 3_000);
    assert_eq!(
        told,
        ["check-alike-limited", "check-no-target"],
        "and it says so"
    );
}
