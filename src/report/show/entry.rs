//! `show RECORD`.

use serde::Serialize;

use crate::document::{Block, Document, Text};
use crate::report::Report;
use crate::report::frame::Frame;
use crate::report::log::{LogRow, table};
use crate::report::proof::ProofRow;
use crate::report::review::RecordReview;
use crate::words::Words;

/// One entry, with those that are about it.
#[derive(Debug, Serialize)]
pub struct EntrySheet {
    /// `duban.record/1`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The entry.
    pub entry: LogRow,
    /// Its proof, and whether it is at hand.
    pub evidence: Vec<ProofRow>,
    /// Where it stands with review, where it is a record that was not undone.
    pub review: Option<RecordReview>,
    /// What was said of it later: reviews, undos.
    pub rows: Vec<LogRow>,
}

impl Report for EntrySheet {
    type Row = LogRow;

    fn rows(&self) -> &[LogRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say("show-entry-title", &[("id", self.entry.id.as_str().into())]);
        let mut blocks = self.frame.heading(words, &name);
        blocks.push(Block::Table(table(
            words,
            std::slice::from_ref(&self.entry),
            self.frame.as_of,
            true,
        )));
        if !self.evidence.is_empty() {
            let proofs = self.evidence.iter().map(|proof| proof.told(words));
            blocks.push(Block::List(proofs.collect()));
        }
        blocks.push(Block::Line(
            format!("{}  {}", self.entry.batch, self.entry.at).into(),
        ));
        if let Some(review) = &self.review {
            blocks.push(Block::Line(review.line(words)));
        }
        if !self.rows.is_empty() {
            blocks.push(Block::Heading {
                level: 2,
                text: words.text("show-later").into(),
                aside: Text::default(),
            });
            blocks.push(Block::Table(table(
                words,
                &self.rows,
                self.frame.as_of,
                false,
            )));
        }
        Document {
            lang: words.lang().tag().to_string(),
            title: name,
            blocks,
        }
    }
}
