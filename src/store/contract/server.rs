//! The contract on a server, and what only a server does. `DUBAN_POSTGRES` is the address of a role that may create schemas and roles, and
//! needs no password; each store has a schema of its own there. Without it the contract runs on files once more, and that is said.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::*;
use crate::store::database::{Connection, values};
use crate::store::{ServerAddress, Transaction};

#[expect(
    clippy::duplicate_mod,
    reason = "the same tests, beside another `Place`"
)]
#[path = "journal.rs"]
mod journal;
#[expect(
    clippy::duplicate_mod,
    reason = "the same tests, beside another `Place`"
)]
#[path = "order.rs"]
mod order;
#[expect(
    clippy::duplicate_mod,
    reason = "the same tests, beside another `Place`"
)]
#[path = "roster.rs"]
mod roster;
#[expect(
    clippy::duplicate_mod,
    reason = "the same tests, beside another `Place`"
)]
#[path = "tamper.rs"]
mod tamper;

/// What is about files alone is not tried here.
const ON_SERVER: bool = true;

/// The server; `None` where there is none.
fn server() -> Option<String> {
    let named = std::env::var_os("DUBAN_POSTGRES").and_then(|url| url.into_string().ok());
    static SAID: Once = Once::new();
    if named.is_none() {
        // Straight to the terminal: what a test that passes prints is not shown.
        let why = "no server: DUBAN_POSTGRES names none, so its tests run on files";
        SAID.call_once(|| writeln!(io::stderr(), "{why}").unwrap());
    }
    named
}

/// A store on a server, in a schema that goes with it; in a file where there is no server.
struct Place {
    file: super::Place,
    address: Option<ServerAddress>,
}

impl Place {
    fn empty() -> Self {
        let schema = format!("duban_test_{}", Uuid::new_v4().simple());
        let address = |url: String| {
            let address = ServerAddress::read(&url, &census(), &|_| None).unwrap();
            address.with_schema(schema)
        };
        Self {
            file: super::Place::empty(),
            address: server().map(address),
        }
    }

    fn create(&self) -> Store {
        match &self.address {
            None => self.file.create(),
            Some(address) => Store::create_on(address, &census()).unwrap(),
        }
    }

    fn with_villages(villages: usize) -> (Self, Store) {
        let place = Self::empty();
        let mut store = place.create();
        apply(&mut store, &roster(villages));
        let store = place.open();
        (place, store)
    }

    fn path(&self) -> PathBuf {
        self.file.path()
    }

