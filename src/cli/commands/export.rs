//! `export`.

use std::io::Seek;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::SpooledTempFile;

use crate::cli::arguments::file;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{MOST_IN_MEMORY, save_private};
use crate::journal::wire::moment;
use crate::ops::pack;
use crate::query::Mask;
use crate::report::mask;

/// Arguments of `export`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Write to FILE; one that ends in .zip takes the evidence along [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Mask phone numbers; the file is for reading and cannot be imported
    #[arg(long)]
    masked: bool,
}

/// Writes the journal, with its evidence where it goes into an archive.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let mut journal = SpooledTempFile::new(MOST_IN_MEMORY);
    let mask: Option<Mask> = args.masked.then_some(&mask::text);
    workspace.export(&mut journal, mask)?;
    let packed = file(args.output.as_ref()).filter(|path| is_zip(path));
    // What a masked journal passes on shows no faces either.
    let (evidence, absent) = match packed.filter(|_| !args.masked) {
        None => (Vec::new(), 0),
        Some(_) => workspace.evidence()?,
    };
    workspace.end();
    context.say_notes()?;
    journal.rewind()?;
    match (file(args.output.as_ref()), packed) {
        (None, _) => {
            std::io::copy(&mut journal, &mut *context.world.stdout)?;
        }
        (Some(path), Some(_)) => {
            let (plan, at) = (workspace.plan.id.to_string(), moment(context.world.now));
            save_private(context, path, |out| {
                pack(out, &mut journal, &evidence, &plan, &at)
            })?;
            if absent > 0 {
                context.say("talk-backup-absent", &[("n", absent.into())])?;
            }
        }
        (Some(path), None) => save_private(context, path, |file| {
            std::io::copy(&mut journal, file).map(drop)
        })?,
    }
    Ok(Exit::Done)
}

fn is_zip(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}
