//! Tables on a terminal. The first rows are measured and decide the widths; then every row is written as it comes, so
//! a table of any length needs the memory of its first rows only, and of a few pieces that several threads lay out.

use std::borrow::Borrow;
use std::collections::VecDeque;
use std::io::{self, Write};

use super::layout::Layout;
use super::{Painted, Screen, wrap};
use crate::document::{Align, Column, Row, RowKind, Rows, Table, Text, Tone};
use crate::render::pieces;

/// How many rows are measured: what somebody may look through on a screen.
const MEASURED: usize = 500;

/// How wide a column that wraps should be before others are left out for it: twelve Han letters.
const READABLE: usize = 24;

/// Writes a table: its heads, unless all are empty, then its rows.
pub(super) fn write(out: &mut dyn Write, table: Table<'_>, screen: Screen) -> io::Result<()> {
    let Table {
        mut columns,
        rows: Rows(pieces),
        ..
    } = table;
    let mut pieces = VecDeque::from(pieces);
    let mut measured: Vec<Row> = Vec::new();
    while measured.len() < MEASURED
        && let Some(piece) = pieces.front_mut()
    {
        measured.extend(piece.by_ref().take(MEASURED - measured.len()));
        if measured.len() < MEASURED {
            pieces.pop_front();
        }
    }
    let more = measured.len() == MEASURED;
    let mut shown = Shown {
        cells: columns
            .iter()
            .map(|column| column.filled)
            .enumerate()
            .collect(),
        brief: false,
        brief_heads: false,
        screen,
    };
    let mut first = shown.measure(&columns, &measured);
    if first.overflows(screen) && measured.iter().any(|row| row.brief.is_some()) {
        shown.brief = true;
        first = shown.measure(&columns, &measured);
    }
    if first.crowds(&columns, screen) {
        // Rather than the table being wider than the screen, a long name takes two lines.
        let wide = first.wide(&columns);
        wide.into_iter().for_each(|at| columns[at].wrap = true);
        first = shown.measure(&columns, &measured);
    }
    if first.crowds(&columns, screen) && columns.iter().any(|column| column.brief.is_some()) {
        shown.brief_heads = true;
        first = shown.measure(&columns, &measured);
    }
    while first.crowds(&columns, screen)
        && let Some(at) = columns.iter().rposition(|column| column.spare)
    {
        columns.remove(at);
        shown.cells.remove(at);
        first = shown.measure(&columns, &measured);
    }
    let heads = first.heads;
    let layout = Layout::new(&columns, first.natural, screen.width, more);
    let lines = || Lines::new(&columns, &layout, screen.width.is_some());
    let mut first_lines = lines();
    if heads.iter().any(|head| head.width > 0) {
        first_lines.write(out, &heads)?;
    }
    for cells in &first.rows {
        first_lines.write(out, cells)?;
    }
    pieces::write(out, pieces.into(), |piece, out| {
        let mut lines = lines();
        piece
            .into_iter()
            .try_for_each(|row| lines.write_row(out, &shown, &row))
    })?;
    match shown.brief_heads {
        true => super::paragraph(out, "", &key(&columns), screen),
        false => Ok(()),
    }
}

/// What the brief heads stand for: `1=横幅 2=海报`.
fn key(columns: &[Column]) -> Text {
    let pairs = columns.iter().filter_map(|column| {
        let brief = column.brief.as_ref()?;
        Some(format!("{}={}", brief.plain(), column.head.plain()))
    });
    Text::from(pairs.collect::<Vec<_>>().join(" "))
}

/// Which cells of a row are shown, and how.
struct Shown {
    /// The places of the columns that are not left out, and whether their cells are filled.
    cells: Vec<(usize, bool)>,
    /// Whether first cells are brief.
    brief: bool,
    /// Whether heads are brief.
    brief_heads: bool,
    screen: Screen,
}

/// The heads and first rows, painted, and how wide each column would like to be.
struct Measured<'t> {
    heads: Vec<Painted<'t>>,
    rows: Vec<Vec<Painted<'t>>>,
    natural: Vec<usize>,
}

impl Measured<'_> {
    /// Whether the table is wider than the screen even where its wrapping columns are no wider than reads well.
    fn crowds(&self, columns: &[Column], screen: Screen) -> bool {
        let width = |(column, natural): (&Column, &usize)| match column.wrap {
            true => READABLE.min(*natural),
            false => *natural,
        };
        let least = columns.iter().zip(&self.natural).map(width).sum::<usize>()
            + columns.len().saturating_sub(1);
        screen.width.is_some_and(|width| least > width)
    }

    /// The columns of words that are wider than reads well.
    fn wide(&self, columns: &[Column]) -> Vec<usize> {
        let columns = columns.iter().zip(&self.natural).enumerate();
        let wide = columns.filter(|(_, (column, natural))| {
            column.align == Align::Left && !column.filled && **natural > READABLE
        });
        wide.map(|(at, _)| at).collect()
    }

    /// Whether the table is wider than the screen, even with its columns one space apart.
    fn overflows(&self, screen: Screen) -> bool {
        let least = self.natural.iter().sum::<usize>() + self.natural.len().saturating_sub(1);
        screen.width.is_some_and(|width| least > width)
    }
}

