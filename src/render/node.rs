//! A row as serde sees it: a tree of plain values, lists and objects. What a row of a long list is made of costs little here: names of
//! fields are borrowed and short words take no memory of their own. A `serde_json::Value` of the same takes four times as long.

use std::borrow::Cow;
use std::fmt::{self, Display};

use compact_str::{CompactString, ToCompactString};
use serde::ser::{self, Serialize, Serializer};

/// A value.
#[derive(Debug, PartialEq)]
pub(super) enum Node {
    /// Nothing.
    Null,
    /// A number or a truth value, written out.
    Literal(CompactString),
    /// Words.
    Text(CompactString),
    /// Values in a row.
    List(Vec<Node>),
    /// Values by name, in order.
    Object(Vec<(Name, Node)>),
}

/// The name of a field.
pub(super) type Name = Cow<'static, str>;

impl Node {
    /// The tree of a value.
    pub(super) fn of(value: &(impl Serialize + ?Sized)) -> Result<Self, Unfit> {
        value.serialize(Nodes::<true>)
    }

    /// The tree of a value without its words and numbers: what is in it, but not what that says.
    pub(super) fn outline(value: &(impl Serialize + ?Sized)) -> Result<Self, Unfit> {
        value.serialize(Nodes::<false>)
    }

    /// The fields of an object.
    pub(super) fn fields(&self) -> &[(Name, Self)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// The value of that name in an object, which mostly stands in that place.
    pub(super) fn field(&self, place: usize, name: &str) -> Option<&Self> {
        let fields = self.fields();
        let expected = fields.get(place).filter(|(known, _)| known == name);
        let found = expected.or_else(|| fields.iter().find(|(known, _)| known == name));
        found.map(|(_, value)| value)
    }

    /// Whether it is neither a list nor an object.
    pub(super) const fn is_plain(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Object(_))
    }
}

/// As JSON.
impl Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Literal(text) => f.write_str(text),
            Self::Text(text) => write!(f, "{}", serde_json::Value::from(text.as_str())),
            Self::List(list) => {
                for (at, value) in list.iter().enumerate() {
                    write!(f, "{}{value}", if at == 0 { "[" } else { "," })?;
                }
                f.write_str(if list.is_empty() { "[]" } else { "]" })
            }
            Self::Object(fields) => {
                for (at, (name, value)) in fields.iter().enumerate() {
                    let name = serde_json::Value::from(name.as_ref());
                    write!(f, "{}{name}:{value}", if at == 0 { "{" } else { "," })?;
                }
                f.write_str(if fields.is_empty() { "{}" } else { "}" })
            }
        }
    }
}

/// Why a value has no tree: its own `Serialize` says so, or the name of a field is no text.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Unfit(String);

