//! Tables that people fill in, CSV or a workbook: a header row in two languages, and rows that know their place.

mod cell;
mod header;

use std::borrow::Cow;
use std::io;

use super::file_kind::{self, FileKind};
use super::problem::{Place, Problem, Problems, say};
use super::workbook::{Cell, Kind, Sheet, cell_name};
use super::{text, workbook};

pub(super) use cell::{as_shown, is_nothing, is_spoiled, no_number, spoiled, with_day_forms};
pub(super) use header::{Columns, columns};

use header::Header;

/// How far down a header row is looked for: people put titles above their tables.
const HEADER_WITHIN: usize = 10;

/// The most bytes that a cell may hold: what is longer is a file in a cell, or a quotation mark left open.
pub(super) const LONGEST: usize = 100_000;

/// A file of rows as somebody asked for it to be read.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The file's name, for problems and for its ending.
    pub name: &'a str,
    /// Its content.
    pub bytes: &'a [u8],
    /// Its encoding, where it is text and not UTF-8.
    pub encoding: Option<&'a str>,
    /// The sheet of a workbook that is meant.
    pub sheet: Option<&'a str>,
}

/// The messages that say how to name an encoding or a sheet: in the plan for a roster, on the command line for a list.
#[derive(Clone, Copy)]
pub(super) struct Hints {
    pub encoding: &'static str,
    pub sheet: &'static str,
    /// Whether columns of other headers are read as well.
    pub further: bool,
}

/// A table whose header has been understood.
pub(super) struct Table<'a> {
    name: &'a str,
    header: Header,
    /// Where the header stands: rows begin below it.
    below: Option<usize>,
    body: Body<'a>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Its line in a text, its row in a sheet, from 1.
    pub line: usize,
    /// Its first byte in a text, its place among the rows of a sheet.
    at: usize,
}

enum Body<'a> {
    /// A text and its separator.
    Text(Cow<'a, str>, u8),
    Sheet(Sheet),
}

impl<'a> Body<'a> {
    fn read(input: Input<'a>, hints: Hints) -> Result<Self, Problem> {
        let Input {
            name,
            bytes,
            encoding,
            sheet,
        } = input;
        Ok(match file_kind::of(name, bytes)? {
            FileKind::Text => {
                let text = text::decode(name, bytes, encoding, hints.encoding)?;
                let separator = separator(&text);
                Self::Text(text, separator)
            }
            kind => Self::Sheet(workbook::read(name, bytes, kind, sheet, hints.sheet)?),
        })
    }
}

/// The cells of one row.
#[derive(Clone, Copy)]
enum Cells<'a> {
    Record(&'a csv::StringRecord),
    Sheet(&'a Sheet, usize),
}

/// A cell without the blanks around it. Most begin and end with a letter or digit of ASCII, and to have these trimmed too takes five times
/// what all else does that is asked of a cell: 8 % of the import of a county.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

impl<'a> Cells<'a> {
    /// The cell in that column; `None` where people see nothing.
    fn get(self, column: usize) -> Option<Cell<'a>> {
        match self {
            Self::Record(record) => {
                let text = record.get(column).map(trimmed);
                text.filter(|text| !text.is_empty()).map(Cell::of_text)
            }
            Self::Sheet(sheet, at) => {
                let mut cells = sheet.row(at);
                cells
                    .find(|(other, _)| *other == column)
                    .map(|(_, cell)| cell)
            }
        }
    }

    /// The first cell for which `wanted` holds, of those that people see filled.
    fn find(self, mut wanted: impl FnMut(usize, Cell<'a>) -> bool) -> Option<usize> {
        match self {
            Self::Record(record) => (0..record.len())
                .find(|column| self.get(*column).is_some_and(|cell| wanted(*column, cell))),
            Self::Sheet(sheet, at) => sheet
                .row(at)
                .find(|(column, cell)| cell.kind != Kind::Covered && wanted(*column, *cell))
                .map(|(column, _)| column),
        }
    }

    fn is_blank(self) -> bool {
        self.find(|_, _| true).is_none()
    }

    /// The texts of the row with their columns.
    fn texts(self) -> Vec<(usize, &'a str)> {
        match self {
            Self::Record(record) => record.iter().map(trimmed).enumerate().collect(),
            Self::Sheet(sheet, at) => sheet
                .row(at)
                .map(|(column, cell)| (column, cell.text))
                .collect(),
        }
    }
}

/// One row under a header.
pub(super) struct TableRow<'t> {
    table: &'t Table<'t>,
    cells: Cells<'t>,
    mark: Mark,
}

