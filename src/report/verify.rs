//! `verify`: what was looked at, and every row that is not what was written.

use serde::Serialize;

use super::Report;
use super::mask;
use super::notice::CHAIN;
use crate::document::{Column, Document, Row, Table, Text, Tone};
use crate::model::entry::Address;
use crate::query::{Finding, JournalFound, Verification, Wrong};
use crate::words::Words;

/// A row with which something is wrong.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FindingRow {
    /// `changed`, `missing`, `inserted`, `moved`, `derived` (not what the journal gives) or `unreadable`.
    pub wrong: &'static str,
    /// The table; `evidence`, `file` or `line` for what stands in none.
    pub table: &'static str,
    /// The row by its key; of evidence the file's name.
    pub row: String,
    /// The id of the entry, or of the batch.
    pub id: Option<String>,
    /// What is wrong with the line of an exported journal.
    pub detail: Option<String>,
}

impl FindingRow {
    fn of(finding: &Finding) -> Self {
        let id = |(address, whole): (Address, bool)| address.short_id(whole);
        Self {
            wrong: match finding.wrong {
                Wrong::Changed => "changed",
                Wrong::Missing => "missing",
                Wrong::Inserted => "inserted",
                Wrong::Moved => "moved",
                Wrong::Derived => "derived",
            },
            table: finding.table,
            // What somebody put there by hand may say anything.
            row: mask::text(&finding.row),
            id: finding.address.map(id),
            detail: None,
        }
    }
}

/// A notice, and what it stands on.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct StandingNotice {
    /// Its number.
    pub number: u32,
    /// The first digits of the chain hash before it: what its documents print.
    pub stands_on: String,
}

/// The files that prove records.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct EvidenceFigures {
    /// Here, as they were recorded.
    pub present: u64,
    /// Not on this machine.
    pub absent: u64,
    /// Here, and not as they were recorded.
    pub altered: u64,
    /// Here, and cannot be read.
    pub unreadable: u64,
}

/// What was verified, and what was found.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Verify {
    /// `duban.verify/1`.
    pub schema: &'static str,
    /// The plan's id, as far as it is known.
    pub plan: Option<String>,
    /// Whether nothing is wrong.
    pub sound: bool,
    /// The version of the store's form; null for a journal that was exported.
    pub form: Option<i64>,
    /// How many batches.
    pub batches: u64,
    /// How many entries.
    pub entries: u64,
    /// The chain hash of the last batch: it stands for the whole journal.
    pub chain: Option<String>,
    /// Whether what derives was compared with what the journal gives: only where nothing else is wrong.
    pub compared: bool,
    /// The files that prove records.
    pub evidence: EvidenceFigures,
    /// Each notice whose documents are kept here.
    pub notices: Vec<StandingNotice>,
    /// How many rows are wrong; of very many only the first are listed.
    pub found: u64,
    /// What is wrong.
    pub rows: Vec<FindingRow>,
}

impl Verify {
    /// What was found of a store.
    pub(crate) fn of(found: &Verification) -> Self {
        let Verification {
            plan,
            store,
            evidence,
        } = found;
        let file = |wrong| {
            move |name: &String| FindingRow {
                wrong,
                table: "evidence",
                row: mask::text(name),
                id: None,
                detail: None,
            }
        };
        let rows = store.findings.iter().map(FindingRow::of);
        let rows = rows.chain(evidence.altered.iter().map(file("changed")));
        let rows = rows.chain(evidence.unreadable.iter().map(file("unreadable")));
        let rows: Vec<FindingRow> = rows.collect();
        let notices = store.notices.iter().map(|(number, before)| StandingNotice {
            number: *number,
            stands_on: before.to_hex().chars().take(CHAIN).collect(),
        });
        Self {
            schema: "duban.verify/1",
            plan: plan.as_ref().map(ToString::to_string),
            sound: found.is_sound(),
            form: Some(store.version),
            batches: store.batches,
            entries: store.entries,
            chain: store.chain.map(|chain| chain.to_hex().to_string()),
            compared: store.compared,
            evidence: EvidenceFigures {
                present: evidence.present,
                absent: evidence.absent,
                altered: evidence.altered.len() as u64,
                unreadable: evidence.unreadable.len() as u64,
            },
            notices: notices.collect(),
            found: rows.len() as u64 + store.more,
            rows,
        }
    }

