//! Which rows and columns of a sheet people do not see, because somebody or a filter hid them. The library that reads the cells does
//! not tell. Old and binary workbooks are read in [`super::xls`] and [`super::xlsb`].

use std::io::{BufRead, BufReader, Cursor};

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use zip::ZipArchive;

use super::{COLUMNS, Unread};

/// The hidden rows and columns of a sheet, from 0.
#[derive(Debug, Default)]
pub(super) struct Hidden {
    /// Rows, ascending.
    rows: Vec<u32>,
    /// First and last of columns in a row.
    columns: Vec<(u32, u32)>,
}

impl Hidden {
    /// Whether people do not see that row.
    pub(super) fn has_row(&self, row: u32) -> bool {
        self.rows.binary_search(&row).is_ok()
    }

    /// Whether people do not see that column.
    pub(super) fn has_column(&self, column: usize) -> bool {
        let column = u32::try_from(column).unwrap_or(u32::MAX);
        let holds = |(first, last): &(u32, u32)| (*first..=*last).contains(&column);
        self.columns.iter().any(holds)
    }

    /// Notes a row.
    pub(super) fn add_row(&mut self, row: u32) {
        self.rows.push(row);
    }

    /// Notes columns in a row.
    pub(super) fn add_columns(&mut self, first: u32, last: u32) {
        self.columns.push((first, last.min(COLUMNS - 1)));
    }

    /// The same, once all is noted.
    pub(super) fn arranged(mut self) -> Self {
        if !self.rows.is_sorted() {
            self.rows.sort_unstable();
        }
        self
    }
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

fn attribute(start: &BytesStart, key: &str) -> Result<Option<String>, Unread> {
    let found = start.try_get_attribute(key).map_err(damaged)?;
    let found = found.map(|found| found.normalized_value(XmlVersion::Implicit1_0));
    let found = found.transpose().map_err(damaged)?;
    Ok(found.map(|text| text.into_owned()))
}

/// Calls `visit` with each element of a part, until it says that this is enough.
fn each_element<R: BufRead>(
    part: R,
    visit: &mut dyn FnMut(&str, &BytesStart) -> Result<bool, Unread>,
) -> Result<(), Unread> {
    let mut xml = Reader::from_reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.local_name();
                if !visit(name.as_ref(), &start)? {
                    return Ok(());
                }
            }
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

/// What is hidden of the sheet of that name in an XLSX workbook.
pub(super) fn of_xlsx(bytes: &[u8], name: &str) -> Result<Hidden, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut hidden = Hidden::default();
    let Some(path) = part_of(&mut zip, name)? else {
        return Ok(hidden);
    };
    let part = zip.by_name(&path).map_err(damaged)?;
    let mut next = 0;
    each_element(BufReader::new(part), &mut |element, start| {
        let number = |key| -> Result<Option<u32>, Unread> {
            Ok(attribute(start, key)?.and_then(|text| text.parse().ok()))
        };
        // What has no height or no width is not seen either.
        let is_hidden = |size| -> Result<bool, Unread> {
            let hidden = attribute(start, "hidden")?;
            Ok(hidden.is_some_and(|text| text == "1" || text == "true")
                || attribute(start, size)?.is_some_and(|text| is_nothing(&text)))
        };
        match element {
            "col" if is_hidden("width")? => {
                if let (Some(first), Some(last)) = (number("min")?, number("max")?) {
                    hidden.add_columns(first.saturating_sub(1), last.saturating_sub(1));
                }
            }
            "row" => {
                let row = number("r")?.map_or(next, |row| row.saturating_sub(1));
                next = row.saturating_add(1);
                if is_hidden("ht")? {
                    hidden.add_row(row);
                }
            }
            _ => {}
        }
        Ok(true)
    })?;
    Ok(hidden.arranged())
}

/// Whether a sheet of an XLSX workbook leads anywhere: only then are its links looked for.
pub(super) fn has_links(bytes: &[u8], name: &str) -> Result<bool, Unread> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    let path = part_of(&mut zip, name)?;
    let links = path.as_deref().and_then(|path| path.rsplit_once('/'));
    let links = links.map(|(folder, file)| format!("{folder}/_rels/{file}.rels"));
    match links.filter(|links| zip.index_for_name(links).is_some()) {
        Some(links) => holds(
            BufReader::new(zip.by_name(&links).map_err(damaged)?),
            b"/hyperlink",
        ),
        None => Ok(false),
    }
}

