//! Filters: which units and tasks a report is about.

use serde::{Serialize, Serializer};

use super::error::Error;
use super::names::{holds, is_called, names};
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::unit::{Class, UnitNo};
use crate::source::problem::say;

/// Which units and tasks a report is about.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selection {
    /// These units alone, in the order of their numbers; `None` = every unit.
    pub units: Option<Vec<UnitNo>>,
    /// Classes by number that are wanted; `None` = every class.
    pub classes: Option<Vec<bool>>,
    /// Tasks by place that are wanted; `None` = every task.
    pub tasks: Option<Vec<bool>>,
    /// The area that the units lie in.
    pub area: Option<UnitNo>,
    /// The same in words; `None` = the whole.
    pub scope: Option<Scope>,
}

/// Which units and tasks an answer is about. What has a code stands with its code and name; scripts see the codes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Scope {
    /// The area.
    #[serde(serialize_with = "code")]
    pub area: Option<(String, String)>,
    /// Kinds.
    pub kind: Vec<String>,
    /// Labels.
    pub label: Vec<String>,
    /// Phases.
    #[serde(serialize_with = "codes")]
    pub phase: Vec<(String, String)>,
    /// Tasks.
    #[serde(serialize_with = "codes")]
    pub task: Vec<(String, String)>,
    /// Units.
    #[serde(serialize_with = "codes")]
    pub unit: Vec<(String, String)>,
}

impl Scope {
    /// Every option that asks for it, with its value.
    pub(crate) fn options(&self) -> impl Iterator<Item = (&'static str, &str)> {
        let area = self.area.iter().map(|(code, _)| ("area", code));
        let plain = [("kind", &self.kind), ("label", &self.label)];
        let coded = [
            ("phase", &self.phase),
            ("task", &self.task),
            ("unit", &self.unit),
        ];
        let plain = plain.into_iter();
        let plain = plain.flat_map(|(name, words)| words.iter().map(move |word| (name, word)));
        let coded = coded.into_iter();
        let coded = coded.flat_map(|(name, list)| list.iter().map(move |(code, _)| (name, code)));
        area.chain(plain)
            .chain(coded)
            .map(|(name, value)| (name, value.as_str()))
    }
}

fn code<S: Serializer>(named: &Option<(String, String)>, serializer: S) -> Result<S::Ok, S::Error> {
    named.as_ref().map(|(code, _)| code).serialize(serializer)
}

fn codes<S: Serializer>(list: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(list.iter().map(|(code, _)| code))
}

impl Selection {
    /// Whether that task is wanted.
    pub(crate) fn wants_task(&self, task: usize) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks[task])
    }

    /// Whether that unit is wanted, whatever its class.
    pub(crate) fn wants_unit(&self, no: UnitNo) -> bool {
        let units = self.units.as_ref();
        units.is_none_or(|units| units.binary_search(&no).is_ok())
    }

    /// Whether units of that class are wanted.
    pub(crate) fn wants_class(&self, class: u32) -> bool {
        self.classes
            .as_ref()
            .is_none_or(|classes| classes.get(class as usize).copied().unwrap_or(false))
    }
}

/// The filters as typed.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Wanted<'a> {
    /// An area, at any depth.
    pub area: Option<&'a str>,
    /// Kinds, by id or by a word that people read for it.
    pub kinds: &'a [String],
    /// Such words: each a kind's id, and a word for it.
    pub kind_words: &'a [(String, String)],
    /// Labels.
    pub labels: &'a [String],
    /// Phases, by id or name.
    pub phases: &'a [String],
    /// Tasks.
    pub tasks: &'a [String],
    /// Units.
    pub units: &'a [String],
}

