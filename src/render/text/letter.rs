//! The parts of an official letter on a terminal: centred, indented and right-hand lines within the width of a page.

use std::io::{self, Write};

use super::{PAGE, Painted, Screen, flow};
use crate::document::{Text, Tone};
use crate::render::letter;

/// How far the first line of a paragraph stands in: two Han letters.
const INDENT: usize = 4;

/// Where the lines of one piece stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Stand {
    /// At the left.
    Flush,
    /// At the left, the first line indented.
    Indented,
    /// In the middle.
    Centred,
    /// At the right, so many columns clear of the edge.
    Right(usize),
}

/// Writes lines of a letter.
pub(super) fn lines(
    out: &mut dyn Write,
    text: &Text,
    stand: Stand,
    around: Tone,
    screen: Screen,
) -> io::Result<()> {
    let width = page(screen);
    let indent = if stand == Stand::Indented { INDENT } else { 0 };
    for (at, line) in flow::lines(text, indent, width).iter().enumerate() {
        let space = match stand {
            Stand::Flush => 0,
            Stand::Indented if at == 0 => INDENT,
            Stand::Indented => 0,
            Stand::Centred => width.saturating_sub(line.width()) / 2,
            Stand::Right(inset) => width.saturating_sub(line.width() + inset),
        };
        let painted = Painted::new(line, around, screen.colour);
        writeln!(out, "{:space$}{}", "", painted.text)?;
    }
    Ok(())
}

/// The organ and the number, with a rule under them.
pub(super) fn head(
    out: &mut dyn Write,
    organ: &Text,
    number: &Text,
    screen: Screen,
) -> io::Result<()> {
    lines(out, organ, Stand::Centred, Tone::Strong, screen)?;
    lines(out, number, Stand::Centred, Tone::Plain, screen)?;
    rule(out, screen)
}

/// The title, clear of what stands around it.
pub(super) fn title(
    out: &mut dyn Write,
    text: &Text,
    aside: &Text,
    screen: Screen,
) -> io::Result<()> {
    writeln!(out)?;
    lines(out, text, Stand::Centred, Tone::Strong, screen)?;
    lines(out, aside, Stand::Centred, Tone::Plain, screen)?;
    writeln!(out)
}

/// The organ above the day, at the right.
pub(super) fn closing(
    out: &mut dyn Write,
    organ: &Text,
    day: &Text,
    screen: Screen,
) -> io::Result<()> {
    let insets = letter::closing(organ.width(), day.width());
    writeln!(out)?;
    lines(out, organ, Stand::Right(insets.organ), Tone::Plain, screen)?;
    lines(out, day, Stand::Right(insets.day), Tone::Plain, screen)
}

/// Who else gets it, between rules.
pub(super) fn copies(out: &mut dyn Write, foot: &[Text], screen: Screen) -> io::Result<()> {
    writeln!(out)?;
    rule(out, screen)?;
    for text in foot {
        lines(out, text, Stand::Flush, Tone::Plain, screen)?;
        rule(out, screen)?;
    }
    Ok(())
}

fn rule(out: &mut dyn Write, screen: Screen) -> io::Result<()> {
    writeln!(out, "{}", "-".repeat(page(screen)))
}

fn page(screen: Screen) -> usize {
    screen.width.map_or(PAGE, |width| width.min(PAGE))
}
