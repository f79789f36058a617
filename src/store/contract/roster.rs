//! The roster: numbers that stay, names, areas, and the headers of sheets.

use super::*;
use crate::model::decimal::Decimal;
use crate::model::zone::Zone;
use crate::store::{Reader, UnitLabel, UnitRow};

#[test]
fn units_are_found_by_number_code_and_name() {
    let (_place, mut store) = Place::with_villages(20);
    let reader = store.read().unwrap();
    let row = reader.unit_by_code("511004").unwrap().unwrap();
    assert_eq!(
        (row.no, row.place, row.parent, row.gone),
        (5, 5, Some(0), false)
    );
    assert_eq!(row.unit, roster(20)[5]);
    assert_eq!(reader.unit(5).unwrap(), row);
    assert_eq!(reader.units(&[5, 2]).unwrap()[0], row);
    for (numbers, wanted) in [
        (&[][..], &[][..]),
        (&[5], &["511004"]),
        (&[1, 5, 6, 20], &["511000", "511004", "511005", "511019"]),
    ] {
        let mut codes: Vec<String> = Vec::new();
        let mut note = |brief: UnitLabel| codes.push(brief.code.to_string());
        reader.each_brief(numbers, &mut note).unwrap();
        assert_eq!(codes, wanted);
        let units = reader.units(numbers).unwrap();
        let of_rows: Vec<&str> = units.iter().map(|row| row.unit.code.as_str()).collect();
        assert_eq!(of_rows, wanted);
    }
    let mut found = None;
    let mut note = |brief: UnitLabel| found = Some((brief.place, brief.short.to_string()));
    reader.each_brief(&[5], &mut note).unwrap();
    assert_eq!(found, Some((5, "04村".to_string())));
    for numbers in [&[99][..], &[1, 99]] {
        let missing = reader.each_brief(numbers, &mut |_| {});
        assert!(matches!(missing, Err(StoreError::Damaged { .. })));
        let missing = reader.units(numbers);
        assert!(matches!(missing, Err(StoreError::Damaged { .. })));
    }
    assert_eq!(
        reader.units_named("04村").unwrap(),
        std::slice::from_ref(&row)
    );
    assert_eq!(reader.units_named("04村村民委员会").unwrap(), [row]);
    assert_eq!(reader.units_named("村民").unwrap(), []);
    assert!(matches!(reader.unit(99), Err(StoreError::Damaged { .. })));
    assert_eq!(reader.children(0).unwrap().len(), 20);
    assert_eq!(reader.below(0).unwrap(), (1..=20).collect::<Vec<_>>());
    assert!(reader.below(3).unwrap().is_empty());
    let areas = reader.areas().unwrap();
    assert_eq!(
        (areas.len(), &*areas[0].name, areas[0].no),
        (1, "清江镇", 0)
    );
}

/// What lists say of all units, by what is read for many, which must be what their rows say.
fn told(store: &mut Store) -> Vec<(u32, String, String, String)> {
    said(&store.read().unwrap())
}

fn said(reader: &Reader) -> Vec<(u32, String, String, String)> {
    let mut numbers = Vec::new();
    for no in 0..9999 {
        numbers.extend(reader.unit(no).ok().map(|row| row.no));
    }
    let mut told = Vec::new();
    let mut note = |brief: UnitLabel| {
        let [code, short, contact] = [brief.code, brief.short, brief.contact].map(String::from);
        told.push((brief.place, code, short, contact));
    };
    reader.each_brief(&numbers, &mut note).unwrap();
    let rows = reader.units(&numbers).unwrap();
    let said = rows.into_iter().map(|UnitRow { place, unit, .. }| {
        (place, unit.code.to_string(), unit.short, unit.contact)
    });
    assert_eq!(told, said.collect::<Vec<_>>());
    told
}

#[test]
fn lists_say_what_the_rows_of_units_say_through_every_change() {
    let (_place, mut store) = Place::with_villages(200);
    assert_eq!(told(&mut store).len(), 201);
    let mut units = roster(230);
    units[70].contact = "张三".into();
    units[71].short = "大排".into();
    units.remove(150);
    units.swap(1, 2);
    apply(&mut store, &units);
    let changed = told(&mut store);
    assert_eq!(changed.len(), 231);
    assert_eq!(
        changed[70],
        (70, "511069".into(), "69村".into(), "张三".into())
    );
    assert_eq!(changed[71].2, "大排");
    assert_eq!((changed[1].0, changed[2].0), (2, 1));
    // It is gone, but what was said of it can still be told.
    assert_eq!(changed[150].1, "511149");
    apply(&mut store, &roster(230));
    assert_eq!(told(&mut store)[70].3, "");
}

