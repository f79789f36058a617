//! `excuse`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::ops::Term;
use crate::report::log::short_id;

/// What the exceptions have in common.
#[derive(clap::Args, Debug)]
pub struct TermArgs {
    /// The unit, by code or name
    #[arg(value_name = "UNIT")]
    pub unit: String,
    /// The task, by code or name
    #[arg(value_name = "TASK")]
    pub task: String,
    /// For one due only: 2020-07, 2020-W27 or a day [default: all of the task's]
    #[arg(long = "for", value_name = "PERIOD")]
    pub period: Option<String>,
    /// The day from which it acts [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT", required = true)]
    pub reason: String,
}

/// Arguments of `excuse`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    term: TermArgs,
}

/// Excuses a unit.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let mut office = context.office_for_writing()?;
    let clerk = context.clerk("excuse")?;
    let on = context.acting_day(args.term.on.as_deref(), &office.plan)?;
    let term = Term {
        unit: &args.term.unit,
        task: &args.term.task,
        period: args.term.period.as_deref(),
        on,
        reason: &args.term.reason,
        area: context.area(),
    };
    let done = office.excuse(&term, &clerk)?;
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
pub fn warn_beyond_end(context: &mut Context, due: Day, plan: &Plan) -> Result<()> {
    let ends = plan.last_day();
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
