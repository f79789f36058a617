//! A server that speaks PostgreSQL's protocol: one connection, on one plan's schema. What is asked of it is plain SQL; its rows come in
//! pieces where there may be many, and go to it by `COPY` where there are many.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::fmt;

use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, Row, Statement};

use super::super::error::StoreError;
use super::address::ServerAddress;
use super::patience::PATIENCE;
use super::protocol::{Parameter, Waiting};
use super::value::Value;
use super::{Aim, insert};

/// A connection to a server.
pub(in crate::store) struct Server {
    client: RefCell<Client>,
    prepared: RefCell<HashMap<Box<str>, Statement>>,
    /// Rows on their way to a table. They are there before anything else is asked.
    waiting: RefCell<Waiting>,
    /// Whether a transaction has begun, and whether something failed in it: then it can only be taken back.
    begun: Cell<bool>,
    failed: Cell<bool>,
    /// How many cursors there have been.
    cursors: Cell<u32>,
    address: ServerAddress,
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Server").field(&self.address).finish()
    }
}

const TO_WRITE: &str = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

/// Who waits for a row that is changed meanwhile has to look at it again, beside all others who wait, and whoever is quick comes first. So
/// people wait for a row that nobody ever changes, one behind the other: of 200 clerks at once the last waited 9 s and not 40 s.
const IN_TURN: &str = "SELECT id FROM queue FOR UPDATE; SELECT id FROM head FOR UPDATE";

/// How often it is tried to begin to write where the server says that it collided with somebody else.
const TRIES: u32 = 8;

/// How many rows the first piece has, and each that follows it at most; each is larger than the one before as long as that had fewer bytes
/// than this.
const FIRST: u32 = 64;
const MOST: u32 = 1 << 14;
const ENOUGH: usize = 1 << 18;

/// From so many waiting rows on, they go by `COPY`.
const MANY: usize = 8;

impl Server {
    pub(super) fn connect(address: &ServerAddress) -> Result<Self, StoreError> {
        let mut client = address.connect()?;
        let settings = format!(
            "SET search_path TO {}; SET lock_timeout TO '{}s'; SET client_min_messages TO warning",
            address.quoted_schema(),
            PATIENCE.as_secs()
        );
        client.batch_execute(&settings)?;
        Ok(Self {
            client: RefCell::new(client),
            prepared: RefCell::default(),
            waiting: RefCell::default(),
            begun: Cell::new(false),
            failed: Cell::new(false),
            cursors: Cell::new(0),
            address: address.clone(),
        })
    }

    pub(super) const fn address(&self) -> &ServerAddress {
        &self.address
    }

