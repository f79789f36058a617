//! `correct`.

use anyhow::Result;

use super::done::{progress, warn};
use crate::cli::arguments::RecordArgs;
use crate::cli::context::{Context, amount};
use crate::cli::exit::Exit;
use crate::model::quantity::Quantity;
use crate::ops::Change;
use crate::words::args;

/// Arguments of `correct`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Record id, or UNIT/TASK for the latest
    #[arg(value_name = "RECORD")]
    what: String,
    /// Correct unit
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Correct task
    #[arg(long, value_name = "TASK")]
    task: Option<String>,
    /// Correct count
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    count: Option<String>,
    #[command(flatten)]
    record: RecordArgs,
}

/// Replaces a record: an undo and a new record, in one batch.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let evidence = context.intake(&args.record)?;
    let recording = context.recording("correct")?;
    let mut draft = context.draft(&args.record, &recording.plan)?;
    if let Some(count) = &args.count {
        let Quantity { number, measure } = amount(count)?;
        (draft.count, draft.measure) = (Some(number), measure);
    }
    let done = recording.correct(
        &args.what,
        Change {
            unit: args.unit.as_deref(),
            task: args.task.as_deref(),
            draft,
            evidence,
            area: context.area(),
        },
    )?;
    context.say_applied(&done.applied)?;
    let (old, recorded) = &done.written;
    let id = recorded.address.short_id(false);
    let words = context.words().clone();
    let args = args!(old = old.as_str(), id = id.as_str());
    let text = words.say("talk-corrected", &args) + &progress(&words, recorded);
    context.tell(&text)?;
    warn(context, recorded)?;
    context.give(&id)
}
