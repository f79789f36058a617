//! Rosters (CSV, workbooks, or `[[unit]]` tables of a plan) → units in their order, with every problem of every cell.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use super::day_text;
use super::near::{did_you_mean, folded};
use super::problem::{Problem, Problems, Saying, Severity, say};
use super::table::{self, Columns, Hints, Input, Table, columns};
use super::workbook::{Cell, Kind};
use crate::model::code::{CodeError, UnitCode};
use crate::model::day::Day;
use crate::model::unit::Unit;

columns! {
    /// The columns of a roster; any other is an attribute.
    pub(super) enum Column;
    Code: "code" "代码" "单位代码" "编码" "区划代码" "行政区划代码",
    Name: "name" "名称" "单位名称" "单位" "全称",
    Short: "short" "简称",
    Kind: "kind" "类型" "单位类型",
    Labels: "labels" "标签",
    Parent: "parent" "上级" "上级代码" "上级单位代码",
    Head: "head" "主要负责人",
    Contact: "contact" "责任人" "宣传责任人" "联系人",
    Phone: "phone" "电话" "联系电话" "电话号码" "手机" "手机号" "手机号码" "联系方式",
    Since: "since" "启用" "启用日期",
    Until: "until" "停用" "停用日期",
    Was: "was" "原代码",
}

const HINTS: Hints = Hints {
    encoding: "hint-roster-encoding",
    sheet: "hint-roster-sheet",
    further: true,
};

/// Every column with its headers, the one in documents first.
pub(crate) fn columns() -> impl Iterator<Item = &'static [&'static str]> {
    Column::ALL.iter().map(|(_, names)| *names)
}

/// How many remarks of one kind are told one by one. A hundred thousand take half a gigabyte with their places, and nobody reads them.
const TOLD: usize = 1000;

/// How many unknown parents get a guess at what was meant.
const GUESSES: usize = 20;

/// The most levels of units, one in another. A country has seven; figures of areas cost the units times their levels.
const LEVELS: u32 = 32;

/// A row of a roster as it is written: its cells in the order of [`Column`], and its attributes.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub cells: [String; COLUMNS],
    /// Columns of which something wrong has been said already.
    pub refused: Vec<Column>,
    pub attributes: Vec<(String, String)>,
}

const COLUMNS: usize = Column::ALL.len();

/// Rows in one text: a nation's roster takes 65 MB so, 360 with a string for each cell.
#[derive(Debug, Default)]
pub(super) struct Rows {
    /// The cells of all, one after another.
    text: String,
    /// Where each cell ends.
    ends: Vec<u32>,
    /// What few rows have, by row.
    refused: HashMap<usize, Vec<Column>>,
    attributes: HashMap<usize, Vec<(String, String)>>,
}

impl Rows {
    /// Adds a row; its room can be used for the next.
    pub(super) fn push(&mut self, row: &mut Row) {
        let number = self.len();
        for cell in &mut row.cells {
            self.text.push_str(cell);
            self.ends
                .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
            cell.clear();
        }
        if !row.refused.is_empty() {
            self.refused
                .insert(number, std::mem::take(&mut row.refused));
        }
        if !row.attributes.is_empty() {
            let attributes = std::mem::take(&mut row.attributes);
            self.attributes.insert(number, attributes);
        }
    }

    const fn len(&self) -> usize {
        self.ends.len() / COLUMNS
    }

    /// A cell of a row.
    fn cell(&self, row: usize, column: Column) -> &str {
        let at = row * COLUMNS + column.number();
        self.between(at, at)
    }

    /// All cells of a row.
    fn cells(&self, row: usize) -> &str {
        self.between(row * COLUMNS, row * COLUMNS + COLUMNS - 1)
    }

    fn between(&self, first: usize, last: usize) -> &str {
        let end = |at: usize| self.ends[at] as usize;
        let start = first.checked_sub(1).map_or(0, end);
        self.text.get(start..end(last)).unwrap_or_default()
    }

    fn is_refused(&self, row: usize, column: Column) -> bool {
        let refused = self.refused.get(&row);
        refused.is_some_and(|refused| refused.contains(&column))
    }
}

/// A roster as far as it could be read: with an error in it good for advice alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    /// The units in their order.
    pub units: Vec<Unit>,
    /// Whether every row gave a unit, and nothing is wrong with what plans call units by: code and kind.
    pub whole: bool,
}

