//! Where a record stands with review: waiting, accepted, or returned and what came after.

use serde::Serialize;

use super::frame::listed;
use super::log::LogRow;
use crate::document::{Text, Tone};
use crate::model::day::Day;
use crate::words::{Words, args};

/// What review said of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReviewState {
    /// Nothing yet (待审核).
    Waiting,
    /// Good (审核通过).
    Accepted,
    /// Sent back (退回整改).
    Returned,
}

/// Where a record stands with review.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct RecordReview {
    /// What review said.
    pub state: ReviewState,
    /// The last day to put it right, of what was returned.
    pub rectify: Option<Day>,
    /// The records of the same unit and task that came after the return, by id, oldest first.
    pub again: Vec<String>,
}

impl RecordReview {
    /// The review of a record. `later` are the entries about it, oldest first; `others` those of its unit, newest first. A
    /// return wins over an acceptance (rule 10).
    pub(crate) fn of(record: &LogRow, later: &[LogRow], others: &[LogRow]) -> Self {
        let live = |kind: &'static str| {
            let mut rows = later.iter().rev();
            rows.find(move |row| row.kind == kind && row.stands())
        };
        let Some(returned) = live("return") else {
            return Self {
                state: live("accept").map_or(ReviewState::Waiting, |_| ReviewState::Accepted),
                rectify: None,
                again: Vec::new(),
            };
        };
        let position = |row: &LogRow| others.iter().position(|other| other.id == row.id);
        let recorded = position(returned);
        let after = |row: &&LogRow| {
            row.kind == "record"
                && row.task == record.task
                && row.id != record.id
                && row.stands()
                && (row.day > returned.day || row.day == returned.day && position(row) < recorded)
        };
        let again = others.iter().rev().filter(after);
        Self {
            state: ReviewState::Returned,
            rectify: returned.due,
            again: again.map(|row| row.id.clone()).collect(),
        }
    }

    /// The same in one line.
    pub(crate) fn line(&self, words: &Words) -> Text {
        let day = self.rectify.map(|day| day.to_string()).unwrap_or_default();
        match self.state {
            ReviewState::Waiting => words.text("review-waiting").into(),
            ReviewState::Accepted => (words.text("review-is-accepted"), Tone::Done).into(),
            ReviewState::Returned if self.again.is_empty() => {
                let text = words.say("review-is-returned", &args!(day = day));
                (text, Tone::Returned).into()
            }
            ReviewState::Returned => {
                let ids = listed(words, &self.again);
                let args = args!(day = day, ids = ids);
                words.say("review-again", &args).into()
            }
        }
    }
}
