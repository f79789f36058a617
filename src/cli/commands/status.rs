//! `status`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::LookArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::status::{By, Question, Status};

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
        hints: args.look.output.is_for_screen(),
    };
    let status = Status::of(&workspace, &question)?;
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
