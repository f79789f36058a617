//! What stands where, read from the exported journal and the plan file alone: slowly, from `docs/rules.md`, with no line of the program.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};
use serde_json::Value;

/// A whole number is a thousand of these.
pub(super) const WHOLE: i64 = 1000;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn thousandths(value: &Value) -> i64 {
    (value.as_f64().unwrap() * 1000.0).round() as i64
}

#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub code: String,
    pub name: String,
    pub kind: String,
    pub parent: Option<String>,
    labels: Vec<String>,
    households: i64,
    since: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Unit {
    fn owes(&self, task: &Task) -> bool {
        let named =
            |word: &String| *word == self.kind || self.labels.contains(word) || *word == self.code;
        task.who.iter().any(named)
    }

    /// Section 3: whether it owes what is due on that day.
    fn is_there(&self, due: NaiveDate) -> bool {
        self.since.is_none_or(|since| since <= due) && self.until.is_none_or(|until| due <= until)
    }
}

#[derive(Clone, Debug)]
pub(super) struct Deadline {
    pub key: NaiveDate,
    due: NaiveDate,
    opens: Option<NaiveDate>,
    closes: Option<NaiveDate>,
    share: Option<i64>,
}

#[derive(Clone, Debug)]
pub(super) struct Task {
    pub code: String,
    pub phase: String,
    who: Vec<String>,
    pub target: Option<(i64, bool)>,
    nil: bool,
    pub optional: bool,
    every: Option<String>,
    instruction: bool,
    deadlines: Vec<Deadline>,
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub id: String,
    pub on: String,
    pub points: i64,
    pub per: String,
    pub again: Option<i64>,
    pub cap: Option<i64>,
    pub tasks: Vec<String>,
}

/// The plan as the file says it.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    issued: NaiveDate,
    ends: Option<NaiveDate>,
    grace: i64,
    due_soon: i64,
    pub tasks: Vec<Task>,
    pub units: Vec<Unit>,
    pub rules: Vec<Rule>,
}

impl Plan {
    pub(super) fn read(text: &str) -> Self {
        let file: toml::Value = toml::from_str(text).unwrap();
        let list = |value: &toml::Value, key: &str| {
            let list = value.get(key).and_then(toml::Value::as_array).cloned();
            list.unwrap_or_default()
        };
        let words = |value: &toml::Value, key: &str| -> Vec<String> {
            list(value, key)
                .iter()
                .map(|word| word.as_str().unwrap().into())
                .collect()
        };
        let text = |value: &toml::Value, key: &str| {
            value
                .get(key)
                .and_then(toml::Value::as_str)
                .map(ToString::to_string)
        };
        let date =
            |value: &toml::Value, key: &str| value.get(key).map(|day_| day(&day_.to_string()));
        let number = |value: &toml::Value| {
            let float = value
                .as_float()
                .or(value.as_integer().map(|n| n as f64))
                .unwrap();
            (float * 1000.0).round() as i64
        };
        let head = &file["plan"];
        let issued = date(head, "issued").unwrap();
        let mut tasks = Vec::new();
        for phase in list(&file, "phase") {
            for activity in list(&phase, "activity") {
                let target = activity
                    .get("target")
                    .map(|target| match target.get("count") {
                        Some(count) => (number(count), false),
                        None => (number(&target["share"]), true),
                    });
                let of_phase = |key| date(&activity, key).or(date(&phase, key)).unwrap();
                let every = text(&activity, "every");
                let steps = list(&activity, "milestone");
                let at = |due: NaiveDate, opens, share| Deadline {
                    key: due,
                    due: due.max(issued),
                    opens,
                    closes: None,
                    share,
                };
                let deadlines = if let Some(every) = &every {
                    periods(every, of_phase("from"), of_phase("to"), issued)
                } else if activity.get("on").is_some() {
                    Vec::new()
                } else if !steps.is_empty() {
                    let steps = steps.iter().map(|step| {
                        at(
                            date(step, "due").unwrap(),
                            None,
                            Some(number(&step["share"])),
                        )
                    });
                    steps.collect()
                } else {
                    let due = date(&activity, "due").or(date(&activity, "to")).unwrap();
                    vec![at(due, date(&activity, "from"), None)]
                };
                tasks.push(Task {
                    code: text(&activity, "id").unwrap(),
                    phase: text(&phase, "id").unwrap(),
                    who: words(&activity, "who"),
                    target,
                    nil: activity.get("nil").is_some(),
                    optional: activity.get("optional").is_some(),
                    instruction: activity.get("on").is_some(),
                    every,
                    deadlines,
                });
            }
        }
        let units = list(&file, "unit");
        let units = units.iter().map(|unit| Unit {
            code: text(unit, "code").unwrap(),
            name: text(unit, "name").unwrap(),
            kind: text(unit, "kind").unwrap(),
            parent: text(unit, "parent"),
            labels: words(unit, "labels"),
            households: unit.get("households").map_or(0, number),
            since: date(unit, "since"),
            until: date(unit, "until"),
        });
        let rules = list(&file["assessment"], "rule");
        let rules = rules.iter().map(|rule| Rule {
            id: text(rule, "id").unwrap(),
            on: text(rule, "on").unwrap(),
            points: number(&rule["points"]),
            per: text(rule, "per").unwrap_or_else(|| "obligation".into()),
            again: rule.get("again").map(number),
            cap: rule.get("cap").map(number),
            tasks: words(rule, "tasks"),
        });
        let whole = |key: &str| head[key].as_integer().unwrap();
        Self {
            issued,
            ends: date(head, "ends"),
            grace: whole("grace"),
            due_soon: whole("due_soon"),
            tasks,
            units: units.collect(),
            rules: rules.collect(),
        }
    }

