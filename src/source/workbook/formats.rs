//! The formats of workbooks, read cell by cell: what each reader tells of values, formulas, errors and merged cells.

use std::io::Cursor;

use calamine::{Data, DataRef, DataType, Reader, SheetType, Style, Xls, Xlsb, Xlsx};

use super::hidden::{self, Signs};
use super::ods::{self, Ods};
use super::records::Looks;
use super::shown::{Format, Shown, built_in};
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
                let signs = Signs::of(bytes, name)?;
                xlsx(book, name, signs.formulas, &mut sheet)?;
                if signs.hides {
                    sheet.hidden = hidden::of_xlsx(bytes, name)?;
                }
                if hidden::has_links(bytes, name)? {
                    sheet.links = links_of(book, name)?;
                }
            }
            Self::Xlsb(book, bytes) => {
                let untold = xlsb::untold(bytes, name)?;
                binary(book, name, &untold.looks.shown, &mut sheet)?;
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
                old(book, name, &looks.shown, &mut sheet)?;
                sheet.hidden = looks.hidden;
            }
            Self::Ods(book) => return book.take(name),
        }
        Ok(sheet)
    }
}

/// What the styles of a workbook make of numbers and days.
fn formats_of<'s>(styles: impl Iterator<Item = &'s Style>) -> Vec<Option<Format>> {
    let format = |style: &Style| {
        let format = style.number_format.as_ref()?;
        // Formats that Chinese programs name by number alone have no code.
        let number = format
            .format_id
            .and_then(|number| u16::try_from(number).ok());
        match (format.format_code.as_str(), number) {
            ("General", Some(number)) => Format::of(built_in(number)),
            (code, _) => Format::of(code),
        }
    };
    styles.map(format).collect()
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

/// Reads the cells of a sheet with their styles. Formulas are a second look, for results that were never stored: only where a sheet has
/// formulas and cells without a value.
fn xlsx(
    book: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    formulas: bool,
    sheet: &mut Sheet,
) -> Result<(), Unread> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    let formats = formats_of(cells.styles().iter());
    let mut empty = false;
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(damaged)? {
        let format = formats.get(style).and_then(Option::as_ref);
        match cell.get_value() {
            DataRef::Empty => empty = true,
            filled => value(sheet, cell.get_position(), filled, format)?,
        }
    }
    drop(cells);
    if formulas && empty {
        let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
        while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(damaged)? {
            if matches!(cell.value, DataRef::Empty) && cell.formula.is_some() {
                sheet.push(cell.pos.0, cell.pos.1, Kind::NoValue, "")?;
            }
        }
    }
    let merged = book.merge_cells_by_sheet_name(name).map_err(damaged)?;
    sheet.cover(&merged)
}

fn binary(
    book: &mut Xlsb<Cursor<Vec<u8>>>,
    name: &str,
    shown: &Shown,
    sheet: &mut Sheet,
) -> Result<(), Unread> {
    let mut cells = book.worksheet_cells_reader(name).map_err(damaged)?;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let at = cell.get_position();
        value(sheet, at, cell.get_value(), shown.format(at))?;
    }
    Ok(())
}

fn old(
    book: &mut Xls<Cursor<Vec<u8>>>,
    name: &str,
    shown: &Shown,
    sheet: &mut Sheet,
) -> Result<(), Unread> {
    let place = |start: Option<(u32, u32)>, (row, column): (usize, usize)| {
        let (top, left) = start.unwrap_or_default();
        let step =
            |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        (step(top, row), step(left, column))
    };
    let cells = book.worksheet_range(name).map_err(damaged)?;
    for (row, column, cell) in cells.used_cells() {
        let at = place(cells.start(), (row, column));
        value(sheet, at, cell, shown.format(at))?;
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

/// Keeps a value as a person would type it, and as its format shows it.
fn value<T: DataType>(
    sheet: &mut Sheet,
    (row, column): (u32, u32),
    cell: &T,
    format: Option<&Format>,
) -> Result<(), Unread> {
    if let Some(text) = cell.get_string() {
        return sheet.push_text(row, column, text, format);
    }
    if let Some(whole) = cell.get_int() {
        return sheet.push_number(row, column, &whole.to_string(), format);
    }
    if let Some(value) = cell.get_float() {
        return sheet.push_number(row, column, &number(value), format);
    }
    let mut push = |kind, text: &str| sheet.push(row, column, kind, text);
    if let Some(error) = cell.get_error() {
        push(Kind::Error, &error.to_string())
    } else if let Some(stamp) = cell.get_datetime() {
        let (year, month, day, hour, minute, second, _) = stamp.to_ymd_hms_milli();
        let clock = format!("{hour:02}:{minute:02}:{second:02}");
        // Less than a day is a clock time alone, whatever day the calendar of spreadsheets begins with.
        if !stamp.is_datetime() || stamp.as_f64() < 1.0 {
            return push(Kind::Text, &clock);
        }
        let mut text = format!("{year:04}-{month:02}-{day:02}");
        if clock != "00:00:00" {
            text = format!("{text} {clock}");
        }
        sheet.push_day(row, column, &text, format)
    } else if let Some(text) = cell.get_datetime_iso().or_else(|| cell.get_duration_iso()) {
        push(Kind::Text, text)
    } else if let Some(value) = cell.get_bool() {
        push(Kind::Text, if value { "TRUE" } else { "FALSE" })
    } else {
        Ok(())
    }
}
