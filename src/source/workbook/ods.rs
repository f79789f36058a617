//! OpenDocument spreadsheets. The library that reads the other formats does not tell which cells are covered, takes a failed
//! formula for 0, and holds repeated cells spelled out before anybody could count them.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Cursor};

use calamine::SheetVisible;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::hidden::is_nothing;
use super::shown::{PartOfDay, seen};
use super::{CELLS, COLUMNS, Kind, Listed, Sheet, Unread, as_shown, number};
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
    let mut reading = Reading::default();
    // The formats of cells may stand in either part.
    if let Ok(styles) = zip.by_name("styles.xml") {
        reading.part(BufReader::new(styles))?;
    }
    let content = zip.by_name("content.xml").map_err(damaged)?;
    reading.part(BufReader::new(content))?;
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
    /// Styles of rows and columns that have no height or no width.
    unseen: HashSet<String>,
    /// The format of a style of cells, by the style's name; what formats of days show of them; and formats that show letters among the digits
    /// of numbers, which nobody tells from a point.
    cell_styles: HashMap<String, String>,
    days: HashMap<String, Option<PartOfDay>>,
    parted: HashSet<String>,
    /// The format that is being read.
    format: FormatRead,
    /// The styles of cells without one: the row's, and those of columns with the column behind the last of each.
    row_style: Option<String>,
    column_styles: Vec<(u32, String)>,
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

/// A format as far as it has been read.
#[derive(Default)]
struct FormatRead {
    name: String,
    /// Whether it shows year, month and day.
    of_day: [bool; 3],
    /// Whether digits of numbers have been met.
    digits: bool,
    /// Whether it shows letters among them.
    parted: bool,
    /// Whether its own letters are being read.
    literal: bool,
}

/// A cell as far as it has been read.
#[derive(Default)]
struct CellRead {
    covered: bool,
    kind: String,
    value: Option<String>,
    /// What is shown of a day.
    part: Option<PartOfDay>,
    /// Whether its format shows letters among the digits of a number.
    parted: bool,
    failed: bool,
    formula: bool,
    shown: String,
    link: Option<String>,
    paragraphs: usize,
}

