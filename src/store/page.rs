//! Pages: the sheets of sixteen consecutive units in one blob, in the form that the fold reads fastest. Pure: bytes in,
//! sheets out.
//!
//! A page is a version byte, then for each of the sixteen units the length of its section and the section; length 0 = no such
//! unit. A section is a header (flags, class, parent, since, until, amounts), the last item's seq, and the items in the order in which they were recorded. An
//! item is as `item.rs` says. Numbers are
//! varints; days count from 2020-01-01, targets backwards from the item's own seq.

mod item;

pub(crate) use super::varint::PageError;
pub(crate) use item::{put_item, take_item};

use std::mem::discriminant;

use super::varint::{put, put_signed, take, take_signed};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::Seq;
use crate::model::sheet::{Fact, Item, Sheet};
use crate::model::unit::UnitNo;

/// How many units share a page.
pub(crate) const UNITS: u32 = 16;

/// The number of the page of the facts that stand on no unit's sheet.
pub(crate) const ORDERS: i64 = -1;

/// The class of units that the roster no longer has: they owe nothing.
pub(crate) const GONE: u32 = u32::MAX;

const VERSION: u8 = 1;

/// 2020-01-01.
const EPOCH: i64 = 737_425;

const PARENT: u8 = 1;
const SINCE: u8 = 2;
const UNTIL: u8 = 4;
const AMOUNTS: u8 = 8;

/// The page that holds a unit's sheet, and the sheet's place on it.
pub(crate) const fn place_of(unit: UnitNo) -> (i64, usize) {
    ((unit / UNITS) as i64, (unit % UNITS) as usize)
}

/// The first unit of a page.
pub(crate) fn first_of(page: i64) -> UnitNo {
    u32::try_from(page).unwrap_or(0).saturating_mul(UNITS)
}

/// A page without units.
pub(crate) fn empty() -> Vec<u8> {
    let mut page = vec![0; UNITS as usize + 1];
    page[0] = VERSION;
    page
}

/// Takes the next section off a page whose version was read by [`open`].
#[inline]
pub(crate) fn section<'a>(bytes: &mut &'a [u8]) -> Result<&'a [u8], PageError> {
    let length = usize::try_from(take(bytes)?).map_err(|_| PageError::Cut)?;
    let (section, rest) = bytes.split_at_checked(length).ok_or(PageError::Cut)?;
    *bytes = rest;
    Ok(section)
}

/// The sections of a page, after its version is checked. No bytes at all are an empty page.
pub(crate) fn open(data: &[u8]) -> Result<&[u8], PageError> {
    match data {
        [] => Ok(&[0; UNITS as usize]),
        [VERSION, rest @ ..] => Ok(rest),
        _ => Err(PageError::Unknown),
    }
}

/// Writes a page anew into `out`: `change` is given each section's place and bytes, and puts what it becomes.
pub(crate) fn rewrite<E: From<PageError>>(
    data: &[u8],
    out: &mut Vec<u8>,
    mut change: impl FnMut(usize, &[u8], &mut Vec<u8>) -> Result<(), E>,
) -> Result<(), E> {
    let mut rest = open(data)?;
    let mut fresh = Vec::new();
    out.clear();
    out.push(VERSION);
    for place in 0..UNITS as usize {
        fresh.clear();
        change(place, section(&mut rest)?, &mut fresh)?;
        put(out, fresh.len() as u64);
        out.extend_from_slice(&fresh);
    }
    Ok(())
}

/// Reads a section into a sheet, whose room is used again.
pub(crate) fn read(mut section: &[u8], unit: UnitNo, sheet: &mut Sheet) -> Result<(), PageError> {
    sheet.unit = unit;
    sheet.items.clear();
    if section.is_empty() {
        blank(sheet);
        return Ok(());
    }
    read_header(&mut section, sheet)?;
    take(&mut section)?;
    let mut seq = 0;
    while !section.is_empty() {
        let item = take_item(&mut section, seq)?;
        seq = item.seq;
        sheet.items.push(item);
    }
    Ok(())
}

/// Only whether the section has items that `keep`, without a sheet.
pub(crate) fn has(mut section: &[u8], keep: impl Fn(&Item) -> bool) -> Result<bool, PageError> {
    if section.is_empty() {
        return Ok(false);
    }
    read_header(&mut section, &mut Sheet::default())?;
    take(&mut section)?;
    let mut seq = 0;
    while !section.is_empty() {
        let item = take_item(&mut section, seq)?;
        if keep(&item) {
            return Ok(true);
        }
        seq = item.seq;
    }
    Ok(false)
}

fn blank(sheet: &mut Sheet) {
    sheet.parent = None;
    sheet.class = GONE;
    sheet.since = None;
    sheet.until = None;
    sheet.amounts.clear();
}

