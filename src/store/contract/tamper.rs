//! Edits by hand, as an administrator makes them: each column of each table, in each row, in many ways. `verify` names every one.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use rusqlite::types::{Value, ValueRef};

use super::journal::{exported, merge};
use super::*;
use crate::model::entry::{Booking, Notice, Proof};
use crate::model::plan::Trigger;
use crate::store::database::{self, Connection};
use crate::store::seal::{self, TABLES};
use crate::store::{Reader, head};

/// A store with something in every table: two plans, records with proof, an order, an undo that waits for another store's batch, a
/// notice with its documents, points by two rules.
fn eventful() -> (Place, Store) {
    let place = Place::empty();
    let mut store = place.create();
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

#[test]
fn what_was_written_is_sound_and_says_what_was_looked_at() {
    let (_place, mut store) = eventful();
    let found = store.read_anyway().unwrap().verify(&mut |_| {}).unwrap();
    assert_eq!(found.findings, []);
    assert!(found.compared);
    assert_eq!((found.batches, found.entries), (7, 13));
    assert_eq!(found.notices.len(), 1);
    assert!(found.broken.is_empty());
}

/// The tables with their columns.
fn tables() -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let sealed = TABLES.into_iter().map(|(table, columns)| {
        let columns = columns.split(", ").chain(["seal"]);
        (table, columns.collect())
    });
    sealed.chain([("dangling", vec!["batch", "place", "seq"])])
}

#[test]
fn all_tables_of_a_file_are_known_here() {
    let (_place, store) = eventful();
    if store.connection().address().is_some() {
        return;
    }
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let all: Vec<String> = store.connection().all(sql, &[], |row| row.get(0)).unwrap();
    let mut known: Vec<&str> = tables().map(|(table, _)| table).collect();
    known.sort_unstable();
    assert_eq!(all, known);
}

fn owned(value: database::Value<'_>) -> Value {
    Value::try_from(ValueRef::from(value)).unwrap()
}

fn rows(connection: &Connection, table: &str, columns: &[&str]) -> Vec<Vec<Value>> {
    let sql = format!("SELECT {} FROM {table} ORDER BY 1", columns.join(", "));
    let read = |row: database::Row<'_>| {
        let values = (0..columns.len()).map(|at| Ok(owned(row.lent(at)?)));
        values.collect()
    };
    connection.all(&sql, &[], read).unwrap()
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

fn lent(values: &[Value]) -> Vec<database::Value<'_>> {
    let values = values.iter().map(|value| ValueRef::from(value).into());
    values.collect()
}

/// The statement that puts a row into a table.
fn insertion(table: &str, columns: &[&str]) -> String {
    let marks: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
    let (names, marks) = (columns.join(", "), marks.join(", "));
    format!("INSERT INTO {table} ({names}) VALUES ({marks})")
}

/// What `verify` finds after an edit, which is taken back; `None` where the engine does not let it through.
fn edit(store: &mut Store, sql: &str, values: &[Value]) -> Option<Vec<String>> {
    let transaction = store.write_anyway().unwrap();
    match transaction.connection.execute(sql, &lent(values)) {
        // A constraint of the table forbids it.
        Err(_) | Ok(0) => None,
        Ok(_) => Some(found(&transaction)),
    }
}

