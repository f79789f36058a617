//! Reading and writing what lists say of units. It stands in the roster's rows, and once more in packs of many units, since a list
//! of many takes most of its time to read row by row.

use super::database::{Connection, Row, Statement, values};
use super::error::StoreError;
use super::label_pack::PACKS;
use super::label_pack::{Packer, UnitLabel, Unpacker, pack_of, range};
use super::read::Reader;
use super::seal::{self, Sealing};
use super::unit_row::{PLAIN, WIDTH};
use super::units::dense;
use super::varint::PageError;
use crate::model::unit::UnitNo;

impl Reader {
    /// Calls `visit` with what lists say of the units of those numbers, which ascend.
    ///
    /// # Errors
    /// `Unknown` where there is no such unit, and what reading runs into.
    pub fn each_brief(
        &self,
        numbers: &[UnitNo],
        visit: &mut dyn FnMut(UnitLabel<'_>),
    ) -> Result<(), StoreError> {
        if numbers.is_empty() {
            // To ask for none took a town's `status` 70,000 instructions.
            return Ok(());
        }
        match dense(numbers).filter(|_| self.version >= PACKS) {
            Some(ends) => self.each_packed(numbers, ends, visit),
            None => self.each_row(numbers, visit),
        }
    }

    fn each_packed(
        &self,
        numbers: &[UnitNo],
        (first, last): (UnitNo, UnitNo),
        visit: &mut dyn FnMut(UnitLabel<'_>),
    ) -> Result<(), StoreError> {
        let sql = "SELECT no, data, seal FROM brief WHERE no BETWEEN ?1 AND ?2 ORDER BY no";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.scan(values![pack_of(first), pack_of(last)])?;
        let mut wanted = numbers.iter().peekable();
        let mut unpacker = Unpacker::default();
        while let Some(row) = rows.next()? {
            seal::expect(row, "brief", 2)?;
            let pack = row.get(0)?;
            let damaged = |error: PageError| StoreError::from(error).at("brief", pack);
            let data = row.bytes(1)?;
            let mut rest = unpacker.open(data).map_err(damaged)?;
            while let Some(no) = unpacker.next(pack, &mut rest).map_err(damaged)? {
                if wanted.next_if_eq(&&no).is_some() {
                    visit(unpacker.brief().map_err(damaged)?);
                }
            }
        }
        // What no pack tells of, the rows may.
        wanted.try_for_each(|no| self.each_row(&[*no], visit))
    }

    fn each_row(
        &self,
        numbers: &[UnitNo],
        visit: &mut dyn FnMut(UnitLabel<'_>),
    ) -> Result<(), StoreError> {
        let sql = format!("{PLAIN} WHERE no = ?1");
        let mut statement = self.connection.prepare(&sql)?;
        for no in numbers {
            let mut rows = statement.query(values![*no])?;
            let row = rows.next()?;
            visit(brief(row.ok_or_else(|| StoreError::damaged("unit", no))?)?);
        }
        Ok(())
    }
}

fn brief(row: Row<'_>) -> Result<UnitLabel<'_>, StoreError> {
    seal::expect(row, "unit", WIDTH)?;
    let text = |at| row.text_or_null(at);
    Ok(UnitLabel {
        no: row.get(0)?,
        place: row.get(1)?,
        code: text(2)?.unwrap_or_default(),
        short: text(4)?.or(text(3)?).unwrap_or_default(),
        contact: text(9)?.unwrap_or_default(),
    })
}

/// Writes packs, one after another.
pub(super) struct Packs<'c> {
    packs: Sealing<'c>,
    select: Statement<'c>,
    packer: Packer,
    /// The pack in hand.
    pack: Option<UnitNo>,
    data: Vec<u8>,
}

impl<'c> Packs<'c> {
    pub(super) fn new(from: &'c Connection, into: &'c Connection) -> Result<Self, StoreError> {
        let sql = format!("{PLAIN} WHERE no BETWEEN ?1 AND ?2 ORDER BY no");
        Ok(Self {
            packs: Sealing::replacing(into, "brief")?,
            select: from.prepare(&sql)?,
            packer: Packer::default(),
            pack: None,
            data: Vec::new(),
        })
    }

    /// Adds the next of all units there are, whose numbers ascend; [`Packs::end`] follows the last.
    pub(super) fn add(&mut self, brief: &UnitLabel<'_>) -> Result<(), StoreError> {
        let next = pack_of(brief.no);
        if let Some(before) = self.pack.replace(next).filter(|before| *before != next) {
            self.put(before)?;
        }
        self.packer.add(brief);
        Ok(())
    }

    /// Puts the last pack.
    pub(super) fn end(&mut self) -> Result<(), StoreError> {
        self.pack.take().map_or(Ok(()), |last| self.put(last))
    }

    /// Puts the packs of these units anew from their rows.
    pub(super) fn put_anew(
        &mut self,
        units: impl Iterator<Item = UnitNo>,
    ) -> Result<(), StoreError> {
        let mut done = None;
        for pack in units.map(pack_of) {
            if done.replace(pack) == Some(pack) {
                continue;
            }
            let (first, last) = range(pack);
            let mut rows = self.select.query(values![first, last])?;
            while let Some(row) = rows.next()? {
                self.packer.add(&brief(row)?);
            }
            drop(rows);
            self.put(pack)?;
        }
        Ok(())
    }

    fn put(&mut self, pack: UnitNo) -> Result<(), StoreError> {
        self.packer.finish(&mut self.data);
        self.packs.put(values![pack, self.data.as_slice()])
    }
}

/// Makes all packs from the roster's rows; where they stand need not be where they go.
///
/// # Errors
/// What reading and writing run into.
pub(super) fn pack_all(from: &Connection, into: &Connection) -> Result<(), StoreError> {
    let mut packs = Packs::new(from, into)?;
    let mut statement = from.prepare(&format!("{PLAIN} ORDER BY no"))?;
    let mut rows = statement.scan(&[])?;
    while let Some(row) = rows.next()? {
        packs.add(&brief(row)?)?;
    }
    packs.end()
}
