//! `remind`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{Target, publish};
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::query::{Reminder, Workspace};
use crate::report::Frame;
use crate::report::lagging::LaggingDue;
use crate::report::log::short_id;
use crate::report::mask;
use crate::report::remind::{RemindRow, Reminders};

/// Arguments of `remind`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Also remind of items due within DAYS [default: 0]
    #[arg(long, value_name = "DAYS", default_value = "0", hide_default_value = true, allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: i32,
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
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if args.dry_run {
        let workspace = context.workspace()?;
        let (on, reminders) = look(&args, &workspace, context)?;
        let report = report(&args, &workspace, on, &reminders)?;
        let told = match reminders.is_empty() {
            true => "talk-nobody-to-remind",
            false => "talk-dry-run",
        };
        workspace.end();
        context.say_notes()?;
        context.say(told, &[])?;
        publish(context, &args.output, &report)?;
        return Ok(Exit::Done);
    }
    let recording = context.recording("remind")?;
    let (on, reminders) = look(&args, &recording, context)?;
    let seen = recording.seen();
    let report = report(&args, &seen, on, &reminders)?;
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
        let id = short_id(done.written, true);
        let values = [
            ("id", id.as_str().into()),
            ("units", reminders.len().into()),
            ("n", dues.into()),
        ];
        context.say("talk-reminded", &values)?;
    }
    publish(context, &args.output, &report)?;
    Ok(Exit::Done)
}

/// The day of the reminders, and whom they are for.
fn look(args: &Args, workspace: &Workspace, context: &Context) -> Result<(Day, Vec<Reminder>)> {
    let on = context.acting_day(args.on.as_deref(), &workspace.plan)?;
    let selection = context.selection(&args.filter, workspace, View::on(on))?;
    let reminders = workspace.reminders(&selection, on, args.within)?;
    Ok((on, reminders))
}

fn report<'p>(
    args: &Args,
    workspace: &'p Workspace,
    on: Day,
    reminders: &[Reminder],
) -> Result<Reminders<'p>> {
    let plan = &workspace.plan;
    let view = View::on(on);
    Ok(Reminders {
        schema: "duban.remind/1",
        frame: Frame::new(
            plan,
            &workspace.digest,
            view,
            workspace.amended,
            workspace.today,
        ),
        within: args.within,
        dry_run: args.dry_run,
        rows: reminders
            .iter()
            .map(|reminder| row(plan, reminder))
            .collect(),
        supervisor: workspace.supervisor_name()?,
    })
}

fn row<'p>(plan: &'p Plan, reminder: &Reminder) -> RemindRow<'p> {
    let unit = &reminder.row.unit;
    let dues = reminder.dues.iter();
    RemindRow {
        code: unit.code.to_string(),
        name: unit.short.clone(),
        kind: unit.kind.clone(),
        area: reminder.area.clone(),
        contact: mask::name(&unit.contact),
        dues: dues.map(|(cell, _)| LaggingDue::new(plan, cell)).collect(),
    }
}
