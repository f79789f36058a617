//! Files of records (CSV, XLSX, JSON Lines) → drafts, row by row, with every problem of every cell.

use serde_json::Value;

use super::day_text::{self, Today};
use super::near::{did_you_mean, near};
use super::problem::{Place, Problem, Problems, Saying, say};
use super::table::{self, Columns, Line, Table};
use super::{text, xlsx};
use crate::model::admit::Draft;
use crate::model::day::Day;
use crate::model::decimal::{Decimal, DecimalError};
use crate::model::entry::{Proof, Via};

/// The columns of a file of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Unit,
    Task,
    On,
    Count,
    Total,
    Nil,
    Form,
    For,
    From,
    Via,
    Note,
    Evidence,
}

impl Columns for Column {
    const ALL: &'static [(Self, &'static [&'static str])] = &[
        (Self::Unit, &["unit", "单位", "责任单位"]),
        (Self::Task, &["task", "任务"]),
        (Self::On, &["on", "date", "day", "日期"]),
        (Self::Count, &["count", "数量"]),
        (Self::Total, &["total", "累计"]),
        (Self::Nil, &["nil", "零报告"]),
        (Self::Form, &["form", "形式"]),
        (Self::For, &["for", "期次"]),
        (Self::From, &["from", "报送人"]),
        (Self::Via, &["via", "方式"]),
        (Self::Note, &["note", "备注"]),
        (Self::Evidence, &["evidence", "佐证"]),
    ];
}

/// The forms that a file of records can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// CSV or XLSX.
    Table,
    /// One JSON object a line.
    Lines,
}

/// One row.
pub struct Row<'a> {
    /// The unit as it is written; empty where that is wrong already.
    pub unit: &'a str,
    /// The task as it is written.
    pub task: &'a str,
    /// The rest.
    pub draft: Draft,
    /// What is wrong with its cells; the draft lacks these.
    pub problems: Vec<Problem>,
    spot: Spot<'a>,
}

enum Spot<'a> {
    Table(&'a Line<'a, Column>),
    Line(&'a str, usize, &'a str),
}

impl Row<'_> {
    /// Where the whole row stands.
    pub fn place(&self) -> Place {
        self.spot(None)
    }

    /// Where its unit stands.
    pub fn unit_place(&self) -> Place {
        self.spot(Some(Column::Unit))
    }

    /// Where its task stands.
    pub fn task_place(&self) -> Place {
        self.spot(Some(Column::Task))
    }

    /// Where its proof stands.
    pub fn evidence_place(&self) -> Place {
        self.spot(Some(Column::Evidence))
    }

    fn spot(&self, column: Option<Column>) -> Place {
        match self.spot {
            Spot::Table(line) => line.place(column),
            Spot::Line(file, number, line) => {
                key_place(file, number, line, column.map(Columns::name))
            }
        }
    }
}

/// The form of a file with that name and content.
pub fn form(name: &str, bytes: &[u8]) -> Form {
    let lines =
        name.to_lowercase().ends_with(".jsonl") || bytes.trim_ascii_start().starts_with(b"{");
    if lines && !xlsx::is_workbook(name, bytes) {
        Form::Lines
    } else {
        Form::Table
    }
}

/// Calls `visit` with every row, or with what is wrong with a line that is none; what concerns the whole file comes back.
pub fn each(
    name: &str,
    bytes: &[u8],
    form: Form,
    encoding: Option<&str>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    match form {
        Form::Table => tabled(name, bytes, encoding, today, visit),
        Form::Lines => lined(name, bytes, encoding, today, visit),
    }
}

fn tabled(
    name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let wanted = &[Column::Unit, Column::Task, Column::On];
    let (table, mut problems) = Table::open(name, bytes, encoding, "hint-gb18030", wanted);
    let Some(table) = table else {
        return problems;
    };
    let further: Vec<&str> = table.further().collect();
    if !further.is_empty() {
        let saying = say!("check-columns-unread", columns = further.join(", "));
        problems.push(Problem::note(table.whole(), saying));
    }
    let mut days = Days::new(today);
    table.each(&mut |line| match line {
        Err(problem) => visit(Err(problem)),
        Ok(line) => {
            let get = |column| line.get(column);
            let mut reading = Reading {
                days: &mut days,
                wrong: Vec::new(),
            };
            let draft = reading.draft(get);
            let known = !reading.is_wrong(Column::Unit);
            let wrong = reading.wrong.into_iter();
            let mut row = Row {
                unit: if known { line.get(Column::Unit) } else { "" },
                task: line.get(Column::Task),
                draft,
                problems: wrong
                    .map(|(column, saying, hint)| {
                        Problem::error(line.place(Some(column)), saying).hinted(hint)
                    })
                    .collect(),
                spot: Spot::Table(&line),
            };
            visit(Ok(&mut row));
        }
    });
    problems
}

