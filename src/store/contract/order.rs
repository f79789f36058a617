//! The order of facts: as they were recorded, by moment, batch and place, in every store that holds the same batches.

use super::journal::{exported, merge};
use super::*;
use crate::model::board::{Desk, Ruler, View};
use crate::model::decimal::Decimal;

/// Banners of which a running total is kept, posters that one record puts up, and news that an order asks for.
fn campaign() -> Plan {
    let mut plan = plan();
    plan.tasks[0].totals = true;
    plan.tasks[1].target = None;
    plan.tasks[2].target = None;
    plan.tasks[2].schedule = crate::model::due::Schedule::Instruction;
    plan
}

fn store() -> (Place, Store) {
    let place = Place::empty();
    let mut store = place.create();
    put_in_force(&mut store, &campaign(), &roster(3));
    let store = place.open();
    (place, store)
}

/// What is typed on one of three days of June, so that days are shared.
#[derive(Clone, Debug)]
enum Deed {
    Total(i64),
    Poster,
    Return(usize, i32),
    Extend(i32),
    Order(i32),
    Undo(usize),
    /// A record goes to the unit, as a correction moves it.
    Move(usize),
}

fn deed() -> impl Strategy<Value = (u32, i32, Deed)> {
    let deed = prop_oneof![
        3 => (0i64..9).prop_map(Deed::Total),
        2 => Just(Deed::Poster),
        3 => (any::<usize>(), 0..9).prop_map(|(of, days)| Deed::Return(of, days)),
        1 => (0..20).prop_map(Deed::Extend),
        2 => (0..20).prop_map(Deed::Order),
        1 => any::<usize>().prop_map(Deed::Undo),
        2 => any::<usize>().prop_map(Deed::Move),
    ];
    (1u32..3, 0..3, deed)
}

/// Types batches into a store whose clock says the moments, which may go back and be the same.
fn typed(store: &mut Store, batches: &[(i64, Vec<(u32, i32, Deed)>)]) {
    let mut past: Vec<(Address, Entry)> = Vec::new();
    for ((hours, deeds), number) in batches.iter().zip(10u128..) {
        let mut entries: Vec<Entry> = Vec::new();
        for (unit, after, deed) in deeds {
            let day = day("2020-06-25") + *after;
            let about = |unit: Option<UnitNo>, task: u32, act: Act| Entry {
                unit,
                task: Some(task),
                day,
                act,
            };
            let chosen = |at: usize| past.get(at % past.len().max(1)).cloned();
            let reason = String::from("why");
            let mut moved = None;
            let entry = match deed {
                Deed::Total(count) => Some(about(
                    Some(*unit),
                    0,
                    Act::Record(Record {
                        count: Decimal::from_whole(*count).unwrap(),
                        total: true,
                        ..Record::default()
                    }),
                )),
                Deed::Poster => Some(about(Some(*unit), 1, Act::Record(Record::default()))),
                Deed::Return(at, days) => chosen(*at)
                    .filter(|(_, entry)| matches!(entry.act, Act::Record(_)))
                    .map(|(of, entry)| Entry {
                        day,
                        act: Act::Return {
                            of,
                            rectify: day + *days,
                            reason,
                        },
                        ..entry
                    }),
                Deed::Extend(days) => Some(about(
                    Some(*unit),
                    1,
                    Act::Extend {
                        period: None,
                        due: day + *days,
                        reason,
                    },
                )),
                Deed::Order(days) => {
                    let due = day + *days;
                    Some(about(None, 2, Act::Instruct { due, reason }))
                }
                Deed::Move(at) => chosen(*at)
                    .filter(|(_, entry)| matches!(entry.act, Act::Record(_)))
                    .map(|(of, entry)| {
                        moved = Some(Entry {
                            unit: Some(*unit),
                            ..entry.clone()
                        });
                        let act = Act::Undo { of };
                        Entry { day, act, ..entry }
                    }),
                Deed::Undo(at) => chosen(*at).map(|(of, entry)| Entry {
                    day,
                    act: Act::Undo { of },
                    ..entry
                }),
            };
            for entry in entry.into_iter().chain(moved) {
                let index = u32::try_from(entries.len()).unwrap();
                let batch = id(number);
                past.push((Address { batch, index }, entry.clone()));
                entries.push(entry);
            }
        }
        let at = 1_593_000_000_000 + hours * 3_600_000;
        // Every other batch is the rows of a list, so that some are one row; a record right after an undo replaces another.
        let command = ["import", "done"][usize::try_from(number % 2).unwrap()];
        let batch = Batch {
            at,
            command: command.into(),
            ..batch(number)
        };
        add_batch(store, batch, &entries);
    }
}

