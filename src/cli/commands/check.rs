//! `check`.

use anyhow::Result;

use crate::cli::arguments::OutputArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::cli::output::publish;
use crate::cli::wording;
use crate::model::plan::Plan;
use crate::query::SurveyedFiles;
use crate::report::check::{CheckReport, OpenReport, OpenRow, ProblemRow, Weight};
use crate::report::mask;
use crate::source;
use crate::source::plan::OpenQuestion;
use crate::source::problem::{Problem, Problems, Saying, Severity};
use crate::store::Stamp;
use crate::words::Words;

/// Arguments of `check`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    /// List the plan's open questions, for a meeting
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    output: OutputArgs,
}

/// Prints every problem of plan and roster.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    context.check_language()?;
    let place = context.place()?;
    let SurveyedFiles {
        file,
        roster,
        stamps,
        mut problems,
    } = SurveyedFiles::read(&place.plan)?;
    let source = |stamp: &Stamp| place.plan.with_file_name(&stamp.path);
    context.sources = stamps.iter().map(source).collect();
    let mut open = None;
    if let Some(file) = &file {
        context.follow(&file.plan);
        problems.extend(source::plan::advise(file, roster.as_ref()));
        open = (!problems.has_errors()).then(|| open_rows(&file.plan));
    }
    let words = context.words().clone();
    if let (true, Some(questions)) = (args.open, open) {
        publish(
            context,
            &args.output,
            &OpenReport {
                schema: "duban.open/1",
                rows: questions,
            },
        )?;
        return Ok(Exit::Done);
    }
    let report = CheckReport::new(rows(&words, &problems));
    publish(context, &args.output, &report)?;
    Ok(if problems.has_errors() {
        Exit::Failed
    } else {
        Exit::Done
    })
}

fn open_rows(plan: &Plan) -> Vec<OpenRow> {
    let row = |question: OpenQuestion| OpenRow {
        code: question.task.to_string(),
        name: question.name.to_string(),
        clause: question.clause.to_string(),
        text: mask::text(question.text),
        question: mask::text(question.question),
    };
    source::plan::open_questions(plan)
        .into_iter()
        .map(row)
        .collect()
}

/// Problems in words.
pub(crate) fn rows(words: &Words, problems: &Problems) -> Vec<ProblemRow> {
    problems.iter().map(|problem| row(words, problem)).collect()
}

fn row(words: &Words, problem: &Problem) -> ProblemRow {
    let place = problem.place.as_ref();
    let worded = |saying: &Saying| mask::text(&wording::saying(words, saying));
    let values = problem
        .saying
        .args
        .iter()
        .map(|(name, value)| ((*name).to_string(), mask::text(value).into()));
    ProblemRow {
        severity: match problem.severity {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Note => Weight::Note,
        },
        id: problem.saying.id,
        file: place.map(|place| place.file.clone()),
        line: place.map(|place| place.line).filter(|line| *line > 0),
        column: place.map(|place| place.column).filter(|column| *column > 0),
        cell: place.and_then(|place| place.cell.clone()),
        path: place.and_then(|place| place.path.clone()),
        values: values.collect(),
        message: worded(&problem.saying),
        hint: problem.saying.hint.as_ref().map(|hint| worded(hint)),
        text: place
            .map(|place| mask::text(&place.text))
            .unwrap_or_default(),
        length: place.map_or(0, |place| place.length),
    }
}
