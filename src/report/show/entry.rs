//! `show RECORD`.

use serde::Serialize;

use crate::document::Document;
use crate::model::board::View;
use crate::model::entry::{Act, Proof, Seq};
use crate::query::{Error, Workspace};
use crate::report::Report;
use crate::report::frame::Frame;
use crate::report::log::{LogRow, rows, table};
use crate::report::proof::ProofRow;
use crate::report::review::RecordReview;
use crate::words::{Words, args};

/// One entry, with those that are about it.
#[derive(Debug, Serialize)]
pub(crate) struct EntrySheet {
    /// `duban.record/2`.
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

impl EntrySheet {
    /// The entry at that place of the journal.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(workspace: &Workspace, view: View, seq: Seq) -> Result<Self, Error> {
        let plan = &workspace.plan;
        let (entry, later) = workspace.entry_and_later(seq, &view)?;
        let evidence = match &entry.entry.act {
            Act::Record(record) => evidence(workspace, &record.evidence),
            _ => Vec::new(),
        };
        let others = match entry.entry.unit {
            Some(no) => rows(workspace.entries_of_unit(no, &view)?, plan),
            None => Vec::new(),
        };
        let (entry, rows) = (LogRow::of(entry, plan), rows(later, plan));
        let review = (entry.kind == "record" && entry.stands())
            .then(|| RecordReview::of(&entry, &rows, &others));
        Ok(Self {
            schema: "duban.record/2",
            frame: Frame::of(workspace, view),
            entry,
            evidence,
            review,
            rows,
        })
    }
}

/// Each piece of proof, with whether its content is at hand.
fn evidence(workspace: &Workspace, evidence: &[Proof]) -> Vec<ProofRow> {
    let found = workspace.whereabouts(evidence).into_iter();
    let found = found.map(|found| found.map(|(path, state)| (path.display().to_string(), state)));
    let rows = evidence.iter().zip(found);
    rows.map(|(proof, found)| ProofRow::new(proof, found))
        .collect()
}

impl Report for EntrySheet {
    type Row = LogRow;

    fn rows(&self) -> &[LogRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say("show-entry-title", &args!(id = self.entry.id.as_str()));
        let mut document = self.frame.document(words, name);
        document.table(table(
            words,
            std::slice::from_ref(&self.entry),
            self.frame.as_of,
            true,
        ));
        if !self.evidence.is_empty() {
            let proofs = self.evidence.iter().map(|proof| proof.told(words));
            document.list(proofs.collect());
        }
        document.line(format!("{}  {}", self.entry.batch, self.entry.at));
        if let Some(review) = &self.review {
            document.line(review.line(words));
        }
        if !self.rows.is_empty() {
            document.heading(2, words.text("show-later"), "");
            document.table(table(words, &self.rows, self.frame.as_of, false));
        }
        document
    }
}
