//! `lagging`.

use anyhow::Result;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::View;
use crate::report::lagging::{Found, Lagging, Question};

/// Arguments of `lagging`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Also list items due within DAYS
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    within: Option<i32>,
    /// Grace period in days, instead of the plan's
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true, value_parser = clap::value_parser!(i32).range(0..=3650))]
    grace: Option<i32>,
    /// Show units added and removed since the end of DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Exit with 1 if any unit is behind
    #[arg(long)]
    exit_code: bool,
    #[command(flatten)]
    look: LookArgs,
}

/// Lists the units that lag.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let grace = args.grace;
    let question = Question {
        view: View { grace, ..view },
        selection,
        within: args.within,
        since: context.since(args.since.as_deref(), &view, &workspace.plan)?,
    };
    let found = Found::of(&workspace, &question)?;
    let lagging = Lagging::of(&found, &question);
    answer(context, &args.look.output, &workspace, &lagging)?;
    Ok(if args.exit_code && lagging.units > 0 {
        Exit::Lagging
    } else {
        Exit::Done
    })
}
