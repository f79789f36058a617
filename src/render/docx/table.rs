//! Tables on paper: the size at which one fits, how wide its columns are, and its rows as they come. Heads repeat on
//! every page and no row breaks over two.

use std::io::{self, Write};

use unicode_width::UnicodeWidthChar;

use super::style::CELLS;
use super::xml::runs;
use crate::document::{Align, Column, Row, RowKind, Table, Text, Tone};

/// How many rows are measured; those that follow take the widths of the first.
const MEASURED: usize = 500;

/// The space within a cell at either side, in twips.
const PADDING: u32 = 70;

/// The least that a column of wrapping words gets, in quarters of a Han letter: twelve letters.
const NARROWEST: u32 = 48;

/// The least that a column of other words gets where they have to break: eight letters.
const BROKEN: u32 = 32;

/// How many of [`CELLS`] an upright page may use before the page is turned: down to 五号.
const UPRIGHT: usize = 2;

/// How many of them anything may use before its columns are squeezed.
const READABLE: usize = 3;

/// A table whose first rows were looked at.
pub(super) struct Measured<'a> {
    columns: Vec<Column>,
    first: Vec<Row>,
    rest: Box<dyn Iterator<Item = Row> + 'a>,
    /// What each column would take, and the least it can do with, in quarters of a Han letter.
    wishes: Vec<Wish>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wish {
    natural: u32,
    /// With its head in one line; in two; and with words broken that had better not be.
    least: [u32; 3],
    /// Whether its cells are single letters.
    letters: bool,
}

/// A size and the widths of the columns in twips.
#[derive(Debug, PartialEq, Eq)]
struct Fit {
    cells: usize,
    widths: Vec<u32>,
}

impl<'a> Measured<'a> {
    pub(super) fn new(table: Table<'a>) -> Self {
        let Table { columns, rows, .. } = table;
        let mut rows = rows.into_iter();
        let first: Vec<Row> = rows.by_ref().take(MEASURED).collect();
        let wish = |(at, column): (usize, &Column)| {
            let cells = first.iter().filter_map(|row| row.cells.get(at));
            let widest = cells.map(|cell| quarters(&cell.plain())).max().unwrap_or(0);
            let head = column.head.plain();
            // Heads are bold.
            let natural = widest.max(quarters(&head) + 1);
            let least = match column.wrap {
                true => [natural.min(NARROWEST); 3],
                false => {
                    let in_two = widest.max(piece(&head));
                    let broken = match column.align {
                        Align::Left => in_two.min(BROKEN),
                        Align::Right => in_two,
                    };
                    [natural, in_two, broken]
                }
            };
            Wish {
                natural,
                least,
                letters: widest <= 4,
            }
        };
        let wishes = columns.iter().enumerate().map(wish).collect();
        Measured {
            columns,
            first,
            rest: Box::new(rows),
            wishes,
        }
    }

    /// Whether an upright type area of that width is too narrow.
    pub(super) fn wants_turned(&self, width: u32) -> bool {
        fit(&self.columns, &self.wishes, width, UPRIGHT).is_none()
    }

