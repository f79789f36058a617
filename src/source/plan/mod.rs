//! Plan files (TOML) → the plan, with every problem at once.
//!
//! A good file is deserialized and settled, nothing more. Only where there is a problem to place, the file is parsed
//! again with spans: shapes are checked against the raw structs' own JSON Schema, key paths are looked up.

mod advise;
mod found;
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
use super::text;
use crate::model::plan::Plan;
use crate::model::unit::Unit;
use found::Found;
use settle::{Origin, Settled};
use tree::Tree;

pub use advise::{advise, uncountable};
pub use open::{OpenQuestion, open_questions};
pub use schema::schema;
pub use skeleton::skeleton;

/// A plan with where it came from: what `advise` needs to say where something stands.
#[derive(Clone, Debug)]
pub struct PlanFile {
    /// What the file means.
    pub plan: Plan,
    /// Where its units are.
    pub roster: RosterSource,
    name: String,
    text: String,
    origins: Vec<Origin>,
}

impl PlanFile {
    /// The problem of a roster file that is not where the plan says.
    pub fn no_roster(&self, name: &str) -> Problem {
        let plan = found::At::top("plan");
        let saying = say!("check-roster-missing", name = name);
        let found = Found::error(&plan.key("roster"), saying);
        Tree::new(&self.name, &self.text).problem(found)
    }
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
    Rows(Vec<Unit>),
}

/// Reads a plan file of that name: the plan unless there are errors, and every problem that the file alone shows.
/// Advice that needs the roster is [`advise`]'s.
pub fn read(name: &str, bytes: &[u8]) -> (Option<PlanFile>, Problems) {
    let text = match text::decode(name, bytes, None, "hint-save-utf8") {
        Ok(text) => text,
        Err(problem) => return (None, std::iter::once(problem).collect()),
    };
    if text.trim().is_empty() {
        let problem = Problem::error(Place::whole(name), say!("check-file-empty"));
        return (
            None,
            std::iter::once(problem.hinted(Some(say!("hint-init")))).collect(),
        );
    }
    match toml::from_str::<raw::File>(&text) {
        Ok(file) => settled(name, text, file),
        Err(_) => (None, misshapen(name, &text)),
    }
}

fn settled(name: &str, text: Cow<'_, str>, mut file: raw::File) -> (Option<PlanFile>, Problems) {
    let rows = roster::rows(&mut file);
    let Settled {
        plan,
        origins,
        mut found,
    } = settle::settle(file);
    found.extend(rows.found);
    let problems: Problems = if found.is_empty() {
        Problems::new()
    } else {
        let tree = Tree::new(name, &text);
        found.into_iter().map(|found| tree.problem(found)).collect()
    };
    let good = plan.zip(rows.source).filter(|_| !problems.has_errors());
    let file = good.map(|(plan, roster)| PlanFile {
        plan,
        roster,
        name: name.to_string(),
        text: text.into_owned(),
        origins,
    });
    (file, problems)
}

/// Every problem of a file that does not deserialize: its syntax, or its shape and what the rest of it means.
fn misshapen(name: &str, text: &str) -> Problems {
    let tree = Tree::new(name, text);
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
    if let (Some(mut file), false) = (file, broken) {
        let rows = roster::rows(&mut file);
        let settled = settle::settle(file);
        let tree = Tree::new(name, text);
        let told = |found: &Found| !pruned.explains(found);
        let found = settled.found.into_iter().chain(rows.found).filter(told);
        problems.extend(found.map(|found| tree.problem(found)));
    }
    debug_assert!(
        problems.count(Severity::Error) > 0,
        "a plan that cannot be read says why"
    );
    problems
}
