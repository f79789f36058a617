//! Campaigns by chance: small plans of every kind of task, and journals as crooked as merges can make them.

use proptest::prelude::*;
use proptest::sample::Index;

use super::super::View;
use super::campaign::{Campaign, day, plan, task, village, whole};
use super::deadlines::deadlines;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::{By, Milestone, Period, Schedule};
use crate::model::entry::Seq;
use crate::model::plan::{Amount, Need, Plan, Target, Task};
use crate::model::sheet::{Fact, Item, Mark, NO_TASK, Sheet};
use crate::model::unit::Class;

/// A campaign of up to three tasks and two units.
pub(crate) fn campaign() -> impl Strategy<Value = Campaign> {
    let tasks = prop::collection::vec(any_task(), 1..=3);
    let days = (0..25, prop::option::weighted(0.7, 20..70), 0..9, 0..5);
    let orders = prop::collection::vec(event(an_order()), 0..5);
    let units = prop::collection::vec(unit(), 2);
    (tasks, days, any::<bool>(), orders, units).prop_map(
        |(mut tasks, days, upwards, orders, units)| {
            for (place, task) in tasks.iter_mut().enumerate() {
                task.code = format!("task-{place}").parse().unwrap();
            }
            let (issued, ends, due_soon, grace) = days;
            let plan = Plan {
                issued: day(issued),
                ends: ends.map(day),
                due_soon,
                grace,
                ..plan(tasks)
            };
            let mut numbers: Vec<u32> = (0..).step_by(3).take(plan.tasks.len()).collect();
            if !upwards {
                numbers.reverse();
            }
            let mut campaign = Campaign {
                numbers,
                classes: vec![village(&[]), village(&["city"]), office()],
                sheets: Vec::new(),
                orders: Vec::new(),
                plan,
            };
            campaign.orders = items(&campaign, &orders);
            campaign.sheets = units.iter().map(|unit| unit.sheet(&campaign)).collect();
            campaign
        },
    )
}

/// A day to look at, what was known by when, and another grace.
pub(crate) fn view() -> impl Strategy<Value = View> {
    let known_by = prop::option::weighted(0.3, -5..80);
    let grace = prop::option::weighted(0.3, 0..6);
    (-3..80, known_by, grace).prop_map(|(as_of, known_by, grace)| View {
        as_of: day(as_of),
        known_by: known_by.map(day),
        grace,
    })
}

fn office() -> Class {
    Class {
        kind: "office".into(),
        labels: Vec::new(),
        code: Some("o1".parse().unwrap()),
    }
}

/// A day of two months, every other one a Monday, so that much falls on the same day.
fn some_day() -> impl Strategy<Value = Day> {
    prop_oneof![0..60, (0..8).prop_map(|week| week * 7)].prop_map(day)
}

fn rarely() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.1)
}

fn any_task() -> impl Strategy<Value = Task> {
    let who = prop_oneof![
        6 => Just(vec!["village"]),
        1 => Just(vec!["city", "o1"]),
        1 => Just(vec!["office"]),
    ];
    let flags = (any::<bool>(), any::<bool>(), rarely(), rarely(), rarely());
    (schedule(), target(), who, flags).prop_map(|(schedule, target, who, flags)| {
        let (totals, nil, by_roster, optional, open) = flags;
        Task {
            who: who.into_iter().map(Into::into).collect(),
            target,
            totals,
            nil,
            by_roster,
            optional,
            open: open.then(|| "?".into()),
            ..task("task", schedule)
        }
    })
}

