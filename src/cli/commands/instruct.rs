//! `instruct`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::report::log::short_id;
use crate::source::day_text::Lean;

/// Arguments of `instruct`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The task, by code or name
    #[arg(value_name = "TASK")]
    task: String,
    /// The due day that the order gives; a later order moves it
    #[arg(long, value_name = "DAY", required = true, allow_hyphen_values = true)]
    due: String,
    /// The day on which the order arrived [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Whose order, and its number
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
}

/// Records that an order has arrived.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let mut office = context.office_for_writing()?;
    let clerk = context.clerk("instruct")?;
    let on = context.acting_day(args.on.as_deref(), &office.plan)?;
    let due = context.day(
        &args.due,
        context.today(&office.plan)?,
        Lean::Future,
        &office.plan,
    )?;
    let done = office.instruct(&args.task, due, on, &args.reason, &clerk)?;
    context.say_applied(&done.applied)?;
    let id = short_id(done.written.address, true);
    let told = [
        ("id", id.as_str().into()),
        ("task", done.written.task.as_str().into()),
        ("day", due.to_string().into()),
    ];
    context.say("talk-instructed", &told)?;
    super::excuse::warn_beyond_end(context, due, &office.plan)?;
    writeln!(context.world.stdout, "{id}")?;
    Ok(Exit::Done)
}
