//! `todo`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::audit::Thresholds;
use crate::model::day::Day;
use crate::query::{Agenda, Workspace};
use crate::report::Frame;
use crate::report::log::LogRow;
use crate::report::mask;
use crate::report::todo::{Todo, TodoRow, What};

/// Arguments of `todo`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists what waits for the office.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let agenda = workspace.agenda(view, Thresholds::default(), &selection)?;
    let frame = Frame::of(&workspace, view);
    let todo = Todo {
        schema: "duban.todo/1",
        frame,
        due_soon: workspace.plan.due_soon,
        audited: agenda.suspected.is_some(),
        rows: rows(&workspace, agenda, view.as_of),
    };
    answer(context, &args.output, &workspace, &todo)?;
    Ok(Exit::Done)
}

/// Everything that waits, the most pressing first.
fn rows(workspace: &Workspace, agenda: Agenda, today: Day) -> Vec<TodoRow> {
    let Agenda {
        rectify,
        named,
        objections,
        notice,
        waiting,
        suspected,
        dues,
        questions,
    } = agenda;
    let tasks = &workspace.plan.tasks;
    let mut rows = Vec::new();
    for (unit, cell) in rectify {
        let row = TodoRow::new(What::Rectify).about(&tasks[cell.task]);
        rows.push(TodoRow {
            unit: Some(unit.unit.code.to_string()),
            unit_name: Some(unit.unit.short),
            contact: mask::name(&unit.unit.contact),
            ..row.on(cell.rectify.unwrap_or(today), today)
        });
    }
    rows.extend(named.map(|named| TodoRow {
        notice: Some(named.notice),
        count: named.obligations,
        ..TodoRow::new(What::Named).on(named.rectify, today)
    }));
    for objection in objections {
        let entry = LogRow::of(objection, workspace.plan.timezone);
        let row = TodoRow::new(What::Objection).on(entry.day, today);
        rows.push(TodoRow {
            unit: entry.unit,
            unit_name: entry.unit_name,
            task: entry.task,
            task_name: entry.task_name,
            id: Some(entry.id),
            notice: entry.notice,
            note: entry.note,
            ..row
        });
    }
    rows.extend(notice.map(|notice| TodoRow {
        notice: notice.last.map(|(number, _)| number),
        ..TodoRow::new(What::Notice).on(notice.due, today)
    }));
    rows.extend(waiting.iter().map(|waiting| {
        TodoRow {
            count: waiting.records,
            ..TodoRow::new(What::Review)
                .about(&tasks[waiting.task])
                .on(waiting.oldest, today)
        }
    }));
    rows.extend(suspected.filter(|n| *n > 0).map(|n| TodoRow {
        count: n as u64,
        ..TodoRow::new(What::Suspected)
    }));
    rows.extend(dues.iter().map(|due| {
        TodoRow {
            count: due.units,
            ..TodoRow::new(What::Due)
                .about(&tasks[due.task])
                .on(due.due, today)
        }
    }));
    rows.extend(questions.iter().map(|place| TodoRow {
        note: tasks[*place].open.clone(),
        ..TodoRow::new(What::Question).about(&tasks[*place])
    }));
    rows
}
