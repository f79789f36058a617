//! The journal told: entries with the names of what they are about.

use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;
use std::ops::ControlFlow;
use std::rc::Rc;

use uuid::Uuid;

use super::error::Error;
use super::error::unknown_entry;
use super::names::names;
use super::notice::standing_notices;
use super::selection::Selection;
use super::workspace::Workspace;

use crate::model::amend::Change;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Batch, Entry, Seq, TaskNo};
use crate::model::plan::Dropped;
use crate::model::sheet::{Fate, Item, NO_TASK};
use crate::model::unit::UnitNo;
use crate::store::{Fates, LogFilter, StoredBatch, StoredEntry};

/// An entry with what people want to know of it.
#[derive(Clone, Debug)]
pub(crate) struct LogEntry {
    /// Its batch.
    pub batch: Batch,
    /// Its address.
    pub address: Address,
    /// Whether its batch has no other entry.
    pub single: bool,
    /// The entry.
    pub entry: Entry,
    /// The address of the entry that it is about, and whether that one's batch has no other.
    pub about: Option<(Address, bool)>,
    /// The unit's code and short name.
    pub unit: Option<(String, String)>,
    /// The task's code and short name.
    pub task: Option<(String, String)>,
    /// Whether it stands, was undone, or is told by another entry.
    pub fate: Fate,
}

impl LogEntry {
    /// By what entries follow one another, in whatever order their batches arrived: the moment, then the batch and the place in it.
    pub(crate) const fn moment(&self) -> (i64, Uuid, u32) {
        let Address { batch, index } = self.address;
        (self.batch.at, batch, index)
    }
}

/// Which entries `log` lists.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct LogQuery<'a> {
    /// Only those that act by this day.
    pub until: Option<Day>,
    /// Only those recorded by this day.
    pub known_by: Option<Day>,
    /// Only those recorded since this day.
    pub since: Option<Day>,
    /// Only what that person typed.
    pub actor: Option<&'a str>,
    /// At most so many, the newest.
    pub limit: usize,
    /// The oldest first; else the newest.
    pub oldest_first: bool,
}

/// So many entries are told at a time, where there may be more than can be held.
const AT_A_TIME: usize = 1 << 11;

impl LogEntry {
    /// Whether it stands.
    pub(crate) fn stands(&self) -> bool {
        self.fate == Fate::Stands
    }
}

