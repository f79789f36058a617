//! `man`.

use anyhow::Result;

use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::help;
use crate::source::problem::say;

/// Arguments of `man`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Command to document [default: duban]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints a manual page in roff.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.check_language()?;
    let mut command = help::command(context.words());
    command.build();
    let page = match &args.command {
        None => command,
        Some(name) => {
            let known = || {
                command
                    .get_subcommands()
                    .map(|sub| sub.get_name().to_string())
                    .collect::<Vec<_>>()
                    .join(" ")
            };
            let unknown = || say!("error-unknown-command", text = name, names = known());
            command
                .find_subcommand(name)
                .cloned()
                .ok_or_else(unknown)?
                .display_name(format!("duban-{name}"))
        }
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    context.world.stdout.write_all(&roff)?;
    Ok(Exit::Done)
}
