//! The journal: entries and what they leave on sheets, addresses, merging in any order, rebuilding.

use std::ops::ControlFlow;

use super::*;

fn undo(of: Address) -> Entry {
    Entry {
        unit: None,
        task: None,
        day: day("2020-07-01"),
        act: Act::Undo { of },
    }
}

fn address(number: u128, index: u32) -> Address {
    Address {
        batch: id(number),
        index,
    }
}

#[test]
fn what_is_about_an_entry_stands_where_that_entry_stands() {
    let (_place, mut store) = Place::with_villages(40);
    let order = Entry {
        unit: None,
        act: Act::Instruct {
            due: day("2020-08-01"),
            reason: "3号文".into(),
        },
        ..record(0, 2)
    };
    add(&mut store, 7, &[record(3, 1), order, undo(address(7, 0))]);
    add(&mut store, 8, &[undo(address(7, 1))]);
    let reader = store.read().unwrap();
    let items = reader.sheet(3).unwrap().items;
    assert_eq!(items.len(), 2);
    assert_eq!((items[1].seq, items[1].task), (3, 1));
    assert_eq!(items[1].fact, Fact::Undo { of: 1 });
    assert_eq!((items[0].lag, items[1].lag), (4, 3));
    let orders = reader.orders().unwrap();
    assert_eq!(
        orders[0].fact,
        Fact::Instruct {
            due: day("2020-08-01")
        }
    );
    assert_eq!(orders[1].fact, Fact::Undo { of: 2 });
    let entry = reader.entry(2).unwrap().unwrap();
    assert_eq!(entry.address, address(7, 1));
    let fate = |known: fn(&Item) -> bool| Fates::default().of(&reader, &entry, known);
    assert_eq!(fate(|_| true).unwrap(), Fate::Undone);
    let recorded = |item: &Item| item.recorded() <= day("2020-07-02");
    assert_eq!(fate(recorded).unwrap(), Fate::Stands);
    assert_eq!(reader.seq_of(address(8, 0)).unwrap(), Some(4));
    assert_eq!(reader.seq_of(address(8, 1)).unwrap(), None);
    assert_eq!(reader.seq_of(address(9, 0)).unwrap(), None);
}

#[test]
fn entries_about_nothing_and_of_unknown_units_are_refused() {
    let (_place, mut store) = Place::with_villages(3);
    add(&mut store, 7, &[record(1, 0)]);
    let mut transaction = store.write().unwrap();
    assert!(matches!(
        transaction.pen(batch(7)),
        Err(StoreError::Conflict { .. })
    ));
    let mut pen = transaction.pen(batch(8)).unwrap();
    for (entry, what) in [(record(99, 0), "unit"), (record(1, 9), "task")] {
        let Err(StoreError::Unknown { what: found, .. }) = pen.push(&entry) else {
            panic!("no such {what}");
        };
        assert_eq!(found, what);
    }
    assert!(matches!(
        pen.push(&undo(address(9, 0))),
        Err(StoreError::NoSuchEntry(_))
    ));
}

#[test]
fn batches_are_found_by_tail_and_by_who_typed_them() {
    let (_place, mut store) = Place::with_villages(3);
    add(&mut store, 0xAB_0000_0007, &[record(1, 0)]);
    add(&mut store, 0xCD_0000_0007, &[record(1, 1)]);
    add(&mut store, 0xCD_0000_0008, &[record(2, 1)]);
    let reader = store.read().unwrap();
    assert_eq!(reader.batches_by_tail(7).unwrap().len(), 2);
    assert_eq!(reader.batches_by_tail(9).unwrap(), []);
    let actor = batch(0xCD_0000_0007).actor;
    let last = reader.last_batch_of(&actor).unwrap().unwrap();
    assert_eq!(last.batch.id, id(0xCD_0000_0007));
    drop(reader);
    let undoing = undo(address(0xCD_0000_0007, 0));
    let number = (0..3)
        .map(|more| 0xEE_0000_0000 + more)
        .find(|number| batch(*number).actor == actor)
        .unwrap();
    add(&mut store, number, &[undoing]);
    let reader = store.read().unwrap();
    let last = reader.last_batch_of(&actor).unwrap();
    let other = batch(0xAB_0000_0007);
    let wanted = (other.actor == actor).then_some(other.id);
    assert_eq!(last.map(|batch| batch.batch.id), wanted);
}

