//! One writing command: one immediate transaction, in which names are found, drafts are judged and entries are written. What
//! it answers is of that moment. The first command that writes puts the plan in force by itself.

use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;

use crate::model::day::Day;
use crate::model::entry::{Address, Batch, Entry};
use crate::model::zone::Zone;
use crate::query::{Clock, Error, Files, Place, Workspace};
use crate::source::problem::say;
use crate::store::{Access, Reader, StoreError, Transaction};

/// Who writes, with which command, and when.
#[derive(Clone, Debug)]
pub(crate) struct Clerk {
    /// Who typed it.
    pub actor: String,
    /// The command's name.
    pub command: &'static str,
    /// The time.
    pub clock: Clock,
    /// Sixteen random bytes.
    pub random: fn() -> [u8; 16],
    /// Set once something was kept for good: from then on nobody may say that it could not be.
    pub recorded: Rc<Cell<bool>>,
}

impl Clerk {
    /// A new batch. Its moment is now, on the day that counts as today.
    pub(super) fn batch(&self, plan: &str, zone: Zone) -> Batch {
        let at = self.clock.moment(zone);
        let mut random = [0; 10];
        random.copy_from_slice(&(self.random)()[..10]);
        let millis = u64::try_from(at).unwrap_or(0);
        Batch {
            id: uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid(),
            at,
            actor: self.actor.clone(),
            command: self.command.to_string(),
            plan: plan.to_string(),
        }
    }
}

/// The plan that the first writing command put in force by itself.
#[derive(Clone, Debug)]
pub(crate) struct Applied {
    /// The plan's title.
    pub title: String,
    /// How many units owe something.
    pub units: usize,
    /// How many tasks there are.
    pub tasks: usize,
    /// Its day of issue and today, where that has not come: what is of a past day then is surely a slip of the clock.
    pub early: Option<(Day, Day)>,
}

/// What a command wrote.
#[derive(Debug)]
pub(crate) struct Written<T> {
    /// The plan that it put in force first, where there was none.
    pub applied: Option<Applied>,
    /// The rest.
    pub written: T,
}

/// A writing command at work: it alone may write until it is committed or dropped. Reads as a [`Workspace`] does.
pub(crate) struct Recording {
    pub(super) workspace: Rc<Workspace>,
    pub(super) transaction: Transaction,
    pub(super) clerk: Clerk,
    /// What it put in force first.
    pub(super) applied: Option<Applied>,
}

impl Deref for Recording {
    type Target = Workspace;

    fn deref(&self) -> &Workspace {
        &self.workspace
    }
}

impl Recording {
    /// Begins to write, once nobody else does. Where nothing is in force yet, the files are put in force.
    ///
    /// # Errors
    /// Where the files mean something else than what is in force; whatever files and store say.
    pub(crate) fn begin(place: &Place, clerk: Clerk) -> Result<Self, Error> {
        let recording = Self::begin_anyway(place, clerk)?;
        if recording.changed {
            return Err(say!("error-changed")
                .hint(say!("error-changed-hint"))
                .into());
        }
        Ok(recording)
    }

    /// As [`Recording::begin`], but the files may mean something else than what is in force.
    ///
    /// # Errors
    /// Whatever files and store say.
    pub(crate) fn begin_anyway(place: &Place, clerk: Clerk) -> Result<Self, Error> {
        let (mut store, files) = match place.store.open(Access::Write)? {
            Some(store) => (store, None),
            None => {
                let files = Files::read(&place.plan)?;
                let store = place.store.create(&files.plan().id)?;
                (store, Some(files))
            }
        };
        let mut transaction = store.write()?;
        let (force, applied) = match transaction.in_force()? {
            Some(force) => (force, None),
            None => {
                let files = files.map_or_else(|| Files::read(&place.plan), Ok)?;
                store.expect_plan(&files.plan().id)?;
                let applied = put_in_force(&mut transaction, &files, &clerk)?;
                let force = transaction.in_force()?.ok_or(StoreError::NoPlan)?;
                (force, Some(applied))
            }
        };
        let reader = Reader::clone(&transaction);
        let workspace = Workspace::of(place, clerk.clock, reader, force)?;
        if let Some(stamps) = &workspace.restamp {
            transaction.update_stamps(stamps)?;
        }
        Ok(Self {
            workspace: Rc::new(workspace),
            transaction,
            clerk,
            applied,
        })
    }

    /// What was seen, for a report that is published once everything is kept.
    pub(crate) fn seen(&self) -> Rc<Workspace> {
        Rc::clone(&self.workspace)
    }

    /// Writes entries as one batch; gives the address of the first.
    pub(super) fn append(
        &mut self,
        entries: impl IntoIterator<Item = Entry>,
    ) -> Result<Address, Error> {
        let batch = self.batch();
        let first = Address {
            batch: batch.id,
            index: 0,
        };
        let mut pen = self.transaction.pen(batch)?;
        for entry in entries {
            pen.push(&entry)?;
        }
        pen.finish()?;
        Ok(first)
    }

    /// A new batch of this command.
    pub(super) fn batch(&self) -> Batch {
        self.clerk.batch(&self.digest, self.plan.timezone)
    }

    /// Keeps nothing: there was nothing to write.
    pub(super) fn nothing<T>(self, written: T) -> Written<T> {
        Written {
            applied: None,
            written,
        }
    }

    /// Keeps everything, for good.
    pub(super) fn commit<T>(self, written: T) -> Result<Written<T>, Error> {
        self.transaction.commit()?;
        self.clerk.recorded.set(true);
        Ok(Written {
            applied: self.applied,
            written,
        })
    }
}

fn put_in_force(
    transaction: &mut Transaction,
    files: &Files,
    clerk: &Clerk,
) -> Result<Applied, Error> {
    let plan = files.plan();
    let clerk = Clerk {
        command: "apply",
        ..clerk.clone()
    };
    let batch = clerk.batch(&files.digest(), plan.timezone);
    files.put_in_force(transaction, clerk.clock, batch)?;
    let today = clerk.clock.today(plan.timezone);
    Ok(Applied {
        title: plan.title.clone(),
        units: files.owing(),
        tasks: plan.tasks.len(),
        early: (plan.issued > today).then_some((plan.issued, today)),
    })
}
