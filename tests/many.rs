//! Many units: what several threads find, in pieces, is what one finds.

use std::fmt::Write;

use crate::support::Project;

const PLAN: &str = r#"
[plan]
id = "many"
title = "Many villages"
issuer = "Office"
issued = 2026-01-01
lang = "en"
timezone = "+00:00"
roster = "roster.csv"

[assessment]
base = 100

[[assessment.rule]]
id = "overdue"
on = "overdue"
points = -2

[[phase]]
id = "year"
name = "The year"
from = 2026-01-01
to = 2026-12-31

[[phase.activity]]
id = "works"
name = "Works"
who = ["village"]

[[phase.activity.task]]
id = "drain"
name = "Clear the drains"
due = 2026-03-31

[[phase.activity.task]]
id = "road"
name = "Mend the road"
due = 2026-06-30
"#;

/// Ten thousand villages in a hundred towns, all in one county; every third has cleared its drains. The roster lists the towns'
/// villages in turn, so that its order is not that of the codes.
fn many() -> Project {
    let mut project = Project::with_plan(PLAN).set("DUBAN_LANG", "en");
    project.on("2026-05-01");
    let mut roster = String::from("code,name,kind,parent\nc,County,county,\n");
    let mut records = String::from("unit,task,on\n");
    for town in 0..100 {
        writeln!(roster, "t{town},Town {town},town,c").unwrap();
    }
    for village in 0..100 {
        for town in (0..100).rev() {
            writeln!(
                roster,
                "v{town}-{village},Village {town}-{village},village,t{town}"
            )
            .unwrap();
            if (village + town) % 3 == 0 {
                writeln!(
                    records,
                    "v{town}-{village},drain,2026-03-{:02}",
                    1 + village % 30
                )
                .unwrap();
            }
        }
    }
    project.write("roster.csv", roster);
    project.write("records.csv", records);
    project.ok("import records.csv");
    project
}

fn codes(rows: &serde_json::Value) -> Vec<String> {
    let rows = rows["rows"].as_array().unwrap().iter();
    rows.map(|row| row["code"].as_str().unwrap().to_string())
        .collect()
}

#[test]
fn several_threads_find_what_one_finds() {
    let project = many();
    // With `--area` the units are named one by one, and one thread reads them.
    for line in ["lagging", "score", "status", "board"] {
        let whole = project.ok(&format!("{line} --format jsonl")).stdout;
        let one_by_one = project
            .ok(&format!("{line} --area c --format jsonl"))
            .stdout;
        assert!(whole.lines().count() > 1, "{line}");
        assert!(whole == one_by_one, "{line}");
    }
    let lagging = project.json("lagging");
    let notice = project.json("notice");
    // Here all are equally late, so the list is in the order of the roster, as a notice is.
    assert_eq!(codes(&lagging).len(), 6_666);
    assert_eq!(codes(&lagging), codes(&notice));
    assert!(codes(&lagging).starts_with(&["v98-0".to_string(), "v97-0".to_string()]));
    assert_eq!(notice["rows"][0]["overdue"][0]["task"], "drain");
    assert_eq!(notice["rows"][6_665]["points"], -2);
}

/// For scripts the journal is read some entries at a time; a limit holds all that it lets through.
#[test]
fn a_log_read_in_pieces_is_one_that_is_held() {
    let project = many();
    let lines = |options: &str| project.ok(&format!("log --format jsonl{options}")).stdout;
    let held = lines(" -n 100000");
    assert_eq!(
        held.lines().count(),
        3335,
        "the records and the first apply"
    );
    assert!(lines("") == held);
    let oldest = lines(" --sort oldest");
    assert!(oldest == lines(" --sort oldest -n 100000"));
    assert!(oldest.lines().rev().eq(held.lines()));
    for format in ["json", "csv"] {
        let log = |options| {
            project
                .ok(&format!("log --format {format}{options}"))
                .stdout
        };
        assert!(log("") == log(" -n 100000"), "{format}");
        project.ok(&format!("log -o log.{format}"));
        let file = project.read(&format!("log.{format}"));
        assert!(file.trim_start_matches('\u{feff}') == log(""), "{format}");
    }
}

#[test]
fn long_lists_follow_the_roster_in_force_and_are_written_in_order() {
    let project = many();
    let first = codes(&project.json("lagging"));
    // Turned round, the roster has other places, while units keep their numbers.
    let roster = project.read("roster.csv");
    let (areas, villages): (Vec<&str>, Vec<&str>) =
        roster.lines().partition(|line| !line.starts_with('v'));
    let turned: Vec<&str> = areas
        .into_iter()
        .chain(villages.into_iter().rev())
        .collect();
    project.write("roster.csv", turned.join("\n"));
    project.ok("apply");
    let mut wanted = first;
    wanted.reverse();
    assert!(codes(&project.json("lagging")) == wanted);
    assert!(codes(&project.json("notice")) == wanted);
    let text = project.ok("lagging").stdout;
    let told = text.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let number: usize = words.next()?.parse().ok()?;
        (words.next()? == "Village").then(|| (number, words.next().unwrap()))
    });
    let names = wanted.iter().map(|code| code.trim_start_matches('v'));
    assert!(told.eq((1..).zip(names)));
}

#[cfg(target_os = "linux")]
#[test]
fn where_no_thread_is_to_be_had_one_does_it() {
    let project = many();
    for line in [
        "status --format json",
        "lagging --format csv",
        "score --format jsonl",
    ] {
        // No address space has room for a stack of this size, so no thread can be begun.
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_duban"))
            .args(line.split(' '))
            .current_dir(project.path(""))
            .env("RUST_MIN_STACK", (1_u64 << 50).to_string())
            .env("DUBAN_TODAY", "2026-05-01")
            .env("DUBAN_LANG", "en")
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{line}: {stderr}");
        assert!(
            output.stdout == project.ok(line).stdout.as_bytes(),
            "{line}"
        );
    }
}
