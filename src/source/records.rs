//! Files of records (CSV, workbooks, JSON) → drafts, row by row, with every problem of every cell.

use std::ops::Range;

use serde_json::Value;
use serde_json::value::RawValue;

use super::day_text::{self, Today};
use super::file_kind::{self, FileKind};
use super::near::did_you_mean;
use super::problem::{Place, Problem, Problems, Saying, Severity, say};
use super::table::{self, Columns, Hints, Input, LONGEST, Line, Table};
use super::text;
use super::workbook::{Cell, Kind};
use crate::model::admit::Draft;
use crate::model::day::Day;
use crate::model::decimal::{Decimal, DecimalError};
use crate::model::entry::{Proof, Via};
use crate::model::quantity::Quantity;

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
        (
            Self::Unit,
            &[
                "unit",
                "单位",
                "责任单位",
                "单位名称",
                "填报单位",
                "报送单位",
                "村",
                "村(社区)",
                "村社区",
            ],
        ),
        (
            Self::Task,
            &["task", "任务", "任务名称", "工作任务", "事项"],
        ),
        (
            Self::On,
            &[
                "on",
                "date",
                "day",
                "日期",
                "完成日期",
                "完成时间",
                "开展日期",
                "时间",
            ],
        ),
        (
            Self::Count,
            &[
                "count",
                "qty",
                "quantity",
                "amount",
                "number",
                "数量",
                "完成数量",
                "完成数",
                "完成量",
                "本次数量",
                "本次完成",
                "张数",
                "份数",
                "条数",
                "次数",
                "件数",
                "篇数",
                "场数",
                "个数",
                "人数",
                "户数",
            ],
        ),
        (
            Self::Total,
            &[
                "total",
                "cumulative",
                "累计",
                "累计数",
                "累计数量",
                "累计完成",
                "累计完成数",
                "累计完成数量",
            ],
        ),
        (Self::Nil, &["nil", "零报告", "是否零报告"]),
        (Self::Form, &["form", "形式", "宣传形式"]),
        (Self::For, &["for", "period", "期次", "所属期", "所属月份"]),
        (Self::From, &["from", "报送人", "填报人", "上报人"]),
        (Self::Via, &["via", "方式", "报送方式"]),
        (
            Self::Note,
            &["note", "notes", "remark", "remarks", "备注", "说明"],
        ),
        (
            Self::Evidence,
            &[
                "evidence",
                "proof",
                "佐证",
                "佐证材料",
                "证明材料",
                "附件",
                "照片",
            ],
        ),
    ];
}

const HINTS: Hints = Hints {
    encoding: "hint-encoding",
    sheet: "hint-sheet",
};

/// Every column with its headers, the one in documents first.
pub(crate) fn columns() -> impl Iterator<Item = &'static [&'static str]> {
    Column::ALL.iter().map(|(_, names)| *names)
}

/// The headers of the column that names proof.
pub(crate) fn evidence_headers() -> impl Iterator<Item = &'static str> {
    let named = |(column, names): &(Column, &'static [&'static str])| match column {
        Column::Evidence => *names,
        _ => &[],
    };
    Column::ALL.iter().flat_map(named).copied()
}

/// One row.
pub(crate) struct Row<'a> {
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
    Object(Object<'a>),
}

impl Row<'_> {
    /// Where the whole row stands.
    pub(crate) fn place(&self) -> Place {
        self.spot(None)
    }

    /// Where its unit stands.
    pub(crate) fn unit_place(&self) -> Place {
        self.spot(Some(Column::Unit))
    }

    /// Where its task stands.
    pub(crate) fn task_place(&self) -> Place {
        self.spot(Some(Column::Task))
    }

    /// Where its amount stands, or would stand.
    pub(crate) fn count_place(&self) -> Place {
        self.spot(Some(Column::Count))
    }

    /// Where its proof stands.
    pub(crate) fn evidence_place(&self) -> Place {
        self.spot(Some(Column::Evidence))
    }

    fn spot(&self, column: Option<Column>) -> Place {
        match &self.spot {
            Spot::Table(line) => line.place(column),
            Spot::Object(object) => object.place(column.map(Columns::name)),
        }
    }
}

