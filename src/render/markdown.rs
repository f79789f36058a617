//! Documents as Markdown with tables (GitHub's flavour). What the words contain never becomes markup.

use std::io::{self, Write};

use super::pieces;
use super::safe::replaced;
use crate::document::{Align, Block, Document, Row, RowKind, Table, Text, Tone};

/// Writes a document; blocks stand apart by an empty line.
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    let mut first = true;
    for block in document.plain().blocks {
        if matches!(block, Block::Blank) {
            continue;
        }
        if !first {
            writeln!(out)?;
        }
        first = false;
        match block {
            Block::Heading { level, text, aside } => {
                let marks = "#".repeat(usize::from(level.clamp(1, 6)));
                writeln!(out, "{marks} {}", escaped(text.plain().trim()))?;
                if !aside.is_empty() {
                    writeln!(out, "\n{}", line_start(&inline(&aside)))?;
                }
            }
            Block::Line(text) => writeln!(out, "{}", line_start(&inline(&text)))?,
            Block::List(items) => {
                for item in &items {
                    writeln!(out, "- {}", line_start(&inline(item)))?;
                }
            }
            Block::Table(contents) => table(out, contents)?,
            Block::Pre(text) => pre(out, &text)?,
            Block::Blank
            | Block::Verdict(_)
            | Block::Tiles(_)
            | Block::Chart(_)
            | Block::Beside(_)
            | Block::Photographs(_) => {}
            Block::Paragraph(text) | Block::Salutation(text) => {
                writeln!(out, "{}", line_start(&inline(&text)))?
            }
            Block::Letterhead { organ, number } => {
                let organ = Text::from((organ.plain(), Tone::Strong));
                lines(out, &[organ, number])?;
                writeln!(out, "\n---")?;
            }
            Block::Closing { organ, day } => lines(out, &[organ, day])?,
            Block::Copies(lines) => {
                writeln!(out, "---")?;
                for line in &lines {
                    writeln!(out, "\n{}\n\n---", line_start(&inline(line)))?;
                }
            }
        }
    }
    Ok(())
}

/// One paragraph whose lines stay apart; empty ones are left out.
fn lines(out: &mut dyn Write, texts: &[Text]) -> io::Result<()> {
    let lines = texts.iter().filter(|text| !text.is_empty());
    let lines: Vec<String> = lines.map(|text| line_start(&inline(text))).collect();
    writeln!(out, "{}", lines.join("\\\n"))
}

fn table(out: &mut dyn Write, table: Table<'_>) -> io::Result<()> {
    let Table { columns, rows, .. } = table;
    let heads = columns.iter().map(|column| inline(&column.head));
    row_of(out, heads)?;
    let rules = columns.iter().map(|column| match column.align {
        Align::Left => "---".to_string(),
        Align::Right => "---:".to_string(),
    });
    row_of(out, rules)?;
    pieces::write(out, rows.0, |piece, out| {
        piece
            .into_iter()
            .try_for_each(|row| table_row(out, columns.len(), &row))
    })
}

fn table_row(out: &mut dyn Write, columns: usize, row: &Row) -> io::Result<()> {
    let nothing = Text::new();
    let cells = (0..columns).map(|at| {
        let text = row.cells.get(at).unwrap_or(&nothing);
        match row.kind {
            RowKind::Total if !text.plain().trim().is_empty() => {
                format!("**{}**", escaped(text.plain().trim()))
            }
            RowKind::Item | RowKind::Total => inline(text),
        }
    });
    row_of(out, cells)
}

fn row_of(out: &mut dyn Write, cells: impl Iterator<Item = String>) -> io::Result<()> {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        line.push_str(cell.trim());
        line.push_str(" |");
    }
    writeln!(out, "{line}")
}

/// Verbatim text between fences longer than any run of backticks in it.
fn pre(out: &mut dyn Write, text: &str) -> io::Result<()> {
    let longest = text
        .split(|letter| letter != '`')
        .map(str::len)
        .max()
        .unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    writeln!(out, "{fence}")?;
    for line in text.lines() {
        writeln!(out, "{}", replaced(&line.replace('\t', "    ")))?;
    }
    writeln!(out, "{fence}")
}

