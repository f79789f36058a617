//! `return`.

use anyhow::Result;

use super::accept::{ReviewArgs, SendBack, pass};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::source::day_text::Lean;

/// Arguments of `return`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    review: ReviewArgs,
    /// Reason
    #[arg(long, value_name = "TEXT", required = true, help_heading = None)]
    reason: String,
    /// Correction deadline [default: the plan's number of days after the return]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true, help_heading = None)]
    due: Option<String>,
}

/// Sends records back to be put right.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let back = SendBack {
        reason: &args.reason,
        due: args.due.as_deref(),
    };
    pass(context, &args.review, Some(back))
}

/// A rectification day as somebody typed it: the next of its kind, but a day without its year that has just gone by is not
/// taken for next year's.
pub(crate) fn rectification(context: &Context, text: &str, on: Day, plan: &Plan) -> Result<Day> {
    let next = context.day(text, on, Lean::Future, plan)?;
    if next - on > HALF_A_YEAR {
        return context.day(text, on, Lean::Past, plan);
    }
    Ok(next)
}

const HALF_A_YEAR: i32 = 183;
