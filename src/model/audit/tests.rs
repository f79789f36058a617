use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn day(number: i32) -> Day {
    Day::from_number(number)
}

fn address(number: u32) -> Address {
    Address {
        batch: Uuid::from_u128(number.into()),
        index: 0,
    }
}

/// A record that nothing can be said against.
fn exhibit(unit: UnitNo, task: usize) -> Exhibit {
    Exhibit {
        address: address(unit),
        unit,
        task,
        day: day(100),
        delay: 0,
        imported: false,
        wants_proof: true,
        proven: true,
        opens: day(50),
        note: None,
        photographs: Vec::new(),
        verdicts: Vec::new(),
    }
}

fn likeness(algorithm: &str, hash: &str) -> Likeness {
    Likeness {
        algorithm: algorithm.into(),
        hash: hash.into(),
    }
}

fn photograph(blake3: &str, look: Option<u64>) -> Photograph {
    Photograph {
        name: format!("{blake3}.jpg"),
        blake3: blake3.into(),
        likeness: look.map(|bits| likeness("gradient", &format!("{bits:016x}"))),
        taken: None,
    }
}

fn with(unit: UnitNo, task: usize, photographs: &[Photograph]) -> Exhibit {
    Exhibit {
        photographs: photographs.to_vec(),
        ..exhibit(unit, task)
    }
}

