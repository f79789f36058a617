//! `score`.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::answer;
use crate::model::entry::RuleNo;
use crate::model::score::Line;
use crate::query::{Fault, Workspace};
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
    let frame = Frame::new(
        plan,
        &workspace.digest,
        view,
        workspace.amended,
        context.today(plan)?,
    );
    let notices = workspace.notices_in(view).len();
    let names = names(
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

/// Looks up what bookings are about.
pub fn names<'o, 'l>(
    workspace: &'o Workspace,
    rules: Vec<(RuleNo, String)>,
    lines: impl Iterator<Item = &'l Line>,
) -> Result<Names<'o>> {
    let mut names = Names {
        plan: &workspace.plan,
        rules,
        tasks: BTreeMap::new(),
        objections: HashMap::new(),
    };
    for line in lines {
        if !names.tasks.contains_key(&line.task)
            && let Some((code, name)) = workspace.task_numbered(line.task)?
        {
            names.tasks.insert(line.task, (code.into(), name.into()));
        }
        if let Some(objection) = line.objection
            && let Entry::Vacant(new) = names.objections.entry(objection.seq)
        {
            new.insert(workspace.entry_short_id(objection.seq)?.into());
        }
    }
    Ok(names)
}
