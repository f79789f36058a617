//! An object with many rows: its fields are written one after another, its rows are laid out in pieces by several threads. The bytes
//! are those that serde_json would write.

use std::io::{self, Write};

use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeStruct};

use super::indented;
use crate::render::node::Node;
use crate::render::pieces::{self, Rows};

/// The name of the field that has the rows.
const ROWS: &str = "rows";

/// Writes an object whose field `rows` has these.
pub(super) struct Whole<'a, W, T> {
    out: W,
    rows: Rows<'a, T>,
    /// Whether a field was written.
    begun: bool,
    /// The name that waits for its value.
    name: String,
}

impl<'a, W: Write, T: Serialize + Sync> Whole<'a, W, T> {
    pub(super) const fn new(out: W, rows: Rows<'a, T>) -> Self {
        Self {
            out,
            rows,
            begun: false,
            name: String::new(),
        }
    }

    fn field(&mut self, name: &str, value: &(impl Serialize + ?Sized)) -> Result<(), Error> {
        let before: &[u8] = if self.begun { b",\n  " } else { b"{\n  " };
        self.begun = true;
        self.out.write_all(before)?;
        indented(&mut self.out, 1, name)?;
        self.out.write_all(b": ")?;
        if name == ROWS {
            self.rows()?;
        } else {
            indented(&mut self.out, 1, value)?;
        }
        Ok(())
    }

    fn rows(&mut self) -> io::Result<()> {
        let lay = |rows: &[T]| {
            let mut made = Vec::new();
            for row in rows {
                made.extend_from_slice(b",\n    ");
                indented(&mut made, 2, row)?;
            }
            Ok(made)
        };
        self.out.write_all(b"[")?;
        let mut comma = 1;
        pieces::of(self.rows, lay, |made| {
            let first = std::mem::take(&mut comma);
            self.out.write_all(&made[first..])
        })?;
        let end: &[u8] = if comma == 1 { b"]" } else { b"\n  ]" };
        self.out.write_all(end)
    }

    fn close(mut self) -> Result<(), Error> {
        let end: &[u8] = if self.begun { b"\n}" } else { b"{}" };
        Ok(self.out.write_all(end)?)
    }
}

/// Why it cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    /// The writer fails, or a value cannot be serialised.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// A value says so, or the whole is no object.
    #[error("{0}")]
    Unfit(String),
}

impl ser::Error for Error {
    fn custom<T: std::fmt::Display>(message: T) -> Self {
        Self::Unfit(message.to_string())
    }
}

impl From<Error> for io::Error {
    fn from(error: Error) -> Self {
        match error {
            Error::Io(error) => error,
            unfit => Self::other(unfit),
        }
    }
}

/// What is no object has no rows.
macro_rules! no_object {
    ($($method:ident$(<$generic:ident>)?($($kind:ty),*) -> $made:ty),* $(,)?) => {
        $(fn $method$(<$generic: Serialize + ?Sized>)?(self $(, _: $kind)*) -> Result<$made, Error> {
            Err(ser::Error::custom("what has rows is an object"))
        })*
    };
}

type Never = Impossible<(), Error>;

impl<W: Write, T: Serialize + Sync> ser::Serializer for Whole<'_, W, T> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Never;

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Error> {
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Error> {
        Ok(self)
    }

    no_object!(
        serialize_bool(bool) -> (),
        serialize_i8(i8) -> (),
        serialize_i16(i16) -> (),
        serialize_i32(i32) -> (),
        serialize_i64(i64) -> (),
        serialize_u8(u8) -> (),
        serialize_u16(u16) -> (),
        serialize_u32(u32) -> (),
        serialize_u64(u64) -> (),
        serialize_f32(f32) -> (),
        serialize_f64(f64) -> (),
        serialize_char(char) -> (),
        serialize_str(&str) -> (),
        serialize_bytes(&[u8]) -> (),
        serialize_none() -> (),
        serialize_some<V>(&V) -> (),
        serialize_unit() -> (),
        serialize_unit_struct(&'static str) -> (),
        serialize_unit_variant(&'static str, u32, &'static str) -> (),
        serialize_newtype_struct<V>(&'static str, &V) -> (),
        serialize_newtype_variant<V>(&'static str, u32, &'static str, &V) -> (),
        serialize_seq(Option<usize>) -> Never,
        serialize_tuple(usize) -> Never,
        serialize_tuple_struct(&'static str, usize) -> Never,
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never,
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never,
    );
}

impl<W: Write, T: Serialize + Sync> SerializeStruct for Whole<'_, W, T> {
    type Ok = ();
    type Error = Error;

    fn serialize_field<V: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &V,
    ) -> Result<(), Error> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

impl<W: Write, T: Serialize + Sync> SerializeMap for Whole<'_, W, T> {
    type Ok = ();
    type Error = Error;

    fn serialize_key<K: Serialize + ?Sized>(&mut self, name: &K) -> Result<(), Error> {
        match Node::of(name) {
            Ok(Node::Text(text) | Node::Literal(text)) => self.name = text.into(),
            _ => return Err(ser::Error::custom("the name of a field is no text")),
        }
        Ok(())
    }

    fn serialize_value<V: Serialize + ?Sized>(&mut self, value: &V) -> Result<(), Error> {
        let name = std::mem::take(&mut self.name);
        self.field(&name, value)
    }

    fn end(self) -> Result<(), Error> {
        self.close()
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use serde::Serialize;

    use crate::render::json::{write, write_with_rows};

    #[derive(Serialize)]
    struct Row {
        name: String,
        dues: Vec<u32>,
        none: Option<u8>,
    }

    #[derive(Serialize)]
    struct Head {
        title: &'static str,
    }

    #[derive(Serialize)]
    struct Plain {
        rows: Vec<Row>,
        more: [Head; 1],
    }

    #[derive(Serialize)]
    struct Flat {
        schema: u8,
        #[serde(flatten)]
        head: Head,
        rows: Vec<Row>,
        units: u64,
    }

    #[track_caller]
    fn same(value: &impl Serialize, rows: &[Row]) {
        let (mut whole, mut pieces) = (Vec::new(), Vec::new());
        write(&mut whole, value).unwrap();
        // However many come at a time.
        let rows =
            |visit: &mut dyn FnMut(&[Row]) -> io::Result<()>| rows.chunks(2000).try_for_each(visit);
        write_with_rows(&mut pieces, value, &rows).unwrap();
        assert_eq!(String::from_utf8(pieces), String::from_utf8(whole));
    }

    #[test]
    fn pieces_put_together_are_what_serde_json_writes() {
        for count in [0, 1, 2, 5000] {
            let rows = || {
                let row = |number: u32| Row {
                    name: format!("村\u{202e}{number}"),
                    dues: (0..number % 3).collect(),
                    none: None,
                };
                (0..count).map(row).collect::<Vec<_>>()
            };
            let head = || Head { title: "\u{1b}[2J" };
            let plain = Plain {
                rows: rows(),
                more: [head()],
            };
            same(&plain, &plain.rows);
            let flat = Flat {
                schema: 1,
                head: head(),
                rows: rows(),
                units: 3,
            };
            same(&flat, &flat.rows);
        }
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert!(write_with_rows(&mut Vec::new(), &[1], &|visit| visit(&[2])).is_err());
    }
}
