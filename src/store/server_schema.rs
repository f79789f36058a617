//! The tables on a server: a schema a plan, of the same tables as in a file. A step is never edited once released, only followed by
//! another; there is none yet behind the first.

use std::cmp::Ordering;

use super::database::{Aim, Connection, Value, values};
use super::error::StoreError;
use super::form::KNOWN;
use super::head;
use super::seal;
use crate::model::code::PlanId;

/// As `schema.rs` says it in SQLite's words. `form` says which version this is; those who want to write wait for the row of `queue`.
const TABLES: &str = "
CREATE TABLE form (version BIGINT NOT NULL PRIMARY KEY);
CREATE TABLE queue (id BIGINT PRIMARY KEY);
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, seal BIGINT NOT NULL);

CREATE TABLE batch (
    n BIGINT PRIMARY KEY, id BYTEA NOT NULL UNIQUE, tail BIGINT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL,
    command TEXT NOT NULL, plan TEXT NOT NULL, first BIGINT NOT NULL, count BIGINT NOT NULL, hash BYTEA NOT NULL,
    chain BYTEA NOT NULL, seal BIGINT NOT NULL);
CREATE INDEX batch_tail ON batch (tail);
CREATE INDEX batch_actor ON batch (actor);
CREATE INDEX batch_moment ON batch (at, id);
CREATE INDEX batch_apply ON batch (at, id) WHERE command = 'apply';

CREATE TABLE entry (
    seq BIGINT PRIMARY KEY, batch BIGINT NOT NULL, kind BIGINT NOT NULL, unit BIGINT, task BIGINT, day BIGINT NOT NULL,
    body BYTEA, seal BIGINT NOT NULL);

CREATE TABLE dangling (batch BYTEA NOT NULL, place BIGINT NOT NULL, seq BIGINT NOT NULL, PRIMARY KEY (batch, place, seq));

CREATE TABLE unit (
    no BIGINT PRIMARY KEY, place BIGINT NOT NULL, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, short TEXT,
    kind TEXT NOT NULL, labels TEXT, parent BIGINT, head TEXT, contact TEXT, phone TEXT, since BIGINT, until BIGINT,
    was TEXT, attributes TEXT, class BIGINT NOT NULL, area BIGINT, gone BIGINT, seal BIGINT NOT NULL);
CREATE INDEX unit_name ON unit (name);
CREATE INDEX unit_short ON unit (short);
CREATE INDEX unit_parent ON unit (parent);
CREATE INDEX unit_area ON unit (area);

CREATE TABLE task (no BIGINT PRIMARY KEY, code TEXT NOT NULL UNIQUE, seal BIGINT NOT NULL);
CREATE TABLE rule (no BIGINT PRIMARY KEY, id TEXT NOT NULL UNIQUE, seal BIGINT NOT NULL);
CREATE TABLE class (no BIGINT PRIMARY KEY, json TEXT NOT NULL, seal BIGINT NOT NULL);

CREATE TABLE in_force (
    id BIGINT PRIMARY KEY, batch BYTEA NOT NULL, plan TEXT NOT NULL, digest TEXT NOT NULL, timezone BIGINT NOT NULL,
    tasks TEXT NOT NULL, files TEXT NOT NULL, applied BIGINT NOT NULL, in_order BIGINT NOT NULL, units BIGINT NOT NULL,
    roster BYTEA, seal BIGINT NOT NULL);

CREATE TABLE document (no BIGINT PRIMARY KEY, hash BYTEA NOT NULL UNIQUE, size BIGINT NOT NULL, seal BIGINT NOT NULL);
CREATE TABLE piece (id BIGINT PRIMARY KEY, data BYTEA NOT NULL, seal BIGINT NOT NULL);

CREATE TABLE page (no BIGINT PRIMARY KEY, data BYTEA NOT NULL, seq BIGINT NOT NULL, seal BIGINT NOT NULL);
CREATE TABLE brief (no BIGINT PRIMARY KEY, data BYTEA NOT NULL, seal BIGINT NOT NULL);

CREATE TABLE head (
    id BIGINT PRIMARY KEY, batches BIGINT NOT NULL, chain BYTEA, entries BIGINT NOT NULL, units BIGINT NOT NULL,
    tasks BIGINT NOT NULL, classes BIGINT NOT NULL, rules BIGINT NOT NULL, plans BIGINT NOT NULL,
    documents BIGINT NOT NULL, seal BIGINT NOT NULL);
";

/// Looks which version the schema has; `None` where there is no store in it.
///
/// # Errors
/// `Newer`, `Older`, and what reading runs into.
pub(super) fn stage(connection: &Connection, schema: &str) -> Result<Option<i64>, StoreError> {
    match is_there(connection, schema)? {
        true => expect_known(connection).map(Some),
        false => Ok(None),
    }
}

