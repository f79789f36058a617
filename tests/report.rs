//! The week: what a leader sees in thirty seconds.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Project, SMALL};

/// A project in which everything happened that a week tells of, in the week of 29 June to 5 July.
fn eventful() -> Project {
    let mut project =
        Project::with_plan(&SMALL.replacen("[plan]\n", "[plan]\nshort = \"Small\"\n", 1)).wide(80);
    project.on("2020-06-24").ok("done v1,v2 banner=3 plan");
    project.ok("return v1/banner --reason 'one only' --due 7-1");
    project.on("2020-07-02").ok("done v3 plan");
    project.ok("done v1,v2 report --nil --on 6-30");
    project.ok("remind --unit v1");
    project
}

#[test]
fn the_week_in_five_sentences() {
    for lang in ["en", "zh-CN"] {
        let mut project = eventful().set("DUBAN_LANG", lang);
        project.on("2020-07-03");
        assert_snapshot!(
            format!("report_{lang}"),
            project.talk(&[
                "report",
                "report --week 2020-06-24",
                "report --week 6-1",
                "report --as-of 7-2",
                "report --unit v1",
                "report --area North --task notice",
                "report --week 2020-05-01",
                "report --week 2020-07-08",
                "report --as-of 2020-07-04",
                "report --week 7-1 --as-of 7-2",
                "report -n 3",
            ])
        );
    }
}

#[test]
fn every_figure_is_another_answer_s_own() {
    let mut project = eventful();
    for (day, since, within) in [
        ("2020-07-03", "2020-06-28", 9),
        ("2020-07-05", "2020-06-28", 7),
    ] {
        project.on(day);
        let report = project.json("report");
        assert_eq!(report["week"]["from"], "2020-06-29");
        assert_eq!(report["week"]["to"], "2020-07-05");
        let same = |key: &str, line: &str| {
            assert_eq!(report[key], project.json(line), "{key} on {day}");
        };
        same("status", &format!("status --since {since}"));
        same(
            "lagging",
            &format!("lagging --since {since} --within {within}"),
        );
        same("todo", "todo");
        same("board", "board");
        let then = project.json(&format!("status --as-of {since}"));
        assert_eq!(report["before"]["total"], then["total"]);
        let then = project.json(&format!("lagging --as-of {since}"));
        assert_eq!(report["before"]["lagging"], then["units"]);
        let last = report["series"].as_array().unwrap().last().unwrap();
        assert_eq!(last["day"], day);
        for key in ["expected", "completed"] {
            assert_eq!(last[key], report["status"]["total"][key]);
            let rows = report["rows"].as_array().unwrap().iter();
            let sum: u64 = rows.map(|row| row[key].as_u64().unwrap()).sum();
            assert_eq!(Some(sum), last[key].as_u64(), "{key}");
        }
        assert_eq!(report["filter"], Value::Null);
    }
    let narrowed = project.json("report --area North --kind village");
    assert_eq!(narrowed["filter"]["kind"][0], "village");
    assert_eq!(
        narrowed["status"]["total"],
        project.json("status --area North --kind village")["total"]
    );
}

#[test]
fn a_week_of_another_day_is_told_as_of_its_sunday() {
    let project = eventful().set("DUBAN_TODAY", "2020-07-20");
    let of = |line: &str| project.json(line)["as_of"].clone();
    assert_eq!(of("report"), "2020-07-20");
    assert_eq!(of("report --week 7-1"), "2020-07-05");
    assert_eq!(of("report --week 2020-06-01"), "2020-06-07");
    assert_eq!(of("report --week 7-20"), "2020-07-20");
}
