//! The laws.

use proptest::prelude::*;

use super::super::{Cell, View};
use super::chance::{campaign, view};
use super::second_reading::board;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Schedule;
use crate::model::plan::Trigger;
use crate::model::series::Series;
use crate::model::sheet::{Booked, Fact, Item};
use crate::model::standing::Standing;
use crate::model::tally::{Rate, Tally};
use crate::model::turn::{Turn, turns};

fn tally(cells: &[Vec<Cell>], as_of: Day) -> Tally {
    let mut tally = Tally::default();
    cells
        .iter()
        .flatten()
        .for_each(|cell| tally.count(cell, as_of));
    tally
}

/// Facts that only ever add to what is done: no verdict, no undo, no running total.
fn only_adds(item: &Item) -> bool {
    match item.fact {
        Fact::Record(mark) => !mark.total,
        Fact::Excuse { .. }
        | Fact::Extend { .. }
        | Fact::Instruct { .. }
        | Fact::Gain { .. }
        | Fact::Remind { .. }
        | Fact::Contact { .. } => true,
        Fact::Undo { .. } | Fact::Accept { .. } | Fact::Return { .. } => false,
        Fact::Commend
        | Fact::Notice { .. }
        | Fact::Book(_)
        | Fact::Object { .. }
        | Fact::Uphold { .. }
        | Fact::Same { .. }
        | Fact::Reverse { .. } => unreachable!("no campaign has these"),
    }
}

