//! Objections against points for what an amendment has dropped since.

use crate::races::{BANNER, plan, unwritten};
use crate::support::Project;

/// A notice took points for June's report and for banners; then an amendment changed the plan.
fn booked(amendment: impl Fn(String) -> String) -> Project {
    let mut project = unwritten();
    project.on("2020-07-01").ok("notice --issue");
    project.on("2020-07-02");
    project.write("duban.toml", amendment(plan()));
    project.ok("apply --reason amended");
    project
}

const REPORT: &str = r#"
[[phase.activity.task]]
id = "report"
name = "Monthly report"
short = "report"
every = "month"
"#;

/// Only June has points, and an objection to them keeps its period.
#[track_caller]
fn objects_to_june_alone(project: &Project) {
    let before = project.ok("export").stdout;
    for period in ["1999-01", "2020-07", "2020-05"] {
        let line = format!("object v1 report --notice 1 --for {period} --reason why");
        let output = project.process(&line);
        assert_eq!(output.code, 2, "{line}\n{output}");
        assert_eq!(project.ok("export").stdout, before, "{line}");
    }
    let line = "object v1 report --notice 1 --for 2020-06 --reason why";
    let output = project.process(line);
    assert_eq!(output.code, 0, "{output}");
    let journal = project.ok("export").stdout;
    // The last line is the end of the journal.
    let objection = journal.lines().rev().nth(1).unwrap();
    assert!(objection.starts_with("{\"kind\":\"object\""), "{objection}");
    assert!(objection.contains("\"for\":\"2020-06-30\""), "{objection}");
    let again = project.process(line);
    assert_eq!(again.code, 2, "{again}");
}

#[test]
fn an_objection_against_a_task_that_was_dropped_keeps_its_period() {
    objects_to_june_alone(&booked(|plan| plan.replace(REPORT, "")));
}

#[test]
fn an_objection_against_a_period_that_an_amendment_dropped_keeps_it() {
    let weekly = REPORT.replace("every = \"month\"", "every = \"week\"");
    objects_to_june_alone(&booked(|plan| plan.replace(REPORT, &weekly)));
}

#[test]
fn an_objection_against_a_task_of_one_due_that_was_dropped_takes_no_period() {
    let project = booked(|plan| plan.replace(BANNER, ""));
    let before = project.ok("export").stdout;
    let output = project.process("object v1 banner --notice 1 --for 1999-01 --reason why");
    assert_eq!(output.code, 2, "{output}");
    assert_eq!(project.ok("export").stdout, before);
    project.ok("object v1 banner --notice 1 --reason why");
}
