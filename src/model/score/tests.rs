//! Rule 11 by example, and its laws over random journals.

use proptest::prelude::*;

use super::*;
use crate::model::board::{Desk, View};
use crate::model::plan::Assessment;
use crate::model::sheet::{Booked, Item, Mark};

fn plan(rules: &[serde_json::Value]) -> Plan {
    let task = |code: &str, schedule: serde_json::Value| {
        serde_json::json!({
            "code": code, "name": code, "short": code, "activity": 0, "clause": "", "text": "", "who": ["village"],
            "schedule": schedule, "target": null, "totals": false, "any_of": [], "nil": false, "optional": false,
            "by_roster": false, "open": null, "evidence": "none", "goals": [], "themes": [], "decided": []
        })
    };
    let once = |due: &str| serde_json::json!({ "once": { "from": null, "due": due } });
    let monthly = serde_json::json!({ "every": { "period": "month", "by": null, "from": "2020-06-16", "to": "2020-12-31" } });
    serde_json::from_value(serde_json::json!({
        "id": "census", "title": "普查", "issuer": "镇", "number": "", "issued": "2020-06-16", "ends": "2020-12-31",
        "supervisor": null, "lang": "zh-CN", "timezone": 480, "due_soon": 7, "grace": 0, "rectify": 5,
        "calendar": { "off": [], "work": [] }, "goals": [], "themes": [],
        "phases": [{ "id": "p", "name": "p", "clause": "", "from": "2020-01-01", "to": "2020-12-31" }],
        "activities": [{ "id": "a", "name": "a", "clause": "", "text": "", "phase": 0 }],
        "tasks": [task("banner", once("2020-06-30")), task("poster", once("2020-07-20")), task("news", monthly)],
        "assessment": { "base": 100, "floor": 90, "who": ["village"], "notice_every": "month", "rules": rules }
    }))
    .unwrap()
}

