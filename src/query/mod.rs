//! What is asked of one moment of the store, for one view: names, surveys, lists. Changes nothing; what changes the store is `ops`.

mod audit;
mod clock;
mod error;
mod evidence_files;
mod export;
mod files;
mod groups;
mod ids;
mod log;
mod names;
mod notice;
mod place;
mod refusal;
mod remind;
mod replay;
mod score;
mod selection;
mod survey;
mod todo;
mod unit_names;
mod verify;
mod workspace;

pub(crate) use audit::{AuditQuery, Audited, Exhibited, Found, Thumbnails};
pub(crate) use clock::Clock;
pub(crate) use error::{Candidate, Error, RefusedDraft, Unreviewed, no_store};
pub(crate) use evidence_files::{Missing, evidence_files};
pub(crate) use export::Mask;
pub(crate) use files::{Files, LIST, Surveyed as SurveyedFiles, all_of, beside, head, read};
pub(crate) use groups::{Grouping, Groups, TurnedUnit, Turns};
pub(crate) use log::{LogEntry, LogQuery};
pub(crate) use names::Named;
pub(crate) use notice::{Listing, NoticeOrder};
pub(crate) use place::{Place, plan_id};
pub(crate) use refusal::{advice, refusal, successors_hint};
pub(crate) use remind::Reminder;
pub(crate) use replay::KnownThen;
pub(crate) use score::{Scored, Scores};
pub(crate) use selection::{Scope, Selection, Wanted};
pub(crate) use survey::{SurveyPart, Surveyed};
pub(crate) use todo::Agenda;
pub(crate) use verify::{JournalFound, Verification, salvage, verify_journal};
pub(crate) use workspace::Workspace;

pub(crate) use crate::journal::Kind;
pub(crate) use crate::store::{Finding, UnitLabel, Wrong};

pub(crate) use error::{given_reason, no_assessment, no_record, undone, unknown_entry};
pub(crate) use ids::short_id;
pub(crate) use names::{UnitKey, due_key, holds, is_called, names, no_such_period, said};
pub(crate) use notice::standing_notices;
