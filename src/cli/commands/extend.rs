//! `extend`.

use anyhow::Result;

use super::excuse::TermArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::ops::Term;
use crate::report::log::short_id;
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
    let on = context.acting_day(args.term.on.as_deref(), &recording.plan)?;
    let due = context.day(&args.due, recording.today, Lean::Future, &recording.plan)?;
    let term = Term {
        unit: &args.term.unit,
        task: &args.term.task,
        period: args.term.period.as_deref(),
        on,
        reason: &args.term.reason,
        area: context.area(),
    };
    let ends = recording.plan.last_day();
    let done = recording.extend(&term, due)?;
    context.say_applied(&done.applied)?;
    let id = short_id(done.written.address, true);
    let args = [
        ("id", id.as_str().into()),
        ("unit", done.written.unit.as_str().into()),
        ("task", done.written.task.as_str().into()),
        ("day", due.to_string().into()),
    ];
    context.say("talk-extended", &args)?;
    super::excuse::warn_beyond_end(context, due, ends)?;
    writeln!(context.world.stdout, "{id}")?;
    Ok(Exit::Done)
}
