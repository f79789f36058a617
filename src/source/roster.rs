//! Rosters (CSV, workbooks, or `[[unit]]` tables of a plan) → units in their order, with every problem of every cell.

use std::collections::{HashMap, HashSet};

use super::day_text;
use super::near::did_you_mean;
use super::problem::{Problem, Problems, Saying, Severity, say};
use super::table::{self, Columns, Hints, Input, Table};
use super::workbook::Cell;
use crate::model::code::{CodeError, UnitCode};
use crate::model::day::Day;
use crate::model::unit::Unit;

/// The columns of a roster; any other is an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Code,
    Name,
    Short,
    Kind,
    Labels,
    Parent,
    Head,
    Contact,
    Phone,
    Since,
    Until,
    Was,
}

impl Columns for Column {
    const ALL: &'static [(Self, &'static [&'static str])] = &[
        (
            Self::Code,
            &[
                "code",
                "代码",
                "单位代码",
                "编码",
                "区划代码",
                "行政区划代码",
            ],
        ),
        (Self::Name, &["name", "名称", "单位名称", "单位", "全称"]),
        (Self::Short, &["short", "简称"]),
        (Self::Kind, &["kind", "类型", "单位类型"]),
        (Self::Labels, &["labels", "标签"]),
        (
            Self::Parent,
            &["parent", "上级", "上级代码", "上级单位代码"],
        ),
        (Self::Head, &["head", "主要负责人"]),
        (
            Self::Contact,
            &["contact", "责任人", "宣传责任人", "联系人"],
        ),
        (
            Self::Phone,
            &[
                "phone",
                "电话",
                "联系电话",
                "电话号码",
                "手机",
                "手机号",
                "手机号码",
                "联系方式",
            ],
        ),
        (Self::Since, &["since", "启用", "启用日期"]),
        (Self::Until, &["until", "停用", "停用日期"]),
        (Self::Was, &["was", "原代码"]),
    ];
}

const HINTS: Hints = Hints {
    encoding: "hint-roster-encoding",
    sheet: "hint-roster-sheet",
};

/// Every column with its headers, the one in documents first.
pub(crate) fn columns() -> impl Iterator<Item = &'static [&'static str]> {
    Column::ALL.iter().map(|(_, names)| *names)
}

/// How many unknown parents get a guess at what was meant.
const GUESSES: usize = 20;

/// A row of a roster as it is written: its cells in the order of [`Column`], and its attributes.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    pub cells: [String; 12],
    /// Columns of which something wrong has been said already.
    pub refused: Vec<Column>,
    pub attributes: Vec<(String, String)>,
}

impl Row {
    fn cell(&self, column: Column) -> &str {
        &self.cells[column.number()]
    }
}

/// Something about a row: about one of its cells, or the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Remark {
    pub row: usize,
    pub column: Option<Column>,
    pub severity: Severity,
    pub saying: Saying,
}

