//! `export`.

use std::io::Seek;
use std::path::{Path, PathBuf};

use anyhow::Result;
use tempfile::SpooledTempFile;

use crate::cli::arguments::file;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{MOST_IN_MEMORY, Target, save_private};
use crate::journal::wire::moment;
use crate::ops::pack;
use crate::query::{Mask, Missing};
use crate::render::Format;
use crate::report::mask;
use crate::source::problem::say;

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
    if let Some(path) = file(args.output.as_ref()) {
        Target::of(context, path)?;
        refuse_other_form(path)?;
    }
    let mut journal = SpooledTempFile::new(MOST_IN_MEMORY);
    let mask: Option<Mask> = args.masked.then_some(&mask::text);
    workspace.export(&mut journal, mask)?;
    let packed = file(args.output.as_ref()).filter(|path| is_zip(path));
    // What a masked journal passes on shows no faces either.
    let (evidence, missing) = match packed.filter(|_| !args.masked) {
        None => (Vec::new(), Missing::default()),
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
            let Missing {
                absent,
                altered,
                unreadable,
            } = missing;
            for (id, n) in [
                ("talk-backup-absent", absent),
                ("talk-export-altered", altered),
                ("talk-export-unreadable", unreadable),
            ] {
                if n > 0 {
                    context.say(id, &[("n", n.into())])?;
                }
            }
        }
        (Some(path), None) => save_private(context, path, |file| {
            std::io::copy(&mut journal, file).map(drop)
        })?,
    }
    Ok(Exit::Done)
}

/// Refuses a name that promises another form: a table, a page.
fn refuse_other_form(path: &Path) -> Result<()> {
    if Format::from_ending(path).is_none_or(|format| format == Format::Jsonl) {
        return Ok(());
    }
    let saying = say!("error-export-ending");
    let hint = say!("error-export-ending-hint", name = path.display());
    Err(saying.hint(hint).into())
}

fn is_zip(path: &Path) -> bool {
    let ending = path.extension();
    ending.is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}