impl Shown {
    fn measure<'t>(&self, columns: &'t [Column], rows: &'t [Row]) -> Measured<'t> {
        let head = |column: &'t Column| {
            let brief = column.brief.as_ref().filter(|_| self.brief_heads);
            let head = brief.unwrap_or(&column.head);
            Painted::new(head, Tone::Strong, self.screen.colour)
        };
        let heads: Vec<Painted<'_>> = columns.iter().map(head).collect();
        let rows: Vec<Vec<Painted>> = rows.iter().map(|row| self.painted(row).collect()).collect();
        let mut natural: Vec<usize> = heads.iter().map(|head| head.width).collect();
        for cells in &rows {
            for (width, cell) in natural.iter_mut().zip(cells) {
                *width = cell.width.max(*width);
            }
        }
        Measured {
            heads,
            rows,
            natural,
        }
    }

    fn painted<'t>(&self, row: &'t Row) -> impl Iterator<Item = Painted<'t>> {
        let around = match row.kind {
            RowKind::Item => Tone::Plain,
            RowKind::Total => Tone::Strong,
        };
        let cell = move |(at, filled): &(usize, bool)| {
            let brief = row.brief.as_ref().filter(|_| self.brief && *at == 0);
            match brief.or(row.cells.get(*at)) {
                Some(text) if *filled => Painted::filled(text, self.screen.colour),
                Some(text) => Painted::new(text, around, self.screen.colour),
                None => Painted::default(),
            }
        };
        self.cells.iter().map(cell)
    }
}

/// Writes rows in columns whose widths are settled.
struct Lines {
    columns: Vec<wrap::Column>,
    gap: usize,
    line: String,
}

impl Lines {
    fn new(columns: &[Column], layout: &Layout, wrapping: bool) -> Lines {
        let Layout { widths, gap } = layout;
        let columns = columns
            .iter()
            .zip(widths)
            .map(|(column, width)| wrap::Column {
                width: *width,
                align: column.align,
                wrap: wrapping && column.wrap,
            })
            .collect();
        Lines {
            columns,
            gap: *gap,
            line: String::new(),
        }
    }

    /// Writes one row; wraps it only if a cell needs that.
    fn write_row(&mut self, out: &mut dyn Write, shown: &Shown, row: &Row) -> io::Result<()> {
        match self.lay(shown.painted(row)) {
            true => out.write_all(self.line.as_bytes()),
            false => self.write_wrapped(out, &shown.painted(row).collect::<Vec<_>>()),
        }
    }

    /// As [`Lines::write_row`], of cells painted before.
    fn write(&mut self, out: &mut dyn Write, cells: &[Painted<'_>]) -> io::Result<()> {
        match self.lay(cells.iter()) {
            true => out.write_all(self.line.as_bytes()),
            false => self.write_wrapped(out, cells),
        }
    }

    fn write_wrapped(&self, out: &mut dyn Write, cells: &[Painted<'_>]) -> io::Result<()> {
        let overflows = |(column, cell): (&wrap::Column, &Painted<'_>)| {
            column.wrap && cell.width > column.width
        };
        let text = |(column, cell): (&wrap::Column, &Painted<'_>)| {
            if overflows((column, cell)) {
                cell.broken(column.width)
            } else {
                cell.text.clone().into_owned()
            }
        };
        let texts: Vec<String> = self.columns.iter().zip(cells).map(text).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        wrap::write(out, &self.columns, &texts, self.gap)
    }

    /// Lays the cells of a row out on the line; `false` where a cell has to be wrapped.
    fn lay<'t>(&mut self, cells: impl Iterator<Item = impl Borrow<Painted<'t>>>) -> bool {
        self.line.clear();
        // Spaces wait for the words that they stand before: no line ends in any.
        let mut spaces = 0;
        for (column, cell) in self.columns.iter().zip(cells) {
            let cell = cell.borrow();
            if column.wrap && cell.width > column.width {
                return false;
            }
            let padding = column.width.saturating_sub(cell.width);
            let (before, after) = match column.align {
                Align::Left => (0, padding),
                Align::Right => (padding, 0),
            };
            if cell.text.is_empty() {
                spaces += before;
            } else {
                pad(&mut self.line, spaces + before);
                self.line.push_str(&cell.text);
                spaces = 0;
            }
            spaces += after + self.gap;
        }
        self.line.truncate(self.line.trim_end().len());
        self.line.push('\n');
        true
    }
}

/// Appends that many spaces.
fn pad(line: &mut String, mut spaces: usize) {
    const RUN: &str = "                                                                ";
    while spaces > RUN.len() {
        line.push_str(RUN);
        spaces -= RUN.len();
    }
    line.push_str(&RUN[..spaces]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Text;

    /// The line written without wrapping, and the same row by comfy-table.
    #[test]
    fn both_ways_put_columns_at_the_same_places() {
        let columns = [
            Column::left("unit", "单位"),
            Column::right("count", "件"),
            Column::left("tasks", "逾期任务").wrapping(),
        ];
        let layout = || Layout {
            widths: vec![10, 4, 30],
            gap: 2,
        };
        for cells in [
            ["塘坝村", "2", "海报12/20张 信息6月"],
            ["大排", "1024", ""],
            ["一个名称很长的单位", "1", "横幅"],
        ] {
            let row = Row::item(cells.map(Text::from).to_vec());
            let shown = Shown {
                cells: vec![(0, false), (1, false), (2, false)],
                brief: false,
                brief_heads: false,
                screen: Screen::default(),
            };
            let cells: Vec<Painted> = shown.painted(&row).collect();
            let mut lines = Lines::new(&columns, &layout(), true);
            let mut plain = Vec::new();
            lines.write(&mut plain, &cells).unwrap();
            let mut wrapped = Vec::new();
            let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_ref()).collect();
            wrap::write(&mut wrapped, &lines.columns, &texts, 2).unwrap();
            assert_eq!(
                String::from_utf8(wrapped).unwrap(),
                String::from_utf8(plain).unwrap()
            );
        }
    }
}
