//! Binary workbooks (`.xlsb`), whose parts are records: a kind, a length and its bytes. The library that reads their cells tells neither
//! what is hidden nor what is merged. What records hold is read here for old workbooks (`xls`) as well.

use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::Dimensions;
use zip::ZipArchive;

use super::Unread;
use super::hidden::{Hidden, linked};
use super::shown::{Format, Shown, built_in};

pub(super) fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

/// How a sheet looks: what it hides, and how it shows numbers.
#[derive(Default)]
pub(super) struct Looks {
    pub hidden: Hidden,
    pub shown: Shown,
}

/// The formats of a workbook as far as they have been read: their codes, and the number of that of each style.
#[derive(Default)]
pub(super) struct Formats {
    pub codes: HashMap<u16, String>,
    pub styles: Vec<u16>,
}

impl Formats {
    /// What each style makes of numbers.
    pub(super) fn understood(&self) -> Arc<[Option<Format>]> {
        let code = |number: &u16| {
            let own = self.codes.get(number).map(String::as_str);
            own.unwrap_or_else(|| built_in(*number))
        };
        let styles = self.styles.iter();
        styles.map(|number| Format::of(code(number))).collect()
    }
}

/// A number of two bytes at that place of a record.
pub(super) fn half(data: &[u8], at: usize) -> Option<u32> {
    let two = data.get(at..)?.first_chunk()?;
    Some(u32::from(u16::from_le_bytes(*two)))
}

/// A number of four bytes at that place of a record.
pub(super) fn whole(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// How the sheet of that name in a binary workbook looks, and what it merges.
pub(super) fn of_xlsb(bytes: &[u8], name: &str) -> Result<(Looks, Vec<Dimensions>), Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut hidden = Hidden::default();
    let mut shown = Shown::new(formats_of_xlsb(&mut zip)?.understood());
    let mut merged = Vec::new();
    let mut link = None;
    each_record(&mut zip, "xl/workbook.bin", &mut |kind, data| {
        // A sheet of the list: two numbers, its link and its name.
        if kind == 0x009C
            && let Some((found, length)) = text(data, 8)
            && text(data, 8 + length).is_some_and(|(found, _)| found == name)
        {
            link = Some(found);
        }
    })?;
    if let Some(link) = link
        && let Some(path) = linked(&mut zip, "xl/_rels/workbook.bin.rels", &link)?
    {
        let mut row = 0;
        each_record(&mut zip, &path, &mut |kind, data| match kind {
            // A row, its format, its height, its looks.
            0x0000 => {
                row = whole(data, 0).unwrap_or(u32::MAX);
                if data.get(11).is_some_and(|looks| looks & 0x10 != 0) {
                    hidden.add_row(row);
                }
            }
            // A cell: its column, its style in three bytes.
            0x0001..=0x000B => {
                if let (Some(column), Some(style)) = (whole(data, 0), whole(data, 4)) {
                    shown.add(row, column, (style & 0x00FF_FFFF) as usize);
                }
            }
            // First and last column, width, format, looks.
            0x003C if data.get(16).is_some_and(|looks| looks & 1 != 0) => {
                if let (Some(first), Some(last)) = (whole(data, 0), whole(data, 4)) {
                    hidden.add_columns(first, last);
                }
            }
            // First and last row, first and last column.
            0x00B0 => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) = (
                    whole(data, 0),
                    whole(data, 4),
                    whole(data, 8),
                    whole(data, 12),
                ) {
                    merged.push(Dimensions::new((top, left), (bottom, right)));
                }
            }
            _ => {}
        })?;
    }
    let (hidden, shown) = (hidden.arranged(), shown.arranged());
    Ok((Looks { hidden, shown }, merged))
}

/// The formats of a binary workbook.
fn formats_of_xlsb(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Formats, Unread> {
    const STYLES: &str = "xl/styles.bin";
    let mut formats = Formats::default();
    if zip.index_for_name(STYLES).is_none() {
        return Ok(formats);
    }
    let mut of_cells = false;
    each_record(zip, STYLES, &mut |kind, data| match kind {
        // A format: its number and its code.
        0x002C => {
            if let (Some(number), Some((code, _))) = (half(data, 0), text(data, 2)) {
                formats
                    .codes
                    .insert(u16::try_from(number).unwrap_or(0), code);
            }
        }
        // Begin and end of the styles that cells have.
        0x0269 | 0x026A => of_cells = kind == 0x0269,
        // A style, whose second number is that of its format.
        0x002F if of_cells => {
            let number = half(data, 2).unwrap_or(0);
            formats.styles.push(u16::try_from(number).unwrap_or(0));
        }
        _ => {}
    })?;
    Ok(formats)
}

/// A text at that place of a record, and how many bytes it takes.
fn text(data: &[u8], at: usize) -> Option<(String, usize)> {
    let length = usize::try_from(whole(data, at)?).ok()?.checked_mul(2)?;
    let letters = data.get(at + 4..)?.get(..length)?.chunks_exact(2);
    let letters: Vec<u16> = letters
        .map(|two| u16::from_le_bytes([two[0], two[1]]))
        .collect();
    Some((String::from_utf16_lossy(&letters), 4 + length))
}

/// Calls `visit` with each record of a part of a binary workbook.
fn each_record(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    path: &str,
    visit: &mut dyn FnMut(usize, &[u8]),
) -> Result<(), Unread> {
    let mut records = Vec::new();
    let mut part = zip.by_name(path).map_err(damaged)?;
    part.read_to_end(&mut records).map_err(damaged)?;
    let mut rest = records.as_slice();
    while let Some((kind, length)) = head(&mut rest) {
        let (data, next) = rest.split_at(length.min(rest.len()));
        visit(kind, data);
        rest = next;
    }
    Ok(())
}

/// The kind and the length of the next record: numbers of seven bits a byte, the lowest first.
fn head(rest: &mut &[u8]) -> Option<(usize, usize)> {
    let first = usize::from(*rest.split_off_first()?);
    let kind = if first & 0x80 == 0 {
        first
    } else {
        first & 0x7f | usize::from(*rest.split_off_first()? & 0x7f) << 7
    };
    let mut length = 0;
    for shift in [0, 7, 14, 21] {
        let byte = usize::from(*rest.split_off_first()?);
        length |= (byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some((kind, length))
}
