//! Tables on a terminal. The first rows are measured and decide the widths; then every row is written as it comes, so
//! a table of any length needs the memory of its first rows only.

use std::io::{self, Write};
use std::iter::repeat_n;

use super::layout::Layout;
use super::{Painted, Screen, wrap};
use crate::document::{Align, Column, Row, RowKind, Table, Text, Tone};

/// How many rows are measured: what somebody may look through on a screen.
const MEASURED: usize = 500;

/// Writes a table: its heads, unless all are empty, then its rows.
pub(super) fn write(out: &mut dyn Write, table: Table<'_>, screen: Screen) -> io::Result<()> {
    let Table { columns, mut rows } = table;
    let heads: Vec<Painted<'_>> = columns
        .iter()
        .map(|column| Painted::new(&column.head, Tone::Strong, screen.colour))
        .collect();
    let measured: Vec<Row> = rows.by_ref().take(MEASURED).collect();
    let nothing = Text::new();
    let first: Vec<Vec<Painted<'_>>> = measured
        .iter()
        .map(|row| painted(row, &nothing, columns.len(), screen))
        .collect();

    let mut natural: Vec<usize> = heads.iter().map(|head| head.width).collect();
    for cells in &first {
        for (width, cell) in natural.iter_mut().zip(cells) {
            *width = cell.width.max(*width);
        }
    }
    let more = first.len() == MEASURED;
    let layout = Layout::new(&columns, natural, screen.width, more);
    let mut lines = Lines::new(&columns, layout, screen.width.is_some());

    if heads.iter().any(|head| head.width > 0) {
        lines.write(out, &heads)?;
    }
    for cells in &first {
        lines.write(out, cells)?;
    }
    drop(first);
    drop(measured);
    for row in rows {
        lines.write(out, &painted(&row, &nothing, columns.len(), screen))?;
    }
    Ok(())
}

fn painted<'t>(
    row: &'t Row,
    nothing: &'t Text,
    columns: usize,
    screen: Screen,
) -> Vec<Painted<'t>> {
    let around = match row.kind {
        RowKind::Item => Tone::Plain,
        RowKind::Total => Tone::Strong,
    };
    (0..columns)
        .map(|at| Painted::new(row.cells.get(at).unwrap_or(nothing), around, screen.colour))
        .collect()
}

/// Writes rows in columns whose widths are settled.
struct Lines {
    columns: Vec<wrap::Column>,
    gap: usize,
    line: String,
}

impl Lines {
    fn new(columns: &[Column], layout: Layout, wrapping: bool) -> Lines {
        let Layout { widths, gap } = layout;
        let columns = columns
            .iter()
            .zip(widths)
            .map(|(column, width)| wrap::Column {
                width,
                align: column.align,
                wrap: wrapping && column.wrap,
            })
            .collect();
        Lines {
            columns,
            gap,
            line: String::new(),
        }
    }

    /// Writes one row; wraps it only if a cell needs that.
    fn write(&mut self, out: &mut dyn Write, cells: &[Painted<'_>]) -> io::Result<()> {
        let overflows = |(column, cell): (&wrap::Column, &Painted<'_>)| {
            column.wrap && cell.width > column.width
        };
        if self.columns.iter().zip(cells).any(overflows) {
            let texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_ref()).collect();
            return wrap::write(out, &self.columns, &texts, self.gap);
        }
        self.line.clear();
        for (at, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            if at > 0 {
                self.line.extend(repeat_n(' ', self.gap));
            }
            let padding = repeat_n(' ', column.width.saturating_sub(cell.width));
            match column.align {
                Align::Left => {
                    self.line.push_str(&cell.text);
                    self.line.extend(padding);
                }
                Align::Right => {
                    self.line.extend(padding);
                    self.line.push_str(&cell.text);
                }
            }
        }
        self.line.truncate(self.line.trim_end().len());
        self.line.push('\n');
        out.write_all(self.line.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
            let nothing = Text::new();
            let cells = painted(&row, &nothing, 3, Screen::default());
            let mut lines = Lines::new(&columns, layout(), true);
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
