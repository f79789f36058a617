//! docs/rules.md read a second time: slowly, day by day, rule by rule, from the text and not from the fold.
//!
//! Where the text leaves a question, the answer stands here, at the rule that raises it.

use super::super::{Cell, View};
use super::campaign::Campaign;
use super::deadlines::{Deadline, days, deadlines};
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Schedule;
use crate::model::entry::Seq;
use crate::model::plan::{Amount, Task};
use crate::model::sheet::{Fact, Item, Mark, Sheet};
use crate::model::standing::Standing;

/// The board by the second reading: the cells of each sheet.
pub(crate) fn board(campaign: &Campaign, view: View) -> Vec<Vec<Cell>> {
    let unit = |sheet| Unit {
        campaign,
        view,
        sheet,
    };
    let cells = |sheet| unit(sheet).cells();
    campaign.sheets.iter().map(cells).collect()
}

/// A share of a whole, half up to steps of so many thousandths: the largest number of steps that is at most half a step above; of
/// whole numbers at least one, where there is anything.
fn half_up(share: Decimal, whole: Decimal, step: i64) -> Decimal {
    let exact = share.thousandths() * whole.thousandths(); // in millionths
    let mut steps = i64::from(step == 1000 && exact > 0);
    while (steps + 1) * step * 1000 <= exact + step * 500 {
        steps += 1;
    }
    Decimal::from_thousandths(steps * step)
}

/// Section 5: facts of one day follow each other as they were recorded, which is how they stand on a sheet.
fn order(items: &[Item], item: &Item) -> (Day, usize) {
    (item.day, typed(items, item))
}

/// The place of a fact among those of its sheet: what was typed after what.
fn typed(items: &[Item], item: &Item) -> usize {
    items
        .iter()
        .position(|other| other.seq == item.seq)
        .unwrap()
}

/// A record that is in force on the day asked about.
struct Report<'a> {
    item: &'a Item,
    mark: Mark,
    /// Its live returns, each with the last day to put it right.
    returns: Vec<(&'a Item, Day)>,
    accepted: bool,
}

struct Unit<'a> {
    campaign: &'a Campaign,
    view: View,
    sheet: &'a Sheet,
}

