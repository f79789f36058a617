//! Documents that the store keeps word for word, known by their hash: what was issued must be printed again as it was. Each is cut into
//! pieces of a mebibyte, which are compressed: SQLite holds no value of more than a gigabyte, and nobody has to hold a whole document.

use std::io::{self, Read, Write};

use blake3::Hasher;
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use super::columns::expect_next;
use super::database::{Connection, values};
use super::error::StoreError;
use super::read::Reader;
use super::seal;
use super::write::Transaction;
use crate::journal::Hash;
use crate::model::entry::{Kept, RuleNo};

/// How many bytes of a document make a piece.
const PIECE: usize = if cfg!(test) { 1 << 10 } else { 1 << 20 };

/// How far the number of a document stands before the place of a piece in the piece's id.
const SHIFT: u32 = 24;

/// What a piece begins with: whether the rest is as it was, or deflated.
const PLAIN: u8 = 0;
const DEFLATED: u8 = 1;

impl Reader {
    /// Writes the bytes of a kept document to `out`; whether they are kept here, and not in another store.
    ///
    /// # Errors
    /// `Damaged` where they are not what their hash says, `Io` where `out` takes no more, and what reading runs into.
    pub fn kept(&self, file: &Kept, out: &mut dyn Write) -> Result<bool, StoreError> {
        let Ok(hash) = Hash::from_hex(&file.blake3) else {
            return Err(StoreError::damaged("document", &file.name));
        };
        let sql = "SELECT no, hash, size, seal FROM document WHERE hash = ?1";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(values![hash.as_bytes()])?;
        let Some(row) = rows.next()? else {
            // They are numbered from 1.
            let count = self
                .connection
                .value("SELECT count(*) FROM document", &[])?;
            self.expect_end("document", count, |ends| ends.documents)?;
            return Ok(false);
        };
        seal::expect(row, "document", 3)?;
        let (no, size) = (row.get(0)?, row.get(2)?);
        each_byte(&self.connection, no, &hash, size, out)?;
        Ok(true)
    }

    /// The numbers of the assessment rules by which points were booked, with their ids.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn rules(&self) -> Result<Vec<(RuleNo, String)>, StoreError> {
        let mut statement = self
            .connection
            .prepare("SELECT no, id, seal FROM rule ORDER BY no")?;
        let mut rows = statement.query(&[])?;
        let mut rules = Vec::new();
        while let Some(row) = rows.next()? {
            seal::expect(row, "rule", 2)?;
            expect_next("rule", row.get(0)?, rules.len())?;
            rules.push((row.get(0)?, row.get(1)?));
        }
        self.expect_end("rule", rules.len(), |ends| ends.rules)?;
        Ok(rules)
    }
}

/// Writes out what the pieces of a document hold.
///
/// # Errors
/// As [`Reader::kept`].
pub(super) fn each_byte(
    connection: &Connection,
    no: i64,
    hash: &Hash,
    size: i64,
    out: &mut dyn Write,
) -> Result<(), StoreError> {
    let first = no << SHIFT;
    let sql = "SELECT id, data, seal FROM piece WHERE id BETWEEN ?1 AND ?2 ORDER BY id";
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.scan(values![first, first + (1 << SHIFT) - 1])?;
    let (mut hasher, mut next, mut room) = (Hasher::new(), first, Vec::new());
    while let Some(row) = rows.next()? {
        seal::expect(row, "piece", 2)?;
        let id: i64 = row.get(0)?;
        let damaged = || StoreError::damaged("piece", id);
        if id != next {
            return Err(StoreError::damaged("piece", next));
        }
        next += 1;
        let bytes = match row.bytes(1)? {
            [PLAIN, rest @ ..] => rest,
            [DEFLATED, rest @ ..] => {
                room.clear();
                // No more than a piece has, whatever the bytes say.
                let mut piece = DeflateDecoder::new(rest).take(PIECE as u64 + 1);
                piece.read_to_end(&mut room).map_err(|_| damaged())?;
                room.as_slice()
            }
            _ => return Err(damaged()),
        };
        hasher.update(bytes);
        out.write_all(bytes)?;
    }
    if hasher.finalize() == *hash && i64::try_from(hasher.count()) == Ok(size) {
        Ok(())
    } else {
        Err(StoreError::damaged("document", no))
    }
}

