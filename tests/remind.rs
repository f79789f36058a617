//! Reminding: one line a unit to paste into a chat, counted from then on.

use insta::assert_snapshot;

use crate::support::Project;

fn project() -> Project {
    let project = Project::small().wide(80);
    project.ok("done v1 banner=3 plan --on 6-20");
    project.ok("done v1 report --nil --on 6-30");
    project.ok("done v2 banner=1 --on 6-25");
    project
}

#[test]
fn who_lags_is_reminded_and_it_shows_how_often() {
    let mut project = project();
    assert_snapshot!(project.talk(&[
        "remind --dry-run",
        "remind",
        "remind --unit Birch --lang zh-CN",
        "lagging",
        "lagging --lang zh-CN",
        "explain Birch banner",
        "log -n 2",
        "undo",
    ]));
    let reminders = |project: &Project| {
        let list = project.json("lagging --unit Birch");
        list["rows"][0]["dues"][0]["reminders"].as_u64().unwrap()
    };
    assert_eq!(reminders(&project), 1, "the second was undone");
    project.ok("extend v2 banner --due 7-9 --reason flood");
    project.on("2020-07-10");
    assert_eq!(
        reminders(&project),
        1,
        "a moved day is still the same obligation"
    );
    project.ok("remind --unit Birch");
    assert_eq!(reminders(&project), 2);
    let early = project.json("lagging --unit Birch --as-of 7-10 --known-by 7-9");
    assert_eq!(early["rows"][0]["dues"][0]["reminders"], 1);
}

#[test]
fn what_falls_due_or_is_to_be_put_right_soon_is_told_where_asked() {
    let project = project();
    project.ok("return v1/plan --reason unreadable --due 7-6");
    assert!(!project.ok("remind --dry-run").stdout.contains("Alder"));
    assert_snapshot!(project.talk(&[
        "remind --dry-run --within 3 --unit Alder",
        "remind --dry-run --within 30 --unit Alder --lang zh-CN",
        "remind --within -1",
        "remind --on 7-4",
        "remind --unit Alder",
    ]));
}

#[test]
fn a_dry_run_writes_nothing_and_the_supervisor_reminds_not_itself() {
    let project = project();
    let before = project.ok("export").stdout;
    let lines = project.ok("remind --dry-run --within 90").stdout;
    assert_eq!(project.ok("export").stdout, before);
    assert!(!lines.contains("office:"), "{lines}");
    assert!(
        project
            .ok("lagging")
            .stdout
            .contains("the supervisor itself")
    );
}

#[test]
fn what_is_due_today_is_told_only_where_asked() {
    let mut project = project();
    project.on("2020-06-30");
    assert_eq!(
        project.ok("remind --dry-run").stdout,
        "",
        "nothing is overdue yet"
    );
    let today = project.ok("remind --dry-run --within 0").stdout;
    assert_eq!(today.lines().count(), 2, "{today}");
    assert_eq!(
        project.json("remind --dry-run")["within"],
        serde_json::Value::Null
    );
}

#[test]
fn a_message_a_task_names_every_unit_for_the_group() {
    let project = project();
    // Of one task several dues: their days are told unit by unit.
    project.ok("extend v3 banner --due 7-1 --reason flood");
    let said = project.talk(&[
        "remind --by task --dry-run",
        "remind --by task --dry-run --lang zh-CN",
    ]);
    assert_snapshot!(said);
    // Each obligation of the lines for units stands in exactly one message for a task.
    let units = project.json("remind --by task --dry-run");
    let rows = units["rows"].as_array().unwrap();
    let dues = rows.iter().map(|row| row["dues"].as_array().unwrap().len());
    let messages = project.ok("remind --by task --dry-run").stdout;
    assert_eq!(
        messages.matches("days late").count() + messages.matches("1 day late").count(),
        dues.sum::<usize>()
    );
    assert!(!messages.contains("13812341234"));
}