impl Reading {
    fn part<R: BufRead>(&mut self, part: R) -> Result<(), Unread> {
        let mut xml = Reader::from_reader(part);
        xml.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(damaged)? {
                Event::Start(start) => self.start(&start)?,
                Event::End(end) => self.end(end.name().as_ref())?,
                Event::Text(text) => self.text(&text.xml10_content()),
                Event::CData(text) => self.text(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let named =
                        quick_xml::escape::resolve_xml_entity(&reference).map(str::to_string);
                    let letter = reference.resolve_char_ref().map_err(damaged)?;
                    let text = named.or_else(|| letter.map(String::from));
                    self.text(&text.ok_or_else(|| damaged("entity"))?);
                }
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// The format of the next cell, by its style, the row's, or the column's.
    fn format(&self, own: Option<String>) -> Option<&String> {
        let of_column = || {
            let columns = &self.column_styles;
            let at = columns.partition_point(|(last, _)| *last <= self.column);
            columns.get(at).map(|(_, style)| style.clone())
        };
        let style = own.or_else(|| self.row_style.clone()).or_else(of_column)?;
        self.cell_styles.get(&style)
    }

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
        let is_hidden = |unseen: &HashSet<String>| -> Result<bool, Unread> {
            let seen = attribute("table:visibility")?;
            Ok(
                seen.is_some_and(|seen| seen == "collapse" || seen == "filter")
                    || attribute("table:style-name")?.is_some_and(|style| unseen.contains(&style)),
            )
        };
        if self.aside > 0 || name == "office:annotation" {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "style:style" => {
                self.style = attribute("style:name")?.unwrap_or_default();
                if let Some(format) = attribute("style:data-style-name")? {
                    self.cell_styles.insert(self.style.clone(), format);
                }
            }
            "style:table-row-properties" | "style:table-column-properties" => {
                let size = attribute("style:row-height")?.or(attribute("style:column-width")?);
                let fits = attribute("style:use-optimal-row-height")?;
                if size.is_some_and(|size| is_nothing(&size))
                    && fits.is_none_or(|fits| fits != "true")
                {
                    self.unseen.insert(self.style.clone());
                }
            }
            "number:date-style"
            | "number:number-style"
            | "number:percentage-style"
            | "number:currency-style" => {
                self.format = FormatRead {
                    name: attribute("style:name")?.unwrap_or_default(),
                    ..FormatRead::default()
                };
            }
            "number:year" | "number:month" | "number:day" => {
                let [year, month, day] = &mut self.format.of_day;
                *year |= name == "number:year";
                *month |= name == "number:month";
                *day |= name == "number:day";
            }
            "number:number" => {
                self.format.parted |= self.format.digits;
                self.format.digits = true;
            }
            "number:embedded-text" => self.format.parted = true,
            "number:text" => self.format.literal = true,
            // The format of negative numbers, say, is one of its own.
            "style:map" => {
                let other = attribute("style:apply-style-name")?;
                self.format.parted |= other.is_some_and(|other| self.parted.contains(&other));
            }
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
                self.column_styles.clear();
            }
            "table:table-column" => {
                let columns = times("table:number-columns-repeated")?;
                let last = self.column.saturating_add(columns);
                if let (true, Some((_, sheet))) = (is_hidden(&self.unseen)?, self.sheets.last_mut())
                {
                    sheet
                        .hidden
                        .add_columns(self.column, last.saturating_sub(1));
                }
                let style = attribute("table:default-cell-style-name")?;
                self.column_styles.push((last, style.unwrap_or_default()));
                self.column = last;
            }
            "table:table-row" => {
                self.rows = times("table:number-rows-repeated")?;
                self.hidden = is_hidden(&self.unseen)?;
                self.row_style = attribute("table:default-cell-style-name")?;
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
                let kind = attribute("office:value-type")?.unwrap_or_default();
                let format = match kind.as_str() {
                    "" | "string" | "boolean" => None,
                    _ => self.format(attribute("table:style-name")?),
                };
                let part = format.and_then(|format| *self.days.get(format)?);
                let parted = format.is_some_and(|format| self.parted.contains(format));
                self.cell = Some(CellRead {
                    covered: name == "table:covered-table-cell",
                    kind,
                    value,
                    part,
                    parted,
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
            "number:text" => self.format.literal = false,
            "number:date-style" => {
                let FormatRead { name, of_day, .. } = std::mem::take(&mut self.format);
                let [year, month, day] = of_day;
                self.days.insert(name, PartOfDay::of(year, month, day));
            }
            "number:number-style" | "number:percentage-style" | "number:currency-style" => {
                let FormatRead { name, parted, .. } = std::mem::take(&mut self.format);
                if parted {
                    self.parted.insert(name);
                }
            }
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
        let digits = self.format.literal && text.contains(char::is_numeric);
        self.format.parted |= digits;
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
        // What is held is written beside what is shown where the two differ: nothing at all, say.
        if let Some(value) = &self.value
            && self.paragraphs > 0
        {
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            let (shown, value) = (letters(&self.shown), letters(value));
            let differs = self.kind == "string" && shown != value;
            if !value.is_empty() && (differs || shown.is_empty()) {
                return Some((Kind::Altered, self.value.unwrap_or_default()));
            }
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
                            _ if self.parted && !number.contains('E') => (Kind::Altered, number),
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
                let (kind, day) = as_shown(day, self.part);
                (kind, day.to_string())
            }
            "" if self.formula => (Kind::NoValue, String::new()),
            _ if self.shown.is_empty() => (Kind::Text, self.value.unwrap_or_default()),
            _ => (Kind::Text, self.shown),
        };
        let empty = text.trim().is_empty() && kind != Kind::NoValue;
        (!empty).then_some((kind, text))
    }
}
