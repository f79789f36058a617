//! The first sheet of an XLSX workbook as rows of text. Sizes are checked in the zip directory before anything is
//! unpacked: a small file may say that it holds gigabytes.

use std::io::Cursor;

use calamine::{CellErrorType, Data, Reader, Xlsx};

use super::problem::{Place, Problem, say};

/// The most that a workbook may hold when unpacked.
const UNPACKED: u64 = 512 << 20;

/// How the workbooks of Excel 97 to 2003 begin.
const OLD: &[u8] = b"\xd0\xcf\x11\xe0";

/// A sheet's cells as text.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The number of the first row with anything in it, from 1.
    pub first_row: usize,
    /// The number of the first column with anything in it, from 0.
    pub first_column: usize,
    /// The rows from there on.
    pub rows: Vec<Vec<String>>,
    /// Cells that hold a formula's error: row and column within `rows`, and its text.
    pub errors: Vec<(usize, usize, &'static str)>,
}

/// Whether a file is a workbook, or was meant to be one.
pub(super) fn is_workbook(name: &str, bytes: &[u8]) -> bool {
    let name = name.to_lowercase();
    bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(OLD)
        || name.ends_with(".xlsx")
        || name.ends_with(".xls")
}

/// The first sheet of a workbook.
///
/// # Errors
/// One problem for the whole file: not a workbook, damaged, too large, or without a sheet.
pub(super) fn read(name: &str, bytes: &[u8]) -> Result<Sheet, Problem> {
    let whole = |saying| Problem::error(Place::whole(name), saying);
    if bytes.starts_with(OLD) {
        return Err(whole(say!("check-xls")).hinted(Some(say!("hint-save-xlsx"))));
    }
    let Some(size) = unpacked_size(bytes) else {
        return Err(whole(say!("check-xlsx", detail = "zip")));
    };
    if size > UNPACKED {
        let (size, most) = (size >> 20, UNPACKED >> 20);
        return Err(whole(say!("check-xlsx-large", size = size, most = most)));
    }
    let bad = |error: calamine::XlsxError| whole(say!("check-xlsx", detail = error));
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(bad)?;
    let range = match book.worksheet_range_at(0) {
        Some(range) => range.map_err(bad)?,
        None => return Err(whole(say!("check-xlsx-no-sheet"))),
    };
    let (row, column) = range.start().unwrap_or_default();
    let mut sheet = Sheet {
        first_row: row as usize + 1,
        first_column: column as usize,
        ..Sheet::default()
    };
    for (number, cells) in range.rows().enumerate() {
        let mut texts = Vec::with_capacity(cells.len());
        for (column, cell) in cells.iter().enumerate() {
            if let Data::Error(error) = cell {
                sheet.errors.push((number, column, error_text(error)));
            }
            texts.push(text(cell));
        }
        sheet.rows.push(texts);
    }
    Ok(sheet)
}

/// A cell as a person would type it. Numbers beyond what a double holds exactly are written as spreadsheets show them,
/// `5.11902E+18`, so that whoever reads them sees that they are spoiled.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
            text.trim().to_string()
        }
        Data::Bool(value) => value.to_string(),
        Data::Int(number) => number.to_string(),
        Data::DateTime(stamp) if stamp.is_datetime() => {
            let (year, month, day, ..) = stamp.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTime(stamp) => stamp.as_f64().to_string(),
        Data::Float(number) if number.abs() >= 9_007_199_254_740_992.0 => {
            let text = format!("{number:.5E}");
            text.replace('E', "E+")
        }
        Data::Float(number) => number.to_string(),
    }
}

const fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

/// The name of a cell: column from 0, row from 1.
pub(super) fn cell_name(column: usize, row: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    letters.reverse();
    letters.into_iter().collect::<String>() + &row.to_string()
}

/// The sum of the sizes that a zip's directory states; `None` where it has no readable directory.
fn unpacked_size(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize, length: usize| -> Option<u64> {
        let field = bytes.get(at..at.checked_add(length)?)?;
        Some(
            field
                .iter()
                .rev()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    };
    let from = bytes.len().saturating_sub(22 + 0xffff);
    let end = (from..bytes.len().checked_sub(21)?)
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))?;
    let mut at = usize::try_from(number(end + 16, 4)?).ok()?;
    let mut sum: u64 = 0;
    while bytes.get(at..at.checked_add(4)?)? == b"PK\x01\x02" {
        sum = sum.saturating_add(number(at + 24, 4)?);
        let tail = number(at + 28, 2)? + number(at + 30, 2)? + number(at + 32, 2)?;
        at = at
            .checked_add(46)?
            .checked_add(usize::try_from(tail).ok()?)?;
    }
    (at == end || sum > 0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_the_names_that_spreadsheets_give_them() {
        let names: Vec<String> = [0, 1, 25, 26, 27, 701, 702]
            .map(|column| cell_name(column, 7))
            .into();
        assert_eq!(names, ["A7", "B7", "Z7", "AA7", "AB7", "ZZ7", "AAA7"]);
    }

    #[test]
    fn numbers_that_no_double_holds_are_seen_to_be_spoiled() {
        assert_eq!(text(&Data::Float(511_902_101_001.0)), "511902101001");
        assert_eq!(text(&Data::Float(5.119_021_010_01e17)), "5.11902E+17");
        assert_eq!(text(&Data::Float(0.45)), "0.45");
    }

    #[test]
    fn what_is_no_workbook_says_so() {
        let id = |bytes: &[u8]| {
            read("x.xlsx", bytes)
                .map_err(|problem| problem.saying.id)
                .unwrap_err()
        };
        assert_eq!(id(b"PK\x03\x04"), "check-xlsx");
        assert_eq!(id(b""), "check-xlsx");
        assert_eq!(id(b"\xd0\xcf\x11\xe0 old"), "check-xls");
    }
}