    pub(super) fn unit(&self, code: &str) -> &Unit {
        self.units.iter().find(|unit| unit.code == code).unwrap()
    }

    pub(super) fn task(&self, code: &str) -> Option<&Task> {
        self.tasks.iter().find(|task| task.code == code)
    }
}

/// Months and weeks between two days; a period that ended before the plan was issued is none.
fn periods(every: &str, from: NaiveDate, to: NaiveDate, issued: NaiveDate) -> Vec<Deadline> {
    let mut periods: Vec<Deadline> = Vec::new();
    for on in from.iter_days().take_while(|on| *on <= to) {
        let name = |on: NaiveDate| match every {
            "month" => (on.year(), on.month()),
            _ => (on.iso_week().year(), on.iso_week().week()),
        };
        match periods.last_mut().filter(|last| name(last.due) == name(on)) {
            Some(last) => {
                (last.due, last.closes) = (on, Some(on));
            }
            None => periods.push(Deadline {
                key: on,
                due: on,
                opens: Some(on),
                closes: Some(on),
                share: None,
            }),
        }
    }
    // A period is known by the last day of its week or month, whatever the window cuts off.
    for period in &mut periods {
        let mut last = period.due;
        while match every {
            "month" => last.succ_opt().unwrap().month() == last.month(),
            _ => last.weekday() != chrono::Weekday::Sun,
        } {
            last = last.succ_opt().unwrap();
        }
        period.key = last;
    }
    periods.retain(|period| period.due >= issued);
    periods
}

/// One line of the journal.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub id: String,
    /// The day on which it was recorded.
    pub recorded: NaiveDate,
    pub batch: usize,
    pub command: String,
    pub kind: String,
    pub unit: Option<String>,
    pub task: Option<String>,
    pub on: NaiveDate,
    pub of: Option<String>,
    pub said: Value,
}

impl Entry {
    pub(super) fn period(&self) -> Option<NaiveDate> {
        self.said.get("for").map(|key| day(key.as_str().unwrap()))
    }

    pub(super) fn number(&self, key: &str) -> i64 {
        self.said.get(key).map_or(0, thousandths)
    }

