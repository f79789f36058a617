//! Campaigns by chance, as somebody types them: a plan of every kind of task, amended as it goes, and commands day by day.

use std::fmt::Write;

use proptest::prelude::*;

use crate::support::Project;

/// What the plan says where amendments make it say something else; each bit is one of these.
const BITS: usize = 9;

/// The plan that those bits make.
pub(super) fn plan(bits: u16) -> String {
    let says = |bit: usize, yes: &'static str, no: &'static str| match bits >> bit & 1 {
        1 => yes,
        _ => no,
    };
    let mut plan = format!(
        r#"
[plan]
id = "recount"
title = "Recount"
issuer = "Council"
issued = 2020-06-01
{}
supervisor = "office"
lang = "en"
timezone = "+00:00"
due_soon = 5
grace = {}
rectify = 4
[assessment]
base = 100
floor = 90
who = ["village"]
{}
[[phase]]
id = "early"
name = "Early"
from = 2020-06-01
to = 2020-06-30
[[phase.activity]]
id = "banner"
name = "banner"
who = {}
due = {}
target = {{ count = {}, measure = "pcs" }}
[[phase.activity]]
id = "fair"
name = "fair"
who = ["village"]
from = 2020-06-08
to = 2020-06-25
[[phase.activity]]
id = "own"
name = "own"
who = ["office"]
due = 2020-06-20
[[phase]]
id = "whole"
name = "Whole"
from = 2020-06-01
to = 2020-08-31
[[phase.activity]]
id = "poll"
name = "poll"
who = ["village"]
milestone = [ {}{{ due = 2020-06-22, share = 0.4 }}, {{ due = 2020-07-10, share = 1 }} ]
target = {{ share = 0.5, of = "households", measure = "houses" }}
[[phase.activity]]
id = "report"
name = "report"
who = ["village"]
every = "month"
nil = true
[[phase.activity]]
id = "week"
name = "week"
who = ["far", "v1"]
every = "week"
from = 2020-06-08
to = {}
target = {{ count = 2, measure = "pcs" }}
[[phase.activity]]
id = "total"
name = "total"
who = ["village"]
counts = "total"
target = {{ count = 10, measure = "pcs" }}
due = 2020-07-05
[[phase.activity]]
id = "extra"
name = "extra"
who = ["village"]
optional = true
due = 2020-06-30
"#,
        says(0, "ends = 2020-07-12", ""),
        says(1, "2", "0"),
        rules(bits >> 2 & 3),
        says(4, r#"["far", "v1", "office"]"#, r#"["village"]"#),
        says(5, "2020-06-26", "2020-06-18"),
        says(6, "4", "3"),
        says(7, "{ due = 2020-06-12, share = 0.2 }, ", ""),
        says(8, "2020-07-12", "2020-06-28"),
    );
    plan += match bits >> BITS & 1 {
        1 => "",
        _ => {
            "[[phase.activity]]\nid = \"order\"\nname = \"order\"\nwho = [\"village\", \"office\"]\non = \"instruction\"\n"
        }
    };
    for (code, more) in [
        ("t1", "name = \"North\"\nkind = \"town\""),
        ("t2", "name = \"South\"\nkind = \"town\""),
        (
            "v1",
            "name = \"Alder\"\nkind = \"village\"\nparent = \"t1\"\nhouseholds = 21",
        ),
        (
            "v2",
            "name = \"Birch\"\nkind = \"village\"\nparent = \"t1\"\nlabels = [\"far\"]\nhouseholds = 8",
        ),
        (
            "v3",
            "name = \"Cedar\"\nkind = \"village\"\nparent = \"t2\"\nlabels = [\"far\"]\nhouseholds = 1",
        ),
        (
            "v4",
            "name = \"Dogwood\"\nkind = \"village\"\nparent = \"t2\"\nhouseholds = 6\nuntil = 2020-06-30",
        ),
        (
            "v5",
            "name = \"Elm\"\nkind = \"village\"\nhouseholds = 10\nsince = 2020-06-20",
        ),
        ("office", "name = \"Office\"\nkind = \"office\""),
    ] {
        write!(plan, "[[unit]]\ncode = \"{code}\"\n{more}\n").unwrap();
    }
    plan
}

/// How points are booked.
fn rules(kind: u16) -> String {
    let rules: &[&str] = match kind {
        0 => &[
            "id = \"overdue\"\non = \"overdue\"\npoints = -1\nagain = 2\ncap = 7",
            "id = \"returned\"\non = \"returned\"\npoints = -0.5",
            "id = \"praise\"\non = \"commended\"\npoints = 1.5",
        ],
        1 => &[
            "id = \"overdue\"\non = \"overdue\"\npoints = -0.1\nper = \"day\"\ncap = 3",
            "id = \"late\"\non = \"late\"\npoints = -0.25",
        ],
        2 => &[
            "id = \"overdue\"\non = \"overdue\"\npoints = -3\nper = \"unit\"",
            "id = \"banner\"\non = \"overdue\"\npoints = -2\ntasks = [\"banner\"]",
            "id = \"praise\"\non = \"commended\"\npoints = 0.5",
        ],
        _ => &["id = \"late\"\non = \"late\"\npoints = -1\nper = \"day\""],
    };
    let rules = rules
        .iter()
        .map(|rule| format!("[[assessment.rule]]\n{rule}\n"));
    rules.collect()
}

/// Something that is typed, before it is known what it is about.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Days since the step before.
    pub days: i64,
    kind: u8,
    unit: usize,
    task: usize,
    amount: u8,
    back: i64,
}

