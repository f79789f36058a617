//! `score`.

use anyhow::Result;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::score::Score;
use crate::source::problem::say;

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
    look: LookArgs,
}

/// Lists the units' points.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if !(args.look.filter.phase.is_empty() && args.look.filter.task.is_empty()) {
        // Points are a unit's as a whole: those of one task would be no score.
        return Err(say!("error-score-filter")
            .hint(say!("error-score-filter-hint"))
            .into());
    }
    let (workspace, view, selection) = context.look(&args.look)?;
    let score = Score::of(&workspace, &selection, view, args.detail)?;
    answer(context, &args.look.output, &workspace, &score)
}
