//! Workbooks of Excel 97 to 2003 (`.xls`): one stream of records, each a kind, a length and its bytes. The library that reads their cells
//! tells neither what is hidden nor how numbers are shown. It believes what a workbook says of its size, and where a record is too short for
//! its kind it ends the program. So it is given a copy with nothing but the records that cells are read from, each proved long enough.

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use super::Unread;
use super::hidden::Hidden;
use super::records::{Formats, Looks, damaged, half, whole};
use super::safety::UNPACKED;
use super::shown::Shown;

/// The most cells between the corners of a sheet, which is held whole, empty cells and all.
const AREA: u64 = 4_000_000;

const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const CONTINUED: u16 = 0x003C;
const LOCKED: u16 = 0x002F;
const SHEET: u16 = 0x0085;
const TEXTS: u16 = 0x00FC;
const FORMULA: u16 = 0x0006;
const FORMULA_TEXT: u16 = 0x0207;
const NUMBERS: u16 = 0x00BD;
const MERGED: u16 = 0x00E5;

/// The bytes of a formula's record before the formula itself.
const RESULT: usize = 20;

/// A workbook of records that are safe to read.
pub(super) struct Plain {
    pub bytes: Vec<u8>,
    /// How each sheet looks, in their order.
    pub looks: Vec<Looks>,
}

/// Copies a workbook's cells, where they are not so far apart that no memory holds what lies between.
pub(super) fn plain(bytes: &[u8]) -> Result<Plain, Unread> {
    let stream = stream(bytes)?;
    let mut copy = Vec::new();
    let mut sheets = Vec::new();
    let mut formats = Formats::default();
    for record in Records(&stream) {
        let record = record?;
        let Record { kind, data, .. } = record;
        let least = match kind {
            END => break,
            LOCKED if half(data, 0) != Some(0) => return Err(Unread::Locked),
            BEGIN => 2,
            // The letters' code, the calendar, a format; a style.
            0x0042 | 0x0022 | 0x041E => 2,
            0x00E0 => 4,
            SHEET => 6,
            TEXTS => 8,
            _ => continue,
        };
        record.put(least, &mut copy)?;
        match kind {
            // A format's number and code; a style, whose second number is that of its format.
            0x041E => {
                if let (Some(number), Some(code)) = (short(data, 0), format_code(data)) {
                    formats.codes.insert(number, code);
                }
            }
            0x00E0 => formats.styles.extend(short(data, 2)),
            // A sheet of the list begins with the place of its records.
            SHEET => sheets.push((copy.len() - data.len(), whole(data, 0).unwrap_or(0))),
            TEXTS => record.put_texts(&mut copy)?,
            _ => {}
        }
    }
    put(END, &[], &mut copy);
    let styles = formats.understood();
    let mut looks = Vec::new();
    for (listed, place) in sheets {
        let records = usize::try_from(place)
            .ok()
            .and_then(|place| stream.get(place..));
        let records = Records(records.ok_or_else(|| damaged("BoundSheet"))?);
        let begin = u32::try_from(copy.len()).map_err(|_| Unread::Large)?;
        copy[listed..listed + 4].copy_from_slice(&begin.to_le_bytes());
        looks.push(sheet(records, Shown::new(Arc::clone(&styles)), &mut copy)?);
    }
    let bytes = container(&copy).map_err(damaged)?;
    Ok(Plain { bytes, looks })
}

/// The records of a workbook.
fn stream(bytes: &[u8]) -> Result<Vec<u8>, Unread> {
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let part = file.open_stream(name.ok_or_else(|| damaged("Workbook"))?);
    let mut stream = Vec::new();
    let read = part.and_then(|part| part.take(UNPACKED + 1).read_to_end(&mut stream));
    read.map_err(damaged)?;
    if stream.len() as u64 > UNPACKED {
        return Err(Unread::Unpacked(UNPACKED));
    }
    Ok(stream)
}

/// A file with those records.
fn container(stream: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new()))?;
    file.create_stream("/Workbook")?.write_all(stream)?;
    Ok(file.into_inner().into_inner())
}

