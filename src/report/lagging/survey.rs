//! What is asked, and what a survey finds of it.

use std::mem::take;

use super::{Arena, LaggingDue, LaggingUnit, Names};
use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::model::week::Week;
use crate::query::{Error, Selection, SurveyPart, UnitLabel, Workspace};
use crate::report::{Frame, mask};

/// What is asked of the lagging list.
#[derive(Debug)]
pub(crate) struct Question {
    /// The day, what was known by when, and the grace.
    pub view: View,
    /// The units and tasks.
    pub selection: Selection,
    /// Also what falls due within so many days.
    pub within: Option<i32>,
    /// Also who joined and left the list since the end of a day.
    pub since: Option<Day>,
}

/// The units that may lag, with the names of what they are about.
#[derive(Debug)]
pub(crate) struct Found<'p> {
    pub(super) frame: Frame,
    /// The days of grace in force.
    pub(super) grace: i32,
    pub(super) arenas: Vec<Arena<'p>>,
    pub(super) names: Names<'p>,
    pub(super) supervisor: Option<UnitNo>,
    /// The day compared with.
    pub(super) before: Option<Day>,
}

impl SurveyPart for Arena<'_> {
    fn earlier(&mut self, cell: &Cell) {
        self.lagged |= cell.standing == Standing::Overdue;
    }

    fn numbers(&self) -> Vec<UnitNo> {
        self.units().iter().map(|unit| unit.no).collect()
    }

    fn name(&mut self, at: usize, brief: UnitLabel<'_>) {
        let contact = mask::lent(brief.contact);
        let names = [brief.code, brief.short, &contact];
        Arena::name(self, at, brief.place, names);
    }
}

impl<'p> Found<'p> {
    /// Surveys the units selected.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &'p Workspace, question: &Question) -> Result<Self, Error> {
        let Question {
            view,
            selection,
            within,
            since,
        } = question;
        let plan = &workspace.plan;
        let ruler = workspace.ruler(*view);
        let week = || Some(Week::of(view.as_of).first() - 1).filter(|day| *day >= plan.issued);
        let before = since.or_else(week);
        let earlier = before.map(|as_of| workspace.ruler(View { as_of, ..*view }));
        let arenas = workspace.survey_in_parts(
            &ruler,
            earlier.as_ref(),
            selection,
            |cell| !(cell.standing.is_completed() || cell.standing == Standing::Excused),
            Arena::default,
            |arena, unit| {
                let is = |standing| move |cell: &&Cell| cell.standing == standing;
                let due = |cell| LaggingDue::new(plan, cell);
                let cells = || unit.cells.iter();
                let soon = |&within: &i32| {
                    cells().filter(move |cell| {
                        let open = matches!(cell.standing, Standing::DueSoon | Standing::Pending);
                        open && cell.due.is_some_and(|due| due - view.as_of <= within)
                    })
                };
                let sheet = unit.sheet;
                let lagged =
                    take(&mut arena.lagged) && !before.is_some_and(|day| sheet.is_closed(day));
                let closed = sheet.is_closed(view.as_of);
                arena.add(
                    LaggingUnit::new(sheet, lagged, closed),
                    (
                        cells().filter(is(Standing::Overdue)).map(due),
                        cells().filter(is(Standing::Returned)).map(due),
                        within.iter().flat_map(soon).map(due),
                    ),
                );
            },
        )?;
        let areas = arenas.iter().flat_map(Arena::areas);
        let names = Names {
            classes: &workspace.classes,
            areas: workspace.short_names(areas.copied())?,
            compared: before.is_some(),
        };
        Ok(Self {
            frame: Frame::of(workspace, *view).within(selection),
            grace: view.grace.unwrap_or(plan.grace),
            arenas,
            names,
            supervisor: workspace.supervisor()?,
            before,
        })
    }
}
