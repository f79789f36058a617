//! One sheet of a workbook as people see it: text, numbers told from text, and cells that look filled but hold nothing
//! that can be read. Sizes are checked before anything is unpacked: a small file may say that it holds gigabytes.

mod formats;
mod hidden;
mod ods;
mod records;
mod safety;
mod shown;
mod xls;
mod xlsb;

use calamine::{Dimensions, SheetVisible};

use self::hidden::Hidden;
use self::shown::{Format, PartOfDay};

use super::file_kind::FileKind;
use super::near::did_you_mean;
use super::problem::{Place, Problem, Saying, say};

/// The most cells that a sheet may fill: more than a million rows of ten.
const CELLS: usize = 12_000_000;

/// The most bytes of text in a sheet: one long text may be repeated in every cell.
const TEXT: usize = 512 << 20;

/// The columns of a spreadsheet end at `XFD`.
const COLUMNS: u32 = 16_384;

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// Nothing of its own: a merged cell lies over it.
    Covered,
    /// A formula whose result was never stored, as programs that do not calculate write it.
    NoValue,
    /// A formula's error.
    Error,
    /// What is shown otherwise, or not at all.
    Altered,
    /// A day of which so little is shown that nobody sees which it is.
    PartOfDay,
    /// A number as it is shown; whether it stands for a day is not known.
    Number,
    /// A day that is shown without its year.
    NoYear,
    /// Anything else. Days are written `2020-06-30`.
    Text,
}

/// A cell that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell<'a> {
    pub text: &'a str,
    pub kind: Kind,
}

impl<'a> Cell<'a> {
    /// A cell of a text file, which may have been a workbook's and hold the text of an error.
    pub(super) fn of_text(text: &'a str) -> Self {
        let kind = if is_error(text) {
            Kind::Error
        } else {
            Kind::Text
        };
        Self { text, kind }
    }

    /// Why nothing can be read from the cell, where it looks filled to people and is not.
    pub(super) fn refused(self) -> Option<Saying> {
        match self.kind {
            Kind::Text | Kind::Number | Kind::NoYear => None,
            Kind::PartOfDay => {
                let saying = say!("check-cell-part-of-day", text = self.text);
                Some(saying.hint(say!("hint-cell-part-of-day")))
            }
            Kind::Error => Some(say!("check-cell-error", text = self.text)),
            Kind::Altered => {
                let saying = say!("check-cell-altered", text = self.text);
                Some(saying.hint(say!("hint-cell-altered")))
            }
            Kind::NoValue => Some(say!("check-cell-no-value").hint(say!("hint-cell-no-value"))),
            Kind::Covered => Some(say!("check-cell-covered").hint(say!("hint-cell-covered"))),
        }
    }
}

/// A sheet's cells that are not empty, by row and column.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// The sheet's name.
    pub name: String,
    text: String,
    cells: Vec<Stored>,
    rows: Vec<Row>,
    hidden: Hidden,
    /// The addresses on the web that cells lead to, by row and column, ascending.
    links: Vec<((u32, u32), String)>,
}

/// A cell with its text by place; row and column from 0.
#[derive(Clone, Copy, Debug)]
struct Stored {
    row: u32,
    start: u32,
    end: u32,
    column: u16,
    kind: Kind,
}

/// A row with its cells by place.
#[derive(Clone, Copy, Debug)]
struct Row {
    row: u32,
    start: u32,
    end: u32,
}

impl Sheet {
    /// How many rows have anything in them.
    pub(super) const fn len(&self) -> usize {
        self.rows.len()
    }

