//! `completions`.

use anyhow::Result;
use clap_complete::Shell;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::help;

/// Arguments of `completions`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

/// Prints a completion script.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.check_language()?;
    let mut command = help::command(context.words());
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut command, "duban", &mut script);
    context.world.stdout.write_all(&script)?;
    Ok(Exit::Done)
}
