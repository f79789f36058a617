//! The plan file as it is written, before it means anything: one struct a table, nothing required, nothing settled.
//!
//! The doc comments are the descriptions in the JSON Schema that editors show. Requirements are checked while settling,
//! so that a missing key never hides another problem.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::scalar::{By, Number, TargetTable, UnitTable, When};
use crate::model::due::Period;
use crate::model::plan::{Evidence, Per, Trigger};

/// A duban plan: a campaign's goals, themes, phases, activities and tasks, its roster and its assessment.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The campaign itself.
    #[schemars(required)]
    pub plan: Option<Head>,
    /// Days off and make-up workdays, for advice about due days.
    pub calendar: Option<Calendar>,
    /// Named days that tasks count from.
    #[serde(default)]
    pub anchor: BTreeMap<String, When>,
    /// What the campaign is for.
    #[serde(default)]
    pub goal: Vec<Goal>,
    /// What the publicity must say.
    #[serde(default)]
    pub theme: Vec<Theme>,
    /// Windows of days, each with its activities.
    #[serde(default)]
    pub phase: Vec<Phase>,
    /// Units, where the roster is no file of its own.
    #[serde(default)]
    pub unit: Vec<UnitTable>,
    /// How points are deducted and added.
    pub assessment: Option<Assessment>,
}

/// The campaign itself.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// Names the store; letters, digits, hyphen.
    #[schemars(required)]
    pub id: Option<String>,
    /// The plan's title.
    #[schemars(required)]
    pub title: Option<String>,
    /// A short title: it heads screens and names files; by default the title.
    pub short: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Who prints and sends its documents (印发机关).
    pub office: Option<String>,
    /// The document's number, 机关代字〔年〕序号号.
    pub number: Option<String>,
    /// To whom its notices go (主送机关).
    pub addressees: Option<String>,
    /// Who else gets its notices (抄送).
    pub copies: Option<String>,
    /// The day of issue: nothing falls due before it.
    #[schemars(required)]
    pub issued: Option<When>,
    /// Days late stop counting here; without it they count on.
    pub ends: Option<When>,
    /// The unit that watches and issues notices: its code, short name or name.
    pub supervisor: Option<String>,
    /// The language of the documents.
    pub lang: Option<Lang>,
    /// Whose "today" it is: hours and minutes east of UTC, `+08:00`, or a zone with its summer time, `Europe/London`.
    pub timezone: Option<String>,
    /// The roster: a .csv, .xlsx, .xls, .xlsb or .ods file beside the plan.
    pub roster: Option<String>,
    /// The encoding of a roster in CSV that is not UTF-8: `gb18030`.
    pub encoding: Option<String>,
    /// The sheet of a roster in a workbook, where several hold rows.
    pub roster_sheet: Option<String>,
    /// How many days ahead a due day counts as soon.
    pub due_soon: Option<i64>,
    /// Days after the due day before an obligation counts as overdue.
    pub grace: Option<i64>,
    /// Days that a returned record leaves to put it right.
    pub rectify: Option<i64>,
}

/// A language that the documents can be in.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
pub(super) enum Lang {
    /// Chinese.
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English.
    #[serde(rename = "en")]
    English,
}

/// Days off and make-up workdays (调休).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Calendar {
    /// Days off: days, or stretches `first..last`.
    #[serde(default)]
    pub off: Vec<When>,
    /// Weekend days that are worked.
    #[serde(default)]
    pub work: Vec<When>,
}

/// What the campaign is for (工作目标).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Goal {
    /// Its id, by which tasks name it.
    #[schemars(required)]
    pub id: Option<String>,
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
}

/// What the publicity must say.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Theme {
    /// Its id, by which tasks name it.
    #[schemars(required)]
    pub id: Option<String>,
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
    /// Whether the plan stresses it.
    #[serde(default)]
    pub key: bool,
}

/// A window of days (阶段).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Phase {
    /// Its id.
    #[schemars(required)]
    pub id: Option<String>,
    /// Its name.
    #[schemars(required)]
    pub name: Option<String>,
    /// Where the source text says so.
    pub clause: Option<String>,
    /// Its first day.
    #[schemars(required)]
    pub from: Option<When>,
    /// Its last day.
    #[schemars(required)]
    pub to: Option<When>,
    /// Its activities.
    #[serde(default)]
    pub activity: Vec<Activity>,
}

