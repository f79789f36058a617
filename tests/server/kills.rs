//! Commands that are killed, and a server that is killed under them: what was acknowledged stays, and nothing is half there.

use std::env;
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use crate::crash::{kill_done, life, spawn, waits};
use crate::races::pairs::Start;
use crate::support::server::{Shared, skipped};
use crate::support::{Project, words};

#[test]
fn a_killed_done_loses_nothing_that_it_acknowledged() {
    if let Some(shared) = Shared::small() {
        kill_done(&shared.project);
        shared.project.ok("verify");
    }
}

/// How many kills of each command: a thousand of each were tried once on files, and these few are tried each time.
const KILLS: u32 = 4;

#[test]
fn every_command_that_writes_leaves_all_or_nothing_where_it_is_killed() {
    let start = Start::eventful();
    let Some(base) = &start.on_server else {
        return;
    };
    let mut own = base.beside();
    let entries = |project: &Project| project.json("verify")["entries"].clone();
    let before = entries(&base.project);
    let (mut killed, mut ended) = (0, 0);
    // Every second, since commands of one kind stand together; the last is `apply`.
    let last = start.lines.len() - 1;
    for line in (0..last).step_by(2).chain([last]) {
        let words = words(&start.lines[line]);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let begin = |own: &mut Shared| {
            own.become_as(base);
            start.amend(&own.project, line);
            spawn(&own.project, &words)
        };
        let child = begin(&mut own);
        let life = life(child);
        let after = entries(&own.project);
        for (_, wait) in waits(KILLS, life) {
            let mut child = begin(&mut own);
            thread::sleep(wait);
            let _ = child.kill();
            let acknowledged = child.wait().unwrap().success();
            let found = entries(&own.project);
            let is_sound = found == after || (found == before && !acknowledged);
            assert!(
                is_sound,
                "{}: {found} entries, not {before} or {after}, acknowledged: {acknowledged}",
                start.lines[line]
            );
            match acknowledged {
                true => ended += 1,
                false => killed += 1,
            }
        }
    }
    assert!(killed > 0 && ended > 0, "{killed} killed, {ended} not");
}

#[test]
fn a_server_that_is_killed_in_mid_command_has_kept_what_it_acknowledged() {
    // A server of its own, and a command that kills it and starts it again: others use the first.
    let (Some(url), Some(crash)) = (
        env::var_os("DUBAN_POSTGRES_SPARE"),
        env::var_os("DUBAN_POSTGRES_CRASH"),
    ) else {
        skipped("DUBAN_POSTGRES_SPARE names no server");
        return;
    };
    let plan = uuid::Uuid::new_v4().simple();
    let url = format!("{}?plan=t{plan}", url.to_str().unwrap());
    let project = Project::small().set("DUBAN_STORE", &url);
    project.ok("done v1 plan");
    for round in 0..4 {
        // Each says something of its own, by which it is found.
        let begun: Vec<(String, Child)> = (0..10)
            .map(|number| {
                let mark = format!("mark-{round}-{number}.");
                let list = format!("{round}-{number}.csv");
                let rows = format!(
                    "unit,task,on,note\nv1,plan,2020-06-28,{mark}\nv2,plan,2020-06-28,{mark}\n"
                );
                project.write(&list, rows);
                let line: &[&str] = match number % 5 {
                    0 => &["done", "v2", "banner=1", "--note", &mark],
                    // A remark alone makes no other row of it.
                    1 => &["import", "--again", &list],
                    2 => &["commend", "v1", "--reason", &mark],
                    3 => &["excuse", "v3", "banner", "--reason", &mark],
                    _ => &[
                        "extend",
                        "v1",
                        "banner",
                        "--due",
                        "2020-07-20",
                        "--reason",
                        &mark,
                    ],
                };
                let child = spawn(&project, line);
                (mark, child)
            })
            .collect();
        thread::sleep(Duration::from_millis(8 * round));
        let restarted = Command::new("sh").arg("-c").arg(&crash).status().unwrap();
        assert!(restarted.success());
        let ended: Vec<_> = begun
            .into_iter()
            .map(|(mark, child)| (mark, child.wait_with_output().unwrap()))
            .collect();
        project.ok("verify");
        let journal = project.ok("export").stdout;
        for (number, (mark, output)) in ended.into_iter().enumerate() {
            let told = String::from_utf8_lossy(&output.stderr);
            let entries = if number % 5 == 1 { 2 } else { 1 };
            let kept = journal.matches(&mark).count();
            assert!(kept == 0 || kept == entries, "{mark}: {kept} of {entries}");
            if output.status.success() {
                assert_eq!(kept, entries, "{mark} is lost: {told}");
            } else {
                let nothing = told.contains("nothing was") || told.contains("cannot reach");
                assert!(nothing || told.contains("is not known"), "{told}");
                // Whoever was told that nothing was recorded was told the truth.
                assert!(!nothing || kept == 0, "{mark} is there: {told}");
            }
        }
    }
}
