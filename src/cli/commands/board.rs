//! `board`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::board::Board;

/// Arguments of `board`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
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
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let all = args.all || !args.output.is_for_screen();
    let board = Board::of(&workspace, view, &selection, all)?;
    answer(context, &args.output, &workspace, &board)?;
    Ok(Exit::Done)
}
