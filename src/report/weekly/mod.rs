//! `report`: the week on one page (周报): how far it is, what changed, who lags, what waits for the office, what falls due next.
//!
//! Every figure is another answer's own: `status`, `lagging`, `todo` and `board` are asked as anybody asks them, at one moment of the
//! store; what none of them counts is one more pass, in `survey`. `sentences` tells it in five sentences, `page` lays it out.

mod burn_up;
mod index;
mod page;
mod sentences;
mod survey;

use std::collections::HashMap;

pub(crate) use index::{Told, index};
use serde::Serialize;

use self::survey::{AreaRow, Surveys, UnitRow};
use super::board::Board;
use super::lagging::{self, Found, Lagging};
use super::status::{self, By, Figures, Status};
use super::todo::{Todo, What};
use super::{Frame, Report};
use crate::document::Document;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::series::Point;
use crate::model::week::Week;
use crate::query::{Error, Selection, Workspace};
use crate::words::Words;

/// From how many units on a page shows areas instead of every unit.
const MANY: usize = 200;

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
    fn week(&self) -> Week {
        Week::of(self.view.as_of)
    }

    /// The day compared with: the last of the week before.
    fn since(&self) -> Day {
        self.week().first() - 1
    }

    /// The last of the days to come: that of the next week.
    fn until(&self) -> Day {
        self.week().next().last()
    }

    /// The lagging list, with what falls due in the days to come.
    fn lagging(&self) -> lagging::Question {
        lagging::Question {
            view: self.view,
            selection: self.selection.clone(),
            within: Some(self.until() - self.view.as_of),
            since: Some(self.since()),
        }
    }

    /// The status by task on a day.
    fn status(&self, as_of: Day, since: Option<Day>) -> status::Question {
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

/// Which week.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Span {
    /// The year of the week's number.
    pub year: i32,
    /// Its number in the year.
    pub number: u32,
    /// Its Monday.
    pub from: Day,
    /// Its Sunday.
    pub to: Day,
}

/// How it stood at the end of the week before.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Before {
    /// That day.
    pub day: Day,
    /// The figures.
    pub total: Figures,
    /// How many units lagged.
    pub lagging: u64,
    /// What waited for the office.
    pub waiting: Waiting,
}

/// What waits for the office, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Waiting {
    /// All of it.
    pub total: u64,
    /// Records to review.
    pub review: u64,
    /// Findings of an audit, to be verified.
    pub suspected: u64,
    /// Returned work whose rectification day is past.
    pub corrections: u64,
    /// Objections to decide.
    pub objections: u64,
    /// Questions that the plan leaves open.
    pub questions: u64,
}

impl Waiting {
    fn of(todo: &Todo) -> Self {
        let mut waiting = Self::default();
        for row in &todo.rows {
            match row.what {
                What::Review => waiting.review += row.count,
                What::Suspected => waiting.suspected += row.count,
                What::Rectify if row.days.is_some_and(|days| days < 0) => {
                    waiting.corrections += row.count;
                }
                What::Objection => waiting.objections += row.count,
                What::Question => waiting.questions += row.count,
                What::Rectify | What::Named | What::Lagging | What::Notice | What::Due => {}
            }
        }
        let Self {
            total: _,
            review,
            suspected,
            corrections,
            objections,
            questions,
        } = waiting;
        waiting.total = review + suspected + corrections + objections + questions;
        waiting
    }
}

/// Among the units that lag, those that nobody can call on.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Neglected {
    /// Those that were reminded of nothing that is overdue.
    pub unreminded: u64,
    /// Those without a contact.
    pub no_contact: u64,
}

/// The end of a day in the series.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct DayRow {
    /// The day.
    pub day: Day,
    /// Obligations expected by then.
    pub expected: u64,
    /// Completed by then.
    pub completed: u64,
    /// What fell due on that day alone.
    pub due: u64,
}

/// A notice on the series.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Mark {
    /// Its number.
    pub notice: u32,
    /// The day of issue.
    pub day: Day,
}

/// What falls due in the days to come.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Coming {
    /// The first day: the one asked about.
    pub from: Day,
    /// The last: the Sunday of the next week.
    pub to: Day,
    /// Obligations.
    pub obligations: u64,
    /// Units that owe any of them.
    pub units: u64,
    /// The most that one unit owes.
    pub most: u64,
    /// By day and task.
    pub dues: Vec<ComingDue>,
}

/// A task that units owe by one day.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ComingDue {
    /// The day.
    pub due: Day,
    /// The task's code.
    pub task: String,
    /// Its short name.
    pub name: String,
    /// How many units owe it.
    pub units: u64,
}

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
        let todo = Todo::of(workspace, selection, view)?;
        let before = Before {
            day: since,
            total: Status::of(workspace, &question.status(since, None))?.total,
            lagging: (lagging.units + left as u64).saturating_sub(joined as u64),
            waiting: Waiting::of(&Todo::of(workspace, selection, then)?),
        };
        let surveys = Surveys::of(workspace, view, selection, question.until())?;
        let many = surveys.units.len() > MANY;
        let board = (!many).then(|| Board::of(workspace, view, selection, false));
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

impl From<Point> for DayRow {
    fn from(point: Point) -> Self {
        Self {
            day: point.day,
            expected: point.expected,
            completed: point.done,
            due: point.due,
        }
    }
}

impl Neglected {
    fn of(lagging: &Lagging) -> Self {
        let rows = || lagging.rows.iter().chain(&lagging.supervisor);
        let unreminded = rows().filter(|row| row.reminders() == 0).count();
        let no_contact = rows().filter(|row| row.contact().is_none()).count();
        Self {
            unreminded: unreminded as u64,
            no_contact: no_contact as u64,
        }
    }
}

impl Coming {
    /// What units owe in the days to come, as the lagging list looks ahead.
    fn of(plan: &Plan, lagging: &Lagging, from: Day, to: Day) -> Self {
        let mut dues: Vec<ComingDue> = Vec::new();
        let (mut obligations, mut most) = (0, 0);
        let mut places = HashMap::new();
        for row in &lagging.soon {
            let owed = row.dues().len() as u64;
            obligations += owed;
            most = owed.max(most);
            // A unit whose dues of one task were moved onto one day owes it once there.
            let mut met = Vec::new();
            for due in row.dues() {
                let Some(day) = due.due else { continue };
                let place = places.entry((day, due.task.code.as_str()));
                let place = *place.or_insert_with(|| {
                    dues.push(ComingDue {
                        due: day,
                        task: due.task.code.to_string(),
                        name: due.task.short.clone(),
                        units: 0,
                    });
                    dues.len() - 1
                });
                if !met.contains(&place) {
                    met.push(place);
                    dues[place].units += 1;
                }
            }
        }
        dues.sort_by_key(|due| (due.due, plan.task(&due.task)));
        Self {
            from,
            to,
            obligations,
            units: lagging.soon.len() as u64,
            most,
            dues,
        }
    }
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
}