#[test]
fn the_log_is_filtered_and_cut() {
    let (_place, mut store) = Place::with_villages(30);
    for number in 10..16 {
        let early = Entry {
            day: day("2020-06-01"),
            ..record(2, 1)
        };
        add(&mut store, number, &[record(1, 0), early]);
    }
    let reader = store.read().unwrap();
    let listed = |filter: LogFilter<'_>| {
        let mut seqs = Vec::new();
        reader
            .log(&filter, &mut |batch, entry| {
                assert_eq!(batch.n, entry.batch);
                seqs.push(entry.seq);
                ControlFlow::Continue(())
            })
            .unwrap();
        seqs
    };
    let all = LogFilter::default();
    assert_eq!(listed(all), (1..=12).collect::<Vec<_>>());
    let newest = LogFilter {
        newest_first: true,
        limit: Some(3),
        ..all
    };
    assert_eq!(listed(newest), [12, 11, 10]);
    let units = LogFilter {
        units: Some(&[2]),
        ..newest
    };
    assert_eq!(listed(units), [12, 10, 8]);
    let tasks = LogFilter {
        tasks: Some(&[0]),
        actor: Some("员1"),
        ..all
    };
    assert_eq!(listed(tasks), [1, 7]);
    let days = LogFilter {
        to: Some(day("2020-06-02")),
        ..newest
    };
    assert_eq!(listed(days), [12, 10, 8]);
}

/// All batches of a store, in the form that every store understands.
pub(super) fn exported(store: &mut Store) -> Vec<(Head, Vec<Coded>)> {
    let reader = store.read().unwrap();
    let mut batches = Vec::new();
    reader
        .each_batch(&mut |batch| {
            let mut entries = Vec::new();
            reader.coded_of(batch.n, &mut |coded| {
                entries.push(coded);
                Ok(ControlFlow::Continue(()))
            })?;
            batches.push((batch.head(), entries));
            Ok(ControlFlow::Continue(()))
        })
        .unwrap();
    batches
}

pub(super) fn merge(
    store: &mut Store,
    (head, entries): &(Head, Vec<Coded>),
) -> Result<Merged, StoreError> {
    let mut transaction = store.write()?;
    let mut entries = entries.iter().cloned();
    let merged = transaction.merge(head, || Ok::<_, StoreError>(entries.next()))?;
    transaction.commit()?;
    Ok(merged)
}

/// Every sheet's items with addresses instead of seqs, in an order of their own.
fn facts(store: &mut Store) -> BTreeMap<UnitNo, Vec<String>> {
    let all = sheets(store);
    let reader = store.read().unwrap();
    let name = |seq| reader.entry(seq).unwrap().unwrap().address.to_string();
    let told = |item: &Item| {
        let of = match item.fact {
            Fact::Undo { of } | Fact::Accept { of } | Fact::Return { of, .. } => name(of),
            _ => String::new(),
        };
        let kind = std::mem::discriminant(&item.fact);
        format!(
            "{} {} {} {} {kind:?} {of}",
            name(item.seq),
            item.task,
            item.day,
            item.lag
        )
    };
    let mut facts = BTreeMap::new();
    for sheet in all {
        let mut items: Vec<String> = sheet.items.iter().map(told).collect();
        items.sort();
        facts.insert(sheet.unit, items);
    }
    facts
}

#[test]
fn an_altered_batch_is_refused_and_leaves_nothing() {
    let (_place, mut store) = Place::with_villages(3);
    add(&mut store, 7, &[record(1, 0), record(2, 0)]);
    let [(head, entries)] = &exported(&mut store)[..] else {
        panic!("one batch");
    };
    let (_other, mut other) = Place::with_villages(3);
    let short = (head.clone(), entries[..1].to_vec());
    assert!(matches!(
        merge(&mut other, &short),
        Err(StoreError::Altered { .. })
    ));
    assert_eq!(other.read().unwrap().batch(&id(7)).unwrap(), None);
    let whole = (head.clone(), entries.clone());
    assert!(matches!(merge(&mut other, &whole), Ok(Merged::Added(_))));
    assert!(matches!(merge(&mut other, &whole), Ok(Merged::Known(_))));
    let changed = Head {
        hash: crate::journal::hash::chain(&[], &head.hash),
        ..head.clone()
    };
    assert!(matches!(
        merge(&mut other, &(changed, Vec::new())),
        Err(StoreError::Conflict { .. })
    ));
    assert_eq!(exported(&mut other), exported(&mut store));
}

