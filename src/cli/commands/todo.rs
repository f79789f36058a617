//! `todo`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::todo::Todo;

/// Arguments of `todo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists what waits for the office.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let todo = Todo::of(&workspace, &selection, view)?;
    answer(context, &args.output, &workspace, &todo)?;
    Ok(Exit::Done)
}
