//! Writing: a plan and a roster put in force.

use std::collections::HashMap;

use uuid::Uuid;

use super::codes::unknown;
use super::columns::json;
use super::database::{Connection, values};
use super::error::StoreError;
use super::fingerprint;
use super::label_pack::UnitLabel;
use super::page;
use super::page_row;
use super::read::{NAMED_ZONE, Stamp};
use super::seal::{self, Sealing};
use super::unit_label::Packs;
use super::unit_row::UnitRow;
use super::write::Transaction;
use crate::journal::Hash;
use crate::model::day::Day;
use crate::model::entry::TaskNo;
use crate::model::plan::Plan;
use crate::model::quantity;
use crate::model::sheet::Sheet;
use crate::model::unit::{Classes, Unit, UnitNo};
use crate::model::zone::Zone;

/// What is to be put in force. Whether it may be is for the caller to judge.
#[derive(Clone, Copy, Debug)]
pub struct Applying<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The digest of plan and roster.
    pub digest: &'a str,
    /// The files that they were read from.
    pub files: &'a [Stamp],
    /// The roster in the order of its file.
    pub roster: &'a [Unit],
    /// The day on which it is applied.
    pub applied: Day,
    /// The batch that applies it.
    pub batch: Uuid,
}

/// A roster beyond this is worth building its name index in one go.
const MANY: usize = 5_000;

impl Transaction {
    /// Puts a plan and a roster in force: numbers what is new, marks as gone what the roster no longer has, and rewrites the
    /// headers of sheets. Entries are not touched. Gives the hash of what is in force then, which belongs into the entry that says so.
    ///
    /// # Errors
    /// `Unknown` where a unit stands under one that the roster does not have, and what writing runs into.
    pub fn put_in_force(&mut self, applying: &Applying<'_>) -> Result<Hash, StoreError> {
        let Applying {
            plan,
            digest,
            files,
            roster,
            applied,
            batch,
        } = *applying;
        let zone = self.zone()?;
        let tasks = number_tasks(&self.connection, plan)?;
        let rows = self.put_roster(plan, roster)?;
        let in_order = rows.is_sorted_by_key(|row| row.no);
        put_headers(&self.connection, plan, roster, &rows)?;
        let next = "SELECT coalesce(max(id), 0) + 1 FROM in_force";
        let id: i64 = self.connection.value(next, &[])?;
        let units = i64::try_from(roster.len()).unwrap_or(i64::MAX);
        // Of what no file keeps nobody will ask for proof: that took a first `status` of 30,000 units an eighth of its time.
        let roster = match self.connection.is_kept() {
            true => Some(fingerprint::roster(&self.connection)?),
            false => None,
        };
        let (own, numbers, files) = (json(plan)?, json(&tasks)?, json(files)?);
        let row = values![
            id,
            batch.as_bytes(),
            &own,
            digest,
            match plan.timezone {
                Zone::Offset(minutes) => minutes,
                Zone::Named(_) => NAMED_ZONE,
            },
            &numbers,
            &files,
            applied.number(),
            in_order,
            units,
            roster.as_ref().map(|hash| &hash.as_bytes()[..]),
        ];
        seal::add(&self.connection, "in_force", row)?;
        let hash = fingerprint::plan(&self.connection, id)?.ok_or(StoreError::NoPlan)?;
        if zone.is_some_and(|before| before != plan.timezone) {
            self.rebuild()?;
        }
        Ok(hash)
    }

