//! What can go wrong with a store, by type. Made from the engine's codes, never from its messages.

use std::path::PathBuf;

use uuid::Uuid;

use crate::journal::body::BodyError;
use crate::model::entry::Address;

/// Why a store could not do it. Nothing was changed then.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else kept writing all the time that we waited.
    #[error("somebody else is writing to the store")]
    Busy,
    /// Somebody else got in the way at the same moment; the server says to try again.
    #[error("somebody else was writing to the store at the same moment")]
    Collided,
    /// The server cannot be reached.
    #[error("the server cannot be reached: {detail}")]
    Unreachable {
        /// Why.
        detail: String,
    },
    /// The server does not let us in.
    #[error("the server refused the login: {detail}")]
    Login {
        /// What it says.
        detail: String,
    },
    /// A file of passwords that others may read was not used, and the server wants one.
    #[error("the file of passwords may be read by others")]
    OpenPasswords {
        /// The file.
        path: PathBuf,
    },
    /// The role on the server has no right to that.
    #[error("the server refused: {detail}")]
    Denied {
        /// What it says.
        detail: String,
    },
    /// The tables on the server are those of an earlier version of this program.
    #[error("the tables on the server are older than this program: {detail}")]
    Older {
        /// What they lack, as the server says it, or their form.
        detail: String,
    },
    /// The connection to the server broke. Nothing was kept.
    #[error("the connection to the server was lost")]
    Lost,
    /// The connection to the server broke while it kept a batch, and it could not be asked whether it did.
    #[error(
        "the connection to the server was lost, and whether batch {batch} is kept is not known"
    )]
    Unsure {
        /// The batch.
        batch: Uuid,
    },
    /// The file or its folder cannot be written.
    #[error("the store cannot be written")]
    ReadOnly,
    /// No room left on the disk.
    #[error("the disk is full")]
    Full,
    /// Written by a newer version.
    #[error("the store has form {found}; this version knows up to {known}")]
    Newer {
        /// The file's form.
        found: i64,
        /// The newest that this version knows.
        known: i64,
    },
    /// Another tool switched it to write-ahead mode, in which only those read it who may write.
    #[error("the store is in write-ahead mode")]
    Wal,
    /// A SQLite file of something else.
    #[error("a database, but not a store of duban")]
    Foreign,
    /// No SQLite file at all.
    #[error("not a database")]
    NotADatabase,
    /// Damaged.
    #[error("the store is damaged: {detail}")]
    Corrupt {
        /// Where, as far as known.
        detail: String,
    },
    /// A row is not as it was written, or is gone, or was never written.
    #[error("row {row} of the table `{table}` is damaged")]
    Damaged {
        /// The table.
        table: &'static str,
        /// The row, by its key.
        row: String,
    },
    /// The store of another plan.
    #[error("the store is of the plan `{found}`, not `{wanted}`")]
    OtherPlan {
        /// Whose it is.
        found: String,
        /// Whose was wanted.
        wanted: String,
    },
    /// A unit or a task that the store does not have.
    #[error("the store has no {what} `{code}`")]
    Unknown {
        /// `unit` or `task`.
        what: &'static str,
        /// Its code, or its number where that is all that is known.
        code: String,
    },
    /// An entry that does not exist.
    #[error("the store has no entry {0}")]
    NoSuchEntry(Address),
    /// A batch of that id is there already, with other content.
    #[error("batch {batch} is there already with other content")]
    Conflict {
        /// The batch.
        batch: Uuid,
    },
    /// A batch whose content is not what its hash says.
    #[error("batch {batch} was altered: its content does not match its hash")]
    Altered {
        /// The batch.
        batch: Uuid,
    },
    /// A batch was begun and never finished; nothing was kept.
    #[error("a batch was left unfinished")]
    Unfinished,
    /// No plan is in force yet.
    #[error("no plan is in force yet")]
    NoPlan,
    /// The file could not be reached.
    #[error("the store cannot be opened")]
    Io(#[from] std::io::Error),
    /// The engine failed in another way.
    #[error("the store failed")]
    Engine(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl StoreError {
    pub(crate) fn corrupt(detail: impl Into<String>) -> Self {
        Self::Corrupt {
            detail: detail.into(),
        }
    }

    pub(crate) fn damaged(table: &'static str, row: impl ToString) -> Self {
        Self::Damaged {
            table,
            row: row.to_string(),
        }
    }

    /// The same error, with the row in which it was found where it is about what a row says.
    pub(crate) fn at(self, table: &'static str, row: impl ToString) -> Self {
        match self {
            Self::Corrupt { .. } => Self::damaged(table, row),
            other => other,
        }
    }
}

impl From<BodyError> for StoreError {
    fn from(error: BodyError) -> Self {
        Self::corrupt(error.to_string())
    }
}
