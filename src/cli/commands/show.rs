//! `show`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::query::Named;
use crate::report::show::{EntrySheet, TaskSheet, UnitSheet};

/// Arguments of `show`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Unit or task, by code or name, or the id of an entry
    #[arg(value_name = "UNIT|TASK|RECORD")]
    what: String,
    /// Show phone numbers in full
    #[arg(long)]
    show_phone: bool,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Shows what the name stands for.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let area = args.filter.area.as_deref().or(context.area());
    match workspace.named(&args.what, area, view)? {
        Named::Unit(no) => {
            let fold = args.output.is_for_screen();
            let sheet = UnitSheet::of(&workspace, view, no, selection, args.show_phone, fold)?;
            answer(context, &args.output, &workspace, &sheet)
        }
        Named::Task(place) => {
            let sheet = TaskSheet::of(&workspace, view, place, selection)?;
            answer(context, &args.output, &workspace, &sheet)
        }
        Named::Entry(seq) => {
            let sheet = EntrySheet::of(&workspace, view, seq)?;
            answer(context, &args.output, &workspace, &sheet)
        }
    }
}
