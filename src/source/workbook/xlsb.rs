//! Binary workbooks (`.xlsb`), whose parts are records: a kind, a length and its bytes. The library that reads their cells tells neither
//! what is hidden nor what is merged, where a record is too short for its kind it takes what another left behind or ends the program, and
//! passes over formulas that failed. So it is given a copy with nothing but the records that cells are read from, each proved long enough.

use std::io::{Cursor, Read, Write};

use calamine::Dimensions;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::Unread;
use super::hidden::{Hidden, linked};
use super::records::{Formats, Looks, damaged, half, whole};
use super::safety::UNPACKED;
use super::shown::Shown;

type Zip<'a> = ZipArchive<Cursor<&'a [u8]>>;

const BOOK: &str = "xl/workbook.bin";
const LINKS: &str = "xl/_rels/workbook.bin.rels";
const TEXTS: &str = "xl/sharedStrings.bin";
const STYLES: &str = "xl/styles.bin";

/// A sheet in the list of sheets: two numbers, its link and its name.
const SHEET: usize = 0x009C;

/// Copies a workbook's cells.
pub(super) fn plain(bytes: &[u8]) -> Result<Vec<u8>, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut copy = Copy {
        zip: ZipWriter::new(Cursor::new(Vec::new())),
        room: UNPACKED,
    };
    let mut count = 0;
    if let Some(part) = part(&mut zip, TEXTS)? {
        let texts = texts(&part)?;
        count = texts.1;
        copy.put(TEXTS, &texts.0)?;
    }
    if let Some(part) = part(&mut zip, STYLES)? {
        copy.put(STYLES, &styles(&part)?)?;
    }
    let book = part(&mut zip, BOOK)?.ok_or_else(|| damaged(BOOK))?;
    let mut links = String::from("<Relationships>");
    let mut sheets = 0;
    let mut list = kept(&book, &mut |kind, data, list| {
        match kind {
            // Among other things the calendar; the end of the list of sheets.
            0x0099 => put(kind, data.get(..1)?, list),
            0x0090 => put(kind, data, list),
            // One whose link leads nowhere on purpose.
            SHEET if whole(data, 8)? == u32::MAX => {}
            SHEET => {
                let (link, length) = text(data, 8)?;
                text(data, 8 + length)?;
                let path = linked(&mut zip, LINKS, &link).ok()??;
                let folder = path.split('/').nth(1)?;
                let folder = ["worksheets", "chartsheets", "dialogsheets"]
                    .into_iter()
                    .find(|known| *known == folder)?;
                sheets += 1;
                let part_of = format!("{folder}/{sheets}.bin");
                links += &format!("<Relationship Id=\"{sheets}\" Target=\"{part_of}\"/>");
                if folder == "worksheets" {
                    let cells = part(&mut zip, &path).ok()??;
                    let cells = cells_of(&cells, count).ok()?;
                    copy.put(&format!("xl/{part_of}"), &cells).ok()?;
                }
                let own = wide(&sheets.to_string());
                put(
                    kind,
                    &[&data[..8], &own, &data[8 + length..]].concat(),
                    list,
                );
            }
            _ => {}
        }
        Some(())
    })?;
    // The end of the workbook.
    put(0x0084, &[], &mut list);
    copy.put(BOOK, &list)?;
    copy.put(LINKS, (links + "</Relationships>").as_bytes())?;
    let copy = copy.zip.finish().map_err(damaged)?;
    Ok(copy.into_inner())
}

/// A copy in the making, and how many bytes more it may unpack to.
struct Copy {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    room: u64,
}

impl Copy {
    fn put(&mut self, name: &str, bytes: &[u8]) -> Result<(), Unread> {
        // Many sheets may say that they are the same part.
        let room = self.room.checked_sub(bytes.len() as u64);
        self.room = room.ok_or(Unread::Unpacked(UNPACKED))?;
        let plain = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        self.zip.start_file(name, plain).map_err(damaged)?;
        self.zip.write_all(bytes).map_err(damaged)
    }
}

/// The bytes of a part, whatever letters its name is written in.
fn part(zip: &mut Zip<'_>, name: &str) -> Result<Option<Vec<u8>>, Unread> {
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).map_err(damaged)?;
        if part.name().is_ok_and(|own| own.eq_ignore_ascii_case(name)) {
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).map_err(damaged)?;
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

/// What `keep` writes of each record; it gives nothing where a record is not what its kind is.
fn kept(
    records: &[u8],
    keep: &mut dyn FnMut(usize, &[u8], &mut Vec<u8>) -> Option<()>,
) -> Result<Vec<u8>, Unread> {
    let mut copy = Vec::new();
    each_record(records, &mut |kind, data| {
        keep(kind, data, &mut copy).ok_or_else(|| damaged(format!("record 0x{kind:04X}")))
    })?;
    Ok(copy)
}

/// The table of texts, and how many there are.
fn texts(records: &[u8]) -> Result<(Vec<u8>, u32), Unread> {
    let (mut said, mut found, mut later) = (0, 0, false);
    let copy = kept(records, &mut |kind, data, copy| {
        match kind {
            // What later versions added.
            0x0023 | 0x0024 => later = kind == 0x0023,
            0x009F if !later => {
                said = whole(data, 4)?;
                put(kind, data, copy);
            }
            0x0013 if !later => {
                text(data, 1)?;
                found += 1;
                put(kind, data, copy);
            }
            _ => {}
        }
        Some(())
    })?;
    match said <= found {
        true => Ok((copy, said)),
        false => Err(damaged(TEXTS)),
    }
}

