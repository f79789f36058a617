//! `audit`: what looks perfunctory (疑似应付了事), for a person to verify.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Report;
use super::frame::{Frame, day_cell, hidden, listed, omitted};
use super::mask;
use crate::document::{Block, Column, Document, Photograph, Row, Table, Text, Tone};
use crate::model::audit::{Suspicion, SuspicionKind, Thresholds};
use crate::model::board::View;
use crate::model::day::Day;
use crate::query::{Audited, Exhibited, Found, Selection, Thumbnails, Workspace};
use crate::words::{Words, args};

/// A record behind a finding.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FindingRecord {
    /// What people type for it.
    pub id: String,
    /// The unit's code.
    pub unit: String,
    /// The unit's short name.
    pub unit_name: String,
    /// The task's code.
    pub task: String,
    /// The task's short name.
    pub task_name: String,
    /// The record's day.
    pub day: Day,
    /// The day on which it was recorded.
    pub recorded: Day,
    /// Who typed it.
    pub actor: String,
    /// `accepted` or `returned`, where it has a verdict.
    pub verdict: Option<&'static str>,
    /// The verdicts, by what people type for them.
    pub verdicts: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FindingRow {
    /// What people type for it.
    pub id: String,
    /// What kind of suspicion.
    pub kind: SuspicionKind,
    /// The photograph's file name.
    pub file: Option<String>,
    /// In how many bits photographs differ at most.
    pub distance: Option<u32>,
    /// The day on which the photograph was taken.
    pub taken: Option<Day>,
    /// The first day that counts for the record.
    pub opens: Option<Day>,
    /// The note that is the same.
    pub note: Option<String>,
    /// The days until it was recorded.
    pub days: Option<i32>,
    /// The records behind it.
    pub records: Vec<FindingRecord>,
    /// The photographs that it is about, for a page.
    #[serde(skip)]
    pub photographs: Vec<Shown>,
}

/// A photograph beside others.
#[derive(Clone, Debug)]
pub(crate) struct Shown {
    /// Whose and of what it is.
    pub about: String,
    /// Made small; nothing where it is not on this machine, or cannot be shown.
    pub jpeg: Option<Vec<u8>>,
}

impl FindingRecord {
    fn of(exhibited: &Exhibited) -> Self {
        let Exhibited {
            address,
            single,
            unit,
            task,
            day,
            recorded,
            actor,
            verdicts,
        } = exhibited;
        let accepted = exhibited.accepted();
        let verdicts = verdicts.iter();
        Self {
            id: address.short_id(*single),
            unit: unit.0.clone(),
            unit_name: unit.1.clone(),
            task: task.0.clone(),
            task_name: task.1.clone(),
            day: *day,
            recorded: *recorded,
            actor: mask::text(actor),
            verdict: accepted.map(|accepted| if accepted { "accepted" } else { "returned" }),
            verdicts: verdicts
                .map(|(address, single, _)| address.short_id(*single))
                .collect(),
        }
    }
}

impl FindingRow {
    /// A finding of an audit, with the records behind it.
    pub(crate) fn of(audited: &Audited, found: &Found) -> Self {
        let suspicion = &found.suspicion;
        let records = found.exhibits.iter();
        let records = records.map(|at| FindingRecord::of(&audited.exhibits[*at]));
        let mut row = Self {
            id: found.id.clone(),
            kind: suspicion.kind(),
            file: None,
            distance: None,
            taken: None,
            opens: None,
            note: None,
            days: None,
            records: records.collect(),
            photographs: Vec::new(),
        };
        match suspicion {
            Suspicion::SamePhotograph { name } => row.file = Some(mask::text(name)),
            Suspicion::Lookalike { distance } => row.distance = Some(*distance),
            Suspicion::OutsideWindow { name, taken, opens } => {
                row.file = Some(mask::text(name));
                (row.taken, row.opens) = (Some(*taken), Some(*opens));
            }
            Suspicion::SameNote { note } => row.note = Some(mask::text(note)),
            Suspicion::BackDated { days } => row.days = Some(*days),
            Suspicion::TwoVerdicts
            | Suspicion::TwoCorrections
            | Suspicion::SameRow
            | Suspicion::NoProof => {}
        }
        row
    }

    /// Shows the photographs that are at hand.
    fn show(&mut self, found: &Found, thumbnails: &Thumbnails) {
        for (record, photographs) in self.records.iter().zip(&found.photographs) {
            for photograph in photographs {
                let Some(jpeg) = thumbnails.get(&photograph.blake3) else {
                    continue;
                };
                let name = mask::text(&photograph.name);
                self.photographs.push(Shown {
                    about: format!(
                        "{} {} {} {name}",
                        record.unit_name, record.task_name, record.day
                    ),
                    jpeg: jpeg.clone(),
                });
            }
        }
    }

