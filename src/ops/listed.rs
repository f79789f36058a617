//! The roster as its file lists it, for as long as there is no store: the same questions, answered from memory.

use std::collections::HashMap;

use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::sheet::{Fact, Item, NO_TASK, Sheet};
use crate::model::unit::{Class, Classes, Unit, UnitNo};
use crate::store::UnitRow;

/// A roster in memory.
pub struct Listed {
    /// The units, numbered by their places.
    pub rows: Vec<UnitRow>,
    /// Their sheets: no facts, but the contacts that the roster names.
    pub sheets: Vec<Sheet>,
    /// The classes by number.
    pub classes: Vec<Class>,
}

impl Listed {
    /// Lists a roster under a plan. A contact counts as named on `day`, as if the roster were applied then.
    pub fn new(plan: &Plan, roster: Vec<Unit>, day: Day) -> Self {
        let numbers: HashMap<String, UnitNo> = roster
            .iter()
            .zip(0..)
            .map(|(unit, no)| (unit.code.to_string(), no))
            .collect();
        let attributes = plan.attributes();
        let mut classes = Classes::default();
        let mut rows = Vec::with_capacity(roster.len());
        let mut sheets = Vec::with_capacity(roster.len());
        for (unit, no) in roster.into_iter().zip(0..) {
            let parent = unit
                .parent
                .as_ref()
                .and_then(|code| numbers.get(code.as_str()).copied());
            let class = classes.number(unit.class(plan));
            let amounts = attributes
                .iter()
                .map(|name| unit.attribute(name).and_then(|text| text.parse().ok()));
            let named = Item {
                seq: 0,
                task: NO_TASK,
                day,
                lag: 0,
                fact: Fact::Contact,
            };
            sheets.push(Sheet {
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
            });
            rows.push(UnitRow {
                no,
                place: no,
                parent,
                class,
                gone: false,
                unit,
            });
        }
        Self {
            rows,
            sheets,
            classes: classes.list().to_vec(),
        }
    }

    /// The units under an area at any depth, ascending.
    pub fn below(&self, area: UnitNo) -> Vec<UnitNo> {
        let under = |no: UnitNo| {
            let mut at = self.rows[no as usize].parent;
            let mut steps = 0;
            while let Some(parent) = at {
                if parent == area {
                    return true;
                }
                steps += 1;
                if steps > self.rows.len() {
                    return false;
                }
                at = self.rows[parent as usize].parent;
            }
            false
        };
        self.rows
            .iter()
            .map(|row| row.no)
            .filter(|no| under(*no))
            .collect()
    }
}
