//! What an amendment adds, moves and takes away, by example, and that it neither pardons nor blames.

use proptest::prelude::*;

use super::*;
use crate::model::board::campaign::{day, plan, task, village};
use crate::model::due::{Milestone, Period};

fn once(due: i32) -> Schedule {
    let due = day(due);
    Schedule::Once { from: None, due }
}

fn weekly(from: i32, to: i32) -> Schedule {
    Schedule::Every {
        period: Period::Week,
        by: None,
        from: day(from),
        to: day(to),
    }
}

/// Milestones: the day, and how many tenths of the whole.
fn milestones(steps: &[(i32, i64)]) -> Schedule {
    let step = |(due, tenths): &(i32, i64)| Milestone {
        due: day(*due),
        share: Decimal::from_thousandths(tenths * 100),
        key: None,
    };
    Schedule::Milestones {
        from: None,
        steps: steps.iter().map(step).collect(),
    }
}

/// What changes for a village when its one task gets another schedule on that day.
fn change(old: Option<Schedule>, new: Option<Schedule>, on: i32) -> Amended {
    let [old, new] = [old, new].map(|schedule| {
        plan(
            schedule
                .into_iter()
                .map(|schedule| task("task", schedule))
                .collect(),
        )
    });
    let class = village(&[]);
    let party = |plan| Party {
        plan,
        class: &class,
        since: None,
        until: None,
    };
    amended(Some(&party(&old)), &party(&new), day(on))
}

/// How many were added and lost, and the gains: the key, and the day before which it is not due.
fn told(amended: &Amended) -> (u64, u64, Vec<(Option<Day>, Day)>) {
    let gains = amended.gains.iter().map(|gain| (gain.period, gain.day));
    (amended.added, amended.lost, gains.collect())
}

#[test]
fn a_milestone_put_before_others_leaves_them_as_they_were() {
    let old = milestones(&[(30, 5), (50, 10)]);
    let new = milestones(&[(10, 2), (30, 5), (50, 10)]);
    let amended = change(Some(old), Some(new), 40);
    assert_eq!(told(&amended), (1, 0, vec![(Some(day(10)), day(40))]));
}

#[test]
fn a_milestone_is_known_again_by_its_share_or_by_its_day() {
    let old = || Some(milestones(&[(30, 5), (50, 10)]));
    let later = change(old(), Some(milestones(&[(35, 5), (50, 10)])), 20);
    assert_eq!(told(&later), (0, 0, vec![]));
    let more = change(old(), Some(milestones(&[(30, 6), (50, 10)])), 40);
    assert_eq!(told(&more), (0, 0, vec![]), "it stays overdue");
    let fewer = change(old(), Some(milestones(&[(50, 10)])), 40);
    assert_eq!(told(&fewer), (0, 1, vec![]));
    let alone = change(old(), Some(once(50)), 40);
    assert_eq!(told(&alone), (0, 1, vec![]));
}

#[test]
fn a_missed_due_that_moves_earlier_is_pardoned_nothing_and_blamed_for_no_more() {
    let moved = |on| told(&change(Some(once(30)), Some(once(20)), on));
    assert_eq!(moved(10), (0, 0, vec![(None, day(10))]));
    assert_eq!(moved(25), (0, 0, vec![(None, day(25))]));
    assert_eq!(moved(40), (0, 0, vec![(None, day(30))]));
    let later = change(Some(once(20)), Some(once(30)), 25);
    assert_eq!(told(&later), (0, 0, vec![]));
}

#[test]
fn periods_are_counted_by_what_they_are() {
    let moved = change(Some(weekly(7, 27)), Some(weekly(14, 34)), 10);
    assert_eq!(told(&moved), (1, 1, vec![(Some(day(34)), day(10))]));
    let monthly = Schedule::Every {
        period: Period::Month,
        by: None,
        from: day(7),
        to: day(27),
    };
    let other = change(Some(weekly(7, 27)), Some(monthly), 10);
    assert_eq!((other.added, other.lost), (1, 3));
}

#[test]
fn what_waits_for_an_order_is_one_obligation() {
    let dated = change(Some(Schedule::Instruction), Some(once(30)), 10);
    assert_eq!(told(&dated), (1, 1, vec![(None, day(10))]));
    let same = change(Some(Schedule::Instruction), Some(Schedule::Instruction), 10);
    assert_eq!(told(&same), (0, 0, vec![]));
    let gone = change(Some(Schedule::Instruction), None, 10);
    assert_eq!(told(&gone), (0, 1, vec![]));
    let new = change(None, Some(weekly(7, 20)), 10);
    assert_eq!(told(&new), (2, 0, vec![(None, day(10))]));
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let step = (5..60, 1i64..=10);
    let steps = prop::collection::btree_map(5..60, 1i64..=10, 1..4);
    prop_oneof![
        step.prop_map(|(due, _)| once(due)),
        (3..40, 0..30).prop_map(|(from, length)| weekly(from, from + length)),
        steps.prop_map(|steps| milestones(&steps.into_iter().collect::<Vec<_>>())),
        Just(Schedule::Instruction),
    ]
}

proptest! {
    /// What was owed, less what is lost, and what is added, is what is owed.
    #[test]
    fn gains_and_losses_add_up(old in schedule(), new in schedule(), on in 0..60) {
        let count = |schedule: &Schedule| match schedule {
            Schedule::Instruction => 1,
            _ => schedule.dues(day(3)).len() as u64,
        };
        let amended = change(Some(old.clone()), Some(new.clone()), on);
        prop_assert_eq!(count(&old) + amended.added - amended.lost, count(&new));
        let same = change(Some(new.clone()), Some(new), on);
        prop_assert_eq!(same, Amended::default());
    }

    /// A due that the plan has before and after is not due earlier than the earlier of the day on which it was and the amendment's, nor
    /// later than the plan says where it had been due before the amendment.
    #[test]
    fn a_moved_due_is_neither_pardoned_nor_blamed(was in 5..60, is in 5..60, on in 0..60) {
        let amended = change(Some(once(was)), Some(once(is)), on);
        let floor = amended.gains.first().map(|gain| gain.day);
        let in_force = floor.map_or(day(is), |floor| floor.max(day(is)));
        prop_assert!(in_force >= day(is));
        if is < was {
            prop_assert!(day(on.min(was)) <= in_force && in_force <= day(was));
        }
        if was < on {
            prop_assert_eq!(in_force, day(is.max(was)));
        }
    }
}