    fn open(&self) -> Store {
        match &self.address {
            None => self.file.open(),
            Some(address) => Store::open_on(address, Access::Write).unwrap().unwrap(),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(address) = &self.address {
            let connection = Connection::open_server(address).unwrap();
            let sql = format!("DROP SCHEMA IF EXISTS {} CASCADE", address.quoted_schema());
            connection.execute_batch(&sql).unwrap();
        }
    }
}

/// A place on a server, and its address; what follows is not tried without one.
fn on_server(villages: usize) -> Option<(Place, Store, ServerAddress)> {
    let (place, store) = Place::with_villages(villages);
    let address = place.address.clone()?;
    Some((place, store, address))
}

#[test]
fn what_came_to_nothing_left_nothing() {
    let place = Place::empty();
    let Some(address) = &place.address else {
        return;
    };
    for access in [Access::Read, Access::Write] {
        assert!(Store::open_on(address, access).unwrap().is_none());
    }
    let mut store = place.create();
    drop(store.write().unwrap());
    drop(store);
    assert!(Store::open_on(address, Access::Read).unwrap().is_none());
    place.create().write().unwrap().commit().unwrap();
    let mut store = Store::open_on(address, Access::Read).unwrap().unwrap();
    assert_eq!(store.plan_id().unwrap(), census());
    assert!(matches!(store.write(), Err(StoreError::ReadOnly)));
    assert_eq!(store.read().unwrap().in_force().unwrap(), None);
    let wanted = "harvest".parse().unwrap();
    let other = Store::create_on(address, &wanted).map(drop);
    assert!(
        matches!(other, Err(StoreError::OtherPlan { .. })),
        "{other:?}"
    );
}

#[test]
fn many_who_create_it_at_once_make_one() {
    let place = Place::empty();
    let Some(address) = &place.address else {
        return;
    };
    thread::scope(|scope| {
        for number in 0..6 {
            scope.spawn(move || {
                let mut store = Store::create_on(address, &census()).unwrap();
                let mut transaction = store.write().unwrap();
                if transaction.in_force().unwrap().is_none() {
                    let applying = Applying {
                        plan: &plan(),
                        digest: "d",
                        files: &[],
                        roster: &roster(9),
                        applied: day("2020-06-16"),
                        batch: id(1),
                    };
                    transaction.put_in_force(&applying).unwrap();
                }
                let mut pen = transaction.pen(batch(100 + number)).unwrap();
                pen.push(&record(3, 0)).unwrap();
                pen.finish().unwrap();
                transaction.commit().unwrap();
            });
        }
    });
    let mut store = place.open();
    let found = store.read().unwrap().verify(&mut |_| {}).unwrap();
    // Whoever put the plan in force did so without an entry that says so.
    let told: Vec<_> = found.findings.iter().map(|finding| finding.table).collect();
    assert_eq!((found.batches, told), (6, vec!["in_force"]));
    assert_eq!(sheets(&mut store)[3].items.len(), 6);
}

#[test]
fn a_newer_store_is_refused_and_a_writer_that_waited_in_vain_says_so() {
    let Some((_place, mut store, address)) = on_server(3) else {
        return;
    };
    let mut other = Store::open_on(&address, Access::Write).unwrap().unwrap();
    let held = other.write().unwrap();
    store.connection().wait_for(Duration::from_millis(50));
    let busy = store.write().map(drop);
    assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
    assert_eq!(sheets(&mut store).len(), 4, "who looks need not wait");
    drop(held);
    store.write().map(drop).unwrap();
    let raw = Connection::open_server(&address).unwrap();
    raw.execute_batch("UPDATE form SET version = 99").unwrap();
    let refused = store.write().map(drop);
    assert!(
        matches!(refused, Err(StoreError::Newer { found: 99, .. })),
        "{refused:?}"
    );
    let refused = Store::open_on(&address, Access::Read).map(drop);
    assert!(matches!(refused, Err(StoreError::Newer { .. })));
}

#[test]
fn who_comes_where_no_more_are_let_in_waits_until_somebody_leaves() {
    let Some((_place, store, address)) = on_server(3) else {
        return;
    };
    drop(store);
    let raw = Connection::open_server(&address).unwrap();
    let one = format!("one_{}", Uuid::new_v4().simple());
    raw.execute_batch(&format!("CREATE ROLE {one} LOGIN CONNECTION LIMIT 1"))
        .unwrap();
    let address = address.with_user(&one);
    let first = Connection::open_server(&address).unwrap();
    let second = thread::spawn(move || Connection::open_server(&address).map(drop));
    thread::sleep(Duration::from_millis(100));
    assert!(!second.is_finished(), "it was let in");
    drop(first);
    second.join().unwrap().unwrap();
    raw.execute_batch(&format!("DROP ROLE {one}")).unwrap();
}

#[test]
fn many_rows_come_in_pieces_and_go_by_copy() {
    let Some((place, mut store, _)) = on_server(3_000) else {
        return;
    };
    let entries: Vec<Entry> = (0..20_000)
        .map(|at| record(1 + at % 2_999, at % 3))
        .collect();
    add(&mut store, 7, &entries);
    let reader = store.read().unwrap();
    let found = reader.verify(&mut |_| {}).unwrap();
    assert_eq!(found.entries, 20_000);
    assert!(found.compared || !found.findings.is_empty());
    reader.end();
    let copy = place.path();
    std::fs::write(&copy, "").unwrap();
    store.copy_to(&copy).unwrap();
    let mut copy = open(&copy, Access::Read);
    assert_eq!(sheets(&mut copy), sheets(&mut store));
    assert_eq!(journal::exported(&mut copy), journal::exported(&mut store));
    let chain = |store: &mut Store| store.read().unwrap().chain().unwrap();
    assert_eq!(chain(&mut copy), chain(&mut store));
}

/// Ends the server's process behind a connection, as an administrator may.
fn terminate(address: &ServerAddress, process: i32) {
    let other = Connection::open_server(address).unwrap();
    let sql = "SELECT pg_terminate_backend(?1)";
    assert!(other.value::<bool>(sql, values![process]).unwrap());
}

#[test]
fn a_connection_that_breaks_before_the_end_has_written_nothing() {
    let Some((place, mut store, address)) = on_server(3) else {
        return;
    };
    let process = store.connection().process();
    let mut transaction = store.write().unwrap();
    let mut pen = transaction.pen(batch(7)).unwrap();
    pen.push(&record(1, 0)).unwrap();
    pen.finish().unwrap();
    terminate(&address, process);
    let lost = transaction.commit();
    assert!(matches!(lost, Err(StoreError::Lost)), "{lost:?}");
    let mut store = place.open();
    assert_eq!(store.read().unwrap().batch(&id(7)).unwrap(), None);
    add(&mut store, 7, &[record(1, 0)]);
}

/// Stands between clients and a server. Once it is armed, the next commit still arrives, and its answer does not.
fn between(url: &str, armed: &'static AtomicBool) -> Option<u16> {
    // Of an address with a host and a port alone.
    let host = url.split('@').nth(1)?.split('/').next()?.to_string();
    TcpStream::connect(&host).ok()?;
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let server = TcpStream::connect(&host).unwrap();
            let (answers, back) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            thread::spawn(move || pump(answers, back, |_| false));
            let is_last = move |said: &[u8]| {
                said.windows(6).any(|bytes| bytes == b"COMMIT")
                    && armed.swap(false, Ordering::SeqCst)
            };
            thread::spawn(move || pump(client, server, is_last));
        }
    });
    Some(port)
}