fn rule(
    on: &str,
    per: &str,
    points: f64,
    cap: Option<f64>,
    again: Option<f64>,
) -> serde_json::Value {
    serde_json::json!({
        "id": format!("{on}-{per}"), "clause": "", "on": on, "points": points, "per": per, "cap": cap, "again": again
    })
}

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn points(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// One unit's history: facts are added to its sheet, notices are issued over it.
struct History {
    plan: Plan,
    class: Class,
    sheet: Sheet,
    issued: u32,
    next: Seq,
}

impl History {
    fn new(rules: &[serde_json::Value]) -> Self {
        let class = Class {
            kind: "village".into(),
            labels: Vec::new(),
            code: None,
        };
        Self {
            plan: plan(rules),
            class,
            sheet: Sheet::default(),
            issued: 0,
            next: 1,
        }
    }

    fn add(&mut self, task: TaskNo, on: Day, fact: Fact) -> Seq {
        let seq = self.next;
        self.next += 1;
        self.sheet.items.push(Item {
            seq,
            task,
            day: on,
            lag: 0,
            fact,
        });
        seq
    }

    fn record(&mut self, task: TaskNo, on: &str) -> Seq {
        let mark = Mark {
            count: Decimal::ONE,
            total: false,
            nil: false,
            proof: false,
            period: None,
        };
        self.add(task, day(on), Fact::Record(mark))
    }

    fn rules(&self) -> Vec<(RuleNo, String)> {
        let ids = self
            .assessment()
            .rules
            .iter()
            .map(|rule| rule.id.to_string());
        (10..).zip(ids).collect()
    }

    fn assessment(&self) -> &Assessment {
        self.plan.assessment.as_ref().unwrap()
    }

    fn ledger(&self) -> Ledger {
        Ledger::of(&self.sheet, View::on(day("2021-12-31")))
    }

    /// Issues the next notice on that day, with the same cut-off.
    fn issue(&mut self, on: Day) -> Vec<Naming> {
        self.issued += 1;
        let classes = std::slice::from_ref(&self.class);
        let (tasks, rules) = ([0, 1, 2], self.rules());
        let ruler = Ruler::new(&self.plan, &tasks, classes, &[], View::on(on));
        let mut cells = Vec::new();
        ruler.cells(&self.sheet, &mut Desk::default(), |cell| cells.push(cell));
        let assessor = Assessor::new(&self.plan, &tasks, &rules, classes, self.issued);
        let before = self.ledger();
        let mut namings = Vec::new();
        assessor.namings(&ruler, &self.sheet, &cells, &before, &mut namings);
        for naming in &namings {
            let booked = Booked {
                notice: self.issued,
                on: naming.on,
                period: naming.period,
                of: naming.of,
                days: naming.days,
                rule: naming.rule.map(|place| rules[place].0),
                points: naming.points,
            };
            let task = naming.task.map_or(NO_TASK, |place| tasks[place]);
            self.add(task, on, Fact::Book(booked));
        }
        self.expect_caps(&before);
        self.expect_days(&before, &cells, |cell| ruler.period(cell));
        namings
    }

    /// A day late is booked once at most by a rule per day. Only what was undone since can have been booked beyond them before.
    fn expect_days(&self, before: &Ledger, cells: &[Cell], period: impl Fn(&Cell) -> Option<Day>) {
        let (ledger, numbers) = (self.ledger(), self.rules());
        for (rule, (number, id)) in self.assessment().rules.iter().zip(numbers) {
            if rule.per != Per::Day || rule.on != Trigger::Overdue {
                continue;
            }
            for cell in cells
                .iter()
                .filter(|cell| cell.standing == Standing::Overdue)
            {
                let booked = |ledger: &Ledger| -> i32 {
                    let mine = ledger.lines.iter().filter(|line| {
                        line.booked.rule == Some(number)
                            && line.is_about(u32::try_from(cell.task).unwrap(), period(cell))
                    });
                    mine.map(|line| line.booked.days).sum()
                };
                let (days, most) = (booked(&ledger), cell.days.max(booked(before)));
                assert!(days <= most, "{id}: {days} of {most} days");
            }
        }
    }

    /// A notice never books beyond a cap; only an undone reversal can have gone there before it.
    fn expect_caps(&self, before: &Ledger) {
        for (rule, (number, _)) in self.assessment().rules.iter().zip(self.rules()) {
            let cap = rule.cap.unwrap_or(points("1000000"));
            let most = cap.max(before.by_rule(number).abs());
            assert!(self.ledger().by_rule(number).abs() <= most, "{}", rule.id);
        }
    }

    fn score(&self) -> Decimal {
        self.ledger().sum(self.assessment()).score
    }
}

fn told(namings: &[Naming]) -> Vec<(Trigger, Option<usize>, i32, Option<usize>, String)> {
    let one = |naming: &Naming| {
        (
            naming.on,
            naming.task,
            naming.days,
            naming.rule,
            naming.points.to_string(),
        )
    };
    namings.iter().map(one).collect()
}

#[test]
fn an_obligation_is_booked_once_a_notice_and_more_where_the_one_before_booked_it() {
    let mut history = History::new(&[rule("overdue", "obligation", -1.0, None, Some(2.0))]);
    history.record(2, "2020-06-20");
    let first = history.issue(day("2020-07-03"));
    assert_eq!(
        told(&first),
        [(Trigger::Overdue, Some(0), 3, Some(0), "-1".into())]
    );
    let second = history.issue(day("2020-07-10"));
    assert_eq!(
        told(&second),
        [(Trigger::Overdue, Some(0), 10, Some(0), "-2".into())]
    );
    history.issue(day("2020-07-15"));
    assert_eq!(
        history.score(),
        points("95"),
        "doubled again, not quadrupled"
    );
    history.record(0, "2020-07-16");
    assert_eq!(told(&history.issue(day("2020-07-17"))), []);
}

/// A rule of another id that is about those tasks alone.
fn rule_for(tasks: &[&str], mut rule: serde_json::Value) -> serde_json::Value {
    rule["id"] = format!("{}-own", rule["id"].as_str().unwrap()).into();
    rule["tasks"] = tasks.into();
    rule
}

#[test]
fn the_more_particular_of_two_rules_books_alone() {
    let general = rule("overdue", "obligation", -1.0, None, None);
    let own = |tasks| rule_for(tasks, rule("overdue", "obligation", -3.0, None, None));
    let issued = |rules: &[serde_json::Value]| told(&History::new(rules).issue(day("2020-07-03")));
    let overdue = |task, rule, points: &str| (Trigger::Overdue, Some(task), 3, rule, points.into());
    let wanted = [overdue(2, Some(0), "-1"), overdue(0, Some(1), "-3")];
    assert_eq!(issued(&[general.clone(), own(&["banner"])]), wanted);
    let wanted = [overdue(0, Some(0), "-3"), overdue(2, Some(1), "-1")];
    assert_eq!(
        issued(&[own(&["banner"]), general.clone()]),
        wanted,
        "in any order"
    );
    let wanted = [overdue(2, Some(0), "-3"), overdue(0, None, "0")];
    assert_eq!(
        issued(&[own(&["news", "poster"])]),
        wanted,
        "named without points"
    );
    let both = [overdue(0, Some(0), "-3"), overdue(2, Some(0), "-3")];
    assert_eq!(issued(&[own(&["news", "banner"]), general]), both);
}

#[test]
fn a_rule_for_some_tasks_counts_days_and_units_of_these_alone() {
    let days = rule_for(&["news"], rule("overdue", "day", -0.5, None, None));
    let namings = told(&History::new(&[days]).issue(day("2020-07-03")));
    let wanted = (Trigger::Overdue, Some(2), 3, Some(0), "-1.5".to_string());
    assert_eq!(namings[0], wanted);
    let unit = |task| rule_for(&[task], rule("overdue", "unit", -2.0, None, None));
    let booked = |task| {
        let namings = History::new(&[unit(task)]).issue(day("2020-07-03"));
        namings.iter().map(|naming| naming.points).sum::<Decimal>()
    };
    assert_eq!(booked("banner"), points("-2"));
    assert_eq!(booked("poster"), Decimal::ZERO, "not due yet");
}

#[test]
fn late_work_is_named_where_a_rule_is_about_that_task() {
    let late = rule_for(&["banner"], rule("late", "obligation", -0.5, None, None));
    let mut history = History::new(&[late]);
    history.record(0, "2020-07-05");
    history.record(1, "2020-07-22");
    history.record(2, "2020-06-20");
    let namings = told(&history.issue(day("2020-07-25")));
    assert_eq!(
        namings,
        [(Trigger::Late, Some(0), 5, Some(0), "-0.5".into())]
    );
}

#[test]
fn days_are_booked_once_each() {
    let mut history = History::new(&[rule("overdue", "day", -0.1, None, None)]);
    history.record(2, "2020-06-20");
    history.issue(day("2020-07-03"));
    let second = history.issue(day("2020-07-10"));
    assert_eq!(
        told(&second),
        [(Trigger::Overdue, Some(0), 7, Some(0), "-0.7".into())]
    );
    assert_eq!(history.score(), points("99"));
}

#[test]
fn late_work_is_booked_once_and_not_where_it_was_booked_as_overdue() {
    let rules = [
        rule("overdue", "obligation", -1.0, None, None),
        rule("late", "obligation", -0.5, None, None),
    ];
    let mut history = History::new(&rules);
    history.record(2, "2020-06-20");
    history.issue(day("2020-07-03"));
    history.record(0, "2020-07-05");
    history.record(2, "2020-07-06");
    history.record(1, "2020-07-22");
    let second = history.issue(day("2020-07-25"));
    assert_eq!(
        told(&second),
        [(Trigger::Late, Some(1), 2, Some(1), "-0.5".into())]
    );
    assert_eq!(told(&history.issue(day("2020-07-28"))), []);
}

#[test]
fn a_return_is_booked_once_and_praise_too() {
    let rules = [
        rule("returned", "obligation", -1.0, None, None),
        rule("commended", "obligation", 0.5, None, None),
    ];
    let mut history = History::new(&rules);
    let of = history.record(0, "2020-06-20");
    history.record(2, "2020-06-20");
    let rectify = day("2020-07-08");
    let returned = history.add(0, day("2020-06-25"), Fact::Return { of, rectify });
    let praised = history.add(NO_TASK, day("2020-06-26"), Fact::Commend);
    let first = history.issue(day("2020-06-28"));
    let wanted = [
        (Trigger::Returned, Some(0), 0, Some(0), "-1".into()),
        (Trigger::Commended, None, 0, Some(1), "0.5".into()),
    ];
    assert_eq!(told(&first), wanted);
    assert_eq!((first[0].of, first[1].of), (Some(returned), Some(praised)));
    assert_eq!(told(&history.issue(day("2020-06-30"))), []);
    assert_eq!(history.score(), points("99.5"));
}

#[test]
fn a_return_that_a_notice_could_not_know_is_named_whichever_came_into_the_store_first() {
    let named = |known: bool, arrived_first: bool| {
        let mut history = History::new(&[rule("returned", "obligation", -1.0, None, None)]);
        let of = history.record(0, "2020-06-20");
        let rectify = day("2020-07-08");
        let sent_back = Fact::Return { of, rectify };
        history.next = 10;
        history.add(0, day("2020-06-26"), sent_back);
        history.issue(day("2020-06-28"));
        // Recorded in another store: its number says when it came into this one, its place when it was recorded.
        history.next = if arrived_first { 5 } else { 50 };
        let other = history.add(0, day("2020-06-25"), sent_back);
        if known {
            let item = history.sheet.items.pop().unwrap();
            history.sheet.items.insert(1, item);
        }
        history.next = 60;
        let second = history.issue(day("2020-06-30"));
        assert!(second.iter().all(|naming| naming.of == Some(other)));
        second.len()
    };
    for arrived_first in [true, false] {
        assert_eq!(named(false, arrived_first), 1);
        assert_eq!(
            named(true, arrived_first),
            0,
            "the first notice spoke for both"
        );
    }
}

#[test]
fn a_unit_rule_books_once_a_notice_and_names_what_for() {
    let mut history = History::new(&[rule("overdue", "unit", -3.0, Some(5.0), None)]);
    let first = history.issue(day("2020-07-03"));
    let wanted = [
        (Trigger::Overdue, None, 0, Some(0), "-3".into()),
        (Trigger::Overdue, Some(0), 3, None, "0".into()),
        (Trigger::Overdue, Some(2), 3, None, "0".into()),
    ];
    assert_eq!(told(&first), wanted);
    assert_eq!(
        told(&history.issue(day("2020-07-04")))[0].4,
        "-2",
        "what the cap has left"
    );
    assert_eq!(told(&history.issue(day("2020-07-05")))[0].4, "0");
}

#[test]
fn those_who_are_not_assessed_are_named_without_points() {
    let mut history = History::new(&[rule("overdue", "obligation", -1.0, None, None)]);
    history.plan.assessment.as_mut().unwrap().who = vec!["office".into()];
    let first = history.issue(day("2020-07-03"));
    assert!(
        first
            .iter()
            .all(|naming| naming.rule.is_none() && naming.points == Decimal::ZERO)
    );
    assert_eq!(first.len(), 2);
    assert_eq!(history.score(), points("100"));
}

/// An objection to the first notice: to all, or to the points for the unit as such.
fn objection(unit_points: bool) -> Fact {
    Fact::Object {
        notice: 1,
        period: None,
        unit_points,
    }
}

#[test]
fn a_reversal_gives_back_exactly_what_was_booked_and_makes_room_under_the_cap() {
    let mut history = History::new(&[rule("overdue", "obligation", -4.0, Some(5.0), Some(2.0))]);
    history.record(2, "2020-06-20");
    history.issue(day("2020-07-03"));
    assert_eq!(history.score(), points("96"));
    let of = history.add(0, day("2020-07-04"), objection(false));
    assert_eq!(
        history.score(),
        points("96"),
        "an objection alone changes nothing"
    );
    history.add(0, day("2020-07-05"), Fact::Reverse { of });
    assert_eq!(history.score(), points("100"));
    assert_eq!(
        history.ledger().sum(history.assessment()).given_back,
        points("4")
    );
    let second = history.issue(day("2020-07-06"));
    assert_eq!(
        second[0].points,
        points("-4"),
        "neither doubled nor capped by what was given back"
    );
}

#[test]
fn a_reversal_gives_back_what_was_taken_and_leaves_praise() {
    let rules = [
        rule("overdue", "obligation", -1.0, None, None),
        rule("commended", "obligation", 2.0, None, None),
    ];
    let mut history = History::new(&rules);
    history.record(2, "2020-06-20");
    history.add(NO_TASK, day("2020-06-26"), Fact::Commend);
    history.issue(day("2020-07-03"));
    assert_eq!(history.score(), points("101"));
    let of = history.add(NO_TASK, day("2020-07-04"), objection(false));
    let objected = |ledger: &Ledger| -> Decimal {
        let lines = ledger.lines.iter();
        let about = lines.filter(|line| line.objection.is_some_and(|it| it.seq == of));
        about.map(|line| line.booked.points).sum()
    };
    assert_eq!(objected(&history.ledger()), points("-1"));
    history.add(NO_TASK, day("2020-07-05"), Fact::Reverse { of });
    assert_eq!(history.score(), points("102"));
    assert_eq!(objected(&history.ledger()), points("-1"), "one sum");
}

#[test]
fn points_for_the_unit_as_such_can_be_objected_to_after_those_for_a_task() {
    let rules = [
        rule("overdue", "obligation", -1.0, None, None),
        rule("overdue", "unit", -3.0, None, None),
    ];
    let mut history = History::new(&rules);
    history.record(2, "2020-06-20");
    history.issue(day("2020-07-03"));
    assert_eq!(history.score(), points("96"));
    let banner = history.add(0, day("2020-07-04"), objection(false));
    let rest = history.add(NO_TASK, day("2020-07-05"), objection(false));
    history.add(0, day("2020-07-06"), Fact::Uphold { of: banner });
    history.add(NO_TASK, day("2020-07-07"), Fact::Reverse { of: rest });
    assert_eq!(history.score(), points("99"), "what was upheld stays");
}

#[test]
fn points_for_the_unit_as_such_can_be_objected_to_on_their_own_and_the_rest_later() {
    let rules = [
        rule("overdue", "obligation", -1.0, None, None),
        rule("overdue", "unit", -3.0, None, None),
    ];
    let mut history = History::new(&rules);
    history.record(2, "2020-06-20");
    history.issue(day("2020-07-03"));
    assert_eq!(history.score(), points("96"));
    let of = history.add(NO_TASK, day("2020-07-04"), objection(true));
    let rest = history.add(NO_TASK, day("2020-07-05"), objection(false));
    history.add(NO_TASK, day("2020-07-06"), Fact::Reverse { of });
    assert_eq!(history.score(), points("99"), "the task's point stays");
    history.add(NO_TASK, day("2020-07-07"), Fact::Reverse { of: rest });
    assert_eq!(
        history.score(),
        points("100"),
        "and is given back by itself"
    );
}

/// What happens to a unit, at random.
#[derive(Clone, Debug)]
enum Event {
    Record(TaskNo),
    Return,
    Commend,
    Issue,
    Object(u32, Option<TaskNo>, bool),
    Hear(bool),
    UndoLast,
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        3 => (0..3_u32).prop_map(Event::Record),
        2 => Just(Event::Return),
        1 => Just(Event::Commend),
        4 => Just(Event::Issue),
        2 => (1..5_u32, prop::option::of(0..3_u32), any::<bool>())
            .prop_map(|(notice, task, unit_points)| Event::Object(notice, task, unit_points)),
        2 => any::<bool>().prop_map(Event::Hear),
        1 => Just(Event::UndoLast),
    ]
}

