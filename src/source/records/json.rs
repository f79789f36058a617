//! Records as JSON: one object a line, an array of objects, or one object alone.

use std::fmt;
use std::ops::Range;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Column, Days, Reading, Row, Spot};
use crate::source::day_text::Today;
use crate::source::near::did_you_mean;
use crate::source::problem::{Place, Problem, Problems, say};
use crate::source::table::{Columns, LONGEST};
use crate::source::text;
use crate::source::workbook::{Cell, Kind};

/// A JSON object in its file.
#[derive(Clone, Copy)]
pub(super) struct Object<'a> {
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
    pub(super) fn place(&self, key: Option<&str>) -> Place {
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
pub(super) fn objects(
    file: &str,
    text: &str,
    today: Today,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) -> Problems {
    let mut days = Days::new(today);
    let mut each = |object: Object<'_>| {
        let own = &text[object.start..object.end];
        let read = match own.starts_with('{') {
            true => serde_json::from_str(own).map(Some),
            false => serde_json::from_str(own).map(|_: IgnoredAny| None),
        };
        match read {
            Ok(Some(Fields(fields))) => keyed(object, &fields, &mut days, visit),
            Ok(None) => {
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
    let object = |start, line, end| Object {
        file,
        text,
        start,
        line,
        end,
    };
    if text.trim_start().starts_with('[') {
        let items: Vec<&RawValue> = match serde_json::from_str(text) {
            Ok(items) => items,
            Err(error) => {
                return std::iter::once(not_json(object(0, 1, text.len()), &error)).collect();
            }
        };
        let (mut start, mut line) = (0, 1);
        for item in items {
            // The texts of the items are parts of the file's: where one begins is a matter of addresses.
            let begin = item.get().as_ptr() as usize - text.as_ptr() as usize;
            line += text[start..begin].matches('\n').count();
            start = begin;
            let end = begin + item.get().len();
            each(object(start, line, end));
        }
    } else if serde_json::from_str::<&RawValue>(text).is_ok() {
        let start = text.len() - text.trim_start().len();
        let line = 1 + text[..start].matches('\n').count();
        let end = text.trim_end().len();
        each(object(start, line, end));
    } else {
        let mut start = 0;
        for (own, line) in text.split_inclusive('\n').zip(1..) {
            let end = start + own.trim_end().len();
            if end > start {
                each(object(start, line, end));
            }
            start += own.len();
        }
    }
    Problems::new()
}

/// The keys and values of an object as they are written: a map of them would silently keep the last of equal keys.
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AsWritten;
        impl<'de> Visitor<'de> for AsWritten {
            type Value = Fields;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut fields = Vec::new();
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Fields(fields))
            }
        }
        deserializer.deserialize_map(AsWritten)
    }
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
    fields: &[(String, Value)],
    days: &mut Days,
    visit: &mut dyn FnMut(Result<&mut Row<'_>, Problem>),
) {
    let mut cells = [const { None::<(String, Kind)> }; Column::ALL.len()];
    let mut problems = Vec::new();
    let mut wrong = Vec::new();
    let mut measures = [const { None }; Column::ALL.len()];
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
        measures[column.number()] = Column::measure(key);
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
    let draft = reading.draft(get, |column| measures[column.number()].clone());
    let (unit, task) = reading.named(get);
    let fresh = reading.wrong.into_iter();
    let fresh = fresh.filter(|(column, ..)| !wrong.contains(column));
    problems.extend(
        fresh.map(|(column, saying)| Problem::error(object.place(Some(column.name())), saying)),
    );
    visit(Ok(&mut Row {
        unit,
        task,
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
