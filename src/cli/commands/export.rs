//! `export`.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output;

/// Arguments of `export`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Write to FILE [default: standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes the journal.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let office = context.office()?;
    match &args.output {
        None => office.export(&mut *context.world.stdout)?,
        Some(path) => {
            let path = context.path(path);
            let mut failed = None;
            output::replace(&path, |file| match office.export(file) {
                Err(crate::ops::Fault::Unwritable { cause, .. }) => Err(cause),
                Err(fault) => {
                    failed = Some(fault);
                    Err(std::io::Error::other("the journal could not be read"))
                }
                Ok(()) => Ok(()),
            })
            .map_err(|fault| failed.unwrap_or(fault))?;
            let path = path.display().to_string();
            context.say("talk-wrote", &[("path", path.as_str().into())])?;
        }
    }
    Ok(Exit::Done)
}
