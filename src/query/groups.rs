//! Groups of units for a report's rows, and what turned for each of them since another day.

use std::collections::HashMap;

use compact_str::CompactString;
use smallvec::SmallVec;

use super::error::Error;
use super::selection::Selection;
use super::survey::Surveyed;
use super::workspace::Workspace;
use crate::model::board::Cell;
use crate::model::day::Day;
use crate::model::sheet::Sheet;
use crate::model::turn::{Turn, turns};
use crate::model::unit::UnitNo;

/// By what units are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Groups {
    /// Not at all: the rows are parts of the plan.
    None,
    /// By kind.
    Kind,
    /// By the areas right below the one asked about.
    Area,
    /// Each for itself.
    Unit,
}

/// Rows by groups of units, in the order in which their first unit came.
#[derive(Clone)]
pub(crate) struct Grouping {
    by: Groups,
    /// The row of each class, for kinds.
    kinds: Vec<String>,
    /// The group of each area number: the area right below the one asked about.
    groups: HashMap<UnitNo, Option<UnitNo>>,
    top: Option<UnitNo>,
    rows: HashMap<Key, usize>,
    keys: Vec<Key>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Key {
    Kind(String),
    Unit(UnitNo),
    /// Units that stand under no area.
    Nowhere,
}

impl Grouping {
    /// Makes ready to group the units of a selection.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn new(
        workspace: &Workspace,
        by: Groups,
        selection: &Selection,
    ) -> Result<Self, Error> {
        let mut groups = HashMap::new();
        let mut top = selection.area;
        if by == Groups::Area {
            let areas = workspace.reader().areas()?;
            let parents: HashMap<UnitNo, Option<UnitNo>> =
                areas.iter().map(|area| (area.no, area.parent)).collect();
            if top.is_none() {
                top = only_root(&parents);
            }
            for area in &areas {
                groups.insert(area.no, group_of(area.no, top, &parents));
            }
        }
        let kinds = workspace
            .classes
            .iter()
            .map(|class| class.kind.clone())
            .collect();
        Ok(Self {
            by,
            kinds,
            groups,
            top,
            rows: HashMap::new(),
            keys: Vec::new(),
        })
    }

    /// The row of a unit; `add` makes a new one.
    pub(crate) fn row_of(&mut self, sheet: &Sheet, add: impl FnOnce() -> usize) -> Option<usize> {
        let key = match self.by {
            Groups::None => return None,
            Groups::Kind => Key::Kind(
                self.kinds
                    .get(sheet.class as usize)
                    .cloned()
                    .unwrap_or_default(),
            ),
            Groups::Unit => Key::Unit(sheet.unit),
            Groups::Area => match sheet.parent {
                Some(parent) if Some(parent) == self.top => Key::Unit(parent),
                Some(parent) => match self.groups.get(&parent) {
                    Some(Some(group)) => Key::Unit(*group),
                    Some(None) => Key::Nowhere,
                    // Its row is gone, as is told once its name is looked up.
                    None => Key::Unit(parent),
                },
                None => Key::Nowhere,
            },
        };
        Some(self.row(key, add))
    }

    fn row(&mut self, key: Key, add: impl FnOnce() -> usize) -> usize {
        if let Some(row) = self.rows.get(&key) {
            return *row;
        }
        let row = add();
        self.rows.insert(key.clone(), row);
        self.keys.push(key);
        row
    }

    /// Adds the groups of units that follow, and returns the row that each of their rows has here.
    pub(crate) fn join(&mut self, more: Self, mut add: impl FnMut() -> usize) -> Vec<usize> {
        let keys = more.keys.into_iter();
        keys.map(|key| self.row(key, &mut add)).collect()
    }