#[test]
fn an_older_file_without_packs_is_read_and_gets_them_when_it_is_written() {
    if ON_SERVER {
        return;
    }
    let (place, mut store) = Place::with_villages(100);
    let before = told(&mut store);
    drop(store);
    let old = age(&place.path());
    old.execute_batch("DROP TABLE brief; PRAGMA user_version = 1")
        .unwrap();
    drop(old);
    let mut reading = open(&place.path(), Access::Read);
    assert_eq!(told(&mut reading), before);
    let reader = reading.read().unwrap();
    let other = Store::beside(&reader.path().unwrap()).unwrap();
    assert_eq!(said(&other), before);
    drop((reading, reader, other));
    assert_eq!(told(&mut place.open()), before);
    assert_eq!(told(&mut open(&place.path(), Access::Read)), before);
    let new = rusqlite::Connection::open(place.path()).unwrap();
    let packs: i64 = new
        .query_row("SELECT count(*) FROM brief", [], |row| row.get(0))
        .unwrap();
    assert_eq!(packs, 3);
}

#[test]
fn packs_are_what_long_lists_read_and_rows_what_they_lack() {
    if ON_SERVER {
        return;
    }
    let (place, mut store) = Place::with_villages(100);
    let before = told(&mut store);
    let raw = rusqlite::Connection::open(place.path()).unwrap();
    raw.execute_batch("DELETE FROM brief WHERE no = 1").unwrap();
    assert_eq!(told(&mut store), before);
    raw.execute_batch("UPDATE brief SET data = x'09' WHERE no = 0")
        .unwrap();
    let spoiled = store.read().unwrap().each_brief(&[1, 2, 3, 4], &mut |_| {});
    assert!(
        matches!(spoiled, Err(StoreError::Damaged { table: "brief", .. })),
        "{spoiled:?}"
    );
}

#[test]
fn a_file_whose_units_are_numbered_wildly_is_damaged_and_costs_no_memory() {
    if ON_SERVER {
        return;
    }
    let (place, store) = Place::with_villages(3);
    drop(store);
    let old = age(&place.path());
    old.execute_batch(
        "DROP TABLE brief; PRAGMA user_version = 1;
        UPDATE unit SET no = 4000000000 WHERE no = 2; UPDATE unit SET no = 4294967295 WHERE no = 3",
    )
    .unwrap();
    drop(old);
    let refused = Store::open(&place.path(), Access::Write).map(drop);
    assert!(
        matches!(refused, Err(StoreError::Damaged { table: "unit", .. })),
        "{refused:?}"
    );
    let mut store = open(&place.path(), Access::Read);
    assert_eq!(sheets(&mut store).len(), 4);
}

#[test]
fn numbers_stay_when_the_roster_changes() {
    let (_place, mut store) = Place::with_villages(20);
    add(&mut store, 7, &[record(3, 0)]);
    let mut units = roster(22);
    units.remove(5);
    units.swap(1, 2);
    units[3].attributes = vec![("population".into(), "77".into())];
    apply(&mut store, &units);
    let reader = store.read().unwrap();
    let mut order = Vec::new();
    reader.each_unit(&mut |row| order.push(row.no)).unwrap();
    assert_eq!(order[..6], [0, 2, 1, 3, 4, 6]);
    assert_eq!(order[20..], [21, 22]);
    assert!(reader.unit(5).unwrap().gone);
    assert!(!reader.below(0).unwrap().contains(&5));
    assert!(reader.units_named("04村").unwrap().is_empty());
    let sheet = reader.sheet(3).unwrap();
    assert_eq!(sheet.amounts, [Some(Decimal::from_whole(77).unwrap())]);
    assert_eq!((sheet.parent, sheet.items.len()), (Some(0), 1));
    assert!(reader.has_entries(3).unwrap());
    assert!(!reader.has_entries(5).unwrap());
    drop(reader);
    assert!(sheets(&mut store).iter().all(|sheet| sheet.unit != 5));
    apply(&mut store, &roster(22));
    let row = store
        .read()
        .unwrap()
        .unit_by_code("511004")
        .unwrap()
        .unwrap();
    assert_eq!((row.no, row.gone), (5, false));
}

#[test]
fn a_unit_under_an_area_that_is_not_there_is_refused() {
    let (_place, mut store) = Place::with_villages(2);
    let mut units = roster(2);
    units.remove(0);
    let plan = plan();
    let mut transaction = store.write().unwrap();
    let outcome = transaction.put_in_force(&Applying {
        plan: &plan,
        digest: "d",
        files: &[],
        roster: &units,
        applied: day("2020-06-16"),
        batch: id(2),
    });
    assert!(matches!(
        outcome,
        Err(StoreError::Unknown { what: "unit", .. })
    ));
}

