//! The names of all units, read once a command and remembered, for names that are not exact.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;

use crate::model::unit::UnitNo;
use crate::source::near::folded;
use crate::store::{Reader, StoreError};

/// Short names and names, folded, in the order of the roster.
#[derive(Debug)]
pub(super) struct UnitNames {
    /// Every name on a line of its own, so that one search through the text looks at all of them. Rows of units, each searched by
    /// itself, took 4 to 29 ms a look-up at 30,000 units; a list has a look-up a row.
    text: String,
    /// Where the names of each unit begin in the text.
    units: Vec<(usize, Named)>,
    /// How often the whole text was searched.
    searched: Cell<u32>,
    /// Where each letter and each pair of letters occurs. It is made once a command has searched often: a list of 3,000 inexact names
    /// took 26 s at 30,000 units, and takes 0.5 s with it.
    pairs: OnceCell<Pairs>,
}

/// The places of the units, ascending, in whose names two letters follow each other; of one letter with `\0` behind it.
type Pairs = HashMap<[char; 2], Vec<u32>>;

/// So many searches through the whole text cost what the pairs do.
const SEARCHES: u32 = 16;

/// A unit as far as names are about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub no: UnitNo,
    /// The number of its class.
    pub class: u32,
}

/// A name as names are compared: width folded, Latin letters small.
pub(super) fn comparable(name: &str) -> String {
    folded(name.trim()).to_ascii_lowercase()
}

impl UnitNames {
    /// Reads all names.
    pub(super) fn read(reader: &Reader) -> Result<Self, StoreError> {
        let (mut text, mut units) = (String::from("\n"), Vec::new());
        reader.each_name(&mut |no, class, name, short| {
            units.push((text.len(), Named { no, class }));
            for name in short.into_iter().chain([name]) {
                text += &comparable(name);
                text.push('\n');
            }
        })?;
        Ok(Self {
            text,
            units,
            searched: Cell::new(0),
            pairs: OnceCell::new(),
        })
    }

    /// The units that have that name, short or full.
    pub(super) fn called(&self, name: &str) -> Vec<Named> {
        self.find(&format!("\n{}\n", comparable(name)), usize::MAX)
    }

    /// The first units with that text in their short name or name.
    pub(super) fn holding(&self, part: &str, limit: usize) -> Vec<Named> {
        match comparable(part) {
            part if part.is_empty() => Vec::new(),
            part => self.find(&part, limit),
        }
    }

    fn find(&self, text: &str, limit: usize) -> Vec<Named> {
        if self.searched.get() >= SEARCHES {
            return self.find_by_pairs(text, limit);
        }
        self.searched.set(self.searched.get() + 1);
        let mut found: Vec<Named> = Vec::new();
        let mut from = 0;
        while found.len() < limit
            && let Some(at) = self.text[from..].find(text)
        {
            // A line break at the front belongs to the name before.
            let at = from + at + usize::from(text.starts_with('\n'));
            let unit = self.units.partition_point(|(start, _)| *start <= at) - 1;
            found.push(self.units[unit].1);
            from = match self.units.get(unit + 1) {
                Some((next, _)) => next - 1,
                None => break,
            };
        }
        found
    }

    /// The same, where only units are looked at that have the rarest pair of the text's letters.
    fn find_by_pairs(&self, text: &str, limit: usize) -> Vec<Named> {
        let pairs = self.pairs.get_or_init(|| self.pairs());
        let rarest = pairs_of(text)
            .map(|pair| pairs.get(&pair).map_or(&[][..], Vec::as_slice))
            .min_by_key(|units| units.len());
        let units = rarest.unwrap_or_default().iter();
        let units = units.filter(|at| self.names_of(**at as usize).contains(text));
        units
            .map(|at| self.units[*at as usize].1)
            .take(limit)
            .collect()
    }

    fn pairs(&self) -> Pairs {
        let mut pairs = Pairs::new();
        for (at, place) in (0..self.units.len()).zip(0..) {
            let names = self.names_of(at);
            let single = names.chars().map(|letter| [letter, '\0']);
            for pair in single.chain(pairs_of(names)) {
                let units = pairs.entry(pair).or_default();
                if units.last() != Some(&place) {
                    units.push(place);
                }
            }
        }
        pairs
    }

    /// The names of the unit at that place, each with a line break before and behind.
    fn names_of(&self, at: usize) -> &str {
        let next = self.units.get(at + 1).map(|(next, _)| *next);
        &self.text[self.units[at].0 - 1..next.unwrap_or(self.text.len())]
    }
}

/// Each two letters of a text that follow each other; of a text of one letter that one.
fn pairs_of(text: &str) -> impl Iterator<Item = [char; 2]> {
    let second = text.chars().skip(1).chain(['\0']);
    let pairs = text.chars().zip(second).map(|(one, other)| [one, other]);
    pairs
        .enumerate()
        .filter_map(|(at, pair)| (at == 0 || pair[1] != '\0').then_some(pair))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(units: &[&[&str]]) -> UnitNames {
        let (mut text, mut starts) = (String::from("\n"), Vec::new());
        for (no, names) in (0..).zip(units) {
            starts.push((text.len(), Named { no, class: 0 }));
            for name in *names {
                text += &comparable(name);
                text.push('\n');
            }
        }
        UnitNames {
            text,
            units: starts,
            searched: Cell::new(0),
            pairs: OnceCell::new(),
        }
    }

    #[test]
    fn units_are_found_by_part_and_by_whole_name_each_once() {
        let names = names(&[
            &["石柱村(新)", "石柱村（新）村民委员会"],
            &["二九０场直社区"],
            &["⽔井村"],
            &["水井"],
            &["Alder", "Alder village"],
        ]);
        // The same by the pairs of letters as by a search through the text.
        for searched in [0, SEARCHES] {
            names.searched.set(searched);
            look_up(&names);
        }
    }

    fn look_up(names: &UnitNames) {
        let numbers = |found: Vec<Named>| found.iter().map(|unit| unit.no).collect::<Vec<_>>();
        for (part, wanted) in [
            ("石柱村（新）", vec![0]),
            ("二九0场直", vec![1]),
            ("水井", vec![2, 3]),
            ("ＡＬＤＥＲ", vec![4]),
            ("村", vec![0, 2]),
            ("场直社区\n", vec![1]),
            ("直", vec![1]),
            ("", vec![]),
            (" ", vec![]),
            ("没有", vec![]),
        ] {
            assert_eq!(numbers(names.holding(part, 9)), wanted, "{part}");
        }
        assert_eq!(numbers(names.holding("村", 1)), [0]);
        for (name, wanted) in [
            ("水井", vec![3]),
            ("水井村", vec![2]),
            ("alder", vec![4]),
            ("石柱村(新)", vec![0]),
            ("村", vec![]),
        ] {
            assert_eq!(numbers(names.called(name)), wanted, "{name}");
        }
    }
}