impl TableRow<'_> {
    /// A cell; `None` where it is empty or the table has no such column.
    pub(super) fn get(&self, column: impl Columns) -> Option<Cell<'_>> {
        let column = self.table.header.at[column.number()];
        column.and_then(|column| self.cells.get(column))
    }

    /// What the header says that the amounts of a column are measured in.
    pub(super) fn measure(&self, column: impl Columns) -> Option<&str> {
        self.table.header.measures[column.number()].as_deref()
    }

    /// The address on the web that a cell of a workbook leads to, whatever its text is.
    pub(super) fn link(&self, column: impl Columns) -> Option<&str> {
        let column = self.table.header.at[column.number()]?;
        match self.cells {
            Cells::Sheet(sheet, at) => sheet.link(at, column),
            Cells::Record(_) => None,
        }
    }

    /// The cells of further columns, with their headers and their places.
    pub(super) fn further(&self) -> impl Iterator<Item = (&str, Option<Cell<'_>>, usize)> {
        let further = self.table.header.further.iter();
        further.map(|(column, key)| (key.as_str(), self.cells.get(*column), *column))
    }

    /// Where the row stands.
    pub(super) const fn mark(&self) -> Mark {
        self.mark
    }

    /// The place of a cell, or of the whole row.
    pub(super) fn place(&self, column: Option<impl Columns>) -> Place {
        let column = column.and_then(|column| self.table.header.at[column.number()]);
        self.table.spot(self.cells, self.mark, column)
    }

    /// The place of the cell in that column of the file.
    pub(super) fn place_at(&self, column: usize) -> Place {
        self.table.spot(self.cells, self.mark, Some(column))
    }
}

impl<'a> Table<'a> {
    /// Reads the header of a table; of each of `wanted` one column must be there.
    pub(super) fn open<C: Columns>(
        input: Input<'a>,
        hints: Hints,
        wanted: &[&[C]],
    ) -> (Option<Self>, Problems) {
        let mut problems = Problems::new();
        let body = match Body::read(input, hints) {
            Ok(body) => body,
            Err(problem) => return (None, std::iter::once(problem).collect()),
        };
        let mut table = Self {
            name: input.name,
            header: Header::default(),
            below: None,
            body,
        };
        let mut tops: Vec<(Mark, Vec<(usize, String)>)> = Vec::new();
        table.walk(&mut |cells, mark, _| {
            let texts = cells.texts().into_iter();
            let texts = texts.map(|(column, text)| (column, text.to_string()));
            tops.push((mark, texts.collect()));
            tops.len() < HEADER_WITHIN
        });
        let names_wanted = |(_, cells): &(Mark, Vec<(usize, String)>)| {
            let column = |(_, cell): &(usize, String)| {
                C::named(cell).is_some_and(|found| wanted.concat().contains(&found))
            };
            cells.iter().any(column)
        };
        let found = tops.iter().position(names_wanted).unwrap_or(0);
        let Some((mark, cells)) = tops.get(found) else {
            problems.push(Problem::error(table.whole(), say!("check-file-empty")));
            return (None, problems);
        };
        table.header = Header::new::<C>(cells, |column, severity, saying| {
            let place = table.finder().place_at(mark, Some(column));
            problems.push(Problem::new(severity, place, saying));
        });
        let is_there = |column: &C| table.header.at[column.number()].is_some();
        let missing = wanted.iter().filter(|any| !any.iter().any(is_there));
        let missing: Vec<&str> = missing.map(|any| any[0].name()).collect();
        if !missing.is_empty() {
            let saying = say!("check-columns-missing", columns = missing.join(", "));
            let names: Vec<String> = C::ALL.iter().map(|(column, _)| column.names()).collect();
            let hint = say!("hint-columns", columns = names.join(", "));
            let place = table.finder().place_at(mark, None);
            problems.push(Problem::error(place, saying.hint(hint)));
            return (None, problems);
        }
        if let Body::Sheet(sheet) = &table.body {
            let further = table.header.further.iter().map(|(column, _)| *column);
            let further = further.filter(|_| hints.further);
            let read = table.header.at.iter().copied().flatten().chain(further);
            let hidden: Vec<usize> = read.filter(|column| sheet.hides_column(*column)).collect();
            for column in &hidden {
                let saying = say!("check-column-hidden").hint(say!("hint-column-hidden"));
                let place = table.finder().place_at(mark, Some(*column));
                problems.push(Problem::error(place, saying));
            }
            if !hidden.is_empty() {
                return (None, problems);
            }
        }
        table.below = Some(mark.at);
        (Some(table), problems)
    }

