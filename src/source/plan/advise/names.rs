//! Advice on names: units that look alike, and names where codes are wanted.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::places::path;
use super::{Advice, NAMED};
use crate::model::decimal::Decimal;
use crate::model::plan::{Amount, Plan};
use crate::model::quantity;
use crate::model::unit::Unit;
use crate::source::near::folded;
use crate::source::plan::finding::Path;
use crate::source::problem::{Severity, say};

impl Advice<'_> {
    /// Units of one area whose names are one to the eye, or to whoever compares them by width: `水井村` and `⽔井村`.
    pub(super) fn look_alikes(&mut self) {
        let mut seen: HashMap<(&str, String), usize> = HashMap::new();
        let mut alike: Vec<String> = Vec::new();
        let mut count = 0;
        let units = self.units.all;
        for (place, unit) in units.iter().enumerate() {
            if unit.until.is_some() {
                continue;
            }
            let area = unit.parent.as_ref().map_or("", |parent| parent.as_str());
            let first = *seen.entry((area, skeleton(&unit.short))).or_insert(place);
            let other = &units[first];
            // Two of the very same name are told where the roster is read.
            if first == place || other.short == unit.short {
                continue;
            }
            count += 1;
            if alike.len() < NAMED {
                alike.push(format!(
                    "{} ({}) / {} ({})",
                    other.short, other.code, unit.short, unit.code
                ));
            }
        }
        if count > 0 {
            let names = alike.join(", ");
            self.warn_of_roster(say!("check-names-alike", count = count, names = names));
        }
    }

    /// Words of `who` that are no kind, label or code, but the name of units: the error gives the code.
    pub(super) fn names_for_codes(&mut self) {
        let places = self.who_places();
        let named = self.names(places.iter().map(|(_, word)| word.as_str()));
        for (at, word) in places {
            if let Some(codes) = named.get(&word) {
                let saying = say!("check-who-name", word = word);
                let hint = say!("hint-who-code", code = codes.join("\", \""));
                self.say(Severity::Error, at, saying.hint(hint));
            }
        }
    }

    /// Those of the words that name units and nothing else, with the codes of these.
    pub(super) fn names<'w>(
        &self,
        words: impl Iterator<Item = &'w str>,
    ) -> HashMap<String, Vec<String>> {
        let mut unknown: HashSet<&str> = words.collect();
        for unit in self.units.all {
            // Of a large roster the first units mostly have all kinds and labels already.
            if unknown.is_empty() {
                return HashMap::new();
            }
            let labels = unit.labels.iter().map(String::as_str);
            for word in labels.chain([unit.kind.as_str(), unit.code.as_str()]) {
                unknown.remove(word);
            }
        }
        let folds: HashMap<String, &str> = unknown
            .into_iter()
            .map(|word| (folded(word).into_owned(), word))
            .collect();
        let mut codes: HashMap<String, Vec<String>> = HashMap::new();
        for unit in self.units.all {
            let word = folds.get(&*folded(&unit.name));
            let Some(word) = word.or_else(|| folds.get(&*folded(&unit.short))) else {
                continue;
            };
            let codes = codes.entry((*word).to_string()).or_default();
            if codes.len() < NAMED {
                codes.push(unit.code.to_string());
            }
        }
        codes
    }

    /// Every word of a `who` in the plan, with its place; what an activity lends its tasks once.
    pub(super) fn who_places(&self) -> Vec<(Path, String)> {
        let mut places: Vec<(Path, String)> = Vec::new();
        let mut told: HashSet<(usize, usize, String)> = HashSet::new();
        for (task, origin) in self.tasks() {
            for (place, word) in task.who.iter().enumerate() {
                let key = (origin.phase, origin.activity, word.clone());
                if told.insert(key) {
                    places.push((origin.path(&["who"]).index(place), word.clone()));
                }
            }
        }
        let assessment = self.plan.assessment.iter();
        for (place, word) in assessment.flat_map(|it| &it.who).enumerate() {
            places.push((
                path("assessment", None, &["who"]).index(place),
                word.clone(),
            ));
        }
        places
    }

    /// Attributes that are no numbers from 0 on, of units for which a target counts by them; and those that are 0.
    pub(super) fn not_numbers(&mut self) {
        let plan = self.plan;
        let attributes = plan.attributes();
        let mut found: BTreeMap<(Severity, &str), Vec<&str>> = BTreeMap::new();
        for unit in self.units.all {
            for of in &attributes {
                let text = unit.attribute(of).unwrap_or_default();
                let severity = match quantity::number(text) {
                    _ if text.is_empty() => continue,
                    Some(number) if number > Decimal::ZERO => continue,
                    Some(Decimal::ZERO) => Severity::Warning,
                    _ => Severity::Error,
                };
                if counts_by(plan, unit, of) {
                    found.entry((severity, of)).or_default().push(&unit.short);
                }
            }
        }
        for ((severity, of), names) in found {
            let (count, names) = (names.len(), super::listed(&names));
            let id = match severity {
                Severity::Error => "check-attribute-not-number",
                _ => "check-attribute-zero",
            };
            let saying = say!(id, of = of, count = count, names = names);
            self.about_roster.push((severity, saying));
        }
    }
}

/// Whether a task that the unit owes counts by that attribute.
fn counts_by(plan: &Plan, unit: &Unit, of: &str) -> bool {
    let class = unit.class(plan);
    let owed = plan.tasks.iter().filter(|task| task.owed_by(&class));
    let mut needs = owed.filter_map(|task| task.need_of(&class));
    needs.any(|need| matches!(&need.amount, Amount::Share { of: by, .. } if by == of))
}

/// A name without what the eye passes over: width, case, spaces and marks, and letters that are told apart by a stroke.
fn skeleton(name: &str) -> String {
    let plain = |c: char| match c {
        '〇' | '○' | '◯' | '零' | 'o' => '0',
        'l' | 'i' => '1',
        '己' | '巳' => '已',
        '末' => '未',
        '士' => '土',
        '曰' => '日',
        '戌' | '戍' => '戊',
        c => c,
    };
    let folded = folded(name).to_lowercase();
    let letters = folded
        .chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '〇' | '○' | '◯'));
    letters.map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::skeleton;

    #[test]
    fn names_that_only_look_different_have_one_skeleton() {
        for (one, other) in [
            ("水井村", "⽔井村"),
            ("石柱村(新)", "石柱村（新）"),
            ("二九〇场", "二九０场"),
            ("二九O场", "二九0场"),
            ("未家村", "末家村"),
            ("Oak Lane", "oak-lane"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one}");
        }
        for (one, other) in [
            ("水井村", "井水村"),
            ("一村", "二村"),
            ("石柱村", "石柱村(新)"),
        ] {
            assert_ne!(skeleton(one), skeleton(other), "{one}");
        }
    }
}
