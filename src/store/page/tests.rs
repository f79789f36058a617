//! Laws of pages: what was put is what is read, in one go or item by item.

use proptest::prelude::*;

use super::*;
use crate::model::plan::Trigger;
use crate::model::sheet::{Booked, Fact, Mark, NO_TASK};

fn day() -> impl Strategy<Value = Day> {
    (-40_000..40_000).prop_map(|days| Day::from_number(737_425 + days))
}

fn fact(seq: Seq) -> impl Strategy<Value = Fact> {
    let count = prop_oneof![Just(1000), any::<i64>()].prop_map(Decimal::from_thousandths);
    let mark = (count, any::<[bool; 3]>(), prop::option::of(day()));
    let record = mark.prop_map(|(count, [total, nil, proof], period)| {
        Fact::Record(Mark {
            count,
            total,
            nil,
            proof,
            period,
        })
    });
    let of = 0..seq + 100;
    prop_oneof![
        4 => record,
        1 => of.clone().prop_map(|of| Fact::Undo { of }),
        1 => (of.clone(), any::<bool>()).prop_map(|(of, replaces)| Fact::Same { of, replaces }),
        1 => of.clone().prop_map(|of| Fact::Accept { of }),
        1 => (of, day()).prop_map(|(of, rectify)| Fact::Return { of, rectify }),
        1 => prop::option::of(day()).prop_map(|period| Fact::Excuse { period }),
        1 => (prop::option::of(day()), day()).prop_map(|(period, due)| Fact::Extend { period, due }),
        1 => day().prop_map(|due| Fact::Instruct { due }),
        1 => prop::option::of(day()).prop_map(|period| Fact::Gain { period }),
        1 => any::<bool>().prop_map(|named| Fact::Contact { named }),
        1 => Just(Fact::Commend),
        1 => prop::option::of(day()).prop_map(|period| Fact::Remind { period }),
        1 => (any::<u32>(), day()).prop_map(|(number, until)| Fact::Notice { number, until }),
        2 => booked(seq),
        1 => (any::<u32>(), prop::option::of(day()), any::<bool>())
            .prop_map(|(notice, period, unit_points)| Fact::Object { notice, period, unit_points }),
        1 => (0..seq + 100).prop_map(|of| Fact::Uphold { of }),
        1 => (0..seq + 100).prop_map(|of| Fact::Reverse { of }),
    ]
}

fn booked(seq: Seq) -> impl Strategy<Value = Fact> {
    let points = prop::option::of((
        any::<u32>(),
        any::<i64>().prop_map(Decimal::from_thousandths),
    ));
    let of = prop::option::of(0..seq + 100);
    let on = prop::sample::select(&Trigger::ALL[..]);
    let all = (
        any::<u32>(),
        on,
        prop::option::of(day()),
        of,
        any::<i32>(),
        points,
    );
    all.prop_map(|(notice, on, period, of, days, points)| {
        let (rule, points) = points.unzip();
        Fact::Book(Booked {
            notice,
            on,
            period,
            of,
            days,
            rule,
            points: points.unwrap_or(Decimal::ZERO),
        })
    })
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let seqs = prop::collection::btree_set(1u64..1 << 40, 0..20);
    seqs.prop_flat_map(|seqs| {
        let item = |seq| {
            let task = prop_oneof![0u32..300, Just(NO_TASK)];
            (Just(seq), task, day(), any::<i16>(), fact(seq)).prop_map(
                |(seq, task, day, lag, fact)| Item {
                    seq,
                    task,
                    day,
                    lag: i32::from(lag),
                    fact,
                },
            )
        };
        seqs.into_iter().map(item).collect::<Vec<_>>()
    })
}

pub(crate) fn sheet() -> impl Strategy<Value = Sheet> {
    let amounts = prop::option::of(any::<i64>().prop_map(Decimal::from_thousandths));
    (
        prop::option::of(any::<u32>()),
        any::<u32>(),
        prop::option::of(day()),
        prop::option::of(day()),
        prop::collection::vec(amounts, 0..3),
        items(),
    )
        .prop_map(|(parent, class, since, until, amounts, items)| Sheet {
            unit: 7,
            parent,
            class,
            since,
            until,
            amounts,
            items,
        })
}

fn section_of(sheet: &Sheet) -> Vec<u8> {
    let mut section = Vec::new();
    put_section(&mut section, sheet);
    section
}

proptest! {
    #[test]
    fn a_sheet_is_read_as_it_was_put(sheet in sheet()) {
        let mut back = Sheet::default();
        read(&section_of(&sheet), 7, &mut back).unwrap();
        prop_assert_eq!(back, sheet);
    }

    #[test]
    fn items_appended_in_portions_give_the_same_section(sheet in sheet(), cut in 0usize..20) {
        let (first, second) = sheet.items.split_at(cut.min(sheet.items.len()));
        let mut section = section_of(&Sheet { items: Vec::new(), ..sheet.clone() });
        for portion in [first, second] {
            let mut longer = Vec::new();
            put_extended(&mut longer, &section, portion).unwrap();
            section = longer;
        }
        prop_assert_eq!(section, section_of(&sheet));
    }

    /// Moments run otherwise than seqs do, as they do where batches are merged.
    #[test]
    fn items_put_among_others_in_any_portions_and_twice_stand_by_moment(sheet in sheet(), cut in 0usize..20, swap: bool) {
        let moment = |seq: Seq| Ok::<_, PageError>((seq % 7, seq));
        let mut wanted = sheet.clone();
        wanted.items.sort_by_key(|item| moment(item.seq).unwrap());
        let (first, second) = sheet.items.split_at(cut.min(sheet.items.len()));
        let portions = if swap { [second, first, first] } else { [first, second, second] };
        let mut section = section_of(&Sheet { items: Vec::new(), ..sheet.clone() });
        for portion in portions {
            let mut longer = Vec::new();
            put_among(&mut longer, &section, portion, moment).unwrap();
            section = longer;
        }
        prop_assert_eq!(&section, &section_of(&wanted));
        let mut back = Sheet::default();
        read(&section, 7, &mut back).unwrap();
        prop_assert_eq!(back, wanted);
    }

    #[test]
    fn another_header_leaves_the_items(sheet in sheet(), other in sheet()) {
        let mut section = Vec::new();
        put_reheaded(&mut section, &section_of(&sheet), &other).unwrap();
        prop_assert_eq!(section, section_of(&Sheet { items: sheet.items, ..other }));
    }

    #[test]
    fn no_bytes_make_reading_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let _ = read(&bytes, 0, &mut Sheet::default());
        let _ = rewrite::<PageError>(&bytes, &mut Vec::new(), |_, section, out| {
            out.extend_from_slice(section);
            Ok(())
        });
    }
}

#[test]
fn a_plain_record_takes_few_bytes() {
    let item = |seq| Item {
        seq,
        task: 3,
        day: Day::new(2020, 6, 30).unwrap(),
        lag: 1,
        fact: Fact::Record(Mark {
            count: Decimal::ONE,
            total: false,
            nil: false,
            proof: true,
            period: None,
        }),
    };
    let mut out = Vec::new();
    put_item(&mut out, 1_000_000, &item(1_000_001));
    assert_eq!(out.len(), 6);
}
