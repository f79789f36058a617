//! `export`: the journal as JSON lines, whole, or with telephone numbers masked, or as much of it as can be proved.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;

use serde_json::Value;

use super::error::{Error, no_store};
use super::evidence_files::{Missing, evidence_files};
use super::workspace::Workspace;
use crate::journal::hash::Content;
use crate::journal::wire::Writer;
use crate::journal::{Coded, Head, Kind, body};
use crate::model::code::{PlanId, TaskCode, UnitCode};
use crate::model::entry::Batch;
use crate::store::{Reader, StoreError, StoredBatch};

/// What telephone numbers in a text become.
pub(crate) type Mask<'a> = &'a dyn Fn(&str) -> String;

impl Workspace {
    /// The files of evidence that records name and that are here, each by its place in the evidence folder, and how many are not.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn evidence(&self) -> Result<(Vec<(String, PathBuf)>, Missing), Error> {
        let mut proofs = Vec::new();
        let mut known = BTreeSet::new();
        self.reader().each_file(&mut |proof| {
            if known.insert(proof.content().to_string()) {
                proofs.push(proof);
            }
        })?;
        Ok(evidence_files(&self.place.evidence, &proofs))
    }

    /// Writes the whole journal as JSON lines; with a mask in a form that is for reading alone.
    ///
    /// # Errors
    /// Where there is no store yet, and whatever the store and the writer say.
    pub(crate) fn export(&self, out: &mut dyn Write, mask: Option<Mask>) -> Result<(), Error> {
        if !self.has_store {
            return Err(no_store(&self.place.store));
        }
        let reader = self.reader();
        let mut exporter = Exporter::new(out, reader, &self.plan.id, mask)?;
        reader.each_batch(&mut |batch| exporter.batch(&batch, false))?;
        exporter.finish()
    }
}

/// Writes the batches of those numbers, which were found whole.
///
/// # Errors
/// Whatever the store and the writer say.
pub(super) fn salvage(
    reader: &Reader,
    plan: &PlanId,
    whole: &[i64],
    out: &mut dyn Write,
) -> Result<(), Error> {
    let mut exporter = Exporter::new(out, reader, plan, None)?;
    for n in whole {
        let batch = reader.batch_number(*n)?;
        if exporter.batch(&batch, true)?.is_break() {
            break;
        }
    }
    exporter.finish()
}

fn unwritable(cause: io::Error) -> Error {
    Error::Unwritable {
        path: PathBuf::from("-"),
        cause,
    }
}

struct Exporter<'a, W: Write> {
    writer: Writer<W>,
    reader: &'a Reader,
    mask: Option<Mask<'a>>,
    failed: Option<io::Error>,
}

impl<'a, W: Write> Exporter<'a, W> {
    fn new(
        out: W,
        reader: &'a Reader,
        plan: &PlanId,
        mask: Option<Mask<'a>>,
    ) -> Result<Self, Error> {
        Ok(Self {
            writer: Writer::new(out, plan, mask.is_some()).map_err(unwritable)?,
            reader,
            mask,
            failed: None,
        })
    }

    /// Writes a batch; breaks where the writer takes no more.
    fn batch(
        &mut self,
        batch: &StoredBatch,
        salvaged: bool,
    ) -> Result<ControlFlow<()>, StoreError> {
        let head = match self.mask {
            None => batch.head(),
            Some(mask) => self.masked_head(batch, mask)?,
        };
        if let Err(cause) = self.writer.head(&head) {
            self.failed = Some(cause);
            return Ok(ControlFlow::Break(()));
        }
        let (writer, failed, mask) = (&mut self.writer, &mut self.failed, self.mask);
        let mut visit = |coded: Coded| {
            let coded = match mask {
                None => coded,
                Some(mask) => masked(coded, mask)?,
            };
            Ok(match writer.entry(&coded) {
                Ok(()) => ControlFlow::Continue(()),
                Err(cause) => {
                    *failed = Some(cause);
                    ControlFlow::Break(())
                }
            })
        };
        match salvaged {
            true => self.reader.salvaged_of(batch.n, &mut visit)?,
            false => self.reader.coded_of(batch.n, &mut visit)?,
        }
        Ok(match self.failed {
            None => ControlFlow::Continue(()),
            Some(_) => ControlFlow::Break(()),
        })
    }

    /// The head of a batch with its numbers masked: its hash is of what is written.
    fn masked_head(&self, batch: &StoredBatch, mask: Mask) -> Result<Head, StoreError> {
        let own = Batch {
            actor: mask(&batch.batch.actor),
            ..batch.batch.clone()
        };
        let mut content = Content::new(&own);
        self.reader.coded_of(batch.n, &mut |coded| {
            let coded = masked(coded, mask)?;
            let unit = coded.unit.as_ref().map_or("", UnitCode::as_str);
            let task = coded.task.as_ref().map_or("", TaskCode::as_str);
            let body = body::encode(&coded.act)?;
            content.add(Kind::of(&coded.act), unit, task, coded.day, body.as_deref());
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(Head {
            batch: own,
            count: batch.count,
            hash: content.finish(),
        })
    }

    fn finish(self) -> Result<(), Error> {
        match self.failed {
            None => self.writer.finish().map_err(unwritable),
            Some(cause) => Err(unwritable(cause)),
        }
    }
}

/// The keys of bodies that people wrote text under; the others hold codes, days and hashes.
const TEXTS: [&str; 8] = [
    "reason", "note", "from", "form", "name", "to", "link", "named",
];

/// An entry whose texts are masked.
fn masked(coded: Coded, mask: Mask) -> Result<Coded, StoreError> {
    let kind = Kind::of(&coded.act);
    let Some(bytes) = body::encode(&coded.act)? else {
        return Ok(coded);
    };
    let broken = |error: serde_json::Error| StoreError::corrupt(error.to_string());
    let mut value: Value = serde_json::from_slice(&bytes).map_err(broken)?;
    mask_texts(&mut value, mask);
    let bytes = serde_json::to_vec(&value).map_err(broken)?;
    Ok(Coded {
        act: body::decode(kind, Some(&bytes))?,
        ..coded
    })
}

fn mask_texts(value: &mut Value, mask: Mask) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| mask_texts(item, mask)),
        Value::Object(map) => {
            for (key, value) in map {
                match value {
                    Value::String(text) if TEXTS.contains(&key.as_str()) => *text = mask(text),
                    other => mask_texts(other, mask),
                }
            }
        }
        _ => {}
    }
}
