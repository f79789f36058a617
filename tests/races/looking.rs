//! Looking while others write.

use std::fmt::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use rusqlite::Connection;

use super::{amended, plan, unwritten};
use crate::support::Project;

/// Looking commands whose answers tell of units, tasks and entries.
const LOOKING: [&str; 15] = [
    "status --format json",
    "status --by kind --format json",
    "status --by unit --format json",
    "lagging --format json",
    "board --format json",
    "score --format json",
    "todo --format json",
    "log --format json",
    "audit --format json",
    "show v1",
    "explain v1 banner",
    "notice --format json",
    "notice --list --format json",
    "remind --dry-run --format json",
    "export",
];

/// Copies all tables of the other store over those of the first, and back again, until told to stop: each time in one
/// transaction, as an `apply` and an `undo` of it would.
fn flip(project: &Project, stop: &AtomicBool) {
    let connection = Connection::open(project.path("duban.db")).unwrap();
    connection.busy_timeout(Duration::from_secs(30)).unwrap();
    connection
        .execute_batch("PRAGMA synchronous = OFF")
        .unwrap();
    let mut flips = Vec::new();
    for name in ["one", "two"] {
        let path = project.path(&format!("{name}.db"));
        let attach = format!("ATTACH '{}' AS {name}", path.display());
        connection.execute_batch(&attach).unwrap();
        let sql =
            "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut tables = connection.prepare(sql).unwrap();
        let tables = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let mut flip = String::from("BEGIN IMMEDIATE;");
        for table in tables {
            let table = table.unwrap();
            write!(
                flip,
                "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM {name}.{table};"
            )
            .unwrap();
        }
        flip.push_str("COMMIT");
        flips.push(flip);
    }
    for turn in 0.. {
        connection.execute_batch(&flips[turn % 2]).unwrap();
        if stop.load(Ordering::Relaxed) {
            break;
        }
        // Readers get in here. Each time another while, so that it ends at every place of their work.
        thread::sleep(Duration::from_micros(turn as u64 % 16 * 200));
    }
}

#[test]
fn whoever_looks_while_others_write_sees_one_moment() {
    let project = unwritten();
    project.ok("done v1 banner=3 --on 6-20");
    project.ok("done v2 banner=1 --on 6-20");
    project.ok("done v3 visits --total 5 --on 6-20");
    std::fs::copy(project.path("duban.db"), project.path("one.db")).unwrap();
    // Two villages are called hamlets from now on and owe the same; a task goes, and a record is taken back.
    let renamed = amended()
        .replace("who = [\"village\"]", "who = [\"village\", \"hamlet\"]")
        .replace(
            "name = \"Alder\"\nkind = \"village\"",
            "name = \"Elder\"\nkind = \"hamlet\"",
        )
        .replace(
            "name = \"Cedar\"\nkind = \"village\"",
            "name = \"Cedar\"\nkind = \"hamlet\"",
        );
    project.ok("undo v3/visits");
    project.write("duban.toml", renamed);
    project.ok("apply --reason hamlets");
    std::fs::copy(project.path("duban.db"), project.path("two.db")).unwrap();
    let answers = |store: &str| {
        std::fs::copy(project.path(store), project.path("duban.db")).unwrap();
        LOOKING.map(|line| {
            let output = project.process(line);
            (output.code, output.stdout)
        })
    };
    let (one, two) = (answers("one.db"), answers("two.db"));
    for (place, line) in LOOKING.iter().enumerate() {
        assert_ne!(one[place], two[place], "{line}");
    }
    let stop = AtomicBool::new(false);
    let mixed = thread::scope(|scope| {
        scope.spawn(|| flip(&project, &stop));
        let mut mixed = Vec::new();
        for (place, line) in LOOKING.iter().enumerate() {
            let wrong = (0..8).map(|_| project.process(line)).find(|output| {
                ![&one, &two].iter().any(|answers| {
                    answers[place].0 == output.code && answers[place].1 == output.stdout
                })
            });
            mixed.extend(wrong.map(|_| *line));
        }
        stop.store(true, Ordering::Relaxed);
        mixed
    });
    assert!(
        mixed.is_empty(),
        "{} of {} commands saw two moments: {mixed:?}",
        mixed.len(),
        LOOKING.len()
    );
}

/// What the program and a pipe hold of an answer before anybody reads, in bytes.
const HELD: usize = 2 << 16;

/// Commands whose answers are longer than that here.
const LONG: [&str; 9] = [
    "export",
    "log --limit 100000 --format jsonl",
    "status --by unit --format jsonl",
    "lagging --format jsonl",
    "board --format jsonl",
    "score --format jsonl",
    "notice --format jsonl",
    "remind --dry-run --format jsonl",
    "show banner --format json",
];

#[test]
fn a_paused_pager_holds_no_writer_off() {
    let plan = plan();
    let (head, _) = plan.split_at(plan.find("[[unit]]").unwrap());
    let project =
        Project::with_plan(&head.replace("timezone", "roster = \"roster.csv\"\ntimezone"))
            .set("DUBAN_LANG", "en");
    let mut roster = String::from("code,name,kind,contact\n");
    let mut records = String::from("unit,task,on,count\n");
    for unit in 0..2_000 {
        writeln!(
            roster,
            "u{unit},Village number {unit},village,Contact {unit}"
        )
        .unwrap();
        writeln!(records, "u{unit},banner,2020-06-20,1").unwrap();
    }
    project.write("roster.csv", roster);
    project.write("records.csv", records);
    project.ok("import records.csv");
    let mut held = Vec::new();
    for line in LONG {
        let mut looking = project.start(line);
        assert!(looking.first_byte(), "{line}: {}", looking.end());
        let free = project.is_store_free();
        if free {
            project.ok("done u1 report");
        } else {
            held.push(line);
        }
        let output = looking.end();
        assert_eq!(output.code, 0, "{line}: {}", output.stderr);
        assert!(
            output.stdout.len() > HELD,
            "{line}: the answer is too short"
        );
    }
    assert!(held.is_empty(), "these hold writers off: {held:?}");
}