/// All that a store answers: its facts in their order, and where everything stands on some days, with addresses instead of seqs.
fn answers(store: &mut Store) -> Vec<String> {
    let all = sheets(store);
    let reader = store.read().unwrap();
    let force = reader.in_force().unwrap().unwrap();
    let orders = reader.orders().unwrap();
    let name = |seq| reader.entry(seq).unwrap().unwrap().address.to_string();
    let fact = |item: &Item| {
        let kind = std::mem::discriminant(&item.fact);
        let same = match item.fact {
            Fact::Same { of, replaces } => format!("{} {replaces}", name(of)),
            _ => String::new(),
        };
        format!(
            "{} {} {} {} {kind:?} {same}",
            name(item.seq),
            item.task,
            item.day,
            item.lag
        )
    };
    let mut answers: Vec<String> = orders.iter().map(fact).collect();
    for sheet in &all {
        answers.extend(sheet.items.iter().map(fact));
        for after in [0, 2, 6, 12] {
            let view = View::on(day("2020-06-25") + after);
            let ruler = Ruler::new(&campaign(), &force.tasks, &force.classes, &orders, view);
            ruler.cells(sheet, &mut Desk::default(), |cell| {
                let returned = cell.returned.map(name);
                let mut cell = cell;
                cell.returned = None;
                answers.push(format!("{} {cell:?} {returned:?}", sheet.unit));
            });
        }
    }
    answers
}