impl Transaction {
    /// Keeps what `write` writes, under a name, once however often it comes.
    ///
    /// # Errors
    /// What `write` fails with, as `Io`, and what writing runs into.
    pub fn keep(
        &mut self,
        name: &str,
        write: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Kept, StoreError> {
        let mut cutter = Cutter::new(&self.connection)?;
        let written = write(&mut cutter);
        cutter.failed.take().map_or(Ok(()), Err)?;
        written?;
        cutter.finish(name)
    }
}

/// Cuts a document into pieces.
struct Cutter<'c> {
    connection: &'c Connection,
    no: i64,
    /// The id of the next piece.
    next: i64,
    room: Vec<u8>,
    hasher: Hasher,
    /// Why the store takes no more: a writer can only say that it failed.
    failed: Option<StoreError>,
}

impl<'c> Cutter<'c> {
    fn new(connection: &'c Connection) -> Result<Self, StoreError> {
        let sql = "SELECT coalesce(max(no), 0) + 1 FROM document";
        let no: i64 = connection.value(sql, &[])?;
        Ok(Self {
            connection,
            no,
            next: no << SHIFT,
            room: Vec::with_capacity(PIECE),
            hasher: Hasher::new(),
            failed: None,
        })
    }

    fn put(&mut self) -> Result<(), StoreError> {
        let mut data = vec![DEFLATED];
        let mut encoder = DeflateEncoder::new(&mut data, Compression::new(LEVEL));
        encoder.write_all(&self.room)?;
        encoder.finish()?;
        if data.len() > self.room.len() {
            data.clear();
            data.push(PLAIN);
            data.extend_from_slice(&self.room);
        }
        let row = values![self.next, data.as_slice()];
        seal::add(self.connection, "piece", row)?;
        self.next += 1;
        self.room.clear();
        Ok(())
    }

    fn finish(mut self, name: &str) -> Result<Kept, StoreError> {
        if !self.room.is_empty() {
            self.put()?;
        }
        let (hash, size) = (self.hasher.finalize(), self.hasher.count());
        let sql = "SELECT EXISTS (SELECT 1 FROM document WHERE hash = ?1)";
        if self.connection.value(sql, values![hash.as_bytes()])? {
            let sql = "DELETE FROM piece WHERE id >= ?1";
            self.connection.execute(sql, values![self.no << SHIFT])?;
        } else {
            let bytes = i64::try_from(size).unwrap_or(i64::MAX);
            let row = values![self.no, hash.as_bytes(), bytes];
            seal::add(self.connection, "document", row)?;
        }
        Ok(Kept {
            name: name.to_string(),
            size,
            blake3: hash.to_hex().to_string(),
        })
    }
}

/// How hard it is tried: the texts of a notice repeat themselves, and the next levels take twice the time for a tenth less.
const LEVEL: u32 = 3;

impl Write for Cutter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = bytes.len().min(PIECE - self.room.len());
        self.room.extend_from_slice(&bytes[..taken]);
        self.hasher.update(&bytes[..taken]);
        if self.room.len() == PIECE
            && let Err(error) = self.put()
        {
            self.failed = Some(error);
            return Err(io::ErrorKind::Other.into());
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Cuts the documents of a store of an older version, which kept each in one piece.
///
/// # Errors
/// `Damaged` where one is not what its hash says, and what reading and writing run into.
pub(super) fn cut_kept(connection: &Connection) -> Result<(), StoreError> {
    let sql = "SELECT rowid FROM kept ORDER BY rowid";
    let numbers: Vec<i64> = connection.all(sql, &[], |row| row.get(0))?;
    let mut select = connection.prepare("SELECT hash, data FROM kept WHERE rowid = ?1")?;
    for number in numbers {
        let mut rows = select.query(values![number])?;
        let Some(row) = rows.next()? else { continue };
        let hash: [u8; 32] = row.get(0)?;
        let mut cutter = Cutter::new(connection)?;
        let written = cutter.write_all(row.bytes(1)?);
        cutter.failed.take().map_or(Ok(()), Err)?;
        written?;
        if cutter.finish("")?.blake3 != Hash::from_bytes(hash).to_hex().as_str() {
            return Err(StoreError::damaged("kept", number));
        }
    }
    Ok(())
}
