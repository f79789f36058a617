//! `check`: problems in the files that people write, each with its place, as compilers print them.

use serde::Serialize;

use super::{Report, mask};
use crate::document::{Document, Text, Tone};
use crate::words::{Words, args};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Weight {
    /// The file cannot be used.
    Error,
    /// The file can be used, and is probably not what was meant.
    Warning,
    /// Good to know.
    Note,
}

/// A problem with its place.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ProblemRow {
    /// How much it matters.
    pub severity: Weight,
    /// What kind of problem: the same in every language.
    pub id: &'static str,
    /// The file.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<usize>,
    /// The column, in characters from 1.
    pub column: Option<usize>,
    /// The cell of a workbook.
    pub cell: Option<String>,
    /// The key in the plan file.
    pub path: Option<String>,
    /// What it is about, by name.
    pub values: serde_json::Map<String, serde_json::Value>,
    /// What is wrong, in words.
    #[serde(skip)]
    pub message: String,
    /// What would help, in words.
    #[serde(skip)]
    pub hint: Option<String>,
    /// The line itself.
    #[serde(skip)]
    pub text: String,
    /// How many characters of the line are meant.
    #[serde(skip)]
    pub length: usize,
}

/// Every problem of plan and roster.
#[derive(Debug, Serialize)]
pub(crate) struct CheckReport {
    /// `duban.check/1`.
    pub schema: &'static str,
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// How many notes.
    pub notes: usize,
    /// The problems by file and line.
    pub rows: Vec<ProblemRow>,
}

impl CheckReport {
    /// The report of those problems.
    /// Telephone numbers are masked: rosters and lists are quoted row by row, and reports go into mails.
    pub(crate) fn new(mut rows: Vec<ProblemRow>) -> Self {
        for row in &mut rows {
            row.message = mask::text(&row.message);
            row.hint = row.hint.as_deref().map(mask::text);
            for value in row.values.values_mut() {
                if let Some(text) = value.as_str() {
                    *value = mask::text(text).into();
                }
            }
        }
        let count = |weight| rows.iter().filter(|row| row.severity == weight).count();
        Self {
            schema: "duban.check/1",
            errors: count(Weight::Error),
            warnings: count(Weight::Warning),
            notes: count(Weight::Note),
            rows,
        }
    }
}

impl Report for CheckReport {
    type Row = ProblemRow;

    fn rows(&self) -> &[ProblemRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let mut document = Document::new(words.lang().tag(), words.text("problem-title"));
        let counts = args!(
            errors = self.errors,
            warnings = self.warnings,
            notes = self.notes
        );
        if self.rows.is_empty() {
            document.line(words.text("problem-none"));
            return document;
        }
        let counts = words.say("problem-counts", &counts);
        // Of more than fits a screen the end is not what somebody sees first.
        if self.rows.len() > SCREEN {
            document.line((counts.as_str(), Tone::Strong));
            document.blank();
        }
        for row in &self.rows {
            let (id, tone) = match row.severity {
                Weight::Error => ("problem-error", Tone::Overdue),
                Weight::Warning => ("problem-warning", Tone::Soon),
                Weight::Note => ("problem-note", Tone::Dim),
            };
            let mut text = Text::default();
            text.push(words.text(id), tone);
            text.push(row.message.as_str(), Tone::Strong);
            document.line(text);
            if let Some(place) = place(row) {
                document.pre(place);
            }
            if let Some(hint) = &row.hint {
                document.line(words.say("problem-hint", &args!(hint = hint.as_str())));
            }
            document.blank();
        }
        document.line((counts, Tone::Strong));
        document
    }
}

/// How many problems fit a screen of 24 lines: each takes some six.
const SCREEN: usize = 4;

/// The place of a problem: file, line and column, then the line with the spot marked.
fn place(row: &ProblemRow) -> Option<String> {
    let file = row.file.as_ref()?;
    let spot = match (&row.cell, row.line, row.column) {
        (Some(cell), _, _) => format!("{file} {cell}"),
        (None, Some(line), Some(column)) => format!("{file}:{line}:{column}"),
        (None, Some(line), None) => format!("{file}:{line}"),
        (None, None, _) => file.clone(),
    };
    let Some(line) = row
        .line
        .filter(|_| !row.text.is_empty() && row.cell.is_none())
    else {
        return Some(format!("  --> {spot}"));
    };
    let number = line.to_string();
    let pad = " ".repeat(number.len());
    let part = |from: usize, length: usize| -> String {
        let letters = row.text.chars().skip(from).take(length);
        let shown: String = letters.map(|c| if c == '\t' { ' ' } else { c }).collect();
        mask::text(&shown)
    };
    // What is meant is masked apart from what stands around it, so that the marks stay under it.
    let start = row.column.map_or(0, |column| column - 1);
    let length = row.length.max(1);
    let (before, meant) = (part(0, start), part(start, length));
    let after = part(start + length, usize::MAX);
    let mut lines = format!("{pad} --> {spot}\n{pad} |\n{number} | {before}{meant}{after}");
    if row.column.is_some() {
        let width = |text: &str| Text::from(text).width();
        let marks = "^".repeat(width(&meant).max(1));
        lines.push_str(&format!("\n{pad} | {}{marks}", " ".repeat(width(&before))));
    }
    Some(lines)
}

/// The questions that a plan leaves open.
#[derive(Debug, Serialize)]
pub(crate) struct OpenReport {
    /// `duban.open/1`.
    pub schema: &'static str,
    /// The questions in the order of the plan.
    pub rows: Vec<OpenRow>,
}

/// One open question.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OpenRow {
    /// The task's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The clause.
    pub clause: String,
    /// The source's words.
    pub text: String,
    /// The question.
    pub question: String,
}

impl Report for OpenReport {
    type Row = OpenRow;

    fn rows(&self) -> &[OpenRow] {
        &self.rows
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let mut document = Document::new(words.lang().tag(), words.text("problem-open-title"));
        for (at, row) in self.rows.iter().enumerate() {
            let line = words.say(
                "problem-open",
                &args!(
                    no = at + 1,
                    clause = row.clause.as_str(),
                    name = row.name.as_str(),
                    question = row.question.as_str()
                ),
            );
            document.line((line, Tone::Strong));
            if !row.text.is_empty() {
                document.line(words.say("problem-open-text", &args!(text = row.text.as_str())));
            }
        }
        if self.rows.is_empty() {
            document.line(words.text("problem-open-none"));
        }
        document
    }
}