fn some_rule(on: &'static str) -> impl Strategy<Value = serde_json::Value> {
    let per = prop::sample::select(vec!["obligation", "day", "unit"]);
    let cap = prop::option::of(prop::sample::select(vec![0.5, 2.0, 5.0]));
    let again = prop::option::of(prop::sample::select(vec![2.0, 1.5]));
    (per, prop::sample::select(vec![0.1, 1.0, 2.5]), cap, again).prop_map(
        move |(per, size, cap, again)| {
            rule(
                on,
                per,
                if on == "commended" { size } else { -size },
                cap,
                again,
            )
        },
    )
}

fn play(history: &mut History, events: &[Event]) {
    let mut today = day("2020-06-20");
    for event in events {
        today = today + 4;
        let records: Vec<Seq> = facts(&history.sheet, |fact| matches!(fact, Fact::Record(_)));
        let objections: Vec<(Seq, TaskNo)> = history
            .sheet
            .items
            .iter()
            .filter(|item| matches!(item.fact, Fact::Object { .. }))
            .map(|item| (item.seq, item.task))
            .collect();
        match event {
            Event::Record(task) => drop(history.record(*task, &today.to_string())),
            Event::Return => {
                if let Some(of) = records.last().copied() {
                    let task = history
                        .sheet
                        .items
                        .iter()
                        .find(|item| item.seq == of)
                        .unwrap()
                        .task;
                    history.add(
                        task,
                        today,
                        Fact::Return {
                            of,
                            rectify: today + 5,
                        },
                    );
                }
            }
            Event::Commend => drop(history.add(NO_TASK, today, Fact::Commend)),
            Event::Issue => drop(history.issue(today)),
            Event::Object(notice, task, unit_points) => {
                let fact = Fact::Object {
                    notice: *notice,
                    period: None,
                    unit_points: *unit_points && task.is_none(),
                };
                history.add(task.unwrap_or(NO_TASK), today, fact);
            }
            Event::Hear(granted) => {
                if let Some((of, task)) = objections.last().copied() {
                    let fact = if *granted {
                        Fact::Reverse { of }
                    } else {
                        Fact::Uphold { of }
                    };
                    history.add(task, today, fact);
                }
            }
            Event::UndoLast => {
                let undoable = facts(&history.sheet, |fact| {
                    !matches!(fact, Fact::Book(_) | Fact::Undo { .. })
                });
                if let Some(of) = undoable.last().copied() {
                    let task = history
                        .sheet
                        .items
                        .iter()
                        .find(|item| item.seq == of)
                        .unwrap()
                        .task;
                    history.add(task, today, Fact::Undo { of });
                }
            }
        }
    }
}