fn read_header(section: &mut &[u8], sheet: &mut Sheet) -> Result<(), PageError> {
    let (flags, rest) = section.split_first().ok_or(PageError::Cut)?;
    *section = rest;
    if *flags > PARENT | SINCE | UNTIL | AMOUNTS {
        return Err(PageError::Unknown);
    }
    sheet.class = narrow(take(section)?)?;
    sheet.parent = match flags & PARENT {
        0 => None,
        _ => Some(narrow(take(section)?)?),
    };
    sheet.since = take_day_if(section, flags & SINCE)?;
    sheet.until = take_day_if(section, flags & UNTIL)?;
    sheet.amounts.clear();
    if flags & AMOUNTS != 0 {
        for _ in 0..take(section)? {
            let amount = match take(section)? {
                0 => None,
                _ => Some(Decimal::from_thousandths(take_signed(section)?)),
            };
            sheet.amounts.push(amount);
        }
    }
    Ok(())
}

/// Puts a unit's header: all of the sheet but its items.
pub(crate) fn put_header(out: &mut Vec<u8>, sheet: &Sheet) {
    let flag = |set: bool, flag: u8| if set { flag } else { 0 };
    out.push(
        flag(sheet.parent.is_some(), PARENT)
            | flag(sheet.since.is_some(), SINCE)
            | flag(sheet.until.is_some(), UNTIL)
            | flag(!sheet.amounts.is_empty(), AMOUNTS),
    );
    put(out, u64::from(sheet.class));
    if let Some(parent) = sheet.parent {
        put(out, u64::from(parent));
    }
    for day in [sheet.since, sheet.until].into_iter().flatten() {
        put_day(out, day);
    }
    if !sheet.amounts.is_empty() {
        put(out, sheet.amounts.len() as u64);
        for amount in &sheet.amounts {
            put(out, u64::from(amount.is_some()));
            if let Some(amount) = amount {
                put_signed(out, amount.thousandths());
            }
        }
    }
}

/// Puts a whole section.
pub(crate) fn put_section(out: &mut Vec<u8>, sheet: &Sheet) {
    put_header(out, sheet);
    put(out, sheet.items.last().map_or(0, |item| item.seq));
    let mut before = 0;
    for item in &sheet.items {
        put_item(out, before, item);
        before = item.seq;
    }
}

/// Puts a section with another header and the same items.
pub(crate) fn put_reheaded(
    out: &mut Vec<u8>,
    mut section: &[u8],
    sheet: &Sheet,
) -> Result<(), PageError> {
    put_header(out, sheet);
    if section.is_empty() {
        put(out, 0);
    } else {
        read_header(&mut section, &mut Sheet::default())?;
        out.extend_from_slice(section);
    }
    Ok(())
}

/// Puts a section with more items at its end.
pub(crate) fn put_extended(
    out: &mut Vec<u8>,
    section: &[u8],
    items: &[Item],
) -> Result<(), PageError> {
    let mut sheet = Sheet::default();
    let mut rest = section;
    let mut last = 0;
    if section.is_empty() {
        blank(&mut sheet);
        put_header(out, &sheet);
    } else {
        read_header(&mut rest, &mut sheet)?;
        out.extend_from_slice(&section[..section.len() - rest.len()]);
        last = take(&mut rest)?;
    }
    put(out, items.last().map_or(last, |item| item.seq));
    out.extend_from_slice(rest);
    for item in items {
        put_item(out, last, item);
        last = item.seq;
    }
    Ok(())
}

/// Puts a section with more items, each in its place by `moment`, when the entry of a seq was recorded. An item that is there already
/// stays there once.
pub(crate) fn put_among<M: Ord, E: From<PageError>>(
    out: &mut Vec<u8>,
    section: &[u8],
    items: &[Item],
    moment: impl Fn(Seq) -> Result<M, E>,
) -> Result<(), E> {
    let mut sheet = Sheet::default();
    read(section, 0, &mut sheet)?;
    for item in items {
        // An entry may have an item of its own, and say besides which record it is.
        let kind = |item: &Item| {
            let replaced = match item.fact {
                Fact::Same { of, replaces: true } => Some(of),
                _ => None,
            };
            (item.seq, discriminant(&item.fact), replaced)
        };
        let same = |known: &Item| kind(known) == kind(item);
        if sheet.items.iter().any(same) {
            continue;
        }
        let own = moment(item.seq)?;
        let (mut low, mut high) = (0, sheet.items.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            if moment(sheet.items[middle].seq)? <= own {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        sheet.items.insert(low, *item);
    }
    put_section(out, &sheet);
    Ok(())
}

fn narrow(number: u64) -> Result<u32, PageError> {
    u32::try_from(number).map_err(|_| PageError::Unknown)
}

#[inline(always)]
fn take_day(bytes: &mut &[u8]) -> Result<Day, PageError> {
    let number = take_signed(bytes)?.wrapping_add(EPOCH);
    let number = i32::try_from(number).map_err(|_| PageError::Unknown)?;
    Ok(Day::from_number(number))
}

#[inline(always)]
fn take_day_if(bytes: &mut &[u8], flag: u8) -> Result<Option<Day>, PageError> {
    match flag {
        0 => Ok(None),
        _ => take_day(bytes).map(Some),
    }
}

fn put_day(out: &mut Vec<u8>, day: Day) {
    put_signed(out, i64::from(day.number()) - EPOCH);
}

#[cfg(test)]
pub(crate) mod tests;
