//! A workspace: the plan in force and all that is known under it, at one moment of the store. Where there is no store yet, the
//! files are applied to one in memory, so that everything else is one path.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap};
use std::ops::{ControlFlow, RangeInclusive};
use std::path::PathBuf;
use std::rc::Rc;

use uuid::Uuid;

use super::clock::Clock;
use super::error::Error;
use super::files::{self, Files};
use super::place::Place;
use super::unit_names::UnitNames;
use crate::evidence::Folder;
use crate::model::day::Day;
use crate::model::entry::{Batch, Proof, Seq, TaskNo};
use crate::model::plan::{Dropped, Plan};
use crate::model::proof::Whereabouts;
use crate::model::sheet::{Item, Sheet};
use crate::model::unit::{Class, UnitNo};
use crate::store::{
    Access, InForce, Location, Reader, Stamp, Store, StoreError, UnitLabel, UnitRow, Which,
};

/// The plan in force, and its facts at one moment.
pub(crate) struct Workspace {
    /// The plan.
    pub plan: Plan,
    /// The digest of plan and roster.
    pub digest: String,
    /// The day of the latest amendment, where there was one after the first application.
    pub amended: Option<Day>,
    /// Whether the files mean something else than what is in force.
    pub changed: bool,
    /// Today, in the plan's time zone.
    pub today: Day,
    /// Whether a plan was ever put in force: else the answer is of the files alone.
    pub has_store: bool,
    /// The files as they are now, where they only look otherwise than when they were applied.
    pub(crate) restamp: Option<Vec<Stamp>>,
    pub(crate) place: Place,
    /// Where the plan and roster files in force were, the plan first.
    files: Vec<PathBuf>,
    pub(crate) numbers: Vec<TaskNo>,
    /// The classes of units, by number.
    pub classes: Vec<Class>,
    pub(crate) orders: Vec<Item>,
    /// Tasks that the plan has no longer, as far as somebody asked about them.
    pub(super) dropped: RefCell<BTreeMap<TaskNo, Rc<Dropped>>>,
    /// What looking for names found out, remembered for the next name.
    pub(super) unit_names: OnceCell<UnitNames>,
    pub(super) areas: RefCell<HashMap<String, Rc<Vec<UnitNo>>>>,
    pub(super) class_owes: OnceCell<Vec<bool>>,
    pub(super) windows: OnceCell<Vec<RangeInclusive<Day>>>,
    reader: Reader,
}

impl Workspace {
    /// Opens plan and store for looking, in one read transaction.
    ///
    /// # Errors
    /// Whatever the files and the store say.
    pub(crate) fn open(place: &Place, clock: Clock) -> Result<Self, Error> {
        if let Some(mut store) = place.store.open(Access::Read)? {
            let reader = store.read()?;
            if let Some(force) = reader.in_force()? {
                return Self::of(place, clock, reader, force);
            }
        }
        let files = Files::read(&place.plan)?;
        let mut transaction = Store::in_memory()?;
        let batch = Batch {
            id: Uuid::nil(),
            at: clock.now,
            actor: String::new(),
            command: String::new(),
            plan: files.digest(),
        };
        // Nobody will ever read it again, so it need not be committed.
        files.put_in_force(&mut transaction, clock, batch)?;
        let reader = Reader::clone(&transaction);
        let force = reader.in_force()?.ok_or(StoreError::NoPlan)?;
        let mut workspace = Self::of(place, clock, reader, force)?;
        workspace.has_store = false;
        Ok(workspace)
    }

    /// What is in force, at that moment of the store.
    ///
    /// # Errors
    /// Whatever the files and the store say.
    pub(crate) fn of(
        place: &Place,
        clock: Clock,
        reader: Reader,
        force: InForce,
    ) -> Result<Self, Error> {
        let seen = look_at_files(place, &force)?;
        let amended = last_amended(&reader, &force)?;
        let roster = force.files.iter().skip(1);
        let roster = roster.map(|stamp| files::beside(&place.plan, &stamp.path));
        let files = std::iter::once(place.plan.clone()).chain(roster).collect();
        let InForce {
            plan,
            digest,
            tasks,
            classes,
            ..
        } = force;
        Ok(Self {
            digest,
            amended,
            changed: matches!(seen, Seen::Changed),
            today: clock.today(plan.timezone),
            has_store: true,
            restamp: if let Seen::Touched(stamps) = seen {
                Some(stamps)
            } else {
                None
            },
            place: place.clone(),
            files,
            numbers: tasks,
            classes,
            orders: reader.orders()?,
            dropped: RefCell::default(),
            unit_names: OnceCell::new(),
            areas: RefCell::default(),
            class_owes: OnceCell::new(),
            windows: OnceCell::new(),
            plan,
            reader,
        })
    }

