//! A whole small campaign, plan and facts, as the laws and the cases need it.

use std::sync::LazyLock;

use serde_json::json;

use super::super::{Cell, Desk, Ruler, View};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Schedule;
use crate::model::entry::TaskNo;
use crate::model::plan::{Calendar, Evidence, Plan, Task};
use crate::model::sheet::{Item, Sheet};
use crate::model::unit::Class;
use crate::model::zone::Zone;

/// A plan, and all that happened under it.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    /// The plan.
    pub plan: Plan,
    /// The store's number of each task.
    pub numbers: Vec<TaskNo>,
    /// The store's classes.
    pub classes: Vec<Class>,
    /// The units' facts.
    pub sheets: Vec<Sheet>,
    /// The facts of no unit.
    pub orders: Vec<Item>,
}

impl Campaign {
    /// The board as the fold makes it: the cells of each sheet. One desk serves all sheets, as in a command.
    pub(crate) fn board(&self, view: View) -> Vec<Vec<Cell>> {
        let ruler = Ruler::new(&self.plan, &self.numbers, &self.classes, &self.orders, view);
        let mut desk = Desk::default();
        let cells = |sheet| {
            let mut cells = Vec::new();
            ruler.cells(sheet, &mut desk, |cell| cells.push(cell));
            cells
        };
        self.sheets.iter().map(cells).collect()
    }

    /// The boards of a day and of that of `then`, an earlier one, as the fold makes them at once.
    pub(crate) fn boards(&self, view: View, then: View) -> (Vec<Vec<Cell>>, Vec<Vec<Cell>>) {
        let [later, earlier] = [view, then]
            .map(|view| Ruler::new(&self.plan, &self.numbers, &self.classes, &self.orders, view));
        let mut desk = Desk::default();
        let cells = |sheet| {
            let (mut now, mut then) = (Vec::new(), Vec::new());
            later.cells_of_two(
                &earlier,
                sheet,
                &mut desk,
                |cell| now.push(cell),
                |cell| then.push(cell),
            );
            (now, then)
        };
        self.sheets.iter().map(cells).unzip()
    }

    /// The same campaign with those facts alone that `keep` lets through.
    pub(crate) fn with_facts(&self, keep: impl Fn(&Item) -> bool) -> Self {
        let mut other = self.clone();
        other.orders.retain(|item| keep(item));
        for sheet in &mut other.sheets {
            sheet.items.retain(|item| keep(item));
        }
        other
    }
}

/// That many days after the Monday 2019-12-02; from there the year's end and a 29 February are near.
pub(crate) fn day(after: i32) -> Day {
    Day::new(2019, 12, 2).unwrap() + after
}

/// A whole number.
pub(crate) fn whole(number: i64) -> Decimal {
    Decimal::from_whole(number).unwrap()
}

/// A plan and a task that ask for nothing, read as a store keeps them: a key that older stores lack needs no place here.
static BARE: LazyLock<(Plan, Task)> = LazyLock::new(|| {
    let plan = json!({
        "id": "law", "title": "", "issuer": "", "number": "", "issued": day(3), "ends": day(60), "supervisor": null, "lang": "en",
        "timezone": Zone::Offset(480), "due_soon": 7, "grace": 0, "rectify": 5, "calendar": Calendar::default(),
        "goals": [], "themes": [], "phases": [], "activities": [], "tasks": [], "assessment": null,
    });
    let task = json!({
        "code": "bare", "name": "", "short": "", "activity": 0, "clause": "", "text": "", "who": ["village"],
        "schedule": Schedule::Instruction, "target": null, "totals": false, "any_of": [], "nil": false, "optional": false,
        "by_roster": false, "open": null, "evidence": Evidence::None, "goals": [], "themes": [], "decided": [],
    });
    let plan = serde_json::from_value(plan).unwrap();
    (plan, serde_json::from_value(task).unwrap())
});

/// A plan of those tasks, issued on day 3, without grace, over after day 60.
pub(crate) fn plan(tasks: Vec<Task>) -> Plan {
    let (bare, _) = &*BARE;
    Plan {
        tasks,
        ..bare.clone()
    }
}

/// A task of every village on that schedule; one record fulfils it.
pub(crate) fn task(code: &str, schedule: Schedule) -> Task {
    let (_, bare) = &*BARE;
    Task {
        code: code.parse().unwrap(),
        schedule,
        ..bare.clone()
    }
}

/// The class of villages with those labels.
pub(crate) fn village(labels: &[&str]) -> Class {
    Class {
        kind: "village".into(),
        labels: labels.iter().map(ToString::to_string).collect(),
        code: None,
    }
}