fn schedule() -> impl Strategy<Value = Schedule> {
    let from = || prop::option::weighted(0.4, 0..30);
    let once = (some_day(), from()).prop_map(|(due, before)| Schedule::Once {
        from: before.map(|days| due - days),
        due,
    });
    let weekly = prop::option::of((1u8..=7).prop_map(By::Weekday));
    let monthly = prop::option::of((1u8..=31).prop_map(By::Monthday));
    let period = prop_oneof![
        (Just(Period::Day), Just(None), 0..6),
        (Just(Period::Week), weekly, 0..30),
        (Just(Period::Month), monthly, 0..75),
    ];
    let every = (period, 0..40).prop_map(|((period, by, length), from)| Schedule::Every {
        period,
        by,
        from: day(from),
        to: day(from + length),
    });
    let steps = prop::collection::vec((1..20, 1i64..=350), 1..4);
    let milestones = (some_day(), from(), steps).prop_map(|(first, before, steps)| {
        let mut step = Milestone {
            due: first,
            share: Decimal::ZERO,
            key: None,
        };
        let grow = |(days, share)| {
            step.due = step.due + days;
            step.share += Decimal::from_thousandths(share);
            step
        };
        let mut steps: Vec<Milestone> = steps.into_iter().map(grow).collect();
        if let Some(last) = steps
            .last_mut()
            .filter(|last| last.share.thousandths() % 2 == 0)
        {
            last.share = Decimal::ONE;
        }
        Schedule::Milestones {
            from: before.map(|days| first - days),
            steps,
        }
    });
    prop_oneof![2 => once, 3 => every, 2 => milestones, 1 => Just(Schedule::Instruction)]
}

fn target() -> impl Strategy<Value = Option<Target>> {
    let count = || {
        prop_oneof![
            (1i64..6).prop_map(whole),
            (1i64..6000).prop_map(Decimal::from_thousandths)
        ]
    };
    let share = (
        1i64..=1000,
        prop::sample::select(vec!["population", "households"]),
    );
    let amount = prop_oneof![
        2 => count().prop_map(Amount::Count),
        1 => share.prop_map(|(share, of)| Amount::Share {
            share: Decimal::from_thousandths(share),
            of: of.into(),
        }),
    ];
    let city = prop::option::of(count().prop_map(|count| Need {
        who: vec!["city".into()],
        amount: Amount::Count(count),
    }));
    let others = prop::option::weighted(
        0.8,
        amount.prop_map(|amount| Need {
            who: Vec::new(),
            amount,
        }),
    );
    (city, others).prop_map(|(city, others)| {
        let needs: Vec<Need> = city.into_iter().chain(others).collect();
        let measure = String::new();
        (!needs.is_empty()).then_some(Target { needs, measure })
    })
}

/// A unit before its plan is known.
#[derive(Clone, Debug)]
struct ChanceUnit {
    class: u32,
    since: Option<Day>,
    until: Option<Day>,
    amounts: [Option<Decimal>; 2],
    events: Vec<Event>,
}

fn unit() -> impl Strategy<Value = ChanceUnit> {
    let class = prop_oneof![4 => Just(0), 3 => Just(1), 1 => Just(2), 1 => Just(u32::MAX)];
    let amount = || prop::option::weighted(0.9, (0i64..12).prop_map(whole));
    let edge = || prop::option::weighted(0.15, some_day());
    let events = prop::collection::vec(event(a_deed()), 0..20);
    (class, edge(), edge(), amount(), amount(), events).prop_map(
        |(class, since, until, people, homes, events)| ChanceUnit {
            class,
            since,
            until,
            amounts: [people, homes],
            events,
        },
    )
}

impl ChanceUnit {
    fn sheet(&self, campaign: &Campaign) -> Sheet {
        let amount = |name: &&str| self.amounts[usize::from(*name == "households")];
        Sheet {
            unit: 0,
            parent: None,
            class: self.class,
            since: self.since,
            until: self.until,
            amounts: campaign.plan.attributes().iter().map(amount).collect(),
            items: items(campaign, &self.events),
        }
    }
}

/// Something that happens, before it is known in which plan.
#[derive(Clone, Debug)]
struct Event {
    task: Index,
    day: Day,
    lag: i32,
    deed: Deed,
}

/// What happens; an index picks the entry or the deadline that it is about.
#[derive(Clone, Debug)]
enum Deed {
    Record { mark: Mark, period: Option<Index> },
    Undo(Index),
    Accept(Index),
    Return(Index, i32),
    Excuse(Option<Index>),
    Extend(Option<Index>, Day),
    Instruct(Day),
    Gain(Option<Index>),
    Remind(Option<Index>),
    Contact(bool),
}

fn event(deed: impl Strategy<Value = Deed>) -> impl Strategy<Value = Event> {
    (any::<Index>(), some_day(), -2..12, deed).prop_map(|(task, day, lag, deed)| Event {
        task,
        day,
        lag,
        deed,
    })
}

