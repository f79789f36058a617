//! The rules of what stands where, as commands tell them: changes since a day, amendments, objections, closed units.

use serde_json::json;

use crate::support::{Project, SMALL};

/// How many changed how since a day: newly done, completed late, newly overdue, returned.
fn changes(project: &Project, line: &str) -> [usize; 4] {
    let since = project.json(line)["since"].clone();
    ["newly_done", "caught_up", "newly_overdue", "returned"]
        .map(|list| since[list].as_array().unwrap().len())
}

/// The small plan with one text in place of another.
fn amended(project: &Project, from: &str, to: &str) {
    let plan = project.read("duban.toml");
    assert!(plan.contains(from), "{from}");
    project.write("duban.toml", plan.replacen(from, to, 1));
}

#[test]
fn an_order_that_moves_a_due_changes_nothing_by_itself() {
    let mut project = Project::small();
    project.on("2020-06-05");
    project.ok("instruct notice --due 6-20 --reason 'No. 3'");
    project.on("2020-06-10").ok("done v1 notice");
    project.on("2020-06-22").ok("done v2 notice");
    project.on("2020-06-25");
    project.ok("instruct notice --due 6-28 --reason 'No. 4'");
    project.on("2020-06-29");
    let line = "status --task notice --since 2020-06-23";
    assert_eq!(changes(&project, line), [0, 0, 0, 0]);
    let line = "lagging --task notice --since 2020-06-23";
    let movement = project.json(line)["since"].clone();
    assert_eq!(
        (&movement["joined"], &movement["left"]),
        (&json!([]), &json!([]))
    );
    let line = "status --task notice --since 2020-06-07";
    assert_eq!(changes(&project, line), [2, 0, 1, 0]);
}

#[test]
fn a_unit_that_left_because_it_owes_nothing_any_more_is_told() {
    let plan = SMALL.replace("code = \"v3\"\n", "code = \"v3\"\nuntil = 2020-06-26\n");
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-06-05");
    project.ok("instruct notice --due 6-20 --reason 'No. 3'");
    project.on("2020-06-24");
    project.ok("instruct notice --due 6-28 --reason 'No. 4'");
    let lagging = project.json("lagging --task notice --since 2020-06-21");
    assert_eq!(lagging["since"]["left"], json!(["Alder", "Birch", "Cedar"]));
    assert_eq!(lagging["rows"], json!([]));
    let units = project.json("status --task notice --by unit --since 2020-06-21");
    assert_eq!(units["rows"].as_array().unwrap().len(), 2, "{units}");
}

#[test]
fn a_closed_unit_is_neither_lagging_nor_named_nor_reminded_and_what_it_left_is_told() {
    let plan = SMALL.replace("code = \"v3\"\n", "code = \"v3\"\nuntil = 2020-06-30\n");
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en").wide(100);
    project.on("2020-06-20").ok("done v1,v2 banner=3");
    let names = |list: &serde_json::Value| -> Vec<String> {
        let rows = list.as_array().unwrap().iter();
        rows.map(|row| row["name"].as_str().unwrap().to_string())
            .collect()
    };
    project.on("2020-07-03");
    let lagging = project.json("lagging --since 2020-06-30");
    assert_eq!(names(&lagging["rows"]), ["Alder", "Birch"]);
    assert_eq!(names(&lagging["closed"]), ["Cedar"]);
    assert_eq!(lagging["closed"][0]["overdue"], 3);
    let said = project.ok("lagging").stdout;
    assert!(said.contains("left 3 open"), "{said}");
    assert_eq!(project.json("status")["lagging"], lagging["units"]);
    let remind = project.ok("remind --dry-run").stdout;
    assert!(
        remind.contains("Alder") && !remind.contains("Cedar"),
        "{remind}"
    );
    let notice = project.json("notice");
    assert_eq!(names(&notice["rows"]), ["Alder", "Birch"], "{notice}");
    assert_eq!(notice["lagging"], lagging["units"]);
}

#[test]
fn points_stay_when_an_amendment_leaves_nothing_to_owe() {
    let plan = format!(
        "{SMALL}\n[assessment]\nbase = 100\nwho = [\"village\"]\n
        [[assessment.rule]]\nid = \"overdue\"\non = \"overdue\"\npoints = -1.0\n
        [[assessment.rule]]\nid = \"praise\"\non = \"commended\"\npoints = 2.0\n"
    );
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-07-03").ok("done v1,v2 banner=3 --on 6-20");
    project.ok("commend v3 --reason 'helped others'");
    project.ok("notice --issue");
    let scores = |project: &Project| -> Vec<(String, f64)> {
        let score = project.json("score");
        let rows = score["rows"].as_array().unwrap().iter();
        let score = |row: &serde_json::Value| row["score"].as_f64();
        rows.map(|row| {
            (
                row["name"].as_str().unwrap().to_string(),
                score(row).unwrap(),
            )
        })
        .collect()
    };
    let before = scores(&project);
    assert_eq!(before.len(), 3);
    amended(&project, "who = [\"village\"]", "who = [\"v1\"]");
    project.ok("apply --reason 'only Alder goes on'");
    assert_eq!(scores(&project), before);
    project.ok("object v2 --notice 1 --reason 'it stood'");
    let object = project
        .ok("object v3 --notice 1 --reason 'it stood'")
        .stderr;
    assert!(object.contains("-3 points"), "{object}");
    let heard = project.ok("reverse v3 --reason 'seen'").stderr;
    assert!(
        heard.contains("3 points") && !heard.contains("-1"),
        "{heard}"
    );
    let praised = ("Cedar".to_string(), 102.0);
    assert!(scores(&project).contains(&praised), "praise stays");
}

