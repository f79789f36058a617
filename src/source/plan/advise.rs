//! Advice: what a plan and its roster say together that is probably not meant. Nothing here stops anybody.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::found::{Found, Part, Path};
use super::settle::{Group, Origin};
use super::tree::Tree;
use super::{PlanFile, RosterSource};
use crate::model::code::UnitCode;
use crate::model::day::Day;
use crate::model::decimal::Decimal;
use crate::model::due::Schedule;
use crate::model::plan::{Amount, Plan, Task};
use crate::model::unit::{Class, Unit};
use crate::source::near::near;
use crate::source::problem::{Place, Problem, Problems, Saying, Severity, say};

/// How many names a message lists before it only counts.
const NAMED: usize = 6;

/// Advice on a plan that was read without errors, and its roster.
pub fn advise(file: &PlanFile, roster: &[Unit]) -> Problems {
    let mut advice = Advice {
        file,
        plan: &file.plan,
        units: Units::new(&file.plan, roster),
        found: Vec::new(),
        about_roster: Vec::new(),
    };
    advice.head();
    advice.goals_and_themes();
    advice.who();
    advice.windows();
    advice.days();
    advice.periods();
    advice.targets();
    advice.doubles();
    advice.assessment();
    advice.open();
    advice.idle();
    advice.contacts();
    let Advice {
        found,
        about_roster,
        ..
    } = advice;
    if found.is_empty() && about_roster.is_empty() {
        return Problems::new();
    }
    let tree = Tree::new(&file.name, &file.text);
    let mut problems: Problems = found.into_iter().map(|found| tree.problem(found)).collect();
    let place = match &file.roster {
        RosterSource::File { path, .. } => Place::whole(path),
        RosterSource::Rows(_) => tree.place(&Path(vec![Part::Key("unit".to_string())])),
    };
    problems.extend(
        about_roster
            .into_iter()
            .map(|(saying, hint)| Problem::warning(place.clone(), saying).hinted(hint)),
    );
    problems
}

/// A roster seen through a plan: units by class.
struct Units<'a> {
    all: &'a [Unit],
    /// Each class with its units, in the order of the roster.
    classes: Vec<(Class, Vec<&'a Unit>)>,
    /// Codes that others name as their parent.
    areas: HashSet<&'a str>,
}

impl<'a> Units<'a> {
    fn new(plan: &Plan, roster: &'a [Unit]) -> Self {
        let mut numbers: HashMap<Class, usize> = HashMap::new();
        let mut classes: Vec<(Class, Vec<&Unit>)> = Vec::new();
        for unit in roster {
            let class = unit.class(plan);
            let number = *numbers.entry(class).or_insert_with_key(|class| {
                classes.push((class.clone(), Vec::new()));
                classes.len() - 1
            });
            classes[number].1.push(unit);
        }
        let areas = roster.iter().filter_map(|unit| unit.parent.as_ref());
        Self {
            all: roster,
            classes,
            areas: areas.map(UnitCode::as_str).collect(),
        }
    }

    /// The units that owe something, in the order of the roster's classes.
    fn owing(&self, task: &Task) -> impl Iterator<Item = &'a Unit> {
        let classes = self.classes.iter().filter(|(class, _)| task.owed_by(class));
        classes.flat_map(|(_, units)| units.iter().copied())
    }

    /// Whether a word of a `who` names anybody.
    fn knows(&self, word: &str) -> bool {
        let who = [word.to_string()];
        self.classes.iter().any(|(class, _)| class.is_any_of(&who))
    }

    /// Kinds, labels and codes.
    fn words(&self) -> Vec<&'a str> {
        let mut words: Vec<&str> = Vec::new();
        for unit in self.all {
            let labels = unit.labels.iter().map(String::as_str);
            for word in labels.chain([unit.kind.as_str()]) {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        words
    }
}

struct Advice<'a> {
    file: &'a PlanFile,
    plan: &'a Plan,
    units: Units<'a>,
    found: Vec<Found>,
    about_roster: Vec<(Saying, Option<Saying>)>,
}

