//! Edits by hand: each column of each table, in each row, in many ways. `verify` names every one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::journal::{exported, merge};
use super::*;
use crate::model::entry::{Booking, Notice, Proof};
use crate::model::plan::Trigger;
use crate::store::{Reader, Verified, database};

/// A store with something in every table: two plans, records with proof, an order, an undo that waits for another store's batch, a
/// notice with its documents, points by two rules.
fn eventful() -> (Place, Store) {
    let place = Place::empty();
    let mut store = Store::create(&place.path(), &census()).unwrap();
    applied(&mut store, &plan(), &roster(20), 1);
    let mut store = place.open();
    let noted = |unit, note: &str| Entry {
        act: Act::Record(Record {
            note: Some(note.into()),
            evidence: vec![Proof::Link("https://a.example/1".into())],
            ..Record::default()
        }),
        ..record(unit, 1)
    };
    add(
        &mut store,
        7,
        &[record(3, 0), noted(17, "两条"), record(4, 2)],
    );
    let order = Entry {
        unit: None,
        act: Act::Instruct {
            due: day("2020-08-01"),
            reason: "3号文".into(),
        },
        ..record(0, 2)
    };
    let back = Entry {
        unit: None,
        task: None,
        day: day("2020-07-01"),
        act: Act::Undo {
            of: Address {
                batch: id(7),
                index: 0,
            },
        },
    };
    add(&mut store, 8, &[order, back]);
    issue(&mut store, 9);
    let mut smaller = plan();
    smaller.title = "普查宣传".into();
    applied(&mut store, &smaller, &roster(19), 10);
    // Of another store comes an undo without what it takes back.
    let (_other, mut other) = Place::with_villages(20);
    add(&mut other, 20, &[record(5, 0)]);
    let late = Entry {
        unit: None,
        task: None,
        day: day("2020-07-02"),
        act: Act::Undo {
            of: Address {
                batch: id(20),
                index: 0,
            },
        },
    };
    add(&mut other, 21, &[late]);
    let batches = exported(&mut other);
    merge(&mut store, batches.last().unwrap()).unwrap();
    add(&mut store, 11, &[record(6, 0), noted(6, "第二次")]);
    (place, store)
}

/// Puts a plan in force as `apply` does.
fn applied(store: &mut Store, plan: &Plan, units: &[Unit], number: u128) {
    let mut transaction = store.write().unwrap();
    let holds = transaction.put_in_force(&Applying {
        plan,
        digest: "d",
        files: &[],
        roster: units,
        applied: day("2020-06-16"),
        batch: id(number),
    });
    let mut pen = transaction.pen(batch(number)).unwrap();
    let act = Act::Apply {
        digest: "d".into(),
        reason: String::new(),
        changes: Vec::new(),
        holds: holds.unwrap().to_hex().to_string(),
    };
    let entry = Entry {
        unit: None,
        task: None,
        day: day("2020-06-16"),
        act,
    };
    pen.push(&entry).unwrap();
    pen.finish().unwrap();
    transaction.commit().unwrap();
}

fn issue(store: &mut Store, number: u128) {
    let mut transaction = store.write().unwrap();
    // One of them has several pieces.
    let texts = [vec![b'a'; 10], vec![b'b'; (1 << 10) + 10]];
    let names = ["notice-1.txt", "notice-1.json"];
    let kept = names.iter().zip(&texts).map(|(name, text)| {
        let kept = transaction.keep(name, &mut |out| out.write_all(text));
        kept.unwrap()
    });
    let files = kept.collect();
    let notice = Act::Notice(Notice {
        number: 1,
        until: day("2020-07-02"),
        rectify: day("2020-07-08"),
        left_out: Vec::new(),
        files,
    });
    let mut pen = transaction.pen(batch(number)).unwrap();
    let entry = |unit, act| Entry {
        unit,
        task: None,
        day: day("2020-07-02"),
        act,
    };
    pen.push(&entry(None, notice)).unwrap();
    for (unit, rule) in [(1, "overdue"), (2, "late")] {
        let booking = Booking {
            notice: 1,
            on: Trigger::Overdue,
            period: None,
            of: None,
            days: 3,
            rule: Some(rule.parse().unwrap()),
            points: crate::model::decimal::Decimal::from_thousandths(-500),
        };
        pen.push(&entry(Some(unit), Act::Book(booking))).unwrap();
    }
    pen.finish().unwrap();
    transaction.commit().unwrap();
}

fn verified(path: &Path) -> Result<Verified, StoreError> {
    let mut store = Store::open(path, Access::Read)?.unwrap();
    let reader = store.read_anyway()?;
    reader.verify(&mut |_| {})
}

