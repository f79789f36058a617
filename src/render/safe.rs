//! What text from files may not carry to a reader: control characters that steer a terminal, marks that turn the
//! reading order round, and letters without width that make two names look alike.

use std::borrow::Cow;

/// Whether a character may not reach a reader as it is: C0 and C1 controls, bidirectional overrides and isolates,
/// characters without width, line separators, tags.
pub(crate) fn is_unsafe(letter: char) -> bool {
    // Nearly everything is ASCII or Han.
    if matches!(letter, ' '..='~' | '\u{3000}'..='\u{d7ff}') {
        return false;
    }
    letter.is_control()
        || matches!(letter,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{feff}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}')
}

/// The text with every unsafe character spelled out in ASCII (`\n`, `\u{1b}`), for terminals. U+FFFD would not do: its
/// width is ambiguous.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    substitute(text, |letter, out| out.extend(letter.escape_default()))
}

/// The text with every unsafe character replaced by U+FFFD, for formats that are files.
pub(crate) fn replaced(text: &str) -> Cow<'_, str> {
    substitute(text, |_, out| out.push('\u{fffd}'))
}

/// As [`replaced`], but line breaks and tabs stay: cells of a spreadsheet have them.
pub(crate) fn replaced_but_layout(text: &str) -> Cow<'_, str> {
    substitute(text, |letter, out| {
        out.push(match letter {
            '\t' | '\n' | '\r' => letter,
            _ => '\u{fffd}',
        });
    })
}

fn substitute(text: &str, mut put: impl FnMut(char, &mut String)) -> Cow<'_, str> {
    let Some(first) = text.find(is_unsafe) else {
        return Cow::Borrowed(text);
    };
    let mut out = String::with_capacity(text.len() + 16);
    out.push_str(&text[..first]);
    for letter in text[first..].chars() {
        if is_unsafe(letter) {
            put(letter, &mut out);
        } else {
            out.push(letter);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_hides_is_spelled_out() {
        #[track_caller]
        fn case(text: &str, expected: &str) {
            assert_eq!(visible(text), expected);
            assert!(!visible(text).chars().any(is_unsafe));
            assert!(!replaced(text).chars().any(is_unsafe));
        }
        case("塘坝村", "塘坝村");
        case("a\u{1b}[31mb\r\n\t", "a\\u{1b}[31mb\\r\\n\\t");
        case("\u{9b}2J", "\\u{9b}2J");
        case("\u{202e}完\u{2069}", "\\u{202e}完\\u{2069}");
        case("洛\u{200b}咖", "洛\\u{200b}咖");
        case("\u{feff}\u{7f}", "\\u{feff}\\u{7f}");
    }

    #[test]
    fn a_file_gets_one_mark_for_each() {
        assert_eq!(replaced("a\u{1b}b\u{202e}"), "a\u{fffd}b\u{fffd}");
        assert_eq!(replaced_but_layout("a\nb\u{1b}"), "a\nb\u{fffd}");
    }
}
