//! `undo`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::words::args;

/// Arguments of `undo`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Id of an entry or a batch, or UNIT/TASK for its latest record [default: your last command]
    #[arg(value_name = "RECORD|BATCH")]
    what: Option<String>,
}

/// Takes entries back.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("undo")?;
    let undone = recording.undo(args.what.as_deref(), context.area())?;
    context.say_applied(&undone.applied)?;
    let id = undone.written.address.short_id(true);
    context.say(
        "talk-undone",
        &args!(
            commands = undone.written.commands.join(", "),
            n = undone.written.entries,
            id = undone.written.what.as_str()
        ),
    )?;
    for number in &undone.written.booked {
        context.say("talk-undone-booked", &args!(n = *number))?;
    }
    context.give(&id)
}
