//! Values on the wire: what is put into a statement, what columns hold, and rows that wait for `COPY`. Their binary forms are the same in
//! all three.

use std::error::Error;
use std::io::Write;

use bytes::BytesMut;
use postgres::Client;
use postgres::error::SqlState;
use postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::super::error::StoreError;
use super::value::Value;

/// What is put into a statement.
#[derive(Debug)]
pub(super) enum Parameter<'v> {
    /// A value.
    Value(Value<'v>),
    /// A value in its binary form already; `None` for none.
    Raw(Option<&'v [u8]>),
    /// A list of numbers.
    Numbers(&'v [i64]),
}

impl Parameter<'_> {
    /// The type of what has no column to take one from.
    pub(super) const fn type_of(&self) -> Type {
        match self {
            Self::Value(Value::Text(_)) => Type::TEXT,
            Self::Value(Value::Blob(_)) | Self::Raw(_) => Type::BYTEA,
            Self::Value(Value::Real(_)) => Type::FLOAT8,
            Self::Value(Value::Integer(_) | Value::Null) => Type::INT8,
            Self::Numbers(_) => Type::INT8_ARRAY,
        }
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(
        &self,
        of: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Numbers(numbers) => return numbers.to_sql(of, out),
            Self::Value(Value::Null) | Self::Raw(None) => return Ok(IsNull::Yes),
            Self::Value(Value::Integer(number)) => match *of {
                Type::BOOL => out.extend_from_slice(&[u8::from(*number != 0)]),
                Type::INT2 => out.extend_from_slice(&i16::try_from(*number)?.to_be_bytes()),
                Type::INT4 => out.extend_from_slice(&i32::try_from(*number)?.to_be_bytes()),
                _ => out.extend_from_slice(&number.to_be_bytes()),
            },
            Self::Value(Value::Real(number)) => out.extend_from_slice(&number.to_be_bytes()),
            Self::Value(Value::Text(bytes) | Value::Blob(bytes)) | Self::Raw(Some(bytes)) => {
                out.extend_from_slice(bytes);
            }
        }
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The value of a column, lent by its row.
pub(super) struct Lent<'r>(pub(super) Value<'r>);

impl<'r> FromSql<'r> for Lent<'r> {
    fn from_sql(of: &Type, raw: &'r [u8]) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(match *of {
            Type::INT8 => Value::Integer(i64::from_be_bytes(raw.try_into()?)),
            Type::INT4 => Value::Integer(i32::from_be_bytes(raw.try_into()?).into()),
            Type::INT2 => Value::Integer(i16::from_be_bytes(raw.try_into()?).into()),
            Type::BOOL => Value::Integer(i64::from(raw != [0])),
            Type::FLOAT8 => Value::Real(f64::from_be_bytes(raw.try_into()?)),
            Type::BYTEA => Value::Blob(raw),
            _ => Value::Text(raw),
        }))
    }

    fn from_sql_null(_: &Type) -> Result<Self, Box<dyn Error + Sync + Send>> {
        Ok(Self(Value::Null))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

/// Rows that wait to be written to a table, in the form of `COPY`.
#[derive(Default)]
pub(super) struct Waiting {
    pub(super) table: &'static str,
    pub(super) columns: &'static str,
    pub(super) replaces: bool,
    /// The keys of those that replace others.
    pub(super) keys: Vec<i64>,
    bytes: Vec<u8>,
    rows: usize,
}

/// So many bytes wait at most.
const ENOUGH: usize = 1 << 20;

impl Waiting {
    pub(super) const fn rows(&self) -> usize {
        self.rows
    }

    /// Whether a row may wait with these. Those that replace others wait by their keys, each once.
    pub(super) fn takes(&self, table: &str, replaces: bool, row: &[Value<'_>]) -> bool {
        let follows = match (row.first(), self.keys.last()) {
            (Some(Value::Integer(key)), Some(last)) => key > last,
            _ => true,
        };
        self.rows == 0
            || (self.table == table
                && self.replaces == replaces
                && self.bytes.len() < ENOUGH
                && (follows || !replaces))
    }

    pub(super) fn add(
        &mut self,
        table: &'static str,
        columns: &'static str,
        replaces: bool,
        row: &[Value<'_>],
        seal: Value<'_>,
    ) {
        (self.table, self.columns, self.replaces) = (table, columns, replaces);
        if let (true, Some(Value::Integer(key))) = (replaces, row.first()) {
            self.keys.push(*key);
        }
        self.rows += 1;
        let width = i16::try_from(row.len() + 1).unwrap_or(i16::MAX);
        self.bytes.extend(width.to_be_bytes());
        for value in row.iter().chain([&seal]) {
            match value {
                Value::Null => self.bytes.extend((-1_i32).to_be_bytes()),
                Value::Integer(number) => self.field(&number.to_be_bytes()),
                Value::Real(number) => self.field(&number.to_be_bytes()),
                Value::Text(bytes) | Value::Blob(bytes) => self.field(bytes),
            }
        }
    }

    fn field(&mut self, bytes: &[u8]) {
        let length = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        self.bytes.extend(length.to_be_bytes());
        self.bytes.extend_from_slice(bytes);
    }

    /// Calls `put` with the fields of each row.
    pub(super) fn each(
        &self,
        mut put: impl FnMut(&[Parameter<'_>]) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let mut rest = self.bytes.as_slice();
        let mut number = |size: usize| {
            let (taken, left) = rest.split_at(size);
            rest = left;
            taken
        };
        for _ in 0..self.rows {
            let width = i16::from_be_bytes([number(1)[0], number(1)[0]]);
            let mut fields = Vec::new();
            for _ in 0..width {
                let length = number(4).try_into().map_or(-1, i32::from_be_bytes);
                let length = usize::try_from(length).ok();
                fields.push(Parameter::Raw(length.map(&mut number)));
            }
            put(&fields)?;
        }
        Ok(())
    }

    /// Writes them all.
    pub(super) fn copy(&self, client: &mut Client, sql: &str) -> Result<(), postgres::Error> {
        let mut out = client.copy_in(sql)?;
        let written = out
            .write_all(b"PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0")
            .and_then(|()| out.write_all(&self.bytes))
            .and_then(|()| out.write_all(&(-1_i16).to_be_bytes()));
        // What became of the writing the end tells.
        let _ = written;
        out.finish().map(drop)
    }
}

impl From<postgres::Error> for StoreError {
    fn from(error: postgres::Error) -> Self {
        let Some(told) = error.as_db_error() else {
            let io = Error::source(&error).is_some_and(|cause| cause.is::<std::io::Error>());
            return match error.is_closed() || io {
                true => Self::Lost,
                false => Self::Engine(Box::new(error)),
            };
        };
        let detail = || told.message().to_string();
        let code = told.code();
        if [
            SqlState::T_R_SERIALIZATION_FAILURE,
            SqlState::T_R_DEADLOCK_DETECTED,
            SqlState::DUPLICATE_SCHEMA,
            SqlState::DUPLICATE_TABLE,
        ]
        .contains(code)
            || (*code == SqlState::UNIQUE_VIOLATION && told.schema() == Some("pg_catalog"))
        {
            return Self::Collided;
        }
        if [
            SqlState::ADMIN_SHUTDOWN,
            SqlState::CRASH_SHUTDOWN,
            SqlState::CANNOT_CONNECT_NOW,
            SqlState::IDLE_SESSION_TIMEOUT,
            SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
        ]
        .contains(code)
        {
            return Self::Lost;
        }
        match code {
            code if [SqlState::LOCK_NOT_AVAILABLE, SqlState::TOO_MANY_CONNECTIONS]
                .contains(code) =>
            {
                Self::Busy
            }
            code if *code == SqlState::INSUFFICIENT_PRIVILEGE => Self::Denied { detail: detail() },
            // Nothing of ours is looked for before it is known that there is a store.
            code if [SqlState::UNDEFINED_TABLE, SqlState::UNDEFINED_COLUMN].contains(code) => {
                Self::Older { detail: detail() }
            }
            code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Self::ReadOnly,
            code if *code == SqlState::DISK_FULL => Self::Full,
            code if [
                SqlState::INVALID_PASSWORD,
                SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
            ]
            .contains(code) =>
            {
                Self::Login { detail: detail() }
            }
            code if [SqlState::DATA_CORRUPTED, SqlState::INDEX_CORRUPTED].contains(code) => {
                Self::corrupt(detail())
            }
            _ => Self::Engine(detail().into()),
        }
    }
}
