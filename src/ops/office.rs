//! The office: the plan in force with all that is known under it, from the store, or from the files while there is none.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::rc::Rc;

use super::fault::Fault;
use super::files::{self, Files};
use super::find::holds;
use super::listed::{Listed, Listing};
use super::place::Place;
use crate::model::day::Day;
use crate::model::entry::TaskNo;
use crate::model::plan::{Dropped, Plan};
use crate::model::sheet::{Item, Sheet};
use crate::model::unit::{Class, UnitNo};
use crate::store::{
    Access, Area, Brief, InForce, Reader, Stamp, Store, StoreError, UnitRow, Which,
};

/// The plan in force, and where its facts are.
pub struct Office {
    /// The plan.
    pub plan: Plan,
    /// The digest of plan and roster.
    pub digest: String,
    /// The day of the latest amendment, where there was one after the first application.
    pub amended: Option<Day>,
    /// Whether the files mean something else than what is in force.
    pub changed: bool,
    /// The files as they are now, where they only look otherwise than when they were applied.
    pub(super) restamp: Option<Vec<Stamp>>,
    pub(super) place: Place,
    pub(super) numbers: Vec<TaskNo>,
    /// The classes of units, by number.
    pub classes: Vec<Class>,
    pub(super) orders: Vec<Item>,
    /// Tasks that the plan has no longer, as far as somebody asked about them.
    pub(super) dropped: RefCell<BTreeMap<TaskNo, Rc<Dropped>>>,
    pub(super) source: Source,
}

/// Where units and facts are looked up.
pub(super) enum Source {
    /// In the store.
    Store(RefCell<Store>),
    /// Nowhere but in the files: there is no store yet, or nothing in force in it.
    Files {
        listed: Box<Listed>,
        stamps: Vec<Stamp>,
    },
}

impl Office {
    /// Opens plan and store for looking. `now` says on which day a roster that is not applied yet counts as applied.
    ///
    /// # Errors
    /// Whatever the files and the store say.
    pub fn open(place: &Place, now: i64) -> Result<Self, Fault> {
        Self::open_with(place, now, Access::Read)
    }

    /// Opens plan and store for recording. There need not be a store yet.
    ///
    /// # Errors
    /// [`Fault::Changed`] where the files mean something else than what is in force, and whatever files and store say.
    pub fn open_for_writing(place: &Place, now: i64) -> Result<Self, Fault> {
        let office = Self::open_with(place, now, Access::Write)?;
        if office.changed {
            Err(Fault::Changed)
        } else {
            Ok(office)
        }
    }

    pub(super) fn open_with(place: &Place, now: i64, access: Access) -> Result<Self, Fault> {
        let Some(mut store) = Store::open(&place.store, access)? else {
            return Self::from_files(place, now);
        };
        let read = {
            let reader = store.read()?;
            reader
                .in_force()?
                .map(|force| Ok::<_, StoreError>((force, reader.orders()?)))
                .transpose()?
        };
        let Some((force, orders)) = read else {
            return Self::from_files(place, now);
        };
        let seen = look_at_files(place, &force)?;
        let amended = force.amended.then_some(force.applied);
        let InForce {
            plan,
            digest,
            tasks,
            classes,
            ..
        } = force;
        Ok(Self {
            plan,
            digest,
            amended,
            changed: matches!(seen, Seen::Changed),
            restamp: if let Seen::Touched(stamps) = seen {
                Some(stamps)
            } else {
                None
            },
            place: place.clone(),
            numbers: tasks,
            classes,
            orders,
            dropped: RefCell::default(),
            source: Source::Store(RefCell::new(store)),
        })
    }

    fn from_files(place: &Place, now: i64) -> Result<Self, Fault> {
        let mut files = Files::read(&place.plan)?;
        let plan = files.plan().clone();
        let day = plan.timezone.day_of(now);
        let digest = files.digest();
        let listed = Listed::new(&plan, std::mem::take(&mut files.roster), day);
        Ok(Self {
            digest,
            amended: None,
            changed: false,
            restamp: None,
            place: place.clone(),
            numbers: (0..).take(plan.tasks.len()).collect(),
            classes: listed.classes.clone(),
            orders: Vec::new(),
            dropped: RefCell::default(),
            source: Source::Files {
                listed: Box::new(listed),
                stamps: files.stamps,
            },
            plan,
        })
    }

