//! What was done of optional tasks (不作硬性要求): nobody owes them, so they stand in a block of their own.

use serde::Serialize;

use super::frame::measured;
use crate::document::{Column, Document, Row, Table, Text, Value};
use crate::model::board::Ruler;
use crate::model::decimal::Decimal;
use crate::query::{Error, Selection, Workspace};
use crate::words::Words;

/// An optional task.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OptionalRow {
    /// The task's code.
    pub task: String,
    /// Its name.
    pub task_name: String,
    /// Units that did it.
    pub units: u64,
    /// Their records.
    pub records: u64,
    /// What the records come to.
    pub sum: Decimal,
    /// What is counted, where the task has a quantity.
    pub measure: Option<String>,
}

/// The optional tasks among those selected, in the order of the plan, whether anybody did them or not.
///
/// # Errors
/// Whatever the store says.
pub(crate) fn rows(
    workspace: &Workspace,
    ruler: &Ruler,
    selection: &Selection,
) -> Result<Vec<OptionalRow>, Error> {
    let done = workspace.optional(ruler, selection)?;
    let tasks = workspace.plan.tasks.iter().enumerate();
    let rows = tasks.filter(|(place, task)| task.optional && selection.wants_task(*place));
    let rows = rows.map(|(place, task)| {
        let done = done.get(&place).copied().unwrap_or_default();
        OptionalRow {
            task: task.code.to_string(),
            task_name: task.name.clone(),
            units: done.units,
            records: done.records,
            sum: done.sum,
            measure: task.target.as_ref().map(|target| target.measure.clone()),
        }
    });
    Ok(rows.collect())
}

/// The block, where there is anything in it.
pub(crate) fn tell<'a>(document: &mut Document<'a>, rows: &'a [OptionalRow], words: &'a Words) {
    if rows.is_empty() {
        return;
    }
    document.heading(2, words.text("status-optional"), "");
    let columns = vec![
        Column::left("name", words.text("head-task")).wrapping(),
        Column::right("units", words.text("head-optional-units")),
        Column::right("records", words.text("head-records")),
        Column::right("sum", words.text("head-sum")),
    ];
    let rows = rows.iter().map(|row| {
        let sum = measured(&row.sum.to_string(), row.measure.as_deref().unwrap_or(""));
        Row::item(vec![
            row.task_name.as_str().into(),
            Text::number(row.units),
            Text::number(row.records),
            Text::from(sum).worth(Value::Number),
        ])
    });
    document.table(Table::new(columns, rows));
}
