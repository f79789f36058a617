//! `score`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{LimitArgs, LookArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::score::{Score, Sort};
use crate::source::problem::say;

/// An order of the units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The most points deducted first
    Deducted,
    /// As in the roster
    Roster,
}

impl SortName {
    const fn order(self) -> Sort {
        match self {
            Self::Deducted => Sort::Deducted,
            Self::Roster => Sort::Roster,
        }
    }
}

/// Arguments of `score`.
#[derive(clap::Args, Debug)]
#[command(
    mut_arg("phase", |arg| arg.hide(true)),
    mut_arg("task", |arg| arg.hide(true)),
)]
pub(crate) struct Args {
    /// List every booking, a line each
    #[arg(long)]
    detail: bool,
    /// Order units by, instead of their rank
    #[arg(long, value_enum, value_name = "KEY", help_heading = "Output")]
    sort: Option<SortName>,
    #[command(flatten)]
    limit: LimitArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Lists the units' points.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    if !(args.look.filter.phase.is_empty() && args.look.filter.task.is_empty()) {
        // Points are a unit's as a whole: those of one task would be no score.
        return Err(say!("error-score-filter")
            .hint(say!("error-score-filter-hint"))
            .into());
    }
    let (workspace, view, selection) = context.look(&args.look)?;
    let mut score = Score::of(&workspace, &selection, view, args.detail)?;
    score.arrange(args.sort.map(SortName::order), args.limit.most());
    answer(context, &args.look.output, &workspace, &score)
}