/// The formats, and the styles that cells have.
fn styles(records: &[u8]) -> Result<Vec<u8>, Unread> {
    let mut within = 0;
    kept(records, &mut |kind, data, copy| {
        match kind {
            // Begin and end of formats and of styles.
            0x0267 | 0x0269 => {
                whole(data, 0)?;
                within = kind;
                put(kind, data, copy);
            }
            0x0268 | 0x026A => within = 0,
            0x002C if within == 0x0267 => {
                text(data, 2)?;
                put(kind, data, copy);
            }
            0x002F if within == 0x0269 => {
                half(data, 2)?;
                put(kind, data, copy);
            }
            _ => {}
        }
        Some(())
    })
}

/// The cells of a sheet, of a workbook with so many texts.
fn cells_of(records: &[u8], texts: u32) -> Result<Vec<u8>, Unread> {
    kept(records, &mut |kind, data, copy| {
        match kind {
            // The corners; begin and end of the cells; a row.
            0x0094 => drop(data.get(..16)?),
            0x0091 | 0x0092 => {}
            0x0000 => drop(whole(data, 0)?),
            // A number, short or long; an error or a truth; a text; a place in the table of texts.
            0x0002 => drop(whole(data, 8)?),
            0x0005 | 0x0009 => drop(data.get(..16)?),
            0x0003 | 0x0004 | 0x000A | 0x000B => drop(data.get(8)?),
            0x0006 | 0x0008 => drop(text(data, 8)?),
            0x0007 => drop(Some(whole(data, 8)?).filter(|place| *place < texts)?),
            _ => return Some(()),
        }
        put(kind, data, copy);
        Some(())
    })
}

/// Writes a record.
fn put(kind: usize, data: &[u8], copy: &mut Vec<u8>) {
    let mut seven = |number: usize, more: bool| {
        let low = u8::try_from(number & 0x7f).unwrap_or(0);
        copy.push(if more { low | 0x80 } else { low });
    };
    match kind {
        0..0x80 => seven(kind, false),
        _ => {
            seven(kind, true);
            seven(kind >> 7, false);
        }
    }
    let mut length = data.len();
    while length >= 0x80 {
        seven(length, true);
        length >>= 7;
    }
    seven(length, false);
    copy.extend(data);
}

/// A text as records have it.
fn wide(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u32::try_from(letters.len() / 2).unwrap_or(0);
    [&length.to_le_bytes()[..], &letters].concat()
}

/// What the library does not tell of a sheet.
pub(super) struct Untold {
    pub looks: Looks,
    pub merged: Vec<Dimensions>,
    /// The cells whose formulas failed.
    pub failed: Vec<(u32, u32)>,
}

/// What is not told of the sheet of that name.
pub(super) fn untold(bytes: &[u8], name: &str) -> Result<Untold, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let formats = formats(&mut zip)?;
    let (mut hidden, mut shown) = (Hidden::default(), Shown::new(formats.understood()));
    let (mut merged, mut failed) = (Vec::new(), Vec::new());
    let mut link = None;
    let book = part(&mut zip, BOOK)?.unwrap_or_default();
    each_record(&book, &mut |kind, data| {
        if kind == SHEET
            && let Some((found, length)) = text(data, 8)
            && text(data, 8 + length).is_some_and(|(found, _)| found == name)
        {
            link = Some(found);
        }
        Ok(())
    })?;
    if let Some(link) = link
        && let Some(path) = linked(&mut zip, LINKS, &link)?
        && let Some(sheet) = part(&mut zip, &path)?
    {
        let mut row = 0;
        each_record(&sheet, &mut |kind, data| {
            match kind {
                // A row, its format, its height, its looks.
                0x0000 => {
                    row = whole(data, 0).unwrap_or(u32::MAX);
                    if data.get(11).is_some_and(|looks| looks & 0x10 != 0)
                        || half(data, 8) == Some(0)
                    {
                        hidden.add_row(row);
                    }
                }
                // A cell: its column, its style in three bytes.
                0x0001..=0x000B => {
                    if let (Some(column), Some(style)) = (whole(data, 0), whole(data, 4)) {
                        shown.add(row, column, (style & 0x00FF_FFFF) as usize);
                        if kind == 0x000B {
                            failed.push((row, column));
                        }
                    }
                }
                // First and last column, width, format, looks.
                0x003C
                    if data.get(16).is_some_and(|looks| looks & 1 != 0)
                        || whole(data, 8) == Some(0) =>
                {
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
            }
            Ok(())
        })?;
    }
    let (hidden, shown) = (hidden.arranged(), shown.arranged());
    let looks = Looks { hidden, shown };
    Ok(Untold {
        looks,
        merged,
        failed,
    })
}

/// The formats of a binary workbook.
fn formats(zip: &mut Zip<'_>) -> Result<Formats, Unread> {
    let mut formats = Formats::default();
    let styles = part(zip, STYLES)?.unwrap_or_default();
    let mut of_cells = false;
    each_record(&styles, &mut |kind, data| {
        match kind {
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
        }
        Ok(())
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

/// Calls `visit` with each record of a part.
fn each_record(
    records: &[u8],
    visit: &mut dyn FnMut(usize, &[u8]) -> Result<(), Unread>,
) -> Result<(), Unread> {
    let mut rest = records;
    while let Some((kind, length)) = head(&mut rest) {
        let record = rest.split_at_checked(length);
        let (data, next) = record.ok_or_else(|| damaged("record"))?;
        visit(kind, data)?;
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