proptest! {
    #[test]
    fn the_fold_agrees_with_a_second_reading(campaign in campaign(), views in prop::collection::vec(view(), 3)) {
        for view in views {
            prop_assert_eq!(campaign.board(view), board(&campaign, view), "{:?}", view);
        }
    }

    #[test]
    fn a_day_before_is_what_it_is_by_itself(campaign in campaign(), view in view(), days in 0_i32..60) {
        let then = View { as_of: view.as_of + -days, ..view };
        prop_assert_eq!(campaign.boards(view, then), (campaign.board(view), campaign.board(then)), "{:?} {}", view, days);
    }

    /// Rule 8, read a second time: what changed between two days, obligation by obligation. A task on instruction is one obligation,
    /// whatever day its order gives; any other is known by its key.
    #[test]
    fn what_turned_is_told_obligation_by_obligation(campaign in campaign(), view in view(), days in 0_i32..30) {
        let since = View { as_of: view.as_of + -days, ..view };
        for (then, now) in campaign.board(since).iter().zip(campaign.board(view)) {
            let told: Vec<(Turn, usize)> = turns(then, &now)
                .map(|(turn, cell)| (turn, now.iter().position(|other| std::ptr::eq(other, cell)).unwrap()))
                .collect();
            let mut wanted = Vec::new();
            for (place, cell) in now.iter().enumerate() {
                let on_instruction = campaign.plan.tasks[cell.task].schedule == Schedule::Instruction;
                let same = |other: &&Cell| other.task == cell.task && (on_instruction || other.key == cell.key);
                let before = then.iter().find(same).map(|cell| cell.standing);
                let fulfilled = |standing| matches!(standing, Some(Standing::Done | Standing::Late));
                let was = |standing| before == Some(standing);
                let is = Some(cell.standing);
                let mut lists = Vec::new();
                if fulfilled(is) && was(Standing::Overdue) {
                    lists.push(Turn::CaughtUp);
                }
                if fulfilled(is) && !fulfilled(before) && !was(Standing::Overdue) {
                    lists.push(Turn::NewlyDone);
                }
                if is == Some(Standing::Overdue) && !was(Standing::Overdue) {
                    lists.push(Turn::NewlyOverdue);
                }
                if is == Some(Standing::Returned) && !was(Standing::Returned) {
                    lists.push(Turn::Returned);
                }
                prop_assert!(lists.len() <= 1, "the lists share none");
                wanted.extend(lists.into_iter().map(|turn| (turn, place)));
            }
            prop_assert_eq!(told, wanted);
        }
    }

    /// Points are one thing, standings another (rule 11).
    #[test]
    fn bookings_move_no_standing(campaign in campaign(), view in view(), days in prop::collection::vec(0_i32..400, 0..12)) {
        let mut booked = campaign.clone();
        for sheet in &mut booked.sheets {
            for (days, task) in days.iter().zip(campaign.numbers.iter().cycle()) {
                sheet.items.push(Item {
                    seq: sheet.items.last().map_or(0, |item| item.seq) + 1,
                    task: *task,
                    day: campaign.plan.issued + *days,
                    lag: 0,
                    fact: Fact::Book(Booked {
                        notice: 1,
                        on: Trigger::Overdue,
                        period: None,
                        of: None,
                        days: *days,
                        rule: Some(0),
                        points: -Decimal::ONE,
                    }),
                });
            }
        }
        prop_assert_eq!(booked.board(view), campaign.board(view));
    }

    /// Rule 6.
    #[test]
    fn denominators_state_themselves(campaign in campaign(), view in view()) {
        let cells = campaign.board(view);
        let tally = tally(&cells, view.as_of);
        let of = |standings: &[Standing]| {
            let counted = cells.iter().flatten().filter(|cell| standings.contains(&cell.standing));
            counted.count() as u64
        };
        use Standing::{Done, DueSoon, Excused, Late, Overdue, Pending, Returned, Waiting};
        prop_assert_eq!(tally.applicable(), cells.iter().flatten().count() as u64);
        prop_assert_eq!(tally.expected(), of(&[Done, Late, Returned, Overdue]));
        prop_assert_eq!(tally.owed(), of(&[Done, Late, Returned, Overdue, DueSoon, Pending]));
        prop_assert_eq!(tally.applicable(), tally.owed() + of(&[Excused, Waiting]));
        prop_assert_eq!(tally.owed(), tally.expected() + of(&[DueSoon, Pending]));
        prop_assert_eq!(tally.completed(), of(&[Done, Late]));
        prop_assert!(tally.proven <= tally.completed() && tally.accepted <= tally.completed());
        let rates = [
            (tally.completion_rate(), of(&[Done, Late]), tally.expected()),
            (tally.on_time_rate(), of(&[Done]), tally.expected()),
            (tally.progress(), of(&[Done, Late]), tally.owed()),
        ];
        for (rate, part, whole) in rates {
            prop_assert_eq!(rate, Rate::new(part, whole));
            prop_assert!(rate.rounded(1000).is_none_or(|shown| shown <= 1000));
        }
        // What was completed before its day is what would be completed and not yet due.
        let early = cells.iter().flatten();
        let early = early.filter(|cell| cell.fulfilled.is_some() && cell.due > Some(view.as_of) && [Done, Late].contains(&cell.standing));
        prop_assert_eq!(tally.early, early.count() as u64);
    }

    /// Rule 7: what acts later, and what was recorded later, might as well not be there. An undo acts on all days, and what an
    /// `apply` laid on a unit belongs to the plan, which judges every day.
    #[test]
    fn what_is_not_known_or_not_yet_so_changes_nothing(campaign in campaign(), view in view()) {
        let kept = campaign.with_facts(|item| {
            let known = view.known_by.is_none_or(|day| item.recorded() <= day);
            match item.fact {
                Fact::Gain { .. } => true,
                Fact::Undo { .. } => known,
                _ => known && item.day <= view.as_of,
            }
        });
        let all_known = View { known_by: None, ..view };
        prop_assert_eq!(campaign.board(view), kept.board(all_known));
    }

    /// Where nothing is taken back, a day that has passed keeps what was fulfilled on it, and counts only grow.
    #[test]
    fn time_takes_nothing_back_by_itself(campaign in campaign(), view in view(), days in 0..40) {
        let campaign = campaign.with_facts(only_adds);
        let later = View { as_of: view.as_of + days, ..view };
        for (now, later) in campaign.board(view).iter().zip(campaign.board(later)) {
            for cell in now {
                let same = |other: &&Cell| (other.task, other.due_at, other.key) == (cell.task, cell.due_at, cell.key);
                let Some(then) = later.iter().find(same) else { continue };
                prop_assert!(cell.count <= then.count);
                // What takes nothing is done when it falls due, and an extension moves that day.
                if cell.need != Some(Decimal::ZERO) {
                    prop_assert!(cell.fulfilled.is_none() || cell.fulfilled == then.fulfilled);
                }
            }
        }
    }

    /// The series ends where the tally of the same cells stands, and never falls.
    #[test]
    fn the_series_ends_at_the_tally(campaign in campaign(), view in view()) {
        let cells = campaign.board(view);
        let tally = tally(&cells, view.as_of);
        let grace = view.grace.unwrap_or(campaign.plan.grace);
        let mut series = Series::new(campaign.plan.issued, view.as_of, grace);
        for unit in &cells {
            let mut one = Series::new(campaign.plan.issued, view.as_of, grace);
            unit.iter().for_each(|cell| one.count(cell));
            series.join(&one);
        }
        let points: Vec<_> = series.points().collect();
        let last = points.last().unwrap();
        prop_assert_eq!((last.expected, last.done), (tally.expected(), tally.completed()));
        prop_assert!(points.iter().all(|point| point.done <= point.expected));
        prop_assert!(points.is_sorted_by(|one, next| one.expected <= next.expected && one.done <= next.done && next.day - one.day == 1));
    }

    /// Where nothing is taken back and no term moves, each day of the series is as the board of that day has it.
    #[test]
    fn the_series_is_what_each_day_said(campaign in campaign(), as_of in 25..80_i32) {
        let records = |item: &Item| matches!(item.fact, Fact::Record(mark) if !mark.total && !mark.nil);
        let mut campaign = campaign.with_facts(records);
        // What takes nothing is done when it falls due: not by a record, and not before.
        campaign.plan.tasks.iter_mut().for_each(|task| (task.by_roster, task.target) = (false, None));
        let view = View::on(super::campaign::day(as_of));
        let mut series = Series::new(campaign.plan.issued, view.as_of, campaign.plan.grace);
        campaign.board(view).iter().flatten().for_each(|cell| series.count(cell));
        for point in series.points() {
            let then = tally(&campaign.board(View::on(point.day)), point.day);
            prop_assert_eq!((point.expected, point.done), (then.expected(), then.completed()), "{}", point.day);
        }
    }
}
