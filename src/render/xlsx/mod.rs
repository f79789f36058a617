//! Documents as workbooks (`.xlsx`): a sheet for each table, with what the document says before and after it. Days and numbers are
//! real ones, and what colours a standing is a rule on its letter, so that a sheet stays true while somebody edits it.
//!
//! The same document gives the same bytes: no clock, no random ids. No text ever becomes a formula.

mod looks;
mod number;
mod part;
mod sheet;
mod words;

use std::io::{self, Write};

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::looks::Looks;
use self::part::Part;
use self::sheet::Sheet;
use super::typeset;
use crate::document::Document;

/// The most rows that a sheet has.
const MOST_ROWS: u32 = 1_048_576;

/// Writes a document as a file. The compressed file is held in memory until it is whole; the rows of long tables are not.
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    let file = workbook(document, MOST_ROWS).map_err(told)?;
    out.write_all(&file)
}

/// The file of a document, with so many rows a sheet.
fn workbook(document: Document<'_>, most_rows: u32) -> Result<Vec<u8>, XlsxError> {
    let document = typeset::set(document).plain();
    let mut looks = Looks::of(&document.lang);
    let mut workbook = Workbook::new();
    looks.prepare(&mut workbook)?;
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let properties = DocProperties::new()
        .set_title(words::cell(&document.title))
        .set_creation_datetime(&made);
    workbook.set_properties(&properties);
    let mut names = words::Names::default();
    for part in Part::all(document) {
        Sheet::write(&mut workbook, &mut looks, &mut names, part, most_rows)?;
    }
    workbook.save_to_buffer()
}

/// Why a file could not be made, in the words that the shell has for it.
fn told(error: XlsxError) -> io::Error {
    match error {
        XlsxError::IoError(error) => error,
        // More columns than a sheet has.
        XlsxError::RowColumnLimitError => io::ErrorKind::FileTooLarge.into(),
        other => io::Error::other(other),
    }
}

#[cfg(test)]
mod tests;
