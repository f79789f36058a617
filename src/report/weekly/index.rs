//! The index of weeks that were told: a folder for each, and a page that lists them with what they said then.

use serde::Deserialize;

use crate::document::{Column, Document, Figure, Row, Table, Text};
use crate::model::day::Day;
use crate::model::tally::Rate;
use crate::report::frame::{percent, short_day};
use crate::words::Words;

/// What was told of a week, as far as the index tells it: a part of `duban.report/1`.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Told {
    plan: Plan,
    as_of: Day,
    week: Span,
    status: Status,
    lagging: Lagging,
    waiting: Waiting,
    series: Vec<DayTold>,
}

#[derive(Clone, Debug, Deserialize)]
struct Plan {
    id: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Span {
    year: i32,
    number: u32,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Status {
    total: Total,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Total {
    expected: u64,
    completed: u64,
    on_time: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Lagging {
    units: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct Waiting {
    total: u64,
}

#[derive(Clone, Copy, Debug, Deserialize)]
struct DayTold {
    expected: u64,
    completed: u64,
}

impl Told {
    /// Reads what was told of a week of that plan; `None` where it is no such thing.
    pub(crate) fn read(json: &[u8], plan: &str) -> Option<Self> {
        let told: Self = serde_json::from_slice(json).ok()?;
        (told.plan.id == plan).then_some(told)
    }
}

/// The index. `weeks` are the folders with what was told, `page` the file in each of them that people read.
pub(crate) fn index(
    words: &Words,
    heading: &str,
    mut weeks: Vec<(String, Told)>,
    page: &str,
) -> Document<'static> {
    weeks.sort_by_key(|(_, told)| std::cmp::Reverse((told.week.year, told.week.number)));
    let name = words.say("weekly-index-title", &[("plan", heading.into())]);
    let mut document = Document::new(words.lang().tag(), name.clone());
    document.heading(1, name, "");
    let columns = vec![
        Column::left("week", words.text("weekly-head-week")),
        Column::right("as_of", words.text("weekly-head-as-of")),
        Column::right("completed", words.text("weekly-head-part")),
        Column::right("completion_rate", words.text("head-rate")),
        Column::right("on_time_rate", words.text("weekly-head-on-time")),
        Column::right("lagging", words.text("weekly-head-behind")),
        Column::right("waiting", words.text("weekly-head-waiting")),
        Column::left("series", words.text("weekly-head-days")),
    ];
    let near = weeks.first().map(|(_, told)| told.as_of);
    let rows = weeks.into_iter().map(|(folder, told)| {
        let total = told.status.total;
        let of = format!("{}/{}", total.completed, total.expected);
        let args = [
            ("year", told.week.year.to_string().into()),
            ("number", told.week.number.into()),
        ];
        let week = words.say("weekly-index-week", &args);
        let rate = |part| percent(Rate::new(part, total.expected));
        let curve = Figure::Curve {
            expected: told.series.iter().map(|day| day.expected).collect(),
            done: told.series.iter().map(|day| day.completed).collect(),
        };
        Row::item(vec![
            Text::figure(Figure::Link(format!("{folder}/{page}")), week),
            short_day(told.as_of, near.unwrap_or(told.as_of)).into(),
            of.as_str().into(),
            rate(total.completed).into(),
            rate(total.on_time).into(),
            Text::number(told.lagging.units),
            Text::number(told.waiting.total),
            Text::figure(curve, of),
        ])
    });
    document.table(Table::new(columns, rows.collect::<Vec<_>>()));
    document
}
