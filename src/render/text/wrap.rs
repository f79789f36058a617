//! Rows that take several lines, laid out by comfy-table. Where a cell breaks, `flow` has settled; which column has
//! which width was decided before.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, ColumnConstraint, Table, Width, presets};

use crate::document::Align;

/// No column is made narrower than this by wrapping: four Han letters.
pub(super) const NARROWEST: usize = 8;

/// One column of what is wrapped.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) width: usize,
    pub(super) align: Align,
    /// Whether the column breaks its cells; if not, a cell too wide stands whole and pushes the others.
    pub(super) wrap: bool,
}

impl Column {
    /// A wrapping column of words.
    pub(super) fn left(width: usize) -> Column {
        Column {
            width,
            align: Align::Left,
            wrap: true,
        }
    }
}

/// Writes one row of cells, on as many lines as it takes. Cells hold painted text without line breaks.
pub(super) fn write(
    out: &mut dyn Write,
    columns: &[Column],
    cells: &[&str],
    gap: usize,
) -> io::Result<()> {
    let mut table = Table::new();
    // No terminal is asked for anything: the width is never more than the columns say.
    table.load_style(presets::NOTHING).force_no_tty();
    table.add_row(cells.iter().map(Cell::new).collect::<Vec<_>>());
    let last = columns.len().saturating_sub(1);
    for (at, column) in table.column_iter_mut().enumerate() {
        let Some(&Column { width, align, wrap }) = columns.get(at) else {
            break;
        };
        let padding = if at == last { 0 } else { cells_wide(gap) };
        column.set_padding((0, padding));
        column.set_cell_alignment(match align {
            Align::Left => CellAlignment::Left,
            Align::Right => CellAlignment::Right,
        });
        column.set_constraint(if wrap {
            ColumnConstraint::Absolute(Width::Fixed(cells_wide(width) + padding))
        } else {
            ColumnConstraint::LowerBoundary(Width::Fixed(cells_wide(width) + padding))
        });
    }
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn cells_wide(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX / 2)
}