/// Something about a row: about one of its cells, or the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub row: usize,
    pub column: Option<Column>,
    pub severity: Severity,
    pub saying: Saying,
}

/// Reads a roster file: what could be read of it, `None` where that is nothing, and every problem.
pub fn read(input: Input<'_>) -> (Option<Roster>, Problems) {
    let wanted: &[&[Column]] = &[&[Column::Code], &[Column::Name], &[Column::Kind]];
    let (table, mut problems) = Table::open(input, HINTS, wanted);
    let Some(table) = table else {
        return (None, problems);
    };
    let (mut rows, mut row) = (Rows::default(), Row::default());
    let mut stands = Vec::new();
    table.each(&mut |line| match line {
        Ok(line) => {
            for (content, (column, _)) in row.cells.iter_mut().zip(Column::ALL) {
                let Some(cell) = line.get(*column) else {
                    continue;
                };
                let day = matches!(column, Column::Since | Column::Until);
                let no_day = || {
                    let shown = || table::as_shown(cell, day_text::dated).err();
                    let saying = table::no_number(cell).err();
                    let unseen = saying.or_else(|| shown().filter(|_| cell.kind == Kind::NoYear));
                    unseen.map(|saying| table::with_day_forms(saying, "hint-dated"))
                };
                if let Some(saying) = cell.refused().or_else(|| day.then(no_day).flatten()) {
                    problems.push(Problem::error(line.place(Some(*column)), saying));
                    row.refused.push(*column);
                } else {
                    cell.text.clone_into(content);
                }
            }
            for (key, cell, column) in line.further() {
                if let Some(saying) = cell.and_then(Cell::refused) {
                    problems.push(Problem::error(line.place_at(column), saying));
                }
                let text = cell.map_or("", |cell| cell.text);
                row.attributes.push((key.to_string(), text.to_string()));
            }
            stands.push(line.mark());
            rows.push(&mut row);
        }
        Err(problem) => problems.push(problem),
    });
    if stands.is_empty() && !problems.has_errors() {
        problems.push(Problem::error(table.whole(), say!("check-roster-empty")));
    }
    let lost = problems.has_errors();
    let (mut roster, remarks) = units(rows, |row| stands[row].line.to_string());
    roster.whole &= !lost;
    let mut finder = table.finder();
    problems.extend(remarks.into_iter().map(|remark| {
        let place = finder.place(&stands[remark.row], remark.column);
        Problem::new(remark.severity, place, remark.saying)
    }));
    (Some(roster), problems)
}

/// The units of those rows, and what there is to say. `place` names a row in messages about another.
pub(super) fn units(mut rows: Rows, place: impl Fn(usize) -> String) -> (Roster, Vec<Remark>) {
    let attributes = std::mem::take(&mut rows.attributes);
    let mut reading = Reading {
        place,
        rows: &rows,
        first: HashMap::with_capacity(rows.len()),
        twice: HashMap::new(),
        attributes,
        remarks: Vec::new(),
        met: BTreeMap::new(),
    };
    reading.index();
    // What these two need is gone before the units are made, which is where a roster takes most room.
    reading.parents();
    reading.names();
    reading.first = HashMap::new();
    let of_all = std::mem::take(&mut reading.remarks);
    let mut units = Vec::with_capacity(rows.len());
    units.extend((0..rows.len()).filter_map(|row| reading.unit(row)));
    let met = std::mem::take(&mut reading.met);
    let mut remarks = reading.remarks;
    let naming = |remark: &Remark| {
        matches!(remark.column, Some(Column::Code | Column::Kind))
            && remark.severity == Severity::Error
    };
    let whole = units.len() == rows.len() && !remarks.iter().any(naming);
    remarks.extend(of_all);
    for (count, row) in met.into_values().filter(|(count, _)| *count > TOLD) {
        remarks.push(Remark {
            row,
            column: None,
            severity: Severity::Note,
            saying: say!("check-more-alike", n = count - TOLD),
        });
    }
    (Roster { units, whole }, remarks)
}

struct Reading<'a, P> {
    place: P,
    rows: &'a Rows,
    /// The first row of each code, until parents are found.
    first: HashMap<&'a str, usize>,
    /// The rows whose code another has before them, with the first of these.
    twice: HashMap<usize, usize>,
    /// The attributes of rows, until their units have them.
    attributes: HashMap<usize, Vec<(String, String)>>,
    remarks: Vec<Remark>,
    /// Of each kind of remark about each column how many there are, and the first row of which it is not told.
    met: BTreeMap<(&'static str, usize), (usize, usize)>,
}

