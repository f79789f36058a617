//! `schema`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::query;
use crate::source;
use crate::store;

/// What a schema is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Of {
    /// Plan file: its JSON Schema
    Plan,
    /// Store of this plan on a PostgreSQL server: the SQL that an administrator runs
    Postgres,
}

/// Arguments of `schema`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// What to print
    #[arg(value_enum, value_name = "WHAT")]
    of: Of,
}

/// Prints the schema.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    match args.of {
        Of::Plan => {
            crate::render::json::write(&mut *context.world.stdout, &source::plan::schema())?
        }
        Of::Postgres => {
            let plan = query::plan_id(&context.place()?.plan)?;
            write!(context.world.stdout, "{}", store::administration(&plan))?;
        }
    }
    Ok(Exit::Done)
}
