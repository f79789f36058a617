//! What a unit has of a task whose counts add up: to which a running total lacks the rest (rule 2).

use super::admit::period_of;
use super::advice::window;
use super::day::Day;
use super::decimal::Decimal;
use super::due::Due;
use super::entry::{Seq, TaskNo};
use super::plan::Task;
use super::review::Reviews;
use super::sheet::{Fact, Item, Sheet};

/// What the records of a sheet up to `day` add up to, of those that count for the due that a record of that day would count for; `named`
/// is a day in the period that it is for, `but` a record that it replaces. What was undone or returned, by whatever day, is not among
/// them: it is no longer there when somebody tells how much there is.
pub(crate) fn so_far(
    (task, number): (&Task, TaskNo),
    dues: &[Due],
    sheet: &Sheet,
    (day, named): (Day, Option<Day>),
    but: Option<Seq>,
) -> Decimal {
    let period = task.schedule.period();
    let key = |named: Option<Day>| named.zip(period).map(|(day, period)| period.last(day));
    let due = |day, named| period_of(dues, day, named).filter(|_| period.is_some());
    let wanted = due(day, key(named));
    let opens = match wanted {
        Some(due) => due.opens,
        None => window(dues),
    };
    let reviews = Reviews::of(sheet, None);
    let is_back = |(_, by): &(Seq, Item)| matches!(by.fact, Fact::Return { .. });
    let counts = |item: &Item| {
        item.task == number
            && item.day <= day
            && Some(item.seq) != but
            && opens.is_none_or(|opens| opens <= item.day)
            && !reviews.on(item.seq).iter().any(is_back)
    };
    let records = reviews.records(sheet, None).filter(|(item, mark)| {
        let own = due(item.day, mark.period);
        !mark.nil && counts(item) && own.map(|due| due.key) == wanted.map(|due| due.key)
    });
    records.map(|(_, mark)| mark.count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::board::campaign::task;
    use crate::model::due::{Milestone, Period, Schedule};
    use crate::model::sheet::Mark;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// Records of task 0, each by its day and amount; the fourth is returned, the fifth undone.
    fn sheet() -> Sheet {
        let item = |seq, on: &str, fact| Item {
            seq,
            task: 0,
            day: day(on),
            lag: 0,
            fact,
        };
        let record = |seq, on: &str, count: i64, period: Option<&str>| {
            let mark = Mark {
                count: Decimal::from_whole(count).unwrap(),
                total: false,
                nil: count == 100,
                proof: false,
                period: period.map(day),
            };
            item(seq, on, Fact::Record(mark))
        };
        let other = Item {
            task: 1,
            ..record(9, "2020-06-10", 64, None)
        };
        let items = vec![
            record(1, "2020-05-20", 1, None),
            record(2, "2020-06-10", 2, None),
            record(3, "2020-06-20", 4, None),
            record(4, "2020-06-12", 8, None),
            record(5, "2020-06-12", 16, None),
            record(6, "2020-07-02", 32, Some("2020-06-30")),
            record(7, "2020-06-11", 100, None),
            other,
            item(
                10,
                "2020-06-25",
                Fact::Return {
                    of: 4,
                    rectify: day("2020-07-01"),
                },
            ),
            item(11, "2020-06-12", Fact::Undo { of: 5 }),
        ];
        Sheet {
            items,
            ..Sheet::default()
        }
    }

    #[track_caller]
    fn case(schedule: Schedule, on: &str, named: Option<&str>, but: Option<Seq>, wanted: i64) {
        let task = task("t", schedule);
        let dues = task.schedule.dues(day("2020-01-01"));
        let found = so_far((&task, 0), &dues, &sheet(), (day(on), named.map(day)), but);
        assert_eq!(found, Decimal::from_whole(wanted).unwrap());
    }

    const fn once(from: Option<Day>, due: Day) -> Schedule {
        Schedule::Once { from, due }
    }

    #[test]
    fn what_is_due_once_is_all_that_stands_by_the_day() {
        let due = day("2020-06-30");
        case(once(None, due), "2020-07-03", None, None, 1 + 2 + 4 + 32);
        case(once(None, due), "2020-06-20", None, None, 1 + 2 + 4);
        case(once(None, due), "2020-06-19", None, None, 1 + 2);
        case(once(None, due), "2020-06-20", None, Some(2), 1 + 4);
        case(once(None, due), "2020-05-01", None, None, 0);
    }

    #[test]
    fn what_was_done_before_the_window_counts_for_nothing() {
        let (opens, due) = (day("2020-06-01"), day("2020-06-30"));
        case(once(Some(opens), due), "2020-07-03", None, None, 2 + 4 + 32);
        case(once(Some(opens), due), "2020-05-25", None, None, 0);
    }

    #[test]
    fn milestones_share_one_sum() {
        let step = |due: &str, share: i64| Milestone {
            due: day(due),
            share: Decimal::from_thousandths(share),
            key: None,
        };
        let steps = vec![step("2020-06-15", 500), step("2020-07-31", 1000)];
        let milestones = Schedule::Milestones { from: None, steps };
        case(milestones, "2020-07-03", None, None, 1 + 2 + 4 + 32);
    }

    #[test]
    fn a_period_has_its_own() {
        let months = || Schedule::Every {
            period: Period::Month,
            by: None,
            from: day("2020-05-10"),
            to: day("2020-08-31"),
        };
        case(months(), "2020-05-31", None, None, 1);
        case(months(), "2020-06-25", None, None, 2 + 4);
        case(months(), "2020-07-03", None, None, 0);
        case(months(), "2020-07-03", Some("2020-06-08"), None, 2 + 4 + 32);
        case(months(), "2020-07-03", Some("2020-05-31"), None, 1);
        case(months(), "2020-09-02", None, None, 0);
    }
}
