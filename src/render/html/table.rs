//! Tables of a page. Where the screen is narrow their rows are cards, whose cells are named by the style sheet, so that a long table
//! says each head once. How wide a table is, is estimated from its first rows: paper has no room beside it.

use std::collections::VecDeque;
use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{class, escaped, inline};
use crate::document::{Align, Column, Figure, Row, RowKind, Rows, Table, Text};
use crate::render::pieces;

/// How many rows are measured.
const MEASURED: usize = 200;

/// What fits on a page and on a turned one in letters of the usual size, and on a turned one in the smallest.
const UPRIGHT: f64 = 58.0;
const TURNED: f64 = 150.0;

/// What fits on a screen beside a board's names before its heads are set upright.
const SCREEN: f64 = 54.0;

/// What a column of words that wrap can do with, and what it had better have.
const LEAST: f64 = 9.0;
const WISHED: f64 = 16.0;

/// How wide the bar of the greatest amount is on paper.
const BAR: f64 = 3.0;

/// The most columns whose cells the style sheet can name.
const NAMED: usize = 16;

/// Writes a table; `label` says what it is, where it may be scrolled.
pub(super) fn write(out: &mut dyn Write, table: Table<'_>, label: &str) -> io::Result<()> {
    let Table { columns, rows, .. } = table;
    let Rows(pieces) = rows;
    let mut pieces = VecDeque::from(pieces);
    let first = pieces.front_mut();
    let first: Vec<Row> = first
        .into_iter()
        .flat_map(|piece| piece.take(MEASURED))
        .collect();
    let shape = Shape::of(&columns, &first);
    write!(out, "<div class=\"{}\"", shape.classes())?;
    let style = shape.style(&columns);
    if !style.is_empty() {
        write!(out, " style=\"{}\"", escaped(&style))?;
    }
    if shape.board {
        write!(
            out,
            " role=\"region\" tabindex=\"0\" aria-label=\"{}\"",
            escaped(label)
        )?;
    }
    write!(out, "><table>\n<thead><tr>")?;
    for column in &columns {
        let class = head_class(column);
        // A head without words heads nothing: a screen reader is not to announce it.
        match column.head.is_empty() {
            true => write!(out, "<td{class}></td>")?,
            false => write!(
                out,
                "<th scope=\"col\"{class}>{}</th>",
                inline(&column.head)
            )?,
        }
    }
    writeln!(out, "</tr></thead>\n<tbody>")?;
    let name = shape.name;
    let mut above = vec![Text::new(); columns.len()];
    first
        .into_iter()
        .try_for_each(|row| write_row(out, &columns, name, row, &mut above))?;
    // Only the first piece may begin with a row that goes on with one above: it was cut for measuring.
    pieces::write(out, pieces.into(), |piece, out| {
        let mut above = above.clone();
        piece
            .into_iter()
            .try_for_each(|row| write_row(out, &columns, name, row, &mut above))
    })?;
    writeln!(out, "</tbody>\n</table></div>")
}

/// Writes a row. A cell that goes on with the one above says the same once more, for a card: `above` holds what the joined columns said last.
fn write_row(
    out: &mut dyn Write,
    columns: &[Column],
    name: Option<usize>,
    row: Row,
    above: &mut [Text],
) -> io::Result<()> {
    out.write_all(match row.kind {
        RowKind::Item => b"<tr>",
        RowKind::Total => b"<tr class=\"total\">",
    })?;
    let mut cells = row.cells.into_iter();
    for (at, (column, above)) in columns.iter().zip(above).enumerate() {
        let mut text = cells.next().unwrap_or_default();
        let mut class = cell_class(column);
        if column.joined && row.kind == RowKind::Item {
            match text.is_empty() && !above.is_empty() {
                true => (text, class) = (above.clone(), " class=\"again\""),
                false => above.clone_from(&text),
            }
        }
        if column.filled {
            write!(
                out,
                "<td class=\"{}\">{}</td>",
                mark_class(&text),
                escaped(&text.plain())
            )?;
        } else if name == Some(at) && !text.is_empty() {
            write!(out, "<th scope=\"row\"{class}>{}</th>", inline(&text))?;
        } else {
            write!(out, "<td{class}>{}</td>", inline(&text))?;
        }
    }
    writeln!(out, "</tr>")
}

/// Words break between any two Han letters, so a cell that may not wrap has to say so.
fn cell_class(column: &Column) -> &'static str {
    match column.align {
        Align::Left if !column.wrap => " class=\"whole\"",
        Align::Left => "",
        Align::Right => " class=\"number\"",
    }
}

fn head_class(column: &Column) -> &'static str {
    match column.align {
        _ if column.filled => " class=\"mark\"",
        Align::Left => "",
        Align::Right => " class=\"number\"",
    }
}

/// A mark's ground has the colour of its tone.
fn mark_class(text: &Text) -> String {
    let tone = text.0.first().and_then(|span| class(span.tone));
    format!("mark {}", tone.unwrap_or_default())
        .trim_end()
        .to_string()
}

/// What a table looks like as a whole.
struct Shape {
    /// Whether it has marks: it is never made cards.
    board: bool,
    /// Whether the heads of its marks are set from top to bottom.
    tall: bool,
    /// The column that says what each row is about.
    name: Option<usize>,
    /// About how wide it is at least, in letters.
    least: f64,
    /// The same where words that wrap have the room that they had better have.
    wished: f64,
}

