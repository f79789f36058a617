//! Documents as one HTML page: nothing is loaded from anywhere, it reads in light and dark, and prints.

mod table;

use std::io::{self, Write};

use base64::prelude::{BASE64_STANDARD, Engine as _};

use super::safe::{is_unsafe, replaced};
use super::svg;
use crate::document::{Block, Document, Figure, Photograph, Span, Text, Tile, Tone};

/// The colours by their names; what a page is laid out with; how lines and points are drawn.
pub(super) const TONES: &str = include_str!("tones.css");
const STYLE: &str = include_str!("html.css");
pub(super) const DRAWING: &str = include_str!("drawing.css");

/// What looks for rows, where a page has such a place: without it nothing is missing. No other script runs on a page, because this
/// one is let by its hash; `tests/browser.rs` sees it run.
const FIND: &str = include_str!("find.js");
const FIND_STYLE: &str = include_str!("find.css");
const FIND_HASH: &str = "sha256-MpTsHg9so+uDXksuIxB4QTjgIYF/XGOdNyoKUFYvj8Y=";

/// Whether rows of a table can be looked for.
fn finds(block: &Block) -> bool {
    let finds = |span: &Span| matches!(span.figure.as_deref(), Some(Figure::Find(_)));
    matches!(block, Block::Line(text) if text.0.iter().any(finds))
}

/// Writes a document as a complete page.
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    let Document {
        lang,
        title,
        blocks,
        ..
    } = document;
    let finds = blocks.iter().any(finds);
    let (script, find_style) = match finds {
        true => (format!("; script-src '{FIND_HASH}'"), FIND_STYLE),
        false => (String::new(), ""),
    };
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src 'unsafe-inline'{script}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{TONES}{STYLE}{DRAWING}{find_style}</style>\n</head>\n<body>\n",
        escaped(&lang),
        escaped(&title)
    )?;
    let in_letter = blocks
        .iter()
        .any(|block| matches!(block, Block::Letterhead { .. }));
    let main = if in_letter { " class=\"letter\"" } else { "" };
    writeln!(out, "<main{main}>")?;
    // Messages have no heading where they are pasted; a page of them has its title.
    let headed = |block: &Block| matches!(block, Block::Heading { level: 1, .. });
    if !blocks.iter().any(headed) {
        heading(out, 1, &title.as_str().into(), &Text::new())?;
    }
    write_blocks(out, blocks, &mut title.clone())?;
    writeln!(out, "</main>")?;
    if finds {
        writeln!(out, "<script>\n{FIND}</script>")?;
    }
    write!(out, "</body>\n</html>\n")
}

/// `label` is the last heading: what a table is about.
fn write_blocks(out: &mut dyn Write, blocks: Vec<Block<'_>>, label: &mut String) -> io::Result<()> {
    for block in blocks {
        match block {
            Block::Heading { level, text, aside } => {
                *label = text.plain();
                heading(out, level, &text, &aside)?;
            }
            Block::Line(text) => writeln!(out, "<p>{}</p>", inline(&text))?,
            Block::List(items) => {
                writeln!(out, "<ul>")?;
                for item in &items {
                    writeln!(out, "<li>{}</li>", inline(item))?;
                }
                writeln!(out, "</ul>")?;
            }
            Block::Table(contents) => table::write(out, contents, label)?,
            Block::Pre(text) => pre(out, &text)?,
            Block::Blank => {}
            Block::Verdict(text) => {
                writeln!(out, "<p class=\"verdict\">{}</p>", inline(&text))?;
            }
            Block::Tiles(contents) => tiles(out, &contents)?,
            Block::Chart(contents) => writeln!(out, "{}", svg::chart(&contents))?,
            Block::Photographs(contents) => photographs(out, &contents)?,
            Block::Beside(parts) => {
                writeln!(out, "<div class=\"beside\">")?;
                for part in parts {
                    writeln!(out, "<section>")?;
                    write_blocks(out, part, label)?;
                    writeln!(out, "</section>")?;
                }
                writeln!(out, "</div>")?;
            }
            Block::Paragraph(text) => writeln!(out, "<p class=\"running\">{}</p>", inline(&text))?,
            Block::Salutation(text) => writeln!(out, "<p>{}</p>", inline(&text))?,
            Block::Letterhead { organ, number } => writeln!(
                out,
                "<div class=\"letterhead\"><p class=\"organ\">{}</p><p>{}</p></div>",
                inline(&organ),
                inline(&number)
            )?,
            Block::Closing { organ, day } => writeln!(
                out,
                "<div class=\"closing\"><p>{}</p><p>{}</p></div>",
                inline(&organ),
                inline(&day)
            )?,
            Block::Copies(lines) => {
                for line in &lines {
                    writeln!(out, "<p class=\"copies\">{}</p>", inline(line))?;
                }
            }
        }
    }
    Ok(())
}