/// Copies the cells of a sheet, and notes how it looks.
fn sheet(records: Records<'_>, mut shown: Shown, copy: &mut Vec<u8>) -> Result<Looks, Unread> {
    let mut hidden = Hidden::default();
    let mut corners = Corners::default();
    let mut formula = (0, 0);
    // A chart in a sheet has a begin, records like those of cells, and an end of its own.
    let mut depth = 0;
    for record in records {
        let record = record?;
        let Record { kind, data, .. } = record;
        match kind {
            BEGIN => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ => {}
        }
        if depth > 1 {
            continue;
        }
        let cell = (half(data, 0).unwrap_or(0), half(data, 2).unwrap_or(0));
        let mut last = cell;
        let least = match kind {
            BEGIN => 2,
            FORMULA => {
                formula = cell;
                RESULT
            }
            FORMULA_TEXT => {
                last = formula;
                2
            }
            // A text, plain or with fonts; a truth or an error.
            0x0204 | 0x00D6 | 0x0205 => 8,
            // A number, long or short; a place in the table of texts.
            0x0203 => 14,
            0x027E | 0x00FD => 10,
            // A row, the first column, for each cell a style and a number of four bytes, the last column.
            NUMBERS => {
                let end = half(data, data.len().saturating_sub(2)).unwrap_or(0);
                last.1 = end;
                let more = end.checked_sub(cell.1);
                let exact = more.map(|more| 12 + 6 * more as usize);
                exact
                    .filter(|exact| *exact == data.len())
                    .unwrap_or(usize::MAX)
            }
            MERGED => 2 + 8 * half(data, 0).unwrap_or(0) as usize,
            // A row's looks, and those of columns.
            0x0208 => {
                // What has no height or no width is not seen either.
                let hides = half(data, 12).is_some_and(|looks| looks & 0x20 != 0);
                if hides || half(data, 6) == Some(0) {
                    hidden.add_row(cell.0);
                }
                continue;
            }
            0x007D => {
                let hides = half(data, 8).is_some_and(|looks| looks & 1 != 0);
                if hides || half(data, 4) == Some(0) {
                    hidden.add_columns(cell.0, cell.1);
                }
                continue;
            }
            _ => continue,
        };
        record.put(least, copy)?;
        if matches!(kind, BEGIN | MERGED) {
            continue;
        }
        corners.widen(last.0, last.1);
        if kind != FORMULA_TEXT {
            corners.widen(cell.0, cell.1);
            // Several cells are each a style and a number of four bytes.
            for (column, at) in (cell.1..=last.1).zip((4..).step_by(6)) {
                if let Some(style) = half(data, at) {
                    shown.add(cell.0, column, style as usize);
                }
            }
        }
        if corners.area() > AREA {
            return Err(Unread::Large);
        }
    }
    put(END, &[], copy);
    let (hidden, shown) = (hidden.arranged(), shown.arranged());
    Ok(Looks { hidden, shown })
}

/// A number of two bytes at that place of a record.
fn short(data: &[u8], at: usize) -> Option<u16> {
    half(data, at).and_then(|number| number.try_into().ok())
}

/// The code of a format: letters of one byte or of two.
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

/// A record, and what continues it.
struct Record<'a> {
    kind: u16,
    data: &'a [u8],
    more: Vec<&'a [u8]>,
}

/// The records from a place on.
struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let [a, b, c, d, rest @ ..] = self.0 else {
            return None;
        };
        let length = u16::from_le_bytes([*c, *d]).into();
        let (data, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((u16::from_le_bytes([*a, *b]), data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Result<Record<'a>, Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.0.is_empty() {
            return None;
        }
        let Some((kind, data)) = self.one() else {
            return Some(Err(damaged("record")));
        };
        let mut more = Vec::new();
        while self.0.starts_with(&CONTINUED.to_le_bytes()) {
            let Some((_, data)) = self.one() else {
                return Some(Err(damaged("record")));
            };
            more.push(data);
        }
        Some(Ok(Record { kind, data, more }))
    }
}

/// Writes a record.
fn put(kind: u16, data: &[u8], copy: &mut Vec<u8>) {
    let length = u16::try_from(data.len()).unwrap_or(u16::MAX);
    copy.extend(kind.to_le_bytes());
    copy.extend(length.to_le_bytes());
    copy.extend(data);
}

impl Record<'_> {
    /// Copies a record that has at least so many bytes; of a formula its place and its result.
    fn put(&self, least: usize, copy: &mut Vec<u8>) -> Result<(), Unread> {
        let Self { kind, data, .. } = self;
        if data.len() < least {
            return Err(damaged(format!("record 0x{kind:04X}")));
        }
        if *kind == FORMULA {
            // No byte of the formula itself.
            put(FORMULA, &[&data[..RESULT], &[0, 0]].concat(), copy);
        } else {
            put(*kind, data, copy);
        }
        // Many sheets may say that they are the same records.
        if copy.len() as u64 > UNPACKED {
            return Err(Unread::Unpacked(UNPACKED));
        }
        Ok(())
    }

    /// Copies what continues the table of texts.
    fn put_texts(&self, copy: &mut Vec<u8>) -> Result<(), Unread> {
        let more = self.more.iter().filter(|data| !data.is_empty());
        let mut pieces = std::iter::once(&self.data[8..]).chain(more.clone().copied());
        texts(&mut pieces).ok_or_else(|| damaged("SST"))?;
        more.for_each(|data| put(CONTINUED, data, copy));
        Ok(())
    }
}

/// Goes through the texts of a workbook, which lie over its pieces. Returns nothing where one is cut short.
fn texts(pieces: &mut dyn Iterator<Item = &[u8]>) -> Option<()> {
    let mut data = pieces.next()?;
    loop {
        while data.is_empty() {
            match pieces.next() {
                Some(next) => data = next,
                None => return Some(()),
            }
        }
        // How many letters and how they are written, how many changes of font, how many bytes of other things behind them.
        let (mut letters, flags) = (half(data, 0)? as usize, *data.get(2)?);
        data = &data[3..];
        let mut behind = 0;
        if flags & 8 != 0 {
            behind += 4 * half(data, 0)? as usize;
            data = &data[2..];
        }
        if flags & 4 != 0 {
            behind += whole(data, 0)? as usize;
            data = &data[4..];
        }
        let mut width = 1 + usize::from(flags & 1);
        loop {
            let here = letters.min(data.len() / width);
            data = &data[here * width..];
            letters -= here;
            if letters == 0 {
                break;
            }
            // The next piece says anew how letters are written.
            let (flags, rest) = pieces.next()?.split_first()?;
            width = 1 + usize::from(flags & 1);
            data = rest;
        }
        while behind > 0 {
            if data.is_empty() {
                data = pieces.next()?;
            }
            let here = behind.min(data.len());
            data = &data[here..];
            behind -= here;
        }
    }
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