/// The path of the sheet of that name.
fn part_of(zip: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<Option<String>, Unread> {
    let mut link = None;
    if let Ok(part) = zip.by_name("xl/workbook.xml") {
        each_element(BufReader::new(part), &mut |element, start| {
            if element == "sheet" && attribute(start, "name")?.as_deref() == Some(name) {
                link = attribute(start, "r:id")?.or(attribute(start, "relationships:id")?);
            }
            Ok(link.is_none())
        })?;
    }
    let Some(link) = link else { return Ok(None) };
    linked(zip, "xl/_rels/workbook.xml.rels", &link)
}

/// The path of the part that a list of links names so.
pub(super) fn linked(
    zip: &mut ZipArchive<Cursor<&[u8]>>,
    links: &str,
    link: &str,
) -> Result<Option<String>, Unread> {
    let Ok(part) = zip.by_name(links) else {
        return Ok(None);
    };
    let mut path = None;
    each_element(BufReader::new(part), &mut |element, start| {
        if element == "Relationship" && attribute(start, "Id")?.as_deref() == Some(link) {
            path = attribute(start, "Target")?;
        }
        Ok(path.is_none())
    })?;
    let path = path.map(|path| match path.strip_prefix('/') {
        Some(whole) => whole.to_string(),
        None => format!("xl/{path}"),
    });
    Ok(path.filter(|path| zip.index_for_name(path).is_some()))
}

/// Whether a height or a width, whatever it is measured in, is nothing: `0`, `0cm`, `0.0in`.
pub(super) fn is_nothing(size: &str) -> bool {
    let number = size.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    number
        .trim()
        .parse::<f64>()
        .is_ok_and(|number| number <= 0.0)
}

/// What a sheet of an XLSX workbook may have that costs another look at its cells, of which there may be millions.
#[derive(Default)]
pub(super) struct Signs {
    /// Rows or columns that people do not see.
    pub hides: bool,
    /// Formulas.
    pub formulas: bool,
}

impl Signs {
    /// Those of the sheet of that name.
    pub(super) fn of(bytes: &[u8], name: &str) -> Result<Self, Unread> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        let mut signs = Self::default();
        if let Some(path) = part_of(&mut zip, name)? {
            let part = zip.by_name(&path).map_err(damaged)?;
            look_through(BufReader::new(part), 10, &mut |letters| {
                signs.note(letters);
                signs.hides && signs.formulas
            })?;
        }
        Ok(signs)
    }

    /// Looks for `hidden=`, for sizes that begin with 0, and for the end of a formula.
    fn note(&mut self, letters: &[u8]) {
        for (at, letter) in letters.iter().enumerate() {
            if *letter == b'=' {
                let (name, value) = letters.split_at(at);
                let none = matches!(value, [_, b'"' | b'\'', b'0', ..]);
                self.hides |= name.ends_with(b"hidden")
                    || none && (name.ends_with(b"ht") || name.ends_with(b"width"));
            } else if *letter == b'f' {
                let element = at > 0 && matches!(letters[at - 1], b'<' | b':');
                let ends = matches!(letters.get(at + 1), Some(b'>' | b' ' | b'/'));
                self.formulas |= element && ends;
            }
        }
    }
}

/// Whether a part holds that text.
fn holds<R: BufRead>(part: R, text: &[u8]) -> Result<bool, Unread> {
    let mut found = false;
    look_through(part, text.len(), &mut |letters| {
        found |= letters.windows(text.len()).any(|window| window == text);
        found
    })?;
    Ok(found)
}

/// Calls `visit` with one stretch of a part after another, each with so many letters of the one before, until it says that this is
/// enough.
fn look_through<R: BufRead>(
    mut part: R,
    overlap: usize,
    visit: &mut dyn FnMut(&[u8]) -> bool,
) -> Result<(), Unread> {
    let mut letters: Vec<u8> = Vec::new();
    loop {
        let read = part.fill_buf().map_err(damaged)?;
        let length = read.len();
        letters.extend_from_slice(read);
        if length == 0 || visit(&letters) {
            return Ok(());
        }
        letters.drain(..letters.len().saturating_sub(overlap));
        part.consume(length);
    }
}
