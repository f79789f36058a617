//! Processes that are killed, and many that write at once: what was acknowledged stays, and nothing is ever half done.

use std::collections::BTreeSet;
use std::io::Read;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Project, SMALL};

pub(crate) fn spawn(project: &Project, line: &[&str]) -> Child {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .args(line)
        .current_dir(project.path(""))
        .env_clear()
        .env("DUBAN_TODAY", "2020-07-03")
        .env("DUBAN_ACTOR", "clerk")
        .env("DUBAN_LANG", "en")
        .envs(
            project
                .variable("DUBAN_STORE")
                .map(|store| ("DUBAN_STORE", store)),
        )
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Kills a process after a while; gives what it had acknowledged by then.
pub(crate) fn kill_after(mut child: Child, wait: Duration) -> Option<String> {
    thread::sleep(wait);
    let _ = child.kill();
    let mut said = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    child.wait().unwrap();
    said.ends_with('\n').then(|| said.trim().to_string())
}

pub(crate) fn ids(project: &Project) -> BTreeSet<String> {
    let lines = project.ok("log --limit 100000 --format jsonl").stdout;
    let id = |line: &str| {
        serde_json::from_str::<serde_json::Value>(line).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_string()
    };
    lines.lines().map(id).collect()
}

/// How long a process lives that nobody kills, on this machine and under its load.
pub(crate) fn life(mut child: Child) -> Duration {
    let began = Instant::now();
    child.wait().unwrap();
    began.elapsed()
}

/// How often the waits are tried otherwise where they all missed the moment.
const ROUNDS: usize = 5;

/// Waits that sweep over a life, and half of it again.
pub(crate) fn waits(count: u32, life: Duration) -> impl Iterator<Item = (u32, Duration)> {
    let longest = life * 3 / 2;
    (0..count).map(move |turn| (turn, longest * (turn * 7919 % count) / count))
}

#[test]
fn a_killed_done_loses_nothing_that_it_acknowledged() {
    kill_done(&Project::small());
}

pub(crate) fn kill_done(project: &Project) {
    project.ok("done v1 plan");
    let mut life = life(spawn(project, &["done", "v1", "plan"]));
    let mut acknowledged = BTreeSet::new();
    let mut killed = 0;
    // A machine under load may live slower than when it was measured: then again, with other waits.
    for _ in 0..ROUNDS {
        for (turn, wait) in waits(200, life) {
            let unit = ["v1", "v2", "v3"][turn as usize % 3];
            match kill_after(spawn(project, &["done", unit, "banner=1"]), wait) {
                Some(id) => drop(acknowledged.insert(id)),
                None => killed += 1,
            }
        }
        match (killed, acknowledged.len()) {
            (0, _) => life /= 2,
            (_, 0) => life *= 2,
            _ => break,
        }
    }
    let kept = ids(project);
    assert!(
        killed > 0 && !acknowledged.is_empty(),
        "{killed} killed in time, {} not",
        acknowledged.len()
    );
    assert!(
        acknowledged.is_subset(&kept),
        "lost: {:?}",
        acknowledged.difference(&kept)
    );
    let counted = project.json("show banner");
    let counted: u64 = counted["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["count"].as_u64().unwrap())
        .sum();
    let records = kept.len() as u64 - 2 - 2; // without the plan records, and the two entries that applied the plan
    assert_eq!(counted, records, "the sheets and the journal say the same");
}

#[test]
fn a_killed_import_leaves_all_or_nothing() {
    const ROWS: usize = 600;
    let mut rows = String::from("unit,task,on,count,note\n");
    for row in 0..ROWS {
        rows.push_str(&format!(
            "v{},banner,2020-06-{:02},1,row {row}\n",
            row % 3 + 1,
            row % 28 + 1
        ));
    }
    let unharmed = Project::small();
    unharmed.ok("done v1 plan");
    unharmed.write("rows.csv", &rows);
    let mut life = life(spawn(&unharmed, &["import", "--again", "rows.csv"]));
    let mut whole = 0;
    for _ in 0..ROUNDS {
        whole = 0;
        for (turn, wait) in waits(100, life) {
            let project = Project::small();
            project.ok("done v1 plan");
            project.write("rows.csv", &rows);
            let before = ids(&project).len();
            let import = spawn(&project, &["import", "--again", "rows.csv"]);
            let acknowledged = kill_after(import, wait);
            let after = ids(&project).len();
            let imported = after - before;
            assert!(
                imported == 0 || imported == ROWS,
                "turn {turn}: {imported} of {ROWS}"
            );
            assert!(
                acknowledged.is_none() || imported == ROWS,
                "turn {turn}: acknowledged and lost"
            );
            whole += usize::from(imported == ROWS);
        }
        match whole {
            0 => life *= 2,
            100 => life /= 2,
            _ => break,
        }
    }
    assert!(
        (1..100).contains(&whole),
        "{whole} of 100 were whole: the waits miss the moment"
    );
}

#[test]
fn a_killed_done_never_names_a_file_that_is_not_kept() {
    let project = Project::small();
    project.ok("done v1 plan");
    let photograph = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/plans/demo/photos/banner-001.jpg"
    );
    let photograph = std::fs::read(photograph).unwrap();
    let line = ["done", "v1", "banner=1", "--evidence", "new.jpg"];
    let mut turns = 0;
    let mut next = || {
        turns += 1;
        let mut content = photograph.clone();
        content.extend(format!("turn {turns}").bytes());
        project.write("new.jpg", content);
        spawn(&project, &line)
    };
    let mut life = life(next());
    let (mut killed, mut recorded) = (0, 0);
    for _ in 0..ROUNDS {
        for (_, wait) in waits(100, life) {
            match kill_after(next(), wait) {
                Some(_) => recorded += 1,
                None => killed += 1,
            }
        }
        match (killed, recorded) {
            (0, _) => life /= 2,
            (_, 0) => life *= 2,
            _ => break,
        }
    }
    for id in ids(&project) {
        let shown = project.json(&format!("show {id}"));
        for piece in shown["evidence"].as_array().unwrap() {
            assert_eq!(piece["state"], "present", "{piece}");
        }
    }
    assert!(
        killed > 0 && recorded > 0,
        "{killed} killed, {recorded} recorded: the waits miss the moment"
    );
}

#[test]
fn fifty_writers_at_once_all_end_well() {
    write_fifty_at_once(&Project::small());
}

pub(crate) fn write_fifty_at_once(project: &Project) {
    project.ok("done v1 plan");
    let children: Vec<Child> = (0..50)
        .map(|turn| spawn(project, &["done", ["v1", "v2", "v3"][turn % 3], "banner=1"]))
        .collect();
    let mut given = BTreeSet::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        given.insert(String::from_utf8(output.stdout).unwrap().trim().to_string());
    }
    assert_eq!(given.len(), 50, "every record has an id of its own");
    assert!(given.is_subset(&ids(project)));
}