impl Unit<'_> {
    fn cells(&self) -> Vec<Cell> {
        let Some(class) = self.campaign.classes.get(self.sheet.class as usize) else {
            return Vec::new();
        };
        let mut cells = Vec::new();
        for (place, task) in self.campaign.plan.tasks.iter().enumerate() {
            let owes = task.who.iter().any(|word| {
                *word == class.kind
                    || class.labels.contains(word)
                    || class
                        .code
                        .as_ref()
                        .is_some_and(|code| code.as_str() == word)
            });
            if !owes || task.optional || task.open.is_some() {
                continue;
            }
            let mut deadlines = deadlines(&task.schedule, self.campaign.plan.issued);
            if task.schedule == Schedule::Instruction {
                match self.ordered(place) {
                    // Rule 6: a unit after its `until` waits for nothing.
                    None if self.sheet.until.is_some_and(|last| last < self.view.as_of) => {}
                    None => cells.push(waiting(place)),
                    Some(due) => deadlines.push(due),
                }
            }
            // The plan's day decides who owes; an extension neither dissolves an obligation nor hands it on.
            let owed = |due: Day| {
                self.sheet.since.is_none_or(|since| since <= due)
                    && self.sheet.until.is_none_or(|until| due <= until)
            };
            for (due_at, deadline) in deadlines.iter().enumerate() {
                if owed(deadline.due) {
                    cells.push(self.cell(place, due_at, deadline));
                }
            }
        }
        cells
    }

    /// Rule 7: only what had been recorded by then.
    fn is_known(&self, item: &Item) -> bool {
        self.view
            .known_by
            .is_none_or(|day| item.day + item.lag <= day)
    }

    /// Whether an entry was taken back, by an undo that was not; on whatever day (rule 7).
    fn is_undone(&self, items: &[Item], seq: Seq) -> bool {
        items.iter().any(|item| {
            let undoes = matches!(item.fact, Fact::Undo { of } if of == seq);
            undoes && self.is_known(item) && !self.is_undone(items, item.seq)
        })
    }

    /// Rule 7: the facts of a task that act on the day asked about.
    fn facts<'a>(&self, items: &'a [Item], place: usize) -> Vec<&'a Item> {
        let number = self.campaign.numbers[place];
        let acts = |item: &&Item| {
            item.task == number
                && item.day <= self.view.as_of
                && self.is_known(item)
                && !self.is_undone(items, item.seq)
        };
        items.iter().filter(acts).collect()
    }

    /// Rule 9: the deadline that the latest order gives.
    fn ordered(&self, place: usize) -> Option<Deadline> {
        let orders = self.facts(&self.campaign.orders, place).into_iter();
        let orders = orders.filter_map(|item| match item.fact {
            Fact::Instruct { due } => Some((item, due)),
            _ => None,
        });
        let all = &self.campaign.orders;
        let (_, due) = orders.max_by_key(|(item, _)| order(all, item))?;
        let due = due.max(self.campaign.plan.issued);
        Some(Deadline {
            key: due,
            due,
            opens: None,
            closes: None,
            share: None,
        })
    }

    /// The reports on one deadline (rule 2): all that are for it, early and returned ones too.
    fn reports<'a>(&self, facts: &[&'a Item], task: &Task, deadline: &Deadline) -> Vec<Report<'a>> {
        let mut reports = Vec::new();
        for item in facts {
            let Fact::Record(mark) = item.fact else {
                continue;
            };
            let recurring = matches!(task.schedule, Schedule::Every { .. });
            let belongs = match mark.period {
                _ if !recurring => true,
                Some(key) => key == deadline.key,
                None => deadline.opens <= Some(item.day) && Some(item.day) <= deadline.closes,
            };
            if belongs {
                let returned = |other: &&'a Item| match other.fact {
                    Fact::Return { of, rectify } if of == item.seq => Some((*other, rectify)),
                    _ => None,
                };
                let accepts =
                    |other: &&Item| matches!(other.fact, Fact::Accept { of } if of == item.seq);
                reports.push(Report {
                    item,
                    mark,
                    returns: facts.iter().filter_map(returned).collect(),
                    accepted: facts.iter().any(accepts),
                });
            }
        }
        reports.sort_by_key(|report| order(&self.sheet.items, report.item));
        reports
    }

    /// The due day in force. Rule 1: never before the day of an `apply` that laid it on the unit, whenever that became known, for
    /// the plan in force now judges every day. Rule 9: of several extensions the latest day holds, and shortens nothing.
    fn due_in_force(&self, facts: &[&Item], place: usize, deadline: &Deadline) -> Day {
        let fits = |period: Option<Day>| period.is_none() || period == Some(deadline.key);
        let mut due = deadline.due;
        for item in &self.sheet.items {
            if let Fact::Gain { period } = item.fact
                && item.task == self.campaign.numbers[place]
                && fits(period)
            {
                due = due.max(item.day);
            }
        }
        for item in facts {
            if let Fact::Extend { period, due: until } = item.fact
                && fits(period)
            {
                due = due.max(until);
            }
        }
        due
    }

    /// What the unit needs, and of what share that is. A unit whose attribute nobody knows needs one record.
    fn need(
        &self,
        task: &Task,
        deadline: &Deadline,
    ) -> (Option<Decimal>, Option<(Decimal, Decimal)>) {
        let class = &self.campaign.classes[self.sheet.class as usize];
        let named = |who: &[String]| who.is_empty() || class.is_any_of(who);
        let needs = task.target.iter().flat_map(|target| &target.needs);
        let (whole, share) = match needs
            .into_iter()
            .find(|need| named(&need.who))
            .map(|need| &need.amount)
        {
            None => (None, None),
            Some(Amount::Count(count)) => (Some(*count), None),
            Some(Amount::Share { share, of }) => {
                let names = self.campaign.plan.attributes();
                let at = names.iter().position(|name| name == of).unwrap();
                match self.sheet.amounts[at] {
                    Some(amount) => (Some(half_up(*share, amount, 1000)), Some((*share, amount))),
                    None => (None, None),
                }
            }
        };
        // A milestone of a whole target is a whole number too; one of 2.5 is not, or all of 2.5 would be 3.
        let milestone = |whole: Decimal| {
            let step = if whole.is_whole() { 1000 } else { 1 };
            deadline
                .share
                .map_or(whole, |share| half_up(share, whole, step))
        };
        (whole.map(milestone), share)
    }

    fn cell(&self, place: usize, due_at: usize, deadline: &Deadline) -> Cell {
        let task = &self.campaign.plan.tasks[place];
        let as_of = self.view.as_of;
        let facts = self.facts(&self.sheet.items, place);
        let reports = self.reports(&facts, task, deadline);
        let due = self.due_in_force(&facts, place, deadline);
        let (need, share) = self.need(task, deadline);

        let counts =
            |report: &&Report| report.returns.is_empty() && fulfils(report, task, deadline);
        let counted: Vec<&Report> = reports.iter().filter(counts).collect();
        let fulfilled = if task.by_roster {
            self.first_named()
        } else {
            let by_records = self.reached(&counted, need);
            // What takes nothing is done without a record, on the day on which it falls due.
            let by_nothing = (need == Some(Decimal::ZERO) && as_of >= due).then_some(due);
            [by_records, by_nothing].into_iter().flatten().min()
        };

        let items = &self.sheet.items;
        let returns = reports.iter().flat_map(|report| &report.returns);
        let bearing =
            returns.filter(|(back, _)| self.left_open(place, &facts, back) == Some(due_at));
        let latest = bearing.max_by_key(|(back, _)| order(items, back));
        let rectify = latest.map(|(_, rectify)| *rectify);
        let excuses = |item: &&Item| matches!(item.fact, Fact::Excuse { period } if period.is_none() || period == Some(deadline.key));

        let reminds = |item: &&Item| matches!(item.fact, Fact::Remind { period } if period.is_none() || period == Some(deadline.key));

        let past_due = as_of > due + self.view.grace.unwrap_or(self.campaign.plan.grace);
        let past_rectify = rectify.is_some_and(|day| as_of > day);
        let standing = match fulfilled {
            Some(day) if day <= due => Standing::Done,
            Some(_) => Standing::Late,
            None if facts.iter().any(excuses) => Standing::Excused,
            // A return is closed by what reaches what is owed; a part of that leaves it returned.
            None if latest.is_some() && !past_rectify => Standing::Returned,
            None if past_due => Standing::Overdue,
            None if as_of + self.campaign.plan.due_soon >= due => Standing::DueSoon,
            None => Standing::Pending,
        };
        let late = match standing {
            Standing::Late => self.days_late(due, fulfilled.unwrap()),
            Standing::Overdue => self.days_late(due, as_of),
            _ => 0,
        };
        // A completion with proof is one that the records with proof would have brought about alone.
        let completed = matches!(standing, Standing::Done | Standing::Late) && !task.by_roster;
        let alone = |keep: &dyn Fn(&Report) -> bool| {
            let kept: Vec<&Report> = counted
                .iter()
                .filter(|report| keep(report))
                .copied()
                .collect();
            completed && self.reached(&kept, need).is_some()
        };
        Cell {
            task: place,
            due_at,
            key: Some(deadline.key),
            due: Some(due),
            standing,
            count: sum_on(&counted, as_of),
            need,
            share,
            fulfilled,
            days: late,
            rectify,
            proven: alone(&|report| report.mark.proof),
            accepted: alone(&|report| report.accepted),
            reminders: u32::try_from(facts.iter().copied().filter(reminds).count()).unwrap(),
            returned: latest.map(|(item, _)| item.seq),
        }
    }

    /// Rule 3: the first of the days on which the records that count had reached the target and kept it until the day asked
    /// about; a lower total takes back what a higher one had reached.
    fn reached(&self, counted: &[&Report], need: Option<Decimal>) -> Option<Day> {
        let holds = |day: Day| {
            let mut so_far = counted.iter().filter(|report| report.item.day <= day);
            so_far.clone().any(|report| report.mark.nil)
                || so_far.any(|report| !report.mark.nil)
                    && need.is_none_or(|need| sum_on(counted, day) >= need)
        };
        let first = counted.iter().map(|report| report.item.day).min()?;
        let mut since = None;
        for day in days(first, self.view.as_of) {
            since = holds(day).then(|| since.unwrap_or(day));
        }
        since
    }

    /// The day on which an applied roster first names a contact.
    fn first_named(&self) -> Option<Day> {
        let named = |item: &&Item| {
            item.fact == Fact::Contact { named: true }
                && item.day <= self.view.as_of
                && self.is_known(item)
        };
        self.sheet
            .items
            .iter()
            .filter(named)
            .map(|item| item.day)
            .min()
    }

    /// Rule 10: the deadline that a return bears on, by its place: the first that the unit owes, whose window had begun, and that was
    /// open once the record was sent back, with what had been typed until then.
    fn left_open(&self, place: usize, facts: &[&Item], back: &Item) -> Option<usize> {
        let task = &self.campaign.plan.tasks[place];
        let items = &self.sheet.items;
        if task.by_roster {
            return None;
        }
        let mut all = deadlines(&task.schedule, self.campaign.plan.issued);
        all.extend(self.ordered(place));
        let until_then: Vec<&Item> = facts
            .iter()
            .filter(|item| typed(items, item) <= typed(items, back))
            .copied()
            .collect();
        all.iter().position(|deadline| {
            let about = |report: &Report| {
                report
                    .returns
                    .iter()
                    .any(|(other, _)| other.seq == back.seq)
            };
            let known = self.reports(&until_then, task, deadline);
            let stood: Vec<&Report> = known
                .iter()
                .filter(|report| report.returns.is_empty() && fulfils(report, task, deadline))
                .collect();
            self.sheet.since.is_none_or(|since| since <= deadline.due)
                && self.sheet.until.is_none_or(|until| deadline.due <= until)
                && self.reports(facts, task, deadline).iter().any(about)
                && deadline.opens.is_none_or(|opens| opens <= back.day)
                && self.reached(&stood, self.need(task, deadline).0).is_none()
        })
    }

    /// The days after `from`, up to `to` and no further than the plan's end; whatever is late is late by one at least (rule 4).
    fn days_late(&self, from: Day, to: Day) -> i32 {
        let ends = self.campaign.plan.ends;
        let late = days(from + 1, to).filter(|day| ends.is_none_or(|ends| *day <= ends));
        i32::try_from(late.count()).unwrap().max(1)
    }
}