    /// Calls `visit` for every row under the header that has anything in it, or with what is wrong with the whole row.
    pub(super) fn each(&self, visit: &mut dyn FnMut(Result<TableRow<'_>, Problem>)) {
        self.walk(&mut |cells, mark, unclosed| {
            if self.below.is_some_and(|below| mark.at <= below) {
                return true;
            }
            let refused =
                |column, saying| Err(Problem::error(self.spot(cells, mark, column), saying));
            let hidden = matches!(cells, Cells::Sheet(sheet, at) if sheet.hides_row(at));
            if unclosed {
                visit(refused(None, say!("check-unclosed-quote")));
            } else if hidden {
                let saying = say!("check-row-hidden").hint(say!("hint-row-hidden"));
                visit(refused(None, saying));
            } else if let Some(column) =
                cells.find(|column, cell| cell.text.len() > LONGEST || !self.header.has(column))
            {
                let saying = if self.header.has(column) {
                    say!("check-cell-long", most = LONGEST)
                } else {
                    say!("check-cell-beyond")
                };
                visit(refused(Some(column), saying));
            } else {
                let table = self;
                visit(Ok(TableRow { table, cells, mark }));
            }
            true
        });
    }

    /// Calls `visit` with the cells of every row that is not blank, until it returns `false`; with whether a quotation
    /// mark was left open.
    fn walk(&self, visit: &mut dyn FnMut(Cells<'_>, Mark, bool) -> bool) {
        match &self.body {
            Body::Sheet(sheet) => {
                for at in 0..sheet.len() {
                    let cells = Cells::Sheet(sheet, at);
                    let line = sheet.line(at);
                    if !cells.is_blank() && !visit(cells, Mark { line, at }, false) {
                        return;
                    }
                }
            }
            Body::Text(text, separator) => {
                let mut reader = reader(text.as_bytes(), *separator);
                let mut record = csv::StringRecord::new();
                while reader.read_record(&mut record).is_ok_and(|more| more) {
                    let mark = mark(text, &record);
                    let cells = Cells::Record(&record);
                    let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
                    let open = record.as_slice().contains('\n')
                        && text.get(end..).unwrap_or_default().trim().is_empty()
                        && text[mark.at..].matches('"').count() % 2 == 1;
                    if !cells.is_blank() && !visit(cells, mark, open) {
                        return;
                    }
                }
            }
        }
    }

    /// Finds rows again that were read before.
    pub(super) fn finder(&self) -> Finder<'_> {
        let reader = match &self.body {
            Body::Sheet(_) => None,
            Body::Text(text, separator) => Some(reader(io::Cursor::new(&**text), *separator)),
        };
        Finder {
            table: self,
            reader,
            record: csv::StringRecord::new(),
        }
    }

    /// The place of the whole file.
    pub(super) fn whole(&self) -> Place {
        Place::whole(self.name)
    }

    /// The further columns' headers.
    pub(super) fn further(&self) -> impl Iterator<Item = &str> {
        self.header.further.iter().map(|(_, key)| key.as_str())
    }

    /// The place of a cell, or of the whole row, whose cells these are.
    fn spot(&self, cells: Cells<'_>, mark: Mark, column: Option<usize>) -> Place {
        let mut line = String::new();
        let (mut start, mut end) = (0, None);
        for (place, (number, content)) in cells.texts().into_iter().enumerate() {
            if place > 0 {
                line.push(',');
            }
            if Some(number) == column {
                start = line.len();
            }
            if content.contains([',', '"', '\n', '\r']) {
                let quoted = content.replace('"', "\"\"").replace(['\n', '\r'], " ");
                line.push_str(&format!("\"{quoted}\""));
            } else {
                line.push_str(content);
            }
            if Some(number) == column {
                end = Some(line.len());
            }
        }
        let end = end.unwrap_or(line.len());
        let mut place = text::in_line(self.name, mark.line, &line, start..end);
        if let (Body::Sheet(sheet), Some(column)) = (&self.body, column) {
            place.cell = Some(format!("{}!{}", sheet.name, cell_name(column, mark.line)));
        }
        place
    }
}

/// Finds rows that were read before, one after another. Of a roster of 30,000 units 400 have a name that another has too; to make a
/// reader ready for each would take a tenth of `check`.
pub(super) struct Finder<'t> {
    table: &'t Table<'t>,
    reader: Option<csv::Reader<io::Cursor<&'t str>>>,
    record: csv::StringRecord,
}

