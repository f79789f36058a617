//! `report`: the week on one page (周报): how far it is, what changed, who lags, what waits for the office, what falls due next.
//!
//! Every figure is another answer's own: `status`, `lagging`, `todo` and `board` are asked as anybody asks them, at one moment of the
//! store; what none of them counts is one more pass, in `survey`. `sentences` tells it in five sentences, `page` lays it out.

mod burn_up;
mod figures;
mod index;
mod page;
mod question;
mod sentences;
mod survey;

use std::collections::HashMap;

pub(crate) use index::{Told, index};
pub(crate) use question::Question;
use serde::Serialize;

use self::figures::{Before, Coming, DayRow, Mark, Neglected, Span, Waiting};
use self::survey::{AreaRow, Surveys, UnitRow};
use super::board::Board;
use super::lagging::{Found, Lagging};
use super::status::Status;
use super::todo::Todo;
use super::{Frame, Report};
use crate::document::Document;
use crate::model::board::View;
use crate::query::{Error, Workspace};
use crate::words::Words;

/// From how many units on a page shows areas instead of every unit.
const MANY: usize = 200;

/// The week.
#[derive(Debug, Serialize)]
pub(crate) struct Weekly<'p> {
    /// `duban.report/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// Which week.
    pub week: Span,
    /// `status --since` the day of `before`.
    pub status: Status,
    /// How it stood then.
    pub before: Before,
    /// `lagging --since` the same day, `--within` the days to come.
    pub lagging: Lagging<'p>,
    /// Which of these nobody can call on.
    pub neglected: Neglected,
    /// `todo`.
    pub todo: Todo,
    /// What of it waits for the office.
    pub waiting: Waiting,
    /// What falls due next.
    pub coming: Coming,
    /// Every day since the plan was issued.
    pub series: Vec<DayRow>,
    /// The notices issued since.
    pub notices: Vec<Mark>,
    /// The areas right below the one asked about.
    pub areas: Vec<AreaRow>,
    /// `board`; `null` where there are too many units for one.
    pub board: Option<Board<'p>>,
    /// The units, in the order of the roster.
    pub rows: Vec<UnitRow>,
    /// Who watches.
    #[serde(skip)]
    office: Option<String>,
    /// Where the page of an area is, by its code.
    #[serde(skip)]
    links: HashMap<String, String>,
    /// Whether people get a page.
    #[serde(skip)]
    pub page: bool,
}

impl<'p> Weekly<'p> {
    /// The week of the day asked about.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &'p Workspace,
        question: &Question,
        found: &'p Found<'p>,
    ) -> Result<Self, Error> {
        let (view, week, since) = (question.view, question.week(), question.since());
        let selection = &question.selection;
        let lagging = Lagging::of(found, &question.lagging());
        let status = Status::of(workspace, &question.status(view.as_of, Some(since)))?;
        let then = View {
            as_of: since,
            ..view
        };
        let movement = lagging.since.as_ref();
        let (joined, left) = movement.map_or((0, 0), |it| (it.joined.len(), it.left.len()));
        let todo = Todo::of(workspace, selection, view, false)?;
        let before = Before {
            day: since,
            total: Status::of(workspace, &question.status(since, None))?.total,
            lagging: (lagging.units + left as u64).saturating_sub(joined as u64),
            waiting: Waiting::of(&Todo::of(workspace, selection, then, false)?),
        };
        let surveys = Surveys::of(workspace, view, selection, question.until())?;
        let many = surveys.units.len() > MANY;
        let board = (!many).then(|| Board::of(workspace, view, selection, false, false));
        let (year, number) = week.number();
        Ok(Self {
            schema: "duban.report/1",
            frame: Frame::of(workspace, view).within(selection),
            week: Span {
                year,
                number,
                from: week.first(),
                to: week.last(),
            },
            status,
            before,
            neglected: Neglected::of(&lagging),
            waiting: Waiting::of(&todo),
            todo,
            coming: Coming::of(&workspace.plan, &lagging, view.as_of, question.until()),
            lagging,
            series: surveys.series.points().map(DayRow::from).collect(),
            notices: notices(workspace, view),
            areas: surveys.areas,
            links: HashMap::new(),
            board: board.transpose()?,
            rows: surveys.units,
            office: workspace.supervisor_name()?,
            page: question.page,
        })
    }

    /// The same, where each area has a page of its own beside this one: by its code, where.
    #[must_use]
    pub(crate) fn with_links(self, links: HashMap<String, String>) -> Self {
        Self { links, ..self }
    }

    /// The folder of the week among others: `2020-W28`.
    pub(crate) fn folder(&self) -> String {
        format!("{}-W{:02}", self.week.year, self.week.number)
    }

    /// The plan's id.
    pub(crate) fn plan(&self) -> &str {
        &self.frame.plan.id
    }

    /// What heads the page.
    pub(crate) fn heading(&self) -> &str {
        &self.frame.plan.short
    }

    /// Whether a page shows areas instead of every unit.
    const fn is_grouped(&self) -> bool {
        self.board.is_none()
    }

    /// Whether anything was expected of anybody.
    const fn is_empty(&self) -> bool {
        self.status.total.applicable == 0
    }
}

fn notices(workspace: &Workspace, view: View) -> Vec<Mark> {
    let notices = workspace.notices_in(view).into_iter();
    let marks = notices.map(|issued| Mark {
        notice: issued.number,
        day: issued.on,
    });
    marks.collect()
}

impl Report for Weekly<'_> {
    type Row = UnitRow;

    fn rows(&self) -> &[UnitRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        if self.page {
            page::document(self, words)
        } else {
            sentences::document(self, words)
        }
    }

    fn picture<'a>(&'a self, words: &'a Words) -> Document<'a> {
        page::picture(self, words)
    }
}
