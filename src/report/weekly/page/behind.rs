//! Who lags.

use std::collections::HashSet;

use super::super::Weekly;
use crate::document::{Column, Document, Figure, Row, Table, Text, Tone};
use crate::report::lagging::LaggingRow;
use crate::words::Words;

/// How many overdue obligations of a unit are named where there are many units: each has one line, so that all fit a sheet of paper.
const MANY_DUES: usize = 1;

/// Who lags, the first `most` by name: how many, how long, with what, whether anybody reminded them, and whom to call.
pub(super) fn behind<'a>(
    week: &'a Weekly,
    words: &'a Words,
    most: usize,
    document: &mut Document<'a>,
) {
    let lagging = &week.lagging;
    let rows: Vec<&LaggingRow> = lagging.rows.iter().chain(&lagging.supervisor).collect();
    document.heading(2, words.text("weekly-head-who"), "");
    if rows.is_empty() {
        document.line(words.text("weekly-none-behind"));
        return;
    }
    let more = rows.len().saturating_sub(most);
    let longest = rows.iter().map(|row| row.days()).max().unwrap_or(0);
    let joined = lagging.since.iter().flat_map(|it| &it.joined);
    let joined: HashSet<&str> = joined.map(String::as_str).collect();
    let near = week.frame.as_of;
    let amount = |days: i32| u64::try_from(days).unwrap_or(0);
    let many = week.is_grouped();
    let mut columns = vec![Column::left("name", words.text("head-unit"))];
    if many {
        columns.push(Column::left("area", words.text("head-area")));
    }
    columns.extend([
        Column::right("overdue", words.text("weekly-head-overdue")),
        Column::left("days", words.text("head-longest")),
        Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
        Column::left("reminders", words.text("head-reminders")),
        Column::left("contact", words.text("head-contact")),
    ]);
    let rows = rows.into_iter().take(most).map(move |row| {
        let mut name = Text::from((row.name(), Tone::Strong));
        if joined.contains(row.name()) {
            name.push(" ", Tone::Plain);
            name.push(words.text("weekly-new"), Tone::Notice);
        }
        let mut cells = vec![name];
        if many {
            cells.push(row.area().unwrap_or_default().into());
        }
        let length = Figure::Length {
            amount: amount(row.days()),
            longest: amount(longest),
            tone: Tone::Overdue,
        };
        let days = words.say("weekly-n-days", &[("n", row.days().into())]);
        cells.extend([
            Text::number(row.overdue()),
            Text::figure(length, days),
            match many.then_some(()).and(row.dues().get(..MANY_DUES)) {
                Some(first) => {
                    let rest = row.dues().len() - first.len();
                    let args = [("n", rest.into())];
                    let more = words.say("weekly-more-dues", &args);
                    let told = row.told(words, near, first);
                    if rest > 0 {
                        format!("{told} {more}")
                    } else {
                        told
                    }
                    .into()
                }
                None => row.told(words, near, row.dues()).into(),
            },
            match row.reminders() {
                0 => (words.text("weekly-not-reminded"), Tone::Overdue).into(),
                n => words.say("lagging-times", &[("n", n.into())]).into(),
            },
            match row.contact() {
                None => (words.text("lagging-no-contact"), Tone::Overdue).into(),
                Some(contact) => contact.into(),
            },
        ]);
        Row::item(cells)
    });
    document.table(Table::new(columns, rows.collect::<Vec<_>>()));
    if more > 0 {
        document.line(words.say("weekly-more-behind", &[("n", more.into())]));
    }
}