    /// Brings the unit rows to what the roster says, and gives back what pages need of them, in the roster's order.
    fn put_roster(&self, plan: &Plan, roster: &[Unit]) -> Result<Vec<Placed>, StoreError> {
        let connection = &self.connection;
        let next = "SELECT coalesce(max(no) + 1, 0) FROM unit";
        let known: UnitNo = connection.value(next, &[])?;
        let afresh = known == 0
            && roster.len() > MANY
            && connection.is_kept()
            && connection.may_drop_index("unit_name")?;
        if afresh {
            connection.execute_batch("DROP INDEX unit_name")?;
        }
        let mut rows = self.number_units(roster, known)?;
        let parents = number_parents(roster, &rows);
        let mut classes = Classes::from(self.classes()?);
        let before = classes.list().len();
        // How many units stand right under each.
        let mut below = vec![0_u32; known as usize + roster.len()];
        for (unit, row) in roster.iter().zip(&mut rows) {
            if let Some(parent) = &unit.parent {
                let number = parents.get(parent.as_str()).copied().flatten();
                let number = number.ok_or_else(|| unknown("unit", parent))?;
                below[number as usize] += 1;
                row.parent = Some(number);
            }
            row.class = classes.number(unit.class(plan));
        }
        for (class, no) in classes.list().iter().zip(0_u32..).skip(before) {
            seal::add(connection, "class", values![no, &json(class)?])?;
        }
        // What may replace a row costs SQLite a savepoint, which it begins and ends for each.
        let mut units = match known {
            0 => Sealing::adding(connection, "unit")?,
            _ => Sealing::replacing(connection, "unit")?,
        };
        let (mut seen, mut changed) = (vec![false; known as usize], Vec::new());
        for ((unit, row), place) in roster.iter().zip(&rows).zip(0_u32..) {
            let area = below[row.no as usize];
            if let Some(seen) = seen.get_mut(row.no as usize) {
                *seen = true;
                if self.is_same(unit, row, place, area)? {
                    continue;
                }
            }
            put_unit(&mut units, unit, row, place, area)?;
            changed.push(row.no);
        }
        let mut packs = Packs::new(connection, connection)?;
        if known == 0 {
            let briefs = roster.iter().zip(0_u32..).map(|(unit, no)| UnitLabel {
                no,
                place: no,
                code: unit.code.as_str(),
                short: &unit.short,
                contact: &unit.contact,
            });
            for brief in briefs {
                packs.add(&brief)?;
            }
            packs.end()?;
        } else {
            changed.sort_unstable();
            packs.put_anew(changed.into_iter())?;
        }
        for (no, seen) in (0_u32..).zip(seen) {
            if !seen {
                let sql = "UPDATE unit SET gone = 1, parent = NULL, area = NULL WHERE no = ?1 AND gone IS NULL";
                if connection.execute(sql, values![no])? > 0 {
                    seal::put_one(connection, "unit", no.into())?;
                }
            }
        }
        if afresh {
            connection.execute_batch("CREATE INDEX unit_name ON unit (name)")?;
        }
        Ok(rows)
    }

    fn number_units(&self, roster: &[Unit], known: UnitNo) -> Result<Vec<Placed>, StoreError> {
        let mut rows = Vec::with_capacity(roster.len());
        let mut next = known;
        let sql = "SELECT no FROM unit WHERE code = ?1";
        let mut statement = self.connection.prepare(sql)?;
        for unit in roster {
            let code = unit.code.as_str();
            let found = match known {
                0 => None,
                _ => statement.first(values![code], |row| row.get(0))?,
            };
            let no = found.unwrap_or_else(|| {
                next += 1;
                next - 1
            });
            rows.push(Placed {
                no,
                parent: None,
                class: 0,
            });
        }
        Ok(rows)
    }

    fn is_same(
        &self,
        unit: &Unit,
        row: &Placed,
        place: u32,
        area: u32,
    ) -> Result<bool, StoreError> {
        let UnitRow {
            no: _,
            place: placed,
            parent,
            class,
            gone,
            unit: known,
        } = self.unit(row.no)?;
        if gone || (placed, parent, class) != (place, row.parent, row.class) || known != *unit {
            return Ok(false);
        }
        let sql = "SELECT coalesce(area, 0) FROM unit WHERE no = ?1";
        Ok(area == self.connection.value::<u32>(sql, values![row.no])?)
    }
}

/// A roster row in the store's numbers.
#[derive(Clone, Copy, Debug)]
struct Placed {
    no: UnitNo,
    parent: Option<UnitNo>,
    class: u32,
}

/// The numbers of the units that others name as their parent: far fewer than all.
fn number_parents<'a>(roster: &'a [Unit], rows: &[Placed]) -> HashMap<&'a str, Option<UnitNo>> {
    let named = roster.iter().filter_map(|unit| unit.parent.as_ref());
    let mut numbers: HashMap<&str, Option<UnitNo>> =
        named.map(|code| (code.as_str(), None)).collect();
    for (unit, row) in roster.iter().zip(rows) {
        if let Some(number) = numbers.get_mut(unit.code.as_str()) {
            *number = Some(row.no);
        }
    }
    numbers
}

