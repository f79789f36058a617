//! `score`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::diagnostic::UsageError;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::score::Score;

/// Arguments of `score`.
#[derive(clap::Args, Debug)]
#[command(
    mut_arg("phase", |arg| arg.hide(true)),
    mut_arg("task", |arg| arg.hide(true)),
)]
pub(crate) struct Args {
    /// List every booking, a line each
    #[arg(long)]
    detail: bool,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the units' points.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if !(args.filter.phase.is_empty() && args.filter.task.is_empty()) {
        // Points are a unit's as a whole: those of one task would be no score.
        let trouble = UsageError::new("error-score-filter", Vec::new());
        return Err(trouble.hint("error-score-filter-hint").into());
    }
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let score = Score::of(&workspace, &selection, view, args.detail)?;
    answer(context, &args.output, &workspace, &score)?;
    Ok(Exit::Done)
}
