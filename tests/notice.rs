//! The notice, its points, objections and the score: drafted, issued once, printed again, told from the journal.

use insta::assert_snapshot;

use crate::support::Project;

/// The small plan with an assessment.
const ASSESSED: &str = r#"
[assessment]
base = 100
floor = 95
who = ["village"]
notice_every = "month"

[[assessment.rule]]
id = "overdue"
clause = "3"
on = "overdue"
points = -2
cap = 5
again = 2

[[assessment.rule]]
id = "late"
on = "late"
points = -0.5
"#;

fn assessed() -> Project {
    let plan = format!("{}{ASSESSED}", crate::support::SMALL);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en").wide(80);
    project.ok("done v1 banner=3 plan --on 6-20");
    project.ok("done v1 report --nil --on 6-30");
    project.ok("done v2 banner=1 --on 6-25");
    project.ok("done v2 plan --on 7-2");
    project
}

#[test]
fn a_draft_changes_nothing() {
    let project = assessed();
    let before = project.ok("export").stdout;
    assert_snapshot!(project.talk(&[
        "notice --until 7-2",
        "notice --until 7-2 --lang zh-CN",
        "notice --list",
        "notice 1",
        "score",
    ]));
    assert_eq!(project.ok("export").stdout, before);
}

#[test]
fn an_issued_notice_is_printed_again_byte_for_byte() {
    let mut project = assessed();
    project.ok("notice --until 7-2 --issue -o first.html");
    let (text, json) = (
        project.ok("notice 1").stdout,
        project.ok("notice 1 --format json").stdout,
    );
    let page = project.read("first.html");
    // What comes later changes nothing of it: records, another plan, another language.
    project.ok("done v2 banner=2 --on 7-1");
    project.write(
        "duban.toml",
        project
            .read("duban.toml")
            .replace("Hang banners", "Raise flags"),
    );
    project.ok("apply --reason renamed");
    project.on("2020-08-20");
    assert_eq!(project.ok("notice 1 --lang zh-CN").stdout, text);
    assert_eq!(project.ok("notice 1 --format json").stdout, json);
    project.ok("notice 1 -o again.html");
    assert_eq!(project.read("again.html"), page);
    assert_snapshot!(project.talk(&["notice 1 -o again.csv", "notice 2", "notice --list",]));
}

#[test]
fn the_second_notice_begins_with_what_became_of_the_first() {
    let mut project = assessed();
    project.ok("notice --issue");
    project.ok("done v2 banner=2 --on 7-3");
    project.ok("excuse v3 plan --reason ill");
    project.on("2020-07-20");
    assert_snapshot!(project.talk(&[
        "notice --issue --rectify 7-31",
        "notice 2",
        "score",
        "score --format csv",
        "log -n 5",
    ]));
}

#[test]
fn days_that_do_not_follow_one_another_are_refused() {
    let mut project = assessed();
    project.ok("notice --issue --until 7-1");
    assert_snapshot!(project.talk(&[
        "notice --issue",
        "notice --on 6-30",
        "notice --until 7-9",
        "notice --on 7-9",
    ]));
    project.on("2020-07-10");
    assert_snapshot!(
        "days_after_the_first",
        project.talk(&[
            "notice --until 6-30",
            "notice --rectify 7-9",
            "notice --rectify 7-1",
            "notice --leave-out v2",
            "notice --leave-out v2 --reason ' '",
            "notice --leave-out v9 --reason flood",
            "notice 1 --issue",
        ])
    );
}

#[test]
fn who_is_left_out_is_neither_named_nor_booked_and_the_reason_stays() {
    let project = assessed();
    project.ok("notice --issue --leave-out Cedar --reason 'flood, call 13812341234'");
    let notice = project.ok("notice 1").stdout;
    assert!(!notice.contains("Cedar"));
    assert!(notice.contains("in 3 units"), "over all: {notice}");
    assert!(
        notice.contains("The following unit is behind schedule"),
        "those named are not all that lag: {notice}"
    );
    let list = project.json("notice --list");
    assert_eq!(list["rows"][0]["left_out"][0]["code"], "v3");
    assert_eq!(
        list["rows"][0]["left_out"][0]["reason"],
        "flood, call 138****1234"
    );
    let told = project.ok("notice --list").stdout;
    assert!(told.contains("Cedar: flood, call 138****1234"), "{told}");
    let score = project.json("score --unit v3");
    assert_eq!(score["rows"][0]["score"], 100);
}