    fn is_about(&self, deadline: &Deadline) -> bool {
        self.period().is_none_or(|key| key == deadline.key)
    }
}

/// The journal, in the order in which it was recorded: by moments, of one moment by the ids of batches.
pub(super) fn journal(export: &str) -> Vec<Entry> {
    let mut entries = in_file(export);
    entries.sort_by(|(one, _), (other, _)| one.cmp(other));
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// The entries of a file, each with the moment and id of its batch.
fn in_file(export: &str) -> Vec<((String, String), Entry)> {
    let mut entries = Vec::new();
    let (mut batch, mut head, mut index) = (0, Value::Null, 0);
    for line in export.lines().skip(1) {
        let said: Value = serde_json::from_str(line).unwrap();
        if said.get("batch").is_some() {
            (batch, head, index) = (batch + 1, said, 0);
            continue;
        }
        if said.get("end").is_some() {
            break;
        }
        let text = |key: &str| said.get(key).map(|text| text.as_str().unwrap().to_string());
        let order = (text_of(&head, "at"), text_of(&head, "batch"));
        let entry = Entry {
            id: format!("{}.{index}", head["batch"].as_str().unwrap()),
            recorded: day(&head["at"].as_str().unwrap()[..10]),
            batch,
            command: head["command"].as_str().unwrap().into(),
            kind: text("kind").unwrap(),
            unit: text("unit"),
            task: text("task"),
            on: day(&text("on").unwrap()),
            of: text("of"),
            said,
        };
        entries.push((order, entry));
        index += 1;
    }
    entries
}

fn text_of(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap().to_string()
}

/// What had been recorded by a day. What an amendment laid on a unit is of the plan, which judges every day.
pub(super) fn known_by(entries: &[Entry], known: NaiveDate) -> Vec<Entry> {
    let keep = |entry: &&Entry| entry.recorded <= known || entry.kind == "gain";
    entries.iter().filter(keep).cloned().collect()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    Waiting,
    Done,
    Late,
    Excused,
    Returned,
    Overdue,
    DueSoon,
    Pending,
}

impl Standing {
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Late => "late",
            Self::Excused => "excused",
            Self::Returned => "returned",
            Self::Overdue => "overdue",
            Self::DueSoon => "due_soon",
            Self::Pending => "pending",
        }
    }
}

/// An obligation.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    pub unit: String,
    pub task: String,
    pub phase: String,
    pub key: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub standing: Standing,
    pub count: i64,
    pub need: Option<i64>,
    pub fulfilled: Option<NaiveDate>,
    pub days: i64,
    pub rectify: Option<NaiveDate>,
    pub proven: bool,
    pub accepted: bool,
    pub reminders: usize,
    /// The return that it is back for.
    pub returned: Option<String>,
}

/// A report that counts or could.
struct Report<'a> {
    entry: &'a Entry,
    returned: Vec<&'a Entry>,
    accepted: bool,
}

