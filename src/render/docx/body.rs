//! The blocks of a document as paragraphs and tables.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::page::{HALF, LANDSCAPE, LINE, PORTRAIT, Page, twips};
use super::picture::Picture;
use super::table::Measured;
use super::xml::{escaped, runs};
use super::{RELATIONS, WORD};
use crate::document::{Block, Text};
use crate::render::letter;

/// The size of a letterhead in half points: as large as one line allows, between these.
const HEAD: std::ops::RangeInclusive<u32> = 52..=96;

/// From the top of the type area to the letterhead, for documents that go to those below (7.2.4).
const ABOVE_HEAD: u32 = twips(350);

/// A block, with tables looked at.
enum MeasuredBlock<'a> {
    Block(Block<'a>),
    Table(Measured<'a>),
    Picture(Picture),
}

/// What is to be written, and on which page.
pub(super) struct Body<'a> {
    blocks: Vec<MeasuredBlock<'a>>,
    page: Page,
    chinese: bool,
    in_letter: bool,
}

impl<'a> Body<'a> {
    /// Looks at the tables: a page that is too narrow for one of them is turned, unless it is a letter's.
    pub(super) fn new(chinese: bool, blocks: Vec<Block<'a>>) -> Self {
        let mut in_letter = false;
        let mut wants_turned = false;
        let blocks = blocks
            .into_iter()
            .filter(|block| !matches!(block, Block::Blank))
            .flat_map(drawn)
            .map(|block| match block {
                MeasuredBlock::Block(Block::Table(table)) => {
                    let table = Measured::new(table);
                    wants_turned |= table.wants_turned(PORTRAIT.text_width());
                    MeasuredBlock::Table(table)
                }
                block => {
                    let is_head = matches!(block, MeasuredBlock::Block(Block::Letterhead { .. }));
                    in_letter |= is_head;
                    block
                }
            })
            .collect();
        Body {
            blocks,
            page: if wants_turned && !in_letter {
                LANDSCAPE
            } else {
                PORTRAIT
            },
            chinese,
            in_letter,
        }
    }

    /// Writes `document.xml`. Gives the pictures in it, in order.
    pub(super) fn write(self, out: &mut dyn Write) -> io::Result<Vec<Picture>> {
        let Body {
            blocks,
            page,
            chinese,
            in_letter,
        } = self;
        let paper = Paper {
            page,
            chinese,
            in_letter,
        };
        write!(
            out,
            "<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{RELATIONS}\"><w:body>"
        )?;
        let mut pictures = Vec::new();
        let mut blocks = blocks.into_iter().peekable();
        while let Some(block) = blocks.next() {
            // Nothing is left alone with its signature on a page of its own.
            let signed = matches!(
                blocks.peek(),
                Some(MeasuredBlock::Block(Block::Closing { .. }))
            );
            match block {
                MeasuredBlock::Block(block) => paper.block(out, block, signed)?,
                MeasuredBlock::Picture(picture) => {
                    out.write_all(picture.paragraph(pictures.len() + 1).as_bytes())?;
                    pictures.push(picture);
                }
                MeasuredBlock::Table(table) => {
                    table.write(out, page.text_width(), chinese)?;
                    // Two tables without a paragraph between them are one; a last table needs one after it.
                    paper.paragraph(out, "Gap", "", &Text::new())?;
                }
            }
        }
        write!(out, "{}</w:body></w:document>", page.section())?;
        Ok(pictures)
    }
}

