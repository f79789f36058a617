//! One part as a sheet: lines above, the table, lines below. What does not fit on one goes on on the next.

use std::iter::Peekable;

use compact_str::CompactString;
use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatType, ExcelDateTime, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::looks::{BAR, Content, Look, Looks, filled, ground, inked};
use super::number;
use super::part::{Line, Part, Rank};
use super::words::{self, Names};
use crate::document::{Align, Column, Date, Figure, Row, RowKind, Rows, Table, Text, Tone, Value};

/// So many rows are looked at for the widths of columns before the first is written.
const MEASURED: usize = 1_000;
/// Up to so many cells a table is held in memory; a longer one goes through a file that the system removes.
const MOST_HELD: usize = 1_000_000;
/// A column is at least and at most so many digits wide, a column that wraps somewhat more.
const NARROW: usize = 5;
const WIDE: usize = 40;
const WIDE_WRAPPED: usize = 64;
/// How wide a sheet without a table is: as wide as paper, since a program that makes columns fit a page does not make one column fit.
const PAGE: usize = 84;
/// Lines above and below a narrower table go on over empty columns.
const LINE: usize = 60;
/// How wide an empty column is.
const EMPTY: usize = 8;
/// What does not fit on an upright page is printed on one that lies.
const UPRIGHT: usize = 96;
/// Up to so many rows stay in sight above the rows that move.
const MOST_FROZEN: u32 = 12;
/// From so many columns on the names stay in sight too.
const MANY_COLUMNS: usize = 7;
/// The paper's number in the file format.
const A4: u8 = 9;

/// One sheet while it is written.
pub(super) struct Sheet<'w> {
    sheet: &'w mut Worksheet,
    looks: &'w mut Looks,
    widths: &'w [usize],
    row: u32,
}

/// What is known of a column when all its cells are written.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// The tone of its numbers that are not nought.
    tone: Tone,
    /// Whether all its numbers are shares of a hundred.
    share: Option<bool>,
    /// The tone of the bars that are drawn beside its numbers.
    bar: Option<Tone>,
}

