//! `undo`: entries taken back, by an entry each. An undo can be undone, but not to bring back what may stand once only: a verdict,
//! an objection, a notice. Those are recorded anew, and pass their checks anew.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::recording::{Recording, Written};
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, Address, Entry, Seq};
use crate::model::sheet::{Fact, Fate, Gone, Sheet};
use crate::query::{Error, Workspace, undone, unknown_entry};
use crate::source::problem::say;
use crate::store::{Reader, StoreError, StoredEntry};

/// What was taken back.
#[derive(Clone, Debug)]
pub(crate) struct Undone {
    /// The undo's own address.
    pub address: Address,
    /// What people typed, or would have typed, for what was taken back.
    pub what: String,
    /// The commands that recorded it, one after another.
    pub commands: Vec<String>,
    /// How many entries.
    pub entries: usize,
    /// The notices that booked points for a return or a commendation among them: those points stay.
    pub booked: BTreeSet<u32>,
}

impl Recording {
    /// Takes back a record, a whole batch, or this person's latest command.
    ///
    /// # Errors
    /// Where there is nothing of that id or that person's, or it has been undone, or is of a kind that cannot be; for a notice that is not
    /// the last, that somebody objected to, or that was not named by its id; and whatever the store says.
    pub(crate) fn undo(
        mut self,
        what: Option<&str>,
        area: Option<&str>,
    ) -> Result<Written<Undone>, Error> {
        let actor = self.clerk.actor.clone();
        let nothing = || {
            let saying = say!("error-nothing-to-undo", actor = actor);
            saying.hint(say!("error-nothing-to-undo-hint")).into()
        };
        if self.applied.is_some() {
            // There was no store before this very command.
            return Err(what.map_or_else(nothing, unknown_entry));
        }
        let wanted = what.map(|text| self.meant(text, area)).transpose()?;
        let reader = self.reader();
        let entries = match &wanted {
            Some(Target::Entry(seq)) => {
                let unknown = || unknown_entry(what.unwrap_or_default());
                vec![reader.entry(*seq)?.ok_or_else(unknown)?]
            }
            Some(Target::Batch(n)) => entries_of(reader, *n)?,
            None => {
                let last = reader.last_batch_of(&actor)?;
                entries_of(reader, last.ok_or_else(nothing)?.n)?
            }
        };
        self.expect_last_notice(wanted.as_ref(), &entries)?;
        let single = matches!(wanted, Some(Target::Entry(_)));
        let first = entries.first().map(|entry| entry.address.short_id(true));
        let what = what.map(ToString::to_string).or(first).unwrap_or_default();
        for entry in &entries {
            let kind = crate::journal::Kind::of(&entry.entry.act).name();
            let derived = matches!(
                entry.entry.act,
                Act::Apply { .. } | Act::Gain { .. } | Act::Contact { .. }
            );
            // What a notice booked is taken back with the notice alone.
            let booked = single && matches!(entry.entry.act, Act::Book(_));
            if derived || booked || brings_back(reader, entry)? {
                return Err(Error::NotUndoable { id: what, kind });
            }
        }
        let On {
            mut live,
            copies,
            booked,
        } = on_sheets(reader, entries)?;
        if live.is_empty() {
            return Err(match wanted {
                Some(_) => undone(&what),
                None => unknown_entry(""),
            });
        }
        let corrects = |entry: &StoredEntry| matches!(entry.entry.act, Act::Undo { .. });
        if !live.iter().any(corrects) {
            for seq in copies {
                live.extend(reader.entry(seq)?);
            }
        }
        let count = live.len();
        let mut commands: Vec<String> = Vec::new();
        for run in live.chunk_by(|one, next| one.batch == next.batch) {
            commands.push(reader.batch_number(run[0].batch)?.batch.command);
            commands.dedup();
        }
        let undos = live.into_iter().map(|stored| Entry {
            act: Act::Undo { of: stored.address },
            ..stored.entry
        });
        let address = self.append(undos)?;
        self.commit(Undone {
            address,
            what,
            commands,
            entries: count,
            booked,
        })
    }
}

impl Workspace {
    /// What a text names: an entry, a batch, or the latest record of a unit and a task.
    fn meant(&self, text: &str, area: Option<&str>) -> Result<Target, Error> {
        if let Some(seq) = self.entry_id(text)? {
            return Ok(Target::Entry(seq));
        }
        if let Some(n) = self.batch_id(text)? {
            return Ok(Target::Batch(n));
        }
        let record = self.latest_record(text, area, self.today)?;
        record.map(Target::Entry).ok_or_else(|| unknown_entry(text))
    }

