//! `apply`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::day::Day;
use crate::model::entry::Address;
use crate::ops::Amendment;
use crate::report::log::short_id;

/// Arguments of `apply`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Reason
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
    /// List what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Puts the files in force.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.amending("apply")?;
    let written = recording.apply(&args.reason, args.dry_run)?;
    context.say_applied(&written.applied)?;
    let amendment = written.written;
    if written.applied.is_some() {
        return Ok(Exit::Done);
    }
    if amendment.same {
        context.say("talk-apply-same", &[])?;
        return Ok(Exit::Done);
    }
    print(context, &amendment)?;
    match amendment.batch {
        None => context.say("talk-dry-run", &[])?,
        Some(batch) => {
            let id = short_id(Address { batch, index: 0 }, true);
            context.say("talk-applied-now", &[("id", id.as_str().into())])?;
        }
    }
    Ok(Exit::Done)
}

fn print(context: &mut Context, amendment: &Amendment) -> Result<()> {
    let words = context.words().clone();
    let separator = words.text("format-list-separator");
    let join = |names: &[String]| {
        let mut shown: Vec<&str> = names.iter().take(20).map(String::as_str).collect();
        if names.len() > shown.len() {
            shown.push("...");
        }
        shown.join(&separator)
    };
    let mut lines = vec![words.text("talk-apply-title")];
    for (id, names) in [
        ("talk-apply-tasks-added", &amendment.tasks_added),
        ("talk-apply-tasks-closed", &amendment.tasks_closed),
        ("talk-apply-units-added", &amendment.units_added),
        ("talk-apply-units-closed", &amendment.units_closed),
    ] {
        if !names.is_empty() {
            lines.push(words.say(id, &[("names", join(names).into())]));
        }
    }
    let days = |days: &[Day]| match days {
        [] => "-".to_string(),
        [first, .., last] if days.len() > 4 => format!("{first}..{last} ({})", days.len()),
        days => days
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join(" "),
    };
    for moved in &amendment.moved {
        let args = [
            ("task", moved.task.as_str().into()),
            ("from", days(&moved.from).into()),
            ("to", days(&moved.to).into()),
        ];
        lines.push(words.say("talk-apply-due-moved", &args));
    }
    if amendment.gained + amendment.lost > 0 {
        let args = [
            ("gained", amendment.gained.into()),
            ("lost", amendment.lost.into()),
        ];
        lines.push(words.say("talk-apply-obligations", &args));
    }
    if amendment.named + amendment.renamed + amendment.unnamed > 0 {
        let args = [
            ("named", amendment.named.into()),
            ("changed", amendment.renamed.into()),
            ("gone", amendment.unnamed.into()),
        ];
        lines.push(words.say("talk-apply-contacts", &args));
    }
    for (id, names) in [
        ("talk-apply-joined", &amendment.joined),
        ("talk-apply-left", &amendment.left),
    ] {
        if !names.is_empty() {
            lines.push(words.say(id, &[("names", join(names).into())]));
        }
    }
    if amendment.says_nothing() {
        lines.push(words.text("talk-apply-other"));
    }
    for line in lines {
        writeln!(context.world.stdout, "{}", crate::render::visible(&line))?;
    }
    Ok(())
}
