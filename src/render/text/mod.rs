//! Documents on a terminal: Han letters and ASCII, no box lines, no line ends in spaces. Colour and width are the
//! caller's to say; nothing is cut off, but a table that is too wide uses its rows' brief names and does without its
//! spare columns. A letter keeps to the width of a page.

mod figure;
pub(super) mod flow;
mod layout;
mod letter;
mod table;
mod width;
mod wrap;

use std::borrow::Cow;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use self::letter::Stand;
use self::width::harmless;
use super::safe::visible;
use crate::document::{Block, Document, Span, Text, Tone};

/// What the text is written on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Columns of the terminal; `None` where there is none and nothing needs to wrap.
    pub width: Option<usize>,
    /// Whether tones become colours.
    pub colour: bool,
}

/// An aside stands at the right end of the screen, but no further out than this.
const FURTHEST: usize = 100;

/// The width of a page, where there is no screen.
pub(crate) const PAGE: usize = 80;

/// Writes a document. Rows of long tables go out as they come.
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>, screen: Screen) -> io::Result<()> {
    // After a letterhead, headings are set as a letter's.
    let mut in_letter = false;
    for block in document.plain().blocks {
        match block {
            Block::Letterhead { organ, number } => {
                in_letter = true;
                letter::head(out, &organ, &number, screen)?;
            }
            Block::Heading {
                level: 1,
                text,
                aside,
            } if in_letter => letter::title(out, &text, &aside, screen)?,
            Block::Heading {
                level: _,
                text,
                aside,
            } if in_letter => {
                let text = text
                    .and(if aside.is_empty() { "" } else { "  " })
                    .and(aside);
                letter::lines(out, &text, Stand::Indented, Tone::Strong, screen)?;
            }
            Block::Heading {
                level: _,
                text,
                aside,
            } => heading(out, &text, &aside, screen)?,
            Block::Paragraph(text) => {
                letter::lines(out, &text, Stand::Indented, Tone::Plain, screen)?
            }
            Block::Salutation(text) => {
                letter::lines(out, &text, Stand::Flush, Tone::Plain, screen)?
            }
            Block::Closing { organ, day } => letter::closing(out, &organ, &day, screen)?,
            Block::Copies(foot) => letter::copies(out, &foot, screen)?,
            Block::Line(text) => paragraph(out, "", &text, screen)?,
            Block::List(items) => {
                for item in &items {
                    paragraph(out, "-", item, screen)?;
                }
            }
            Block::Table(contents) => table::write(out, contents, screen)?,
            Block::Pre(text) => {
                for line in text.lines() {
                    let line = line.replace('\t', "    ");
                    writeln!(out, "{}", visible(&line).trim_end())?;
                }
            }
            Block::Blank => writeln!(out)?,
            Block::Verdict(_)
            | Block::Tiles(_)
            | Block::Chart(_)
            | Block::Beside(_)
            | Block::Photographs(_) => {}
        }
    }
    Ok(())
}

/// Writes a document as a file of plain text, in lines as wide as a page. Where a column can wrap, no other is left out for it.
pub(crate) fn write_file(out: &mut dyn Write, mut document: Document<'_>) -> io::Result<()> {
    document = document.plain();
    for block in &mut document.blocks {
        if let Block::Table(table) = block
            && table.columns.iter().any(|column| column.wrap)
        {
            table
                .columns
                .iter_mut()
                .for_each(|column| column.spare = false);
        }
    }
    let page = Screen {
        width: Some(PAGE),
        colour: false,
    };
    write(out, document, page)
}

/// The title at the left, the aside at the right; on a line of its own where both do not fit.
fn heading(out: &mut dyn Write, text: &Text, aside: &Text, screen: Screen) -> io::Result<()> {
    let title = Painted::new(text, Tone::Strong, screen.colour);
    if screen.width.is_some_and(|width| title.width > width) {
        // Where the line breaks, the second of two spaces would begin the next one.
        let mut title = text.clone();
        for span in &mut title.0 {
            span.text = span.text.replace("  ", " ").into();
        }
        paragraph(out, "", &title, screen)?;
        return match aside.is_empty() {
            true => Ok(()),
            false => paragraph(out, "", aside, screen),
        };
    }
    let aside = Painted::new(aside, Tone::Plain, screen.colour);
    let mut line = title.text.into_owned();
    if aside.width > 0 {
        let taken = title.width + aside.width;
        match screen.width.map(|width| width.min(FURTHEST)) {
            None => line.push_str("    "),
            Some(width) if taken + 2 <= width => {
                line.extend(std::iter::repeat_n(' ', width - taken));
            }
            Some(_) => line.push('\n'),
        }
        line.push_str(&aside.text);
    }
    writeln!(out, "{}", line.trim_end())
}