    /// What is suspected, in few words.
    fn more(&self, words: &Words) -> String {
        let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        match self.kind {
            SuspicionKind::SamePhotograph => self.file.clone().unwrap_or_default(),
            SuspicionKind::Lookalike => {
                let distance = self.distance.unwrap_or_default();
                words.say("audit-distance", &args!(n = distance))
            }
            SuspicionKind::OutsideWindow => {
                let recorded = self.records.first().map(|record| record.day);
                let id = match self.taken > recorded {
                    true => "audit-taken-after",
                    false => "audit-taken-before",
                };
                let args = args!(
                    file = self.file.as_deref().unwrap_or_default(),
                    day = day(self.taken),
                    opens = day(self.opens),
                    recorded = day(recorded)
                );
                words.say(id, &args)
            }
            SuspicionKind::SameNote => self.note.clone().unwrap_or_default(),
            SuspicionKind::BackDated => {
                let days = self.days.unwrap_or_default();
                words.say("audit-days", &args!(n = days))
            }
            _ => String::new(),
        }
    }

    /// The finding as the reason for which one record is returned: it names the others behind it.
    pub(crate) fn reason(&self, words: &Words, record: &str) -> String {
        let what = words.text(&format!(
            "audit-kind-{}",
            self.kind.name().replace('_', "-")
        ));
        let more = self.more(words);
        let more = if more.is_empty() {
            more
        } else {
            words.say("audit-reason-more", &args!(more = more))
        };
        let about = |record: &FindingRecord| {
            format!("{} {} {}", record.unit_name, record.task_name, record.day)
        };
        let others = self.records.iter().filter(|other| other.id != record);
        let records: Vec<String> = others.map(about).collect();
        let records = if records.is_empty() {
            String::new()
        } else {
            words.say(
                "audit-reason-records",
                &args!(records = listed(words, &records)),
            )
        };
        let args = args!(what = what, more = more, records = records);
        words.say("audit-reason", &args)
    }
}

/// What an audit found.
#[derive(Debug, Serialize)]
pub(crate) struct Audit {
    /// `duban.audit/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// In how many bits of 64 two photographs may differ and still count as alike.
    pub likeness: u32,
    /// The most days from a record's day until it was recorded.
    pub backdated: i32,
    /// Findings by kind, every kind with its number.
    pub kinds: BTreeMap<&'static str, usize>,
    /// How many were left out because all their records have a verdict.
    pub judged: usize,
    /// How many delays were left out because the records came with the import of a file.
    pub imported: usize,
    /// The findings.
    pub rows: Vec<FindingRow>,
    /// How many findings were left out, because fewer were asked for.
    pub omitted: usize,
    /// Whether the text is for a screen, which tells of commands that go on from it.
    #[serde(skip)]
    pub screen: bool,
}

impl Audit {
    /// What was found by those thresholds.
    pub(crate) fn of(
        workspace: &Workspace,
        view: View,
        selection: &Selection,
        thresholds: Thresholds,
        audited: &Audited,
        screen: bool,
    ) -> Self {
        let found = audited.found.iter();
        let rows: Vec<_> = found.map(|found| FindingRow::of(audited, found)).collect();
        let count = |kind| rows.iter().filter(|row| row.kind == kind).count();
        let kinds = SuspicionKind::ALL.iter();
        let kinds = kinds.map(|kind| (kind.name(), count(*kind)));
        Self {
            schema: "duban.audit/2",
            frame: Frame::of(workspace, view).within(selection),
            likeness: thresholds.likeness,
            backdated: thresholds.backdated,
            kinds: kinds.collect(),
            judged: audited.judged,
            imported: audited.imported,
            rows,
            omitted: 0,
            screen,
        }
    }

    /// Keeps the first so many findings.
    pub(crate) fn limit(&mut self, limit: Option<usize>) {
        if let Some(limit) = limit {
            self.omitted = super::keep(&mut self.rows, limit);
        }
    }

    /// Shows the photographs that the findings are about, as far as they are at hand.
    pub(crate) fn show(&mut self, audited: &Audited, thumbnails: &Thumbnails) {
        for (row, found) in self.rows.iter_mut().zip(&audited.found) {
            row.show(found, thumbnails);
        }
    }
}

impl Report for Audit {
    type Row = FindingRow;

