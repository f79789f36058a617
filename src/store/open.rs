//! Opening and creating a store's file.

use std::io;
use std::path::Path;
use std::rc::Rc;

use super::creation::Creation;
use super::database::{Aim, Connection, ServerAddress, is_in_wal};
use super::error::StoreError;
use super::form::KNOWN;
use super::head;
use super::read::{Reader, StorePath};
use super::schema::{self, Stage};
use super::seal;
use super::server_schema;
use super::write::Transaction;
use crate::model::code::PlanId;

/// What a store is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Looking only.
    Read,
    /// Recording.
    Write,
}

/// One plan's store, in a file or on a server.
#[derive(Debug)]
pub struct Store {
    connection: Rc<Connection>,
    access: Access,
    version: i64,
    /// Where it has no name before the first commit.
    creation: Option<Creation>,
    /// Whether its first transaction has begun: the one that makes it on a server.
    begun: bool,
}

impl Store {
    /// Opens the store at `path`; `None` where there is no file.
    ///
    /// # Errors
    /// `NotADatabase`, `Foreign`, `Newer` or `Corrupt` for what it is; `Busy`, `ReadOnly` or `Io` where it cannot be reached.
    pub fn open(path: &Path, access: Access) -> Result<Option<Self>, StoreError> {
        match path.metadata() {
            Ok(file) if file.is_dir() => {
                return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
            }
            // No store of ours is ever empty, so something happened to it.
            Ok(file) if file.len() == 0 => return Err(StoreError::NotADatabase),
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error.into()),
        }
        let in_wal = |error| match error {
            StoreError::ReadOnly | StoreError::Engine(_) if is_in_wal(path) => StoreError::Wal,
            error => error,
        };
        let connection = Connection::open_file(path, access == Access::Write).map_err(in_wal)?;
        if access == Access::Write && is_in_wal(path) {
            // While somebody else has it open that cannot be done, and is for the next writer to do.
            connection.leave_wal();
        }
        let version = match schema::stage(&connection).map_err(in_wal)? {
            Stage::Empty => return Err(StoreError::Foreign),
            Stage::Version(version) if version < KNOWN && access == Access::Write => {
                schema::climb(&connection, "")?;
                KNOWN
            }
            Stage::Version(version) => {
                look_only(&connection, access, version)?;
                version
            }
        };
        Ok(Some(Self::new(connection, access, version)))
    }

    /// Creates the store of that plan, or opens it for writing where somebody did so already. It is at `path` from its first commit
    /// on, after which it has to be opened anew: SQLite does not write to a file that was renamed.
    ///
    /// # Errors
    /// `OtherPlan` where it is of another plan; else as for [`Store::open`].
    pub fn create(path: &Path, plan: &PlanId) -> Result<Self, StoreError> {
        if path.is_dir() {
            return Err(io::Error::from(io::ErrorKind::IsADirectory).into());
        }
        let Some(creation) = Creation::begin(path)? else {
            let store = Self::open(path, Access::Write)?.ok_or(StoreError::Foreign)?;
            store.expect_plan(plan)?;
            return Ok(store);
        };
        let connection = Connection::open_file(creation.file(), true)?;
        schema::climb(&connection, plan.as_str())?;
        let mut store = Self::new(connection, Access::Write, KNOWN);
        store.creation = Some(creation);
        Ok(store)
    }

    /// Opens the store on a server; `None` where there is none.
    ///
    /// # Errors
    /// `Unreachable` and `Login`; `Newer` for what it is; `Denied` where it may not be read.
    pub(super) fn open_on(
        address: &ServerAddress,
        access: Access,
    ) -> Result<Option<Self>, StoreError> {
        let connection = Connection::open_server(address)?;
        let version = server_schema::stage(&connection, address.schema())?;
        Ok(version.map(|version| Self::new(connection, access, version)))
    }

    /// Creates the store of that plan on a server, or opens it for writing where somebody did so already. It is there from its first
    /// commit on. Who creates one waits for others who do.
    ///
    /// # Errors
    /// `OtherPlan` where it is of another plan; `Denied` where it may not be created; else as for [`Store::open_on`].
    pub(super) fn create_on(address: &ServerAddress, plan: &PlanId) -> Result<Self, StoreError> {
        if let Some(store) = Self::open_on(address, Access::Write)? {
            store.expect_plan(plan)?;
            return Ok(store);
        }
        let connection = Connection::open_server(address)?;
        connection.begin(Aim::Found)?;
        match server_schema::create(&connection, address.schema(), plan.as_str()) {
            Ok(()) => {
                let mut store = Self::new(connection, Access::Write, KNOWN);
                store.begun = true;
                Ok(store)
            }
            Err(StoreError::Collided) => {
                drop(connection);
                let store = Self::open_on(address, Access::Write)?;
                let store = store.ok_or(StoreError::Collided)?;
                store.expect_plan(plan)?;
                Ok(store)
            }
            Err(error) => Err(error),
        }
    }

    /// Begins to write a store that lasts as long as that.
    ///
    /// # Errors
    /// What writing runs into.
    pub fn in_memory() -> Result<Transaction, StoreError> {
        let connection = Connection::in_memory()?;
        schema::found_in_memory(&connection)?;
        let store = Self::new(connection, Access::Write, KNOWN);
        Ok(Transaction::new(store.begin(Aim::Found)?, None))
    }

    fn new(connection: Connection, access: Access, version: i64) -> Self {
        Self {
            connection: Rc::new(connection),
            access,
            version,
            creation: None,
            begun: false,
        }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    /// Reads the store at that path by a connection of its own, for another thread, at the moment at which it is being read.
    ///
    /// # Errors
    /// As for [`Store::open`].
    pub fn beside(path: &StorePath) -> Result<Reader, StoreError> {
        let connection = Connection::open_file(&path.path, false)?;
        look_only(&connection, Access::Read, path.version)?;
        let mut reader = Self::new(connection, Access::Read, path.version).begin(Aim::Look)?;
        // Whoever is reading has compared the head.
        reader.ends = path.ends;
        Ok(reader)
    }

    /// The plan whose store it is.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn plan_id(&self) -> Result<PlanId, StoreError> {
        let sql = "SELECT key, value, seal FROM meta WHERE key = 'plan'";
        let damaged = || StoreError::damaged("meta", "plan");
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query(&[])?;
        let row = rows.next()?.ok_or_else(damaged)?;
        seal::expect(row, "meta", 2)?;
        let text: String = row.get(1)?;
        text.parse().map_err(|_| damaged())
    }

    /// Makes sure that it is the store of that plan.
    ///
    /// # Errors
    /// `OtherPlan` where it is not, and what reading runs into.
    pub fn expect_plan(&self, wanted: &PlanId) -> Result<(), StoreError> {
        let found = self.plan_id()?;
        if found == *wanted {
            return Ok(());
        }
        Err(StoreError::OtherPlan {
            found: found.to_string(),
            wanted: wanted.to_string(),
        })
    }

    /// Begins to read; ends when the reader is dropped.
    ///
    /// # Errors
    /// `Damaged` where the journal or the roster does not go as far as the head says, and what reading runs into.
    pub fn read(&mut self) -> Result<Reader, StoreError> {
        let mut reader = self.begin(Aim::Look)?;
        if self.version >= seal::SEALS {
            reader.ends = Some(head::read(&self.connection)?);
        }
        Ok(reader)
    }

    /// As [`Store::read`], whatever the head says: for whoever looks for what is wrong.
    ///
    /// # Errors
    /// What reading runs into.
    pub fn read_anyway(&mut self) -> Result<Reader, StoreError> {
        self.begin(Aim::Look)
    }

    /// Begins to write, once nobody else does.
    ///
    /// # Errors
    /// `Busy` when somebody else kept writing; `Newer` where a newer program has written since it was opened; `ReadOnly` for a store opened to read, or that cannot be written.
    pub fn write(&mut self) -> Result<Transaction, StoreError> {
        let transaction = self.write_anyway()?;
        if self.version >= seal::SEALS {
            head::check(&self.connection)?;
        }
        Ok(transaction)
    }

    /// As [`Store::write`], whatever the head says: for whoever repairs.
    ///
    /// # Errors
    /// As for [`Store::write`].
    pub fn write_anyway(&mut self) -> Result<Transaction, StoreError> {
        if self.access == Access::Read || self.connection.is_read_only()? {
            return Err(StoreError::ReadOnly);
        }
        if std::mem::take(&mut self.begun) {
            let reader = Reader::new(Rc::clone(&self.connection), self.version);
            return Ok(Transaction::new(reader, None));
        }
        let reader = self.begin(match self.creation {
            Some(_) => Aim::Found,
            None => Aim::Write,
        })?;
        // A newer program may have been at it since it was opened.
        match self.connection.address() {
            None => schema::expect_known(&self.connection)?,
            Some(_) => drop(server_schema::expect_known(&self.connection)?),
        }
        Ok(Transaction::new(reader, self.creation.take()))
    }

    fn begin(&self, aim: Aim) -> Result<Reader, StoreError> {
        #[cfg(test)]
        BEGUN.with(|begun| begun.set(begun.get() + 1));
        self.connection.begin(aim)?;
        Ok(Reader::new(Rc::clone(&self.connection), self.version))
    }
}