#[test]
fn a_first_command_raced_by_others_applies_the_plan_once() {
    let project = Project::small();
    let children: Vec<Child> = (0..12)
        .map(|turn| {
            spawn(
                &project,
                &["done", ["v1", "v2", "v3"][turn % 3], "banner=1"],
            )
        })
        .collect();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    let log = project.ok("log --limit 1000 --format jsonl").stdout;
    let of_kind = |kind: &str| {
        log.lines()
            .filter(|line| line.contains(&format!("\"kind\":\"{kind}\"")))
            .count()
    };
    assert_eq!((of_kind("apply"), of_kind("record")), (1, 12));
}

#[test]
fn of_two_who_issue_at_once_one_does() {
    issue_twice_at_once(&Project::small());
}

pub(crate) fn issue_twice_at_once(project: &Project) {
    project.ok("done v1 plan");
    let line: &[&str] = &["notice", "--issue"];
    let children = [line, line].map(|line| spawn(project, line));
    let outputs = children.map(|child| child.wait_with_output().unwrap());
    let issued = outputs.iter().filter(|output| output.status.success());
    assert_eq!(issued.count(), 1, "{outputs:?}");
    let list = project.json("notice --list");
    assert_eq!(list["rows"].as_array().map(Vec::len), Some(1));
    let log = project.json("log --limit 1000");
    let kinds = log["rows"].as_array().unwrap().iter();
    assert_eq!(kinds.filter(|row| row["kind"] == "notice").count(), 1);
}

#[test]
fn of_two_who_review_one_record_at_once_the_second_is_told_of_the_first() {
    review_twice_at_once(&Project::small());
}

pub(crate) fn review_twice_at_once(project: &Project) {
    for round in 0..8 {
        project.ok("done v1 banner=1");
        let return_it: &[&str] = &["return", "v1/banner", "--reason", "blurred"];
        let children = [&["accept", "v1/banner"], return_it].map(|line| spawn(project, line));
        let outputs = children.map(|child| child.wait_with_output().unwrap());
        let lost: Vec<_> = outputs
            .iter()
            .filter(|output| output.status.code() == Some(2))
            .collect();
        assert_eq!(lost.len(), 1, "{outputs:?}");
        let said = String::from_utf8_lossy(&lost[0].stderr);
        assert!(said.contains("by clerk on"), "{said}");
        assert!(lost[0].stdout.is_empty());
        let log = project.json("log --limit 1000");
        let kinds = log["rows"].as_array().unwrap().iter();
        let verdicts = kinds.filter(|row| row["kind"] == "accept" || row["kind"] == "return");
        assert_eq!(verdicts.count(), round + 1);
    }
}

