//! Writing a journal as JSON lines.

use std::io::{self, Write};

use super::{BatchLine, End, EndLine, First, SCHEMA, moment};
use crate::journal::hash::chain;
use crate::journal::kind::Kind;
use crate::journal::{Coded, Hash, Head, body};
use crate::model::code::PlanId;
use crate::model::entry::Batch;

/// Writes a journal.
#[derive(Debug)]
pub(crate) struct Writer<W> {
    to: W,
    line: Vec<u8>,
    chain: Hash,
    batches: u64,
}

impl<W: Write> Writer<W> {
    /// Begins the journal of that plan.
    ///
    /// # Errors
    /// When writing fails.
    pub(crate) fn new(mut to: W, plan: &PlanId, masked: bool) -> io::Result<Self> {
        let first = First {
            schema: SCHEMA.to_string(),
            plan: plan.clone(),
            masked,
        };
        serde_json::to_writer(&mut to, &first)?;
        to.write_all(b"\n")?;
        Ok(Self {
            to,
            line: Vec::new(),
            chain: Hash::from_bytes([0; 32]),
            batches: 0,
        })
    }

    /// Begins a batch; `head.count` entries must follow.
    ///
    /// # Errors
    /// When writing fails.
    pub(crate) fn head(&mut self, head: &Head) -> io::Result<()> {
        let Head { batch, count, hash } = head;
        let Batch {
            id,
            at,
            actor,
            command,
            plan,
        } = batch.clone();
        self.chain = chain(self.chain.as_bytes(), hash);
        self.batches += 1;
        let line = BatchLine {
            batch: id,
            at: moment(at),
            actor,
            command,
            plan,
            count: *count,
            hash: hash.to_hex().to_string(),
            chain: Some(self.chain.to_hex().to_string()),
        };
        serde_json::to_writer(&mut self.to, &line)?;
        self.to.write_all(b"\n")
    }

    /// Ends the journal.
    ///
    /// # Errors
    /// When writing fails.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        let end = End {
            batches: self.batches,
            chain: self.chain.to_hex().to_string(),
        };
        serde_json::to_writer(&mut self.to, &EndLine { end })?;
        self.to.write_all(b"\n")
    }

    /// Writes the next entry of the batch.
    ///
    /// # Errors
    /// When writing fails.
    pub(crate) fn entry(&mut self, entry: &Coded) -> io::Result<()> {
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
}