/// Photographs, which are part of the page: it loads nothing.
fn photographs(out: &mut dyn Write, photographs: &[Photograph]) -> io::Result<()> {
    writeln!(out, "<div class=\"photographs\">")?;
    for Photograph { caption, jpeg } in photographs {
        write!(out, "<figure>")?;
        if let Some(jpeg) = jpeg {
            let (data, about) = (BASE64_STANDARD.encode(jpeg), escaped(&caption.plain()));
            write!(
                out,
                "<img src=\"data:image/jpeg;base64,{data}\" alt=\"{about}\">"
            )?;
        }
        writeln!(out, "<figcaption>{}</figcaption></figure>", inline(caption))?;
    }
    writeln!(out, "</div>")
}

fn tiles(out: &mut dyn Write, tiles: &[Tile]) -> io::Result<()> {
    writeln!(out, "<ul class=\"tiles\">")?;
    for Tile {
        label,
        figure,
        lines,
    } in tiles
    {
        let (label, figure) = (inline(label), inline(figure));
        write!(out, "<li>{label}<b>{figure}</b>")?;
        for line in lines {
            write!(out, "<small>{}</small>", inline(line))?;
        }
        writeln!(out, "</li>")?;
    }
    writeln!(out, "</ul>")
}

fn heading(out: &mut dyn Write, level: u8, text: &Text, aside: &Text) -> io::Result<()> {
    let level = level.clamp(1, 6);
    let text = inline(text);
    if aside.is_empty() {
        return writeln!(out, "<h{level}>{text}</h{level}>");
    }
    let aside = inline(aside);
    writeln!(
        out,
        "<header><h{level}>{text}</h{level}><p class=\"aside\">{aside}</p></header>"
    )
}

fn pre(out: &mut dyn Write, text: &str) -> io::Result<()> {
    // A line break right after the tag is dropped by readers of HTML, so one is given to drop.
    writeln!(out, "<pre>")?;
    for line in text.lines() {
        writeln!(out, "{}", escaped(&line.replace('\t', "    ")))?;
    }
    writeln!(out, "</pre>")
}

fn inline(text: &Text) -> String {
    let mut line = String::new();
    for span in &text.0 {
        let words = escaped(&span.text);
        if let Some(figure) = &span.figure {
            line.push_str(&drawn(figure, &span.text, &words));
            continue;
        }
        match class(span.tone) {
            Some(class) => line.push_str(&format!("<span class=\"{class}\">{words}</span>")),
            None => line.push_str(&words),
        }
    }
    line
}

/// How many letters wide the bar of the greatest amount is; its words stand beside it.
const LONGEST: f64 = 5.0;

/// A drawing of one line's height. `words` are escaped.
fn drawn(figure: &Figure, text: &str, words: &str) -> String {
    match figure {
        Figure::Share(parts) => {
            let parts = parts.iter().filter(|part| part.count > 0).map(|part| {
                let (class, count) = (class(part.tone).unwrap_or("plain"), part.count);
                format!("<i class=\"{class}\" style=\"flex-grow:{count}\">{count}</i>")
            });
            let parts: String = parts.collect();
            format!("<span class=\"bar\" role=\"img\" aria-label=\"{words}\">{parts}</span>")
        }
        Figure::Length {
            amount,
            longest,
            tone,
        } => {
            let class = class(*tone).unwrap_or("plain");
            let thousandths = u128::from(*amount) * 1000 / u128::from(*longest).max(1);
            let width = thousandths.min(1000) as f64 * LONGEST / 1000.0;
            format!(
                "<span class=\"length {class}\"><i style=\"width:{width:.1}em\"></i><span>{words}</span></span>"
            )
        }
        Figure::Curve { expected, done } => svg::curve(expected, done, text),
        Figure::Find(label) => {
            format!(
                "<span class=\"find\" data-label=\"{}\"></span>",
                escaped(label)
            )
        }
        Figure::Link(file) => format!("<a href=\"{}\">{words}</a>", path(file)),
        Figure::Track(days) => svg::track(days, text),
    }
}

/// A path as a link has it: what is not a plain letter, a digit or a mark of a file's name is encoded.
fn path(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                out.push(byte.into())
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

pub(super) fn class(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Plain => None,
        Tone::Strong => Some("strong"),
        Tone::Dim => Some("dim"),
        Tone::Done => Some("done"),
        Tone::Late => Some("late"),
        Tone::Overdue => Some("overdue"),
        Tone::Soon => Some("soon"),
        Tone::Returned => Some("returned"),
        Tone::Notice => Some("notice"),
    }
}

