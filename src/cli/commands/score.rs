//! `score`.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::entry::RuleNo;
use crate::model::score::Line;
use crate::ops::{Fault, Office};
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
    let office = context.office()?;
    let plan = &office.plan;
    let view = context.view(&args.view, plan)?;
    let selection = context.selection(&args.filter, &office, view)?;
    let (scored, rules) = office.score(&selection, view)?;
    let assessment = plan.assessment.as_ref().ok_or(Fault::NoAssessment)?;
    let frame = Frame::new(
        plan,
        &office.digest,
        view,
        office.amended,
        context.today(plan)?,
    );
    let notices = office.notices_in(view).len();
    let names = names(
        &office,
        rules,
        scored.iter().flat_map(|one| &one.ledger.lines),
    )?;
    let mut score = Score::new(frame, assessment, notices);
    score.rows.extend(scored.iter().map(|one| {
        let unit = (&*one.code, &*one.name, office.kind(one.class));
        ScoreRow::new(unit, assessment, &one.ledger, &names)
    }));
    score.rank();
    publish(context, &args.output, &score)?;
    Ok(Exit::Done)
}

/// Looks up what bookings are about.
pub fn names<'o, 'l>(
    office: &'o Office,
    rules: Vec<(RuleNo, String)>,
    lines: impl Iterator<Item = &'l Line>,
) -> Result<Names<'o>> {
    let mut names = Names {
        plan: &office.plan,
        rules,
        tasks: BTreeMap::new(),
        objections: HashMap::new(),
    };
    for line in lines {
        if !names.tasks.contains_key(&line.task)
            && let Some((code, name)) = office.task_numbered(line.task)?
        {
            names.tasks.insert(line.task, (code.into(), name.into()));
        }
        if let Some(objection) = line.objection
            && let Entry::Vacant(new) = names.objections.entry(objection.seq)
        {
            new.insert(office.entry_short_id(objection.seq)?.into());
        }
    }
    Ok(names)
}
