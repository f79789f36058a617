//! One moment a command: how often each command asks the store, and that nobody has to wait for its readers.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::CommandFactory;
use rusqlite::Connection;

use super::arguments::Arguments;
use super::{Colour, Exit, Terminal, World, run};
use crate::store::{begun, looked_up};

const PLAN: &str = r#"
[plan]
id = "moment"
title = "One moment"
issuer = "Office"
issued = 2020-06-01
lang = "en"
timezone = "+00:00"

[assessment]
base = 100

[[assessment.rule]]
id = "overdue"
on = "overdue"
points = -1

[[phase]]
id = "p"
name = "First"
from = 2020-06-01
to = 2020-12-31

[[phase.activity]]
id = "banner"
name = "Hang banners"
due = 2020-06-30
who = ["village"]

[[phase.activity]]
id = "order"
name = "Wait for an order"
on = "instruction"
who = ["village"]

[[unit]]
code = "v1"
name = "Alder"
kind = "village"

[[unit]]
code = "v2"
name = "Birch"
kind = "village"
"#;

/// Each command as somebody types it, after those that make ready for it, and how many transactions it takes.
const COMMANDS: &[(&str, &[&str], &str, usize)] = &[
    ("init", &[], "init other.toml", 0),
    ("check", &[], "check", 0),
    ("schema", &[], "schema plan", 0),
    ("completions", &[], "completions bash", 0),
    ("man", &[], "man done", 0),
    ("apply", &[], "apply --dry-run", 1),
    ("plan", &[], "plan", 1),
    ("done", &[], "done v2 banner", 1),
    ("import", &[], "import list.csv", 1),
    ("correct", &[], "correct v1/banner --note again", 1),
    ("undo", &[], "undo", 1),
    ("accept", &[], "accept v1/banner", 1),
    ("return", &[], "return v1/banner --reason blurred", 1),
    ("commend", &[], "commend v1 --reason quick", 1),
    ("excuse", &[], "excuse v2 banner --reason flood", 1),
    (
        "extend",
        &[],
        "extend v2 banner --due 2020-08-01 --reason flood",
        1,
    ),
    (
        "instruct",
        &[],
        "instruct order --due 2020-08-01 --reason order",
        1,
    ),
    ("todo", &[], "todo", 1),
    ("report", &[], "report", 1),
    ("status", &[], "status --since 2020-06-26", 1),
    ("lagging", &[], "lagging --since 2020-06-26", 1),
    ("board", &[], "board --all", 1),
    ("show", &[], "show v1/banner", 1),
    ("explain", &[], "explain v1 banner", 1),
    ("remind", &[], "remind", 1),
    ("notice", &[], "notice --issue", 1),
    (
        "object",
        &["notice --issue"],
        "object v2 --notice 1 --reason unfair",
        1,
    ),
    (
        "uphold",
        &["notice --issue", "object v2 --notice 1 --reason unfair"],
        "uphold v2 --reason fair",
        1,
    ),
    (
        "reverse",
        &["notice --issue", "object v2 --notice 1 --reason unfair"],
        "reverse v2 --reason true",
        1,
    ),
    ("score", &["notice --issue"], "score", 1),
    ("audit", &[], "audit", 1),
    ("log", &[], "log", 1),
    ("export", &[], "export", 1),
    ("calendar", &[], "calendar", 1),
    ("backup", &[], "backup -o backup.zip", 2),
    ("verify", &[], "verify", 1),
    ("repair", &[], "repair", 1),
];

/// Commands that are about a store, and do nothing where there is none.
const OF_STORES: &[&str] = &["verify", "repair", "backup"];

/// Commands that run others, or none that asks a store.
const SEVERAL: &[&str] = &["demo", "restore"];

/// Output that lets a byte pass only while somebody else could write to the store.
struct Outlet(PathBuf);

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.exists() {
            let other = Connection::open(&self.0).unwrap();
            other.busy_timeout(Duration::ZERO).unwrap();
            let free = other.execute_batch("BEGIN EXCLUSIVE; ROLLBACK");
            assert!(free.is_ok(), "says something while others have to wait");
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn duban(folder: &Path, line: &str) -> Exit {
    let args = ["duban"].into_iter().chain(line.split(' '));
    let variables = [("DUBAN_TODAY", "2020-07-03"), ("DUBAN_ACTOR", "clerk")];
    let variables = variables.map(|(name, value)| (name.to_string(), value.to_string()));
    let outlet = || Outlet(folder.join("duban.db"));
    run(
        args.map(OsString::from).collect(),
        World {
            variables: BTreeMap::from(variables),
            folder: folder.to_path_buf(),
            stdin: &mut io::empty(),
            stdout: &mut outlet(),
            stderr: &mut outlet(),
            terminal: Terminal::default(),
            colour: Colour::default(),
            width: None,
            now: 1_593_766_800_000,
            random: || uuid::Uuid::new_v4().into_bytes(),
        },
    )
}

#[test]
fn every_command_asks_the_store_once_and_lets_others_write_while_it_speaks() {
    let commands = Arguments::command();
    for command in commands.get_subcommands().map(clap::Command::get_name) {
        let known = COMMANDS.iter().any(|(name, ..)| *name == command);
        assert!(
            known || SEVERAL.contains(&command),
            "{command} is not tried"
        );
    }
    for (name, before, line, wanted) in COMMANDS {
        for recorded in [true, false] {
            let folder = tempfile::tempdir().unwrap();
            let folder = folder.path();
            std::fs::write(folder.join("duban.toml"), PLAN).unwrap();
            let list = "unit,task,on\nv2,banner,2020-06-20\n";
            std::fs::write(folder.join("list.csv"), list).unwrap();
            if recorded {
                assert_eq!(duban(folder, "done v1 banner --on 2020-07-01"), Exit::Done);
            }
            if recorded {
                for line in *before {
                    assert_eq!(duban(folder, line), Exit::Done, "{line}");
                }
            }
            let so_far = begun();
            let exit = duban(folder, line);
            assert!(!recorded || exit == Exit::Done, "{line}: {exit:?}");
            let nothing = !recorded && OF_STORES.contains(name);
            let wanted = if nothing { 0 } else { *wanted };
            assert_eq!(begun() - so_far, wanted, "{line}, recorded: {recorded}");
        }
    }
}

#[test]
fn to_take_back_many_records_of_one_unit_looks_its_sheet_up_as_often_as_a_few() {
    let looked_up = [4, 40].map(|rows| {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        std::fs::write(folder.join("duban.toml"), PLAN).unwrap();
        let rows = (0..rows).map(|at| format!("v1,banner,2020-06-{:02},{at}\n", 1 + at % 30));
        let list: String = std::iter::once("unit,task,on,note\n".to_string())
            .chain(rows)
            .collect();
        std::fs::write(folder.join("list.csv"), list).unwrap();
        assert_eq!(duban(folder, "import list.csv"), Exit::Done);
        let taken_back = |line: &str| {
            let so_far = looked_up();
            let exit = duban(folder, line);
            (exit, looked_up() - so_far)
        };
        let (done, looked_up) = taken_back("undo");
        assert_eq!(done, Exit::Done);
        // All of it is looked through once more, and nothing found.
        let (again, once_more) = taken_back("undo");
        assert_ne!(again, Exit::Done);
        (looked_up, once_more)
    });
    assert_eq!(looked_up[0], looked_up[1]);
}
