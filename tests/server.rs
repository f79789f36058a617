//! A store on a PostgreSQL server: what is refused before it is asked, and, where `DUBAN_POSTGRES` names one, the same conversations,
//! races and kills as on a file.

use std::collections::BTreeSet;
use std::env;
use std::io::{self, Write};
use std::process::{Child, Command};
use std::thread;
use std::time::Duration;

use postgres::{Client, NoTls};

use crate::crash::{ids, kill_after, life, spawn, waits};
use crate::support::Project;

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

/// Says, straight to the terminal, why nothing was tried: what a test that passes prints is not shown.
fn skipped(why: &str) {
    let mut terminal = io::stderr();
    writeln!(terminal, "{why}").unwrap();
}

/// A project whose store is on the server, in a schema of its own that goes with it.
struct Shared {
    project: Project,
    url: String,
    schema: String,
}

impl Shared {
    /// `None`, said, where there is no server.
    fn small() -> Option<Self> {
        let Some(url) = env::var_os("DUBAN_POSTGRES").and_then(|url| url.into_string().ok()) else {
            let why = "skipped: DUBAN_POSTGRES names no server";
            skipped(why);
            return None;
        };
        let plan = format!("t{}", uuid::Uuid::new_v4().simple());
        let mark = if url.contains('?') { '&' } else { '?' };
        let project = Project::small().set("DUBAN_STORE", &format!("{url}{mark}plan={plan}"));
        Some(Self {
            project,
            url,
            schema: format!("duban_{plan}"),
        })
    }

    fn client(&self) -> Client {
        Client::connect(&self.url, NoTls).unwrap()
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        let sql = format!("DROP SCHEMA IF EXISTS \"{}\" CASCADE", self.schema);
        self.client().batch_execute(&sql).unwrap();
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
fn a_killed_command_leaves_all_or_nothing_on_a_server() {
    let Some(shared) = Shared::small() else {
        return;
    };
    let project = &shared.project;
    project.ok("done v1 plan");
    let life = life(spawn(project, &["done", "v1", "plan"]));
    let mut acknowledged = BTreeSet::new();
    for (_, wait) in waits(40, life) {
        let child = spawn(project, &["done", "v2", "banner=1"]);
        acknowledged.extend(kill_after(child, wait));
    }
    assert!(acknowledged.is_subset(&ids(project)), "something was lost");
    project.ok("verify");
}

#[test]
fn a_server_that_is_killed_in_mid_command_has_kept_what_it_acknowledged() {
    // A server of its own, and a command that kills it and starts it again: others use the first.
    let (Some(url), Some(crash)) = (
        env::var_os("DUBAN_POSTGRES_SPARE"),
        env::var_os("DUBAN_POSTGRES_CRASH"),
    ) else {
        skipped("skipped: DUBAN_POSTGRES_SPARE names no server");
        return;
    };
    let plan = uuid::Uuid::new_v4().simple();
    let url = format!("{}?plan=t{plan}", url.to_str().unwrap());
    let project = Project::small().set("DUBAN_STORE", &url);
    project.ok("done v1 plan");
    let (mut acknowledged, mut refused) = (BTreeSet::new(), 0);
    for round in 0..3 {
        let children: Vec<Child> = (0..8)
            .map(|_| spawn(&project, &["done", "v2", "banner=1"]))
            .collect();
        thread::sleep(Duration::from_millis(5 * round));
        let restarted = Command::new("sh").arg("-c").arg(&crash).status().unwrap();
        assert!(restarted.success());
        for child in children {
            let output = child.wait_with_output().unwrap();
            let id = String::from_utf8(output.stdout).unwrap().trim().to_string();
            if output.status.success() {
                acknowledged.insert(id);
            } else {
                let told = String::from_utf8_lossy(&output.stderr);
                let known = ["nothing was", "is not known", "cannot reach"];
                assert!(known.iter().any(|known| told.contains(known)), "{told}");
                refused += 1;
            }
        }
    }
    let kept = ids(&project);
    assert!(acknowledged.is_subset(&kept), "something was lost");
    // Whoever was told that nothing was recorded was told the truth.
    assert!(kept.len() <= 3 + acknowledged.len() + refused);
    project.ok("verify");
}
