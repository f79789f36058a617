//! The roster as its file lists it, for as long as there is no store: the same questions, answered from memory.

use std::collections::HashMap;

use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::quantity;
use crate::model::sheet::{Fact, Item, NO_TASK, Sheet};
use crate::model::unit::{Class, Classes, Unit, UnitNo};
use crate::store::UnitRow;

/// A roster in memory.
pub struct Listed {
    /// The units, numbered by their places.
    pub units: Vec<Unit>,
    /// The classes by number.
    pub classes: Vec<Class>,
    /// The area above each unit, and its class.
    placed: Vec<(Option<UnitNo>, u32)>,
    attributes: Vec<String>,
    /// The day on which contacts count as named.
    day: Day,
}

impl Listed {
    /// Lists a roster under a plan. A contact counts as named on `day`, as if the roster were applied then.
    pub fn new(plan: &Plan, units: Vec<Unit>, day: Day) -> Self {
        let numbers: HashMap<&str, UnitNo> = units
            .iter()
            .zip(0..)
            .map(|(unit, no)| (unit.code.as_str(), no))
            .collect();
        let mut classes = Classes::default();
        let placed = units.iter().map(|unit| {
            let parent = unit.parent.as_ref();
            let parent = parent.and_then(|code| numbers.get(code.as_str()).copied());
            (parent, classes.number(unit.class(plan)))
        });
        let placed = placed.collect();
        Self {
            units,
            classes: classes.list().to_vec(),
            placed,
            attributes: plan.attributes().into_iter().map(str::to_string).collect(),
            day,
        }
    }

    /// The rows as a store would have them, in the order of the roster.
    pub fn rows(&self) -> impl Iterator<Item = Listing<'_>> {
        let units = self.units.iter().zip(&self.placed).zip(0..);
        units.map(|((unit, (parent, class)), no)| Listing {
            no,
            parent: *parent,
            class: *class,
            unit,
        })
    }

    /// The row of that number.
    pub fn row(&self, no: UnitNo) -> Listing<'_> {
        let (parent, class) = self.placed[no as usize];
        Listing {
            no,
            parent,
            class,
            unit: &self.units[no as usize],
        }
    }

    /// The sheet of a unit: no facts, but the contact that the roster names.
    pub fn sheet(&self, no: UnitNo) -> Sheet {
        let Listing {
            parent,
            class,
            unit,
            ..
        } = self.row(no);
        let amounts = self
            .attributes
            .iter()
            .map(|name| unit.attribute(name).and_then(quantity::number));
        let named = Item {
            seq: 0,
            task: NO_TASK,
            day: self.day,
            lag: 0,
            fact: Fact::Contact { named: true },
        };
        Sheet {
            unit: no,
            parent,
            class,
            since: unit.since,
            until: unit.until,
            amounts: amounts.collect(),
            items: if unit.contact.is_empty() {
                Vec::new()
            } else {
                vec![named]
            },
        }
    }

    /// The units under an area at any depth, ascending.
    pub fn below(&self, area: UnitNo) -> Vec<UnitNo> {
        let under = |no: UnitNo| {
            let mut at = self.placed[no as usize].0;
            let mut steps = 0;
            while let Some(parent) = at {
                if parent == area {
                    return true;
                }
                steps += 1;
                if steps > self.placed.len() {
                    return false;
                }
                at = self.placed[parent as usize].0;
            }
            false
        };
        self.rows()
            .map(|row| row.no)
            .filter(|no| under(*no))
            .collect()
    }
}

/// A row of a roster in memory.
#[derive(Clone, Copy)]
pub struct Listing<'l> {
    pub no: UnitNo,
    pub parent: Option<UnitNo>,
    pub class: u32,
    pub unit: &'l Unit,
}

impl From<Listing<'_>> for UnitRow {
    fn from(listing: Listing<'_>) -> Self {
        Self {
            no: listing.no,
            place: listing.no,
            parent: listing.parent,
            class: listing.class,
            gone: false,
            unit: listing.unit.clone(),
        }
    }
}