    /// Where the store is, or will be.
    pub const fn store_path(&self) -> &PathBuf {
        &self.place.store
    }

    /// Whether anything has been recorded yet.
    pub const fn has_store(&self) -> bool {
        matches!(self.source, Source::Store(_))
    }

    /// Looks into the store in one read transaction; `None` while there is none.
    pub(super) fn look<T>(
        &self,
        look: impl FnOnce(&Reader) -> Result<T, StoreError>,
    ) -> Result<Option<T>, Fault> {
        match &self.source {
            Source::Store(store) => Ok(Some(look(&store.borrow_mut().read()?)?)),
            Source::Files { .. } => Ok(None),
        }
    }

    fn listed(&self) -> Option<&Listed> {
        match &self.source {
            Source::Store(_) => None,
            Source::Files { listed, .. } => Some(listed),
        }
    }

    fn listed_row(&self, no: UnitNo) -> Result<Listing<'_>, Fault> {
        let listed = self.listed().ok_or(StoreError::NoPlan)?;
        Ok(listed.row(no))
    }

    pub(super) fn each_sheet(
        &self,
        units: Option<&[UnitNo]>,
        visit: &mut dyn FnMut(&Sheet),
    ) -> Result<(), Fault> {
        match &self.source {
            Source::Store(store) => {
                let which = units.map_or(Which::All, Which::Units);
                Ok(store.borrow_mut().read()?.each_sheet(which, visit)?)
            }
            Source::Files { listed, .. } => {
                let every: Vec<UnitNo>;
                let units = match units {
                    Some(units) => units,
                    None => {
                        every = listed.rows().map(|row| row.no).collect();
                        &every
                    }
                };
                for no in units {
                    visit(&listed.sheet(*no));
                }
                Ok(())
            }
        }
    }

    /// The unit of that number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn unit(&self, no: UnitNo) -> Result<UnitRow, Fault> {
        match self.look(|reader| reader.unit(no))? {
            Some(row) => Ok(row),
            None => Ok(self.listed_row(no)?.into()),
        }
    }

    /// The units of those numbers, in the order given.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn units(&self, numbers: &[UnitNo]) -> Result<Vec<UnitRow>, Fault> {
        match self.look(|reader| reader.units(numbers))? {
            Some(rows) => Ok(rows),
            None => numbers
                .iter()
                .map(|no| Ok(self.listed_row(*no)?.into()))
                .collect(),
        }
    }

    /// Calls `visit` with what lists say of the units of those numbers, which ascend.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn each_brief(
        &self,
        numbers: &[UnitNo],
        visit: &mut dyn FnMut(Brief<'_>),
    ) -> Result<(), Fault> {
        if self
            .look(|reader| reader.each_brief(numbers, visit))?
            .is_none()
        {
            for no in numbers {
                let row = self.listed_row(*no)?;
                visit(Brief {
                    no: row.no,
                    place: row.no,
                    code: row.unit.code.as_str(),
                    short: &row.unit.short,
                    contact: &row.unit.contact,
                });
            }
        }
        Ok(())
    }

    /// The short names of units by number, each once, in whatever order they are asked for.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn short_names(
        &self,
        units: impl Iterator<Item = UnitNo>,
    ) -> Result<HashMap<UnitNo, String>, Fault> {
        let mut numbers: Vec<UnitNo> = units.collect();
        numbers.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        let mut names = HashMap::with_capacity(numbers.len());
        self.each_brief(&numbers, &mut |brief| {
            names.insert(brief.no, brief.short.into());
        })?;
        Ok(names)
    }

    /// The kind of the units of that class.
    pub fn kind(&self, class: u32) -> &str {
        self.classes
            .get(class as usize)
            .map_or("", |class| class.kind.as_str())
    }

    pub(super) fn unit_by_code(&self, code: &str) -> Result<Option<UnitRow>, Fault> {
        match self.look(|reader| reader.unit_by_code(code))? {
            Some(row) => Ok(row),
            None => Ok(self.filtered(|row| row.unit.code == *code, 1).pop()),
        }
    }

    pub(super) fn units_named(&self, name: &str) -> Result<Vec<UnitRow>, Fault> {
        match self.look(|reader| reader.units_named(name))? {
            Some(rows) => Ok(rows),
            None => Ok(self.filtered(
                |row| row.unit.name == name || row.unit.short == name,
                usize::MAX,
            )),
        }
    }

    pub(super) fn units_like(&self, part: &str, limit: usize) -> Result<Vec<UnitRow>, Fault> {
        match self.look(|reader| reader.units_like(part, limit))? {
            Some(rows) => Ok(rows),
            None => Ok(self.filtered(
                |row| holds(&row.unit.name, part) || holds(&row.unit.short, part),
                limit,
            )),
        }
    }

    fn filtered(&self, keep: impl Fn(&Listing) -> bool, limit: usize) -> Vec<UnitRow> {
        let rows = self.listed().into_iter().flat_map(Listed::rows);
        rows.filter(keep).take(limit).map(Into::into).collect()
    }

    /// The units under an area at any depth, ascending.
    pub(super) fn below(&self, area: UnitNo) -> Result<Vec<UnitNo>, Fault> {
        if let Source::Files { listed, .. } = &self.source {
            return Ok(listed.below(area));
        }
        Ok(self.look(|reader| reader.below(area))?.unwrap_or_default())
    }

    /// The units under which others stand.
    pub(super) fn areas(&self) -> Result<Vec<Area>, Fault> {
        match self.look(|reader| reader.areas())? {
            Some(areas) => Ok(areas),
            None => {
                let rows = || self.listed().into_iter().flat_map(Listed::rows);
                let parents: HashSet<UnitNo> = rows().filter_map(|row| row.parent).collect();
                let rows = self.filtered(|row| parents.contains(&row.no), usize::MAX);
                let area = |row: UnitRow| Area {
                    no: row.no,
                    place: row.place,
                    code: row.unit.code,
                    name: row.unit.short,
                    parent: row.parent,
                };
                Ok(rows.into_iter().map(area).collect())
            }
        }
    }

    /// Calls `visit` with the number, code and class of every unit.
    pub(super) fn each_code(&self, visit: &mut dyn FnMut(UnitNo, &str, u32)) -> Result<(), Fault> {
        if self.look(|reader| reader.each_code(visit))?.is_none() {
            for row in self.listed().into_iter().flat_map(Listed::rows) {
                visit(row.no, row.unit.code.as_str(), row.class);
            }
        }
        Ok(())
    }

    /// The names of the areas above a unit, nearest first.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn areas_above(&self, no: UnitNo) -> Result<Vec<String>, Fault> {
        let mut names = Vec::new();
        let mut at = self.unit(no)?.parent;
        while let Some(parent) = at.filter(|_| names.len() < 16) {
            let row = self.unit(parent)?;
            names.push(row.unit.short);
            at = row.parent;
        }
        Ok(names)
    }

    /// The supervisor's short name, or what the plan calls it where the roster has no such unit.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn supervisor_name(&self) -> Result<Option<String>, Fault> {
        Ok(match self.supervisor()? {
            Some(no) => Some(self.unit(no)?.unit.short),
            None => self.plan.supervisor.clone(),
        })
    }

    /// The supervisor's number, where the plan names one and the roster has it.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn supervisor(&self) -> Result<Option<UnitNo>, Fault> {
        let Some(name) = &self.plan.supervisor else {
            return Ok(None);
        };
        if let Some(row) = self.unit_by_code(name)? {
            return Ok(Some(row.no));
        }
        Ok(self.units_named(name)?.first().map(|row| row.no))
    }
}

/// What became of the files since they were applied.
enum Seen {
    /// Nothing.
    Same,
    /// They look otherwise, and mean the same.
    Touched(Vec<Stamp>),
    /// They mean something else.
    Changed,
}

fn look_at_files(place: &Place, force: &InForce) -> Result<Seen, Fault> {
    let mut stamps = force.files.iter().enumerate();
    if stamps.all(|(at, stamp)| files::is_same(&place.plan, stamp, at == 0)) {
        return Ok(Seen::Same);
    }
    let files = Files::read(&place.plan)?;
    if files.plan().id != force.plan.id {
        let (found, wanted) = (force.plan.id.to_string(), files.plan().id.to_string());
        return Err(StoreError::OtherPlan { found, wanted }.into());
    }
    Ok(if files.digest() == force.digest {
        Seen::Touched(files.stamps)
    } else {
        Seen::Changed
    })
}
