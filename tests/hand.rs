//! The Qingjiang plan against a table worked out by hand; and the reports against one another.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::Project;

fn root(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The plan with the demo's rosters and records, nobody excused and nothing returned.
fn qingjiang() -> Project {
    let mut project = Project::qingjiang();
    let roster = "qingjiang-2020.units.csv";
    project.write(roster, root("plans/demo/units-0617.csv"));
    project.on("2020-06-17").ok("apply");
    project.write(roster, root("plans/demo/units-0701.csv"));
    project.on("2020-07-01").ok("apply --reason 补报责任人");
    project.write("records.csv", root("plans/demo/records.csv"));
    let photos = Path::new(env!("CARGO_MANIFEST_DIR")).join("plans/demo/photos");
    for photo in fs::read_dir(photos).unwrap() {
        let photo = photo.unwrap();
        let name = format!("photos/{}", photo.file_name().to_str().unwrap());
        project.write(&name, fs::read(photo.path()).unwrap());
    }
    project.on("2020-07-03").ok("import records.csv");
    project.put("DUBAN_TODAY", "2020-12-31");
    project
}

const FIGURES: [&str; 10] = [
    "applicable",
    "owed",
    "expected",
    "on_time",
    "late",
    "overdue",
    "returned",
    "due_soon",
    "pending",
    "waiting",
];

#[test]
fn status_lagging_and_board_say_what_was_worked_out_by_hand() {
    let project = qingjiang();
    let hand: toml::Table = toml::from_str(&root("tests/fixtures/qingjiang-hand.toml")).unwrap();
    let days = hand["day"].as_array().unwrap();
    let mut seen = BTreeSet::new();
    for day in days {
        let as_of = day["as_of"].to_string();
        let status = project.json(&format!("status --as-of {as_of}"));
        for figure in FIGURES.iter().chain(&["excused"]) {
            let wanted = day["total"][figure].as_integer();
            assert_eq!(
                status["total"][figure].as_i64(),
                wanted,
                "{as_of} total {figure}"
            );
        }
        for task in day["task"].as_array().unwrap() {
            let code = task["code"].as_str().unwrap();
            let row = status["rows"]
                .as_array()
                .unwrap()
                .iter()
                .find(|row| row["code"] == code);
            let row = row.unwrap_or_else(|| panic!("{as_of} {code}"));
            for figure in FIGURES {
                assert_eq!(
                    row[figure].as_i64(),
                    task[figure].as_integer(),
                    "{as_of} {code} {figure}"
                );
            }
        }
        let lagging = project.json(&format!("lagging --as-of {as_of}"));
        assert_eq!(
            lagging["units"].as_i64(),
            day["lagging"].as_integer(),
            "{as_of} lagging"
        );
        assert_eq!(
            status["lagging"].as_i64(),
            day["lagging"].as_integer(),
            "{as_of} lagging in status"
        );
        let wanted = day["lagging_units"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap().to_string());
        assert_eq!(
            lagging_units(&lagging),
            wanted.collect::<BTreeSet<_>>(),
            "{as_of}"
        );
        seen.insert(as_of);
    }
    for day in [
        "2020-06-30",
        "2020-07-01",
        "2020-10-31",
        "2020-11-01",
        "2020-12-31",
    ] {
        assert!(seen.contains(day), "{day} was worked out");
    }
}

/// The codes of all that lag, the supervisor too.
fn lagging_units(lagging: &Value) -> BTreeSet<String> {
    let rows = lagging["rows"]
        .as_array()
        .unwrap()
        .iter()
        .chain(Some(&lagging["supervisor"]).filter(|own| !own.is_null()));
    rows.map(|row| row["code"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn the_reports_agree_with_one_another() {
    let project = qingjiang();
    for day in [
        "2020-06-30",
        "2020-07-01",
        "2020-10-31",
        "2020-11-01",
        "2020-12-31",
    ] {
        let status = project.json(&format!("status --as-of {day}"));
        let by = |by: &str| project.json(&format!("status --by {by} --as-of {day}"));
        for rows in ["activity", "phase", "kind", "area", "unit"] {
            let other = by(rows);
            assert_eq!(status["total"], other["total"], "{day} {rows}");
            for figure in FIGURES {
                let sum: i64 = other["rows"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|row| row[figure].as_i64().unwrap())
                    .sum();
                assert_eq!(
                    sum,
                    status["total"][figure].as_i64().unwrap(),
                    "{day} {rows} {figure}"
                );
            }
        }
        let lagging = project.json(&format!("lagging --as-of {day}"));
        assert_eq!(lagging["obligations"], status["total"]["overdue"], "{day}");
        let board = project.json(&format!("board --as-of {day}"));
        let rows = board["rows"].as_array().unwrap();
        let sum = |figure: &str| {
            rows.iter()
                .map(|row| row[figure].as_i64().unwrap())
                .sum::<i64>()
        };
        assert_eq!(
            sum("expected"),
            status["total"]["expected"].as_i64().unwrap(),
            "{day}"
        );
        assert_eq!(
            sum("overdue"),
            status["total"]["overdue"].as_i64().unwrap(),
            "{day}"
        );
        let overdue = |row: &&Value| {
            row["cells"]
                .as_object()
                .unwrap()
                .values()
                .any(|cell| cell == "overdue")
        };
        let units = rows
            .iter()
            .filter(overdue)
            .map(|row| row["code"].as_str().unwrap().to_string());
        assert_eq!(
            units.collect::<BTreeSet<_>>(),
            lagging_units(&lagging),
            "{day}"
        );
    }
}

#[test]
fn a_filter_and_its_complement_make_the_whole() {
    let project = qingjiang();
    let total = |line: &str| project.json(line)["total"].clone();
    let whole = total("status");
    for parts in [
        [
            "--kind village,community",
            "--kind office,centre,resident,school,enterprise",
        ],
        ["--phase prepare", "--phase register,requirements"],
    ] {
        let (one, other) = (
            total(&format!("status {}", parts[0])),
            total(&format!("status {}", parts[1])),
        );
        for figure in FIGURES {
            let sum = one[figure].as_i64().unwrap() + other[figure].as_i64().unwrap();
            assert_eq!(sum, whole[figure].as_i64().unwrap(), "{parts:?} {figure}");
        }
    }
}
