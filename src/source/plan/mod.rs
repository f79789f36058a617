//! Plan files (TOML) → the plan, with every problem at once.
//!
//! A good file is deserialized and settled, nothing more. Only where there is a problem to place, the file is parsed
//! again with spans: shapes are checked against the raw structs' own JSON Schema, key paths are looked up.

mod advise;
mod finding;
mod open;
mod raw;
mod roster;
mod scalar;
mod schema;
mod settle;
mod shape;
mod skeleton;
mod tree;
mod when;

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use super::problem::{Place, Problem, Problems, Severity, say};
use super::roster::Roster;
use super::text;
use crate::model::code::PlanId;
use crate::model::plan::Plan;
use finding::Finding;
use settle::{Origin, Settled};
use tree::Tree;

pub(crate) use advise::{advise, judge};
pub(crate) use open::{OpenQuestion, open_questions};
pub(crate) use schema::schema;
pub(crate) use skeleton::skeleton;

/// A plan with where it came from: what `advise` needs to say where something stands.
#[derive(Clone, Debug)]
pub struct PlanFile {
    /// What the file means.
    pub plan: Plan,
    /// Where its units are; `None` where it does not say.
    pub roster: Option<RosterSource>,
    name: String,
    text: String,
    origins: Vec<Origin>,
    /// Whether all that is owed, and for what, could be read.
    whole: bool,
}

/// The problem of a roster file that is not where the plan says.
pub(crate) fn no_roster(name: &str, bytes: &[u8], roster: &str) -> Problem {
    let plan = finding::KeyPath::top("plan");
    let saying = say!("check-roster-missing", name = roster);
    let finding = Finding::error(&plan.key("roster"), saying);
    let text = text::decode(name, bytes, None, "hint-save-utf8").unwrap_or_default();
    Tree::new(name, &text).problem(finding)
}

/// Where a plan's units are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterSource {
    /// In a file.
    File {
        /// Its path, relative to the plan's.
        path: String,
        /// Its encoding, where it is not UTF-8.
        encoding: Option<String>,
        /// The sheet, where it is a workbook with several.
        sheet: Option<String>,
    },
    /// In the plan itself.
    Rows(Roster),
}

/// A plan file as far as it could be read.
#[derive(Debug, Default)]
pub(crate) struct Surveyed {
    /// The plan, without the parts of which something is wrong.
    pub file: Option<PlanFile>,
    /// Where its units are, where the plan itself could not be read.
    pub roster: Option<RosterSource>,
    /// Every problem that the file alone shows; with an error among them `file` is good for advice alone.
    pub problems: Problems,
}

/// Reads a plan file of that name: the plan unless there are errors, and every problem that the file alone shows.
/// Advice that needs the roster is [`advise()`]'s.
pub fn read(name: &str, bytes: &[u8]) -> (Option<PlanFile>, Problems) {
    let Surveyed { file, problems, .. } = survey(name, bytes);
    (file.filter(|_| !problems.has_errors()), problems)
}

/// Reads what can be read of a plan file of that name, so that an error in it hides nothing of its roster.
pub(crate) fn survey(name: &str, bytes: &[u8]) -> Surveyed {
    let refused = |problem: Problem| Surveyed {
        problems: std::iter::once(problem).collect(),
        ..Surveyed::default()
    };
    let text = match text::decode(name, bytes, None, "hint-save-utf8") {
        Ok(text) => text,
        Err(problem) => return refused(problem),
    };
    if text.trim().is_empty() {
        let saying = say!("check-file-empty").hint(say!("hint-init"));
        return refused(Problem::error(Place::whole(name), saying));
    }
    match toml::from_str::<raw::File>(&text) {
        Ok(file) => settled(name, text, file, |_| true),
        Err(_) => misshapen(name, text),
    }
}

/// The id of the plan in a file, whatever else is in it; `None` where it has none.
pub(crate) fn id(bytes: &[u8]) -> Option<PlanId> {
    #[derive(serde::Deserialize)]
    struct Head {
        plan: Id,
    }
    #[derive(serde::Deserialize)]
    struct Id {
        id: PlanId,
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let head: Head = toml::from_str(text.trim_start_matches('\u{feff}')).ok()?;
    Some(head.plan.id)
}

/// What the file means, and what was found in it that `told` says is no echo.
fn settled(
    name: &str,
    text: Cow<'_, str>,
    mut file: raw::File,
    told: impl Fn(&Finding) -> bool,
) -> Surveyed {
    let rows = roster::rows(&mut file);
    let Settled {
        plan,
        origins,
        whole,
        found,
    } = settle::settle(file);
    let mut found: Vec<Finding> = found.into_iter().chain(rows.found).collect();
    found.retain(told);
    let problems: Problems = if found.is_empty() {
        Problems::new()
    } else {
        let tree = Tree::new(name, &text);
        found.into_iter().map(|found| tree.problem(found)).collect()
    };
    let roster = rows.source;
    let file = plan.map(|plan| PlanFile {
        plan,
        roster: roster.clone(),
        name: name.to_string(),
        text: text.into_owned(),
        origins,
        whole,
    });
    Surveyed {
        file,
        roster,
        problems,
    }
}

/// Every problem of a file that does not deserialize: its syntax, or its shape and what the rest of it means.
fn misshapen(name: &str, text: Cow<'_, str>) -> Surveyed {
    let tree = Tree::new(name, &text);
    let syntax = tree.syntax();
    let broken = !syntax.is_empty();
    let (shapes, pruned, file) = tree.shapes();
    let mut problems: Problems = syntax.into_iter().collect();
    let lines: Vec<usize> = problems
        .iter()
        .filter_map(|problem| Some(problem.place.as_ref()?.line))
        .collect();
    let fresh = |problem: &Problem| {
        problem
            .place
            .as_ref()
            .is_some_and(|place| !lines.contains(&place.line))
    };
    problems.extend(shapes.into_iter().filter(fresh));
    debug_assert!(
        problems.count(Severity::Error) > 0,
        "a plan that cannot be read says why"
    );
    let Some(mut file) = file else {
        return Surveyed {
            problems,
            ..Surveyed::default()
        };
    };
    if broken {
        // What stands behind a broken line is lost, and the rest may mean anything; the roster's name is still one.
        return Surveyed {
            roster: roster::rows(&mut file).source,
            problems,
            ..Surveyed::default()
        };
    }
    let mut surveyed = settled(name, text, file, |found| !pruned.explains(found));
    if let Some(file) = &mut surveyed.file {
        file.whole &= pruned.leaves_duties();
    }
    problems.extend(std::mem::take(&mut surveyed.problems));
    Surveyed {
        problems,
        ..surveyed
    }
}
