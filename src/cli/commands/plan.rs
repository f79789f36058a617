//! `plan`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
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
    let office = context.office()?;
    let view = context.view(&args.view, &office.plan)?;
    let selection = context.selection(&args.filter, &office, view)?;
    let ruler = office.ruler(view);
    let mut units = vec![0; office.plan.tasks.len()];
    office.survey(&ruler, None, &selection, |unit| {
        let mut last = None;
        for cell in unit.cells {
            if last != Some(cell.task) {
                units[cell.task] += 1;
                last = Some(cell.task);
            }
        }
    })?;
    let dues = (0..office.plan.tasks.len())
        .map(|task| ruler.dues(task).iter().map(|due| due.due).collect());
    let dues: Vec<_> = dues.collect();
    let frame = Frame::new(
        &office.plan,
        &office.digest,
        view,
        office.amended,
        context.today(&office.plan)?,
    );
    let mut outline = Outline::new(&office.plan, frame, &dues, &units);
    let mut places = 0..;
    outline
        .rows
        .retain(|_| places.next().is_none_or(|task| selection.wants_task(task)));
    publish(context, &args.output, &outline)?;
    Ok(Exit::Done)
}
