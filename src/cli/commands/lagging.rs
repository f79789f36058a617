//! `lagging`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{LimitArgs, LookArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::View;
use crate::report::lagging::{Found, Lagging, Question, Sort};

/// An order of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The most overdue items first
    Count,
    /// The least reminded first
    Reminders,
    /// As in the roster
    Roster,
}

impl SortName {
    const fn order(self) -> Sort {
        match self {
            Self::Count => Sort::Count,
            Self::Reminders => Sort::Reminders,
            Self::Roster => Sort::Roster,
        }
    }
}

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
    /// Order units by, instead of the longest overdue first
    #[arg(long, value_enum, value_name = "KEY", help_heading = "Output")]
    sort: Option<SortName>,
    #[command(flatten)]
    limit: LimitArgs,
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
    let mut lagging = Lagging::of(&found, &question);
    lagging.arrange(args.sort.map(SortName::order), args.limit.most());
    answer(context, &args.look.output, &workspace, &lagging)?;
    Ok(if args.exit_code && lagging.units > 0 {
        Exit::Lagging
    } else {
        Exit::Done
    })
}
