//! The list laid out: its heading, the table of units, and the lines under it.

use std::hint::black_box;

use super::dues::{Phrase, dues};
use super::{Lagging, LaggingRow, Movement};
use crate::document::{Column, Document, Figure, Row, Rows, Table, Text, Tone, Value};
use crate::report::frame::{listed, long_day, omitted, short_day};
use crate::words::{Phrases, Words, args};

/// Lays the list out.
pub(super) fn document<'a>(list: &'a Lagging<'a>, words: &'a Words) -> Document<'a> {
    let name = words.say(
        "lagging-title",
        &args!(plan = list.frame.plan.short.as_str()),
    );
    let mut document = list.frame.document(words, name);
    let summary = if list.units == 0 {
        words.say("lagging-none", &args!(grace = list.grace))
    } else {
        words.say(
            "lagging-summary",
            &[
                ("units", list.units.into()),
                ("n", list.obligations.into()),
                ("change", list.change(words).unwrap_or_default().into()),
                ("grace", list.grace.into()),
            ],
        )
    };
    document.line(summary);
    if !list.rows.is_empty() {
        document.blank();
        document.table(list.table(words));
    }
    if let Some(omitted) = omitted(words, list.omitted) {
        document.line(omitted);
    }
    if let Some(own) = &list.supervisor {
        let text = words.say(
            "lagging-supervisor",
            &args!(
                name = own.name(),
                n = own.overdue(),
                days = own.days(),
                dues = dues(&mut Phrases::new(words), list.frame.as_of, own.dues())
            ),
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
            &args!(days = within, units = list.soon.len()),
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

/// The most rows that have bars.
const DRAWN: usize = 500;

/// So many days beside the longest of the list.
fn bar(days: i32, longest: i32, told: &str) -> Text {
    let [amount, longest] = [days, longest].map(|days| u64::try_from(days).unwrap_or(0));
    let figure = Figure::Length {
        amount,
        longest,
        tone: Tone::Overdue,
    };
    Text::figure(figure, told).worth(Value::Number)
}

impl Lagging<'_> {
    /// How many units joined and left, where no day to compare with was asked for: what was asked for stands below.
    fn change(&self, words: &Words) -> Option<String> {
        let before = self.before.filter(|_| self.since.is_none())?;
        let args = [
            ("joined", before.joined.into()),
            ("left", before.left.into()),
        ];
        Some(words.say("lagging-change", &args))
    }

    fn table<'a>(&'a self, words: &'a Words) -> Table<'a> {
        let joined = self.before.is_some_and(|before| before.joined > 0);
        let mut columns = vec![
            Column::right("no", words.text("head-no")),
            Column::left("name", words.text("head-unit")),
            Column::right("overdue", words.text("head-count")),
            Column::left("days", words.text("head-longest")),
            Column::left("dues", words.text("head-overdue-tasks")).wrapping(),
            Column::left("reminders", words.text("head-reminders")),
            Column::left("contact", words.text("head-contact")).spare(),
        ];
        if joined {
            columns.insert(1, Column::left("joined", ""));
        }
        let longest = self.rows.iter().map(LaggingRow::days).max().unwrap_or(0);
        // Nobody looks through the bars of a list that goes on and on.
        let drawn = self.rows.len() <= DRAWN;
        let as_of = self.frame.as_of;
        let cells = move |at: usize, row: &LaggingRow, phrases: &mut Phrases<Phrase>| {
            let days = row.days();
            let told = phrases.say(Phrase::Days(days), |words| {
                words.say("lagging-days", &[("n", days.into())])
            });
            let days = match drawn {
                true => bar(days, longest, told),
                false => Text::from((told, Tone::Overdue)).worth(Value::Number),
            };
            let times = row.reminders();
            let reminders = phrases.say(Phrase::Times(times), |words| {
                words.say("lagging-times", &[("n", times.into())])
            });
            let unreminded = if times == 0 {
                Tone::Overdue
            } else {
                Tone::Plain
            };
            let reminders = Text::from((reminders, unreminded)).worth(Value::Number);
            let mut cells = vec![
                Text::number(at + 1),
                Text::from(row.name()),
                Text::number(row.overdue()),
                days,
                Text::from(dues(phrases, as_of, row.dues())),
                reminders,
                Text::from(row.contact().unwrap_or_else(|| {
                    phrases.say(Phrase::NoContact, |words| words.text("lagging-no-contact"))
                })),
            ];
            if joined {
                let new = row
                    .joined()
                    .then(|| phrases.say(Phrase::New, |words| words.text("lagging-new")));
                cells.insert(1, (new.unwrap_or_default(), Tone::Notice).into());
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
        Table::of(columns, rows).named(words.text("lagging-sheet"))
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
        Table::new(columns, rows).named(words.text("lagging-soon-sheet"))
    }

    fn closed_line(&self, words: &Words) -> String {
        let names: Vec<String> = self
            .closed
            .iter()
            .map(|row| row.name().to_string())
            .collect();
        let left: u32 = self.closed.iter().map(LaggingRow::overdue).sum();
        let args = args!(
            units = self.closed.len(),
            n = left,
            names = listed(words, &names)
        );
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
                    &args!(unit = row.name(), task = due.task.short.as_str(), day = day),
                )
            })
        });
        let names: Vec<String> = names.collect();
        words.say("lagging-returned", &args!(names = listed(words, &names)))
    }
}

impl Movement {
    fn line(&self, words: &Words) -> String {
        let names = |list: &[String]| {
            if list.is_empty() {
                String::new()
            } else {
                words.say("lagging-names", &args!(names = listed(words, list)))
            }
        };
        words.say(
            "lagging-since",
            &args!(
                day = long_day(words, self.since),
                joined = self.joined.len(),
                joinednames = names(&self.joined),
                left = self.left.len(),
                leftnames = names(&self.left)
            ),
        )
    }
}