#[test]
fn the_notices_of_a_day_are_those_issued_by_then_as_far_as_was_known() {
    let mut project = assessed();
    project.ok("notice --issue");
    project.on("2020-07-10");
    project.ok("notice --issue --on 7-8");
    let numbers = |view: &str| {
        let list = project.json(&format!("notice --list {view}"));
        let rows = list["rows"].as_array().unwrap().iter();
        rows.map(|row| row["number"].as_u64().unwrap())
            .collect::<Vec<_>>()
    };
    assert_eq!(numbers(""), [1, 2]);
    assert_eq!(numbers("--as-of 7-8"), [1, 2]);
    assert_eq!(numbers("--as-of 7-7"), [1]);
    assert_eq!(numbers("--known-by 7-9"), [1]);
    assert_eq!(numbers("--as-of 2020-06-20"), [0; 0]);
    let refused = project.run("notice --as-of 7-8");
    assert_eq!(refused.code, 2, "{refused}");
}

#[test]
fn an_objection_is_heard_once_and_a_reversal_restores_exactly() {
    let mut project = assessed();
    project.ok("notice --issue");
    let before = project.json("score --unit v2")["rows"][0]["score"].clone();
    project.on("2020-07-05");
    assert_snapshot!(project.talk(&[
        "object v2 banner --notice 1 --reason ' '",
        "object v2 banner --notice 2 --reason late",
        "object v1 banner --notice 1 --reason why",
        "object v2 banner --notice 1 --on 7-1 --reason early",
        "object v2 banner --notice 1 --reason 'two more hung on 6-28'",
        "object v2 banner --notice 1 --reason again",
        "object v2 --notice 1 --reason all",
        "uphold nothing --reason no",
        "reverse v2/banner --reason ''",
        "reverse v2/banner --on 7-4 --reason early",
        "reverse v2/banner --reason 'seen on the spot'",
        "uphold v2/banner --reason no",
        "score --unit v2",
        "explain v2 banner",
        "explain v2 banner --lang zh-CN",
    ]));
    assert_eq!(before, 95.5);
    assert_eq!(project.json("score --unit v2")["rows"][0]["score"], 97.5);
    let known = "score --unit v2 --as-of 7-4";
    assert_eq!(
        project.json(known)["rows"][0]["score"],
        before,
        "on the day before, nothing was given back"
    );
    project.ok("undo");
    assert_eq!(project.json("score --unit v2")["rows"][0]["score"], before);
}

#[test]
fn a_notice_can_be_undone_whole_while_it_is_the_last_and_nobody_objected() {
    let mut project = assessed();
    let id = project.ok("notice --issue").stdout;
    let id = id.trim();
    let refused = project.run("undo");
    assert_eq!(
        (refused.code, refused.stdout.as_str()),
        (2, ""),
        "not by default: it has to be named"
    );
    assert_eq!(project.run(&format!("undo {id}.2")).code, 2);
    project.ok("object v2 banner --notice 1 --reason why");
    assert_eq!(
        project.run(&format!("undo {id}")).code,
        2,
        "somebody objected"
    );
    project.ok("undo");
    project.ok(&format!("undo {id}"));
    assert_eq!(project.json("notice --list")["rows"], serde_json::json!([]));
    assert_eq!(project.json("score --unit v2")["rows"][0]["score"], 100);
    let again = project.ok("notice --issue").stdout;
    assert_ne!(again.trim(), id);
    assert_eq!(project.json("notice --list")["rows"][0]["number"], 1);
    project.on("2020-07-09");
    project.ok("notice --issue");
    assert_eq!(
        project.run(&format!("undo {}", again.trim())).code,
        2,
        "it is not the last"
    );
}

#[test]
fn what_was_undone_does_not_come_back_beside_what_took_its_place() {
    let mut project = assessed();
    let notice = project.ok("notice --issue").stdout;
    let undo = project.ok(&format!("undo {}", notice.trim())).stdout;
    project.ok("notice --issue");
    let before = project.json("score")["rows"].clone();
    let output = project.run(&format!("undo {}", undo.trim()));
    assert_eq!(output.code, 2, "two notices 1, every point twice: {output}");
    assert_eq!(project.json("score")["rows"], before);

    project.on("2020-07-09");
    for (first, second) in [
        ("accept v1/banner", "return v1/banner --reason blurred"),
        (
            "object v2 banner --notice 1 --reason why",
            "object v2 banner --notice 1 --reason again",
        ),
        (
            "uphold v2/banner --reason no",
            "reverse v2/banner --reason yes",
        ),
    ] {
        project.ok(first);
        let undo = project.ok("undo").stdout;
        project.ok(second);
        let output = project.run(&format!("undo {}", undo.trim()));
        assert_eq!(output.code, 2, "{first}, {second}: {output}");
    }
}

