//! The journal as JSON lines, `duban.journal/1`: what `export` writes and `import` reads. The first line names form and plan;
//! then one line a batch, followed by one line for each of its entries.

use std::io::{self, BufRead, Write};

use chrono::DateTime;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::hash::Content;
use super::kind::Kind;
use super::{Coded, Hash, Head, body};
use crate::model::code::{PlanId, TaskCode, UnitCode};
use crate::model::day::Day;
use crate::model::entry::Batch;

/// The name of this form.
pub const SCHEMA: &str = "duban.journal/1";

const FAMILY: &str = "duban.journal/";

/// Where a journal cannot be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct WireError {
    /// The line, from 1.
    pub line: u64,
    /// What is wrong there.
    #[source]
    pub fault: Fault,
}

/// What is wrong with a line of a journal.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It could not be read at all.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The first line is not that of a journal.
    #[error("not a journal: the first line does not name `{SCHEMA}`")]
    NotAJournal,
    /// A form that this version does not know.
    #[error("`{0}` is newer than `{SCHEMA}`")]
    Newer(String),
    /// Not the JSON that belongs there.
    #[error("{0}")]
    Json(#[from] serde_json::Error),
    /// A field that is missing or not what it should be.
    #[error("{0}")]
    Field(String),
    /// A batch that ends before all its entries came.
    #[error("batch {batch} has {found} of its {count} entries")]
    Short {
        /// The batch.
        batch: Uuid,
        /// How many came.
        found: u32,
        /// How many should have.
        count: u32,
    },
    /// A batch whose content is not what its hash says.
    #[error("batch {batch} was altered: its content does not match its hash")]
    Altered {
        /// The batch.
        batch: Uuid,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct First {
    schema: String,
    plan: PlanId,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BatchLine {
    batch: Uuid,
    at: String,
    actor: String,
    command: String,
    plan: String,
    count: u32,
    hash: String,
}

/// A moment as journals and people write it: `2020-07-03T09:00:00.000Z`.
pub fn moment(at: i64) -> String {
    DateTime::from_timestamp_millis(at)
        .unwrap_or_default()
        .format("%Y-%m-%dT%H:%M:%S%.3fZ")
        .to_string()
}

/// Writes a journal.
#[derive(Debug)]
pub struct Writer<W> {
    to: W,
    line: Vec<u8>,
}

impl<W: Write> Writer<W> {
    /// Begins the journal of that plan.
    ///
    /// # Errors
    /// When writing fails.
    pub fn new(mut to: W, plan: &PlanId) -> io::Result<Self> {
        let first = First {
            schema: SCHEMA.to_string(),
            plan: plan.clone(),
        };
        serde_json::to_writer(&mut to, &first)?;
        to.write_all(b"\n")?;
        Ok(Self {
            to,
            line: Vec::new(),
        })
    }

    /// Begins a batch; `head.count` entries must follow.
    ///
    /// # Errors
    /// When writing fails.
    pub fn head(&mut self, head: &Head) -> io::Result<()> {
        let Head { batch, count, hash } = head;
        let Batch {
            id,
            at,
            actor,
            command,
            plan,
        } = batch.clone();
        let line = BatchLine {
            batch: id,
            at: moment(at),
            actor,
            command,
            plan,
            count: *count,
            hash: hash.to_hex().to_string(),
        };
        serde_json::to_writer(&mut self.to, &line)?;
        self.to.write_all(b"\n")
    }

    /// Writes the next entry of the batch.
    ///
    /// # Errors
    /// When writing fails.
    pub fn entry(&mut self, entry: &Coded) -> io::Result<()> {
        let body = body::encode(&entry.act).map_err(io::Error::other)?;
        // Codes and days hold no character that JSON escapes, so the line is put together as bytes.
        self.line.clear();
        write!(self.line, r#"{{"kind":"{}""#, Kind::of(&entry.act))?;
        if let Some(unit) = &entry.unit {
            write!(self.line, r#","unit":"{unit}""#)?;
        }
        if let Some(task) = &entry.task {
            write!(self.line, r#","task":"{task}""#)?;
        }
        write!(self.line, r#","on":"{}""#, entry.day)?;
        match &body {
            Some(body) => {
                self.line.push(b',');
                self.line.extend_from_slice(&body[1..]);
            }
            None => self.line.push(b'}'),
        }
        self.line.push(b'\n');
        self.to.write_all(&self.line)
    }

    /// Gives back what was written to.
    pub fn into_inner(self) -> W {
        self.to
    }
}

/// Reads a journal, batch by batch, and proves each against its hash.
#[derive(Debug)]
pub struct Reader<R> {
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
    pub fn new(mut from: R) -> Result<Self, WireError> {
        let fault = |fault| WireError { line: 1, fault };
        let mut text = String::new();
        let read = from.read_line(&mut text);
        read.map_err(|error| fault(Fault::Io(error)))?;
        let first: Value = serde_json::from_str(&text).unwrap_or_default();
        match first.get("schema").and_then(Value::as_str) {
            Some(SCHEMA) => {}
            Some(schema) if schema.starts_with(FAMILY) => {
                return Err(fault(Fault::Newer(schema.to_string())));
            }
            _ => return Err(fault(Fault::NotAJournal)),
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
    pub const fn plan(&self) -> &PlanId {
        &self.plan
    }

    /// The next batch; `None` at the end. Entries of the batch before that nobody took are read, and proved, first.
    ///
    /// # Errors
    /// When a line is not what belongs there, or the batch before is short or altered.
    pub fn head(&mut self) -> Result<Option<Head>, WireError> {
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
    pub fn entry(&mut self) -> Result<Option<Coded>, WireError> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::entry::{Act, Record};

    fn head(entries: &[Coded]) -> Head {
        let batch = Batch {
            id: "0190163d-8694-739b-aea5-966c26f8ad91".parse().unwrap(),
            at: 1_593_766_800_000,
            actor: "王\"五\"".into(),
            command: "done".into(),
            plan: "ab".into(),
        };
        let mut content = Content::new(&batch);
        for entry in entries {
            let body = body::encode(&entry.act).unwrap();
            let unit = entry.unit.as_ref().map_or("", UnitCode::as_str);
            let task = entry.task.as_ref().map_or("", TaskCode::as_str);
            content.add(Kind::of(&entry.act), unit, task, entry.day, body.as_deref());
        }
        Head {
            count: content.count(),
            batch,
            hash: content.finish(),
        }
    }

    fn sample() -> Vec<Coded> {
        let plain = Coded {
            unit: Some("511902101201".parse().unwrap()),
            task: Some("banner".parse().unwrap()),
            day: "2020-06-30".parse().unwrap(),
            act: Act::Record(Record::default()),
        };
        let noted = Coded {
            act: Act::Record(Record {
                note: Some("两条\n\"路口\"".into()),
                ..Record::default()
            }),
            ..plain.clone()
        };
        let order = Coded {
            unit: None,
            act: Act::Instruct {
                due: "2020-08-01".parse().unwrap(),
                reason: String::new(),
            },
            ..plain.clone()
        };
        vec![plain, noted, order]
    }

    fn written() -> String {
        let entries = sample();
        let mut writer = Writer::new(Vec::new(), &"census7".parse().unwrap()).unwrap();
        writer.head(&head(&entries)).unwrap();
        for entry in &entries {
            writer.entry(entry).unwrap();
        }
        String::from_utf8(writer.into_inner()).unwrap()
    }

    fn read(text: &str) -> Result<Vec<Coded>, WireError> {
        let mut reader = Reader::new(text.as_bytes())?;
        let mut entries = Vec::new();
        while reader.head()?.is_some() {
            while let Some(entry) = reader.entry()? {
                entries.push(entry);
            }
        }
        Ok(entries)
    }

    #[test]
    fn a_journal_is_written_as_it_is_read() {
        let text = written();
        assert_eq!(read(&text).unwrap(), sample());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], r#"{"schema":"duban.journal/1","plan":"census7"}"#);
        assert!(
            lines[1].starts_with(
                r#"{"batch":"0190163d-8694-739b-aea5-966c26f8ad91","at":"2020-07-03T09:00:00.000Z","actor":"王\"五\"","command":"done","plan":"ab","count":3,"hash":""#
            ),
            "{}",
            lines[1]
        );
        assert_eq!(
            lines[2],
            r#"{"kind":"record","unit":"511902101201","task":"banner","on":"2020-06-30"}"#
        );
    }

    #[test]
    fn what_is_short_or_altered_is_refused_with_its_line() {
        let text = written();
        let short: String = text.lines().take(4).flat_map(|line| [line, "\n"]).collect();
        let error = read(&short).unwrap_err();
        assert_eq!(error.line, 5);
        assert!(matches!(
            error.fault,
            Fault::Short {
                found: 2,
                count: 3,
                ..
            }
        ));
        let altered = text.replacen("2020-06-30", "2020-06-29", 1);
        let error = read(&altered).unwrap_err();
        assert!(matches!(error.fault, Fault::Altered { .. }), "{error}");
        let error = read(&text.replace("journal/1", "journal/2")).unwrap_err();
        assert!(matches!(error.fault, Fault::Newer(_)));
        let error = read("unit,task\n").unwrap_err();
        assert!(matches!((error.line, error.fault), (1, Fault::NotAJournal)));
        assert!(matches!(read("").unwrap_err().fault, Fault::NotAJournal));
        let unknown = text.replacen(r#""on":"#, r#""mood":1,"on":"#, 1);
        assert!(read(&unknown).unwrap_err().to_string().contains("mood"));
    }
}
