//! `verify`: whether the store, a journal that was exported, and the files that prove records are what was written.

use std::io::{BufRead, Write};

use super::error::{Error, no_store};
use super::export;
use super::place::Place;
use crate::evidence::Folder;
use crate::journal::wire::{Fault, Reader as JournalReader, WireError};
use crate::model::code::PlanId;
use crate::model::entry::Proof;
use crate::model::proof::Whereabouts;
use crate::store::{Access, Store, StoreError, Verified};

/// What was found of a store and of the files that prove its records.
#[derive(Debug)]
pub(crate) struct Verification {
    /// The plan, as far as it is known.
    pub plan: Option<PlanId>,
    /// What was found of the store.
    pub store: Verified,
    /// The files that prove records, by where they are.
    pub evidence: Evidence,
}

/// The files that prove records.
#[derive(Clone, Debug, Default)]
pub(crate) struct Evidence {
    /// How many are here, as they were recorded.
    pub present: u64,
    /// How many are not on this machine.
    pub absent: u64,
    /// Those that are not as they were recorded.
    pub altered: Vec<String>,
    /// Those that cannot be read.
    pub unreadable: Vec<String>,
}

impl Verification {
    /// Looks at everything. `progress` is told how many entries of how many were walked over, now and then.
    ///
    /// # Errors
    /// Where there is no store, and whatever the store says, but for damage.
    pub(crate) fn of(place: &Place, progress: &mut dyn FnMut(u64, u64)) -> Result<Self, Error> {
        let (mut store, reader_plan) = open(place)?;
        let reader = store.read_anyway()?;
        let total = reader.last_seq().unwrap_or(0);
        let verified = reader.verify(&mut |walked| progress(walked, total))?;
        reader.end();
        let evidence = Evidence::of(&Folder::new(place.evidence.clone()), &verified.proofs);
        Ok(Self {
            plan: reader_plan,
            store: verified,
            evidence,
        })
    }

    /// How much is wrong.
    pub(crate) fn places(&self) -> u64 {
        let Evidence {
            altered,
            unreadable,
            ..
        } = &self.evidence;
        let rows = self.store.findings.len() + altered.len() + unreadable.len();
        rows as u64 + self.store.more
    }

    /// Whether anything is not what was written: what may not be read is not known to be.
    pub(crate) fn is_damaged(&self) -> bool {
        !self.store.findings.is_empty() || !self.evidence.altered.is_empty()
    }

    /// Whether nothing is wrong.
    pub(crate) fn is_sound(&self) -> bool {
        !self.is_damaged() && self.evidence.unreadable.is_empty()
    }
}

impl Evidence {
    fn of(folder: &Folder, proofs: &[Proof]) -> Self {
        let mut evidence = Self::default();
        for (path, whereabouts) in proofs.iter().filter_map(|proof| folder.find(proof)) {
            let name = || {
                let name = path.file_name();
                name.map_or_else(String::new, |name| name.to_string_lossy().into_owned())
            };
            match whereabouts {
                Whereabouts::Present => evidence.present += 1,
                Whereabouts::Absent => evidence.absent += 1,
                Whereabouts::Altered => evidence.altered.push(name()),
                Whereabouts::Unreadable => evidence.unreadable.push(name()),
            }
        }
        evidence
    }
}

fn open(place: &Place) -> Result<(Store, Option<PlanId>), Error> {
    let store = place.store.open(Access::Read)?;
    let store = store.ok_or_else(|| no_store(&place.store))?;
    let plan = store.plan_id().ok();
    Ok((store, plan))
}

/// Writes the batches of a damaged store that are whole, as a journal; gives what was found of it.
///
/// # Errors
/// As [`Verification::of`], and whatever the writer says.
pub(crate) fn salvage(place: &Place, out: &mut dyn Write) -> Result<Verified, Error> {
    let (mut store, plan) = open(place)?;
    let reader = store.read_anyway()?;
    let verified = reader.verify(&mut |_| {})?;
    let plan = match plan {
        Some(plan) => plan,
        // Whose journal it is, the plan in force says as well.
        None => reader.in_force()?.ok_or(StoreError::NoPlan)?.plan.id,
    };
    export::salvage(&reader, &plan, &verified.whole, out)?;
    Ok(verified)
}

/// What was found of an exported journal.
#[derive(Debug)]
pub(crate) struct JournalFound {
    /// The plan.
    pub plan: PlanId,
    /// How many batches and entries were read.
    pub batches: u64,
    /// How many entries.
    pub entries: u64,
    /// The chain hash up to there, where the journal has a chain.
    pub chain: Option<String>,
    /// What is wrong, and in which line: the first, beyond which nothing is known.
    pub fault: Option<WireError>,
}

/// Reads a whole journal, and proves it.
///
/// # Errors
/// [`Error::Wire`] where it is none, or of a newer form, or cannot be read.
pub(crate) fn verify_journal(
    from: impl BufRead,
    progress: &mut dyn FnMut(u64),
) -> Result<JournalFound, Error> {
    let mut journal = JournalReader::new(from)?;
    let mut read = || -> Result<(), WireError> {
        while journal.head()?.is_some() {
            while journal.entry()?.is_some() {}
            progress(journal.read().1);
        }
        Ok(())
    };
    let fault = match read() {
        Err(WireError {
            line,
            fault: Fault::Io(cause),
        }) => {
            let fault = Fault::Io(cause);
            return Err(WireError { line, fault }.into());
        }
        other => other.err(),
    };
    let (batches, entries, chain) = journal.read();
    Ok(JournalFound {
        plan: journal.plan().clone(),
        batches,
        entries,
        chain: chain.map(|chain| chain.to_hex().to_string()),
        fault,
    })
}