#[test]
fn another_store_has_the_points_and_not_the_documents() {
    let project = assessed();
    project.ok("notice --issue");
    let other = Project::with_plan(&project.read("duban.toml")).set("DUBAN_LANG", "en");
    other.write("journal.jsonl", project.ok("export").stdout);
    other.ok("import journal.jsonl");
    assert_eq!(other.json("score")["rows"], project.json("score")["rows"]);
    assert_snapshot!(other.talk(&["notice 1", "notice 1 --format json"]));
}

#[test]
fn what_an_amendment_drops_keeps_its_outcome_its_points_and_its_objection() {
    let extra = "\n[[phase.activity.task]]\nid = \"sign\"\nname = \"Put up a sign\"\nshort = \"roadside\"\nwho = [\"village\"]\n";
    let unit =
        "\n[[assessment.rule]]\nid = \"named\"\non = \"overdue\"\npoints = -0.5\nper = \"unit\"\n";
    let small = format!("{}{ASSESSED}{unit}", crate::support::SMALL);
    let before = "\n[[phase.activity.task]]\nid = \"notice\"";
    let with = small.replacen(before, &format!("{extra}{before}"), 1);
    assert_ne!(with, small);
    let mut project = Project::with_plan(&with).set("DUBAN_LANG", "en").wide(80);
    project.ok("done v1,v3 banner=3 sign plan --on 6-20");
    project.ok("done v1,v2,v3 report --nil --on 6-30");
    project.ok("done v2 plan banner=3 --on 6-20");
    project.ok("notice --issue");
    project.write("duban.toml", small);
    project.ok("apply --reason 'no signs'");
    project.on("2020-07-09");
    assert_snapshot!(project.talk(&[
        "notice 1",
        "notice",
        "explain v2 sign",
        "explain v1 sign",
        "object v2 roadside --notice 1 --reason 'it stood'",
        "reverse v2/sign --reason 'seen'",
        "score --unit v2",
    ]));
}

#[test]
fn two_stores_that_both_issued_are_merged_once_one_of_them_undid_it() {
    let (here, there) = (assessed(), assessed());
    here.ok("notice --issue");
    let issued = there.ok("notice --issue").stdout;
    let before = here.ok("export").stdout;
    here.write("there.jsonl", there.ok("export").stdout);
    let output = here.run("import there.jsonl");
    assert_eq!(
        (output.code, here.ok("export").stdout == before),
        (2, true),
        "{output}"
    );
    assert!(output.stderr.contains("notice 1"), "{output}");

    let scores = here.json("score")["rows"].clone();
    there.ok(&format!("undo {}", issued.trim()));
    here.write("there.jsonl", there.ok("export").stdout);
    here.ok("import there.jsonl");
    assert_eq!(here.json("score")["rows"], scores);
    assert_eq!(
        here.json("notice --list")["rows"].as_array().map(Vec::len),
        Some(1)
    );
}

#[test]
fn a_notice_whose_file_cannot_be_written_is_issued_all_the_same_and_says_so() {
    let project = assessed();
    let output = project.run("notice --issue -o nowhere/notice.docx");
    assert_eq!(output.code, 2, "{output}");
    assert!(output.stderr.contains("duban notice 1 -o"), "{output}");
    let list = project.json("notice --list");
    assert_eq!(list["rows"][0]["id"], output.stdout.trim());
    project.ok("notice 1 -o notice.docx");
}

#[test]
fn a_view_knows_the_notices_of_its_day() {
    let mut project = assessed();
    let notice = project.ok("notice --issue --until 7-1").stdout;
    let count = |project: &Project, options: &str| {
        let score = project.json(&format!("score --unit v2 {options}"));
        let points = project.json(&format!("explain v2 banner {options}"));
        (
            score["notices"].as_u64(),
            points["points"][0]["until"].clone(),
        )
    };
    let none = serde_json::Value::Null;
    project.on("2020-07-05");
    let until = serde_json::json!("2020-07-01");
    assert_eq!(count(&project, ""), (Some(1), until.clone()));
    assert_eq!(count(&project, "--as-of 7-2"), (Some(0), none.clone()));
    assert_eq!(count(&project, "--known-by 7-2"), (Some(0), none.clone()));
    project.ok(&format!("undo {}", notice.trim()));
    assert_eq!(count(&project, ""), (Some(0), none));
    assert_eq!(count(&project, "--known-by 7-3"), (Some(1), until));
}