/// Passes on what one side says, until it is the last that is to be heard.
fn pump(mut from: TcpStream, mut to: TcpStream, mut is_last: impl FnMut(&[u8]) -> bool) {
    let mut room = [0; 4096];
    loop {
        let count = from.read(&mut room).unwrap_or(0);
        let last = is_last(&room[..count]);
        if last {
            from.shutdown(Shutdown::Both).unwrap();
            // Whoever looks at once looks before it has arrived.
            thread::sleep(Duration::from_millis(300));
        }
        if count == 0 || to.write_all(&room[..count]).is_err() || last {
            // What arrived is still done.
            let _ = to.shutdown(Shutdown::Write);
            return;
        }
    }
}

/// The address of a place by way of what stands between.
fn breaking(place: &Place, armed: &'static AtomicBool) -> Option<ServerAddress> {
    let url = server()?;
    let port = between(&url, armed)?;
    let host = url.split('@').nth(1)?.split('/').next()?;
    let url = url.replace(host, &format!("127.0.0.1:{port}"));
    // What stands between reads what is said.
    let in_the_clear = |name: &str| (name == "PGSSLMODE").then(|| "disable".to_string());
    let address = ServerAddress::read(&url, &census(), &in_the_clear).unwrap();
    Some(address.with_schema(place.address.as_ref()?.schema().to_string()))
}

#[test]
fn what_was_kept_though_nobody_heard_of_it_is_found_to_be_kept() {
    static ARMED: AtomicBool = AtomicBool::new(false);
    let (place, store) = Place::with_villages(3);
    drop(store);
    let Some(address) = breaking(&place, &ARMED) else {
        return;
    };
    let mut store = Store::open_on(&address, Access::Write).unwrap().unwrap();
    let mut transaction = store.write().unwrap();
    let mut pen = transaction.pen(batch(7)).unwrap();
    pen.push(&record(1, 0)).unwrap();
    pen.finish().unwrap();
    ARMED.store(true, Ordering::SeqCst);
    transaction.commit().unwrap();
    assert!(!ARMED.load(Ordering::SeqCst), "it did break");
    let mut store = place.open();
    assert!(store.read().unwrap().batch(&id(7)).unwrap().is_some());
}

