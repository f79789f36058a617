//! Every task as a bar of what it is made of.

use super::super::Weekly;
use super::not_due;
use crate::document::{Column, Document, Figure, Part, Row, RowKind, Table, Text, Tone};
use crate::report::frame::{listed, percent, short_day};
use crate::report::status::{Figures, StatusRow};
use crate::words::Words;

/// Every task of which something has come, as a bar of what it is made of.
pub(super) fn tasks<'a>(week: &'a Weekly, words: &'a Words, document: &mut Document<'a>) {
    let near = week.frame.as_of;
    document.heading(2, words.text("weekly-head-tasks"), "");
    document.line(legend(words));
    let columns = vec![
        Column::left("name", words.text("head-task")).wrapping(),
        Column::left("due", words.text("head-due")),
        Column::right("expected", words.text("head-expected")),
        Column::right("completed", words.text("head-completed")),
        Column::right("completion_rate", words.text("head-rate")),
        Column::left("parts", words.text("weekly-head-parts")),
    ];
    let line = move |name: Text, due: String, figures: &Figures, kind| {
        let cells = vec![
            name,
            due.into(),
            Text::number(figures.expected),
            Text::number(figures.completed),
            percent(figures.completion_rate).into(),
            parts(words, figures),
        ];
        Row {
            cells,
            kind,
            brief: None,
        }
    };
    let shown = |row: &&StatusRow| row.figures.expected > 0;
    let rows = week.status.rows.iter().filter(shown).map(move |row| {
        let due = row.due.map(|due| short_day(due, near)).unwrap_or_default();
        let line = line(row.name.as_str().into(), due, &row.figures, RowKind::Item);
        match &row.short {
            Some(short) => line.or_brief(short.as_str()),
            None => line,
        }
    });
    let total = line(
        words.text("head-total").into(),
        String::new(),
        &week.status.total,
        RowKind::Total,
    );
    document.table(Table::new(columns, rows.chain(std::iter::once(total))));
    let folded = week.status.rows.iter().filter(|row| !shown(row)).count();
    not_due(words, folded, document);
}

/// The standings that bars are made of, with their tones.
const PARTS: [(&str, Tone); 4] = [
    ("standing-done", Tone::Done),
    ("standing-late", Tone::Late),
    ("standing-returned", Tone::Returned),
    ("standing-overdue", Tone::Overdue),
];

/// What the tones of bars stand for.
fn legend(words: &Words) -> Text {
    let mut text = Text::new();
    for (at, (id, tone)) in PARTS.into_iter().enumerate() {
        if at > 0 {
            text.push(words.text("format-list-separator"), Tone::Dim);
        }
        text.push(words.text(id), tone);
    }
    text
}

/// What a task's expected obligations are made of.
fn parts(words: &Words, figures: &Figures) -> Text {
    let counts = [
        figures.on_time,
        figures.late,
        figures.returned,
        figures.overdue,
    ];
    let all = PARTS.into_iter().zip(counts).filter(|(_, n)| *n > 0);
    let told: Vec<String> = all
        .clone()
        .map(|((id, _), n)| format!("{} {n}", words.text(id)))
        .collect();
    let parts = all.map(|((_, tone), n)| Part::new(n, tone)).collect();
    Text::figure(Figure::Share(parts), listed(words, &told))
}
