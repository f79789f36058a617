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
mod wording;
mod world;

use std::ffi::OsString;

pub use exit::Exit;
pub use world::{Terminal, World};

use arguments::{Arguments, Command};
use context::Context;

/// Runs one command. May be called any number of times in one process.
pub fn run(args: Vec<OsString>, world: World) -> Exit {
    let args = help::asked(args);
    let arguments = match Arguments::typed(&args) {
        Ok(arguments) => arguments,
        Err(error) => return help::answer(&args, &error, world),
    };
    let mut context = Context::new(arguments.globals, world);
    let result = dispatch(arguments.command, &mut context);
    let noted = context.say_notes();
    let result = result.and_then(|exit| {
        noted?;
        context.world.stdout.flush()?;
        Ok(exit)
    });
    match result {
        Ok(exit) => exit,
        Err(error) if is_closed_pipe(&error) => Exit::Done,
        Err(error) if context.kept && error.is::<std::io::Error>() => {
            let unsaid = context.words().text("talk-unsaid");
            let _ = context.warn(&unsaid);
            Exit::Done
        }
        Err(error) => diagnostic::tell(&mut context, &error),
    }
}

fn dispatch(command: Command, context: &mut Context) -> anyhow::Result<Exit> {
    match command {
        Command::Init(args) => commands::init::run(args, context),
        Command::Check(args) => commands::check::run(args, context),
        Command::Apply(args) => commands::apply::run(args, context),
        Command::Plan(args) => commands::plan::run(args, context),
        Command::Schema(args) => commands::schema::run(args, context),
        Command::Demo(args) => commands::demo::run(args, context),
        Command::Done(args) => commands::done::run(args, context),
        Command::Import(args) => commands::import::run(args, context),
        Command::Correct(args) => commands::correct::run(args, context),
        Command::Undo(args) => commands::undo::run(args, context),
        Command::Accept(args) => commands::accept::run(args, context),
        Command::Return(args) => commands::r#return::run(args, context),
        Command::Commend(args) => commands::commend::run(args, context),
        Command::Excuse(args) => commands::excuse::run(args, context),
        Command::Extend(args) => commands::extend::run(args, context),
        Command::Instruct(args) => commands::instruct::run(args, context),
        Command::Todo(args) => commands::todo::run(args, context),
        Command::Status(args) => commands::status::run(args, context),
        Command::Lagging(args) => commands::lagging::run(args, context),
        Command::Board(args) => commands::board::run(args, context),
        Command::Show(args) => commands::show::run(args, context),
        Command::Explain(args) => commands::explain::run(args, context),
        Command::Remind(args) => commands::remind::run(args, context),
        Command::Notice(args) => commands::notice::run(args, context),
        Command::Object(args) => commands::object::run(args, context),
        Command::Uphold(args) => commands::uphold::run(args, context),
        Command::Reverse(args) => commands::uphold::reverse(args, context),
        Command::Score(args) => commands::score::run(args, context),
        Command::Audit(args) => commands::audit::run(args, context),
        Command::Log(args) => commands::log::run(args, context),
        Command::Export(args) => commands::export::run(args, context),
        Command::Completions(args) => commands::completions::run(args, context),
        Command::Man(args) => commands::man::run(args, context),
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
