//! Entries (登记记录): the facts that the journal keeps. Never edited, never deleted; an undo is an entry too.

mod record;

pub(crate) use record::{Facts, Proof, Record, Via};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::amend::Change;
use super::code::{Id, UnitCode};
use super::day::Day;
use super::decimal::Decimal;
use super::plan::Trigger;
use super::unit::UnitNo;

/// A task's number in a store: given when a plan that has it is first applied. Never used again for another.
pub type TaskNo = u32;

/// An assessment rule's number in a store: given when points are first booked by it. Never used again for another.
pub(crate) type RuleNo = u32;

/// An entry's place in a store's journal, from 1. Another store may know the same entry by another.
pub(crate) type Seq = u64;

/// An entry's address in every store: its batch and its place in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The batch's id.
    pub batch: Uuid,
    /// The place in the batch, from 0.
    pub index: u32,
}

impl Address {
    /// What people type for the entry: the last eight hexadecimal digits of its batch's id, with the place from 1 unless the batch has no
    /// other.
    pub fn short_id(self, single: bool) -> String {
        let text = self.batch.simple().to_string();
        let tail = &text[text.len() - 8..];
        match single {
            true => tail.to_string(),
            false => format!("{tail}.{}", self.index + 1),
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.batch, self.index)
    }
}

impl std::str::FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (batch, index) = text
            .rsplit_once('.')
            .ok_or("an address is a batch id, a dot and a number")?;
        let batch = batch
            .parse()
            .map_err(|_| "the batch of an address is a UUID")?;
        let index = index.parse().map_err(|_| "an address ends in a number")?;
        Ok(Self { batch, index })
    }
}

impl Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One recorded fact, in a store's own numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The unit that it is about; `None` for orders and the like.
    pub unit: Option<UnitNo>,
    /// The task that it is about.
    pub task: Option<TaskNo>,
    /// The day from which it acts.
    pub day: Day,
    /// What happened.
    pub act: Act,
}

/// What an entry says, each with its undo: every one but `Undo` and `Apply` is taken back by an `Undo` of its address.
///
/// The serde attributes are the journal's wire form (`journal::body`): names and fields are for ever, because old journals hold them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// The unit did something for the task.
    Record(Record),
    /// The entry at that address never was. Acts on all days (rule 7).
    Undo {
        /// What is taken back.
        of: Address,
    },
    /// Review found the record good (审核通过).
    Accept {
        /// The record.
        of: Address,
    },
    /// Review sent the record back (退回整改).
    Return {
        /// The record.
        of: Address,
        /// The last day to put it right.
        rectify: Day,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The unit, or its work on a task, deserves praise (表扬).
    Commend {
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The unit need not do it (免办).
    Excuse {
        /// For one due only, named by its key.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        period: Option<Day>,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The unit has until another day.
    Extend {
        /// For one due only, named by its key.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        period: Option<Day>,
        /// The new due day.
        due: Day,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The order has arrived for a task on instruction (上级部署).
    Instruct {
        /// The day that the order gives.
        due: Day,
        /// Why, or the order's number.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The unit was reminded of an obligation (催办).
    Remind {
        /// For one due only, named by its key.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        period: Option<Day>,
    },
    /// A notice was issued (通报). Its bookings are entries of the same batch.
    Notice(Notice),
    /// An issued notice named the unit, with the points booked for it (点名, 扣分).
    Book(Booking),
    /// The unit objects to what a notice booked for it (申诉).
    Object {
        /// The notice's number.
        notice: u32,
        /// For one due only, named by its key.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        period: Option<Day>,
        /// Only to the points for the unit as such, which are booked for no task.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        unit_points: bool,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The objection at that address was heard: the points stay (维持).
    Uphold {
        /// The objection.
        of: Address,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// The objection at that address was heard: the points are given back (撤销).
    Reverse {
        /// The objection.
        of: Address,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Another plan or roster is in force.
    Apply {
        /// The digest of what is now in force.
        digest: String,
        /// Why.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// What that changed of the tasks; empty for the first plan.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        changes: Vec<Change>,
        /// The hash of the plan and roster as the store that applied them keeps them, in hexadecimal: so the chain covers them too.
        /// Journals of older versions have none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        holds: String,
    },
    /// An `apply` laid this obligation on the unit, or moved it earlier: it is never due before that day (rule 1).
    Gain {
        /// For one due only, named by its key; `None` = all of the task's.
        #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
        period: Option<Day>,
    },
    /// The applied roster names that contact for the unit; empty = it no longer names one.
    Contact {
        /// The contact's name.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
    },
}

impl Act {
    /// The address of the entry that this one is about.
    pub const fn about(&self) -> Option<Address> {
        match self {
            Self::Undo { of }
            | Self::Accept { of }
            | Self::Return { of, .. }
            | Self::Uphold { of, .. }
            | Self::Reverse { of, .. } => Some(*of),
            Self::Book(booking) => booking.of,
            _ => None,
        }
    }
}

/// What was issued with a notice (通报), beside the bookings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Its number, from 1 (第1期).
    pub number: u32,
    /// The cut-off: the day for which it says what stands where.
    pub until: Day,
    /// The day by which what it names must be put right.
    pub rectify: Day,
    /// Who was kept off it, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// What was issued, word for word: the value and the documents made of it.
    pub files: Vec<Kept>,
}

/// A unit that was kept off a notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LeftOut {
    /// The unit.
    pub unit: UnitCode,
    /// Why.
    pub reason: String,
}

/// A file whose bytes are known by their hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// The BLAKE3 hash of its content, in hexadecimal.
    pub blake3: String,
}

/// That a notice named a unit: for which obligation, or for what else, and the points booked by one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Booking {
    /// The notice's number.
    pub notice: u32,
    /// What the unit is named for.
    #[serde(rename = "trigger")]
    pub on: Trigger,
    /// The due, by its key, where the task has several.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub period: Option<Day>,
    /// The return or the commendation behind it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Address>,
    /// The days late that the points are for, or that are told where no points are.
    #[serde(default, skip_serializing_if = "is_zero_days")]
    pub days: i32,
    /// The assessment rule; `None` = named without points.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<Id>,
    /// Points, negative = deducted; what the rule's cap has left.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub points: Decimal,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero_days(days: &i32) -> bool {
    *days == 0
}

fn is_zero(points: &Decimal) -> bool {
    *points == Decimal::ZERO
}

/// What one writing command did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// UUIDv7; of lists that earlier versions imported, the UUIDv8 of the file's content.
    pub id: Uuid,
    /// When, in milliseconds since 1970 UTC.
    pub at: i64,
    /// Who typed it.
    pub actor: String,
    /// The command's name.
    pub command: String,
    /// The digest of the plan and roster in force.
    pub plan: String,
}