/// Declares `Task`, and `Activity` with the same keys: without tasks of its own it is its own single task.
macro_rules! tasks {
    ($($(#[$attribute:meta])* $key:ident: $kind:ty,)*) => {
        /// The smallest thing a unit completes (任务).
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Task {
            /// Its code, unique in the plan.
            #[schemars(required)]
            pub id: Option<String>,
            $($(#[$attribute])* pub $key: Option<$kind>,)*
        }

        /// A named effort in a phase (活动); without tasks it is its own single task.
        #[derive(Debug, Default, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Activity {
            /// Its tasks.
            #[serde(default)]
            pub task: Vec<Task>,
            /// Its id.
            #[schemars(required)]
            pub id: Option<String>,
            $($(#[$attribute])* pub $key: Option<$kind>,)*
        }

        impl Task {
            /// Every key but its id.
            pub(super) const KEYS: &[&str] = &[$(stringify!($key)),*];
        }

        impl Activity {
            /// The activity as the task that it would be, and its tasks.
            pub(super) fn split(self) -> (Task, Vec<Task>) {
                let Self { task, id, $($key),* } = self;
                (Task { id, $($key),* }, task)
            }
        }
    };
}

tasks! {
    /// Its name.
    #[schemars(required)]
    name: String,
    /// A short name, for narrow tables and for typing.
    short: String,
    /// Where the source text says so.
    clause: String,
    /// The source's words.
    text: String,
    /// Who owes it: kinds, labels or unit codes.
    who: Vec<String>,
    /// The last day on which it is on time.
    due: When,
    /// The day before which it is on time.
    before: When,
    /// The first day that counts.
    from: When,
    /// The last day of the window.
    to: When,
    /// Once a period.
    every: Period,
    /// The day within each period.
    by: By,
    /// Shares of one running sum, each with its day.
    milestone: Vec<Milestone>,
    /// Once an order arrives.
    on: On,
    /// What it takes.
    target: TargetTable,
    /// Whether each record is a running total.
    counts: Counts,
    /// The forms among which a unit may choose.
    any_of: Vec<String>,
    /// Whether a nil report will do (零报告).
    nil: bool,
    /// Recorded if done, never owed.
    optional: bool,
    /// Fulfilled when the applied roster first names a contact.
    by_roster: ByRoster,
    /// A question that the text leaves open: no obligation until it is settled.
    open: String,
    /// Whether proof is wanted.
    evidence: Evidence,
    /// The goals that it serves, by id.
    goals: Vec<String>,
    /// The themes that it carries, by id.
    themes: Vec<String>,
    /// Which keys the text left open, and who settled them.
    decided: BTreeMap<String, String>,
}

/// What opens a task that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum On {
    /// An order (上级部署).
    Instruction,
}

/// What a record's count is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Counts {
    /// A running total.
    Total,
}

/// What the roster fulfils.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ByRoster {
    /// Naming a contact (宣传责任人).
    Contact,
}

/// One milestone: a share of the target, by a day.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Milestone {
    /// The last day on which it is on time.
    #[schemars(required)]
    pub due: Option<When>,
    /// The share of the target, more than 0 and at most 1.
    #[schemars(required)]
    pub share: Option<Number>,
}

/// How points are deducted and added (强化考核).
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Assessment {
    /// What every unit starts from.
    pub base: Option<Number>,
    /// What no unit falls below.
    pub floor: Option<Number>,
    /// Who may lose points: kinds, labels or unit codes; by default everybody.
    #[serde(default)]
    pub who: Vec<String>,
    /// Working days after a notice was received in which units may object; 5 by default.
    pub objection_days: Option<i64>,
    /// How often a notice is due.
    pub notice_every: Option<Period>,
    /// The rules.
    #[serde(default)]
    pub rule: Vec<Rule>,
}

/// One assessment rule.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    /// Its id.
    #[schemars(required)]
    pub id: Option<String>,
    /// What people read instead of the id.
    pub name: Option<String>,
    /// Where the source text says so.
    pub clause: Option<String>,
    /// What it is for.
    #[schemars(required)]
    pub on: Option<Trigger>,
    /// The only tasks that it is about, by id; by default all that no other rule for the same names.
    pub tasks: Option<Vec<String>>,
    /// Points; negative = deducted.
    pub points: Option<Number>,
    /// What each booking is for.
    pub per: Option<Per>,
    /// A unit's most by this rule over the campaign.
    pub cap: Option<Number>,
    /// Multiplies the points if the notice before booked the same rule and obligation.
    pub again: Option<Number>,
}
