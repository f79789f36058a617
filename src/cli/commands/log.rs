//! `log`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::query::LogQuery;
use crate::report::Frame;
use crate::report::log::{self, Log};
use crate::source::day_text::Lean;

/// Arguments of `log`.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// List at most N entries
    #[arg(short = 'n', long, value_name = "N", default_value_t = 50)]
    limit: usize,
    /// Only entries recorded since DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Only entries recorded by this person
    #[arg(long, value_name = "NAME")]
    actor: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the journal.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let today = context.today(&workspace.plan)?;
    let since = args
        .since
        .as_ref()
        .map(|text| context.day(text, today, Lean::Past, &workspace.plan))
        .transpose()?;
    let until = args.view.as_of.is_some().then_some(view.as_of);
    let query = LogQuery {
        until,
        known_by: view.known_by,
        since,
        actor: args.actor.as_deref(),
        limit: args.limit,
    };
    let (told, more) = workspace.log(&query, &selection)?;
    let rows = log::rows(told, workspace.plan.timezone);
    let frame = Frame::of(&workspace, view);
    answer(
        context,
        &args.output,
        &workspace,
        &Log {
            schema: "duban.log/1",
            frame,
            rows,
            more,
        },
    )?;
    Ok(Exit::Done)
}
