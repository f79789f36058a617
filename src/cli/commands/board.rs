//! `board`.

use anyhow::Result;

use crate::cli::arguments::LookArgs;
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
    look: LookArgs,
}

/// Shows where every unit stands with every task.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let all = args.all || !args.look.output.is_for_screen();
    let board = Board::of(&workspace, view, &selection, all)?;
    answer(context, &args.look.output, &workspace, &board)
}
