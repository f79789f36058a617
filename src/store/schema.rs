//! The tables, as a ladder of versions. A step is never edited once released, only followed by another.

use super::blobs;
use super::database::{Aim, Connection, values};
use super::error::StoreError;
use super::fingerprint;
use super::form::KNOWN;
use super::head;
use super::label_pack::PACKS;
use super::page_row;
use super::rebuild;
use super::seal::{self, SEALS};
use super::unit_label;
use super::walk;

/// Marks a SQLite file as ours: `dubn`.
const APPLICATION: i64 = 0x6475_626E;

/// What a step makes of what is there, once all tables have the form of the last.
type Fill = fn(&Connection) -> Result<(), StoreError>;

/// The steps: the version that each leads to, what it does to the tables, and what it makes of what is there.
const LADDER: [(i64, &str, Fill); 7] = [
    (1, VERSION_1, |_| Ok(())),
    (PACKS, VERSION_2, |all| unit_label::pack_all(all, all)),
    (MOMENTS, VERSION_3, rebuild::put_in_order),
    (SAME, "", rebuild::note_same),
    (SEALS, VERSION_5, |_| Ok(())),
    (6, VERSION_6, |_| Ok(())),
    (KNOWN, "", rebuild::note_same),
];

/// The version from which on sheets hold their items in the order in which these were recorded.
const MOMENTS: i64 = 3;

/// The version from which on sheets say which entries are one record.
const SAME: i64 = 4;

const _: () = assert!(LADDER[LADDER.len() - 1].0 == KNOWN);

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

/// What was put in force, here or elsewhere, is found among hundreds of thousands of batches without a walk over them all.
const VERSION_6: &str =
    "CREATE INDEX IF NOT EXISTS batch_apply ON batch (at, id) WHERE command = 'apply'";