/// Rule 11 read a second time: the score, booking by booking. Nothing here is of two days' order: a history is typed day by day.
fn second_reading(history: &History) -> Decimal {
    let items = &history.sheet.items;
    let taken_back = |seq: Seq| {
        fn is(items: &[Item], seq: Seq) -> bool {
            let mut undos = items
                .iter()
                .filter(|item| item.fact == Fact::Undo { of: seq });
            undos.any(|undo| !is(items, undo.seq))
        }
        is(items, seq)
    };
    let live: Vec<&Item> = items.iter().filter(|item| !taken_back(item.seq)).collect();
    let mut score = history.assessment().base;
    for item in &live {
        let Fact::Book(booked) = item.fact else {
            continue;
        };
        score += booked.points;
        // Praise is nothing to object to. The rest is given back where the first objection that means it was granted.
        let meant = live.iter().find(|other| match other.fact {
            Fact::Object {
                notice,
                period,
                unit_points,
            } => {
                let whole = other.task == NO_TASK && (!unit_points || item.task == NO_TASK);
                notice == booked.notice
                    && (whole
                        || other.task == item.task && (period.is_none() || period == booked.period))
            }
            _ => false,
        });
        let given_back = meant.is_some_and(|meant| {
            live.iter()
                .any(|other| other.fact == Fact::Reverse { of: meant.seq })
        });
        if booked.points < Decimal::ZERO && given_back {
            score += -booked.points;
        }
    }
    score.max(history.assessment().floor)
}