    /// What was found of a journal that was exported; `why` says in words what is wrong with a line.
    pub(crate) fn of_journal(found: &JournalFound, why: Option<String>) -> Self {
        let rows: Vec<FindingRow> = found
            .fault
            .iter()
            .map(|error| FindingRow {
                wrong: "changed",
                table: "line",
                row: error.line.to_string(),
                id: None,
                detail: why.as_deref().map(mask::text),
            })
            .collect();
        Self {
            schema: "duban.verify/1",
            plan: Some(found.plan.to_string()),
            sound: rows.is_empty(),
            form: None,
            batches: found.batches,
            entries: found.entries,
            chain: found.chain.clone(),
            compared: false,
            evidence: EvidenceFigures::default(),
            notices: Vec::new(),
            found: rows.len() as u64,
            rows,
        }
    }
}

/// The rows with which something is wrong.
fn findings(rows: &[FindingRow], words: &Words) -> Table<'static> {
    let columns = vec![
        Column::left("table", words.text("head-what")),
        Column::right("row", words.text("head-row")),
        Column::left("id", words.text("head-id")),
        Column::left("wrong", words.text("head-wrong")).wrapping(),
    ];
    let rows: Vec<Row> = rows
        .iter()
        .map(|row| {
            let wrong = words.text(&format!("verify-wrong-{}", row.wrong));
            let wrong = row.detail.clone().unwrap_or(wrong);
            Row::item(vec![
                words.text(&format!("verify-table-{}", row.table)).into(),
                row.row.as_str().into(),
                row.id.clone().unwrap_or_default().into(),
                wrong.into(),
            ])
        })
        .collect();
    Table::new(columns, rows)
}

impl Report for Verify {
    type Row = FindingRow;

    fn rows(&self) -> &[FindingRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let title = words.text("verify-title");
        let mut document = Document::new(words.lang().tag(), title.clone());
        document.heading(
            1,
            (title, Tone::Strong),
            self.plan.clone().unwrap_or_default(),
        );
        let verdict: Text = if self.sound {
            (words.text("verify-sound"), Tone::Done).into()
        } else {
            let args = [("n", self.found.into())];
            (words.say("verify-found", &args), Tone::Overdue).into()
        };
        document.line(verdict);
        let args = [
            ("batches", self.batches.into()),
            ("entries", self.entries.into()),
        ];
        document.line(words.say("verify-walked", &args));
        if let Some(chain) = &self.chain {
            let chain: String = chain.chars().take(CHAIN).collect();
            document.line(words.say("verify-chain", &[("hash", chain.into())]));
        }
        for notice in &self.notices {
            let args = [
                ("number", notice.number.into()),
                ("hash", notice.stands_on.as_str().into()),
            ];
            document.line(words.say("verify-notice", &args));
        }
        let EvidenceFigures {
            present,
            absent,
            altered,
            unreadable,
        } = self.evidence;
        if present + absent + altered + unreadable > 0 {
            let args = [
                ("present", present.into()),
                ("absent", absent.into()),
                ("altered", (altered + unreadable).into()),
            ];
            document.line(words.say("verify-evidence", &args));
        }
        if !self.rows.is_empty() {
            document.blank();
            document.table(findings(&self.rows, words));
            let more = self.found - self.rows.len() as u64;
            if more > 0 {
                document.line(words.say("verify-more", &[("n", more.into())]));
            }
        }
        if self.form.is_some() && !self.compared {
            document.line(words.text("verify-not-compared"));
        }
        document
    }
}

/// What a repair did.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Repair {
    /// `duban.repair/1`.
    pub schema: &'static str,
    /// What was not what the journal gives, and now is.
    pub rows: Vec<FindingRow>,
}

impl Repair {
    /// What was repaired.
    pub(crate) fn of(changed: &[Finding]) -> Self {
        Self {
            schema: "duban.repair/1",
            rows: changed.iter().map(FindingRow::of).collect(),
        }
    }

    /// What cannot be, for standard error.
    pub(crate) fn left(left: &[Finding], words: &Words) -> Document<'static> {
        let rows: Vec<FindingRow> = left.iter().map(FindingRow::of).collect();
        let mut document = Document::new(words.lang().tag(), "");
        document.table(findings(&rows, words));
        document
    }
}

impl Report for Repair {
    type Row = FindingRow;

    fn rows(&self) -> &[FindingRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let title = match self.rows.len() {
            0 => words.text("verify-nothing-to-repair"),
            n => words.say("verify-repaired", &[("n", n.into())]),
        };
        let mut document = Document::new(words.lang().tag(), title.clone());
        document.line(title);
        if !self.rows.is_empty() {
            document.table(findings(&self.rows, words));
        }
        document
    }
}