impl ser::Error for Unfit {
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

impl From<Unfit> for std::io::Error {
    fn from(unfit: Unfit) -> Self {
        Self::other(unfit)
    }
}

/// Makes nodes, with what they say where that is wanted.
struct Nodes<const SAID: bool>;

/// Values in a row, so far. Of a variant with several values its name is known.
struct ListOf<const SAID: bool>(Vec<Node>, Option<&'static str>);

/// Values by name, so far; with the name of the variant and the name that waits for its value.
struct ObjectOf<const SAID: bool>(Vec<(Name, Node)>, Option<&'static str>, Name);

/// A text, where it is wanted.
fn said<const SAID: bool>(text: impl FnOnce() -> CompactString) -> CompactString {
    if SAID {
        text()
    } else {
        CompactString::default()
    }
}

/// What is inside a variant, under its name.
fn variant(name: Option<&'static str>, node: Node) -> Node {
    match name {
        Some(name) => Node::Object(vec![(name.into(), node)]),
        None => node,
    }
}

macro_rules! written_out {
    ($($method:ident: $kind:ty),*) => {
        $(fn $method(self, value: $kind) -> Result<Node, Unfit> {
            Ok(Node::Literal(said::<SAID>(|| value.to_compact_string())))
        })*
    };
}

impl<const SAID: bool> Serializer for Nodes<SAID> {
    type Ok = Node;
    type Error = Unfit;
    type SerializeSeq = ListOf<SAID>;
    type SerializeTuple = ListOf<SAID>;
    type SerializeTupleStruct = ListOf<SAID>;
    type SerializeTupleVariant = ListOf<SAID>;
    type SerializeMap = ObjectOf<SAID>;
    type SerializeStruct = ObjectOf<SAID>;
    type SerializeStructVariant = ObjectOf<SAID>;

    written_out!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_f32(self, value: f32) -> Result<Node, Unfit> {
        self.serialize_f64(value.into())
    }

    /// As in JSON, which has no number for what is none.
    fn serialize_f64(self, value: f64) -> Result<Node, Unfit> {
        let number = serde_json::Number::from_f64(value);
        Ok(number.map_or(Node::Null, |number| {
            Node::Literal(said::<SAID>(|| number.to_compact_string()))
        }))
    }

    fn serialize_char(self, value: char) -> Result<Node, Unfit> {
        Ok(Node::Text(said::<SAID>(|| value.to_compact_string())))
    }

    fn serialize_str(self, value: &str) -> Result<Node, Unfit> {
        Ok(Node::Text(said::<SAID>(|| value.into())))
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<Node, Unfit> {
        Ok(Node::Text(said::<SAID>(|| value.to_compact_string())))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Node, Unfit> {
        value.serialize(self)
    }

    fn serialize_none(self) -> Result<Node, Unfit> {
        Ok(Node::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Node, Unfit> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Node, Unfit> {
        Ok(Node::Null)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Node, Unfit> {
        Ok(Node::Null)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
    ) -> Result<Node, Unfit> {
        Ok(Node::Text(said::<SAID>(|| name.into())))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Node, Unfit> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        value: &T,
    ) -> Result<Node, Unfit> {
        Ok(variant(Some(name), value.serialize(self)?))
    }

    fn serialize_seq(self, size: Option<usize>) -> Result<ListOf<SAID>, Unfit> {
        Ok(ListOf(Vec::with_capacity(size.unwrap_or(0)), None))
    }

    fn serialize_tuple(self, size: usize) -> Result<ListOf<SAID>, Unfit> {
        self.serialize_seq(Some(size))
    }

    fn serialize_tuple_struct(self, _: &'static str, size: usize) -> Result<ListOf<SAID>, Unfit> {
        self.serialize_seq(Some(size))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        size: usize,
    ) -> Result<ListOf<SAID>, Unfit> {
        Ok(ListOf(Vec::with_capacity(size), Some(name)))
    }

    fn serialize_map(self, size: Option<usize>) -> Result<ObjectOf<SAID>, Unfit> {
        Ok(ObjectOf(
            Vec::with_capacity(size.unwrap_or(0)),
            None,
            Name::default(),
        ))
    }

    fn serialize_struct(self, _: &'static str, size: usize) -> Result<ObjectOf<SAID>, Unfit> {
        self.serialize_map(Some(size))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        name: &'static str,
        size: usize,
    ) -> Result<ObjectOf<SAID>, Unfit> {
        Ok(ObjectOf(
            Vec::with_capacity(size),
            Some(name),
            Name::default(),
        ))
    }
}

macro_rules! lists {
    ($($kind:ident::$method:ident),*) => {
        $(impl<const SAID: bool> ser::$kind for ListOf<SAID> {
            type Ok = Node;
            type Error = Unfit;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
                self.0.push(value.serialize(Nodes::<SAID>)?);
                Ok(())
            }

            fn end(self) -> Result<Node, Unfit> {
                Ok(variant(self.1, Node::List(self.0)))
            }
        })*
    };
}

lists!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! objects {
    ($($kind:ident),*) => {
        $(impl<const SAID: bool> ser::$kind for ObjectOf<SAID> {
            type Ok = Node;
            type Error = Unfit;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Unfit> {
                self.0.push((name.into(), value.serialize(Nodes::<SAID>)?));
                Ok(())
            }

            fn end(self) -> Result<Node, Unfit> {
                Ok(variant(self.1, Node::Object(self.0)))
            }
        })*
    };
}

objects!(SerializeStruct, SerializeStructVariant);

impl<const SAID: bool> ser::SerializeMap for ObjectOf<SAID> {
    type Ok = Node;
    type Error = Unfit;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Unfit> {
        match name.serialize(Nodes::<true>)? {
            Node::Text(text) | Node::Literal(text) => {
                self.2 = Name::Owned(text.into());
                Ok(())
            }
            _ => Err(ser::Error::custom("the name of a field is no text")),
        }
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unfit> {
        let name = std::mem::take(&mut self.2);
        self.0.push((name, value.serialize(Nodes::<SAID>)?));
        Ok(())
    }

    fn end(self) -> Result<Node, Unfit> {
        Ok(variant(self.1, Node::Object(self.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;
    use serde_json::json;

    #[test]
    fn a_tree_says_what_the_json_of_the_same_value_says() {
        #[derive(Serialize)]
        enum Kind {
            Plain,
            New(u8),
            Pair(u8, char),
            Named { a: Option<u8>, b: () },
        }
        #[derive(Serialize)]
        struct Whole<'a>(
            &'a [Kind],
            std::collections::BTreeMap<u8, f64>,
            Option<bool>,
            &'a str,
        );
        let kinds = [
            Kind::Plain,
            Kind::New(1),
            Kind::Pair(2, '"'),
            Kind::Named { a: None, b: () },
        ];
        let numbers = [(1, 0.5), (2, 1.0), (3, f64::NAN)];
        let whole = Whole(&kinds, numbers.into(), Some(true), "a\u{1b}\"塘");
        let node = Node::of(&whole).unwrap();
        assert_eq!(node.to_string(), serde_json::to_string(&whole).unwrap());
        let value = json!({"a": [], "b": {}, "c": [1, [2, {"d": null}]], "e": "x"});
        assert_eq!(Node::of(&value).unwrap().to_string(), value.to_string());
    }
}