/// Calls `visit` with every row, or with what is wrong with a line that is none; what concerns the whole file comes back.
/// Content decides: JSON begins with a brace or a bracket, anything else is a table.
pub(crate) fn each(
    input: Input<'_>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    if file_kind::of(input.name, input.bytes) == Ok(FileKind::Text) {
        let text = match text::decode(input.name, input.bytes, input.encoding, HINTS.encoding) {
            Ok(text) => text,
            Err(problem) => return std::iter::once(problem).collect(),
        };
        let named = input.name.to_lowercase();
        let named = [".jsonl", ".ndjson", ".json"]
            .iter()
            .any(|ending| named.ends_with(ending));
        if named || text.trim_start().starts_with(['{', '[']) {
            return objects(input.name, &text, today, visit);
        }
    }
    tabled(input, today, visit)
}

fn tabled(
    input: Input<'_>,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let wanted = &[Column::Unit, Column::Task, Column::On];
    let (table, mut problems) = Table::open(input, HINTS, wanted);
    let Some(table) = table else {
        return problems;
    };
    let further: Vec<&str> = table.further().collect();
    if !further.is_empty() {
        let saying = say!("check-columns-unread", columns = further.join(", "));
        let saying = saying.hint(say!("hint-import-columns"));
        problems.push(Problem::new(Severity::Note, table.whole(), saying));
    }
    let mut days = Days::new(today);
    table.each(&mut |line| match line {
        Err(problem) => visit(Err(problem)),
        Ok(line) => {
            let mut reading = Reading {
                days: &mut days,
                wrong: Vec::new(),
            };
            let draft = reading.draft(|column| line.get(column));
            let text = |column| line.get(column).map_or("", |cell| cell.text);
            let good = |column| match reading.is_wrong(column) {
                true => "",
                false => text(column),
            };
            let (unit, task) = (good(Column::Unit), good(Column::Task));
            let wrong = reading.wrong.into_iter();
            let problems =
                wrong.map(|(column, saying)| Problem::error(line.place(Some(column)), saying));
            visit(Ok(&mut Row {
                unit,
                task,
                draft,
                problems: problems.collect(),
                spot: Spot::Table(&line),
            }));
        }
    });
    problems
}

/// A JSON object in its file.
#[derive(Clone, Copy)]
struct Object<'a> {
    file: &'a str,
    text: &'a str,
    /// Its first byte and the number of that line.
    start: usize,
    line: usize,
    /// The byte behind its last one.
    end: usize,
}

impl Object<'_> {
    /// The place of one of its keys, or of its first line.
    fn place(&self, key: Option<&str>) -> Place {
        let own = &self.text[self.start..self.end];
        let quoted = key.map(|key| format!("\"{key}\""));
        let found = quoted.and_then(|key| own.find(&key).map(|at| at..at + key.len()));
        let first = own.find('\n').unwrap_or(own.len());
        let found = found.unwrap_or(0..first);
        self.place_of(self.start + found.start..self.start + found.end)
    }

    /// The place of those bytes of the file, which are the object's.
    fn place_of(&self, span: Range<usize>) -> Place {
        let begin = self.text[..span.start]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let end = self.text[span.start..]
            .find('\n')
            .map_or(self.text.len(), |at| span.start + at);
        let before = &self.text[self.start.min(span.start)..span.start];
        let number = self.line + before.matches('\n').count();
        let line = self.text[begin..end].trim_end_matches('\r');
        text::in_line(
            self.file,
            number,
            line,
            span.start - begin..span.end.min(end) - begin,
        )
    }
}

