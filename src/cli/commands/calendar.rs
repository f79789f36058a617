//! `calendar`.

use anyhow::Result;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish_in;
use crate::render::Format;
use crate::report::calendar::{DueDays, Question};

/// Arguments of `calendar`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Only what falls due within DAYS
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: Option<i32>,
    #[command(flatten)]
    look: LookArgs,
}

/// Lists the due days, or writes them as a calendar.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let question = Question {
        view,
        selection,
        within: args.within,
    };
    let days = DueDays::of(&workspace, &question)?;
    // A calendar is sent on to others: it speaks the plan's language.
    let words = match args.look.output.wanted() {
        Some(Format::Ics) => context.words_of_documents(&workspace.plan),
        _ => context.words().clone(),
    };
    workspace.end();
    context.say_notes()?;
    publish_in(context, &args.look.output, &days, &words)
}