fn number_tasks(connection: &Connection, plan: &Plan) -> Result<Vec<TaskNo>, StoreError> {
    let next = "SELECT coalesce(max(no) + 1, 0) FROM task";
    let known: TaskNo = connection.value(next, &[])?;
    let mut next = known;
    let mut numbers = Vec::with_capacity(plan.tasks.len());
    for task in &plan.tasks {
        let code = task.code.as_str();
        let sql = "SELECT no FROM task WHERE code = ?1";
        let found = match known {
            0 => None,
            _ => connection.first(sql, values![code], |row| row.get(0))?,
        };
        if found.is_none() {
            seal::add(connection, "task", values![next, code])?;
            next += 1;
        }
        numbers.push(found.unwrap_or(next - 1));
    }
    Ok(numbers)
}

fn put_unit(
    units: &mut Sealing<'_>,
    unit: &Unit,
    row: &Placed,
    place: u32,
    area: u32,
) -> Result<(), StoreError> {
    let Unit {
        code,
        name,
        short,
        kind,
        labels,
        parent: _,
        head,
        contact,
        phone,
        since,
        until,
        was,
        attributes,
    } = unit;
    fn text(text: &str) -> Option<&str> {
        (!text.is_empty()).then_some(text)
    }
    fn list<T: serde::Serialize>(list: &[T]) -> Result<Option<String>, StoreError> {
        (!list.is_empty()).then(|| json(list)).transpose()
    }
    let (labels, was, attributes) = (list(labels)?, list(was)?, list(attributes)?);
    let short = (short != name).then_some(short.as_str());
    let day = |day: &Option<Day>| day.map(Day::number);
    let area = (area > 0).then_some(area);
    let gone: Option<u32> = None;
    units.put(values![
        row.no,
        place,
        code.as_str(),
        name,
        short,
        kind,
        labels.as_deref(),
        row.parent,
        text(head),
        text(contact),
        text(phone),
        day(since),
        day(until),
        was.as_deref(),
        attributes.as_deref(),
        row.class,
        area,
        gone,
    ])
}

/// Rewrites the headers of sheets where they changed.
fn put_headers(
    connection: &Connection,
    plan: &Plan,
    roster: &[Unit],
    rows: &[Placed],
) -> Result<(), StoreError> {
    let amounts = plan.attributes();
    let most: Option<UnitNo> = connection.value("SELECT max(no) FROM unit", &[])?;
    let sql = "SELECT EXISTS (SELECT 1 FROM page WHERE no = ?1)";
    let mut writer = page_row::writer(connection)?;
    if !connection.value::<bool>(sql, values![page::ORDERS])? {
        page_row::put(&mut writer, page::ORDERS, &page::empty(), 0)?;
    }
    let Some(most) = most else { return Ok(()) };
    let mut at = vec![u32::MAX; most as usize + 1];
    for (row, index) in rows.iter().zip(0..) {
        at[row.no as usize] = index;
    }
    let mut select = connection.prepare(page_row::ONE)?;
    let (mut sheet, mut out) = (Sheet::default(), Vec::new());
    for number in 0..=page::place_of(most).0 {
        let first = page::first_of(number) as usize;
        let mut found = select.query(values![number])?;
        let (data, seq) = match found.next()? {
            Some(row) => (page_row::data(row)?, page_row::seq(row)?),
            None => (&[][..], 0),
        };
        page::rewrite(data, &mut out, |place, section, fresh| {
            let Some(index) = at.get(first + place) else {
                return Ok::<_, StoreError>(());
            };
            sheet = match roster.get(*index as usize).zip(rows.get(*index as usize)) {
                None => Sheet {
                    class: page::GONE,
                    ..Sheet::default()
                },
                Some((unit, row)) => Sheet {
                    parent: row.parent,
                    class: row.class,
                    since: unit.since,
                    until: unit.until,
                    amounts: amounts
                        .iter()
                        .map(|name| unit.attribute(name).and_then(quantity::number))
                        .collect(),
                    ..Sheet::default()
                },
            };
            Ok(page::put_reheaded(fresh, section, &sheet)?)
        })?;
        let same = data == out;
        drop(found);
        if !same {
            page_row::put(&mut writer, number, &out, seq)?;
        }
    }
    Ok(())
}