/// Begins the store of a place, with a first batch.
fn begun(address: &ServerAddress) -> (i32, Transaction) {
    let mut store = Store::create_on(address, &census()).unwrap();
    let process = store.connection().process();
    let mut transaction = store.write().unwrap();
    let applying = Applying {
        plan: &plan(),
        digest: "d",
        files: &[],
        roster: &roster(3),
        applied: day("2020-06-16"),
        batch: id(1),
    };
    transaction.put_in_force(&applying).unwrap();
    let mut pen = transaction.pen(batch(7)).unwrap();
    pen.push(&record(1, 0)).unwrap();
    pen.finish().unwrap();
    (process, transaction)
}

#[test]
fn a_connection_that_breaks_in_the_first_commit_of_all_is_told_right() {
    static ARMED: AtomicBool = AtomicBool::new(false);
    let place = Place::empty();
    let Some(address) = breaking(&place, &ARMED) else {
        return;
    };
    let (process, transaction) = begun(&address);
    terminate(place.address.as_ref().unwrap(), process);
    let lost = transaction.commit();
    assert!(matches!(lost, Err(StoreError::Lost)), "{lost:?}");
    let none = Store::open_on(&address, Access::Read).unwrap();
    assert!(none.is_none(), "looking left something");
    let (_, transaction) = begun(&address);
    ARMED.store(true, Ordering::SeqCst);
    transaction.commit().unwrap();
    assert!(!ARMED.load(Ordering::SeqCst), "it did break");
    let mut store = place.open();
    assert!(store.read().unwrap().batch(&id(7)).unwrap().is_some());
}

#[test]
fn a_clerk_adds_to_the_journal_and_changes_nothing_in_it() {
    let Some((place, store, address)) = on_server(3) else {
        return;
    };
    drop(store);
    let raw = Connection::open_server(&address).unwrap();
    let sql = crate::store::administration(&census());
    let sql = sql.replace("\"duban_census\"", &address.quoted_schema());
    raw.execute_batch(&sql).unwrap();
    let (clerk, reader) = (
        format!("clerk_{}", Uuid::new_v4().simple()),
        format!("reader_{}", Uuid::new_v4().simple()),
    );
    for (name, role) in [(&clerk, "duban_clerk"), (&reader, "duban_reader")] {
        raw.execute_batch(&format!("CREATE ROLE {name} LOGIN IN ROLE {role}"))
            .unwrap();
    }
    let mut of_clerk = Store::open_on(&address.with_user(&clerk), Access::Write)
        .unwrap()
        .unwrap();
    add(&mut of_clerk, 7, &[record(1, 0), record(2, 1)]);
    add(
        &mut of_clerk,
        8,
        &[Entry {
            unit: None,
            task: None,
            day: day("2020-07-01"),
            act: Act::Undo {
                of: Address {
                    batch: id(7),
                    index: 0,
                },
            },
        }],
    );
    assert_eq!(sheets(&mut of_clerk)[1].items.len(), 2);
    let as_clerk = Connection::open_server(&address.with_user(&clerk)).unwrap();
    let as_reader = Connection::open_server(&address.with_user(&reader)).unwrap();
    for sql in [
        "UPDATE batch SET actor = 'x'",
        "DELETE FROM batch",
        "UPDATE entry SET day = day - 1",
        "DELETE FROM entry WHERE seq = 1",
        "TRUNCATE entry",
        "UPDATE in_force SET digest = 'x'",
        "UPDATE unit SET name = 'x'",
        "DELETE FROM document",
        "DELETE FROM piece",
        "DROP TABLE entry",
    ] {
        for who in [&as_clerk, &as_reader] {
            let refused = who.execute(sql, &[]).map(drop);
            assert!(
                matches!(refused, Err(StoreError::Denied { .. })),
                "{sql}: {refused:?}"
            );
        }
    }
    let mut of_reader = Store::open_on(&address.with_user(&reader), Access::Write)
        .unwrap()
        .unwrap();
    assert_eq!(sheets(&mut of_reader).len(), 4);
    assert!(matches!(of_reader.write(), Err(StoreError::Denied { .. })));
    drop((as_clerk, as_reader, of_clerk, of_reader));
    for name in [clerk, reader] {
        raw.execute_batch(&format!("DROP ROLE {name}")).unwrap();
    }
    drop(place);
}
