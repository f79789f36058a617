//! What was known when a notice booked points: what had been recorded before that entry, under the plan of that time. It goes by when
//! something was recorded, as `--known-by` does, never by when it came into this store: stores with the same batches say the same.

use uuid::Uuid;

use super::error::Error;
use super::ids::short_id;
use super::workspace::Workspace;
use crate::model::board::{Cell, Desk, Ruler, View};
use crate::model::day::Day;
use crate::model::entry::{Act, Seq};
use crate::model::plan::{Plan, Trigger};
use crate::model::score::BookedLine;
use crate::model::sheet::{Item, Sheet};
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::store::StoreError;

/// What a notice knew when it named a unit for an obligation.
#[derive(Clone, Debug, Default)]
pub(crate) struct KnownThen {
    /// Where the obligation stood at the cut-off, and the plan of that time; `None` where the journal cannot say so any more: where
    /// that plan was never in force here, or an amendment of the roster has changed what the unit is.
    pub stood: Option<(Plan, Cell)>,
    /// The records that counted, by id; of what was named as returned, the record that was returned.
    pub records: Vec<String>,
}

impl Workspace {
    /// The obligation that a booking is about, as it was known then. `until` is the cut-off of the notice.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn known_then(
        &self,
        no: UnitNo,
        line: &BookedLine,
        until: Day,
    ) -> Result<KnownThen, Error> {
        let (stood, counted) = match self.stood_then(no, line, until)? {
            Some((plan, cell, records)) => (Some((plan, cell)), records),
            None => (None, Vec::new()),
        };
        let records = match line
            .booked
            .of
            .filter(|_| line.booked.on == Trigger::Returned)
        {
            Some(of) => self.returned_by(of)?,
            None => counted
                .into_iter()
                .map(|seq| self.entry_short_id(seq))
                .collect::<Result<_, _>>()?,
        };
        Ok(KnownThen { stood, records })
    }

    /// Where it stood, and the records that counted.
    fn stood_then(
        &self,
        no: UnitNo,
        line: &BookedLine,
        until: Day,
    ) -> Result<Option<(Plan, Cell, Vec<Seq>)>, Error> {
        let force = self.reader().in_force_for(line.seq)?;
        let Some((plan, numbers)) = force else {
            return Ok(None);
        };
        let Some(place) = numbers.iter().position(|number| *number == line.task) else {
            return Ok(None);
        };
        let orders = self.recorded_before(&self.orders, line.seq)?;
        let ruler = Ruler::new(&plan, &numbers, &self.classes, orders, View::on(until));
        let sheet = self.reader().sheet(no)?;
        let known = self.recorded_before(&sheet.items, line.seq)?;
        let sheet = self.of_then(&sheet, &plan, known);
        let mut cell = None;
        ruler.cells(&sheet, &mut Desk::default(), |one| {
            if one.task == place && ruler.period(&one) == line.booked.period {
                cell = Some(one);
            }
        });
        let found = cell.filter(|cell| bears_out(cell, line)).map(|cell| {
            let records = ruler.records(&sheet, &cell);
            (cell, records)
        });
        Ok(found.map(|(cell, records)| (plan, cell, records)))
    }

    /// Why the entry of that seq returned work, or commended a unit; `None` for any other.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn reason_of(&self, seq: Seq) -> Result<Option<String>, Error> {
        let entry = self.reader().entry(seq)?;
        Ok(match entry.map(|entry| entry.entry.act) {
            Some(Act::Return { reason, .. } | Act::Commend { reason }) => Some(reason),
            _ => None,
        })
    }

    /// Those of the items, which are in the order in which they were recorded, that were recorded before an entry.
    fn recorded_before<'i>(&self, items: &'i [Item], seq: Seq) -> Result<&'i [Item], Error> {
        let wanted = self.moment_of(seq)?;
        let (mut known, mut end) = (0, items.len());
        while known < end {
            let middle = known.midpoint(end);
            match self.moment_of(items[middle].seq)? < wanted {
                true => known = middle + 1,
                false => end = middle,
            }
        }
        Ok(&items[..known])
    }

    /// What tells which of two entries was recorded first.
    fn moment_of(&self, seq: Seq) -> Result<(i64, Uuid, u32), Error> {
        let reader = self.reader();
        let entry = reader.entry(seq)?;
        let entry = entry.ok_or_else(|| StoreError::damaged("entry", seq))?;
        let at = reader.batch_number(entry.batch)?.batch.at;
        Ok((at, entry.address.batch, entry.address.index))
    }

    /// A sheet with what was known of it, and its attributes in the order of the plan of that time.
    fn of_then(&self, sheet: &Sheet, plan: &Plan, known: &[Item]) -> Sheet {
        let now = self.plan.attributes();
        let amount = |name| {
            let place = now.iter().position(|known| *known == name)?;
            sheet.amounts.get(place).copied().flatten()
        };
        Sheet {
            amounts: plan.attributes().into_iter().map(amount).collect(),
            items: known.to_vec(),
            ..*sheet
        }
    }

    /// The record that was returned, by id.
    fn returned_by(&self, seq: Seq) -> Result<Vec<String>, Error> {
        let reader = self.reader();
        let returned = match reader.entry(seq)?.map(|entry| entry.entry.act) {
            Some(Act::Return { of, .. }) => reader.seq_of(of)?,
            _ => None,
        };
        let id = returned.map(|record| short_id(reader, record));
        Ok(id.transpose()?.into_iter().collect())
    }
}

/// Whether a cell could be what a notice booked for. Attributes and kinds of units are not kept as they were.
fn bears_out(cell: &Cell, line: &BookedLine) -> bool {
    match line.booked.on {
        Trigger::Overdue => cell.standing == Standing::Overdue,
        Trigger::Late => cell.standing == Standing::Late,
        Trigger::Returned => cell.returned == line.booked.of,
        Trigger::Commended => true,
    }
}
