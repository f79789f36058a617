//! `verify`.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::cli::arguments::OutputArgs;
use crate::cli::context::Context;
use crate::cli::diagnostic::of_wire;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::cli::progress;
use crate::cli::wording;
use crate::query::{Error, Verification, verify_journal};
use crate::report::verify::Verify;

/// Arguments of `verify`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Verify an exported journal (`duban export`) instead of the store
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    output: OutputArgs,
}

/// Looks at everything, and lists what is not as it was written.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let verify = match &args.file {
        Some(file) => of_journal(file, context)?,
        None => of_store(context)?,
    };
    publish(context, &args.output, &verify)?;
    Ok(match verify.sound {
        true => Exit::Done,
        false => Exit::Failed,
    })
}

fn of_store(context: &mut Context) -> Result<Verify> {
    let place = context.place()?;
    let bar = progress::bar(context, 0, "talk-verifying");
    let found = Verification::of(&place, &mut |walked, total| {
        bar.set_length(total.max(walked));
        bar.set_position(walked);
    });
    bar.finish_and_clear();
    Ok(Verify::of(&found?))
}

fn of_journal(file: &Path, context: &mut Context) -> Result<Verify> {
    let path = context.path(file);
    let unreadable = |cause| Error::Unreadable {
        path: path.clone(),
        cause,
    };
    let journal = BufReader::new(File::open(&path).map_err(unreadable)?);
    let bar = progress::bar(context, 0, "talk-verifying");
    let found = verify_journal(journal, &mut |entries| bar.set_position(entries));
    bar.finish_and_clear();
    let found = found?;
    let why = found.fault.as_ref();
    let words = context.words();
    let why = why.map(|error| wording::saying(words, &of_wire(words, error)));
    Ok(Verify::of_journal(&found, why))
}
