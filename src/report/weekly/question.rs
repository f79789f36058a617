//! What is asked of the week, and what that asks of the other answers.

use crate::model::board::View;
use crate::model::day::Day;
use crate::model::week::Week;
use crate::query::{Error, Selection, Workspace};
use crate::report::lagging::{self, Found};
use crate::report::status::{self, By};

/// What is asked of the week.
#[derive(Debug)]
pub(crate) struct Question {
    /// The day, which is in the week, and what was known by when.
    pub view: View,
    /// The units and tasks.
    pub selection: Selection,
    /// Whether the answer is a page; else it is five sentences.
    pub page: bool,
}

impl Question {
    pub(super) fn week(&self) -> Week {
        Week::of(self.view.as_of)
    }

    /// The day compared with: the last of the week before.
    pub(super) fn since(&self) -> Day {
        self.week().first() - 1
    }

    /// The last of the days to come: that of the next week.
    pub(super) fn until(&self) -> Day {
        self.week().next().last()
    }

    /// The lagging list, with what falls due in the days to come.
    pub(super) fn lagging(&self) -> lagging::Question {
        lagging::Question {
            view: self.view,
            selection: self.selection.clone(),
            within: Some(self.until() - self.view.as_of),
            since: Some(self.since()),
        }
    }

    /// The status by task on a day.
    pub(super) fn status(&self, as_of: Day, since: Option<Day>) -> status::Question {
        status::Question {
            view: View { as_of, ..self.view },
            selection: self.selection.clone(),
            by: By::Task,
            since,
            all: true,
            screen: false,
        }
    }

    /// The units that may lag, which the report borrows.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn found<'p>(&self, workspace: &'p Workspace) -> Result<Found<'p>, Error> {
        Found::of(workspace, &self.lagging())
    }
}
