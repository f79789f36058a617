//! Files: what opens, what is refused and by which name, and what survives.

use super::*;

#[test]
fn a_store_is_there_with_its_first_commit_and_whole() {
    let place = Place::empty();
    let files = || std::fs::read_dir(place.folder.path()).unwrap().count();
    for access in [Access::Read, Access::Write] {
        assert!(Store::open(&place.path(), access).unwrap().is_none());
    }
    let mut store = Store::create(&place.path(), &census()).unwrap();
    drop(store.write().unwrap());
    drop(store);
    assert_eq!(files(), 0, "what came to nothing left nothing");
    let mut store = Store::create(&place.path(), &census()).unwrap();
    assert!(!place.path().exists());
    store.write().unwrap().commit().unwrap();
    assert_eq!(files(), 1);
    let mut store = open(&place.path(), Access::Read);
    let reader = store.read().unwrap();
    assert_eq!(reader.in_force().unwrap(), None);
    assert_eq!(reader.orders().unwrap(), []);
}

#[test]
fn what_was_committed_is_there_after_reopening() {
    let (place, mut store) = Place::with_villages(40);
    add(&mut store, 7, &[record(3, 0), record(20, 1)]);
    let before = sheets(&mut store);
    drop(store);
    let mut store = open(&place.path(), Access::Read);
    assert_eq!(sheets(&mut store), before);
    assert_eq!(before.len(), 41);
    assert_eq!(before[3].items.len(), 1);
    let reader = store.read().unwrap();
    let in_force = reader.in_force().unwrap().unwrap();
    assert_eq!(in_force.plan, plan());
    assert_eq!(in_force.tasks, [0, 1, 2]);
    assert_eq!(in_force.classes.len(), 2);
    let stored = reader.batch(&id(7)).unwrap().unwrap();
    assert_eq!((stored.n, stored.first, stored.count), (1, 1, 2));
    assert_eq!(stored.batch, batch(7));
}

#[test]
fn what_a_newer_program_wrote_meanwhile_is_not_written_to() {
    let (place, mut store) = Place::with_villages(3);
    let newer = rusqlite::Connection::open(place.path()).unwrap();
    newer.execute_batch("PRAGMA user_version = 99").unwrap();
    let refused = store.write().map(|_| ());
    assert!(
        matches!(refused, Err(StoreError::Newer { found: 99, .. })),
        "{refused:?}"
    );
    newer.execute_batch("PRAGMA user_version = 2").unwrap();
    store.write().map(|_| ()).unwrap();
}

#[test]
fn a_dropped_transaction_changed_nothing() {
    let (_place, mut store) = Place::with_villages(3);
    let before = sheets(&mut store);
    let mut transaction = store.write().unwrap();
    let mut pen = transaction.pen(batch(7)).unwrap();
    pen.push(&record(1, 0)).unwrap();
    pen.finish().unwrap();
    drop(transaction);
    assert_eq!(sheets(&mut store), before);
    assert_eq!(store.read().unwrap().batch(&id(7)).unwrap(), None);
}

#[test]
fn an_unfinished_batch_cannot_be_committed() {
    let (_place, mut store) = Place::with_villages(3);
    let mut transaction = store.write().unwrap();
    transaction
        .pen(batch(7))
        .unwrap()
        .push(&record(1, 0))
        .unwrap();
    assert!(matches!(transaction.commit(), Err(StoreError::Unfinished)));
    assert_eq!(store.read().unwrap().entry(1).unwrap(), None);
}

#[test]
fn a_store_opened_to_read_cannot_be_written() {
    let (place, _store) = Place::with_villages(3);
    let mut store = open(&place.path(), Access::Read);
    assert!(matches!(store.write(), Err(StoreError::ReadOnly)));
}

