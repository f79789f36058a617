//! Filters: which units and tasks a report is about.

use serde::{Serialize, Serializer};

use super::fault::Fault;
use super::workspace::Workspace;
use crate::model::board::View;
use crate::model::plan::Phase;
use crate::model::unit::{Class, UnitNo};
use crate::store::UnitRow;

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
    /// The same for people and scripts; `None` = everything.
    pub scope: Option<Scope>,
}

/// The part of units and tasks that an answer is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Scope {
    /// The area, at any depth.
    pub area: Option<ScopePart>,
    /// Kinds.
    pub kinds: Vec<String>,
    /// Labels.
    pub labels: Vec<String>,
    /// Phases.
    pub phases: Vec<ScopePart>,
    /// Tasks.
    pub tasks: Vec<ScopePart>,
    /// Units.
    pub units: Vec<ScopePart>,
}

/// One of them: scripts read its code, people its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScopePart {
    /// Its code, or id.
    pub code: String,
    /// Its short name.
    pub name: String,
}

impl Serialize for ScopePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.code)
    }
}

impl Selection {
    /// Whether that task is wanted.
    pub fn wants_task(&self, task: usize) -> bool {
        self.tasks.as_ref().is_none_or(|tasks| tasks[task])
    }

    /// Whether that unit is wanted, whatever its class.
    pub fn wants_unit(&self, no: UnitNo) -> bool {
        let units = self.units.as_ref();
        units.is_none_or(|units| units.binary_search(&no).is_ok())
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
    /// Kinds.
    pub kinds: &'a [String],
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
        let part = |row: &UnitRow| ScopePart {
            code: row.unit.code.to_string(),
            name: row.unit.short.clone(),
        };
        let mut scope = Scope {
            area: area.as_ref().map(part),
            kinds: wanted.kinds.to_vec(),
            labels: wanted.labels.to_vec(),
            ..Scope::default()
        };
        let mut units = area
            .as_ref()
            .map(|row| self.below_and(row.no))
            .transpose()?;
        if !wanted.units.is_empty() {
            let mut named: Vec<UnitNo> = Vec::new();
            for text in wanted.units {
                let row = self.find_unit(text, wanted.area)?;
                scope.units.push(part(&row));
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
        let known = |of: &dyn Fn(&Class) -> Vec<String>| {
            let mut all: Vec<String> = self.classes.iter().flat_map(of).collect();
            all.sort_unstable();
            all.dedup();
            all
        };
        check(wanted.kinds, "kind", || {
            known(&|class| vec![class.kind.clone()])
        })?;
        check(wanted.labels, "label", || {
            known(&|class| class.labels.clone())
        })?;
        let any = |words: &[String], of: &dyn Fn(&String) -> bool| {
            words.is_empty() || words.iter().any(of)
        };
        let fits = |class: &Class| {
            any(wanted.kinds, &|kind| class.kind == *kind)
                && any(wanted.labels, &|label| class.labels.contains(label))
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
    fn below_and(&self, area: UnitNo) -> Result<Vec<UnitNo>, Fault> {
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
    ) -> Result<Option<Vec<bool>>, Fault> {
        if wanted.phases.is_empty() && wanted.tasks.is_empty() {
            return Ok(None);
        }
        let plan = &self.plan;
        check(wanted.phases, "phase", || {
            plan.phases
                .iter()
                .flat_map(|phase| [phase.id.to_string(), phase.name.clone()])
                .collect()
        })?;
        let mut named = Vec::new();
        for text in wanted.tasks {
            let place = self.find_task(text, view.as_of)?;
            let task = &plan.tasks[place];
            scope.tasks.push(ScopePart {
                code: task.code.to_string(),
                name: task.short.clone(),
            });
            named.push(place);
        }
        let is = |phase: &Phase, text: &String| phase.id == **text || phase.name == *text;
        let wanted_phases = plan.phases.iter();
        let wanted_phases =
            wanted_phases.filter(|phase| wanted.phases.iter().any(|text| is(phase, text)));
        scope.phases.extend(wanted_phases.map(|phase| ScopePart {
            code: phase.id.to_string(),
            name: phase.name.clone(),
        }));
        let selected = plan.tasks.iter().enumerate().map(|(place, task)| {
            let phase = plan.phase_of(task);
            let in_phase = |text: &String| is(phase, text);
            (wanted.phases.is_empty() || wanted.phases.iter().any(in_phase))
                && (named.is_empty() || named.contains(&place))
        });
        Ok(Some(selected.collect()))
    }
}

fn check(
    words: &[String],
    what: &'static str,
    known: impl FnOnce() -> Vec<String>,
) -> Result<(), Fault> {
    if words.is_empty() {
        return Ok(());
    }
    let known = known();
    match words.iter().find(|word| !known.contains(word)) {
        None => Ok(()),
        Some(word) => Err(Fault::UnknownPart {
            what,
            text: word.clone(),
            known,
        }),
    }
}
