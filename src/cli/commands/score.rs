//! `score`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::query::Fault;
use crate::report::Frame;
use crate::report::score::{Names, Score, ScoreRow};

/// Arguments of `score`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    view: ViewArgs,
    #[command(flatten)]
    filter: FilterArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Lists the units' points.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let workspace = context.workspace()?;
    let plan = &workspace.plan;
    let view = context.view(&args.view, plan)?;
    let selection = context.selection(&args.filter, &workspace, view)?;
    let (scored, rules) = workspace.score(&selection, view)?;
    let assessment = plan.assessment.as_ref().ok_or(Fault::NoAssessment)?;
    let frame = Frame::of(&workspace, view);
    let notices = workspace.notices_in(view).len();
    let names = Names::of(
        &workspace,
        rules,
        scored.iter().flat_map(|one| &one.ledger.lines),
    )?;
    let mut score = Score::new(frame, assessment, notices);
    score.rows.extend(scored.iter().map(|one| {
        let unit = (&*one.code, &*one.name, workspace.kind(one.class));
        ScoreRow::new(unit, assessment, &one.ledger, &names)
    }));
    score.rank();
    answer(context, &args.output, &workspace, &score)?;
    Ok(Exit::Done)
}