impl Advice<'_> {
    fn warn(&mut self, path: Path, saying: Saying, hint: Option<Saying>) {
        self.say(Severity::Warning, path, saying, hint);
    }

    fn say(&mut self, severity: Severity, path: Path, saying: Saying, hint: Option<Saying>) {
        self.found.push(Found {
            severity,
            path,
            missing: None,
            saying,
            hint,
        });
    }

    /// The tasks with where they are written.
    fn tasks(&self) -> impl Iterator<Item = (&Task, &Origin)> + use<'_> {
        self.plan.tasks.iter().zip(&self.file.origins)
    }

    fn head(&mut self) {
        let plan = self.plan;
        let at = |key: &str| path("plan", None, &[key]);
        if plan.lang == "zh-CN" && !plan.number.is_empty() && !is_document_number(&plan.number) {
            let saying = say!("check-document-number", number = plan.number);
            self.warn(at("number"), saying, None);
        }
        let Some(supervisor) = &plan.supervisor else {
            return;
        };
        let named = |unit: &&Unit| {
            *unit.code.as_str() == **supervisor
                || unit.short == *supervisor
                || unit.name == *supervisor
        };
        match self.units.all.iter().filter(named).count() {
            1 => {}
            0 => {
                let names = self.units.all.iter();
                let names = names
                    .flat_map(|unit| [unit.short.as_str(), unit.name.as_str(), unit.code.as_str()]);
                let hint =
                    near(supervisor, names).map(|name| say!("hint-did-you-mean", name = name));
                let saying = say!("check-supervisor-unknown", name = supervisor);
                self.warn(at("supervisor"), saying, hint);
            }
            count => {
                let saying = say!(
                    "check-supervisor-ambiguous",
                    name = supervisor,
                    count = count
                );
                self.warn(at("supervisor"), saying, Some(say!("hint-use-code")));
            }
        }
    }

    fn goals_and_themes(&mut self) {
        let plan = self.plan;
        for (place, goal) in plan.goals.iter().enumerate() {
            let serving = || {
                plan.tasks
                    .iter()
                    .filter(|task| task.goals.contains(&goal.id))
            };
            if serving().any(|task| task.open.is_none()) {
                continue;
            }
            let saying = if serving().next().is_some() {
                say!("check-goal-only-open", name = goal.name)
            } else {
                say!("check-goal-unserved", name = goal.name)
            };
            self.warn(path("goal", Some(place), &["id"]), saying, None);
        }
        for (place, theme) in plan.themes.iter().enumerate() {
            let carried = plan
                .tasks
                .iter()
                .any(|task| task.open.is_none() && task.themes.contains(&theme.id));
            if theme.key && !carried {
                let saying = say!("check-theme-uncarried", name = theme.name);
                self.warn(path("theme", Some(place), &["id"]), saying, None);
            }
        }
        for (place, phase) in plan.phases.iter().enumerate() {
            if phase.from < plan.issued {
                let saying = say!(
                    "check-phase-before-issued",
                    from = phase.from,
                    issued = plan.issued
                );
                let at = path("phase", Some(place), &["from"]);
                self.say(Severity::Note, at, saying, None);
            }
        }
    }

    /// Words that name nobody.
    fn who(&mut self) {
        let mut unknown: Vec<(Path, String)> = Vec::new();
        let mut known: HashMap<&str, bool> = HashMap::new();
        let mut told: HashSet<(usize, usize, String)> = HashSet::new();
        for (task, origin) in self.tasks() {
            for (place, word) in task.who.iter().enumerate() {
                let knows = *known.entry(word).or_insert_with(|| self.units.knows(word));
                if !knows && told.insert((origin.phase, origin.activity, word.clone())) {
                    unknown.push((origin.path(&["who"]).index(place), word.clone()));
                }
            }
        }
        let words = self
            .plan
            .assessment
            .iter()
            .flat_map(|assessment| &assessment.who);
        for (place, word) in words.enumerate() {
            if !self.units.knows(word) {
                unknown.push((
                    path("assessment", None, &["who"]).index(place),
                    word.clone(),
                ));
            }
        }
        let words = self.units.words();
        for (at, word) in unknown {
            let codes = self.units.all.iter().map(|unit| unit.code.as_str());
            let hint = near(&word, words.iter().copied().chain(codes));
            let hint = hint.map(|name| say!("hint-did-you-mean", name = name));
            self.warn(at, say!("check-who-nobody", word = word), hint);
        }
    }

    /// Dues outside their phase.
    fn windows(&mut self) {
        let mut outside = Vec::new();
        for (task, origin) in self.tasks() {
            let phase = self.plan.phase_of(task);
            let Some((first, last)) = span(&task.schedule) else {
                continue;
            };
            if origin.group != Group::Phase && (first < phase.from || last > phase.to) {
                let day = if last > phase.to { last } else { first };
                let saying = say!(
                    "check-outside-phase",
                    day = day,
                    phase = phase.name,
                    from = phase.from,
                    to = phase.to
                );
                outside.push((origin.due_path(&task.schedule), saying));
            }
        }
        self.once_a_place(outside);
    }

    /// Dues before the plan was issued, and on days off.
    fn days(&mut self) {
        let plan = self.plan;
        let (mut early, mut off) = (Vec::new(), Vec::new());
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            for due in fixed(&task.schedule) {
                let at = origin.due_path(&task.schedule);
                if due < plan.issued {
                    early.push((
                        at,
                        say!("check-due-before-issued", due = due, issued = plan.issued),
                    ));
                } else if plan.calendar.is_off(due) {
                    off.push((at, say!("check-due-day-off", due = due)));
                }
            }
        }
        self.once_a_place(early);
        self.once_a_place(off);
    }

    /// Words that ask for more than once, without a period.
    fn periods(&mut self) {
        let mut lacking = Vec::new();
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let words = [
                "持续",
                "定期",
                "经常",
                "每天",
                "每日",
                "每周",
                "每月",
                "daily",
                "weekly",
                "monthly",
                "regularly",
                "continuous",
            ];
            let said = |word: &&&str| {
                task.name.to_lowercase().contains(**word)
                    || task.text.to_lowercase().contains(**word)
            };
            if let (Schedule::Once { .. }, Some(word)) = (&task.schedule, words.iter().find(said)) {
                lacking.push((
                    origin.path(&[]),
                    say!("check-no-period", task = task.name, word = word),
                ));
            }
        }
        for (at, saying) in lacking {
            self.warn(at, saying, Some(say!("hint-every")));
        }
    }

    /// Quantities that nobody set, or that the roster does not say.
    fn targets(&mut self) {
        let mut unset: Vec<(&Task, &Origin)> = Vec::new();
        let mut lacking: BTreeMap<(String, bool), Vec<&str>> = BTreeMap::new();
        let mut classless: Vec<(Path, Saying)> = Vec::new();
        for (task, origin) in self.tasks().filter(|(task, _)| task.is_owed()) {
            let Some(target) = &task.target else {
                let settled = task.decided.iter().any(|(key, _)| key == "target");
                let once = !matches!(task.schedule, Schedule::Every { .. });
                if !settled && once && !task.by_roster && !task.nil {
                    unset.push((task, origin));
                }
                continue;
            };
            let mut without = Vec::new();
            for (class, units) in self
                .units
                .classes
                .iter()
                .filter(|(class, _)| task.owed_by(class))
            {
                match task.need_of(class).map(|need| &need.amount) {
                    None => without.extend(units.iter().map(|unit| unit.short.as_str())),
                    Some(Amount::Count(_)) => {}
                    Some(Amount::Share { of, .. }) => {
                        for unit in units {
                            let text = unit.attribute(of).unwrap_or_default();
                            if text.parse::<Decimal>().is_err() {
                                let list =
                                    lacking.entry((of.clone(), text.is_empty())).or_default();
                                if !list.contains(&unit.short.as_str()) {
                                    list.push(&unit.short);
                                }
                            }
                        }
                    }
                }
            }
            if !without.is_empty() {
                let names = listed(&without);
                let saying = say!("check-no-need", count = without.len(), names = names);
                classless.push((origin.path(&["target"]), saying));
            }
            debug_assert!(!target.needs.is_empty(), "a target has a need");
        }
        let mut about_roster = Vec::new();
        for ((of, empty), names) in lacking {
            let (count, names) = (names.len(), listed(&names));
            about_roster.push(if empty {
                say!(
                    "check-attribute-missing",
                    of = of,
                    count = count,
                    names = names
                )
            } else {
                say!(
                    "check-attribute-not-number",
                    of = of,
                    count = count,
                    names = names
                )
            });
        }
        let names: Vec<&str> = unset.iter().map(|(task, _)| task.code.as_str()).collect();
        let unset = unset.first().map(|(_, origin)| {
            let saying = say!(
                "check-no-target",
                count = names.len(),
                names = names.join(", ")
            );
            (origin.path(&["id"]), saying)
        });
        if let Some((at, saying)) = unset {
            self.warn(at, saying, Some(say!("hint-target")));
        }
        for (at, saying) in classless {
            self.warn(at, saying, None);
        }
        self.about_roster
            .extend(about_roster.into_iter().map(|saying| (saying, None)));
    }

    /// Tasks that look like one another to whoever types, or to whoever reads.
    fn doubles(&mut self) {
        let mut found = Vec::new();
        let tasks: Vec<(&Task, &Origin)> = self.tasks().collect();
        for (place, (task, origin)) in tasks.iter().enumerate() {
            for (other, _) in &tasks[..place] {
                if task.short == other.short || task.name == other.name {
                    let saying = say!(
                        "check-task-name-twice",
                        name = task.short,
                        other = other.code
                    );
                    found.push((origin.path(&["name"]), saying));
                } else if task.is_owed()
                    && other.is_owed()
                    && task.who.iter().any(|word| other.who.contains(word))
                    && are_alike(&task.name, &other.name)
                {
                    let saying = say!("check-tasks-alike", one = other.code, other = task.code);
                    found.push((origin.path(&["name"]), saying));
                }
            }
        }
        for (at, saying) in found {
            self.warn(at, saying, None);
        }
    }

    fn assessment(&mut self) {
        let Some(assessment) = &self.plan.assessment else {
            return;
        };
        let table = path("assessment", None, &[]);
        if assessment.rules.is_empty() {
            self.warn(table.clone(), say!("check-no-rules"), None);
        }
        if assessment.notice_every.is_none() {
            self.warn(table, say!("check-no-notice-period"), None);
        }
        for (place, rule) in assessment.rules.iter().enumerate() {
            if rule.points == Decimal::ZERO {
                let at = path("assessment", None, &["rule"]).index(place);
                self.warn(at, say!("check-rule-without-points", id = rule.id), None);
            }
        }
    }

    fn open(&mut self) {
        let open: Vec<(&Task, &Origin)> = self
            .tasks()
            .filter(|(task, _)| task.open.is_some())
            .collect();
        let Some((_, origin)) = open.first() else {
            return;
        };
        let at = origin.path(&["open"]);
        let names: Vec<&str> = open.iter().map(|(task, _)| task.code.as_str()).collect();
        let saying = say!("check-open", count = names.len(), names = names.join(", "));
        self.warn(at, saying, Some(say!("hint-open")));
    }

    /// Addressees that owe nothing: no areas, and not asked for by anything.
    fn idle(&mut self) {
        let plan = self.plan;
        let classes = self.units.classes.iter();
        let idle: Vec<&str> = classes
            .filter(|(class, _)| !plan.tasks.iter().any(|task| class.is_any_of(&task.who)))
            .flat_map(|(_, units)| units)
            .filter(|unit| !self.units.areas.contains(unit.code.as_str()))
            .map(|unit| unit.short.as_str())
            .collect();
        if !idle.is_empty() {
            let saying = say!("check-idle", count = idle.len(), names = listed(&idle));
            self.about_roster.push((saying, None));
        }
    }

    /// Units that owe something and name nobody.
    fn contacts(&mut self) {
        let mut lacking: HashSet<&str> = HashSet::new();
        for task in &self.plan.tasks {
            let owing = self
                .units
                .owing(task)
                .filter(|unit| unit.contact.is_empty());
            lacking.extend(owing.map(|unit| unit.code.as_str()));
        }
        let names = self.units.all.iter();
        let names: Vec<&str> = names
            .filter(|unit| lacking.contains(unit.code.as_str()))
            .map(|unit| unit.short.as_str())
            .collect();
        if !names.is_empty() {
            let saying = say!(
                "check-no-contact",
                count = names.len(),
                names = listed(&names)
            );
            self.about_roster.push((saying, None));
        }
    }

    /// Warns of each, once a place: what an activity says for five tasks is said once.
    fn once_a_place(&mut self, found: Vec<(Path, Saying)>) {
        let mut told: Vec<Path> = Vec::new();
        for (at, saying) in found {
            if !told.contains(&at) {
                told.push(at.clone());
                self.warn(at, saying, None);
            }
        }
    }
}