#[test]
fn what_was_written_is_sound_and_says_what_was_looked_at() {
    let (place, store) = eventful();
    drop(store);
    let found = verified(&place.path()).unwrap();
    assert_eq!(found.findings, []);
    assert!(found.compared);
    assert_eq!((found.batches, found.entries), (7, 13));
    assert_eq!(found.notices.len(), 1);
    assert!(found.broken.is_empty());
}

/// A row, as it stands in its table.
struct Cells {
    columns: Vec<String>,
    values: Vec<Value>,
}

fn rows(raw: &Connection, table: &str) -> Vec<Cells> {
    let mut statement = raw.prepare(&format!("SELECT * FROM {table}")).unwrap();
    let columns: Vec<String> = statement.column_names().map(ToString::to_string).collect();
    let values = statement.query_map([], |row| {
        (0..columns.len())
            .map(|at| row.get(at))
            .collect::<Result<Vec<Value>, _>>()
    });
    let values = values.unwrap().map(Result::unwrap);
    values
        .map(|values| Cells {
            columns: columns.clone(),
            values,
        })
        .collect()
}

/// What somebody might make of a value.
fn altered(value: &Value, flips: usize) -> Vec<Value> {
    match value {
        Value::Null => vec![
            Value::Integer(1),
            Value::Text("x".into()),
            Value::Blob(vec![1]),
        ],
        Value::Integer(number) => {
            let others = [
                number.wrapping_add(1),
                number.wrapping_sub(1),
                0,
                i64::MAX,
                -7,
            ];
            let mut others: Vec<Value> = others.map(Value::Integer).into();
            others.push(Value::Null);
            others
        }
        Value::Real(_) => Vec::new(),
        Value::Text(text) => {
            let shorter: String = text.chars().skip(1).collect();
            let mut others = vec![format!("{text}x"), shorter, String::new()];
            others.push(text.replacen(['1', '2'], "9", 1));
            others
                .into_iter()
                .map(Value::Text)
                .chain([Value::Null])
                .collect()
        }
        Value::Blob(bytes) => {
            let flips = (0..bytes.len()).step_by((bytes.len() / flips).max(1));
            let flipped = flips.map(|at| {
                let mut other = bytes.clone();
                other[at] ^= 1 << (at % 8);
                other
            });
            let cut = bytes[..bytes.len() / 2].to_vec();
            flipped.chain([cut, Vec::new()]).map(Value::Blob).collect()
        }
    }
}