impl Sheet<'_> {
    /// Writes a part, on as many sheets as it takes.
    pub(super) fn write(
        workbook: &mut Workbook,
        looks: &mut Looks,
        names: &mut Names,
        part: Part<'_>,
        most_rows: u32,
    ) -> Result<(), XlsxError> {
        let Part {
            name,
            above,
            table,
            below,
        } = part;
        let Some(Table {
            marks,
            columns,
            rows,
            ..
        }) = table
        else {
            let sheet = workbook.add_worksheet();
            let mut sheet = Sheet {
                sheet,
                looks,
                widths: &[PAGE],
                row: 0,
            };
            sheet.sheet.set_name(names.next(&name))?;
            sheet.lines(&above)?;
            return sheet.print(None);
        };
        let (measured, rest, is_long) = peek(rows, columns.len());
        let widths = widths(&columns, &measured);
        let mut rows = measured.into_iter().chain(rest).peekable();
        // The lines below need room on the last sheet.
        let room = u32::try_from(below.len() + 1).unwrap_or(u32::MAX);
        let last_row = most_rows.saturating_sub(room);
        let mut first = true;
        loop {
            let sheet = match is_long {
                true => workbook.add_worksheet_with_constant_memory()?,
                false => workbook.add_worksheet(),
            };
            let mut sheet = Sheet {
                sheet,
                looks,
                widths: &widths,
                row: 0,
            };
            sheet.sheet.set_name(names.next(&name))?;
            if first {
                sheet.lines(&above)?;
            }
            sheet.table(&columns, &marks, &mut rows, last_row)?;
            first = false;
            if rows.peek().is_none() {
                if !below.is_empty() {
                    sheet.row += 1;
                    sheet.lines(&below)?;
                }
                return Ok(());
            }
        }
    }

    /// Lines across the whole width.
    fn lines(&mut self, lines: &[Line]) -> Result<(), XlsxError> {
        let table: usize = self.widths.iter().sum();
        let beside = LINE.saturating_sub(table).div_ceil(EMPTY);
        let whole = table + beside * EMPTY;
        let last = u16::try_from(self.widths.len() + beside).unwrap_or(u16::MAX) - 1;
        for line in lines {
            let look = Look::Line(line.rank, tone(&line.text));
            let format = self.looks.get(&look);
            let text = words::cell(&line.text.plain());
            match last {
                0 => {
                    self.sheet
                        .write_string_with_format(self.row, 0, &text, format)?;
                }
                last => {
                    self.sheet
                        .merge_range(self.row, 0, self.row, last, &text, format)?;
                }
            }
            // Programs make rows fit, but not those whose cells are one.
            let (height, letter) = match line.rank {
                Rank::Title => (26, 3),
                Rank::Head => (21, 2),
                Rank::Aside | Rank::Words => (18, 2),
            };
            let rows = (text.width() * letter).div_ceil(whole.max(1) * 2).max(1);
            let rows = u32::try_from(rows).unwrap_or(u32::MAX).min(20);
            self.sheet.set_row_height(self.row, height * rows)?;
            self.row += 1;
        }
        Ok(())
    }

    /// The head of a table and its rows, as long as there is room, with all that keeps a sheet in order.
    fn table(
        &mut self,
        columns: &[Column],
        marks: &[Text],
        rows: &mut Peekable<impl Iterator<Item = Row>>,
        last_row: u32,
    ) -> Result<(), XlsxError> {
        let head = columns.iter().any(|column| !column.head.is_empty());
        let head = head.then_some(self.row);
        if head.is_some() {
            let format = self.looks.get(&Look::Head);
            for (at, column) in (0..).zip(columns) {
                let text = words::cell(&column.head.plain());
                self.sheet
                    .write_string_with_format(self.row, at, &text, format)?;
            }
            self.row += 1;
        }
        let first = self.row;
        let mut items = None;
        let mut seen = vec![Seen::default(); columns.len()];
        while self.row < last_row.max(first + 1)
            && let Some(row) = rows.next()
        {
            let total = row.kind == RowKind::Total;
            for (at, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
                self.cell(at, cell, column, total, &mut seen[at])?;
            }
            if !total {
                items = Some(self.row);
            }
            self.row += 1;
        }
        if let Some(last) = items {
            self.rules(columns, marks, &seen, first, last)?;
            if let Some(head) = head {
                self.sheet.autofilter(head, 0, last, last_column(columns))?;
            }
        }
        if let Some(head) = head {
            let names = columns
                .iter()
                .position(|column| column.align == Align::Left);
            let names = names.filter(|_| columns.len() >= MANY_COLUMNS);
            let names = names.map_or(0, |at| u16::try_from(at + 1).unwrap_or(0));
            if head < MOST_FROZEN {
                self.sheet.set_freeze_panes(head + 1, names)?;
            }
        }
        self.print(head)
    }

    fn cell(
        &mut self,
        at: usize,
        text: &Text,
        column: &Column,
        total: bool,
        seen: &mut Seen,
    ) -> Result<(), XlsxError> {
        let place = u16::try_from(at).map_err(|_| XlsxError::RowColumnLimitError)?;
        let (content, held) = content(text, column);
        let mut tone = tone(text);
        if let Held::Number(number) = held {
            if number != 0.0 && tone != Tone::Plain {
                seen.tone = tone;
            }
            let is_share = matches!(&content, Content::Number(pattern) if pattern.ends_with('%'));
            seen.share = Some(seen.share.unwrap_or(true) && is_share);
            seen.bar = seen.bar.or(length(text));
        }
        // What colours numbers and marks is a rule.
        if matches!(content, Content::Number(_) | Content::Mark) {
            tone = Tone::Plain;
        }
        let format = self.looks.get(&Look::Cell {
            content,
            align: column.align,
            tone,
            total,
        });
        let (sheet, row) = (&mut *self.sheet, self.row);
        match &held {
            Held::Number(number) => sheet.write_number_with_format(row, place, *number, format)?,
            Held::Time(time) => sheet.write_datetime_with_format(row, place, time, format)?,
            Held::Words(words) if words.is_empty() => sheet.write_blank(row, place, format)?,
            Held::Words(words) => sheet.write_string_with_format(row, place, words, format)?,
        };
        Ok(())
    }

    /// The rules by which cells are coloured, whatever somebody makes of them.
    fn rules(
        &mut self,
        columns: &[Column],
        marks: &[Text],
        seen: &[Seen],
        first: u32,
        last: u32,
    ) -> Result<(), XlsxError> {
        let columns: Vec<(u16, &Column)> = (0..).zip(columns).collect();
        for run in columns.chunk_by(|(_, one), (_, next)| one.filled == next.filled) {
            let [(from, column), ..] = run else { continue };
            if !column.filled {
                continue;
            }
            let to = from + u16::try_from(run.len() - 1).unwrap_or(0);
            for mark in marks {
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::EqualTo(mark.plain()))
                    .set_format(filled(tone(mark)));
                self.sheet
                    .add_conditional_format(first, *from, last, to, &rule)?;
            }
        }
        for ((at, _), seen) in columns.iter().zip(seen) {
            if seen.tone != Tone::Plain {
                let rule = ConditionalFormatCell::new()
                    .set_rule(ConditionalFormatCellRule::NotEqualTo(0))
                    .set_format(inked(seen.tone));
                self.sheet
                    .add_conditional_format(first, *at, last, *at, &rule)?;
            }
            let bar = ConditionalFormatDataBar::new()
                .set_minimum(ConditionalFormatType::Number, 0)
                .set_solid_fill(true)
                .set_border_off(true);
            let bar = match (seen.share, seen.bar) {
                (Some(true), _) => Some(
                    bar.set_maximum(ConditionalFormatType::Number, 1)
                        .set_fill_color(BAR),
                ),
                (_, Some(tone)) => Some(bar.set_fill_color(ground(tone))),
                _ => None,
            };
            if let Some(rule) = bar {
                self.sheet
                    .add_conditional_format(first, *at, last, *at, &rule)?;
            }
        }
        Ok(())
    }

    /// The widths of the columns, and how it is printed: on A4, no column cut, the head on every page.
    fn print(&mut self, head: Option<u32>) -> Result<(), XlsxError> {
        let mut whole = 0;
        for (at, width) in (0..).zip(self.widths) {
            whole += width;
            let width = u32::try_from(*width).unwrap_or(u32::MAX);
            self.sheet.set_column_width(at, f64::from(width))?;
        }
        let sheet = &mut *self.sheet;
        sheet
            .set_paper_size(A4)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            .set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3)
            .set_footer("&C&P / &N");
        if whole > UPRIGHT {
            sheet.set_landscape();
        }
        if let Some(head) = head {
            sheet.set_repeat_rows(head, head)?;
        }
        Ok(())
    }
}