    /// Writes the table, as wide as the type area.
    pub(super) fn write(self, out: &mut dyn Write, width: u32, chinese: bool) -> io::Result<()> {
        let Measured {
            columns,
            first,
            rest,
            wishes,
        } = self;
        let fit =
            fit(&columns, &wishes, width, READABLE).unwrap_or_else(|| squeezed(&wishes, width));
        let (_, body, head) = CELLS[fit.cells];
        let width: u32 = fit.widths.iter().sum();
        write!(
            out,
            "<w:tbl><w:tblPr><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblBorders>"
        )?;
        for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
            write!(
                out,
                "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>"
            )?;
        }
        write!(
            out,
            "</w:tblBorders><w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"{PADDING}\" w:type=\"dxa\"/>\
             <w:right w:w=\"{PADDING}\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>"
        )?;
        for width in &fit.widths {
            write!(out, "<w:gridCol w:w=\"{width}\"/>")?;
        }
        write!(out, "</w:tblGrid>")?;
        let cell = |out: &mut dyn Write,
                    at: usize,
                    text: &Text,
                    style: &str,
                    place: &str,
                    join: &str| {
            write!(
                out,
                "<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>{join}<w:vAlign w:val=\"center\"/></w:tcPr>\
                 <w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{place}</w:pPr>{}</w:p></w:tc>",
                fit.widths[at],
                runs(text, chinese, "")
            )
        };
        if columns.iter().any(|column| !column.head.is_empty()) {
            write!(out, "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")?;
            for (at, column) in columns.iter().enumerate() {
                cell(out, at, &column.head, head, "", "")?;
            }
            write!(out, "</w:tr>")?;
        }
        let nothing = Text::new();
        for (number, Row { cells, kind, .. }) in first.into_iter().chain(rest).enumerate() {
            write!(out, "<w:tr><w:trPr><w:cantSplit/></w:trPr>")?;
            for (at, (column, wish)) in columns.iter().zip(&wishes).enumerate() {
                let text = cells.get(at).unwrap_or(&nothing);
                let place = match column.align {
                    Align::Right => "<w:jc w:val=\"right\"/>",
                    Align::Left if wish.letters => "<w:jc w:val=\"center\"/>",
                    Align::Left => "",
                };
                let join = match (column.joined && kind == RowKind::Item, text.is_empty()) {
                    (false, _) => "",
                    (true, true) if number > 0 => "<w:vMerge/>",
                    (true, _) => "<w:vMerge w:val=\"restart\"/>",
                };
                match kind {
                    RowKind::Item => cell(out, at, text, body, place, join)?,
                    RowKind::Total => {
                        let strong = Text::from((text.plain(), Tone::Strong));
                        cell(out, at, &strong, body, place, join)?;
                    }
                }
            }
            write!(out, "</w:tr>")?;
        }
        write!(out, "</w:tbl>")
    }
}

/// The largest of the first `sizes` sizes at which the columns get at least what they can do with. Heads go in two lines,
/// and then words break, only where no size that reads well upright has them whole.
fn fit(columns: &[Column], wishes: &[Wish], width: u32, sizes: usize) -> Option<Fit> {
    let upright = [0, 1]
        .into_iter()
        .flat_map(|way| (0..UPRIGHT).map(move |cells| (way, cells)));
    let mut tries = upright.chain((0..sizes).map(|cells| (2, cells)));
    tries.find_map(|(way, cells)| {
        let room = room(wishes.len(), width, CELLS[cells].0);
        let least: Vec<u32> = wishes.iter().map(|wish| wish.least[way]).collect();
        (least.iter().sum::<u32>() <= room).then(|| Fit {
            cells,
            widths: in_twips(&shared(columns, wishes, &least, room), width),
        })
    })
}

/// Every column cut by the same part, at the smallest size: words break wherever the line ends.
fn squeezed(wishes: &[Wish], width: u32) -> Fit {
    let least: Vec<u32> = wishes.iter().map(|wish| wish.least[2].max(1)).collect();
    Fit {
        cells: CELLS.len() - 1,
        widths: in_twips(&least, width),
    }
}

/// Quarters of a Han letter of `size` half points that a line has beside what `columns` cells keep clear.
fn room(columns: usize, width: u32, size: u32) -> u32 {
    let clear = u32::try_from(columns)
        .unwrap_or(u32::MAX)
        .saturating_mul(2 * PADDING);
    // A letter of so many half points is ten times as many twips wide.
    width.saturating_sub(clear) * 4 / (size * 10)
}

/// What each column gets of the room: all get what they wish while it lasts; where it does not, the widest give first, to
/// one common width, but none below its least. What is left over goes to the columns of words that may wrap.
fn shared(columns: &[Column], wishes: &[Wish], least: &[u32], room: u32) -> Vec<u32> {
    let at_most = |most: u32| {
        let both = wishes.iter().zip(least);
        both.map(move |(wish, least)| wish.natural.min(most.max(*least)))
    };
    let widest = wishes.iter().map(|wish| wish.natural).max().unwrap_or(0);
    let most = (0..=widest)
        .rev()
        .find(|most| at_most(*most).sum::<u32>() <= room);
    let mut widths: Vec<u32> = at_most(most.unwrap_or(0)).collect();
    let spare = room.saturating_sub(widths.iter().sum());
    let wrapping = columns.iter().filter(|column| column.wrap).count();
    if let Some(each) = u32::try_from(wrapping)
        .ok()
        .and_then(|count| spare.checked_div(count))
    {
        for (width, _) in widths
            .iter_mut()
            .zip(columns)
            .filter(|(_, column)| column.wrap)
        {
            *width += each;
        }
    }
    widths
}

