//! What is checked before a workbook is opened: how much it unpacks to, and how far apart its cells lie. The readers of
//! the formats believe what a file says of itself.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use super::Unread;

/// The most bytes that a workbook may unpack to.
pub(super) const UNPACKED: u64 = 512 << 20;

/// The most cells between the corners of an old workbook's sheet, which is held whole, empty cells and all.
const AREA: u64 = 4_000_000;

/// Opens a packed workbook once it is known what it unpacks to. What the directory says is checked first, then what comes
/// out in truth.
pub(super) fn archive(bytes: &[u8]) -> Result<ZipArchive<Cursor<&[u8]>>, Unread> {
    let damaged = |_| Unread::Damaged("zip".to_string());
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut said: u64 = 0;
    for at in 0..zip.len() {
        let entry = zip.by_index_raw(at).map_err(damaged)?;
        said = said.saturating_add(entry.size());
    }
    if said > UNPACKED {
        return Err(Unread::Unpacked(said));
    }
    let mut left = UNPACKED;
    for at in 0..zip.len() {
        let entry = zip.by_index(at).map_err(damaged)?;
        let came = io::copy(&mut entry.take(left + 1), &mut io::sink());
        left = left
            .checked_sub(came.map_err(|_| Unread::Damaged("zip".to_string()))?)
            .ok_or(Unread::Unpacked(UNPACKED))?;
    }
    Ok(zip)
}

/// Looks through the records of an old workbook for cells so far apart that no memory holds what lies between.
pub(super) fn old_workbook(bytes: &[u8]) -> Result<(), Unread> {
    let damaged = |error: io::Error| Unread::Damaged(error.to_string());
    let mut file = cfb::CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
    let name = ["/Workbook", "/Book"]
        .into_iter()
        .find(|name| file.is_stream(name));
    let name = name.ok_or_else(|| Unread::Damaged("Workbook".to_string()))?;
    let mut stream = Vec::new();
    let part = file.open_stream(name).map_err(damaged)?;
    part.take(UNPACKED + 1)
        .read_to_end(&mut stream)
        .map_err(damaged)?;
    if stream.len() as u64 > UNPACKED {
        return Err(Unread::Unpacked(UNPACKED));
    }
    let mut corners = Corners::default();
    let mut rest = stream.as_slice();
    while let [a, b, c, d, tail @ ..] = rest {
        let kind = u16::from_le_bytes([*a, *b]);
        let length = usize::from(u16::from_le_bytes([*c, *d])).min(tail.len());
        let (data, next) = tail.split_at(length);
        let half = |at: usize| {
            data.get(at..at + 2)
                .map(|two| u32::from(two[0]) | u32::from(two[1]) << 8)
        };
        match kind {
            // The begin of a sheet.
            0x0809 => corners = Corners::default(),
            // What the sheet says of its corners, in the words of BIFF8.
            0x0200 if length >= 14 => {
                let whole = |at: usize| {
                    half(at)
                        .zip(half(at + 2))
                        .map(|(low, high)| low | high << 16)
                };
                if let (Some(top), Some(bottom), Some(left), Some(right)) =
                    (whole(0), whole(4), half(8), half(10))
                {
                    let rows = u64::from(bottom.saturating_sub(top));
                    if rows > 65_536 || right.saturating_sub(left) > 256 {
                        return Err(Unread::Large);
                    }
                }
            }
            // The kinds of cells, each of which begins with its row and its column.
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                if let (Some(row), Some(column)) = (half(0), half(2)) {
                    corners.widen(row, column);
                }
                if corners.area() > AREA {
                    return Err(Unread::Large);
                }
            }
            _ => {}
        }
        rest = next;
    }
    Ok(())
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

/// Whether a sheet of a binary workbook merges cells: its reader does not say which.
pub(super) fn merges_in_binary(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Result<bool, Unread> {
    for at in 0..zip.len() {
        let damaged = |_| Unread::Damaged("zip".to_string());
        let mut part = zip.by_index(at).map_err(damaged)?;
        let sheet = part
            .name()
            .is_ok_and(|name| name.starts_with("xl/worksheets/") && name.ends_with(".bin"));
        if !sheet {
            continue;
        }
        let mut records = Vec::new();
        let read = part.read_to_end(&mut records);
        read.map_err(|error| Unread::Damaged(error.to_string()))?;
        let mut rest = records.as_slice();
        while let Some((kind, length)) = record_head(&mut rest) {
            if kind == 0x00B0 {
                return Ok(true);
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }
    Ok(false)
}

/// The kind and the length of the next record: numbers of seven bits a byte, the lowest first.
fn record_head(rest: &mut &[u8]) -> Option<(usize, usize)> {
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