    /// The number of the row at that place, as spreadsheets show it, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.rows[at].row as usize + 1
    }

    /// The cells of the row at that place with their columns, from 0.
    pub(super) fn row(&self, at: usize) -> impl Iterator<Item = (usize, Cell<'_>)> {
        let Row { start, end, .. } = self.rows[at];
        let cells = &self.cells[start as usize..end as usize];
        cells.iter().map(|cell| {
            let text = &self.text[cell.start as usize..cell.end as usize];
            let kind = cell.kind;
            (usize::from(cell.column), Cell { text, kind })
        })
    }

    /// Whether somebody or a filter hid the row at that place.
    pub(super) fn hides_row(&self, at: usize) -> bool {
        self.hidden.has_row(self.rows[at].row)
    }

    /// Whether that column is hidden.
    pub(super) fn hides_column(&self, column: usize) -> bool {
        self.hidden.has_column(column)
    }

    /// The address on the web that a cell leads to, whatever its text is.
    pub(super) fn link(&self, at: usize, column: usize) -> Option<&str> {
        let place = (self.rows[at].row, u32::try_from(column).ok()?);
        let found = self.links.binary_search_by_key(&place, |(place, _)| *place);
        found.ok().map(|at| self.links[at].1.as_str())
    }

    /// Keeps a number as its format shows it.
    fn push_number(
        &mut self,
        row: u32,
        column: u32,
        number: &str,
        format: Option<&Format>,
    ) -> Result<(), Unread> {
        // One that no double holds exactly is seen to be spoiled, whatever its format.
        let Some(format) = format.filter(|_| !number.contains('E')) else {
            return self.push(row, column, Kind::Number, number);
        };
        match format.text(number) {
            Some(text) => self.push(row, column, Kind::Number, &text),
            None => self.push(row, column, Kind::Altered, number),
        }
    }

    /// Keeps a text, unless its format shows another.
    fn push_text(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        format: Option<&Format>,
    ) -> Result<(), Unread> {
        let altered = format.is_some_and(|format| format.alters_text) && !text.trim().is_empty();
        let kind = if altered { Kind::Altered } else { Kind::Text };
        self.push(row, column, kind, text)
    }

    /// Keeps a day, as far as its format shows it.
    fn push_day(
        &mut self,
        row: u32,
        column: u32,
        day: &str,
        format: Option<&Format>,
    ) -> Result<(), Unread> {
        let (kind, text) = as_shown(day, format.and_then(|format| format.of_day));
        self.push(row, column, kind, text)
    }

    /// Keeps a cell unless people see it empty.
    fn push(&mut self, row: u32, column: u32, kind: Kind, text: &str) -> Result<(), Unread> {
        let text = text.trim();
        if text.is_empty() && matches!(kind, Kind::Text | Kind::Number) {
            return Ok(());
        }
        let kind = if kind == Kind::Text && is_error(text) {
            Kind::Error
        } else {
            kind
        };
        if self.text.len() + text.len() > TEXT {
            return Err(Unread::Large);
        }
        let start = self.text.len();
        self.text.push_str(text);
        let column = u16::try_from(column).ok();
        let column = column.filter(|column| u32::from(*column) < COLUMNS);
        let column = column.ok_or_else(|| Unread::Damaged("column".to_string()))?;
        if self.cells.len() >= CELLS {
            return Err(Unread::Large);
        }
        let place = |at: usize| u32::try_from(at).map_err(|_| Unread::Large);
        self.cells.push(Stored {
            row,
            start: place(start)?,
            end: place(self.text.len())?,
            column,
            kind,
        });
        Ok(())
    }

    /// Marks what merged cells lie over, in rows that have anything in them.
    fn cover(&mut self, merged: &[Dimensions]) -> Result<(), Unread> {
        self.arrange();
        for area in merged {
            let from = self.rows.partition_point(|row| row.row < area.start.0);
            let rows: Vec<u32> = self.rows[from..]
                .iter()
                .map(|row| row.row)
                .take_while(|row| *row <= area.end.0)
                .collect();
            for row in rows {
                for column in area.start.1..=area.end.1.min(COLUMNS - 1) {
                    if (row, column) != area.start {
                        self.push(row, column, Kind::Covered, "")?;
                    }
                }
            }
        }
        self.arrange();
        Ok(())
    }

    /// Puts the cells in order, one at each place: what covers it, else what was read last.
    fn arrange(&mut self) {
        let key = |cell: &Stored| (cell.row, cell.column);
        if !self.cells.is_sorted_by(|a, b| key(a) < key(b)) {
            self.cells
                .sort_by_key(|cell| (key(cell), cell.kind, std::cmp::Reverse(cell.start)));
            self.cells.dedup_by_key(|cell| key(cell));
        }
        self.rows.clear();
        for (cell, at) in self.cells.iter().zip(0..) {
            match self.rows.last_mut() {
                Some(row) if row.row == cell.row => row.end = at + 1,
                _ => self.rows.push(Row {
                    row: cell.row,
                    start: at,
                    end: at + 1,
                }),
            }
        }
    }
}

/// What is read of a day, `2020-06-24` with or without a clock time, of which no more is shown than that part.
fn as_shown(day: &str, part: Option<PartOfDay>) -> (Kind, &str) {
    match part {
        None => (Kind::Text, day),
        Some(PartOfDay::NoYear) => (Kind::NoYear, day),
        Some(PartOfDay::Month) => (Kind::Text, day.get(..7).unwrap_or(day)),
        Some(PartOfDay::Less) => (Kind::PartOfDay, day),
    }
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    visible: SheetVisible,
}

