//! The fold's short way with a lone record says what its long way says.

use duban::internals::Class;
use duban::internals::Day;
use duban::internals::Decimal;
use duban::internals::TaskNo;
use duban::internals::read_plan;
use duban::internals::{Cell, Desk, Ruler, View};
use duban::internals::{Fact, Item, Mark, NO_TASK, Sheet};

/// An undo of what was never there changes nothing, but sends every record the long way.
const UNDO: Item = Item {
    seq: 9,
    task: NO_TASK,
    day: Day::from_number(737_000),
    lag: 0,
    fact: Fact::Undo { of: 8 },
};

fn cells(ruler: &Ruler, items: Vec<Item>) -> Vec<Cell> {
    let sheet = Sheet {
        items,
        ..Sheet::default()
    };
    let mut cells = Vec::new();
    ruler.cells(&sheet, &mut Desk::default(), |cell| cells.push(cell));
    cells
}

fn marks(day: Day) -> Vec<Mark> {
    let plain = Mark {
        count: Decimal::ONE,
        total: false,
        nil: false,
        proof: false,
        period: None,
    };
    let more = Decimal::from_whole(40).unwrap();
    vec![
        plain,
        Mark {
            proof: true,
            ..plain
        },
        Mark { nil: true, ..plain },
        Mark {
            count: more,
            total: true,
            proof: true,
            ..plain
        },
        Mark {
            count: more,
            period: Some(day.end_of_month()),
            ..plain
        },
    ]
}

#[test]
fn a_lone_record_stands_as_it_would_among_others() {
    for name in ["qingjiang-2020.toml", "harbour-2026.toml"] {
        let path = format!("{}/plans/{name}", env!("CARGO_MANIFEST_DIR"));
        let (file, _) = read_plan(name, &std::fs::read(path).unwrap());
        let plan = file.unwrap().plan;
        let numbers: Vec<TaskNo> = (0..).take(plan.tasks.len()).collect();
        let words = plan.tasks.iter().flat_map(|task| task.who.clone());
        let class = Class {
            kind: String::new(),
            labels: words.collect(),
            code: None,
        };
        let first = plan.issued - 30;
        let days: Vec<Day> = (0..16).map(|step| first + step * 23).collect();
        for (as_of, known_by) in days
            .iter()
            .flat_map(|day| [(*day, None), (*day, Some(*day))])
        {
            let view = View {
                known_by,
                ..View::on(as_of)
            };
            let ruler = Ruler::new(&plan, &numbers, std::slice::from_ref(&class), &[], view);
            for (task, day) in numbers
                .iter()
                .flat_map(|task| days.iter().map(move |day| (*task, *day)))
            {
                for mark in marks(day) {
                    let record = Item {
                        seq: 1,
                        task,
                        day,
                        lag: 3,
                        fact: Fact::Record(mark),
                    };
                    let short = cells(&ruler, vec![record]);
                    assert!(!short.is_empty());
                    assert_eq!(
                        short,
                        cells(&ruler, vec![record, UNDO]),
                        "{name} {as_of} {record:?}"
                    );
                }
            }
        }
    }
}