    /// A notice among the entries has to be the last, named by its id, and one to which nobody objected.
    fn expect_last_notice(
        &self,
        wanted: Option<&Target>,
        entries: &[StoredEntry],
    ) -> Result<(), Error> {
        let Some(number) = notice_in(entries) else {
            return Ok(());
        };
        let named = match wanted {
            Some(Target::Batch(_)) => true,
            Some(Target::Entry(_)) => is_alone(self.reader(), &entries[0])?,
            None => false,
        };
        let last = self.notices().last().map(|issued| issued.number);
        if named && last == Some(number) && !is_objected(self.reader(), entries, number)? {
            return Ok(());
        }
        let saying = say!("error-notice-stands", n = number);
        Err(saying.hint(say!("error-notice-stands-hint")).into())
    }
}

enum Target {
    Entry(u64),
    Batch(i64),
}

/// The number of the notice that the entries issued, if they did.
fn notice_in(entries: &[StoredEntry]) -> Option<u32> {
    entries.iter().find_map(|entry| match &entry.entry.act {
        Act::Notice(notice) => Some(notice.number),
        _ => None,
    })
}

/// What sheets say of entries.
struct On {
    /// Those that stand.
    live: Vec<StoredEntry>,
    /// Of those that are rows of lists the other entries of the same rows, which are taken back with them: else another would count instead.
    copies: Vec<Seq>,
    /// The notices that booked points for a return or a commendation among them.
    booked: BTreeSet<u32>,
}

/// Looks entries up on their sheets, each of which is read once: an import may have thousands of records of one unit, and to read
/// that unit's sheet for each took 17.7 s with 20,000.
fn on_sheets(reader: &Reader, entries: Vec<StoredEntry>) -> Result<On, StoreError> {
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by_key(|at| entries[*at].entry.unit);
    let mut stands = vec![false; entries.len()];
    let (mut copies, mut booked) = (Vec::new(), BTreeSet::new());
    for own in order.chunk_by(|one, other| entries[*one].entry.unit == entries[*other].entry.unit) {
        let sheet = match entries[own[0]].entry.unit {
            Some(unit) => reader.sheet(unit)?,
            None => Sheet {
                items: reader.orders()?,
                ..Sheet::default()
            },
        };
        let gone = Gone::of(&sheet.items, |_| true);
        let stand = |seq: Seq| gone.fate(seq) == Fate::Stands;
        let (mut records, mut verdicts) = (Vec::new(), Vec::new());
        for at in own.iter().copied().filter(|at| stand(entries[*at].seq)) {
            stands[at] = true;
            match entries[at].entry.act {
                Act::Record(_) => records.push(entries[at].seq),
                Act::Return { .. } | Act::Commend { .. } => verdicts.push(entries[at].seq),
                _ => {}
            }
        }
        copies.extend(sheet.copies(&records));
        booked.extend(sheet.items.iter().filter_map(|item| match item.fact {
            Fact::Book(book) if book.points != Decimal::ZERO && stand(item.seq) => {
                let of = book.of.filter(|of| verdicts.binary_search(of).is_ok());
                of.map(|_| book.notice)
            }
            _ => None,
        }));
    }
    let mut stands = stands.into_iter();
    let mut live = entries;
    live.retain(|_| stands.next().unwrap_or(false));
    Ok(On {
        live,
        copies,
        booked,
    })
}

/// Whether an entry is the undo of a verdict, of an objection or of a notice: another may have taken its place since.
fn brings_back(reader: &Reader, entry: &StoredEntry) -> Result<bool, StoreError> {
    let mut act = entry.entry.act.clone();
    let mut is_undo = false;
    while let Act::Undo { of } = act {
        is_undo = true;
        let seq = reader.seq_of(of)?;
        let Some(target) = seq.map(|seq| reader.entry(seq)).transpose()?.flatten() else {
            return Ok(false);
        };
        act = target.entry.act;
    }
    let once = matches!(
        act,
        Act::Accept { .. }
            | Act::Return { .. }
            | Act::Object { .. }
            | Act::Uphold { .. }
            | Act::Reverse { .. }
            | Act::Notice(_)
            | Act::Book(_)
    );
    Ok(is_undo && once)
}

/// Whether an entry's batch has no other.
fn is_alone(reader: &Reader, entry: &StoredEntry) -> Result<bool, StoreError> {
    let batch = reader.batch(&entry.address.batch)?;
    Ok(batch.is_some_and(|batch| batch.count == 1))
}

/// Whether a unit that the entries name has objected to that notice.
fn is_objected(reader: &Reader, entries: &[StoredEntry], number: u32) -> Result<bool, StoreError> {
    let mut units: Vec<_> = entries
        .iter()
        .filter_map(|entry| entry.entry.unit)
        .collect();
    units.dedup();
    for unit in units {
        let sheet = reader.sheet(unit)?;
        let undone = sheet.undone();
        let to_it = |fact: &Fact| matches!(fact, Fact::Object { notice, .. } if *notice == number);
        if sheet
            .items
            .iter()
            .any(|item| to_it(&item.fact) && !undone.contains(&item.seq))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

fn entries_of(reader: &Reader, n: i64) -> Result<Vec<StoredEntry>, StoreError> {
    let mut entries = Vec::new();
    reader.entries_of(n, &mut |entry| {
        entries.push(entry);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(entries)
}
