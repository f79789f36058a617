//! What was known when a notice booked points: the journal up to that entry, under the plan of that time.

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
        let before = |item: &&Item| item.seq < line.seq;
        let orders: Vec<Item> = self.orders.iter().filter(before).copied().collect();
        let ruler = Ruler::new(&plan, &numbers, &self.classes, &orders, View::on(until));
        let mut found = None;
        self.each_sheet(Some(&[no]), &mut |sheet| {
            let sheet = self.of_then(sheet, &plan, line.seq);
            let mut cell = None;
            ruler.cells(&sheet, &mut Desk::default(), |one| {
                if one.task == place && ruler.period(&one) == line.booked.period {
                    cell = Some(one);
                }
            });
            found = cell.filter(|cell| bears_out(cell, line)).map(|cell| {
                let records = ruler.records(&sheet, &cell);
                (cell, records)
            });
        })?;
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

    /// A sheet with what stood on it before an entry, and its attributes in the order of the plan of that time.
    fn of_then(&self, sheet: &Sheet, plan: &Plan, before: Seq) -> Sheet {
        let now = self.plan.attributes();
        let amount = |name| {
            let place = now.iter().position(|known| *known == name)?;
            sheet.amounts.get(place).copied().flatten()
        };
        let items = sheet.items.iter().filter(|item| item.seq < before);
        Sheet {
            amounts: plan.attributes().into_iter().map(amount).collect(),
            items: items.copied().collect(),
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
