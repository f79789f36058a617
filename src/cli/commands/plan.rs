//! `plan`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::Frame;
use crate::report::plan::Outline;

/// Arguments of `plan`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints the outline.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let ruler = workspace.ruler(view);
    let mut units = vec![0; workspace.plan.tasks.len()];
    workspace.survey(&ruler, None, &selection, |unit| {
        let mut last = None;
        for cell in unit.cells {
            if last != Some(cell.task) {
                units[cell.task] += 1;
                last = Some(cell.task);
            }
        }
    })?;
    let dues = (0..workspace.plan.tasks.len())
        .map(|task| ruler.dues(task).iter().map(|due| due.due).collect());
    let dues: Vec<_> = dues.collect();
    let frame = Frame::new(
        &workspace.plan,
        &workspace.digest,
        view,
        workspace.amended,
        context.today(&workspace.plan)?,
    );
    let mut outline = Outline::new(&workspace.plan, frame, &dues, &units);
    let mut places = 0..;
    outline
        .rows
        .retain(|_| places.next().is_none_or(|task| selection.wants_task(task)));
    answer(context, &args.output, &workspace, &outline)?;
    Ok(Exit::Done)
}
