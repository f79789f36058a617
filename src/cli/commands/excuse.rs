//! `excuse`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::day::Day;
use crate::ops::Term;
use crate::report::log::short_id;

/// What the exceptions have in common.
#[derive(clap::Args, Debug)]
pub(crate) struct TermArgs {
    /// Unit, by code or name
    #[arg(value_name = "UNIT")]
    pub unit: String,
    /// Task, by code or name
    #[arg(value_name = "TASK")]
    pub task: String,
    /// One period only: 2020-07, 2020-W27 or a day [default: all]
    #[arg(long = "for", value_name = "PERIOD")]
    pub period: Option<String>,
    /// Effective date [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Reason
    #[arg(long, value_name = "TEXT", required = true)]
    pub reason: String,
}

/// Arguments of `excuse`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    term: TermArgs,
}

/// Excuses a unit.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("excuse")?;
    let on = context.acting_day(args.term.on.as_deref(), &recording.plan)?;
    let term = Term {
        unit: &args.term.unit,
        task: &args.term.task,
        period: args.term.period.as_deref(),
        on,
        reason: &args.term.reason,
        area: context.area(),
    };
    let done = recording.excuse(&term)?;
    context.say_applied(&done.applied)?;
    let id = short_id(done.written.address, true);
    let (unit, task) = (&done.written.unit, &done.written.task);
    context.say(
        "talk-excused",
        &[
            ("id", id.as_str().into()),
            ("unit", unit.as_str().into()),
            ("task", task.as_str().into()),
        ],
    )?;
    writeln!(context.world.stdout, "{id}")?;
    Ok(Exit::Done)
}

/// Says so where a due day is after the plan's end: a day without its year may have leant too far.
pub(crate) fn warn_beyond_end(context: &mut Context, due: Day, ends: Day) -> Result<()> {
    if due <= ends {
        return Ok(());
    }
    let text = context.words().say(
        "talk-beyond-end",
        &[
            ("day", due.to_string().into()),
            ("ends", ends.to_string().into()),
        ],
    );
    context.warn(&text)
}
