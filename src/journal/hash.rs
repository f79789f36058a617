//! The hash of a batch's content: BLAKE3 over a canonical form with codes instead of a store's numbers, so that every store
//! computes the same.
//!
//! The form, integers little-endian: `duban.batch/1`, a zero byte, the id's 16 bytes, `at` as i64; actor, command and plan
//! digest, each with its length as u32 before it; for each entry the kind as u8, unit and task code with u16 lengths (0 where
//! there is none), the day's number as i32, the body with a u32 length (0 where there is none); at the end the count as u32.

use blake3::{Hash, Hasher};

use super::kind::Kind;
use crate::model::day::Day;
use crate::model::entry::Batch;

/// Collects a batch's content, entry by entry.
#[derive(Debug)]
pub(crate) struct Content {
    hasher: Hasher,
    buffer: Vec<u8>,
    count: u32,
}

const ENOUGH: usize = 16 * 1024;

impl Content {
    /// Begins a batch.
    pub(crate) fn new(batch: &Batch) -> Self {
        let mut content = Self {
            hasher: Hasher::new(),
            buffer: b"duban.batch/1\0".to_vec(),
            count: 0,
        };
        content.buffer.extend_from_slice(batch.id.as_bytes());
        content.buffer.extend_from_slice(&batch.at.to_le_bytes());
        for text in [&batch.actor, &batch.command, &batch.plan] {
            content.long(text.as_bytes());
        }
        content
    }

    /// Adds the next entry.
    pub(crate) fn add(
        &mut self,
        kind: Kind,
        unit: &str,
        task: &str,
        day: Day,
        body: Option<&[u8]>,
    ) {
        self.buffer.push(kind.number());
        for code in [unit, task] {
            let length = u16::try_from(code.len()).unwrap_or(u16::MAX);
            self.buffer.extend_from_slice(&length.to_le_bytes());
            self.buffer.extend_from_slice(code.as_bytes());
        }
        self.buffer.extend_from_slice(&day.number().to_le_bytes());
        self.long(body.unwrap_or_default());
        self.count += 1;
        if self.buffer.len() >= ENOUGH {
            self.hasher.update(&self.buffer);
            self.buffer.clear();
        }
    }

    fn long(&mut self, bytes: &[u8]) {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        self.buffer.extend_from_slice(&length.to_le_bytes());
        self.buffer.extend_from_slice(bytes);
    }

    /// How many entries were added.
    pub(crate) const fn count(&self) -> u32 {
        self.count
    }

    /// The hash of it all.
    pub(crate) fn finish(mut self) -> Hash {
        self.buffer.extend_from_slice(&self.count.to_le_bytes());
        self.hasher.update(&self.buffer);
        self.hasher.finalize()
    }
}

/// The hash that chains a batch to all before it in one store: of the chain hash before (zeros for the first batch) and the
/// batch's content hash.
pub(crate) fn chain(before: &[u8], content: &Hash) -> Hash {
    let mut hasher = Hasher::new();
    hasher.update(before);
    hasher.update(content.as_bytes());
    hasher.finalize()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_canonical_form_never_changes() {
        let batch = Batch {
            id: "0190163d-8694-739b-aea5-966c26f8ad91".parse().unwrap(),
            at: 1_593_766_800_000,
            actor: "王五".into(),
            command: "done".into(),
            plan: "ab".into(),
        };
        let mut content = Content::new(&batch);
        let day = "2020-06-30".parse().unwrap();
        content.add(Kind::Record, "511902101201", "banner", day, None);
        content.add(Kind::Apply, "", "", day, Some(br#"{"digest":"ab"}"#));
        let hash = content.finish();
        assert_eq!(
            hash.to_hex().as_str(),
            "42d7e985c0092e9547dbe282a8a5576b5e7b3b482ea082c12ef614a75eb13fd7"
        );
        assert_ne!(chain(&[0; 32], &hash), hash);
    }
}
