//! `accept`.

use anyhow::Result;

use super::r#return::rectification;
use crate::cli::arguments::FilterArgs;
use crate::cli::context::Context;
use crate::cli::exit::Exit;
use crate::model::board::View;
use crate::model::day::Day;
use crate::ops::{Review, Reviewable, Reviewed, Verdict, Written};
use crate::query::{Selection, Workspace};
use crate::source::day_text::Lean;
use crate::source::problem::say;
use crate::words::args;

/// What both verdicts take.
#[derive(clap::Args, Debug)]
pub(crate) struct ReviewArgs {
    /// Record ids, or UNIT/TASK for the latest; without any, all unreviewed records that the filters select
    #[arg(value_name = "RECORD", conflicts_with_all = ["since", "area", "kind", "label", "phase", "task", "unit"])]
    records: Vec<String>,
    /// Effective date [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Only records entered since DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Only list what would be reviewed
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Arguments of `accept`.
#[derive(clap::Args, Debug)]
pub(crate) struct Args {
    #[command(flatten)]
    review: ReviewArgs,
}

/// Accepts records.
pub(crate) fn run(args: Args, context: &mut Context) -> Result<Exit> {
    pass(context, &args.review, None)
}

/// What `return` says besides, as somebody typed it.
#[derive(Clone, Copy)]
pub(crate) struct SendBack<'a> {
    /// Why.
    pub reason: &'a str,
    /// The rectification day.
    pub due: Option<&'a str>,
}

/// What somebody asked to be reviewed, and how.
struct Asked<'a> {
    review: Review<'a>,
    /// The selection of the waiting records, where none was named.
    waiting: Option<(Selection, Option<Day>)>,
}

impl Asked<'_> {
    fn records<'r>(&'r self, args: &'r ReviewArgs) -> Reviewable<'r> {
        match &self.waiting {
            None => Reviewable::Named(&args.records),
            Some((selection, since)) => Reviewable::Waiting {
                selection,
                since: *since,
            },
        }
    }
}

/// Passes a verdict and says on what.
pub(crate) fn pass(
    context: &mut Context,
    args: &ReviewArgs,
    back: Option<SendBack>,
) -> Result<Exit> {
    let (command, count) = match back {
        None => ("accept", "review-talk-count-accepted"),
        Some(_) => ("return", "review-talk-count-returned"),
    };
    let done = if args.dry_run {
        let workspace = context.workspace()?;
        let asked = ask(context, args, &workspace, back)?;
        let written = workspace.would_review(asked.records(args), &asked.review)?;
        workspace.end();
        Written {
            applied: None,
            written,
        }
    } else {
        let recording = context.recording(command)?;
        let asked = ask(context, args, &recording, back)?;
        recording.review(asked.records(args), &asked.review)?
    };
    if args.records.is_empty() {
        if done.written.is_empty() {
            context.say("review-talk-none", &[])?;
            return Ok(Exit::Done);
        }
        context.say(count, &args!(n = done.written.len()))?;
    }
    tell(context, &done, args.dry_run)
}

fn ask<'a>(
    context: &'a Context,
    args: &ReviewArgs,
    workspace: &Workspace,
    back: Option<SendBack<'a>>,
) -> Result<Asked<'a>> {
    let on = context.acting_day(args.on.as_deref(), &workspace.plan)?;
    let verdict = match back {
        None => Verdict::Accept,
        Some(SendBack { reason, due }) => {
            let due = due.map(|text| rectification(context, text, on, &workspace.plan));
            let due = due.transpose()?;
            Verdict::Return { due, reason }
        }
    };
    let review = Review {
        verdict,
        on,
        area: context.area(),
    };
    if !args.records.is_empty() {
        return Ok(Asked {
            review,
            waiting: None,
        });
    }
    let since = args.since.as_ref().map(|text| {
        // A date still to come, typed without its year, is last year's: it would review all that waits.
        if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            context.acting_day(Some(text), &workspace.plan)
        } else {
            context.day(text, workspace.today, Lean::Past, &workspace.plan)
        }
    });
    let since = since.transpose()?;
    if since.is_none() && args.filter.is_empty() {
        return Err(say!("error-no-records")
            .hint(say!("error-no-records-hint"))
            .into());
    }
    let selection = context.selection(&args.filter, workspace, View::on(on))?;
    Ok(Asked {
        review,
        waiting: Some((selection, since)),
    })
}

/// Says what was reviewed, and gives the verdicts' ids to standard output.
pub(crate) fn tell(
    context: &mut Context,
    done: &Written<Vec<Reviewed>>,
    dry_run: bool,
) -> Result<Exit> {
    context.say_applied(&done.applied)?;
    let id = |reviewed: &Reviewed| {
        reviewed
            .verdict
            .map(|(address, single)| address.short_id(single))
    };
    for reviewed in &done.written {
        let told = match (dry_run, reviewed.rectify) {
            (true, _) => "review-talk-would",
            (false, Some(_)) => "review-talk-returned",
            (false, None) => "review-talk-accepted",
        };
        let due = reviewed.rectify.map(|day| day.to_string());
        let args = args!(
            id = id(reviewed).unwrap_or_default(),
            unit = reviewed.unit.1.as_str(),
            task = reviewed.task.1.as_str(),
            day = reviewed.day.to_string(),
            record = reviewed.record.0.short_id(reviewed.record.1),
            due = due.unwrap_or_default()
        );
        context.say(told, &args)?;
    }
    if dry_run {
        context.say("talk-dry-run", &[])?;
    }
    for id in done.written.iter().filter_map(id) {
        writeln!(context.world.stdout, "{id}")?;
    }
    Ok(Exit::Done)
}
