//! The contract of `store/mod.rs` as tests. They know where a store is by `super::Place` alone: `server.rs` names the same files once
//! more beside a `Place` of its own.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use uuid::Uuid;

use super::{Access, Applying, Fates, LogFilter, Merged, Store, StoreError, Which};
use crate::journal::{Coded, Head};
use crate::model::code::PlanId;
use crate::model::day::Day;
use crate::model::entry::{Act, Address, Batch, Entry, Record};
use crate::model::plan::Plan;
use crate::model::sheet::{Fact, Fate, Item, Sheet};
use crate::model::unit::{Unit, UnitNo};

mod files;
mod journal;
mod order;
mod roster;
mod server;
mod tamper;

/// Whether these tests run on a server: what is about files alone is not tried there.
const ON_SERVER: bool = false;

fn plan() -> Plan {
    let task = |code: &str| {
        serde_json::json!({
            "code": code, "name": code, "short": code, "activity": 0, "clause": "", "text": "", "who": ["village"],
            "schedule": { "once": { "from": null, "due": "2020-06-30" } }, "totals": false, "any_of": [], "nil": false,
            "target": { "needs": [{ "who": [], "amount": { "share": { "share": 0.5, "of": "population" } } }], "measure": "人" },
            "optional": false, "by_roster": false, "open": null, "evidence": "none", "goals": [], "themes": [], "decided": []
        })
    };
    serde_json::from_value(serde_json::json!({
        "id": "census", "title": "普查", "issuer": "镇", "number": "", "issued": "2020-06-16", "ends": "2020-12-31",
        "supervisor": null, "lang": "zh-CN", "timezone": 480, "due_soon": 7, "grace": 0, "rectify": 5,
        "calendar": { "off": [], "work": [] }, "goals": [], "themes": [],
        "phases": [{ "id": "p", "name": "p", "clause": "", "from": "2020-01-01", "to": "2020-12-31" }],
        "activities": [{ "id": "a", "name": "a", "clause": "", "text": "", "phase": 0 }],
        "tasks": [task("banner"), task("poster"), task("news")], "assessment": null
    }))
    .unwrap()
}

/// A town with so many villages, its own unit first.
fn roster(villages: usize) -> Vec<Unit> {
    let unit = |code: String, name: String, kind: &str| Unit {
        code: code.parse().unwrap(),
        short: name.chars().take(3).collect(),
        name,
        kind: kind.into(),
        labels: Vec::new(),
        parent: None,
        head: String::new(),
        contact: String::new(),
        phone: String::new(),
        since: None,
        until: None,
        was: Vec::new(),
        attributes: Vec::new(),
    };
    let mut units = vec![unit("511".into(), "清江镇".into(), "town")];
    for number in 0..villages {
        let code = format!("511{number:03}");
        units.push(Unit {
            parent: Some("511".parse().unwrap()),
            attributes: vec![("population".into(), (number * 10).to_string())],
            ..unit(code, format!("{number:02}村村民委员会"), "village")
        });
    }
    units
}

fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

fn batch(number: u128) -> Batch {
    let at = 1_593_766_800_000 + i64::try_from(number % 1_000_000).unwrap() * 3_600_000;
    Batch {
        id: id(number),
        at,
        actor: format!("员{}", number % 3),
        command: "done".into(),
        plan: "d".into(),
    }
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn record(unit: UnitNo, task: u32) -> Entry {
    Entry {
        unit: Some(unit),
        task: Some(task),
        day: day("2020-06-30"),
        act: Act::Record(Record::default()),
    }
}

fn census() -> PlanId {
    "census".parse().unwrap()
}

fn apply(store: &mut Store, units: &[Unit]) {
    put_in_force(store, &plan(), units);
}

fn put_in_force(store: &mut Store, plan: &Plan, units: &[Unit]) {
    let mut transaction = store.write().unwrap();
    transaction
        .put_in_force(&Applying {
            plan,
            digest: "d",
            files: &[],
            roster: units,
            applied: day("2020-06-16"),
            batch: id(1),
        })
        .unwrap();
    transaction.commit().unwrap();
}

fn add(store: &mut Store, number: u128, entries: &[Entry]) {
    add_batch(store, batch(number), entries);
}

fn add_batch(store: &mut Store, batch: Batch, entries: &[Entry]) {
    let mut transaction = store.write().unwrap();
    let mut pen = transaction.pen(batch).unwrap();
    for entry in entries {
        pen.push(entry).unwrap();
    }
    pen.finish().unwrap();
    transaction.commit().unwrap();
}

/// A folder with a store in it that has a plan, a town and its villages.
struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn create(&self) -> Store {
        Store::create(&self.path(), &census()).unwrap()
    }

    fn with_villages(villages: usize) -> (Self, Store) {
        let place = Self::empty();
        let mut store = place.create();
        apply(&mut store, &roster(villages));
        let store = place.open();
        (place, store)
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("census.db")
    }

    fn open(&self) -> Store {
        open(&self.path(), Access::Write)
    }
}

/// Makes a store one of the form before seals.
fn age(path: &Path) -> rusqlite::Connection {
    let raw = rusqlite::Connection::open(path).unwrap();
    raw.execute_batch(
        "DROP TABLE head; DROP TABLE piece; DROP TABLE document;
        CREATE TABLE kept (hash BLOB PRIMARY KEY, data BLOB NOT NULL) STRICT;
        ALTER TABLE page DROP COLUMN seq; ALTER TABLE in_force DROP COLUMN units;
        ALTER TABLE in_force DROP COLUMN roster;
        UPDATE unit SET area = 1 WHERE area IS NOT NULL; PRAGMA user_version = 4",
    )
    .unwrap();
    for table in [
        "meta", "batch", "entry", "unit", "task", "rule", "class", "in_force", "page", "brief",
    ] {
        raw.execute_batch(&format!("ALTER TABLE {table} DROP COLUMN seal"))
            .unwrap();
    }
    raw
}

fn open(path: &Path, access: Access) -> Store {
    Store::open(path, access).unwrap().unwrap()
}

fn sheets(store: &mut Store) -> Vec<Sheet> {
    let mut sheets = Vec::new();
    let reader = store.read().unwrap();
    reader
        .each_sheet(Which::All, &mut |sheet| sheets.push(sheet.clone()))
        .unwrap();
    sheets
}
