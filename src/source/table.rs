//! Tables that people fill in, CSV or XLSX: a header row in two languages, and rows that know their place.

use std::borrow::Cow;

use super::near::{did_you_mean, near};
use super::problem::{Place, Problem, Problems, Saying, say};
use super::{text, xlsx};

/// How far down a header row is looked for: people put titles above their tables.
const HEADER_WITHIN: usize = 10;

/// The columns that a kind of table knows, each with its names; the first is the one in documents.
pub(super) trait Columns: Copy + PartialEq + 'static {
    /// Every column in the order of its number.
    const ALL: &'static [(Self, &'static [&'static str])];

    /// The column's number.
    fn number(self) -> usize {
        let same = |(column, _): &(Self, _)| *column == self;
        Self::ALL.iter().position(same).unwrap_or(0)
    }

    /// The column's name in documents.
    fn name(self) -> &'static str {
        Self::ALL[self.number()].1[0]
    }

    /// The column of that name.
    fn named(text: &str) -> Option<Self> {
        let text = text.to_lowercase();
        let found = Self::ALL
            .iter()
            .find(|(_, names)| names.contains(&text.as_str()));
        found.map(|(column, _)| *column)
    }
}

/// A table whose header has been understood.
pub(super) struct Table<'a, C> {
    name: &'a str,
    header: Header<C>,
    /// The line of the header: rows begin below it.
    below: usize,
    body: Body<'a>,
}

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    /// Its line in a text, its row in a sheet, from 1.
    pub line: usize,
    /// Its first byte in a text, its number in a sheet.
    at: usize,
}

enum Body<'a> {
    /// A text and its separator.
    Text(Cow<'a, str>, u8),
    Sheet(xlsx::Sheet),
}

/// The cells of one row.
#[derive(Clone, Copy)]
enum Cells<'a> {
    Record(&'a csv::StringRecord),
    Sheet(&'a [String]),
}

impl<'a> Cells<'a> {
    fn get(self, cell: usize) -> &'a str {
        let text = match self {
            Self::Record(record) => record.get(cell).unwrap_or_default(),
            Self::Sheet(cells) => cells.get(cell).map_or("", String::as_str),
        };
        text.trim()
    }

    fn len(self) -> usize {
        match self {
            Self::Record(record) => record.len(),
            Self::Sheet(cells) => cells.len(),
        }
    }

    fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |cell| self.get(cell))
    }

    fn is_blank(self) -> bool {
        self.iter().all(str::is_empty)
    }
}

/// One row under a header.
pub(super) struct Line<'t, C> {
    table: &'t Table<'t, C>,
    cells: Cells<'t>,
    mark: Mark,
}

impl<C: Columns> Line<'_, C> {
    /// The text of a cell; empty where the table has no such column.
    pub(super) fn get(&self, column: C) -> &str {
        let cell = self.table.header.at[column.number()];
        cell.map_or("", |cell| self.cells.get(cell))
    }

    /// The cells of further columns, with their headers.
    pub(super) fn further(&self) -> impl Iterator<Item = (&str, &str)> {
        let further = self.table.header.further.iter();
        further.map(|(cell, key)| (key.as_str(), self.cells.get(*cell)))
    }

    /// Where the row stands.
    pub(super) const fn mark(&self) -> Mark {
        self.mark
    }

    /// The place of a cell, or of the whole row.
    pub(super) fn place(&self, column: Option<C>) -> Place {
        let cell = column.and_then(|column| self.table.header.at[column.number()]);
        self.table.spot(self.cells, self.mark, cell)
    }
}