/// Rule 2: whether a report would fulfil the deadline it is for: not one from before the window, nor an empty one where that will
/// not do.
fn fulfils(report: &Report, task: &Task, deadline: &Deadline) -> bool {
    deadline.opens.is_none_or(|opens| opens <= report.item.day) && (!report.mark.nil || task.nil)
}

/// Rule 2: what the records with day ≤ `day` come to: the latest total, and what was added after it.
fn sum_on(counted: &[&Report], day: Day) -> Decimal {
    let so_far = counted
        .iter()
        .filter(|report| report.item.day <= day && !report.mark.nil);
    let so_far: Vec<_> = so_far.collect();
    let from = so_far
        .iter()
        .rposition(|report| report.mark.total)
        .unwrap_or(0);
    so_far[from.min(so_far.len())..]
        .iter()
        .map(|report| report.mark.count)
        .sum()
}

/// A task whose order has not arrived has no due day yet: nothing in it can be early, late or out of the unit's days.
fn waiting(task: usize) -> Cell {
    Cell {
        task,
        due_at: 0,
        key: None,
        due: None,
        standing: Standing::Waiting,
        count: Decimal::ZERO,
        need: None,
        share: None,
        fulfilled: None,
        days: 0,
        rectify: None,
        proven: false,
        accepted: false,
        reminders: 0,
        returned: None,
    }
}