/// A day asked about.
pub(super) struct Reading<'a> {
    pub plan: &'a Plan,
    pub entries: &'a [Entry],
    pub as_of: NaiveDate,
    undone: HashMap<&'a str, bool>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(plan: &'a Plan, entries: &'a [Entry], as_of: NaiveDate) -> Self {
        // What is undone later stands first: the last undo is never undone.
        let mut undone: HashMap<&str, bool> = HashMap::new();
        for entry in entries.iter().rev().filter(|entry| entry.kind == "undo") {
            if !undone.contains_key(entry.id.as_str()) {
                undone.insert(entry.of.as_deref().unwrap(), true);
            }
        }
        for lost in corrected_again(entries, &undone) {
            undone.insert(lost, true);
        }
        Self {
            plan,
            entries,
            as_of,
            undone,
        }
    }

    pub(super) fn stands(&self, entry: &Entry) -> bool {
        !self.undone.contains_key(entry.id.as_str())
    }

    /// What stands and acts by the day, of that kind.
    pub(super) fn live(&self, kind: &'a str) -> impl DoubleEndedIterator<Item = &'a Entry> {
        let acts = move |entry: &&Entry| {
            entry.kind == kind && entry.on <= self.as_of && self.stands(entry)
        };
        self.entries.iter().filter(acts)
    }

    fn of(&self, kind: &'a str, unit: &Unit, task: &Task) -> Vec<&'a Entry> {
        let about = |entry: &&Entry| {
            entry.unit.as_ref() == Some(&unit.code) && entry.task.as_ref() == Some(&task.code)
        };
        self.live(kind).filter(about).collect()
    }

    /// Rules 2 and 5: facts of a day in the order in which they were recorded.
    fn order(&self, entry: &Entry) -> (NaiveDate, usize) {
        (entry.on, self.place(entry))
    }

    fn place(&self, entry: &Entry) -> usize {
        self.entries
            .iter()
            .position(|other| other.id == entry.id)
            .unwrap()
    }

    pub(super) fn cells(&self) -> Vec<Cell> {
        let mut cells = Vec::new();
        for unit in &self.plan.units {
            for task in self.plan.tasks.iter().filter(|task| !task.optional) {
                if !unit.owes(task) {
                    continue;
                }
                let waits = task.instruction && self.ordered(task).is_none();
                if waits && unit.until.is_none_or(|until| until >= self.as_of) {
                    cells.push(Cell {
                        unit: unit.code.clone(),
                        task: task.code.clone(),
                        phase: task.phase.clone(),
                        key: None,
                        due: None,
                        standing: Standing::Waiting,
                        count: 0,
                        need: None,
                        fulfilled: None,
                        days: 0,
                        rectify: None,
                        proven: false,
                        accepted: false,
                        reminders: 0,
                        returned: None,
                    });
                }
                for deadline in self.deadlines(task) {
                    if unit.is_there(deadline.due) {
                        cells.push(self.cell(unit, task, &deadline));
                    }
                }
            }
        }
        cells
    }

    fn deadlines(&self, task: &Task) -> Vec<Deadline> {
        let mut all = task.deadlines.clone();
        all.extend(self.ordered(task).filter(|_| task.instruction));
        all
    }

    /// Rule 9: the latest order.
    fn ordered(&self, task: &Task) -> Option<Deadline> {
        let orders = self.live("instruct");
        let orders = orders.filter(|entry| entry.task.as_ref() == Some(&task.code));
        let latest = orders.max_by_key(|entry| self.order(entry))?;
        let due = day(latest.said["due"].as_str().unwrap()).max(self.plan.issued);
        Some(Deadline {
            key: due,
            due,
            opens: None,
            closes: None,
            share: None,
        })
    }

    fn reports(
        &self,
        unit: &Unit,
        task: &Task,
        deadline: &Deadline,
        before: usize,
    ) -> Vec<Report<'a>> {
        let back = self.of("return", unit, task);
        let good = self.of("accept", unit, task);
        let records = self.of("record", unit, task).into_iter();
        let until = |entry: &&Entry| self.place(entry) <= before;
        let mut reports: Vec<Report> = records
            .filter(until)
            .filter(|record| match (&task.every, record.period()) {
                (None, _) => true,
                (_, Some(key)) => key == deadline.key,
                (_, None) => {
                    deadline.opens <= Some(record.on) && Some(record.on) <= deadline.closes
                }
            })
            .map(|entry| {
                let about = |verdict: &&&Entry| verdict.of.as_ref() == Some(&entry.id);
                Report {
                    entry,
                    returned: back
                        .iter()
                        .copied()
                        .filter(until)
                        .filter(|verdict| about(&verdict))
                        .collect(),
                    accepted: good.iter().any(|verdict| about(&verdict)),
                }
            })
            .collect();
        reports.sort_by_key(|report| self.order(report.entry));
        reports
    }

    /// Rule 2, for one deadline.
    fn counted<'r>(
        &self,
        reports: &'r [Report<'a>],
        task: &Task,
        deadline: &Deadline,
    ) -> Vec<&'r Report<'a>> {
        let counts = |report: &&Report| {
            let nil = report.entry.said.get("nil").is_some();
            report.returned.is_empty()
                && deadline.opens.is_none_or(|opens| opens <= report.entry.on)
                && (!nil || task.nil)
        };
        reports.iter().filter(counts).collect()
    }

    fn need(&self, unit: &Unit, task: &Task, deadline: &Deadline) -> Option<i64> {
        // Half up to whole measures, and at least one.
        let part = |share: i64, whole: i64| {
            ((share * whole / WHOLE + WHOLE / 2) / WHOLE * WHOLE).max(WHOLE)
        };
        let (amount, is_share) = task.target?;
        let whole = if is_share {
            part(amount, unit.households)
        } else {
            amount
        };
        Some(deadline.share.map_or(whole, |share| part(share, whole)))
    }

    /// Rule 3.
    fn reached(&self, counted: &[&Report], need: Option<i64>) -> Option<NaiveDate> {
        let mut since = None;
        for on in counted
            .first()?
            .entry
            .on
            .iter_days()
            .take_while(|on| *on <= self.as_of)
        {
            let so_far = || counted.iter().filter(|report| report.entry.on <= on);
            let nil = so_far().any(|report| report.entry.said.get("nil").is_some());
            let holds = nil || need.is_none_or(|need| sum(counted, on) >= need);
            since = holds.then(|| since.unwrap_or(on));
        }
        since
    }

    fn cell(&self, unit: &Unit, task: &Task, deadline: &Deadline) -> Cell {
        let all = self.entries.len();
        let reports = self.reports(unit, task, deadline, all);
        let counted = self.counted(&reports, task, deadline);
        let need = self.need(unit, task, deadline);
        let fulfilled = self.reached(&counted, need);
        // Rule 1: never before the day of the `apply` that laid it on the unit; rule 9: an extension only gives time.
        let mut due = deadline.due;
        let gains = self.entries.iter().filter(|entry| entry.kind == "gain");
        let own = |entry: &&Entry| {
            entry.unit.as_ref() == Some(&unit.code) && entry.task.as_ref() == Some(&task.code)
        };
        for gain in gains.filter(own).filter(|gain| gain.is_about(deadline)) {
            due = due.max(gain.on);
        }
        for extension in self.of("extend", unit, task) {
            if extension.is_about(deadline) {
                due = due.max(day(extension.said["due"].as_str().unwrap()));
            }
        }
        let returns = reports.iter().flat_map(|report| &report.returned);
        let bears = |back: &&&Entry| self.bears_on(unit, task, back) == Some(deadline.key);
        let back = returns
            .filter(bears)
            .max_by_key(|back| self.order(back))
            .copied();
        let rectify = back.map(|back| day(back.said["rectify"].as_str().unwrap()));
        let excused = self.of("excuse", unit, task);
        let excused = excused.iter().any(|excuse| excuse.is_about(deadline));
        let past = |due: NaiveDate, days: i64| (self.as_of - due).num_days() > days;
        let standing = match fulfilled {
            Some(on) if on <= due => Standing::Done,
            Some(_) => Standing::Late,
            None if excused => Standing::Excused,
            None if rectify.is_some_and(|rectify| !past(rectify, 0)) => Standing::Returned,
            None if past(due, self.plan.grace) => Standing::Overdue,
            None if past(due, -self.plan.due_soon - 1) => Standing::DueSoon,
            None => Standing::Pending,
        };
        let late = |to: NaiveDate| {
            let to = self.plan.ends.map_or(to, |ends| to.min(ends));
            (to - due).num_days().max(1)
        };
        let days = match standing {
            Standing::Late => late(fulfilled.unwrap()),
            Standing::Overdue => late(self.as_of),
            _ => 0,
        };
        let completed = matches!(standing, Standing::Done | Standing::Late);
        let alone = |keep: &dyn Fn(&Report) -> bool| {
            let kept: Vec<&Report> = counted
                .iter()
                .filter(|report| keep(report))
                .copied()
                .collect();
            completed && self.reached(&kept, need).is_some()
        };
        let reminders = self.of("remind", unit, task).into_iter();
        Cell {
            unit: unit.code.clone(),
            task: task.code.clone(),
            phase: task.phase.clone(),
            key: Some(deadline.key),
            due: Some(due),
            standing,
            count: sum(&counted, self.as_of),
            need,
            fulfilled,
            days,
            rectify,
            proven: alone(&|report| report.entry.said.get("evidence").is_some()),
            accepted: alone(&|report| report.accepted),
            reminders: reminders.filter(|remind| remind.is_about(deadline)).count(),
            returned: back.map(|back| back.id.clone()),
        }
    }

    /// Rule 10: on the first deadline that the unit owes, whose window had begun, and that was open with what had been typed until then.
    fn bears_on(&self, unit: &Unit, task: &Task, back: &Entry) -> Option<NaiveDate> {
        let then = self.place(back);
        let deadlines = self.deadlines(task);
        let found = deadlines.iter().find(|deadline| {
            let reports = self.reports(unit, task, deadline, then);
            let counted = self.counted(&reports, task, deadline);
            let about = |report: &Report| report.entry.id == *back.of.as_ref().unwrap();
            unit.is_there(deadline.due)
                && reports.iter().any(about)
                && deadline.opens.is_none_or(|opens| opens <= back.on)
                && self
                    .reached(&counted, self.need(unit, task, deadline))
                    .is_none()
        });
        found.map(|deadline| deadline.key)
    }

    /// By which key a task tells its obligations apart; none where it has one.
    pub(super) fn told(&self, cell: &Cell) -> Option<NaiveDate> {
        let task = self.plan.task(&cell.task)?;
        let several = task.every.is_some() || task.deadlines.iter().any(|due| due.share.is_some());
        cell.key.filter(|_| several)
    }
}

