//! `excuse`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::ops::{Term, Termed, Written};
use crate::report::frame::listed;
use crate::words::args;

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
    let term = args.term.term(context, &recording.plan)?;
    let done = recording.excuse(&term)?;
    tell(context, "talk-excused", &done, None)
}

impl TermArgs {
    /// The exception that is meant.
    pub(crate) fn term<'a>(&'a self, context: &'a Context, plan: &Plan) -> Result<Term<'a>> {
        Ok(Term {
            unit: &self.unit,
            task: &self.task,
            period: self.period.as_deref(),
            on: context.acting_day(self.on.as_deref(), plan)?,
            reason: &self.reason,
            area: context.area(),
        })
    }
}

/// A due day that was given, beside the last day of the plan.
pub(crate) struct Given {
    /// The due day.
    pub due: Day,
    /// The plan's last day: a due day after it that was typed without its year may have leant too far.
    pub ends: Day,
}

/// Says what was recorded, and prints its id.
pub(crate) fn tell(
    context: &mut Context,
    message: &str,
    done: &Written<Termed>,
    given: Option<Given>,
) -> Result<Exit> {
    context.say_applied(&done.applied)?;
    let Termed {
        address,
        unit,
        task,
        named,
        open,
    } = &done.written;
    let id = address.short_id(true);
    let day = given.as_ref().map(|given| given.due.to_string());
    let args = args!(
        id = id.as_str(),
        unit = unit.as_str(),
        task = task.as_str(),
        day = day.unwrap_or_default()
    );
    let text = context.words().say(message, &args);
    let mut text = text.trim_end().to_string();
    if let Some(named) = named {
        let args = args!(day = named.to_string());
        text.push_str(&context.words().say("talk-one-due", &args));
    }
    if !open.is_empty() {
        let days: Vec<String> = open.iter().map(ToString::to_string).collect();
        let args = args!(n = open.len(), days = listed(context.words(), &days));
        text.push_str(&context.words().say("talk-all-open", &args));
    }
    context.tell(&text)?;
    if let Some(Given { due, ends }) = given.filter(|given| given.due > given.ends) {
        let args = args!(day = due.to_string(), ends = ends.to_string());
        let text = context.words().say("talk-beyond-end", &args);
        context.warn(&text)?;
    }
    context.give(&id)
}
