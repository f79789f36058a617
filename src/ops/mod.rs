//! Operations: what a command does, without clap, printing or clock. Opens plan and store, looks things up, appends.

mod agenda;
mod amend;
mod audit;
mod beside;
mod exception;
mod fault;
mod files;
mod find;
mod group;
mod id;
mod import;
mod known;
mod listed;
mod notice;
mod objection;
mod office;
mod place;
mod proof;
mod record;
mod remind;
mod review;
mod score;
mod select;
mod survey;
mod tell;
mod undo;
mod write;

pub use agenda::{Agenda, DueSoon, NoticeDue, StillOpen, Waiting};
pub use amend::{Amendment, Applied, Moved};
pub use audit::{AuditQuery, Audited, Exhibited, Found};
pub use exception::{Term, Termed};
pub use fault::{Candidate, Fault, Refusal};
pub use files::{Files, LIST, all_of, read};
pub use find::Named;
pub use group::{Grouping, Groups, Turned, Turns};
pub use import::{Imported, Merge, Rows};
pub use known::Known;
pub use notice::{Drafted, Listing, NoticeOrder};
pub use objection::{Heard, Objecting};
pub use office::Office;
pub use place::Place;
pub use proof::{Offered, said as unfit_said};
pub use record::{Change, Order, Recorded};
pub use remind::Reminder;
pub use review::{Review, Reviewable, Reviewed, Unreviewed, Verdict, WhyNot};
pub use score::Scored;
pub use select::Wanted;
pub use survey::{Part, Selection, Surveyed};
pub use tell::{LogQuery, Told};
pub use undo::Undone;
pub use write::{Clerk, Written};

pub use crate::store::Brief;

use crate::model::day::Day;

/// The day of a moment (milliseconds since 1970 UTC) in a time zone (minutes east of UTC).
pub fn day_of(at: i64, timezone: i32) -> Day {
    const EPOCH: i32 = 719_163;
    let days = (at + i64::from(timezone) * 60_000).div_euclid(86_400_000);
    Day::from_number(EPOCH.saturating_add(i32::try_from(days).unwrap_or(i32::MAX - EPOCH)))
}

#[cfg(test)]
mod tests {
    use super::day_of;

    #[test]
    fn a_day_begins_at_the_plans_midnight() {
        let late = 1_593_446_400_000 - 1; // 2020-06-29T15:59:59.999Z
        assert_eq!(day_of(late, 480).to_string(), "2020-06-29");
        assert_eq!(day_of(late + 1, 480).to_string(), "2020-06-30");
        assert_eq!(day_of(0, 0).to_string(), "1970-01-01");
        assert_eq!(day_of(-1, 0).to_string(), "1969-12-31");
    }
}