/// Rule 10: of several corrections of one record, none of them taken back, the last counts. These are the others.
fn corrected_again<'a>(entries: &'a [Entry], undone: &HashMap<&str, bool>) -> Vec<&'a str> {
    let mut origin: HashMap<&str, &str> = HashMap::new();
    let mut last: HashMap<&str, &str> = HashMap::new();
    let mut others = Vec::new();
    for pair in entries.windows(2) {
        let [undo, record] = pair else { continue };
        let is_correction =
            undo.batch == record.batch && undo.kind == "undo" && record.kind == "record";
        if !is_correction {
            continue;
        }
        let old = undo.of.as_deref().unwrap();
        let first = origin.get(old).copied().unwrap_or(old);
        origin.insert(&record.id, first);
        if !undone.contains_key(record.id.as_str()) {
            others.extend(last.insert(first, &record.id));
        }
    }
    others
}

/// Rule 2: the latest total and what was added since, or all that was added.
fn sum(counted: &[&Report], on: NaiveDate) -> i64 {
    let mut sum = 0;
    for report in counted.iter().filter(|report| report.entry.on <= on) {
        let said = &report.entry.said;
        let count = said.get("count").map_or(WHOLE, thousandths);
        if said.get("nil").is_none() {
            sum = if said.get("total").is_some() {
                count
            } else {
                sum + count
            };
        }
    }
    sum
}