#[test]
fn undoing_a_return_that_a_notice_booked_says_that_the_points_stay() {
    let rule = "\n[[assessment.rule]]\nid = \"returned\"\non = \"returned\"\npoints = -1\n";
    let plan = format!("{}{ASSESSED}{rule}", crate::support::SMALL);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("done v1 banner=3 plan --on 6-20");
    let returned = project.ok("return v1/banner --reason blurred").stdout;
    project.ok("notice --issue");
    project.on("2020-07-04");
    let output = project.ok(&format!("undo {}", returned.trim()));
    assert!(output.stderr.contains("notice 1"), "{output}");
    let deducted = project.json("score --unit v1")["rows"][0]["deducted"].clone();
    project.ok("object v1 banner --notice 1 --reason 'it was sharp'");
    project.ok("reverse v1/banner --reason 'seen'");
    let after = project.json("score --unit v1")["rows"][0].clone();
    assert_eq!(after["given_back"], 1);
    assert_eq!(
        after["deducted"], deducted,
        "gross: what was taken was taken"
    );
}

#[test]
fn the_supervisor_is_neither_booked_nor_scored() {
    let plan = format!("{}{ASSESSED}", crate::support::SMALL);
    let plan = plan.replace(
        "who = [\"village\"]\nnotice",
        "who = [\"village\", \"office\"]\nnotice",
    );
    let project = Project::with_plan(&plan);
    project.ok("done v1 plan --on 6-20");
    project.ok("notice --issue");
    let codes = project.json("score")["rows"].as_array().map(|rows| {
        let codes = rows.iter().map(|row| row["code"].to_string());
        codes.collect::<Vec<_>>()
    });
    assert_eq!(codes.unwrap_or_default(), ["\"v1\"", "\"v2\"", "\"v3\""]);
    assert!(
        project
            .ok("notice 1")
            .stdout
            .contains("督办单位Town office自身逾期未完成1件")
    );
}

#[test]
fn a_plan_without_assessment_names_and_books_nothing() {
    let project = Project::small();
    project.ok("done v1 plan --on 6-20");
    project.ok("notice --issue");
    let list = project.json("notice --list");
    assert_eq!(
        (&list["rows"][0]["units"], &list["rows"][0]["points"]),
        (&3.into(), &0.into())
    );
    let output = project.run("score");
    assert_eq!(output.code, 2);
    assert!(output.stderr.contains("[assessment]"), "{output}");
}

#[test]
fn who_caught_up_between_the_cut_off_and_the_issue_is_said_and_booked_all_the_same() {
    let mut project = assessed();
    project.ok("done v2 banner=2 --on 7-3");
    project.on("2020-07-05");
    for (lang, said) in [
        (
            "en",
            "Completed after the cut-off and before this notice was issued on 5 July 2020: Birch",
        ),
        (
            "zh-CN",
            "截止日以后、2020年7月5日印发以前已补办的事项：Birch",
        ),
    ] {
        let text = project
            .ok(&format!("notice --until 7-2 --lang {lang}"))
            .stdout;
        // The letter wraps: its words are compared without the breaks.
        let words = |text: &str| text.split_whitespace().collect::<String>();
        assert!(words(&text).contains(&words(said)), "{text}");
        let today = project.ok(&format!("notice --lang {lang}")).stdout;
        assert!(
            !words(&today).contains(&words(said)),
            "nobody caught up: {today}"
        );
    }
    let draft = project.json("notice --until 7-2");
    let birch = &draft["rows"][0];
    assert_eq!(birch["name"], "Birch");
    let banner = &birch["overdue"][0];
    assert_eq!(
        (&banner["task"], &banner["standing"]),
        (&"banner".into(), &"overdue".into())
    );
    assert_eq!(banner["fulfilled"], "2020-07-03");
    assert_eq!(birch["booked"][0]["points"], -2);
}

#[test]
fn a_notice_speaks_the_language_of_the_plan_whatever_the_terminal_speaks() {
    let plan = crate::support::SMALL.replace("lang = \"en\"", "lang = \"zh-CN\"");
    let mut project = Project::with_plan(&plan);
    project.unset("DUBAN_LANG").put("LANG", "en_US.UTF-8");
    let draft = project.ok("notice").stdout;
    assert!(draft.contains("总体情况"), "{draft}");
    let issued = project.ok("notice --issue");
    assert!(issued.stderr.contains("issued notice 1"), "{issued}");
    let notice = project.ok("notice 1").stdout;
    assert!(notice.contains("总体情况"), "{notice}");
    project.on("2020-07-04");
    let named = project.ok("notice --lang en").stdout;
    assert!(named.contains("notice 2"), "{named}");
}

/// What `explain` says was known of the first point of a unit's task: where it stood, what counted, by which records.
fn known(project: &Project, unit_and_task: &str) -> (String, f64, usize) {
    let point = project.json(&format!("explain {unit_and_task}"))["points"][0].clone();
    let known = &point["known"];
    (
        known["standing"].as_str().unwrap_or_default().to_string(),
        known["count"].as_f64().unwrap_or_default(),
        point["records"].as_array().map_or(0, Vec::len),
    )
}