/// Reads a roster file: its units in their order unless there are errors, and every problem.
pub fn read(input: Input<'_>) -> (Option<Vec<Unit>>, Problems) {
    let wanted = &[Column::Code, Column::Name, Column::Kind];
    let (table, mut problems) = Table::open(input, HINTS, wanted);
    let Some(table) = table else {
        return (None, problems);
    };
    let mut rows = Vec::new();
    let mut stands = Vec::new();
    table.each(&mut |line| match line {
        Ok(line) => {
            let mut row = Row::default();
            for (content, (column, _)) in row.cells.iter_mut().zip(Column::ALL) {
                let Some(cell) = line.get(*column) else {
                    continue;
                };
                let day = matches!(column, Column::Since | Column::Until);
                let number = || day.then(|| table::no_number(cell).err()).flatten();
                if let Some(saying) = cell.refused().or_else(number) {
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
            rows.push(row);
        }
        Err(problem) => problems.push(problem),
    });
    if rows.is_empty() && !problems.has_errors() {
        problems.push(Problem::error(table.whole(), say!("check-roster-empty")));
    }
    let lines: Vec<usize> = stands.iter().map(|mark| mark.line).collect();
    let (units, remarks) = units(&rows, |row| lines[row].to_string());
    problems.extend(remarks.into_iter().map(|remark| {
        let place = table.place(&stands[remark.row], remark.column);
        Problem::new(remark.severity, place, remark.saying)
    }));
    (units.filter(|_| !problems.has_errors()), problems)
}

/// The units of those rows unless there are errors, and what there is to say. `place` names a row in messages about another.
pub(super) fn units(
    rows: &[Row],
    place: impl Fn(usize) -> String,
) -> (Option<Vec<Unit>>, Vec<Remark>) {
    let mut reading = Reading {
        place,
        rows,
        first: HashMap::with_capacity(rows.len()),
        remarks: Vec::new(),
    };
    let units: Vec<Option<Unit>> = (0..rows.len()).map(|row| reading.unit(row)).collect();
    reading.parents();
    reading.names();
    let failed = reading
        .remarks
        .iter()
        .any(|remark| remark.severity == Severity::Error);
    let units = units.into_iter().collect::<Option<Vec<Unit>>>();
    (units.filter(|_| !failed), reading.remarks)
}

struct Reading<'a, P> {
    place: P,
    rows: &'a [Row],
    /// The first row of each code.
    first: HashMap<&'a str, usize>,
    remarks: Vec<Remark>,
}

impl<'a, P: Fn(usize) -> String> Reading<'a, P> {
    fn remark(&mut self, severity: Severity, (row, column): (usize, Column), saying: Saying) {
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

    /// The unit of a row; what is wrong with it is remarked.
    fn unit(&mut self, number: usize) -> Option<Unit> {
        let rows = self.rows;
        let row = &rows[number];
        let code = match row.refused.contains(&Column::Code) {
            true => None,
            false => self.code(number, Column::Code),
        };
        let known = row.cell(Column::Code);
        match self.first.get(known) {
            Some(first) => {
                let first = (self.place)(*first);
                let saying = say!("check-code-twice", code = known, first = first);
                self.error((number, Column::Code), saying);
            }
            None if known.is_empty() => {}
            None => {
                self.first.insert(known, number);
            }
        }
        for column in [Column::Name, Column::Kind] {
            if row.cell(column).is_empty() && !row.refused.contains(&column) {
                let saying = say!("check-cell-empty", column = column.name());
                self.error((number, column), saying);
            }
        }
        for (column, _) in Column::ALL {
            if row.cell(*column).contains(is_hidden) {
                let saying = say!("check-control", column = column.name());
                self.remark(Severity::Warning, (number, *column), saying);
            }
        }
        let name = row.cell(Column::Name).to_string();
        let short = row.cell(Column::Short);
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
        let parent = row.cell(Column::Parent);
        let parent = (!parent.is_empty()).then(|| self.code(number, Column::Parent));
        let was = list(row.cell(Column::Was))
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
            kind: row.cell(Column::Kind).to_string(),
            labels: list(row.cell(Column::Labels))
                .map(ToString::to_string)
                .collect(),
            parent: parent.flatten(),
            head: row.cell(Column::Head).to_string(),
            contact: row.cell(Column::Contact).to_string(),
            phone: row.cell(Column::Phone).to_string(),
            since,
            until,
            was: Option::<Vec<UnitCode>>::unwrap_or_default(was),
            attributes: row.attributes.clone(),
        })
    }

    fn code(&mut self, number: usize, column: Column) -> Option<UnitCode> {
        let rows = self.rows;
        self.parsed_code(rows[number].cell(column), (number, column))
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
        let text = self.rows[number].cell(column);
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
        let above = |reading: &Self, row: usize| {
            let parent = rows[row].cell(Column::Parent);
            reading.first.get(parent).copied()
        };
        let mut settled = vec![false; rows.len()];
        let mut guesses = 0;
        for start in 0..rows.len() {
            let parent = rows[start].cell(Column::Parent);
            if !parent.is_empty() && !self.first.contains_key(parent) {
                // A guess is compared with every code there is: a few help, thousands say that the column is another.
                guesses += 1;
                let guess = || did_you_mean(parent, self.first.keys().copied());
                let hint = (guesses <= GUESSES).then(guess).flatten();
                let saying = say!("check-parent-unknown", code = parent).hint(hint);
                self.error((start, Column::Parent), saying);
            }
            let mut chain: Vec<usize> = Vec::new();
            let mut on_chain = HashSet::new();
            let mut next = Some(start);
            while let Some(row) = next.filter(|row| !settled[*row]) {
                if !on_chain.insert(row) {
                    let from = chain.iter().position(|other| *other == row).unwrap_or(0);
                    let mut codes: Vec<&str> = chain[from..]
                        .iter()
                        .map(|row: &usize| rows[*row].cell(Column::Code))
                        .collect();
                    codes.push(rows[row].cell(Column::Code));
                    let saying = say!("check-parent-loop", chain = codes.join(" > "));
                    self.error((row, Column::Parent), saying);
                    break;
                }
                chain.push(row);
                next = above(self, row);
            }
            for row in chain {
                settled[row] = true;
            }
        }
    }

    /// Units of one area that nobody can tell apart by their names.
    fn names(&mut self) {
        let rows = self.rows;
        let mut seen: HashMap<(&str, &str), usize> = HashMap::with_capacity(rows.len());
        for (number, row) in rows.iter().enumerate() {
            let own = row.cell(Column::Short);
            let short = if own.is_empty() {
                row.cell(Column::Name)
            } else {
                own
            };
            if short.is_empty() || !row.cell(Column::Until).is_empty() {
                continue;
            }
            if let Some(first) = seen.insert((row.cell(Column::Parent), short), number) {
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