/// Why a workbook was not read.
#[derive(Debug)]
enum Unread {
    /// It holds more than can be read.
    Large,
    /// It unpacks to so many bytes.
    Unpacked(u64),
    /// It needs a password.
    Locked,
    /// It is no usable workbook.
    Damaged(String),
}

/// The sheet of that name, or the only visible one that holds rows.
///
/// # Errors
/// One problem for the whole file: not a usable workbook, too large, locked, or no one sheet to read.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    kind: FileKind,
    wanted: Option<&str>,
    hint: &'static str,
) -> Result<Sheet, Problem> {
    let refused = |saying| Problem::error(Place::whole(name), saying);
    let told = |unread| {
        refused(match unread {
            Unread::Large => say!("check-sheet-large", most = CELLS),
            Unread::Unpacked(size) => {
                let (size, most) = (size >> 20, safety::UNPACKED >> 20);
                say!("check-xlsx-large", size = size, most = most)
            }
            Unread::Locked => say!("check-locked").hint(say!("hint-unlock")),
            Unread::Damaged(detail) => {
                say!("check-xlsx", detail = detail).hint(say!("hint-save-xlsx"))
            }
        })
    };
    let mut book = formats::open(bytes, kind).map_err(told)?;
    let sheets = book.sheets();
    if let Some(wanted) = wanted {
        if !sheets.iter().any(|sheet| sheet.name == wanted) {
            let names = sheets.iter().map(|sheet| sheet.name.as_str());
            let hint = did_you_mean(wanted, names.clone()).unwrap_or_else(|| {
                say!("hint-sheets", names = names.collect::<Vec<_>>().join(", "))
            });
            let saying = say!("check-no-such-sheet", name = wanted);
            return Err(refused(saying.hint(hint)));
        }
        return book.sheet(wanted).map_err(told);
    }
    let mut found: Vec<Sheet> = Vec::new();
    let mut hidden = Vec::new();
    for sheet in sheets {
        if sheet.visible == SheetVisible::Visible {
            let read = book.sheet(&sheet.name).map_err(told)?;
            if read.len() > 0 {
                found.push(match found.is_empty() {
                    true => read,
                    // Of further ones the name is enough: they are only listed.
                    false => Sheet {
                        name: read.name,
                        ..Sheet::default()
                    },
                });
            }
        } else {
            hidden.push(sheet.name);
        }
    }
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().map(|sheet| sheet.name.as_str()).collect();
        let saying = say!("check-sheets", names = names.join(", "));
        let hint = Saying::new(hint, vec![("name", names[0].to_string())]);
        return Err(refused(saying.hint(hint)));
    }
    found.pop().ok_or_else(|| {
        if hidden.is_empty() {
            refused(say!("check-file-empty"))
        } else {
            let hint = Saying::new(hint, vec![("name", hidden[0].clone())]);
            let saying = say!("check-sheets-hidden", names = hidden.join(", "));
            refused(saying.hint(hint))
        }
    })
}

/// Whether a text is what spreadsheets show for a formula that failed.
fn is_error(text: &str) -> bool {
    match text.as_bytes().first() {
        Some(b'#') => matches!(
            text,
            "#DIV/0!"
                | "#N/A"
                | "#NAME?"
                | "#NULL!"
                | "#NUM!"
                | "#REF!"
                | "#VALUE!"
                | "#GETTING_DATA"
                | "#SPILL!"
                | "#CALC!"
        ),
        Some(b'E') => text.strip_prefix("Err:").is_some_and(|number| {
            number.len() == 3 && number.bytes().all(|byte| byte.is_ascii_digit())
        }),
        _ => false,
    }
}

/// A number as a person would type it. Those beyond what a double holds exactly are written as spreadsheets show them,
/// `5.11902E+18`, so that whoever reads them sees that they are spoiled.
fn number(number: f64) -> String {
    if number.abs() >= 9_007_199_254_740_992.0 {
        return format!("{number:.5E}").replace('E', "E+");
    }
    // Programs show fifteen digits: 0.1 + 0.2 is 0.3 to people, and 0.30000000000000004 to machines.
    let text = number.to_string();
    let noisy = text.len() > 15 && text.contains('.');
    match format!("{number:.14e}").parse::<f64>() {
        Ok(seen) if noisy => seen.to_string(),
        _ => text,
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

#[cfg(test)]
pub(super) mod tests;
