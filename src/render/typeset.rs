//! Chinese punctuation for paper, pages and files. Screens have half-width marks beside Han letters, which save room; in an
//! official document they are full-width (GB/T 15834).

use unicode_width::UnicodeWidthChar;

use crate::document::chart::Chart;
use crate::document::{
    Block, Column, Document, Photograph, Piece, Row, Rows, Span, Table, Text, Tile,
};

/// A document as people keep it: where its words are Chinese, so are its marks. What is verbatim stays.
pub(super) fn set(document: Document<'_>) -> Document<'_> {
    if !document.lang.starts_with("zh") {
        return document;
    }
    Document {
        title: chinese(document.title.as_str().into()).plain(),
        limits: document.limits.into_iter().map(chinese).collect(),
        blocks: document.blocks.into_iter().map(block).collect(),
        ..document
    }
}

fn block(block: Block<'_>) -> Block<'_> {
    match block {
        Block::Heading { level, text, aside } => Block::Heading {
            level,
            text: chinese(text),
            aside: chinese(aside),
        },
        Block::Line(text) => Block::Line(chinese(text)),
        Block::List(items) => Block::List(items.into_iter().map(chinese).collect()),
        Block::Table(table) => Block::Table(Table {
            marks: table.marks.into_iter().map(chinese).collect(),
            columns: table.columns.into_iter().map(column).collect(),
            rows: Rows(table.rows.0.into_iter().map(piece).collect()),
            name: table.name,
        }),
        Block::Paragraph(text) => Block::Paragraph(chinese(text)),
        Block::Letterhead { organ, number } => Block::Letterhead {
            organ: chinese(organ),
            number: chinese(number),
        },
        Block::Salutation(text) => Block::Salutation(chinese(text)),
        Block::Copies(lines) => Block::Copies(lines.into_iter().map(chinese).collect()),
        Block::Verdict(text) => Block::Verdict(chinese(text)),
        Block::Tiles(tiles) => Block::Tiles(tiles.into_iter().map(tile).collect()),
        Block::Chart(contents) => Block::Chart(chart(contents)),
        Block::Beside(parts) => {
            let part = |part: Vec<_>| part.into_iter().map(self::block).collect();
            Block::Beside(parts.into_iter().map(part).collect())
        }
        Block::Photographs(photographs) => {
            let photograph = |one: Photograph| Photograph {
                caption: chinese(one.caption),
                ..one
            };
            Block::Photographs(photographs.into_iter().map(photograph).collect())
        }
        Block::Pre(_) | Block::Blank | Block::Closing { .. } => block,
    }
}

fn tile(tile: Tile) -> Tile {
    Tile {
        label: chinese(tile.label),
        figure: chinese(tile.figure),
        lines: tile.lines.into_iter().map(chinese).collect(),
    }
}

fn chart(mut chart: Chart) -> Chart {
    let names = chart.series.iter_mut().map(|series| &mut series.name);
    let marks = chart.marks.iter_mut().map(|mark| &mut mark.label);
    let words = [&mut chart.title, &mut chart.told];
    for words in words.into_iter().chain(names).chain(marks) {
        *words = chinese(words.as_str().into()).plain();
    }
    chart
}

fn column(column: Column) -> Column {
    Column {
        head: chinese(column.head),
        brief: column.brief.map(chinese),
        ..column
    }
}

fn piece(piece: Piece<'_>) -> Piece<'_> {
    Box::new(piece.map(|row| Row {
        cells: row.cells.into_iter().map(chinese).collect(),
        brief: row.brief.map(chinese),
        ..row
    }))
}

/// The text with the half-width marks that belong to Chinese words made full-width. Marks among digits and Latin letters
/// stay.
fn chinese(text: Text) -> Text {
    let marks =
        |letter: char| matches!(letter, '(' | ',' | ';' | ':' | '?' | '!') || is_stop(letter);
    if !text.0.iter().any(|span| span.text.contains(marks)) {
        return text;
    }
    let mut letters: Vec<char> = text.0.iter().flat_map(|span| span.text.chars()).collect();
    widen_brackets(&mut letters);
    widen_stops(&mut letters);
    let mut rest = letters.into_iter();
    let mut gone = false;
    let mut spaced = |letter: char| {
        let kept = !(letter == ' ' && gone);
        gone = is_stop(letter);
        kept
    };
    let spans = text.0.into_iter().map(|span| Span {
        text: rest
            .by_ref()
            .take(span.text.chars().count())
            .filter(|letter| spaced(*letter))
            .collect(),
        ..span
    });
    Text(spans.collect())
}

/// Pairs of brackets with a Han letter just before, just after, or at either end within.
fn widen_brackets(letters: &mut [char]) {
    let mut open = Vec::new();
    for at in 0..letters.len() {
        match letters[at] {
            '(' => open.push(at),
            ')' => {
                let Some(start) = open.pop() else { continue };
                let beside = [
                    start.checked_sub(1),
                    Some(start + 1),
                    Some(at - 1),
                    Some(at + 1),
                ];
                let mut beside = beside.into_iter().flatten();
                if beside.any(|place| letters.get(place).is_some_and(|letter| is_wide(*letter))) {
                    letters[start] = '（';
                    letters[at] = '）';
                }
            }
            _ => {}
        }
    }
}

/// Stops after a Han letter, or between something else and a Han letter.
fn widen_stops(letters: &mut [char]) {
    for at in 1..letters.len() {
        let wide = match letters[at] {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '?' => '？',
            '!' => '！',
            _ => continue,
        };
        let next = letters.get(at + 1).is_some_and(|letter| is_wide(*letter));
        if is_wide(letters[at - 1]) || (next && letters[at - 1] != ' ') {
            letters[at] = wide;
        }
    }
}

fn is_wide(letter: char) -> bool {
    letter.width() == Some(2)
}

fn is_stop(letter: char) -> bool {
    matches!(letter, '，' | '；' | '：' | '？' | '！')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Tone;

    #[test]
    fn marks_beside_han_letters_are_widened() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(chinese(text.into()).plain(), expected);
        }
        case(
            "已到期应完成 91 件,已完成 79 件,完成率 86.8%,其中按期 75 件(82.4%)",
            "已到期应完成 91 件，已完成 79 件，完成率 86.8%，其中按期 75 件（82.4%）",
        );
        case("二(一)1:张贴海报", "二（一）1：张贴海报");
        case(
            "未到期任务收起 9 项; 最近到期: 07-31",
            "未到期任务收起 9 项；最近到期：07-31",
        );
        case("12:30, a (b), 3,000", "12:30, a (b), 3,000");
        case("(a) )(", "(a) )(");
        case(",", ",");
    }

    #[test]
    fn a_page_has_the_marks_of_its_language() {
        for (lang, expected) in [("zh-CN", "海报（06-30）"), ("en", "海报(06-30)")] {
            let mut page = Document::new(lang, "");
            page.line("海报(06-30)");
            page.list(vec!["海报(06-30)".into()]);
            let rows = [Row::item(vec!["海报(06-30)".into()])];
            page.table(Table::new(vec![Column::left("a", "海报(06-30)")], rows));
            let mut told = Vec::new();
            for block in set(page).blocks {
                match block {
                    Block::Line(text) => told.push(text.plain()),
                    Block::List(points) => told.extend(points.iter().map(Text::plain)),
                    Block::Table(table) => {
                        told.extend(table.columns.iter().map(|column| column.head.plain()));
                        told.extend(table.rows.into_iter().map(|row| row.cells[0].plain()));
                    }
                    _ => {}
                }
            }
            assert_eq!(told, [expected; 4], "{lang}");
        }
    }

    #[test]
    fn tones_keep_their_words() {
        let text = Text::from("逾期").and((", 退回(2件)", Tone::Returned));
        let expected = Text::from("逾期").and(("，退回（2件）", Tone::Returned));
        assert_eq!(chinese(text), expected);
    }
}
