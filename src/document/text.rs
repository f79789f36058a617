//! Text with meaning: words in spans, each with a tone. Which colour a tone has, if any, is `render`'s affair.

use compact_str::{CompactString, ToCompactString};
use smallvec::{SmallVec, smallvec};
use unicode_width::UnicodeWidthStr;

/// What a piece of text means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Matters more than its surroundings.
    Strong,
    /// Matters less.
    Dim,
    /// Done on time.
    Done,
    /// Done after the due day.
    Late,
    /// Due and not done.
    Overdue,
    /// Falls due soon.
    Soon,
    /// Returned by a review.
    Returned,
    /// A mark the reader must not miss: sample data, a forecast.
    Notice,
}

/// Words in one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The words, as they came; escaping is up to the format. Numbers, days and most names are short and need no room of
    /// their own.
    pub text: CompactString,
    /// What they mean.
    pub tone: Tone,
}

/// A run of spans: one line, one cell. Nearly every text is one span, and a long table has millions of them: one needs no room
/// of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub SmallVec<[Span; 1]>);

impl Text {
    /// Text of nothing.
    pub fn new() -> Self {
        Text::default()
    }

    /// A number.
    pub fn number(number: impl ToCompactString) -> Self {
        Text::from((number.to_compact_string(), Tone::Plain))
    }

    /// The same words, all in one tone.
    #[must_use]
    pub fn in_tone(mut self, tone: Tone) -> Self {
        self.0.iter_mut().for_each(|span| span.tone = tone);
        self
    }

    /// Appends words in a tone.
    pub fn push(&mut self, text: impl Into<CompactString>, tone: Tone) -> &mut Self {
        self.0.push(Span {
            text: text.into(),
            tone,
        });
        self
    }

    /// Appends words to the last span where that has the same tone, else as a span of their own.
    pub fn extend(&mut self, text: &str, tone: Tone) {
        match self.0.last_mut() {
            Some(last) if last.tone == tone => last.text.push_str(text),
            _ => {
                self.push(text, tone);
            }
        }
    }

    /// The same text with more words after it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Text>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// How many terminal columns the words take; a Han letter takes two.
    pub fn width(&self) -> usize {
        self.0.iter().map(|span| span.text.width()).sum()
    }

    /// The words without their tones.
    pub fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::from((text, Tone::Plain))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Text::from((text, Tone::Plain))
    }
}

impl<T: Into<CompactString>> From<(T, Tone)> for Text {
    fn from((text, tone): (T, Tone)) -> Self {
        let text = text.into();
        Text(smallvec![Span { text, tone }])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_knows_its_words_and_their_width() {
        let text = Text::from("塘坝村 ").and(("2 件", Tone::Overdue));
        assert_eq!(text.plain(), "塘坝村 2 件");
        assert_eq!(text.width(), 11);
        assert!(!text.is_empty());
        assert!(Text::from("").is_empty());
    }
}
