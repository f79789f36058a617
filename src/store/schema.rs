//! The tables, as a ladder of versions. A step is never edited once released, only followed by another.

use rusqlite::{Connection, TransactionBehavior};

use super::error::StoreError;
use super::rebuild;
use super::unit_label;

/// Marks a SQLite file as ours: `dubn`.
const APPLICATION: i64 = 0x6475_626E;

/// The steps, each with the version that it leads to.
const LADDER: [(i64, &str); 4] = [
    (1, VERSION_1),
    (PACKS, VERSION_2),
    (MOMENTS, VERSION_3),
    (SAME, ""),
];

/// The version from which on there are packs of what lists say of units.
pub(super) const PACKS: i64 = 2;

/// The version from which on sheets hold their items in the order in which these were recorded.
const MOMENTS: i64 = 3;

/// The version from which on sheets say which entries are one record.
const SAME: i64 = 4;

/// The version that this program writes.
pub(super) const KNOWN: i64 = LADDER[LADDER.len() - 1].0;

/// Days are numbers of the Common Era, moments milliseconds since 1970 UTC; NULL stands for what is empty or default.
/// An entry's place in its batch is its seq less the batch's first.
const VERSION_1: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE batch (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, tail INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    command TEXT NOT NULL, plan TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, hash BLOB NOT NULL,
    chain BLOB NOT NULL) STRICT;
CREATE INDEX batch_tail ON batch (tail);
CREATE INDEX batch_actor ON batch (actor);

CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind INTEGER NOT NULL, unit INTEGER, task INTEGER,
    day INTEGER NOT NULL, body BLOB) STRICT;

CREATE TABLE dangling (batch BLOB NOT NULL, place INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (batch, place, seq))
    STRICT, WITHOUT ROWID;

CREATE TABLE unit (
    no INTEGER PRIMARY KEY, place INTEGER NOT NULL, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, short TEXT,
    kind TEXT NOT NULL, labels TEXT, parent INTEGER, head TEXT, contact TEXT, phone TEXT, since INTEGER, until INTEGER,
    was TEXT, attributes TEXT, class INTEGER NOT NULL, area INTEGER, gone INTEGER) STRICT;
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_short ON unit (short) WHERE short IS NOT NULL;
CREATE INDEX unit_parent ON unit (parent) WHERE parent IS NOT NULL;
CREATE INDEX unit_area ON unit (area) WHERE area IS NOT NULL;

CREATE TABLE task (no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE rule (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE class (no INTEGER PRIMARY KEY, json TEXT NOT NULL) STRICT;

CREATE TABLE in_force (
    id INTEGER PRIMARY KEY, batch BLOB NOT NULL, plan TEXT NOT NULL, digest TEXT NOT NULL, timezone INTEGER NOT NULL,
    tasks TEXT NOT NULL, files TEXT NOT NULL, applied INTEGER NOT NULL, in_order INTEGER NOT NULL) STRICT;

CREATE TABLE kept (hash BLOB PRIMARY KEY, data BLOB NOT NULL) STRICT;

CREATE TABLE page (no INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT;
";

/// Packs derive from the rows of units.
const VERSION_2: &str = "CREATE TABLE brief (no INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT";

/// Batches by when they were recorded, so that one that is older than the newest is known at once.
const VERSION_3: &str = "CREATE INDEX IF NOT EXISTS batch_moment ON batch (at, id)";

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// A database without anything in it.
    Empty,
    /// A store of that version, which this program knows.
    Version(i64),
}

/// Looks at what a file is.
///
/// # Errors
/// `Foreign`, `Newer`, and what reading runs into.
pub(super) fn stage(connection: &Connection) -> Result<Stage, StoreError> {
    let pragma = |name: &str| -> Result<i64, StoreError> {
        Ok(connection.query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))?)
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    if application == APPLICATION && version > KNOWN {
        return Err(StoreError::Newer {
            found: version,
            known: KNOWN,
        });
    }
    if application == APPLICATION && version > 0 {
        return Ok(Stage::Version(version));
    }
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if (application, version, tables) == (0, 0, 0) {
        Ok(Stage::Empty)
    } else {
        Err(StoreError::Foreign)
    }
}

/// Makes sure that this program knows the file's version.
///
/// # Errors
/// `Newer`, and what reading runs into.
pub(super) fn expect_known(connection: &Connection) -> Result<(), StoreError> {
    let found = connection.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > KNOWN {
        return Err(StoreError::Newer {
            found,
            known: KNOWN,
        });
    }
    Ok(())
}

/// Brings a file up to the version that this program writes; `plan` names a new store.
///
/// # Errors
/// As for [`stage`], and what writing runs into.
pub(super) fn climb(connection: &mut Connection, plan: &str) -> Result<(), StoreError> {
    let all = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let from = match stage(&all)? {
        Stage::Empty => 0,
        Stage::Version(version) => version,
    };
    for (version, sql) in LADDER.into_iter().filter(|(version, _)| from < *version) {
        all.execute_batch(sql)?;
        if version == PACKS {
            unit_label::pack_all(&all)?;
        }
        if version == MOMENTS {
            rebuild::put_in_order(&all)?;
        }
        if version == SAME && from > 0 {
            rebuild::note_same(&all)?;
        }
    }
    if from == 0 {
        all.execute_batch(&format!("PRAGMA application_id = {APPLICATION}"))?;
        all.execute("INSERT INTO meta VALUES ('plan', ?1)", [plan])?;
    }
    if from < KNOWN {
        all.execute_batch(&format!("PRAGMA user_version = {KNOWN}"))?;
    }
    Ok(all.commit()?)
}
