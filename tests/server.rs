//! A store on a PostgreSQL server: what is refused before it is asked, and, where `DUBAN_POSTGRES` names one, the same conversations,
//! races and kills as on a file.

mod access;
mod kills;
mod tamper;

use std::collections::BTreeSet;
use std::process::Child;

use crate::crash::{ids, issue_twice_at_once, review_twice_at_once, spawn, write_fifty_at_once};
use crate::races::{correct_twice_at_once, import_twice_at_once, unwritten};
use crate::support::Project;
use crate::support::server::Shared;

#[test]
fn a_password_in_the_address_is_refused_and_never_told() {
    for url in [
        "postgres://clerk:geheim@db.example/district",
        "postgres://clerk@db.example/district?password=geheim",
    ] {
        let project = Project::small();
        let output = project.run(&format!("status --store {url}"));
        assert_eq!(output.code, 2);
        assert!(
            output.stderr.contains("must not contain a password")
                && output.stderr.contains("PGPASSWORD"),
            "{output}"
        );
        assert!(!output.to_string().contains("geheim"), "{output}");
        let mut project = Project::small();
        let output = project.put("DUBAN_STORE", url).run("done v1 plan");
        assert!(!output.to_string().contains("geheim"), "{output}");
    }
}

#[test]
fn what_is_no_address_is_refused_by_name() {
    let project = Project::small();
    for (url, told) in [
        ("mysql://h/d", "`mysql://`"),
        ("postgres://h/d?sslmode=maybe", "sslmode `maybe`"),
        ("postgres://h:port/d", "postgres://NAME@HOST/DATABASE"),
    ] {
        let output = project.run(&format!("status --store {url}"));
        assert_eq!(output.code, 2);
        assert!(output.stderr.contains(told), "{output}");
    }
    let output = Project::empty()
        .set("DUBAN_LANG", "en")
        .run("status --store postgres://127.0.0.1:1/d");
    assert!(output.stderr.contains("no plan id"), "{output}");
}

#[test]
fn a_server_that_is_not_there_is_told_without_the_password() {
    let mut project = Project::small();
    project.put("PGPASSWORD", "geheim");
    for line in ["status", "done v1 plan", "verify", "backup -o a.zip"] {
        let output = project.run(&format!(
            "{line} --store postgres://clerk@127.0.0.1:1/district"
        ));
        assert_eq!(output.code, 2, "{output}");
        assert!(
            output
                .stderr
                .contains("cannot reach the server of the store `postgres://clerk@127.0.0.1:1/"),
            "{output}"
        );
        assert!(!output.to_string().contains("geheim"), "{output}");
    }
    assert!(!project.path("duban.db").exists());
}

#[test]
fn the_sql_for_an_administrator_gives_a_clerk_no_right_to_change_the_journal() {
    let sql = Project::small().ok("schema postgres").stdout;
    assert!(sql.contains("CREATE SCHEMA IF NOT EXISTS \"duban_small\";"));
    let grants: Vec<&str> = sql
        .lines()
        .filter(|line| line.starts_with("GRANT") && line.contains("duban_clerk"))
        .collect();
    let journal = ["batch", "entry", "document", "piece", "in_force", "unit"];
    for grant in grants {
        let changes =
            grant.contains("UPDATE") || grant.contains("DELETE") || grant.contains("ALL PRIV");
        let on_journal = grant.split([' ', ',']).any(|word| journal.contains(&word));
        assert!(!(changes && on_journal), "{grant}");
    }
}

/// A conversation about everything that a store does.
const TALK: [&str; 21] = [
    "done v1 banner=2",
    "done v1,v2 plan --on 6-20",
    "done v3 report --nil",
    "accept v2/plan",
    "return v1/plan --reason blurred",
    "instruct notice --due 2020-07-20 --reason letter",
    "excuse v3 banner --reason flooded",
    "undo",
    "correct v1/banner --count 3",
    "status --by area",
    "lagging",
    "board",
    "show v1",
    "explain v1 banner",
    "notice --issue",
    "notice 1",
    "log",
    "audit",
    "todo",
    "remind --by task",
    "verify",
];

#[test]
fn a_conversation_with_a_server_is_the_one_with_a_file() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let on_server = shared.project.talk(&TALK);
    let on_file = Project::small().talk(&TALK);
    assert_eq!(on_server, on_file);
}

#[test]
fn moving_to_a_server_and_back_keeps_the_chain() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let file = Project::small();
    for line in ["done v1 banner=3", "done v2 plan", "undo", "notice --issue"] {
        file.ok(line);
    }
    let journal = file.ok("export").stdout;
    shared.project.write("journal.jsonl", &journal);
    shared.project.ok("apply");
    shared.project.ok("import journal.jsonl");
    shared.project.ok("verify");
    assert_eq!(shared.project.ok("status").stdout, file.ok("status").stdout);
    // A backup of a server is a store that is a file.
    shared.project.ok("backup -o all.zip");
    shared.project.ok("restore all.zip copy");
    let chain = |line: &str| shared.project.json(line)["chain"].clone();
    let mut copy = Project::small();
    copy.put(
        "DUBAN_STORE",
        shared.project.path("copy/duban.db").to_str().unwrap(),
    );
    assert_eq!(copy.json("verify")["chain"], chain("verify"));
    assert!(chain("verify").is_string());
}

#[test]
fn writers_at_once_all_end_well_and_the_first_applies_the_plan_once() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let project = &shared.project;
    let children: Vec<Child> = (0..24)
        .map(|turn| spawn(project, &["done", ["v1", "v2", "v3"][turn % 3], "banner=1"]))
        .collect();
    let mut given = BTreeSet::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
        given.insert(String::from_utf8(output.stdout).unwrap().trim().to_string());
    }
    assert_eq!(given.len(), 24);
    assert!(given.is_subset(&ids(project)));
    let log = project.ok("log --limit 1000 --format jsonl").stdout;
    let applied = log
        .lines()
        .filter(|line| line.contains("\"kind\":\"apply\""));
    assert_eq!(applied.count(), 1);
    project.ok("verify");
}

#[test]
fn on_a_server_too_processes_at_once_leave_what_they_would_leave_one_after_the_other() {
    for body in [
        write_fifty_at_once,
        issue_twice_at_once,
        review_twice_at_once,
    ] {
        if let Some(shared) = Shared::small() {
            body(&shared.project);
            shared.project.ok("verify");
        }
    }
    for body in [import_twice_at_once, correct_twice_at_once] {
        if let Some(shared) = Shared::of(unwritten()) {
            body(&shared.project);
            shared.project.ok("verify");
        }
    }
}
