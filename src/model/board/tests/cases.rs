//! Single cases in which the fold once read the rules otherwise.

use super::super::{Cell, View};
use super::campaign::{Campaign, day, plan, task, village, whole};
use crate::model::decimal::Decimal;
use crate::model::due::{Milestone, Schedule};
use crate::model::entry::Seq;
use crate::model::plan::{Amount, Need, Target, Task};
use crate::model::sheet::{Fact, Item, Mark, Sheet};
use crate::model::standing::Standing;

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

#[test]
fn a_return_of_the_same_day_comes_before_a_report_that_was_recorded_later() {
    let target = needs(Amount::Count(whole(2)));
    let report = |seq, lag| Item {
        lag,
        ..item(seq, 5, Fact::Record(record(Decimal::ONE)))
    };
    let facts = [report(1, 0), report(2, 1), item(3, 5, returned(1, 10))];
    let cell = on(&one(Task { target, ..once(40) }, &facts), 6);
    assert_eq!(cell.standing, Standing::Pending);
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