/// How many cells of which kind, under the names of JSON.
pub(super) fn figures(cells: &[&Cell], as_of: NaiveDate) -> BTreeMap<&'static str, i64> {
    let count =
        |keep: &dyn Fn(&Cell) -> bool| cells.iter().filter(|cell| keep(cell)).count() as i64;
    let of = |wanted: Standing| count(&|cell| cell.standing == wanted);
    let (done, late) = (of(Standing::Done), of(Standing::Late));
    let (returned, overdue) = (of(Standing::Returned), of(Standing::Overdue));
    let (soon, pending) = (of(Standing::DueSoon), of(Standing::Pending));
    let (excused, waiting) = (of(Standing::Excused), of(Standing::Waiting));
    let completed = |cell: &Cell| matches!(cell.standing, Standing::Done | Standing::Late);
    BTreeMap::from([
        ("applicable", cells.len() as i64),
        ("owed", cells.len() as i64 - excused - waiting),
        ("expected", done + late + returned + overdue),
        (
            "early",
            count(&|cell| completed(cell) && cell.due > Some(as_of)),
        ),
        ("completed", done + late),
        ("on_time", done),
        ("late", late),
        ("overdue", overdue),
        ("returned", returned),
        ("due_soon", soon),
        ("pending", pending),
        ("excused", excused),
        ("waiting", waiting),
        ("proven", count(&|cell| cell.proven)),
        ("accepted", count(&|cell| cell.accepted)),
    ])
}

