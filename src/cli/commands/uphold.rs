//! `uphold` and `reverse`: how an objection was heard.

use anyhow::Result;

use super::object::tell;
use crate::cli::context::Context;
use crate::cli::exit::Exit;

/// Arguments of `uphold` and `reverse`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Objection id, or UNIT/TASK for the latest open one
    #[arg(value_name = "OBJECTION")]
    what: String,
    /// Date of the decision [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Reason
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
}

/// Dismisses an objection: the points stay.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    hear(args, false, context)
}

/// Grants an objection: the points are given back.
pub(crate) fn reverse(args: Args, context: &mut Context) -> Result<Exit> {
    hear(args, true, context)
}

fn hear(args: Args, granted: bool, context: &mut Context) -> Result<Exit> {
    let (command, message) = if granted {
        ("reverse", "talk-reversed")
    } else {
        ("uphold", "talk-upheld")
    };
    let recording = context.recording(command)?;
    let on = context.acting_day(args.on.as_deref(), &recording.plan)?;
    let done = recording.hear(&args.what, granted, on, &args.reason, context.area())?;
    tell(context, message, &done.written)
}
