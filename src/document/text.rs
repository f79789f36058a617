//! Text with meaning: words in spans, each with a tone. Which colour a tone has, if any, is `render`'s affair.

use compact_str::{CompactString, ToCompactString};
use smallvec::SmallVec;
use unicode_width::UnicodeWidthStr;

use super::{Date, Figure, Value};

/// What a piece of text means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) enum Tone {
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
pub(crate) struct Span {
    /// The words, as they came; escaping is up to the format. Numbers, days and most names are short and need no room of
    /// their own.
    pub text: CompactString,
    /// What they mean.
    pub tone: Tone,
    /// What they stand for, where a machine can reckon with it.
    pub value: Value,
    /// What a format that can draw makes of them.
    pub figure: Option<Box<Figure>>,
}

/// A run of spans: one line, one cell. Nearly every text is one span, and a long table has millions of them: one needs no room
/// of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Text(pub SmallVec<[Span; 1]>);

impl Text {
    /// Text of nothing.
    pub(crate) fn new() -> Self {
        Text::default()
    }

    /// A number.
    pub(crate) fn number(number: impl ToCompactString) -> Self {
        Text::from(number.to_compact_string()).worth(Value::Number)
    }

    /// A day, in whatever words.
    pub(crate) fn day(words: impl Into<CompactString>, day: Date) -> Self {
        Text::from((words, Tone::Plain)).worth(Value::Day(day))
    }

    /// The same words, which together stand for that.
    #[must_use]
    pub(crate) fn worth(mut self, value: Value) -> Self {
        if let [span] = self.0.as_mut_slice() {
            span.value = value;
        }
        self
    }

    /// What all of it stands for.
    pub(crate) fn value(&self) -> Value {
        match self.0.as_slice() {
            [span] => span.value,
            _ => Value::Words,
        }
    }

    /// A drawing, with the words that say the same.
    pub(crate) fn figure(figure: Figure, words: impl Into<CompactString>) -> Self {
        Text(SmallVec::from_buf([Span {
            text: words.into(),
            tone: Tone::Plain,
            value: Value::Words,
            figure: Some(Box::new(figure)),
        }]))
    }

    /// The same words, all in one tone.
    #[must_use]
    pub(crate) fn in_tone(mut self, tone: Tone) -> Self {
        self.0.iter_mut().for_each(|span| span.tone = tone);
        self
    }

    /// Appends words in a tone.
    pub(crate) fn push(&mut self, text: impl Into<CompactString>, tone: Tone) -> &mut Self {
        self.0.push(Span {
            text: text.into(),
            tone,
            value: Value::Words,
            figure: None,
        });
        self
    }

    /// The same text with more words after it.
    #[must_use]
    pub(crate) fn and(mut self, more: impl Into<Text>) -> Self {
        self.0.extend(more.into().0);
        self
    }

    /// How many terminal columns the words take; a Han letter takes two.
    pub(crate) fn width(&self) -> usize {
        self.0.iter().map(|span| span.text.width()).sum()
    }

    /// The words without their tones.
    pub(crate) fn plain(&self) -> String {
        self.0.iter().map(|span| span.text.as_str()).collect()
    }

    /// Whether there are no words.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Text::from((text, Tone::Plain))
    }
}

impl From<CompactString> for Text {
    fn from(text: CompactString) -> Self {
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
        Text(SmallVec::from_buf([Span {
            text,
            tone,
            value: Value::Words,
            figure: None,
        }]))
    }
}

/// A text in the making. Words of one tone that follow one another become one span, put together in room that is used again.
#[derive(Debug, Default)]
pub(crate) struct Composer {
    text: Text,
    words: String,
    tone: Tone,
}

impl Composer {
    /// Appends words.
    pub(crate) fn put(&mut self, words: &str, tone: Tone) {
        if tone != self.tone {
            self.end();
            self.tone = tone;
        }
        self.words.push_str(words);
    }

    /// What was put together; the next text begins.
    pub(crate) fn take(&mut self) -> Text {
        self.end();
        std::mem::take(&mut self.text)
    }

    fn end(&mut self) {
        if !self.words.is_empty() {
            self.text.push(self.words.as_str(), self.tone);
            self.words.clear();
        }
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

    #[test]
    fn a_text_of_one_span_may_be_worth_something() {
        assert_eq!(Text::number(12).value(), Value::Number);
        assert_eq!(
            Text::from("16天").worth(Value::Number).value(),
            Value::Number
        );
        assert_eq!(Text::number(12).and("/20").value(), Value::Words);
        assert_eq!(Text::new().worth(Value::Number).value(), Value::Words);
    }

    #[test]
    fn words_of_one_tone_are_composed_to_one_span() {
        let mut composer = Composer::default();
        composer.put("塘坝村", Tone::Plain);
        composer.put(" ", Tone::Plain);
        composer.put("2 件", Tone::Overdue);
        composer.put("", Tone::Dim);
        let text = composer.take();
        let wanted = Text::from("塘坝村 ").and(("2 件", Tone::Overdue));
        assert_eq!(text, wanted);
        composer.put("大排", Tone::Plain);
        assert_eq!(composer.take(), Text::from("大排"));
        assert_eq!(composer.take(), Text::new());
    }
}
