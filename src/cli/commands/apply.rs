//! `apply`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::entry::Address;
use crate::ops::{Amendment, NewContact};
use crate::report::log::told_change;
use crate::report::mask;
use crate::words::{Words, args};

/// Arguments of `apply`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Reason
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    reason: String,
    /// Day from which the contacts in the roster count, where they were named before [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    on: Option<String>,
    /// List what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Puts the files in force.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let recording = context.amending("apply")?;
    let on = context.acting_day(args.on.as_deref(), &recording.plan)?;
    let written = recording.apply(&args.reason, on, args.dry_run)?;
    context.say_applied(&written.applied)?;
    let amendment = written.written;
    if written.applied.is_some() {
        return Ok(Exit::Done);
    }
    if amendment.same {
        context.say("talk-apply-same", &[])?;
        return Ok(Exit::Done);
    }
    match amendment.first {
        true => context.say("talk-apply-first", &[])?,
        false => print(context, &amendment)?,
    }
    match amendment.batch {
        None => context.say("talk-dry-run", &[])?,
        Some(batch) => {
            let id = Address { batch, index: 0 }.short_id(true);
            context.say("talk-applied-now", &args!(id = id.as_str()))?;
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
    let changes = amendment.changes.iter();
    lines.extend(changes.map(|change| told_change(&words, change)));
    for (id, names) in [
        ("talk-apply-units-added", &amendment.units_added),
        ("talk-apply-units-closed", &amendment.units_closed),
        ("talk-apply-units-changed", &amendment.units_changed),
    ] {
        if !names.is_empty() {
            lines.push(words.say(id, &args!(names = join(names))));
        }
    }
    if amendment.gained + amendment.lost > 0 {
        let args = args!(gained = amendment.gained, lost = amendment.lost);
        lines.push(words.say("talk-apply-obligations", &args));
    }
    lines.extend(contacts(&words, &amendment.contacts, join));
    for (id, work) in [
        ("talk-apply-done", &amendment.done),
        ("talk-apply-undone", &amendment.undone),
    ] {
        if !work.is_empty() {
            let args = args!(n = work.len(), names = join(work));
            lines.push(words.say(id, &args));
        }
    }
    for (id, names) in [
        ("talk-apply-joined", &amendment.joined),
        ("talk-apply-left", &amendment.left),
    ] {
        if !names.is_empty() {
            lines.push(words.say(id, &args!(names = join(names))));
        }
    }
    for (id, moved) in [
        ("talk-apply-order-units", amendment.units_moved),
        ("talk-apply-order-tasks", amendment.tasks_moved),
    ] {
        if moved {
            lines.push(words.text(id));
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

/// How many contacts change, and whose.
fn contacts(
    words: &Words,
    contacts: &[NewContact],
    join: impl Fn(&[String]) -> String,
) -> Vec<String> {
    if contacts.is_empty() {
        return Vec::new();
    }
    let count = |keep: fn(&NewContact) -> bool| contacts.iter().filter(|one| keep(one)).count();
    let counts = args!(
        named = count(|one| one.from.is_empty()),
        changed = count(|one| !one.from.is_empty() && !one.to.is_empty()),
        gone = count(|one| one.to.is_empty())
    );
    let name = |name: &str| mask::name(name).unwrap_or_else(|| words.text("lagging-no-contact"));
    let told = |one: &NewContact| format!("{} {} -> {}", one.unit, name(&one.from), name(&one.to));
    let names: Vec<String> = contacts.iter().map(told).collect();
    vec![
        words.say("talk-apply-contacts", &counts),
        words.say("talk-apply-contact", &args!(names = join(&names))),
    ]
}