/// A campaign before it is played.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub bits: u16,
    pub steps: Vec<Step>,
    /// Where filters and days to look at come from.
    pub looks: Vec<(usize, usize, i64)>,
}

pub(super) fn script() -> impl Strategy<Value = Script> {
    let step = (
        prop_oneof![2 => Just(0_i64), 2 => 1_i64..3, 1 => 3_i64..8],
        0_u8..40,
        0_usize..6,
        0_usize..9,
        0_u8..8,
        prop_oneof![2 => Just(0_i64), 1 => 0_i64..9],
    );
    let step = step.prop_map(|(days, kind, unit, task, amount, back)| Step {
        days,
        kind,
        unit,
        task,
        amount,
        back,
    });
    let steps = prop::collection::vec(step, 12..40);
    let looks = prop::collection::vec((0_usize..9, 0_usize..9, 0_i64..25), 3);
    (any::<u16>(), steps, looks).prop_map(|(bits, steps, looks)| Script {
        bits: bits & 0x3ff,
        steps,
        looks,
    })
}

const UNITS: [&str; 6] = ["v1", "v2", "v3", "v4", "v5", "office"];
const TASKS: [&str; 9] = [
    "banner", "fair", "poll", "report", "week", "total", "order", "own", "extra",
];

/// What a script came to.
pub(super) struct Played {
    pub project: Project,
    /// The plan in force.
    pub bits: u16,
    /// The last day.
    pub day: chrono::NaiveDate,
    /// The plan in force when each notice was issued, by batch of the journal.
    pub notices: Vec<u16>,
}

/// Plays a script. What is refused changes nothing.
pub(super) fn play(script: &Script) -> Played {
    let mut project = Project::with_plan(&plan(script.bits)).set("DUBAN_LANG", "en");
    let mut day = chrono::NaiveDate::from_ymd_opt(2020, 6, 2).unwrap();
    let (mut bits, mut notices) = (script.bits, Vec::new());
    project.on(&day.to_string()).ok("apply");
    for step in &script.steps {
        day = day + chrono::Days::new(step.days.unsigned_abs());
        project.on(&day.to_string());
        let (unit, task) = (UNITS[step.unit], TASKS[step.task]);
        let on = day - chrono::Days::new(step.back.unsigned_abs());
        let later = day + chrono::Days::new(step.back.unsigned_abs() + 1);
        let amount = u32::from(step.amount) + 1;
        let for_one = match task {
            "report" => " --for 2020-06",
            "week" => " --for 2020-06-18",
            _ => "",
        };
        let told = match step.kind {
            0..=16 => {
                let proof = match step.amount % 3 {
                    0 => " --evidence https://example.invalid/1",
                    _ => "",
                };
                let amount = match task {
                    "total" => format!("{task} --total {}", amount * 2),
                    "report" if step.amount > 5 => format!("{task} --nil"),
                    "banner" | "poll" | "week" => format!("{task}={amount}"),
                    _ => task.to_string(),
                };
                let period = if step.amount == 2 { for_one } else { "" };
                format!("done {unit} {amount} --on {on}{proof}{period}")
            }
            17..=19 => format!("return {unit}/{task} --reason blurred"),
            20 => format!("return {unit}/{task} --reason blurred --due {later}"),
            21 | 22 => format!("accept {unit}/{task}"),
            23 => format!("undo {unit}/{task}"),
            24 => "undo".to_string(),
            25 => format!("correct {unit}/{task} --count {amount}"),
            26 => format!("correct {unit}/{task} --on {on}"),
            27 => format!("extend {unit} {task} --due {later} --reason flood"),
            28 => format!("extend {unit} {task} --due {later} --reason flood{for_one}"),
            29 => format!("excuse {unit} {task} --reason flood{for_one}"),
            30 => format!("instruct order --due {later} --reason No.3"),
            31 => format!("commend {unit} --reason quick"),
            32 => format!("commend {unit} {task} --reason quick"),
            33 => "remind".to_string(),
            34 | 35 => "notice --issue".to_string(),
            36 => format!("object {unit} --notice 1 --reason unfair"),
            37 => format!("object {unit} {task} --notice 1 --reason unfair"),
            38 => match step.amount % 2 {
                0 => format!("reverse {unit} --reason true"),
                _ => format!("uphold {unit} --reason fair"),
            },
            _ => {
                // One bit of the plan after the other, but not by which rules points are booked.
                let bit = [0, 1, 4, 5, 6, 7, 8, 9][usize::from(step.amount)];
                bits ^= 1 << bit;
                project.write("duban.toml", plan(bits));
                "apply --reason later".to_string()
            }
        };
        let output = project.run(&told);
        assert!(
            output.code == 0 || (output.code == 2 && step.kind < 39),
            "{told}\n{output}"
        );
        if told.starts_with("notice") && output.code == 0 {
            notices.push(bits);
        }
    }
    Played {
        project,
        bits,
        day,
        notices,
    }
}
