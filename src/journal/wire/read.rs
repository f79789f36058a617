//! Reading a journal from JSON lines, and proving it.

use std::io::BufRead;

use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{BatchLine, End, EndLine, FAMILY, Fault, First, SCHEMA, WireError};
use crate::journal::hash::{Content, chain};
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
    masked: bool,
    open: Option<Open>,
    /// The chain so far, where the journal has one.
    chain: Option<Hash>,
    batches: u64,
    entries: u64,
    ended: bool,
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
        let chain = match schema.and_then(|schema| schema.strip_prefix(FAMILY)) {
            None => return Err(fault(Fault::NotAJournal)),
            Some("1") => None,
            Some(_) if schema == Some(SCHEMA) => Some(Hash::from_bytes([0; 32])),
            Some(_) => {
                let newer = schema.unwrap_or_default().to_string();
                return Err(fault(Fault::Newer(newer)));
            }
        };
        let First {
            schema: _,
            plan,
            masked,
        } = serde_json::from_value(first).map_err(|error| fault(Fault::Json(error)))?;
        Ok(Self {
            from,
            text,
            line: 1,
            plan,
            masked,
            open: None,
            chain,
            batches: 0,
            entries: 0,
            ended: false,
        })
    }

    /// The plan whose journal it is.
    pub(crate) const fn plan(&self) -> &PlanId {
        &self.plan
    }

    /// Whether telephone numbers in it are masked.
    pub(crate) const fn is_masked(&self) -> bool {
        self.masked
    }

    /// How many batches and entries were read, and the chain hash up to there.
    pub(crate) const fn read(&self) -> (u64, u64, Option<Hash>) {
        (self.batches, self.entries, self.chain)
    }

    /// The next batch; `None` at the end. Entries of the batch before that nobody took are read, and proved, first.
    ///
    /// # Errors
    /// When a line is not what belongs there, or the batch before is short or altered.
    pub(crate) fn head(&mut self) -> Result<Option<Head>, WireError> {
        while self.entry()?.is_some() {}
        if !self.next_line()? {
            return match self.chain {
                Some(_) if !self.ended => Err(self.fault(Fault::Cut)),
                _ => Ok(None),
            };
        }
        if let Some(chain) = self.chain
            && self.text.starts_with("{\"end\"")
        {
            let end = self.json().map(|EndLine { end }| end);
            let end = end.map_err(|_| self.fault(Fault::Cut))?;
            let own = End {
                batches: self.batches,
                chain: chain.to_hex().to_string(),
            };
            self.ended = own == end;
            // Nothing follows the last line.
            if !self.ended || self.next_line()? {
                return Err(self.fault(Fault::Cut));
            }
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
        if let Some(before) = self.chain {
            let own = chain(before.as_bytes(), &hash);
            if line.chain.as_deref() != Some(own.to_hex().as_str()) {
                let batch = head.batch.id;
                return Err(self.fault(Fault::Chain { batch }));
            }
            self.chain = Some(own);
        }
        self.batches += 1;
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
        if map.contains_key("batch") || map.contains_key("end") {
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
        self.entries += 1;
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
