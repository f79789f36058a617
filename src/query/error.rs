//! Why an operation could not be done: typed, so that the shell can word it in either language and add its hint.

use std::fmt;
use std::path::PathBuf;

use crate::evidence::Rejected;
use crate::journal::wire::WireError;
use crate::model::admit::Refusal;
use crate::model::day::Day;
use crate::model::entry::Address;
use crate::source::problem::{Problems, Saying};
use crate::store::StoreError;

/// One of several things that a name might mean.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub successor: Option<Candidate>,
}

/// Why an operation could not be done.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// No plan file was named, and none is here or above.
    #[error("no plan file")]
    NoPlan,
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
    /// A file is there already.
    #[error("{} exists", .0.display())]
    Exists(PathBuf),
    /// The files that people write have errors.
    #[error("problems in the files")]
    Problems(Problems),
    /// The store could not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The files mean something else than what is in force.
    #[error("the plan or roster file has changed")]
    Changed,
    /// A store of a kind that this build does not have.
    #[error("no backend for `{store}`")]
    NoBackend {
        /// What was typed.
        store: String,
    },
    /// There is no store yet.
    #[error("no store yet")]
    NoStore {
        /// Where it would be.
        path: PathBuf,
    },
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
        /// What it may mean.
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
    /// Several kinds, labels or phases with that text in their names.
    #[error("several `{text}`")]
    AmbiguousPart {
        /// What was typed.
        text: String,
        /// What it may mean.
        known: Vec<String>,
    },
    /// No entry of that id.
    #[error("no entry `{text}`")]
    UnknownEntry {
        /// What was typed.
        text: String,
    },
    /// Several entries of that id.
    #[error("several entries `{text}`")]
    AmbiguousEntry {
        /// What was typed.
        text: String,
        /// Their ids.
        candidates: Vec<String>,
    },
    /// The entry is not a record.
    #[error("entry `{id}` is no record")]
    NoRecord {
        /// The entry.
        id: String,
    },
    /// The entry has been undone already.
    #[error("entry `{id}` has been undone")]
    Undone {
        /// The entry.
        id: String,
    },
    /// An entry that cannot be undone.
    #[error("entry `{id}` cannot be undone")]
    NotUndoable {
        /// The entry.
        id: String,
        /// Its kind.
        kind: &'static str,
    },
    /// There is nothing that this person could take back.
    #[error("nothing to undo")]
    NothingToUndo {
        /// Who asked.
        actor: String,
    },
    /// Drafts were refused; nothing was written.
    #[error("refused")]
    Refused(Vec<RefusedDraft>),
    /// A day that cannot be read or does not fit, and the message of a hint: which day would do, or how days are written.
    #[error("a day does not fit")]
    Day(Saying, &'static str),
    /// Records cannot get the verdict asked for; none got it.
    #[error("nothing was reviewed")]
    Unreviewed(Vec<Unreviewed>),
    /// The day to put a returned record right is before the return's.
    #[error("the rectification day is before the return's")]
    RectifyBefore {
        /// The day to put it right.
        due: Day,
        /// The return's day.
        on: Day,
    },
    /// Units that a notice would not name anyway cannot be kept off it.
    #[error("not named")]
    NotNamed {
        /// Their short names.
        units: Vec<String>,
    },
    /// A text that has to be given is empty.
    #[error("no reason")]
    NoReason,
    /// The task is not one that waits for an order.
    #[error("task `{task}` waits for no order")]
    NotOnInstruction {
        /// The task.
        task: String,
    },
    /// The unit does not owe the task.
    #[error("unit `{unit}` does not owe task `{task}`")]
    NotOwed {
        /// The unit.
        unit: String,
        /// The task.
        task: String,
    },
    /// The new due day is not after the old one.
    #[error("not later")]
    NotLater {
        /// The due day in force.
        due: Day,
        /// The day given.
        day: Day,
    },
    /// The task has no such period.
    #[error("no such period")]
    NoSuchPeriod {
        /// The task.
        task: String,
        /// What was typed.
        text: String,
    },
    /// The task has no periods.
    #[error("no periods")]
    NoPeriods {
        /// The task.
        task: String,
    },
    /// A unit with entries is no longer in the roster.
    #[error("units with entries are missing from the roster")]
    UnitsWithEntries {
        /// Their codes and names.
        units: Vec<Candidate>,
    },
    /// A journal cannot be read.
    #[error(transparent)]
    Wire(#[from] WireError),
    /// A journal of another plan.
    #[error("the journal belongs to plan `{found}`")]
    OtherPlan {
        /// Its plan's id.
        found: String,
        /// This plan's id.
        wanted: String,
    },
    /// An issued notice cannot be undone like that.
    #[error("notice {number} stands")]
    NoticeStands {
        /// Its number.
        number: u32,
    },
    /// Another store issued a notice of the same number: the points of one of them would be booked twice.
    #[error("two notices {number}")]
    TwoNotices {
        /// Their number.
        number: u32,
    },
    /// The plan has no assessment.
    #[error("no assessment")]
    NoAssessment,
    /// A notice took no such points.
    #[error("notice {notice} took no points of `{unit}`")]
    NothingBooked {
        /// The unit.
        unit: String,
        /// The task; `None` = any.
        task: Option<String>,
        /// The notice's number.
        notice: u32,
    },
    /// That was objected to before.
    #[error("objected to before by `{id}`")]
    Objected {
        /// The objection.
        id: String,
    },
    /// The text stands for no objection.
    #[error("no objection `{text}`")]
    NoObjection {
        /// What was typed.
        text: String,
    },
    /// The objection was heard before.
    #[error("heard before by `{id}`")]
    AlreadyHeard {
        /// The verdict.
        id: String,
    },
    /// No notice of that number.
    #[error("no notice {number}")]
    NoNotice {
        /// The number.
        number: u32,
        /// The numbers that there are.
        known: Vec<u32>,
    },
    /// A file that cannot be taken in as proof.
    #[error("evidence {}: {unfit}", path.display())]
    Evidence {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        unfit: Rejected,
    },
}

/// A record that cannot get the verdict, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unreviewed {
    /// What was typed for it, or its address where it was selected.
    pub what: Result<String, (Address, bool)>,
    /// The unit and the task by short name, where it is a record.
    pub about: Option<(String, String)>,
    /// Why not.
    pub why: WhyNot,
}

/// Why a record cannot get a verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum WhyNot {
    /// No entry of that id.
    Unknown,
    /// The entry is no record.
    NoRecord,
    /// It has been undone.
    Undone,
    /// It has a verdict already.
    Judged {
        /// Whether that verdict is an acceptance.
        accepted: bool,
        /// The verdict's address, and whether its batch has no other entry.
        verdict: (Address, bool),
        /// Who gave it.
        actor: String,
        /// The day from which it acts.
        day: Day,
    },
    /// The verdict would act from a day before the record's.
    BeforeRecord {
        /// The record's day.
        day: Day,
        /// The verdict's.
        on: Day,
    },
}

/// A reason that says something.
///
/// # Errors
/// [`Error::NoReason`] for an empty one.
pub(crate) fn given_reason(text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        Err(Error::NoReason)
    } else {
        Ok(text.to_string())
    }
}
