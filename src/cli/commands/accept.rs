//! `accept`.

use anyhow::Result;

use crate::cli::arguments::FilterArgs;
use crate::cli::context::Context;
use crate::cli::diagnostic::Trouble;
use crate::cli::exit::Exit;
use crate::model::board::View;
use crate::model::day::Day;
use crate::ops::{Office, Review, Reviewable, Reviewed, Verdict, Written};
use crate::report::log::short_id;
use crate::source::day_text::Lean;

/// What both verdicts take.
#[derive(clap::Args, Debug)]
pub struct ReviewArgs {
    /// The records, by id or as UNIT/TASK for the latest; without any, all without a verdict that the filters select
    #[arg(value_name = "RECORD", conflicts_with_all = ["since", "area", "kind", "label", "phase", "task", "unit"])]
    records: Vec<String>,
    /// The day from which the verdict acts [default: today]
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    pub on: Option<String>,
    /// Only what was recorded since DAY
    #[arg(long, value_name = "DAY", allow_hyphen_values = true)]
    since: Option<String>,
    /// Only say what would be reviewed
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Arguments of `accept`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    review: ReviewArgs,
}

/// Finds records good.
pub fn run(args: Args, context: &mut Context) -> Result<Exit> {
    let mut office = context.office_for_writing()?;
    let on = context.acting_day(args.review.on.as_deref(), &office.plan)?;
    pass(context, &mut office, &args.review, on, Verdict::Accept)
}

/// Passes a verdict and says on what.
pub fn pass(
    context: &mut Context,
    office: &mut Office,
    args: &ReviewArgs,
    on: Day,
    verdict: Verdict,
) -> Result<Exit> {
    let command = match verdict {
        Verdict::Accept => "accept",
        Verdict::Return { .. } => "return",
    };
    let clerk = context.clerk(command)?;
    let review = Review {
        verdict,
        on,
        area: context.area(),
        dry_run: args.dry_run,
    };
    if !args.records.is_empty() {
        let done = office.review(Reviewable::Named(&args.records), &review, &clerk)?;
        return tell(context, &done, args.dry_run);
    }
    let today = context.today(&office.plan)?;
    let since = args
        .since
        .as_ref()
        .map(|text| {
            // A date still to come, typed without its year, is last year's: it would review all that waits.
            if text.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
                context.acting_day(Some(text), &office.plan)
            } else {
                context.day(text, today, Lean::Past, &office.plan)
            }
        })
        .transpose()?;
    if since.is_none() && args.filter.is_empty() {
        return Err(Trouble::new("error-no-records", Vec::new())
            .hint("error-no-records-hint")
            .into());
    }
    let selection = context.selection(&args.filter, office, View::on(on))?;
    let waiting = Reviewable::Waiting {
        selection: &selection,
        since,
    };
    let done = office.review(waiting, &review, &clerk)?;
    if done.written.is_empty() {
        context.say("review-talk-none", &[])?;
        return Ok(Exit::Done);
    }
    let id = match verdict {
        Verdict::Accept => "review-talk-count-accepted",
        Verdict::Return { .. } => "review-talk-count-returned",
    };
    context.say(id, &[("n", done.written.len().into())])?;
    tell(context, &done, args.dry_run)
}

/// Says what was reviewed, and gives the verdicts' ids to standard output.
pub fn tell(context: &mut Context, done: &Written<Vec<Reviewed>>, dry_run: bool) -> Result<Exit> {
    context.say_applied(&done.applied)?;
    let id = |reviewed: &Reviewed| {
        reviewed
            .verdict
            .map(|(address, single)| short_id(address, single))
    };
    for reviewed in &done.written {
        let told = match (dry_run, reviewed.rectify) {
            (true, _) => "review-talk-would",
            (false, Some(_)) => "review-talk-returned",
            (false, None) => "review-talk-accepted",
        };
        let due = reviewed.rectify.map(|day| day.to_string());
        let args = [
            ("id", id(reviewed).unwrap_or_default().into()),
            ("unit", reviewed.unit.1.as_str().into()),
            ("task", reviewed.task.1.as_str().into()),
            ("day", reviewed.day.to_string().into()),
            (
                "record",
                short_id(reviewed.record.0, reviewed.record.1).into(),
            ),
            ("due", due.unwrap_or_default().into()),
        ];
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
