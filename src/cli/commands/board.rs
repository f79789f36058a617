//! `board`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::Cell;
use crate::model::standing::Standing;
use crate::model::unit::UnitNo;
use crate::report::Frame;
use crate::report::board::{Board, BoardRow, BoardTask, board_row};
use crate::report::mask;

/// Arguments of `board`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Also show tasks that are not due yet
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Shows where every unit stands with every task.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let ruler = workspace.ruler(view);
    let mut come: Vec<Option<bool>> = vec![None; workspace.plan.tasks.len()];
    let mut found: Vec<(UnitNo, Vec<Cell>)> = Vec::new();
    workspace.survey(&ruler, None, &selection, |unit| {
        for cell in unit.cells {
            let has_come = cell.standing != Standing::Pending;
            come[cell.task] = Some(come[cell.task].unwrap_or(false) || has_come);
        }
        found.push((unit.sheet.unit, unit.cells.to_vec()));
    })?;
    let numbers: Vec<UnitNo> = found.iter().map(|(no, _)| *no).collect();
    let rows = workspace
        .units(&numbers)?
        .into_iter()
        .zip(found)
        .map(|(row, (_, cells))| {
            let (cells, tally) = board_row(&workspace.plan, &cells);
            BoardRow {
                code: row.unit.code.to_string(),
                name: row.unit.short.clone(),
                kind: row.unit.kind.clone(),
                contact: mask::name(&row.unit.contact),
                cells,
                expected: tally.expected(),
                completed: tally.completed(),
                overdue: tally.of(Standing::Overdue),
                returned: tally.of(Standing::Returned),
                place: row.place,
            }
        });
    let mut rows: Vec<BoardRow> = rows.collect();
    rows.sort_by_key(|row| row.place);
    let tasks = workspace
        .plan
        .tasks
        .iter()
        .zip(come)
        .filter_map(|(task, come)| {
            Some(BoardTask {
                code: task.code.to_string(),
                name: task.short.clone(),
                come: come?,
            })
        });
    let frame = Frame::new(
        &workspace.plan,
        &workspace.digest,
        view,
        workspace.amended,
        context.today(&workspace.plan)?,
    );
    let board = Board {
        schema: "duban.board/1",
        frame,
        tasks: tasks.collect(),
        rows,
        all: args.all,
    };
    answer(context, &args.output, &workspace, &board)?;
    Ok(Exit::Done)
}
