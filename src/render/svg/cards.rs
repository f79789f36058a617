//! The rows of a table below one another, as cards, where a phone is too narrow for the table: what each is about, with a bar beside
//! it, then the other cells after their heads.

use super::table::{self, Grid, LINE, SIZE, figure};
use super::{Anchor, lines, runs, width};
use crate::document::{Column, Figure, Row, Text, Tone};

/// Above and below a card.
const PAD: f64 = 6.0;
/// What of the room a name has that a bar stands beside.
const NAME: f64 = 0.5;
/// Between cells in one line.
const GAP: &str = "   ";

/// Draws the cards from that place down. Gives where they end.
pub(super) fn draw(out: &mut String, grid: &Grid, left: f64, top: f64, room: f64) -> f64 {
    let mut y = top;
    for row in &grid.rows {
        y = card(out, &grid.columns, row, left, y, room);
        out.push_str(&table::rule(left, left + room, y));
        out.push('\n');
    }
    y
}

fn card(out: &mut String, columns: &[Column], row: &Row, left: f64, top: f64, room: f64) -> f64 {
    let mut y = top + PAD;
    let mut cells = columns.iter().zip(&row.cells);
    let name = cells
        .next()
        .map(|(_, name)| name.clone())
        .unwrap_or_default();
    let rest: Vec<(&Column, &Text)> = cells.filter(|(_, cell)| !cell.is_empty()).collect();
    let bar = rest.iter().find_map(|(_, cell)| {
        let bar = figure(cell).filter(|drawing| matches!(drawing, Figure::Length { .. }));
        bar.map(|drawing| (drawing, *cell))
    });
    let beside = if bar.is_some() { room * NAME } else { room };
    if let Some((drawing, words)) = bar {
        table::draw(out, left + beside, y, room - beside, drawing, words);
    }
    for line in lines(&name, SIZE, beside - 8.0) {
        y = put(out, left, y, &line);
    }
    let is_bar = |cell: &Text| bar.is_some_and(|(_, words)| std::ptr::eq(words, cell));
    let rest = || rest.iter().filter(|(_, cell)| !is_bar(cell));
    let mut line = Text::new();
    for (column, cell) in rest().filter(|(column, cell)| !column.wrap && figure(cell).is_none()) {
        let pair = told(column, cell);
        let wide = [line.plain(), GAP.into(), pair.plain()].concat();
        if !line.is_empty() && width(&wide, SIZE) > room {
            y = put(out, left, y, &std::mem::take(&mut line));
        }
        line = if line.is_empty() {
            pair
        } else {
            line.and(GAP).and(pair)
        };
    }
    if !line.is_empty() {
        y = put(out, left, y, &line);
    }
    for (column, cell) in rest() {
        if let Some(drawing) = figure(cell) {
            table::draw(out, left, y, room, drawing, cell);
            y += LINE;
        } else if column.wrap {
            for line in lines(&told(column, cell), SIZE, room) {
                y = put(out, left, y, &line);
            }
        }
    }
    y + PAD
}

/// A line of words below that place; where the next begins.
fn put(out: &mut String, left: f64, y: f64, line: &Text) -> f64 {
    out.push_str(&runs(left, y + 15.0, SIZE, Anchor::Start, line));
    y + LINE
}

/// A cell after its head.
fn told(column: &Column, cell: &Text) -> Text {
    let head = column.head.clone().in_tone(Tone::Dim);
    head.and(" ").and(cell.clone())
}
