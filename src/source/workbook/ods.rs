//! OpenDocument spreadsheets. The library that reads the other formats does not tell which cells are covered, takes a failed
//! formula for 0, and holds repeated cells spelled out before anybody could count them.

use std::collections::HashMap;
use std::io::{BufReader, Cursor};

use calamine::SheetVisible;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::shown::seen;
use super::{CELLS, COLUMNS, Kind, Listed, Sheet, Unread, number};
use crate::model::entry::Proof;

/// The sheets of a spreadsheet.
pub(super) struct Ods(Vec<(SheetVisible, Sheet)>);

impl Ods {
    pub(super) fn sheets(&self) -> Vec<Listed> {
        let sheets = self.0.iter();
        sheets
            .map(|(visible, sheet)| Listed {
                name: sheet.name.clone(),
                visible: *visible,
            })
            .collect()
    }

    /// The sheet of that name, which is read once.
    pub(super) fn take(&mut self, name: &str) -> Result<Sheet, Unread> {
        let sheet = self.0.iter_mut().find(|(_, sheet)| sheet.name == name);
        let sheet = sheet.map(|(_, sheet)| std::mem::take(sheet));
        sheet.ok_or_else(|| damaged("table:table"))
    }
}

fn damaged(error: impl std::fmt::Display) -> Unread {
    Unread::Damaged(error.to_string())
}