/// One line, wrapped where the screen ends, with what follows a mark kept clear of it.
fn paragraph(out: &mut dyn Write, mark: &str, text: &Text, screen: Screen) -> io::Result<()> {
    let painted = Painted::new(text, Tone::Plain, screen.colour);
    let indent = if mark.is_empty() { 0 } else { mark.len() + 1 };
    match screen.width {
        Some(width) if painted.width + indent > width && width > indent + wrap::NARROWEST => {
            let columns = [
                wrap::Column::left(mark.len()),
                wrap::Column::left(width - indent),
            ];
            let broken = painted.broken(width - indent);
            let cells = [mark, &broken];
            let used = if mark.is_empty() { 1.. } else { 0.. };
            wrap::write(out, &columns[used.clone()], &cells[used], 1)
        }
        _ if mark.is_empty() => writeln!(out, "{}", painted.text.trim_end()),
        _ => writeln!(out, "{mark} {}", painted.text.trim_end()),
    }
}

/// Text as it goes to the terminal, and the columns it takes there.
#[derive(Default)]
struct Painted<'t> {
    text: Cow<'t, str>,
    width: usize,
    /// What it was made of, and in which tone and whether coloured, to be broken where it is too wide.
    of: Option<(&'t Text, Tone, bool)>,
}

impl<'t> Painted<'t> {
    /// Makes text harmless and, if wanted, coloured; plain spans take the tone of their surroundings.
    #[inline(always)]
    fn new(of: &'t Text, around: Tone, colour: bool) -> Painted<'t> {
        // Most cells are a few plain words, which need no copy.
        if let [span] = of.0.as_slice()
            && span.figure.is_none()
            && (!colour || look(span, around).is_plain())
            && let Some(width) = width::plain(&span.text)
        {
            return Painted {
                text: Cow::Borrowed(&span.text),
                width,
                of: Some((of, around, colour)),
            };
        }
        Painted::composed(of, around, colour)
    }

    /// A mark of a heat table. What is owed stands on a ground of its colour, so that the eye finds it among a thousand letters.
    fn filled(of: &'t Text, colour: bool) -> Painted<'t> {
        let painted = Painted::new(of, Tone::Plain, colour);
        match of.0.first() {
            Some(span) if colour && matches!(span.tone, Tone::Overdue | Tone::Returned) => {
                let (words, width) = harmless(&span.text);
                let look = style(span.tone).invert();
                Painted {
                    text: Cow::Owned(format!("{look}{words}{look:#}")),
                    width,
                    of: None,
                }
            }
            _ => painted,
        }
    }

    fn composed(of: &'t Text, around: Tone, colour: bool) -> Painted<'t> {
        let mut line = String::new();
        let mut width = 0;
        for span in &figure::drawn(of).0 {
            let (words, columns) = harmless(&span.text);
            width += columns;
            let look = match colour {
                true => look(span, around),
                false => Style::new(),
            };
            if words.is_empty() || look.is_plain() {
                line.push_str(&words);
            } else {
                line.push_str(&format!("{look}{words}{look:#}"));
            }
        }
        Painted {
            text: Cow::Owned(line),
            width,
            of: Some((of, around, colour)),
        }
    }
}

/// The look of a span where there is colour.
fn look(span: &Span, around: Tone) -> Style {
    match span.tone {
        Tone::Plain => style(around),
        own => style(own),
    }
}

impl Painted<'_> {
    /// The same on lines of at most that many columns, by the rules of running text, with line breaks between them.
    fn broken(&self, width: usize) -> String {
        let Some((of, around, colour)) = self.of else {
            return String::new();
        };
        let lines = flow::cell(of, width);
        let painted = lines
            .iter()
            .map(|line| Painted::new(line, around, colour).text);
        painted.collect::<Vec<_>>().join("\n")
    }
}

/// The look of a tone. Only the eight old colours: every terminal theme has them readable.
fn style(tone: Tone) -> Style {
    let coloured = |colour: AnsiColor| Style::new().fg_color(Some(colour.into()));
    match tone {
        Tone::Plain => Style::new(),
        Tone::Strong => Style::new().bold(),
        Tone::Dim => Style::new().dimmed(),
        Tone::Done => coloured(AnsiColor::Green),
        Tone::Late => coloured(AnsiColor::Yellow),
        Tone::Overdue => coloured(AnsiColor::Red).bold(),
        Tone::Soon => coloured(AnsiColor::Cyan),
        Tone::Returned => coloured(AnsiColor::Magenta),
        Tone::Notice => coloured(AnsiColor::Yellow).bold(),
    }
}

#[cfg(test)]
mod tests;
