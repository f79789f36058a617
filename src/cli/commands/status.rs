//! `status`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{LimitArgs, LookArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::status::{By, Question, Sort, Status};

/// What the rows are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum ByName {
    /// Tasks
    #[default]
    Task,
    /// Dues of tasks: periods, milestones
    Due,
    /// Activities
    Activity,
    /// Phases
    Phase,
    /// Goals (a task may have several)
    Goal,
    /// Themes (a task may have several)
    Theme,
    /// Kinds of unit
    Kind,
    /// Areas directly below the one selected
    Area,
    /// Units
    Unit,
}

/// An order of the rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The lowest completion rate first
    Rate,
    /// The most overdue items first
    Overdue,
    /// The most due items first
    Expected,
    /// The earliest due date first
    Due,
}

impl SortName {
    const fn order(self) -> Sort {
        match self {
            Self::Rate => Sort::Rate,
            Self::Overdue => Sort::Overdue,
            Self::Expected => Sort::Expected,
            Self::Due => Sort::Due,
        }
    }
}

/// Arguments of `status`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Group rows by
    #[arg(
        long,
        value_enum,
        value_name = "ROWS",
        default_value = "task",
        hide_default_value = true
    )]
    by: ByName,
    /// Show what changed since the end of DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Also show rows with nothing due yet
    #[arg(long)]
    all: bool,
    /// Order rows by, instead of the plan's or the roster's order
    #[arg(long, value_enum, value_name = "KEY", help_heading = "Output")]
    sort: Option<SortName>,
    #[command(flatten)]
    limit: LimitArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Counts the selected obligations and prints the table.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let question = Question {
        view,
        selection,
        by: args.by.rows(),
        since: context.since(args.since.as_deref(), &view, &workspace.plan)?,
        all: args.all || !args.look.output.is_for_screen(),
        screen: args.look.output.is_for_screen(),
    };
    let mut status = Status::of(&workspace, &question)?;
    status.arrange(args.sort.map(SortName::order), args.limit.most());
    answer(context, &args.look.output, &workspace, &status)
}

impl ByName {
    const fn rows(self) -> By {
        match self {
            Self::Task => By::Task,
            Self::Due => By::Due,
            Self::Activity => By::Activity,
            Self::Phase => By::Phase,
            Self::Goal => By::Goal,
            Self::Theme => By::Theme,
            Self::Kind => By::Kind,
            Self::Area => By::Area,
            Self::Unit => By::Unit,
        }
    }
}
