//! The journal as JSON lines, `duban.journal/2`: what `export` writes and `import` reads. The first line names form and plan;
//! then one line a batch, followed by one line for each of its entries. Each batch says the chain hash up to it, and the last line how
//! many batches there are and the chain hash of the last: a batch that was taken out, put in or moved is noticed. Form 1, which is read too,
//! has neither.

mod read;
#[cfg(test)]
mod tests;
mod write;

use std::io;

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::model::code::PlanId;

pub(crate) use read::Reader;
pub(crate) use write::Writer;

/// The name of this form.
pub(crate) const SCHEMA: &str = "duban.journal/2";

const FAMILY: &str = "duban.journal/";

/// Where a journal cannot be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {fault}")]
pub(crate) struct WireError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there.
    #[source]
    pub fault: Fault,
}

/// What is wrong with a line of a journal.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    /// It could not be read at all.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The first line is not that of a journal.
    #[error("not a journal: the first line does not name `{SCHEMA}`")]
    NotAJournal,
    /// A form that this version does not know.
    #[error("`{0}` is newer than `{SCHEMA}`")]
    Newer(String),
    /// Not the JSON that belongs there.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A field that is missing or not what it should be.
    #[error("{0}")]
    Field(String),
    /// A batch that ends before all its entries came.
    #[error("batch {batch} has {found} of its {count} entries")]
    Short {
        /// The batch.
        batch: Uuid,
        /// How many came.
        found: u32,
        /// How many should have.
        count: u32,
    },
    /// A batch that does not follow those before it.
    #[error("batch {batch} does not follow the batches before it")]
    Chain {
        /// The batch.
        batch: Uuid,
    },
    /// The last line is missing, or is not that of these batches.
    #[error("the journal is cut off")]
    Cut,
    /// A batch whose content is not what its hash says.
    #[error("batch {batch} was altered: its content does not match its hash")]
    Altered {
        /// The batch.
        batch: Uuid,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    schema: String,
    plan: PlanId,
    /// Whether telephone numbers in it are masked: it is for reading, and cannot be merged.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    masked: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct EndLine {
    end: End,
}

/// What a journal's last line says.
#[derive(Serialize, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct End {
    batches: u64,
    chain: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchLine {
    batch: Uuid,
    at: String,
    actor: String,
    command: String,
    plan: String,
    count: u32,
    hash: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    chain: Option<String>,
}

/// A moment as journals and people write it: `2020-07-03T09:00:00.000Z`.
pub(crate) fn moment(at: i64) -> String {
    DateTime::from_timestamp_millis(at)
        .unwrap_or_default()
        .format("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}