/// What a cell holds.
enum Held {
    Number(f64),
    Time(ExcelDateTime),
    Words(String),
}

/// What a text is as a cell.
fn content(text: &Text, column: &Column) -> (Content, Held) {
    let words = match text.0.as_slice() {
        [span] => span.text.clone(),
        _ => CompactString::from(text.plain()),
    };
    match value(text) {
        Value::Number => {
            if let Some((number, pattern)) = number::read(&words) {
                return (Content::Number(pattern), Held::Number(number));
            }
        }
        Value::Day(day) => {
            if let Some(day) = day_of(day) {
                return (Content::Day, Held::Time(day));
            }
        }
        Value::Moment(day, hour, minute) => {
            let moment = day_of(day).map(|day| day.and_hms(hour.into(), minute, 0));
            if let Some(Ok(moment)) = moment {
                return (Content::Moment, Held::Time(moment));
            }
        }
        Value::Words => {}
    }
    let words = words::cell(&words);
    let content = match column.filled {
        true => Content::Mark,
        false if words::is_formula_like(&words) => Content::Quoted,
        false => Content::Words,
    };
    (content, Held::Words(words))
}

/// The first rows, the others, and whether all of them are too many to be held.
fn peek(rows: Rows<'_>, columns: usize) -> (Vec<Row>, impl Iterator<Item = Row>, bool) {
    let most = rows.0.iter().try_fold(0_usize, |sum, piece| {
        let (_, most) = piece.size_hint();
        sum.checked_add(most?)
    });
    let mut rows = rows.into_iter();
    let measured: Vec<Row> = rows.by_ref().take(MEASURED).collect();
    let is_short = measured.len() < MEASURED;
    let cells = most.and_then(|rows| rows.checked_mul(columns));
    let is_long = !is_short && cells.is_none_or(|cells| cells > MOST_HELD);
    (measured, rows, is_long)
}

/// How wide the columns are, in digits.
fn widths(columns: &[Column], rows: &[Row]) -> Vec<usize> {
    let column = |(at, column): (usize, &Column)| {
        // The arrow of the filter stands in the head.
        let head = column.head.width() + 3;
        let shown = |cell: &Text| match value(cell) {
            Value::Day(_) => 10,
            Value::Moment(..) => 16,
            Value::Words => cell.width() + 1,
            Value::Number => cell.width(),
        };
        let cells = rows.iter().filter_map(|row| row.cells.get(at).map(shown));
        let widest = cells.max().unwrap_or(0) + 1;
        let most = if column.wrap { WIDE_WRAPPED } else { WIDE };
        // A long head wraps, rather than making a column of letters wide.
        let head = head.min(widest.max(14));
        widest.max(head).clamp(NARROW, most)
    };
    columns.iter().enumerate().map(column).collect()
}

fn last_column(columns: &[Column]) -> u16 {
    u16::try_from(columns.len().saturating_sub(1)).unwrap_or(u16::MAX)
}

fn day_of(day: Date) -> Option<ExcelDateTime> {
    ExcelDateTime::from_ymd(day.year, day.month, day.date).ok()
}

/// What a text stands for. What is drawn as a length is a number.
fn value(text: &Text) -> Value {
    match length(text) {
        Some(_) => Value::Number,
        None => text.value(),
    }
}

/// The tone of the bar that is drawn beside a number, where one is.
fn length(text: &Text) -> Option<Tone> {
    match text.0.as_slice() {
        [span] => match span.figure.as_deref() {
            Some(Figure::Length { tone, .. }) => Some(*tone),
            _ => None,
        },
        _ => None,
    }
}

/// The tone of a text that has only one.
fn tone(text: &Text) -> Tone {
    let mut tones = text.0.iter().map(|span| span.tone);
    match tones.next() {
        Some(first) if tones.all(|tone| tone == first) => first,
        _ => Tone::Plain,
    }
}