#[test]
fn a_point_stands_on_what_was_known_when_it_was_booked_under_the_plan_of_that_time() {
    let mut project = assessed();
    project.ok("notice --issue --on 7-2");
    let then = ("overdue".to_string(), 1.0, 1);
    assert_eq!(
        known(&project, "v2 banner"),
        then,
        "issued for the day before"
    );
    // Told on the same day, of a day before the cut-off, but after the notice.
    project.ok("done v2 banner=2 --on 6-26");
    assert_eq!(known(&project, "v2 banner"), then);
    let plan = project.read("duban.toml");
    let later = plan.replacen("id = \"banner\"", "id = \"banner\"\ndue = 2020-07-31", 1);
    project.write("duban.toml", later);
    project.ok("apply --reason 'more time'");
    assert_eq!(known(&project, "v2 banner"), then);
    let dropped = plan.replacen("[[phase.activity.task]]\nid = \"banner\"\nname = \"Hang banners\"\nshort = \"banner\"\ntarget = { count = 3, measure = \"pcs\" }\n", "", 1);
    assert_ne!(dropped, plan);
    project.write("duban.toml", dropped);
    project.on("2020-07-04");
    project.ok("apply --reason 'no banners'");
    assert_eq!(known(&project, "v2 banner"), then);
}

/// Points for returned work.
const RETURNED: &str =
    "\n[[assessment.rule]]\nid = \"sent-back\"\non = \"returned\"\npoints = -1\n";

#[test]
fn every_return_is_named_with_its_reason_but_costs_points_once() {
    let plan = format!("{}{ASSESSED}{RETURNED}", crate::support::SMALL);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en").wide(80);
    project.ok("done v1,v2,v3 banner=3 plan --on 6-20");
    project.ok("done v1,v2,v3 report --nil --on 6-30");
    project.ok("return v2/plan --reason 'copied' --due 7-20");
    project.ok("notice --issue");
    project.on("2020-07-10");
    project.ok("notice --issue");
    project.on("2020-07-15");
    let again = project.ok("done v2 plan --on 7-14").stdout;
    project.ok("return v2/plan --reason 'copied once more' --due 7-30");
    project.ok("notice --issue");
    project.on("2020-07-20");
    assert_snapshot!(project.talk(&[
        "notice 1",
        "notice 2",
        "notice 3",
        "notice 3 --format json",
        "explain v2 plan"
    ]));
    let point = &project.json("explain v2 plan")["points"][1];
    assert_eq!(point["records"][0], again.trim());
    assert_eq!(point["reason"], "copied once more");
    assert_eq!(point["points"], 0);
    assert_eq!(project.json("score --unit v2")["rows"][0]["score"], 99);
}

#[test]
fn a_return_that_comes_to_be_known_after_a_notice_told_a_later_one_is_named_too() {
    let mut project = Project::small().set("DUBAN_LANG", "en").wide(80);
    project.on("2020-06-18");
    let first = project.ok("done v1 banner=1 --on 6-16").stdout;
    let second = project.ok("done v1 banner=2 --on 6-17").stdout;
    project.on("2020-06-20");
    project.ok(&format!(
        "return {} --reason 'the second' --due 7-20",
        second.trim()
    ));
    project.ok("notice --issue");
    project.on("2020-06-22");
    let earlier = format!(
        "return {} --reason 'the first' --due 7-20 --on 6-19",
        first.trim()
    );
    project.ok(&earlier);
    let named = project.json("notice")["rows"].clone();
    assert_eq!(named[0]["returned"][0]["reason"], "the first", "{named}");
    project.ok("notice --issue");
    project.on("2020-06-24");
    assert_eq!(project.json("notice")["rows"], serde_json::json!([]));
}

#[test]
fn what_is_not_late_is_not_called_late() {
    let mut project = Project::small().set("DUBAN_LANG", "en").wide(80);
    project.on("2020-06-10").ok("done v1,v2 banner=3");
    project.ok("return v1/banner --reason few --due 6-20");
    project.ok("return v2/banner --reason few --due 6-20");
    project.on("2020-06-11").ok("done v1 banner=1");
    project.ok("excuse v2 banner --reason flood");
    project.ok("notice --issue");
    let first = project.ok("notice 1").stdout;
    for said in ["being corrected", "excused"] {
        assert!(first.contains(said), "{first}");
    }
    assert!(!first.contains("not corrected in time"), "{first}");
    project.on("2020-06-21");
    let second = project.ok("notice").stdout;
    assert!(
        second.contains("2 excused, no longer owed or not due yet, and 0 remain"),
        "{second}"
    );
    assert!(
        second.contains("not due yet") && !second.contains("extended"),
        "{second}"
    );
    let zh = project.ok("notice --lang zh-CN").stdout;
    assert!(zh.contains("未到期") && zh.contains("已免办"), "{zh}");
}

