//! `report`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::board::View;
use crate::model::day::Day;
use crate::model::plan::Plan;
use crate::model::week::Week;
use crate::report::weekly::{Question, Weekly};
use crate::source::day_text::Lean;
use crate::source::problem::say;

/// Arguments of `report`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// The week that holds DAY, as of its Sunday [default: this week, as of today]
    #[arg(
        long,
        value_name = "DAY",
        allow_hyphen_values = true,
        conflicts_with = "as_of"
    )]
    week: Option<String>,
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Tells the week in five sentences, or on a page.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let view = view(&args, context, &workspace.plan)?;
    let question = Question {
        view,
        selection: context.selection(&args.filter, &workspace, view)?,
        page: !args.output.is_text(),
    };
    let found = question.found(&workspace)?;
    let week = Weekly::of(&workspace, &question, &found)?;
    answer(context, &args.output, &workspace, &week)
}

/// The day as of which a week is told: its last, or today. A report says what was, so no week is told before it begins, or before
/// there was a plan.
fn view(args: &Args, context: &Context, plan: &Plan) -> Result<View> {
    let today = context.today(plan)?;
    let mut view = context.view(&args.view, plan)?;
    if let Some(text) = &args.week {
        view.as_of = context.day(text, today, Lean::Past, plan)?;
    }
    let week = Week::of(view.as_of);
    let refused = |id: &'static str, day: Day| {
        let (from, to) = (week.first(), week.last());
        say!(id, from = from, to = to, day = day)
    };
    if week.last() < plan.issued {
        return Err(refused("error-week-before", plan.issued).into());
    }
    if week.first() > today || (args.week.is_none() && view.as_of > today) {
        let refused = refused("error-week-future", today);
        return Err(refused.hint(say!("error-week-future-hint")).into());
    }
    if args.week.is_some() {
        view.as_of = week.last().min(today);
    }
    Ok(view)
}
