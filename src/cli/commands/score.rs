//! `score`.

use anyhow::Result;

use crate::cli::arguments::{FilterArgs, OutputArgs, ViewArgs};
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::model::entry::RuleNo;
use crate::model::score::Line;
use crate::ops::{Fault, Office, Scored};
use crate::report::Frame;
use crate::report::score::{Score, ScoreLine, ScoreRow, capped};

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
    let mut score = Score::new(frame, assessment, notices);
    for one in scored {
        score.rows.push(row(&office, &rules, one)?);
    }
    score.rank();
    publish(context, &args.output, &score)?;
    Ok(Exit::Done)
}

fn row(office: &Office, rules: &[(RuleNo, String)], scored: Scored) -> Result<ScoreRow> {
    let plan = &office.plan;
    let Scored { row, ledger } = scored;
    let assessment = plan.assessment.as_ref().ok_or(Fault::NoAssessment)?;
    let sum = ledger.sum(assessment);
    let spent = |place: usize| {
        let id = &assessment.rules[place].id;
        let number = rules.iter().find(|(_, known)| *id == **known);
        number.map_or_else(Default::default, |(number, _)| ledger.by_rule(*number))
    };
    let lines = ledger
        .lines
        .iter()
        .map(|booked| line(office, rules, booked));
    Ok(ScoreRow {
        code: row.unit.code.to_string(),
        name: row.unit.short,
        kind: row.unit.kind,
        deducted: sum.deducted,
        added: sum.added,
        given_back: sum.given_back,
        score: sum.score,
        floored: assessment.base + sum.deducted + sum.added < assessment.floor,
        rank: 0,
        capped: capped(plan, spent),
        lines: lines.collect::<Result<_>>()?,
    })
}

/// A booking with the names of what it is about.
pub fn line(office: &Office, rules: &[(RuleNo, String)], line: &Line) -> Result<ScoreLine> {
    let plan = &office.plan;
    let booked = line.booked;
    let rule = booked
        .rule
        .and_then(|number| rules.iter().find(|(known, _)| *known == number));
    let rule = rule.map(|(_, id)| id.clone());
    let clause = rule.as_ref().and_then(|id| {
        let rules = &plan.assessment.as_ref()?.rules;
        rules
            .iter()
            .find(|rule| rule.id == **id)
            .map(|rule| rule.clause.clone())
    });
    let task = office.task_numbered(line.task)?;
    let (task, task_name) = task.unzip();
    let objection = line
        .objection
        .map(|objection| office.entry_short_id(objection.seq));
    Ok(ScoreLine {
        notice: booked.notice,
        day: line.day,
        on: booked.on,
        task,
        task_name,
        period: booked.period,
        days: booked.days,
        rule,
        clause: clause.filter(|clause| !clause.is_empty()),
        points: booked.points,
        objection: objection.transpose()?,
        heard: line
            .objection
            .map(|objection| ScoreLine::heard(objection.verdict.map(|(verdict, _, _)| verdict))),
    })
}