/// Widths in twips that fill the type area to the last: the space left over is shared by width.
fn in_twips(widths: &[u32], whole: u32) -> Vec<u32> {
    let count = u32::try_from(widths.len()).unwrap_or(u32::MAX);
    let words = whole.saturating_sub(count.saturating_mul(2 * PADDING));
    let sum: u32 = widths.iter().sum::<u32>().max(1);
    let mut twips: Vec<u32> = widths
        .iter()
        .map(|width| width * words / sum + 2 * PADDING)
        .collect();
    if let Some(last) = twips.last_mut() {
        *last += words - widths.iter().map(|width| width * words / sum).sum::<u32>();
    }
    twips
}

/// How wide words are, in quarters of a Han letter. Latin capitals and the like are wider than figures; between Han letters
/// and others, word processors leave a quarter.
fn quarters(text: &str) -> u32 {
    let mut before = None;
    let letter = |letter: char| {
        let width = match letter.width() {
            Some(2) => 4,
            _ if letter.is_ascii_uppercase() || matches!(letter, 'm' | 'w' | '%' | '&' | '@') => 3,
            Some(1) => 2,
            _ => 0,
        };
        let between = before
            .replace(width == 4)
            .is_some_and(|wide| wide != (width == 4));
        width + u32::from(between)
    };
    text.chars().map(letter).sum()
}

/// How wide the widest piece of a head is, in bold, if it breaks once where it can.
fn piece(head: &str) -> u32 {
    if head.chars().any(|letter| letter.width() == Some(2)) {
        return quarters(head).div_ceil(8) * 4 + 1;
    }
    head.split(' ').map(quarters).max().unwrap_or(0) + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: u32 = 8845;

    fn fitted(columns: &str, wishes: &[(u32, u32)], width: u32, sizes: usize) -> Option<Fit> {
        let columns: Vec<Column> = columns
            .chars()
            .map(|kind| match kind {
                'w' => Column::left("w", "").wrapping(),
                _ => Column::left("l", ""),
            })
            .collect();
        let wishes: Vec<Wish> = wishes
            .iter()
            .map(|&(natural, least)| Wish {
                natural,
                least: [least; 3],
                letters: false,
            })
            .collect();
        fit(&columns, &wishes, width, sizes)
    }

    #[test]
    fn widths_fill_the_type_area() {
        for (columns, wishes) in [
            ("ll", vec![(10, 10), (30, 30)]),
            ("lwl", vec![(10, 10), (300, 32), (7, 7)]),
            ("l", vec![(1, 1)]),
        ] {
            let fit = fitted(columns, &wishes, WIDTH, READABLE).unwrap();
            assert_eq!(fit.widths.iter().sum::<u32>(), WIDTH);
            assert_eq!(fit.cells, 0);
        }
    }

    #[test]
    fn wrapping_columns_give_way_and_take_what_is_left() {
        let fit = fitted("lw", &[(40, 40), (400, 32)], WIDTH, READABLE).unwrap();
        assert!(fit.widths[0] >= 40 * 60 + 2 * PADDING, "{fit:?}");
        let fit = fitted("lw", &[(40, 40), (20, 20)], WIDTH, READABLE).unwrap();
        assert!(fit.widths[0] < 40 * 63 + 2 * PADDING, "{fit:?}");
    }

    #[test]
    fn a_wide_table_is_set_smaller_then_turned_then_squeezed() {
        let wide = |columns: usize| vec![(12, 12); columns];
        let size = |columns: usize, width, sizes| {
            fitted(&"l".repeat(columns), &wide(columns), width, sizes).map(|fit| fit.cells)
        };
        assert_eq!(size(10, WIDTH, UPRIGHT), Some(0));
        assert_eq!(size(11, WIDTH, UPRIGHT), Some(1));
        assert_eq!(size(12, WIDTH, UPRIGHT), None);
        assert_eq!(size(12, WIDTH, READABLE), Some(2));
        assert_eq!(size(14, 12756, READABLE), Some(0));
        assert_eq!(size(40, 12756, READABLE), None);
        let wish = Wish {
            natural: 12,
            least: [12; 3],
            letters: false,
        };
        let squeezed = squeezed(&[wish; 40], 12756);
        assert_eq!(squeezed.widths.iter().sum::<u32>(), 12756);
    }

    #[test]
    fn heads_break_in_the_middle_or_at_spaces() {
        assert_eq!((quarters("逾期完成"), piece("逾期完成")), (16, 9));
        assert_eq!((quarters("审核通"), piece("审核通")), (12, 9));
        assert_eq!(piece("Not due"), quarters("Not") + 1);
        assert_eq!((quarters("12%"), quarters("示例12")), (7, 13));
    }
}
