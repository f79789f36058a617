//! The walk over the journal: every batch and every entry in order, each against its seal, the hash of its batch, and the chain. Goes on
//! after what it finds, so that one damaged row hides no other.

use uuid::Uuid;

use super::batch_writer::tail;
use super::database::{Connection, Row, Rows, key};
use super::entries::unsealed_entry;
use super::error::StoreError;
use super::seal;
use crate::journal::hash::{Content, chain};
use crate::journal::{Hash, Kind};
use crate::model::day::Day;
use crate::model::entry::{Address, Batch, Entry, Seq};

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// It is not as it was written.
    Changed,
    /// It is gone.
    Missing,
    /// It belongs to nothing.
    Inserted,
    /// Its place in the chain is another's: something before it was taken out, put in, or moved.
    Moved,
    /// It is not what the journal gives.
    Derived,
}

/// A row with which something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong.
    pub wrong: Wrong,
    /// The table.
    pub table: &'static str,
    /// The row, by its key.
    pub row: String,
    /// The entry, or the batch by its first, where it is one that people know by an id; and whether it is the batch.
    pub address: Option<(Address, bool)>,
}

impl Finding {
    pub(super) fn new(wrong: Wrong, table: &'static str, row: impl ToString) -> Self {
        Self {
            wrong,
            table,
            row: row.to_string(),
            address: None,
        }
    }

    fn of(wrong: Wrong, table: &'static str, row: impl ToString, batch: Uuid) -> Self {
        Self {
            address: Some((Address { batch, index: 0 }, true)),
            ..Self::new(wrong, table, row)
        }
    }
}

/// Whom the walk tells.
pub(super) trait Witness {
    /// A row with which something is wrong.
    fn found(&mut self, finding: Finding);
    /// An entry that can be read, of a batch whose row can be read.
    fn entry(&mut self, _seq: Seq, _batch: Uuid, _entry: &Entry) {}
    /// So many more entries were walked over.
    fn walked(&mut self, _entries: u64) {}
    /// A batch, and whether it is whole.
    fn batch(&mut self, _n: i64, _id: Uuid, _before: &[u8], _whole: bool) {}
}

/// A batch as its row says.
struct Claim {
    n: i64,
    batch: Batch,
    first: i64,
    count: i64,
    hash: Hash,
    chain: Hash,
    sound: bool,
}

/// Walks over the whole journal. `sealed` = whether rows have seals.
///
/// # Errors
/// What reading runs into, but for rows that cannot be read.
pub(super) fn journal(
    connection: &Connection,
    sealed: bool,
    witness: &mut dyn Witness,
) -> Result<(), StoreError> {
    let seal = if sealed { "seal" } else { "NULL" };
    let sql = format!(
        "SELECT n, id, tail, at, actor, command, plan, first, count, hash, chain, {seal} FROM batch ORDER BY n"
    );
    let mut batches = connection.prepare(&sql)?;
    let mut batches = batches.scan(&[])?;
    let sql =
        format!("SELECT seq, batch, kind, unit, task, day, body, {seal} FROM entry ORDER BY seq");
    let mut entries = connection.prepare(&sql)?;
    let mut entries = Entries {
        rows: entries.scan(&[])?,
        next: None,
        walked: 0,
    };
    let codes = Codes::new(connection)?;
    let mut before = vec![0; 32];
    let (mut n, mut seq) = (0, 1);
    entries.advance()?;
    while let Some(row) = batches.next()? {
        n = i64::saturating_add(n, 1);
        let found: i64 = row.get(0)?;
        if n < found {
            // One finding for all up to the next there is: a number may say anything.
            witness.found(Finding::new(Wrong::Missing, "batch", n));
            n = found;
        }
        let claim = match claim(row) {
            Ok(claim) => claim,
            Err(_) => {
                witness.found(Finding::new(Wrong::Changed, "batch", n));
                continue;
            }
        };
        if !claim.sound {
            witness.found(Finding::of(Wrong::Changed, "batch", n, claim.batch.id));
        } else if claim.first != seq {
            witness.found(Finding::of(Wrong::Moved, "batch", n, claim.batch.id));
        }
        let content = entries.of(&claim, &codes, witness)?;
        seq = claim.first.saturating_add(claim.count);
        let whole = match content {
            Some(hash) if hash == claim.hash => true,
            // Its entries were not all there, and each of them was told.
            None => false,
            Some(_) => {
                if claim.sound {
                    witness.found(Finding::of(Wrong::Changed, "batch", n, claim.batch.id));
                }
                false
            }
        };
        let told = chain(&before, &claim.hash);
        if told != claim.chain && claim.sound {
            witness.found(Finding::of(Wrong::Moved, "batch", n, claim.batch.id));
        }
        witness.batch(n, claim.batch.id, &before, whole && claim.sound);
        before = claim.chain.as_bytes().to_vec();
    }
    while let Some(seq) = entries.next {
        witness.found(Finding::new(Wrong::Inserted, "entry", seq));
        entries.advance()?;
    }
    witness.walked(entries.walked);
    Ok(())
}

fn claim(row: Row<'_>) -> Result<Claim, StoreError> {
    let id = Uuid::from_bytes(row.get(1)?);
    let sound = seal::expect(row, "batch", 11).is_ok() && row.get::<i64>(2)? == tail(&id);
    Ok(Claim {
        n: row.get(0)?,
        batch: Batch {
            id,
            at: row.get(3)?,
            actor: row.get(4)?,
            command: row.get(5)?,
            plan: row.get(6)?,
        },
        first: row.get(7)?,
        count: row.get(8)?,
        hash: Hash::from_bytes(row.get(9)?),
        chain: Hash::from_bytes(row.get(10)?),
        sound,
    })
}

