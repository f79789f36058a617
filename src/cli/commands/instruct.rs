//! `instruct`.

use anyhow::Result;

use super::excuse::{Given, tell};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::source::day_text::Lean;

/// Arguments of `instruct`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Task, by code or name
    #[arg(value_name = "TASK")]
    task: String,
    /// Due date set by the instruction; a later one can change it
    #[arg(long, value_name = "DAY", required = true, allow_hyphen_values = true)]
    due: String,
    /// Date the instruction arrived [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Who issued the instruction, and its number
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
}

/// Records that an order has arrived.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("instruct")?;
    let on = context.acting_day(args.on.as_deref(), &recording.plan)?;
    let due = context.day(&args.due, recording.today, Lean::Future, &recording.plan)?;
    let ends = recording.plan.last_day();
    let done = recording.instruct(&args.task, due, on, &args.reason)?;
    tell(context, "talk-instructed", &done, Some(Given { due, ends }))
}
