//! Values that go into messages.

use std::borrow::Cow;

use fluent_bundle::FluentValue;

/// A value put into a message. Numbers can choose between singular and plural; decimals and days come as text.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Words, or anything already written out.
    Text(Cow<'a, str>),
    /// A whole number.
    Number(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Value<'a> {
    fn from(text: &'a String) -> Self {
        Value::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Value::Text(Cow::Owned(text))
    }
}

macro_rules! whole_numbers {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Value<'_> {
            fn from(number: $kind) -> Self {
                Value::Number(i64::from(number))
            }
        }
    )*};
}

whole_numbers!(i8 i16 i32 i64 u8 u16 u32);

/// Counts of things in memory; what is beyond `i64` stands as text.
macro_rules! wide_numbers {
    ($($kind:ty)*) => {$(
        impl From<$kind> for Value<'_> {
            fn from(number: $kind) -> Self {
                match i64::try_from(number) {
                    Ok(number) => Value::Number(number),
                    Err(_) => Value::from(number.to_string()),
                }
            }
        }
    )*};
}

wide_numbers!(u64 usize isize);

/// `args!(n = 3, unit = name)`: the values of a message, by name.
macro_rules! args {
    ($($name:ident = $value:expr),* $(,)?) => {
        [$((stringify!($name), $crate::words::Value::from($value))),*]
    };
}
pub(crate) use args;

impl<'a> From<Value<'a>> for FluentValue<'a> {
    fn from(value: Value<'a>) -> Self {
        match value {
            Value::Text(text) => FluentValue::from(text),
            Value::Number(number) => FluentValue::from(number),
        }
    }
}
