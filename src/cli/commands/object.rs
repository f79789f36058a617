//! `object`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::wording;
use crate::ops::{Heard, Objecting};
use crate::words::args;

/// Arguments of `object`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Unit that objects, by code or name
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Task, by code or name [default: all points the notice gave the unit]
    #[arg(value_name = "TASK")]
    task: Option<String>,
    /// Only the points for the unit as such, which are for no task
    #[arg(long, conflicts_with = "task")]
    unit_points: bool,
    /// Number of the notice
    #[arg(long, value_name = "NUMBER")]
    notice: u32,
    /// One period only: 2020-07, 2020-W27 or a day [default: all]
    #[arg(long = "for", value_name = "PERIOD", requires = "task")]
    period: Option<String>,
    /// Date of the objection [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Reason
    #[arg(long, value_name = "TEXT", required = true)]
    reason: String,
}

/// Records that a unit objects to points that a notice took.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.recording("object")?;
    let what = Objecting {
        unit: &args.unit,
        task: args.task.as_deref(),
        period: args.period.as_deref(),
        unit_points: args.unit_points,
        notice: args.notice,
        on: context.acting_day(args.on.as_deref(), &recording.plan)?,
        reason: &args.reason,
        area: context.area(),
    };
    let done = recording.object(&what)?;
    context.say_applied(&done.applied)?;
    tell(context, "talk-objected", &done.written)
}

/// Says what was recorded, and prints its id.
pub(crate) fn tell(context: &mut Context, message: &str, heard: &Heard) -> Result<Exit> {
    let id = heard.address.short_id(true);
    let unit_points = context.words().text("log-unit-points");
    let about = heard.task.as_deref();
    let about = about.or(heard.unit_points.then_some(&*unit_points));
    let what = wording::unit_and_task(&heard.unit, about);
    let values = args!(
        id = id.as_str(),
        what = what.as_str(),
        n = heard.notice,
        points = heard.points.to_string()
    );
    context.say(message, &values)?;
    context.give(&id)
}
