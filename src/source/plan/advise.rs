//! Advice: what a plan and its roster say together that is probably not meant. Nothing here stops anybody.

mod names;
mod places;
mod tasks;

use std::collections::{HashMap, HashSet};

use places::path;

use super::finding::{Finding, KeyPart, Path};
use super::settle::Origin;
use super::tree::Tree;
use super::{PlanFile, RosterSource};
use crate::model::code::{TaskCode, UnitCode};
use crate::model::plan::{Plan, Rule, Task};
use crate::model::unit::{Class, Unit};
use crate::source::near::did_you_mean;
use crate::source::problem::{Place, Problem, Problems, Saying, Severity, say};
use crate::source::roster::Roster;

/// How many names a message lists before it only counts.
const NAMED: usize = 6;

/// How many codes of tasks.
const CODES: usize = 20;

/// Advice on a plan and its roster, as far as they could be read: without a roster what the plan says alone, and where something is
/// wrong with either nothing that the missing part would explain.
pub(crate) fn advise(file: &PlanFile, roster: Option<&Roster>) -> Problems {
    let mut advice = Advice {
        file,
        plan: &file.plan,
        units: roster.map_or_else(Units::default, |it| Units::new(&file.plan, it)),
        found: Vec::new(),
        about_roster: Vec::new(),
    };
    advice.head();
    advice.phases();
    advice.windows();
    advice.days();
    advice.cut_periods();
    advice.periods();
    advice.contacts_by_hand();
    advice.doubles();
    advice.assessment();
    advice.open();
    if file.whole {
        advice.unset_targets();
        advice.goals_and_themes();
    }
    if roster.is_some() {
        advice.supervisor();
        advice.who();
        advice.targets();
        advice.contacts();
        advice.look_alikes();
        if file.whole && advice.units.whole {
            advice.idle();
        }
    }
    advice.problems()
}

/// What is wrong with a plan together with its roster: words of `who` that are names of units, and attributes that are no numbers
/// where a target counts by them.
pub(crate) fn judge(file: &PlanFile, roster: &Roster) -> Problems {
    let mut advice = Advice {
        file,
        plan: &file.plan,
        units: Units {
            all: &roster.units,
            ..Units::default()
        },
        found: Vec::new(),
        about_roster: Vec::new(),
    };
    advice.names_for_codes();
    advice.not_numbers();
    advice.problems()
}

impl Advice<'_> {
    /// What was found, at its places.
    fn problems(self) -> Problems {
        let Advice {
            file,
            found,
            about_roster,
            ..
        } = self;
        if found.is_empty() && about_roster.is_empty() {
            return Problems::new();
        }
        let tree = Tree::new(&file.name, &file.text);
        let mut problems: Problems = found.into_iter().map(|found| tree.problem(found)).collect();
        let place = match &file.roster {
            Some(RosterSource::File { path, .. }) => Place::whole(path),
            _ => tree.place(&Path(vec![KeyPart::Key("unit".to_string())])),
        };
        let problem = |(severity, saying)| Problem::new(severity, place.clone(), saying);
        problems.extend(about_roster.into_iter().map(problem));
        problems
    }
}

/// A roster seen through a plan: units by class.
#[derive(Default)]
struct Units<'a> {
    all: &'a [Unit],
    /// Whether every unit is there.
    whole: bool,
    /// Each class with its units, in the order of the roster.
    classes: Vec<(Class, Vec<&'a Unit>)>,
    /// Codes that others name as their parent.
    areas: HashSet<&'a str>,
}

