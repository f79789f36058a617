//! Workbooks made of records, each a kind, a length and its bytes: those of Excel 97 to 2003 (`.xls`) and the binary ones (`.xlsb`).
//! The libraries that read their cells do not tell what is hidden, nor what `.xlsb` merges, and believe what an old workbook says
//! of its size.

use std::collections::HashMap;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use calamine::Dimensions;
use zip::ZipArchive;

use super::Unread;
use super::hidden::{Hidden, linked};
use super::safety::UNPACKED;
use super::shown::{Format, Shown, built_in};

/// The most cells between the corners of an old workbook's sheet, which is held whole, empty cells and all.
const AREA: u64 = 4_000_000;

fn damaged(error: impl std::fmt::Display) -> Unread {
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
struct Formats {
    codes: HashMap<u16, String>,
    styles: Vec<u16>,
}

impl Formats {
    /// What each style makes of numbers.
    fn understood(&self) -> Arc<[Option<Format>]> {
        let code = |number: &u16| {
            let own = self.codes.get(number).map(String::as_str);
            own.unwrap_or_else(|| built_in(*number))
        };
        let styles = self.styles.iter();
        styles.map(|number| Format::of(code(number))).collect()
    }
}

/// A number of two bytes at that place of a record.
fn half(data: &[u8], at: usize) -> Option<u32> {
    let two = data.get(at..)?.first_chunk()?;
    Some(u32::from(u16::from_le_bytes(*two)))
}

/// A number of four bytes at that place of a record.
fn whole(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// Looks through an old workbook for cells so far apart that no memory holds what lies between. Returns how each of its sheets looks,
/// in their order.
pub(super) fn of_xls(bytes: &[u8]) -> Result<Vec<Looks>, Unread> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| damaged("Workbook"))?;
    let mut stream = Vec::new();
    let part = file.open_stream(name).map_err(damaged)?;
    let read = part.take(UNPACKED + 1).read_to_end(&mut stream);
    read.map_err(|error: io::Error| damaged(error))?;
    if stream.len() as u64 > UNPACKED {
        return Err(Unread::Unpacked(UNPACKED));
    }
    let mut corners = Corners::default();
    // Where each sheet begins, as the workbook lists them, and what is hidden from each begin on.
    let mut begins = Vec::new();
    let mut found: Vec<(usize, Looks)> = Vec::new();
    let mut formats = Formats::default();
    let mut styles: Arc<[Option<Format>]> = Arc::default();
    let mut rest = stream.as_slice();
    while let [a, b, c, d, tail @ ..] = rest {
        let begin = stream.len() - rest.len();
        let kind = u16::from_le_bytes([*a, *b]);
        let length = usize::from(u16::from_le_bytes([*c, *d])).min(tail.len());
        let (data, next) = tail.split_at(length);
        match kind {
            // A sheet of the list begins with the place of its records.
            0x0085 => begins.extend(whole(data, 0)),
            // The begin of a sheet.
            0x0809 => {
                corners = Corners::default();
                if styles.len() != formats.styles.len() {
                    styles = formats.understood();
                }
                let shown = Shown::new(Arc::clone(&styles));
                let hidden = Hidden::default();
                found.push((begin, Looks { hidden, shown }));
            }
            // A format's number and code; a style, whose second number is that of its format.
            0x041E => {
                if let (Some(number), Some(code)) = (half(data, 0), format_code(data)) {
                    formats
                        .codes
                        .insert(u16::try_from(number).unwrap_or(0), code);
                }
            }
            0x00E0 => {
                let number = half(data, 2).unwrap_or(0);
                formats.styles.push(u16::try_from(number).unwrap_or(0));
            }
            // What the sheet says of its corners, in the words of BIFF8.
            0x0200 if length >= 14 => {
                if let (Some(top), Some(bottom), Some(left), Some(right)) = (
                    whole(data, 0),
                    whole(data, 4),
                    half(data, 8),
                    half(data, 10),
                ) {
                    let rows = u64::from(bottom.saturating_sub(top));
                    if rows > 65_536 || right.saturating_sub(left) > 256 {
                        return Err(Unread::Large);
                    }
                }
            }
            // A row's looks, and those of columns.
            0x0208 => {
                if let (Some(row), Some(looks), Some((_, sheet))) =
                    (half(data, 0), half(data, 12), found.last_mut())
                    && looks & 0x20 != 0
                {
                    sheet.hidden.add_row(row);
                }
            }
            0x007D => {
                if let (Some(first), Some(last), Some(looks), Some((_, sheet))) = (
                    half(data, 0),
                    half(data, 2),
                    half(data, 8),
                    found.last_mut(),
                ) && looks & 1 != 0
                {
                    sheet.hidden.add_columns(first, last);
                }
            }
            // The kinds of cells, each of which begins with its row and its column.
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                if let (Some(row), Some(column)) = (half(data, 0), half(data, 2)) {
                    corners.widen(row, column);
                    if let Some((_, sheet)) = found.last_mut() {
                        note_styles(kind, data, (row, column), &mut sheet.shown);
                    }
                }
                if corners.area() > AREA {
                    return Err(Unread::Large);
                }
            }
            _ => {}
        }
        rest = next;
    }
    let mut from = |begin: u32| {
        let begin = usize::try_from(begin).ok()?;
        let at = found.binary_search_by_key(&begin, |(at, _)| *at).ok()?;
        let Looks { hidden, shown } = std::mem::take(&mut found[at].1);
        let (hidden, shown) = (hidden.arranged(), shown.arranged());
        Some(Looks { hidden, shown })
    };
    let begins = begins.into_iter();
    Ok(begins
        .map(|begin| from(begin).unwrap_or_default())
        .collect())
}

/// Notes the style of a cell of an old workbook, or of several in a row.
fn note_styles(kind: u16, data: &[u8], (row, column): (u32, u32), shown: &mut Shown) {
    // Several cells are each a style and a number of four bytes, and behind them stands the last column.
    let cells = match kind {
        0x00BD => data.len().saturating_sub(6) / 6,
        _ => 1,
    };
    for (at, column) in (0..cells).zip(column..) {
        if let Some(style) = half(data, 4 + at * 6) {
            shown.add(row, column, style as usize);
        }
    }
}

/// The code of a format of an old workbook: letters of one byte or of two.
fn format_code(data: &[u8]) -> Option<String> {
    let length = half(data, 2)? as usize;
    let (wide, letters) = (*data.get(4)? & 1 != 0, data.get(5..)?);
    let letters: Vec<u16> = match wide {
        true => letters
            .chunks_exact(2)
            .map(|two| u16::from_le_bytes([two[0], two[1]]))
            .collect(),
        false => letters.iter().copied().map(u16::from).collect(),
    };
    letters.get(..length).map(String::from_utf16_lossy)
}

/// The corners of the area that cells span.
#[derive(Default)]
struct Corners(Option<(u32, u32, u32, u32)>);

impl Corners {
    fn widen(&mut self, row: u32, column: u32) {
        let (top, bottom, left, right) = self.0.unwrap_or((row, row, column, column));
        self.0 = Some((
            top.min(row),
            bottom.max(row),
            left.min(column),
            right.max(column),
        ));
    }

    fn area(&self) -> u64 {
        self.0.map_or(0, |(top, bottom, left, right)| {
            u64::from(bottom - top + 1) * u64::from(right - left + 1)
        })
    }
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