/// Words fit for text and for quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for letter in replaced(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(letter),
        }
    }
    debug_assert!(!out.chars().any(is_unsafe));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Column, Row, Table};
    use crate::render::sample::total;

    fn written(document: Document<'_>) -> String {
        let mut out = Vec::new();
        write(&mut out, document).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_cell_that_goes_on_is_said_again_for_cards_also_where_rows_were_measured() {
        let row = |unit: &str| Row::item(vec![unit.into(), "海报".into()]);
        let mut rows = vec![row("甲村")];
        rows.extend((1..300).map(|_| row("")));
        rows.push(row("乙村"));
        let mut document = Document::new("zh-CN", "表");
        let columns = vec![
            Column::left("unit", "单位").joined(),
            Column::left("task", "任务"),
        ];
        document.table(Table::new(columns, rows));
        let page = written(document);
        let again = "<th scope=\"row\" class=\"again\">甲村</th>";
        assert_eq!(page.matches(again).count(), 299);
        assert_eq!(page.matches("乙村</th>").count(), 1);
    }

    #[test]
    fn words_are_escaped_everywhere() {
        let nasty = "<script>\"&'\u{1b}</script>";
        let mut document = Document::new("\"><x", nasty);
        document.heading(9, nasty, nasty);
        document.line((nasty, Tone::Overdue));
        document.list(vec![nasty.into()]);
        document.table(Table::new(
            vec![Column::left("a", nasty)],
            [Row::item(vec![nasty.into()])],
        ));
        document.pre(nasty);
        let page = written(document);
        let safe = "&lt;script&gt;&quot;&amp;&#39;\u{fffd}&lt;/script&gt;";
        assert!(!page.contains("<script"), "{page}");
        assert!(!page.contains("<x"), "{page}");
        assert_eq!(page.matches(safe).count(), 9, "{page}");
        assert!(page.contains(&format!("<h1>{safe}</h1>")), "{page}");
        assert!(page.contains(&format!("<span class=\"overdue\">{safe}</span>")));
    }

    #[test]
    fn a_letter_has_its_parts() {
        let page = written(crate::render::sample::notice(1));
        for part in [
            "<main class=\"letter\">",
            "<div class=\"letterhead\"><p class=\"organ\">巴中市巴州区清江镇人民政府</p><p>清府〔2020〕 号</p></div>",
            "<p>各村（社区）、镇属各部门：</p>",
            "<p class=\"running\">镇人普办本期无逾期事项。</p>",
            "<div class=\"closing\"><p>巴中市巴州区清江镇人民政府</p><p>2020年7月6日</p></div>",
            "<p class=\"copies\">抄送：",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn figures_are_drawn_and_told() {
        let page = written(crate::render::sample::page());
        for part in [
            "<p class=\"verdict\"><span class=\"strong\">完成率 89.2%",
            "<li>滞后单位<b><span class=\"overdue\">6</span></b><small>共 25 个单位</small>",
            "<span class=\"length overdue\"><i style=\"width:3.1em\"></i><span>10天</span></span>",
            "<div class=\"beside\">\n<section>\n<ul>\n<li>新增完成 1 件</li>",
            "<span class=\"bar\" role=\"img\" aria-label=\"按期 16,逾期完成 1,逾期 3\">\
             <i class=\"done\" style=\"flex-grow:16\">16</i>",
            "<svg class=\"chart\"",
            "<td class=\"mark overdue\">欠</td><td class=\"mark dim\">待</td>",
            "<td class=\"mark\"></td>",
            "<svg class=\"track\" viewBox=\"0 0 240 14\" role=\"img\" aria-label=\"6月10日至7月30日\">",
        ] {
            assert!(page.contains(part), "{part}: {page}");
        }
    }

    #[test]
    fn a_page_is_whole_and_its_table_has_heads() {
        let mut document = Document::new("zh-CN", "进度表");
        document.heading(1, "进度表", "");
        document.table(Table::new(
            vec![
                Column::left("task", "任务").wrapping(),
                Column::left("due", "时限"),
                Column::right("done", "已完成"),
                Column::left("new", ""),
            ],
            [total(vec![
                "合计".into(),
                "06-30".into(),
                "79".into(),
                "新".into(),
            ])],
        ));
        let page = written(document);
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n"));
        assert!(page.ends_with("</main>\n</body>\n</html>\n"));
        assert!(page.contains(
            "<thead><tr><th scope=\"col\">任务</th><th scope=\"col\">时限</th><th scope=\"col\" class=\"number\">已完成</th><td></td></tr></thead>"
        ));
        assert!(
            page.contains(
                "<tr class=\"total\"><th scope=\"row\">合计</th><td class=\"whole\">06-30</td><td class=\"number\">79</td><td class=\"whole\">新</td></tr>"
            )
        );
        for outside in ["http:", "https:", "url(", "@import", "<link", "src="] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}