/// Makes a store readable, whatever its version, and for a reader nothing else.
fn look_only(connection: &Connection, access: Access, version: i64) -> Result<(), StoreError> {
    schema::bridge(connection, version)?;
    if access == Access::Read {
        connection.forbid_writing()?;
    }
    Ok(())
}

#[cfg(test)]
thread_local! {
    static BEGUN: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// How many transactions this thread has begun: a test counts those of each command.
#[cfg(test)]
pub(crate) fn begun() -> usize {
    BEGUN.with(std::cell::Cell::get)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use rusqlite::Connection;

    use super::{Access, Path, Store, StoreError, is_in_wal};

    #[test]
    fn a_writer_that_waited_in_vain_says_so_and_readers_go_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::create(&path, &"census".parse().unwrap()).unwrap();
        store.write().unwrap().commit().unwrap();
        store.connection.wait_for(Duration::ZERO);
        let other = Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let busy = store.write().map(|_| ());
        assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
        let reader = Store::open(&path, Access::Read).unwrap().unwrap();
        assert_eq!(reader.plan_id().unwrap().as_str(), "census");
        other.execute_batch("ROLLBACK").unwrap();
        store.write().map(|_| ()).unwrap();
    }

    #[test]
    fn a_store_in_write_ahead_mode_is_one_file_again_after_the_next_writer() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let plan = "census".parse().unwrap();
        let mut store = Store::create(&path, &plan).unwrap();
        store.write().unwrap().commit().unwrap();
        drop(store);
        assert!(!is_in_wal(&path));
        drop(switched(&path));
        assert!(is_in_wal(&path));
        let reader = Store::open(&path, Access::Read).unwrap().unwrap();
        assert_eq!(reader.plan_id().unwrap(), plan, "who may write may read it");
        drop(reader);
        assert!(is_in_wal(&path), "a reader changes nothing");
        // Somebody else has it open: it is written all the same.
        let other = switched(&path);
        other.execute_batch("BEGIN; SELECT * FROM meta").unwrap();
        let mut store = Store::open(&path, Access::Write).unwrap().unwrap();
        store.write().unwrap().commit().unwrap();
        drop((store, other));
        let mut store = Store::open(&path, Access::Write).unwrap().unwrap();
        store.write().unwrap().commit().unwrap();
        drop(store);
        assert!(!is_in_wal(&path));
        let beside = std::fs::read_dir(folder.path()).unwrap();
        assert_eq!(beside.count(), 1, "one file");
    }

    /// The store, open, as another tool switches it.
    fn switched(path: &Path) -> Connection {
        let other = Connection::open(path).unwrap();
        other.pragma_update(None, "journal_mode", "WAL").unwrap();
        other
    }

    #[cfg(unix)]
    #[test]
    fn who_may_not_write_is_told_of_write_ahead_mode() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        let mut store = Store::create(&path, &"census".parse().unwrap()).unwrap();
        store.write().unwrap().commit().unwrap();
        drop((store, switched(&path)));
        // Nor can SQLite make its file beside the store where that leads nowhere.
        std::os::unix::fs::symlink("nowhere/shm", path.with_extension("db-shm")).unwrap();
        let refused = Store::open(&path, Access::Read).map(|_| ());
        assert!(matches!(refused, Err(StoreError::Wal)), "{refused:?}");
    }

    #[test]
    fn what_a_writer_left_half_done_when_it_died_is_taken_back_by_the_next_reader() {
        let folder = tempfile::tempdir().unwrap();
        let (path, copy) = (folder.path().join("a.db"), folder.path().join("b.db"));
        let plan = "census".parse().unwrap();
        let mut store = Store::create(&path, &plan).unwrap();
        store.write().unwrap().commit().unwrap();
        let store = Store::open(&path, Access::Write).unwrap().unwrap();
        let half = "BEGIN IMMEDIATE; UPDATE meta SET value = 'half'; CREATE TABLE t (x)";
        store.connection.execute_batch(half).unwrap();
        store.connection.flush();
        // The copies are what the disk holds if the process dies here.
        std::fs::copy(&path, &copy).unwrap();
        let journal = |path: &Path| path.with_extension("db-journal");
        std::fs::copy(journal(&path), journal(&copy)).unwrap();
        assert_ne!(std::fs::read(&path).unwrap().len(), 0);
        let found = Store::open(&copy, Access::Read).unwrap().unwrap();
        assert_eq!(found.plan_id().unwrap(), plan);
        assert!(!journal(&copy).exists());
    }
}
