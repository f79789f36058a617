//! Drawings as SVG: small, exact, and the same for the same input. What has a meaning has a class, and the colour comes from the
//! style sheet around it, so that one drawing fits light and dark.

mod chart;
mod curve;
mod track;

use std::fmt::{self, Display};

use unicode_width::UnicodeWidthStr;

pub(super) use chart::chart;
pub(super) use curve::curve;
pub(super) use track::track;

use super::html::escaped;

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

/// Places along a line that words took, so that no others are written over them.
#[derive(Default)]
struct Taken(Vec<(f64, f64)>);

impl Taken {
    /// Takes the place, if it is free.
    fn take(&mut self, (from, to): (f64, f64)) -> bool {
        const CLEAR: f64 = 6.0;
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
        assert!(taken.take((27.0, 30.0)));
    }
}