fn lined(
    name: &str,
    bytes: &[u8],
    encoding: Option<&str>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let text = match text::decode(name, bytes, encoding, "hint-gb18030") {
        Ok(text) => text,
        Err(problem) => return std::iter::once(problem).collect(),
    };
    if text.trim().is_empty() {
        let problem = Problem::error(Place::whole(name), say!("check-file-empty"));
        return std::iter::once(problem).collect();
    }
    let mut days = Days::new(today);
    for (line, number) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let object = match serde_json::from_str::<Value>(line) {
            Ok(Value::Object(object)) => object,
            Ok(_) => {
                let place = text::in_line(name, number, line, 0..line.len());
                visit(Err(Problem::error(place, say!("check-json-object"))));
                continue;
            }
            Err(error) => {
                let at = line.floor_char_boundary(error.column().saturating_sub(1));
                let place = text::in_line(name, number, line, at..at);
                let detail = error.to_string();
                let detail = detail.split(" at line ").next().unwrap_or_default();
                visit(Err(Problem::error(
                    place,
                    say!("check-json", detail = detail),
                )));
                continue;
            }
        };
        let mut cells: [String; 12] = Default::default();
        let mut problems = Vec::new();
        for (key, value) in &object {
            let place = || key_place(name, number, line, Some(key));
            let Some(column) = Column::named(key) else {
                let names = || Column::ALL.iter().map(|(column, _)| column.name());
                let known = names().collect::<Vec<_>>().join(", ");
                let hint = did_you_mean(key, names())
                    .unwrap_or_else(|| say!("hint-known-keys", keys = known));
                let saying = say!("check-unknown-key", key = key);
                problems.push(Problem::error(place(), saying).hinted(Some(hint)));
                continue;
            };
            match cell(value) {
                Some(text) => cells[column.number()] = text,
                None => {
                    let saying = say!("check-json-value", key = key);
                    problems.push(Problem::error(place(), saying));
                }
            }
        }
        let get = |column: Column| cells[column.number()].trim();
        let mut reading = Reading {
            days: &mut days,
            wrong: Vec::new(),
        };
        let draft = reading.draft(get);
        let known = !reading.is_wrong(Column::Unit);
        let said = |problem: &Problem, column: Column| {
            let place = problem.place.as_ref();
            place.is_some_and(|place| *place == key_place(name, number, line, Some(column.name())))
        };
        let wrong = reading.wrong.into_iter();
        let fresh: Vec<Problem> = wrong
            .filter(|(column, ..)| !problems.iter().any(|problem| said(problem, *column)))
            .map(|(column, saying, hint)| {
                let place = key_place(name, number, line, Some(column.name()));
                Problem::error(place, saying).hinted(hint)
            })
            .collect();
        problems.extend(fresh);
        let mut row = Row {
            unit: if known { get(Column::Unit) } else { "" },
            task: get(Column::Task),
            draft,
            problems,
            spot: Spot::Line(name, number, line),
        };
        visit(Ok(&mut row));
    }
    Problems::new()
}

/// A JSON value as a cell would say it; `None` for what no cell can hold.
fn cell(value: &Value) -> Option<String> {
    Some(match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            texts?.join(";")
        }
        Value::Object(_) => return None,
    })
}

/// The place of a key of a JSON line.
fn key_place(file: &str, number: usize, line: &str, key: Option<&str>) -> Place {
    let quoted = key.map(|key| format!("\"{key}\""));
    let found = quoted.and_then(|key| line.find(&key).map(|at| at..at + key.len()));
    text::in_line(file, number, line, found.unwrap_or(0..line.len()))
}

/// Days by their text: rows of one file mostly share a few.
struct Days {
    today: Today,
    last: Option<(String, Day)>,
}

impl Days {
    const fn new(today: Today) -> Self {
        Self { today, last: None }
    }

    fn day(&mut self, text: &str) -> Result<Day, Saying> {
        if let Some((last, day)) = &self.last
            && last == text
        {
            return Ok(*day);
        }
        let day = day_text::cell(text, self.today)?;
        self.last = Some((text.to_string(), day));
        Ok(day)
    }
}

