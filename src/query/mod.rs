//! What is asked of one moment of the store, for one view: names, surveys, lists. Changes nothing; what changes the store is `ops`.

mod audit;
mod clock;
mod error;
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
mod workspace;

pub use audit::{AuditQuery, Audited, Exhibited, Found};
pub use clock::Clock;
pub use error::{Candidate, Error, RefusedDraft, Unreviewed, WhyNot};
pub use files::{Files, LIST, Surveyed as SurveyedFiles, all_of, read};
pub use groups::{Grouping, Groups, NamedTurns, Turns};
pub use log::{LogEntry, LogQuery};
pub use names::Named;
pub use notice::{Listing, NoticeOrder};
pub use place::Place;
pub use refusal::{refusal, successor_hint};
pub use remind::Reminder;
pub use replay::Known;
pub use score::{Scored, Scores};
pub use selection::{Scope, Selection, Wanted};
pub use survey::{Optional, Part, Surveyed};
pub use todo::{Agenda, DueSoon, NoticeDue, StillOpen, Waiting};
pub use workspace::Workspace;

pub use crate::store::UnitLabel;

pub(crate) use error::given_reason;
pub(crate) use ids::{short_id, tail_of};
pub(crate) use names::{UnitKey, due_key, names, said};
pub(crate) use notice::standing_notices;