impl Workspace {
    /// The entries that a query asks for, and whether there are more.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn log(
        &self,
        query: &LogQuery,
        selection: &Selection,
    ) -> Result<(Vec<LogEntry>, bool), Error> {
        let mut found: Vec<(StoredBatch, StoredEntry)> = Vec::new();
        let mut more = false;
        // The newest are those that a limit keeps, in whatever order they are told.
        let newest = LogQuery {
            oldest_first: false,
            ..*query
        };
        self.each_asked(&newest, selection, &mut |batch, entry| {
            if found.len() == query.limit {
                more = true;
                return ControlFlow::Break(());
            }
            found.push((batch.clone(), entry));
            ControlFlow::Continue(())
        })?;
        if query.oldest_first {
            found.reverse();
        }
        Ok((Teller::new(self, query.known_by).tell(found)?, more))
    }

    /// Calls `visit` with all entries that a query asks for, some at a time, whatever its limit: of a nation nobody can hold all.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn log_in_pieces(
        &self,
        query: &LogQuery,
        selection: &Selection,
        visit: &mut dyn FnMut(Vec<LogEntry>) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let mut teller = Teller::new(self, query.known_by);
        let mut found = Vec::with_capacity(AT_A_TIME);
        let mut tell = |found: &mut Vec<_>| -> Result<ControlFlow<()>, Error> {
            let told = teller.tell(std::mem::take(found))?;
            Ok(visit(told))
        };
        let mut flow = Ok(ControlFlow::Continue(()));
        self.each_asked(query, selection, &mut |batch, entry| {
            found.push((batch.clone(), entry));
            if found.len() == AT_A_TIME {
                flow = tell(&mut found);
            }
            match flow {
                Ok(flow) => flow,
                Err(_) => ControlFlow::Break(()),
            }
        })?;
        if flow?.is_continue() {
            let _ = tell(&mut found)?;
        }
        Ok(())
    }

    /// Calls `visit` with the entries that a query asks for, whatever its limit.
    fn each_asked(
        &self,
        query: &LogQuery,
        selection: &Selection,
        visit: &mut dyn FnMut(&StoredBatch, StoredEntry) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        let tasks: Option<Vec<TaskNo>> = selection.tasks.as_ref().map(|tasks| {
            self.numbers
                .iter()
                .zip(tasks)
                .filter(|(_, wanted)| **wanted)
                .map(|(number, _)| *number)
                .collect()
        });
        let filter = LogFilter {
            to: query.until,
            units: selection.units.as_deref(),
            tasks: tasks.as_deref(),
            actor: query.actor,
            newest_first: !query.oldest_first,
            ..LogFilter::default()
        };
        let zone = self.plan.timezone;
        self.each_entry(&filter, &mut |batch, entry| {
            let recorded = zone.day_of(batch.batch.at);
            let is_late = query.known_by.is_some_and(|day| recorded > day);
            let is_early = query.since.is_some_and(|day| recorded < day);
            let is_wanted = entry.entry.unit.is_some() || selection.classes.is_none();
            if is_late || is_early || !is_wanted {
                return ControlFlow::Continue(());
            }
            visit(batch, entry)
        })
    }

    /// Calls `visit` with the entries that a filter lets pass. Where nothing was recorded yet, there are none: what was put in force
    /// in memory is nobody's entry.
    fn each_entry(
        &self,
        filter: &LogFilter,
        visit: &mut dyn FnMut(&StoredBatch, StoredEntry) -> ControlFlow<()>,
    ) -> Result<(), Error> {
        if self.has_store {
            self.reader().log(filter, visit)?;
        }
        Ok(())
    }

    /// The place in the plan of a task number.
    pub(crate) fn place_of(&self, number: Option<TaskNo>) -> Option<usize> {
        self.numbers.iter().position(|known| Some(*known) == number)
    }

    /// The code and short name of a task of that number, whether the plan still has it or not; `None` for none.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn task_numbered(&self, number: TaskNo) -> Result<Option<(String, String)>, Error> {
        if number == NO_TASK {
            return Ok(None);
        }
        Ok(Some(match self.place_of(Some(number)) {
            Some(place) => (
                self.plan.tasks[place].code.to_string(),
                self.plan.tasks[place].short.clone(),
            ),
            None => {
                let dropped = self.dropped(number)?;
                (dropped.code.clone(), dropped.short().to_string())
            }
        }))
    }

    /// A task that the plan has no longer.
    pub(crate) fn dropped(&self, number: TaskNo) -> Result<Rc<Dropped>, Error> {
        if let Some(dropped) = self.dropped.borrow().get(&number) {
            return Ok(Rc::clone(dropped));
        }
        let dropped = self.reader().dropped(number)?;
        let dropped = Rc::new(dropped);
        self.dropped
            .borrow_mut()
            .insert(number, Rc::clone(&dropped));
        Ok(dropped)
    }

    /// The entries on a unit's sheet that a view knows, newest first.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn entries_of_unit(&self, no: UnitNo, view: &View) -> Result<Vec<LogEntry>, Error> {
        let only = Selection {
            units: Some(vec![no]),
            ..Selection::default()
        };
        let query = LogQuery {
            until: Some(view.as_of),
            known_by: view.known_by,
            limit: usize::MAX,
            ..LogQuery::default()
        };
        Ok(self.log(&query, &only)?.0)
    }

    /// The orders for a task that a view knows, newest first.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn orders_of(&self, place: usize, view: &View) -> Result<Vec<LogEntry>, Error> {
        let seqs: Vec<Seq> = self
            .orders
            .iter()
            .filter(|item| item.task == self.numbers[place])
            .map(|item| item.seq)
            .collect();
        let mut told = Vec::new();
        for seq in seqs {
            let one = self.entry_told_in(seq, view.known_by)?;
            let known = view
                .known_by
                .is_none_or(|day| self.plan.timezone.day_of(one.batch.at) <= day);
            if known && one.entry.day <= view.as_of {
                told.push(one);
            }
        }
        Ok(told)
    }

    /// The amendments that a view knows, newest first, each with those of its changes alone that are `wanted`.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn amendments(
        &self,
        view: &View,
        wanted: impl Fn(&Change) -> bool,
    ) -> Result<Vec<LogEntry>, Error> {
        let mut found = Vec::new();
        let mut applied = Vec::new();
        if self.has_store {
            self.reader().each_apply(&mut |batch| {
                applied.push(batch);
                Ok(ControlFlow::Continue(()))
            })?;
        }
        for batch in applied {
            let recorded = self.plan.timezone.day_of(batch.batch.at);
            let known = view.known_by.is_none_or(|day| recorded <= day);
            self.reader().entries_of(batch.n, &mut |mut entry| {
                if let Act::Apply { changes, .. } = &mut entry.entry.act {
                    changes.retain(&wanted);
                    if known && entry.entry.day <= view.as_of && !changes.is_empty() {
                        found.push((batch.clone(), entry));
                    }
                }
                // An apply is the first entry of its batch.
                Ok(ControlFlow::Break(()))
            })?;
        }
        found.reverse();
        Teller::new(self, view.known_by).tell(found)
    }

    /// The notices in force in a view that left a unit out, newest first, each with that unit alone.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn notices_without(&self, code: &str, view: &View) -> Result<Vec<LogEntry>, Error> {
        let mut found = Vec::new();
        for (seq, _) in standing_notices(&self.orders, Some(*view)) {
            let mut told = self.entry_told_in(seq, view.known_by)?;
            if let Act::Notice(notice) = &mut told.entry.act {
                notice.left_out.retain(|left| left.unit.as_str() == code);
                if !notice.left_out.is_empty() {
                    found.push(told);
                }
            }
        }
        found.reverse();
        Ok(found)
    }

    /// One entry.
    ///
    /// # Errors
    /// An unknown entry, and whatever the store says.
    pub(crate) fn entry_told(&self, seq: Seq) -> Result<LogEntry, Error> {
        self.entry_told_in(seq, None)
    }

    /// One entry, as far as was known by a day.
    fn entry_told_in(&self, seq: Seq, known_by: Option<Day>) -> Result<LogEntry, Error> {
        let unknown = || unknown_entry(&seq.to_string());
        let entry = self.reader().entry(seq)?.ok_or_else(unknown)?;
        let batch = self.reader().batch(&entry.address.batch)?;
        let found = (batch.ok_or_else(unknown)?, entry);
        let mut told = Teller::new(self, known_by).tell(vec![found])?;
        Ok(told.remove(0))
    }

    /// One entry, and those that are about it and that a view knows, oldest first.
    ///
    /// # Errors
    /// As for [`Workspace::entry_told`].
    pub(crate) fn entry_and_later(
        &self,
        seq: Seq,
        view: &View,
    ) -> Result<(LogEntry, Vec<LogEntry>), Error> {
        let told = self.entry_told_in(seq, view.known_by)?;
        let address = told.address;
        let mut found = Vec::new();
        let filter = LogFilter {
            ..LogFilter::default()
        };
        let unit = told.entry.unit.map(|no| vec![no]);
        let filter = LogFilter {
            units: unit.as_deref(),
            ..filter
        };
        self.each_entry(&filter, &mut |batch, entry| {
            let recorded = self.plan.timezone.day_of(batch.batch.at);
            let known = view.known_by.is_none_or(|day| recorded <= day);
            if known && entry.entry.act.about() == Some(address) {
                found.push((batch.clone(), entry));
            }
            ControlFlow::Continue(())
        })?;
        Ok((told, Teller::new(self, view.known_by).tell(found)?))
    }
}