/// The entries, read beside the batches.
struct Entries<'r> {
    rows: Rows<'r>,
    /// The seq of the row in hand.
    next: Option<i64>,
    walked: u64,
}

/// After so many entries it is told how far the walk is.
const STEP: u64 = 1 << 14;

impl Entries<'_> {
    fn advance(&mut self) -> Result<(), StoreError> {
        self.next = match self.rows.next()? {
            Some(row) => Some(row.get(0)?),
            None => None,
        };
        Ok(())
    }

    /// Walks over the entries of a batch; the hash of its content, where all of them could be read.
    fn of(
        &mut self,
        claim: &Claim,
        codes: &Codes,
        witness: &mut dyn Witness,
    ) -> Result<Option<Hash>, StoreError> {
        let mut content = Content::new(&claim.batch);
        let mut whole = true;
        // What stands before the batch begins belongs to none.
        while let Some(seq) = self.next.filter(|seq| *seq < claim.first) {
            witness.found(Finding::new(Wrong::Inserted, "entry", seq));
            self.advance()?;
        }
        let mut wanted = claim.first;
        let end = claim.first.saturating_add(claim.count);
        while wanted < end {
            let finding = |wrong, index: i64| Finding {
                address: u32::try_from(index).ok().map(|index| {
                    let batch = claim.batch.id;
                    (Address { batch, index }, false)
                }),
                ..Finding::new(wrong, "entry", claim.first.saturating_add(index))
            };
            match self.next.filter(|seq| *seq < end) {
                None => {
                    // One finding for a row, and one for all that follows it: a count may say anything.
                    witness.found(finding(Wrong::Missing, wanted - claim.first));
                    return Ok(None);
                }
                Some(seq) if seq > wanted => {
                    witness.found(finding(Wrong::Missing, wanted - claim.first));
                    whole = false;
                    wanted = seq;
                    continue;
                }
                Some(_) => {}
            }
            let row = self
                .rows
                .row()
                .ok_or_else(|| StoreError::damaged("entry", wanted))?;
            let entry = unsealed_entry(row).ok();
            let sound = seal::expect(row, "entry", 7).is_ok()
                && entry.is_some()
                && row.get::<i64>(1).is_ok_and(|n| n == claim.n);
            if !sound {
                witness.found(finding(Wrong::Changed, wanted - claim.first));
                whole = false;
            }
            if let Some(entry) = entry.filter(|_| sound) {
                let unit = codes.unit(entry.unit);
                let task = codes.task(entry.task);
                let body = row.bytes_or_null(6)?;
                let day = Day::from_number(row.get(5)?);
                content.add(Kind::of(&entry.act), unit, task, day, body);
                let seq = wanted.cast_unsigned();
                witness.entry(seq, claim.batch.id, &entry);
            }
            wanted += 1;
            self.walked += 1;
            if self.walked == STEP {
                witness.walked(STEP);
                self.walked = 0;
            }
            self.advance()?;
        }
        Ok(whole.then(|| content.finish()))
    }
}

/// The codes of units and tasks, whatever their rows are worth: those are looked at elsewhere.
struct Codes {
    units: Vec<String>,
    tasks: Vec<String>,
}

impl Codes {
    fn new(connection: &Connection) -> Result<Self, StoreError> {
        Ok(Self {
            units: codes(connection, "unit")?,
            tasks: codes(connection, "task")?,
        })
    }

    fn unit(&self, no: Option<u32>) -> &str {
        at(&self.units, no)
    }

    fn task(&self, no: Option<u32>) -> &str {
        at(&self.tasks, no)
    }
}

fn at(codes: &[String], no: Option<u32>) -> &str {
    let code = no.and_then(|no| codes.get(no as usize));
    code.map_or("", String::as_str)
}

/// Codes by number, as far as numbers follow one another.
fn codes(connection: &Connection, table: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = connection.prepare(&format!("SELECT no, code FROM {table} ORDER BY no"))?;
    let mut rows = statement.scan(&[])?;
    let mut codes: Vec<String> = Vec::new();
    let most: i64 = connection.value(&format!("SELECT count(*) FROM {table}"), &[])?;
    let most = 2 * usize::try_from(most).unwrap_or(0) + 16;
    while let Some(row) = rows.next()? {
        let no = usize::try_from(row.get::<i64>(0)?).unwrap_or(usize::MAX);
        // A gap is filled, but for one that no damage of a few rows makes.
        if no < codes.len() || no > most {
            continue;
        }
        codes.resize(no, String::new());
        codes.push(key(row.lent(1)?));
    }
    Ok(codes)
}

/// Makes sure that the journal of a store without seals is whole.
///
/// # Errors
/// `Damaged` with the first row that is not; and what reading runs into.
pub(super) fn expect_whole(connection: &Connection) -> Result<(), StoreError> {
    struct First(Option<Finding>);
    impl Witness for First {
        fn found(&mut self, finding: Finding) {
            self.0.get_or_insert(finding);
        }
    }
    let mut first = First(None);
    journal(connection, false, &mut first)?;
    match first.0 {
        None => Ok(()),
        Some(finding) => Err(StoreError::damaged(finding.table, finding.row)),
    }
}