/// How far a row's ancestors were looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ancestry {
    Open,
    /// They are being looked at.
    OnChain,
    Settled,
}

impl<'a, P: Fn(usize) -> String> Reading<'a, P> {
    fn remark(&mut self, severity: Severity, (row, column): (usize, Column), saying: Saying) {
        let (count, first) = self.met.entry((saying.id, column.number())).or_default();
        *count += 1;
        if *count == TOLD + 1 {
            *first = row;
        }
        if *count > TOLD {
            return;
        }
        self.remarks.push(Remark {
            row,
            column: Some(column),
            severity,
            saying,
        });
    }

    fn error(&mut self, at: (usize, Column), saying: Saying) {
        self.remark(Severity::Error, at, saying);
    }

    /// Notes which row has a code first.
    fn index(&mut self) {
        let rows = self.rows;
        for row in 0..rows.len() {
            let code = rows.cell(row, Column::Code);
            if code.is_empty() {
                continue;
            }
            let first = *self.first.entry(code).or_insert(row);
            if first != row {
                self.twice.insert(row, first);
            }
        }
        // `００１` is 001 to whoever reads it.
        let mut folded_first: HashMap<String, usize> = HashMap::new();
        for row in 0..rows.len() {
            if let Cow::Owned(code) = folded(rows.cell(row, Column::Code)) {
                let plain = self.first.get(code.as_str()).copied();
                let other = plain.unwrap_or_else(|| *folded_first.entry(code).or_insert(row));
                if other != row {
                    self.twice.entry(row.max(other)).or_insert(row.min(other));
                }
            }
        }
    }

    /// The unit of a row; what is wrong with it is remarked.
    fn unit(&mut self, number: usize) -> Option<Unit> {
        let rows = self.rows;
        let cell = |column| rows.cell(number, column);
        let code = match rows.is_refused(number, Column::Code) {
            true => None,
            false => self.code(number, Column::Code),
        };
        let known = cell(Column::Code);
        if let Some(first) = self.twice.get(&number) {
            let first = (self.place)(*first);
            let saying = say!("check-code-twice", code = known, first = first);
            self.error((number, Column::Code), saying);
        }
        for column in [Column::Name, Column::Kind] {
            if cell(column).is_empty() && !rows.is_refused(number, column) {
                let saying = say!("check-cell-empty", column = column.name());
                self.error((number, column), saying);
            }
        }
        let hides = rows.cells(number).contains(is_hidden);
        for (column, _) in Column::ALL.iter().filter(|_| hides) {
            if cell(*column).contains(is_hidden) {
                let saying = say!("check-control", column = column.name());
                self.remark(Severity::Warning, (number, *column), saying);
            }
        }
        let name = cell(Column::Name).to_string();
        let short = cell(Column::Short);
        let (since, until) = (
            self.day(number, Column::Since),
            self.day(number, Column::Until),
        );
        if let (Some(from), Some(to)) = (since, until)
            && from > to
        {
            let saying = say!("check-since-after-until", since = from, until = to);
            self.error((number, Column::Since), saying);
        }
        // `无` or `待定` names nobody.
        let named = |column| {
            let text = Some(cell(column)).filter(|text| !table::is_nothing(text));
            text.unwrap_or_default().to_string()
        };
        let phone = named(Column::Phone);
        if table::is_spoiled(&phone) {
            let saying = say!("check-phone-spoiled", text = phone);
            let saying = saying.hint(say!("hint-phone-spoiled"));
            self.error((number, Column::Phone), saying);
        }
        let parent = cell(Column::Parent);
        let parent = (!parent.is_empty()).then(|| self.code(number, Column::Parent));
        let was = list(cell(Column::Was))
            .map(|code| self.parsed_code(code, (number, Column::Was)))
            .collect();
        Some(Unit {
            code: code?,
            short: if short.is_empty() {
                name.clone()
            } else {
                short.to_string()
            },
            name,
            kind: cell(Column::Kind).to_string(),
            labels: list(cell(Column::Labels))
                .map(ToString::to_string)
                .collect(),
            parent: parent.flatten(),
            head: named(Column::Head),
            contact: named(Column::Contact),
            phone,
            since,
            until,
            was: Option::<Vec<UnitCode>>::unwrap_or_default(was),
            attributes: self.attributes.remove(&number).unwrap_or_default(),
        })
    }