/// Puts names to entries, and remembers what it looked up.
struct Teller<'w> {
    workspace: &'w Workspace,
    /// What was undone after this day was not undone as far as was known then.
    known_by: Option<Day>,
    /// The codes and short names of units.
    units: HashMap<UnitNo, (String, String)>,
    /// What does not stand of units. One may have 20,000 entries, of each of which the whole sheet says whether it stands.
    fates: Fates,
}

impl<'w> Teller<'w> {
    fn new(workspace: &'w Workspace, known_by: Option<Day>) -> Self {
        Self {
            workspace,
            known_by,
            units: HashMap::new(),
            fates: Fates::default(),
        }
    }

    fn tell(&mut self, found: Vec<(StoredBatch, StoredEntry)>) -> Result<Vec<LogEntry>, Error> {
        let told = found.into_iter();
        told.map(|(batch, entry)| self.told(batch, entry)).collect()
    }

    fn told(&mut self, batch: StoredBatch, entry: StoredEntry) -> Result<LogEntry, Error> {
        let (workspace, known_by) = (self.workspace, self.known_by);
        let known = |item: &Item| known_by.is_none_or(|day| item.recorded() <= day);
        let unit = match entry.entry.unit {
            None => None,
            Some(no) => Some(match self.units.entry(no) {
                Slot::Occupied(slot) => slot.get().clone(),
                Slot::Vacant(slot) => slot.insert(names(&workspace.unit(no)?.unit)).clone(),
            }),
        };
        let task = match entry.entry.task {
            None => None,
            Some(number) => workspace.task_numbered(number)?,
        };
        let fate = self.fates.of(workspace.reader(), &entry, known)?;
        let StoredEntry { address, entry, .. } = entry;
        let about = match entry.act.about() {
            None => None,
            Some(of) => {
                let batch = workspace.reader().batch(&of.batch)?;
                Some((of, batch.is_some_and(|batch| batch.count == 1)))
            }
        };
        Ok(LogEntry {
            single: batch.count == 1,
            batch: batch.batch,
            address,
            entry,
            about,
            unit,
            task,
            fate,
        })
    }
}
