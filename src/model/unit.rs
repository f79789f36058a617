//! Units (责任单位) and areas: who owes, and under whom they stand.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::code::UnitCode;
use super::day::Day;

/// A unit's number in a store: its place in the roster when it was first applied. Never used again for another.
pub(crate) type UnitNo = u32;

/// One row of the roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// Unique in the roster.
    pub code: UnitCode,
    /// Its full name.
    pub name: String,
    /// Its short name; the name where the roster gives none.
    pub short: String,
    /// Its kind, as plans name it: village, office …
    pub kind: String,
    /// Further words by which a plan may name it.
    pub labels: Vec<String>,
    /// The area above it.
    pub parent: Option<UnitCode>,
    /// The person who leads it (主要负责人).
    pub head: String,
    /// The person whom it named for the campaign (宣传责任人).
    pub contact: String,
    /// The contact's telephone; masked wherever it is shown.
    pub phone: String,
    /// The first due day that it owes.
    pub since: Option<Day>,
    /// The last due day that it owes.
    pub until: Option<Day>,
    /// The codes of the units that it took over.
    pub was: Vec<UnitCode>,
    /// Any further column of the roster that has a value, by its header.
    pub attributes: Vec<(String, String)>,
}

/// The days for which a unit owes and reports; `None` = from the beginning, or for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tenure {
    /// The first one.
    pub since: Option<Day>,
    /// The last one.
    pub until: Option<Day>,
}

impl Tenure {
    /// Whether that day is one of them.
    #[inline]
    pub fn holds(self, day: Day) -> bool {
        self.since.is_none_or(|since| day >= since) && self.until.is_none_or(|until| day <= until)
    }
}

impl Unit {
    /// The days for which it owes and reports.
    pub const fn tenure(&self) -> Tenure {
        Tenure {
            since: self.since,
            until: self.until,
        }
    }

    /// The attribute of that name, as the roster has it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// What a plan's words (`who`) can tell units apart by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Class {
    /// The kind.
    pub kind: String,
    /// The labels.
    pub labels: Vec<String>,
    /// The code, only where the plan names this very unit.
    pub code: Option<UnitCode>,
}

impl Class {
    /// Whether one of the words names this class: its kind, a label, or its code.
    pub fn is_any_of(&self, words: &[String]) -> bool {
        words.iter().any(|word| {
            *word == self.kind
                || self.labels.contains(word)
                || self.code.as_ref().is_some_and(|code| *code == **word)
        })
    }
}

/// Classes by number, each once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Classes {
    list: Vec<Class>,
    numbers: HashMap<Class, u32>,
}

impl Classes {
    /// The number of that class, a new one if it is new.
    pub(crate) fn number(&mut self, class: Class) -> u32 {
        if let Some(number) = self.numbers.get(&class) {
            return *number;
        }
        let number = u32::try_from(self.list.len()).unwrap_or(u32::MAX);
        self.list.push(class.clone());
        self.numbers.insert(class, number);
        number
    }

    /// The classes in the order of their numbers.
    pub(crate) fn list(&self) -> &[Class] {
        &self.list
    }
}

impl From<Vec<Class>> for Classes {
    fn from(list: Vec<Class>) -> Self {
        let numbered = list.iter().cloned().zip(0..).collect();
        Self {
            list,
            numbers: numbered,
        }
    }
}
