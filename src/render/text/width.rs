//! How many terminal columns a text takes. A Han letter takes two.

use std::borrow::Cow;

use unicode_width::UnicodeWidthStr;

use crate::render::safe::visible;

/// The text made harmless, and the columns that it takes.
#[inline]
pub(super) fn harmless(text: &str) -> (Cow<'_, str>, usize) {
    if let Some(width) = plain(text) {
        return (Cow::Borrowed(text), width);
    }
    let text = visible(text);
    let width = text.width();
    (text, width)
}

/// What a byte of a text adds to its columns: of the three bytes of a Han letter from U+4000 to U+9FFF, its first. Whatever else
/// may begin a letter is more than all columns of a text.
const COLUMNS: [u64; 256] = {
    let mut columns = [0; 256];
    let mut byte = 0;
    while byte < columns.len() {
        columns[byte] = match byte as u8 {
            b' '..=b'~' => 1,
            0x80..=0xBF => 0,
            0xE4..=0xE9 => 2,
            _ => ODD,
        };
        byte += 1;
    }
    columns
};

const ODD: u64 = 1 << 32;

/// The columns of a text of ASCII and common Han letters alone, none of which is unsafe; `None` for any other text. Nearly every cell
/// is such a text, and this goes through its bytes only once.
#[inline]
pub(super) fn plain(text: &str) -> Option<usize> {
    let columns = text.bytes().map(|byte| COLUMNS[usize::from(byte)]);
    let width = Some(columns.sum::<u64>()).filter(|width| *width < ODD);
    usize::try_from(width?).ok()
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
        assert_eq!(told, 95 + 0x6000);
        assert_eq!(plain("塘坝村 12/20"), Some(12));
        assert_eq!(plain("塘坝村\u{1b}"), None);
    }
}
