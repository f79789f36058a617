//! How points are deducted and added (强化考核).

use serde::{Deserialize, Serialize};

use crate::model::code::{Id, TaskCode};
use crate::model::decimal::Decimal;
use crate::model::due::Period;

/// How points are deducted and added (强化考核).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// What every unit starts from.
    pub base: Decimal,
    /// What no unit falls below.
    pub floor: Decimal,
    /// Who may lose points: kinds, labels or unit codes; empty = everybody.
    pub who: Vec<String>,
    /// Working days after a notice was received in which units may object.
    #[serde(default = "objection_days", skip_serializing_if = "is_usual")]
    pub objection_days: i32,
    /// How often a notice is due.
    pub notice_every: Option<Period>,
    /// The rules in the order of the file.
    pub rules: Vec<Rule>,
}

/// One assessment rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// Its id.
    pub id: Id,
    /// What people read instead of the id; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Where the source text says so.
    pub clause: String,
    /// What it is for.
    pub on: Trigger,
    /// The only tasks that it is about; empty = all that no other rule for the same names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tasks: Vec<TaskCode>,
    /// Points; negative = deducted.
    pub points: Decimal,
    /// What each booking is for.
    pub per: Per,
    /// A unit's most by this rule over the campaign.
    pub cap: Option<Decimal>,
    /// Multiplies the base if the notice before booked the same rule and obligation.
    pub again: Option<Decimal>,
}

/// What an assessment rule is for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// An overdue obligation.
    Overdue,
    /// An obligation completed late.
    Late,
    /// A returned record.
    Returned,
    /// A commendation.
    Commended,
}

impl Trigger {
    /// All of them; their places are for ever, stores keep them.
    pub const ALL: [Self; 4] = [Self::Overdue, Self::Late, Self::Returned, Self::Commended];

    /// The name in plans, JSON and CSV.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Late => "late",
            Self::Returned => "returned",
            Self::Commended => "commended",
        }
    }
}

/// What each booking of a rule is for.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// One obligation.
    #[default]
    Obligation,
    /// One day late.
    Day,
    /// One unit.
    Unit,
}

/// Where the plan says nothing.
pub(crate) const fn objection_days() -> i32 {
    5
}

/// Not written, so that a plan that says nothing means what it meant before there was the key.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
const fn is_usual(days: &i32) -> bool {
    *days == objection_days()
}

impl Assessment {
    /// Whether a rule is for that task, or without one for the unit as such. Where rules for the same thing name the task, only
    /// they are: the more particular books alone (rule 11).
    pub fn is_for(&self, rule: &Rule, task: Option<&TaskCode>) -> bool {
        let names = |rule: &Rule| task.is_some_and(|task| rule.tasks.contains(task));
        let others = || self.rules.iter().filter(|other| other.on == rule.on);
        names(rule) || (rule.tasks.is_empty() && !others().any(names))
    }
}

impl Rule {
    /// What people read: its name, else its id.
    pub fn title(&self) -> &str {
        if self.name.is_empty() {
            self.id.as_str()
        } else {
            &self.name
        }
    }
}