    fn rows(&self) -> &[FindingRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say("audit-title", &args!(plan = self.frame.plan.short.as_str()));
        let mut document = self.frame.document(words, name);
        let summary = match self.rows.len() + self.omitted {
            0 => words.text("audit-none"),
            n => words.say("audit-summary", &args!(n = n)),
        };
        document.line(summary);
        for group in self.rows.chunk_by(|one, other| one.kind == other.kind) {
            let kind = group[0].kind.name().replace('_', "-");
            let args = args!(
                what = words.text(&format!("audit-kind-{kind}")),
                n = group.len()
            );
            document.heading(2, words.say("audit-group", &args), "");
            let rule = match group[0].kind {
                SuspicionKind::Lookalike => {
                    words.say("audit-rule-lookalike", &args!(n = self.likeness))
                }
                SuspicionKind::BackDated => {
                    words.say("audit-rule-back-dated", &args!(n = self.backdated))
                }
                SuspicionKind::TwoVerdicts => words.text("audit-rule-two-verdicts"),
                SuspicionKind::TwoCorrections => words.text("audit-rule-two-corrections"),
                SuspicionKind::SameRow => words.text("audit-rule-same-row"),
                _ => String::new(),
            };
            if !rule.is_empty() {
                document.line((rule, Tone::Dim));
            }
            document.table(table(words, group, self.frame.as_of));
            photographs(&mut document, words, group);
        }
        if let Some(omitted) = omitted(words, self.omitted) {
            document.line(omitted);
        }
        if self.screen && !self.rows.is_empty() {
            document.line(words.text("audit-next"));
        }
        for (id, n) in [
            ("audit-judged", self.judged),
            ("audit-imported", self.imported),
        ] {
            if n > 0 {
                let text = words.say(id, &args!(n = n));
                document.line(hidden(words, text, self.screen));
            }
        }
        document
    }
}

/// The photographs of each finding side by side.
fn photographs(document: &mut Document<'_>, words: &Words, findings: &[FindingRow]) {
    for finding in findings
        .iter()
        .filter(|finding| !finding.photographs.is_empty())
    {
        let what = [finding.id.clone(), finding.more(words)];
        document.line((what.join("  "), Tone::Strong));
        let photograph = |shown: &Shown| {
            let mut caption = Text::from(shown.about.as_str());
            if shown.jpeg.is_none() {
                caption.push(words.text("audit-photograph-absent"), Tone::Notice);
            }
            Photograph {
                caption,
                jpeg: shown.jpeg.clone(),
            }
        };
        let photographs = finding.photographs.iter().map(photograph);
        document
            .blocks
            .push(Block::Photographs(photographs.collect()));
    }
    let hidden = findings
        .iter()
        .filter(|finding| finding.photographs.is_empty() && finding.kind.is_of_photographs());
    let (hidden, shown) = (
        hidden.count(),
        findings
            .iter()
            .any(|finding| !finding.photographs.is_empty()),
    );
    if shown && hidden > 0 {
        document.line(words.say("audit-photographs-more", &[("n", hidden.into())]));
    }
}

/// Findings of one kind: a line a record, the id and what is suspected on the first.
fn table<'a>(words: &'a Words, findings: &'a [FindingRow], near: Day) -> Table<'a> {
    let mut columns = vec![
        Column::left("finding", words.text("head-finding")),
        Column::left("unit", words.text("head-unit")),
        Column::left("task", words.text("head-task")),
        Column::left("day", words.text("head-day")),
        Column::left("id", words.text("head-id")),
    ];
    let told = findings
        .iter()
        .any(|finding| !finding.more(words).is_empty());
    let judged = findings
        .iter()
        .flat_map(|finding| &finding.records)
        .any(|record| record.verdict.is_some());
    if told || judged {
        columns.push(Column::left("more", words.text("head-more")).wrapping());
    }
    let rows = findings.iter().flat_map(move |finding| {
        finding.records.iter().enumerate().map(move |(at, record)| {
            let first = at == 0;
            let mut more = Vec::new();
            more.extend(record.verdict.map(|verdict| {
                let verdict = match verdict {
                    "accepted" => words.text("review-is-accepted"),
                    _ => words.text("log-kind-return"),
                };
                format!("{verdict} {}", record.verdicts.join(" "))
            }));
            more.extend(Some(finding.more(words)).filter(|more| first && !more.is_empty()));
            Row::item(vec![
                Text::from(if first { finding.id.as_str() } else { "" }),
                record.unit_name.as_str().into(),
                record.task_name.as_str().into(),
                day_cell(record.day, near),
                record.id.as_str().into(),
                listed(words, &more).into(),
            ])
        })
    });
    Table::new(columns, rows)
}