/// Kills so many of these commands at moments that sweep over their lives; `check` looks at what each left.
fn killed(line: &[&str], count: u32, make: impl Fn() -> Project, check: impl Fn(&Project)) {
    let mut life = life(spawn(&make(), line));
    let (mut killed, mut ended) = (0, 0);
    for _ in 0..ROUNDS {
        for (_, wait) in waits(count, life) {
            let project = make();
            let mut child = spawn(&project, line);
            thread::sleep(wait);
            let _ = child.kill();
            match child.wait().unwrap().success() {
                true => ended += 1,
                false => killed += 1,
            }
            check(&project);
        }
        match (killed, ended) {
            (0, _) => life /= 2,
            (_, 0) => life *= 2,
            _ => break,
        }
    }
    assert!(killed > 0 && ended > 0, "{killed} killed, {ended} not");
}

/// How many kills of each command: a thousand were tried once, and these few are tried each time.
const KILLS: u32 = 6;

#[test]
fn a_killed_notice_books_and_keeps_all_or_nothing() {
    let make = || {
        let project = Project::small();
        project.ok("done v1 plan");
        project
    };
    killed(&["notice", "--issue"], KILLS, make, |project| {
        project.ok("verify");
        let listed = project.json("notice --list");
        for row in listed["rows"].as_array().unwrap() {
            project.ok(&format!("notice {}", row["number"]));
        }
    });
}

#[test]
fn a_killed_backup_or_restore_leaves_it_whole_or_not_there() {
    let make = || {
        let project = Project::small();
        project.write("photo.txt", "seen");
        project.ok("done v1 plan --evidence photo.txt");
        project.ok("backup -o whole.zip");
        project
    };
    killed(&["backup", "-o", "new.zip"], KILLS, make, |project| {
        if project.path("new.zip").exists() {
            project.ok("restore new.zip copy");
        }
        project.ok("verify");
    });
    killed(&["restore", "whole.zip", "copy"], KILLS, make, |project| {
        if project.path("copy").exists() {
            project.ok("verify --plan copy/duban.toml");
        }
    });
}

#[test]
fn a_killed_repair_leaves_the_journal_as_it_was() {
    let make = || {
        let project = Project::small();
        project.ok("done v1 plan");
        let raw = rusqlite::Connection::open(project.path("duban.db")).unwrap();
        raw.execute_batch("DELETE FROM page").unwrap();
        project
    };
    killed(&["repair"], KILLS, make, |project| {
        project.ok("repair");
        project.ok("verify");
    });
}

/// Twenty clerks, each with a village: what they do in a day.
#[test]
fn a_full_office_loses_nothing_doubles_nothing_and_is_backed_up_meanwhile() {
    const CLERKS: usize = 20;
    let villages = (4..=CLERKS).map(|n| {
        format!("[[unit]]\ncode = \"v{n}\"\nname = \"Village {n}\"\nkind = \"village\"\n")
    });
    let project = Project::with_plan(&(SMALL.to_string() + &villages.collect::<String>()));
    project.ok("done v1 plan");
    let day = |n: usize| {
        let mut own = project.copy();
        own.put("DUBAN_ACTOR", &format!("clerk{n}"));
        own.write(
            "list.csv",
            format!("unit,task,on,count\nv{n},banner,2020-07-01,1\nv{n},report,2020-07-02,1\n"),
        );
        let store = project.path("duban.db");
        let store = store.to_str().unwrap();
        let mut ids = Vec::new();
        for line in [
            format!("done v{n} banner=1"),
            format!("accept v{n}/banner"),
            "import list.csv".to_string(),
            "status".to_string(),
            "undo".to_string(),
            format!("done v{n} banner=2"),
        ] {
            let output = own.process(&format!("--store {store} {line}"));
            assert_eq!(output.code, 0, "{line}\n{output}");
            if line.starts_with("done") {
                ids.push(output.stdout.trim().to_string());
            }
        }
        ids
    };
    let backups = || {
        for turn in 0..4 {
            let output = project.process(&format!("backup -o {turn}.zip"));
            assert_eq!(output.code, 0, "{output}");
        }
        Vec::new()
    };
    let given: Vec<String> = thread::scope(|scope| {
        let day = &day;
        let keeper = scope.spawn(backups);
        let clerks: Vec<_> = (1..=CLERKS).map(|n| scope.spawn(move || day(n))).collect();
        let ends = clerks.into_iter().chain([keeper]);
        ends.flat_map(|end| end.join().unwrap()).collect()
    });
    let kept = ids(&project);
    let distinct: BTreeSet<String> = given.iter().cloned().collect();
    assert_eq!((given.len(), distinct.len()), (2 * CLERKS, 2 * CLERKS));
    assert!(distinct.is_subset(&kept));
    // Before: the plan, a contact and a record. Of each: two records, a verdict, two rows and their undos.
    assert_eq!(kept.len(), 3 + CLERKS * 7);
    let shown = project.json("show banner");
    let counts = shown["rows"].as_array().unwrap().iter();
    assert_eq!(
        counts
            .map(|row| row["count"].as_u64().unwrap())
            .sum::<u64>(),
        3 * CLERKS as u64
    );
    project.ok("verify");
    for turn in 0..4 {
        project.ok(&format!("restore {turn}.zip {turn}"));
        project.ok(&format!("verify --plan {turn}/duban.toml"));
    }
}
