//! Bytes that the store keeps word for word, known by their hash: what was issued must be printed again as it was.

use rusqlite::OptionalExtension;

use super::error::StoreError;
use super::read::Reader;
use super::write::Transaction;
use crate::journal::Hash;
use crate::model::entry::{Kept, RuleNo};

impl Reader {
    /// The bytes of a kept file; `None` where another store keeps them.
    ///
    /// # Errors
    /// Corrupt where they are not what their hash says, and what reading runs into.
    pub fn kept(&self, file: &Kept) -> Result<Option<Vec<u8>>, StoreError> {
        let broken = || StoreError::corrupt(format!("the kept file {}", file.name));
        let hash = Hash::from_hex(&file.blake3).map_err(|_| broken())?;
        let sql = "SELECT data FROM kept WHERE hash = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let data = statement.query_row([hash.as_bytes()], |row| row.get::<_, Vec<u8>>(0));
        match data.optional()? {
            Some(data) if blake3::hash(&data) != hash => Err(broken()),
            data => Ok(data),
        }
    }

    /// The numbers of the assessment rules by which points were booked, with their ids.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn rules(&self) -> Result<Vec<(RuleNo, String)>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT no, id FROM rule ORDER BY no")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

impl Transaction {
    /// Keeps bytes under a name, once however often they come.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn keep(&mut self, name: &str, data: &[u8]) -> Result<Kept, StoreError> {
        let hash = blake3::hash(data);
        let sql = "INSERT OR IGNORE INTO kept VALUES (?1, ?2)";
        self.connection.execute(sql, (hash.as_bytes(), data))?;
        Ok(Kept {
            name: name.to_string(),
            size: data.len() as u64,
            blake3: hash.to_hex().to_string(),
        })
    }
}