/// JSON: one object a line, an array of objects, or one object alone.
fn objects(
    file: &str,
    text: &str,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let mut days = Days::new(today);
    let mut each = |object: Object<'_>| {
        let own = &text[object.start..object.end];
        match serde_json::from_str(own) {
            Ok(Value::Object(fields)) => keyed(object, &fields, &mut days, visit),
            Ok(_) => {
                let problem = Problem::error(object.place(None), say!("check-json-object"));
                visit(Err(problem));
            }
            Err(error) => visit(Err(not_json(object, &error))),
        }
    };
    if text.trim().is_empty() {
        let problem = Problem::error(Place::whole(file), say!("check-file-empty"));
        return std::iter::once(problem).collect();
    }
    let all = Object {
        file,
        text,
        start: 0,
        line: 1,
        end: text.len(),
    };
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = match serde_json::from_str(text) {
            Ok(items) => items,
            Err(error) => return std::iter::once(not_json(all, &error)).collect(),
        };
        let (mut start, mut line) = (0, 1);
        for item in items {
            // The texts of the items are parts of the file's: where one begins is a matter of addresses.
            let begin = item.get().as_ptr() as usize - text.as_ptr() as usize;
            line += text[start..begin].matches('\n').count();
            start = begin;
            let end = begin + item.get().len();
            each(Object {
                start,
                line,
                end,
                ..all
            });
        }
    } else if serde_json::from_str::<&RawValue>(text).is_ok() {
        let start = text.len() - text.trim_start().len();
        let line = 1 + text[..start].matches('\n').count();
        let end = text.trim_end().len();
        each(Object {
            start,
            line,
            end,
            ..all
        });
    } else {
        let mut start = 0;
        for (own, line) in text.split_inclusive('\n').zip(1..) {
            let end = start + own.trim_end().len();
            if end > start {
                each(Object {
                    start,
                    line,
                    end,
                    ..all
                });
            }
            start += own.len();
        }
    }
    Problems::new()
}

/// What is wrong with a text that should be JSON.
fn not_json(object: Object<'_>, error: &serde_json::Error) -> Problem {
    let own = &object.text[object.start..object.end];
    let lines = own
        .split_inclusive('\n')
        .take(error.line().saturating_sub(1));
    let begin: usize = lines.map(str::len).sum();
    let at = (begin + error.column().saturating_sub(1)).min(own.len());
    let at = object.start + own.floor_char_boundary(at);
    let detail = error.to_string();
    let detail = detail.split(" at line ").next().unwrap_or_default();
    Problem::error(object.place_of(at..at), say!("check-json", detail = detail))
}

/// Visits the row of an object.
fn keyed(
    object: Object<'_>,
    fields: &serde_json::Map<String, Value>,
    days: &mut Days,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) {
    let mut cells: [Option<(String, Kind)>; 12] = Default::default();
    let mut problems = Vec::new();
    let mut wrong = Vec::new();
    for (key, value) in fields {
        let mut error = |saying| problems.push(Problem::error(object.place(Some(key)), saying));
        let Some(column) = Column::named(key) else {
            let names = || Column::ALL.iter().map(|(column, _)| column.name());
            let known = names().collect::<Vec<_>>().join(", ");
            let hint =
                did_you_mean(key, names()).unwrap_or_else(|| say!("hint-known-keys", keys = known));
            error(say!("check-unknown-key", key = key).hint(hint));
            continue;
        };
        let cell = &mut cells[column.number()];
        match content(value) {
            Some((text, _)) if text.len() > LONGEST => {
                error(say!("check-cell-long", most = LONGEST));
                wrong.push(column);
            }
            Some(_) if cell.is_some() => error(say!("check-column-twice", column = key)),
            Some(content) => *cell = Some(content),
            None => {
                error(say!("check-json-value", key = key));
                wrong.push(column);
            }
        }
    }
    let get = |column: Column| {
        let (text, kind) = cells[column.number()].as_ref()?;
        let text = text.trim();
        (!text.is_empty()).then_some(Cell { text, kind: *kind })
    };
    let mut reading = Reading {
        days,
        wrong: Vec::new(),
    };
    let draft = reading.draft(get);
    let unit = !reading.is_wrong(Column::Unit) && !wrong.contains(&Column::Unit);
    let fresh = reading.wrong.into_iter();
    let fresh = fresh.filter(|(column, ..)| !wrong.contains(column));
    problems.extend(
        fresh.map(|(column, saying)| Problem::error(object.place(Some(column.name())), saying)),
    );
    let text = |column| get(column).map_or("", |cell| cell.text);
    visit(Ok(&mut Row {
        unit: if unit { text(Column::Unit) } else { "" },
        task: text(Column::Task),
        draft,
        problems,
        spot: Spot::Object(object),
    }));
}

