//! Reading: the journal as `log` lists it.

use std::ops::ControlFlow;

use super::batches::StoredBatch;
use super::database::{Row, values};
use super::entries::{ENTRIES, StoredEntry, WIDTH, stored_entry};
use super::error::StoreError;
use super::read::Reader;
use super::seal;
use super::sheets::Which;
use crate::journal::Kind;
use crate::model::day::Day;
use crate::model::entry::{Seq, TaskNo};
use crate::model::unit::UnitNo;

/// Which entries of the journal to list; by default all, oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogFilter<'a> {
    /// Not those that act from an earlier day.
    pub from: Option<Day>,
    /// Not those that act from a later day.
    pub to: Option<Day>,
    /// Only those on the sheets of these units.
    pub units: Option<&'a [UnitNo]>,
    /// Only those about these tasks.
    pub tasks: Option<&'a [TaskNo]>,
    /// Only those of these kinds.
    pub kinds: Option<&'a [Kind]>,
    /// Only what that person typed.
    pub actor: Option<&'a str>,
    /// The newest first.
    pub newest_first: bool,
    /// At most so many.
    pub limit: Option<usize>,
}

impl Reader {
    /// Calls `visit` with the entries that pass the filter and their batches, until it breaks.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn log(
        &self,
        filter: &LogFilter<'_>,
        visit: &mut dyn FnMut(&StoredBatch, StoredEntry) -> ControlFlow<()>,
    ) -> Result<(), StoreError> {
        let mut left = filter.limit.unwrap_or(usize::MAX);
        let mut current: Option<StoredBatch> = None;
        let mut take = |row: Row<'_>| -> Result<ControlFlow<()>, StoreError> {
            if left == 0 {
                return Ok(ControlFlow::Break(()));
            }
            if !passes(filter, row)? {
                return Ok(ControlFlow::Continue(()));
            }
            let n: i64 = row.get(1)?;
            let batch = match current.take().filter(|batch| batch.n == n) {
                Some(batch) => batch,
                None => self.batch_number(n)?,
            };
            let batch = current.insert(batch);
            if filter.actor.is_some_and(|actor| batch.batch.actor != actor) {
                return Ok(ControlFlow::Continue(()));
            }
            left -= 1;
            Ok(visit(batch, stored_entry(row, batch)?))
        };
        let Some(units) = filter.units else {
            let order = if filter.newest_first { "DESC" } else { "ASC" };
            let sql = format!("{ENTRIES} ORDER BY seq {order}");
            let mut statement = self.connection.prepare(&sql)?;
            let mut rows = statement.scan(&[])?;
            let mut before: Option<i64> = None;
            while let Some(row) = rows.next()? {
                let seq: i64 = row.get(0)?;
                let step = if filter.newest_first { -1 } else { 1 };
                let wanted = before.replace(seq).map(|before| before + step);
                if let Some(wanted) = wanted.filter(|wanted| *wanted != seq) {
                    return Err(StoreError::damaged("entry", wanted));
                }
                if take(row)?.is_break() {
                    break;
                }
            }
            return Ok(());
        };
        let mut seqs: Vec<Seq> = Vec::new();
        self.each_sheet(Which::Units(units), &mut |sheet| {
            seqs.extend(sheet.items.iter().map(|item| item.seq));
        })?;
        // An entry that is one with another has two items.
        seqs.sort_unstable();
        seqs.dedup();
        if filter.newest_first {
            seqs.reverse();
        }
        let sql = format!("{ENTRIES} WHERE seq = ?1");
        let mut statement = self.connection.prepare(&sql)?;
        for seq in seqs {
            let mut rows = statement.query(values![seq.cast_signed()])?;
            let row = rows.next()?;
            let row = row.ok_or_else(|| StoreError::damaged("entry", seq))?;
            if take(row)?.is_break() {
                break;
            }
        }
        Ok(())
    }
}

fn passes(filter: &LogFilter<'_>, row: Row<'_>) -> Result<bool, StoreError> {
    seal::expect(row, "entry", WIDTH)?;
    let kind: i64 = row.get(2)?;
    let task: Option<TaskNo> = row.get(4)?;
    let day = Day::from_number(row.get(5)?);
    let of_kind = |kinds: &[Kind]| kinds.iter().any(|it| i64::from(it.number()) == kind);
    Ok(filter.from.is_none_or(|from| day >= from)
        && filter.to.is_none_or(|to| day <= to)
        && filter.kinds.is_none_or(of_kind)
        && filter
            .tasks
            .is_none_or(|tasks| task.is_some_and(|task| tasks.contains(&task))))
}
