//! The notices that were issued, and their documents.

use std::collections::BTreeSet;
use std::io::Write;
use std::ops::ControlFlow;

use super::standing_notices;
use crate::model::board::View;
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, Address, Kept, Notice, Seq};
use crate::model::notice::Issued;
use crate::model::plan::Trigger;
use crate::query::error::Error;
use crate::query::unknown_entry;
use crate::query::workspace::Workspace;
use crate::source::problem::say;

/// An issued notice, with what it booked.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    /// Its number and days.
    pub issued: Issued,
    /// The entry.
    pub address: Address,
    /// Who issued it.
    pub actor: String,
    /// What was issued with it.
    pub notice: Notice,
    /// How many units it named, for something overdue or returned.
    pub units: usize,
    /// The points that it booked.
    pub points: Decimal,
}

impl Workspace {
    /// The notices in force in a view with what they booked, by number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn list_notices(&self, view: View) -> Result<Vec<Listing>, Error> {
        standing_notices(&self.orders, Some(view))
            .map(|(seq, issued)| self.listing(seq, issued))
            .collect()
    }

    /// One issued notice.
    ///
    /// # Errors
    /// Where there is none of that number, and whatever the store says.
    pub(crate) fn notice(&self, number: u32) -> Result<Listing, Error> {
        let found = self.issued().find(|(_, issued)| issued.number == number);
        let (seq, issued) = found.ok_or_else(|| {
            let known = self.notices();
            let known = known.iter().map(|issued| issued.number.to_string());
            let names = known.collect::<Vec<_>>().join(", ");
            let hint = (!names.is_empty()).then(|| say!("error-issued", names = names));
            say!("error-no-notice", n = number).hint(hint)
        })?;
        self.listing(seq, issued)
    }

    fn listing(&self, seq: Seq, issued: Issued) -> Result<Listing, Error> {
        let told = self.entry_told(seq)?;
        let Act::Notice(notice) = told.entry.act else {
            return Err(unknown_entry(&seq.to_string()));
        };
        let (mut units, mut points) = (BTreeSet::new(), Decimal::ZERO);
        if let Some(batch) = self.reader().batch(&told.address.batch)? {
            self.reader().entries_of(batch.n, &mut |entry| {
                if let Act::Book(booking) = entry.entry.act {
                    let named = matches!(booking.on, Trigger::Overdue | Trigger::Returned);
                    units.extend(entry.entry.unit.filter(|_| named));
                    points += booking.points;
                }
                Ok(ControlFlow::Continue(()))
            })?;
        }
        Ok(Listing {
            issued,
            address: told.address,
            actor: told.batch.actor,
            notice,
            units: units.len(),
            points,
        })
    }

    /// Writes the bytes of a document that was issued; whether they are kept here, and not in another store.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn kept(&self, file: &Kept, out: &mut dyn Write) -> Result<bool, Error> {
        Ok(self.reader().kept(file, out)?)
    }

    /// The chain hash of the journal's last batch, in hexadecimal: on what is said now stands.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn chain(&self) -> Result<String, Error> {
        Ok(self
            .reader()
            .chain()?
            .map(|hash| hash.to_hex().to_string())
            .unwrap_or_default())
    }
}