    /// Where the store is, or will be.
    pub(crate) const fn store_location(&self) -> &Location {
        &self.place.store
    }

    /// Where the plan and roster files in force were, the plan first.
    pub(crate) fn source_paths(&self) -> Vec<PathBuf> {
        self.files.clone()
    }

    /// The store at the moment of this workspace.
    pub(crate) fn reader(&self) -> &Reader {
        debug_assert!(self.reader.lasts(), "asked after its moment had ended");
        &self.reader
    }

    /// Ends the moment, so that nobody has to wait while the answer is written. The plan stays; the store can no longer be asked.
    pub(crate) fn end(&self) {
        self.reader.end();
    }

    /// Calls `visit` with the sheets of these units, or of all, in the order of unit numbers.
    pub(crate) fn each_sheet(
        &self,
        units: Option<&[UnitNo]>,
        visit: &mut dyn FnMut(&Sheet),
    ) -> Result<(), Error> {
        let which = units.map_or(Which::All, Which::Units);
        Ok(self.reader().each_sheet(which, visit)?)
    }

    /// The unit of that number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn unit(&self, no: UnitNo) -> Result<UnitRow, Error> {
        Ok(self.reader().unit(no)?)
    }

    /// The units of those numbers, in the order given.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn units(&self, numbers: &[UnitNo]) -> Result<Vec<UnitRow>, Error> {
        Ok(self.reader().units(numbers)?)
    }

    /// Calls `visit` with what lists say of the units of those numbers, which ascend.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn each_brief(
        &self,
        numbers: &[UnitNo],
        visit: &mut dyn FnMut(UnitLabel<'_>),
    ) -> Result<(), Error> {
        Ok(self.reader().each_brief(numbers, visit)?)
    }

    /// Of each piece of proof where its content is kept, or would be, and whether it is there; `None` for what is no file.
    pub(crate) fn whereabouts(&self, evidence: &[Proof]) -> Vec<Option<(PathBuf, Whereabouts)>> {
        let folder = Folder::new(self.place.evidence.clone());
        evidence.iter().map(|proof| folder.find(proof)).collect()
    }

    /// The number of the journal's last entry; it grows with each.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn last_entry(&self) -> Result<Seq, Error> {
        Ok(self.reader().last_seq()?)
    }

    /// The short names of units by number, each once, in whatever order they are asked for.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn short_names(
        &self,
        units: impl Iterator<Item = UnitNo>,
    ) -> Result<HashMap<UnitNo, String>, Error> {
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
    pub(crate) fn kind(&self, class: u32) -> &str {
        self.classes
            .get(class as usize)
            .map_or("", |class| class.kind.as_str())
    }

    /// The names of the areas above a unit, nearest first.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn areas_above(&self, no: UnitNo) -> Result<Vec<String>, Error> {
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
    pub(crate) fn supervisor_name(&self) -> Result<Option<String>, Error> {
        Ok(match self.supervisor()? {
            Some(no) => Some(self.unit(no)?.unit.short),
            None => self.plan.supervisor.clone(),
        })
    }

    /// The supervisor's number, where the plan names one and the roster has it.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn supervisor(&self) -> Result<Option<UnitNo>, Error> {
        let Some(name) = &self.plan.supervisor else {
            return Ok(None);
        };
        if let Some(row) = self.reader().unit_by_code(name)? {
            return Ok(Some(row.no));
        }
        Ok(self.reader().units_named(name)?.first().map(|row| row.no))
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

/// The day on which the plan in force took the place of another; by the moments of the journal, so that stores that hold the same batches
/// say the same.
fn last_amended(reader: &Reader, force: &InForce) -> Result<Option<Day>, StoreError> {
    let (mut before, mut day) = (None, None);
    reader.each_apply(&mut |batch| {
        let Batch { at, plan, .. } = batch.batch;
        let is_other = before.as_ref().is_some_and(|before| *before != plan);
        if plan == force.digest && (is_other || before.is_none()) {
            day = is_other.then(|| force.plan.timezone.day_of(at));
        }
        before = Some(plan);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(day)
}

fn look_at_files(place: &Place, force: &InForce) -> Result<Seen, Error> {
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
