//! Reading a journal from JSON lines, and proving it.

use std::io::BufRead;

use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{BatchLine, FAMILY, Fault, First, SCHEMA, WireError};
use crate::journal::hash::Content;
use crate::journal::kind::Kind;
use crate::journal::{Coded, Hash, Head, body};
use crate::model::code::{PlanId, TaskCode, UnitCode};
use crate::model::day::Day;
use crate::model::entry::Batch;

/// Reads a journal, batch by batch, and proves each against its hash.
#[derive(Debug)]
pub(crate) struct Reader<R> {
    from: R,
    text: String,
    line: u64,
    plan: PlanId,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    head: Head,
    content: Content,
}

impl<R: BufRead> Reader<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// When it is not that of a journal, or of a newer form.
    pub(crate) fn new(mut from: R) -> Result<Self, WireError> {
        let fault = |fault| WireError { line: 1, fault };
        let mut text = String::new();
        let read = from.read_line(&mut text);
        read.map_err(|error| fault(Fault::Io(error)))?;
        let first: Value = serde_json::from_str(&text).unwrap_or_default();
        let schema = first.get("schema").and_then(Value::as_str);
        let number = |schema: &str| schema.strip_prefix(FAMILY)?.parse::<u32>().ok();
        match schema.filter(|schema| schema.starts_with(FAMILY)) {
            Some(schema) if (Some(1)..=number(SCHEMA)).contains(&number(schema)) => {}
            Some(schema) => return Err(fault(Fault::Newer(schema.to_string()))),
            None => return Err(fault(Fault::NotAJournal)),
        }
        let First { schema: _, plan } =
            serde_json::from_value(first).map_err(|error| fault(Fault::Json(error)))?;
        Ok(Self {
            from,
            text,
            line: 1,
            plan,
            open: None,
        })
    }

    /// The plan whose journal it is.
    pub(crate) const fn plan(&self) -> &PlanId {
        &self.plan
    }

    /// The next batch; `None` at the end. Entries of the batch before that nobody took are read, and proved, first.
    ///
    /// # Errors
    /// When a line is not what belongs there, or the batch before is short or altered.
    pub(crate) fn head(&mut self) -> Result<Option<Head>, WireError> {
        while self.entry()?.is_some() {}
        if !self.next_line()? {
            return Ok(None);
        }
        let line: BatchLine = self.json()?;
        let at = DateTime::parse_from_rfc3339(&line.at)
            .map_err(|_| self.fault(Fault::Field(format!("`at` is no moment: `{}`", line.at))))?;
        let hash = Hash::from_hex(&line.hash)
            .map_err(|_| self.fault(Fault::Field("`hash` is no BLAKE3 hash".to_string())))?;
        let head = Head {
            batch: Batch {
                id: line.batch,
                at: at.timestamp_millis(),
                actor: line.actor,
                command: line.command,
                plan: line.plan,
            },
            count: line.count,
            hash,
        };
        self.open = Some(Open {
            content: Content::new(&head.batch),
            head: head.clone(),
        });
        Ok(Some(head))
    }

    /// The next entry of the batch; `None` once all came and their hash is right.
    ///
    /// # Errors
    /// When a line is not what belongs there, or the batch is short or altered.
    pub(crate) fn entry(&mut self) -> Result<Option<Coded>, WireError> {
        let Some(mut open) = self.open.take() else {
            return Ok(None);
        };
        let (batch, found, count) = (open.head.batch.id, open.content.count(), open.head.count);
        if found == count {
            return if open.content.finish() == open.head.hash {
                Ok(None)
            } else {
                Err(self.fault(Fault::Altered { batch }))
            };
        }
        let short = Fault::Short {
            batch,
            found,
            count,
        };
        if !self.next_line()? {
            return Err(self.fault(short));
        }
        let map: Map<String, Value> = self.json()?;
        if map.contains_key("batch") {
            return Err(self.fault(short));
        }
        let entry = coded(map).map_err(|fault| self.fault(fault))?;
        let kind = Kind::of(&entry.act);
        let body =
            body::encode(&entry.act).map_err(|error| self.fault(Fault::Json(error.cause)))?;
        let unit = entry.unit.as_ref().map_or("", UnitCode::as_str);
        let task = entry.task.as_ref().map_or("", TaskCode::as_str);
        open.content
            .add(kind, unit, task, entry.day, body.as_deref());
        self.open = Some(open);
        Ok(Some(entry))
    }

    fn next_line(&mut self) -> Result<bool, WireError> {
        self.text.clear();
        self.line += 1;
        let read = self.from.read_line(&mut self.text);
        let read = read.map_err(|error| self.fault(Fault::Io(error)))?;
        Ok(read > 0)
    }

    fn json<T: for<'de> Deserialize<'de>>(&self) -> Result<T, WireError> {
        serde_json::from_str(&self.text).map_err(|error| self.fault(Fault::Json(error)))
    }

    fn fault(&self, fault: Fault) -> WireError {
        WireError {
            line: self.line,
            fault,
        }
    }
}

fn coded(mut map: Map<String, Value>) -> Result<Coded, Fault> {
    let mut text = |key: &str| match map.shift_remove(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Fault::Field(format!("`{key}` is no text"))),
    };
    let wrong =
        |key: &str, error: &dyn std::error::Error| Fault::Field(format!("`{key}`: {error}"));
    let missing = |key: &str| Fault::Field(format!("`{key}` is missing"));
    let kind = text("kind")?.ok_or_else(|| missing("kind"))?;
    let kind: Kind = kind.parse().map_err(|error| wrong("kind", &error))?;
    let unit = text("unit")?.map(|code| code.parse());
    let unit = unit.transpose().map_err(|error| wrong("unit", &error))?;
    let task = text("task")?.map(|code| code.parse());
    let task = task.transpose().map_err(|error| wrong("task", &error))?;
    let day = text("on")?.ok_or_else(|| missing("on"))?;
    let day: Day = day.parse().map_err(|error| wrong("on", &error))?;
    let body = if map.is_empty() {
        None
    } else {
        Some(serde_json::to_vec(&map)?)
    };
    let act = body::decode(kind, body.as_deref()).map_err(|error| Fault::Json(error.cause))?;
    Ok(Coded {
        unit,
        task,
        day,
        act,
    })
}