#[test]
fn what_was_overdue_and_returned_is_told_once_of_what_became_of_it() {
    let mut project = Project::small().set("DUBAN_LANG", "en").wide(80);
    project.ok("done v1,v2,v3 banner=3 --on 6-20");
    project.ok("done v1,v2,v3 report --nil --on 6-30");
    project.ok("done v1,v2,v3 plan --on 6-20");
    project.ok("return v1/plan --reason copied --due 7-4");
    project.on("2020-07-06").ok("notice --issue --rectify 7-8");
    let issued = project.json("notice 1");
    let row = &issued["rows"][0];
    assert_eq!(
        (
            row["overdue"].as_array().unwrap().len(),
            row["returned"].as_array().unwrap().len()
        ),
        (1, 1)
    );
    project.on("2020-07-09");
    let outcomes = project.json("notice")["before"]["outcomes"].clone();
    assert_eq!(outcomes.as_array().unwrap().len(), 1, "{outcomes}");
    assert_eq!(outcomes[0]["became"], "overdue");
    assert_eq!(project.json("todo")["rows"][1]["count"], 1);
}

#[test]
fn explain_says_nothing_of_what_it_cannot_know_any_more() {
    let mut project = assessed();
    let record = project.ok("done v3 plan --on 6-20").stdout;
    project.ok("return v3/plan --reason copied --due 7-20");
    project.ok("notice --issue");
    let journal = project.ok("export").stdout;
    let plan = project.read("duban.toml");
    let moved = plan.replacen("id = \"banner\"", "id = \"banner\"\ndue = 2020-07-31", 1);
    // Another office has the journal and a later plan, not the one of that time.
    let mut other = Project::with_plan(&moved).set("DUBAN_LANG", "en");
    other.on("2020-07-08").write("journal.jsonl", journal);
    other.ok("import journal.jsonl");
    let point = other.json("explain v2 banner")["points"][0].clone();
    assert_eq!(
        (&point["known"], point["points"].as_f64()),
        (&serde_json::Value::Null, Some(-2.0))
    );
    // The unit is another kind now: what was returned is still told.
    let (units, kind) = plan.split_at(plan.rfind("code = \"v3\"").unwrap());
    project.write(
        "duban.toml",
        format!("{units}{}", kind.replacen("\"village\"", "\"office\"", 1)),
    );
    project.on("2020-07-09").ok("apply --reason 'an office'");
    let points = project.json("explain v3 plan")["points"].clone();
    let returned = points
        .as_array()
        .unwrap()
        .iter()
        .find(|point| point["trigger"] == "returned")
        .unwrap();
    assert_eq!(
        (&returned["known"], returned["records"][0].as_str()),
        (&serde_json::Value::Null, Some(record.trim()))
    );
    let told = project.ok("explain v3 plan").stdout;
    assert!(
        told.contains("reason: copied") && told.contains(record.trim()),
        "{told}"
    );
}

#[test]
fn people_read_a_rules_name_and_programs_its_id() {
    let named = ASSESSED.replacen(
        "id = \"overdue\"",
        "id = \"overdue\"\nname = \"not done in time\"",
        1,
    );
    let project =
        Project::with_plan(&format!("{}{named}", crate::support::SMALL)).set("DUBAN_LANG", "en");
    let letter = project.ok("notice").stdout;
    assert!(letter.contains("not done in time 3x -5"), "{letter}");
    project.ok("notice --issue");
    let explained = project.ok("explain v1 banner").stdout;
    assert!(
        explained.contains("under rule “not done in time”"),
        "{explained}"
    );
    let json = project.json("explain v1 banner").to_string();
    assert!(json.contains("\"rule\":\"overdue\""), "{json}");
    assert!(!json.contains("not done in time"), "{json}");
    let score = project.ok("score").stdout;
    assert!(
        score.contains("maximum reached: not done in time"),
        "{score}"
    );
}

#[test]
fn a_rule_for_some_tasks_takes_the_place_of_the_general_one() {
    let own = "\n[[assessment.rule]]\nid = \"banners\"\non = \"overdue\"\npoints = -1\ntasks = [\"banner\"]\n";
    let plan = format!("{}{ASSESSED}{own}", crate::support::SMALL).replacen("cap = 5\n", "", 1);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    project.ok("notice --issue");
    let explained = |task: &str| project.json(&format!("explain v1 {task}")).to_string();
    assert!(
        explained("banner").contains("\"rule\":\"banners\""),
        "{}",
        explained("banner")
    );
    assert!(!explained("banner").contains("\"rule\":\"overdue\""));
    assert!(
        explained("plan").contains("\"rule\":\"overdue\""),
        "{}",
        explained("plan")
    );
}

