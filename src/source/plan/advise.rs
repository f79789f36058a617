//! Advice: what a plan and its roster say together that is probably not meant. Nothing here stops anybody.

mod places;
mod tasks;

use std::collections::{BTreeMap, HashMap, HashSet};

use places::path;

use super::found::{Found, Part, Path};
use super::settle::Origin;
use super::tree::Tree;
use super::{PlanFile, RosterSource};
use crate::model::code::UnitCode;
use crate::model::decimal::Decimal;
use crate::model::plan::{Amount, Plan, Task};
use crate::model::quantity;
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
    let place = roster_place(file, &tree);
    problems.extend(
        about_roster
            .into_iter()
            .map(|(saying, hint)| Problem::warning(place.clone(), saying).hinted(hint)),
    );
    problems
}

/// Attributes that are no numbers, of units whose targets count by them: nobody could say when such a task is done.
pub fn uncountable(file: &PlanFile, roster: &[Unit]) -> Problems {
    let mut columns: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let shares = |task: &Task| {
        let needs = task.target.iter().flat_map(|target| &target.needs);
        needs
            .into_iter()
            .any(|need| matches!(need.amount, Amount::Share { .. }))
    };
    let tasks: Vec<&Task> = file.plan.tasks.iter().filter(|task| shares(task)).collect();
    if tasks.is_empty() {
        return Problems::new();
    }
    for unit in roster {
        let class = unit.class(&file.plan);
        for task in tasks.iter().filter(|task| class.is_any_of(&task.who)) {
            let need = task.need_of(&class).map(|need| &need.amount);
            let Some(Amount::Share { of, .. }) = need else {
                continue;
            };
            let text = unit.attribute(of).unwrap_or_default();
            if !text.is_empty() && quantity::number(text).is_none() {
                let names = columns.entry(of).or_default();
                if names.last() != Some(&unit.short.as_str()) {
                    names.push(&unit.short);
                }
            }
        }
    }
    if columns.is_empty() {
        return Problems::new();
    }
    let tree = Tree::new(&file.name, &file.text);
    let problem = |(of, names): (&str, Vec<&str>)| {
        let (count, names) = (names.len(), listed(&names));
        let saying = say!(
            "check-attribute-not-number",
            of = of,
            count = count,
            names = names
        );
        Problem::error(roster_place(file, &tree), saying)
    };
    columns.into_iter().map(problem).collect()
}

/// Where the roster is.
fn roster_place(file: &PlanFile, tree: &Tree) -> Place {
    match &file.roster {
        RosterSource::File { path, .. } => Place::whole(path),
        RosterSource::Rows(_) => tree.place(&Path(vec![Part::Key("unit".to_string())])),
    }
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
        let units = self.units.all.iter();
        match units.filter(|unit| plan.is_supervisor(unit)).count() {
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
        let supervisor = self
            .units
            .all
            .iter()
            .find(|unit| self.plan.is_supervisor(unit));
        let named = |unit: &&Unit| unit.class(self.plan).is_any_of(&assessment.who);
        if let Some(unit) = supervisor.filter(named) {
            let saying = say!("check-supervisor-assessed", name = unit.short);
            self.warn(path("assessment", None, &["who"]), saying, None);
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

/// The first names of a list, and dots where there are more.
fn listed(names: &[&str]) -> String {
    let mut text = names[..names.len().min(NAMED)].join(", ");
    if names.len() > NAMED {
        text.push_str(", ...");
    }
    text
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
}
