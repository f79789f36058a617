//! A task with several dues, milestones or a month at a time: what is said of them together, and that a unit is one unit.

use crate::support::Project;

const PLAN: &str = r#"
[plan]
id = "drills-2026"
title = "Drills 2026"
issued = 2026-03-02
lang = "en"

[[phase]]
id = "spring"
name = "Spring"
from = 2026-03-02
to = 2026-06-30

[[phase.activity]]
id = "drills"
name = "Hold two drills"
short = "drills"
who = ["school"]
target = { count = 2, measure = "drills" }
milestone = [{ due = 2026-04-30, share = 0.5 }, { due = 2026-06-15, share = 1 }]

[[phase.activity]]
id = "news"
name = "Send in news"
short = "news"
who = ["school"]
every = "month"

[[unit]]
code = "s1"
name = "Harbour School"
kind = "school"
contact = "Ann"
"#;

fn project() -> Project {
    let mut project = Project::with_plan(PLAN).set("DUBAN_LANG", "en");
    project.on("2026-05-04");
    project
}

#[test]
fn a_unit_with_two_dues_moved_onto_one_day_is_one_unit() {
    let project = project();
    let said = project.ok("extend s1 news --due 5-8 --reason flood").stderr;
    let open = "(2 open dues: 2026-03-31, 2026-04-30)";
    assert!(said.contains(open), "{said}");
    let todo = project.ok("todo").stdout;
    assert!(todo.contains("due within 7 days: 2"), "{todo}");
    let rows = project.json("todo");
    let due = rows["rows"].as_array().unwrap().iter();
    let due: Vec<_> = due.filter(|row| row["what"] == "due").collect();
    assert_eq!(due.len(), 1, "{rows}");
    assert_eq!(due[0]["count"], 1, "{rows}");
    let report = project.ok("report").stdout;
    assert!(report.contains("8 May news from 1 unit)"), "{report}");
}

#[test]
fn an_excuse_without_a_period_names_every_due_that_is_open() {
    let project = project();
    let said = project.ok("excuse s1 news --reason closed").stderr;
    let open = "(4 open dues: 2026-03-31, 2026-04-30, 2026-05-31, 2026-06-30)";
    assert!(said.contains(open), "{said}");
    let one = project
        .ok("extend s1 drills --for 6-15 --due 6-20 --reason flood")
        .stderr;
    assert!(!one.contains("open"), "{one}");
}

#[test]
fn a_milestone_that_is_reached_is_told_and_shows_its_own_part() {
    let project = project();
    let said = project.ok("done s1 drills=1 --on 4-20").stderr;
    let met = "the part due 2026-04-30 is complete;  for 2026-06-15  1/2 drills so far, 1 to go";
    assert!(said.contains(met), "{said}");
    project.ok("done s1 drills=1 --on 5-4");
    let told = project.ok("explain s1 drills").stdout;
    assert!(told.contains("1/1 drills"), "{told}");
    assert!(!told.contains("2/1"), "{told}");
}

#[test]
fn an_undo_says_which_command_it_took_back() {
    let project = project();
    project.ok("done s1 drills=1");
    let said = project.ok("undo").stderr;
    assert!(said.contains("undone: done, 1 entry"), "{said}");
}

#[test]
fn who_is_behind_is_a_line_of_what_waits() {
    let todo = project().ok("todo").stdout;
    assert!(todo.contains("1 unit behind (`duban lagging`)"), "{todo}");
}

#[test]
fn a_day_before_its_month_is_told_as_one() {
    for day in ["31.3", "31/3"] {
        let said = project()
            .run(&format!("done s1 drills=1 --on {day}"))
            .stderr;
        assert!(said.contains("month first: 3-31"), "{said}");
    }
}
