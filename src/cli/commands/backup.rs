//! `backup`.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{Target, save_private};
use crate::cli::progress;
use crate::journal::wire::moment;
use crate::ops;
use crate::source::problem::say;

/// Arguments of `backup`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Write to FILE, or into a folder under a name with plan and time
    #[arg(short, long, value_name = "FILE.zip|DIR")]
    output: PathBuf,
    /// Keep the newest N backups of this plan in the folder and remove older ones
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    keep: Option<u32>,
}

/// Copies everything into an archive.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let folder = context.path(&args.output);
    if args.keep.is_some() && !folder.is_dir() {
        return Err(say!("error-keep-folder").into());
    }
    // Asked before the store is copied: it may be large.
    if !folder.is_dir() {
        Target::of(context, &args.output)?;
    }
    let place = context.place()?;
    let at = moment(context.world.now);
    let bar = progress::bar(context, 0, "talk-verifying");
    let snapshot = ops::snapshot(&place, &mut |walked, total| {
        bar.set_length(total.max(walked));
        bar.set_position(walked);
    });
    bar.finish_and_clear();
    let snapshot = snapshot?;
    context.sources.clone_from(&snapshot.sources);
    let file = match folder.is_dir() {
        true => args.output.join(name_of(&snapshot.plan, &at)),
        false => args.output.clone(),
    };
    save_private(context, &file, |out| snapshot.write(out, &at))?;
    context.say("talk-backed-up", &[("files", snapshot.len().into())])?;
    if snapshot.absent > 0 {
        context.say("talk-backup-absent", &[("n", snapshot.absent.into())])?;
    }
    for name in &snapshot.left_out {
        let text = context
            .words()
            .say("talk-backup-left-out", &[("name", name.as_str().into())]);
        context.warn(&text)?;
    }
    if let Some(keep) = args.keep {
        prune(&folder, &snapshot.plan, keep as usize, context)?;
    }
    Ok(Exit::Done)
}

/// The name of a backup of that moment: `census-20200703T090000Z.zip`. Names sort as moments do.
fn name_of(plan: &str, at: &str) -> String {
    let digits =
        |from: usize, to: usize| at.get(from..to).unwrap_or_default().replace(['-', ':'], "");
    format!("{plan}-{}T{}Z.zip", digits(0, 10), digits(11, 19))
}

/// Whether a file is a backup of that plan by its name.
fn is_backup(name: &str, plan: &str) -> bool {
    let moment = name
        .strip_prefix(plan)
        .and_then(|rest| rest.strip_prefix('-'))
        .and_then(|rest| rest.strip_suffix("Z.zip"));
    moment.is_some_and(|moment| {
        let (day, time) = moment.split_once('T').unwrap_or_default();
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        day.len() == 8 && time.len() == 6 && digits(day) && digits(time)
    })
}

/// Removes all backups of a plan in a folder but the newest.
fn prune(folder: &Path, plan: &str, keep: usize, context: &mut Context) -> Result<()> {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let mut names: Vec<String> = names.filter(|name| is_backup(name, plan)).collect();
    names.sort_unstable();
    let surplus = names.len().saturating_sub(keep);
    for name in &names[..surplus] {
        if fs::remove_file(folder.join(name)).is_ok() {
            context.say("talk-backup-removed", &[("name", name.as_str().into())])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_backup_is_known_by_its_name_and_of_one_plan() {
        let name = name_of("census", "2020-07-03T09:00:00.000Z");
        assert_eq!(name, "census-20200703T090000Z.zip");
        assert!(is_backup(&name, "census"));
        for other in [
            "census.zip",
            "census-mine.zip",
            "census-20200703T09000xZ.zip",
            "census-a-20200703T090000Z.zip",
        ] {
            assert!(!is_backup(other, "census"), "{other}");
        }
    }
}