/// A chart as a picture with its sentence; where it cannot be drawn, as what it is without.
fn drawn(block: Block<'_>) -> Vec<MeasuredBlock<'_>> {
    let Block::Chart(chart) = block else {
        return vec![MeasuredBlock::Block(block)];
    };
    match Picture::of(&chart) {
        Some(picture) => {
            let told = Block::Line(chart.told.as_str().into());
            vec![MeasuredBlock::Picture(picture), MeasuredBlock::Block(told)]
        }
        None => chart.plain().map(MeasuredBlock::Block).into(),
    }
}

/// What paragraphs are set on.
struct Paper {
    page: Page,
    chinese: bool,
    in_letter: bool,
}

impl Paper {
    fn block(&self, out: &mut dyn Write, block: Block<'_>, signed: bool) -> io::Result<()> {
        let keep = if signed { "<w:keepNext/>" } else { "" };
        match block {
            Block::Heading { level, text, aside } => self.heading(out, level, text, aside),
            Block::Line(text) | Block::Salutation(text) => {
                self.paragraph(out, "Normal", keep, &text)
            }
            Block::Paragraph(text) => self.paragraph(out, "Running", keep, &text),
            Block::List(items) => {
                let last = items.len().saturating_sub(1);
                items.into_iter().enumerate().try_for_each(|(at, item)| {
                    let item = Text::from("• ").and(item);
                    self.paragraph(out, "Point", if at == last { keep } else { "" }, &item)
                })
            }
            Block::Pre(text) => text.lines().try_for_each(|line| {
                let line = line.replace('\t', "    ");
                self.paragraph(out, "Verbatim", "", &line.into())
            }),
            Block::Letterhead { organ, number } => self.letterhead(out, &organ, &number),
            Block::Closing { organ, day } => self.closing(out, &organ, &day),
            Block::Copies(lines) => self.copies(out, lines),
            Block::Blank
            | Block::Table(_)
            | Block::Verdict(_)
            | Block::Tiles(_)
            | Block::Chart(_)
            | Block::Beside(_)
            | Block::Photographs(_) => Ok(()),
        }
    }

    /// A title with what stands below it, or a heading; a line is clear below a title, two above it in a letter (7.3.1).
    fn heading(&self, out: &mut dyn Write, level: u8, text: Text, aside: Text) -> io::Result<()> {
        let style = match level {
            0 | 1 => {
                let before = if self.in_letter { 2 * LINE } else { 0 };
                let space = |before: u32, after: u32, line: u32| {
                    format!(
                        "<w:spacing w:before=\"{before}\" w:after=\"{after}\" w:line=\"{line}\" w:lineRule=\"exact\"/>"
                    )
                };
                let after = if aside.is_empty() { LINE } else { 0 };
                self.paragraph(out, "Title", &space(before, after, 700), &text)?;
                if !aside.is_empty() {
                    self.paragraph(out, "Subtitle", &space(0, LINE, LINE), &aside)?;
                }
                return Ok(());
            }
            2 => "Heading1",
            3 => "Heading2",
            _ => "Heading3",
        };
        let text = if aside.is_empty() {
            text
        } else {
            text.and("  ").and(aside)
        };
        self.paragraph(out, style, "", &text)
    }

    /// The red head, the number and the red rule.
    fn letterhead(&self, out: &mut dyn Write, organ: &Text, number: &Text) -> io::Result<()> {
        let columns = u32::try_from(organ.width() + 1).unwrap_or(u32::MAX);
        // A column is half a letter; a letter of so many half points is ten times as many twips wide.
        let size = (self.page.text_width() / columns / 5).clamp(*HEAD.start(), *HEAD.end());
        let line = size * 12;
        // The line is taller than its letters.
        let before = ABOVE_HEAD - (line - size * 10) / 2;
        let space =
            format!("<w:spacing w:before=\"{before}\" w:line=\"{line}\" w:lineRule=\"exact\"/>");
        let size = format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
        paragraph(out, "Organ", &space, &runs(organ, self.chinese, &size))?;
        self.paragraph(out, "Number", "", number)
    }

    /// The organ above the day, with two lines clear above them, which the seal covers (7.3.5.1).
    fn closing(&self, out: &mut dyn Write, organ: &Text, day: &Text) -> io::Result<()> {
        let insets = letter::closing(organ.plain().width(), day.plain().width());
        let inset = |columns: usize| {
            let columns = u32::try_from(columns).unwrap_or(0);
            format!("<w:ind w:right=\"{}\"/>", columns * HALF)
        };
        let above = format!(
            "<w:keepNext/><w:spacing w:before=\"{}\"/>{}",
            2 * LINE,
            inset(insets.organ)
        );
        self.paragraph(out, "Closing", &above, organ)?;
        self.paragraph(out, "Closing", &inset(insets.day), day)
    }

    /// The foot, between rules of 0.35 mm, in the last lines of the last page (7.4): paragraphs of one frame that floats down there.
    fn copies(&self, out: &mut dyn Write, lines: Vec<Text>) -> io::Result<()> {
        for line in lines {
            self.foot(out, line)?;
        }
        self.paragraph(out, "Gap", "", &Text::new())
    }

    /// Its first line begins a letter in, the others where the names begin.
    fn foot(&self, out: &mut dyn Write, text: Text) -> io::Result<()> {
        const LETTER: usize = 280;
        let width = self.page.text_width();
        let text = Text::from(if self.chinese { "\u{3000}" } else { "" }).and(text);
        let plain = text.plain();
        let names = plain.find('：').map_or(0, |at| plain[..at].width() + 2);
        let hang = names * LETTER / 2;
        let rule = |side: &str| {
            format!("<w:{side} w:val=\"single\" w:sz=\"8\" w:space=\"1\" w:color=\"000000\"/>")
        };
        let floating = format!(
            "<w:framePr w:w=\"{width}\" w:hSpace=\"0\" w:wrap=\"notBeside\" w:vAnchor=\"margin\" w:hAnchor=\"margin\" \
             w:xAlign=\"left\" w:yAlign=\"bottom\"/><w:pBdr>{}{}{}</w:pBdr><w:ind w:left=\"{hang}\" w:hanging=\"{hang}\"/>",
            rule("top"),
            rule("bottom"),
            rule("between"),
        );
        self.paragraph(out, "Copies", &floating, &text)
    }

    fn paragraph(
        &self,
        out: &mut dyn Write,
        style: &str,
        further: &str,
        text: &Text,
    ) -> io::Result<()> {
        paragraph(out, style, further, &runs(text, self.chinese, ""))
    }
}

/// One paragraph of finished runs; `further` is what it has beside its style, in the order of the schema.
fn paragraph(out: &mut dyn Write, style: &str, further: &str, runs: &str) -> io::Result<()> {
    write!(
        out,
        "<w:p><w:pPr><w:pStyle w:val=\"{}\"/>{further}</w:pPr>{runs}</w:p>",
        escaped(style)
    )
}