#[test]
fn a_milestone_put_before_others_pardons_nothing() {
    let milestones = |steps: &str| {
        format!("target = {{ count = 10, measure = \"pcs\" }}\nmilestone = [{steps}]")
    };
    let old = milestones("{ due = 2020-06-20, share = 0.5 }, { due = 2020-08-31, share = 1.0 }");
    let plan = SMALL.replace("target = { count = 3, measure = \"pcs\" }", &old);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-06-10").ok("done v1 plan");
    project.on("2020-07-01");
    let overdue = |project: &Project| project.json("lagging --task banner")["rows"][0].clone();
    let before = overdue(&project);
    assert_eq!(
        (&before["overdue"], &before["days"]),
        (&json!(1), &json!(11))
    );
    let more = "milestone = [{ due = 2020-06-10, share = 0.2 }, ";
    amended(&project, "milestone = [", more);
    let said = project.ok("apply --reason 'an earlier one'").stdout;
    assert!(said.contains("3 added, 0 removed"), "{said}");
    assert_eq!(overdue(&project), before);
}

#[test]
fn a_missed_due_that_moves_earlier_stays_overdue_since_it_was() {
    let mut project = Project::small();
    project.on("2020-06-10").ok("done v1 plan");
    project.on("2020-07-03");
    amended(
        &project,
        "target = { count = 3, measure = \"pcs\" }",
        "target = { count = 3, measure = \"pcs\" }\ndue = 2020-06-20",
    );
    project.ok("apply --reason sooner");
    let rows = project.json("lagging --task banner")["rows"].clone();
    assert_eq!(rows.as_array().unwrap().len(), 3);
    assert_eq!(rows[0]["days"], 3);
}

#[test]
fn what_was_undone_later_was_not_undone_as_far_as_was_known() {
    let mut project = Project::small();
    project.on("2020-06-10");
    let id = project.ok("done v1 plan").stdout;
    project.on("2020-06-20").ok(&format!("undo {}", id.trim()));
    let log = project.json("log --known-by 2020-06-15");
    assert_eq!(log["rows"][0]["undone"], json!(false));
    let unit = project.json("show v1 --known-by 2020-06-15");
    assert_eq!(unit["entries"][0]["undone"], json!(false), "{unit}");
    let entry = project.json(&format!("show {} --known-by 2020-06-15", id.trim()));
    assert_eq!(
        (&entry["entry"]["undone"], &entry["rows"]),
        (&json!(false), &json!([]))
    );
    let entry = project.json(&format!("show {}", id.trim()));
    assert_eq!(entry["entry"]["undone"], json!(true));
}

#[test]
fn a_unit_without_an_area_stands_under_no_area() {
    let plan = SMALL.replacen(
        "kind = \"village\"\nparent = \"area\"\ncontact = \"Ann\"",
        "kind = \"village\"\ncontact = \"Ann\"",
        1,
    );
    assert_ne!(plan, SMALL);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let rows = project.json("status --by area --task banner")["rows"].clone();
    let rows = rows.as_array().unwrap().iter();
    let told: Vec<_> = rows
        .map(|row| (row["code"].clone(), row["applicable"].clone()))
        .collect();
    assert_eq!(told, [(json!("area"), json!(2)), (json!(""), json!(1))]);
}

#[test]
fn due_next_counts_units_and_the_excused_ask_for_nothing() {
    let summer = "every = \"month\"\nfrom = 2020-06-01\nto = 2020-08-31";
    let plan = SMALL.replace("every = \"month\"", summer);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.on("2020-06-10");
    project.ok("extend v1 report --for 2020-06 --due 7-31 --reason 'snow'");
    project.ok("done v1,v2 banner=3");
    project.ok("excuse v3 banner --reason 'moved'");
    project.on("2020-07-03");
    let status = project.json("status --task report");
    assert_eq!(
        (&status["next"][0]["due"], &status["next"][0]["units"]),
        (&json!("2020-07-31"), &json!(3))
    );
    let banner = project.json("status --task banner")["rows"][0].clone();
    assert_eq!(
        (&banner["count"], &banner["target"], &banner["attainment"]),
        (&json!(6), &json!(6), &json!(1.0))
    );
}

