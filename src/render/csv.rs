//! CSV from typed rows, for spreadsheets and scripts. How a row becomes lines is `flatten`'s; here are the bytes and
//! what a spreadsheet must not mistake for a formula.

use std::borrow::Cow;
use std::io::{self, Write};

use serde::Serialize;

use super::flatten::{Cell, Shape};
use super::node::Node;
use super::pieces::{self, Rows};
use super::safe::replaced_but_layout;

/// Writes a header and the rows, with a byte order mark before them if wanted (spreadsheets need it to see UTF-8).
///
/// Nested objects become `outer.inner` columns, a list of plain values stands in one cell, and each element of the
/// first list of objects gets a line of its own. The rows are gone through twice, by several threads: first for the columns.
pub(crate) fn write<T: Serialize + Sync>(
    out: &mut dyn Write,
    rows: Rows<'_, T>,
    bom: bool,
) -> io::Result<()> {
    let mut shape = Shape::default();
    let learn = |rows: &[T]| {
        let mut shape = Shape::default();
        for row in rows {
            shape.learn(&Node::outline(row)?);
        }
        Ok(shape)
    };
    pieces::of(rows, learn, |part| {
        shape.join(part);
        Ok(())
    })?;
    let layout = shape.finish();
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let mut header = csv::Writer::from_writer(&mut *out);
    let names = layout.columns.iter().map(|name| neutral(name).into_owned());
    header.write_record(names).map_err(plain_error)?;
    header.flush()?;
    drop(header);
    let lay = |rows: &[T]| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        for row in rows {
            let row = Node::of(row)?;
            layout
                .lines(&row, |cells| {
                    for cell in cells {
                        match cell {
                            Cell::Text(text) => writer.write_field(neutral(&text).as_ref())?,
                            Cell::Literal(text) => writer.write_field(text)?,
                        }
                    }
                    writer.write_record(None::<&[u8]>)
                })
                .map_err(plain_error)?;
        }
        writer.into_inner().map_err(|error| error.into_error())
    };
    pieces::of(rows, lay, |made| out.write_all(&made))
}

/// The text as a spreadsheet may see it: never the beginning of a formula.
fn neutral(text: &str) -> Cow<'_, str> {
    let text = replaced_but_layout(text);
    // Spreadsheets in East Asia take the full-width signs for the narrow ones.
    let formula = [
        '=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}',
    ];
    if text.starts_with(formula) {
        return Cow::Owned(format!("'{text}"));
    }
    text
}

/// The failure of the writer beneath, so that a closed pipe stays one.
fn plain_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    #[track_caller]
    fn case(rows: &[Value], expected: &str) {
        let mut out = Vec::new();
        write(&mut out, &|visit| visit(rows), false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn objects_become_dotted_columns_and_plain_lists_one_cell() {
        case(
            &[
                json!({"code": "01", "cells": {"banner": "done", "poster": null}, "labels": ["a", "b"], "rate": 0.5, "ok": true}),
            ],
            "code,cells.banner,cells.poster,labels,rate,ok\n01,done,,a b,0.5,true\n",
        );
    }

    #[test]
    fn a_list_of_objects_gives_a_line_for_each() {
        case(
            &[
                json!({"code": "01", "dues": [], "note": "x"}),
                json!({"code": "02", "dues": [{"task": "banner", "target": {"count": 3}}, {"task": "poster"}], "note": "y"}),
            ],
            "code,dues.task,dues.target.count,note\n01,,,x\n02,banner,3,y\n02,poster,,y\n",
        );
    }

    #[test]
    fn only_the_first_list_of_objects_is_spread() {
        case(
            &[json!({"a": [{"x": 1}, {"x": 2}], "b": [{"y": 1}]})],
            "a.x,b\n1,\"[{\"\"y\"\":1}]\"\n2,\"[{\"\"y\"\":1}]\"\n",
        );
    }

    #[test]
    fn columns_are_those_of_all_rows() {
        case(
            &[
                json!({"a": 1, "who": null}),
                json!({"b": 2}),
                json!({"a": 3, "who": {"name": "甲"}}),
            ],
            "a,who.name,b\n1,,\n,,2\n3,甲,\n",
        );
    }

    #[test]
    fn formulas_are_neutralised_and_numbers_are_not() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+86", "'+86"),
            ("-1", "'-1"),
            ("@x", "'@x"),
            ("\tx", "'\tx"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("a=b", "a=b"),
            ("\u{1b}[2J", "\u{fffd}[2J"),
        ] {
            case(&[json!({"a": text})], &format!("a\n{expected}\n"));
        }
        case(&[json!({"a": "\rx"})], "a\n\"'\rx\"\n");
        case(&[json!({"a": -1, "b": -0.5})], "a,b\n-1,-0.5\n");
        case(&[json!({"=a": 1})], "'=a\n1\n");
    }

    #[test]
    fn a_mark_comes_first_where_wanted() {
        let mut out = Vec::new();
        let rows = [json!({"a": "完"})];
        write(&mut out, &|visit| visit(&rows), true).unwrap();
        assert_eq!(out, "\u{feff}a\n完\n".as_bytes());
    }
}