fn an_order() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => some_day().prop_map(Deed::Instruct),
        1 => any::<Index>().prop_map(Deed::Undo),
    ]
}

fn a_deed() -> impl Strategy<Value = Deed> {
    let count = prop_oneof![
        2 => Just(Decimal::ONE),
        2 => (1i64..7).prop_map(whole),
        1 => (1i64..3000).prop_map(Decimal::from_thousandths),
    ];
    let period = || prop::option::weighted(0.3, any::<Index>());
    let record = (
        count,
        rarely(),
        prop::bool::weighted(0.15),
        any::<bool>(),
        period(),
    );
    let record = record.prop_map(|(count, total, nil, proof, period)| Deed::Record {
        mark: Mark {
            count,
            total,
            nil,
            proof,
            period: None,
        },
        period,
    });
    prop_oneof![
        12 => record,
        4 => any::<Index>().prop_map(Deed::Undo),
        2 => any::<Index>().prop_map(Deed::Accept),
        4 => (any::<Index>(), 0..12).prop_map(|(of, days)| Deed::Return(of, days)),
        1 => period().prop_map(Deed::Excuse),
        2 => (period(), some_day()).prop_map(|(period, due)| Deed::Extend(period, due)),
        1 => period().prop_map(Deed::Gain),
        2 => period().prop_map(Deed::Remind),
        1 => any::<bool>().prop_map(Deed::Contact),
    ]
}

/// Tells the events as facts of the plan's tasks, in the order in which they were recorded, whatever their places in the journal;
/// those that are about nothing are left out.
fn items(campaign: &Campaign, events: &[Event]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for event in events {
        let place = event.task.index(campaign.numbers.len());
        let own = &campaign.plan.tasks[place];
        let keys: Vec<Day> = deadlines(&own.schedule, campaign.plan.issued)
            .iter()
            .map(|due| due.key)
            .collect();
        let key = |period: &Option<Index>| {
            period
                .as_ref()
                .filter(|_| !keys.is_empty())
                .map(|period| *period.get(&keys))
        };
        let seq = items.len() as Seq * 2 + 1;
        let pick = |of: &Index, wanted: fn(&Fact) -> bool| {
            let there: Vec<&Item> = items.iter().filter(|item| wanted(&item.fact)).collect();
            (!there.is_empty()).then(|| **of.get(&there))
        };
        let is_record = |fact: &Fact| matches!(fact, Fact::Record(_));
        let mut number = campaign.numbers[place];
        let fact = match &event.deed {
            Deed::Record { mark, period } => Some(Fact::Record(Mark {
                // A plan may have changed its mind about totals since.
                total: !mark.nil && mark.total != own.totals,
                period: key(period),
                ..*mark
            })),
            Deed::Undo(of) => pick(of, |fact| {
                !matches!(fact, Fact::Gain { .. } | Fact::Contact { .. })
            })
            .map(|of| {
                number = of.task;
                Fact::Undo { of: of.seq }
            }),
            Deed::Accept(of) => pick(of, is_record).map(|of| {
                number = of.task;
                Fact::Accept { of: of.seq }
            }),
            Deed::Return(of, days) => pick(of, is_record).map(|of| {
                number = of.task;
                let rectify = event.day + *days;
                Fact::Return {
                    of: of.seq,
                    rectify,
                }
            }),
            Deed::Excuse(period) => Some(Fact::Excuse {
                period: key(period),
            }),
            Deed::Extend(period, due) => Some(Fact::Extend {
                period: key(period),
                due: *due,
            }),
            Deed::Instruct(due) => Some(Fact::Instruct { due: *due }),
            Deed::Gain(period) => Some(Fact::Gain {
                period: key(period),
            }),
            Deed::Remind(period) => Some(Fact::Remind {
                period: key(period),
            }),
            Deed::Contact(named) => {
                number = NO_TASK;
                Some(Fact::Contact { named: *named })
            }
        };
        items.extend(fact.map(|fact| Item {
            seq,
            task: number,
            day: event.day,
            lag: event.lag,
            fact,
        }));
    }
    items.sort_by_key(Item::recorded);
    items
}
