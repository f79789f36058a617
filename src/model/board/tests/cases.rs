//! Single cases in which the fold once read the rules otherwise.

use super::super::{Cell, View};
use super::campaign::{Campaign, day, plan, task, village, whole};
use crate::model::decimal::Decimal;
use crate::model::due::{Milestone, Period, Schedule};
use crate::model::entry::Seq;
use crate::model::plan::{Amount, Need, Target, Task};
use crate::model::sheet::{Fact, Item, Mark, Sheet};
use crate::model::standing::Standing;
use crate::model::turn::{Turn, turns};

/// A task due on that day.
fn once(due: i32) -> Task {
    let due = day(due);
    task("task", Schedule::Once { from: None, due })
}

fn needs(amount: Amount) -> Option<Target> {
    let who = Vec::new();
    Some(Target {
        needs: vec![Need { who, amount }],
        measure: String::new(),
    })
}

/// One village that owes one task.
fn one(task: Task, items: &[Item]) -> Campaign {
    Campaign {
        plan: plan(vec![task]),
        numbers: vec![0],
        classes: vec![village(&[])],
        sheets: vec![Sheet {
            items: items.to_vec(),
            ..Sheet::default()
        }],
        orders: Vec::new(),
    }
}

fn item(seq: Seq, on: i32, fact: Fact) -> Item {
    Item {
        seq,
        task: 0,
        day: day(on),
        lag: 0,
        fact,
    }
}

fn record(count: Decimal) -> Mark {
    Mark {
        count,
        total: false,
        nil: false,
        proof: true,
        period: None,
    }
}

fn total(count: i64) -> Fact {
    Fact::Record(Mark {
        total: true,
        ..record(whole(count))
    })
}

fn returned(of: Seq, rectify: i32) -> Fact {
    let rectify = day(rectify);
    Fact::Return { of, rectify }
}

/// The first cell of the only unit on that day.
fn on(campaign: &Campaign, as_of: i32) -> Cell {
    campaign.board(View::on(day(as_of)))[0][0]
}

#[test]
fn an_order_stands_again_when_its_undo_is_undone() {
    let mut campaign = one(task("task", Schedule::Instruction), &[]);
    campaign.orders = vec![
        item(1, 5, Fact::Instruct { due: day(20) }),
        item(2, 6, Fact::Undo { of: 1 }),
    ];
    assert_eq!(on(&campaign, 10).standing, Standing::Waiting);
    campaign.orders.push(item(3, 7, Fact::Undo { of: 2 }));
    assert_eq!(on(&campaign, 10).due, Some(day(20)));
}

#[test]
fn what_an_apply_laid_on_a_unit_is_not_due_before_it_however_little_is_known() {
    let campaign = one(once(10), &[item(1, 30, Fact::Gain { period: None })]);
    let known_by = Some(day(20));
    let view = View {
        known_by,
        ..View::on(day(25))
    };
    let cell = campaign.board(view)[0][0];
    assert_eq!(cell.due, Some(day(30)));
    assert_eq!(cell.standing, Standing::DueSoon);
}

#[test]
fn the_latest_return_holds_by_its_day_in_whatever_order_stores_are_merged() {
    let report = item(1, 5, Fact::Record(record(Decimal::ONE)));
    let (late, early) = (item(2, 12, returned(1, 20)), item(3, 8, returned(1, 11)));
    let campaign = one(once(40), &[report, late, early]);
    let cell = on(&campaign, 15);
    assert_eq!(cell.rectify, Some(day(20)));
    assert_eq!(cell.standing, Standing::Returned);
}

/// The standings of the only unit on that day, with the days late.
fn standings(campaign: &Campaign, as_of: i32) -> Vec<(Standing, i32)> {
    let cells = campaign.board(View::on(day(as_of)));
    cells[0]
        .iter()
        .map(|cell| (cell.standing, cell.days))
        .collect()
}

/// Milestones of so many of ten.
fn milestones(from: Option<i32>, steps: &[(i32, i64)]) -> Task {
    let step = |(due, tenths): &(i32, i64)| Milestone {
        due: day(*due),
        share: Decimal::from_thousandths(tenths * 100),
        key: None,
    };
    let schedule = Schedule::Milestones {
        from: from.map(day),
        steps: steps.iter().map(step).collect(),
    };
    Task {
        target: needs(Amount::Count(whole(10))),
        ..task("task", schedule)
    }
}

fn counted(seq: Seq, on: i32, count: i64) -> Item {
    item(seq, on, Fact::Record(record(whole(count))))
}

