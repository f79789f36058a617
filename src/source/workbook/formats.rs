//! The formats of workbooks, read cell by cell: what each reader tells of values, formulas, errors and merged cells.

use std::io::Cursor;

use calamine::{Data, DataRef, DataType, Reader, SheetType, Xls, Xlsb, Xlsx};

use super::hidden;
use super::ods::{self, Ods};
use super::records::Looks;
use super::shown::{Format, Shown};
use super::xls::{self, Plain};
use super::xlsb;
use super::{Kind, Listed, Sheet, Unread, number, safety};
use crate::model::entry::Proof;
use crate::source::file_kind::FileKind;

/// An open workbook.
pub(super) enum Book<'a> {
    Xlsx(Box<Xlsx<Cursor<&'a [u8]>>>, &'a [u8]),
    Xlsb(Box<Xlsb<Cursor<Vec<u8>>>>, &'a [u8]),
    /// With what each sheet hides and how it shows numbers.
    Xls(Box<Xls<Cursor<Vec<u8>>>>, Vec<Looks>),
    Ods(Ods),
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

/// Opens a workbook, once it is known to fit into memory.
pub(super) fn open(bytes: &[u8], kind: FileKind) -> Result<Book<'_>, Unread> {
    let reader = || Cursor::new(bytes);
    Ok(match kind {
        FileKind::Xls => {
            let Plain { bytes, looks } = xls::plain(bytes)?;
            let book = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
            Book::Xls(Box::new(book), looks)
        }
        FileKind::Ods => Book::Ods(ods::open(safety::archive(bytes)?)?),
        FileKind::Xlsb => {
            safety::archive(bytes)?;
            let copy = Cursor::new(xlsb::plain(bytes)?);
            Book::Xlsb(Box::new(Xlsb::new(copy).map_err(damaged)?), bytes)
        }
        FileKind::Xlsx | FileKind::Text => {
            safety::archive(bytes)?;
            Book::Xlsx(Box::new(Xlsx::new(reader()).map_err(damaged)?), bytes)
        }
    })
}

impl Book<'_> {
    /// The sheets with cells, in their order.
    pub(super) fn sheets(&self) -> Vec<Listed> {
        let sheets = match self {
            Self::Xlsx(book, _) => book.sheets_metadata(),
            Self::Xlsb(book, _) => book.sheets_metadata(),
            Self::Xls(book, _) => book.sheets_metadata(),
            Self::Ods(book) => return book.sheets(),
        };
        let sheets = sheets.iter();
        sheets
            .filter(|sheet| sheet.typ == SheetType::WorkSheet)
            .map(|sheet| Listed {
                name: sheet.name.clone(),
                visible: sheet.visible,
            })
            .collect()
    }

    /// The cells of the sheet of that name.
    pub(super) fn sheet(&mut self, name: &str) -> Result<Sheet, Unread> {
        let mut sheet = Sheet {
            name: name.to_string(),
            ..Sheet::default()
        };
        match self {
            Self::Xlsx(book, bytes) => {
                sheet.shown = shown_by_xlsx(book, name)?;
                xlsx(book, name, &mut sheet)?;
                sheet.hidden = hidden::of_xlsx(bytes, name)?;
                if hidden::has_links(bytes, name)? {
                    sheet.links = links_of(book, name)?;
                }
            }
            Self::Xlsb(book, bytes) => {
                let untold = xlsb::untold(bytes, name)?;
                sheet.shown = untold.looks.shown;
                binary(book, name, &mut sheet)?;
                for (row, column) in untold.failed {
                    sheet.push(row, column, Kind::NoValue, "")?;
                }
                sheet.cover(&untold.merged)?;
                sheet.hidden = untold.looks.hidden;
            }
            Self::Xls(book, looks) => {
                let place = book
                    .sheets_metadata()
                    .iter()
                    .position(|sheet| sheet.name == name);
                let looks = place.and_then(|place| looks.get_mut(place));
                let looks = looks.map(std::mem::take).unwrap_or_default();
                sheet.shown = looks.shown;
                old(book, name, &mut sheet)?;
                sheet.hidden = looks.hidden;
            }
            Self::Ods(book) => return book.take(name),
        }
        Ok(sheet)
    }
}

