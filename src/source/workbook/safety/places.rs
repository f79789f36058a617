//! The places of cells in the parts of an XLSX workbook. Their reader takes `A4294967297` for `A1`.

use std::io::{self, Write};

/// Goes over a part that is written to it, and keeps the first place that no sheet has: the attributes `r` and `ref`.
#[derive(Default)]
pub(super) struct Places {
    pub beyond: Option<String>,
    at: At,
    name: Vec<u8>,
    value: Vec<u8>,
}

/// Where in a part.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum At {
    #[default]
    Text,
    /// Right behind `<`.
    Begin,
    /// In a comment and its like.
    Aside,
    Tag,
    /// In a tag, behind a name.
    Named,
    /// In a value, up to that mark.
    Value(u8),
}

/// What is longer than any place is none.
const LONGEST: usize = 64;

impl Places {
    fn put(&mut self, byte: u8) {
        self.at = match (self.at, byte) {
            (At::Text, b'<') => At::Begin,
            (At::Text, _) => At::Text,
            (At::Begin, b'!' | b'?') => At::Aside,
            (At::Value(mark), _) if byte == mark => {
                self.judge();
                At::Named
            }
            (At::Value(_), _) => {
                if self.value.len() < LONGEST {
                    self.value.push(byte);
                }
                self.at
            }
            (_, b'>') => At::Text,
            (At::Aside, _) => At::Aside,
            (_, b'"' | b'\'') => {
                self.value.clear();
                At::Value(byte)
            }
            (_, b'=') => self.at,
            (_, byte) if byte.is_ascii_whitespace() => At::Named,
            (before, _) => {
                if before == At::Named {
                    self.name.clear();
                }
                if self.name.len() < LONGEST {
                    self.name.push(byte);
                }
                At::Tag
            }
        };
    }

    fn judge(&mut self) {
        if !matches!(self.name.as_slice(), b"r" | b"ref") || self.beyond.is_some() {
            return;
        }
        let mut ends = self.value.split(|byte| *byte == b':').map(place);
        let (first, last) = (ends.next().flatten(), ends.next());
        let reversed =
            |last: (u32, u32)| first.is_some_and(|first| last.0 < first.0 || last.1 < first.1);
        let is_place = match last {
            None => first.is_some(),
            Some(last) => first.is_some() && last.is_some_and(|last| !reversed(last)),
        };
        if !is_place {
            self.beyond = Some(String::from_utf8_lossy(&self.value).into_owned());
        }
    }
}

/// Column and row of a place, each 0 where it says none; nothing where it has more letters or digits than any.
fn place(text: &[u8]) -> Option<(u32, u32)> {
    let letters = text
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    let (letters, rest) = text.split_at(letters);
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if letters.len() > 3 || digits > 7 {
        return None;
    }
    let column = letters
        .iter()
        .fold(0, |column, letter| column * 26 + u32::from(letter & 0x1f));
    let row = rest[..digits]
        .iter()
        .fold(0, |row, digit| row * 10 + u32::from(digit - b'0'));
    Some((column, row))
}

impl Write for Places {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        bytes.iter().for_each(|byte| self.put(*byte));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn beyond(part: &str, wanted: Option<&str>) {
        let mut places = Places::default();
        // In pieces of one byte, as they may come.
        part.bytes()
            .for_each(|byte| places.write_all(&[byte]).unwrap());
        assert_eq!(places.beyond.as_deref(), wanted, "{part}");
    }

    #[test]
    fn places_that_no_sheet_has_are_found() {
        for sound in [
            "<row r=\"1048576\"><c r=\"XFD1048576\" s=\"123456789\"/></row>",
            "<mergeCell ref=\"A1:C3\"/><hyperlink ref='A:XFD' r:id=\"rId12345678\"/>",
            "<t>r=\"A123456789\"</t><!-- don't --><c r=\"A1\"/>",
            "<f t=\"shared\" ref=\"B2:B9\" si=\"0\">ABCDE123456789</f>",
        ] {
            beyond(sound, None);
        }
        beyond("<c r=\"A4294967297\"/>", Some("A4294967297"));
        beyond("<c s='>' r = 'ABCDEFGH1'>", Some("ABCDEFGH1"));
        beyond("<row\nr=\"99999999999\">", Some("99999999999"));
        beyond("<mergeCell ref=\"A1:AAAAAAAAA1\"/>", Some("A1:AAAAAAAAA1"));
        beyond("<dimension ref=\"B2:A1\"/>", Some("B2:A1"));
    }
}
