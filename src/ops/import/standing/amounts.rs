//! Rows with another amount than what stands for the same thing: refused with what stands, or put in its place.

use std::collections::HashMap;

use super::super::Repeats;
use super::{Compared, Stood};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::entry::Record;
use crate::source::problem::say;

/// The most amounts that are told one by one where several records stand for one row.
const AMOUNTS: usize = 5;

impl Compared<'_> {
    /// Confronts lines with the listed records of another amount that no row of the file repeats. All that stand for one thing give way
    /// to all that the file says of it, or none: 7 in place of 3 and 6 is 7, not 13.
    pub(super) fn confront(&mut self, fresh: &mut Vec<u32>, stood: &[Stood]) {
        type Key<'a> = (Option<Day>, Option<&'a str>);
        fn key(record: &Record) -> Key<'_> {
            (record.period, record.form.as_deref())
        }
        let amount = |record: &Record| (record.count, record.total, record.nil);
        let mut as_much: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, one) in stood.iter().enumerate() {
            if let Some(record) = one.record()
                && one.listed
                && one.stands
                && !one.matched
            {
                let same = (key(record), amount(record));
                as_much.entry(same).or_default().push(at);
            }
        }
        if as_much.is_empty() {
            return;
        }
        let mut lines: Vec<u32> = Vec::new();
        for at in fresh.iter() {
            let record = self.lines[*at as usize].record();
            // The same amount with other proof is another fact.
            let beside = as_much.get_mut(&(key(record), amount(record)));
            if beside.and_then(Vec::pop).is_none() {
                lines.push(*at);
            }
        }
        let mut left: Vec<usize> = as_much.into_values().flatten().collect();
        left.sort_unstable();
        let mut standing: HashMap<Key, Vec<&Stood>> = HashMap::new();
        for one in left.into_iter().map(|at| &stood[at]) {
            let key = one.record().map(key);
            standing
                .entry(key.unwrap_or_default())
                .or_default()
                .push(one);
        }
        let mut said: HashMap<Key, Vec<u32>> = HashMap::new();
        for at in lines {
            let record = self.lines[at as usize].record();
            said.entry(key(record)).or_default().push(at);
        }
        for (key, lines) in said {
            let Some(old) = standing.remove(&key) else {
                continue;
            };
            if self.repeats == Repeats::Replace {
                // Each line one record, and the first of them all that is left over.
                let (pairs, surplus) = old.split_at(lines.len().min(old.len()));
                let mut surplus = surplus.iter();
                for (line, pair) in lines.iter().zip(pairs) {
                    let gone = surplus.by_ref().chain([pair]);
                    let gone = gone.map(|one| one.entry.clone()).collect();
                    self.replaced.insert(self.lines[*line as usize].row, gone);
                }
            } else {
                let amounts: Vec<&Record> = old.iter().filter_map(|one| one.record()).collect();
                let (n, told) = (amounts.len(), together(&amounts));
                for line in lines {
                    let amount = self.lines[line as usize].record().count;
                    let saying = if n == 1 {
                        let saying = say!("check-amount-differs", standing = told, amount = amount);
                        saying.hint(say!("hint-amount-differs"))
                    } else {
                        let saying = say!(
                            "check-amounts-differ",
                            n = n,
                            standing = told,
                            amount = amount
                        );
                        saying.hint(say!("hint-amounts-differ"))
                    };
                    self.differing.insert(self.lines[line as usize].row, saying);
                    self.left_out[line as usize] = true;
                }
            }
        }
        fresh.retain(|at| !self.left_out[*at as usize]);
    }
}

/// The amounts of records that stand for one thing, and what they come to: `3 + 6 = 9`.
fn together(standing: &[&Record]) -> String {
    let counts = standing.iter().map(|one| one.count);
    let few: Vec<String> = counts
        .clone()
        .take(AMOUNTS)
        .map(|count| count.to_string())
        .collect();
    let sum: Decimal = counts.sum();
    let more = standing.len() > AMOUNTS;
    // Totals of one thing do not add up: the last one holds.
    match standing {
        [one] => one.count.to_string(),
        _ if standing.iter().any(|one| one.total) => {
            few.join(", ") + if more { ", …" } else { "" }
        }
        _ => few.join(" + ") + if more { " + …" } else { "" } + &format!(" = {sum}"),
    }
}