/// A row's reading, and what was wrong with its cells.
struct Reading<'a> {
    days: &'a mut Days,
    wrong: Vec<(Column, Saying, Option<Saying>)>,
}

impl Reading<'_> {
    fn is_wrong(&self, column: Column) -> bool {
        self.wrong.iter().any(|(wrong, ..)| *wrong == column)
    }

    fn draft<'r>(&mut self, get: impl Fn(Column) -> &'r str) -> Draft {
        for column in [Column::Unit, Column::Task, Column::On] {
            if get(column).is_empty() {
                let saying = say!("check-cell-empty", column = column.name());
                self.wrong.push((column, saying, None));
            }
        }
        if table::is_spoiled(get(Column::Unit)) {
            let saying = say!("check-code-spoiled", text = get(Column::Unit));
            let hint = Some(say!("hint-code-spoiled"));
            self.wrong.push((Column::Unit, saying, hint));
        }
        let text = |column| Some(get(column)).filter(|text| !text.is_empty());
        let on = text(Column::On).map(|day| self.days.day(day));
        let today = self.days.today.day;
        let period = text(Column::For).map(|period| day_text::period(period, today));
        Draft {
            on: self.kept(Column::On, on),
            count: self.number(Column::Count, text(Column::Count)),
            total: self.number(Column::Total, text(Column::Total)),
            nil: text(Column::Nil).is_some_and(|text| self.nil(text)),
            form: text(Column::Form).map(ToString::to_string),
            period: self.kept(Column::For, period),
            from: text(Column::From).map(ToString::to_string),
            via: text(Column::Via).and_then(|text| self.via(text)),
            note: text(Column::Note).map(ToString::to_string),
            evidence: proofs(get(Column::Evidence)),
        }
    }

    fn kept<T>(&mut self, column: Column, found: Option<Result<T, Saying>>) -> Option<T> {
        match found? {
            Ok(value) => Some(value),
            Err(saying) => {
                let hint = (saying.id == "check-said-day").then(|| say!("hint-dated"));
                self.wrong.push((column, saying, hint));
                None
            }
        }
    }

    fn number(&mut self, column: Column, text: Option<&str>) -> Option<Decimal> {
        let text = text?;
        let saying = match text.parse() {
            Ok(number) => return Some(number),
            Err(DecimalError::Places) => say!("check-number-places", number = text),
            Err(DecimalError::Range) => say!("check-number-range", number = text),
            Err(DecimalError::Form) => say!("check-not-a-number", text = text),
        };
        self.wrong.push((column, saying, None));
        None
    }

    fn nil(&mut self, text: &str) -> bool {
        match text.to_lowercase().as_str() {
            "1" | "yes" | "y" | "true" | "nil" | "是" | "零报告" | "无" => true,
            "0" | "no" | "n" | "false" | "否" => false,
            _ => {
                let saying = say!("check-yes-no", text = text);
                self.wrong.push((Column::Nil, saying, None));
                false
            }
        }
    }

    fn via(&mut self, text: &str) -> Option<Via> {
        Some(match text.to_lowercase().as_str() {
            "wechat" | "chat" | "微信" => Via::Wechat,
            "phone" | "电话" => Via::Phone,
            "paper" | "纸质" | "书面" => Via::Paper,
            "visit" | "走访" | "现场" | "实地" => Via::Visit,
            lower => {
                let words = ["wechat", "phone", "paper", "visit"];
                let saying = say!("check-via", text = text, words = words.join(", "));
                let hint = near(lower, words).map(|word| say!("hint-did-you-mean", name = word));
                self.wrong.push((Column::Via, saying, hint));
                return None;
            }
        })
    }
}

/// The proofs of a cell: addresses on the web, and the names of files that somebody keeps.
fn proofs(cell: &str) -> Vec<Proof> {
    let parts = cell.split([';', '；', '\n']).map(str::trim);
    let parts = parts.filter(|part| !part.is_empty());
    parts
        .flat_map(|part| {
            let words: Vec<&str> = part.split_whitespace().collect();
            if words.iter().all(|word| Proof::is_link(word)) {
                words
            } else {
                vec![part]
            }
        })
        .map(|part| {
            if Proof::is_link(part) {
                Proof::Link(part.to_string())
            } else {
                Proof::Named(part.to_string())
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
