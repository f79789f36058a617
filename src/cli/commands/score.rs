//! `score`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::score::Score;

/// Arguments of `score`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the units' points.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let score = Score::of(&workspace, &selection, view)?;
    answer(context, &args.output, &workspace, &score)?;
    Ok(Exit::Done)
}
