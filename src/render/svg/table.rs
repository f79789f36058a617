//! Tables in a picture: marks with a filled ground, drawings, and words that wrap where a column may.

use std::io;

use super::page::TooTall;
use super::{Anchor, Length, lines, rect, runs, text, track, width};
use crate::document::{Align, Column, Figure, Part, Row, RowKind, Table, Text, Tone};
use crate::render::html::class;

/// The size of letters.
pub(super) const SIZE: f64 = 14.0;
/// From one line of a cell to the next, and above and below.
pub(super) const LINE: f64 = 20.0;
const PAD: f64 = 3.0;
/// Between columns of words, and between marks.
const GAP: f64 = 14.0;
const NARROW: f64 = 2.0;
/// How wide drawings are, and how narrow words that wrap get.
const FIGURE: f64 = 150.0;
const TRACK: f64 = 200.0;
const WRAPPED: f64 = 170.0;
/// From which width on the heads of marks are set from top to bottom.
const WIDE: f64 = 760.0;
/// The most rows; a picture of more would be taller than any may be.
const ROWS: usize = 700;

/// A table with the widths that its columns would like.
pub(super) struct Grid {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
    widths: Vec<f64>,
    /// Whether the heads of marks go from top to bottom.
    tall: bool,
}

impl Grid {
    pub(super) fn of(table: Table<'_>) -> io::Result<Self> {
        let Table { columns, rows, .. } = table;
        let mut rows = rows.into_iter();
        let first: Vec<Row> = rows.by_ref().take(ROWS).collect();
        if rows.next().is_some() {
            return Err(io::Error::other(TooTall));
        }
        let mut grid = Grid {
            widths: Vec::new(),
            tall: false,
            columns,
            rows: first,
        };
        grid.measure();
        if grid.width() > WIDE && grid.is_board() {
            grid.tall = true;
            grid.measure();
        }
        Ok(grid)
    }

    fn measure(&mut self) {
        let columns = self.columns.iter().enumerate();
        let natural = |(at, column): (usize, &Column)| {
            let head = width(&column.head.plain(), SIZE);
            if column.filled {
                return if self.tall {
                    24.0
                } else {
                    (head + 6.0).max(24.0)
                };
            }
            let cells = self.rows.iter().filter_map(|row| row.cells.get(at));
            let widest = cells.map(wished).fold(head, f64::max);
            if column.wrap {
                widest.min(WRAPPED)
            } else {
                widest
            }
        };
        self.widths = columns.map(natural).collect();
    }

    /// Whether it has marks, which stand in columns and nowhere else.
    pub(super) fn is_board(&self) -> bool {
        self.columns.iter().any(|column| column.filled)
    }

    /// How wide it is at least.
    pub(super) fn width(&self) -> f64 {
        let gaps = self.columns.iter().map(gap).sum::<f64>();
        self.widths.iter().sum::<f64>() + gaps
    }

    /// Draws it from that place; what room is left goes to the columns that wrap. Gives where it ends.
    pub(super) fn draw(mut self, out: &mut String, left: f64, top: f64, room: f64) -> f64 {
        let spare = (room - self.width()).max(0.0);
        let wrapping = self.columns.iter().filter(|column| column.wrap).count();
        for (width, column) in self.widths.iter_mut().zip(&self.columns) {
            if column.wrap {
                *width += spare / wrapping as f64;
            }
        }
        let right = left + self.width() - self.columns.last().map_or(0.0, gap);
        let mut y = top;
        if self.columns.iter().any(|column| !column.head.is_empty()) {
            y = self.heads(out, left, y);
            out.push_str(&rule(left, right, y));
        }
        for row in &self.rows {
            y = self.row(out, left, y, row);
            if !self.is_board() {
                out.push_str(&rule(left, right, y));
            }
            out.push('\n');
        }
        y
    }