impl Origin {
    /// The path of a key of the task's own table; without keys the table.
    fn path(&self, keys: &[&str]) -> Path {
        let mut path = self.activity_path();
        if let Some(task) = self.task {
            path.0.push(Part::Key("task".to_string()));
            path.0.push(Part::Index(task));
        }
        path.0
            .extend(keys.iter().map(|key| Part::Key((*key).to_string())));
        path
    }

    /// The path of the key that says when the task falls due.
    fn due_path(&self, schedule: &Schedule) -> Path {
        let mut path = match self.group {
            Group::Own => self.path(&[]),
            Group::Activity => self.activity_path(),
            Group::Phase => path("phase", Some(self.phase), &[]),
        };
        let key = match (self.group, schedule) {
            (Group::Phase, _) | (_, Schedule::Once { from: Some(_), .. }) => "to",
            (_, Schedule::Once { from: None, .. }) => "due",
            (_, Schedule::Every { .. }) => "every",
            (_, Schedule::Milestones { .. }) => "milestone",
            (_, Schedule::Instruction) => "on",
        };
        path.0.push(Part::Key(key.to_string()));
        path
    }

    fn activity_path(&self) -> Path {
        let mut path = path("phase", Some(self.phase), &["activity"]);
        path.0.push(Part::Index(self.activity));
        path
    }
}

