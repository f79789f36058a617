//! The plan (方案): the campaign as its file means it, with every inheritance and every anchor settled.
//!
//! A plan's JSON form is its meaning: two files that differ in comments or layout give the same, and its hash is the
//! digest that batches and reports name.

mod assessment;

pub(crate) use assessment::{Assessment, Per, Rule, Trigger, objection_days};

use serde::{Deserialize, Serialize};

use super::code::{Id, PlanId, TaskCode, UnitCode};
use super::day::Day;
use super::decimal::Decimal;
use super::due::Schedule;
use super::unit::{Class, Unit};
use super::zone::Zone;

/// A campaign: what is owed, by whom and by when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Names the store.
    pub id: PlanId,
    /// The plan's title.
    pub title: String,
    /// What heads screens and names files; empty = the title does.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub short: String,
    /// Who issued it.
    pub issuer: String,
    /// Who prints and sends its documents (印发机关); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub office: String,
    /// The document's number (发文字号); may be empty.
    pub number: String,
    /// To whom its notices go (主送机关); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub addressees: String,
    /// Who else gets its notices (抄送); may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub copies: String,
    /// Nothing falls due before this day.
    pub issued: Day,
    /// Days late stop counting here; `None` = they count on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<Day>,
    /// The unit that watches and issues notices, as the file names it: a code, a short name or a name.
    pub supervisor: Option<String>,
    /// The language of the documents, `zh-CN` or `en`.
    pub lang: String,
    /// Whose "today" it is.
    pub timezone: Zone,
    /// How many days ahead a due day counts as soon.
    pub due_soon: i32,
    /// Days after the due day before an obligation counts as overdue.
    pub grace: i32,
    /// Days that a returned record leaves to put it right.
    pub rectify: i32,
    /// Days off and make-up workdays.
    pub calendar: Calendar,
    /// What the campaign is for (工作目标).
    pub goals: Vec<Goal>,
    /// What the publicity must say.
    pub themes: Vec<Theme>,
    /// The phases in the order of the file.
    pub phases: Vec<Phase>,
    /// The activities in the order of the file.
    pub activities: Vec<Activity>,
    /// The tasks in the order of the file.
    pub tasks: Vec<Task>,
    /// How points are deducted, where the plan says so (强化考核).
    pub assessment: Option<Assessment>,
}

/// Days off and make-up workdays (调休), for advice about due days.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Stretches of days off, first and last day.
    pub off: Vec<(Day, Day)>,
    /// Weekend days that are worked.
    pub work: Vec<Day>,
}

impl Calendar {
    /// Whether offices are closed on that day.
    pub fn is_off(&self, day: Day) -> bool {
        let weekend = day.weekday().num_days_from_monday() >= 5;
        !self.work.contains(&day) && (weekend || self.is_holiday(day))
    }

    /// Whether that day is one of the days off that the plan lists.
    pub fn is_holiday(&self, day: Day) -> bool {
        let mut off = self.off.iter();
        off.any(|(first, last)| (*first..=*last).contains(&day))
    }
}

/// What the campaign is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
}

/// What the publicity must say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Whether the plan stresses it.
    pub key: bool,
}

/// A window of days (阶段).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phase {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Where the source text says so.
    pub clause: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
}

/// A named effort in a phase (活动).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Where the source text says so.
    pub clause: String,
    /// The source's words.
    pub text: String,
    /// Its phase, by place in [`Plan::phases`].
    pub phase: usize,
}

/// The smallest thing a unit completes (任务).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Unique in the plan.
    pub code: TaskCode,
    /// Its name.
    pub name: String,
    /// For narrow tables and for typing; the name where the file gives none.
    pub short: String,
    /// Its activity, by place in [`Plan::activities`].
    pub activity: usize,
    /// Where the source text says so.
    pub clause: String,
    /// The source's words.
    pub text: String,
    /// Who owes it: kinds, labels or unit codes.
    pub who: Vec<String>,
    /// When it falls due.
    pub schedule: Schedule,
    /// What it takes; `None` = one record is enough.
    pub target: Option<Target>,
    /// Whether records are running totals.
    pub totals: bool,
    /// The forms among which a unit may choose; empty = no choice to make.
    pub any_of: Vec<String>,
    /// Whether a nil report fulfils (零报告).
    pub nil: bool,
    /// Recorded if done, never owed.
    pub optional: bool,
    /// Fulfilled when the applied roster first names a contact.
    pub by_roster: bool,
    /// A question that the text leaves open: no obligation until it is settled.
    pub open: Option<String>,
    /// Whether proof is wanted.
    pub evidence: Evidence,
    /// The goals that it serves.
    pub goals: Vec<Id>,
    /// The themes that it carries.
    pub themes: Vec<Id>,
    /// What the text left open and who settled it: key of the file, and by whom.
    pub decided: Vec<(String, String)>,
}

