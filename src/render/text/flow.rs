//! Running text in lines, by the rules of Chinese typesetting: a line breaks at spaces and between Han letters, never
//! before what closes nor after what opens (避头尾).

use unicode_width::UnicodeWidthChar;

use super::figure::drawn;
use crate::document::{Composer, Text, Tone};
use crate::render::safe::visible;

/// Breaks text into lines of at most that many columns, the first of them narrower by `indent`. What cannot be broken is
/// cut where the line ends. No text, no lines.
pub(in crate::render) fn lines(text: &Text, indent: usize, width: usize) -> Vec<Text> {
    broken(text, indent, width, false)
}

/// The same for a cell, which often lists things with spaces between them: they are kept whole where half a line is full
/// without them.
pub(super) fn cell(text: &Text, width: usize) -> Vec<Text> {
    broken(text, 0, width, true)
}

fn broken(text: &Text, indent: usize, width: usize, spaces: bool) -> Vec<Text> {
    let mut letters: Vec<(char, Tone)> = Vec::new();
    for span in &drawn(text).0 {
        letters.extend(
            visible(&span.text)
                .chars()
                .map(|letter| (letter, span.tone)),
        );
    }
    let mut rest = letters.as_slice();
    let mut lines = Vec::new();
    loop {
        rest = trimmed(rest);
        if rest.is_empty() {
            return lines;
        }
        let room = width
            - if lines.is_empty() {
                indent.min(width)
            } else {
                0
            };
        let (line, after) = rest.split_at(end_of_line(rest, room, spaces));
        lines.push(joined(line));
        rest = after;
    }
}

/// How many letters the first line takes; at least one.
fn end_of_line(letters: &[(char, Tone)], room: usize, spaces: bool) -> usize {
    let mut taken = 0;
    let (mut last, mut space) = (None, None);
    for (at, &(letter, _)) in letters.iter().enumerate() {
        if at > 0 && breaks(letters[at - 1].0, letter) {
            last = Some(at);
            if letters[at - 1].0 == ' ' && taken * 2 >= room {
                space = Some(at);
            }
        }
        taken += letter.width().unwrap_or(0);
        if taken > room && letter != ' ' {
            return space.filter(|_| spaces).or(last).unwrap_or(at).max(1);
        }
    }
    letters.len()
}

fn breaks(before: char, after: char) -> bool {
    let wide = |letter: char| letter.width() == Some(2);
    match (before, after) {
        (_, ' ') => false,
        (' ', _) => true,
        _ if opens(before) || closes(after) => false,
        _ => wide(before) || wide(after),
    }
}

fn opens(letter: char) -> bool {
    "（《〈「『【〔“‘([{<".contains(letter)
}

fn closes(letter: char) -> bool {
    "，。、；：？！）》〉」』】〕”’…—％‰·,.;:?!)]}>%".contains(letter)
}

fn trimmed(letters: &[(char, Tone)]) -> &[(char, Tone)] {
    let start = letters.iter().position(|(letter, _)| *letter != ' ');
    &letters[start.unwrap_or(letters.len())..]
}

fn joined(letters: &[(char, Tone)]) -> Text {
    let mut text = Composer::default();
    let end = letters.iter().rposition(|(letter, _)| *letter != ' ');
    for (letter, tone) in &letters[..end.map_or(0, |end| end + 1)] {
        text.put(letter.encode_utf8(&mut [0; 4]), *tone);
    }
    text.take()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn case(text: &str, indent: usize, width: usize, expected: &[&str]) {
        let lines: Vec<String> = lines(&text.into(), indent, width)
            .iter()
            .map(Text::plain)
            .collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn lines_break_at_spaces_and_between_han_letters() {
        case(
            "put it right by Friday",
            0,
            12,
            &["put it right", "by Friday"],
        );
        case(
            "责任单位要于七月十日前整改",
            4,
            12,
            &["责任单位", "要于七月十日", "前整改"],
        );
        case("张贴poster二十张", 0, 10, &["张贴poster", "二十张"]);
        case("unbreakable", 0, 4, &["unbr", "eaka", "ble"]);
        case("  ", 0, 4, &[]);
    }

    #[test]
    fn no_line_begins_with_what_closes_or_ends_with_what_opens() {
        case("各村（社区），请整改", 0, 12, &["各村（社", "区），请整改"]);
        case("各村各社区。请", 0, 10, &["各村各社", "区。请"]);
        case("按照《方案》", 0, 6, &["按照", "《方", "案》"]);
    }

    #[test]
    fn tones_go_over_the_break() {
        let text = Text::from("按期").and(("逾期未完成", Tone::Overdue));
        let lines = lines(&text, 0, 8);
        assert_eq!(lines[0], Text::from("按期").and(("逾期", Tone::Overdue)));
        assert_eq!(lines[1], Text::from(("未完成", Tone::Overdue)));
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_too_wide(text in "[村单 a-c。《（]{0,60}", width in 4usize..30) {
            let lines = lines(&text.as_str().into(), 2, width);
            let bare = |text: &str| text.replace(' ', "");
            let whole: String = lines.iter().map(Text::plain).collect();
            prop_assert_eq!(bare(&whole), bare(&text));
            for line in lines {
                prop_assert!(line.width() <= width);
            }
        }
    }
}