    fn code(&mut self, number: usize, column: Column) -> Option<UnitCode> {
        let rows = self.rows;
        self.parsed_code(rows.cell(number, column), (number, column))
    }

    fn parsed_code(&mut self, text: &str, at: (usize, Column)) -> Option<UnitCode> {
        let saying = match text.parse() {
            _ if table::is_spoiled(text) => table::spoiled(text),
            Ok(code) => return Some(code),
            Err(CodeError::Empty) => say!("check-cell-empty", column = at.1.name()),
            Err(CodeError::Long) => say!("check-code-long", text = text),
            Err(CodeError::Character) => say!("check-code-character", text = text),
        };
        self.error(at, saying);
        None
    }

    fn day(&mut self, number: usize, column: Column) -> Option<Day> {
        let text = self.rows.cell(number, column);
        if text.is_empty() {
            return None;
        }
        match day_text::dated(text) {
            Ok(day) => Some(day),
            Err(saying) => {
                let saying = table::with_day_forms(saying, "hint-dated");
                self.error((number, column), saying);
                None
            }
        }
    }

    /// Parents that are not there, and units that are their own ancestors.
    fn parents(&mut self) {
        let rows = self.rows;
        let mut ancestry = vec![Ancestry::Open; rows.len()];
        let mut levels = vec![1_u32; rows.len()];
        let mut is_told = false;
        let mut chain: Vec<usize> = Vec::new();
        let mut guesses = 0;
        for start in 0..rows.len() {
            let parent = rows.cell(start, Column::Parent);
            if !parent.is_empty() && !self.first.contains_key(parent) {
                // A guess is compared with every code there is: a few help, thousands say that the column is another.
                guesses += 1;
                let guess = || did_you_mean(parent, self.first.keys().copied());
                let hint = (guesses <= GUESSES).then(guess).flatten();
                let saying = say!("check-parent-unknown", code = parent).hint(hint);
                self.error((start, Column::Parent), saying);
            }
            let mut next = Some(start);
            while let Some(row) = next.filter(|row| ancestry[*row] != Ancestry::Settled) {
                if ancestry[row] == Ancestry::OnChain {
                    let from = chain.iter().position(|other| *other == row).unwrap_or(0);
                    let code = |row: &usize| rows.cell(*row, Column::Code);
                    let mut codes: Vec<&str> = chain[from..].iter().map(code).collect();
                    codes.push(code(&row));
                    let saying = say!("check-parent-loop", chain = codes.join(" > "));
                    self.error((row, Column::Parent), saying);
                    break;
                }
                ancestry[row] = Ancestry::OnChain;
                chain.push(row);
                next = self.first.get(rows.cell(row, Column::Parent)).copied();
            }
            let mut level = next.map_or(0, |row| levels[row]);
            for row in chain.drain(..).rev() {
                ancestry[row] = Ancestry::Settled;
                level += 1;
                levels[row] = level;
                if level > LEVELS && !std::mem::replace(&mut is_told, true) {
                    let saying = say!("check-parent-deep", most = LEVELS);
                    self.error((row, Column::Parent), saying);
                }
            }
        }
    }

    /// Units of one area that nobody can tell apart by their names.
    fn names(&mut self) {
        let rows = self.rows;
        let mut seen: HashMap<(&str, &str), usize> = HashMap::with_capacity(rows.len());
        for number in 0..rows.len() {
            let cell = |column| rows.cell(number, column);
            let own = cell(Column::Short);
            let short = if own.is_empty() {
                cell(Column::Name)
            } else {
                own
            };
            if short.is_empty() || !cell(Column::Until).is_empty() {
                continue;
            }
            if let Some(first) = seen.insert((cell(Column::Parent), short), number) {
                let first = (self.place)(first);
                let saying = say!("check-name-twice", name = short, first = first);
                self.remark(Severity::Warning, (number, Column::Name), saying);
            }
        }
    }
}

/// The words of a cell that holds several.
fn list(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '；', '、', '|', ',', '，'])
        .map(str::trim)
        .filter(|word| !word.is_empty())
}

/// Whether a character is one that no name holds: it would hide or turn around what stands beside it.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests;
