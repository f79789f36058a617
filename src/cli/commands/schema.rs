//! `schema`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::source;

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// Plan file
    Plan,
}

/// Arguments of `schema`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// File type
    #[arg(value_enum, value_name = "WHAT")]
    of: Of,
}

/// Prints the schema.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    match args.of {
        Of::Plan => {
            crate::render::json::write(&mut *context.world.stdout, &source::plan::schema())?
        }
    }
    Ok(Exit::Done)
}