    fn heads(&self, out: &mut String, left: f64, top: f64) -> f64 {
        let plain = |column: &Column| column.head.plain();
        let longest = |column: &Column| match self.tall && column.filled {
            true => upright(&plain(column)),
            false => LINE,
        };
        let height = self.columns.iter().map(longest).fold(LINE, f64::max) + 2.0 * PAD;
        let bottom = top + height - PAD - 5.0;
        let mut x = left;
        for (column, width) in self.columns.iter().zip(&self.widths) {
            let head = column.head.clone().in_tone(Tone::Strong);
            match column.align {
                _ if column.filled && self.tall => out.push_str(&downwards(
                    x + width / 2.0,
                    top + PAD,
                    bottom,
                    &plain(column),
                )),
                _ if column.filled => {
                    out.push_str(&runs(x + width / 2.0, bottom, SIZE, Anchor::Middle, &head))
                }
                Align::Left => out.push_str(&runs(x, bottom, SIZE, Anchor::Start, &head)),
                Align::Right => out.push_str(&runs(x + width, bottom, SIZE, Anchor::End, &head)),
            }
            x += width + gap(column);
        }
        out.push('\n');
        top + height
    }

    fn row(&self, out: &mut String, left: f64, top: f64, row: &Row) -> f64 {
        let nothing = Text::new();
        let cells = self.columns.iter().zip(&self.widths).enumerate();
        let laid: Vec<(&Column, f64, &Text, Vec<Text>)> = cells
            .map(|(at, (column, width))| {
                let text = row.cells.get(at).unwrap_or(&nothing);
                let text_lines = match (figure(text).is_some(), column.wrap) {
                    (true, _) => Vec::new(),
                    (false, true) => lines(text, SIZE, *width),
                    (false, false) => vec![text.clone()],
                };
                (column, *width, text, text_lines)
            })
            .collect();
        let most = laid
            .iter()
            .map(|(.., lines)| lines.len())
            .max()
            .unwrap_or(1)
            .max(1);
        let height = most as f64 * LINE + 2.0 * PAD;
        let mut x = left;
        for (column, width, text, lines) in laid {
            if column.filled {
                mark(out, x, top + 1.0, width, height - 2.0, text);
            } else if let Some(drawing) = figure(text) {
                draw(out, x, top + PAD, width, drawing, text);
            } else {
                for (at, line) in lines.into_iter().enumerate() {
                    let line = match row.kind {
                        RowKind::Item => line,
                        RowKind::Total => line.in_tone(Tone::Strong),
                    };
                    let y = top + PAD + at as f64 * LINE + 15.0;
                    let (x, anchor) = match column.align {
                        Align::Left => (x, Anchor::Start),
                        Align::Right => (x + width, Anchor::End),
                    };
                    out.push_str(&runs(x, y, SIZE, anchor, &line));
                }
            }
            x += width + gap(column);
        }
        top + height
    }
}

fn gap(column: &Column) -> f64 {
    if column.filled { NARROW } else { GAP }
}

pub(super) fn figure(text: &Text) -> Option<&Figure> {
    let figures = text.0.iter().find_map(|span| span.figure.as_deref());
    // A picture leads nowhere, and a small curve says little more than its words.
    figures.filter(|figure| {
        !matches!(
            figure,
            Figure::Link(_) | Figure::Find(_) | Figure::Curve { .. }
        )
    })
}

fn wished(text: &Text) -> f64 {
    match figure(text) {
        Some(Figure::Track(_)) => TRACK,
        Some(Figure::Share(_) | Figure::Length { .. }) => FIGURE,
        _ => width(&text.plain(), SIZE),
    }
}

