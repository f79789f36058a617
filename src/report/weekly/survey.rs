//! One pass over the selected units for what no other answer counts: the days, the units one by one, and the areas by task.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Serialize;
use serde::ser::SerializeMap;

use crate::model::board::{Cell, View};
use crate::model::day::Day;
use crate::model::series::Series;
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};
use crate::model::unit::UnitNo;
use crate::query::{
    Error, Grouping, Groups, Selection, SurveyPart, Surveyed, UnitLabel, Workspace,
};
use crate::report::mask;

/// A unit's week.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct UnitRow {
    /// Its code.
    pub code: CompactString,
    /// Its short name.
    pub name: CompactString,
    /// Its kind.
    pub kind: CompactString,
    /// The area above it, by short name.
    pub area: Option<CompactString>,
    /// Its contact.
    pub contact: Option<CompactString>,
    /// Obligations expected.
    pub expected: u32,
    /// Completed.
    pub completed: u32,
    /// Completed on time.
    pub on_time: u32,
    /// Overdue.
    pub overdue: u32,
    /// Returned.
    pub returned: u32,
    /// The most days overdue.
    pub days: i32,
    /// Open obligations that fall due in the days to come.
    pub coming: u32,
    #[serde(skip)]
    no: UnitNo,
    #[serde(skip)]
    parent: Option<UnitNo>,
    #[serde(skip)]
    class: u32,
    #[serde(skip)]
    place: u32,
}

/// An area's week.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct AreaRow {
    /// Its code; empty for units that stand under none.
    pub code: String,
    /// Its short name.
    pub name: String,
    /// How many units.
    pub units: u64,
    /// How many of them lag.
    pub lagging: u64,
    /// Obligations expected.
    pub expected: u64,
    /// Completed.
    pub completed: u64,
    /// completed / expected.
    pub completion_rate: Rate,
    /// The same of each task, by its code in the order of the plan.
    pub by_task: TaskRates,
}

/// Completed of expected by task code, in the order of the plan.
#[derive(Clone, Debug)]
pub(crate) struct TaskRates(pub Vec<(String, Rate)>);

impl Serialize for TaskRates {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (task, rate) in &self.0 {
            map.serialize_entry(task, rate)?;
        }
        map.end()
    }
}

/// What the pass found.
pub(super) struct Surveys {
    pub(super) series: Series,
    pub(super) units: Vec<UnitRow>,
    pub(super) areas: Vec<AreaRow>,
}

/// An area in the making.
#[derive(Clone, Default)]
struct AreaCount {
    units: u64,
    lagging: u64,
    total: Tally,
    tasks: Vec<Tally>,
}

impl AreaCount {
    fn add(&mut self, more: Self) {
        self.units += more.units;
        self.lagging += more.lagging;
        self.total += more.total;
        self.tasks
            .resize(self.tasks.len().max(more.tasks.len()), Tally::default());
        for (sum, more) in self.tasks.iter_mut().zip(more.tasks) {
            *sum += more;
        }
    }
}

/// What one thread finds.
#[derive(Clone)]
struct Counted {
    series: Series,
    units: Vec<UnitRow>,
    areas: Vec<AreaCount>,
    grouping: Grouping,
}

impl SurveyPart for Counted {
    fn numbers(&self) -> Vec<UnitNo> {
        self.units.iter().map(|unit| unit.no).collect()
    }

    fn name(&mut self, at: usize, label: UnitLabel<'_>) {
        let unit = &mut self.units[at];
        unit.code = label.code.into();
        unit.name = label.short.into();
        let contact = mask::lent(label.contact);
        unit.contact = (!contact.is_empty()).then(|| contact.as_ref().into());
        unit.place = label.place;
    }
}

