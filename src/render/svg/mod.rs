//! Drawings as SVG: small, exact, and the same for the same input. What has a meaning has a class, and the colour comes from the
//! style sheet around it, so that one drawing fits light and dark.

mod cards;
pub(super) mod chart;
mod curve;
mod page;
mod table;
mod track;

use std::fmt::{self, Display};
use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

pub(super) use chart::chart;
pub(super) use curve::curve;
pub(crate) use page::TooTall;
pub(super) use page::write as write_in;
pub(super) use track::track;

use super::html::{DRAWING, TONES, class, escaped};
use super::text::flow;
use crate::document::{Document, Text, Tone};

/// The typefaces of a picture, by name; the programs that show it take the first that they have.
const FAMILIES: &str =
    "system-ui, Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif";

/// Writes a document as one picture.
///
/// # Errors
/// What writing runs into; [`TooTall`].
pub(crate) fn write(out: &mut dyn Write, document: Document<'_>) -> io::Result<()> {
    write_in(out, document, FAMILIES)
}

/// The style sheet of a picture of its own: as a page's, in the colours of the light one, spelled out, for programs that do
/// not know colours by name.
fn style() -> String {
    let (light, _) = TONES.split_once('}').unwrap_or_default();
    let named = light
        .split([';', '{'])
        .filter_map(|rule| rule.trim().split_once(": "));
    let sheet = [DRAWING, include_str!("page.css")].concat();
    named
        .filter(|(name, _)| name.starts_with("--"))
        .fold(sheet, |sheet, (name, colour)| {
            sheet.replace(&format!("var({name})"), colour)
        })
}

/// A length, to a tenth.
#[derive(Clone, Copy)]
struct Length(f64);

impl Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = format!("{:.1}", self.0);
        let told = told.strip_suffix(".0").unwrap_or(&told);
        f.write_str(if told == "-0" { "0" } else { told })
    }
}

/// About how wide words are in letters of that size: a Han letter is as wide as it is tall, others a little more than half.
fn width(words: &str, size: f64) -> f64 {
    let wide = words.chars().filter(|letter| !letter.is_ascii()).count();
    let narrow = words.width().saturating_sub(2 * wide);
    (wide as f64 + narrow as f64 * 0.56) * size
}

/// From which place words run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    const fn name(self) -> &'static str {
        match self {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        }
    }

    /// From where to where words of that width stand.
    fn reach(self, x: f64, width: f64) -> (f64, f64) {
        let from = match self {
            Anchor::Start => x,
            Anchor::Middle => x - width / 2.0,
            Anchor::End => x - width,
        };
        (from, from + width)
    }
}

/// Words in the colour of their class.
fn text(x: f64, y: f64, size: f64, anchor: Anchor, class: &str, words: &str) -> String {
    let (x, y, size) = (Length(x), Length(y), Length(size));
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{} class=\"{class}\">{}</text>",
        anchor.name(),
        escaped(words)
    )
}

/// Words in their tones, one after the other.
fn runs(x: f64, y: f64, size: f64, anchor: Anchor, words: &Text) -> String {
    let spans = words.0.iter().filter(|span| !span.text.is_empty());
    let mut spans = spans.peekable();
    if spans.peek().is_none() {
        return String::new();
    }
    let (x, y, size) = (Length(x), Length(y), Length(size));
    let mut out = format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{}>",
        anchor.name()
    );
    for span in spans {
        let words = escaped(&span.text);
        match class(span.tone) {
            Some(class) => out.push_str(&format!("<tspan class=\"{class}\">{words}</tspan>")),
            None => out.push_str(&words),
        }
    }
    out.push_str("</text>");
    out
}

fn rect(class: &str, x: f64, y: f64, width: f64, height: f64) -> String {
    let (x, y, width, height) = (Length(x), Length(y), Length(width), Length(height));
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

/// The lines that words take in that room, by the rules of running text.
fn lines(words: &Text, size: f64, room: f64) -> Vec<Text> {
    let bold = words.0.iter().all(|span| span.tone == Tone::Strong);
    let plain = words.plain();
    let columns = plain.width().max(1) as f64;
    // How wide a column is on average: half a Han letter, or a Latin one.
    let each = width(&plain, size) / columns * if bold { 1.06 } else { 1.0 };
    if each <= 0.0 {
        return Vec::new();
    }
    flow::lines(words, 0, ((room / each) as usize).max(4))
}

/// Places along a line that words took, so that no others are written over them.
#[derive(Default)]
struct Taken(Vec<(f64, f64)>);

impl Taken {
    /// Takes the place, if it is free.
    fn take(&mut self, (from, to): (f64, f64)) -> bool {
        const CLEAR: f64 = 8.0;
        let free = |(start, end): &(f64, f64)| to + CLEAR < *start || end + CLEAR < from;
        let is_free = self.0.iter().all(free);
        if is_free {
            self.0.push((from, to));
        }
        is_free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short() {
        let told = |length| Length(length).to_string();
        assert_eq!(
            [told(1.0), told(0.26), told(-0.01), told(120.96)],
            ["1", "0.3", "0", "121"]
        );
    }

    #[test]
    fn no_words_stand_over_others() {
        let mut taken = Taken::default();
        assert!(taken.take((10.0, 20.0)));
        assert!(!taken.take((0.0, 11.0)));
        assert!(!taken.take((24.0, 30.0)));
        assert!(taken.take((29.0, 30.0)));
    }
}