impl Shape {
    fn of(columns: &[Column], rows: &[Row]) -> Self {
        let board = columns.iter().any(|column| column.filled);
        let measured = |tall: bool, wrapped: f64| {
            let widths = columns.iter().enumerate();
            widths
                .map(|(at, column)| letters(column, at, rows, tall, wrapped))
                .sum::<f64>()
        };
        let tall = board && measured(false, LEAST) > SCREEN;
        Shape {
            board,
            tall,
            // A mark may stand before the name.
            name: columns
                .iter()
                .position(|column| column.key == "name")
                .or_else(|| {
                    columns
                        .iter()
                        .position(|column| column.align == Align::Left && !column.filled)
                }),
            least: measured(tall, LEAST),
            wished: measured(tall, WISHED),
        }
    }

    fn classes(&self) -> String {
        let mut classes = String::from("table");
        for (is, class) in [
            (self.board, "board"),
            (!self.board, "rows"),
            (self.tall, "tall"),
            (self.least > UPRIGHT, "turned"),
            (self.least > TURNED, "squeezed"),
        ] {
            if is {
                classes.push(' ');
                classes.push_str(class);
            }
        }
        classes
    }

    /// How wide it is, and the names of its cells, for the style sheet.
    fn style(&self, columns: &[Column]) -> String {
        let mut style = String::new();
        // A page takes 48 letters of the usual size, a turned one 71.
        let most = if self.least > UPRIGHT { 71.0 } else { UPRIGHT };
        let letters = self.wished.min(most).max(self.least);
        if letters > 46.0 {
            style.push_str(&format!("--em:{:.0};", letters.min(TURNED)));
        }
        if self.board {
            return style;
        }
        for (at, column) in columns.iter().enumerate().take(NAMED) {
            let head = column.head.plain();
            if self.name != Some(at) && !head.trim().is_empty() {
                style.push_str(&format!("--h{}:\"{}\";", at + 1, in_string(&head)));
            }
        }
        style
    }
}

/// How many letters wide a column is with the space beside it.
fn letters(column: &Column, at: usize, rows: &[Row], tall: bool, wrapped: f64) -> f64 {
    let cells = rows.iter().filter_map(|row| row.cells.get(at));
    if column.filled {
        let head = if tall { 1.0 } else { wide(&column.head) };
        return cells.map(wide).fold(head.max(1.0), f64::max) + 1.2;
    }
    let cell = |text: &Text| {
        let figures = text.0.iter().filter_map(|span| span.figure.as_deref());
        let drawn = figures.filter_map(|figure| match figure {
            Figure::Share(_) | Figure::Curve { .. } => Some(7.0),
            Figure::Length { .. } => Some(BAR + wide(text)),
            Figure::Track(_) => Some(12.0),
            Figure::Link(_) | Figure::Find(_) => None,
        });
        drawn
            .fold(None, |widest: Option<f64>, width| {
                Some(widest.map_or(width, |widest| widest.max(width)))
            })
            .unwrap_or_else(|| wide(text))
    };
    let widest = cells.map(cell).fold(wide(&column.head), f64::max);
    let widest = if column.wrap {
        widest.min(wrapped)
    } else {
        widest
    };
    widest + 1.0
}

/// About how wide words are, in Han letters: Latin letters and digits are wider than half of one where they are bold.
fn wide(text: &Text) -> f64 {
    let plain = text.plain();
    let han = plain.chars().filter(|letter| letter.width() == Some(2));
    let han = han.count();
    han as f64 + plain.width().saturating_sub(2 * han) as f64 * 0.6
}

/// Words fit for a string in a style sheet.
fn in_string(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            ' ' => out.push(' '),
            _ if letter.is_alphanumeric() => out.push(letter),
            _ => out.push_str(&format!("\\{:x} ", u32::from(letter))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_go_into_the_style_as_strings() {
        assert_eq!(in_string("任务 a1"), "任务 a1");
        assert_eq!(
            in_string("\";}</style>"),
            "\\22 \\3b \\7d \\3c \\2f style\\3e "
        );
        assert_eq!(in_string("a\n\\"), "a\\a \\5c ");
    }

    #[test]
    fn a_wide_table_turns_the_page() {
        #[track_caller]
        fn case(columns: usize, wide: usize, marks: bool, expected: &str) {
            let mut all = vec![Column::left("name", "单位")];
            let column = |at: usize| match marks {
                true => Column::marks(at.to_string(), "微信公众号"),
                false => Column::left(at.to_string(), "微信"),
            };
            all.extend((0..columns).map(column));
            let cells = (0..=columns).map(|_| Text::from("字".repeat(wide)));
            let row = Row::item(cells.collect());
            assert_eq!(Shape::of(&all, &[row]).classes(), expected);
        }
        case(3, 4, false, "table rows");
        case(12, 4, false, "table rows turned");
        case(40, 4, false, "table rows turned squeezed");
        case(8, 1, true, "table board");
        case(24, 1, true, "table board tall");
        case(60, 1, true, "table board tall turned");
    }
}