    /// The code and name of each row, with its place in the roster; of a kind that of its first unit. Units that stand under no area
    /// have no code, and come last.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn names(
        &self,
        workspace: &Workspace,
    ) -> Result<Vec<(u32, (String, String))>, Error> {
        let first = match self.by {
            Groups::Kind => workspace.reader().first_places()?,
            _ => HashMap::new(),
        };
        let name = |key: &Key| match key {
            Key::Kind(kind) => {
                let place = first.get(kind).copied().unwrap_or(u32::MAX);
                Ok((place, (kind.clone(), kind.clone())))
            }
            Key::Unit(no) => workspace
                .unit(*no)
                .map(|row| (row.place, super::names::names(&row.unit))),
            Key::Nowhere => Ok((u32::MAX, (String::new(), "-".to_string()))),
        };
        self.keys.iter().map(name).collect()
    }
}

/// The one area that stands under none, if there is just one.
fn only_root(parents: &HashMap<UnitNo, Option<UnitNo>>) -> Option<UnitNo> {
    let mut roots = parents
        .iter()
        .filter(|(_, parent)| parent.is_none())
        .map(|(no, _)| *no);
    match (roots.next(), roots.next()) {
        (Some(root), None) => Some(root),
        _ => None,
    }
}

/// The area right below `top` under which `area` stands, or which it is.
fn group_of(
    area: UnitNo,
    top: Option<UnitNo>,
    parents: &HashMap<UnitNo, Option<UnitNo>>,
) -> Option<UnitNo> {
    let mut at = area;
    for _ in 0..=parents.len() {
        let parent = parents.get(&at).copied().flatten();
        if parent == top {
            return Some(at);
        }
        at = parent?;
    }
    None
}

/// An obligation that turned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Turned {
    /// How.
    pub turn: Turn,
    /// The task, by its place in the plan.
    pub task: usize,
    /// The due day in force.
    pub due: Option<Day>,
}

/// A unit for which something turned.
#[derive(Clone, Debug)]
pub(crate) struct TurnedUnit {
    no: UnitNo,
    place: u32,
    /// Its code.
    pub code: CompactString,
    /// Its short name.
    pub name: CompactString,
    /// What turned. Of a whole cell only so much is kept: of a nation there are a million.
    pub turned: SmallVec<[Turned; 2]>,
}

/// What turned since a day, unit by unit.
#[derive(Clone)]
pub(crate) struct Turns {
    since: Option<Day>,
    /// The obligations of the unit in hand as they stood then.
    then: Vec<Cell>,
    found: Vec<TurnedUnit>,
}

impl Turns {
    /// Nothing yet; with no day nothing is noted.
    pub(crate) const fn new(since: Option<Day>) -> Self {
        Self {
            since,
            then: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Notes how an obligation of the unit that follows stood then.
    pub(crate) fn earlier(&mut self, cell: &Cell) {
        if self.since.is_some() {
            self.then.push(*cell);
        }
    }

    /// Notes what turned for a unit.
    pub(crate) fn note(&mut self, unit: &Surveyed) {
        if self.since.is_none() {
            return;
        }
        let turned = turns(&self.then, unit.cells).map(|(turn, cell)| Turned {
            turn,
            task: cell.task,
            due: cell.due,
        });
        let turned: SmallVec<_> = turned.collect();
        self.then.clear();
        if !turned.is_empty() {
            self.found.push(TurnedUnit {
                no: unit.sheet.unit,
                place: 0,
                code: CompactString::default(),
                name: CompactString::default(),
                turned,
            });
        }
    }

    /// Adds what turned for units that follow.
    pub(crate) fn join(&mut self, more: Self) {
        self.found.extend(more.found);
    }

    /// The day, and what turned, with the units' codes and short names in the order of the roster.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn finish(
        self,
        workspace: &Workspace,
    ) -> Result<Option<(Day, Vec<TurnedUnit>)>, Error> {
        let Some(since) = self.since else {
            return Ok(None);
        };
        let mut found = self.found;
        let numbers: Vec<UnitNo> = found.iter().map(|unit| unit.no).collect();
        let mut units = found.iter_mut();
        workspace.each_brief(&numbers, &mut |label| {
            if let Some(unit) = units.next() {
                unit.place = label.place;
                unit.code = label.code.into();
                unit.name = label.short.into();
            }
        })?;
        found.sort_by_key(|unit| unit.place);
        Ok(Some((since, found)))
    }
}
