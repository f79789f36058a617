//! Writing: one immediate transaction a command. The first command that writes puts the plan in force by itself.

use std::cell::RefCell;

use uuid::Uuid;

use super::amend::Applied;
use super::fault::Fault;
use super::office::{Office, Source};
use crate::model::day::Day;
use crate::model::entry::{Act, Batch, Entry};
use crate::model::unit::Unit;
use crate::model::zone::Zone;
use crate::store::{Applying, Store, StoreError, Transaction};

/// Who writes, with which command, and when.
#[derive(Clone, Debug)]
pub struct Clerk {
    /// Who typed it.
    pub actor: String,
    /// The command's name.
    pub command: &'static str,
    /// Now, in milliseconds since 1970 UTC.
    pub now: i64,
    /// The day that counts as today, where it is not the clock's.
    pub today: Option<Day>,
    /// Sixteen random bytes.
    pub random: fn() -> [u8; 16],
}

/// What a command wrote.
#[derive(Debug)]
pub struct Written<T> {
    /// The plan that it put in force first, where there was none.
    pub applied: Option<Applied>,
    /// The rest.
    pub written: T,
}

impl Clerk {
    /// Today in that time zone.
    pub fn today(&self, zone: Zone) -> Day {
        self.today.unwrap_or_else(|| zone.day_of(self.now))
    }

    /// A new batch. Its moment is now, on the day that counts as today.
    pub(super) fn batch(&self, plan: &str, zone: Zone) -> Batch {
        let today = self.today(zone);
        let shift = i64::from(today - zone.day_of(self.now)) * 86_400_000;
        let at = self.now.saturating_add(shift);
        // Where the clocks were changed in between, an hour more or less.
        let at = at + i64::from(today - zone.day_of(at)) * 3_600_000;
        let mut random = [0; 10];
        random.copy_from_slice(&(self.random)()[..10]);
        let millis = u64::try_from(at).unwrap_or(0);
        Batch {
            id: uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid(),
            at,
            actor: self.actor.clone(),
            command: self.command.to_string(),
            plan: plan.to_string(),
        }
    }
}

impl Office {
    /// Runs `act` in one transaction and commits it; where it fails, nothing was written.
    pub(super) fn write<T>(
        &mut self,
        clerk: &Clerk,
        act: impl FnOnce(&Self, &mut Transaction, Batch) -> Result<T, Fault>,
    ) -> Result<Written<T>, Fault> {
        let batch = clerk.batch(&self.digest, self.plan.timezone);
        let mut store = match &self.source {
            Source::Store(_) => None,
            Source::Files { .. } => Some(Store::create(&self.place.store, &self.plan.id)?),
        };
        let (applied, written) = {
            let mut borrowed;
            let store = match (&mut store, &self.source) {
                (Some(store), _) => store,
                (None, Source::Store(store)) => {
                    borrowed = store.borrow_mut();
                    &mut *borrowed
                }
                (None, Source::Files { .. }) => return Err(Fault::Changed),
            };
            let mut transaction = store.write()?;
            let applied = self.settle(&mut transaction, clerk)?;
            let written = act(self, &mut transaction, batch)?;
            transaction.commit()?;
            (applied, written)
        };
        if let Some(store) = store {
            self.source = Source::Store(RefCell::new(store));
        }
        Ok(Written { applied, written })
    }

    /// Makes sure that the plan that this command judged by is the one in force; puts it in force where none is.
    fn settle(
        &self,
        transaction: &mut Transaction,
        clerk: &Clerk,
    ) -> Result<Option<Applied>, Fault> {
        if let Some(digest) = transaction.digest()? {
            if digest != self.digest {
                return Err(Fault::Changed);
            }
            if let Some(stamps) = &self.restamp {
                transaction.update_stamps(stamps)?;
            }
            return Ok(None);
        }
        let Source::Files { listed, stamps } = &self.source else {
            return Err(StoreError::NoPlan.into());
        };
        let batch = Clerk {
            command: "apply",
            ..clerk.clone()
        }
        .batch(&self.digest, self.plan.timezone);
        let today = clerk.today(self.plan.timezone);
        let id = self.put_in_force(transaction, &listed.units, stamps, today, batch)?;
        Ok(Some(Applied {
            id,
            title: self.plan.title.clone(),
            units: owing(self),
            tasks: self.plan.tasks.len(),
        }))
    }

    /// Puts this plan in force as the first, with the contacts that the roster names.
    fn put_in_force(
        &self,
        transaction: &mut Transaction,
        roster: &[Unit],
        files: &[crate::store::Stamp],
        today: Day,
        batch: Batch,
    ) -> Result<Uuid, Fault> {
        let id = batch.id;
        let applying = Applying {
            plan: &self.plan,
            digest: &self.digest,
            files,
            roster,
            applied: today,
            batch: id,
        };
        transaction.put_in_force(&applying)?;
        let mut pen = transaction.pen(batch)?;
        let act = Act::Apply {
            digest: self.digest.clone(),
            reason: String::new(),
        };
        pen.push(&Entry {
            unit: None,
            task: None,
            day: today,
            act,
        })?;
        for (unit, no) in roster
            .iter()
            .zip(0..)
            .filter(|(unit, _)| !unit.contact.is_empty())
        {
            let act = Act::Contact {
                name: unit.contact.clone(),
            };
            pen.push(&Entry {
                unit: Some(no),
                task: None,
                day: today,
                act,
            })?;
        }
        pen.finish()?;
        Ok(id)
    }
}

/// How many units owe anything.
fn owing(office: &Office) -> usize {
    match &office.source {
        Source::Store(_) => 0,
        Source::Files { listed, .. } => {
            let owes: Vec<bool> = listed
                .classes
                .iter()
                .map(|class| office.plan.tasks.iter().any(|task| task.owed_by(class)))
                .collect();
            listed.rows().filter(|row| owes[row.class as usize]).count()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Clerk;
    use crate::model::zone::Zone;

    #[test]
    fn a_batch_is_of_the_day_that_counts_as_today_through_a_change_of_clocks() {
        let moment = |text: &str| {
            let at = chrono::DateTime::parse_from_rfc3339(text).unwrap();
            at.timestamp_millis()
        };
        // Summer time ended in London on 25 October 2026, and began on 29 March.
        for (now, today) in [
            ("2026-10-26T23:30:00Z", "2026-10-24"),
            ("2026-10-26T00:10:00Z", "2026-10-24"),
            ("2026-10-24T23:30:00Z", "2026-10-27"),
            ("2026-03-28T00:10:00Z", "2026-03-31"),
            ("2026-03-30T23:10:00Z", "2026-03-28"),
            ("2026-07-01T12:00:00Z", "2026-07-01"),
        ] {
            for zone in ["Europe/London", "+08:00", "Australia/Sydney"] {
                let zone: Zone = zone.parse().unwrap();
                let clerk = Clerk {
                    actor: "t".into(),
                    command: "done",
                    now: moment(now),
                    today: today.parse().ok(),
                    random: || [7; 16],
                };
                let batch = clerk.batch("digest", zone);
                assert_eq!(zone.day_of(batch.at).to_string(), today, "{now} {zone}");
            }
        }
    }
}
