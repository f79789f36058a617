//! What waits for the office (待办), as far as sheets say it: objections that nobody has heard, and when a notice is due.

use super::board::View;
use super::day::Day;
use super::due::Period;
use super::entry::Seq;
use super::sheet::{Fact, Item, Sheet, undone};

/// The items that a view knows and that were not taken back.
fn live(items: &[Item], view: &View) -> Vec<Item> {
    let known = |item: &Item| view.known_by.is_none_or(|day| item.recorded() <= day);
    let mut taken_back: Vec<Seq> = Vec::new();
    undone(items, known, &mut taken_back);
    items
        .iter()
        .filter(|item| known(item) && item.day <= view.as_of && !taken_back.contains(&item.seq))
        .copied()
        .collect()
}

/// The objections on a sheet (申诉) that were neither upheld nor reversed yet, in the order in which they were recorded.
pub(crate) fn open_objections(sheet: &Sheet, view: &View) -> Vec<Item> {
    let objects = |item: &Item| matches!(item.fact, Fact::Object { .. });
    if !sheet.items.iter().any(objects) {
        return Vec::new();
    }
    let items = live(&sheet.items, view);
    let heard = |seq: Seq| {
        items.iter().any(
            |item| matches!(item.fact, Fact::Uphold { of } | Fact::Reverse { of } if of == seq),
        )
    };
    let open = items
        .iter()
        .filter(|item| objects(item) && !heard(item.seq));
    open.copied().collect()
}

/// The latest notice that was issued (通报), by number and day. `orders` are the facts that stand on no unit's sheet.
pub(crate) fn last_notice(orders: &[Item], view: &View) -> Option<(u32, Day)> {
    live(orders, view)
        .iter()
        .filter_map(|item| match item.fact {
            Fact::Notice { number, .. } => Some((number, item.day)),
            _ => None,
        })
        .max_by_key(|(number, day)| (*day, *number))
}

/// The day by which the next notice is due: a period after the last one, or after the plan was issued.
pub(crate) fn next_notice(issued: Day, last: Option<Day>, every: Period) -> Day {
    every.after(last.unwrap_or(issued))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    fn item(seq: Seq, on: &str, fact: Fact) -> Item {
        Item {
            seq,
            task: 0,
            day: day(on),
            lag: 0,
            fact,
        }
    }

    #[test]
    fn an_objection_is_open_until_it_was_heard() {
        let object = Fact::Object {
            notice: 1,
            period: None,
            unit_points: false,
        };
        let mut sheet = Sheet {
            items: vec![
                item(1, "2020-07-01", object),
                item(2, "2020-07-02", object),
                item(3, "2020-07-02", object),
                item(4, "2020-07-03", Fact::Uphold { of: 1 }),
                item(5, "2020-07-05", Fact::Reverse { of: 2 }),
                item(6, "2020-07-02", Fact::Undo { of: 3 }),
            ],
            ..Sheet::default()
        };
        let open = |sheet: &Sheet, on: &str| {
            let open = open_objections(sheet, &View::on(day(on)));
            open.iter().map(|item| item.seq).collect::<Vec<_>>()
        };
        assert_eq!(open(&sheet, "2020-06-30"), [0; 0]);
        assert_eq!(open(&sheet, "2020-07-02"), [1, 2]);
        assert_eq!(open(&sheet, "2020-07-03"), [2]);
        assert_eq!(open(&sheet, "2020-07-05"), [0; 0]);
        sheet
            .items
            .push(item(7, "2020-07-06", Fact::Undo { of: 5 }));
        assert_eq!(open(&sheet, "2020-07-06"), [2]);
    }

    #[test]
    fn a_notice_is_due_a_period_after_the_last_or_after_the_plan() {
        let notice = |seq, number, on| {
            let until = day(on);
            item(seq, on, Fact::Notice { number, until })
        };
        let orders = [
            notice(1, 1, "2020-07-10"),
            notice(2, 2, "2020-08-31"),
            notice(3, 3, "2020-09-20"),
            item(4, "2020-09-21", Fact::Undo { of: 3 }),
        ];
        let last = |on: &str| last_notice(&orders, &View::on(day(on)));
        assert_eq!(last("2020-07-09"), None);
        assert_eq!(last("2020-08-01"), Some((1, day("2020-07-10"))));
        assert_eq!(last("2020-12-01"), Some((2, day("2020-08-31"))));
        let next = |last: Option<&str>, every| {
            next_notice(day("2020-06-16"), last.map(day), every).to_string()
        };
        assert_eq!(next(None, Period::Month), "2020-07-16");
        assert_eq!(next(Some("2020-08-31"), Period::Month), "2020-09-30");
        assert_eq!(next(Some("2020-12-05"), Period::Month), "2021-01-05");
        assert_eq!(next(Some("2020-07-10"), Period::Week), "2020-07-17");
        assert_eq!(next(Some("2020-07-10"), Period::Day), "2020-07-11");
    }
}