impl Path {
    fn index(mut self, index: usize) -> Self {
        self.0.push(Part::Index(index));
        self
    }
}

/// The path of a key in a table of the file.
fn path(table: &str, index: Option<usize>, keys: &[&str]) -> Path {
    let mut parts = vec![Part::Key(table.to_string())];
    parts.extend(index.map(Part::Index));
    parts.extend(keys.iter().map(|key| Part::Key((*key).to_string())));
    Path(parts)
}

/// The first names of a list, and dots where there are more.
fn listed(names: &[&str]) -> String {
    let mut text = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED {
        text.push_str(", ...");
    }
    text
}

/// The first and the last day that a schedule speaks of.
fn span(schedule: &Schedule) -> Option<(Day, Day)> {
    match schedule {
        Schedule::Once { from, due } => Some((from.unwrap_or(*due), *due)),
        Schedule::Every { from, to, .. } => Some((*from, *to)),
        Schedule::Milestones { from, steps } => {
            let (first, last) = (steps.first()?.due, steps.last()?.due);
            Some((from.unwrap_or(first), last))
        }
        Schedule::Instruction => None,
    }
}

/// The due days that somebody chose one by one.
fn fixed(schedule: &Schedule) -> Vec<Day> {
    match schedule {
        Schedule::Once { due, .. } => vec![*due],
        Schedule::Milestones { steps, .. } => steps.iter().map(|step| step.due).collect(),
        Schedule::Every { .. } | Schedule::Instruction => Vec::new(),
    }
}

