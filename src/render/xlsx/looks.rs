//! How cells look: typefaces, lines and the colours of tones.

use std::collections::HashMap;

use compact_str::CompactString;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, XlsxError};

use super::part::Rank;
use crate::document::{Align, Tone};

/// What a cell of a table holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Content {
    /// Words.
    #[default]
    Words,
    /// Words that would be a formula if somebody typed them: they stay words when the cell is edited.
    Quoted,
    /// A mark, in the middle.
    Mark,
    /// A number in that pattern.
    Number(CompactString),
    /// A day.
    Day,
    /// A day and the time of day.
    Moment,
}

/// How a cell looks.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Look {
    /// A line above or below a table.
    Line(Rank, Tone),
    /// The head of a column.
    Head,
    /// A cell of a table.
    Cell {
        content: Content,
        align: Align,
        tone: Tone,
        /// Whether its row is the sum of the others.
        total: bool,
    },
}

/// The looks of a workbook, made when they are first asked for.
pub(super) struct Looks {
    chinese: bool,
    ready: HashMap<Look, Format>,
}

/// What the lines of a table are drawn in.
const RULE: Color = Color::RGB(0xB8_BF_C6);
/// The ground of heads.
const HEAD: Color = Color::RGB(0xE9_EB_EE);
/// How far words stand from the line, so that they do not run into the number before them.
const INDENT: u8 = 1;
/// The bar behind a rate.
pub(super) const BAR: Color = Color::RGB(0xBF_E0_C9);

impl Looks {
    /// Those of a language.
    pub(super) fn of(lang: &str) -> Self {
        Self {
            chinese: lang.starts_with("zh"),
            ready: HashMap::new(),
        }
    }

    /// Settles what a cell looks like that nothing else is said of, in a workbook without sheets.
    pub(super) fn prepare(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        if self.chinese {
            // Column widths count digits: in this typeface a digit is 8 dots wide, and a Han letter just below two of them.
            workbook.set_default_format(&self.plain(), 20, 72)?;
        }
        Ok(())
    }

    fn plain(&self) -> Format {
        match self.chinese {
            true => Format::new().set_font_name("宋体").set_font_size(11),
            false => Format::new(),
        }
    }

    /// That look.
    pub(super) fn get(&mut self, look: &Look) -> &Format {
        if !self.ready.contains_key(look) {
            self.ready.insert(look.clone(), self.made(look));
        }
        &self.ready[look]
    }

    fn made(&self, look: &Look) -> Format {
        let plain = self.plain().set_align(FormatAlign::VerticalCenter);
        match look {
            Look::Line(rank, tone) => {
                let line = toned(plain.set_text_wrap(), *tone);
                match rank {
                    Rank::Title => line
                        .set_bold()
                        .set_font_size(16)
                        .set_align(FormatAlign::Center),
                    Rank::Aside => line.set_align(FormatAlign::Center),
                    Rank::Head => line.set_bold().set_font_size(12),
                    Rank::Words => line,
                }
            }
            Look::Head => ruled(plain)
                .set_bold()
                .set_text_wrap()
                .set_align(FormatAlign::Center)
                .set_background_color(HEAD),
            Look::Cell {
                content,
                align,
                tone,
                total,
            } => {
                let cell = toned(ruled(plain), *tone);
                let cell = cell.set_align(match (content, align) {
                    (Content::Mark, _) => FormatAlign::Center,
                    (_, Align::Right) => FormatAlign::Right,
                    (_, Align::Left) => FormatAlign::Left,
                });
                let cell = match content {
                    Content::Words => cell.set_text_wrap().set_indent(INDENT),
                    Content::Quoted => cell.set_text_wrap().set_indent(INDENT).set_quote_prefix(),
                    Content::Mark => cell,
                    Content::Number(pattern) => cell.set_num_format(pattern.as_str()),
                    Content::Day => cell.set_num_format("yyyy-mm-dd"),
                    Content::Moment => cell.set_num_format("yyyy-mm-dd hh:mm"),
                };
                match total {
                    true => cell.set_bold().set_border_top(FormatBorder::Medium),
                    false => cell,
                }
            }
        }
    }
}

fn ruled(format: Format) -> Format {
    format.set_border(FormatBorder::Thin).set_border_color(RULE)
}

/// The colours of a tone: its ink, and its ground where it fills a cell. `None` = nothing special.
const fn colours(tone: Tone) -> Option<(u32, u32)> {
    match tone {
        Tone::Plain | Tone::Strong => None,
        Tone::Dim => Some((0x66_66_66, 0xF4_F5_F6)),
        Tone::Done => Some((0x1A_6B_35, 0xD5_EB_DD)),
        Tone::Late | Tone::Notice => Some((0x8A_5A_00, 0xF7_E8_C8)),
        Tone::Overdue => Some((0xFF_FF_FF, 0xB3_14_1C)),
        Tone::Soon => Some((0x0B_5C_84, 0xD6_E8_F4)),
        Tone::Returned => Some((0x7A_2A_86, 0xEA_DC_F2)),
    }
}

/// The ink of a tone on white paper.
fn ink(tone: Tone) -> Option<u32> {
    let (ink, ground) = colours(tone)?;
    Some(if tone == Tone::Overdue { ground } else { ink })
}

fn toned(format: Format, tone: Tone) -> Format {
    let format = match tone {
        Tone::Strong | Tone::Notice | Tone::Overdue => format.set_bold(),
        _ => format,
    };
    match ink(tone) {
        Some(ink) => format.set_font_color(Color::RGB(ink)),
        None => format,
    }
}

/// What a rule gives a mark of that tone: ink and ground.
pub(super) fn filled(tone: Tone) -> Format {
    match colours(tone) {
        Some((ink, ground)) => Format::new()
            .set_font_color(Color::RGB(ink))
            .set_background_color(Color::RGB(ground)),
        None => Format::new(),
    }
}

/// The colour of the bar behind a number of that tone.
pub(super) fn ground(tone: Tone) -> Color {
    match (tone, colours(tone)) {
        // The number stands on it.
        (Tone::Overdue, _) => Color::RGB(0xF3_C6_C9),
        (_, Some((_, ground))) => Color::RGB(ground),
        (_, None) => HEAD,
    }
}

/// What a rule gives a number of that tone: ink alone.
pub(super) fn inked(tone: Tone) -> Format {
    toned(Format::new(), tone)
}
