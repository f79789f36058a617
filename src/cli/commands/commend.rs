//! `commend`.

use anyhow::Result;

use super::excuse::tell;
use crate::cli::context::Context;
use crate::cli::exit::Exit;

/// Arguments of `commend`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Unit, by code or name
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Task done well, by code or name [default: the unit as a whole]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// Effective date [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Reason
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
}

/// Praises a unit.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("commend")?;
    let on = context.acting_day(args.on.as_deref(), &recording.plan)?;
    let about = (args.unit.as_str(), args.task.as_deref());
    let done = recording.commend(about, on, &args.reason, context.area())?;
    tell(context, "talk-commended", &done, None)
}