/// A letter on the ground of its tone.
fn mark(out: &mut String, x: f64, y: f64, width: f64, height: f64, text: &Text) {
    let Some(span) = text.0.first().filter(|span| !span.text.is_empty()) else {
        return;
    };
    let class = class(span.tone).unwrap_or("plain");
    out.push_str(&rect(&format!("mark {class}"), x, y, width, height));
    let (middle, y) = (x + width / 2.0, y + 17.0);
    let class = format!("on {class}");
    out.push_str(&self::text(
        middle,
        y,
        SIZE,
        Anchor::Middle,
        &class,
        &text.plain(),
    ));
}

/// A drawing at that place, with its words where they stand beside it.
pub(super) fn draw(out: &mut String, x: f64, y: f64, width: f64, drawing: &Figure, words: &Text) {
    match drawing {
        Figure::Share(parts) => share(out, x, y, width, parts),
        Figure::Length {
            amount,
            longest,
            tone,
        } => {
            let part = *amount as f64 / (*longest).max(1) as f64;
            let length = (part.min(1.0) * width * 0.6).max(3.0);
            let class = class(*tone).unwrap_or("plain");
            out.push_str(&rect(&format!("part {class}"), x, y + 5.0, length, 10.0));
            let words = words.clone().in_tone(*tone);
            out.push_str(&runs(
                x + length + 6.0,
                y + 15.0,
                SIZE,
                Anchor::Start,
                &words,
            ));
        }
        Figure::Track(days) => out.push_str(&format!(
            "<g class=\"track\" transform=\"translate({} {}) scale({:.3})\">{}</g>",
            Length(x),
            Length(y + 4.0),
            width / track::WIDTH,
            track::drawn(days)
        )),
        Figure::Link(_) | Figure::Find(_) | Figure::Curve { .. } => {}
    }
}

/// Parts as wide as their share, but wide enough for their number.
fn share(out: &mut String, x: f64, y: f64, room: f64, parts: &[Part]) {
    const SMALL: f64 = 11.5;
    let parts: Vec<&Part> = parts.iter().filter(|part| part.count > 0).collect();
    let least = |part: &Part| width(&part.count.to_string(), SMALL) + 6.0;
    let whole: f64 = parts.iter().map(|part| part.count as f64).sum();
    let free = room - parts.iter().map(|part| least(part) + 1.0).sum::<f64>();
    let mut x = x;
    for part in parts {
        let wide = least(part) + free.max(0.0) * part.count as f64 / whole;
        let class = class(part.tone).unwrap_or("plain");
        out.push_str(&rect(&format!("part {class}"), x, y + 1.0, wide, 18.0));
        let count = part.count.to_string();
        out.push_str(&text(
            x + wide / 2.0,
            y + 14.0,
            SMALL,
            Anchor::Middle,
            "count",
            &count,
        ));
        x += wide + 1.0;
    }
}

pub(super) fn rule(left: f64, right: f64, y: f64) -> String {
    let (left, right, y) = (Length(left), Length(right), Length(y));
    format!("<line class=\"rule\" x1=\"{left}\" x2=\"{right}\" y1=\"{y}\" y2=\"{y}\"/>")
}

/// How tall a head is that goes from top to bottom.
fn upright(head: &str) -> f64 {
    match head.is_ascii() {
        true => width(head, SIZE) + 6.0,
        false => head.chars().count() as f64 * (SIZE + 2.0),
    }
}

/// A head from top to bottom: Han letters stand below one another, others are turned.
fn downwards(x: f64, top: f64, bottom: f64, head: &str) -> String {
    if head.is_ascii() {
        let words = text(0.0, 0.0, SIZE, Anchor::Start, "strong", head);
        let (x, y) = (Length(x + 5.0), Length(bottom));
        return format!("<g transform=\"translate({x} {y}) rotate(-90)\">{words}</g>");
    }
    let from = bottom - upright(head) + SIZE + 2.0;
    let letters = head.chars().enumerate().map(|(at, letter)| {
        let y = from.max(top) + at as f64 * (SIZE + 2.0);
        text(x, y, SIZE, Anchor::Middle, "strong", &letter.to_string())
    });
    letters.collect()
}