/// Whether a text is an official document's number, 机关代字〔年〕序号号 (GB/T 9704-2012, 7.2.5).
fn is_document_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = text.split_once('〔').and_then(|(body, rest)| {
        let (year, number) = rest.split_once('〕')?;
        Some((body, year, number.strip_suffix('号')?))
    });
    parts.is_some_and(|(body, year, number)| {
        !body.trim().is_empty()
            && year.len() == 4
            && digits(year)
            && digits(number)
            && !number.starts_with('0')
    })
}

/// Whether two names share a stretch of at least four letters that is half of the shorter one.
fn are_alike(one: &str, other: &str) -> bool {
    let letters = |text: &str| -> Vec<char> {
        text.to_lowercase()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect()
    };
    let (one, other) = (letters(one), letters(other));
    let mut longest = 0;
    let mut row = vec![0_usize; other.len() + 1];
    for a in &one {
        for (place, b) in other.iter().enumerate().rev() {
            row[place + 1] = if a == b { row[place] + 1 } else { 0 };
            longest = longest.max(row[place + 1]);
        }
    }
    longest >= 4 && longest * 2 >= one.len().min(other.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn document_numbers_have_an_organ_a_year_and_a_number() {
        assert!(is_document_number("清府〔2020〕12号"));
        for wrong in [
            "清府〔2020〕 号",
            "清府2020〕12号",
            "清府[2020]12号",
            "清府〔2020〕012号",
            "〔2020〕1号",
        ] {
            assert!(!is_document_number(wrong), "{wrong}");
        }
    }

    #[test]
    fn names_that_share_half_are_alike() {
        assert!(are_alike(
            "LED显示屏滚动播放宣传标语",
            "“宣传月”LED显示屏宣传"
        ));
        assert!(!are_alike("人员集中区悬挂横幅", "显要位置张贴宣传海报"));
        assert!(!are_alike("手机短信宣传", "手机彩铃宣传"));
    }
}
