//! The figures of a status row, as JSON has them.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::document::{Figure, Part, Text, Tone};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};

/// The figures of a row.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Figures {
    /// Every cell.
    pub applicable: u64,
    /// applicable − excused − waiting.
    pub owed: u64,
    /// completed + returned + overdue.
    pub expected: u64,
    /// Of these, completed before their due day has come.
    pub early: u64,
    /// on_time + late.
    pub completed: u64,
    /// Completed on time.
    pub on_time: u64,
    /// Completed late.
    pub late: u64,
    /// Overdue.
    pub overdue: u64,
    /// Returned, rectification day not past.
    pub returned: u64,
    /// Due within the plan's days.
    pub due_soon: u64,
    /// Not due yet.
    pub pending: u64,
    /// Excused.
    pub excused: u64,
    /// Awaiting instruction.
    pub waiting: u64,
    /// Completed with proof.
    pub proven: u64,
    /// Completed and accepted.
    pub accepted: u64,
    /// completed / expected.
    pub completion_rate: Rate,
    /// on_time / expected.
    pub on_time_rate: Rate,
    /// completed / owed.
    pub progress: Rate,
}

impl Figures {
    /// What was expected as a bar: done on time, done late, open.
    pub(super) fn bar(&self) -> Text {
        let parts = [
            (self.on_time, Tone::Done),
            (self.late, Tone::Late),
            (self.returned, Tone::Returned),
            (self.overdue, Tone::Overdue),
        ];
        let parts = parts.map(|(count, tone)| Part::new(count, tone));
        Text::figure(Figure::Share(parts.into()), "")
    }
}

impl From<Tally> for Figures {
    fn from(tally: Tally) -> Self {
        Self {
            applicable: tally.applicable(),
            owed: tally.owed(),
            expected: tally.expected(),
            early: tally.early,
            completed: tally.completed(),
            on_time: tally.of(Standing::Done),
            late: tally.of(Standing::Late),
            overdue: tally.of(Standing::Overdue),
            returned: tally.of(Standing::Returned),
            due_soon: tally.of(Standing::DueSoon),
            pending: tally.of(Standing::Pending),
            excused: tally.of(Standing::Excused),
            waiting: tally.of(Standing::Waiting),
            proven: tally.proven,
            accepted: tally.accepted,
            completion_rate: tally.completion_rate(),
            on_time_rate: tally.on_time_rate(),
            progress: tally.progress(),
        }
    }
}

/// A row of the status table.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StatusRow {
    /// The code of what the row is about.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The due day: of a due, and of a task that has only one.
    pub due: Option<Day>,
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// What was counted, where the row has a due day and the task a quantity.
    #[serde(flatten, serialize_with = "amount")]
    pub amount: Option<Quantity>,
    /// Task rows: the short name.
    #[serde(skip)]
    pub short: Option<String>,
}

impl StatusRow {
    /// A row without a day and an amount.
    pub(super) fn new((code, name): (String, String), tally: Tally) -> Self {
        Self {
            code,
            name,
            due: None,
            figures: tally.into(),
            amount: None,
            short: None,
        }
    }
}

/// How much was counted of how much.
#[derive(Clone, Debug)]
pub(crate) struct Quantity {
    /// Counted for all units.
    pub count: Decimal,
    /// The same, where each unit counts for no more than it needs: what one has too much hides nothing that another lacks.
    pub capped: Decimal,
    /// What is needed.
    pub target: Decimal,
    /// What is counted.
    pub measure: String,
}

impl Quantity {
    /// count / target; may exceed 1.
    pub(super) fn attainment(&self) -> Rate {
        let counted = |number: Decimal| u64::try_from(number.thousandths()).unwrap_or(0);
        Rate::new(counted(self.count), counted(self.target))
    }
}

/// The amount as keys of its row, null where there is none.
fn amount<S: Serializer>(amount: &Option<Quantity>, serializer: S) -> Result<S::Ok, S::Error> {
    let amount = amount.as_ref();
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("count", &amount.map(|amount| amount.count))?;
    map.serialize_entry("capped", &amount.map(|amount| amount.capped))?;
    map.serialize_entry("target", &amount.map(|amount| amount.target))?;
    map.serialize_entry("measure", &amount.map(|amount| &amount.measure))?;
    map.serialize_entry("attainment", &amount.map(Quantity::attainment))?;
    map.end()
}
