//! Campaigns by chance, as somebody types them: a plan of every kind of task, amended as it goes, and commands day by day.

use std::fmt::Write;

use proptest::prelude::*;

use crate::support::Project;

/// What the plan says where amendments make it say something else; each bit is one of these.
const ORDER: usize = 9;

/// The bit that has one more unit in the roster. Once something was recorded for that unit, it cannot go again.
pub(super) const NEW_UNIT: usize = 10;

/// What an amendment may change: not by which rules points are booked.
pub(super) const AMENDED: [usize; 11] = [0, 1, 4, 5, 6, 7, 8, 9, NEW_UNIT, 11, 12];

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
    plan += match bits >> ORDER & 1 {
        1 => "",
        _ => {
            "[[phase.activity]]\nid = \"order\"\nname = \"order\"\nwho = [\"village\", \"office\"]\non = \"instruction\"\n"
        }
    };
    let far = says(11, "until = 2020-06-27\n", "");
    let alder = format!(
        "name = \"Alder\"\nkind = \"village\"\nparent = \"t1\"\nhouseholds = {}",
        says(12, "9", "21")
    );
    let birch = format!(
        "name = \"Birch\"\nkind = \"village\"\nparent = \"t1\"\nlabels = [\"far\"]\nhouseholds = 8\n{far}"
    );
    for (code, more) in [
        ("t1", "name = \"North\"\nkind = \"town\""),
        ("t2", "name = \"South\"\nkind = \"town\""),
        ("v1", &alder),
        ("v2", &birch),
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
        (
            "v6",
            "name = \"Fir\"\nkind = \"village\"\nparent = \"t1\"\nhouseholds = 5",
        ),
        ("office", "name = \"Office\"\nkind = \"office\""),
    ] {
        if code == "v6" && says(NEW_UNIT, "", "gone") == "gone" {
            continue;
        }
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

impl Step {
    /// Which bit of the plan it turns, if it amends that.
    fn flips(&self) -> usize {
        AMENDED[usize::from(self.amount) % AMENDED.len()]
    }
}

/// A campaign before it is played.
#[derive(Clone, Debug)]
pub(super) struct Script {
    pub bits: u16,
    pub steps: Vec<Step>,
    /// What to look at.
    pub looks: Vec<Look>,
}

/// Where two filters, a day and what was known by when come from.
pub(super) type Look = (usize, usize, i64, Option<i64>);

/// Two stores that begin alike.
#[derive(Clone, Debug)]
pub(super) struct Fork {
    pub start: Script,
    pub here: Vec<Step>,
    pub there: Vec<Step>,
}

fn steps(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    let step = (
        prop_oneof![2 => Just(0_i64), 2 => 1_i64..3, 1 => 3_i64..8],
        0_u8..40,
        0_usize..7,
        0_usize..9,
        0_u8..11,
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
    prop::collection::vec(step, count)
}

fn script_of(count: std::ops::Range<usize>) -> impl Strategy<Value = Script> {
    let known = prop::option::of(0_i64..20);
    let looks = prop::collection::vec((0_usize..9, 0_usize..9, 0_i64..25, known), 3);
    (any::<u16>(), steps(count), looks).prop_map(|(bits, steps, looks)| Script {
        bits: bits & 0x1fff,
        steps,
        looks,
    })
}

pub(super) fn script() -> impl Strategy<Value = Script> {
    script_of(12..40)
}

pub(super) fn fork() -> impl Strategy<Value = Fork> {
    (script_of(4..16), steps(4..16), steps(4..16)).prop_map(|(mut start, here, there)| {
        // A store only takes a journal over whose units and tasks its plan has, and only the store in which a plan was in force can say
        // what a notice knew under it: who sends a journal sends that plan.
        let mut issued = false;
        start.steps.retain(|step| {
            issued |= (ISSUES..ISSUES + 2).contains(&step.kind);
            step.kind < AMENDS || !issued && ![NEW_UNIT, ORDER].contains(&step.flips())
        });
        Fork { start, here, there }
    })
}

const UNITS: [&str; 7] = ["v1", "v2", "v3", "v4", "v5", "office", "v6"];
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
    let mut played = Played::begin(script.bits);
    for step in &script.steps {
        played.take(step);
    }
    played
}

/// Plays a script in two stores that part after its start, neither of which amends the plan then; notices are issued in the first.
pub(super) fn play_apart(fork: &Fork) -> (Played, Played) {
    // Made first, so that the ids of the second store are others than those of the first.
    let project = Project::empty().set("DUBAN_LANG", "en");
    let mut here = play(&fork.start);
    let mut there = Played {
        project,
        bits: here.bits,
        day: here.day,
        notices: Vec::new(),
    };
    there.project.on(&here.day.to_string());
    there.project.write("duban.toml", plan(here.bits));
    there
        .project
        .write("start.jsonl", here.project.ok("export").stdout);
    there.project.ok("import start.jsonl");
    for step in fork.here.iter().filter(|step| step.kind < AMENDS) {
        here.take(step);
    }
    for step in fork.there.iter().filter(|step| step.kind < ISSUES) {
        there.take(step);
    }
    (here, there)
}

/// The first kind of step that is about notices, and the one that amends the plan.
const ISSUES: u8 = 34;
const AMENDS: u8 = 39;

impl Played {
    fn begin(bits: u16) -> Self {
        let mut project = Project::with_plan(&plan(bits)).set("DUBAN_LANG", "en");
        let day = chrono::NaiveDate::from_ymd_opt(2020, 6, 2).unwrap();
        project.on(&day.to_string()).ok("apply");
        Self {
            project,
            bits,
            day,
            notices: Vec::new(),
        }
    }

    fn take(&mut self, step: &Step) {
        self.day = self.day + chrono::Days::new(step.days.unsigned_abs());
        let day = self.day;
        self.project.on(&day.to_string());
        let (unit, task) = (UNITS[step.unit], TASKS[step.task]);
        let on = day - chrono::Days::new(step.back.unsigned_abs());
        let later = day + chrono::Days::new(step.back.unsigned_abs() + 1);
        let amount = u32::from(step.amount) + 1;
        let for_one = match task {
            "report" => " --for 2020-06",
            "week" => " --for 2020-06-18",
            _ => "",
        };
        let mut flipped = None;
        let told = match step.kind {
            0..=16 => {
                let proof = match step.amount % 3 {
                    0 => " --evidence https://example.invalid/1",
                    _ => "",
                };
                let amount = match task {
                    "total" => format!("{task} --total {}", amount * 2),
                    "report" if step.amount > 5 => format!("{task} --nil"),
                    "banner" | "poll" if step.amount > 5 => format!("{task} --total {amount}"),
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
            26 => match step.amount % 2 {
                0 => format!("correct {unit}/{task} --on {on}"),
                _ => format!(
                    "correct {unit}/{task} --unit {}",
                    UNITS[step.back.unsigned_abs() as usize % 5]
                ),
            },
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
                // One bit of the plan after the other.
                let bit = step.flips();
                flipped = Some(bit);
                self.project
                    .write("duban.toml", plan(self.bits ^ (1 << bit)));
                "apply --reason later".to_string()
            }
        };
        let output = self.project.run(&told);
        if let Some(bit) = flipped {
            match output.code {
                0 => self.bits ^= 1 << bit,
                _ => {
                    assert_eq!(bit, NEW_UNIT, "{told}\n{output}");
                    self.project.write("duban.toml", plan(self.bits));
                }
            }
        } else {
            assert!([0, 2].contains(&output.code), "{told}\n{output}");
        }
        if told.starts_with("notice") && output.code == 0 {
            self.notices.push(self.bits);
        }
    }
}
