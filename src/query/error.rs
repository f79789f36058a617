//! Why an operation could not be done: typed, so that the shell can word it in either language and add its hint.

use std::fmt;
use std::path::PathBuf;

use serde::Serialize;

use crate::journal::wire::WireError;
use crate::model::admit::Refusal;
use crate::source::problem::{Problems, Saying, say};
use crate::store::{Location, StoreError};

/// One of several things that a name might mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Candidate {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The area above it, for a unit.
    pub area: Option<String>,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.area {
            Some(area) => write!(f, "{} {area}/{}", self.code, self.name),
            None if self.code == self.name => f.write_str(&self.code),
            None => write!(f, "{} {}", self.code, self.name),
        }
    }
}

/// A draft that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RefusedDraft {
    /// The unit, as code and short name.
    pub unit: (String, String),
    /// The task, as code and short name.
    pub task: (String, String),
    /// What stands against it.
    pub refusals: Vec<Refusal>,
    /// Who has taken over from the unit, where it owes no more on that day.
    pub successors: Vec<Candidate>,
}

/// Why an operation could not be done: typed where somebody decides on it or the shell has more to say than a sentence, and otherwise
/// the sentence.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A file cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        cause: std::io::Error,
    },
    /// The files that people write have errors.
    #[error("problems in the files")]
    Problems(Problems),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No unit of that name.
    #[error("no unit `{text}`")]
    UnknownUnit {
        /// What was typed.
        text: String,
        /// What is near.
        near: Vec<Candidate>,
    },
    /// Several units of that name.
    #[error("several units `{text}`")]
    AmbiguousUnit {
        /// What was typed.
        text: String,
        /// How many units it may mean.
        matched: usize,
        /// The first of them.
        candidates: Vec<Candidate>,
    },
    /// No task of that name.
    #[error("no task `{text}`")]
    UnknownTask {
        /// What was typed.
        text: String,
        /// What is near.
        near: Vec<Candidate>,
    },
    /// Several tasks of that name.
    #[error("several tasks `{text}`")]
    AmbiguousTask {
        /// What was typed.
        text: String,
        /// What it may mean.
        candidates: Vec<Candidate>,
    },
    /// Neither a unit nor a task nor an entry of that name.
    #[error("nothing called `{text}`")]
    UnknownName {
        /// What was typed.
        text: String,
        /// What is near.
        near: Vec<Candidate>,
    },
    /// Nothing in the plan of that name: a phase, a kind, a label, an area.
    #[error("no {what} `{text}`")]
    UnknownPart {
        /// `phase`, `kind`, `label`, `area`.
        what: &'static str,
        /// What was typed.
        text: String,
        /// What there is.
        known: Vec<String>,
    },
    /// Drafts were refused; nothing was written.
    #[error("refused")]
    Refused(Vec<RefusedDraft>),
    /// An entry that cannot be undone.
    #[error("entry `{id}` cannot be undone")]
    NotUndoable {
        /// The entry.
        id: String,
        /// Its kind.
        kind: &'static str,
    },
    /// Records cannot get the verdict asked for; none got it.
    #[error("nothing was reviewed")]
    Unreviewed(Vec<Unreviewed>),
    /// A journal cannot be read.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// Anything else.
    #[error(transparent)]
    Said(#[from] Saying),
}

/// A record that cannot get the verdict, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreviewed {
    /// What people type for it.
    pub what: String,
    /// The unit and the task by short name, where it is a record that was not named by these.
    pub about: Option<(String, String)>,
    /// Why not.
    pub why: Saying,
}

/// No entry is called that.
pub(crate) fn unknown_entry(text: &str) -> Error {
    let hint = say!("error-unknown-entry-hint");
    say!("error-unknown-entry", text = text).hint(hint).into()
}

/// The entry of that id has been undone.
pub(crate) fn undone(id: &str) -> Error {
    say!("error-undone", id = id).into()
}

/// The entry of that id is no record.
pub(crate) fn no_record(id: &str) -> Error {
    say!("error-no-record", id = id).into()
}

/// The plan has no assessment.
pub(crate) fn no_assessment() -> Error {
    let hint = say!("error-no-assessment-hint");
    say!("error-no-assessment").hint(hint).into()
}

/// A reason that says something.
///
/// # Errors
/// For an empty one.
pub(crate) fn given_reason(text: &str) -> Result<String, Error> {
    match text.trim() {
        "" => Err(say!("error-no-reason")
            .hint(say!("error-no-reason-hint"))
            .into()),
        reason => Ok(reason.to_string()),
    }
}

/// That there is no store yet.
pub(crate) fn no_store(location: &Location) -> Error {
    let saying = say!("error-no-store", path = location);
    saying.hint(say!("error-no-store-hint")).into()
}
