//! `remind`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{FilterArgs, OutputArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{Target, publish};
use crate::model::board::View;
use crate::model::day::Day;
use crate::query::{Reminder, Selection, Workspace};
use crate::report::remind::{Reminders, Terms};
use crate::words::args;

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// One message a unit
    Unit,
    /// One message a task
    Task,
}

/// Arguments of `remind`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Also remind of items due within DAYS; 0 = those due today [default: only of overdue items]
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: Option<i32>,
    /// One message a unit, or one a task for the group
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        default_value = "unit",
        hide_default_value = true
    )]
    by: By,
    /// Date of the reminder [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// Print the reminders without recording them
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints a line for each unit to remind, and records that it was reminded.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if args.dry_run {
        let workspace = context.workspace()?;
        let (on, selection, reminders) = look(&args, &workspace, context)?;
        let report = Reminders::of(&workspace, &reminders, on, &selection, terms(&args, true))?;
        let told = match reminders.is_empty() {
            true => "talk-nobody-to-remind",
            false => "talk-dry-run",
        };
        workspace.end();
        context.say_notes()?;
        tell_scope(&report, context)?;
        context.say(told, &[])?;
        publish(context, &args.output, &report)?;
        return Ok(Exit::Done);
    }
    let recording = context.recording("remind")?;
    let (on, selection, reminders) = look(&args, &recording, context)?;
    let seen = recording.seen();
    let report = Reminders::of(&seen, &reminders, on, &selection, terms(&args, false))?;
    if reminders.is_empty() {
        drop(recording);
        context.say("talk-nobody-to-remind", &[])?;
    } else {
        // Asked before anything is recorded.
        if let Some(path) = args.output.file() {
            Target::of(context, path)?;
        }
        let done = recording.remind(&reminders, on)?;
        context.say_applied(&done.applied)?;
        let dues: usize = reminders.iter().map(|reminder| reminder.dues.len()).sum();
        let id = done.written.short_id(true);
        let values = args!(id = id.as_str(), units = reminders.len(), n = dues);
        context.say("talk-reminded", &values)?;
    }
    tell_scope(&report, context)?;
    publish(context, &args.output, &report)?;
    Ok(Exit::Done)
}

/// Says whom the messages are about where that is not everybody. They are to be pasted as they are, so it is said beside them.
fn tell_scope(report: &Reminders, context: &mut Context) -> Result<()> {
    let scope = report.frame.scope(context.words());
    scope.map_or(Ok(()), |scope| context.tell(&scope))
}

const fn terms(args: &Args, dry_run: bool) -> Terms {
    Terms {
        within: args.within,
        by_task: matches!(args.by, By::Task),
        dry_run,
    }
}

/// The day of the reminders, what was asked for, and whom they are for.
fn look(
    args: &Args,
    workspace: &Workspace,
    context: &Context,
) -> Result<(Day, Selection, Vec<Reminder>)> {
    let on = context.acting_day(args.on.as_deref(), &workspace.plan)?;
    let selection = context.selection(&args.filter, workspace, View::on(on))?;
    let reminders = workspace.reminders(&selection, on, args.within)?;
    Ok((on, selection, reminders))
}