/// Reads all sheets.
pub(super) fn open(mut zip: ZipArchive<Cursor<&[u8]>>) -> Result<Ods, Unread> {
    if let Ok(part) = zip.by_name("META-INF/manifest.xml") {
        let manifest = std::io::read_to_string(part).map_err(damaged)?;
        if manifest.contains("encryption-data") {
            return Err(Unread::Locked);
        }
    }
    let part = zip.by_name("content.xml").map_err(damaged)?;
    let mut xml = Reader::from_reader(BufReader::new(part));
    xml.config_mut().expand_empty_elements = true;
    let mut reading = Reading::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(damaged)? {
            Event::Start(start) => reading.start(&start)?,
            Event::End(end) => reading.end(end.name().as_ref())?,
            Event::Text(text) => reading.text(&text.xml10_content()),
            Event::CData(text) => reading.text(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let named = quick_xml::escape::resolve_xml_entity(&reference).map(str::to_string);
                let letter = reference.resolve_char_ref().map_err(damaged)?;
                let text = named.or_else(|| letter.map(String::from));
                reading.text(&text.ok_or_else(|| damaged("entity"))?);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for (_, sheet) in &mut reading.sheets {
        sheet.arrange();
    }
    Ok(Ods(reading.sheets))
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    sheets: Vec<(SheetVisible, Sheet)>,
    /// Whether the tables of a style are displayed, by the style's name.
    styles: HashMap<String, bool>,
    style: String,
    /// The row and the column of the next cell.
    row: u32,
    column: u32,
    /// How often the row and the cell stand.
    rows: u32,
    columns: u32,
    /// Whether people do not see the row.
    hidden: bool,
    /// The cells of a row that may stand several times: column, kind, text.
    cells: Vec<(u32, Kind, String)>,
    /// The addresses on the web that cells of the row lead to.
    links: Vec<(u32, String)>,
    cell: Option<CellRead>,
    /// How many cells all sheets have: one that repeats stands for millions.
    total: usize,
    /// How deep within a remark, whose text is not the cell's, or a table within a table.
    aside: usize,
}

/// A cell as far as it has been read.
#[derive(Default)]
struct CellRead {
    covered: bool,
    kind: String,
    value: Option<String>,
    failed: bool,
    formula: bool,
    shown: String,
    link: Option<String>,
    paragraphs: usize,
}

impl Reading {
    fn start(&mut self, start: &BytesStart) -> Result<(), Unread> {
        let name = start.name();
        let name: &str = name.as_ref();
        let attribute = |key: &str| -> Result<Option<String>, Unread> {
            let found = start.try_get_attribute(key).map_err(damaged)?;
            found
                .map(|found| {
                    found
                        .normalized_value(XmlVersion::Implicit1_0)
                        .map(|text| text.into_owned())
                })
                .transpose()
                .map_err(damaged)
        };
        let times = |key| -> Result<u32, Unread> {
            attribute(key)?.map_or(Ok(1), |text| text.parse().map_err(damaged))
        };
        let is_hidden = || -> Result<bool, Unread> {
            let seen = attribute("table:visibility")?;
            Ok(seen.is_some_and(|seen| seen == "collapse" || seen == "filter"))
        };
        if self.aside > 0 || name == "office:annotation" {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "style:style" => self.style = attribute("style:name")?.unwrap_or_default(),
            "style:table-properties" => {
                let displayed = attribute("table:display")?.is_none_or(|text| text != "false");
                self.styles.insert(self.style.clone(), displayed);
            }
            "table:table" if self.cell.is_some() => self.aside = 1,
            "table:table" => {
                let style = attribute("table:style-name")?.unwrap_or_default();
                let displayed = self.styles.get(&style).copied().unwrap_or(true);
                let visible = match displayed {
                    true => SheetVisible::Visible,
                    false => SheetVisible::Hidden,
                };
                let sheet = Sheet {
                    name: attribute("table:name")?.unwrap_or_default(),
                    ..Sheet::default()
                };
                self.sheets.push((visible, sheet));
                (self.row, self.column) = (0, 0);
            }
            "table:table-column" => {
                let columns = times("table:number-columns-repeated")?;
                let last = self.column.saturating_add(columns);
                if let (true, Some((_, sheet))) = (is_hidden()?, self.sheets.last_mut()) {
                    sheet
                        .hidden
                        .add_columns(self.column, last.saturating_sub(1));
                }
                self.column = last;
            }
            "table:table-row" => {
                self.rows = times("table:number-rows-repeated")?;
                self.hidden = is_hidden()?;
                self.column = 0;
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.columns = times("table:number-columns-repeated")?;
                let mut value = None;
                for key in [
                    "office:value",
                    "office:date-value",
                    "office:string-value",
                    "office:boolean-value",
                ] {
                    value = value.or(attribute(key)?);
                }
                self.cell = Some(CellRead {
                    covered: name == "table:covered-table-cell",
                    kind: attribute("office:value-type")?.unwrap_or_default(),
                    value,
                    failed: attribute("calcext:value-type")?.is_some_and(|kind| kind == "error"),
                    formula: attribute("table:formula")?.is_some(),
                    ..CellRead::default()
                });
            }
            "text:p" => {
                if let Some(cell) = &mut self.cell {
                    if cell.paragraphs > 0 {
                        cell.shown.push('\n');
                    }
                    cell.paragraphs += 1;
                }
            }
            "text:a" => {
                if let Some(cell) = &mut self.cell {
                    cell.link = attribute("xlink:href")?.filter(|link| Proof::is_link(link));
                }
            }
            "text:s" | "text:tab" => self.text(" "),
            "text:line-break" => self.text("\n"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unread> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "table:table-cell" | "table:covered-table-cell" => {
                let mut cell = self.cell.take().unwrap_or_default();
                if let Some(link) = cell.link.take() {
                    self.links.push((self.column, link));
                }
                if let Some((kind, text)) = cell.content() {
                    let last = self.column.saturating_add(self.columns).min(COLUMNS);
                    for column in self.column..last {
                        self.cells.push((column, kind, text.clone()));
                    }
                }
                self.column = self.column.saturating_add(self.columns);
            }
            "table:table-row" => {
                let blank = self.cells.iter().all(|(_, kind, _)| *kind == Kind::Covered);
                if let (Some((_, sheet)), false) = (self.sheets.last_mut(), blank) {
                    let more = self.cells.len().saturating_mul(self.rows as usize);
                    self.total = self.total.saturating_add(more);
                    if self.total > CELLS {
                        return Err(Unread::Large);
                    }
                    for row in self.row..self.row.saturating_add(self.rows) {
                        if self.hidden {
                            sheet.hidden.add_row(row);
                        }
                        for (column, kind, text) in &self.cells {
                            sheet.push(row, *column, *kind, text)?;
                        }
                        // Of a row that repeats, a million copies would be too many.
                        for (column, link) in self.links.iter().filter(|_| self.rows == 1) {
                            sheet.links.push(((row, *column), link.clone()));
                        }
                    }
                }
                self.cells.clear();
                self.links.clear();
                self.row = self.row.saturating_add(self.rows);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self
            .cell
            .as_mut()
            .filter(|cell| self.aside == 0 && cell.paragraphs > 0)
        {
            cell.shown.push_str(text);
        }
    }
}

impl CellRead {
    /// What people see in the cell; `None` where they see nothing.
    fn content(self) -> Option<(Kind, String)> {
        if self.covered {
            return Some((Kind::Covered, String::new()));
        }
        if self.failed {
            return Some((Kind::Error, self.shown));
        }
        let (kind, text) = match self.kind.as_str() {
            "float" | "percentage" | "currency" => {
                let value = self.value.unwrap_or_default();
                match value.parse() {
                    Ok(value) => {
                        let number = number(value);
                        // One that no double holds exactly is seen to be spoiled, however it is shown.
                        let plain = self.paragraphs == 0 || number.contains('E');
                        match seen(&number, &self.shown) {
                            _ if plain => (Kind::Number, number),
                            Some(text) => (Kind::Number, text),
                            None => (Kind::Altered, number),
                        }
                    }
                    Err(_) => (Kind::Text, value),
                }
            }
            "date" => {
                let value = self.value.unwrap_or_default();
                let day = value.strip_suffix("T00:00:00").unwrap_or(&value);
                (Kind::Text, day.to_string())
            }
            "" if self.formula => (Kind::NoValue, String::new()),
            _ if self.shown.is_empty() => (Kind::Text, self.value.unwrap_or_default()),
            _ => (Kind::Text, self.shown),
        };
        let empty = text.trim().is_empty() && kind != Kind::NoValue;
        (!empty).then_some((kind, text))
    }
}