/// A JSON value as a cell would say it; `None` for what no cell can hold.
fn content(value: &Value) -> Option<(String, Kind)> {
    let text = match value {
        Value::Null => String::new(),
        Value::Bool(value) => value.to_string(),
        Value::Number(number) => return Some((number.to_string(), Kind::Number)),
        Value::String(text) => text.clone(),
        Value::Array(items) => {
            let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
            texts?.join(";")
        }
        Value::Object(_) => return None,
    };
    Some((text, Kind::Text))
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
    wrong: Vec<(Column, Saying)>,
}

impl Reading<'_> {
    fn is_wrong(&self, column: Column) -> bool {
        self.wrong.iter().any(|(wrong, ..)| *wrong == column)
    }

    fn draft<'r>(&mut self, get: impl Fn(Column) -> Option<Cell<'r>>) -> Draft {
        for column in [Column::Unit, Column::Task, Column::On] {
            if get(column).is_none() {
                let saying = say!("check-cell-empty", column = column.name());
                self.wrong.push((column, saying));
            }
        }
        for (column, _) in Column::ALL {
            let refused = get(*column).and_then(Cell::refused);
            self.wrong.extend(refused.map(|saying| (*column, saying)));
        }
        let cell = |column| get(column).filter(|cell| cell.refused().is_none());
        let text = |column| cell(column).map(|cell| cell.text);
        if let Some(unit) = text(Column::Unit).filter(|unit| table::is_spoiled(unit)) {
            self.wrong.push((Column::Unit, table::spoiled(unit)));
        }
        let today = self.days.today.day;
        let on = cell(Column::On).map(|cell| {
            table::no_number(cell)?;
            self.days.day(cell.text)
        });
        let period = cell(Column::For).map(|cell| {
            table::no_number(cell)?;
            day_text::period(cell.text, today)
        });
        let on = self.kept(Column::On, on);
        let (count, counted) = self.amount(Column::Count, text(Column::Count));
        let (total, totalled) = self.amount(Column::Total, text(Column::Total));
        Draft {
            on,
            count,
            total,
            measure: totalled.or(counted),
            nil: text(Column::Nil).is_some_and(|text| self.nil(text)),
            form: text(Column::Form).map(ToString::to_string),
            period: self.kept(Column::For, period),
            from: text(Column::From).map(ToString::to_string),
            via: text(Column::Via).and_then(|text| self.via(text)),
            note: text(Column::Note).map(ToString::to_string),
            evidence: proofs(text(Column::Evidence).unwrap_or_default()),
        }
    }

    fn kept<T>(&mut self, column: Column, found: Option<Result<T, Saying>>) -> Option<T> {
        match found? {
            Ok(value) => Some(value),
            Err(saying) => {
                let forms = match column {
                    Column::For => "hint-period",
                    _ => "hint-day-typed",
                };
                let saying = table::with_day_forms(saying, forms);
                self.wrong.push((column, saying));
                None
            }
        }
    }

    /// The number of an amount and its measure.
    fn amount(&mut self, column: Column, text: Option<&str>) -> (Option<Decimal>, Option<String>) {
        let Some(text) = text else {
            return (None, None);
        };
        let saying = match text.parse() {
            Ok(Quantity { number, measure }) => return (Some(number), measure),
            Err(DecimalError::Places) => say!("check-number-places", number = text),
            Err(DecimalError::Range) => say!("check-number-range", number = text),
            Err(DecimalError::Form) => say!("check-not-a-number", text = text),
        };
        self.wrong.push((column, saying));
        (None, None)
    }

    fn nil(&mut self, text: &str) -> bool {
        match text.to_lowercase().as_str() {
            "1" | "yes" | "y" | "true" | "nil" | "是" | "零报告" | "无" => true,
            "0" | "no" | "n" | "false" | "否" => false,
            _ => {
                let saying = say!("check-yes-no", text = text);
                self.wrong.push((Column::Nil, saying));
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
                let saying = saying.hint(did_you_mean(lower, words));
                self.wrong.push((Column::Via, saying));
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
