//! Records that corrections moved from one unit to another, each store perhaps to another unit. Which entry counts is told from a sheet alone,
//! so every sheet on which such a record stood holds all that bears on it: what replaced what, what is one row, what was taken back.
//! Derived from the journal, and the same in whatever order batches arrive.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::database::{Connection, values};
use super::error::StoreError;
use super::page;
use super::page_buffer::{Moment, moment_of, target_at};
use super::page_row;
use crate::model::entry::Seq;
use crate::model::sheet::{Fact, Item, Sheet};
use crate::model::unit::UnitNo;

/// Brings to the same what the sheets say on which moved records stand, beginning with those of the units.
///
/// # Errors
/// What reading and writing run into.
pub(super) fn spread(
    journal: &Connection,
    into: &Connection,
    units: &[UnitNo],
) -> Result<(), StoreError> {
    let mut spread = HashSet::new();
    for unit in units {
        let sheet = sheet_of(into, *unit)?;
        let here = records(&sheet);
        for (seq, of) in sheet.items.iter().filter_map(link) {
            if here.contains(&seq) && here.contains(&of) || spread.contains(&seq) {
                continue;
            }
            let family = Family::of(journal, into, seq)?;
            family.put(journal, into)?;
            spread.extend(family.records);
        }
    }
    Ok(())
}

/// The entries that are one record, wherever they stand.
struct Family {
    records: HashSet<Seq>,
    /// On whose sheets they stand.
    units: BTreeSet<UnitNo>,
    /// What links them, and what takes them back, in the order of sheets.
    items: Vec<Item>,
}

impl Family {
    /// That of the record of that seq.
    fn of(journal: &Connection, into: &Connection, seq: Seq) -> Result<Self, StoreError> {
        let mut records = HashSet::new();
        let mut sheets: BTreeMap<UnitNo, Sheet> = BTreeMap::new();
        let mut open = vec![seq];
        while let Some(seq) = open.pop() {
            let Some(unit) = target_at(journal, seq)?.unit else {
                continue;
            };
            if !records.insert(seq) {
                continue;
            }
            if let std::collections::btree_map::Entry::Vacant(place) = sheets.entry(unit) {
                place.insert(sheet_of(into, unit)?);
            }
            let links = sheets[&unit].items.iter().filter_map(link);
            open.extend(
                links
                    .filter(|(one, other)| [*one, *other].contains(&seq))
                    .flat_map(|(one, other)| [one, other]),
            );
        }
        let mut items: BTreeMap<(Moment, bool), Vec<Item>> = BTreeMap::new();
        for sheet in sheets.values() {
            let here = self::records(sheet);
            // An undo may be taken back in turn, by one that was recorded after it.
            let mut about = records.clone();
            for item in &sheet.items {
                let bears = match item.fact {
                    // What is one row is told by the sheet on which it stands: elsewhere it may be what was true before.
                    Fact::Same { replaces, .. } => {
                        records.contains(&item.seq) && (replaces || here.contains(&item.seq))
                    }
                    Fact::Undo { of } => about.contains(&of) && about.insert(item.seq),
                    _ => false,
                };
                if bears {
                    let replaces = matches!(item.fact, Fact::Same { replaces: true, .. });
                    let alike = items
                        .entry((moment_of(journal, item.seq)?, replaces))
                        .or_default();
                    if !alike.iter().any(|known| known.fact == item.fact) {
                        alike.push(*item);
                    }
                }
            }
        }
        Ok(Self {
            records,
            units: sheets.into_keys().collect(),
            items: items.into_values().flatten().collect(),
        })
    }

    /// Puts it on all sheets on which one of its records stands.
    fn put(&self, journal: &Connection, into: &Connection) -> Result<(), StoreError> {
        let items = &self.items;
        let last = items.iter().map(|item| item.seq).max().unwrap_or_default();
        let known: HashSet<Seq> = items.iter().map(|item| item.seq).collect();
        let ours = |item: &Item| {
            matches!(item.fact, Fact::Same { .. } | Fact::Undo { .. }) && known.contains(&item.seq)
        };
        let mut writer = page_row::writer(into)?;
        let (mut sheet, mut out, mut rest) = (Sheet::default(), Vec::new(), Vec::new());
        for unit in &self.units {
            let (number, wanted) = page::place_of(*unit);
            let mut select = into.prepare(page_row::ONE)?;
            let mut rows = select.query(values![number])?;
            let row = rows.next()?;
            let row = row.ok_or_else(|| StoreError::damaged("page", number))?;
            let (data, seq) = (page_row::data(row)?, page_row::seq(row)?);
            page::rewrite(data, &mut out, |place, section, fresh| {
                if place != wanted {
                    fresh.extend_from_slice(section);
                    return Ok(());
                }
                page::read(section, 0, &mut sheet)?;
                sheet.items.retain(|item| !ours(item));
                rest.clear();
                page::put_section(&mut rest, &sheet);
                page::put_among(fresh, &rest, items, |seq| moment_of(journal, seq))
            })?;
            let same = data == out;
            drop(rows);
            if !same {
                page_row::put(&mut writer, number, &out, seq.max(last))?;
            }
        }
        Ok(())
    }
}

/// Two entries that are one record, where the item says so.
const fn link(item: &Item) -> Option<(Seq, Seq)> {
    match item.fact {
        Fact::Same { of, .. } => Some((item.seq, of)),
        _ => None,
    }
}

fn records(sheet: &Sheet) -> HashSet<Seq> {
    let is_record = |item: &&Item| matches!(item.fact, Fact::Record(_));
    let records = sheet.items.iter().filter(is_record);
    records.map(|item| item.seq).collect()
}

fn sheet_of(into: &Connection, unit: UnitNo) -> Result<Sheet, StoreError> {
    let (number, place) = page::place_of(unit);
    let mut sheet = Sheet::default();
    let mut select = into.prepare(page_row::ONE)?;
    let mut rows = select.query(values![number])?;
    if let Some(row) = rows.next()? {
        let mut rest = page::open(page_row::data(row)?)?;
        for _ in 0..place {
            page::section(&mut rest)?;
        }
        page::read(page::section(&mut rest)?, unit, &mut sheet)?;
    }
    Ok(sheet)
}
