//! The list laid out: its heading, the table of units, and the lines under it.

use std::hint::black_box;

use super::dues::{Phrase, dues};
use super::{Lagging, LaggingRow, Movement};
use crate::document::{Column, Document, Row, Rows, Table, Text, Tone};
use crate::report::frame::{listed, long_day, short_day};
use crate::words::{Phrases, Words};

/// Lays the list out.
pub(super) fn document<'a>(list: &'a Lagging<'a>, words: &'a Words) -> Document<'a> {
    let name = words.say(
        "lagging-title",
        &[("plan", list.frame.plan.short.as_str().into())],
    );
    let mut document = list.frame.document(words, name);
    let summary = if list.units == 0 {
        words.say("lagging-none", &[("grace", list.grace.into())])
    } else {
        words.say(
            "lagging-summary",
            &[
                ("units", list.units.into()),
                ("n", list.obligations.into()),
                ("grace", list.grace.into()),
            ],
        )
    };
    document.line(summary);
    if !list.rows.is_empty() {
        document.table(list.table(words));
    }
    if let Some(own) = &list.supervisor {
        let text = words.say(
            "lagging-supervisor",
            &[
                ("name", own.name().into()),
                ("n", own.overdue().into()),
                ("days", own.days().into()),
                (
                    "dues",
                    dues(&mut Phrases::new(words), list.frame.as_of, own.dues()).into(),
                ),
            ],
        );
        document.line((text, Tone::Overdue));
    }
    if !list.returned.is_empty() {
        document.line((list.returned_line(words), Tone::Returned));
    }
    if !list.closed.is_empty() {
        document.line(list.closed_line(words));
    }
    if let Some(within) = list.within {
        let text = words.say(
            "lagging-soon",
            &[("days", within.into()), ("units", list.soon.len().into())],
        );
        document.line(text);
        if !list.soon.is_empty() {
            document.table(list.soon_table(words));
        }
    }
    if let Some(movement) = &list.since {
        document.line(movement.line(words));
    }
    document
}

/// Units that follow one another on the list lie far apart in memory, because the list is sorted. So many of them are touched at a
/// time, so that the processor fetches them all at once and does not wait for each in its turn. Without it `lagging` at 650,000 units
/// takes 702 ms of processor time instead of 588. To measure it again: run that, with and without the loop that calls `glance`.
const GLANCE: usize = 64;

impl Lagging<'_> {
    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        // Before anybody was reminded the column would be empty.
        let told = self.reminded;
        let mut columns = vec![
            Column::right("no", words.text("head-no")),
            Column::left("name", words.text("head-unit")),
            Column::right("overdue", words.text("head-count")),
            Column::right("days", words.text("head-longest")),
            Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
            Column::left("contact", words.text("head-contact")),
        ];
        if told {
            columns.insert(5, Column::right("reminders", words.text("head-reminders")));
        }
        let as_of = self.frame.as_of;
        let cells = move |at: usize, row: &LaggingRow, phrases: &mut Phrases<Phrase>| {
            let days = row.days();
            let longest = phrases.say(Phrase::Days(days), |words| {
                words.say("lagging-days", &[("n", days.into())])
            });
            let mut cells = vec![
                Text::number(at + 1),
                Text::from(row.name()),
                Text::number(row.overdue()),
                Text::from((longest, Tone::Overdue)),
                Text::from(dues(phrases, as_of, row.dues())),
                Text::from(row.contact().unwrap_or_else(|| {
                    phrases.say(Phrase::NoContact, |words| words.text("lagging-no-contact"))
                })),
            ];
            if told {
                let times = Some(row.reminders()).filter(|times| *times > 0);
                let times = times.map_or("", |times| {
                    phrases.say(Phrase::Times(times), |words| {
                        words.say("lagging-times", &[("n", times.into())])
                    })
                });
                cells.insert(5, Text::from(times));
            }
            Row::item(cells)
        };
        let rows = Rows::about(&self.rows, move |first, rows| {
            let mut phrases = Phrases::new(words);
            let rows = rows.chunks(GLANCE).flat_map(|rows| {
                rows.iter().for_each(|row| {
                    black_box(row.glance());
                });
                rows
            });
            let rows = rows.zip(first..);
            rows.map(move |(row, at)| cells(at, row, &mut phrases))
        });
        Table { columns, rows }
    }

    fn soon_table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let columns = vec![
            Column::left("name", words.text("head-unit")),
            Column::right("n", words.text("head-count")),
            Column::left("dues", words.text("head-soon-tasks")).wrapping(),
        ];
        let mut phrases = Phrases::new(words);
        let rows = self.soon.iter().map(move |row| {
            let cells = vec![
                Text::from(row.name()),
                Text::number(row.dues().len()),
                dues(&mut phrases, self.frame.as_of, row.dues()).into(),
            ];
            Row::item(cells)
        });
        Table::new(columns, rows)
    }

    fn closed_line(&self, words: &Words) -> String {
        let names: Vec<String> = self
            .closed
            .iter()
            .map(|row| row.name().to_string())
            .collect();
        let left: u32 = self.closed.iter().map(LaggingRow::overdue).sum();
        let args = [
            ("units", self.closed.len().into()),
            ("n", left.into()),
            ("names", listed(words, &names).into()),
        ];
        words.say("lagging-closed", &args)
    }

    fn returned_line(&self, words: &Words) -> String {
        let names = self.returned.iter().flat_map(|row| {
            row.dues().iter().map(move |due| {
                let day = due
                    .returned
                    .map(|day| short_day(day, self.frame.as_of))
                    .unwrap_or_default();
                words.say(
                    "lagging-returned-item",
                    &[
                        ("unit", row.name().into()),
                        ("task", due.task.short.as_str().into()),
                        ("day", day.into()),
                    ],
                )
            })
        });
        let names: Vec<String> = names.collect();
        words.say(
            "lagging-returned",
            &[("names", listed(words, &names).into())],
        )
    }
}

impl Movement {
    fn line(&self, words: &Words) -> String {
        let names = |list: &[String]| {
            if list.is_empty() {
                String::new()
            } else {
                words.say("lagging-names", &[("names", listed(words, list).into())])
            }
        };
        words.say(
            "lagging-since",
            &[
                ("day", long_day(words, self.since).into()),
                ("joined", self.joined.len().into()),
                ("joinednames", names(&self.joined).into()),
                ("left", self.left.len().into()),
                ("leftnames", names(&self.left).into()),
            ],
        )
    }
}
