//! Series over days: what a burn-up shows. A format without pictures has the sentence and the figures at the marked days.

use super::{Block, Column, Row, Table, Text, Tone};

/// Series over the same days, counted from 0.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Chart {
    /// What it is called.
    pub title: String,
    /// What it shows, in a sentence or two, for those who cannot see it.
    pub told: String,
    /// The head of the days, where they stand in a table.
    pub head: String,
    /// The last day.
    pub last: u32,
    /// The days that are named below it.
    pub ticks: Vec<Tick>,
    /// The series, of which a later one is drawn over an earlier one.
    pub series: Vec<Series>,
    /// What happened on single days.
    pub marks: Vec<Mark>,
}

/// A day with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tick {
    /// The day.
    pub at: u32,
    /// Its name.
    pub label: String,
}

/// One amount on each day. Between days it does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Series {
    /// What it counts.
    pub name: String,
    /// What it means; of something merely expected [`Tone::Dim`], which is drawn broken.
    pub tone: Tone,
    /// The amounts, from the first day on. There may be fewer than days: what is to come is not known.
    pub amounts: Vec<u64>,
}

/// What happened on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mark {
    /// The day.
    pub at: u32,
    /// What it was.
    pub label: String,
    /// What kind of thing it was.
    pub kind: MarkKind,
}

/// Kinds of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MarkKind {
    /// An act of the office, such as a notice: a point on the last series.
    Act,
    /// A day on which much falls due: a line from top to bottom.
    Due,
}

impl Chart {
    /// What it shows without being drawn: its title, its sentence and its table.
    pub(crate) fn plain(&self) -> [Block<'static>; 3] {
        [
            Block::Line((self.title.as_str(), Tone::Strong).into()),
            Block::Line(self.told.as_str().into()),
            Block::Table(self.table()),
        ]
    }

    /// The amounts on the named days, as a table.
    fn table(&self) -> Table<'static> {
        let mut columns = vec![Column::left("day", self.head.as_str())];
        let keys = (1..).map(|at| format!("series{at}"));
        let series = self.series.iter().zip(keys);
        columns.extend(series.map(|(series, key)| Column::right(key, series.name.as_str())));
        let row = |tick: &Tick| {
            let mut cells = vec![Text::from(tick.label.as_str())];
            let at = usize::try_from(tick.at).unwrap_or(usize::MAX);
            let amounts = self.series.iter().map(|series| series.amounts.get(at));
            cells.extend(amounts.map(|amount| amount.map(Text::number).unwrap_or_default()));
            Row::item(cells)
        };
        Table::new(columns, self.ticks.iter().map(row).collect::<Vec<_>>())
    }
}