/// What is wrong, as a text; something where even that cannot be found out.
fn found(reader: &Reader) -> Vec<String> {
    match reader.verify(&mut |_| {}) {
        Ok(found) => found
            .findings
            .iter()
            .map(|one| format!("{one:?}"))
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// Makes an edit; whether the engine let it through. Where it did, `verify` must say something, or fail.
#[track_caller]
fn is_named(store: &mut Store, sql: &str, values: &[Value]) -> bool {
    let found = edit(store, sql, values);
    if found.as_ref().is_some_and(Vec::is_empty) {
        let shown: Vec<String> = values
            .iter()
            .map(|value| format!("{value:?}").chars().take(60).collect())
            .collect();
        panic!("{sql} {shown:?}");
    }
    found.is_some()
}

#[test]
fn every_edit_by_hand_is_named() {
    // A server takes longer over each.
    let (rows_of_each, flips, wanted) = if ON_SERVER {
        (1, 1, 300)
    } else {
        (7, 24, 3000)
    };
    let edits = edited(rows_of_each, flips);
    assert!(edits > wanted, "{edits} edits");
}

/// Tries edits of so many rows of each table, besides the last, with so many flips of bytes; how many the engine let through.
fn edited(rows_of_each: usize, flips: usize) -> u32 {
    let (_place, mut store) = eventful();
    let mut tried: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for (table, columns) in tables() {
        let rows = rows(store.connection(), table, &columns);
        assert!(!rows.is_empty(), "{table} has no row to try");
        let wanted: Vec<String> = columns
            .iter()
            .zip(1..)
            .map(|(column, at)| format!("{column} IS NOT DISTINCT FROM ?{at}"))
            .collect();
        let wanted = wanted.join(" AND ");
        // The first, the last, and some between.
        let step = rows.len().div_ceil(rows_of_each);
        for own in rows.iter().step_by(step).chain(rows.last()) {
            for (at, column) in columns.iter().enumerate() {
                let others = altered(&own[at], flips).into_iter();
                // What another row says there.
                let others = others.chain(
                    rows.iter()
                        .map(|other| other[at].clone())
                        .take(rows_of_each.min(3)),
                );
                for other in others.filter(|other| *other != own[at]) {
                    let place_of = own.len() + 1;
                    let sql = format!("UPDATE {table} SET {column} = ?{place_of} WHERE {wanted}");
                    let mut values = own.clone();
                    values.push(other);
                    let done = is_named(&mut store, &sql, &values);
                    *tried.entry((table, column)).or_default() += u32::from(done);
                }
            }
            let sql = format!("DELETE FROM {table} WHERE {wanted}");
            assert!(is_named(&mut store, &sql, own), "{sql}");
        }
        // The last row once more, under another key.
        let mut again = rows.last().unwrap().clone();
        for key in [
            Value::Integer(4_000),
            Value::Blob(vec![7; 16]),
            Value::Text("x".into()),
        ] {
            again[0] = key;
            is_named(&mut store, &insertion(table, &columns), &again);
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
    let sealed: BTreeMap<&str, Vec<&str>> = tables().collect();
    for (table, key, look) in looks {
        let found = || place.open().read().and_then(|reader| look(&reader));
        found().unwrap();
        let columns = &sealed[table];
        let last = rows(store.connection(), table, columns).pop().unwrap();
        let sql = format!("DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})");
        assert_eq!(store.connection().execute(&sql, &[]).unwrap(), 1);
        let missed = found();
        assert!(
            matches!(missed, Err(StoreError::Damaged { table: told, .. }) if told == table),
            "{table}: {missed:?}"
        );
        // Who writes looks at all of them, as the head is written anew.
        let missed = place.open().write().map(|_| ());
        assert!(matches!(missed, Err(StoreError::Damaged { .. })), "{table}");
        let lent = lent(&last);
        let sql = insertion(table, columns);
        assert_eq!(store.connection().execute(&sql, &lent).unwrap(), 1);
    }
}

#[test]
fn a_batch_taken_out_of_the_middle_is_missed_by_whoever_begins() {
    let (place, store) = eventful();
    let sql = "DELETE FROM entry WHERE batch = 3; DELETE FROM batch WHERE n = 3";
    store.connection().execute_batch(sql).unwrap();
    for missed in [
        place.open().read().map(drop),
        place.open().write().map(drop),
    ] {
        assert!(
            matches!(&missed, Err(StoreError::Damaged { table: "batch", row }) if row == "3"),
            "{missed:?}"
        );
    }
}

#[test]
fn pages_that_go_further_than_the_journal_are_no_answer() {
    let (place, mut store) = eventful();
    let transaction = store.write().unwrap();
    let sql = "DELETE FROM entry WHERE batch = 7; DELETE FROM batch WHERE n = 7";
    transaction.connection.execute_batch(sql).unwrap();
    transaction.commit().unwrap();
    let mut shorter = place.open();
    let reader = shorter.read().unwrap();
    for which in [Which::All, Which::Units(&[6])] {
        let shown = reader.each_sheet(which, &mut |_| {});
        assert!(
            matches!(shown, Err(StoreError::Damaged { table: "page", .. })),
            "{shown:?}"
        );
    }
    assert!(!found(&reader).is_empty());
}

#[test]
fn edits_that_make_their_seals_anew_break_the_chain_or_what_derives() {
    let (_place, mut store) = eventful();
    let bytes = |sql: &str| -> Vec<u8> { store.connection().value(sql, &[]).unwrap() };
    let body = String::from_utf8(bytes("SELECT body FROM entry WHERE seq = 3")).unwrap();
    let body = Value::Blob(body.replace("两条", "三条").into());
    let page = Value::Blob(bytes("SELECT data FROM page WHERE no = 1"));
    let hash = Value::Blob(vec![0; 32]);
    let none = Value::Null;
    // What a person would do who knows how seals are made.
    for (table, key, set, value) in [
        ("entry", 4_i64, "day = day - 1", &none),
        ("entry", 3, "body = ?1", &body),
        ("entry", 2, "unit = 5", &none),
        ("batch", 3, "actor = '他人'", &none),
        ("batch", 3, "at = at + 1", &none),
        ("batch", 4, "chain = ?1", &hash),
        ("batch", 4, "hash = ?1", &hash),
        ("unit", 3, "name = '新村'", &none),
        ("unit", 3, "contact = '某人'", &none),
        ("in_force", 1, "plan = replace(plan, '普查', '普检')", &none),
        ("in_force", 2, "applied = applied + 1", &none),
        ("task", 1, "code = 'other'", &none),
        ("class", 1, "json = replace(json, 'village', 'town')", &none),
        ("rule", 1, "id = 'other'", &none),
        ("document", 1, "size = 11", &none),
        ("page", 0, "data = ?1", &page),
        ("brief", 0, "data = ?1", &hash),
    ] {
        let transaction = store.write_anyway().unwrap();
        let connection = &transaction.connection;
        let (column, _) = TABLES
            .into_iter()
            .find_map(|(name, columns)| (name == table).then(|| columns.split_once(", ")))
            .flatten()
            .unwrap();
        let sql = format!("UPDATE {table} SET {set} WHERE {column} = {key}");
        let values = if set.contains("?1") {
            std::slice::from_ref(value)
        } else {
            &[]
        };
        assert_eq!(connection.execute(&sql, &lent(values)).unwrap(), 1, "{sql}");
        seal::put_one(connection, table, key.into()).unwrap();
        head::put(connection).unwrap();
        assert!(!found(&transaction).is_empty(), "{sql}");
    }
    // The plan's name, and plans that change places.
    let swapped =
        "UPDATE in_force SET id = 9 WHERE id = 1; UPDATE in_force SET id = 1 WHERE id = 2;
        UPDATE in_force SET id = 2 WHERE id = 9";
    for (table, sql) in [
        ("meta", "UPDATE meta SET value = 'other'"),
        ("in_force", swapped),
    ] {
        let transaction = store.write_anyway().unwrap();
        transaction.connection.execute_batch(sql).unwrap();
        seal::put_all(&transaction.connection, table).unwrap();
        assert!(!found(&transaction).is_empty(), "{sql}");
    }
    // A whole batch taken out of the end, of the middle, and the head made anew.
    for n in [3, 7] {
        let transaction = store.write_anyway().unwrap();
        let sql = format!("DELETE FROM entry WHERE batch = {n}; DELETE FROM batch WHERE n = {n}");
        transaction.connection.execute_batch(&sql).unwrap();
        head::put(&transaction.connection).unwrap();
        assert!(!found(&transaction).is_empty(), "batch {n}");
    }
}

#[test]
fn what_derives_is_made_anew_and_the_journal_is_not_touched() {
    let (place, mut store) = eventful();
    let (before, wanted) = (exported(&mut store), sheets(&mut store));
    for sql in [
        "UPDATE page SET data = (SELECT hash FROM batch WHERE n = 1) WHERE no = 0",
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
        store.connection().execute_batch(sql).unwrap();
        let mut damaged = place.open();
        let mut transaction = damaged.write_anyway().unwrap();
        let repaired = transaction.repair().unwrap();
        assert!(!repaired.changed.is_empty(), "{sql}");
        assert_eq!(repaired.left, [], "{sql}");
        transaction.commit().unwrap();
        store = place.open();
        let left = found(&store.read_anyway().unwrap());
        assert!(left.is_empty(), "{sql}: {left:?}");
        assert_eq!(exported(&mut store), before, "{sql}");
        assert_eq!(sheets(&mut store), wanted, "{sql}");
    }
    for sql in [
        "UPDATE entry SET day = day + 1 WHERE seq = 3; DELETE FROM page",
        "UPDATE unit SET name = 'x' WHERE no = 3",
        "UPDATE in_force SET digest = 'x'",
    ] {
        let mut transaction = store.write_anyway().unwrap();
        transaction.connection.execute_batch(sql).unwrap();
        let repaired = transaction.repair().unwrap();
        assert!(
            repaired.changed.is_empty() && !repaired.left.is_empty(),
            "{sql}"
        );
    }
}