fn facts(sheet: &Sheet, keep: impl Fn(&Fact) -> bool) -> Vec<Seq> {
    sheet
        .items
        .iter()
        .filter(|item| keep(&item.fact))
        .map(|item| item.seq)
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn the_laws_of_points(
        rules in (some_rule("overdue"), some_rule("late"), some_rule("returned"), some_rule("commended")),
        events in prop::collection::vec(event(), 0..24),
    ) {
        let mut history = History::new(&[rules.0, rules.1, rules.2, rules.3]);
        play(&mut history, &events);
        let ledger = history.ledger();
        let assessment = history.assessment();
        let sum = ledger.sum(assessment);
        // Sums add up, and the floor holds.
        let total: Decimal = ledger.lines.iter().map(|line| line.booked.points).sum();
        prop_assert_eq!(total, sum.deducted + sum.added);
        prop_assert_eq!(sum.sum, assessment.base + total + sum.given_back);
        prop_assert_eq!(sum.score, sum.sum.max(assessment.floor));
        for (place, rule) in assessment.rules.iter().enumerate() {
            let number = history.rules()[place].0;
            let mine: Vec<&BookedLine> = ledger.lines.iter().filter(|line| line.booked.rule == Some(number)).collect();
            for line in &mine {
                prop_assert!(rule.points.thousandths().signum() * line.booked.points.thousandths().signum() >= 0);
                let twin = |other: &&&BookedLine| other.is_about(line.task, line.booked.period) && other.booked.of == line.booked.of;
                let twins: Vec<_> = mine.iter().filter(twin).collect();
                // Nothing is booked twice: once a notice, and once ever for what was late, returned or commended.
                let of_notice = twins.iter().filter(|other| other.booked.notice == line.booked.notice).count();
                prop_assert_eq!(of_notice, 1);
                if rule.on != Trigger::Overdue && rule.per != Per::Unit {
                    prop_assert_eq!(twins.len(), 1);
                }
                if rule.on == Trigger::Late && rule.per != Per::Unit {
                    let overdue = |other: &&BookedLine| {
                        other.booked.on == Trigger::Overdue && other.is_about(line.task, line.booked.period)
                    };
                    let first = ledger.lines.iter().find(overdue);
                    prop_assert!(first.is_none_or(|first| first.seq > line.seq));
                }
            }
        }
        prop_assert_eq!(sum.score, second_reading(&history));
        // A reversal restores exactly: without what it reversed the score is the same.
        let mut without = history.sheet.clone();
        let reversed: Vec<Seq> = ledger.lines.iter().filter(|line| line.is_reversed()).map(|line| line.seq).collect();
        without.items.retain(|item| !reversed.contains(&item.seq));
        let bare = Ledger::of(&without, View::on(day("2021-12-31"))).sum(assessment);
        prop_assert_eq!((bare.score, bare.given_back), (sum.score, Decimal::ZERO));
    }
}