impl<'a, C: Columns> Table<'a, C> {
    /// Reads the header of a table of that name; `wanted` columns must be there, `hint` is [`text::decode`]'s.
    pub(super) fn open(
        name: &'a str,
        bytes: &'a [u8],
        encoding: Option<&str>,
        hint: &'static str,
        wanted: &[C],
    ) -> (Option<Self>, Problems) {
        let mut problems = Problems::new();
        let body = if xlsx::is_workbook(name, bytes) {
            xlsx::read(name, bytes).map(Body::Sheet)
        } else {
            text::decode(name, bytes, encoding, hint).map(|text| {
                let separator = separator(&text);
                Body::Text(text, separator)
            })
        };
        let body = match body {
            Ok(body) => body,
            Err(problem) => {
                problems.push(problem);
                return (None, problems);
            }
        };
        let mut table = Self {
            name,
            header: Header::default(),
            below: 0,
            body,
        };
        let mut tops: Vec<(Mark, Vec<String>)> = Vec::new();
        table.walk(&mut |cells, mark, _| {
            tops.push((mark, cells.iter().map(ToString::to_string).collect()));
            tops.len() < HEADER_WITHIN
        });
        let names_wanted = |(_, cells): &(Mark, Vec<String>)| {
            let column =
                |cell: &String| C::named(cell).is_some_and(|found| wanted.contains(&found));
            cells.iter().any(column)
        };
        let found = tops.iter().position(names_wanted).unwrap_or(0);
        let Some((mark, cells)) = tops.get(found) else {
            problems.push(Problem::error(table.whole(), say!("check-file-empty")));
            return (None, problems);
        };
        let cells = Cells::Sheet(cells);
        table.header = Header::new(cells.iter(), |cell, saying, hint, severe| {
            let place = table.spot(cells, *mark, Some(cell));
            let problem = if severe {
                Problem::error(place, saying)
            } else {
                Problem::warning(place, saying)
            };
            problems.push(problem.hinted(hint));
        });
        let missing: Vec<&str> = wanted
            .iter()
            .filter(|column| table.header.at[column.number()].is_none())
            .map(|column| column.name())
            .collect();
        if !missing.is_empty() {
            let saying = say!("check-columns-missing", columns = missing.join(", "));
            let names: Vec<&str> = C::ALL.iter().map(|(column, _)| column.name()).collect();
            let hint = say!("hint-columns", columns = names.join(", "));
            let place = table.spot(cells, *mark, None);
            problems.push(Problem::error(place, saying).hinted(Some(hint)));
            return (None, problems);
        }
        table.below = mark.line;
        if let Body::Sheet(sheet) = &table.body {
            for (row, cell, text) in &sheet.errors {
                let mark = Mark {
                    line: sheet.first_row + row,
                    at: *row,
                };
                let place = table.spot(Cells::Sheet(&sheet.rows[*row]), mark, Some(*cell));
                problems.push(Problem::error(place, say!("check-cell-error", text = text)));
            }
        }
        (Some(table), problems)
    }

