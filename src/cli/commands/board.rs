//! `board`.

use anyhow::Result;
use clap::ValueEnum;

use crate::cli::arguments::{LimitArgs, LookArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::board::{Board, Sort};

/// An order of the units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum SortName {
    /// The most overdue items first
    Overdue,
    /// The lowest completion rate first
    Rate,
}

impl SortName {
    const fn order(self) -> Sort {
        match self {
            Self::Overdue => Sort::Overdue,
            Self::Rate => Sort::Rate,
        }
    }
}

/// Arguments of `board`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Also show tasks that are not due yet
    #[arg(long)]
    all: bool,
    /// Order units by, instead of the roster's order
    #[arg(long, value_enum, value_name = "KEY", help_heading = "Output")]
    sort: Option<SortName>,
    #[command(flatten)]
    limit: LimitArgs,
    #[command(flatten)]
    look: LookArgs,
}

/// Shows where every unit stands with every task.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let (workspace, view, selection) = context.look(&args.look)?;
    let output = &args.look.output;
    let screen = output.is_for_screen();
    let all = args.all || !(screen || output.is_picture());
    let mut board = Board::of(&workspace, view, &selection, all, screen)?;
    board.arrange(args.sort.map(SortName::order), args.limit.most());
    answer(context, output, &workspace, &board)
}