impl<'a> Units<'a> {
    fn new(plan: &Plan, roster: &'a Roster) -> Self {
        let Roster { units, whole } = roster;
        let mut numbers: HashMap<Class, usize> = HashMap::new();
        let mut classes: Vec<(Class, Vec<&Unit>)> = Vec::new();
        for unit in units {
            let class = unit.class(plan);
            let number = *numbers.entry(class).or_insert_with_key(|class| {
                classes.push((class.clone(), Vec::new()));
                classes.len() - 1
            });
            classes[number].1.push(unit);
        }
        let areas = units.iter().filter_map(|unit| unit.parent.as_ref());
        Self {
            all: units,
            whole: *whole,
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
    found: Vec<Finding>,
    about_roster: Vec<(Severity, Saying)>,
}

impl Advice<'_> {
    fn warn(&mut self, path: Path, saying: Saying) {
        self.say(Severity::Warning, path, saying);
    }

    fn warn_of_roster(&mut self, saying: Saying) {
        self.about_roster.push((Severity::Warning, saying));
    }

    fn say(&mut self, severity: Severity, path: Path, saying: Saying) {
        self.found.push(Finding {
            severity,
            path,
            missing: Vec::new(),
            saying,
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
            self.warn(at("number"), saying);
        }
    }

    fn supervisor(&mut self) {
        let plan = self.plan;
        let at = path("plan", None, &["supervisor"]);
        let Some(supervisor) = &plan.supervisor else {
            return;
        };
        let units = self.units.all.iter();
        match units.filter(|unit| plan.is_supervisor(unit)).count() {
            1 => {}
            // It may be the one that could not be read.
            0 if !self.units.whole => {}
            0 => {
                let names = self.units.all.iter();
                let names = names
                    .flat_map(|unit| [unit.short.as_str(), unit.name.as_str(), unit.code.as_str()]);
                let saying = say!("check-supervisor-unknown", name = supervisor);
                self.warn(at, saying.hint(did_you_mean(supervisor, names)));
            }
            count => {
                let (id, name) = ("check-supervisor-ambiguous", supervisor);
                let saying = say!(id, name = name, count = count);
                self.warn(at, saying.hint(say!("hint-use-code")));
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
            self.warn(path("goal", Some(place), &["id"]), saying);
        }
        for (place, theme) in plan.themes.iter().enumerate() {
            let carried = plan
                .tasks
                .iter()
                .any(|task| task.open.is_none() && task.themes.contains(&theme.id));
            if theme.key && !carried {
                let saying = say!("check-theme-uncarried", name = theme.name);
                self.warn(path("theme", Some(place), &["id"]), saying);
            }
        }
    }

    fn phases(&mut self) {
        let plan = self.plan;
        for (place, phase) in plan.phases.iter().enumerate() {
            if phase.from < plan.issued {
                let (from, issued) = (phase.from, plan.issued);
                let saying = say!("check-phase-before-issued", from = from, issued = issued);
                let at = path("phase", Some(place), &["from"]);
                self.say(Severity::Note, at, saying);
            }
        }
    }

    /// Words that name nobody.
    fn who(&mut self) {
        let mut known: HashMap<String, bool> = HashMap::new();
        let mut unknown = self.who_places();
        unknown.retain(|(_, word)| {
            let knows = known.entry(word.clone());
            !*knows.or_insert_with(|| self.units.knows(word))
        });
        let words = self.units.words();
        let named = self.names(unknown.iter().map(|(_, word)| word.as_str()));
        unknown.retain(|(_, word)| !named.contains_key(word));
        for (at, word) in unknown {
            let like = did_you_mean(&word, words.iter().copied());
            // A word may mean a unit that could not be read, but not where it is nearly a kind or a label.
            if !self.units.whole && like.is_none() {
                continue;
            }
            let codes = || self.units.all.iter().map(|unit| unit.code.as_str());
            let hint = like.or_else(|| did_you_mean(&word, codes()));
            self.warn(at, say!("check-who-nobody", word = word).hint(hint));
        }
    }

    fn assessment(&mut self) {
        let Some(assessment) = &self.plan.assessment else {
            return;
        };
        let table = path("assessment", None, &[]);
        if assessment.notice_every.is_none() {
            self.warn(
                table,
                say!("check-no-notice-period").hint(say!("hint-notice-every")),
            );
        }
        let supervisor = self
            .units
            .all
            .iter()
            .find(|unit| self.plan.is_supervisor(unit));
        let named = |unit: &&Unit| unit.class(self.plan).is_any_of(&assessment.who);
        if let Some(unit) = supervisor.filter(named) {
            let saying = say!("check-supervisor-assessed", name = unit.short);
            self.warn(path("assessment", None, &["who"]), saying);
        }
        for (place, rule) in assessment.rules.iter().enumerate() {
            let at = || path("assessment", None, &["rule"]).index(place);
            let doubles = |other: &&Rule| other.on == rule.on && overlap(&rule.tasks, &other.tasks);
            if let Some(other) = assessment.rules[..place].iter().find(doubles) {
                let saying = say!("check-rules-double", one = other.id, other = rule.id);
                self.warn(at(), saying);
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
        let (count, names) = (names.len(), first_of(&names, CODES));
        let saying = say!("check-open", count = count, names = names);
        self.warn(at, saying.hint(say!("hint-open")));
    }

    /// Addressees that owe nothing: no areas, and not asked for by anything.
    fn idle(&mut self) {
        let plan = self.plan;
        let classes = self.units.classes.iter();
        let idle: Vec<&str> = classes
            .filter(|(class, _)| !plan.tasks.iter().any(|task| class.is_any_of(&task.who)))
            .flat_map(|(_, units)| units)
            .filter(|unit| !self.units.areas.contains(unit.code.as_str()))
            // Who watches over the others need not owe anything.
            .filter(|unit| !plan.is_supervisor(unit))
            .map(|unit| unit.short.as_str())
            .collect();
        if !idle.is_empty() {
            self.warn_of_roster(say!(
                "check-idle",
                count = idle.len(),
                names = listed(&idle)
            ));
        }
    }

    /// Units that owe a contact and name nobody.
    fn contacts(&mut self) {
        let mut lacking: HashSet<&str> = HashSet::new();
        for task in self.plan.tasks.iter().filter(|task| task.by_roster) {
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
            let (count, names) = (names.len(), listed(&names));
            self.warn_of_roster(say!("check-no-contact", count = count, names = names));
        }
    }

    /// Warns of each, once a place: what an activity says for five tasks is said once.
    fn once_a_place(&mut self, found: Vec<(Path, Saying)>) {
        let mut told: Vec<Path> = Vec::new();
        for (at, saying) in found {
            if !told.contains(&at) {
                told.push(at.clone());
                self.warn(at, saying);
            }
        }
    }
}

/// Whether two rules for the same thing book for one task: both for all that no other names, or both naming one.
fn overlap(one: &[TaskCode], other: &[TaskCode]) -> bool {
    (one.is_empty() && other.is_empty()) || one.iter().any(|task| other.contains(task))
}

/// The first names of a list, and dots where there are more.
fn listed(names: &[&str]) -> String {
    first_of(names, NAMED)
}

/// So many names of a list, and dots where there are more.
fn first_of(names: &[&str], most: usize) -> String {
    let mut text = names[..names.len().min(most)].join(", ");
    if names.len() > most {
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
