//! `export`.

use std::io::Seek;
use std::path::PathBuf;

use anyhow::Result;
use tempfile::SpooledTempFile;

use crate::cli::arguments::file;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::save;

/// Arguments of `export`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Write to FILE [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the journal.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    // Whoever reads it may be slow, and nobody can write until the moment has ended: so it waits here, beyond some size on the disk.
    let mut journal = SpooledTempFile::new(MOST_IN_MEMORY);
    workspace.export(&mut journal)?;
    workspace.end();
    context.say_notes()?;
    journal.rewind()?;
    match file(args.output.as_ref()) {
        None => {
            std::io::copy(&mut journal, &mut *context.world.stdout)?;
        }
        Some(path) => save(context, path, |file| {
            std::io::copy(&mut journal, file).map(drop)
        })?,
    }
    Ok(Exit::Done)
}

/// A journal of up to so many bytes waits in memory.
const MOST_IN_MEMORY: usize = 1 << 24;
