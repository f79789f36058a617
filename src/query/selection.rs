//! Filters: which units and tasks a report is about.

use super::fault::Fault;
use super::names::{holds, is_called};
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::unit::{Class, UnitNo};

/// Which units and tasks a report is about.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// These units alone, in the order of their numbers; `None` = every unit.
    pub units: Option<Vec<UnitNo>>,
    /// Classes by number that are wanted; `None` = every class.
    pub classes: Option<Vec<bool>>,
    /// Tasks by place that are wanted; `None` = every task.
    pub tasks: Option<Vec<bool>>,
    /// The area that the units lie in.
    pub area: Option<UnitNo>,
}

impl Selection {
    /// Whether that task is wanted.
    pub fn wants_task(&self, task: usize) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks[task])
    }

    /// Whether units of that class are wanted.
    pub fn wants_class(&self, class: u32) -> bool {
        self.classes
            .as_ref()
            .is_none_or(|classes| classes.get(class as usize).copied().unwrap_or(false))
    }
}

/// The filters as typed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
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
    pub fn select(&self, wanted: &Wanted, view: View) -> Result<Selection, Fault> {
        let area = wanted.area.map(|text| self.find_area(text)).transpose()?;
        let mut units = area
            .as_ref()
            .map(|row| self.below_and(row.no))
            .transpose()?;
        if !wanted.units.is_empty() {
            let mut named: Vec<UnitNo> = Vec::new();
            for text in wanted.units {
                let row = self.find_unit(text, wanted.area)?;
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
        let fits = |class: &Class| {
            (kinds.is_empty() || kinds.contains(&class.kind.as_str()))
                && (labels.is_empty()
                    || labels
                        .iter()
                        .any(|label| class.labels.iter().any(|own| own == label)))
        };
        let classes = (!wanted.kinds.is_empty() || !wanted.labels.is_empty())
            .then(|| self.classes.iter().map(fits).collect());
        Ok(Selection {
            units,
            classes,
            tasks: self.selected_tasks(wanted, view)?,
            area: area.map(|row| row.no),
        })
    }

    /// An area with all below it, ascending.
    fn below_and(&self, area: UnitNo) -> Result<Vec<UnitNo>, Fault> {
        let mut units = self.reader().below(area)?;
        if let Err(at) = units.binary_search(&area) {
            units.insert(at, area);
        }
        Ok(units)
    }

    fn selected_tasks(&self, wanted: &Wanted, view: View) -> Result<Option<Vec<bool>>, Fault> {
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
            named.push(self.find_task(text, view.as_of)?);
        }
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
) -> Result<Vec<&'k str>, Fault> {
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
                return Err(Fault::UnknownPart {
                    what,
                    text: word.clone(),
                    known: names,
                });
            }
            several => {
                return Err(Fault::AmbiguousPart {
                    text: word.clone(),
                    known: several.iter().map(ToString::to_string).collect(),
                });
            }
        }
    }
    Ok(ids)
}