/// Whether there are tables of a store, whoever may read them.
fn is_there(connection: &Connection, schema: &str) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ?1 AND c.relname = 'form')";
    connection.value(sql, values![schema])
}

/// Whether there is a store by the time at which nobody makes one: who makes one waits for others who do, so that is tried, and taken back.
///
/// # Errors
/// `Collided` where there is one by then, and what reading and writing run into.
pub(super) fn is_made(connection: &Connection, schema: &str) -> Result<bool, StoreError> {
    if is_there(connection, schema)? {
        return Ok(true);
    }
    connection.begin(Aim::Found)?;
    let tried = create(connection, schema, "");
    connection.roll_back();
    tried.map(|()| false)
}

/// Makes sure that this program knows the version. There has been no older one on a server, and nobody has to be shown a store as if it
/// were from before there were seals.
///
/// # Errors
/// `Newer`, `Older`, and what reading runs into.
pub(super) fn expect_known(connection: &Connection) -> Result<i64, StoreError> {
    let found = connection.value::<i64>("SELECT version FROM form", &[]);
    let (found, known) = (found.map_err(unseen)?, KNOWN);
    match found.cmp(&known) {
        Ordering::Greater => Err(StoreError::Newer { found, known }),
        Ordering::Less => Err(StoreError::Older {
            detail: format!("{found} < {known}"),
        }),
        Ordering::Equal => Ok(found),
    }
}

/// The table of forms is there: who does not find it has no right to look into the schema.
fn unseen(error: StoreError) -> StoreError {
    match error {
        StoreError::Older { detail } => StoreError::Denied { detail },
        other => other,
    }
}

/// Makes the store of that plan, in the transaction that has begun.
///
/// # Errors
/// `Collided` where somebody else makes it at this moment, and what writing runs into.
pub(super) fn create(connection: &Connection, schema: &str, plan: &str) -> Result<(), StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?1)";
    if !connection.value::<bool>(sql, values![schema])? {
        connection.execute_batch(&format!("CREATE SCHEMA \"{schema}\""))?;
    }
    connection.execute_batch(TABLES)?;
    connection.execute("INSERT INTO form VALUES (?1)", values![KNOWN])?;
    connection.execute("INSERT INTO queue VALUES (1)", &[])?;
    seal::add(connection, "meta", values!["plan", plan])?;
    head::put(connection)
}

/// What the roles may do: a clerk adds to the journal, and writes what derives from it; a reader looks. Neither changes or removes
/// anything in the journal, whatever program asks.
const ROLES: &str = "
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'duban_clerk') THEN CREATE ROLE duban_clerk NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'duban_reader') THEN CREATE ROLE duban_reader NOLOGIN; END IF;
END $$;
GRANT USAGE ON SCHEMA {schema} TO duban_clerk, duban_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO duban_clerk, duban_reader;
GRANT INSERT ON batch, entry, document, piece, rule TO duban_clerk;
GRANT INSERT, UPDATE, DELETE ON page, dangling TO duban_clerk;
GRANT INSERT, UPDATE ON head TO duban_clerk;
GRANT UPDATE ON queue TO duban_clerk;
";

/// The SQL by which an administrator makes the store of that plan, where it is not there yet, and gives the roles their rights.
pub(crate) fn administration(plan: &PlanId) -> String {
    let schema = format!("\"duban_{plan}\"");
    let tables = TABLES
        .replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ")
        .replace("CREATE INDEX ", "CREATE INDEX IF NOT EXISTS ");
    let seal = seal::of(values!["plan", plan.as_str()]);
    let mut head = [Value::Integer(0); 10];
    (head[0], head[2]) = (Value::Integer(1), Value::Null);
    let head = seal::of(&head);
    let roles = ROLES.replace("{schema}", &schema);
    format!(
        "-- The store of the plan {plan}: run by an administrator, as often as wanted.
BEGIN;
CREATE SCHEMA IF NOT EXISTS {schema};
SET LOCAL search_path TO {schema};
{tables}
INSERT INTO form SELECT {KNOWN} WHERE NOT EXISTS (SELECT 1 FROM form);
INSERT INTO queue VALUES (1) ON CONFLICT DO NOTHING;
INSERT INTO meta VALUES ('plan', '{plan}', {seal}) ON CONFLICT DO NOTHING;
INSERT INTO head VALUES (1, 0, NULL, 0, 0, 0, 0, 0, 0, 0, {head}) ON CONFLICT DO NOTHING;
{roles}COMMIT;
"
    )
}
