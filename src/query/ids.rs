//! What people type for entries, and what stands for it: ids, and `unit/task`.

use super::error::{Error, no_record, undone, unknown_entry};
use super::log::LogEntry;
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::entry::{Act, Record, Seq};
use crate::source::problem::say;
use crate::store::{Reader, StoredBatch, StoredEntry};

impl Workspace {
    /// What people type for the entry of that seq.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn entry_short_id(&self, seq: Seq) -> Result<String, Error> {
        short_id(self.reader(), seq)
    }

    /// The entry that an id stands for: eight hexadecimal digits of a batch with one entry, or with a dot and its place.
    ///
    /// # Errors
    /// Several entries of that id, and whatever the store says.
    pub(crate) fn entry_id(&self, text: &str) -> Result<Option<Seq>, Error> {
        let (tail, place) = match text.split_once('.') {
            Some((tail, place)) => (
                tail,
                Some(place.parse::<u64>().ok().filter(|place| *place > 0)),
            ),
            None => (text, None),
        };
        if place == Some(None) {
            return Ok(None);
        }
        let batches = self.batches_by(tail)?;
        let fits = |batch: &&StoredBatch| match place.flatten() {
            Some(place) => place <= u64::from(batch.count),
            None => batch.count == 1,
        };
        let found: Vec<&StoredBatch> = batches.iter().filter(fits).collect();
        match found.as_slice() {
            [] => Ok(None),
            [batch] => Ok(Some(batch.first + place.flatten().unwrap_or(1) - 1)),
            several => Err(ambiguous(text, several)),
        }
    }

    /// The batch that an id stands for, by its number in this store.
    pub(crate) fn batch_id(&self, text: &str) -> Result<Option<i64>, Error> {
        let batches = self.batches_by(text)?;
        match batches.as_slice() {
            [] => Ok(None),
            [batch] => Ok(Some(batch.n)),
            several => Err(ambiguous(text, &several.iter().collect::<Vec<_>>())),
        }
    }

    fn batches_by(&self, text: &str) -> Result<Vec<StoredBatch>, Error> {
        if let Ok(id) = text.parse::<uuid::Uuid>() {
            return Ok(self.reader().batch(&id)?.into_iter().collect());
        }
        if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(Vec::new());
        }
        let Ok(tail) = u32::from_str_radix(text, 16) else {
            return Ok(Vec::new());
        };
        Ok(self.reader().batches_by_tail(tail)?)
    }

    /// The latest live record that `unit/task` stands for.
    pub(crate) fn latest_record(
        &self,
        text: &str,
        area: Option<&str>,
        today: Day,
    ) -> Result<Option<Seq>, Error> {
        let Some((unit, task)) = text.rsplit_once('/') else {
            return Ok(None);
        };
        let (unit, place) = (self.find_unit(unit, area)?, self.find_task(task, today)?);
        let told = self.entries_of_unit(unit.no, &View::on(today))?;
        let latest = told.into_iter().find(|told| {
            told.entry.task == Some(self.numbers[place])
                && matches!(told.entry.act, Act::Record(_))
                && told.stands()
        });
        match latest {
            None => Ok(None),
            Some(told) => Ok(self.reader().seq_of(told.address)?),
        }
    }

    /// The live record that a text stands for, with its day and content.
    pub(crate) fn record_named(
        &self,
        text: &str,
        area: Option<&str>,
        today: Day,
    ) -> Result<(LogEntry, Day, Record), Error> {
        let seq = match self.entry_id(text)? {
            Some(seq) => Some(seq),
            None => self.latest_record(text, area, today)?,
        };
        let told = self.entry_told(seq.ok_or_else(|| unknown_entry(text))?)?;
        if !told.stands() {
            return Err(undone(text));
        }
        match &told.entry.act {
            Act::Record(record) => {
                let (day, record) = (told.entry.day, record.clone());
                Ok((told, day, record))
            }
            _ => Err(no_record(text)),
        }
    }
}

/// What people type for an entry: its batch's tail, with its place from 1 where the batch has several.
pub(crate) fn short_id(reader: &Reader, seq: Seq) -> Result<String, Error> {
    let Some(StoredEntry { address, .. }) = reader.entry(seq)? else {
        return Ok(seq.to_string());
    };
    let single = reader
        .batch(&address.batch)?
        .is_none_or(|batch| batch.count == 1);
    Ok(address.short_id(single))
}

fn ambiguous(text: &str, batches: &[&StoredBatch]) -> Error {
    let ids = batches.iter().map(|batch| batch.batch.id.to_string());
    let hint = say!(
        "error-candidates",
        names = ids.collect::<Vec<_>>().join(" ")
    );
    say!("error-ambiguous-entry", text = text).hint(hint).into()
}
