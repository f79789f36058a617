//! `log`: the journal's entries, newest first, with who and when.

mod row;

use std::io;
use std::ops::ControlFlow;

use serde::Serialize;

pub(crate) use row::{LogRow, told_change};

use super::Report;
use super::frame::{Frame, date, day_cell};
use crate::document::{Column, Document, Row, Table, Text, Tone, Value};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::query::{Error, LogEntry, LogQuery, Selection, Workspace};
use crate::words::{Words, args};

/// Entries of the journal.
#[derive(Serialize)]
pub(crate) struct Log<'w> {
    /// `duban.log/2`.
    pub schema: &'static str,
    /// Which plan and day.
    #[serde(flatten)]
    pub frame: Frame,
    /// The entries, newest first.
    pub rows: Vec<LogRow>,
    /// Whether older entries were left out.
    pub more: bool,
    /// Whether the answer is for a screen, where more can be asked for.
    #[serde(skip)]
    pub screen: bool,
    /// From where the rows are read, where they are not held: of a nation's journal they would take 6.7 GB.
    #[serde(skip)]
    source: Option<Source<'w>>,
}

/// What rows are read.
struct Source<'w> {
    workspace: &'w Workspace,
    query: LogQuery<'w>,
    selection: &'w Selection,
}

impl<'w> Log<'w> {
    /// The entries that a query asks for, for a `screen` or for a file.
    ///
    /// # Errors
    /// Whatever the store says.
    pub(crate) fn of(
        workspace: &Workspace,
        query: &LogQuery,
        selection: &Selection,
        view: View,
        screen: bool,
    ) -> Result<Self, Error> {
        let (told, more) = workspace.log(query, selection)?;
        Ok(Self {
            schema: "duban.log/2",
            frame: Frame::of(workspace, view).within(selection),
            rows: rows(told, &workspace.plan),
            more,
            screen,
            source: None,
        })
    }

    /// All entries that a query without a limit asks for, which are read when they are written.
    pub(crate) fn read(
        workspace: &'w Workspace,
        query: LogQuery<'w>,
        selection: &'w Selection,
        view: View,
    ) -> Self {
        Self {
            schema: "duban.log/2",
            frame: Frame::of(workspace, view).within(selection),
            rows: Vec::new(),
            more: false,
            screen: false,
            source: Some(Source {
                workspace,
                query,
                selection,
            }),
        }
    }
}

/// Entries of a plan with the names of what they are about.
pub(crate) fn rows(told: Vec<LogEntry>, plan: &Plan) -> Vec<LogRow> {
    let told = told.into_iter();
    told.map(|told| LogRow::of(told, plan)).collect()
}

/// The table of entries; `about` adds the columns of unit and task.
pub(crate) fn table<'a>(words: &'a Words, rows: &'a [LogRow], near: Day, about: bool) -> Table<'a> {
    let mut columns = vec![
        Column::left("id", words.text("head-id")),
        Column::left("at", words.text("head-at")).spare(),
        Column::left("actor", words.text("head-actor")).spare(),
        Column::left("day", words.text("head-day")),
    ];
    if about {
        columns.push(Column::left("unit", words.text("head-unit")));
        columns.push(Column::left("task", words.text("head-task")));
    }
    columns.push(Column::left("told", words.text("head-told")).wrapping());
    let rows = rows.iter().map(move |row| {
        let mut cells = vec![
            Text::from(row.id.as_str()),
            moment_cell(row).in_tone(Tone::Dim),
            Text::from(row.actor.as_str()),
            day_cell(row.day, near),
        ];
        if about {
            cells.push(Text::from(row.unit_name.clone().unwrap_or_default()));
            cells.push(Text::from(row.task_name.clone().unwrap_or_default()));
        }
        cells.push(row.told(words));
        Row::item(cells)
    });
    Table::new(columns, rows).named(words.text("log-sheet"))
}

/// The moment of recording, without year and seconds.
fn moment_cell(row: &LogRow) -> Text {
    let told = row.at.get(5..16).unwrap_or_default().replace('T', " ");
    let number = |part| row.at.get(part).and_then(|text: &str| text.parse().ok());
    let day = row.at.get(..10).and_then(|day| day.parse::<Day>().ok());
    let value = match (day, number(11..13), number(14..16)) {
        (Some(day), Some(hour), Some(minute)) => Value::Moment(date(day), hour, minute),
        _ => Value::Words,
    };
    Text::from(told).worth(value)
}

impl Report for Log<'_> {
    type Row = LogRow;

    fn rows(&self) -> &[LogRow] {
        &self.rows
    }

    fn reads_rows(&self) -> bool {
        self.source.is_some()
    }

    fn each_rows(&self, visit: &mut dyn FnMut(&[LogRow]) -> io::Result<()>) -> io::Result<()> {
        let Some(Source {
            workspace,
            query,
            selection,
        }) = &self.source
        else {
            return visit(&self.rows);
        };
        let mut written = Ok(());
        let read = workspace.log_in_pieces(query, selection, &mut |told| {
            written = visit(&rows(told, &workspace.plan));
            match &written {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        });
        read.map_err(io::Error::other).and(written)
    }

    fn document<'a>(&'a self, words: &'a Words) -> Document<'a> {
        let name = words.say("log-title", &args!(plan = self.frame.plan.short.as_str()));
        let mut document = self.frame.document(words, name);
        if self.rows.is_empty() {
            document.line(words.text("log-empty"));
        } else {
            document.table(table(words, &self.rows, self.frame.as_of, true));
        }
        if self.more {
            let id = if self.screen {
                "log-more"
            } else {
                "log-more-file"
            };
            document.line(words.say(id, &args!(n = self.rows.len())));
        }
        document
    }
}