impl Workspace {
    /// What the filters select.
    ///
    /// # Errors
    /// Unknown and ambiguous names, and whatever the store says.
    pub(crate) fn select(&self, wanted: &Wanted, view: View) -> Result<Selection, Error> {
        let area = wanted.area.map(|text| self.find_area(text)).transpose()?;
        let mut units = area
            .as_ref()
            .map(|row| self.below_and(row.no))
            .transpose()?;
        let mut scope = Scope {
            area: area.as_ref().map(|row| names(&row.unit)),
            ..Scope::default()
        };
        if !wanted.units.is_empty() {
            let mut named: Vec<UnitNo> = Vec::new();
            for text in wanted.units {
                let row = self.find_unit(text, wanted.area)?;
                scope.unit.push(names(&row.unit));
                if units
                    .as_ref()
                    .is_none_or(|units| units.binary_search(&row.no).is_ok())
                {
                    named.push(row.no);
                }
            }
            named.sort_unstable();
            named.dedup();
            units = Some(named);
        }
        let kinds = || {
            let ids = self.classes.iter().map(|class| class.kind.as_str());
            let words = wanted.kind_words.iter();
            ids.map(|kind| (kind, kind))
                .chain(words.map(|(kind, word)| (kind.as_str(), word.as_str())))
        };
        let labels = || {
            let labels = self.classes.iter().flat_map(|class| &class.labels);
            labels.map(|label| (label.as_str(), label.as_str()))
        };
        let kinds = meant(wanted.kinds, "kind", kinds)?;
        let labels = meant(wanted.labels, "label", labels)?;
        let owned = |words: &[&str]| words.iter().map(ToString::to_string).collect();
        (scope.kind, scope.label) = (owned(&kinds), owned(&labels));
        let fits = |class: &Class| {
            (kinds.is_empty() || kinds.contains(&class.kind.as_str()))
                && (labels.is_empty()
                    || labels
                        .iter()
                        .any(|label| class.labels.iter().any(|own| own == label)))
        };
        let classes = (!wanted.kinds.is_empty() || !wanted.labels.is_empty())
            .then(|| self.classes.iter().map(fits).collect());
        let tasks = self.selected_tasks(wanted, view, &mut scope)?;
        Ok(Selection {
            units,
            classes,
            tasks,
            area: area.map(|row| row.no),
            scope: Some(scope).filter(|scope| *scope != Scope::default()),
        })
    }

    /// An area with all below it, ascending.
    fn below_and(&self, area: UnitNo) -> Result<Vec<UnitNo>, Error> {
        let mut units = self.reader().below(area)?;
        if let Err(at) = units.binary_search(&area) {
            units.insert(at, area);
        }
        Ok(units)
    }

    fn selected_tasks(
        &self,
        wanted: &Wanted,
        view: View,
        scope: &mut Scope,
    ) -> Result<Option<Vec<bool>>, Error> {
        if wanted.phases.is_empty() && wanted.tasks.is_empty() {
            return Ok(None);
        }
        let plan = &self.plan;
        let phases = || {
            let phases = plan.phases.iter();
            phases.flat_map(|phase| {
                [phase.id.as_str(), &phase.name].map(|word| (phase.id.as_str(), word))
            })
        };
        let phases = meant(wanted.phases, "phase", phases)?;
        let mut named = Vec::new();
        for text in wanted.tasks {
            let place = self.find_task(text, view.as_of)?;
            let task = &plan.tasks[place];
            scope.task.push((task.code.to_string(), task.short.clone()));
            named.push(place);
        }
        let named_phases = plan
            .phases
            .iter()
            .filter(|phase| phases.contains(&phase.id.as_str()));
        scope.phase = named_phases
            .map(|phase| (phase.id.to_string(), phase.name.clone()))
            .collect();
        let selected = plan.tasks.iter().enumerate().map(|(place, task)| {
            let phase = plan.phase_of(task);
            (phases.is_empty() || phases.contains(&phase.id.as_str()))
                && (named.is_empty() || named.contains(&place))
        });
        Ok(Some(selected.collect()))
    }
}

/// The ids that words stand for: each is an id, else a name, else a part of a name of only one. `known` is every id with each of its
/// names.
fn meant<'k, K: Iterator<Item = (&'k str, &'k str)>>(
    words: &[String],
    what: &'static str,
    known: impl Fn() -> K,
) -> Result<Vec<&'k str>, Error> {
    let mut ids = Vec::with_capacity(words.len());
    for word in words {
        let pick = |fits: &dyn Fn(&str, &str) -> bool| {
            let mut found: Vec<&str> = known()
                .filter(|(id, name)| fits(id, name))
                .map(|(id, _)| id)
                .collect();
            found.sort_unstable();
            found.dedup();
            found
        };
        let mut found = pick(&|id, _| id == word);
        if found.is_empty() {
            found = pick(&|_, name| is_called(name, word));
        }
        if found.is_empty() && !word.trim().is_empty() {
            found = pick(&|_, name| holds(name, word));
        }
        match found.as_slice() {
            [id] => ids.push(*id),
            [] => {
                // The words for a kind follow from its id, and would make the list thrice as long.
                let shown = known().filter(|(id, name)| what == "phase" || id == name);
                let mut names: Vec<String> = shown.map(|(_, name)| name.to_string()).collect();
                if what != "phase" {
                    names.sort_unstable();
                }
                names.dedup();
                return Err(Error::UnknownPart {
                    what,
                    text: word.clone(),
                    known: names,
                });
            }
            several => {
                let hint = say!("error-candidates", names = several.join(", "));
                return Err(say!("error-ambiguous-part", text = word).hint(hint).into());
            }
        }
    }
    Ok(ids)
}