/// A share half up, to so many parts.
pub(super) fn rounded(part: i64, whole: i64, parts: i64) -> Option<i64> {
    (whole > 0).then(|| (2 * part * parts + whole) / (2 * whole))
}

/// A rate as people read it.
pub(super) fn percent(part: i64, whole: i64) -> String {
    rounded(part, whole, 1000).map_or("-".into(), |rate| format!("{}.{}%", rate / 10, rate % 10))
}

/// What units owe under a plan, whatever is recorded: unit, task, and of several dues which. A milestone is known by its share.
pub(super) fn obligations(plan: &Plan) -> Vec<(String, String, String)> {
    let mut owed = Vec::new();
    for unit in &plan.units {
        for task in plan.tasks.iter().filter(|task| !task.optional) {
            if !unit.owes(task) {
                continue;
            }
            let mut add = |key: String| owed.push((unit.code.clone(), task.code.clone(), key));
            if task.instruction {
                add(String::new());
            }
            for due in task.deadlines.iter().filter(|due| unit.is_there(due.due)) {
                add(match (due.share, &task.every) {
                    (Some(share), _) => share.to_string(),
                    (None, Some(_)) => due.key.to_string(),
                    (None, None) => String::new(),
                });
            }
        }
    }
    owed
}

/// What an amendment of that day writes into the journal (rule 1): what it lays on a unit is not due before that day, and what it moves
/// earlier not before either of that day and the day on which it had been due.
pub(super) fn gains(before: &Plan, after: &Plan, on: NaiveDate) -> Vec<Entry> {
    let mut gains = Vec::new();
    for unit in &after.units {
        let then = before.units.iter().find(|then| then.code == unit.code);
        for task in after.tasks.iter().filter(|task| unit.owes(task)) {
            let old = then.and_then(|then| {
                let old = before.task(&task.code).filter(|old| then.owes(old))?;
                let there = old.deadlines.iter().filter(|due| then.is_there(due.due));
                Some(there.collect::<Vec<_>>())
            });
            let mut gain = |key: Option<NaiveDate>, on: NaiveDate| {
                gains.push(Entry {
                    id: String::from("gain"),
                    recorded: on,
                    batch: 0,
                    command: String::from("apply"),
                    kind: String::from("gain"),
                    unit: Some(unit.code.clone()),
                    task: Some(task.code.clone()),
                    on,
                    of: None,
                    said: match key {
                        Some(key) => serde_json::json!({ "for": key.to_string() }),
                        None => serde_json::json!({}),
                    },
                });
            };
            if task.instruction && old.is_none() {
                gain(None, on);
            }
            for deadline in task.deadlines.iter().filter(|due| unit.is_there(due.due)) {
                let same = |then: &&&Deadline| match deadline.share {
                    Some(share) => then.share == Some(share),
                    None => task.every.is_none() || then.key == deadline.key,
                };
                let was = old.iter().flatten().find(same).map(|then| then.due);
                match was {
                    None => gain(Some(deadline.key), on),
                    Some(was) if deadline.due < was => gain(Some(deadline.key), on.min(was)),
                    Some(_) => {}
                }
            }
        }
    }
    gains
}