/// Every row gets a seal. A page says up to which entry it goes, a plan in force how many units it has and the hash of the whole roster,
/// an area how many stand right under it.
const VERSION_5: &str = "
ALTER TABLE meta ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE batch ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE entry ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE unit ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE task ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rule ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE class ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE in_force ADD COLUMN units INTEGER NOT NULL DEFAULT 0;
ALTER TABLE in_force ADD COLUMN roster BLOB;
ALTER TABLE in_force ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE page ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE brief ADD COLUMN seal INTEGER NOT NULL DEFAULT 0;
UPDATE unit SET area = (SELECT count(*) FROM unit below WHERE below.parent = unit.no) WHERE area IS NOT NULL;
CREATE TABLE document (no INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT;
CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL, seal INTEGER NOT NULL) STRICT;
CREATE TABLE head (
    id INTEGER PRIMARY KEY, batches INTEGER NOT NULL, chain BLOB, entries INTEGER NOT NULL, units INTEGER NOT NULL,
    tasks INTEGER NOT NULL, classes INTEGER NOT NULL, rules INTEGER NOT NULL, plans INTEGER NOT NULL,
    documents INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT;
";

/// The tables of a new store: what the ladder leads to, made at once; a test holds the two together. Climbing took 12.6 million
/// instructions, a fifth of a first `status` of 1,000 units without a store.
const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE batch (
    n INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, tail INTEGER NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL,
    command TEXT NOT NULL, plan TEXT NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, hash BLOB NOT NULL,
    chain BLOB NOT NULL, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY, batch INTEGER NOT NULL, kind INTEGER NOT NULL, unit INTEGER, task INTEGER,
    day INTEGER NOT NULL, body BLOB, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE dangling (batch BLOB NOT NULL, place INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (batch, place, seq))
    STRICT, WITHOUT ROWID;
CREATE TABLE unit (
    no INTEGER PRIMARY KEY, place INTEGER NOT NULL, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, short TEXT,
    kind TEXT NOT NULL, labels TEXT, parent INTEGER, head TEXT, contact TEXT, phone TEXT, since INTEGER, until INTEGER,
    was TEXT, attributes TEXT, class INTEGER NOT NULL, area INTEGER, gone INTEGER, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE task (no INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE rule (no INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE class (no INTEGER PRIMARY KEY, json TEXT NOT NULL, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE in_force (
    id INTEGER PRIMARY KEY, batch BLOB NOT NULL, plan TEXT NOT NULL, digest TEXT NOT NULL, timezone INTEGER NOT NULL,
    tasks TEXT NOT NULL, files TEXT NOT NULL, applied INTEGER NOT NULL, in_order INTEGER NOT NULL,
    units INTEGER NOT NULL DEFAULT 0, roster BLOB, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE page (
    no INTEGER PRIMARY KEY, data BLOB NOT NULL, seq INTEGER NOT NULL DEFAULT 0, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE brief (no INTEGER PRIMARY KEY, data BLOB NOT NULL, seal INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE document (no INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, size INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT;
CREATE TABLE piece (id INTEGER PRIMARY KEY, data BLOB NOT NULL, seal INTEGER NOT NULL) STRICT;
CREATE TABLE head (
    id INTEGER PRIMARY KEY, batches INTEGER NOT NULL, chain BLOB, entries INTEGER NOT NULL, units INTEGER NOT NULL,
    tasks INTEGER NOT NULL, classes INTEGER NOT NULL, rules INTEGER NOT NULL, plans INTEGER NOT NULL,
    documents INTEGER NOT NULL, seal INTEGER NOT NULL) STRICT;
";

/// The indexes of a new store.
const INDEXES: &str = "
CREATE INDEX batch_tail ON batch (tail);
CREATE INDEX batch_actor ON batch (actor);
CREATE INDEX batch_moment ON batch (at, id);
CREATE INDEX batch_apply ON batch (at, id) WHERE command = 'apply';
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_short ON unit (short) WHERE short IS NOT NULL;
CREATE INDEX unit_parent ON unit (parent) WHERE parent IS NOT NULL;
CREATE INDEX unit_area ON unit (area) WHERE area IS NOT NULL;
";

/// How a store from before there were seals looks to whoever reads it as one of this version: its rows have none.
const BRIDGE: &str = "
CREATE TEMP VIEW meta AS SELECT *, NULL AS seal FROM main.meta;
CREATE TEMP VIEW batch AS SELECT *, NULL AS seal FROM main.batch;
CREATE TEMP VIEW entry AS SELECT *, NULL AS seal FROM main.entry;
CREATE TEMP VIEW task AS SELECT *, NULL AS seal FROM main.task;
CREATE TEMP VIEW rule AS SELECT *, NULL AS seal FROM main.rule;
CREATE TEMP VIEW class AS SELECT *, NULL AS seal FROM main.class;
CREATE TEMP VIEW in_force AS SELECT *, NULL AS units, NULL AS roster, NULL AS seal FROM main.in_force;
CREATE TEMP VIEW page AS SELECT no, data, 0 AS seq, NULL AS seal FROM main.page;
CREATE TEMP VIEW unit AS SELECT no, place, code, name, short, kind, labels, parent, head, contact, phone, since, until,
    was, attributes, class,
    iif(area IS NULL, NULL, (SELECT count(*) FROM main.unit below WHERE below.parent = own.no)) AS area, gone,
    NULL AS seal FROM main.unit own;
CREATE TEMP VIEW document AS SELECT rowid AS no, hash, length(data) AS size, NULL AS seal FROM main.kept;
CREATE TEMP VIEW piece AS SELECT rowid << 24 AS id, CAST(x'00' || data AS BLOB) AS data, NULL AS seal FROM main.kept;
";

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
/// `Foreign`, `Newer`, `Corrupt`, and what reading runs into.
pub(super) fn stage(connection: &Connection) -> Result<Stage, StoreError> {
    let pragma = |name: &str| -> Result<i64, StoreError> {
        connection.value(&format!("PRAGMA {name}"), &[])
    };
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    if application == APPLICATION && version > KNOWN {
        return Err(StoreError::Newer {
            found: version,
            known: KNOWN,
        });
    }
    if application == APPLICATION && version > 0 {
        // Not so old: the number was altered, and nobody would look at the head.
        let head = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'head')";
        if version < SEALS && connection.value(head, &[])? {
            return Err(StoreError::corrupt("user_version"));
        }
        return Ok(Stage::Version(version));
    }
    let tables: i64 = connection.value("SELECT count(*) FROM sqlite_schema", &[])?;
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
    let found = connection.value("PRAGMA user_version", &[])?;
    if found > KNOWN {
        return Err(StoreError::Newer {
            found,
            known: KNOWN,
        });
    }
    Ok(())
}

/// Makes a store of an older version readable as one of this version, without changing it.
///
/// # Errors
/// What SQLite runs into.
pub(super) fn bridge(connection: &Connection, version: i64) -> Result<(), StoreError> {
    if version < SEALS {
        connection.execute_batch(BRIDGE)?;
    }
    if (PACKS..SEALS).contains(&version) {
        connection
            .execute_batch("CREATE TEMP VIEW brief AS SELECT *, NULL AS seal FROM main.brief")?;
    }
    Ok(())
}

/// Brings a file up to the version that this program writes; `plan` names a new store.
///
/// # Errors
/// As for [`stage`], and what writing runs into.
pub(super) fn climb(connection: &Connection, plan: &str) -> Result<(), StoreError> {
    connection.begin(Aim::Found)?;
    let climbed = climb_all(connection, plan).and_then(|()| connection.commit());
    // What was begun ends either way.
    connection.roll_back();
    climbed
}

fn climb_all(all: &Connection, plan: &str) -> Result<(), StoreError> {
    let from = match stage(all)? {
        Stage::Empty => return found(all, plan),
        Stage::Version(version) => version,
    };
    if from < SEALS {
        // What was altered before is named now, and never sealed.
        walk::expect_whole(all)?;
    }
    let steps = || LADDER.into_iter().filter(|(version, ..)| from < *version);
    for (_, sql, _) in steps() {
        all.execute_batch(sql)?;
    }
    if from < SEALS {
        // First of all, as what the others read has to be sealed.
        check_in(all)?;
    }
    for (.., fill) in steps() {
        fill(all)?;
    }
    if from < SEALS {
        head::put(all)?;
    }
    if from < KNOWN {
        all.execute_batch(&format!("PRAGMA user_version = {KNOWN}"))?;
    }
    Ok(())
}

/// Makes the tables of a new store.
fn found(all: &Connection, plan: &str) -> Result<(), StoreError> {
    all.execute_batch(TABLES)?;
    all.execute_batch(INDEXES)?;
    all.execute_batch(&format!(
        "PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {KNOWN}"
    ))?;
    seal::add(all, "meta", values!["plan", plan])?;
    head::put(all)
}

/// Makes the tables of a store that lasts as long as one command. Nobody opens it again, so it says neither what it is nor how far it goes. Nor
/// has it an index: one command asks for few names or none, and to make those of 30,000 units takes longer than all else that is done with them.
pub(super) fn found_in_memory(connection: &Connection) -> Result<(), StoreError> {
    connection.execute_batch(&TABLES.replace(" UNIQUE", ""))
}

/// Seals what a store from before there were seals holds.
fn check_in(connection: &Connection) -> Result<(), StoreError> {
    let gap = "SELECT no FROM (SELECT no, row_number() OVER (ORDER BY no) - 1 AS place FROM unit) WHERE no <> place LIMIT 1";
    let gap: Option<i64> = connection.first(gap, &[], |row| row.get(0))?;
    if let Some(no) = gap {
        return Err(StoreError::damaged("unit", no));
    }
    let sql = "UPDATE in_force SET units = (SELECT count(*) FROM unit WHERE gone IS NULL)";
    connection.execute(sql, &[])?;
    let last = "UPDATE in_force SET roster = ?1 WHERE id = (SELECT max(id) FROM in_force)";
    connection.execute(last, values![fingerprint::roster(connection)?.as_bytes()])?;
    blobs::cut_kept(connection)?;
    connection.execute_batch("DROP TABLE kept")?;
    page_row::note_seqs(connection)?;
    for (table, _) in seal::TABLES {
        seal::put_all(connection, table)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;

    use super::{INDEXES, LADDER, TABLES};

    /// Every table and index with its columns, as SQLite understands them.
    fn shape(connection: &Connection) -> Vec<String> {
        let list = |sql: &str| -> Vec<String> {
            let mut statement = connection.prepare(sql).unwrap();
            let rows = statement.query_map([], |row| row.get(0)).unwrap();
            rows.map(Result::unwrap).collect()
        };
        let mut shape = list(
            "SELECT json_array(t.name, t.strict, t.wr, c.cid, c.name, c.type, c.\"notnull\", c.dflt_value, c.pk)
             FROM pragma_table_list t, pragma_table_xinfo(t.name) c WHERE t.name NOT LIKE 'sqlite_%' ORDER BY 1",
        );
        shape.extend(list(
            "SELECT json_array(m.name, i.name, i.\"unique\", i.origin, i.partial, c.seqno, c.name)
             FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_xinfo(i.name) c WHERE m.type = 'table'
             ORDER BY m.name, c.name, i.origin, c.seqno, i.name NOT LIKE 'sqlite_%', i.name",
        ));
        shape
    }

    #[test]
    fn a_new_store_is_what_the_ladder_leads_to() {
        let [climbed, new] = [(), ()].map(|()| Connection::open_in_memory().unwrap());
        for (_, sql, _) in LADDER {
            climbed.execute_batch(sql).unwrap();
        }
        climbed.execute_batch("DROP TABLE kept").unwrap();
        new.execute_batch(TABLES).unwrap();
        new.execute_batch(INDEXES).unwrap();
        assert!(shape(&new).len() > 100);
        assert_eq!(shape(&new), shape(&climbed));
    }
}
