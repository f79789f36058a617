//! `repair`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::arguments::OutputArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::{publish, save_private};
use crate::ops;
use crate::query::{self, Error};
use crate::report::verify::Repair;
use crate::source::problem::say;

/// Arguments of `repair`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Do not repair: write the batches that are whole to FILE, as `duban export` does
    #[arg(long, value_name = "FILE")]
    salvage: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Makes anew what derives from the journal, or saves what is whole of it.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if let Some(file) = &args.salvage {
        return salvage(file, context);
    }
    let repaired = ops::repair(&context.place()?)?;
    if !repaired.left.is_empty() {
        let words = context.words().clone();
        context.print_aside(Repair::left(&repaired.left, &words))?;
        let saying = say!("error-not-repairable", n = repaired.left.len());
        return Err(saying.hint(say!("error-not-repairable-hint")).into());
    }
    publish(context, &args.output, &Repair::of(&repaired.changed))?;
    Ok(Exit::Done)
}

fn salvage(file: &Path, context: &mut Context) -> Result<Exit> {
    let place = context.place()?;
    let mut found = Ok(None);
    save_private(context, file, |out| match query::salvage(&place, out) {
        Ok(verified) => {
            found = Ok(Some(verified));
            Ok(())
        }
        Err(Error::Unwritable { cause, .. }) => Err(cause),
        Err(error) => {
            found = Err(error);
            Err(std::io::ErrorKind::Other.into())
        }
    })
    .or_else(|error| if found.is_err() { Ok(()) } else { Err(error) })?;
    let Some(verified) = found? else {
        return Ok(Exit::Failed);
    };
    let batches = verified.whole.len();
    context.say("talk-salvaged", &[("batches", batches.into())])?;
    for batch in verified.broken {
        let batch = batch.to_string();
        context.say("talk-salvage-lost", &[("batch", batch.as_str().into())])?;
    }
    Ok(Exit::Done)
}