/// Whether a row's points add up to its score, recounted from its bookings.
#[track_caller]
fn adds_up(row: &serde_json::Value, floor: f64) {
    let number = |key: &str| row[key].as_f64().unwrap();
    let lines = row["lines"].as_array().unwrap();
    let sum = |keep: &dyn Fn(&serde_json::Value, f64) -> bool| -> f64 {
        let points = lines
            .iter()
            .map(|line| (line, line["points"].as_f64().unwrap()));
        points
            .filter(|(line, points)| keep(line, *points))
            .map(|(_, points)| points)
            .sum()
    };
    assert_eq!(number("deducted"), sum(&|_, points| points < 0.0), "{row}");
    assert_eq!(number("added"), sum(&|_, points| points > 0.0), "{row}");
    let reversed = |line: &serde_json::Value| line["heard"] == "reversed";
    assert_eq!(
        number("given_back"),
        -sum(&|line, points| points < 0.0 && reversed(line)),
        "{row}"
    );
    let all = number("base") + number("deducted") + number("added") + number("given_back");
    assert_eq!(number("sum"), all, "{row}");
    assert_eq!(number("score"), all.max(floor), "{row}");
}

#[test]
fn a_score_adds_up_and_its_rank_is_among_all_who_are_assessed() {
    let mut project = assessed();
    project.ok("notice --issue");
    project.on("2020-07-09");
    project.ok("object v2 banner --notice 1 --reason 'they hung'");
    project.ok("reverse v2/banner --reason seen");
    let all = project.json("score");
    let rows = all["rows"].as_array().unwrap();
    let scores: Vec<f64> = rows
        .iter()
        .map(|row| row["score"].as_f64().unwrap())
        .collect();
    for (row, score) in rows.iter().zip(&scores) {
        adds_up(row, 95.0);
        let better = scores.iter().filter(|other| *other > score).count();
        assert_eq!(row["rank"], better + 1);
    }
    assert!(
        scores.is_sorted_by(|one, other| one >= other),
        "by rank: {scores:?}"
    );
    assert_eq!(
        (all["assessed"].as_u64(), &all["filter"]),
        (Some(3), &serde_json::Value::Null)
    );

    let one = project.json("score --unit v3");
    assert_eq!(
        one["rows"][0], rows[2],
        "the rank does not move with the filter"
    );
    assert_eq!(
        (one["assessed"].as_u64(), &one["filter"]["unit"]),
        (Some(3), &serde_json::json!(["v3"]))
    );
    for filter in ["--task banner", "--phase p1"] {
        let output = project.run(&format!("score {filter}"));
        assert_eq!(output.code, 2, "{output}");
    }
    assert_snapshot!(project.talk(&["score", "score --detail --unit v2", "score --task banner"]));
}

#[test]
fn where_nothing_was_booked_scores_have_no_details() {
    let plan = format!("{}{ASSESSED}", crate::support::SMALL);
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    assert_eq!(
        project.ok("score --detail").stdout,
        project.ok("score").stdout
    );
}

#[test]
fn points_for_the_unit_as_such_are_objected_to_on_their_own() {
    let unit =
        "\n[[assessment.rule]]\nid = \"named\"\non = \"overdue\"\npoints = -0.5\nper = \"unit\"\n";
    let plan = format!("{}{ASSESSED}{unit}", crate::support::SMALL);
    let mut project = Project::with_plan(&plan).set("DUBAN_LANG", "en").wide(80);
    project.ok("done v1,v2 banner=3 plan --on 6-20");
    project.ok("notice --issue");
    project.on("2020-07-09");
    let score = |project: &Project| project.json("score --unit v2")["rows"][0]["score"].clone();
    assert_eq!(
        score(&project),
        97.5,
        "two for the report, a half for the unit"
    );
    project.ok("object v2 --unit-points --notice 1 --reason 'once is enough'");
    let again = project.run("object v2 --unit-points --notice 1 --reason again");
    assert_eq!(again.code, 2, "each once: {again}");
    project.ok("reverse v2 --reason right");
    assert_eq!(score(&project), 98.0);
    project.ok("object v2 report --notice 1 --reason 'told by telephone'");
    project.ok("reverse v2/report --reason seen");
    assert_eq!(score(&project), 100.0);
    // Another store that takes the journal over says the same.
    let mut other = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    other.on("2020-07-09");
    other.write("journal.jsonl", project.ok("export").stdout);
    other.ok("import journal.jsonl");
    assert_eq!(other.json("score")["rows"], project.json("score")["rows"]);
    assert_snapshot!(project.talk(&[
        "log -n 4",
        "object v2 report --unit-points --notice 1 --reason x"
    ]));
}

