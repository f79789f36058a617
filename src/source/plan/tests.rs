//! What is said of plan files, by subject: a good plan, changed once.

mod advice;
mod days;
mod duties;
mod hidden;
mod limits;
mod meaning;
mod one_pass;
mod rules;
mod schedules;
mod shapes;

use super::{PlanFile, RosterSource, Surveyed, advise, judge, read, survey};
use crate::source::problem::{Problem, Problems, Severity};
use crate::source::roster::Roster;

/// A plan without a problem and without advice.
const GOOD: &str = r#"[plan]
id = "small"
title = "Small plan"
issued = 2020-06-16
supervisor = "office"
lang = "en"

[anchor]
first-day = 2020-11-02

[[goal]]
id = "aware"
name = "Everybody knows"

[[theme]]
id = "why"
name = "Why it is done"
key = true

[[phase]]
id = "prepare"
name = "Preparation"
from = 2020-06-16
to = "2020-12"

[[phase.activity]]
id = "print"
name = "Print"
clause = "2.1"
due = "2020-06"
goals = ["aware"]
evidence = "expected"
who = ["village"]

[[phase.activity.task]]
id = "banner"
name = "Hang banners"
short = "banner"
target = { count = 3, measure = "pieces" }

[[phase.activity.task]]
id = "poster"
name = "Put up posters"
themes = ["why"]
due = "first-day + 2d"
target = [{ who = ["v1"], count = 1 }, { share = 0.45, of = "population" }]

[[phase.activity]]
id = "news"
name = "Send in news"
who = ["village"]
every = "week"
by = "friday"
nil = true

[[unit]]
code = "office"
name = "The office"
kind = "area"

[[unit]]
code = "v1"
name = "Alder"
kind = "village"
parent = "office"
contact = "Ash"
population = 99

[[unit]]
code = "v2"
name = "Birch"
kind = "village"
parent = "office"
contact = "Elm"
population = 1200
"#;

fn good(text: &str) -> (PlanFile, Roster) {
    let (file, problems) = read("duban.toml", text.as_bytes());
    assert!(!problems.has_errors(), "{problems:#?}");
    let file = file.unwrap();
    let Some(RosterSource::Rows(roster)) = file.roster.clone() else {
        panic!("the units are in the plan");
    };
    (file, roster)
}

/// Every problem and every piece of advice of a text, as `check` says them.
fn problems(text: &str) -> Problems {
    let Surveyed {
        file,
        roster,
        mut problems,
    } = survey("duban.toml", text.as_bytes());
    let units = match &roster {
        Some(RosterSource::Rows(roster)) => Some(roster),
        _ => None,
    };
    if let Some(file) = &file {
        problems.extend(units.map(|units| judge(file, units)).unwrap_or_default());
        problems.extend(advise(file, units));
    }
    problems
}

/// The ids of all that is said of a text.
fn ids(text: &str) -> Vec<&'static str> {
    let ids = problems(text).into_iter().map(|problem| problem.saying.id);
    ids.collect()
}

/// What a problem marks in its line.
fn marked(problem: &Problem) -> String {
    let place = problem.place.as_ref().unwrap();
    let (at, length) = (place.column.saturating_sub(1) - place.skipped, place.length);
    place.text.chars().skip(at).take(length).collect()
}

/// Changes the good plan once and expects that one problem: severity, id and the text that it marks.
#[track_caller]
fn case(from: &str, to: &str, severity: Severity, id: &str, mark: &str) -> Problem {
    assert!(GOOD.contains(from), "{from}");
    let text = GOOD.replacen(from, to, 1);
    let problems = problems(&text);
    let told: Vec<(&str, String)> = problems
        .iter()
        .map(|problem| (problem.saying.id, marked(problem)))
        .collect();
    assert_eq!(told, [(id, mark.to_string())], "{problems:#?}");
    let problem = problems.into_iter().next().unwrap();
    assert_eq!(problem.severity, severity);
    let line = text
        .lines()
        .nth(problem.place.as_ref().unwrap().line.saturating_sub(1));
    assert!(line.unwrap().contains(mark));
    problem
}

#[track_caller]
fn error(from: &str, to: &str, id: &str, mark: &str) -> Problem {
    case(from, to, Severity::Error, id, mark)
}

#[track_caller]
fn warning(from: &str, to: &str, id: &str, mark: &str) -> Problem {
    case(from, to, Severity::Warning, id, mark)
}

#[track_caller]
fn hinted(problem: &Problem, id: &str, name: Option<&str>) {
    let hint = problem.saying.hint.as_ref().unwrap();
    assert_eq!((hint.id, hint.arg("name")), (id, name));
}
