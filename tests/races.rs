//! Processes that run at the same time: what comes of them is what comes of them one after another, and whoever looks sees one
//! moment.

mod looking;
pub(crate) mod pairs;

use std::fmt::Write;

use serde_json::Value;

use crate::support::{Output, Project};

const ASSESSMENT: &str = r#"
[assessment]
base = 100
who = ["village"]

[[assessment.rule]]
id = "overdue"
on = "overdue"
points = -2

[[assessment.rule]]
id = "late"
on = "late"
points = -1

[[assessment.rule]]
id = "commended"
on = "commended"
points = 1
"#;

pub(crate) const BANNER: &str = r#"
[[phase.activity.task]]
id = "banner"
name = "Hang banners"
short = "banner"
target = { count = 3, measure = "pcs" }
"#;

/// Three villages and four tasks: an amount, a running total, a report a month, and what an order opens.
const PLAN: &str = r#"
[plan]
id = "races"
title = "Races"
issuer = "Office"
issued = 2020-06-01
lang = "en"
timezone = "+00:00"

[[phase]]
id = "p1"
name = "First"
from = 2020-06-01
to = 2020-08-31

[[phase.activity]]
id = "work"
name = "Work"
due = 2020-06-30
who = ["village"]

[[phase.activity.task]]
id = "visits"
name = "Visit the households"
short = "visits"
target = { count = 5, measure = "homes" }
counts = "total"

[[phase.activity.task]]
id = "report"
name = "Monthly report"
short = "report"
every = "month"

[[phase.activity.task]]
id = "notice"
name = "Read out the notice"
short = "notice"
on = "instruction"

[[unit]]
code = "v1"
name = "Alder"
kind = "village"

[[unit]]
code = "v2"
name = "Birch"
kind = "village"

[[unit]]
code = "v3"
name = "Cedar"
kind = "village"
"#;

/// The plan, with banners to hang.
pub(crate) fn plan() -> String {
    let (head, units) = PLAN.split_at(PLAN.find("[[unit]]").unwrap());
    format!("{head}{BANNER}{ASSESSMENT}\n{units}")
}

/// The plan as an amendment has it: nobody owes banners any more.
pub(crate) fn amended() -> String {
    plan().replace(BANNER, "")
}

/// A project without a store.
pub(crate) fn unwritten() -> Project {
    Project::with_plan(&plan()).set("DUBAN_LANG", "en")
}

/// What came of commands: what they answered, and what the store holds and answers after them.
#[derive(PartialEq, Eq)]
struct Outcome {
    outputs: Vec<Output>,
    store: String,
}

impl Outcome {
    fn of(project: &Project, mut outputs: Vec<Output>) -> Self {
        let (mut store, batches) = journal(&project.ok("export").stdout);
        for line in ["board --all", "score"] {
            store += &project.ok(&format!("{line} --format json")).stdout;
        }
        // Two runs differ in the ids of what they wrote, of which people see the end.
        for (batch, number) in batches.iter().zip(1..) {
            let number = format!("batch {number}");
            let named = |text: &str| text.replace(batch, &number).replace(&batch[28..], &number);
            store = named(&store);
            for output in &mut outputs {
                output.stdout = named(&output.stdout);
                output.stderr = named(&output.stderr);
            }
        }
        Self { outputs, store }
    }

    /// The same, where the commands are counted from the other end.
    fn turned(mut self) -> Self {
        self.outputs.reverse();
        self
    }

    fn codes(&self) -> Vec<u8> {
        codes(&self.outputs)
    }
}

/// A journal without moments, and the ids of its batches in their order.
fn journal(text: &str) -> (String, Vec<String>) {
    let mut batches = Vec::new();
    let mut told = String::new();
    for line in text.lines() {
        let mut line: Value = serde_json::from_str(line).unwrap();
        let fields = line.as_object_mut().unwrap();
        fields.remove("at");
        // These are of the ids.
        for hash in ["hash", "chain", "end", "holds", "files"] {
            fields.remove(hash);
        }
        batches.extend(
            fields
                .get("batch")
                .and_then(Value::as_str)
                .map(str::to_string),
        );
        writeln!(told, "{line}").unwrap();
    }
    (told, batches)
}

fn codes(outputs: &[Output]) -> Vec<u8> {
    outputs.iter().map(|output| output.code).collect()
}

#[test]
fn of_six_who_issue_a_first_notice_at_once_one_does() {
    let project = unwritten();
    let outputs = project.at_once(&["notice --issue"; 6]);
    one_notice(&project, &outputs);
}

#[test]
fn of_six_who_begin_a_first_notice_at_once_one_issues_it() {
    let project = unwritten();
    let begun: Vec<_> = (0..6).map(|_| project.start("notice --issue")).collect();
    let outputs: Vec<Output> = begun.into_iter().map(|process| process.end()).collect();
    one_notice(&project, &outputs);
}

/// A notice's day is after the last one's, so the others are refused.
#[track_caller]
fn one_notice(project: &Project, outputs: &[Output]) {
    let alone = unwritten();
    alone.process("notice --issue");
    let second = alone.process("notice --issue");
    assert_eq!(second.code, 2, "{second}");
    let mut found = codes(outputs);
    found.sort_unstable();
    assert_eq!(found, [0, 2, 2, 2, 2, 2]);
    for refused in outputs.iter().filter(|output| output.code == 2) {
        assert_eq!(*refused, second);
    }
    let (found, wanted) = (
        Outcome::of(project, Vec::new()),
        Outcome::of(&alone, Vec::new()),
    );
    assert!(found == wanted, "{}\n{}", found.store, wanted.store);
}

#[test]
fn a_list_that_two_import_at_once_stands_once() {
    import_twice_at_once(&unwritten());
}

pub(crate) fn import_twice_at_once(project: &Project) {
    project.ok("done v3 report --for 2020-06");
    project.write(
        "list.csv",
        "unit,task,on,count\nv1,banner,2020-06-28,2\nv2,banner,2020-06-28,1\n",
    );
    let outputs = project.at_once(&["import list.csv", "import list.csv"]);
    assert_eq!(codes(&outputs), [0, 0], "{outputs:?}");
    assert_eq!(kinds(project, "record"), 3);
    let again = project.process("import list.csv");
    let told_so = outputs.iter().filter(|output| **output == again);
    assert_eq!(told_so.count(), 1, "{outputs:?}\n{again}");
}

/// How many entries of a kind there are.
pub(crate) fn kinds(project: &Project, kind: &str) -> usize {
    let journal = project.ok("export").stdout;
    journal.matches(&format!("{{\"kind\":\"{kind}\"")).count()
}

#[test]
fn a_record_that_two_correct_at_once_is_replaced_once() {
    correct_twice_at_once(&unwritten());
}

pub(crate) fn correct_twice_at_once(project: &Project) {
    let id = project.ok("done v1 banner=1").stdout;
    let line = format!("correct {} --count 5", id.trim());
    let outputs = project.at_once(&[&line, &line]);
    let mut found = codes(&outputs);
    found.sort_unstable();
    assert_eq!(found, [0, 2], "{outputs:?}");
    let counted = project.json("show banner")["rows"][0]["count"].clone();
    assert_eq!(counted, 5);
}