/// What a random history does next; numbers choose among what is there.
#[derive(Clone, Debug)]
enum Step {
    Record(u32, u32),
    Review(usize, bool),
    Undo(usize),
    Excuse(u32),
    Order,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1u32..20, 0u32..3).prop_map(|(unit, task)| Step::Record(unit, task)),
        2 => (any::<usize>(), any::<bool>()).prop_map(|(of, good)| Step::Review(of, good)),
        1 => any::<usize>().prop_map(Step::Undo),
        1 => (1u32..20).prop_map(Step::Excuse),
        1 => Just(Step::Order),
    ]
}

/// Plays a history, one inner list a batch.
fn play(store: &mut Store, history: &[Vec<Step>]) {
    let mut past: Vec<(Address, Entry)> = Vec::new();
    for (number, steps) in (10..).zip(history) {
        let mut entries: Vec<Entry> = Vec::new();
        for step in steps {
            let chosen = |at: usize| past.get(at % past.len().max(1)).cloned();
            let entry = match step {
                Step::Record(unit, task) => Some(record(*unit, *task)),
                Step::Review(at, good) => chosen(*at)
                    .filter(|(_, entry)| matches!(entry.act, Act::Record(_)))
                    .map(|(of, entry)| Entry {
                        act: if *good {
                            Act::Accept { of }
                        } else {
                            Act::Return {
                                of,
                                rectify: day("2020-07-08"),
                                reason: "照片不清".into(),
                            }
                        },
                        ..entry
                    }),
                Step::Undo(at) => chosen(*at).map(|(of, entry)| Entry {
                    act: Act::Undo { of },
                    ..entry
                }),
                Step::Excuse(unit) => Some(Entry {
                    act: Act::Excuse {
                        period: None,
                        reason: "搬迁".into(),
                    },
                    ..record(*unit, 0)
                }),
                Step::Order => Some(Entry {
                    unit: None,
                    act: Act::Instruct {
                        due: day("2020-08-01"),
                        reason: String::new(),
                    },
                    ..record(0, 2)
                }),
            };
            if let Some(entry) = entry {
                let index = u32::try_from(entries.len()).unwrap();
                past.push((address(number, index), entry.clone()));
                entries.push(entry);
            }
        }
        add(store, number, &entries);
    }
}

fn history() -> impl Strategy<Value = Vec<Vec<Step>>> {
    prop::collection::vec(prop::collection::vec(step(), 0..6), 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn rebuilt_pages_are_the_appended_ones(history in history()) {
        let (_place, mut store) = Place::with_villages(20);
        play(&mut store, &history);
        let before = (sheets(&mut store), store.read().unwrap().orders().unwrap());
        let mut transaction = store.write().unwrap();
        transaction.rebuild().unwrap();
        transaction.commit().unwrap();
        let after = (sheets(&mut store), store.read().unwrap().orders().unwrap());
        prop_assert_eq!(after, before);
    }

    #[test]
    fn merging_in_any_order_and_twice_gives_the_same_facts(
        (history, order) in history().prop_flat_map(|history| {
            let order: Vec<usize> = (0..history.len()).collect();
            (Just(history), Just(order).prop_shuffle())
        })
    ) {
        let (_place, mut store) = Place::with_villages(20);
        play(&mut store, &history);
        let batches = exported(&mut store);
        let (_other, mut other) = Place::with_villages(20);
        for at in order.iter().chain(&order) {
            merge(&mut other, &batches[*at]).unwrap();
        }
        prop_assert_eq!(facts(&mut other), facts(&mut store));
        prop_assert_eq!(
            other.read().unwrap().orders().unwrap().len(),
            store.read().unwrap().orders().unwrap().len()
        );
        let before = sheets(&mut other);
        let mut transaction = other.write().unwrap();
        transaction.rebuild().unwrap();
        transaction.commit().unwrap();
        prop_assert_eq!(sheets(&mut other), before);
    }
}
