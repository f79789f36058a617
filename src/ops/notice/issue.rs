//! Issuing a notice, and what was issued: entries of one batch, documents kept word for word.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use super::{Drafted, standing_notices};
use crate::model::board::View;
use crate::model::decimal::Decimal;
use crate::model::entry::{Act, Address, Booking, Entry, Kept, LeftOut, Notice, Seq};
use crate::model::notice::{Draft, Issued, Terms, Told, Units};
use crate::model::plan::Trigger;
use crate::ops::fault::Fault;
use crate::ops::office::{Office, Source};
use crate::ops::write::{Clerk, Written};
use crate::store::Reader;

/// An issued notice, with what it booked.
#[derive(Clone, Debug)]
pub struct Listing {
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

impl Office {
    /// Issues a notice: keeps its documents word for word and books the points.
    ///
    /// # Errors
    /// [`Fault::MovedOn`] where the journal has grown since it was drafted, and whatever the store says.
    pub fn issue_notice(
        &mut self,
        drafted: &Drafted,
        files: &[(String, Vec<u8>)],
        clerk: &Clerk,
    ) -> Result<Written<Address>, Fault> {
        let fresh = matches!(self.source, Source::Files { .. });
        self.write(clerk, |office, transaction, batch| {
            if !fresh && transaction.last_seq()? != drafted.seen {
                return Err(Fault::MovedOn);
            }
            let address = Address {
                batch: batch.id,
                index: 0,
            };
            let kept = files
                .iter()
                .map(|(name, data)| transaction.keep(name, data));
            let kept: Vec<Kept> = kept.collect::<Result<_, _>>()?;
            let Draft {
                terms,
                units,
                left_out,
                ..
            } = &drafted.draft;
            let entries = office.bookings(transaction, terms, units)?;
            let left_out = left_out.iter().map(|(unit, reason)| LeftOut {
                unit: unit.code.clone(),
                reason: reason.clone(),
            });
            let notice = Notice {
                number: terms.number,
                until: terms.until,
                rectify: terms.rectify,
                left_out: left_out.collect(),
                files: kept,
            };
            let mut pen = transaction.pen(batch)?;
            pen.push(&Entry {
                unit: None,
                task: None,
                day: terms.on,
                act: Act::Notice(notice),
            })?;
            for entry in &entries {
                pen.push(entry)?;
            }
            pen.finish()?;
            Ok(address)
        })
    }

    fn bookings(&self, reader: &Reader, terms: &Terms, units: &Units) -> Result<Vec<Entry>, Fault> {
        let rules = self
            .plan
            .assessment
            .as_ref()
            .map_or(&[][..], |it| &it.rules);
        let mut entries = Vec::new();
        for named in units.iter() {
            for Told { naming, .. } in named.namings() {
                let of = match naming.of {
                    None => None,
                    Some(seq) => reader.entry(seq)?.map(|entry| entry.address),
                };
                let booking = Booking {
                    notice: terms.number,
                    on: naming.on,
                    period: naming.period,
                    of,
                    days: naming.days,
                    rule: naming.rule.map(|place| rules[place].id.clone()),
                    points: naming.points,
                };
                entries.push(Entry {
                    unit: Some(named.no()),
                    task: naming.task.map(|place| self.numbers[place]),
                    day: terms.on,
                    act: Act::Book(booking),
                });
            }
        }
        Ok(entries)
    }

    /// The notices in force in a view with what they booked, by number.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn list_notices(&self, view: View) -> Result<Vec<Listing>, Fault> {
        standing_notices(&self.orders, Some(view))
            .map(|(seq, issued)| self.listing(seq, issued))
            .collect()
    }

    /// One issued notice.
    ///
    /// # Errors
    /// [`Fault::NoNotice`] where there is none of that number, and whatever the store says.
    pub fn notice(&self, number: u32) -> Result<Listing, Fault> {
        let found = self.issued().find(|(_, issued)| issued.number == number);
        let (seq, issued) = found.ok_or_else(|| Fault::NoNotice {
            number,
            known: self.notices().iter().map(|issued| issued.number).collect(),
        })?;
        self.listing(seq, issued)
    }

    fn listing(&self, seq: Seq, issued: Issued) -> Result<Listing, Fault> {
        let told = self.entry_told(seq)?;
        let Act::Notice(notice) = told.entry.act else {
            return Err(Fault::UnknownEntry {
                text: seq.to_string(),
            });
        };
        let (mut units, mut points) = (BTreeSet::new(), Decimal::ZERO);
        self.look(|reader| {
            let Some(batch) = reader.batch(&told.address.batch)? else {
                return Ok(());
            };
            reader.entries_of(batch.n, &mut |entry| {
                if let Act::Book(booking) = entry.entry.act {
                    let named = matches!(booking.on, Trigger::Overdue | Trigger::Returned);
                    units.extend(entry.entry.unit.filter(|_| named));
                    points += booking.points;
                }
                Ok(ControlFlow::Continue(()))
            })
        })?;
        Ok(Listing {
            issued,
            address: told.address,
            actor: told.batch.actor,
            notice,
            units: units.len(),
            points,
        })
    }

    /// The bytes of a document that was issued; `None` where another store keeps them.
    ///
    /// # Errors
    /// Whatever the store says.
    pub fn kept(&self, file: &Kept) -> Result<Option<Vec<u8>>, Fault> {
        Ok(self.look(|reader| reader.kept(file))?.flatten())
    }
}
