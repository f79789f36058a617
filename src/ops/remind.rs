//! `remind` (催办): that units were told.

use super::recording::{Recording, Written};
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Entry};
use crate::query::{Error, Reminder};

impl Recording {
    /// Records that units were reminded: an entry for each obligation.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn remind(
        mut self,
        reminders: &[Reminder],
        on: Day,
    ) -> Result<Written<Address>, Error> {
        let mut entries = Vec::new();
        for reminder in reminders {
            entries.extend(reminder.dues.iter().map(|(cell, period)| Entry {
                unit: Some(reminder.row.no),
                task: Some(self.numbers[cell.task]),
                day: on,
                act: Act::Remind { period: *period },
            }));
        }
        let address = self.append(entries)?;
        self.commit(address)
    }
}
