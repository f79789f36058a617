//! `explain`.

use anyhow::Result;

use crate::cli::arguments::{OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::report::explain::Explanation;

/// Arguments of `explain`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// Unit, by code or name
    #[arg(value_name = "UNIT")]
    unit: String,
    /// Task, by code or name
    #[arg(value_name = "TASK")]
    task: String,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Explains where a unit stands with a task.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = context.view(&args.view, &workspace.plan)?;
    let no = workspace.find_unit(&args.unit, context.area())?.no;
    let explanation = Explanation::of(&workspace, view, no, &args.task)?;
    answer(context, &args.output, &workspace, &explanation)
}
