//! JSON from typed values: one indented value, or one object a line. The bytes are valid JSON with the very same
//! strings, but what could steer a terminal is escaped: `\u001b`.

mod whole;

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::{CompactFormatter, Formatter, PrettyFormatter};

use self::whole::Whole;
use super::pieces::{self, Rows};
use super::safe::is_unsafe;

/// Writes one value, indented by two spaces, with a line end.
pub(crate) fn write(out: &mut dyn Write, value: &impl Serialize) -> io::Result<()> {
    // serde_json writes every bracket on its own.
    let mut buffered = io::BufWriter::with_capacity(1 << 16, out);
    indented(&mut buffered, 0, value)?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// As `write`, where the value is an object whose `rows` are these: several threads lay them out.
pub(crate) fn write_with_rows<T: Serialize + Sync>(
    out: &mut dyn Write,
    value: &impl Serialize,
    rows: Rows<'_, T>,
) -> io::Result<()> {
    let mut buffered = io::BufWriter::with_capacity(1 << 16, out);
    value.serialize(Whole::new(&mut buffered, rows))?;
    buffered.write_all(b"\n")?;
    buffered.flush()
}

/// Writes a value whose first line is indented already, so deep.
fn indented<W: Write>(out: W, depth: usize, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
    let mut formatter = PrettyFormatter::new();
    for _ in 0..depth {
        formatter.begin_array(&mut io::sink())?;
    }
    value.serialize(&mut Serializer::with_formatter(out, Guarded(formatter)))?;
    Ok(())
}

/// Writes each row on a line of its own. Several threads lay the lines out.
pub(crate) fn lines<T: Serialize + Sync>(out: &mut dyn Write, rows: Rows<'_, T>) -> io::Result<()> {
    let lay = |rows: &[T]| {
        let mut lines = Vec::new();
        for row in rows {
            row.serialize(&mut Serializer::with_formatter(
                &mut lines,
                Guarded(CompactFormatter),
            ))?;
            lines.push(b'\n');
        }
        Ok(lines)
    };
    pieces::of(rows, lay, |made| out.write_all(&made))
}

/// A formatter whose strings carry no unsafe character.
struct Guarded<F>(F);

/// Hands a method of `Formatter` to the formatter inside.
macro_rules! hand_on {
    ($($method:ident($($argument:ident: $kind:ty)?)),* $(,)?) => {
        $(fn $method<W: ?Sized + Write>(&mut self, writer: &mut W $(, $argument: $kind)?) -> io::Result<()> {
            self.0.$method(writer $(, $argument)?)
        })*
    };
}

impl<F: Formatter> Formatter for Guarded<F> {
    hand_on!(
        begin_array(),
        end_array(),
        begin_array_value(first: bool),
        end_array_value(),
        begin_object(),
        end_object(),
        begin_object_key(first: bool),
        end_object_key(),
        begin_object_value(),
        end_object_value(),
    );

    fn write_string_fragment<W: ?Sized + Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(is_unsafe) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            let mut letters = after.chars();
            if let Some(letter) = letters.next() {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    write!(writer, "\\u{unit:04x}")?;
                }
            }
            rest = letters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn written(value: &serde_json::Value) -> String {
        let mut out = Vec::new();
        write(&mut out, value).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_value_is_indented_and_ends_its_line() {
        let value = json!({"name": "塘坝村", "rate": 0.5, "dues": [], "cells": {}});
        assert_eq!(
            written(&value),
            "{\n  \"name\": \"塘坝村\",\n  \"rate\": 0.5,\n  \"dues\": [],\n  \"cells\": {}\n}\n"
        );
    }

    #[test]
    fn what_steers_a_terminal_is_spelled_and_reads_back_the_same() {
        let value = json!({"a\u{9b}": "x\u{1b}[2J\u{202e}y\u{e0041}\u{7f}\""});
        let text = written(&value);
        assert!(text.contains("\\u009b"), "{text}");
        assert!(
            text.contains("x\\u001b[2J\\u202ey\\udb40\\udc41\\u007f\\\""),
            "{text}"
        );
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&text).unwrap(),
            value
        );
    }

    #[test]
    fn rows_stand_one_a_line() {
        let mut out = Vec::new();
        let rows = [json!({"a": 1}), json!({"b": [2, 3]})];
        lines(&mut out, &|visit| visit(&rows)).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "{\"a\":1}\n{\"b\":[2,3]}\n"
        );
    }
}