impl Counted {
    fn count(&mut self, unit: &Surveyed, as_of: Day, until: Day, tasks: usize) {
        let Surveyed { sheet, cells } = *unit;
        if cells.is_empty() {
            return;
        }
        let areas = &mut self.areas;
        let row = self.grouping.row_of(sheet, || {
            areas.push(AreaCount {
                tasks: vec![Tally::default(); tasks],
                ..AreaCount::default()
            });
            areas.len() - 1
        });
        let mut total = Tally::default();
        let (mut days, mut coming) = (0, 0);
        for cell in cells {
            self.series.count(cell);
            total.count(cell, as_of);
            if let Some(row) = row {
                self.areas[row].tasks[cell.task].count(cell, as_of);
            }
            if cell.standing == Standing::Overdue {
                days = days.max(cell.days);
            }
            coming += u32::from(falls_due(cell, until));
        }
        let lags = total.of(Standing::Overdue) > 0 && !sheet.is_closed(as_of);
        if let Some(row) = row {
            let area = &mut self.areas[row];
            area.units += 1;
            area.lagging += u64::from(lags);
            area.total += total;
        }
        let few = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        self.units.push(UnitRow {
            code: CompactString::default(),
            name: CompactString::default(),
            kind: CompactString::default(),
            area: None,
            contact: None,
            expected: few(total.expected()),
            completed: few(total.completed()),
            on_time: few(total.of(Standing::Done)),
            overdue: few(total.of(Standing::Overdue)),
            returned: few(total.of(Standing::Returned)),
            days,
            coming,
            no: sheet.unit,
            parent: sheet.parent,
            class: sheet.class,
            place: 0,
        });
    }

    fn and(mut self, more: Self) -> Self {
        self.series.join(&more.series);
        self.units.extend(more.units);
        let areas = &mut self.areas;
        let rows = self.grouping.join(more.grouping, || {
            areas.push(AreaCount::default());
            areas.len() - 1
        });
        for (row, more) in rows.into_iter().zip(more.areas) {
            self.areas[row].add(more);
        }
        self
    }
}

/// Whether it is still to be done and falls due by that day.
fn falls_due(cell: &Cell, until: Day) -> bool {
    matches!(cell.standing, Standing::Pending | Standing::DueSoon)
        && cell.due.is_some_and(|due| due <= until)
}

impl Surveys {
    /// Surveys the units selected. `until` is the last of the days to come.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(super) fn of(
        workspace: &Workspace,
        view: View,
        selection: &Selection,
        until: Day,
    ) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let grace = view.grace.unwrap_or(plan.grace);
        let none = Counted {
            series: Series::new(plan.issued, view.as_of, grace),
            units: Vec::new(),
            areas: Vec::new(),
            grouping: Grouping::new(workspace, Groups::Area, selection)?,
        };
        let parts = workspace.survey_in_parts(
            &workspace.ruler(view),
            None,
            selection,
            |_| true,
            || none.clone(),
            |part, unit| part.count(&unit, view.as_of, until, plan.tasks.len()),
        )?;
        let Counted {
            series,
            mut units,
            areas,
            grouping,
        } = parts.into_iter().fold(none.clone(), Counted::and);
        let parents = units.iter().filter_map(|unit| unit.parent);
        let names: HashMap<UnitNo, String> = workspace.short_names(parents)?;
        for unit in &mut units {
            let area = unit.parent.and_then(|parent| names.get(&parent));
            unit.area = area.map(CompactString::from);
            unit.kind = workspace.kind(unit.class).into();
        }
        units.sort_by_key(|unit| unit.place);
        let code = |place: usize| plan.tasks[place].code.to_string();
        let named = grouping.names(workspace)?.into_iter().zip(areas);
        let mut areas: Vec<(u32, AreaRow)> = named
            .map(|((place, (code_of, name)), area)| {
                let tasks = area.tasks.iter().enumerate();
                let tasks = tasks.filter(|(place, _)| selection.wants_task(*place));
                let row = AreaRow {
                    code: code_of,
                    name,
                    units: area.units,
                    lagging: area.lagging,
                    expected: area.total.expected(),
                    completed: area.total.completed(),
                    completion_rate: area.total.completion_rate(),
                    by_task: TaskRates(
                        tasks
                            .map(|(place, tally)| (code(place), tally.completion_rate()))
                            .collect(),
                    ),
                };
                (place, row)
            })
            .collect();
        areas.sort_by_key(|(place, _)| *place);
        Ok(Self {
            series,
            units,
            areas: areas.into_iter().map(|(_, area)| area).collect(),
        })
    }
}