/// A task that the plan has no longer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Its code.
    pub code: String,
    /// As the last plan that had it said; `None` where such a plan was never in force here.
    pub task: Option<Task>,
}

impl Dropped {
    /// Its short name; its code where nothing more is known.
    pub fn short(&self) -> &str {
        self.task.as_ref().map_or(&self.code, |task| &task.short)
    }

    /// Its name; its code where nothing more is known.
    pub fn name(&self) -> &str {
        self.task.as_ref().map_or(&self.code, |task| &task.name)
    }
}

/// Whether a task's records want proof.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// None is asked for.
    #[default]
    None,
    /// It is asked for; a record without is kept.
    Expected,
    /// A record without is refused.
    Required,
}

/// What a task takes, by class of unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// The needs, first match wins.
    pub needs: Vec<Need>,
    /// What is counted: 条, 张, households.
    pub measure: String,
}

/// What one class of units needs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// Kinds, labels or unit codes; empty = every unit that owes the task.
    pub who: Vec<String>,
    /// How much.
    pub amount: Amount,
}

/// How much.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// That many.
    Count(Decimal),
    /// That share of a unit's attribute, half up.
    Share {
        /// The share.
        share: Decimal,
        /// The attribute: a column of the roster.
        of: String,
    },
}

impl Plan {
    /// What heads screens and names files.
    pub fn heading(&self) -> &str {
        if self.short.is_empty() {
            &self.title
        } else {
            &self.short
        }
    }

    /// The last day that the plan speaks of: its end, else its last phase's.
    pub fn last_day(&self) -> Day {
        let last = || self.phases.iter().map(|phase| phase.to).max();
        self.ends.or_else(last).unwrap_or(self.issued)
    }

    /// The task with that code, by its place.
    pub fn task(&self, code: &str) -> Option<usize> {
        self.tasks.iter().position(|task| task.code == *code)
    }

    /// Whether the plan names that unit as its supervisor, by code or by name.
    pub fn is_supervisor(&self, unit: &Unit) -> bool {
        self.supervisor.as_ref().is_some_and(|name| {
            *unit.code.as_str() == **name || unit.short == *name || unit.name == *name
        })
    }

    /// The phase of a task.
    pub fn phase_of(&self, task: &Task) -> &Phase {
        &self.phases[self.activities[task.activity].phase]
    }

    /// The attributes of units on which targets depend, in the order of first use.
    pub fn attributes(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for need in self
            .tasks
            .iter()
            .filter_map(|task| task.target.as_ref())
            .flat_map(|target| &target.needs)
        {
            if let Amount::Share { of, .. } = &need.amount
                && !names.contains(&of.as_str())
            {
                names.push(of.as_str());
            }
        }
        names
    }

    /// Whether the plan names that unit by its code, so that it is a class of its own.
    pub fn names(&self, code: &UnitCode) -> bool {
        let by_code = |who: &[String]| who.iter().any(|word| code == word.as_str());
        let needs = |task: &Task| {
            task.target
                .iter()
                .flat_map(|target| &target.needs)
                .any(|need| by_code(&need.who))
        };
        self.tasks
            .iter()
            .any(|task| by_code(&task.who) || needs(task))
            || self
                .assessment
                .as_ref()
                .is_some_and(|assessment| by_code(&assessment.who))
    }

    /// The plan's meaning as bytes: what the store keeps, and what the digest is of.
    pub fn meaning(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Task {
    /// Whether units owe it at all: it is neither optional nor an open question.
    pub const fn is_owed(&self) -> bool {
        !self.optional && self.open.is_none()
    }

    /// Whether units of that class owe it.
    pub fn owed_by(&self, class: &Class) -> bool {
        self.is_owed() && class.is_any_of(&self.who)
    }

    /// What units of that class need; `None` = one record is enough.
    pub fn need_of(&self, class: &Class) -> Option<&Need> {
        let needs = &self.target.as_ref()?.needs;
        needs
            .iter()
            .find(|need| need.who.is_empty() || class.is_any_of(&need.who))
    }
}

impl Unit {
    /// The class of the unit under that plan.
    pub fn class(&self, plan: &Plan) -> Class {
        let code = plan.names(&self.code).then(|| self.code.clone());
        Class {
            kind: self.kind.clone(),
            labels: self.labels.clone(),
            code,
        }
    }
}