/// Every order of so many things.
fn permutations(length: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..length {
        let put = |order: &Vec<usize>, at: usize| {
            let mut longer = order.clone();
            longer.insert(at, next);
            longer
        };
        let longer = all
            .iter()
            .flat_map(|order| (0..=order.len()).map(move |at| put(order, at)));
        all = longer.collect();
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn stores_with_the_same_batches_answer_alike_in_whatever_order_they_came(
        batches in prop::collection::vec((0i64..4, prop::collection::vec(deed(), 1..6)), 4)
    ) {
        let (_place, mut origin) = store();
        typed(&mut origin, &batches);
        let wanted = answers(&mut origin);
        let batches = exported(&mut origin);
        for order in permutations(batches.len()) {
            let (_place, mut other) = store();
            let mut transaction = other.write().unwrap();
            for at in &order {
                let (head, entries) = &batches[*at];
                let mut entries = entries.iter().cloned();
                transaction.merge(head, || Ok::<_, StoreError>(entries.next())).unwrap();
            }
            transaction.commit().unwrap();
            prop_assert_eq!(&answers(&mut other), &wanted, "{:?}", order);
            let mut transaction = other.write().unwrap();
            transaction.rebuild().unwrap();
            transaction.commit().unwrap();
            prop_assert_eq!(&answers(&mut other), &wanted, "made anew, {:?}", order);
        }
    }
}

#[test]
fn a_store_of_an_older_version_whose_facts_stand_as_they_arrived_is_put_in_order() {
    if ON_SERVER {
        return;
    }
    let (_place, mut origin) = store();
    let total = |count| vec![(1, 0, Deed::Total(count))];
    typed(&mut origin, &[(5, total(3)), (2, total(7))]);
    let wanted = answers(&mut origin);
    let (place, mut old) = store();
    for batch in exported(&mut origin) {
        merge(&mut old, &batch).unwrap();
    }
    assert_eq!(answers(&mut old), wanted);
    // As an older version wrote it: in the order of arrival.
    let sheet = old.read().unwrap().sheet(1).unwrap();
    let seqs = sheet.items.iter().map(|item| item.seq);
    assert_eq!(seqs.collect::<Vec<_>>(), [2, 1]);
    let raw = age(&place.path());
    let data: Vec<u8> = raw
        .query_row("SELECT data FROM page WHERE no = 0", [], |row| row.get(0))
        .unwrap();
    let mut out = Vec::new();
    crate::store::page::rewrite::<StoreError>(&data, &mut out, |place, section, fresh| {
        let mut sheet = Sheet::default();
        crate::store::page::read(section, 0, &mut sheet)?;
        if place == 1 {
            sheet.items.reverse();
        }
        if !section.is_empty() {
            crate::store::page::put_section(fresh, &sheet);
        }
        Ok(())
    })
    .unwrap();
    raw.execute("UPDATE page SET data = ?1 WHERE no = 0", [&out])
        .unwrap();
    raw.execute_batch("DROP INDEX batch_moment; PRAGMA user_version = 2")
        .unwrap();
    drop((raw, old));
    assert_ne!(answers(&mut open(&place.path(), Access::Read)), wanted);
    assert_eq!(answers(&mut place.open()), wanted);
}

#[test]
fn what_is_typed_later_was_recorded_later_though_the_clock_stands_still() {
    let (_place, mut store) = store();
    let total = |count| vec![(1, 0, Deed::Total(count))];
    let all: Vec<_> = (0..9).map(|count| (5, total(count))).collect();
    typed(&mut store, &all);
    let items = store.read().unwrap().sheet(1).unwrap().items;
    let counts = items.iter().map(|item| match item.fact {
        Fact::Record(mark) => mark.count.to_string(),
        _ => String::new(),
    });
    assert_eq!(counts.collect::<String>(), "012345678");
}

#[test]
fn of_batches_of_one_moment_the_ids_decide() {
    let typed_by = |number: u128, count: i64| {
        let (_place, mut store) = store();
        let total = Record {
            count: Decimal::from_whole(count).unwrap(),
            total: true,
            ..Record::default()
        };
        let entry = Entry {
            act: Act::Record(total),
            ..record(1, 0)
        };
        let at = 1_593_000_000_000;
        add_batch(
            &mut store,
            Batch {
                at,
                ..batch(number)
            },
            &[entry],
        );
        exported(&mut store).remove(0)
    };
    let (one, other) = (typed_by(10, 3), typed_by(11, 7));
    let count = |batches: [&_; 2]| {
        let (_place, mut store) = store();
        for batch in batches {
            merge(&mut store, batch).unwrap();
        }
        let items = store.read().unwrap().sheet(1).unwrap().items;
        let counts = items.iter().filter_map(|item| match item.fact {
            Fact::Record(mark) => Some(mark.count.to_string()),
            _ => None,
        });
        counts.collect::<Vec<_>>()
    };
    assert_eq!(count([&one, &other]), ["3", "7"]);
    assert_eq!(count([&other, &one]), ["3", "7"]);
}

/// The amounts of what counts on the sheet of unit 1.
fn counting(store: &mut Store) -> Vec<String> {
    counting_of(store, 1)
}

fn counting_of(store: &mut Store, unit: UnitNo) -> Vec<String> {
    let sheet = store.read().unwrap().sheet(unit).unwrap();
    let undone = sheet.undone();
    let amount = |item: &Item| match item.fact {
        Fact::Record(mark) if !undone.contains(&item.seq) => Some(mark.count.to_string()),
        _ => None,
    };
    sheet.items.iter().filter_map(amount).collect()
}

fn amount(count: i64, nth: Option<u32>) -> Entry {
    Entry {
        act: Act::Record(Record {
            count: Decimal::from_whole(count).unwrap(),
            nth,
            ..Record::default()
        }),
        ..record(1, 0)
    }
}

fn taken_back(number: u128, index: u32) -> Entry {
    let batch = id(number);
    Entry {
        act: Act::Undo {
            of: Address { batch, index },
        },
        ..record(1, 0)
    }
}

fn command(number: u128, command: &str) -> Batch {
    Batch {
        command: command.into(),
        ..batch(number)
    }
}

#[test]
fn rows_of_several_imports_are_one_by_their_facts_and_number() {
    let (_place, mut store) = store();
    let rows = [amount(2, None), amount(2, Some(2)), amount(3, None)];
    for number in 10..13 {
        add_batch(&mut store, command(number, "import"), &rows);
        assert_eq!(counting(&mut store), ["2", "2", "3"]);
    }
    // What was typed is no row of a list.
    add_batch(
        &mut store,
        command(13, "done"),
        &[amount(3, None), amount(3, None)],
    );
    assert_eq!(counting(&mut store), ["2", "2", "3", "3", "3"]);
    // Of copies that nobody undid one counts.
    add_batch(
        &mut store,
        command(14, "undo"),
        &[taken_back(10, 0), taken_back(11, 0)],
    );
    assert_eq!(counting(&mut store), ["2", "3", "2", "3", "3"]);
    add_batch(&mut store, command(15, "undo"), &[taken_back(12, 0)]);
    assert_eq!(counting(&mut store), ["2", "3", "3", "3"]);
    add_batch(&mut store, command(16, "undo"), &[taken_back(15, 0)]);
    assert_eq!(counting(&mut store), ["2", "3", "2", "3", "3"]);
}

#[test]
fn of_several_corrections_of_one_record_the_last_counts() {
    let (_place, mut store) = store();
    add_batch(&mut store, command(10, "import"), &[amount(2, None)]);
    add_batch(&mut store, command(11, "import"), &[amount(2, None)]);
    for (number, count) in [(12, 5), (13, 4)] {
        add_batch(
            &mut store,
            command(number, "correct"),
            &[taken_back(10, 0), amount(count, None)],
        );
    }
    assert_eq!(counting(&mut store), ["4"]);
    // Both are undone: the other copy of the row counts as it did.
    let undo = [taken_back(13, 0), taken_back(13, 1)];
    add_batch(&mut store, command(14, "undo"), &undo);
    assert_eq!(counting(&mut store), ["5"]);
    add_batch(
        &mut store,
        command(15, "undo"),
        &[taken_back(12, 0), taken_back(12, 1)],
    );
    assert_eq!(counting(&mut store), ["2"]);
}

#[test]
fn a_record_right_after_several_undos_replaces_all_that_these_took_back() {
    let cases = [
        (10, "import", vec![amount(3, None)]),
        (11, "import", vec![amount(6, None)]),
        (
            12,
            "import",
            // To take one back twice is to take it back once.
            vec![
                taken_back(10, 0),
                taken_back(10, 0),
                taken_back(11, 0),
                amount(7, None),
            ],
        ),
        (13, "import", vec![taken_back(11, 0), amount(4, None)]),
        (14, "import", vec![amount(6, None)]),
    ];
    let (_place, mut origin) = store();
    for (number, name, entries) in &cases {
        add_batch(&mut origin, command(*number, name), entries);
    }
    // 7 replaced 3 as well, but does not count beside 4.
    assert_eq!(counting(&mut origin), ["3", "4"]);
    let wanted = answers(&mut origin);
    let batches = exported(&mut origin);
    for order in permutations(batches.len()) {
        let (_place, mut other) = store();
        for at in &order {
            merge(&mut other, &batches[*at]).unwrap();
            let now = answers(&mut other);
            let mut transaction = other.write().unwrap();
            transaction.rebuild().unwrap();
            transaction.commit().unwrap();
            assert_eq!(answers(&mut other), now, "made anew, {order:?}, {at}");
        }
        assert_eq!(answers(&mut other), wanted, "{order:?}");
    }
}

#[test]
fn of_several_units_that_a_record_was_put_right_for_the_last_has_it() {
    let put_right = |unit: UnitNo, count: i64| {
        let record = amount(count, None);
        let unit = Some(unit);
        [taken_back(10, 0), Entry { unit, ..record }]
    };
    let cases = [
        (12, put_right(2, 4)),
        (13, put_right(1, 7)),
        (14, put_right(0, 9)),
    ];
    for order in permutations(cases.len()) {
        let (_place, mut store) = store();
        for number in [10, 11] {
            add_batch(&mut store, command(number, "import"), &[amount(2, None)]);
        }
        for (number, entries) in order.iter().map(|at| &cases[*at]) {
            add_batch(&mut store, command(*number, "correct"), entries);
        }
        let all = |store: &mut Store| [0, 1, 2].map(|unit| counting_of(store, unit));
        assert_eq!(all(&mut store), [vec!["9"], vec![], vec![]]);
        let undo = |number| [taken_back(number, 0), taken_back(number, 1)];
        add_batch(&mut store, command(15, "undo"), &undo(14));
        assert_eq!(all(&mut store), [vec![], vec!["7"], vec![]]);
        add_batch(&mut store, command(16, "undo"), &undo(13));
        assert_eq!(all(&mut store), [vec![], vec![], vec!["4"]]);
        // The last was not the only entry of its row.
        add_batch(&mut store, command(17, "undo"), &undo(12));
        assert_eq!(all(&mut store), [vec![], vec!["2"], vec![]]);
        let mut transaction = store.write().unwrap();
        transaction.rebuild().unwrap();
        transaction.commit().unwrap();
        assert_eq!(all(&mut store), [vec![], vec!["2"], vec![]]);
    }
}

#[test]
fn a_store_of_an_older_version_learns_which_of_its_entries_are_one_record() {
    if ON_SERVER {
        return;
    }
    let (place, mut store) = store();
    add_batch(&mut store, command(10, "import"), &[amount(2, None)]);
    for (number, count) in [(12, 5), (13, 4)] {
        add_batch(
            &mut store,
            command(number, "correct"),
            &[taken_back(10, 0), amount(count, None)],
        );
    }
    drop(store);
    let raw = age(&place.path());
    let data: Vec<u8> = raw
        .query_row("SELECT data FROM page WHERE no = 0", [], |row| row.get(0))
        .unwrap();
    let mut out = Vec::new();
    crate::store::page::rewrite::<StoreError>(&data, &mut out, |_, section, fresh| {
        let mut sheet = Sheet::default();
        crate::store::page::read(section, 0, &mut sheet)?;
        sheet
            .items
            .retain(|item| !matches!(item.fact, Fact::Same { .. }));
        if !section.is_empty() {
            crate::store::page::put_section(fresh, &sheet);
        }
        Ok(())
    })
    .unwrap();
    raw.execute("UPDATE page SET data = ?1 WHERE no = 0", [&out])
        .unwrap();
    raw.execute_batch("PRAGMA user_version = 3").unwrap();
    drop(raw);
    assert_eq!(counting(&mut open(&place.path(), Access::Read)), ["5", "4"]);
    assert_eq!(counting(&mut place.open()), ["4"]);
}
