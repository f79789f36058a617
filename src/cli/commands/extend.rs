//! `extend`.

use anyhow::Result;

use super::excuse::{Given, TermArgs, tell};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::source::day_text::Lean;

/// Arguments of `extend`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    term: TermArgs,
    /// New due date
    #[arg(long, value_name = "DAY", required = true, allow_hyphen_values = true)]
    due: String,
}

/// Gives a unit until another day.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("extend")?;
    let term = args.term.term(context, &recording.plan)?;
    let due = context.day(&args.due, recording.today, Lean::Future, &recording.plan)?;
    let ends = recording.plan.last_day();
    let done = recording.extend(&term, due)?;
    tell(context, "talk-extended", &done, Some(Given { due, ends }))
}
