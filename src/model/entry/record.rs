//! What a unit did, and what proves it.

use serde::{Deserialize, Serialize};

use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::proof::{Likeness, Spot};

/// What a unit did (报送).
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// How much: added to what was, or a running total.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: Decimal,
    /// Whether `count` is a running total.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub total: bool,
    /// Nothing to report, and said so (零报告).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nil: bool,
    /// Which of the task's forms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// The period that it is for, where it is not the one that holds its day: the period's last day.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub period: Option<Day>,
    /// Who sent it in (报送人).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// How it came (方式).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Via>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Proof (佐证).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Proof>,
    /// Of a row of a list: which of several rows with equal facts it is, from 2; `None` for the first. With its facts it is the row's
    /// key, by which several stores know the same row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nth: Option<u32>,
}

/// What a record says as far as the key of a row of a list goes ("Lists of records" in docs/plan-file.md), besides unit, task and day. Who sent it in, how it
/// came and remarks are not part of it: the same list comes with another remark.
#[derive(Debug, PartialEq, Eq, Hash)]
pub struct Facts<'r> {
    count: Decimal,
    total: bool,
    nil: bool,
    form: Option<&'r str>,
    period: Option<Day>,
    /// Files by the hash of their content where that is known; in one order, however they were listed.
    proof: Vec<&'r str>,
}

impl Record {
    /// The facts by which two rows are equal.
    pub fn facts(&self) -> Facts<'_> {
        let mut proof: Vec<&str> = self.evidence.iter().map(Proof::content).collect();
        proof.sort_unstable();
        Facts {
            count: self.count,
            total: self.total,
            nil: self.nil,
            form: self.form.as_deref(),
            period: self.period,
            proof,
        }
    }

    /// Which of several rows with equal facts it is, from 1.
    pub fn number(&self) -> u32 {
        self.nth.unwrap_or(1)
    }

    /// Whether the amounts are the same.
    pub fn is_as_much(&self, other: &Self) -> bool {
        (self.count, self.total, self.nil) == (other.count, other.total, other.nil)
    }
}

const fn one() -> Decimal {
    Decimal::ONE
}

fn is_one(count: &Decimal) -> bool {
    *count == Decimal::ONE
}

impl Default for Record {
    fn default() -> Self {
        Self {
            count: Decimal::ONE,
            total: false,
            nil: false,
            form: None,
            period: None,
            from: None,
            via: None,
            note: None,
            evidence: Vec::new(),
            nth: None,
        }
    }
}

/// How a record came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Via {
    /// A chat.
    Wechat,
    /// A call.
    Phone,
    /// On paper.
    Paper,
    /// Seen on the spot.
    Visit,
}

/// One piece of proof.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Proof {
    /// An address on the web.
    Link(String),
    /// A file, known by its content.
    File {
        /// Its name, without folders.
        name: String,
        /// Its size in bytes.
        size: u64,
        /// The BLAKE3 hash of its content, in hexadecimal.
        blake3: String,
        /// Its media type, by its content.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        media: Option<String>,
        /// How it looks, where it is a photograph that can be compared.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        likeness: Option<Likeness>,
        /// The day on which it was taken, as the camera says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        taken: Option<Day>,
        /// Where it was taken, as the camera says.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<Spot>,
    },
    /// A file that somebody named, which this machine has not seen.
    Named(String),
}

impl Proof {
    /// Whether a text is an address on the web.
    pub fn is_link(text: &str) -> bool {
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let web = ["http", "https"]
            .iter()
            .any(|web| scheme.eq_ignore_ascii_case(web));
        web && !rest.is_empty() && !text.contains(char::is_whitespace)
    }

    /// By what it is the same in every store: the hash of a file, where that is known, or its name, or the address.
    pub fn content(&self) -> &str {
        match self {
            Self::File { blake3, .. } => blake3,
            Self::Named(name) | Self::Link(name) => name,
        }
    }

    /// What people call it: a file's name, or the address.
    pub fn name(&self) -> &str {
        match self {
            Self::File { name, .. } | Self::Named(name) | Self::Link(name) => name,
        }
    }
}