#[test]
fn a_file_and_a_folder_without_the_right_to_write_can_be_read() {
    let (place, store) = Place::with_villages(3);
    drop(store);
    let mark = |path: &Path, readonly: bool| {
        let mut permissions = path.metadata().unwrap().permissions();
        permissions.set_readonly(readonly);
        std::fs::set_permissions(path, permissions).unwrap();
    };
    mark(&place.path(), true);
    mark(place.folder.path(), true);
    assert_eq!(sheets(&mut open(&place.path(), Access::Read)).len(), 4);
    mark(place.folder.path(), false);
    mark(&place.path(), false);
}

#[test]
fn files_of_others_are_refused_by_name() {
    let place = Place::empty();
    let path = place.path();
    let refused = |path: &Path| Store::open(path, Access::Read).unwrap_err();
    std::fs::write(&path, "unit,task,on\n".repeat(200)).unwrap();
    assert!(matches!(refused(&path), StoreError::NotADatabase));
    assert!(matches!(
        Store::create(&path, &census()),
        Err(StoreError::NotADatabase)
    ));
    std::fs::write(&path, "").unwrap();
    assert!(matches!(refused(&path), StoreError::NotADatabase));
    assert!(matches!(
        Store::create(&path, &census()),
        Err(StoreError::NotADatabase)
    ));
    assert!(matches!(refused(place.folder.path()), StoreError::Io(_)));
    let other = place.folder.path().join("other.db");
    rusqlite::Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert!(matches!(refused(&other), StoreError::Foreign));
    assert!(matches!(
        Store::create(&other, &census()),
        Err(StoreError::Foreign)
    ));
    let nowhere = place.folder.path().join("none/census.db");
    assert!(matches!(
        Store::create(&nowhere, &census()),
        Err(StoreError::Io(_))
    ));
}

#[test]
fn a_newer_store_and_another_plans_store_are_refused_by_name() {
    let (place, store) = Place::with_villages(3);
    let wanted = "harvest".parse().unwrap();
    let Err(StoreError::OtherPlan { found, wanted }) = store.expect_plan(&wanted) else {
        panic!("it is another plan's");
    };
    assert_eq!((&*found, &*wanted), ("census", "harvest"));
    drop(store);
    rusqlite::Connection::open(place.path())
        .unwrap()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    for access in [Access::Read, Access::Write] {
        assert!(matches!(
            Store::open(&place.path(), access),
            Err(StoreError::Newer {
                found: 99,
                known: 7
            })
        ));
    }
}

#[test]
fn damage_is_told_as_damage() {
    let (place, mut store) = Place::with_villages(300);
    add(&mut store, 7, &[record(3, 0)]);
    drop(store);
    let mut bytes = std::fs::read(place.path()).unwrap();
    let length = bytes.len();
    bytes[4096..length].fill(0xA5);
    std::fs::write(place.path(), bytes).unwrap();
    let outcome = Store::open(&place.path(), Access::Read).and_then(|store| {
        let mut store = store.unwrap();
        let reader = store.read()?;
        reader.each_sheet(Which::All, &mut |_| {})
    });
    assert!(
        matches!(outcome, Err(StoreError::Corrupt { .. })),
        "{outcome:?}"
    );
}

#[test]
fn writers_wait_for_one_another() {
    let (place, _store) = Place::with_villages(30);
    let path = place.path();
    std::thread::scope(|scope| {
        for writer in 0..8_u128 {
            let path = &path;
            scope.spawn(move || {
                let mut store = open(path, Access::Write);
                for turn in 0..10 {
                    let unit = u32::try_from(1 + writer).unwrap();
                    add(&mut store, 100 + writer * 100 + turn, &[record(unit, 0)]);
                }
            });
        }
    });
    let mut store = place.open();
    let total: usize = sheets(&mut store)
        .iter()
        .map(|sheet| sheet.items.len())
        .sum();
    assert_eq!(total, 80);
    let mut before = [0; 32];
    let reader = store.read().unwrap();
    reader
        .each_batch(&mut |batch| {
            let chain = crate::journal::hash::chain(&before, &batch.hash);
            assert_eq!(chain, batch.chain);
            before = *chain.as_bytes();
            Ok(std::ops::ControlFlow::Continue(()))
        })
        .unwrap();
}