/// Makes an edit on a copy; whether SQLite let it through. Where it did, `verify` must say something, or fail.
#[track_caller]
fn edit(place: &Place, copy: &Path, sql: &str, values: &[Value]) -> bool {
    std::fs::copy(place.path(), copy).unwrap();
    let raw = Connection::open(copy).unwrap();
    raw.execute_batch("PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
        .unwrap();
    match raw.execute(sql, params_from_iter(values)) {
        // A constraint of the table forbids it.
        Err(_) | Ok(0) => return false,
        Ok(_) => drop(raw),
    }
    if let Ok(found) = verified(copy) {
        let shown: Vec<String> = values
            .iter()
            .map(|value| format!("{value:?}").chars().take(60).collect())
            .collect();
        assert!(!found.findings.is_empty(), "{sql} {shown:?}");
    }
    true
}

#[test]
fn every_edit_by_hand_is_named() {
    let edits = edited(7, 24);
    assert!(edits > 3000, "{edits} edits");
}

/// Tries edits of so many rows of each table, besides the last, with so many flips of bytes; how many SQLite let through.
fn edited(rows_of_each: usize, flips: usize) -> u32 {
    let (place, store) = eventful();
    drop(store);
    let raw = Connection::open(place.path()).unwrap();
    let copy = place.folder.path().join("copy.db");
    let tables: Vec<String> = raw
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    let mut tried: BTreeMap<(String, String), u32> = BTreeMap::new();
    for table in &tables {
        let rows = rows(&raw, table);
        assert!(!rows.is_empty(), "{table} has no row to try");
        // The first, the last, and some between.
        let step = rows.len().div_ceil(rows_of_each);
        for row in rows.iter().step_by(step).chain(rows.last()) {
            let keys: Vec<&Value> = row.values.iter().collect();
            let wanted: Vec<String> = row
                .columns
                .iter()
                .zip(1..)
                .map(|(column, at)| format!("{column} IS ?{at}"))
                .collect();
            let wanted = wanted.join(" AND ");
            let own: Vec<Value> = keys.into_iter().cloned().collect();
            for (at, column) in row.columns.iter().enumerate() {
                let others = altered(&own[at], flips).into_iter();
                // What another row says there.
                let others = others.chain(
                    rows.iter()
                        .map(|other| other.values[at].clone())
                        .take(rows_of_each.min(3)),
                );
                for other in others.filter(|other| *other != own[at]) {
                    let place_of = own.len() + 1;
                    let sql = format!("UPDATE {table} SET {column} = ?{place_of} WHERE {wanted}");
                    let mut values = own.clone();
                    values.push(other);
                    let done = edit(&place, &copy, &sql, &values);
                    *tried.entry((table.clone(), column.clone())).or_default() += u32::from(done);
                }
            }
            let sql = format!("DELETE FROM {table} WHERE {wanted}");
            assert!(edit(&place, &copy, &sql, &own), "{sql}");
        }
        // The last row once more, under another key.
        let mut again = rows.last().unwrap().values.clone();
        for key in [
            Value::Integer(4_000),
            Value::Blob(vec![7; 16]),
            Value::Text("x".into()),
        ] {
            again[0] = key;
            let marks: Vec<String> = (1..=again.len()).map(|at| format!("?{at}")).collect();
            let sql = format!("INSERT INTO {table} VALUES ({})", marks.join(","));
            edit(&place, &copy, &sql, &again);
        }
    }
    let never: Vec<_> = tried.iter().filter(|(_, times)| **times == 0).collect();
    assert!(never.is_empty(), "never edited: {never:?}");
    tried.values().sum()
}

/// Looks at a table to its end.
type Look = fn(&Reader) -> Result<(), StoreError>;

#[test]
fn a_row_taken_off_an_end_is_missed_by_whoever_reads_the_table() {
    let (place, store) = eventful();
    drop(store);
    let copy = place.folder.path().join("copy.db");
    let begins: Look = |_| Ok(());
    let sheets: Look = |reader| reader.each_sheet(Which::All, &mut |_| {});
    let kept: Look = |reader| {
        let mut files = Vec::new();
        reader.log(&LogFilter::default(), &mut |_, stored| {
            if let Act::Notice(notice) = stored.entry.act {
                files.extend(notice.files);
            }
            ControlFlow::Continue(())
        })?;
        let all: Result<Vec<bool>, _> = files
            .iter()
            .map(|file| reader.kept(file, &mut Vec::new()))
            .collect();
        all.map(|_| ())
    };
    let looks: [(&str, &str, Look); 10] = [
        ("batch", "n", begins),
        ("entry", "seq", begins),
        ("unit", "no", begins),
        ("head", "id", begins),
        ("in_force", "id", |reader| reader.in_force().map(|_| ())),
        ("class", "no", |reader| reader.classes().map(|_| ())),
        ("task", "no", |reader| reader.task_code(2).map(|_| ())),
        ("rule", "no", |reader| reader.rules().map(|_| ())),
        ("document", "no", kept),
        ("page", "no", sheets),
    ];
    for (table, key, look) in looks {
        std::fs::copy(place.path(), &copy).unwrap();
        let found = || {
            let mut store = open(&copy, Access::Read);
            store.read().and_then(|reader| look(&reader))
        };
        found().unwrap();
        let raw = Connection::open(&copy).unwrap();
        let sql = format!("DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})");
        assert_eq!(raw.execute(&sql, []).unwrap(), 1);
        let missed = found();
        assert!(
            matches!(missed, Err(StoreError::Damaged { table: told, .. }) if told == table),
            "{table}: {missed:?}"
        );
        // Who writes looks at all of them, as the head is written anew.
        let missed = open(&copy, Access::Write).write().map(|_| ());
        assert!(matches!(missed, Err(StoreError::Damaged { .. })), "{table}");
    }
}

#[test]
fn edits_that_make_their_seals_anew_break_the_chain_or_what_derives() {
    let (place, store) = eventful();
    drop(store);
    let copy = place.folder.path().join("copy.db");
    // What a person would do who knows how seals are made.
    for (table, key, sql) in [
        (
            "entry",
            4_i64,
            "UPDATE entry SET day = day - 1 WHERE seq = 4",
        ),
        (
            "entry",
            3,
            "UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), '两条', '三条') AS BLOB) WHERE seq = 3",
        ),
        ("entry", 2, "UPDATE entry SET unit = 5 WHERE seq = 2"),
        ("batch", 3, "UPDATE batch SET actor = '他人' WHERE n = 3"),
        ("batch", 3, "UPDATE batch SET at = at + 1 WHERE n = 3"),
        (
            "batch",
            4,
            "UPDATE batch SET chain = zeroblob(32) WHERE n = 4",
        ),
        (
            "batch",
            4,
            "UPDATE batch SET hash = zeroblob(32) WHERE n = 4",
        ),
        ("unit", 3, "UPDATE unit SET name = '新村' WHERE no = 3"),
        ("unit", 3, "UPDATE unit SET contact = '某人' WHERE no = 3"),
        (
            "in_force",
            1,
            "UPDATE in_force SET plan = replace(plan, '普查', '普检') WHERE id = 1",
        ),
        (
            "in_force",
            2,
            "UPDATE in_force SET applied = applied + 1 WHERE id = 2",
        ),
        ("task", 1, "UPDATE task SET code = 'other' WHERE no = 1"),
        ("rule", 1, "UPDATE rule SET id = 'other' WHERE no = 1"),
        ("document", 1, "UPDATE document SET size = 11 WHERE no = 1"),
        (
            "page",
            0,
            "UPDATE page SET data = (SELECT data FROM page WHERE no = 1) WHERE no = 0",
        ),
        ("brief", 0, "UPDATE brief SET data = x'01' WHERE no = 0"),
    ] {
        std::fs::copy(place.path(), &copy).unwrap();
        let raw = database::Connection::open_file(&copy, true).unwrap();
        assert_eq!(raw.execute(sql, &[]).unwrap(), 1, "{sql}");
        super::super::seal::put_one(&raw, table, key.into()).unwrap();
        super::super::head::put(&raw).unwrap();
        drop(raw);
        let found = verified(&copy).unwrap().findings;
        assert!(!found.is_empty(), "{sql}");
    }
    // A whole batch taken out of the end, of the middle, and the head made anew.
    for n in [3, 7] {
        std::fs::copy(place.path(), &copy).unwrap();
        let raw = database::Connection::open_file(&copy, true).unwrap();
        let sql = format!("DELETE FROM entry WHERE batch = {n}; DELETE FROM batch WHERE n = {n}");
        raw.execute_batch(&sql).unwrap();
        super::super::head::put(&raw).unwrap();
        drop(raw);
        let found = verified(&copy).unwrap().findings;
        assert!(!found.is_empty(), "batch {n}");
    }
}

#[test]
fn what_derives_is_made_anew_and_the_journal_is_not_touched() {
    let (place, mut store) = eventful();
    let (before, wanted) = (exported(&mut store), sheets(&mut store));
    drop(store);
    let copy = place.folder.path().join("copy.db");
    for sql in [
        "UPDATE page SET data = x'01' WHERE no = 0",
        "DELETE FROM page WHERE no = 1",
        "DELETE FROM brief",
        "UPDATE class SET json = '{' WHERE no = 1",
        "DELETE FROM task WHERE no = 2",
        "UPDATE rule SET id = 'x' WHERE no = 0",
        "DELETE FROM dangling",
        "DELETE FROM head",
        "UPDATE meta SET value = 'other'",
        "UPDATE page SET seal = 0; UPDATE brief SET seal = 0; DELETE FROM rule",
    ] {
        std::fs::copy(place.path(), &copy).unwrap();
        Connection::open(&copy).unwrap().execute_batch(sql).unwrap();
        let mut damaged = open(&copy, Access::Write);
        let mut transaction = damaged.write_anyway().unwrap();
        let repaired = transaction.repair().unwrap();
        assert!(!repaired.changed.is_empty(), "{sql}");
        assert_eq!(repaired.left, [], "{sql}");
        transaction.commit().unwrap();
        assert_eq!(verified(&copy).unwrap().findings, [], "{sql}");
        let mut repaired = open(&copy, Access::Read);
        assert_eq!(exported(&mut repaired), before, "{sql}");
        assert_eq!(sheets(&mut repaired), wanted, "{sql}");
    }
    for sql in [
        "UPDATE entry SET day = day + 1 WHERE seq = 3; DELETE FROM page",
        "UPDATE unit SET name = 'x' WHERE no = 3",
        "UPDATE in_force SET digest = 'x'",
    ] {
        std::fs::copy(place.path(), &copy).unwrap();
        Connection::open(&copy).unwrap().execute_batch(sql).unwrap();
        let mut damaged = open(&copy, Access::Write);
        let repaired = damaged.write_anyway().unwrap().repair().unwrap();
        assert!(
            repaired.changed.is_empty() && !repaired.left.is_empty(),
            "{sql}"
        );
    }
}