#[track_caller]
fn case(exhibits: &[Exhibit], wanted: &[(&str, &[usize])]) {
    let found = findings(exhibits, &Thresholds::default());
    let found: Vec<(&str, &[usize])> = found
        .iter()
        .map(|finding| (finding.suspicion.kind().name(), finding.exhibits.as_slice()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn nothing_is_found_where_there_is_nothing() {
    case(&[], &[]);
    case(&[exhibit(0, 0), exhibit(1, 0), exhibit(1, 1)], &[]);
}

#[test]
fn proof_is_missed_where_it_is_expected_and_delay_where_it_is_the_units() {
    let bare = Exhibit {
        proven: false,
        ..exhibit(0, 0)
    };
    let unasked = Exhibit {
        wants_proof: false,
        ..bare.clone()
    };
    let late = |delay, imported| Exhibit {
        delay,
        imported,
        ..exhibit(1, 0)
    };
    case(
        &[
            bare,
            unasked,
            late(7, false),
            late(8, false),
            late(30, true),
        ],
        &[("back_dated", &[3]), ("no_proof", &[0])],
    );
    let all = Thresholds {
        imports: true,
        ..Thresholds::default()
    };
    assert_eq!(findings(&[late(30, true)], &all).len(), 1);
}

#[test]
fn one_photograph_may_serve_one_unit_and_task_alone() {
    let photograph = photograph("a", None);
    let used = |unit, task| with(unit, task, std::slice::from_ref(&photograph));
    case(&[used(0, 0), used(0, 0)], &[]);
    case(
        &[with(0, 0, &[photograph.clone(), photograph.clone()])],
        &[],
    );
    case(&[used(0, 0), used(0, 1)], &[("same_photograph", &[0, 1])]);
    case(
        &[used(0, 0), exhibit(1, 0), used(2, 0), used(3, 0)],
        &[("same_photograph", &[0, 2, 3])],
    );
}

#[test]
fn lookalikes_are_of_several_units_one_task_and_other_content() {
    let shot =
        |unit, task, content: &str, look| with(unit, task, &[photograph(content, Some(look))]);
    case(
        &[
            shot(0, 0, "a", 0),
            shot(1, 0, "b", 0b1111),
            shot(2, 0, "c", 0b11111 << 20),
        ],
        &[("lookalike", &[0, 1])],
    );
    case(&[shot(0, 0, "a", 7), shot(1, 1, "b", 7)], &[]);
    case(&[shot(0, 0, "a", 7), shot(0, 0, "b", 7)], &[]);
    case(
        &[shot(0, 0, "a", 7), shot(1, 0, "a", 7)],
        &[("same_photograph", &[0, 1])],
    );
    case(
        &[shot(0, 0, "a", 7), shot(1, 0, "a", 7), shot(2, 0, "b", 6)],
        &[("same_photograph", &[0, 1]), ("lookalike", &[0, 1, 2])],
    );
    let other = Photograph {
        likeness: Some(likeness("mean", "0000000000000007")),
        ..photograph("b", None)
    };
    case(&[shot(0, 0, "a", 7), with(1, 0, &[other])], &[]);
    let short = Photograph {
        likeness: Some(likeness("gradient", "00")),
        ..photograph("b", None)
    };
    case(&[shot(0, 0, "a", 0), with(1, 0, &[short])], &[]);
}

#[test]
fn a_photograph_is_taken_in_its_window_or_the_week_before() {
    let taken = |on| {
        let photograph = Photograph {
            taken: Some(day(on)),
            ..photograph("a", None)
        };
        with(0, 0, &[photograph])
    };
    for fine in [43, 50, 99, 100] {
        case(&[taken(fine)], &[]);
    }
    for odd in [42, 101, -1000] {
        case(&[taken(odd)], &[("outside_window", &[0])]);
    }
}

#[test]
fn a_note_is_odd_word_for_word_from_several_units_where_it_says_much() {
    let noted = |unit, task, note: &str| Exhibit {
        note: Some(note.into()),
        ..exhibit(unit, task)
    };
    let long = "组织党员干部逐户走访,讲解普查的意义和登记的要求";
    case(&[noted(0, 0, "已悬挂"), noted(1, 0, "已悬挂")], &[]);
    case(&[noted(0, 0, long), noted(0, 0, long)], &[]);
    case(&[noted(0, 0, long), noted(1, 1, long)], &[]);
    case(
        &[noted(0, 0, long), noted(1, 0, &format!(" {long}\n"))],
        &[("same_note", &[0, 1])],
    );
    let english = "went from door to door and told every household";
    case(&[noted(0, 0, english), noted(1, 0, english)], &[]);
    let more = format!("{english} what the census is");
    case(
        &[noted(0, 0, &more), noted(1, 0, &more)],
        &[("same_note", &[0, 1])],
    );
}

#[test]
fn what_was_judged_leaves_nothing_to_decide_but_a_contradiction_does() {
    let judged = |verdicts: &[u32]| Exhibit {
        proven: false,
        verdicts: verdicts.iter().copied().map(address).collect(),
        ..exhibit(0, 0)
    };
    let exhibits = [judged(&[]), judged(&[7]), judged(&[7, 8])];
    let open: Vec<(&str, bool)> = findings(&exhibits, &Thresholds::default())
        .iter()
        .map(|finding| (finding.suspicion.kind().name(), finding.is_open(&exhibits)))
        .collect();
    let proof = |open| ("no_proof", open);
    assert_eq!(
        open,
        [
            ("two_verdicts", true),
            proof(true),
            proof(false),
            proof(false)
        ]
    );
}

#[test]
fn the_window_is_the_dues_own_or_the_phases() {
    let due = |key, opens: Option<i32>, closes: Option<i32>| Due {
        key: day(key),
        opens: opens.map(day),
        closes: closes.map(day),
        due: day(key),
        share: None,
    };
    let months = [
        due(130, Some(100), Some(130)),
        due(160, Some(131), Some(160)),
    ];
    let phase = day(1);
    assert_eq!(opens(&months, day(140), None, phase), day(131));
    assert_eq!(opens(&months, day(140), Some(day(130)), phase), day(100));
    assert_eq!(opens(&months, day(200), None, phase), phase);
    assert_eq!(opens(&[due(9, Some(5), None)], day(7), None, phase), day(5));
    assert_eq!(opens(&[due(9, None, None)], day(7), None, phase), phase);
}

proptest! {
    /// Stretches find just the pairs that comparing all with all finds.
    #[test]
    fn no_lookalike_is_missed(
        looks in prop::collection::vec((0_u32..4, prop::sample::select(vec![0_u64, 0xffff, 0xff00_ff00]), 0_u64..4096), 2..40),
        most in 0_u32..7,
    ) {
        let exhibits: Vec<Exhibit> = looks
            .iter()
            .enumerate()
            .map(|(at, (unit, base, noise))| {
                with(*unit, 0, &[photograph(&at.to_string(), Some(base ^ noise))])
            })
            .collect();
        let found = findings(&exhibits, &Thresholds { likeness: most, ..Thresholds::default() });
        let together = |one: usize, other: usize| {
            found.iter().any(|finding| finding.exhibits.contains(&one) && finding.exhibits.contains(&other))
        };
        for (one, (unit, base, noise)) in looks.iter().enumerate() {
            let near = |(other_unit, other_base, other_noise): &(u32, u64, u64)| {
                other_unit != unit && (base ^ noise ^ other_base ^ other_noise).count_ones() <= most
            };
            for (other, look) in looks.iter().enumerate() {
                prop_assert!(!near(look) || together(one, other));
            }
            let listed = found.iter().any(|finding| finding.exhibits.contains(&one));
            prop_assert_eq!(listed, looks.iter().any(near));
        }
    }
}
