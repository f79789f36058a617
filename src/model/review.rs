//! Review (审核): which verdicts stand on a sheet, and whether a record may get another (rule 10).

use super::board::View;
use super::day::Day;
use super::entry::Seq;
use super::sheet::{Fact, Item, Mark, Sheet, undone};

/// What was said of a sheet's records, as far as it stands.
#[derive(Clone, Debug, Default)]
pub struct Reviews {
    undone: Vec<Seq>,
    /// The verdicts by their records, in the order in which they were recorded.
    verdicts: Vec<(Seq, Item)>,
}

/// Why a record cannot get that verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreviewable {
    /// The sheet has no record of that seq.
    NoRecord,
    /// It has been undone.
    Undone,
    /// It has a verdict already, which is to be undone first (rule 10).
    Judged {
        /// The verdict.
        by: Item,
    },
    /// The verdict would act from a day before the record's.
    BeforeRecord {
        /// The record's day.
        day: Day,
    },
}

impl Reviews {
    /// The verdicts that stand; `view` keeps those that act by its day and were recorded by what it knows.
    pub fn of(sheet: &Sheet, view: Option<&View>) -> Self {
        let known = |item: &Item| {
            view.and_then(|view| view.known_by)
                .is_none_or(|day| item.recorded() <= day)
        };
        let mut taken_back = Vec::new();
        undone(&sheet.items, known, &mut taken_back);
        taken_back.sort_unstable();
        let acts = |item: &Item| known(item) && view.is_none_or(|view| item.day <= view.as_of);
        let mut verdicts: Vec<(Seq, Item)> = sheet
            .items
            .iter()
            .filter(|item| acts(item) && taken_back.binary_search(&item.seq).is_err())
            .filter_map(|item| match item.fact {
                Fact::Accept { of } | Fact::Return { of, .. } => Some((of, *item)),
                _ => None,
            })
            .collect();
        verdicts.sort_by_key(|(of, _)| *of);
        Self {
            undone: taken_back,
            verdicts,
        }
    }

    /// Whether that entry was taken back.
    pub fn is_undone(&self, seq: Seq) -> bool {
        self.undone.binary_search(&seq).is_ok()
    }

    /// The verdicts on a record: one at most, unless a merge brought two.
    pub fn on(&self, record: Seq) -> &[(Seq, Item)] {
        let first = self.verdicts.partition_point(|(of, _)| *of < record);
        let end = self.verdicts.partition_point(|(of, _)| *of <= record);
        &self.verdicts[first..end]
    }

    /// The records of a sheet that were not taken back, with those that the view does not know left out.
    pub fn records<'a>(
        &'a self,
        sheet: &'a Sheet,
        view: Option<&'a View>,
    ) -> impl Iterator<Item = (&'a Item, Mark)> {
        let seen = move |item: &Item| view.is_none_or(|view| view.sees(item));
        sheet.items.iter().filter_map(move |item| match item.fact {
            Fact::Record(mark) if seen(item) && !self.is_undone(item.seq) => Some((item, mark)),
            _ => None,
        })
    }

    /// Whether the record of that seq may get a verdict that acts from `day`.
    ///
    /// # Errors
    /// The first [`Unreviewable`] that holds.
    pub fn admit(&self, sheet: &Sheet, record: Seq, day: Day) -> Result<(), Unreviewable> {
        let item = sheet
            .items
            .iter()
            .find(|item| item.seq == record && matches!(item.fact, Fact::Record(_)))
            .ok_or(Unreviewable::NoRecord)?;
        if self.is_undone(record) {
            return Err(Unreviewable::Undone);
        }
        if let Some((_, by)) = self.on(record).first() {
            return Err(Unreviewable::Judged { by: *by });
        }
        if day < item.day {
            return Err(Unreviewable::BeforeRecord { day: item.day });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::decimal::Decimal;

    fn day(number: i32) -> Day {
        Day::from_number(number)
    }

    fn item(seq: Seq, on: i32, fact: Fact) -> Item {
        Item {
            seq,
            task: 0,
            day: day(on),
            lag: 2,
            fact,
        }
    }

    const RECORD: Fact = Fact::Record(Mark {
        count: Decimal::ONE,
        total: false,
        nil: false,
        proof: false,
        period: None,
    });

    fn sheet(items: Vec<Item>) -> Sheet {
        Sheet {
            items,
            ..Sheet::default()
        }
    }

    #[test]
    fn a_record_gets_one_verdict_until_that_is_undone() {
        let mut sheet = sheet(vec![item(1, 10, RECORD), item(2, 12, RECORD)]);
        let may = |sheet: &Sheet, seq, on| Reviews::of(sheet, None).admit(sheet, seq, day(on));
        assert_eq!(may(&sheet, 1, 10), Ok(()));
        assert_eq!(
            may(&sheet, 2, 11),
            Err(Unreviewable::BeforeRecord { day: day(12) })
        );
        let verdict = item(3, 13, Fact::Accept { of: 1 });
        sheet.items.push(verdict);
        assert_eq!(
            may(&sheet, 1, 13),
            Err(Unreviewable::Judged { by: verdict })
        );
        assert_eq!(may(&sheet, 2, 13), Ok(()));
        sheet.items.push(item(4, 13, Fact::Undo { of: 3 }));
        assert_eq!(may(&sheet, 1, 13), Ok(()));
        sheet.items.push(item(5, 14, Fact::Undo { of: 1 }));
        assert_eq!(may(&sheet, 1, 13), Err(Unreviewable::Undone));
        assert_eq!(may(&sheet, 9, 13), Err(Unreviewable::NoRecord));
        assert_eq!(may(&sheet, 3, 13), Err(Unreviewable::NoRecord));
    }

    #[test]
    fn a_view_knows_the_verdicts_of_its_day() {
        let rectify = day(30);
        let sheet = sheet(vec![
            item(1, 10, RECORD),
            item(2, 12, Fact::Return { of: 1, rectify }),
            item(3, 20, Fact::Accept { of: 1 }),
            item(4, 10, Fact::Undo { of: 2 }),
        ]);
        let count = |as_of, known_by: Option<i32>| {
            let view = View {
                known_by: known_by.map(day),
                ..View::on(day(as_of))
            };
            let reviews = Reviews::of(&sheet, Some(&view));
            let records = reviews.records(&sheet, Some(&view)).count();
            (records, reviews.on(1).len())
        };
        assert_eq!(count(9, None), (0, 0));
        assert_eq!(count(15, None), (1, 0), "an undo acts on all days");
        assert_eq!(count(20, None), (1, 1));
        assert_eq!(count(20, Some(21)), (1, 0), "the second was not known yet");
        assert_eq!(count(20, Some(11)), (0, 0));
        let all = Reviews::of(&sheet, None);
        assert!(all.is_undone(2) && all.records(&sheet, None).count() == 1);
    }
}