impl Finder<'_> {
    /// The place of a cell, or of the whole row.
    pub(super) fn place(&mut self, mark: &Mark, column: Option<impl Columns>) -> Place {
        let column = column.and_then(|column| self.table.header.at[column.number()]);
        self.place_at(mark, column)
    }

    fn place_at(&mut self, mark: &Mark, column: Option<usize>) -> Place {
        let cells = match (&self.table.body, &mut self.reader) {
            (Body::Sheet(sheet), _) => Cells::Sheet(sheet, mark.at),
            (Body::Text(..), None) => Cells::Record(&self.record),
            (Body::Text(..), Some(reader)) => {
                let mut position = csv::Position::new();
                position.set_byte(mark.at as u64);
                let read = reader
                    .seek(position)
                    .and_then(|()| reader.read_record(&mut self.record));
                debug_assert!(read.is_ok(), "a row that was read once is read again");
                Cells::Record(&self.record)
            }
        };
        self.table.spot(cells, *mark, column)
    }
}

fn reader<R: io::Read>(text: R, separator: u8) -> csv::Reader<R> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text)
}

/// Where a record stands: the reader counts blank lines before it as its own.
fn mark(text: &str, record: &csv::StringRecord) -> Mark {
    let position = record.position();
    let start = position.map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
    let line = position.map_or(1, |position| usize::try_from(position.line()).unwrap_or(1));
    let bytes = text.as_bytes().get(start..).unwrap_or_default();
    let blank = bytes
        .iter()
        .take_while(|byte| matches!(byte, b'\n' | b'\r'));
    blank.fold(Mark { line, at: start }, |mark, byte| Mark {
        line: mark.line + usize::from(*byte == b'\n'),
        at: mark.at + 1,
    })
}

/// The separator of a text table: comma, tab or semicolon, whichever the first line with any has most of.
fn separator(text: &str) -> u8 {
    let count = |line: &str, wanted: char| line.matches(wanted).count();
    let lines = text.lines().take(HEADER_WITHIN);
    let mut counts = lines.map(|line| [count(line, ','), count(line, '\t'), count(line, ';')]);
    match counts.find(|counts| counts.iter().any(|count| *count > 0)) {
        Some([commas, tabs, _]) if tabs > commas => b'\t',
        Some([commas, tabs, semicolons]) if semicolons > commas.max(tabs) => b';',
        _ => b',',
    }
}
