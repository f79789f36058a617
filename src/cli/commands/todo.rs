//! `todo`.

use anyhow::Result;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::todo::Todo;

/// Arguments of `todo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    look: LookArgs,
}

/// Lists what waits for the office.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let screen = args.look.output.is_for_screen();
    let todo = Todo::of(&workspace, &selection, view, screen)?;
    answer(context, &args.look.output, &workspace, &todo)
}
