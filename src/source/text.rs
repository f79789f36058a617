//! Bytes → text: byte order marks, encodings, and the place of a byte in its line.

use std::borrow::Cow;
use std::ops::Range;

use super::problem::{Place, Problem, Saying, say};

/// How many characters of a line are shown at most.
const SHOWN: usize = 200;

/// The text of a file without its byte order mark, and with line ends that end in a line feed. `hint` is the message that
/// helps where it is of another encoding and nobody said so.
///
/// # Errors
/// Bytes that are not UTF-8 (or not of the encoding asked for), or an encoding that nobody knows.
pub(super) fn decode<'a>(
    name: &str,
    bytes: &'a [u8],
    encoding: Option<&str>,
    hint: &'static str,
) -> Result<Cow<'a, str>, Problem> {
    Ok(lines_ended(decoded(name, bytes, encoding, hint)?))
}

/// The text in which a carriage return alone, which ended lines on old machines, is a line feed.
fn lines_ended(text: Cow<'_, str>) -> Cow<'_, str> {
    let alone = |bytes: &[u8], at: usize| bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    let bytes = text.as_bytes();
    if !(0..bytes.len()).any(|at| alone(bytes, at)) {
        return text;
    }
    let mut letters = text.chars().peekable();
    let mut ended = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        let alone = letter == '\r' && letters.peek() != Some(&'\n');
        ended.push(if alone { '\n' } else { letter });
    }
    Cow::Owned(ended)
}

fn decoded<'a>(
    name: &str,
    bytes: &'a [u8],
    encoding: Option<&str>,
    hint: &'static str,
) -> Result<Cow<'a, str>, Problem> {
    let wide = [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE];
    let marked = encoding_rs::Encoding::for_bom(bytes).map(|(known, _)| known);
    let wide = marked.filter(|known| wide.contains(known));
    let named = match encoding {
        None => None,
        Some(label) => Some(
            encoding_rs::Encoding::for_label(label.as_bytes()).ok_or_else(|| {
                let saying = say!("check-unknown-encoding", encoding = label);
                Problem::error(Place::whole(name), saying.hint(say!("hint-encodings")))
            })?,
        ),
    };
    if let Some(known) = wide.or(named.filter(|known| *known != encoding_rs::UTF_8)) {
        let (text, _, bad) = known.decode(bytes);
        if bad {
            let saying = say!("check-not-encoding", encoding = known.name());
            return Err(Problem::error(Place::whole(name), saying));
        }
        return Ok(text);
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    // UTF-16 without its mark is good UTF-8 where it is all English: every other byte of it is 0.
    let nulls = bytes.iter().take(SHOWN).filter(|byte| **byte == 0).count();
    if nulls > 0 && nulls >= bytes.len().min(SHOWN) / 4 {
        let label = if bytes[0] == 0 {
            "utf-16be"
        } else {
            "utf-16le"
        };
        let saying = say!("check-utf16", encoding = label);
        let hint = Saying::new(hint, vec![("encoding", label.to_string())]);
        return Err(Problem::error(Place::whole(name), saying.hint(hint)));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) => Err(not_utf8(name, bytes, error.valid_up_to(), hint)),
    }
}

/// The problem of bytes that are not UTF-8 from `at` on.
fn not_utf8(name: &str, bytes: &[u8], at: usize, hint: &'static str) -> Problem {
    let start = bytes[..at]
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |newline| newline + 1);
    let end = bytes[at..]
        .iter()
        .position(|byte| *byte == b'\n')
        .map_or(bytes.len(), |newline| at + newline);
    let chinese = encoding_rs::GB18030
        .decode_without_bom_handling_and_without_replacement(bytes)
        .is_some();
    let read = |bytes| {
        if chinese {
            encoding_rs::GB18030.decode(bytes).0
        } else {
            String::from_utf8_lossy(bytes)
        }
    };
    let line = read(&bytes[start..end]);
    let before = line.floor_char_boundary(read(&bytes[start..at]).len());
    let number = 1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count();
    let place = in_line(name, number, &line, before..before);
    if chinese {
        let hint = Saying::new(hint, vec![("encoding", "gb18030".to_string())]);
        return Problem::error(place, say!("check-gb18030").hint(hint));
    }
    let byte = bytes
        .get(at)
        .map_or_else(String::new, |byte| format!("0x{byte:02X}"));
    let saying = say!("check-not-utf8", byte = byte);
    Problem::error(place, saying.hint(say!("hint-save-utf8")))
}

/// Where each line of a text begins.
pub(super) struct Lines<'a> {
    name: &'a str,
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of that text, of a file of that name.
    pub(super) fn new(name: &'a str, text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(newlines.map(|(at, _)| at + 1))
            .collect();
        Self { name, text, starts }
    }

    /// The name of the file.
    pub(super) const fn name(&self) -> &'a str {
        self.name
    }

    /// The place of those bytes; of several lines the first.
    pub(super) fn place(&self, span: &Range<usize>) -> Place {
        let at = span.start.min(self.text.len());
        let number = self.starts.partition_point(|start| *start <= at);
        let start = self.starts[number - 1];
        let end = self
            .starts
            .get(number)
            .map_or(self.text.len(), |next| next - 1);
        let line = self.text[start..end].trim_end_matches('\r');
        let last = span.end.clamp(at, end);
        in_line(self.name, number, line, at - start..last - start)
    }
}

/// The place of those bytes in a line.
pub(super) fn in_line(name: &str, number: usize, line: &str, span: Range<usize>) -> Place {
    let before = line.get(..span.start).unwrap_or(line).chars().count();
    let length = line.get(span).map_or(0, |part| part.chars().count());
    let skipped = if line.len() <= SHOWN {
        0
    } else {
        before.saturating_sub(SHOWN / 2)
    };
    Place {
        file: name.to_string(),
        line: number,
        column: before + 1,
        length: length.clamp(1, SHOWN),
        text: line.chars().skip(skipped).take(SHOWN).collect(),
        skipped,
        cell: None,
        path: None,
    }
}