#[test]
fn a_return_bears_on_the_first_milestone_that_it_left_open_and_on_no_later_one() {
    use Standing::{Done, Late, Overdue, Pending, Returned};
    let task = milestones(None, &[(10, 4), (40, 8), (50, 10)]);
    // Four were in time, and one of them was sent back.
    let mut facts = vec![
        counted(1, 8, 3),
        counted(2, 9, 1),
        item(3, 11, returned(2, 16)),
    ];
    let on = |facts: &[Item], as_of| standings(&one(task.clone(), facts), as_of);
    let open = [(Pending, 0), (Pending, 0)];
    let first = |standing: (Standing, i32)| [&[standing], &open[..]].concat();
    assert_eq!(on(&facts, 16), first((Returned, 0)));
    assert_eq!(on(&facts, 17), first((Overdue, 7)));
    // What closes it does not hand it on to the next.
    facts.push(counted(4, 15, 1));
    assert_eq!(on(&facts, 16), first((Late, 5)));
    // Seven in time, one of three sent back: the second is the first that is open.
    let facts = [
        counted(1, 8, 5),
        counted(2, 9, 3),
        item(3, 11, returned(2, 60)),
    ];
    let wanted = [(Done, 0), (Returned, 0), (Pending, 0)];
    assert_eq!(on(&facts, 20), wanted);
}

#[test]
fn a_return_from_before_the_window_makes_nothing_overdue_and_nothing_returned() {
    let task = milestones(Some(30), &[(40, 10)]);
    let facts = [counted(1, 5, 10), item(2, 8, returned(1, 12))];
    let campaign = one(task, &facts);
    assert_eq!(standings(&campaign, 12), [(Standing::Pending, 0)]);
    assert_eq!(standings(&campaign, 20), [(Standing::Pending, 0)]);
    assert_eq!(on(&campaign, 20).returned, None);
}

#[test]
fn a_return_never_makes_overdue_before_the_due_day() {
    let report = item(1, 5, Fact::Record(record(Decimal::ONE)));
    let campaign = one(once(20), &[report, item(2, 6, returned(1, 9))]);
    assert_eq!(standings(&campaign, 9), [(Standing::Returned, 0)]);
    assert_eq!(standings(&campaign, 11), [(Standing::Pending, 0)]);
    assert_eq!(standings(&campaign, 20), [(Standing::DueSoon, 0)]);
    assert_eq!(standings(&campaign, 21), [(Standing::Overdue, 1)]);
}

#[test]
fn what_is_typed_after_a_return_closes_it_whatever_its_day_where_it_reaches_what_is_owed() {
    let target = needs(Amount::Count(whole(2)));
    let task = Task { target, ..once(10) };
    let mut facts = vec![counted(1, 6, 2), item(2, 8, returned(1, 15))];
    facts.push(counted(3, 5, 1));
    assert_eq!(
        on(&one(task.clone(), &facts), 12).standing,
        Standing::Returned,
        "a part of it leaves it returned"
    );
    facts.push(counted(4, 7, 1));
    let cell = on(&one(task, &facts), 12);
    assert_eq!((cell.standing, cell.returned), (Standing::Done, Some(2)));
}

#[test]
fn what_is_sent_back_beside_enough_others_leaves_nothing_open() {
    let facts = [
        counted(1, 5, 1),
        counted(2, 6, 1),
        item(3, 8, returned(2, 12)),
    ];
    let cell = on(&one(once(10), &facts), 9);
    assert_eq!((cell.standing, cell.returned), (Standing::Done, None));
}

#[test]
fn an_extension_takes_no_longer_one_back() {
    let every = Schedule::Every {
        period: Period::Week,
        by: None,
        from: day(7),
        to: day(20),
    };
    let extend = |seq, on, period: Option<i32>, due| {
        let (period, due) = (period.map(day), day(due));
        item(seq, on, Fact::Extend { period, due })
    };
    let task = task("task", every);
    let facts = [extend(1, 8, Some(13), 40), extend(2, 9, None, 25)];
    let cells = one(task.clone(), &facts).board(View::on(day(30)));
    let dues: Vec<_> = cells[0].iter().map(|cell| cell.due).collect();
    assert_eq!(dues, [Some(day(40)), Some(day(25))]);
    let facts = [extend(1, 8, None, 40), extend(2, 9, Some(13), 25)];
    let cells = one(task, &facts).board(View::on(day(30)));
    let dues: Vec<_> = cells[0].iter().map(|cell| cell.due).collect();
    assert_eq!(dues, [Some(day(40)); 2]);
}

#[test]
fn facts_of_one_day_follow_each_other_as_they_were_recorded_and_not_as_they_arrived() {
    let task = Task {
        target: needs(Amount::Count(whole(10))),
        totals: true,
        ..once(20)
    };
    let facts = [item(7, 8, total(12)), item(3, 8, total(9))];
    assert_eq!(on(&one(task, &facts), 10).count, whole(9));
    let mut campaign = one(super::campaign::task("task", Schedule::Instruction), &[]);
    campaign.orders = vec![
        item(9, 5, Fact::Instruct { due: day(30) }),
        item(4, 5, Fact::Instruct { due: day(20) }),
    ];
    assert_eq!(on(&campaign, 10).due, Some(day(20)));
}