#[test]
fn who_is_left_out_would_have_been_named() {
    let mut project = assessed();
    project.on("2020-07-03");
    // Alder has done everything: there is nothing to leave it out of.
    let output = project.run("notice --leave-out v3,v1 --reason flood");
    assert_eq!(output.code, 2, "{output}");
    assert!(
        output.stderr.contains("Alder") && !output.stderr.contains("Cedar"),
        "{output}"
    );
    let draft = project.json("notice --leave-out v2,v3 --reason flood");
    let left: Vec<&str> = draft["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["code"].as_str().unwrap())
        .collect();
    assert_eq!(left, ["v2", "v3"]);
    assert_eq!(draft["rows"].as_array().map(Vec::len), Some(0));
    let project = project.wide(80);
    assert_snapshot!(project.talk(&[
        "notice --leave-out v2,v3 --reason flood",
        "notice --leave-out v2,v3 --reason flood --lang zh-CN",
        "notice --leave-out v2 --reason flood",
    ]));
}

#[test]
fn what_was_named_wrongly_is_counted_apart_and_the_parts_make_the_whole() {
    let mut project = assessed();
    project.ok("notice --issue");
    project.on("2020-07-09");
    project.ok("object v2 banner --notice 1 --reason 'they hung'");
    project.ok("reverse v2/banner --reason seen");
    project.ok("done v2 banner=2 --on 6-25");
    project.ok("done v3 plan --on 7-8");
    project.ok("excuse v3 banner --reason ill");
    project.on("2020-07-20");
    let draft = project.json("notice");
    let outcomes = draft["before"]["outcomes"].as_array().unwrap();
    let became = |word: &str| outcomes.iter().filter(|one| one["became"] == word).count();
    assert_eq!(
        (
            became("reversed"),
            became("done"),
            became("excused"),
            became("overdue")
        ),
        (1, 1, 1, 2)
    );
    assert_eq!(outcomes.len(), 5);
    let reversed = outcomes
        .iter()
        .find(|one| one["became"] == "reversed")
        .unwrap();
    assert_eq!(
        (&reversed["unit"].is_null(), &reversed["put_right"]),
        (&true, &serde_json::json!(false))
    );
    let letter = project.ok("notice --lang zh-CN").stdout;
    let letter: String = letter.split_whitespace().collect();
    assert!(
        letter.contains("已整改1件，更正1件，免办、不再承办或者未到期1件，未整改2件"),
        "{letter}"
    );
    assert!(letter.contains("5个工作日内"), "{letter}");
}

#[test]
fn the_plan_says_how_long_units_may_object() {
    let plan = format!(
        "{}{}",
        crate::support::SMALL,
        ASSESSED.replacen("floor = 95", "floor = 95\nobjection_days = 3", 1)
    );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let letter: Vec<String> = project
        .ok("notice")
        .stdout
        .split_whitespace()
        .map(String::from)
        .collect();
    assert!(
        letter.join(" ").contains("within 3 working days"),
        "{letter:?}"
    );
}

#[test]
fn explain_says_that_a_notice_left_the_unit_out_and_why() {
    let project = assessed();
    project.ok("notice --issue --leave-out v2,v3 --reason 'flood, call 13812341234'");
    let told = project.ok("explain v2 banner").stdout;
    let told: Vec<&str> = told.split_whitespace().collect();
    let told = told.join(" ");
    assert!(
        told.contains("left out v2 (flood, call 138****1234)"),
        "{told}"
    );
    assert!(!told.contains("v3"), "{told}");
    assert!(!project.ok("explain v1 banner").stdout.contains("left out"));
}

#[test]
fn the_foot_says_who_prints_a_notice_and_when() {
    let plan = crate::support::SMALL.replacen(
        "issuer = \"Office\"",
        "issuer = \"Office\"\noffice = \"General desk\"",
        1,
    );
    let project = Project::with_plan(&plan).set("DUBAN_LANG", "en");
    let letter = project.ok("notice --format markdown").stdout;
    assert!(
        letter.contains("General desk, printed on 3 July 2020"),
        "{letter}"
    );
    project.ok("notice -o notice.docx");
    project.ok("notice -o notice.html");
    assert!(
        project
            .read("notice.html")
            .contains("General desk, printed on")
    );
}