    /// Begins a transaction: one to look sees one moment; one to write waits until it alone has the head, so that all it reads from
    /// then on is of one moment too; where a store is made, nothing stands yet that could be locked.
    pub(super) fn begin(&self, aim: Aim) -> Result<(), StoreError> {
        match aim {
            Aim::Look => self.start("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
            Aim::Write => self.begin_in_turn(),
            Aim::Found => self.start(TO_WRITE),
        }
    }

    fn begin_in_turn(&self) -> Result<(), StoreError> {
        for _ in 1..TRIES {
            match self.begin_to_write() {
                Err(StoreError::Collided) => {}
                other => return other,
            }
        }
        self.begin_to_write()
    }

    fn begin_to_write(&self) -> Result<(), StoreError> {
        let sql = format!("{TO_WRITE}; {IN_TURN}");
        let begun = self.start(&sql);
        if begun.is_err() {
            self.begun.set(true);
            self.roll_back();
        }
        begun
    }

    fn start(&self, sql: &str) -> Result<(), StoreError> {
        self.failed.set(false);
        self.client.borrow_mut().batch_execute(sql)?;
        self.begun.set(true);
        Ok(())
    }

    pub(super) fn commit(&self) -> Result<(), StoreError> {
        self.flush()?;
        // The server would say that all is well, and keep nothing.
        if self.failed.get() {
            self.roll_back();
            return Err(StoreError::Unfinished);
        }
        self.begun.set(false);
        Ok(self.client.borrow_mut().batch_execute("COMMIT")?)
    }

    pub(super) fn roll_back(&self) {
        self.waiting.take();
        if self.begun.replace(false) {
            // Nothing is lost if this fails: the server takes it back by itself when the connection ends.
            let _ = self.client.borrow_mut().batch_execute("ROLLBACK");
        }
    }

    pub(super) fn in_transaction(&self) -> bool {
        self.begun.get()
    }

    pub(super) fn execute_batch(&self, sql: &str) -> Result<(), StoreError> {
        self.flush()?;
        let done = self.client.borrow_mut().batch_execute(sql);
        done.map_err(|error| self.failed(error))
    }

    pub(super) fn execute(&self, sql: &str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        self.flush()?;
        let parameters: Vec<_> = values
            .iter()
            .map(|value| Parameter::Value(*value))
            .collect();
        self.run(sql, &parameters)
    }

    fn run(&self, sql: &str, parameters: &[Parameter<'_>]) -> Result<usize, StoreError> {
        let statement = self.statement(sql)?;
        let lent: Vec<_> = parameters
            .iter()
            .map(|one| one as &(dyn ToSql + Sync))
            .collect();
        let done = self.client.borrow_mut().execute(&statement, &lent);
        let rows = done.map_err(|error| self.failed(error))?;
        Ok(usize::try_from(rows).unwrap_or(usize::MAX))
    }

    /// All rows at once: for few.
    pub(super) fn query(&self, sql: &str, values: &[Value<'_>]) -> Result<Rows<'_>, StoreError> {
        self.flush()?;
        let statement = self.statement(sql)?;
        let parameters = values.iter().map(|value| Parameter::Value(*value));
        let mut client = self.client.borrow_mut();
        let rows = client.query_raw(&statement, parameters);
        let piece = rows.and_then(|rows| rows.collect());
        Ok(Rows {
            server: self,
            piece: piece.map_err(|error| self.failed(error))?,
            next: 0,
            cursor: None,
        })
    }

    /// Rows in pieces, however many there are.
    pub(super) fn scan(&self, sql: &str, values: &[Value<'_>]) -> Result<Rows<'_>, StoreError> {
        self.flush()?;
        let number = self.cursors.get() + 1;
        self.cursors.set(number);
        let sql = format!("DECLARE c{number} NO SCROLL CURSOR FOR {}", translated(sql));
        let parameters = values.iter().map(|value| {
            let parameter = Parameter::Value(*value);
            let of = parameter.type_of();
            (parameter, of)
        });
        let declared = self
            .client
            .borrow_mut()
            .query_typed_raw(&sql, parameters)
            .and_then(|rows| rows.count());
        declared.map_err(|error| self.failed(error))?;
        Ok(Rows {
            server: self,
            piece: Vec::new(),
            next: 0,
            cursor: Some(Cursor {
                number,
                size: FIRST,
            }),
        })
    }

    /// Puts a row among those that wait.
    pub(super) fn put(
        &self,
        (table, columns, replaces): (&'static str, &'static str, bool),
        row: &[Value<'_>],
        seal: Value<'_>,
    ) -> Result<(), StoreError> {
        if !self.waiting.borrow().takes(table, replaces, row) {
            self.flush()?;
        }
        self.waiting
            .borrow_mut()
            .add(table, columns, replaces, row, seal);
        Ok(())
    }

    /// Writes what waits: what replaces other rows takes these away first.
    fn flush(&self) -> Result<(), StoreError> {
        if self.waiting.borrow().rows() == 0 {
            return Ok(());
        }
        let waiting = self.waiting.take();
        let Waiting {
            table,
            columns,
            replaces,
            ..
        } = waiting;
        if waiting.rows() < MANY {
            let sql = insert(table, columns, replaces);
            return waiting.each(|parameters| self.run(&sql, parameters).map(drop));
        }
        if replaces {
            let key = columns.split(',').next().unwrap_or_default();
            let sql = format!("DELETE FROM {table} WHERE {key} = ANY ($1)");
            self.run(&sql, &[Parameter::Numbers(&waiting.keys)])?;
        }
        let sql = format!("COPY {table} ({columns}, seal) FROM STDIN BINARY");
        let copied = waiting.copy(&mut self.client.borrow_mut(), &sql);
        copied.map_err(|error| self.failed(error))
    }

    fn statement(&self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(known) = self.prepared.borrow().get(sql) {
            return Ok(known.clone());
        }
        let prepared = self.client.borrow_mut().prepare(&translated(sql));
        let statement = prepared.map_err(|error| self.failed(error))?;
        self.prepared
            .borrow_mut()
            .insert(sql.into(), statement.clone());
        Ok(statement)
    }

    fn failed(&self, error: postgres::Error) -> StoreError {
        self.failed.set(true);
        error.into()
    }

    /// The number of the server's process behind this connection.
    #[cfg(test)]
    pub(super) fn process(&self) -> i32 {
        let row = self
            .client
            .borrow_mut()
            .query_one("SELECT pg_backend_pid()", &[]);
        row.unwrap().get(0)
    }
}

/// The same with the marks that this engine knows.
fn translated(sql: &str) -> String {
    sql.replace('?', "$")
}

/// Rows, one after another.
pub(in crate::store) struct Rows<'s> {
    server: &'s Server,
    piece: Vec<Row>,
    /// The place of the next row in the piece.
    next: usize,
    /// Where more may come from.
    cursor: Option<Cursor>,
}

#[derive(Clone, Copy)]
struct Cursor {
    number: u32,
    /// How many rows the next piece has at most.
    size: u32,
}

impl Rows<'_> {
    pub(super) fn next(&mut self) -> Result<Option<&Row>, StoreError> {
        if self.next == self.piece.len() {
            self.fetch()?;
        }
        self.next += 1;
        Ok(self.piece.get(self.next - 1))
    }

    pub(super) fn row(&self) -> Option<&Row> {
        self.piece.get(self.next.checked_sub(1)?)
    }

    fn fetch(&mut self) -> Result<(), StoreError> {
        let Some(Cursor { number, size }) = self.cursor else {
            self.next = self.piece.len();
            return Ok(());
        };
        let sql = format!("FETCH FORWARD {size} FROM c{number}");
        let none: [(Parameter<'_>, Type); 0] = [];
        self.piece.clear();
        self.next = 0;
        let mut client = self.server.client.borrow_mut();
        let fetched = client.query_typed_raw(&sql, none).and_then(|mut rows| {
            while let Some(row) = rows.next()? {
                self.piece.push(row);
            }
            Ok(())
        });
        fetched.map_err(|error| self.server.failed(error))?;
        drop(client);
        let bytes: usize = self.piece.iter().map(Row::raw_size_bytes).sum();
        let last = self.piece.len() < size as usize;
        if last {
            self.close();
        } else if let Some(cursor) = &mut self.cursor
            && bytes < ENOUGH
        {
            cursor.size = MOST.min(size * 4);
        }
        Ok(())
    }

    fn close(&mut self) {
        if let Some(Cursor { number, .. }) = self.cursor.take()
            && self.server.begun.get()
            && !self.server.failed.get()
        {
            // It ends with the transaction anyway.
            let _ = self
                .server
                .client
                .borrow_mut()
                .batch_execute(&format!("CLOSE c{number}"));
        }
    }
}

impl Drop for Rows<'_> {
    fn drop(&mut self) {
        self.close();
    }
}