#[test]
fn a_closed_unit_waits_for_nothing() {
    let mut campaign = one(task("task", Schedule::Instruction), &[]);
    campaign.sheets[0].until = Some(day(10));
    assert_eq!(on(&campaign, 10).standing, Standing::Waiting);
    assert_eq!(campaign.board(View::on(day(11)))[0], []);
}

#[test]
fn a_total_that_another_of_its_day_corrects_makes_nobody_late() {
    let task = Task {
        target: needs(Amount::Count(whole(10))),
        totals: true,
        ..once(10)
    };
    let facts = [item(1, 8, total(12)), item(2, 14, total(1))];
    let dipped = one(task.clone(), &facts);
    assert_eq!(on(&dipped, 14).standing, Standing::Overdue);
    let facts = [facts[0], facts[1], item(3, 14, total(13))];
    let corrected = one(task, &facts);
    assert_eq!(on(&corrected, 14).standing, Standing::Done);
    assert_eq!(on(&corrected, 14).fulfilled, Some(day(8)));
}

#[test]
fn what_takes_nothing_is_done_when_it_falls_due() {
    let share = Amount::Share {
        share: Decimal::from_thousandths(450),
        of: "pupils".into(),
    };
    let mut campaign = one(
        Task {
            target: needs(share),
            ..once(10)
        },
        &[],
    );
    campaign.sheets[0].amounts = vec![Some(Decimal::ZERO)];
    assert_eq!(on(&campaign, 9).standing, Standing::DueSoon);
    assert_eq!(on(&campaign, 10).standing, Standing::Done);
    assert_eq!(on(&campaign, 30).fulfilled, Some(day(10)));
    campaign.sheets[0].items = vec![item(1, 4, Fact::Record(record(whole(1))))];
    assert_eq!(on(&campaign, 30).fulfilled, Some(day(4)));
}

#[test]
fn the_last_milestone_asks_for_no_more_than_the_target() {
    let step = |due, share| Milestone {
        due: day(due),
        share: Decimal::from_thousandths(share),
        key: None,
    };
    let schedule = Schedule::Milestones {
        from: None,
        steps: vec![step(10, 500), step(20, 1000)],
    };
    let kilometres = Task {
        target: needs(Amount::Count(Decimal::from_thousandths(2500))),
        ..task("task", schedule)
    };
    let cells = one(kilometres, &[]).board(View::on(day(5)));
    let asked: Vec<_> = cells[0].iter().map(|cell| cell.need).collect();
    let wanted = [1250, 2500].map(|number| Some(Decimal::from_thousandths(number)));
    assert_eq!(asked, wanted);
}

#[test]
fn what_the_roster_fulfils_is_not_completed_with_proof() {
    let named = Task {
        by_roster: true,
        ..once(10)
    };
    let facts = [
        item(1, 5, Fact::Record(record(Decimal::ONE))),
        item(2, 4, Fact::Contact { named: false }),
        item(3, 6, Fact::Contact { named: true }),
        item(4, 9, Fact::Contact { named: false }),
    ];
    let cell = on(&one(named, &facts), 20);
    assert_eq!(cell.standing, Standing::Done);
    assert!(!cell.proven && !cell.accepted);
}

#[test]
fn an_order_that_moves_a_due_makes_no_other_obligation_of_it() {
    let order = |seq, on, due| item(seq, on, Fact::Instruct { due: day(due) });
    let mut campaign = one(task("task", Schedule::Instruction), &[counted(1, 10, 1)]);
    campaign.sheets.push(Sheet {
        items: vec![counted(2, 22, 1)],
        ..Sheet::default()
    });
    campaign.sheets.push(Sheet::default());
    campaign.orders = vec![order(3, 5, 20), order(4, 25, 28)];
    let on = |as_of| campaign.board(View::on(day(as_of)));
    let (then, now) = (on(23), on(30));
    let turned = then
        .iter()
        .zip(&now)
        .flat_map(|(then, now)| turns(then, now));
    assert_eq!(turned.map(|(turn, _)| turn).collect::<Vec<_>>(), []);
    let first = on(4);
    let turned = first
        .iter()
        .zip(&now)
        .flat_map(|(then, now)| turns(then, now));
    let wanted = [Turn::NewlyDone, Turn::NewlyDone, Turn::NewlyOverdue];
    assert_eq!(turned.map(|(turn, _)| turn).collect::<Vec<_>>(), wanted);
}
