//! The journal's forms outside a program's memory: what a store keeps as an entry's body, what export and import pass on
//! line by line, and the hash that tells whether a batch is still what it was. Knows no store and no file.

pub(crate) mod body;
pub(crate) mod hash;
pub(crate) mod kind;
pub(crate) mod wire;

use crate::model::code::{TaskCode, UnitCode};
use crate::model::day::Day;
use crate::model::entry::{Act, Batch};

pub(crate) use blake3::Hash;
pub(crate) use kind::Kind;

/// An entry that any store understands: its unit and task by code instead of by number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The unit that it is about.
    pub unit: Option<UnitCode>,
    /// The task that it is about.
    pub task: Option<TaskCode>,
    /// The day from which it acts.
    pub day: Day,
    /// What happened.
    pub act: Act,
}

/// What is known of a whole batch before its entries are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Who did what, and when.
    pub batch: Batch,
    /// How many entries it has.
    pub count: u32,
    /// The hash of its content ([`hash::Content`]).
    pub hash: Hash,
}
