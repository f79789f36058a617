//! The shell: what was typed, what it means with the environment, which operation, which report, which bytes, which exit
//! code. The only place that knows clap and anyhow.

mod arguments;
mod commands;
mod context;
mod diagnostic;
mod exit;
mod help;
mod output;
mod progress;
#[cfg(test)]
mod tests;
mod wording;
mod world;

use std::ffi::OsString;

pub use exit::Exit;
pub use world::{Colour, Terminal, World};

use arguments::Arguments;
use context::Context;

/// Runs one command. May be called any number of times in one process.
pub fn run(args: Vec<OsString>, world: World) -> Exit {
    let args = help::asked(args);
    let arguments = match Arguments::typed(&args) {
        Ok(arguments) => arguments,
        Err(error) => return help::answer(&args, &error, world),
    };
    let mut context = Context::new(arguments.globals, world);
    let result = arguments.command.run(&mut context);
    let noted = context.say_notes();
    let result = result.and_then(|exit| {
        noted?;
        context.world.stdout.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        // An error of standard output alone: what was recorded is not to be typed again.
        Err(error) if context.has_recorded() && error.is::<std::io::Error>() => {
            let _ = context.say("talk-recorded-untold", &[]);
            Exit::Done
        }
        Err(error) => diagnostic::tell(&mut context, &error),
    }
}

/// A reader that has seen enough (`duban log | head`) is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
