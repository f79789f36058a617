//! The questions that a plan leaves open, for the meeting that settles them (`check --open`).

use crate::model::plan::Plan;

/// One open question with where the text leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct OpenQuestion<'a> {
    /// The task's code.
    pub task: &'a str,
    /// The task's name.
    pub name: &'a str,
    /// Where the source text says so.
    pub clause: &'a str,
    /// The source's words.
    pub text: &'a str,
    /// What is to be settled.
    pub question: &'a str,
}

/// The plan's open questions in the order of its tasks.
pub(crate) fn open_questions(plan: &Plan) -> Vec<OpenQuestion<'_>> {
    let open = |task: &'_ crate::model::plan::Task| task.open.is_some();
    plan.tasks
        .iter()
        .filter(|task| open(task))
        .map(|task| OpenQuestion {
            task: task.code.as_str(),
            name: &task.name,
            clause: &task.clause,
            text: &task.text,
            question: task.open.as_deref().unwrap_or_default(),
        })
        .collect()
}
