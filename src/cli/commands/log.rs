//! `log`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::query::LogQuery;
use crate::report::log::Log;
use crate::source::day_text::Lean;

/// An order of the entries that are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The oldest of them first
    Oldest,
}

/// Arguments of `log`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// List at most N entries [default: 50 on a screen, all in files and machine formats]
    #[arg(short = 'n', long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Order entries by, instead of the newest first
    #[arg(long, value_enum, value_name = "KEY")]
    sort: Option<SortName>,
    /// Only entries recorded since DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Only entries recorded by this person
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    #[command(flatten)]
    look: LookArgs,
}

/// Lists the journal.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let since = args
        .since
        .as_ref()
        .map(|text| context.day(text, workspace.today, Lean::Past, &workspace.plan))
        .transpose()?;
    let until = args.look.view.as_of.is_some().then_some(view.as_of);
    let query = LogQuery {
        until,
        known_by: view.known_by,
        since,
        actor: args.actor.as_deref(),
        limit: limit(&args),
        oldest_first: args.sort == Some(SortName::Oldest),
    };
    let output = &args.look.output;
    let log = match query.limit == usize::MAX && output.is_for_scripts() {
        true => Log::read(&workspace, query, &selection, view),
        false => {
            let screen = output.is_for_screen();
            Log::of(&workspace, &query, &selection, view, screen)?
        }
    };
    answer(context, &args.look.output, &workspace, &log)
}

/// How many entries to list: a screen shows the latest, files and scripts get every one.
fn limit(args: &Args) -> usize {
    const SCREEN: usize = 50;
    match args.limit {
        Some(limit) => usize::try_from(limit).unwrap_or(usize::MAX),
        None if args.look.output.is_for_screen() => SCREEN,
        None => usize::MAX,
    }
}