#[test]
fn what_is_returned_need_not_be_put_right_before_its_due_day() {
    let mut project = Project::small();
    project.on("2020-06-10");
    project.ok("done v1,v2,v3 banner=3");
    project.ok("return v1/banner --reason few");
    project.ok("return v2/banner --reason few --due 6-15");
    project.on("2020-06-29");
    project.ok("return v3/banner --reason few");
    let returned = project.json("lagging --task banner")["returned"].clone();
    let told: Vec<_> = returned
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["name"].clone(), row["dues"][0]["returned"].clone()))
        .collect();
    // The day of Birch has passed, which makes nothing overdue before the due day.
    let wanted = [("Alder", "2020-06-30"), ("Cedar", "2020-07-04")];
    assert_eq!(told, wanted.map(|(name, day)| (json!(name), json!(day))));
    assert_eq!(project.json("lagging --task banner")["units"], 0);
    let todo = project.ok("todo --format csv").stdout;
    assert!(todo.contains("2020-06-15"), "{todo}");
}

/// The small plan with a task in milestones, of which the first is due on that day.
fn milestones(first: &str) -> String {
    format!(
        "{SMALL}\n[assessment]\nbase = 100\nwho = [\"village\"]\n
        [[assessment.rule]]\nid = \"overdue\"\non = \"overdue\"\npoints = -1.0\nagain = 2\ntasks = [\"poll\"]\n
        [[phase.activity]]\nid = \"poll\"\nname = \"poll\"\nwho = [\"village\"]\n
        milestone = [ {{ due = {first}, share = 0.4 }}, {{ due = 2020-07-20, share = 1 }} ]\n
        target = {{ count = 10, measure = \"houses\" }}\n"
    )
}

/// The standing and due day of the first milestone.
fn first_milestone(project: &Project, unit: &str) -> (String, String) {
    let told = project.json(&format!("explain {unit} poll"));
    let row = &told["rows"][0];
    let text = |key: &str| row[key].as_str().unwrap().to_string();
    (text("standing"), text("due"))
}

#[test]
fn what_was_said_of_a_milestone_stays_said_where_its_day_moves() {
    let mut project = Project::with_plan(&milestones("2020-06-20")).set("DUBAN_LANG", "en");
    project.on("2020-06-15");
    project.ok("excuse v1 poll --for 2020-06-20 --reason flood");
    project.ok("extend v2 poll --for 2020-06-20 --due 7-5 --reason flood");
    project.on("2020-06-25").ok("notice --issue");
    project.write("duban.toml", milestones("2020-06-24"));
    project
        .on("2020-06-26")
        .ok("apply --reason 'a day of its own'");
    let stand = |unit| first_milestone(&project, unit);
    assert_eq!(stand("v1"), ("excused".into(), "2020-06-24".into()));
    assert_eq!(stand("v2").1, "2020-07-05");
    assert_eq!(stand("v3"), ("overdue".into(), "2020-06-24".into()));
    // The notice named it once already: the second takes double.
    let points = |project: &Project| {
        let notice = project.json("notice");
        let rows = notice["rows"].as_array().unwrap();
        let row = rows.iter().find(|row| row["code"] == "v3").unwrap();
        row["points"].as_f64().unwrap()
    };
    assert_eq!(points(&project), -2.0);
    // It is known by its new day, and moves again.
    project.ok("excuse v3 poll --for 2020-06-24 --reason flood");
    assert_eq!(first_milestone(&project, "v3").0, "excused");
    project.write("duban.toml", milestones("2020-06-22"));
    project.ok("apply --reason 'and another'");
    assert_eq!(first_milestone(&project, "v3").0, "excused");
    assert_eq!(first_milestone(&project, "v1").0, "excused");
}

#[test]
fn show_and_log_tell_amendments_from_what_to_what_by_which_apply_and_why() {
    let mut project = Project::small().wide(100);
    project.on("2020-06-20").ok("done v1 banner=3");
    amended(&project, "target = { count = 3", "target = { count = 4");
    amended(&project, "name = \"Alder\"", "name = \"Old Alder\"");
    let dry = project.ok("apply --dry-run").stdout;
    assert!(dry.contains("unit renamed: Alder -> Old Alder"), "{dry}");
    project.on("2020-06-22");
    let id = project.ok("apply --reason 'order 9'").stderr;
    let id = id.split_whitespace().nth(1).unwrap().to_string();
    for (line, wanted) in [
        ("show banner", &["3 pcs -> 4 pcs"][..]),
        ("show v1", &["3 pcs -> 4 pcs", "Alder -> Old Alder"]),
        ("show v2", &["3 pcs -> 4 pcs"]),
        (
            "explain v1 banner",
            &["3 pcs -> 4 pcs", "Alder -> Old Alder"],
        ),
        ("log", &["3 pcs -> 4 pcs", "Alder -> Old Alder"]),
    ] {
        let told = project.ok(line).stdout;
        let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
        for wanted in wanted.iter().chain(&["order 9", id.as_str()]) {
            assert!(told.contains(wanted), "{line}: {wanted}\n{told}");
        }
    }
    for line in ["show plan", "show office"] {
        let told = project.ok(line).stdout;
        assert!(!told.contains("order 9"), "{line}\n{told}");
    }
    let told = project.ok("show v2").stdout;
    assert!(!told.contains("renamed"), "{told}");
    // Not before it was made.
    let told = project.ok("show banner --as-of 6-21").stdout;
    assert!(!told.contains("order 9"), "{told}");
}
