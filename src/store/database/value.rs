//! What columns hold: the few types that every engine has.

use super::super::error::StoreError;

/// The value of a column, lent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::store) enum Value<'v> {
    /// Nothing.
    Null,
    /// A number; what is true or false is 1 or 0.
    Integer(i64),
    /// A number of a kind that we never write.
    Real(f64),
    /// A text, as bytes that ought to be UTF-8.
    Text(&'v [u8]),
    /// Bytes.
    Blob(&'v [u8]),
}

/// Makes what is put into a statement: `values![number, text, bytes]`.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::store::database::Value::from($value)),*]
    };
}
pub(in crate::store) use values;

impl<'v> Value<'v> {
    /// The text that it is.
    ///
    /// # Errors
    /// `Corrupt` where it is none.
    #[inline]
    pub(in crate::store) fn text(self) -> Result<&'v str, StoreError> {
        match self {
            Self::Text(bytes) => {
                std::str::from_utf8(bytes).map_err(|error| StoreError::corrupt(error.to_string()))
            }
            other => Err(other.is_not("text")),
        }
    }

    /// The bytes that it is.
    ///
    /// # Errors
    /// `Corrupt` where it is none.
    #[inline]
    pub(in crate::store) fn bytes(self) -> Result<&'v [u8], StoreError> {
        match self {
            Self::Blob(bytes) => Ok(bytes),
            other => Err(other.is_not("bytes")),
        }
    }

    #[cold]
    fn is_not(self, wanted: &str) -> StoreError {
        let found = match self {
            Self::Null => "nothing",
            Self::Integer(_) => "a number",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Blob(_) => "bytes",
        };
        StoreError::corrupt(format!("{found} where {wanted} should be"))
    }
}

/// A key as people read it.
pub(in crate::store) fn key(value: Value<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => String::from_utf8_lossy(text).into_owned(),
        Value::Blob(bytes) => bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

macro_rules! from_numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Value<'_> {
            #[inline]
            fn from(number: $number) -> Self {
                Self::Integer(i64::from(number))
            }
        }

        impl FromValue for $number {
            #[inline]
            fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
                match value {
                    Value::Integer(number) => Self::try_from(number)
                        .map_err(|_| StoreError::corrupt(format!("the number {number}"))),
                    other => Err(other.is_not("a number")),
                }
            }
        }
    )*};
}

from_numbers!(i64, i32, u32, u8);

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

impl<'v> From<&'v str> for Value<'v> {
    #[inline]
    fn from(text: &'v str) -> Self {
        Self::Text(text.as_bytes())
    }
}

impl<'v> From<&'v String> for Value<'v> {
    #[inline]
    fn from(text: &'v String) -> Self {
        Self::Text(text.as_bytes())
    }
}

impl<'v> From<&'v [u8]> for Value<'v> {
    #[inline]
    fn from(bytes: &'v [u8]) -> Self {
        Self::Blob(bytes)
    }
}

impl<'v, const N: usize> From<&'v [u8; N]> for Value<'v> {
    #[inline]
    fn from(bytes: &'v [u8; N]) -> Self {
        Self::Blob(bytes)
    }
}

impl<'v, T: Into<Value<'v>>> From<Option<T>> for Value<'v> {
    #[inline]
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// What can be made of the value of a column.
pub(in crate::store) trait FromValue: Sized {
    /// Makes it.
    ///
    /// # Errors
    /// `Corrupt` where the column holds something else.
    fn from_value(value: Value<'_>) -> Result<Self, StoreError>;
}

impl FromValue for bool {
    fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
        i64::from_value(value).map(|number| number != 0)
    }
}

impl FromValue for String {
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
        value.text().map(Self::from)
    }
}

impl FromValue for Vec<u8> {
    fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
        value.bytes().map(Self::from)
    }
}

impl<const N: usize> FromValue for [u8; N] {
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
        let bytes = value.bytes()?;
        Self::try_from(bytes)
            .map_err(|_| StoreError::corrupt(format!("{} bytes, not {N}", bytes.len())))
    }
}

impl<T: FromValue> FromValue for Option<T> {
    #[inline]
    fn from_value(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Null => Ok(None),
            value => T::from_value(value).map(Some),
        }
    }
}
