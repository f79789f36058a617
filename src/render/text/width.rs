//! How many terminal columns a text takes. A Han letter takes two.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::render::safe::visible;

/// The text made harmless, and the columns that it takes.
pub(super) fn harmless(text: &str) -> (Cow<'_, str>, usize) {
    if let Some(width) = plain(text) {
        return (Cow::Borrowed(text), width);
    }
    let text = visible(text);
    let width = text.width();
    (text, width)
}

/// The columns of a text of ASCII and common Han letters alone, of which none is unsafe: nearly every cell, told in one look.
fn plain(text: &str) -> Option<usize> {
    let mut rest = text.as_bytes();
    let mut width = 0;
    loop {
        match rest {
            [] => return Some(width),
            [b' '..=b'~', after @ ..] => {
                width += 1;
                rest = after;
            }
            // U+4E00 to U+9FFF.
            [0xE4, 0xB8..=0xBF, _, after @ ..] | [0xE5..=0xE9, _, _, after @ ..] => {
                width += 2;
                rest = after;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_look_says_what_a_long_look_says() {
        let mut told = 0;
        for letter in '\0'..=char::MAX {
            let text = letter.to_string();
            if let Some(width) = plain(&text) {
                assert_eq!(visible(&text), text);
                assert_eq!(width, text.width(), "{letter}");
                told += 1;
            }
        }
        assert_eq!(told, 95 + 0x5200);
        assert_eq!(plain("塘坝村 12/20"), Some(12));
        assert_eq!(plain("塘坝村\u{1b}"), None);
    }
}
