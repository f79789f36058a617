//! The rows of units: their columns, and what they say.

use super::columns::parsed;
use super::database::Row;
use super::error::StoreError;
use super::seal;
use crate::model::code::UnitCode;
use crate::model::day::Day;
use crate::model::unit::{Unit, UnitNo};

/// A unit as the store keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitRow {
    /// Its number.
    pub no: UnitNo,
    /// Its place in the roster, from 0.
    pub place: u32,
    /// The number of the area above it.
    pub parent: Option<UnitNo>,
    /// The number of its class.
    pub class: u32,
    /// Whether the roster no longer has it.
    pub gone: bool,
    /// What the roster says, or last said.
    pub unit: Unit,
}

pub(super) const ROWS: &str = "SELECT u.no, u.place, u.code, u.name, u.short, u.kind, u.labels, u.parent, u.head, u.contact, u.phone,
    u.since, u.until, u.was, u.attributes, u.class, u.area, u.gone, u.seal, p.code
    FROM unit u LEFT JOIN unit p ON p.no = u.parent";

/// How many columns of a unit stand before its seal.
pub(super) const WIDTH: usize = 18;

/// A unit's columns as `unit_row` numbers them, without what is joined to them.
pub(super) const PLAIN: &str = "SELECT no, place, code, name, short, kind, labels, parent, head, contact, phone, since, until, was,
    attributes, class, area, gone, seal FROM unit";

/// The places of columns in a row of `ROWS` and of `PLAIN`.
pub(super) const AREA: usize = 16;
pub(super) const GONE: usize = 17;

pub(super) fn code(text: &str) -> Result<UnitCode, StoreError> {
    text.parse()
        .map_err(|_| StoreError::corrupt(format!("unit code `{text}`")))
}

pub(super) fn day(row: Row<'_>, at: usize) -> Result<Option<Day>, StoreError> {
    let day: Option<i32> = row.get(at)?;
    Ok(day.map(Day::from_number))
}

/// The unit in a row of [`ROWS`].
///
/// # Errors
/// `Damaged` where it is not as it was written.
pub(super) fn unit_row(row: Row<'_>) -> Result<UnitRow, StoreError> {
    seal::expect(row, "unit", WIDTH)?;
    let no: UnitNo = row.get(0)?;
    unsealed_row(row, no).map_err(|error| error.at("unit", no))
}

fn unsealed_row(row: Row<'_>, no: UnitNo) -> Result<UnitRow, StoreError> {
    let text = |at| row.get::<Option<String>>(at).map(Option::unwrap_or_default);
    let name: String = row.get(3)?;
    let above: Option<UnitNo> = row.get(7)?;
    let parent: Option<String> = row.get(WIDTH + 1)?;
    if let Some(above) = above.filter(|_| parent.is_none()) {
        return Err(StoreError::damaged("unit", above));
    }
    Ok(UnitRow {
        no,
        place: row.get(1)?,
        parent: above,
        class: row.get(15)?,
        gone: row.get::<Option<bool>>(GONE)?.unwrap_or(false),
        unit: Unit {
            code: code(row.text(2)?)?,
            short: row
                .get::<Option<String>>(4)?
                .unwrap_or_else(|| name.clone()),
            name,
            kind: row.get(5)?,
            labels: listed(row, 6)?,
            parent: parent.as_deref().map(code).transpose()?,
            head: text(8)?,
            contact: text(9)?,
            phone: text(10)?,
            since: day(row, 11)?,
            until: day(row, 12)?,
            was: listed(row, 13)?,
            attributes: listed(row, 14)?,
        },
    })
}

fn listed<T: for<'de> serde::Deserialize<'de>>(
    row: Row<'_>,
    at: usize,
) -> Result<Vec<T>, StoreError> {
    row.text_or_null(at)?.map_or_else(|| Ok(Vec::new()), parsed)
}