/// How a sheet shows numbers. Its cells are gone through once more only where any of the workbook's formats may show something else.
fn shown_by_xlsx(book: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<Shown, Unread> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    let styles = cells.styles().iter().map(|style| {
        let format = style.number_format.as_ref();
        format.and_then(|format| Format::of(&format.format_code))
    });
    let mut shown = Shown::new(styles.collect());
    if shown.matters() {
        while let Some((row, column, style)) = cells.next_style_id().map_err(damaged)? {
            shown.add(row, column, style);
        }
    }
    Ok(shown.arranged())
}

/// The addresses on the web that cells of a sheet lead to.
fn links_of(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
) -> Result<Vec<((u32, u32), String)>, Unread> {
    let links = book.hyperlinks_by_sheet_name(name).map_err(damaged)?;
    let links = links.into_iter().filter_map(|link| {
        let target = link.target.filter(|target| Proof::is_link(target))?;
        Some((link.range.start, target))
    });
    let mut links: Vec<_> = links.collect();
    links.sort();
    Ok(links)
}

fn xlsx(book: &mut Xlsx<Cursor<&[u8]>>, name: &str, sheet: &mut Sheet) -> Result<(), Unread> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
        let (row, column) = cell.pos;
        if matches!(cell.value, DataRef::Empty) {
            if cell.formula.is_some() {
                sheet.push(row, column, Kind::NoValue, "")?;
            }
        } else {
            value(sheet, (row, column), &cell.value)?;
        }
    }
    drop(cells);
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    sheet.cover(&merged)
}

fn binary(book: &mut Xlsb<Cursor<Vec<u8>>>, name: &str, sheet: &mut Sheet) -> Result<(), Unread> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        value(sheet, cell.get_position(), cell.get_value())?;
    }
    Ok(())
}

fn old(book: &mut Xls<Cursor<Vec<u8>>>, name: &str, sheet: &mut Sheet) -> Result<(), Unread> {
    let place = |start: Option<(u32, u32)>, (row, column): (usize, usize)| {
        let (top, left) = start.unwrap_or_default();
        let step =
            |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        (step(top, row), step(left, column))
    };
    let cells = book.worksheet_range(name).map_err(damaged)?;
    for (row, column, cell) in cells.used_cells() {
        value(sheet, place(cells.start(), (row, column)), cell)?;
    }
    let formulas = book.worksheet_formula(name).map_err(damaged)?;
    for (row, column, _) in formulas.used_cells() {
        let at = place(formulas.start(), (row, column));
        if cells.get_value(at).is_none_or(|cell| *cell == Data::Empty) {
            sheet.push(at.0, at.1, Kind::NoValue, "")?;
        }
    }
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    sheet.cover(&merged)
}

/// Keeps a value as a person would type it.
fn value<T: DataType>(
    sheet: &mut Sheet,
    (row, column): (u32, u32),
    cell: &T,
) -> Result<(), Unread> {
    if let Some(text) = cell.get_string() {
        return sheet.push_text(row, column, text);
    }
    if let Some(whole) = cell.get_int() {
        return sheet.push_number(row, column, &whole.to_string());
    }
    if let Some(value) = cell.get_float() {
        return sheet.push_number(row, column, &number(value));
    }
    let mut push = |kind, text: &str| sheet.push(row, column, kind, text);
    if let Some(error) = cell.get_error() {
        push(Kind::Error, &error.to_string())
    } else if let Some(stamp) = cell.get_datetime() {
        let (year, month, day, hour, minute, second, _) = stamp.to_ymd_hms_milli();
        let clock = format!("{hour:02}:{minute:02}:{second:02}");
        // Less than a day is a clock time alone, whatever day the calendar of spreadsheets begins with.
        let text = if !stamp.is_datetime() || stamp.as_f64() < 1.0 {
            clock
        } else if clock == "00:00:00" {
            format!("{year:04}-{month:02}-{day:02}")
        } else {
            format!("{year:04}-{month:02}-{day:02} {clock}")
        };
        push(Kind::Text, &text)
    } else if let Some(text) = cell.get_datetime_iso().or_else(|| cell.get_duration_iso()) {
        push(Kind::Text, text)
    } else if let Some(value) = cell.get_bool() {
        push(Kind::Text, if value { "TRUE" } else { "FALSE" })
    } else {
        Ok(())
    }
}