#[test]
fn sheets_of_some_units_are_those_of_all() {
    let (_place, mut store) = Place::with_villages(100);
    let entries: Vec<Entry> = (0..300).map(|at| record(1 + at % 97, at % 3)).collect();
    add(&mut store, 7, &entries);
    let all = sheets(&mut store);
    let reader = store.read().unwrap();
    let mut some = Vec::new();
    reader
        .each_sheet(Which::Units(&[99, 3, 17, 16, 3, 5000]), &mut |sheet| {
            some.push(sheet.clone());
        })
        .unwrap();
    let wanted: Vec<Sheet> = [3, 16, 17, 99].map(|no: usize| all[no].clone()).into();
    assert_eq!(some, wanted);
}

#[test]
fn ranges_of_units_make_up_all_for_two_readers_at_once() {
    if ON_SERVER {
        return;
    }
    let (_place, mut store) = Place::with_villages(100);
    let entries: Vec<Entry> = (0..300).map(|at| record(1 + at % 97, at % 3)).collect();
    add(&mut store, 7, &entries);
    let all = sheets(&mut store);
    let reader = store.read().unwrap();
    for (least, most, parts) in [(1, 1, 1), (1, 3, 3), (40, 9, 2), (4096, 9, 1), (1, 5000, 7)] {
        let ranges = reader.ranges(least, || most).unwrap();
        assert_eq!(ranges.len(), parts);
        assert_eq!((ranges[0].0, ranges[parts - 1].1), (0, UnitNo::MAX));
        let other = Store::beside(&reader.path().unwrap()).unwrap();
        let (mut whole, mut next) = (Vec::new(), 0);
        for (at, (first, last)) in ranges.into_iter().enumerate() {
            assert_eq!(first, next);
            next = last.wrapping_add(1);
            let mut note = |sheet: &Sheet| whole.push(sheet.clone());
            let which = Which::Between(first, last);
            if at % 2 == 0 {
                reader.each_sheet(which, &mut note).unwrap();
            } else {
                other.each_sheet(which, &mut note).unwrap();
            }
        }
        assert_eq!(whole, all);
    }
    let mut some = Vec::new();
    let which = Which::Between(5, 17);
    reader
        .each_sheet(which, &mut |sheet| some.push(sheet.clone()))
        .unwrap();
    assert_eq!(some, all[5..=17]);
}

#[test]
fn another_time_zone_moves_the_days_on_which_things_were_recorded() {
    let (_place, mut store) = Place::with_villages(2);
    let late = Batch {
        at: 1_593_766_800_000 + 10 * 3_600_000,
        ..batch(7)
    };
    let mut transaction = store.write().unwrap();
    let mut pen = transaction.pen(late).unwrap();
    pen.push(&record(1, 0)).unwrap();
    pen.finish().unwrap();
    transaction.commit().unwrap();
    let recorded = |store: &mut Store| store.read().unwrap().sheet(1).unwrap().items[0].recorded();
    assert_eq!(recorded(&mut store), day("2020-07-04"));
    let mut apply = |zone: Zone, number: u128| {
        let plan = Plan {
            timezone: zone,
            ..plan()
        };
        let mut transaction = store.write().unwrap();
        transaction
            .put_in_force(&Applying {
                plan: &plan,
                digest: "e",
                files: &[],
                roster: &roster(2),
                applied: day("2020-07-05"),
                batch: id(number),
            })
            .unwrap();
        transaction.commit().unwrap();
        recorded(&mut store)
    };
    assert_eq!(apply(Zone::UTC, 8), day("2020-07-03"));
    assert_eq!(apply("Asia/Tokyo".parse().unwrap(), 9), day("2020-07-04"));
    assert_eq!(
        apply("Europe/London".parse().unwrap(), 10),
        day("2020-07-03")
    );
    // 23:30 UTC is half past midnight in London in summer, and not in winter.
    for (number, at, wanted) in [
        (11, "2020-07-03T22:59:59Z", "2020-07-03"),
        (12, "2020-07-03T23:30:00Z", "2020-07-04"),
        (13, "2020-12-03T23:30:00Z", "2020-12-03"),
    ] {
        let at = chrono::DateTime::parse_from_rfc3339(at).unwrap();
        let batch = Batch {
            at: at.timestamp_millis(),
            ..batch(number)
        };
        let mut transaction = store.write().unwrap();
        let mut pen = transaction.pen(batch).unwrap();
        pen.push(&record(1, 0)).unwrap();
        pen.finish().unwrap();
        transaction.commit().unwrap();
        let sheet = store.read().unwrap().sheet(1).unwrap();
        assert_eq!(sheet.items.last().unwrap().recorded(), day(wanted));
    }
}
