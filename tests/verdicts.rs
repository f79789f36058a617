//! A law: review changes no figure but by the rules. An acceptance counts what it accepts, a return takes out what it
//! returns, and an undone verdict never was.

use duban::internals::Class;
use duban::internals::Day;
use duban::internals::Decimal;
use duban::internals::Plan;
use duban::internals::Reviews;
use duban::internals::{Cell, Desk, Ruler, View};
use duban::internals::{Fact, Item, Mark, Sheet};
use proptest::prelude::*;

/// Two tasks of a village: three banners by the end of June, and a report a month.
fn plan() -> Plan {
    let task = |code: &str, schedule: serde_json::Value, target: serde_json::Value| {
        serde_json::json!({
            "code": code, "name": code, "short": code, "activity": 0, "clause": "", "text": "", "who": ["village"],
            "schedule": schedule, "target": target, "totals": false, "any_of": [], "nil": true, "optional": false,
            "by_roster": false, "open": null, "evidence": "none", "goals": [], "themes": [], "decided": []
        })
    };
    let three =
        serde_json::json!({ "needs": [{ "who": [], "amount": { "count": 3 } }], "measure": "pcs" });
    let once = serde_json::json!({ "once": { "from": null, "due": "2020-06-30" } });
    let monthly = serde_json::json!({
        "every": { "period": "month", "by": null, "from": "2020-06-01", "to": "2020-07-31" }
    });
    serde_json::from_value(serde_json::json!({
        "id": "law", "title": "", "issuer": "", "number": "", "issued": "2020-06-01", "ends": "2020-12-31",
        "supervisor": null, "lang": "en", "timezone": 0, "due_soon": 7, "grace": 0, "rectify": 5,
        "calendar": { "off": [], "work": [] }, "goals": [], "themes": [],
        "phases": [{ "id": "p", "name": "p", "clause": "", "from": "2020-06-01", "to": "2020-12-31" }],
        "activities": [{ "id": "a", "name": "a", "clause": "", "text": "", "phase": 0 }],
        "tasks": [task("banner", once, three), task("report", monthly, serde_json::Value::Null)], "assessment": null
    }))
    .unwrap()
}

/// What happens next: to which record, if it is a verdict.
#[derive(Clone, Debug)]
enum Step {
    Record {
        task: u32,
        count: i64,
        proof: bool,
        nil: bool,
    },
    Accept {
        of: prop::sample::Index,
    },
    Return {
        of: prop::sample::Index,
        days: i32,
    },
}

fn steps() -> impl Strategy<Value = Vec<(i32, Step)>> {
    let record = (0_u32..2, 1_i64..4, any::<bool>(), prop::bool::weighted(0.1));
    let record = record.prop_map(|(task, count, proof, nil)| Step::Record {
        task,
        count,
        proof,
        nil,
    });
    let accept = any::<prop::sample::Index>().prop_map(|of| Step::Accept { of });
    let returned = (any::<prop::sample::Index>(), 0_i32..9);
    let returned = returned.prop_map(|(of, days)| Step::Return { of, days });
    prop::collection::vec(
        (
            0_i32..60,
            prop_oneof![3 => record, 1 => accept, 1 => returned],
        ),
        1..24,
    )
}

fn first() -> Day {
    "2020-06-01".parse().unwrap()
}

/// The sheet that the steps leave, where review takes place only as it may.
fn sheet(steps: &[(i32, Step)]) -> Sheet {
    let mut sheet = Sheet::default();
    for ((day, step), seq) in steps.iter().zip(1..) {
        let day = first() + *day;
        let records: Vec<Item> = sheet
            .items
            .iter()
            .filter(|item| matches!(item.fact, Fact::Record(_)))
            .copied()
            .collect();
        let chosen = |of: &prop::sample::Index| (!records.is_empty()).then(|| *of.get(&records));
        let (task, fact) = match step {
            Step::Record {
                task,
                count,
                proof,
                nil,
            } => {
                let mark = Mark {
                    count: Decimal::from_thousandths(count * 1000),
                    total: false,
                    nil: *nil,
                    proof: *proof,
                    period: None,
                };
                (*task, Fact::Record(mark))
            }
            Step::Accept { of } => match chosen(of) {
                Some(record) => (record.task, Fact::Accept { of: record.seq }),
                None => continue,
            },
            Step::Return { of, days } => match chosen(of) {
                Some(record) => {
                    let rectify = day + *days;
                    (
                        record.task,
                        Fact::Return {
                            of: record.seq,
                            rectify,
                        },
                    )
                }
                None => continue,
            },
        };
        if let Fact::Accept { of } | Fact::Return { of, .. } = fact
            && Reviews::of(&sheet, None).admit(&sheet, of, day).is_err()
        {
            continue;
        }
        sheet.items.push(Item {
            seq,
            task,
            day,
            lag: 0,
            fact,
        });
    }
    sheet
}

fn cells(sheet: &Sheet, day: Day) -> Vec<Cell> {
    let village = Class {
        kind: "village".into(),
        labels: Vec::new(),
        code: None,
    };
    let ruler = Ruler::new(&plan(), &[0, 1], &[village], &[], View::on(day));
    let mut cells = Vec::new();
    ruler.cells(sheet, &mut Desk::default(), |cell| cells.push(cell));
    cells
}

/// The sheet with the items that pass.
fn only(sheet: &Sheet, keep: impl Fn(&Item) -> bool) -> Sheet {
    let items = sheet.items.iter().filter(|item| keep(item)).copied();
    Sheet {
        items: items.collect(),
        ..sheet.clone()
    }
}

proptest! {
    #[test]
    fn review_changes_no_figure_but_by_the_rules(steps in steps(), on in 0_i32..70) {
        let (sheet, day) = (sheet(&steps), first() + on);
        let judged = cells(&sheet, day);
        prop_assert!(!judged.is_empty());

        let accepts = |item: &Item| matches!(item.fact, Fact::Accept { .. });
        let returns = |item: &Item| matches!(item.fact, Fact::Return { .. });
        let unaccepted = cells(&only(&sheet, |item| !accepts(item)), day);
        for (cell, without) in judged.iter().zip(&unaccepted) {
            prop_assert_eq!(Cell { accepted: false, ..*cell }, *without);
            prop_assert!(!cell.accepted || cell.standing.is_completed());
        }

        let returned: Vec<u64> = sheet
            .items
            .iter()
            .filter(|item| item.day <= day)
            .filter_map(|item| match item.fact {
                Fact::Return { of, .. } => Some(of),
                _ => None,
            })
            .collect();
        let without = only(&sheet, |item| !returns(item) && !returned.contains(&item.seq));
        for (cell, without) in judged.iter().zip(cells(&without, day)) {
            prop_assert_eq!(cell.count, without.count);
            prop_assert_eq!(cell.fulfilled, without.fulfilled);
            prop_assert_eq!((cell.proven, cell.accepted), (without.proven, without.accepted));
            if cell.standing.is_completed() || cell.rectify.is_none() {
                prop_assert_eq!(cell.standing, without.standing);
                prop_assert_eq!(cell.days, without.days);
            }
        }

        let mut taken_back = sheet.clone();
        let verdicts: Vec<Item> = sheet.items.iter().filter(|item| accepts(item) || returns(item)).copied().collect();
        for (verdict, seq) in verdicts.iter().zip(1000..) {
            taken_back.items.push(Item { seq, fact: Fact::Undo { of: verdict.seq }, ..*verdict });
        }
        let never = only(&sheet, |item| !accepts(item) && !returns(item));
        prop_assert_eq!(cells(&taken_back, day), cells(&never, day));
    }
}