    /// Calls `visit` for every row under the header that has anything in it, or with what is wrong with the whole row.
    pub(super) fn each(&self, visit: &mut dyn FnMut(Result<Line<'_, C>, Problem>)) {
        let width = self.header.width;
        self.walk(&mut |cells, mark, unclosed| {
            if mark.line <= self.below {
                return true;
            }
            if unclosed {
                let place = self.spot(cells, mark, None);
                let saying = say!("check-unclosed-quote");
                visit(Err(Problem::error(place, saying)));
            } else if let Some(cell) =
                (width..cells.len()).find(|cell| !cells.get(*cell).is_empty())
            {
                let place = self.spot(cells, mark, Some(cell));
                visit(Err(Problem::error(place, say!("check-cell-beyond"))));
            } else {
                let table = self;
                visit(Ok(Line { table, cells, mark }));
            }
            true
        });
    }

    /// Calls `visit` with the cells of every row that is not blank, until it returns `false`; with whether a quotation
    /// mark was left open.
    fn walk(&self, visit: &mut dyn FnMut(Cells<'_>, Mark, bool) -> bool) {
        match &self.body {
            Body::Sheet(sheet) => {
                for (at, row) in sheet.rows.iter().enumerate() {
                    let cells = Cells::Sheet(row);
                    let line = sheet.first_row + at;
                    if !cells.is_blank() && !visit(cells, Mark { line, at }, false) {
                        return;
                    }
                }
            }
            Body::Text(text, separator) => {
                let mut reader = reader(text, *separator);
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

    /// The place of a cell, or of the whole row.
    pub(super) fn place(&self, mark: &Mark, column: Option<C>) -> Place {
        let cell = column.and_then(|column| self.header.at[column.number()]);
        match &self.body {
            Body::Sheet(sheet) => self.spot(Cells::Sheet(&sheet.rows[mark.at]), *mark, cell),
            Body::Text(text, separator) => {
                let mut record = csv::StringRecord::new();
                let read = reader(&text[mark.at..], *separator).read_record(&mut record);
                debug_assert!(read.is_ok(), "a row that was read once is read again");
                self.spot(Cells::Record(&record), *mark, cell)
            }
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
    fn spot(&self, cells: Cells<'_>, mark: Mark, cell: Option<usize>) -> Place {
        let mut line = String::new();
        let (mut start, mut end) = (0, None);
        for (number, content) in cells.iter().enumerate() {
            if number > 0 {
                line.push(',');
            }
            if Some(number) == cell {
                start = line.len();
            }
            if content.contains([',', '"', '\n', '\r']) {
                let quoted = content.replace('"', "\"\"").replace(['\n', '\r'], " ");
                line.push_str(&format!("\"{quoted}\""));
            } else {
                line.push_str(content);
            }
            if Some(number) == cell {
                end = Some(line.len());
            }
        }
        let end = end.unwrap_or(line.len());
        let mut place = text::in_line(self.name, mark.line, &line, start..end);
        if let (Body::Sheet(sheet), Some(cell)) = (&self.body, cell) {
            place.cell = Some(xlsx::cell_name(sheet.first_column + cell, mark.line));
        }
        place
    }
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
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

/// Which of a table's cells hold what.
struct Header<C> {
    /// The cell of each column by its number.
    at: Vec<Option<usize>>,
    /// Further columns that have a header: their cell and their header.
    further: Vec<(usize, String)>,
    /// How many cells the header row has.
    width: usize,
    marker: std::marker::PhantomData<C>,
}

impl<C> Default for Header<C> {
    fn default() -> Self {
        Self {
            at: Vec::new(),
            further: Vec::new(),
            width: usize::MAX,
            marker: std::marker::PhantomData,
        }
    }
}

impl<C: Columns> Header<C> {
    /// Reads a header row; what it finds goes to `report` with the cell's number, and whether it is an error.
    fn new<'a>(
        cells: impl Iterator<Item = &'a str>,
        mut report: impl FnMut(usize, Saying, Option<Saying>, bool),
    ) -> Self {
        let cells: Vec<&str> = cells.collect();
        let mut header = Self {
            at: vec![None; C::ALL.len()],
            width: cells.len(),
            ..Self::default()
        };
        for (cell, text) in cells.iter().enumerate() {
            let known = C::named(text);
            let twice = match known {
                Some(column) => header.at[column.number()].replace(cell).is_some(),
                None => cells[..cell].contains(text) && !text.is_empty(),
            };
            if twice {
                report(cell, say!("check-column-twice", column = text), None, true);
            } else if known.is_none() && !text.is_empty() {
                header.further.push((cell, (*text).to_string()));
            }
        }
        for (cell, text) in &header.further {
            let absent = || {
                let columns = C::ALL.iter();
                let columns = columns.filter(|(column, _)| header.at[column.number()].is_none());
                columns.flat_map(|(_, names)| names.iter().copied())
            };
            if near(text, absent()).is_some() {
                let saying = say!("check-column-like", column = text);
                report(*cell, saying, did_you_mean(text, absent()), false);
            }
        }
        header
    }
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

/// Whether a text is a number as a spreadsheet shows long ones, `5.11902E+11`.
pub(super) fn is_spoiled(text: &str) -> bool {
    let Some((head, tail)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, places) = head.split_once('.').unwrap_or((head, "0"));
    whole.len() == 1
        && digits(whole)
        && digits(places)
        && tail.strip_prefix('+').is_some_and(digits)
}