/// Escaped words, with what is strong in bold. The tags, not asterisks: those fail beside Han letters and brackets.
fn inline(text: &Text) -> String {
    let mut line = String::new();
    for span in &text.0 {
        let words = escaped(&span.text);
        match span.tone {
            Tone::Strong | Tone::Notice if !words.trim().is_empty() => {
                line.push_str("<strong>");
                line.push_str(&words);
                line.push_str("</strong>");
            }
            _ => line.push_str(&words),
        }
    }
    line
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in replaced(text).chars() {
        if r"\`*_{}[]<>|~&$".contains(letter) {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A line whose beginning makes no heading, list or rule of it.
fn line_start(line: &str) -> String {
    let line = line.trim_start();
    let digits = line.len()
        - line
            .trim_start_matches(|letter: char| letter.is_ascii_digit())
            .len();
    match line[digits..].chars().next() {
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        Some('#' | '+' | '-' | '=') if digits == 0 => format!("\\{line}"),
        _ => line.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Column;
    use crate::render::sample::total;

    fn written(document: Document<'_>) -> String {
        let mut out = Vec::new();
        write(&mut out, document).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn blocks_stand_apart() {
        let mut document = Document::new("zh-CN", "");
        document.heading(1, "进度表", "截至2020-07-03");
        document.blank();
        document.line("完成率 86.8%");
        document.list(vec!["塘坝村".into(), "- 洛咖村".into()]);
        document.table(Table::new(
            vec![
                Column::left("task", "任务"),
                Column::right("done", "已完成"),
            ],
            [
                Row::item(vec!["横幅|海报".into(), "17".into()]),
                total(vec!["合计".into()]),
            ],
        ));
        document.pre("a ``` b");
        assert_eq!(
            written(document),
            "# 进度表\n\n截至2020-07-03\n\n完成率 86.8%\n\n- 塘坝村\n- \\- 洛咖村\n\n| 任务 | 已完成 |\n| --- | ---: |\n\
             | 横幅\\|海报 | 17 |\n| **合计** |  |\n\n````\na ``` b\n````\n"
        );
    }

    #[test]
    fn a_letter_reads_as_one() {
        let mut document = Document::new("zh-CN", "");
        document.blocks.extend([
            Block::Letterhead {
                organ: "清江镇人民政府".into(),
                number: "清府〔2020〕7号".into(),
            },
            Block::Salutation("各村(社区):".into()),
            Block::Paragraph("1. 现通报如下。".into()),
            Block::Closing {
                organ: "清江镇人民政府".into(),
                day: "2020年7月3日".into(),
            },
            Block::Copies(vec!["抄送:区人普办。".into()]),
        ]);
        assert_eq!(
            written(document),
            "<strong>清江镇人民政府</strong>\\\n清府〔2020〕7号\n\n---\n\n各村(社区):\n\n1\\. 现通报如下。\n\n\
             清江镇人民政府\\\n2020年7月3日\n\n---\n\n抄送:区人普办。\n\n---\n"
        );
    }

    #[test]
    fn what_is_drawn_elsewhere_is_told() {
        let page = written(crate::render::sample::page());
        for part in [
            "|  |  |  |\n| --- | ---: | --- |\n| 完成率 | 89.2% | 83 / 93 件  上周 87.1% |\n",
            "| 长滩河村 | 10天 |",
            "- 新增完成 1 件\n\n- 下周到期 0 件\n",
            "| 人员集中区悬挂横幅 | 17 | 按期 16,逾期完成 1,逾期 3 |",
            "相差 \\<10\\> 件。\n\n| 日期 | 应完成 | 已完成 |",
            "| 6.20 | 26 | 26 |",
            "| 横幅 | 6月10日至7月30日 |",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn words_never_become_markup() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            let mut document = Document::new("en", "");
            document.line(text);
            assert_eq!(written(document), format!("{expected}\n"));
        }
        case("<b>&amp;", "\\<b\\>\\&amp;");
        case("# head", "\\# head");
        case("1. first", "1\\. first");
        case("20 of 30.", "20 of 30.");
        case("a\nb\u{1b}", "a\u{fffd}b\u{fffd}");
        case("[x](y) `z` *w*", "\\[x\\](y) \\`z\\` \\*w\\*");
    }
}
